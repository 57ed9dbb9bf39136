//! For each paragraph the earlier one that it has its words from, and where these stood first.
//!
//! Of all earlier paragraphs that may share words ([`super::sketch`]) those that share most are laid beside it
//! word by word ([`super::align`]); the one that it kept most of is where its words are from, among equals the latest.
//! Earlier is what is earlier by date; documents of one day, and those without a date, are not before each other.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::align::{Bag, Run, Table, align, kept};
use super::paragraphs::{Paragraph, Paragraphs};
use super::sketch::{Candidates, Index, sketch};
use super::words::{self, Measure, Word, measure};
use crate::parse::Part;

/// What counts as use of earlier words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// The share of its words that a paragraph must have from one earlier paragraph, and two words more: of ten words
    /// 0.6 are eight. Of a share of more than 0.9 the words more are left out as far as the paragraph has too few.
    pub least_share: f64,
    /// Whether a long stretch of words ([`words::Measure::stretch`]) counts even where it is a smaller share.
    pub stretches: bool,
    /// Of a shingle that many paragraphs have, so many are looked at, the latest.
    pub recent: usize,
    /// So many paragraphs are compared word by word, those that share most shingles.
    pub compared: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { least_share: 0.6, stretches: true, recent: 128, compared: 24 }
    }
}

impl Options {
    /// The words that one of so many must share.
    fn required(&self, words: usize) -> f64 {
        let words = words as f64;
        (self.least_share * words + SURPLUS).min(0.9 * words).max(self.least_share * words)
    }
}

/// Words that a paragraph must share beyond its share: of a short one, names and turns are a large part.
const SURPLUS: f64 = 2.0;

/// How much of a paragraph stood in another before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extent {
    /// Both have the same words.
    Same,
    /// Most of its words, in their order.
    Near,
    /// A long stretch of words, though most are new.
    Stretch,
}

impl Extent {
    /// As options and outputs say it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Near => "near",
            Self::Stretch => "stretch",
        }
    }
}

/// Where a paragraph has its words from. Paragraphs are places in [`Paragraphs::all`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// Whose words.
    pub paragraph: usize,
    /// The earlier paragraph that it kept most words of; among those that are as good the latest.
    pub from: usize,
    /// How much.
    pub extent: Extent,
    /// The share of its words that stood there, of 1; words kept one by one do not count.
    pub kept: f64,
    /// The number of words that stood there.
    pub words: u32,
    /// The earliest paragraph in which half of its words (of a stretch: half of the stretch) stood, as they were handed
    /// on from each to the next; the same as `from` if there is none before.
    pub first: usize,
    /// The share of its words that stood in the first.
    pub first_kept: f64,
    /// How often the words were taken over between the first and this paragraph; 1 if it has them from the first.
    pub steps: u32,
}

/// The paragraphs that are compared, in order of time.
#[derive(Debug)]
pub struct Texts {
    /// Places in [`Paragraphs::all`].
    places: Vec<usize>,
    words: Vec<Vec<Word>>,
    /// For each, how many of the first are before it.
    before: Vec<u32>,
    sketches: Vec<Vec<u64>>,
}

/// Whether the words of a part say anything: heads and footnotes name documents and meetings.
#[must_use]
pub fn has_wording(part: Part) -> bool {
    !matches!(part, Part::Head | Part::Footnote | Part::Furniture)
}

/// Whether a paragraph is long enough to tell something: see [`words::measure`].
#[must_use]
pub fn is_compared(paragraph: &Paragraph) -> bool {
    has_wording(paragraph.part) && words::words(&paragraph.text).len() >= measure(paragraph.language).least
}

impl Texts {
    /// Those long enough to tell something: see [`words::measure`].
    #[must_use]
    pub fn of(paragraphs: &Paragraphs) -> Self {
        let mut texts: Vec<(i32, usize, Vec<Word>)> = (paragraphs.all.par_iter().enumerate())
            .filter(|(_, paragraph)| has_wording(paragraph.part))
            .filter_map(|(place, paragraph)| {
                let mut words = words::words(&paragraph.text);
                words.shrink_to_fit();
                let long = words.len() >= measure(paragraph.language).least;
                long.then(|| (paragraphs.when(place).last(), place, words))
            })
            .collect();
        texts.sort_unstable_by_key(|&(last, place, _)| (last, place));
        let lasts: Vec<i32> = texts.iter().map(|&(last, ..)| last).collect();
        let (places, words): (Vec<_>, Vec<_>) = texts.into_iter().map(|(_, place, words)| (place, words)).unzip();
        let before = |&place: &usize| {
            let first = paragraphs.when(place).first();
            u32::try_from(lasts.partition_point(|&last| last < first)).unwrap_or(u32::MAX)
        };
        let before = places.iter().map(before).collect();
        let sketch_of = |(words, &place): (&Vec<Word>, &usize)| {
            let language = paragraphs.all[place].language;
            sketch(words, measure(language), language.map_or(0, |language| language as u64 + 1))
        };
        let sketches = words.par_iter().zip(&places).map(sketch_of).collect();
        Self { places, words, before, sketches }
    }
}

/// What was found for one paragraph, by number in order of time.
struct Found {
    from: u32,
    extent: Extent,
    runs: Vec<Run>,
}

/// For each paragraph whose words were used before, where; in order of [`Paragraphs::all`].
#[must_use]
pub fn reuse(paragraphs: &Paragraphs, options: &Options) -> Vec<Link> {
    let search = Search::new(paragraphs, options);
    let found = search.of((0..search.texts.places.len()).collect());
    handed_on(&search.texts, &found)
}

/// The same for some paragraphs, by their places, and for all that these go back to: those alone are looked for.
#[must_use]
pub fn reuse_of(paragraphs: &Paragraphs, places: impl IntoIterator<Item = usize>, options: &Options) -> Vec<Link> {
    let search = Search::new(paragraphs, options);
    let wanted: BTreeSet<usize> = places.into_iter().collect();
    let mut found: Vec<Option<Found>> = Vec::new();
    found.resize_with(search.texts.places.len(), || None);
    let mut next: Vec<usize> = (0..found.len()).filter(|&n| wanted.contains(&search.texts.places[n])).collect();
    let mut seen: BTreeSet<usize> = next.iter().copied().collect();
    while !next.is_empty() {
        let these = std::mem::take(&mut next);
        for (number, of) in these.iter().zip(search.of(these.clone())) {
            next.extend(of.as_ref().map(|of| of.from as usize).filter(|&from| seen.insert(from)));
            found[*number] = of;
        }
    }
    handed_on(&search.texts, &found)
}

/// All texts, and what is looked for in them.
struct Search<'p> {
    texts: Texts,
    index: Index,
    paragraphs: &'p Paragraphs,
    options: Options,
}

impl<'p> Search<'p> {
    fn new(paragraphs: &'p Paragraphs, options: &Options) -> Self {
        let mut texts = Texts::of(paragraphs);
        let index = Index::new(&std::mem::take(&mut texts.sketches));
        Self { texts, index, paragraphs, options: *options }
    }

    /// What some texts have their words from, by number.
    fn of(&self, numbers: Vec<usize>) -> Vec<Option<Found>> {
        let Self { texts, index, paragraphs, options } = self;
        let search = |room: &mut Room, number: usize| {
            index.earlier(number, texts.before[number], options.recent, options.compared, &mut room.candidates);
            best(texts, number, measure(paragraphs.all[texts.places[number]].language), options, room)
        };
        numbers.into_par_iter().map_init(Room::default, search).collect()
    }
}

/// Room for what is looked at for one text, used again for the next.
#[derive(Default)]
struct Room {
    candidates: Candidates,
    table: Table,
    bag: Bag,
}

/// The candidate that a text kept most of.
fn best(texts: &Texts, number: usize, measure: Measure, options: &Options, room: &mut Room) -> Option<Found> {
    let Room { candidates, table, bag } = room;
    let words = &texts.words[number];
    bag.fill(words);
    let least_stretch = if options.stretches { measure.stretch } else { usize::MAX };
    let enough =
        |shared: usize| shared >= measure.least.min(words.len() - 1) && shared as f64 >= options.required(words.len());
    // Of two that it kept as much of, the one that has less besides.
    let rank = |shared: usize, source: usize| 4000 * shared / words.len() + 1000 * shared / source.max(words.len());
    let mut found: Option<((usize, u32), Found)> = None;
    for &from in &candidates.best {
        let source = &texts.words[from as usize];
        let most = bag.most(source);
        let useless = found.as_ref().is_some_and(|(best, _)| (rank(most, source.len()), from) <= *best);
        if useless || !enough(most) && most < least_stretch {
            continue;
        }
        let runs = align(source, words, measure, table);
        let shared = kept(&runs);
        let extent = if shared == words.len() && shared == source.len() {
            Extent::Same
        } else if enough(shared) {
            Extent::Near
        } else if runs.iter().any(|run| run.length as usize >= least_stretch) {
            Extent::Stretch
        } else {
            continue;
        };
        let rank = (rank(shared, source.len()), from);
        if found.as_ref().is_none_or(|(best, _)| rank > *best) {
            found = Some((rank, Found { from, extent, runs }));
        }
    }
    found.map(|(_, found)| found)
}

/// Follows each word back to the paragraph that had it first.
///
/// Every paragraph has its words from one other, so that the ways back are chains: a word that came into the chain in
/// some paragraph stands in all after it.
fn handed_on(texts: &Texts, found: &[Option<Found>]) -> Vec<Link> {
    let mut origins: Vec<Vec<u32>> = Vec::with_capacity(found.len());
    let mut depths: Vec<u32> = Vec::with_capacity(found.len());
    let mut links = Vec::new();
    for (number, found) in (0..).zip(found) {
        let length = texts.words[number as usize].len();
        let mut own = vec![number; length];
        let Some(Found { from, extent, runs }) = found else {
            origins.push(own);
            depths.push(0);
            continue;
        };
        for run in runs {
            let [a, b, length] = [run.a, run.b, run.length].map(|n| n as usize);
            own[b..b + length].copy_from_slice(&origins[*from as usize][a..a + length]);
        }
        let shared = kept(runs);
        let mut sorted: Vec<u32> = own.iter().copied().filter(|&origin| origin != number).collect();
        sorted.sort_unstable();
        let wanted = if *extent == Extent::Stretch { shared.div_ceil(2) } else { length.div_ceil(2).min(shared) };
        let first = sorted[wanted - 1];
        let in_first = sorted.partition_point(|&origin| origin <= first);
        let depth = depths[*from as usize] + 1;
        let share = |words: usize| words as f64 / length as f64;
        links.push(Link {
            paragraph: texts.places[number as usize],
            from: texts.places[*from as usize],
            extent: *extent,
            kept: share(shared),
            words: u32::try_from(shared).unwrap_or(u32::MAX),
            first: texts.places[first as usize],
            first_kept: share(in_first),
            steps: depth - depths[first as usize],
        });
        origins.push(own);
        depths.push(depth);
    }
    links.sort_unstable_by_key(|link| link.paragraph);
    links
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Language;
    use crate::wording::paragraphs::tests::{corpus, drifting, in_language};

    const URGES: &str = "1. Urges all coastal villages to lend their boats to the lake patrol without delay;";
    const SEVEN: &str = "Decides to look at this again soon;";

    /// Links as "paragraph < from, kept in hundredths, extent, first, steps".
    fn check(paragraphs: &Paragraphs, expected: &[&str]) {
        let name = |place: usize| {
            let paragraph = &paragraphs.all[place];
            format!("{}#{}", paragraphs.work(paragraph).label, paragraph.name())
        };
        let told: Vec<String> = reuse(paragraphs, &Options::default())
            .iter()
            .map(|link| {
                let kept = (link.kept * 100.0).round();
                let (from, first) = (name(link.from), name(link.first));
                format!("{} < {from} {kept} {} {first} {}", name(link.paragraph), link.extent.name(), link.steps)
            })
            .collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn the_latest_earlier_use_and_the_first_are_told() {
        let works: &[(&str, &str, &[&str])] = &[
            ("A", "2001-01-01", &[URGES]),
            (
                "B",
                "2002-01-01",
                &["5. Urges all coastal villages to lend their boats to the lake patrol without delay;"],
            ),
            (
                "C",
                "2003-01-01",
                &["4. URGES all coastal villages to lend their boats to the lake patrol without delay;"],
            ),
        ];
        check(&corpus(works), &["B#op1 < A#op1 100 same A#op1 1", "C#op1 < B#op1 100 same A#op1 2"]);
    }

    #[test]
    fn a_paragraph_with_words_changed_is_nearly_the_same() {
        let works: &[(&str, &str, &[&str])] = &[
            ("A", "2001-01-01", &[URGES]),
            (
                "B",
                "2002",
                &["2. Urges all coastal towns to lend their boats and nets to the lake patrol without delay;"],
            ),
        ];
        check(&corpus(works), &["B#op1 < A#op1 81 near A#op1 1"]);
    }

    #[test]
    fn where_words_drift_the_first_is_the_one_that_had_half_of_them() {
        // Of D's twenty words five are A's, five came in with B, five with C.
        let expected =
            ["B#op1 < A#op1 75 near A#op1 1", "C#op1 < B#op1 75 near A#op1 2", "D#op1 < C#op1 75 near B#op1 2"];
        check(&drifting(), &expected);
    }

    #[test]
    fn neither_the_same_day_nor_an_unknown_one_is_earlier() {
        let works: &[(&str, &str, &[&str])] = &[
            ("A", "2001-01-01", &[URGES, URGES]),
            ("B", "2001-01-01", &[URGES]),
            ("C", "", &[URGES]),
            ("D", "2001", &[URGES]),
        ];
        check(&corpus(works), &[]);
    }

    #[test]
    fn links_of_some_are_those_of_all() {
        let paragraphs = drifting();
        let all = reuse(&paragraphs, &Options::default());
        assert_eq!(reuse_of(&paragraphs, [3], &Options::default()), all);
        assert_eq!(reuse_of(&paragraphs, [1], &Options::default()), all[..1]);
        assert_eq!(reuse_of(&paragraphs, [0], &Options::default()), []);
    }

    #[test]
    fn a_short_formula_is_not_told() {
        check(&corpus(&[("A", "2001", &[SEVEN]), ("B", "2002", &[SEVEN])]), &[]);
    }

    #[test]
    fn heads_and_footnotes_are_not_compared() {
        let mut paragraphs = corpus(&[("A", "2001", &[URGES]), ("B", "2002", &[URGES])]);
        paragraphs.all[0].part = Part::Head;
        check(&paragraphs, &[]);
        paragraphs.all[0].part = Part::Annex;
        check(&paragraphs, &["B#op1 < A#op1 100 same A#op1 1"]);
    }

    #[test]
    fn a_sentence_within_a_longer_paragraph_is_found() {
        let long = "Recalling what the fishers said at their meeting by the river, and that nobody answered. Urges all coastal \
            villages to lend their boats to the lake patrol without delay. Asks for a list of boats.";
        check(&corpus(&[("A", "2001", &[long]), ("B", "2002", &[URGES])]), &["B#op1 < A#op1 100 near A#op1 1"]);
    }

    #[test]
    fn a_long_stretch_is_told_where_most_words_are_new() {
        let words = |from: u32, to: u32| (from..to).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
        let quoting = format!("{} {} {}", words(100, 130), words(0, 24), words(200, 230));
        let works: &[(&str, &str, &[&str])] =
            &[("A", "2001", &[&words(0, 24)]), ("B", "2002", &[&quoting]), ("C", "2002", &[&words(5, 20)])];
        check(&corpus(works), &["B#op1 < A#op1 29 stretch A#op1 1", "C#op1 < A#op1 100 near A#op1 1"]);
    }

    #[test]
    fn no_share_is_below_the_one_asked_for() {
        let words = |from: u32, to: u32| (from..to).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
        // Of forty words 36, and of eighty a stretch of thirty.
        let near = format!("{} x y z v", words(0, 36));
        let quoting = format!("{} {}", words(0, 30), words(500, 550));
        let paragraphs = corpus(&[("A", "2001", &[&words(0, 40)]), ("B", "2002", &[&near, &quoting])]);
        let found = |least_share: f64, stretches: bool| {
            let links = reuse(&paragraphs, &Options { least_share, stretches, ..Options::default() });
            links.iter().map(|link| link.kept).collect::<Vec<_>>()
        };
        assert_eq!(found(0.6, true), [0.9, 0.375]);
        assert_eq!(found(0.9, false), [0.9]);
        assert!(found(0.95, false).is_empty());
    }

    #[test]
    fn a_stretch_of_chinese_is_as_long_as_one_of_other_languages() {
        let characters = |from: u32, to: u32| (from..to).filter_map(|n| char::from_u32(0x4e00 + n)).collect::<String>();
        let quoting = |length| format!("{}{}{}", characters(500, 560), characters(0, length), characters(600, 660));
        let kept = |length| {
            let texts = [characters(0, 60), quoting(length)];
            let works: &[(&str, &str, &[&str])] = &[("A", "2001", &[&texts[0]]), ("B", "2002", &[&texts[1]])];
            reuse(&in_language(Language::Zh, works), &Options::default()).len()
        };
        assert_eq!([kept(39), kept(40)], [0, 1]);
    }

    #[test]
    fn languages_are_not_mixed_and_chinese_needs_no_spaces() {
        let text = "敦促所有沿岸村庄毫不拖延地将其船只借给湖泊巡逻队；";
        let near = "敦促所有沿岸城镇毫不拖延地将其船只借给湖泊巡逻队；";
        let mut paragraphs = in_language(Language::Zh, &[("A", "2001", &[text]), ("B", "2002", &[near])]);
        check(&paragraphs, &["B#op1 < A#op1 92 near A#op1 1"]);
        paragraphs.all[0].language = Some(Language::En);
        check(&paragraphs, &[]);
    }
}

//! Two documents -> what became of each paragraph of the first: kept, changed, moved, gone; and what is new in the second.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::align::{Bag, Table, align, kept, rising};
use super::paragraphs::{Paragraph, Paragraphs};
use super::reuse::has_wording;
use super::words::{self, Measure, Word};
use crate::parse::Part;
use crate::read::Language;

/// What became of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fate {
    /// It says the same, at its place among the others.
    Same,
    /// Some of its words are others. The share that they have in common, of 1.
    Changed(f64),
    /// It says the same, but stands elsewhere.
    Moved,
    /// Both.
    MovedAndChanged(f64),
    /// It stands in the second only.
    Added,
    /// It stands in the first only.
    Removed,
}

impl Fate {
    /// As outputs say it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Changed(_) => "changed",
            Self::Moved => "moved",
            Self::MovedAndChanged(_) => "moved and changed",
            Self::Added => "added",
            Self::Removed => "removed",
        }
    }

    /// The share of the words that both have; none where there are not two texts.
    #[must_use]
    pub fn common(self) -> Option<f64> {
        match self {
            Self::Same | Self::Moved => Some(1.0),
            Self::Changed(share) | Self::MovedAndChanged(share) => Some(share),
            Self::Added | Self::Removed => None,
        }
    }
}

/// A paragraph of the first, of the second, or both.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// Its place among the first's.
    pub a: Option<usize>,
    /// Its place among the second's.
    pub b: Option<usize>,
    /// What became of it.
    pub fate: Fate,
}

/// The language to compare two works in, by their numbers: the wanted one, or of those that both are there in the one
/// that most paragraphs of the first have; none if they have none in common.
#[must_use]
pub fn common_language(paragraphs: &Paragraphs, works: [u32; 2], wanted: Option<Language>) -> Option<Option<Language>> {
    let [in_a, in_b] = works.map(|work| paragraphs.languages(work));
    in_a.into_iter().find(|language| in_b.contains(language) && (wanted.is_none() || *language == wanted))
}

/// The paragraphs of a work in a language that are compared: without heads and footnotes, unless there is nothing else.
/// Not empty where the work is there in the language.
#[must_use]
pub fn compared(paragraphs: &Paragraphs, work: u32, language: Option<Language>) -> Vec<&Paragraph> {
    let all: Vec<_> =
        paragraphs.all[paragraphs.of(work)].iter().filter(|paragraph| paragraph.language == language).collect();
    let of = |wanted: fn(Part) -> bool| all.iter().copied().filter(|p| wanted(p.part)).collect::<Vec<_>>();
    let found = [of(has_wording), of(|part| matches!(part, Part::Head))].into_iter().find(|found| !found.is_empty());
    found.unwrap_or(all)
}

/// Of the words of both, what two paragraphs must have in common to be the same one changed.
const LEAST: f64 = 0.4;

/// The paragraphs of two documents side by side, in the order of the second; what is gone stands behind what it stood
/// behind in the first.
#[must_use]
pub fn compare(a: &[&Paragraph], b: &[&Paragraph]) -> Vec<Row> {
    let pairs = pairs(a, b);
    let mut partner: BTreeMap<usize, (usize, f64)> = BTreeMap::new();
    for &(in_a, in_b, share) in &pairs {
        partner.insert(in_b, (in_a, share));
    }
    // What keeps its place among the others is not moved: as many paragraphs as can be.
    let order: Vec<(usize, usize)> = partner.iter().map(|(&b, &(a, _))| (a, b)).collect();
    let in_a: Vec<usize> = order.iter().map(|&(a, _)| a).collect();
    let staying: BTreeSet<usize> = rising(&in_a).into_iter().map(|n| order[n].0).collect();
    let paired: BTreeSet<usize> = in_a.iter().copied().collect();
    let mut rows = Vec::new();
    let mut next = 0;
    let removed = |rows: &mut Vec<Row>, range: std::ops::Range<usize>| {
        let gone = range.filter(|place| !paired.contains(place));
        rows.extend(gone.map(|place| Row { a: Some(place), b: None, fate: Fate::Removed }));
    };
    for place in 0..b.len() {
        let Some(&(in_a, share)) = partner.get(&place) else {
            rows.push(Row { a: None, b: Some(place), fate: Fate::Added });
            continue;
        };
        let stays = staying.contains(&in_a);
        if stays {
            removed(&mut rows, next..in_a);
            next = in_a + 1;
        }
        let fate = match (stays, share >= 1.0) {
            (true, true) => Fate::Same,
            (true, false) => Fate::Changed(share),
            (false, true) => Fate::Moved,
            (false, false) => Fate::MovedAndChanged(share),
        };
        rows.push(Row { a: Some(in_a), b: Some(place), fate });
    }
    removed(&mut rows, next..a.len());
    rows
}

/// Which paragraphs belong together, each at most once, and the share of words in common: those that say the same
/// first, then those that have most in common, among equals those in the same part of the document and nearest to
/// each other.
fn pairs(a: &[&Paragraph], b: &[&Paragraph]) -> Vec<(usize, usize, f64)> {
    let [words_a, words_b] = [a, b].map(|all| all.iter().map(|p| said(&p.text)).collect::<Vec<_>>());
    let mut found: Vec<(usize, usize, f64)> =
        identical([a, b], [&words_a, &words_b]).into_iter().map(|(in_a, in_b)| (in_a, in_b, 1.0)).collect();
    let (mut used_a, mut used_b) = (vec![false; a.len()], vec![false; b.len()]);
    for &(in_a, in_b, _) in &found {
        (used_a[in_a], used_b[in_b]) = (true, true);
    }
    let free = |words: &[Vec<Word>], used: &[bool]| (0..words.len()).filter(|&n| !used[n]).collect::<Vec<_>>();
    let [left_a, left_b] = [free(&words_a, &used_a), free(&words_b, &used_b)];
    // Both are in one language.
    let measure = words::measure(a.first().and_then(|paragraph| paragraph.language));
    let mut all = alike([&words_a, &words_b], [&left_a, &left_b], measure);
    all.sort_by_key(|&(in_a, in_b, share)| {
        let apart = in_annex(a[in_a]) != in_annex(b[in_b]);
        ((Reverse((share * 1e6) as u64), apart, in_a.abs_diff(in_b)), in_b, in_a)
    });
    for (in_a, in_b, share) in all {
        if !used_a[in_a] && !used_b[in_b] {
            (used_a[in_a], used_b[in_b]) = (true, true);
            found.push((in_a, in_b, share));
        }
    }
    found
}

fn in_annex(paragraph: &Paragraph) -> bool {
    matches!(paragraph.part, Part::Annex)
}

/// The words of a paragraph; of one that has none ("* * *", "3."), all that it is.
fn said(text: &str) -> Vec<Word> {
    let words = words::words(text);
    if words.is_empty() { vec![words::hash(text.trim().as_bytes())] } else { words }
}

/// Paragraphs that say the same, in time that grows with their number: at the beginning and the end of both documents,
/// then those with the same before and behind them, then those with either, then any; of the same part first.
fn identical(paragraphs: [&[&Paragraph]; 2], words: [&[Vec<Word>]; 2]) -> Vec<(usize, usize)> {
    let mut numbers: FxHashMap<&[Word], usize> = FxHashMap::default();
    // 0 is what stands beside the first and the last.
    let [a, b] = words.map(|all| {
        let mut of = Vec::with_capacity(all.len());
        for words in all {
            let next = numbers.len() + 1;
            of.push(*numbers.entry(words.as_slice()).or_insert(next));
        }
        of
    });
    let head = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let mut pairs: Vec<(usize, usize)> = (0..head).map(|n| (n, n)).collect();
    pairs.extend((1..=tail).map(|n| (a.len() - n, b.len() - n)));
    let mut left = [(head..a.len() - tail).collect::<Vec<_>>(), (head..b.len() - tail).collect::<Vec<_>>()];
    let numbers = [&a, &b];
    let by =
        [(true, true, true), (true, false, true), (false, true, true), (false, false, true), (false, false, false)];
    for (with_before, with_behind, with_part) in by {
        let mut places: BTreeMap<(usize, [usize; 2], bool), [Vec<usize>; 2]> = BTreeMap::new();
        for side in 0..2 {
            let number = |place: Option<usize>| place.and_then(|place| numbers[side].get(place)).copied();
            for &place in &left[side] {
                let before = number(place.checked_sub(1).filter(|_| with_before)).unwrap_or_default();
                let behind = number(Some(place + 1).filter(|_| with_behind)).unwrap_or_default();
                let part = with_part && in_annex(paragraphs[side][place]);
                places.entry((numbers[side][place], [before, behind], part)).or_default()[side].push(place);
            }
        }
        for [in_a, in_b] in places.values() {
            if in_a.len() <= in_b.len() {
                pairs.extend(in_order(in_a, in_b));
            } else {
                pairs.extend(in_order(in_b, in_a).map(|(b, a)| (a, b)));
            }
        }
        let [used_a, used_b]: [BTreeSet<usize>; 2] =
            [pairs.iter().map(|pair| pair.0).collect(), pairs.iter().map(|pair| pair.1).collect()];
        left[0].retain(|place| !used_a.contains(place));
        left[1].retain(|place| !used_b.contains(place));
    }
    pairs
}

/// Each of a few places with one of as many or more, in their order, the near ones rather than the far.
fn in_order<'p>(few: &'p [usize], many: &'p [usize]) -> impl Iterator<Item = (usize, usize)> + 'p {
    let mut at = 0;
    few.iter().enumerate().map(move |(n, &place)| {
        let last = many.len() - (few.len() - n);
        while at < last && many[at + 1].abs_diff(place) < many[at].abs_diff(place) {
            at += 1;
        }
        at += 1;
        (place, many[at - 1])
    })
}

/// Paragraphs of the first that are laid beside each of the second at most.
const BESIDE: usize = 12;
/// Of the paragraphs that have two words on end, so many are looked at, the nearest.
const NEAREST: usize = 64;
/// Looks at such paragraphs, for all paragraphs together: where there are more, fewer of the nearest are looked at.
const LOOKS: usize = 4_000_000;
/// Pairs of words that are laid beside each other, for all paragraphs together: about a second.
const WORK: usize = 400_000_000;
/// What it costs to see whether two paragraphs may be alike, besides their words.
const LOOK: usize = 256;
/// Of the pairs of words of two paragraphs that are too long for one table, those that are laid for each of their words.
const PER_WORD: usize = 1_000;

/// Paragraphs that have words in common, by their places, with the share; of those that are left of both documents.
/// Every paragraph is laid beside the one that is most like it before any is laid beside a second, until the work is done.
fn alike(words: [&[Vec<Word>]; 2], left: [&[usize]; 2], measure: Measure) -> Vec<(usize, usize, f64)> {
    let candidates = candidates(words, left);
    let (mut table, mut bag) = (Table::default(), Bag::default());
    let mut all = Vec::new();
    let mut work = WORK;
    for rank in 0..BESIDE {
        for (&in_b, candidates) in left[1].iter().zip(&candidates) {
            let Some(&in_a) = candidates.get(rank) else { continue };
            let (first, second) = (&words[0][in_a], &words[1][in_b]);
            let both = first.len() + second.len();
            let share = |shared: usize| 2.0 * shared as f64 / both as f64;
            // Two of which one is a part of the other belong together as well.
            let part = |shared: usize| shared as f64 / first.len().min(second.len()).max(1) as f64;
            let enough = |shared: usize| share(shared) >= LEAST || part(shared) >= 0.8 && shared >= measure.least;
            if !enough(first.len().min(second.len())) {
                continue;
            }
            let Some(rest) = work.checked_sub(both + LOOK) else { continue };
            work = rest;
            bag.fill(second);
            if !enough(bag.most(first)) {
                continue;
            }
            let Some(rest) = work.checked_sub((first.len() * second.len()).min(PER_WORD * both)) else { continue };
            work = rest;
            let shared = kept(&align(first, second, measure, &mut table));
            if enough(shared) {
                all.push((in_a, in_b, share(shared).min(0.999)));
            }
        }
    }
    all
}

/// For each paragraph that is left of the second those of the first that have most pairs of words with it.
fn candidates(words: [&[Vec<Word>]; 2], left: [&[usize]; 2]) -> Vec<Vec<usize>> {
    // A paragraph of one word is its own pair.
    let pairs = |words: &[Word]| -> Vec<[Word; 2]> {
        match words {
            [one] => vec![[*one, 0]],
            _ => words.windows(2).map(|pair| [pair[0], pair[1]]).collect(),
        }
    };
    let mut places: FxHashMap<[Word; 2], Vec<usize>> = FxHashMap::default();
    for &place in left[0] {
        for pair in pairs(&words[0][place]) {
            let of = places.entry(pair).or_default();
            if of.last() != Some(&place) {
                of.push(place);
            }
        }
    }
    let total: usize = left[1].iter().map(|&place| words[1][place].len()).sum();
    let nearest = (LOOKS / total.max(1)).clamp(1, NEAREST);
    let of = |&in_b: &usize| {
        let mut counts: FxHashMap<usize, f64> = FxHashMap::default();
        for pair in pairs(&words[1][in_b]) {
            let found = places.get(&pair).map_or(&[][..], Vec::as_slice);
            let middle = found.partition_point(|&place| place < in_b);
            let start = middle.saturating_sub(nearest / 2).min(found.len().saturating_sub(nearest));
            for &place in found[start..].iter().take(nearest) {
                // What stands in many paragraphs says little of each.
                *counts.entry(place).or_default() += 1.0 / found.len() as f64;
            }
        }
        let mut ranked: Vec<(usize, f64)> = counts.into_iter().collect();
        let far = |place: usize| (place.abs_diff(in_b), place);
        ranked.sort_by(|x, y| y.1.total_cmp(&x.1).then_with(|| far(x.0).cmp(&far(y.0))));
        ranked.into_iter().take(BESIDE).map(|(place, _)| place).collect()
    };
    left[1].iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::paragraphs::tests::corpus;

    const BOATS: &str = "1. Urges all coastal villages to lend their boats to the lake patrol without delay;";
    const NETS: &str = "2. Calls upon the fishers to mend the nets that the storm of last winter tore apart;";
    const MAPS: &str = "3. Requests the keeper of the maps to draw the new shore before the end of the year;";
    const OARS: &str = "4. Thanks the carpenters of the eastern shore for their many hundred oars;";

    fn check(a: &[&str], b: &[&str], expected: &[&str]) {
        let paragraphs = corpus(&[("A", "2001", a), ("B", "2002", b)]);
        let [first, second] = [0, 1].map(|work| paragraphs.all[paragraphs.of(work)].iter().collect::<Vec<_>>());
        let number = |place: Option<usize>| place.map_or("-".to_owned(), |place| (place + 1).to_string());
        let told: Vec<String> = compare(&first, &second)
            .iter()
            .map(|row| format!("{}>{} {}", number(row.a), number(row.b), row.fate.name()))
            .collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn each_fate_is_told() {
        check(&[BOATS, NETS], &[BOATS, NETS], &["1>1 same", "2>2 same"]);
        check(&[BOATS, NETS, MAPS], &[BOATS, MAPS], &["1>1 same", "2>- removed", "3>2 same"]);
        check(&[BOATS, MAPS], &[BOATS, NETS, MAPS], &["1>1 same", "->2 added", "2>3 same"]);
        check(&[BOATS, NETS, MAPS], &[MAPS, BOATS, NETS], &["3>1 moved", "1>2 same", "2>3 same"]);
        let changed = "7. Calls upon the fishers to mend all the nets that the storm of last winter tore apart;";
        check(&[BOATS, NETS], &[BOATS, changed], &["1>1 same", "2>2 changed"]);
        check(&[BOATS, MAPS, NETS], &[changed, BOATS, MAPS], &["3>1 moved and changed", "1>2 same", "2>3 same"]);
        check(&[], &[OARS], &["->1 added"]);
        check(&[OARS], &[], &["1>- removed"]);
        check(&[OARS], &[MAPS], &["->1 added", "1>- removed"]);
    }

    #[test]
    fn of_equal_paragraphs_the_nearest_belong_together() {
        check(&[BOATS, NETS, BOATS], &[BOATS, NETS, BOATS], &["1>1 same", "2>2 same", "3>3 same"]);
    }

    #[test]
    fn a_paragraph_that_grew_is_changed() {
        let longer = format!(
            "{OARS} And asks them, since the winter has been long and the timber wet, to send as many \
            again before the ice is gone from the northern bays, at the cost of the patrol and not of the villages"
        );
        check(&[OARS], &[&longer], &["1>1 changed"]);
    }

    #[test]
    fn headings_of_a_word_are_compared_too() {
        check(&["Annex", BOATS], &["Annex", BOATS], &["1>1 same", "2>2 same"]);
    }

    #[test]
    fn a_document_beside_itself_is_the_same_whatever_stands_in_it() {
        let texts = [BOATS, "* * *", "3.", NETS, "* * *", "", "Annex", "3.", "3."];
        let expected: Vec<String> = (1..=texts.len()).map(|n| format!("{n}>{n} same")).collect();
        check(&texts, &texts, &expected.iter().map(String::as_str).collect::<Vec<_>>());
        check(&["* * *", BOATS], &["- - -", BOATS], &["->1 added", "1>- removed", "2>2 same"]);
    }

    #[test]
    fn of_more_equal_paragraphs_than_before_the_nearest_is_the_one_that_stayed() {
        check(
            &[BOATS, NETS, "Annex", MAPS],
            &["Annex", BOATS, NETS, "Annex", OARS, MAPS],
            &["->1 added", "1>2 same", "2>3 same", "3>4 same", "->5 added", "4>6 same"],
        );
    }

    #[test]
    fn heads_are_compared_where_there_is_nothing_else() {
        let mut paragraphs = corpus(&[("A", "2001", &[BOATS, NETS]), ("B", "2002", &[BOATS])]);
        let count = |paragraphs: &Paragraphs| [0, 1].map(|work| compared(paragraphs, work, Some(Language::En)).len());
        paragraphs.all[0].part = Part::Head;
        paragraphs.all[2].part = Part::Head;
        assert_eq!(count(&paragraphs), [1, 1]);
        paragraphs.all[1].part = Part::Head;
        assert_eq!(count(&paragraphs), [2, 1]);
        paragraphs.all[2].part = Part::Footnote;
        assert_eq!(count(&paragraphs), [2, 1]);
    }

    #[test]
    fn the_language_is_the_first_documents_that_the_second_has() {
        let mut paragraphs = corpus(&[("A", "2001", &[BOATS, NETS, MAPS]), ("B", "2002", &[BOATS, NETS])]);
        paragraphs.all[0].language = Some(Language::Fr);
        paragraphs.all[4].language = Some(Language::Fr);
        assert_eq!(common_language(&paragraphs, [0, 1], None), Some(Some(Language::En)));
        assert_eq!(common_language(&paragraphs, [0, 1], Some(Language::Fr)), Some(Some(Language::Fr)));
        assert_eq!(common_language(&paragraphs, [0, 1], Some(Language::Ru)), None);
    }

    /// Short paragraphs over and over, the same and nearly the same: time must not grow with the square of their number.
    #[test]
    fn repeated_short_paragraphs_are_compared_in_time() {
        let begun = std::time::Instant::now();
        let same = vec!["Recalling of the lake,"; 16_000];
        let first = corpus(&[("A", "2001", &same)]);
        let all: Vec<&Paragraph> = first.all.iter().collect();
        let rows = compare(&all, &all[..15_000]);
        assert_eq!(rows.iter().filter(|row| row.fate == Fate::Same).count(), 15_000);
        let near: Vec<String> = (0..4_000).map(|n| format!("Recalling of the lake number w{n}")).collect();
        let other: Vec<String> = (0..4_000).map(|n| format!("Recalling of the lake number v{n}")).collect();
        let texts = [&near, &other].map(|texts| texts.iter().map(String::as_str).collect::<Vec<_>>());
        let both = corpus(&[("A", "2001", &texts[0]), ("B", "2002", &texts[1])]);
        let [first, second] = [0, 1].map(|work| both.all[both.of(work)].iter().collect::<Vec<_>>());
        let rows = compare(&first, &second);
        assert_eq!(rows.len(), 4_000, "each is one changed");
        assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
    }
}

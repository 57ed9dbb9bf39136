//! Every paragraph that has some words in their order, with what stands around them.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::paragraphs::Paragraphs;
use super::words::{self, Word};
use crate::read::Language;

/// Where words stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The paragraph, a place in [`Paragraphs::all`].
    pub paragraph: usize,
    /// Bytes of its text, one range for each time; in order, without overlap.
    pub ranges: Vec<Range<usize>>,
}

/// A word that stands before or behind the words that were looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbour {
    /// As it is most often written.
    pub word: String,
    /// How often it stands there.
    pub count: usize,
}

/// The paragraphs that have the words of `wanted` in their order, in order of date (those without one last), then of
/// work and position; of one language, or of any.
#[must_use]
pub fn phrase(paragraphs: &Paragraphs, wanted: &str, language: Option<Language>) -> Vec<Hit> {
    let wanted: Vec<Word> = words::all(wanted).into_iter().map(|(_, word)| word).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<Hit> = (paragraphs.all.par_iter().enumerate())
        .filter(|(_, paragraph)| language.is_none() || paragraph.language == language)
        .filter_map(|(place, paragraph)| {
            let ranges = ranges(&words::all(&paragraph.text), &wanted);
            (!ranges.is_empty()).then_some(Hit { paragraph: place, ranges })
        })
        .collect();
    hits.sort_by_key(|hit| (paragraphs.when(hit.paragraph).last(), hit.paragraph));
    hits
}

fn ranges(words: &[(Range<usize>, Word)], wanted: &[Word]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(stretch) = words.get(at..at + wanted.len()) {
        if stretch.iter().map(|(_, word)| word).eq(wanted) {
            found.push(stretch[0].0.start..stretch[wanted.len() - 1].0.end);
            at += wanted.len();
        } else {
            at += 1;
        }
    }
    found
}

/// The words that stand before the hits and behind them, the most frequent first, then in order; at most `most` of each.
#[must_use]
pub fn neighbours(paragraphs: &Paragraphs, hits: &[Hit], most: usize) -> [Vec<Neighbour>; 2] {
    let mut counts: [BTreeMap<Word, BTreeMap<&str, usize>>; 2] = Default::default();
    for hit in hits {
        let text = &paragraphs.all[hit.paragraph].text;
        let words = words::all(text);
        for range in &hit.ranges {
            let before = words.partition_point(|(place, _)| place.start < range.start).checked_sub(1);
            let behind = Some(words.partition_point(|(place, _)| place.start < range.end));
            for (counts, place) in counts.iter_mut().zip([before, behind]) {
                if let Some((place, word)) = place.and_then(|place| words.get(place)) {
                    *counts.entry(*word).or_default().entry(&text[place.clone()]).or_default() += 1;
                }
            }
        }
    }
    counts.map(|counts| {
        let spelt = |spellings: BTreeMap<&str, usize>| {
            let most = spellings.iter().max_by_key(|&(word, count)| (*count, std::cmp::Reverse(*word)));
            let word = most.map_or("", |(word, _)| word).to_owned();
            Neighbour { word, count: spellings.values().sum() }
        };
        let mut all: Vec<Neighbour> = counts.into_values().map(spelt).collect();
        all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.word.cmp(&b.word)));
        all.truncate(most);
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::paragraphs::tests::{corpus, in_language};

    fn check(paragraphs: &Paragraphs, wanted: &str, expected: &[&str]) {
        let told: Vec<String> = phrase(paragraphs, wanted, None)
            .iter()
            .map(|hit| {
                let paragraph = &paragraphs.all[hit.paragraph];
                let found: Vec<_> = hit.ranges.iter().map(|range| &paragraph.text[range.clone()]).collect();
                format!("{} {}", paragraphs.work(paragraph).label, found.join("|"))
            })
            .collect();
        assert_eq!(told, expected, "{wanted}");
    }

    #[test]
    fn words_are_found_in_their_order_by_date() {
        let paragraphs = corpus(&[
            ("A", "2005-05-05", &["Boats on the Lake, and boats on the lake again", "the lake on boats"]),
            ("B", "2001", &["all BOATS, on the lake."]),
            ("C", "", &["boats on the lake"]),
        ]);
        check(
            &paragraphs,
            "boats on the lake",
            &["B BOATS, on the lake", "A Boats on the Lake|boats on the lake", "C boats on the lake"],
        );
        check(&paragraphs, "lake boats", &[]);
        check(&paragraphs, "lakes", &[]);
        check(&paragraphs, " - ", &[]);
    }

    #[test]
    fn accents_and_chinese_are_no_matter() {
        check(&corpus(&[("A", "2001", &["la sécurité de l’État"])]), "securite de l'etat", &["A sécurité de l’État"]);
        check(&in_language(Language::Zh, &[("A", "2001", &["决定处理此案"])]), "处理", &["A 处理"]);
    }

    #[test]
    fn a_number_that_labels_a_paragraph_can_be_looked_for() {
        check(&corpus(&[("A", "2001", &["12. Urges"])]), "12 urges", &["A 12. Urges"]);
    }

    #[test]
    fn neighbours_are_counted_whatever_their_case() {
        let paragraphs = corpus(&[("A", "2001", &["old boats sail", "Old boats rest", "new boats", "old boats sail"])]);
        let hits = phrase(&paragraphs, "boats", None);
        let told = neighbours(&paragraphs, &hits, 2).map(|side| {
            side.into_iter().map(|neighbour| format!("{} {}", neighbour.word, neighbour.count)).collect::<Vec<_>>()
        });
        assert_eq!(told, [["old 3", "new 1"], ["sail 2", "rest 1"]]);
    }
}

//! Two documents -> what became of each paragraph of the first: kept, changed, moved, gone; and what is new in the second.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::align::{Table, align, kept, rising};
use super::paragraphs::Paragraph;
use super::words::{self, Word};
use crate::parse::Part;

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
    let staying: std::collections::BTreeSet<usize> = rising(&in_a).into_iter().map(|n| order[n].0).collect();
    let paired: std::collections::BTreeSet<usize> = in_a.iter().copied().collect();
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

/// Which paragraphs belong together, each at most once, and the share of words in common: those that have most in
/// common first, among equals those in the same part of the document and nearest to each other.
fn pairs(a: &[&Paragraph], b: &[&Paragraph]) -> Vec<(usize, usize, f64)> {
    let [words_a, words_b] = [a, b].map(|all| all.iter().map(|p| words::words(&p.text)).collect::<Vec<_>>());
    let mut table = Table::default();
    let mut all = Vec::new();
    for (in_b, candidates) in candidates(&words_a, &words_b).into_iter().enumerate() {
        for in_a in candidates {
            let (first, second) = (&words_a[in_a], &words_b[in_b]);
            let shared = kept(&align(first, second, &mut table));
            let share = if first == second { 1.0 } else { 2.0 * shared as f64 / (first.len() + second.len()) as f64 };
            // Two of which one is a part of the other belong together as well.
            let part = shared as f64 / first.len().min(second.len()).max(1) as f64;
            if share >= LEAST || part >= 0.8 && shared >= 8 {
                all.push((in_a, in_b, share.min(if first == second { 1.0 } else { 0.999 })));
            }
        }
    }
    let side = |part: Part| matches!(part, Part::Annex);
    all.sort_by_key(|&(in_a, in_b, share)| {
        let apart = side(a[in_a].part) != side(b[in_b].part);
        ((Reverse((share * 1e6) as u64), apart, in_a.abs_diff(in_b)), in_b, in_a)
    });
    let (mut used_a, mut used_b) = (vec![false; a.len()], vec![false; b.len()]);
    all.retain(|&(in_a, in_b, _)| {
        let free = !used_a[in_a] && !used_b[in_b];
        if free {
            (used_a[in_a], used_b[in_b]) = (true, true);
        }
        free
    });
    all
}

/// Paragraphs of the first that are laid beside each of the second at most.
const BESIDE: usize = 12;

/// For each paragraph of the second those of the first that have most pairs of words with it.
fn candidates(a: &[Vec<Word>], b: &[Vec<Word>]) -> Vec<Vec<usize>> {
    // A paragraph of one word is its own pair.
    let pairs = |words: &[Word]| -> Vec<[Word; 2]> {
        match words {
            [one] => vec![[*one, 0]],
            _ => words.windows(2).map(|pair| [pair[0], pair[1]]).collect(),
        }
    };
    let mut places: BTreeMap<[Word; 2], Vec<usize>> = BTreeMap::new();
    for (place, words) in a.iter().enumerate() {
        for pair in pairs(words) {
            let of = places.entry(pair).or_default();
            if of.last() != Some(&place) {
                of.push(place);
            }
        }
    }
    let of = |(in_b, words): (usize, &Vec<Word>)| {
        let mut counts: BTreeMap<usize, f64> = BTreeMap::new();
        for pair in pairs(words) {
            let found = places.get(&pair).map_or(&[][..], Vec::as_slice);
            for &place in found {
                // What stands in many paragraphs says little of each.
                *counts.entry(place).or_default() += 1.0 / found.len() as f64;
            }
        }
        let mut ranked: Vec<(usize, f64)> = counts.into_iter().collect();
        ranked.sort_by(|x, y| y.1.total_cmp(&x.1).then_with(|| x.0.abs_diff(in_b).cmp(&y.0.abs_diff(in_b))));
        ranked.into_iter().take(BESIDE).map(|(place, _)| place).collect()
    };
    b.iter().enumerate().map(of).collect()
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
}

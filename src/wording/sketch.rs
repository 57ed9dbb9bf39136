//! Which paragraphs may share words, without comparing each with each: MinHash.
//!
//! Every stretch of some words (a shingle) is hashed, and of the hashes a paragraph keeps the least: all below a bound,
//! the same for all paragraphs, so that a sentence within a long paragraph is found too; and of a short paragraph
//! some more. Two paragraphs that share words share some of these hashes. Each hash knows the paragraphs that kept
//! it in order of time, and of those only the latest before a paragraph are looked at: what a formula that stands in
//! ten thousand paragraphs costs is the same for each of them, and the whole grows with the text.

use rayon::prelude::*;

use super::words::{Measure, Word, mix};

/// One hash in so many is kept of long paragraphs.
const ONE_IN: u64 = 2;
/// So many are kept of every paragraph that has them.
const LEAST: usize = 12;

/// What shares so many times less than the best is not looked at.
const WORST: u32 = 3;

/// The hashes that a paragraph keeps, in order. `seed` keeps languages apart.
#[must_use]
pub fn sketch(words: &[Word], measure: Measure, seed: u64) -> Vec<u64> {
    let shingle = |words: &[Word]| words.iter().fold(mix(seed.wrapping_add(1)), |hash, word| mix(hash ^ word));
    let mut hashes: Vec<u64> = words.windows(measure.shingle).map(shingle).collect();
    hashes.sort_unstable();
    hashes.dedup();
    let below = hashes.partition_point(|&hash| hash < u64::MAX / ONE_IN);
    hashes.truncate(below.max(LEAST));
    hashes.shrink_to_fit();
    hashes
}

/// The paragraphs of each hash, in order of time. Paragraphs are numbered in that order.
#[derive(Debug)]
pub struct Index {
    /// The numbers of paragraphs, by hash and then in order.
    numbers: Vec<u32>,
    /// For each of these, where its hash begins.
    starts: Vec<u32>,
    /// Where each paragraph stands: `places[of[n]..of[n + 1]]` of the n-th.
    places: Vec<u32>,
    of: Vec<u32>,
}

/// What is looked at for one paragraph.
#[derive(Debug, Default)]
pub struct Candidates {
    seen: Vec<(u32, u32)>,
    /// Numbers of paragraphs, those that share most first; among equals the latest first.
    pub best: Vec<u32>,
}

impl Index {
    /// Of sketches in order of time.
    #[must_use]
    pub fn new(sketches: &[Vec<u64>]) -> Self {
        let mut of: Vec<u32> = vec![0];
        let mut pairs: Vec<(u64, u32)> = Vec::with_capacity(sketches.iter().map(Vec::len).sum());
        for (number, sketch) in (0..).zip(sketches) {
            pairs.extend(sketch.iter().map(|&hash| (hash, number)));
            of.push(small(pairs.len()));
        }
        pairs.par_sort_unstable();
        let mut starts = Vec::with_capacity(pairs.len());
        let mut numbers = Vec::with_capacity(pairs.len());
        let mut places = vec![0; pairs.len()];
        let mut next: Vec<u32> = of[..sketches.len()].to_vec();
        for (place, &(hash, number)) in pairs.iter().enumerate() {
            let begins = place == 0 || pairs[place - 1].0 != hash;
            starts.push(if begins { small(place) } else { starts[place - 1] });
            numbers.push(number);
            let cursor = &mut next[number as usize];
            places[*cursor as usize] = small(place);
            *cursor += 1;
        }
        Self { numbers, starts, places, of }
    }

    /// Those among the first `before` paragraphs that share most with the n-th, at most `most` of them. Of each hash
    /// the latest `recent` are looked at; a hash says the more, the fewer paragraphs had it before.
    pub fn earlier(&self, n: usize, before: u32, recent: usize, most: usize, found: &mut Candidates) {
        found.seen.clear();
        found.best.clear();
        let all = self.of.len().ilog2() + 1;
        for &place in &self.places[self.of[n] as usize..self.of[n + 1] as usize] {
            let group = &self.numbers[self.starts[place as usize] as usize..place as usize];
            let earlier = &group[..group.partition_point(|&number| number < before)];
            let weight = all - small(earlier.len() + 1).ilog2();
            found.seen.extend(earlier.iter().rev().take(recent).map(|&number| (number, weight)));
        }
        found.seen.sort_unstable();
        let mut sums: Vec<(u32, u32)> =
            found.seen.chunk_by(|a, b| a.0 == b.0).map(|of| (of.iter().map(|(_, w)| w).sum(), of[0].0)).collect();
        sums.sort_unstable_by(|a, b| b.cmp(a));
        let best = sums.first().map_or(0, |&(sum, _)| sum);
        let alike = sums.iter().take(most).take_while(|&&(sum, _)| sum * WORST >= best);
        found.best.extend(alike.map(|&(_, number)| number));
    }
}

/// A place among fewer than four thousand million.
fn small(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::words::{measure, words};

    fn sketches(texts: &[&str]) -> Vec<Vec<u64>> {
        texts.iter().map(|text| sketch(&words(text), measure(None), 0)).collect()
    }

    fn check(texts: &[&str], before: u32, recent: usize, expected: &[u32]) {
        let index = Index::new(&sketches(texts));
        let mut found = Candidates::default();
        index.earlier(texts.len() - 1, before, recent, 10, &mut found);
        assert_eq!(found.best, expected, "{texts:?}");
    }

    #[test]
    fn those_that_share_most_come_first_and_then_the_latest() {
        let texts = ["a b c d e f", "x y z u v w", "a b c d q r", "a b c d e f", "a b c d e f"];
        check(&texts, 4, 10, &[3, 0, 2]);
        check(&texts, 3, 10, &[0, 2]);
        check(&texts, 0, 10, &[]);
    }

    #[test]
    fn of_what_stands_everywhere_only_the_latest_are_looked_at() {
        check(&["a b c d"; 6], 5, 2, &[4, 3]);
    }

    #[test]
    fn languages_do_not_meet() {
        let words = words("a b c d e");
        let [one, other] = [0, 1].map(|seed| sketch(&words, measure(None), seed));
        assert!(one.iter().all(|hash| !other.contains(hash)), "{one:?} {other:?}");
    }

    #[test]
    fn a_long_text_keeps_half_of_its_hashes() {
        let words: Vec<Word> = (0..1002).map(mix).collect();
        let kept = sketch(&words, measure(None), 0).len();
        assert!((450..550).contains(&kept), "{kept}");
        assert_eq!(sketch(&words[..8], measure(None), 0).len(), 6);
        assert_eq!(sketch(&words[..2], measure(None), 0), [0; 0]);
    }
}

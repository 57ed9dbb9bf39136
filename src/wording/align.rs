//! Two texts -> the runs of words that they share, in order, and the changes between these.
//!
//! Of all ways to lay the words beside each other the one is taken that keeps most of them in fewest runs: a word
//! that both have between others that differ ("of", "the") is no wording kept.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::words::{Measure, Word};

/// Words that stand in both, one after another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// Where it begins in the first.
    pub a: u32,
    /// Where it begins in the second.
    pub b: u32,
    /// Words.
    pub length: u32,
}

/// What became of a stretch of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// These of the first stand in the second as these.
    Kept(Range<usize>, Range<usize>),
    /// These of the first are gone, and these of the second are new; one of them may be empty.
    Replaced(Range<usize>, Range<usize>),
}

/// A word kept counts so much; what beginning a run costs is the language's: see [`Measure`].
const WORD: i32 = 2;
/// Pairs of words that are compared at most, between two words that are held for the same.
const MOST: usize = 4_000_000;
/// Words of a stretch that stands once in each text, by which longer texts are divided.
const ANCHOR: usize = 6;

/// Room for the table of an alignment, used again for the next.
#[derive(Debug, Default)]
pub struct Table {
    steps: Vec<u8>,
    rows: [Vec<i32>; 2],
}

/// The runs that two texts share, by the measure of their language.
#[must_use]
pub fn align(a: &[Word], b: &[Word], measure: Measure, table: &mut Table) -> Vec<Run> {
    let mut runs = Vec::new();
    if a == b {
        push(&mut runs, 0, 0, a.len());
        return runs;
    }
    let head = at_least_a_run(measure, a.iter().zip(b).take_while(|(a, b)| a == b).count());
    let (rest_a, rest_b) = (&a[head..], &b[head..]);
    let tail =
        at_least_a_run(measure, rest_a.iter().rev().zip(rest_b.iter().rev()).take_while(|(a, b)| a == b).count());
    push(&mut runs, 0, 0, head);
    between(a, b, head..a.len() - tail, head..b.len() - tail, (measure.begin, table), &mut runs);
    push(&mut runs, a.len() - tail, b.len() - tail, tail);
    runs
}

/// How much of a beginning or an end is taken as it is: a few words may have a better place.
fn at_least_a_run(measure: Measure, words: usize) -> usize {
    if words < measure.run { 0 } else { words }
}

/// Adds a run, which may go on from the last.
fn push(runs: &mut Vec<Run>, a: usize, b: usize, length: usize) {
    if length == 0 {
        return;
    }
    // Texts of more than four thousand million words are not met.
    let [a, b, length] = [a, b, length].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
    match runs.last_mut() {
        Some(last) if last.a + last.length == a && last.b + last.length == b => last.length += length,
        _ => runs.push(Run { a, b, length }),
    }
}

fn between(
    a: &[Word],
    b: &[Word],
    in_a: Range<usize>,
    in_b: Range<usize>,
    (begin, table): (i32, &mut Table),
    runs: &mut Vec<Run>,
) {
    if in_a.len() * in_b.len() <= MOST {
        return lay(a, b, in_a, in_b, (begin, table), runs);
    }
    let (mut from_a, mut from_b) = (in_a.start, in_b.start);
    for (at_a, at_b) in anchors(&a[in_a.clone()], &b[in_b.clone()]) {
        let (at_a, at_b) = (in_a.start + at_a, in_b.start + at_b);
        if at_a < from_a || at_b < from_b {
            continue;
        }
        if (at_a - from_a) * (at_b - from_b) <= MOST {
            lay(a, b, from_a..at_a, from_b..at_b, (begin, table), runs);
        }
        push(runs, at_a, at_b, ANCHOR);
        (from_a, from_b) = (at_a + ANCHOR, at_b + ANCHOR);
    }
    if (in_a.end - from_a) * (in_b.end - from_b) <= MOST {
        lay(a, b, from_a..in_a.end, from_b..in_b.end, (begin, table), runs);
    }
}

/// Places of stretches that stand once in each, as many as are in the same order in both.
fn anchors(a: &[Word], b: &[Word]) -> Vec<(usize, usize)> {
    fn once(words: &[Word]) -> FxHashMap<&[Word], Option<usize>> {
        let mut places = FxHashMap::default();
        for (at, stretch) in words.windows(ANCHOR).enumerate() {
            places.entry(stretch).and_modify(|place| *place = None).or_insert(Some(at));
        }
        places
    }
    let in_b = once(b);
    let mut pairs: Vec<(usize, usize)> =
        once(a).into_iter().filter_map(|(stretch, at)| Some((at?, (*in_b.get(stretch)?)?))).collect();
    pairs.sort_unstable();
    let order: Vec<usize> = pairs.iter().map(|&(_, b)| b).collect();
    rising(&order).into_iter().map(|n| pairs[n]).collect()
}

/// The places of a longest rising part of some numbers, all different.
#[must_use]
pub fn rising(numbers: &[usize]) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (place, &number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|&end| numbers[end] < number);
        before.push(length.checked_sub(1).map(|n| ends[n]));
        if length == ends.len() {
            ends.push(place);
        } else {
            ends[length] = place;
        }
    }
    let mut part = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(place) = at {
        part.push(place);
        at = before[place];
    }
    part.reverse();
    part
}

/// How a cell of the table was reached. Of a cell in a run: from a run, or from none.
const RUN_GOES_ON: u8 = 1;
/// Of a cell in no run: the end of a run, or a word of either passed over.
const ENDS_RUN: u8 = 2;
const PASSES_A: u8 = 4;

/// Least that a score can be.
const NEVER: i32 = i32::MIN / 2;

/// The best way through a table of all pairs of words.
fn lay(
    a: &[Word],
    b: &[Word],
    in_a: Range<usize>,
    in_b: Range<usize>,
    (begin, table): (i32, &mut Table),
    runs: &mut Vec<Run>,
) {
    if in_a.is_empty() || in_b.is_empty() {
        return;
    }
    let (first, second) = (&a[in_a.clone()], &b[in_b.clone()]);
    let width = second.len() + 1;
    table.steps.clear();
    table.steps.resize((first.len() + 1) * width, 0);
    let [in_run, best] = &mut table.rows;
    in_run.clear();
    in_run.resize(width, NEVER);
    best.clear();
    best.resize(width, 0);
    // A run that ends just before is gone on with, not begun.
    let goes_on = in_a.start > 0 && in_b.start > 0 && a[in_a.start - 1] == b[in_b.start - 1];
    in_run[0] = if goes_on { 0 } else { NEVER };
    for (row, &word) in first.iter().enumerate() {
        let steps = &mut table.steps[(row + 1) * width..(row + 2) * width];
        let (mut run_before, mut best_before) = (in_run[0], best[0]);
        (in_run[0], best[0]) = (NEVER, 0);
        steps[0] = PASSES_A;
        for column in 1..width {
            let (run_above, best_above) = (in_run[column], best[column]);
            let (begun, gone_on) = (best_before - begin, run_before);
            let mut step = 0;
            let mut run = NEVER;
            if word == second[column - 1] {
                run = WORD + begun.max(gone_on);
                step |= if gone_on >= begun { RUN_GOES_ON } else { 0 };
            }
            let left = best[column - 1];
            let mut whole = left.max(best_above);
            step |= if best_above > left { PASSES_A } else { 0 };
            if run > whole {
                whole = run;
                step |= ENDS_RUN;
            }
            steps[column] = step;
            (in_run[column], best[column]) = (run, whole);
            (run_before, best_before) = (run_above, best_above);
        }
    }
    trace(&table.steps, width, (in_a, in_b), runs);
}

/// Reads the way back from the end of the table.
fn trace(steps: &[u8], width: usize, (in_a, in_b): (Range<usize>, Range<usize>), runs: &mut Vec<Run>) {
    let (mut row, mut column) = (in_a.len(), in_b.len());
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    while row > 0 && column > 0 {
        if steps[row * width + column] & ENDS_RUN == 0 {
            if steps[row * width + column] & PASSES_A == 0 {
                column -= 1;
            } else {
                row -= 1;
            }
            continue;
        }
        let end = row;
        loop {
            let goes_on = steps[row * width + column] & RUN_GOES_ON != 0;
            (row, column) = (row - 1, column - 1);
            if !goes_on || row == 0 || column == 0 {
                break;
            }
        }
        found.push((row, column, end - row));
    }
    for (row, column, length) in found.into_iter().rev() {
        push(runs, in_a.start + row, in_b.start + column, length);
    }
}

/// How often words occur in a text, or more often: an upper bound for what another text may share with it.
#[derive(Debug)]
pub struct Bag {
    counts: [u16; Self::ROOM],
    left: [u16; Self::ROOM],
}

impl Default for Bag {
    fn default() -> Self {
        Self { counts: [0; Self::ROOM], left: [0; Self::ROOM] }
    }
}

impl Bag {
    const ROOM: usize = 512;

    fn place(word: Word) -> usize {
        // What a hash leaves over is less than the room.
        (word % Self::ROOM as u64) as usize
    }

    /// Holds the words of a text instead of those before.
    pub fn fill(&mut self, words: &[Word]) {
        self.counts.fill(0);
        for &word in words {
            let count = &mut self.counts[Self::place(word)];
            *count = count.saturating_add(1);
        }
    }

    /// No fewer words than another text can share with this one.
    pub fn most(&mut self, words: &[Word]) -> usize {
        self.left = self.counts;
        let mut found = 0;
        for &word in words {
            let left = &mut self.left[Self::place(word)];
            if *left > 0 {
                *left -= 1;
                found += 1;
            }
        }
        found
    }
}

/// How many words are kept.
#[must_use]
pub fn kept(runs: &[Run]) -> usize {
    runs.iter().map(|run| run.length as usize).sum()
}

/// What became of all words of two texts that have so many.
#[must_use]
pub fn changes(runs: &[Run], a: usize, b: usize) -> Vec<Change> {
    let (mut at_a, mut at_b) = (0, 0);
    let mut changes = Vec::new();
    let ends = runs.iter().map(|run| (run.a as usize, run.b as usize, run.length as usize)).chain([(a, b, 0)]);
    for (run_a, run_b, length) in ends {
        if at_a < run_a || at_b < run_b {
            changes.push(Change::Replaced(at_a..run_a, at_b..run_b));
        }
        (at_a, at_b) = (run_a + length, run_b + length);
        if length > 0 {
            changes.push(Change::Kept(run_a..at_a, run_b..at_b));
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::read::Language;
    use crate::wording::words::{self, measure};

    fn check(a: &str, b: &str, expected: &[&str]) {
        let (first, second) = (words::words(a), words::placed(b));
        let numbers: Vec<Word> = second.iter().map(|(_, word)| *word).collect();
        let runs = align(&first, &numbers, measure(None), &mut Table::default());
        let stretch = |run: &Run| {
            let end = (run.b + run.length - 1) as usize;
            &b[second[run.b as usize].0.start..second[end].0.end]
        };
        assert_eq!(runs.iter().map(stretch).collect::<Vec<_>>(), expected, "{a} | {b}");
    }

    #[test]
    fn what_is_kept_stands_in_runs() {
        check("one two three", "one two three", &["one two three"]);
        check(
            "the mission will stay in its camp until March",
            "the mission will leave in its boats until March",
            &["the mission will"],
        );
        check("welcomes the first report", "the first report", &["the first report"]);
        check("the first report", "welcomes again the first report", &["the first report"]);
        check("a b c d e f", "x a b c y d e f z", &["a b c", "d e f"]);
        check("", "a b", &[]);
        check("a", "a", &["a"]);
    }

    #[test]
    fn a_word_or_two_alone_are_not_kept() {
        check("support of the lakes", "courage of the rivers", &[]);
        check("the ships sailed north", "the trains went south", &[]);
    }

    #[test]
    fn of_chinese_so_many_characters_are_kept_as_make_three_words() {
        let runs = |a: &str, b: &str| {
            let [a, b] = [a, b].map(words::words);
            let runs = align(&a, &b, measure(Some(Language::Zh)), &mut Table::default());
            runs.iter().map(|run| run.length).collect::<Vec<_>>()
        };
        assert_eq!(runs("甲乙湖上船只丙丁", "戊己庚湖上船只辛"), [0_u32; 0]);
        assert_eq!(runs("甲乙湖上的船只丙丁", "戊己庚湖上的船只辛"), [5]);
        assert_eq!(runs("湖上船只丙丁戊", "湖上船只己庚辛"), [0_u32; 0]);
    }

    #[test]
    fn of_two_ways_the_one_with_fewer_runs_is_taken() {
        check("p q r s t", "p q x q r s t", &["q r s t"]);
        check("o p q r s t", "o p q x q r s t", &["o p q", "r s t"]);
    }

    #[test]
    fn long_texts_are_divided_where_they_agree() {
        let a: Vec<Word> = (0..6_000).collect();
        let mut b = a.clone();
        b[3_000] = 1_000_000;
        b.insert(1, 1_000_001);
        b[6_000] = 1_000_002;
        // The first word, which stands alone, the one in the middle and the last.
        let runs = align(&a, &b, measure(None), &mut Table::default());
        assert_eq!(kept(&runs), 6_000 - 3, "{runs:?}");
        let nothing: Vec<Word> = (10_000..16_000).collect();
        assert_eq!(align(&a, &nothing, measure(None), &mut Table::default()), []);
    }

    #[test]
    fn changes_cover_both_texts() {
        let runs = [Run { a: 0, b: 1, length: 2 }, Run { a: 4, b: 3, length: 1 }];
        let expected = [
            Change::Replaced(0..0, 0..1),
            Change::Kept(0..2, 1..3),
            Change::Replaced(2..4, 3..3),
            Change::Kept(4..5, 3..4),
            Change::Replaced(5..6, 4..4),
        ];
        assert_eq!(changes(&runs, 6, 4), expected);
        assert_eq!(changes(&[], 0, 0), []);
    }

    #[test]
    fn the_longest_rising_part_is_found() {
        assert_eq!(rising(&[3, 0, 1, 2, 5, 4]), [1, 2, 3, 5]);
        assert_eq!(rising(&[]), [0_usize; 0]);
    }

    #[test]
    fn a_bag_bounds_what_is_shared() {
        let mut bag = Bag::default();
        bag.fill(&[1, 2, 2, 3]);
        assert_eq!([bag.most(&[2, 2, 2, 9]), bag.most(&[3, 2, 1]), bag.most(&[])], [2, 3, 0]);
    }

    proptest! {
        #[test]
        fn runs_are_in_order_and_of_the_same_words(
            a in proptest::collection::vec(0_u64..6, 0..40),
            b in proptest::collection::vec(0_u64..6, 0..40),
        ) {
            let runs = align(&a, &b, measure(None), &mut Table::default());
            let (mut at_a, mut at_b) = (0, 0);
            for run in &runs {
                let (from_a, from_b, length) = (run.a as usize, run.b as usize, run.length as usize);
                prop_assert!(from_a >= at_a && from_b >= at_b && length > 0);
                prop_assert_eq!(&a[from_a..from_a + length], &b[from_b..from_b + length]);
                (at_a, at_b) = (from_a + length, from_b + length);
            }
            prop_assert!(at_a <= a.len() && at_b <= b.len());
            let mut bag = Bag::default();
            bag.fill(&b);
            prop_assert!(kept(&runs) <= bag.most(&a));
        }
    }
}

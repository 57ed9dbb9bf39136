//! Two texts -> the second in pieces, with what is gone from the first between them: for showing changes of words.

use std::ops::Range;

use super::align::{Change, Run, Table, align, changes};
use super::words::{self, Word};

/// A piece of one of two texts, as it stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'t> {
    /// In both; as the second has it. Case, accents and what stands between words do not count.
    Kept(&'t str),
    /// In the first only.
    Removed(&'t str),
    /// In the second only.
    Added(&'t str),
}

impl<'t> Piece<'t> {
    /// What it says.
    #[must_use]
    pub fn text(self) -> &'t str {
        match self {
            Self::Kept(text) | Self::Removed(text) | Self::Added(text) => text,
        }
    }
}

/// The pieces of two texts. All that were kept or added are, one after another, the second text; what was removed has
/// the space behind it, if it had one.
#[must_use]
pub fn pieces<'t>(a: &'t str, b: &'t str) -> Vec<Piece<'t>> {
    let [first, second] = [a, b].map(words::placed);
    let [words_a, words_b] =
        [&first, &second].map(|placed| placed.iter().map(|(_, word)| *word).collect::<Vec<Word>>());
    let runs = whole(&align(&words_a, &words_b, &mut Table::default()), &words_a, &words_b);
    let mut pieces = Vec::new();
    let mut at = 0;
    // What stands before the first word, between words and behind the last is nobody's change.
    let begin = |words: &Range<usize>| second.get(words.start).map_or(b.len(), |(place, _)| place.start);
    let end = |words: &Range<usize>| second[words.end - 1].0.end;
    for change in changes(&runs, first.len(), second.len()) {
        let (gone, new) = match change {
            Change::Kept(_, words) => {
                keep(&mut pieces, &b[at..begin(&words)]);
                keep(&mut pieces, &b[begin(&words)..end(&words)]);
                at = end(&words);
                continue;
            }
            Change::Replaced(gone, new) => (gone, new),
        };
        // Behind the last word nothing but the end of the sentence is left, which stays behind what was removed.
        if new.start < second.len() {
            keep(&mut pieces, &b[at..begin(&new)]);
            at = begin(&new);
        }
        if !gone.is_empty() {
            let (from, to) = (first[gone.start].0.start, first[gone.end - 1].0.end);
            let space = a[to..].len() - a[to..].trim_start().len();
            pieces.push(Piece::Removed(&a[from..to + space]));
        }
        if !new.is_empty() {
            pieces.push(Piece::Added(&b[at..end(&new)]));
            at = end(&new);
        }
    }
    keep(&mut pieces, &b[at..]);
    pieces
}

/// Runs with the words between them that are the same at the beginning or end of what was changed: too few to count
/// as wording kept, but nobody changed them.
fn whole(runs: &[Run], a: &[Word], b: &[Word]) -> Vec<Run> {
    let mut all = Vec::new();
    for change in changes(runs, a.len(), b.len()) {
        let mut push = |a: usize, b: usize, length: usize| {
            if let ([Ok(a), Ok(b)], Ok(length @ 1..)) = ([a, b].map(u32::try_from), u32::try_from(length)) {
                all.push(Run { a, b, length });
            }
        };
        match change {
            Change::Kept(in_a, in_b) => push(in_a.start, in_b.start, in_a.len()),
            Change::Replaced(in_a, in_b) => {
                let (gone, new) = (&a[in_a.clone()], &b[in_b.clone()]);
                let head = gone.iter().zip(new).take_while(|(a, b)| a == b).count();
                let rest = gone[head..].iter().rev().zip(new[head..].iter().rev());
                let tail = rest.take_while(|(a, b)| a == b).count();
                push(in_a.start, in_b.start, head);
                push(in_a.end - tail, in_b.end - tail, tail);
            }
        }
    }
    all
}

fn keep<'t>(pieces: &mut Vec<Piece<'t>>, text: &'t str) {
    if !text.is_empty() {
        pieces.push(Piece::Kept(text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, expected: &str) {
        let found = pieces(a, b);
        let told: String = found
            .iter()
            .map(|piece| match piece {
                Piece::Kept(text) => (*text).to_owned(),
                Piece::Removed(text) => format!("[-{text}-]"),
                Piece::Added(text) => format!("{{+{text}+}}"),
            })
            .collect();
        assert_eq!(told, expected);
        let second: String = found.iter().filter(|p| !matches!(p, Piece::Removed(_))).map(|p| p.text()).collect();
        assert_eq!(second, b);
    }

    #[test]
    fn changes_stand_where_they_were_made() {
        check("1. Urges all to lend boats;", "2. Urges all to lend boats.", "2. Urges all to lend boats.");
        check(
            "asks them to lend boats soon, please",
            "asks them to lend nets soon, please",
            "asks them to lend [-boats -]{+nets+} soon, please",
        );
        check("asks all the old fishers to come", "asks all fishers to come", "asks all [-the old -]fishers to come");
        check("asks all fishers to come", "asks all the old fishers to come", "asks all {+the old+} fishers to come");
        check("asks them to come at once;", "asks them to come;", "asks them to come[-at once-];");
        check("asks them to come;", "asks them to come at once;", "asks them to come {+at once+};");
        check("敦促所有村庄借船", "敦促所有城镇借船", "敦促所有[-村庄-]{+城镇+}借船");
        check("", "all is new", "{+all is new+}");
        check("all is gone", "", "[-all is gone-]");
    }
}

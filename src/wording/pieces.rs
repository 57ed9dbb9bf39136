//! Two texts -> the second in pieces, with what is gone from the first between them: for showing changes of words.

use std::ops::Range;

use super::align::{Change, Run, Table, align, changes};
use super::words::{self, Word, measure};

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
    let runs = whole(&align(&words_a, &words_b, measure(None), &mut Table::default()), &words_a, &words_b);
    let (first, second) = (Signs { text: a, placed: &first }, Signs { text: b, placed: &second });
    let mut pieces = Vec::new();
    let mut at = 0;
    for change in changes(&runs, words_a.len(), words_b.len()) {
        let (gone, new) = match change {
            Change::Kept(_, words) => {
                let (begin, end) = (second.begin(words.start), second.end(words.end));
                keep(&mut pieces, &b[at..begin]);
                keep(&mut pieces, &b[begin..end]);
                at = end;
                continue;
            }
            Change::Replaced(gone, new) => (gone, new),
        };
        // What stands before the first word, between words and behind the last is nobody's change, but for signs that
        // only one of the texts has at what was changed. What ends the sentence stays behind what was removed.
        let (open_a, open_b) = (first.opening(gone.start), second.opening(new.start));
        let (close_a, close_b) = (first.closing(gone.end), second.closing(new.end));
        let differ = |a: &str, b: &str, sign: &str| if a == b { 0 } else { sign.len() };
        let start = if new.start < words_b.len() {
            second.begin(new.start) - differ(open_a, open_b, open_b)
        } else {
            at + close_b.len()
        };
        keep(&mut pieces, &b[at..start.max(at)]);
        at = start.max(at);
        if !gone.is_empty() {
            let from = first.begin(gone.start) - differ(open_a, open_b, open_a);
            let signs = if new.is_empty() { close_a.len() } else { differ(close_a, close_b, close_a) };
            let to = first.end(gone.end) + signs;
            let space = a[to..].len() - a[to..].trim_start().len();
            pieces.push(Piece::Removed(&a[from..to + space]));
        }
        if !new.is_empty() {
            let to = second.end(new.end) + differ(close_a, close_b, close_b);
            pieces.push(Piece::Added(&b[at..to]));
            at = to;
        }
    }
    keep(&mut pieces, &b[at..]);
    pieces
}

/// A text between whose words signs stand.
struct Signs<'t, 'p> {
    text: &'t str,
    placed: &'p [(Range<usize>, Word)],
}

impl<'t> Signs<'t, '_> {
    /// Where a word begins, or the text ends.
    fn begin(&self, word: usize) -> usize {
        self.placed.get(word).map_or(self.text.len(), |(place, _)| place.start)
    }

    /// Where so many words end.
    fn end(&self, words: usize) -> usize {
        words.checked_sub(1).map_or(0, |word| self.placed[word].0.end)
    }

    /// The signs that open a word.
    fn opening(&self, word: usize) -> &'t str {
        let before = &self.text[self.end(word).min(self.begin(word))..self.begin(word)];
        &before[before.trim_end_matches(is_opening).len()..]
    }

    /// The signs right behind so many words; at the end of the text without those that end it.
    fn closing(&self, words: usize) -> &'t str {
        let behind = &self.text[self.end(words)..self.begin(words).max(self.end(words))];
        let last = words == self.placed.len();
        let closes = |c: char| {
            if last {
                ")]}>”’»）》」』".contains(c)
            } else {
                !c.is_whitespace() && !is_opening(c) && !"-–—/".contains(c)
            }
        };
        &behind[..behind.len() - behind.trim_start_matches(closes).len()]
    }
}

fn is_opening(c: char) -> bool {
    "([{<“‘«（《「『".contains(c)
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
        check("lend boats to all", "lend boats <nets> to all", "lend boats {+<nets>+} to all");
        check("lend boats to all", "lend boats and <nets> to all", "lend boats {+and <nets>+} to all");
        check("lend (old) boats to all", "lend boats to all", "lend [-(old) -]boats to all");
        check("they ask them, now and then", "they ask us, now and then", "they ask [-them-]{+us+}, now and then");
        check("asks them (at once);", "asks them;", "asks them[-(at once)-];");
        check("by paper 12 (2015) and 13 (2016);", "by paper 12 (2015);", "by paper 12 (2015)[-and 13 (2016)-];");
        check(
            "Recalling the lake, recalling paper 42 (2015), expressing its concern at winds",
            "Recalling the lake, expressing its concern at winds",
            "Recalling the lake, [-recalling paper 42 (2015), -]expressing its concern at winds",
        );
        check("敦促所有村庄借船", "敦促所有城镇借船", "敦促所有[-村庄-]{+城镇+}借船");
        check("", "all is new", "{+all is new+}");
        check("all is gone", "", "[-all is gone-]");
    }
}

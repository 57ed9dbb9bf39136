//! The sentence that a mention stands in: the evidence that a reader wants to see.

use crate::span::Span;

/// Words that end in a full stop without ending a sentence.
const ABBREVIATIONS: [&str; 24] = [
    "no", "nos", "art", "arts", "para", "paras", "para", "mr", "mrs", "ms", "dr", "st", "vol", "p", "pp", "cf", "e.g",
    "i.e", "al", "op", "corr", "add", "rev", "chap",
];

/// The sentence of `text` that holds `span`, without the space around it.
///
/// A sentence ends at `.`, `?` or `!` followed by a space and anything but a lower-case letter.
#[must_use]
pub fn sentence(text: &str, span: Span) -> Span {
    Sentences::of(text).around(span)
}

/// A text cut into sentences.
#[derive(Debug)]
pub struct Sentences<'t> {
    text: &'t str,
    /// Where each ends.
    ends: Vec<usize>,
}

impl<'t> Sentences<'t> {
    /// Cuts a text.
    #[must_use]
    pub fn of(text: &'t str) -> Self {
        let marks = memchr::memchr3_iter(b'.', b'?', b'!', text.as_bytes());
        Self { text, ends: marks.filter(|at| ends_sentence(text, *at)).map(|at| at + 1).collect() }
    }

    /// The sentence that holds `span`, or those from the one that it begins in to the one it ends in.
    #[must_use]
    pub fn around(&self, span: Span) -> Span {
        let before = self.ends.partition_point(|end| *end <= span.start);
        let start = before.checked_sub(1).map_or(0, |last| self.ends[last]);
        let end = self.ends[before..].iter().find(|end| **end >= span.end);
        trimmed(self.text, Span::new(start, end.copied().unwrap_or(self.text.len())))
    }
}

fn ends_sentence(text: &str, at: usize) -> bool {
    let mut after = text[at + 1..].chars();
    if !after.next().is_some_and(char::is_whitespace) || after.next().is_some_and(char::is_lowercase) {
        return false;
    }
    let word = text[..at].rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    // Initials ("J. Smith") and numbers of paragraphs ("12. Decides") end none, either.
    let short = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let number = text[..at].trim_start().chars().all(|c| c.is_ascii_digit());
    !short && !number && !ABBREVIATIONS.contains(&&*word.to_lowercase())
}

fn trimmed(text: &str, span: Span) -> Span {
    let part = span.of(text);
    let start = span.start + (part.len() - part.trim_start().len());
    Span::new(start, start + part.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, word: &str, expected: &str) {
        let start = text.find(word).expect("the word is there");
        assert_eq!(sentence(text, Span::new(start, start + word.len())).of(text), expected);
    }

    #[test]
    fn a_sentence_is_what_stands_between_full_stops() {
        let text = "12. Decides to act. It asks Mr. A. Example, cf. No. 5, to help! And ends here";
        check(text, "act", "12. Decides to act.");
        check(text, "help", "It asks Mr. A. Example, cf. No. 5, to help!");
        check(text, "here", "And ends here");
        check("one sentence, no stop", "stop", "one sentence, no stop");
        check("In 3.5 cases (S/2017/1). Then more.", "S/2017/1", "In 3.5 cases (S/2017/1).");
    }
}

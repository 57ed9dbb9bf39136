//! Small patterns told character by character: what heads and the beginnings of lines are read with.
//!
//! Each step takes what it names from the front of the rest, or gives `None`; a pattern is a chain of steps, and
//! costs no more than the characters that it looks at.

use memchr::memchr2_iter;

/// The rest of a text, which steps are taken from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scan<'a> {
    /// What no step has taken yet.
    pub(super) rest: &'a str,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// Whether nothing is left.
    pub(super) fn ends(self) -> bool {
        self.rest.is_empty()
    }

    /// What was taken since the rest was `before`.
    pub(super) fn taken(self, before: &'a str) -> &'a str {
        &before[..before.len() - self.rest.len()]
    }

    /// The longest run of such characters, which may be empty.
    pub(super) fn run(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !fits(c)).unwrap_or(self.rest.len());
        let (run, rest) = self.rest.split_at(end);
        self.rest = rest;
        run
    }

    /// At least `least` digits, and at most the first `most`.
    pub(super) fn digits(&mut self, least: usize, most: usize) -> Option<&'a str> {
        let mut end = 0;
        let mut count = 0;
        for c in self.rest.chars().take(most).take_while(|c| is_digit(*c)) {
            end += c.len_utf8();
            count += 1;
        }
        let (digits, rest) = self.rest.split_at(end);
        self.rest = rest;
        (count >= least).then_some(digits)
    }

    /// One or more white-space characters.
    pub(super) fn spaces(&mut self) -> Option<()> {
        let rest = self.rest.trim_start();
        let some = rest.len() < self.rest.len();
        self.rest = rest;
        some.then_some(())
    }

    /// White space, if there is any.
    pub(super) fn skip_spaces(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// One character that fits.
    pub(super) fn one(&mut self, fits: impl Fn(char) -> bool) -> Option<char> {
        let c = self.rest.chars().next().filter(|c| fits(*c))?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    /// The words as they stand.
    pub(super) fn exact(&mut self, words: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(words)?;
        Some(())
    }

    /// The words, in any case.
    pub(super) fn words(&mut self, words: &str) -> Option<()> {
        self.rest = strip_words(self.rest, words)?;
        Some(())
    }

    /// One of several words, in any case.
    pub(super) fn any_of(&mut self, several: &[&str]) -> Option<()> {
        several.iter().find_map(|words| self.words(words))
    }

    /// Whether no letter, digit or underline follows.
    pub(super) fn ends_word(self) -> bool {
        !self.rest.starts_with(of_word)
    }

    /// "st", "nd", "rd", "th"
    pub(super) fn ordinal(&mut self) -> Option<()> {
        self.any_of(&["st", "nd", "rd", "th"])
    }

    /// "25 April 2013": a day, a word, a year.
    pub(super) fn date(&mut self) -> Option<&'a str> {
        let before = self.rest;
        self.digits(1, 2)?;
        self.spaces()?;
        let word = self.run(|c| c.is_ascii_alphabetic());
        self.spaces()?;
        self.digits(4, 4)?;
        (word.len() >= 2).then(|| self.taken(before))
    }
}

/// The digits of the scripts that documents are written in.
pub(super) fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' | '\u{ff10}'..='\u{ff19}')
}

/// The letters and signs of the Arabic script.
pub(super) fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{604}' | '\u{606}'..='\u{60b}' | '\u{60d}'..='\u{61a}' | '\u{61c}'..='\u{61e}'
        | '\u{620}'..='\u{63f}' | '\u{641}'..='\u{64a}' | '\u{656}'..='\u{66f}' | '\u{671}'..='\u{6dc}'
        | '\u{6de}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{870}'..='\u{8e1}' | '\u{8e3}'..='\u{8ff}'
        | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// The characters of words.
pub(super) fn of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// What follows the words that a text begins with, in any case.
pub(super) fn strip_words<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let start = text.as_bytes().get(..words.len())?;
    if start.eq_ignore_ascii_case(words.as_bytes()) { text.get(words.len()..) } else { None }
}

/// Whether a text begins with one of several words, in any case.
pub(super) fn begins_with(text: &str, several: &[&str]) -> bool {
    several.iter().any(|words| strip_words(text, words).is_some())
}

/// Where words stand, in any case, from left to right; `rare` is the place in them of a letter that few words have.
pub(super) fn find_words<'a>(text: &'a str, words: &'a str, rare: usize) -> impl Iterator<Item = usize> + 'a {
    let letter = words.as_bytes()[rare];
    memchr2_iter(letter.to_ascii_lowercase(), letter.to_ascii_uppercase(), text.as_bytes()).filter_map(move |at| {
        let start = at.checked_sub(rare)?;
        let found = text.as_bytes().get(start..start + words.len())?;
        found.eq_ignore_ascii_case(words.as_bytes()).then_some(start)
    })
}

/// Where the lines of a text start.
pub(super) fn line_starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_take_what_they_name() {
        let mut s = Scan::new("12  May 1999x");
        assert_eq!(s.date(), Some("12  May 1999"));
        assert!(!s.ends_word());
        let mut s = Scan::new("\u{661}\u{662}/1234");
        assert_eq!((s.digits(1, 3), s.exact("/"), s.digits(1, 3)), (Some("\u{661}\u{662}"), Some(()), Some("123")));
        assert_eq!(Scan::new("1").digits(2, 3), None);
    }

    #[test]
    fn words_are_found_in_any_case() {
        let text = "Adopted here, and ADOPTED there; adopte";
        assert_eq!(find_words(text, "adopted", 3).collect::<Vec<_>>(), [0, 18]);
        assert_eq!(strip_words("See Also \u{e9}", "see also"), Some(" \u{e9}"));
        assert!(!begins_with("\u{e9}t\u{e9}", &["ete", "e"]));
    }
}

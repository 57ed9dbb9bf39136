//! The words of a paragraph, as numbers: what full-text search finds the same is the same here, without case, accents
//! and vowel signs; a Chinese character is a word. The number or letter that a paragraph begins with is none of its words.

use std::ops::Range;

use crate::read::Language;
use crate::store::text::words;

/// A word: a hash of how it is written, of which 64 bits are enough that no two words of a corpus meet.
pub type Word = u64;

/// How much of a language says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Words of a shingle.
    pub shingle: usize,
    /// Words that a paragraph must have, and share with another, before that is worth telling.
    pub least: usize,
    /// Words in one stretch that are worth telling even where most of a paragraph is new.
    pub stretch: usize,
    /// Words of the shortest run that counts as wording kept.
    pub run: usize,
    /// What beginning a run costs, where a word kept counts two: one word less than the shortest run is not worth it.
    pub begin: i32,
}

/// That of a language. Three words of most languages are about five Chinese characters.
#[must_use]
pub fn measure(language: Option<Language>) -> Measure {
    match language {
        Some(Language::Zh) => Measure { shingle: 5, least: 14, stretch: 40, run: 5, begin: 9 },
        _ => Measure { shingle: 3, least: 8, stretch: 24, run: 3, begin: 5 },
    }
}

/// The words of a paragraph.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let mut all = Vec::with_capacity(text.len() / 6);
    walk(text, label(text), |_, word| all.push(word));
    all
}

/// The words of a paragraph with their places in it, in bytes.
#[must_use]
pub fn placed(text: &str) -> Vec<(Range<usize>, Word)> {
    let mut all = Vec::new();
    walk(text, label(text), |place, word| all.push((place, word)));
    all
}

/// The same with the number or letter that a paragraph begins with.
#[must_use]
pub fn all(text: &str) -> Vec<(Range<usize>, Word)> {
    let mut all = Vec::new();
    walk(text, 0, |place, word| all.push((place, word)));
    all
}

fn walk(text: &str, mut at: usize, mut take: impl FnMut(Range<usize>, Word)) {
    let mut word = String::new();
    while let Some(place) = words::next(text, &mut at, &mut word) {
        take(place, hash(word.as_bytes()));
    }
}

/// Where the words begin: behind "12.", "(a)", "iv)", "7 -", "2.1. 4.", and a sign before them.
#[must_use]
pub fn label(text: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || "#“”\"«‘*".contains(c));
        let start = text.len() - trimmed.len();
        let Some(length) = label_length(trimmed) else { return at };
        at = start + length;
    }
}

fn label_length(text: &str) -> Option<usize> {
    let inner = text.strip_prefix(['(', '（']).unwrap_or(text);
    let end = inner.find(|c: char| !c.is_alphanumeric()).filter(|&end| end > 0)?;
    let name = &inner[..end];
    let is_number = name.chars().all(char::is_numeric) && name.chars().count() <= 3;
    // Letters: one, the same twice, a Roman number.
    let mut letters = name.chars();
    let first = letters.next()?;
    let is_letter = first.is_alphabetic()
        && (letters.clone().next().is_none()
            || name.chars().count() == 2 && letters.clone().all(|c| c == first)
            || name.len() <= 5 && name.chars().all(|c| "ivxlIVXL".contains(c)));
    if !is_number && !is_letter {
        return None;
    }
    let behind = &inner[end..];
    let spaced = behind.trim_start();
    let sign = spaced.chars().next()?;
    let closes = match sign {
        ')' | '）' => true,
        // "3.5 million" is no label, "3.Decides" is one.
        '.' | '．' | '、' => {
            behind.starts_with(sign) && !spaced[sign.len_utf8()..].starts_with(|c: char| c.is_ascii_digit())
                || is_number && behind.starts_with(sign) && is_chain(&spaced[sign.len_utf8()..])
        }
        '-' | '–' => is_number && !behind.starts_with(sign),
        _ => false,
    };
    closes.then(|| text.len() - spaced.len() + sign.len_utf8())
}

/// Whether digits follow that a stop ends: "1. 4." behind "2.".
fn is_chain(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    text.len() - rest.len() <= 3 && rest.starts_with('.')
}

/// FNV-1a, with its bits mixed.
#[must_use]
pub(super) fn hash(bytes: &[u8]) -> Word {
    mix(bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)))
}

/// The finalizer of SplitMix64: numbers that differ by a bit come out as if by chance.
#[must_use]
pub(crate) fn mix(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = placed(text).into_iter().map(|(place, _)| &text[place]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_label_of_a_paragraph_is_no_word_of_it() {
        check("12. Decides that", &["Decides", "that"]);
        check("(a) To report", &["To", "report"]);
        check("iv) rendre compte", &["rendre", "compte"]);
        check("2.1. 4. Review and approve", &["Review", "and", "approve"]);
        check("7 - يحث السلطات", &["يحث", "السلطات"]);
        check("25. 决定继续", &["决", "定", "继", "续"]);
        check("#1. “2. Takes note", &["Takes", "note"]);
        check("(b) (ii) Takes note", &["Takes", "note"]);
        check("a) распространения", &["распространения"]);
    }

    #[test]
    fn numbers_and_names_that_open_a_paragraph_are_words() {
        check("3.5 million people", &["3", "5", "million", "people"]);
        check("Mr. Amato", &["Mr", "Amato"]);
        check("2388 (2017)", &["2388", "2017"]);
        check("Urges all", &["Urges", "all"]);
        check("I urge", &["I", "urge"]);
        check("12", &["12"]);
        check("", &[]);
    }

    #[test]
    fn the_same_word_in_other_letters_is_the_same() {
        assert_eq!(words("Réaffirme l’ÉTAT"), words("reaffirme L'Etat"));
        assert_eq!(words("مُجلِس الأَمـن"), words("مجلس الامن"));
        assert_ne!(words("state"), words("states"));
    }
}

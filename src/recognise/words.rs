//! The words of a text: where they stand, what they are when case is folded, and how they are written.
//!
//! Every name, in the authorities and in a document, is compared word by word. What stands between
//! two words counts only where it is punctuation: a space, a hyphen, a dash and nothing at all are one.

use super::lexicon::{Uses, uses_of};
use crate::span::Span;

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// "mission"
    Lower,
    /// "Mission"; also a single capital letter.
    Capital,
    /// "MISSION"
    Upper,
    /// "1267"
    Digits,
    /// A script without capitals.
    None,
}

/// A word of a text.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Identity of the folded word.
    pub key: u64,
    /// What it may be in a name or before one, in English.
    pub uses: Uses,
    /// How it is written.
    pub case: Case,
}

impl Word {
    /// Its place in the text.
    #[must_use]
    pub fn span(self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }

    /// Whether it may stand for a capitalised word.
    #[must_use]
    pub fn is_capital(self) -> bool {
        matches!(self.case, Case::Capital | Case::Upper)
    }
}

/// The identity of a word is a hash of its folded bytes, eight at a time.
#[derive(Debug, Clone, Copy)]
struct Key {
    mixed: u64,
    chunk: u64,
    len: u32,
}

impl Key {
    const START: Self = Self { mixed: 0xcbf2_9ce4_8422_2325, chunk: 0, len: 0 };

    fn push(&mut self, byte: u8) {
        self.chunk = (self.chunk << 8) | u64::from(byte);
        self.len += 1;
        if self.len.is_multiple_of(8) {
            self.mixed = mix(self.mixed, self.chunk);
            self.chunk = 0;
        }
    }

    fn push_char(&mut self, c: char) {
        let mut buffer = [0; 4];
        let folded = match c {
            'İ' => 'i',
            c => c.to_lowercase().next().unwrap_or(c),
        };
        folded.encode_utf8(&mut buffer).bytes().for_each(|b| self.push(b));
    }

    fn finish(self) -> u64 {
        mix(self.mixed, self.chunk)
    }
}

fn mix(key: u64, n: u64) -> u64 {
    (key.rotate_left(26) ^ n).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Marks that a word is read without: soft hyphen, zero-width and direction marks, Arabic vowel signs and elongation.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{64b}'..='\u{652}' | '\u{640}')
}

/// Chinese is written without spaces: each character is a word.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The identity of a single word, folded.
#[must_use]
pub fn key(word: &str) -> u64 {
    let mut key = Key::START;
    word.chars().filter(|c| !is_silent(*c)).for_each(|c| key.push_char(c));
    key.finish()
}

/// A Russian word without its ending, so that all cases of a name are one: "Совета" and "Советом" are "совет",
/// "Нигерии" and "Нигерия" are "нигери", which "Нигера" is not.
fn russian_stem(word: &str) -> String {
    const ENDINGS: [&str; 38] = [
        "ыми", "ого", "его", "ому", "ему", "ами", "ями", "ов", "ев", "ей", "ой", "ый", "ая", "яя", "ую", "юю", "ое",
        "ее", "ые", "ых", "ым", "ом", "ем", "ам", "ям", "ах", "ях", "ью", "а", "я", "о", "е", "ы", "и", "у", "ю", "ь",
        "й",
    ];
    const IN_I: [&str; 11] = ["иями", "иях", "иям", "ией", "ием", "ию", "ия", "ии", "ие", "ий", "и"];
    const OF_ADJECTIVES: [&str; 5] = ["ими", "ий", "ие", "их", "им"];
    let word: String = word
        .chars()
        .filter(|c| !is_silent(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'ё' { 'е' } else { c })
        .collect();
    let strip = |endings: &[&str]| {
        let stem = endings.iter().find_map(|e| word.strip_suffix(e))?;
        (stem.chars().count() >= 3).then(|| stem.to_owned())
    };
    if let Some(stem) = strip(&OF_ADJECTIVES).filter(|s| s.ends_with(['к', 'г', 'х'])) {
        return stem;
    }
    match strip(&IN_I[..10]) {
        Some(stem) => stem + "и",
        None => strip(&ENDINGS).unwrap_or(word),
    }
}

/// The words with the keys that Russian names are compared by; acronyms keep theirs.
#[must_use]
pub fn stemmed(text: &str, words: &[Word]) -> Vec<Word> {
    let stem = |w: &Word| {
        let written = w.span().of(text);
        let cyrillic = w.case != Case::Upper && written.starts_with(|c: char| matches!(c, 'А'..='я' | 'Ё' | 'ё'));
        if cyrillic { Word { key: key(&russian_stem(written)), ..*w } } else { *w }
    };
    words.iter().map(stem).collect()
}

/// Whether a footnote stuck to the word begins here: its number ("Lebanon13") or its symbol ("LebanonA/74/35").
fn is_note_mark(bytes: &[u8], start: usize, at: usize) -> bool {
    let letters = at >= start + 4 && bytes[at - 3..at].iter().all(u8::is_ascii_lowercase);
    match bytes[at] {
        b'0'..=b'9' => letters,
        b'A' | b'S' | b'E' => letters && bytes.get(at + 1) == Some(&b'/'),
        _ => false,
    }
}

/// The words of the paragraphs of a document, one list for all.
#[derive(Debug, Default)]
pub struct Lines {
    words: Vec<Word>,
    /// Where the words of each paragraph end.
    ends: Vec<usize>,
}

impl Lines {
    /// No paragraphs yet; room for the words of so many bytes.
    #[must_use]
    pub fn with_room(paragraphs: usize, bytes: usize) -> Self {
        Self { words: Vec::with_capacity(bytes / 6 + 1), ends: Vec::with_capacity(paragraphs) }
    }

    /// Adds the next paragraph.
    pub fn push(&mut self, text: &str) {
        words_into(text, &mut self.words);
        self.ends.push(self.words.len());
    }

    /// The words of each paragraph, in order.
    pub fn iter(&self) -> impl Iterator<Item = &[Word]> {
        (0..self.ends.len()).map(|paragraph| &self[paragraph])
    }
}

impl std::ops::Index<usize> for Lines {
    type Output = [Word];

    fn index(&self, paragraph: usize) -> &[Word] {
        let start = paragraph.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.words[start..self.ends[paragraph]]
    }
}

/// The words of a text, in order.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::with_capacity(text.len() / 6 + 1);
    words_into(text, &mut out);
    out
}

fn words_into(text: &str, out: &mut Vec<Word>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        // Most of what is not a word is one space.
        if bytes[at].is_ascii() && !bytes[at].is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let word = word_at(text, at);
        if word.end as usize == at {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        at = word.end as usize;
        out.push(word);
    }
}

const LOWER: u8 = 1;
const UPPER: u8 = 2;
const DIGIT: u8 = 4;
const OTHER: u8 = 8;

/// What each ASCII byte is; 0 for what is no part of a word, and for the bytes of other characters.
static CLASS: [u8; 256] = {
    let mut table = [0; 256];
    let mut b = 0;
    while b < 128_u8 {
        table[b as usize] = match b {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            _ => 0,
        };
        b += 1;
    }
    table
};

/// The word that starts at a byte; empty where none does.
fn word_at(text: &str, start: usize) -> Word {
    ascii_word(text.as_bytes(), start).unwrap_or_else(|| word_of_any_script(text, start))
}

/// Eight bytes, each of them `byte`.
const fn eight(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// The bit by which letters differ from their capitals, and which digits have.
const SMALL: u64 = eight(0x20);
/// The bit that ASCII does not use; below, it marks the bytes of eight that something holds of.
const HIGH: u64 = eight(0x80);

/// Which of eight ASCII bytes are in a range.
const fn within(bytes: u64, first: u8, last: u8) -> u64 {
    (bytes + eight(0x80 - first)) & !(bytes + eight(0x7f - last)) & HIGH
}

/// A word of ASCII letters and digits, as nearly all are, told from eight bytes at once. `None` for every other, and
/// for those that a footnote may be stuck to.
fn ascii_word(bytes: &[u8], start: usize) -> Option<Word> {
    let (mut at, mut key, mut classes, mut after_small) = (start, Key::START.mixed, 0, 0);
    loop {
        let rest = bytes.get(at..)?;
        let chunk = u64::from_be_bytes(rest.first_chunk().copied().unwrap_or_else(|| {
            let mut last = [0; 8];
            last[..rest.len()].copy_from_slice(rest);
            last
        }));
        let (ascii, other) = (chunk & !HIGH, chunk & HIGH);
        let letters = within(ascii | SMALL, b'a', b'z') & !other;
        let digits = within(ascii, b'0', b'9') & !other;
        let len = (!(letters | digits) & HIGH).leading_zeros() / 8;
        // What stands behind the word does not count.
        let own = HIGH & !u64::MAX.checked_shr(8 * len).unwrap_or(0);
        // A letter without the bit is a capital.
        let (small, others) = (letters & (ascii << 2) & own, ((letters & !(ascii << 2)) | digits) & own);
        if ((small >> 8) | after_small) & others != 0 {
            return None;
        }
        classes |= class(small, LOWER) | class(others & !digits, UPPER) | class(others & digits, DIGIT);
        if len == 8 {
            key = mix(key, chunk | SMALL);
            after_small = small << 56;
            at += 8;
            continue;
        }
        if other.leading_zeros() / 8 == len {
            return None;
        }
        key = mix(key, (chunk | SMALL).checked_shr(64 - 8 * len).unwrap_or(0));
        let end = at + len as usize;
        return Some(word(start, end, key, classes, end - start == 1));
    }
}

fn class(bytes: u64, class: u8) -> u8 {
    if bytes == 0 { 0 } else { class }
}

#[expect(clippy::cast_possible_truncation, reason = "a paragraph is far shorter than 4 GiB")]
fn word(start: usize, end: usize, key: u64, classes: u8, single: bool) -> Word {
    let case = match (classes & UPPER != 0, classes & LOWER != 0) {
        (false, false) if classes == DIGIT => Case::Digits,
        (false, false) => Case::None,
        (false, true) => Case::Lower,
        (true, false) if !single => Case::Upper,
        // "eTIR" too: written like no common word.
        _ => Case::Capital,
    };
    Word { start: start as u32, end: end as u32, key, uses: uses_of(key), case }
}

fn word_of_any_script(text: &str, start: usize) -> Word {
    let bytes = text.as_bytes();
    let (mut at, mut end, mut key, mut classes) = (start, start, Key::START, 0);
    while at < bytes.len() {
        let b = bytes[at];
        if b.is_ascii() {
            let class = CLASS[usize::from(b)];
            if class == 0 || (class != LOWER && is_note_mark(bytes, start, at)) {
                break;
            }
            classes |= class;
            key.push(b | 0x20);
            at += 1;
            end = at;
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        if is_silent(c) && end > start {
            at += c.len_utf8();
            continue;
        }
        let ideograph = is_ideograph(c);
        if !c.is_alphanumeric() || (ideograph && end > start) {
            break;
        }
        classes |= match (c.is_uppercase(), c.is_lowercase()) {
            (true, _) => UPPER,
            (_, true) => LOWER,
            _ => OTHER,
        };
        key.push_char(c);
        at += c.len_utf8();
        end = at;
        if ideograph {
            break;
        }
    }
    let single = text[start..end].chars().nth(1).is_none();
    word(start, end, key.finish(), classes, single)
}

/// The identity of what stands between two words: 0 for spaces, hyphens and dashes, in any number or none;
/// the punctuation otherwise, without the spaces and with straight quotes.
#[must_use]
pub fn gap_key(gap: &str) -> u64 {
    // Most often there is one space.
    if matches!(gap, " " | "" | "-") {
        return 0;
    }
    let mut key = 0;
    for c in gap.chars() {
        let folded = match c {
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => continue,
            c if c.is_whitespace() || is_silent(c) => continue,
            '\u{2018}' | '\u{2019}' | '\u{201b}' | '`' | '\u{b4}' | '\u{2bc}' | '\u{2032}' => '\'',
            '\u{201c}' | '\u{201d}' | '\u{ab}' | '\u{bb}' => '"',
            c => c,
        };
        key = mix(key, u64::from(u32::from(folded)));
    }
    key
}

/// A text with its words: what every rule for names looks at.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// The text.
    pub text: &'a str,
    /// Its words.
    pub words: &'a [Word],
}

impl<'a> Line<'a> {
    /// The word at an index; empty past the end.
    #[must_use]
    pub fn word(self, at: usize) -> &'a str {
        self.words.get(at).map_or("", |w| w.span().of(self.text))
    }

    /// What stands between a word and the next; to the end of the text after the last.
    #[must_use]
    pub fn gap(self, at: usize) -> &'a str {
        let Some(word) = self.words.get(at) else { return "" };
        let end = self.words.get(at + 1).map_or(self.text.len(), |next| next.start as usize);
        &self.text[word.end as usize..end]
    }

    /// Whether only spaces, hyphens or nothing stand between a word and the next.
    #[must_use]
    pub fn joined(self, at: usize) -> bool {
        at + 1 < self.words.len() && gap_key(self.gap(at)) == 0
    }

    /// Whether only spaces, hyphens or a closing bracket stand between a word and the next.
    #[must_use]
    pub fn joined_loosely(self, at: usize) -> bool {
        at + 1 < self.words.len() && gap_key(self.gap(at).trim_start_matches(')')) == 0
    }

    /// Whether the word is capitalised.
    #[must_use]
    pub fn capital(self, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| w.is_capital())
    }

    /// The text of a range of words.
    #[must_use]
    pub fn phrase(self, from: usize, to: usize) -> &'a str {
        self.span(from, to).of(self.text)
    }

    /// The place of a range of words, `to` excluded.
    #[must_use]
    pub fn span(self, from: usize, to: usize) -> Span {
        let start = self.words.get(from).map_or(self.text.len(), |w| w.start as usize);
        let end = to.checked_sub(1).and_then(|last| self.words.get(last)).map_or(start, |w| w.end as usize);
        Span::new(start, end.max(start))
    }

    /// Index of the first word that starts at or after a byte.
    #[must_use]
    pub fn word_from(self, byte: usize) -> usize {
        self.words.partition_point(|w| (w.start as usize) < byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let words = words(text);
        let got: Vec<&str> = words.iter().map(|w| w.span().of(text)).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn words_end_at_apostrophes_hyphens_and_between_ideographs() {
        check("Ruritania\u{2019}s Cross-Border Team", &["Ruritania", "s", "Cross", "Border", "Team"]);
        check("安理会 UN", &["安", "理", "会", "UN"]);
        check("peace\u{ad}keeping", &["peace\u{ad}keeping"]);
        check("Ruritania13 and GraustarkA/74/35", &["Ruritania", "13", "and", "Graustark", "A", "74", "35"]);
        check("", &[]);
        check("...", &[]);
    }

    #[test]
    fn case_is_folded() {
        for (a, b) in [("Organisation", "ORGANISATION"), ("Éire", "éIRE"), ("peace\u{ad}keeping", "Peacekeeping")] {
            assert_eq!(key(a), key(b), "{a} {b}");
            assert_eq!(words(a)[0].key, key(b), "{a} {b}");
        }
        assert_ne!(key("Iran"), key("Iraq"));
        assert_ne!(key("abcdefgh"), key("abcdefghi"));
    }

    #[test]
    fn gaps_differ_by_punctuation_only() {
        assert_eq!(gap_key(" - "), gap_key("\u{2011}"));
        assert_eq!(gap_key("\u{2019}"), gap_key("'"));
        assert_ne!(gap_key(", "), gap_key(" "));
    }
}

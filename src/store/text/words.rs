//! Text -> words, as they are looked for: without case, accents and other signs of writing that people
//! leave out. A word is a run of letters and digits; a character of Chinese or Japanese is a word by
//! itself, since nothing divides their words, and a run of them is looked for as a phrase.

use std::ops::Range;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Bytes of a word; what goes on after that is cut off, here and where it is looked for.
const LONGEST: usize = 80;

/// Puts the next word from byte `at` on into `word`; gives its place in the text.
pub fn next(text: &str, at: &mut usize, word: &mut String) -> Option<Range<usize>> {
    word.clear();
    let (mut start, mut end) = (*at, *at);
    for (offset, c) in text[*at..].char_indices() {
        let place = *at + offset;
        if stands_alone(c) {
            if !word.is_empty() {
                break;
            }
            word.push(c);
            (start, end) = (place, place + c.len_utf8());
            break;
        }
        if is_sign(c) {
            // Within a word it is read over, between words it means nothing.
            if !word.is_empty() {
                end = place + c.len_utf8();
            }
        } else if c.is_alphanumeric() {
            if word.is_empty() {
                start = place;
            }
            fold(c, word);
            end = place + c.len_utf8();
        } else if !word.is_empty() {
            break;
        }
    }
    if word.is_empty() {
        *at = text.len();
        return None;
    }
    *at = end;
    cut(word);
    Some(start..end)
}

/// The words of a text.
pub fn all(text: &str) -> Vec<String> {
    let (mut at, mut word, mut words) = (0, String::new(), Vec::new());
    while next(text, &mut at, &mut word).is_some() {
        words.push(word.clone());
    }
    words
}

/// Whether a character is a word by itself.
pub fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// Vowel signs and accents written by themselves, the Arabic stretch, and what only says where lines may break.
fn is_sign(c: char) -> bool {
    !c.is_ascii() && (is_combining_mark(c) || matches!(c, '\u{640}' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{FEFF}'))
}

fn fold(c: char, word: &mut String) {
    if c.is_ascii() {
        word.push(c.to_ascii_lowercase());
        return;
    }
    for lower in c.to_lowercase() {
        decompose_compatible(lower, |part| match part {
            'æ' => word.push_str("ae"),
            'œ' => word.push_str("oe"),
            'ß' => word.push_str("ss"),
            'ø' => word.push('o'),
            'đ' | 'ð' => word.push('d'),
            'ł' => word.push('l'),
            'ı' => word.push('i'),
            // Arabic letters that are written for one another, and its digits.
            'ة' => word.push('ه'),
            'ى' | 'ی' => word.push('ي'),
            'ک' => word.push('ك'),
            '٠'..='٩' => word.push(digit(part, '٠')),
            '۰'..='۹' => word.push(digit(part, '۰')),
            part if is_combining_mark(part) || !part.is_alphanumeric() => {}
            part => word.extend(part.to_lowercase()),
        });
    }
}

fn digit(c: char, zero: char) -> char {
    char::from_digit(c as u32 - zero as u32, 10).unwrap_or(c)
}

fn cut(word: &mut String) {
    if word.len() > LONGEST {
        let end = (0..=LONGEST).rev().find(|&n| word.is_char_boundary(n)).unwrap_or(0);
        word.truncate(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(all(text), expected, "{text}");
    }

    #[test]
    fn words_are_folded() {
        check("", &[]);
        check(" -- ", &[]);
        check("Sexual Violence, in CONFLICT", &["sexual", "violence", "in", "conflict"]);
        check("S/RES/2388 (2017)", &["s", "res", "2388", "2017"]);
        check("Côte d'Ivoire, Türkiye; œuvre", &["cote", "d", "ivoire", "turkiye", "oeuvre"]);
        check("e\u{301}tat ﬁn １２", &["etat", "fin", "12"]);
        check("Ёлка и партнёрство", &["елка", "и", "партнерство"]);
        check("مُجلِس الأَمـن ٢٣٨٨", &["مجلس", "الامن", "2388"]);
        check("安全理事会第2388号决议", &["安", "全", "理", "事", "会", "第", "2388", "号", "决", "议"]);
        check("\u{301}\u{640}", &[]);
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "« État » 决 x";
        let (mut at, mut word, mut found) = (0, String::new(), Vec::new());
        while let Some(place) = next(text, &mut at, &mut word) {
            found.push(&text[place]);
        }
        assert_eq!(found, ["État", "决", "x"]);
    }

    #[test]
    fn a_word_without_end_is_cut() {
        let long = "é".repeat(10_000);
        assert_eq!(all(&long), ["e".repeat(LONGEST)]);
        assert_eq!(all(&"语".repeat(3)).len(), 3);
    }
}

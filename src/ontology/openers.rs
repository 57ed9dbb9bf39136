//! The words that a preambular or operative paragraph opens with, from the forms of the verbs.

use std::collections::HashSet;

use super::concept::Verb;
use super::names::KeyMap;
use crate::read::Language;
use crate::recognise::words::{Line, Word, key};

/// "recalling", "mindful", "concerned"
const PREAMBULAR: u8 = 1;
/// "recalls", "decides"
const OPERATIVE: u8 = 2;
/// "also", "once", "gravely"
const ADVERB: u8 = 4;

/// First words of the forms of verbs, and adverbs.
#[derive(Debug, Default)]
pub struct Openers {
    /// What each word may be, by its key.
    words: KeyMap<u64, u8>,
    /// The adverbs, in lower case.
    adverbs: HashSet<String>,
}

impl Openers {
    /// The openers of the English verbs, with the adverbs that may stand before them.
    #[must_use]
    pub fn new<'a>(verbs: &[Verb], adverbs: impl IntoIterator<Item = &'a String>) -> Self {
        let mut openers = Self::default();
        // Of a phrase ("in this regard") the verbs' own grammar knows the last word; "once again" is two adverbs.
        let single = adverbs.into_iter().filter(|a| !a.contains(' ') || a.starts_with("once ") || *a == "in addition");
        openers.adverbs.extend(single.flat_map(|a| a.split(' ')).map(str::to_owned));
        for verb in verbs {
            for (form, language) in &verb.forms {
                if !matches!(language, None | Some(Language::En)) {
                    continue;
                }
                let Some(first) = form.split_whitespace().next() else { continue };
                let finite = first.ends_with('s') && !first.ends_with("ss") && !first.ends_with("ous");
                let participle = ["ing", "ed", "ous", "ful", "are", "ant"].iter().any(|e| first.ends_with(e));
                if finite {
                    openers.add(first, OPERATIVE);
                } else if participle {
                    openers.add(first, PREAMBULAR);
                }
            }
        }
        openers.add("having", PREAMBULAR);
        let adverbs: Vec<u64> = openers.adverbs.iter().map(|adverb| key(adverb)).collect();
        adverbs.into_iter().for_each(|adverb| *openers.words.entry(adverb).or_default() |= ADVERB);
        openers
    }

    fn add(&mut self, word: &str, role: u8) {
        *self.words.entry(key(word)).or_default() |= role;
    }

    /// Whether a paragraph may begin so: a capital, adverbs, an opening verb.
    #[must_use]
    pub fn begins(&self, text: &str) -> bool {
        self.opener(text) & (PREAMBULAR | OPERATIVE) != 0
    }

    /// Whether an operative paragraph may begin so ("Also decides").
    #[must_use]
    pub fn begins_operative(&self, text: &str) -> bool {
        self.opener(text) & OPERATIVE != 0
    }

    /// What the first word that is not an adverb may be, in a text that begins with a capital.
    fn opener(&self, text: &str) -> u8 {
        let text = match text.as_bytes().first() {
            Some(b'A'..=b'Z') => text,
            Some(b'a'..=b'z' | b'0'..=b'9' | b'(') => return 0,
            _ => {
                let mark = |c: char| matches!(c, '“' | '"' | '*' | '_' | '‘' | '\'') || c.is_whitespace();
                let text = text.trim_start_matches(mark);
                if !text.starts_with(char::is_uppercase) {
                    return 0;
                }
                text
            }
        };
        let words = text.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|w| !w.is_empty());
        for word in words.take(5) {
            let roles = self.words.get(&key(word)).copied().unwrap_or_default();
            let adverb = roles & ADVERB != 0 || (word.len() > 4 && ends_in_ly(word));
            if !adverb {
                return roles;
            }
        }
        0
    }

    /// Whether a word of a line is such an adverb.
    #[must_use]
    pub fn is_adverb_in(&self, line: Line<'_>, at: usize) -> bool {
        let known = |word: &Word| self.words.get(&word.key).is_some_and(|roles| roles & ADVERB != 0);
        let text = line.word(at);
        (text.len() > 4 && ends_in_ly(text)) || line.words.get(at).is_some_and(known)
    }

    /// Whether a word may stand between a verb and the beginning of its clause.
    #[must_use]
    pub fn is_adverb(&self, word: &str) -> bool {
        self.adverbs.contains(word) || (word.len() > 4 && word.ends_with("ly"))
    }
}

/// "gravely", "GRAVELY"
fn ends_in_ly(word: &str) -> bool {
    matches!(word.as_bytes(), [.., b'l' | b'L', b'y' | b'Y'])
}

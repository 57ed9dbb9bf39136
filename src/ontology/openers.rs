//! The words that a preambular or operative paragraph opens with, from the forms of the verbs.

use std::collections::HashSet;

use super::concept::Verb;
use crate::read::Language;

/// First words of the forms of verbs, in lower case.
#[derive(Debug, Default)]
pub struct Openers {
    /// "recalling", "mindful", "concerned"
    preambular: HashSet<String>,
    /// "recalls", "decides"
    operative: HashSet<String>,
    /// "also", "once", "gravely"
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
                    openers.operative.insert(first.to_owned());
                } else if participle {
                    openers.preambular.insert(first.to_owned());
                }
            }
        }
        openers.preambular.insert("having".to_owned());
        openers
    }

    /// Whether a paragraph may begin so: a capital, adverbs, an opening verb.
    #[must_use]
    pub fn begins(&self, text: &str) -> bool {
        self.opener(text).is_some_and(|w| self.preambular.contains(&w) || self.operative.contains(&w))
    }

    /// Whether an operative paragraph may begin so ("Also decides").
    #[must_use]
    pub fn begins_operative(&self, text: &str) -> bool {
        self.opener(text).is_some_and(|w| self.operative.contains(&w))
    }

    /// The first word that is not an adverb, in lower case, of a text that begins with a capital.
    fn opener(&self, text: &str) -> Option<String> {
        let text =
            text.trim_start_matches(|c: char| matches!(c, '“' | '"' | '*' | '_' | '‘' | '\'') || c.is_whitespace());
        if !text.starts_with(char::is_uppercase) {
            return None;
        }
        let words = text.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|w| !w.is_empty());
        words.map(str::to_lowercase).take(5).find(|w| !self.is_adverb(w))
    }

    /// Whether a word may stand between a verb and the beginning of its clause.
    #[must_use]
    pub fn is_adverb(&self, word: &str) -> bool {
        self.adverbs.contains(word) || (word.len() > 4 && word.ends_with("ly"))
    }
}

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
}

impl Openers {
    /// The openers of the English verbs.
    #[must_use]
    pub fn new(verbs: &[Verb]) -> Self {
        let mut openers = Self::default();
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
        words.map(str::to_lowercase).take(5).find(|w| !is_adverb(w))
    }
}

/// "also", "further", "once again", "gravely".
fn is_adverb(word: &str) -> bool {
    matches!(word, "also" | "further" | "once" | "again" | "and" | "in" | "addition" | "therefore" | "hereby")
        || (word.ends_with("ly") && word.len() > 4)
}

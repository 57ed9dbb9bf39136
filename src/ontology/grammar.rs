//! The words that citations stand among, in six languages, from `ontology/grammar.ttl`.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;
use std::sync::OnceLock;

use super::names::{KeyHasher, KeySet, NameTree};
use super::parts::{PartPatterns, PartWords};
use crate::read::Language;
use crate::recognise::words::{Word, key, words as words_of};
use crate::symbol::Organ;

/// What the word before (in Chinese, behind) a list of numbers says they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Series {
    /// "resolution(s)"
    Resolution,
    /// "decision(s)"
    Decision,
    /// "presidential statement(s)", "statement(s) of its President"
    Statement,
}

/// Whose series, as the words around a list say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// Named: "General Assembly resolutions".
    Organ(Organ),
    /// "its resolutions", "in its resolution": the document's own organ, or the one just named.
    Its,
    /// "Council resolutions": one of three Councils.
    Council,
    /// Another organ, with a series of its own: "Environment Assembly resolution 4/1".
    Another,
    /// Nothing is said.
    Unsaid,
}

/// What a word or phrase does in the neighbourhood of a citation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cue {
    /// What numbers are numbers of.
    Series {
        /// Which kind.
        series: Series,
        /// Whether the word says "its" as well.
        owned: bool,
    },
    /// An organ.
    Organ(Owner),
    /// "its"
    Its,
    /// "of", "by", before an organ.
    Of,
    /// "in", "by", "under", before "its".
    In,
    /// "and", "or" and what else may join bare numbers.
    And,
    /// Another connective or qualification within a list.
    Link,
    /// A part of a document.
    Part,
    /// A month, 1 to 12.
    Month(u8),
    /// Something numbered that is no resolution.
    Numbered,
}

/// What may stand before a verb that opens a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Prelude {
    /// "also", "deeply": between the beginning of a clause and its verb, or inside its words.
    Adverb,
    /// "and": a clause begins behind it.
    Conjunction,
}

/// Keys of words, and what tells most others from them at once.
#[derive(Debug)]
struct Keys {
    most: KeySet,
    words: HashSet<u64, BuildHasherDefault<KeyHasher>>,
}

/// The grammar of citations.
#[derive(Debug, Default)]
pub struct Grammar {
    forms: Vec<(String, Option<Language>, Cue)>,
    letters: HashMap<u64, String>,
    pub(super) parts: PartWords,
    part_patterns: [OnceLock<Option<PartPatterns>>; 6],
    trees: [OnceLock<NameTree<Cue>>; 6],
    /// The last words of the phrases that say what numbers are numbers of.
    series: [OnceLock<Keys>; 6],
}

impl Grammar {
    /// Adds a form of a language; without a language, of all.
    pub(super) fn add(&mut self, form: String, language: Option<Language>, cue: Cue) {
        self.forms.push((form, language, cue));
    }

    /// Adds the name that a script has for the letter of a part.
    pub(super) fn add_letter(&mut self, form: &str, letter: &str) {
        self.letters.insert(key(form), letter.to_owned());
    }

    /// The Latin letters of a subparagraph: "b" for "b" and for "ب", "c" for a Cyrillic "с".
    #[must_use]
    pub fn small_letter(&self, written: &str) -> String {
        let own = self.parts.letters.iter().find(|(form, _)| form == written).map(|(_, letter)| letter.clone());
        own.or_else(|| self.part_letter(&written.to_uppercase()).map(|l| l.to_lowercase()))
            .unwrap_or_else(|| written.to_owned())
    }

    /// What pinpoints look like in a language; `None` where the grammar has no words for them.
    #[must_use]
    pub fn part_patterns(&self, language: Language) -> Option<&PartPatterns> {
        self.part_patterns[language as usize].get_or_init(|| PartPatterns::new(language, self)).as_ref()
    }

    /// The words of pinpoints.
    #[must_use]
    pub fn parts(&self) -> &PartWords {
        &self.parts
    }

    /// The words for kinds of documents and for organs in a language: they may stand between a part and a number.
    pub fn wholes(&self, language: Language) -> impl Iterator<Item = &str> {
        let of = move |l: &Option<Language>| *l == Some(language);
        let kept = move |cue: &Cue| matches!(cue, Cue::Series { .. } | Cue::Organ(_));
        self.forms.iter().filter(move |(_, l, cue)| of(l) && kept(cue)).map(|(form, _, _)| form.as_str())
    }

    /// The cues of a language.
    #[must_use]
    pub fn cues(&self, language: Language) -> &NameTree<Cue> {
        self.trees[language as usize].get_or_init(|| {
            let mut tree = NameTree::default();
            for (form, of, cue) in &self.forms {
                // Texts in every language quote English titles and organs, but not its small words.
                if of.is_none_or(|of| of == language) {
                    tree.insert(form, *cue);
                }
            }
            tree
        })
    }

    /// Whether a paragraph says anywhere that numbers are those of documents.
    #[must_use]
    pub fn has_series(&self, words: &[Word], language: Language) -> bool {
        let last_word = |form: &str| words_of(form).last().map(|w| w.key);
        let series = self.series[language as usize].get_or_init(|| {
            let is_series = |(_, of, cue): &&(String, Option<Language>, Cue)| {
                matches!(cue, Cue::Series { .. }) && of.is_none_or(|of| of == language)
            };
            let words: HashSet<_, _> =
                self.forms.iter().filter(is_series).filter_map(|(form, ..)| last_word(form)).collect();
            let mut most = KeySet::default();
            words.iter().for_each(|key| most.insert(*key));
            Keys { most, words }
        });
        words.iter().any(|w| series.most.may_contain(w.key) && series.words.contains(&w.key))
            // An Arabic word may be written together with the particle before it.
            || language == Language::Ar
    }

    /// The Latin letters of a lettered part as written: "J", "ياء", Russian "В"; `None` where it is no such letter.
    #[must_use]
    pub fn part_letter(&self, written: &str) -> Option<String> {
        if written.bytes().all(|b| b.is_ascii_uppercase()) {
            return Some(written.to_owned());
        }
        if let Some(letter) = self.letters.get(&key(written)) {
            return Some(letter.clone());
        }
        // Russian typists mix the alphabets letter by letter.
        written
            .chars()
            .map(|c| {
                if c.is_ascii_uppercase() {
                    Some(c.to_string())
                } else {
                    self.letters.get(&key(c.encode_utf8(&mut [0; 4]))).cloned()
                }
            })
            .collect()
    }
}

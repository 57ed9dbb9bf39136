//! **recognise**: [`Document`](crate::parse::Document) -> mentions. Citation grammar, names of bodies, groups, States and
//! instruments, verbs. Says what stands where; what it *means* is for **resolve**.

use serde::Serialize;

pub mod words;
pub mod lexicon;
pub mod names;
pub mod bodies;
pub mod offices;
pub mod states;
pub mod titles;
pub mod verbs;
pub mod numbers;
pub mod symbols;
mod tokens;
pub mod lists;
pub mod citations;

use crate::ontology::{ConceptId, LabelKind, Ontology};
use crate::parse::{Document, Part};
use crate::span::Span;
use crate::symbol::Symbol;

/// The kinds of named things, per the annotation guidelines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    /// Organs, committees, agencies, missions, teams, courts, other organisations.
    Body,
    /// Armed, terrorist or criminal groups and parties to a conflict that are not States.
    Group,
    /// States and territories.
    State,
    /// Offices held by a person.
    Role,
    /// Named people.
    Person,
}

/// The rule of names that say too little by themselves ("the Special Envoy", "the Scientific Committee"):
/// they count where the document has named what they are short for.
pub const BARE: &str = "bare";

/// A name found in a paragraph, before its meaning in this document is settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameMention {
    /// Index of the paragraph.
    pub paragraph: usize,
    /// Where, in the paragraph's text.
    pub span: Span,
    /// What it may mean.
    pub sense: Sense,
    /// The rule that found it: `authority`, `shape-established`, `person-title` ...
    pub rule: &'static str,
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sense {
    /// A concept of the authorities, by a name that is certain.
    Known(ConceptId),
    /// Concepts of the authorities by a short form: one of them where the document names it otherwise too.
    Short(Vec<ConceptId>),
    /// A body named by its kind and by what created it: "the Committee established pursuant to resolution 1267 (1999)".
    Established {
        /// The kind, as written: "Security Council Committee", "Panel of Experts".
        phrase: String,
        /// What created it; empty where it is this document ("established by paragraph 6 above").
        by: Vec<Symbol>,
    },
    /// An instrument of the authorities, by a certain name or by a short form.
    Instrument(ConceptId, LabelKind),
    /// The title of an instrument that no authority lists.
    Title,
    /// A name that no authority lists, found by its shape: kept with its own words as its name.
    Unlisted {
        /// Kind told from the shape.
        kind: EntityKind,
        /// The full name as the document gives it, and short forms it defines.
        names: Vec<String>,
    },
}

/// The names in a document, entities and instruments alike, with the words of each paragraph.
#[must_use]
pub fn names_in(document: &Document, ontology: &Ontology) -> (words::Lines, Vec<NameMention>) {
    let bytes = document.paragraphs.iter().map(|p| p.text.len()).sum();
    let mut lines = words::Lines::with_room(document.paragraphs.len(), bytes);
    for paragraph in &document.paragraphs {
        lines.push(if paragraph.part == Part::Furniture { "" } else { &paragraph.text });
    }
    let mut mentions = Vec::new();
    for (index, paragraph) in document.paragraphs.iter().enumerate() {
        mentions.extend(names::names(&paragraph.text, &lines[index], index, document.language, ontology));
    }
    (lines, mentions)
}

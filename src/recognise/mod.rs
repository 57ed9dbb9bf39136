//! **recognise**: [`Document`](crate::parse::Document) -> mentions. Citation grammar, names of bodies, groups, States and
//! instruments, verbs. Says what stands where; what it *means* is for **resolve**.

use serde::Serialize;

use crate::ontology::ConceptId;
use crate::span::Span;

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
    /// A concept of the authorities by a short form: holds only where the document names it otherwise too.
    Short(ConceptId),
    /// A name that no authority lists, found by its shape: kept with its own words as its name.
    Unlisted {
        /// Kind told from the shape.
        kind: EntityKind,
        /// The full name as the document gives it, and short forms it defines.
        names: Vec<String>,
    },
}

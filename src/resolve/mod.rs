//! **resolve**: mentions -> links. Which organ's resolution, which antecedent, which body; the
//! relations that the text states; and for what stays unresolved, the reason.

use jiff::civil::Date;
use serde::Serialize;

pub mod entities;
pub mod explain;
mod actors;
mod citations;
mod dated;
mod mandates;
mod terms;
mod organ;
mod parts;
mod pinpoint;
mod papers;
mod nouns;
mod relations;
mod repeals;
mod short;
mod text;
mod translated;
mod definitions;

use crate::ontology::{ConceptId, Ontology};
use crate::parse::Document;
use crate::recognise::{EntityKind, names_in};
use crate::span::Span;
use crate::symbol::Symbol;

pub use terms::{Period, Unit};

/// What a citation points at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A document with a symbol.
    Document(Symbol),
    /// An instrument of the authorities (a treaty, a declaration).
    Instrument(ConceptId),
    /// An instrument known by its title only.
    Titled(String),
    /// A document known by its kind, author and date only.
    Dated {
        /// `report`, `letter`, `statement`, `prst`, `appeal`, `decision` ...
        kind: String,
        /// Name of the author; empty for `prst`.
        author: String,
        /// Its date.
        date: Date,
    },
}

/// How a citation identifies its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// Identifies itself.
    Full,
    /// A defined short title ("the Protocol").
    Short,
    /// "That resolution", "the said resolutions".
    Anaphor,
}

/// Why a citation has no target.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Number and year contradict each other: "resolution 1373 (1975)".
    NumberContradictsYear,
    /// The number did not exist when the citing document was adopted.
    NotYetAdopted,
    /// A number of an organ whose series has no symbols that are known.
    OtherOrgan,
    /// An anaphor or short form without an antecedent.
    NoAntecedent,
    /// A number that no rule can place.
    UnknownNumber,
}

/// A citation.
#[derive(Debug, Clone, PartialEq)]
pub struct Citation {
    /// Index of the paragraph in the document.
    pub paragraph: usize,
    /// Where, in the paragraph's text.
    pub span: Span,
    /// Its target, or why there is none.
    pub target: Result<Target, Reason>,
    /// What it could have meant, where unresolved.
    pub candidates: Vec<Target>,
    /// Full, short, anaphor.
    pub form: Form,
    /// Lemma of the governing verb.
    pub verb: Option<String>,
    /// The part cited: `paragraph 4`, `Chapter VII`, `Article 41`.
    pub pinpoint: Option<String>,
    /// Name of the rule that found it, as in `ontology/symbols.ttl`.
    pub rule: String,
}

/// A named thing in a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// Index of the paragraph in the document.
    pub paragraph: usize,
    /// Where, in the paragraph's text.
    pub span: Span,
    /// What kind of thing.
    pub kind: EntityKind,
    /// Which: from the authorities, or by its own name.
    pub identity: Identity,
    /// Name of the rule that found it.
    pub rule: String,
}

/// Who or what an entity is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Identity {
    /// A concept of the authorities.
    Concept(ConceptId),
    /// Listed nowhere: full name first, then every short form that the document gives it.
    Unlisted(Vec<String>),
}

/// What a relation says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Predicate {
    /// An instrument created a body.
    Establishes,
    /// This document extends the mandate of a body.
    Extends,
    /// This document ends a body or its mandate.
    Terminates,
    /// This document changes an instrument.
    Amends,
    /// This document replaces an instrument.
    Supersedes,
    /// This document corrects an instrument.
    Corrects,
    /// This document condemns a group.
    Condemns,
    /// An operative verb of this document is directed at an actor.
    Addresses,
    /// A body is part of, or reports to, another.
    Subordinate,
}

/// Subject or object of a relation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// The document itself.
    ThisDocument,
    /// A document or instrument.
    Work(Target),
    /// A body, group, State, role, person.
    Entity(EntityKind, Identity),
    /// A generic actor ("all Member States"): its plainest name first ("Member States"), then every phrase used.
    Actor(Vec<String>),
}

/// A relation that the text states.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// Index of the paragraph that states it.
    pub paragraph: usize,
    /// The words that state it, in the paragraph's text.
    pub span: Span,
    /// From.
    pub subject: Node,
    /// Says.
    pub predicate: Predicate,
    /// Of.
    pub object: Node,
    /// Lemma of the directive verb, for `addresses`.
    pub verb: Option<String>,
    /// Day until which a mandate is given or extended, or on which it ends.
    pub until: Option<Date>,
    /// How long, where the text states no day; `until` is then counted from the day that it states, if it does.
    pub period: Option<Period>,
}

/// Everything found in one document.
#[derive(Debug, Clone, Default)]
pub struct Extraction {
    /// In order of paragraph and start.
    pub citations: Vec<Citation>,
    /// In order of paragraph and start.
    pub entities: Vec<Entity>,
    /// In order of paragraph and start.
    pub relations: Vec<Relation>,
}

/// Finds and links everything in a document.
#[must_use]
pub fn resolve(document: &Document, ontology: &Ontology) -> Extraction {
    let (lines, mentions) = names_in(document, ontology);
    let entities = entities::entities(document, ontology, &lines, &mentions);
    let scenes = citations::scenes(document, &lines, ontology);
    let citations = citations::citations(&scenes, &mentions);
    let relations = relations::relations(&scenes, &citations, &entities);
    Extraction { citations, entities, relations }
}

#[cfg(test)]
mod tests;

//! Which body, group, State, role or person a name means in this document.

use super::Entity;
use crate::ontology::Ontology;
use crate::parse::Document;

/// The entities of a document, in order of paragraph and start.
#[must_use]
pub fn entities(_document: &Document, _ontology: &Ontology) -> Vec<Entity> {
    Vec::new()
}

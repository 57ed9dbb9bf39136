//! What a text says of bodies, groups and instruments: who created, extended, condemned, asked whom.

use super::citations::Scene;
use super::{Citation, Entity, Relation};
use crate::recognise::words::Word;

/// The relations of a document, in order of paragraph and start.
pub(super) fn relations(_scenes: &[Scene<'_>], _lines: &[Vec<Word>], _citations: &[Citation], _entities: &[Entity]) -> Vec<Relation> {
    Vec::new()
}

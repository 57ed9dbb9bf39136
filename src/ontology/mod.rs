//! The ontology as data that runs: vocabulary, authorities, verbs and citation rules, loaded from
//! the Turtle files in `ontology/` (compiled in) and from a user's own (`--ontology DIR`).

use std::path::Path;
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// The identity of a concept in the authorities: the path below `id/`, such as `body/unodc`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConceptId(pub Arc<str>);

impl Serialize for ConceptId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// Everything the extractor knows.
#[derive(Debug)]
pub struct Ontology {}

/// Why an ontology cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum OntologyError {
    /// A file cannot be read.
    #[error("{path}: cannot be read: {source}")]
    Io {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
}

impl Ontology {
    /// The ontology that is compiled in.
    ///
    /// # Errors
    /// When a bundled file is not valid, which a test rules out.
    pub fn bundled() -> Result<Self, OntologyError> {
        Ok(Self {})
    }

    /// The bundled ontology with every `*.ttl` file below `dir` added.
    ///
    /// # Errors
    /// When a file cannot be read or says something that the loader does not understand.
    pub fn with_directory(_dir: &Path) -> Result<Self, OntologyError> {
        Self::bundled()
    }
}

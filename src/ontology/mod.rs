//! The ontology as data that runs: vocabulary, authorities, verbs and citation rules, loaded from
//! the Turtle files in `ontology/` (compiled in) and from a user's own (`--ontology DIR`).

use std::path::Path;
use std::sync::Arc;

use serde::{Serialize, Serializer};

pub mod concept;
mod load;
pub mod vocab;

pub use concept::{Concept, ConceptClass, Label, LabelKind, Verb};

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
pub struct Ontology {
    concepts: Vec<Concept>,
    verbs: Vec<Verb>,
}

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
    /// A file is not Turtle.
    #[error("{path}:{line}: is not valid Turtle: {message}")]
    Syntax {
        /// The file.
        path: String,
        /// 1-based line.
        line: u64,
        /// What the parser says.
        message: String,
    },
    /// A file says something that is not understood.
    #[error("{path}:{line}: <{subject}> {message}")]
    Content {
        /// The file.
        path: String,
        /// 1-based line where the file begins to speak of the subject.
        line: usize,
        /// IRI of what the file speaks of.
        subject: String,
        /// What is wrong, and the remedy.
        message: String,
    },
}

impl Ontology {
    /// The ontology that is compiled in.
    ///
    /// # Errors
    /// When a bundled file is not valid, which a test rules out.
    pub fn bundled() -> Result<Self, OntologyError> {
        load::bundled().map(Self::from_loaded)
    }

    /// The bundled ontology with every `*.ttl` file in `dir` added.
    ///
    /// # Errors
    /// When a file cannot be read or says something that the loader does not understand.
    pub fn with_directory(dir: &Path) -> Result<Self, OntologyError> {
        let mut loaded = load::bundled()?;
        load::add_directory(&mut loaded, dir)?;
        Ok(Self::from_loaded(loaded))
    }

    fn from_loaded(loaded: load::Loaded) -> Self {
        Self { concepts: loaded.concepts.into_values().collect(), verbs: loaded.verbs.into_values().collect() }
    }

    /// Every concept, in order of identity.
    #[must_use]
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// The concept of an identity.
    #[must_use]
    pub fn concept(&self, id: &ConceptId) -> Option<&Concept> {
        self.concepts.binary_search_by(|c| c.id.cmp(id)).ok().map(|at| &self.concepts[at])
    }

    /// Every verb, in order of lemma.
    #[must_use]
    pub fn verbs(&self) -> &[Verb] {
        &self.verbs
    }

    /// The verb of a lemma.
    #[must_use]
    pub fn verb(&self, lemma: &str) -> Option<&Verb> {
        self.verbs.binary_search_by(|v| v.lemma.as_str().cmp(lemma)).ok().map(|at| &self.verbs[at])
    }
}

//! From a folder of United Nations documents to a citation knowledge graph.
//!
//! The road of the data, one module a stage:
//!
//! 1. [`read`]: bytes -> [`read::Source`], text with the way back to the file
//! 2. [`parse`]: source -> [`parse::Document`], head and paragraphs
//! 3. [`recognise`]: document -> mentions, by the rules and names of the [`ontology`]
//! 4. [`resolve`]: mentions -> [`resolve::Extraction`], links and relations, or the reason why not
//! 5. [`graph`]: extractions -> the model, one node a work, every edge with its evidence
//! 6. [`store`]: the model on disk, and opened again for SPARQL
//! 7. [`serve`] and [`export`]: HTTP, and every format that other tools read
//!
//! Stages 2 to 4 do no I/O and cannot fail; [`extract`] runs them.

mod checksum;
mod patterns;
mod date;
mod front_coding;
mod positioned;
pub mod span;
pub mod symbol;
pub mod metadata;
pub mod ontology;
pub mod read;
pub mod parse;
pub mod recognise;
pub mod resolve;
pub mod graph;
pub mod analysis;
pub mod wording;
pub mod store;
pub mod export;
pub mod serve;

use ontology::Ontology;
use parse::Document;
use read::Source;
use resolve::Extraction;

/// One source, read through to its links.
#[derive(Debug, Clone)]
pub struct Processed {
    /// The file.
    pub source: Source,
    /// What it says.
    pub document: Document,
    /// What was found in it.
    pub extraction: Extraction,
}

/// Parses a source and finds everything in it.
#[must_use]
pub fn extract(source: Source, ontology: &Ontology) -> Processed {
    let document = parse::parse(&source, ontology);
    let extraction = resolve::resolve(&document, ontology);
    Processed { source, document, extraction }
}

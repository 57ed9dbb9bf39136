//! **graph**: extractions -> the model. One node a work, however many files hold it; one edge a
//! citation, with every place that shows it. The only place that mints IRIs and triples.
//!
//! A file becomes a [`Contribution`] by itself; a [`Builder`] merges contributions in any order into
//! one [`Graph`] of triples, which is the same, byte for byte, for the same files.
//! [`Network`] is the view of a stored graph for analysis and drawing; [`validate`](mod@validate)
//! holds one against its shapes.

mod assembly;
mod build;
pub mod contribution;
pub mod iri;
pub mod kept;
pub mod network;
mod notes;
mod ranked;
mod rdf;
mod run;
pub mod sentence;
mod triples;
pub mod validate;

pub use assembly::{Assembly, Worker};
pub use build::Builder;
pub use contribution::{Contribution, contribution};
pub use network::Network;
pub use triples::Graph;

use std::collections::BTreeMap;

use crate::Processed;
use crate::metadata::Metadata;
use crate::ontology::Ontology;

/// The graph of the files, with what lines of metadata add to the documents in it. `base` ends in `/`.
#[must_use]
pub fn build<'p>(
    processed: impl IntoIterator<Item = &'p Processed>,
    records: &[Metadata],
    ontology: &Ontology,
    base: &str,
) -> Graph {
    let mut works: BTreeMap<String, Vec<Contribution>> = BTreeMap::new();
    for file in processed {
        let share = contribution(file);
        works.entry(share.subject.path.clone()).or_default().push(share);
    }
    let mut builder = Builder::new(ontology, base);
    for shares in works.values() {
        builder.push(shares);
    }
    builder.finish(records)
}

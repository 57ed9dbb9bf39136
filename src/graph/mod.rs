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
pub mod findings;
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
pub(crate) use triples::Terms;

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
    let shares: Vec<_> = processed.into_iter().map(contribution).collect();
    let mut builder = Builder::new(ontology, base);
    for work in works(&shares).values() {
        builder.push(work.iter().copied());
    }
    builder.finish(records)
}

/// Contributions by the work that each is attributed to, as a [`Builder`] and a [`Worker`] take them.
#[must_use]
pub fn works(shares: &[Contribution]) -> BTreeMap<&str, Vec<&Contribution>> {
    let mut works: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for share in shares {
        works.entry(share.subject.path.as_str()).or_default().push(share);
    }
    works
}

//! What stands around one document or thing, for other tools: a drawing, a table of edges, an entry of a bibliography.
//! Read from the index, as far as it reaches.

use oxigraph::model::NamedNode;

use crate::export::reference::Reference;
use crate::export::{self, Chosen, ExportError, Options, bibtex, csl, dot, select, tables};
use crate::graph::Network;
use crate::graph::network::{Kind, Relation};
use crate::store::Store;

/// Neighbours of each relation and direction in a drawing, and in a table.
const DRAWN: usize = 60;
const LISTED: usize = 10_000;

/// The nodes around one, and which edges are chosen.
fn around(store: &Store, iri: &NamedNode, most: usize) -> Result<(Network, Options), ExportError> {
    let mut relations = export::Options::default().relations();
    let kind = Network::around(store, iri.as_str(), &[], 0)?;
    // What is no document has few of the relations that documents have.
    if kind.place(iri.as_str()).is_some_and(|place| kind.graph[place].kind >= Kind::Body) {
        relations.extend([Relation::Addresses, Relation::PartOf, Relation::Mentions]);
    }
    let network = Network::around(store, iri.as_str(), &relations, most)?;
    Ok((network, Options { root: Some(iri.as_str().to_owned()), relations, ..Options::default() }))
}

/// Graphviz.
pub(super) fn drawing(store: &Store, iri: &NamedNode) -> Result<String, ExportError> {
    let (network, options) = around(store, iri, DRAWN)?;
    let selection = select::select(&network, &options)?;
    dot::draw(store, &network, &selection, &options)
}

/// The edges as CSV.
pub(super) fn table(store: &Store, iri: &NamedNode) -> Result<Vec<u8>, ExportError> {
    let (network, options) = around(store, iri, LISTED)?;
    let selection = select::select(&network, &options)?;
    let mut out = Vec::new();
    tables::edges(&Chosen { store, network: &network, selection: &selection }, &mut out)?;
    Ok(out)
}

/// BibTeX; `None` for what is no document.
pub(super) fn entry(store: &Store, iri: &NamedNode) -> Result<Option<String>, ExportError> {
    Ok(reference(store, iri)?.as_ref().map(bibtex::entry))
}

/// CSL-JSON, a list of one; `None` for what is no document.
pub(super) fn item(store: &Store, iri: &NamedNode) -> Result<Option<String>, ExportError> {
    Ok(reference(store, iri)?.map(|reference| format!("[{}]\n", csl::item(&reference))))
}

fn reference(store: &Store, iri: &NamedNode) -> Result<Option<Reference>, ExportError> {
    let network = Network::around(store, iri.as_str(), &[], 0)?;
    let Some(place) = network.place(iri.as_str()) else { return Ok(None) };
    Ok(Reference::of(store, &network.graph[place])?)
}

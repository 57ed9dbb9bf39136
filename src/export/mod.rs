//! **export**: the stored graph, whole or around one document, in the formats that other tools read.

use std::io::{self, Write};

use oxigraph::store::StorageError;

// What was found in files.
pub mod annotation;
pub mod explain;
pub mod marked;
pub mod lines;
pub mod mentions;
pub mod paragraphs;
// A stored graph, or a part of it.
pub mod select;
pub mod variables;
pub mod tables;
mod graphml;
mod gexf;
mod json;
pub mod pajek;
mod occurrences;
pub mod parquet;
mod look;
pub mod layout;
pub mod dot;
pub mod svg;
pub mod rdf;
// Documents.
pub mod comparison;
pub mod reference;
pub mod bibtex;
pub mod csl;
pub mod akn;

use std::collections::HashSet;

use petgraph::graph::{EdgeIndex, NodeIndex};

use crate::graph::Network;
use crate::store::{Store, StoreError};
use reference::Reference;
pub use select::{Cluster, Options, Selection, Way};
use variables::{Edges, Nodes};

/// A format to export to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Graphviz.
    Dot,
    /// GraphML.
    GraphMl,
    /// Gephi.
    Gexf,
    /// Cytoscape JSON.
    CyJs,
    /// The node-link form of JSON, which NetworkX and D3 read.
    NodeLink,
    /// A Pajek network; [`pajek::beside`] has its partitions and vectors.
    Pajek,
    /// A table of the edges.
    Csv,
    /// A table of the nodes.
    CsvNodes,
    /// One of the tables, in Parquet.
    Parquet(parquet::Table),
    /// The selected documents, for a bibliography.
    BibTeX,
    /// The same as JSON.
    Csl,
    /// The root as Akoma Ntoso.
    Akn,
    /// RDF.
    Rdf(rdf::Syntax),
}

/// How much was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// Of a drawing or table.
    Network {
        /// Documents and things.
        nodes: usize,
        /// Edges between them.
        edges: usize,
    },
    /// Of RDF.
    Triples(usize),
    /// Of a table.
    Rows(usize),
    /// Of a bibliography.
    Documents(usize),
    /// Of a document.
    Paragraphs(usize),
}

/// Why a graph cannot be exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// There is no such document.
    #[error(
        "the graph has nothing called {0:?}; give a symbol such as \"S/RES/2388 (2017)\", a path such as body/unodc, or an IRI"
    )]
    UnknownRoot(String),
    /// One document is written, and nobody says which.
    #[error("Akoma Ntoso holds one document: name it with --root, as in --root \"S/RES/2388 (2017)\"")]
    NoRoot,
    /// What is to be written as a document is none.
    #[error("{0:?} is no document; Akoma Ntoso can be written of resolutions, statements, reports and other documents")]
    NotADocument(String),
    /// The graph cannot be read.
    #[error("the graph cannot be read: {0}")]
    Store(#[from] StorageError),
    /// The graph cannot be opened for export.
    #[error(transparent)]
    Open(#[from] StoreError),
    /// The output cannot be written.
    #[error("the export cannot be written: {0}")]
    Write(#[from] io::Error),
    /// Graphviz is missing.
    #[error(
        "the picture needs Graphviz, and the program \"dot\" is not installed; install it (apt install graphviz, \
             brew install graphviz), or export to dot and draw it elsewhere"
    )]
    NoGraphviz,
    /// Graphviz failed.
    #[error("Graphviz could not draw the graph: {0}")]
    Graphviz(String),
    /// Graphviz takes too long.
    #[error(
        "Graphviz ({engine}) had not drawn the {nodes} nodes and {edges} edges after {seconds} s; draw less, with --root, \
         --depth, --kind or --years, leave the layout to resograph or take --layout force, or give it more time with --timeout"
    )]
    TooSlow {
        /// The engine.
        engine: &'static str,
        /// What it was to draw.
        nodes: usize,
        /// What it was to draw.
        edges: usize,
        /// How long it had.
        seconds: u64,
    },
}

impl From<csv::Error> for ExportError {
    fn from(error: csv::Error) -> Self {
        // Not wrapped: whoever looks for a broken pipe looks for the error of the pipe.
        match error.into_kind() {
            csv::ErrorKind::Io(error) => Self::Write(error),
            other => Self::Write(io::Error::other(format!("{other:?}"))),
        }
    }
}

/// A part of a stored graph, about to be written.
#[derive(Clone, Copy)]
pub struct Chosen<'a> {
    /// What is known of its nodes and edges.
    pub store: &'a Store,
    /// All nodes, and the edges of the relations that were asked for.
    pub network: &'a Network,
    /// Those of them that are written.
    pub selection: &'a Selection,
}

impl Chosen<'_> {
    /// All that is known of the nodes.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn nodes(&self) -> Result<Nodes, StorageError> {
        Nodes::read(self.store, self.network, self.selection)
    }

    /// All that is known of the edges, read as it is asked for.
    #[must_use]
    pub fn edges(&self) -> Edges<'_> {
        Edges::new(self.store, self.network)
    }

    /// The edges with their ends, in order.
    pub fn ends(&self) -> impl Iterator<Item = (EdgeIndex, NodeIndex, NodeIndex)> {
        let ends = |edge: &EdgeIndex| self.network.graph.edge_endpoints(*edge).map(|(from, to)| (*edge, from, to));
        self.selection.edges.iter().filter_map(ends)
    }

    /// The documents as they are cited, each with a key of its own.
    ///
    /// # Errors
    /// When the store cannot be read, or `each` fails.
    pub fn references(&self, mut each: impl FnMut(Reference) -> Result<(), ExportError>) -> Result<(), ExportError> {
        let mut taken = HashSet::new();
        for place in &self.selection.nodes {
            if let Some(mut reference) = Reference::of(self.store, &self.network.graph[*place])? {
                reference.claim_key(&mut taken);
                each(reference)?;
            }
        }
        Ok(())
    }
}

/// Writes a stored graph, or the part of it that `options` choose.
///
/// # Errors
/// When the root is not in the graph, the graph cannot be read, the output cannot be written, or
/// Graphviz fails.
pub fn export(
    store: &Store,
    format: Format,
    options: &Options,
    mut out: impl Write + Send,
) -> Result<Written, ExportError> {
    if let Format::Rdf(syntax) = format {
        let written = Written::Triples(rdf::write(store, syntax, options, &mut out)?);
        out.flush()?;
        return Ok(written);
    }
    if format == Format::Akn {
        let written = document(store, options, &mut out)?;
        out.flush()?;
        return Ok(written);
    }
    let network = Network::load(store, &options.relations())?;
    let selection = select::select(&network, options)?;
    let chosen = Chosen { store, network: &network, selection: &selection };
    let mut written = Written::Network { nodes: selection.nodes.len(), edges: selection.edges.len() };
    match format {
        Format::Dot => out.write_all(dot::draw(store, &network, &selection, options)?.as_bytes())?,
        Format::GraphMl => graphml::write(&chosen, &mut out)?,
        Format::Gexf => gexf::write(&chosen, &mut out)?,
        Format::CyJs => json::cytoscape(&chosen, &mut out)?,
        Format::NodeLink => json::node_link(&chosen, &mut out)?,
        Format::Pajek => pajek::write(&chosen, &mut out)?,
        Format::Csv => tables::edges(&chosen, &mut out)?,
        Format::CsvNodes => tables::nodes(&chosen, &mut out)?,
        Format::Parquet(table) => written = Written::Rows(parquet::write(&chosen, table, &mut out)?),
        Format::BibTeX => written = Written::Documents(bibliography(&chosen, &mut out)?),
        Format::Csl => written = Written::Documents(items(&chosen, &mut out)?),
        Format::Akn | Format::Rdf(_) => {}
    }
    out.flush()?;
    Ok(written)
}

fn document(store: &Store, options: &Options, out: impl Write) -> Result<Written, ExportError> {
    let name = options.root.as_ref().ok_or(ExportError::NoRoot)?;
    let iri = match akn::find(store, name)? {
        Some(iri) => iri,
        // Whatever else the whole network knows it by.
        None => {
            let network = Network::load(store, &[])?;
            let root = network.find(name).ok_or_else(|| ExportError::UnknownRoot(name.clone()))?;
            network.graph[root].iri.clone()
        }
    };
    let paragraphs = akn::write(store, &iri, out)?;
    Ok(Written::Paragraphs(paragraphs.ok_or_else(|| ExportError::NotADocument(name.clone()))?))
}

fn bibliography(chosen: &Chosen<'_>, mut out: impl Write) -> Result<usize, ExportError> {
    let mut count = 0;
    chosen.references(|reference| {
        count += 1;
        Ok(out.write_all(bibtex::entry(&reference).as_bytes())?)
    })?;
    Ok(count)
}

/// A list, an item a line.
fn items(chosen: &Chosen<'_>, mut out: impl Write) -> Result<usize, ExportError> {
    let mut count = 0;
    chosen.references(|reference| {
        out.write_all(if count == 0 { b"[\n" } else { b",\n" })?;
        count += 1;
        Ok(serde_json::to_writer(&mut out, &csl::item(&reference)).map_err(io::Error::from)?)
    })?;
    out.write_all(if count == 0 { b"[]\n" } else { b"\n]\n" })?;
    Ok(count)
}

/// `text` as it may stand in an attribute or element of XML.
pub(crate) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // No XML can hold these, however they are written.
            '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}

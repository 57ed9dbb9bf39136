//! **export**: the stored graph, whole or around one document, in the formats that other tools read.

use std::io::{self, Write};

use oxigraph::store::StorageError;

pub mod annotation;
pub mod bibtex;
pub mod comparison;
pub mod dot;
pub mod explain;
mod gexf;
mod graphml;
pub mod marked;
pub mod lines;
pub mod mentions;
pub mod paragraphs;
pub mod rdf;
pub mod select;
pub mod svg;
pub mod tables;

use crate::graph::Network;
use crate::store::{Store, StoreError};
pub use select::{Cluster, Options, Selection, Way};

/// A format to export to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Graphviz.
    Dot,
    /// A picture, drawn by an installed Graphviz.
    Svg,
    /// GraphML.
    GraphMl,
    /// Gephi.
    Gexf,
    /// Cytoscape JSON.
    CyJs,
    /// A table of the edges; [`tables::nodes`] writes the one of the nodes.
    Csv,
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
}

/// Why a graph cannot be exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// There is no such document.
    #[error(
        "the graph has nothing called {0:?}; give a symbol such as \"S/RES/2388 (2017)\", a path such as body/unodc, or an IRI"
    )]
    UnknownRoot(String),
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
        "Graphviz had not drawn the {nodes} nodes after {seconds} s; draw less, with --root, --depth, --kind or --years"
    )]
    TooSlow {
        /// What it was to draw.
        nodes: usize,
        /// How long it had.
        seconds: u64,
    },
}

/// Writes a stored graph, or the part of it that `options` choose.
///
/// # Errors
/// When the root is not in the graph, the graph cannot be read, the output cannot be written, or
/// Graphviz fails.
pub fn export(store: &Store, format: Format, options: &Options, mut out: impl Write) -> Result<Written, ExportError> {
    if let Format::Rdf(syntax) = format {
        let written = Written::Triples(rdf::write(store, syntax, options, &mut out)?);
        out.flush()?;
        return Ok(written);
    }
    let network = Network::load(store, &options.relations())?;
    let selection = select::select(&network, options)?;
    match format {
        Format::Dot => out.write_all(dot::draw(store, &network, &selection, options)?.as_bytes())?,
        Format::Svg => {
            let drawing = dot::draw(store, &network, &selection, options)?;
            out.write_all(&svg::render(&drawing, selection.nodes.len(), svg::TIME)?)?;
        }
        Format::GraphMl => graphml::write(&network, &selection, &mut out)?,
        Format::Gexf => gexf::write(&network, &selection, &mut out)?,
        Format::CyJs => tables::cytoscape(&network, &selection, &mut out)?,
        Format::Csv => tables::edges(&network, &selection, &mut out)?,
        Format::Rdf(_) => {}
    }
    out.flush()?;
    Ok(Written::Network { nodes: selection.nodes.len(), edges: selection.edges.len() })
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
            c => out.push(c),
        }
    }
    out
}

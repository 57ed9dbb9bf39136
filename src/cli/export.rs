//! `export`: the graph, or a part of it, for other tools.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::RangeInclusive;
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, ValueEnum};
use resograph::export::rdf::Syntax;
use resograph::export::{self, Cluster, Options, Way, Written, tables};
use resograph::graph::Network;
use resograph::graph::network::{Kind, Relation};
use resograph::store;

use super::{GraphDir, Outcome, voice::Voice};

/// Write the graph, or the part around a document, for other tools
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    resograph export --format dot --root S/RES/2388 --depth 1 | dot -Tsvg > 2388.svg\n  \
    resograph export --format svg --root body/unodc --relation establishes,cites -o unodc.svg\n  \
    resograph export --format ttl -o graph.ttl\n  \
    resograph export --format graphml --kind resolution,statement --years 2010-2020 -o part.graphml\n  \
    resograph export --format csv --nodes -o nodes.csv")]
pub struct Export {
    #[command(flatten)]
    graph: GraphDir,
    /// What to write
    #[arg(short, long, value_enum)]
    format: Format,
    /// File to write, in place of stdout
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Symbol, path (body/unodc) or IRI to start from, in place of the whole graph
    #[arg(long, value_name = "SYMBOL")]
    root: Option<String>,
    /// Steps away from the root
    #[arg(long, value_name = "N", default_value_t = 1, requires = "root")]
    depth: usize,
    /// Which steps: what the root cites, what cites it, or both
    #[arg(long, value_enum, default_value_t = Direction::Both, requires = "root")]
    direction: Direction,
    /// Only these relations [default: all but addresses, part-of, mentions]
    #[arg(long, value_delimiter = ',', value_parser = relation, value_name = "RELATION")]
    relation: Vec<Relation>,
    /// Only these kinds of nodes
    #[arg(long, value_delimiter = ',', value_parser = kind, value_name = "KIND")]
    kind: Vec<Kind>,
    /// Only documents of these years
    #[arg(long, value_parser = years, value_name = "FROM-TO")]
    years: Option<RangeInclusive<i32>>,
    /// What the boxes of a drawing hold
    #[arg(long, value_enum, default_value_t = Boxes::Kind)]
    cluster: Boxes,
    /// With csv: the table of the nodes, in place of the edges
    #[arg(long)]
    nodes: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Graphviz
    Dot,
    /// A picture, drawn by an installed Graphviz
    Svg,
    /// GraphML (yEd, igraph, NetworkX)
    Graphml,
    /// Gephi
    Gexf,
    /// Cytoscape JSON
    Cyjs,
    /// A table of the edges
    Csv,
    /// N-Triples
    Nt,
    /// N-Quads
    Nq,
    /// Turtle
    Ttl,
    /// TriG
    Trig,
    /// RDF/XML
    Rdfxml,
    /// JSON-LD
    Jsonld,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Direction {
    Both,
    /// What it cites
    Out,
    /// What cites it
    In,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Boxes {
    Kind,
    Year,
    None,
}

fn named<T: Copy>(text: &str, names: &[(T, &str)]) -> Result<T, String> {
    let found = names.iter().find(|(_, name)| *name == text);
    found.map(|(value, _)| *value).ok_or_else(|| {
        let known: Vec<_> = names.iter().map(|(_, name)| *name).collect();
        format!("one of {}", known.join(", "))
    })
}

pub(super) fn relation(text: &str) -> Result<Relation, String> {
    named(text, Relation::NAMES)
}

pub(super) fn kind(text: &str) -> Result<Kind, String> {
    named(text, Kind::NAMES)
}

/// `2010-2020`, `2017`, `2010-`, `-1990`
pub(super) fn years(text: &str) -> Result<RangeInclusive<i32>, String> {
    let wrong = |_| "years such as 2010-2020, 2017, 2010- or -1990".to_owned();
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    let from = if from.is_empty() { i32::MIN } else { from.trim().parse().map_err(wrong)? };
    let to = if to.is_empty() { i32::MAX } else { to.trim().parse().map_err(wrong)? };
    Ok(from..=to)
}

fn format(format: Format) -> export::Format {
    match format {
        Format::Dot => export::Format::Dot,
        Format::Svg => export::Format::Svg,
        Format::Graphml => export::Format::GraphMl,
        Format::Gexf => export::Format::Gexf,
        Format::Cyjs => export::Format::CyJs,
        Format::Csv => export::Format::Csv,
        Format::Nt => export::Format::Rdf(Syntax::NTriples),
        Format::Nq => export::Format::Rdf(Syntax::NQuads),
        Format::Ttl => export::Format::Rdf(Syntax::Turtle),
        Format::Trig => export::Format::Rdf(Syntax::TriG),
        Format::Rdfxml => export::Format::Rdf(Syntax::RdfXml),
        Format::Jsonld => export::Format::Rdf(Syntax::JsonLd),
    }
}

pub fn run(command: &Export, voice: &Voice) -> anyhow::Result<Outcome> {
    if command.nodes && command.format != Format::Csv {
        anyhow::bail!("--nodes goes with --format csv; the other formats hold nodes and edges");
    }
    let options = Options {
        root: command.root.clone(),
        depth: command.depth,
        way: match command.direction {
            Direction::Both => Way::Both,
            Direction::Out => Way::Out,
            Direction::In => Way::In,
        },
        relations: command.relation.clone(),
        kinds: command.kind.clone(),
        years: command.years.clone(),
        cluster: match command.cluster {
            Boxes::Kind => Cluster::Kind,
            Boxes::Year => Cluster::Year,
            Boxes::None => Cluster::None,
        },
    };
    let store = store::open(&command.graph.graph)?;
    let write = |mut out: &mut dyn Write| -> anyhow::Result<Written> {
        if command.nodes {
            let network = Network::load(&store, &options.relations())?;
            let selection = export::select::select(&network, &options)?;
            tables::nodes(&network, &selection, &mut out)?;
            return Ok(Written::Network { nodes: selection.nodes.len(), edges: selection.edges.len() });
        }
        Ok(export::export(&store, format(command.format), &options, out)?)
    };
    let written = match &command.output {
        None => {
            let mut out = BufWriter::new(io::stdout().lock());
            let written = write(&mut out)?;
            out.flush()?;
            written
        }
        Some(path) => {
            let there = || format!("{}: cannot be written", path.display());
            let mut out = BufWriter::new(File::create(path).with_context(there)?);
            write(&mut out).and_then(|written| Ok(out.flush().map(|()| written)?)).with_context(there)?
        }
    };
    let found = match written {
        Written::Network { nodes, edges } => {
            voice.note(&format!("{nodes} nodes, {edges} edges"));
            nodes > 0
        }
        Written::Triples(triples) => {
            voice.note(&format!("{triples} triples"));
            triples > 0
        }
    };
    Ok(Outcome::found(found))
}

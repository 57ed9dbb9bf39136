//! `export`: the graph, or a part of it, for other tools.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use clap::{Args, ValueEnum};
use resograph::export::layout::Layout;
use resograph::export::rdf::Syntax;
use resograph::export::{self, Chosen, Cluster, ExportError, Options, Way, Written, pajek, parquet, svg};
use resograph::graph::Network;
use resograph::graph::network::{Kind, Relation};
use resograph::store::{self, Store};
use tempfile::NamedTempFile;

use super::{GraphDir, Outcome, voice::Voice};

/// Write the graph, or the part around a document, for other tools
///
/// Without --root, what has no link of the chosen relations to anything else that is chosen is left out of tables,
/// networks, drawings and bibliographies; RDF of the whole graph holds everything.
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
    /// File to write, in place of stdout; with parquet a folder for the three tables
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
    /// Where a drawing places its nodes [default: by how many there are]
    #[arg(long, value_enum, value_name = "LAYOUT")]
    layout: Option<Placing>,
    /// Seconds that Graphviz has for a picture
    #[arg(long, value_name = "SECONDS", default_value_t = svg::TIME.as_secs())]
    timeout: u64,
    /// With csv: the table of the nodes, in place of the edges
    #[arg(long, conflicts_with = "table")]
    nodes: bool,
    /// With csv and parquet: which table
    #[arg(long, value_enum, value_name = "TABLE")]
    table: Option<Table>,
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
    /// The node-link form of JSON (NetworkX, D3)
    NodeLink,
    /// Pajek; with -o also its partitions and vectors
    Pajek,
    /// A table of the edges, or of the nodes
    Csv,
    /// Tables with types (pandas, DuckDB, R)
    Parquet,
    /// The documents, for LaTeX
    Bibtex,
    /// The documents, for Zotero and pandoc
    Csl,
    /// Akoma Ntoso: the document that --root names, its references marked
    Akn,
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
enum Table {
    /// Documents and things
    Nodes,
    /// What they say of each other
    Edges,
    /// Every place where something is cited, stated or named (parquet)
    Mentions,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Placing {
    /// In ranks along the edges
    Ranked,
    /// A row for each year, beside an axis of time
    Years,
    /// In circles around the root
    Radial,
    /// By springs: for many nodes
    Force,
}

/// What is written to one file.
fn format(command: &Export) -> anyhow::Result<export::Format> {
    let table = if command.nodes { Some(Table::Nodes) } else { command.table };
    if table.is_some() && !matches!(command.format, Format::Csv | Format::Parquet) {
        anyhow::bail!("--nodes and --table go with --format csv and parquet; the other formats hold nodes and edges");
    }
    Ok(match command.format {
        Format::Dot | Format::Svg => export::Format::Dot,
        Format::Graphml => export::Format::GraphMl,
        Format::Gexf => export::Format::Gexf,
        Format::Cyjs => export::Format::CyJs,
        Format::NodeLink => export::Format::NodeLink,
        Format::Pajek => export::Format::Pajek,
        Format::Csv => match table {
            None | Some(Table::Edges) => export::Format::Csv,
            Some(Table::Nodes) => export::Format::CsvNodes,
            Some(Table::Mentions) => anyhow::bail!(
                "the table of mentions is written as Parquet: --format parquet --table mentions; as CSV \"resograph \
                 extract\" writes the mentions of files"
            ),
        },
        Format::Parquet => export::Format::Parquet(match table {
            Some(Table::Nodes) => parquet::Table::Nodes,
            Some(Table::Edges) => parquet::Table::Edges,
            Some(Table::Mentions) => parquet::Table::Mentions,
            None => anyhow::bail!(
                "Parquet is three tables: name a folder for them with -o, or one of them with --table nodes, edges or mentions"
            ),
        }),
        Format::Akn => export::Format::Akn,
        Format::Bibtex => export::Format::BibTeX,
        Format::Csl => export::Format::Csl,
        Format::Nt => export::Format::Rdf(Syntax::NTriples),
        Format::Nq => export::Format::Rdf(Syntax::NQuads),
        Format::Ttl => export::Format::Rdf(Syntax::Turtle),
        Format::Trig => export::Format::Rdf(Syntax::TriG),
        Format::Rdfxml => export::Format::Rdf(Syntax::RdfXml),
        Format::Jsonld => export::Format::Rdf(Syntax::JsonLd),
    })
}

fn options(command: &Export) -> Options {
    Options {
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
        layout: command.layout.map(|layout| match layout {
            Placing::Ranked => Layout::Ranked,
            Placing::Years => Layout::Years,
            Placing::Radial => Layout::Radial,
            Placing::Force => Layout::Force,
        }),
    }
}

pub fn run(command: &Export, voice: &Voice) -> anyhow::Result<Outcome> {
    let options = options(command);
    let store = store::open(&command.graph.graph)?;
    let written = match (&command.output, command.format) {
        (output, Format::Svg) => {
            let (picture, written) = picture(command, &store, &options, voice)?;
            match output {
                None => io::stdout().write_all(&picture)?,
                Some(path) => write(path, |out| Ok(out.write_all(&picture)?))?,
            }
            written
        }
        (Some(folder), Format::Parquet) if command.table.is_none() && !command.nodes => {
            three_tables(&store, &options, folder)?
        }
        (None, _) => {
            // Not locked: a writer of Parquet wants what may go to another thread.
            let mut out = BufWriter::new(io::stdout());
            let written = export::export(&store, format(command)?, &options, &mut out)?;
            out.flush()?;
            written
        }
        (Some(path), _) => {
            let format = format(command)?;
            let written = write(path, |out| export::export(&store, format, &options, out))?;
            if command.format == Format::Pajek {
                beside(&store, &options, path)?;
            }
            written
        }
    };
    Ok(Outcome::found(said(&written, voice)))
}

/// Says how much was written; whether it was anything.
fn said(written: &Written, voice: &Voice) -> bool {
    let (count, text) = match *written {
        Written::Network { nodes, edges } => (nodes, format!("{nodes} nodes, {edges} edges")),
        Written::Triples(triples) => (triples, format!("{triples} triples")),
        Written::Rows(rows) => (rows, format!("{rows} rows")),
        Written::Documents(documents) => (documents, format!("{documents} documents")),
        Written::Paragraphs(0) => (0, "no paragraphs: the graph knows this document, but not its text".to_owned()),
        Written::Paragraphs(paragraphs) => (paragraphs, format!("{paragraphs} paragraphs")),
    };
    voice.note(&text);
    count > 0
}

/// A picture, drawn by Graphviz within its time.
fn picture(command: &Export, store: &Store, options: &Options, voice: &Voice) -> anyhow::Result<(Vec<u8>, Written)> {
    format(command)?;
    let network = Network::load(store, &options.relations())?;
    let selection = export::select::select(&network, options)?;
    let (layout, why) = Layout::choose(options.layout, &selection);
    voice.note(&format!("drawn {why}"));
    let drawing = export::dot::draw(store, &network, &selection, options)?;
    let picture = svg::render(&drawing, layout, &selection, Duration::from_secs(command.timeout))?;
    Ok((picture, Written::Network { nodes: selection.nodes.len(), edges: selection.edges.len() }))
}

/// Writes a file; says its name where that fails. What was there stays until all is written.
fn write<T>(path: &Path, content: impl FnOnce(&mut BufWriter<File>) -> Result<T, ExportError>) -> anyhow::Result<T> {
    let cannot = || format!("{}: cannot be written", path.display());
    let into = |file: File| {
        let mut out = BufWriter::new(file);
        match content(&mut out).and_then(|written| Ok(out.flush().map(|()| written)?)) {
            Err(error @ ExportError::Write(_)) => Err(anyhow::Error::from(error).context(cannot())),
            written => Ok(written?),
        }
    };
    match beside_target(path) {
        Some((new, target)) => {
            let written = into(new.reopen().with_context(cannot)?)?;
            new.persist(target).map_err(|error| error.error).with_context(cannot)?;
            Ok(written)
        }
        None => into(File::create(path).with_context(cannot)?),
    }
}

/// A new file in the folder of the target, and what it is to be called in the end; `None` where the target has to be
/// written itself: a pipe, a terminal, a file that may be changed in a folder that may not.
fn beside_target(path: &Path) -> Option<(NamedTempFile, PathBuf)> {
    let (target, permissions) = match fs::symlink_metadata(path) {
        Err(_) => (path.to_owned(), None),
        // What stdout is led to has no other name for who reads it.
        Ok(_) if path.starts_with("/dev") || path.starts_with("/proc") => return None,
        Ok(_) => {
            let target = path.canonicalize().ok()?;
            let found =
                fs::metadata(&target).ok().filter(|found| found.is_file() && !found.permissions().readonly())?;
            (target, Some(found.permissions()))
        }
    };
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".resograph-");
    // Those of any new file: not of a secret, which is what temporary files are taken for.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let new = builder.tempfile_in(folder).ok()?;
    if let Some(permissions) = permissions {
        new.as_file().set_permissions(permissions).ok()?;
    }
    Some((new, target))
}

/// `nodes.parquet`, `edges.parquet`, `mentions.parquet` in a folder.
fn three_tables(store: &Store, options: &Options, folder: &Path) -> anyhow::Result<Written> {
    fs::create_dir_all(folder).with_context(|| format!("{}: this folder cannot be made", folder.display()))?;
    let network = Network::load(store, &options.relations())?;
    let selection = export::select::select(&network, options)?;
    let chosen = Chosen { store, network: &network, selection: &selection };
    for table in parquet::Table::ALL {
        let path = folder.join(format!("{}.parquet", table.name()));
        write(&path, |out| parquet::write(&chosen, table, out))?;
    }
    Ok(Written::Network { nodes: selection.nodes.len(), edges: selection.edges.len() })
}

/// The partitions and vectors of a Pajek network, in files beside it: `part.net`, `part.kind.clu`.
fn beside(store: &Store, options: &Options, path: &Path) -> anyhow::Result<()> {
    let network = Network::load(store, &options.relations())?;
    let selection = export::select::select(&network, options)?;
    for (end, content) in pajek::beside(&Chosen { store, network: &network, selection: &selection })? {
        let path = path.with_extension(end);
        write(&path, |out| Ok(out.write_all(&content)?))?;
    }
    Ok(())
}

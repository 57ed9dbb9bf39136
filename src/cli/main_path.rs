//! `main-path`: the chain of documents through which most citations of a theme run.

use std::io::{self, BufWriter, Write};

use anyhow::Context;
use clap::{Args, ValueEnum};
use resograph::analysis::evidence::{self, Evidence};
use resograph::analysis::main_path::{self, By, Flow, Link, Theme};
use resograph::graph::Network;
use resograph::graph::network::Relation;
use resograph::store::{self, Store};
use serde_json::{Value, json};

use super::listing::{Form, Listing};
use super::{GraphDir, Outcome, path, voice::Voice};

/// Show the main path of a theme: the documents through which most of its citations run, the oldest first
#[derive(Debug, Args)]
#[command(
    after_help = "A theme is a subject of the graph, a body, group, State or document that others name, or words of \
    titles.\n\nExamples:\n  \
    resograph main-path \"LIBERIA SITUATION\"\n  \
    resograph main-path UNODC --by key-route\n  \
    resograph main-path \"women peace security\" --format csv > path.csv"
)]
pub struct MainPath {
    /// Subject, body, group, State, document, or words of titles
    #[arg(value_name = "THEME")]
    theme: String,
    /// Which chain is the main one
    #[arg(long, value_enum, default_value_t = Which::Global)]
    by: Which,
    #[command(flatten)]
    graph: GraphDir,
    /// How to print it [default: table on a terminal, else csv]
    #[arg(long, value_enum)]
    format: Option<Form>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Which {
    /// The chain whose counts have the largest sum
    Global,
    /// From the oldest documents on, at each step the highest count
    Local,
    /// Through the citation with the highest count
    KeyRoute,
}

pub fn run(command: &MainPath, voice: &Voice) -> anyhow::Result<Outcome> {
    let store = store::open(&command.graph.graph)?;
    let relations = [
        Relation::Cites,
        Relation::Mentions,
        Relation::Establishes,
        Relation::Extends,
        Relation::Terminates,
        Relation::Condemns,
    ];
    let network = Network::load(&store, &relations)?;
    let subjects = main_path::subjects(&store).context("the subjects of the graph")?;
    // What may mean several things means none here: its words are looked for in titles.
    let called = path::find(&store, &network, &command.theme).ok().flatten();
    let (theme, documents) = main_path::theme(&network, &subjects, called, &command.theme);
    let about = match &theme {
        Theme::Subject(name) => format!("about {name}"),
        Theme::Naming(name) => format!("that name or cite {name}"),
        Theme::Titled(words) => format!("with {} in their titles", words.join(", ")),
    };
    let flow = Flow::of(&network, &documents);
    let by = match command.by {
        Which::Global => By::Global,
        Which::Local => By::Local,
        Which::KeyRoute => By::KeyRoute,
    };
    let path = flow.main_path(by);
    voice.note(&format!(
        "{} documents {about}, {} citations among them{}",
        documents.len(),
        flow.links.len(),
        if flow.left_out > 0 {
            format!(", {} of documents that are not older left out", flow.left_out)
        } else {
            String::new()
        }
    ));
    if path.is_empty() {
        voice.note("there is no path: none of them cites an older one");
        return Ok(Outcome::NothingFound);
    }
    let listing = listed(&store, &network, &flow, &path)?;
    let mut out = BufWriter::new(io::stdout().lock());
    listing.write(Form::or_usual(command.format), &mut out)?;
    out.flush()?;
    Ok(Outcome::Done)
}

/// A row for each document of the path: its date, title, and how it cites the one before.
fn listed(store: &Store, network: &Network, flow: &Flow, path: &[Link]) -> anyhow::Result<Listing> {
    let mut listing = Listing::new(&["date", "document", "title", "count", "verb", "paragraph", "sentence"]);
    let row = |place: usize, count: Value, evidence: Option<&Evidence>| {
        let node = &network.graph[flow.nodes[place]];
        let date = node.date.map(|d| d.to_string()).or_else(|| node.year.map(|y| y.to_string()));
        vec![
            json!(date),
            json!(node.label),
            json!(node.title),
            count,
            json!(evidence.and_then(|e| e.verb.as_deref())),
            json!(evidence.map(Evidence::part)),
            json!(evidence.map(|e| e.sentence.as_str())),
        ]
    };
    if let Some(first) = path.first() {
        listing.push(row(first.from, Value::Null, None));
    }
    for link in path {
        let (citing, cited) = (flow.nodes[link.to], flow.nodes[link.from]);
        let edges = network.graph.edges_connecting(citing, cited);
        let grounds = edges.filter(|e| e.weight().relation == Relation::Cites).map(|e| &e.weight().grounds);
        let evidence = match grounds.min() {
            Some(grounds) => evidence::best(store, grounds)?,
            None => None,
        };
        listing.push(row(link.to, json!(link.count), evidence.as_ref()));
    }
    Ok(listing)
}

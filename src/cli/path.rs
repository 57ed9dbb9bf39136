//! `path`: how one document leads to another, citation by citation.

use std::io::{self, BufWriter, Write};

use clap::{Args, ValueEnum};
use petgraph::Direction;
use petgraph::graph::NodeIndex;
use resograph::analysis::evidence::{self, Evidence};
use resograph::analysis::paths::{self, Wanted, Way};
use resograph::graph::Network;
use resograph::graph::network::Relation;
use resograph::serve::evaluate;
use resograph::store::{self, Store};
use serde_json::{Value, json};

use super::listing::{Form, Listing};
use super::{GraphDir, Outcome, show, voice::Voice};

/// Show how one document leads to another: the chains of citations between them, with the sentence of each step
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    resograph path S/RES/2388 S/RES/1373\n  \
    resograph path S/RES/2388 UNODC --either\n  \
    resograph path S/RES/2388 S/RES/1373 --longest 4 --most 20 --format csv > chains.csv")]
pub struct Path {
    /// Where the chains begin: symbol, name, path or IRI
    #[arg(value_name = "FROM")]
    from: String,
    /// Where they end
    #[arg(value_name = "TO")]
    to: String,
    /// Let each step point either way: "is cited by" as well as "cites"
    #[arg(long)]
    either: bool,
    /// Most steps of a chain [default: as few as there can be]
    #[arg(long, value_name = "N")]
    longest: Option<usize>,
    /// Most chains
    #[arg(long, value_name = "N", default_value_t = 10)]
    most: usize,
    /// Which relations are steps [default: all; between documents all but addresses, mentions]
    #[arg(long, value_delimiter = ',', value_parser = super::export::relation, value_name = "RELATION")]
    relation: Vec<Relation>,
    #[command(flatten)]
    graph: GraphDir,
    /// How to print the chains
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// A row for each step
    Csv,
    /// The same, as a list of objects
    Json,
}

/// What is a step where nothing else is asked for.
const USUAL: [Relation; 12] = [
    Relation::Cites,
    Relation::Amends,
    Relation::Repeals,
    Relation::Corrects,
    Relation::Establishes,
    Relation::Extends,
    Relation::Terminates,
    Relation::Condemns,
    Relation::PartOf,
    Relation::About,
    Relation::Addresses,
    Relation::Mentions,
];

/// How many of these are steps between two documents.
const DOCUMENTS: usize = 10;

const HEAD: [&str; 10] =
    ["chain", "step", "from", "relation", "to", "verb", "paragraph", "sentence", "from_iri", "to_iri"];

pub fn run(command: &Path, voice: &Voice) -> anyhow::Result<Outcome> {
    let store = store::open(&command.graph.graph)?;
    let all = if command.relation.is_empty() { &USUAL[..] } else { &command.relation };
    let network = Network::load(&store, all)?;
    let (Some(from), Some(to)) =
        (place(&store, &network, &command.from, voice)?, place(&store, &network, &command.to, voice)?)
    else {
        return Ok(Outcome::NothingFound);
    };
    // Between documents a body that both name is no chain of citations.
    let things = [from, to].iter().any(|end| !network.graph[*end].is_document());
    let relations = if command.relation.is_empty() && !things { &USUAL[..DOCUMENTS] } else { all };
    let way = if command.either { Way::Either } else { Way::Forward };
    anyhow::ensure!(command.most > 0, "--most: a number above 0");
    let wanted = Wanted { relations, way, longest: command.longest, most: command.most };
    let found = paths::paths(&network, from, to, &wanted);
    if found.found.is_empty() {
        voice.note(&nothing(&network, [from, to], &wanted));
        return Ok(Outcome::NothingFound);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let mut listing = Listing::new(&HEAD);
    for (number, chain) in found.found.iter().enumerate() {
        let steps: Vec<Step> = chain
            .windows(2)
            .map(|pair| Step::of(&store, &network, [pair[0], pair[1]], relations))
            .collect::<Result<_, _>>()?;
        if command.format == Format::Text {
            print(&network, chain, &steps, &mut out)?;
        } else {
            steps.iter().enumerate().for_each(|(at, step)| listing.push(step.row(number + 1, at + 1)));
        }
    }
    match command.format {
        Format::Text => {}
        Format::Csv => listing.write(Form::Csv, &mut out)?,
        Format::Json => listing.write(Form::Json, &mut out)?,
    }
    out.flush()?;
    if found.more {
        voice.note(&format!("there are more chains than these {}; see --most", command.most));
    } else if found.cut {
        voice.note(
            "the search took too long and was cut off: there may be more and longer chains; try a smaller --longest",
        );
    }
    Ok(Outcome::Done)
}

/// The node that is called so, by any of its names.
pub fn find(store: &Store, network: &Network, name: &str) -> anyhow::Result<Option<NodeIndex>> {
    match network.find(name) {
        Some(node) => Ok(Some(node)),
        None => Ok(evaluate::with_stack(|| show::find(store, name))??.and_then(|node| network.place(node.as_str()))),
    }
}

/// The same; says where there is none.
pub fn place(store: &Store, network: &Network, name: &str, voice: &Voice) -> anyhow::Result<Option<NodeIndex>> {
    let found = find(store, network, name)?;
    if found.is_none() {
        voice.note(&format!("the graph has nothing called {name:?}"));
    }
    Ok(found)
}

/// What is true where no chain was found.
fn nothing(network: &Network, [from, to]: [NodeIndex; 2], wanted: &Wanted<'_>) -> String {
    let [a, b] = [from, to].map(|node| network.graph[node].label.as_str());
    if from == to {
        return format!("{a} is both the beginning and the end");
    }
    let least = |from, to, way| {
        let shortest = Wanted { way, longest: None, most: 1, ..wanted.clone() };
        paths::paths(network, from, to, &shortest).found.first().map(|chain| chain.len() - 1)
    };
    if let (Some(steps), Some(longest)) = (least(from, to, wanted.way), wanted.longest) {
        return format!("no chain of at most {longest} steps leads from {a} to {b}; the shortest has {steps}");
    }
    let other = match (least(to, from, Way::Forward), least(from, to, Way::Either)) {
        _ if wanted.way == Way::Either => String::new(),
        (Some(steps), _) => format!("; one of {} leads from {b} to {a}", counted(steps)),
        (None, Some(steps)) => {
            format!(", nor from {b} to {a}; with steps either way (--either) there is one of {}", counted(steps))
        }
        (None, None) => ", nor the other way, nor with steps either way".to_owned(),
    };
    format!("no chain leads from {a} to {b}{other}")
}

fn counted(steps: usize) -> String {
    if steps == 1 { "1 step".to_owned() } else { format!("{steps} steps") }
}

/// One step of a chain.
struct Step {
    from: [String; 2],
    relation: String,
    to: [String; 2],
    evidence: Option<Evidence>,
}

impl Step {
    fn of(store: &Store, network: &Network, [a, b]: [NodeIndex; 2], relations: &[Relation]) -> anyhow::Result<Self> {
        let of = |node: NodeIndex| [network.graph[node].label.clone(), network.graph[node].iri.clone()];
        let (from, to) = (of(a), of(b));
        let Some((edge, way)) = paths::step(network, a, b, relations) else {
            return Ok(Self { from, relation: String::new(), to, evidence: None });
        };
        let edge = &network.graph[edge];
        let relation = match way {
            Direction::Outgoing => edge.relation.name(),
            Direction::Incoming => passive(edge.relation),
        };
        let relation = relation.to_owned();
        Ok(Self { from, relation, to, evidence: evidence::best(store, &edge.grounds)? })
    }

    fn row(&self, chain: usize, step: usize) -> Vec<Value> {
        let evidence = self.evidence.as_ref();
        vec![
            json!(chain),
            json!(step),
            json!(self.from[0]),
            json!(self.relation),
            json!(self.to[0]),
            json!(evidence.and_then(|e| e.verb.as_deref())),
            json!(evidence.map(Evidence::part)),
            json!(evidence.map(|e| e.sentence.as_str())),
            json!(self.from[1]),
            json!(self.to[1]),
        ]
    }
}

/// A relation, said of what it points at.
fn passive(relation: Relation) -> &'static str {
    match relation {
        Relation::Cites => "cited by",
        Relation::Amends => "amended by",
        Relation::Repeals => "replaced by",
        Relation::Corrects => "corrected by",
        Relation::Establishes => "established by",
        Relation::Extends => "extended by",
        Relation::Terminates => "ended by",
        Relation::Condemns => "condemned by",
        Relation::Addresses => "addressed by",
        Relation::PartOf => "has as a part",
        Relation::Mentions => "named in",
        Relation::About => "what is told in",
    }
}

fn print(network: &Network, chain: &[NodeIndex], steps: &[Step], out: &mut impl Write) -> io::Result<()> {
    let labels: Vec<&str> = chain.iter().map(|node| network.graph[*node].label.as_str()).collect();
    writeln!(out, "{}", labels.join(" → "))?;
    for step in steps {
        let part = step.evidence.as_ref().map_or("", Evidence::part);
        let verb = step.evidence.as_ref().and_then(|e| e.verb.as_deref());
        let verb = verb.map_or(String::new(), |verb| format!(" ({verb})"));
        writeln!(out, "  {part:6} {} {} {}{verb}", step.from[0], step.relation, step.to[0])?;
        if let Some(evidence) = step.evidence.as_ref().filter(|e| !e.sentence.is_empty()) {
            show::wrapped(out, "         ", &format!("“{}”", evidence.sentence))?;
        }
    }
    writeln!(out)
}

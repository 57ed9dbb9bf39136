//! `similar`: documents like one, and why.

use std::io::{self, BufWriter, Write};

use clap::Args;
use resograph::analysis::similar::{Shared, Similarity};
use resograph::analysis::{Part, everything};
use resograph::graph::Network;
use resograph::graph::network::Relation;
use resograph::store;
use resograph::wording::{self, Paragraphs};
use serde_json::json;

use super::listing::{Form, Listing};
use super::{GraphDir, Outcome, voice::Voice};

/// Find the documents most like one, and say why
#[derive(Debug, Args)]
#[command(
    after_help = "Three things make documents alike: what both cite, what cites both (each a cosine, in which what \
    everything cites weighs little), and wording that both have, as a share of the shorter one's words. The score is \
    their mean, by 0.4, 0.3 and 0.3, of which what \
    a document has nothing of (nothing cites it yet) counts half.\n\n\
    Examples:\n  \
    resograph similar S/RES/2388\n  \
    resograph similar S/RES/1325 -n 50 --format csv\n  \
    resograph similar S/RES/2388 --without-wording       by citations alone, which is faster"
)]
pub struct Similar {
    /// Symbol, path or IRI of a document
    #[arg(value_name = "SYMBOL")]
    name: String,
    /// How many to print; 0: all
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
    most: usize,
    /// Leave out what they share in wording
    #[arg(long)]
    without_wording: bool,
    /// How to print [default: table on a terminal, csv elsewhere]
    #[arg(short, long, value_enum)]
    format: Option<Form>,
    #[command(flatten)]
    graph: GraphDir,
}

/// Documents that are told as reasons, for each.
const REASONS: usize = 3;

pub fn run(command: &Similar, voice: &Voice) -> anyhow::Result<Outcome> {
    let store = store::open(&command.graph.graph)?;
    let network = Network::load(&store, &[Relation::Cites])?;
    let part = Part::of_documents(&network);
    let Some(node) = network.find(&command.name) else {
        voice.note(&format!("the graph has nothing called {:?}", command.name));
        return Ok(Outcome::NothingFound);
    };
    let Some(number) = part.number(node) else {
        anyhow::bail!("{} is no document; bodies, groups and States have no citations to be compared by", command.name);
    };
    let shared = if command.without_wording {
        None
    } else {
        let paragraphs = Paragraphs::load(&store)?;
        let links = wording::reuse(&paragraphs, &wording::Options::default());
        everything::shared(&network, &part, &paragraphs, &links).remove(&number).or_else(|| Some(Shared::new()))
    };
    let similarity = Similarity::new(&part);
    let found = similarity.of(number, shared.as_ref(), if command.most == 0 { usize::MAX } else { command.most });
    let label = |node: u32| network.graph[part.nodes[node as usize]].label.clone();
    let mut listing = Listing::new(&[
        "document",
        "title",
        "year",
        "score",
        "coupling",
        "co_citation",
        "wording",
        "both_cite",
        "cite_both",
    ]);
    for (other, likeness) in &found {
        let about = &network.graph[part.nodes[*other as usize]];
        let why = similarity.why(number, *other).map(|nodes| {
            let more = if nodes.len() > REASONS { format!("; {} in all", nodes.len()) } else { String::new() };
            nodes.into_iter().take(REASONS).map(label).collect::<Vec<_>>().join(", ") + &more
        });
        let [both_cite, cite_both] = why;
        listing.push(vec![
            json!(about.label),
            json!(about.title),
            json!(about.year),
            json!(likeness.score),
            json!(likeness.coupling),
            json!(likeness.co_citation),
            json!(likeness.wording),
            json!(both_cite),
            json!(cite_both),
        ]);
    }
    if found.is_empty() {
        voice.note(&format!(
            "{} shares no citation and no wording with another document of this graph",
            network.graph[node].label
        ));
        return Ok(Outcome::NothingFound);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    listing.write(Form::or_usual(command.format), &mut out)?;
    out.flush()?;
    Ok(Outcome::Done)
}

//! `rank`: which documents matter.

use std::cmp::Ordering;
use std::io::{self, BufWriter, Write};

use clap::{Args, ValueEnum};
use resograph::analysis::rank::{self, Ranks, Sources};
use resograph::store;
use serde_json::json;

use super::listing::{Form, Listing};
use super::part::PartOptions;
use super::{GraphDir, Outcome, voice::Voice};

/// Rank documents by what cites them and what they cite
#[derive(Debug, Args)]
#[command(after_help = "Columns: times cited and citations of others; PageRank (damping 0.85, sums to 1); hub and \
    authority scores (HITS, each sums to 1); betweenness, the share of the shortest chains of citations between two \
    others that lead through it; times cited over the mean of the documents of its organ that are at most two years \
    older or younger. What nothing in the part cites, and what cites nothing there, is left out.\n\n\
    Examples:\n  \
    resograph rank                                                 the twenty documents that matter most\n  \
    resograph rank --by for-age --organ security-council           unusual for their age\n  \
    resograph rank --at 2005-01-01 --by cited                      the network as it stood\n  \
    resograph rank --subject \"arms embargo\" --years 1990-2010\n  \
    resograph rank --relation mentions --kind resolution,body --by cited    bodies by what names them\n  \
    resograph rank --most 0 --format csv > ranks.csv               everything, all digits")]
pub struct Rank {
    /// What to sort by
    #[arg(long, value_enum, default_value_t = By::Pagerank)]
    by: By,
    /// How many to print; 0: all
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
    most: usize,
    /// Documents from which betweenness is worked out; 0: all [default: all, unless that would take minutes]
    #[arg(long, value_name = "N")]
    sources: Option<usize>,
    /// How to print [default: table on a terminal, csv elsewhere]
    #[arg(short, long, value_enum)]
    format: Option<Form>,
    #[command(flatten)]
    part: PartOptions,
    #[command(flatten)]
    graph: GraphDir,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// Times cited
    Cited,
    Pagerank,
    Hub,
    Authority,
    Betweenness,
    /// Times cited, against others of its organ and age
    ForAge,
}

impl By {
    fn value(self, ranks: &Ranks, node: usize) -> f64 {
        match self {
            Self::Cited => f64::from(ranks.times_cited[node]),
            Self::Pagerank => ranks.page_rank[node],
            Self::Hub => ranks.hub[node],
            Self::Authority => ranks.authority[node],
            Self::Betweenness => ranks.betweenness[node],
            Self::ForAge => ranks.for_age[node].unwrap_or(-1.0),
        }
    }
}

pub fn run(command: &Rank, voice: &Voice) -> anyhow::Result<Outcome> {
    let store = store::open(&command.graph.graph)?;
    let (network, part) = command.part.load(&store)?;
    if part.nodes.is_empty() {
        voice.note(command.part.nothing());
        return Ok(Outcome::NothingFound);
    }
    let sources = match command.sources {
        None => rank::sources_for(&part.graph),
        Some(some) if some == 0 || some >= part.nodes.len() => Sources::All,
        Some(some) => Sources::Spread(some),
    };
    if let Sources::Spread(some) = sources {
        voice.note(&format!("betweenness is estimated from {some} documents; --sources 0 takes all of them, and long"));
    }
    let ranks = rank::rank(&network, &part, sources);
    let mut order: Vec<usize> = (0..part.nodes.len()).collect();
    let value = |node: &usize| command.by.value(&ranks, *node);
    order.sort_by(|a, b| value(b).partial_cmp(&value(a)).unwrap_or(Ordering::Equal).then(a.cmp(b)));
    let total = order.len();
    if command.most > 0 {
        order.truncate(command.most);
    }
    let mut listing = Listing::new(&[
        "document",
        "title",
        "year",
        "cited",
        "cites",
        "pagerank",
        "hub",
        "authority",
        "betweenness",
        "for_age",
        "iri",
    ]);
    let form = Form::or_usual(command.format);
    for node in order {
        let about = &network.graph[part.nodes[node]];
        listing.push(vec![
            json!(about.label),
            json!(about.title),
            json!(about.year),
            json!(ranks.times_cited[node]),
            json!(ranks.cites[node]),
            json!(ranks.page_rank[node]),
            json!(ranks.hub[node]),
            json!(ranks.authority[node]),
            json!(ranks.betweenness[node]),
            json!(ranks.for_age[node]),
            json!(about.iri),
        ]);
    }
    if form == Form::Table {
        listing.drop_last_column();
    }
    let mut out = BufWriter::new(io::stdout().lock());
    listing.write(form, &mut out)?;
    out.flush()?;
    voice.note(&format!("{total} documents and things, {} links between them", part.graph.edges()));
    Ok(Outcome::Done)
}

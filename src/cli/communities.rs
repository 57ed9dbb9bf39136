//! `communities`: which documents belong together.

use std::io::{self, BufWriter, Write};

use clap::Args;
use resograph::analysis::communities::{self, Community, Components, Division};
use resograph::analysis::{Part, names};
use resograph::graph::Network;
use resograph::graph::network::Relation;
use resograph::store::{self, Store};
use serde_json::json;

use super::listing::{Form, Listing};
use super::part::PartOptions;
use super::{GraphDir, Outcome, voice::Voice};

/// Find documents that belong together because they cite one another
#[derive(Debug, Args)]
#[command(
    after_help = "The Leiden method, for modularity, links taken without direction. A community is named by the \
    subjects that its documents have more than others do, or by whom they name, and by the documents that its \
    members cite most.\n\n\
    Examples:\n  \
    resograph communities\n  \
    resograph communities --organ security-council --years 1990-2020 --resolution 2\n  \
    resograph communities --members --format csv > communities.csv    the community of every document"
)]
pub struct Communities {
    /// Higher: more and smaller communities
    #[arg(long, value_name = "NUMBER", default_value_t = 1.0)]
    resolution: f64,
    /// Only communities of at least so many documents
    #[arg(long, value_name = "N", default_value_t = 3)]
    least: usize,
    /// A row for every document, in place of every community
    #[arg(long)]
    members: bool,
    /// How to print [default: table on a terminal, csv elsewhere]
    #[arg(short, long, value_enum)]
    format: Option<Form>,
    #[command(flatten)]
    part: PartOptions,
    #[command(flatten)]
    graph: GraphDir,
}

pub fn run(command: &Communities, voice: &Voice) -> anyhow::Result<Outcome> {
    if !(command.resolution.is_finite() && command.resolution > 0.0) {
        anyhow::bail!("--resolution: a number above 0; 1 is usual");
    }
    let store = store::open(&command.graph.graph)?;
    let (network, part) = command.part.load_with(&store, &[Relation::Mentions])?;
    if part.nodes.is_empty() {
        voice.note(command.part.nothing());
        return Ok(Outcome::NothingFound);
    }
    let division = communities::communities(&network, &part, command.resolution);
    let shown: Vec<(usize, &Community)> =
        (1..).zip(&division.communities).filter(|(_, c)| c.members.len() >= command.least).collect();
    let listing =
        if command.members { members(&network, &part, &shown) } else { rows(&store, &network, &part, &shown)? };
    let mut out = BufWriter::new(io::stdout().lock());
    listing.write(Form::or_usual(command.format), &mut out)?;
    out.flush()?;
    voice.note(&summary(&part, &division, shown.len(), command.least));
    Ok(Outcome::found(!shown.is_empty()))
}

fn rows(store: &Store, network: &Network, part: &Part, communities: &[(usize, &Community)]) -> anyhow::Result<Listing> {
    let mut listing = Listing::new(&["community", "documents", "links", "links_out", "about", "typical"]);
    for (number, community) in communities {
        let typical: Vec<&str> =
            community.typical.iter().map(|node| network.graph[part.nodes[*node as usize]].label.as_str()).collect();
        listing.push(vec![
            json!(number),
            json!(community.members.len()),
            json!(community.inner),
            json!(community.outer),
            json!(names::of(store, community)?),
            json!(typical.join("; ")),
        ]);
    }
    Ok(listing)
}

fn members(network: &Network, part: &Part, communities: &[(usize, &Community)]) -> Listing {
    let mut listing = Listing::new(&["community", "document", "title", "year", "iri"]);
    for (number, community) in communities {
        for node in &community.members {
            let node = &network.graph[part.nodes[*node as usize]];
            listing.push(vec![json!(number), json!(node.label), json!(node.title), json!(node.year), json!(node.iri)]);
        }
    }
    listing
}

fn summary(part: &Part, division: &Division, shown: usize, least: usize) -> String {
    let Components { weak, largest_weak, strong, largest_strong } = communities::components(&part.graph);
    format!(
        "{} documents and things, {} links between them; {} communities, {shown} of them of at least {least}; modularity \
         {:.9}; {weak} pieces that nothing links, the largest of {largest_weak}; {strong} sets whose members lead to \
         one another, the largest of {largest_strong}",
        part.nodes.len(),
        part.graph.edges(),
        division.communities.len(),
        division.modularity
    )
}

//! `outdated`: citations of what has been replaced since, and mandates past their last day.

use std::io::{self, BufWriter, Write};

use anyhow::anyhow;
use clap::Args;
use jiff::civil::Date;
use resograph::analysis::evidence::Evidence;
use resograph::analysis::lineage::Lineage;
use resograph::analysis::outdated::{self, Outdated, Reliance};
use resograph::graph::Network;
use resograph::graph::network::Relation;
use resograph::store;
use serde_json::json;

use super::listing::{Form, Listing};
use super::{GraphDir, Outcome, path, voice::Voice};

/// List the citations of what an earlier document had replaced or ended, and the mandates past their last day
#[derive(Debug, Args)]
#[command(after_help = "To recall a past resolution is no error: only citations that rely on what was replaced, or \
    uphold it, are listed, unless --all asks for the others as well.\n\nExamples:\n  \
    resograph outdated\n  \
    resograph outdated S/RES/2388\n  \
    resograph outdated --all --format csv > all.csv\n  \
    resograph outdated --mandates --at 2012-01-01")]
pub struct OutdatedOf {
    /// Only the citations of this document
    #[arg(value_name = "SYMBOL")]
    name: Option<String>,
    /// Also what only recalls, cites another part, or cites the replacement as well
    #[arg(long, conflicts_with = "mandates")]
    all: bool,
    /// The mandates past their last day, in place of citations
    #[arg(long, conflicts_with = "name")]
    mandates: bool,
    /// Past their last day on this date [default: that of the newest document of the graph]
    #[arg(long, value_name = "DATE", requires = "mandates", value_parser = day)]
    at: Option<Date>,
    #[command(flatten)]
    graph: GraphDir,
    /// How to print the rows [default: table on a terminal, else csv]
    #[arg(long, value_enum)]
    format: Option<Form>,
}

fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "this is not a date, such as 2012-01-01".to_owned())
}

pub fn run(command: &OutdatedOf, voice: &Voice) -> anyhow::Result<Outcome> {
    let store = store::open(&command.graph.graph)?;
    let network = Network::load(&store, &[Relation::Cites, Relation::Repeals])?;
    let listing = if command.mandates {
        let Some(at) = command.at.or_else(|| outdated::newest(&network)) else {
            return Err(anyhow!("no document of the graph has a date; say with --at on which day"));
        };
        voice.note(&format!("on {at}{}", if command.at.is_none() { ", the date of the newest document" } else { "" }));
        mandates(&outdated::mandates(&store, at)?)
    } else {
        let of = match &command.name {
            Some(name) => match path::place(&store, &network, name, voice)? {
                Some(node) => Some(node),
                None => return Ok(Outcome::NothingFound),
            },
            None => None,
        };
        let all = outdated::citations(&store, &network, of)?;
        let shown: Vec<&Outdated> = all.iter().filter(|o| command.all || o.reliance <= Reliance::Upholds).collect();
        let left = all.len() - shown.len();
        if left > 0 {
            voice.note(&format!(
                "{left} more only recall, cite another part, or cite the replacement as well; see --all"
            ));
        }
        citations(&network, &shown)
    };
    if listing.is_empty() {
        voice.note("nothing found");
        return Ok(Outcome::NothingFound);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    listing.write(Form::or_usual(command.format), &mut out)?;
    out.flush()?;
    Ok(Outcome::Done)
}

fn citations(network: &Network, all: &[&Outdated]) -> Listing {
    let head = ["how", "document", "date", "paragraph", "verb", "cites", "replaced", "by", "sentence", "replacement"];
    let mut listing = Listing::new(&head);
    for one in all {
        let [citing, cited, by] = [one.citing, one.cited, one.by].map(|node| &network.graph[node]);
        listing.push(vec![
            json!(one.reliance.name()),
            json!(citing.label),
            json!(citing.date.map(|d| d.to_string())),
            json!(one.citation.part()),
            json!(one.citation.verb),
            json!(cited.label),
            json!(one.replaced.to_string()),
            json!(by.label),
            json!(one.citation.sentence),
            json!(one.replacement.sentence),
        ]);
    }
    listing
}

fn mandates(all: &[(Date, Lineage)]) -> Listing {
    let mut listing = Listing::new(&["until", "basis", "body", "document", "date", "paragraph", "sentence"]);
    for (until, life) in all {
        let Some(event) = life.events.iter().rev().find(|e| e.until == Some(*until)) else { continue };
        listing.push(vec![
            json!(until.to_string()),
            json!(event.basis.name()),
            json!(life.label),
            json!(event.label),
            json!(event.date.map(|d| d.to_string())),
            json!(event.evidence.as_ref().map(Evidence::part)),
            json!(event.evidence.as_ref().map(|e| e.sentence.as_str())),
        ]);
    }
    listing
}

//! Which part of the network an analysis looks at.

use std::ops::RangeInclusive;

use clap::Args;
use jiff::civil::Date;
use resograph::analysis::{Filter, Part};
use resograph::graph::Network;
use resograph::graph::network::{Kind, Relation};
use resograph::store::Store;
use resograph::symbol::Organ;

use super::export::{kind, relation, years};

/// Options of analyses of the network.
#[derive(Debug, Args)]
#[command(next_help_heading = "Part of the network")]
pub struct PartOptions {
    /// The relations that count [default: cites]
    #[arg(long, value_delimiter = ',', value_parser = relation, value_name = "RELATION")]
    relation: Vec<Relation>,
    /// Only documents of these organs: security-council, general-assembly, human-rights-council ...
    #[arg(long, value_delimiter = ',', value_parser = organ, value_name = "ORGAN")]
    organ: Vec<Organ>,
    /// Only these kinds: resolution, statement, report, instrument ... [default: all but article and text]
    #[arg(long, value_delimiter = ',', value_parser = kind, value_name = "KIND")]
    kind: Vec<Kind>,
    /// Only documents of these years
    #[arg(long, value_parser = years, value_name = "FROM-TO", allow_hyphen_values = true)]
    years: Option<RangeInclusive<i32>>,
    /// Only documents about a subject with these words
    #[arg(long, value_name = "WORDS", value_parser = words)]
    subject: Vec<String>,
    /// The network as it stood at the end of a day: 2005-01-01
    #[arg(long, value_name = "DATE")]
    at: Option<Date>,
}

fn words(text: &str) -> Result<String, String> {
    if text.chars().any(char::is_alphanumeric) { Ok(text.to_owned()) } else { Err("words such as arms embargo".into()) }
}

/// `security-council`, `Security Council`
fn organ(text: &str) -> Result<Organ, String> {
    let name = |organ: Organ| organ.name().map(|name| name.to_lowercase().replace(' ', "-"));
    let wanted = text.trim().to_lowercase().replace(' ', "-");
    Organ::ALL.into_iter().find(|organ| name(*organ).as_ref() == Some(&wanted)).ok_or_else(|| {
        let known: Vec<String> = Organ::ALL.into_iter().filter_map(name).collect();
        format!("one of {}", known.join(", "))
    })
}

impl PartOptions {
    /// The network, and the part that is asked for.
    pub fn load(&self, store: &Store) -> anyhow::Result<(Network, Part)> {
        self.load_with(store, &[])
    }

    /// The same; the network has other relations besides, which the part does not.
    pub fn load_with(&self, store: &Store, besides: &[Relation]) -> anyhow::Result<(Network, Part)> {
        let filter = Filter {
            relations: self.relation.clone(),
            organs: self.organ.clone(),
            kinds: self.kind.clone(),
            years: self.years.clone(),
            subjects: self.subject.clone(),
            at: self.at,
        };
        let network = Network::load(store, &[&filter.relations(), besides].concat())?;
        let part = Part::of(&network, &filter);
        Ok((network, part))
    }

    /// What to say where the part holds nothing.
    pub fn nothing(&self) -> &'static str {
        let narrowed = !(self.relation.is_empty() && self.organ.is_empty() && self.kind.is_empty())
            || self.years.is_some()
            || !self.subject.is_empty()
            || self.at.is_some();
        if narrowed {
            "nothing in this part of the graph says anything of anything else there; widen --relation, --organ, \
             --kind, --years, --subject or --at"
        } else {
            "no document in this graph cites another"
        }
    }
}

//! What analyses found -> triples, to be written back into the graph that they were found in.

use super::network::Network;
use super::triples::{Graph, Triples};
use crate::analysis::Part;
use crate::analysis::communities::{Community, Division};
use crate::analysis::rank::Ranks;
use crate::ontology::vocab as v;

/// Documents that a community must have to be written down.
const LEAST_COMMUNITY: usize = 3;

/// Everything that analyses found in a graph.
#[derive(Debug)]
pub struct Findings<'a> {
    /// The graph.
    pub network: &'a Network,
    /// Its documents and their citations.
    pub part: &'a Part,
    /// Of each document of the part.
    pub ranks: Ranks,
    /// Of the documents of the part.
    pub division: Division,
    /// What each community is called; empty where nothing is known.
    pub names: Vec<String>,
    /// Documents with those most like them, by IRI.
    pub likest: Vec<(&'a str, Vec<&'a str>)>,
    /// Where paragraphs have their wording from.
    pub wording: Vec<Wording<'a>>,
}

/// Where a paragraph has its wording from: IRIs of paragraphs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wording<'a> {
    /// Whose wording.
    pub paragraph: &'a str,
    /// The earlier paragraph that most of its words are from; among those that are as good the latest.
    pub from: &'a str,
    /// The earliest, over any number of steps.
    pub first: &'a str,
    /// Share of the words that are kept, from 0 to 1.
    pub kept: f64,
}

impl Findings<'_> {
    /// The triples that are to be added to a graph of so many, and those that no longer hold: what the data set says of
    /// its own size.
    #[must_use]
    pub fn triples(&self, triples: usize) -> Change {
        let mut t = Triples::default();
        self.ranks(&mut t);
        let communities = self.communities(&mut t);
        for (document, others) in &self.likest {
            let document = t.iri(document);
            for other in others {
                let other = t.iri(other);
                t.add(document, v::RG_SIMILAR_TO, other);
            }
        }
        for Wording { paragraph, from, first, kept } in &self.wording {
            let [paragraph, from, first] = [paragraph, from, first].map(|iri| t.iri(iri));
            t.add(paragraph, v::RG_WORDING_FROM, from);
            t.add(paragraph, v::RG_WORDING_FIRST_IN, first);
            let kept = double(&mut t, *kept);
            t.add(paragraph, v::RG_WORDING_KEPT, kept);
        }
        let set = t.iri_of(self.network.base(), "dataset");
        if communities > 0 {
            let partition = t.iri_of(self.network.base(), "dataset#rg-Community");
            t.add(set, v::VOID_CLASS_PARTITION, partition);
            let class = t.iri(v::RG_COMMUNITY_CLASS);
            t.add(partition, v::VOID_CLASS, class);
            let count = t.integer(communities);
            t.add(partition, v::VOID_ENTITIES, count);
        }
        let mut less = Triples::default();
        let subject = less.iri_of(self.network.base(), "dataset");
        let size = less.integer(triples);
        less.add(subject, v::VOID_TRIPLES, size);
        // Each is stated once; a graph that was just built holds none of them.
        let mut stated = t.triples.clone();
        stated.sort_unstable();
        stated.dedup();
        let size = t.integer(triples + stated.len());
        t.add(set, v::VOID_TRIPLES, size);
        Change { more: t.finish(), less: less.finish() }
    }

    fn iri(&self, node: u32) -> &str {
        &self.network.graph[self.part.nodes[node as usize]].iri
    }

    fn ranks(&self, t: &mut Triples) {
        let ranks = &self.ranks;
        for node in 0..self.part.nodes.len() {
            let document = t.iri(self.iri(node as u32));
            let times = t.integer(ranks.times_cited[node]);
            t.add(document, v::RG_TIMES_CITED, times);
            let values = [
                (v::RG_PAGE_RANK, Some(ranks.page_rank[node])),
                (v::RG_HUB, Some(ranks.hub[node])),
                (v::RG_AUTHORITY, Some(ranks.authority[node])),
                (v::RG_BETWEENNESS, Some(ranks.betweenness[node])),
                (v::RG_CITED_FOR_AGE, ranks.for_age[node]),
            ];
            for (property, value) in values {
                if let Some(value) = value {
                    let value = double(t, value);
                    t.add(document, property, value);
                }
            }
        }
    }

    /// Gives how many communities there are.
    fn communities(&self, t: &mut Triples) -> usize {
        let mut count = 0;
        let large = |(community, _): &(&Community, &String)| community.members.len() >= LEAST_COMMUNITY;
        for (community, name) in self.division.communities.iter().zip(&self.names).filter(large) {
            // Named after its most typical document, so that it keeps its name when others join.
            let Some(typical) = community.typical.first().or(community.members.first()) else { continue };
            let base = self.network.base();
            let iri = self.iri(*typical);
            let path = iri.strip_prefix(base).and_then(|path| path.strip_prefix("id/")).unwrap_or(iri);
            let node = t.iri_of(base, &format!("id/community/{path}"));
            t.a(node, v::RG_COMMUNITY_CLASS);
            let around = &self.network.graph[self.part.nodes[*typical as usize]].label;
            let label = if name.is_empty() { format!("around {around}") } else { format!("{name} (around {around})") };
            let label = t.string(&label);
            t.add(node, v::RDFS_LABEL, label);
            for subject in &community.subjects {
                let subject = t.iri(subject);
                t.add(node, v::ELI_IS_ABOUT, subject);
            }
            for member in &community.members {
                let document = t.iri(self.iri(*member));
                t.add(document, v::RG_COMMUNITY, node);
            }
            count += 1;
        }
        count
    }
}

/// What is to be added to a graph, and what is to be left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Triples to be added.
    pub more: Graph,
    /// Triples of the graph that are left out.
    pub less: Graph,
}

/// A number with eight digits, which any machine finds alike, in the canonical form of `xsd:double`.
fn double(t: &mut Triples, value: f64) -> super::triples::TermId {
    let spelt = spelt(value);
    t.typed(&spelt, v::XSD_DOUBLE)
}

fn spelt(value: f64) -> String {
    let text = format!("{value:.7E}");
    let (digits, exponent) = text.split_once('E').unwrap_or((&text, "0"));
    let digits = digits.trim_end_matches('0');
    let point = if digits.ends_with('.') { "0" } else { "" };
    format!("{digits}{point}E{exponent}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_in_canonical_form() {
        let table =
            [(0.0, "0.0E0"), (1.0, "1.0E0"), (0.023_340_001_4, "2.3340001E-2"), (12.5, "1.25E1"), (0.1, "1.0E-1")];
        for (value, expected) in table {
            assert_eq!(spelt(value), expected);
        }
    }
}

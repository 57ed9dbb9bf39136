//! Which part of the network is looked at.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use jiff::civil::Date;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::Digraph;
use crate::graph::Network;
use crate::graph::iri::slug;
use crate::graph::network::{Kind, Node, Relation};
use crate::symbol::Organ;

/// What a part of the network holds: where a list is empty, anything.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// The relations that count; none: citations.
    pub relations: Vec<Relation>,
    /// Only documents of these organs.
    pub organs: Vec<Organ>,
    /// Only these kinds; none: all but articles about documents and texts that are no documents.
    pub kinds: Vec<Kind>,
    /// Only documents of these years.
    pub years: Option<RangeInclusive<i32>>,
    /// Only documents about one of these: a subject whose name has the words, whole and in their order.
    pub subjects: Vec<String>,
    /// The network as it stood at the end of this day: what was adopted later says nothing.
    pub at: Option<Date>,
}

impl Filter {
    /// The relations that count.
    #[must_use]
    pub fn relations(&self) -> Vec<Relation> {
        if self.relations.is_empty() { vec![Relation::Cites] } else { self.relations.clone() }
    }

    fn admits(&self, node: &Node) -> bool {
        let outside = [Kind::Article, Kind::Text];
        let organ = || node.organ.is_some_and(|organ| self.organs.contains(&organ));
        let year = |years: &RangeInclusive<i32>| node.year.is_some_and(|year| years.contains(&year));
        let about = |wanted: &String| node.subjects.iter().any(|subject| has_words(name_of(subject), &slug(wanted)));
        (self.organs.is_empty() || organ())
            && (if self.kinds.is_empty() { !outside.contains(&node.kind) } else { self.kinds.contains(&node.kind) })
            && self.years.as_ref().is_none_or(year)
            && (self.subjects.is_empty() || self.subjects.iter().any(about))
    }

    /// Whether a document had spoken by the day that is asked for. Of one with a year alone it is certain after that
    /// year only; one without either has not.
    fn has_spoken(&self, node: &Node) -> bool {
        let Some(at) = self.at else { return true };
        match (node.date, node.year) {
            (Some(date), _) => date <= at,
            (None, Some(year)) => {
                year < i32::from(at.year()) || (year == i32::from(at.year()) && (at.month(), at.day()) == (12, 31))
            }
            (None, None) => false,
        }
    }

    /// Whether a document may have been there to be cited.
    fn may_exist(&self, node: &Node) -> bool {
        let Some(at) = self.at else { return true };
        node.date.map_or_else(|| node.year.is_none_or(|year| year <= i32::from(at.year())), |date| date <= at)
    }
}

/// The last part of a subject's IRI.
fn name_of(iri: &str) -> &str {
    iri.rsplit('/').next().unwrap_or(iri)
}

/// Whether a name has some words, whole and in their order.
fn has_words(name: &str, words: &str) -> bool {
    format!("-{name}-").contains(&format!("-{words}-"))
}

/// A part of the network: nodes that something says of one another, by numbers.
#[derive(Debug, Clone)]
pub struct Part {
    /// The nodes of the network, in order; a node's place here is its number in the graph.
    pub nodes: Vec<NodeIndex>,
    /// Who says something of whom.
    pub graph: Digraph,
}

impl Part {
    /// The part that a filter admits. A node that nothing is said of, and that says nothing, is none of it.
    #[must_use]
    pub fn of(network: &Network, filter: &Filter) -> Self {
        let relations = filter.relations();
        let mut edges = Vec::new();
        for edge in network.graph.edge_references().filter(|edge| relations.contains(&edge.weight().relation)) {
            let [from, to] = [edge.source(), edge.target()].map(|node| &network.graph[node]);
            let wanted = filter.admits(from) && filter.admits(to);
            if wanted && edge.source() != edge.target() && filter.has_spoken(from) && filter.may_exist(to) {
                edges.push((edge.source(), edge.target()));
            }
        }
        let nodes: BTreeSet<NodeIndex> = edges.iter().flat_map(|(from, to)| [*from, *to]).collect();
        Self::new(network, nodes.into_iter().collect(), &edges)
    }

    /// All documents and their citations, those among them that cite nothing and that nothing cites.
    #[must_use]
    pub fn of_documents(network: &Network) -> Self {
        let is_document = |node: &NodeIndex| network.graph[*node].is_document();
        let nodes: Vec<NodeIndex> = network.graph.node_indices().filter(is_document).collect();
        let cites = network.graph.edge_references().filter(|edge| edge.weight().relation == Relation::Cites);
        let edges: Vec<_> = cites.map(|edge| (edge.source(), edge.target())).collect();
        Self::new(network, nodes, &edges)
    }

    /// Of nodes, in order, and those of the edges that are between them.
    fn new(network: &Network, nodes: Vec<NodeIndex>, edges: &[(NodeIndex, NodeIndex)]) -> Self {
        let mut numbers = vec![u32::MAX; network.graph.node_count()];
        for (number, node) in (0..).zip(&nodes) {
            numbers[node.index()] = number;
        }
        let number = |node: &NodeIndex| Some(numbers[node.index()]).filter(|number| *number != u32::MAX);
        let edges: Vec<(u32, u32)> = edges.iter().filter_map(|(from, to)| Some((number(from)?, number(to)?))).collect();
        let graph = Digraph::new(nodes.len(), &edges);
        Self { nodes, graph }
    }

    /// The number of a node, where it is part of it.
    #[must_use]
    pub fn number(&self, node: NodeIndex) -> Option<u32> {
        self.nodes.binary_search(&node).ok().map(|number| number as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_are_named_in_any_spelling() {
        for spelling in ["Counter-terrorism", "counter terrorism", "counter-terrorism", " COUNTER-Terrorism "] {
            assert!(has_words("counter-terrorism", &slug(spelling)), "{spelling}");
        }
        // As the graph spells it in the IRI.
        assert!(has_words("côte-divoire", &slug("Côte d'Ivoire")));
        let table =
            [("soil-conservation", "oil", false), ("oil-embargo", "oil", true), ("arms-embargo", "arms-embargo", true)];
        for (name, words, expected) in table {
            assert_eq!(has_words(name, words), expected, "{words} in {name}");
        }
    }
}

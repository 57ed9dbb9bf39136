//! Which documents belong together, because they cite one another more than others do.

use std::collections::{BTreeMap, HashMap};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::unionfind::UnionFind;
use petgraph::visit::EdgeRef;

use super::leiden::{self, Weighted};
use super::{Digraph, Part};
use crate::graph::Network;
use crate::graph::network::Relation;

/// Subjects and words that a community is named by, at most.
const MOST_NAMES: usize = 4;
/// Documents that are shown for a community, at most.
const MOST_TYPICAL: usize = 5;

/// How the nodes of a part hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Components {
    /// Pieces that no link leads between, whichever way links point.
    pub weak: usize,
    /// Nodes of the largest of them.
    pub largest_weak: usize,
    /// Sets of nodes that lead to one another, single ones counted.
    pub strong: usize,
    /// Nodes of the largest of them.
    pub largest_strong: usize,
}

/// Counts the pieces that a graph falls into.
#[must_use]
pub fn components(graph: &Digraph) -> Components {
    let count = graph.nodes();
    let edges = || (0..count as u32).flat_map(|node| graph.out.of(node).iter().map(move |to| (node, *to)));
    let mut sets = UnionFind::new(count);
    for (from, to) in edges() {
        sets.union(from, to);
    }
    let mut sizes: HashMap<u32, usize> = HashMap::new();
    for root in sets.into_labeling() {
        *sizes.entry(root).or_default() += 1;
    }
    let mut directed: DiGraph<(), (), u32> = DiGraph::with_capacity(count, graph.edges());
    for _ in 0..count {
        directed.add_node(());
    }
    directed.extend_with_edges(edges());
    let strong = kosaraju_scc(&directed);
    Components {
        weak: sizes.len(),
        largest_weak: sizes.values().copied().max().unwrap_or_default(),
        strong: strong.len(),
        largest_strong: strong.iter().map(Vec::len).max().unwrap_or_default(),
    }
}

/// Documents that cite one another more than others.
#[derive(Debug, Clone, PartialEq)]
pub struct Community {
    /// Its members, by number, in order.
    pub members: Vec<u32>,
    /// Links between two members.
    pub inner: usize,
    /// Links between a member and another document.
    pub outer: usize,
    /// What its members are about more than others: IRIs of subjects, the most telling first.
    pub subjects: Vec<String>,
    /// Bodies, groups and States that its members name more than others do: labels, where the network holds what documents
    /// mention.
    pub named: Vec<String>,
    /// The members that other members cite most, the most cited first.
    pub typical: Vec<u32>,
}

/// A division of all nodes into communities.
#[derive(Debug, Clone, PartialEq)]
pub struct Division {
    /// The largest first; among equals in order of their first members.
    pub communities: Vec<Community>,
    /// Modularity of the division, links taken without direction.
    pub modularity: f64,
}

/// The communities of a part, by the Leiden method for modularity. A higher `resolution` gives more and smaller ones; 1
/// is usual.
#[must_use]
pub fn communities(network: &Network, part: &Part, resolution: f64) -> Division {
    let weighted = Weighted::of(&part.graph);
    let labels = leiden::communities(&weighted, resolution);
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (node, label) in (0..).zip(&labels) {
        members.entry(*label).or_default().push(node);
    }
    let mut sets: Vec<Vec<u32>> = members.into_values().collect();
    sets.sort_by_key(|set| (std::cmp::Reverse(set.len()), set.first().copied()));
    let subjects = Telling::new(part, |node| network.graph[node].subjects.clone());
    let named = Telling::new(part, |node| named_by(network, node));
    let describe = |members: Vec<u32>| {
        let label = members.first().map(|node| labels[*node as usize]);
        let within = |node: &&u32| Some(labels[**node as usize]) == label;
        let mut typical: Vec<(usize, u32)> =
            members.iter().map(|node| (part.graph.into.of(*node).iter().filter(within).count(), *node)).collect();
        let inner = typical.iter().map(|(cited, _)| cited).sum();
        let links = |node: &u32| part.graph.into.count(*node) + part.graph.out.count(*node);
        let ends: usize = members.iter().map(links).sum();
        typical.sort_by_key(|(cited, node)| (std::cmp::Reverse(*cited), *node));
        typical.retain(|(cited, _)| *cited > 0);
        Community {
            inner,
            outer: ends - 2 * inner,
            subjects: subjects.most(part, &members),
            named: named.most(part, &members),
            typical: typical.into_iter().take(MOST_TYPICAL).map(|(_, node)| node).collect(),
            members,
        }
    };
    Division {
        communities: sets.into_iter().map(describe).collect(),
        modularity: leiden::modularity(&weighted, &labels, 1.0),
    }
}

/// The things that a document names.
fn named_by(network: &Network, node: NodeIndex) -> Vec<String> {
    let edges = network.graph.edges(node).filter(|edge| edge.weight().relation == Relation::Mentions);
    let mut labels: Vec<String> = edges.map(|edge| network.graph[edge.target()].label.clone()).collect();
    labels.sort();
    labels.dedup();
    labels
}

/// How many documents have each feature, against which a community's features are held.
struct Telling<F> {
    features: F,
    all: HashMap<String, usize>,
    documents: usize,
}

impl<F: Fn(NodeIndex) -> Vec<String>> Telling<F> {
    fn new(part: &Part, features: F) -> Self {
        let mut all = HashMap::new();
        let mut documents = 0;
        for node in &part.nodes {
            let found = features(*node);
            documents += usize::from(!found.is_empty());
            for feature in found {
                *all.entry(feature).or_default() += 1;
            }
        }
        Self { features, all, documents }
    }

    /// The features that members have more often than documents at large: by the share of members times the logarithm of
    /// how much more often that is. What only one member has says nothing of the others.
    fn most(&self, part: &Part, members: &[u32]) -> Vec<String> {
        let mut here: BTreeMap<String, usize> = BTreeMap::new();
        let mut documents = 0_usize;
        for member in members {
            let found = (self.features)(part.nodes[*member as usize]);
            documents += usize::from(!found.is_empty());
            for feature in found {
                *here.entry(feature).or_default() += 1;
            }
        }
        let mut ranked: Vec<(f64, String)> = here
            .into_iter()
            .filter(|(_, count)| *count > 1)
            .map(|(feature, count)| {
                let share = count as f64 / documents as f64;
                let usual = self.all[&feature] as f64 / self.documents as f64;
                (share * (share / usual).ln(), feature)
            })
            .filter(|(telling, _)| *telling > 0.0)
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        ranked.into_iter().take(MOST_NAMES).map(|(_, feature)| feature).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_counted_with_and_without_direction() {
        // 0 and 1 cite each other; 2 cites 1; 3 cites 4.
        let graph = Digraph::new(5, &[(0, 1), (1, 0), (2, 1), (3, 4)]);
        let expected = Components { weak: 2, largest_weak: 3, strong: 4, largest_strong: 2 };
        assert_eq!(components(&graph), expected);
    }
}

//! Chains of citations from one document to another: "A cites ... cites B".
//!
//! A breadth-first search backwards from the end gives every node's distance to it; the chains are then walked from the
//! start, shortest first, and no step is taken from which the end cannot be reached in the steps that are left.

use std::collections::{BTreeSet, VecDeque};

use petgraph::Direction;
use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::graph::Network;
use crate::graph::network::Relation;

/// Which way the edges of a chain may point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// From what cites to what is cited.
    Forward,
    /// Each step either way.
    Either,
}

/// What chains are wanted.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// Which relations are steps.
    pub relations: &'a [Relation],
    /// Which way they point.
    pub way: Way,
    /// Most steps; `None` for the fewest that there can be.
    pub longest: Option<usize>,
    /// Most chains.
    pub most: usize,
}

/// The chains that were found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paths {
    /// Shortest first, then in order of their nodes; each from start to end.
    pub found: Vec<Vec<NodeIndex>>,
    /// Whether there are more than were wanted.
    pub more: bool,
    /// Whether the search was cut off: there may be more, longer ones.
    pub cut: bool,
}

/// Steps that are tried before a search is given up: some seconds.
const MOST_STEPS: usize = 1_000_000;

/// Chains without a repeated node from one node to another; none from a node to itself.
#[must_use]
pub fn paths(network: &Network, from: NodeIndex, to: NodeIndex, wanted: &Wanted<'_>) -> Paths {
    let mut paths = Paths::default();
    let distances = distances(network, to, wanted);
    let Some(shortest) = distances[from.index()].filter(|_| from != to) else { return paths };
    let longest = wanted.longest.unwrap_or(shortest);
    let mut walk = Walk { network, to, wanted, distances, path: vec![from], left: MOST_STEPS, paths: &mut paths };
    for length in shortest..=longest {
        walk.on(length);
        if walk.paths.more || walk.paths.cut {
            break;
        }
    }
    paths
}

/// How many steps lead from each node to `to`.
fn distances(network: &Network, to: NodeIndex, wanted: &Wanted<'_>) -> Vec<Option<usize>> {
    let mut distances = vec![None; network.graph.node_count()];
    distances[to.index()] = Some(0);
    let mut queue = VecDeque::from([(to, 0)]);
    while let Some((node, distance)) = queue.pop_front() {
        for next in neighbours(network, node, wanted, Direction::Incoming) {
            if distances[next.index()].is_none() {
                distances[next.index()] = Some(distance + 1);
                queue.push_back((next, distance + 1));
            }
        }
    }
    distances
}

/// The nodes one step away, in order.
fn neighbours(network: &Network, node: NodeIndex, wanted: &Wanted<'_>, along: Direction) -> BTreeSet<NodeIndex> {
    let ways = match wanted.way {
        Way::Forward => &[along][..],
        Way::Either => &[Direction::Outgoing, Direction::Incoming],
    };
    let mut all = BTreeSet::new();
    for way in ways {
        for edge in network.graph.edges_directed(node, *way) {
            if wanted.relations.contains(&edge.weight().relation) {
                all.insert(if *way == Direction::Outgoing { edge.target() } else { edge.source() });
            }
        }
    }
    all
}

/// A walk from the start on its way to the end.
struct Walk<'a> {
    network: &'a Network,
    to: NodeIndex,
    wanted: &'a Wanted<'a>,
    distances: Vec<Option<usize>>,
    path: Vec<NodeIndex>,
    /// Steps that may still be tried.
    left: usize,
    paths: &'a mut Paths,
}

impl Walk<'_> {
    /// Walks on along every way that ends after exactly `left` steps.
    fn on(&mut self, left: usize) {
        let Some(&here) = self.path.last() else { return };
        if here == self.to {
            if left == 0 {
                self.paths.more = self.paths.found.len() == self.wanted.most;
                if !self.paths.more {
                    self.paths.found.push(self.path.clone());
                }
            }
            return;
        }
        for next in neighbours(self.network, here, self.wanted, Direction::Outgoing) {
            let reaches = self.distances[next.index()].is_some_and(|distance| distance < left);
            if self.paths.more || self.paths.cut || !reaches || self.path.contains(&next) {
                continue;
            }
            // Where all ways lead through a node that was passed already, nearly all of them are tried in vain.
            self.left -= 1;
            self.paths.cut = self.left == 0;
            self.path.push(next);
            self.on(left - 1);
            self.path.pop();
        }
    }
}

/// The edge that makes a step, and whether it points the way of the chain: citations first, then in order of the
/// relations; the way of the chain first.
#[must_use]
pub fn step(
    network: &Network,
    from: NodeIndex,
    to: NodeIndex,
    relations: &[Relation],
) -> Option<(EdgeIndex, Direction)> {
    let between = |a, b, way| {
        let edges = network.graph.edges_connecting(a, b).filter(|e| relations.contains(&e.weight().relation));
        edges.min_by_key(|e| e.weight().relation).map(|e| (e.id(), way))
    };
    between(from, to, Direction::Outgoing).or_else(|| between(to, from, Direction::Incoming))
}

#[cfg(test)]
mod tests;

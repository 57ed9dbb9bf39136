//! Which part of the graph is exported.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use petgraph::Direction;
use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use super::ExportError;
use super::layout::Layout;
use crate::graph::Network;
use crate::graph::network::{Kind, Relation};

/// Relations that are exported unless others are asked for: what documents do to each other, and
/// what they found, extend, end and condemn. Mere mentions would drown them.
pub const USUAL: [Relation; 9] = [
    Relation::Cites,
    Relation::Amends,
    Relation::Repeals,
    Relation::Corrects,
    Relation::Establishes,
    Relation::Extends,
    Relation::Terminates,
    Relation::Condemns,
    Relation::About,
];

/// Which edges lead away from the root.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Way {
    /// Both ways.
    #[default]
    Both,
    /// What the root rests on.
    Out,
    /// What rests on the root.
    In,
}

/// What a drawing puts into one box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cluster {
    /// Documents of a kind.
    #[default]
    Kind,
    /// Documents of a year.
    Year,
    /// No boxes.
    None,
}

/// The part of the graph to export.
#[derive(Debug, Clone)]
pub struct Options {
    /// Symbol, path or IRI of the node to start from; the whole graph without one.
    pub root: Option<String>,
    /// How many edges away from the root.
    pub depth: usize,
    /// Which edges lead away from it.
    pub way: Way,
    /// Relations; [`USUAL`] where empty.
    pub relations: Vec<Relation>,
    /// Kinds of nodes; all where empty. The root always counts.
    pub kinds: Vec<Kind>,
    /// Years; nodes without a year always count.
    pub years: Option<RangeInclusive<i32>>,
    /// What a drawing puts into one box.
    pub cluster: Cluster,
    /// Where a drawing places its nodes; by how many there are where nothing is said.
    pub layout: Option<Layout>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            root: None,
            depth: 1,
            way: Way::Both,
            relations: Vec::new(),
            kinds: Vec::new(),
            years: None,
            cluster: Cluster::Kind,
            layout: None,
        }
    }
}

impl Options {
    /// The relations to export.
    #[must_use]
    pub fn relations(&self) -> Vec<Relation> {
        if self.relations.is_empty() { USUAL.to_vec() } else { self.relations.clone() }
    }

    /// Whether everything is exported.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.root.is_none() && self.relations.is_empty() && self.kinds.is_empty() && self.years.is_none()
    }

    fn admits(&self, network: &Network, node: NodeIndex) -> bool {
        let node = &network.graph[node];
        let in_time = |years: &RangeInclusive<i32>| node.year.is_none_or(|year| years.contains(&year));
        (self.kinds.is_empty() || self.kinds.contains(&node.kind)) && self.years.as_ref().is_none_or(in_time)
    }
}

/// The chosen nodes and edges, in order of IRI.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// The root, where there is one.
    pub root: Option<NodeIndex>,
    /// Nodes.
    pub nodes: Vec<NodeIndex>,
    /// Edges between them.
    pub edges: Vec<EdgeIndex>,
}

/// Chooses nodes and edges.
///
/// Around a root, an edge counts where it lies on a way of at most `depth` steps from it, so that
/// the neighbours of a much-cited document do not bury it under their own citations of each other.
/// Without a root, nodes without an edge are left out.
///
/// # Errors
/// When the root is not in the network.
pub fn select(network: &Network, options: &Options) -> Result<Selection, ExportError> {
    let Some(name) = &options.root else {
        let admitted: BTreeSet<NodeIndex> =
            network.graph.node_indices().filter(|n| options.admits(network, *n)).collect();
        let edges: Vec<EdgeIndex> = network
            .graph
            .edge_references()
            .filter(|e| admitted.contains(&e.source()) && admitted.contains(&e.target()))
            .map(|e| e.id())
            .collect();
        let ends = edges.iter().filter_map(|e| network.graph.edge_endpoints(*e));
        let nodes: BTreeSet<NodeIndex> = ends.flat_map(|(from, to)| [from, to]).collect();
        return Ok(Selection { root: None, nodes: nodes.into_iter().collect(), edges });
    };
    let root = network.find(name).ok_or_else(|| ExportError::UnknownRoot(name.clone()))?;
    let ways: &[Direction] = match options.way {
        Way::Both => &[Direction::Outgoing, Direction::Incoming],
        Way::Out => &[Direction::Outgoing],
        Way::In => &[Direction::Incoming],
    };
    let mut nodes = BTreeSet::from([root]);
    let mut edges = BTreeSet::new();
    let mut border = vec![root];
    for _ in 0..options.depth {
        let mut next = Vec::new();
        for node in border {
            for way in ways {
                for edge in network.graph.edges_directed(node, *way) {
                    let other = if *way == Direction::Outgoing { edge.target() } else { edge.source() };
                    if !options.admits(network, other) && other != root {
                        continue;
                    }
                    edges.insert(edge.id());
                    if nodes.insert(other) {
                        next.push(other);
                    }
                }
            }
        }
        border = next;
    }
    Ok(Selection { root: Some(root), nodes: nodes.into_iter().collect(), edges: edges.into_iter().collect() })
}

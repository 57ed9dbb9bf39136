//! **analysis**: what the graph says that no list of citations does. Each takes a [`crate::graph::Network`] or plain
//! edges and gives typed results; nothing here prints or writes.
//!
//! A [`Filter`] says which part of the network is looked at, [`Part`] is that part as numbered nodes in a [`Digraph`],
//! which [`mod@rank`] works on.

mod digraph;
mod part;
pub mod communities;
pub mod everything;
mod leiden;
pub mod names;
pub mod rank;
pub mod similar;
pub mod evidence;
pub mod paths;
pub mod lineage;
pub mod main_path;
pub mod outdated;

pub use digraph::{Digraph, Rows};
pub use part::{Filter, Part};

/// The community of each node of a graph, by the Leiden method for modularity.
#[must_use]
pub fn leiden_communities(graph: &Digraph) -> Vec<u32> {
    leiden::communities(&leiden::Weighted::of(graph), 1.0)
}

//! **analysis**: what the graph says that no list of citations does. Each takes a [`crate::graph::Network`] or plain
//! edges and gives typed results; nothing here prints or writes.
//!
//! A [`Filter`] says which part of the network is looked at, [`Part`] is that part as numbered nodes in a [`Digraph`],
//! which [`mod@rank`] works on.

mod digraph;
mod part;
pub mod communities;
mod leiden;
pub mod names;
pub mod rank;
pub mod similar;

pub use digraph::{Digraph, Rows};
pub use part::{Filter, Part};

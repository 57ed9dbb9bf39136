//! **analysis**: what the graph says that no list of citations does. Each takes a [`crate::graph::Network`] or plain
//! edges and gives typed results; nothing here prints or writes.

pub mod evidence;
pub mod paths;
pub mod lineage;
pub mod main_path;
pub mod outdated;

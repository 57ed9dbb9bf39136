//! Queries run in processes of their own.
//!
//! Nothing within a process bounds a query in truth: planning asks no token, sorting and joining ask it
//! seldom, and memory that is wanted cannot be refused without ending all of it. A worker is a process
//! that maps the same graph file, answers one query at a time, and may be killed at any moment: by
//! the time that a query has, by the system at the memory that it may have, by its client's going away.
//! What it costs is a few milliseconds for the next one to start.
//!
//! - [`message`]: what is asked and told over the two pipes;
//! - [`process`]: the worker itself;
//! - [`keeper`]: who starts, feeds and kills them.

pub(super) mod keeper;
pub mod message;
pub mod process;

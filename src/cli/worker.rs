//! `worker`: the other end of `serve`, which starts it; nobody calls it by hand.

use std::io;
use std::path::PathBuf;

use clap::Args;
use resograph::serve::elsewhere::Elsewhere;
use resograph::serve::worker::process::{self, Limits};
use resograph::store;

use super::Outcome;

/// Answer the queries of a server, which starts this itself
#[derive(Debug, Args)]
pub struct Worker {
    /// Folder of the graph
    #[arg(long, value_name = "DIR")]
    graph: PathBuf,
    /// Folder in it of the graph as it was built
    #[arg(long, value_name = "NAME")]
    version_folder: String,
    /// File of the graph
    #[arg(long, value_name = "FILE")]
    file: PathBuf,
    /// Bytes of memory for a query
    #[arg(long, value_name = "BYTES")]
    memory: u64,
    /// Endpoint that a query may ask
    #[arg(long, value_name = "IRI")]
    service: Vec<String>,
}

pub fn run(command: &Worker) -> anyhow::Result<Outcome> {
    let open = || store::reopen(&command.graph, &command.version_folder, &command.file);
    process::run(
        open,
        Limits { memory: command.memory, elsewhere: Elsewhere::listing(command.service.clone()) },
        io::stdin(),
        io::stdout(),
    )?;
    Ok(Outcome::Done)
}

//! `validate`: the graph against its shapes, and what could not be resolved.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use resograph::graph::validate::{SHAPES, validate};
use resograph::store;

use super::{GraphDir, Outcome, query, voice::Voice};

/// Hold the graph against its SHACL shapes, or list what could not be resolved
#[derive(Debug, Args)]
#[command(after_help = "Exit code 2 where a shape is violated.\n\n\
    Examples:\n  \
    resograph validate\n  \
    resograph validate --unresolved > unresolved.csv\n  \
    resograph validate --shapes mine.ttl")]
pub struct Validate {
    #[command(flatten)]
    graph: GraphDir,
    /// Other shapes than those that every graph satisfies
    #[arg(long, value_name = "FILE", conflicts_with = "unresolved")]
    shapes: Option<PathBuf>,
    /// List the citations that could not be resolved, with the reason
    #[arg(long)]
    unresolved: bool,
}

pub fn run(command: &Validate, voice: &Voice) -> anyhow::Result<Outcome> {
    let store = store::open(&command.graph.graph)?;
    if command.unresolved {
        let count = query::run_saved(&store, "unresolved")?;
        return Ok(Outcome::found(count > 0));
    }
    let violations = match &command.shapes {
        None => validate(&store, SHAPES)?,
        Some(file) => {
            let shapes =
                std::fs::read_to_string(file).with_context(|| format!("{}: cannot be read", file.display()))?;
            validate(&store, &shapes).with_context(|| file.display().to_string())?
        }
    };
    let mut out = io::stdout().lock();
    for violation in &violations {
        writeln!(out, "{violation}")?;
    }
    if !violations.is_empty() {
        bail!("{} violations of the shapes", violations.len());
    }
    voice.note(&format!("{} triples satisfy the shapes", store.len()?));
    Ok(Outcome::Done)
}

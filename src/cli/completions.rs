//! `completions` and `man`: what shells and manuals need to know of the command line.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Cli, Outcome};

/// Print a completion script for a shell
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    resograph completions bash > ~/.local/share/bash-completion/completions/resograph\n  \
    resograph completions fish > ~/.config/fish/completions/resograph.fish")]
pub struct Completions {
    /// The shell
    shell: Shell,
}

/// Write the manual pages
#[derive(Debug, Args)]
#[command(hide = true)]
pub struct Man {
    /// Folder to write a page for each command into; without it, the main page goes to stdout
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

pub fn run(command: &Completions) -> anyhow::Result<Outcome> {
    // Into memory first: the generator panics where its writer fails.
    let mut script = Vec::new();
    clap_complete::generate(command.shell, &mut Cli::command(), "resograph", &mut script);
    io::stdout().write_all(&script)?;
    Ok(Outcome::Done)
}

pub fn man(command: &Man) -> anyhow::Result<Outcome> {
    match &command.output {
        Some(dir) => {
            std::fs::create_dir_all(dir).with_context(|| dir.display().to_string())?;
            clap_mangen::generate_to(Cli::command(), dir).with_context(|| dir.display().to_string())?;
        }
        None => clap_mangen::Man::new(Cli::command()).render(&mut io::stdout())?,
    }
    Ok(Outcome::Done)
}

//! The command line: one file a command. Data goes to stdout, everything else to stderr.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use resograph::ontology::Ontology;
use resograph::ontology::vocab::BASE;

mod build;
mod communities;
mod completions;
mod demo;
mod diff;
mod export;
mod extract;
mod inputs;
mod lineage;
mod listing;
mod log;
mod main_path;
mod manifest;
mod outdated;
mod path;
mod marks;
mod part;
mod phrase;
mod query;
mod rank;
mod reuse;
mod serve;
mod show;
mod similar;
mod summary;
mod table;
mod validate;
mod voice;
mod worker;

use voice::Voice;

/// Where `build` writes and the other commands read, unless told otherwise.
const GRAPH: &str = "output/graph";

#[derive(Debug, Parser)]
#[command(
    name = "resograph",
    version,
    about = "From a folder of United Nations documents to a citation knowledge graph",
    long_about = "From a folder of United Nations documents to a citation knowledge graph that can be queried, \
                  drawn, published and checked against its sources.\n\nReads plain text, Markdown, HTML, PDF, DOCX and \
                  Akoma Ntoso XML; finds which document cites which, in which paragraph and how, and which bodies, \
                  groups and States are named; keeps with every fact the sentence it was read in.",
    after_help = "Examples:\n  \
                  resograph demo                                   see it work, on ten bundled documents\n  \
                  resograph build my-documents                     make the graph in output/graph\n  \
                  resograph show \"S/RES/2388 (2017)\"               what one document cites, and what cites it\n  \
                  resograph query --saved most-cited               ask the graph\n  \
                  resograph export --format dot --root S/RES/2388  draw a part of it\n  \
                  resograph serve                                  explore it at http://127.0.0.1:7878/\n\n\
                  Exit codes: 0 done, 1 done but nothing found, 2 an error."
)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
struct Global {
    /// Say nothing but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say more: what was noticed in each file
    #[arg(short, long, global = true)]
    verbose: bool,
    /// Folder with Turtle files of your own: more bodies, groups, instruments, verbs
    #[arg(long, global = true, value_name = "DIR")]
    ontology: Option<PathBuf>,
    /// Files worked on at once [default: one for each processor]
    #[arg(short, long, global = true, value_name = "N")]
    jobs: Option<usize>,
}

impl Global {
    fn load_ontology(&self) -> anyhow::Result<Ontology> {
        Ok(match &self.ontology {
            Some(dir) => Ontology::with_directory(dir)?,
            None => Ontology::bundled()?,
        })
    }
}

/// Base of the IRIs.
#[derive(Debug, Args)]
struct Base {
    /// What every IRI begins with
    #[arg(long, value_name = "IRI", default_value = BASE, value_parser = base_iri)]
    base: String,
}

fn base_iri(text: &str) -> Result<String, String> {
    if oxigraph::model::NamedNode::new(text).is_err() {
        return Err("this is not an absolute IRI, such as https://example.org/un/".into());
    }
    Ok(if text.ends_with('/') { text.to_owned() } else { format!("{text}/") })
}

/// The graph that a command reads.
#[derive(Debug, Args)]
struct GraphDir {
    /// Folder of the graph, as written by "build"
    #[arg(short, long, value_name = "DIR", default_value = GRAPH)]
    graph: PathBuf,
}

#[derive(Debug, Subcommand)]
enum Command {
    Demo(demo::Demo),
    Build(build::Build),
    Extract(extract::Extract),
    Query(query::Query),
    Serve(serve::Serve),
    Export(export::Export),
    Show(show::Show),
    Path(path::Path),
    Lineage(lineage::LineageOf),
    MainPath(main_path::MainPath),
    Outdated(outdated::OutdatedOf),
    Rank(rank::Rank),
    Communities(communities::Communities),
    Reuse(reuse::Reuse),
    Phrase(phrase::Phrase),
    Diff(diff::Diff),
    Similar(similar::Similar),
    Validate(validate::Validate),
    Completions(completions::Completions),
    Man(completions::Man),
    #[command(hide = true)]
    Worker(worker::Worker),
}

/// How a command ended, where it did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Done,
    /// Everything went well, but there was nothing to find.
    NothingFound,
}

impl Outcome {
    fn found(anything: bool) -> Self {
        if anything { Self::Done } else { Self::NothingFound }
    }
}

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let voice = Voice::new(&cli.global);
    if let Some(jobs) = cli.global.jobs {
        // Fails only where the pool exists already, and nothing has asked for it yet.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
    }
    let result = match &cli.command {
        Command::Demo(c) => demo::run(c, &cli.global, &voice),
        Command::Build(c) => build::run(c, &cli.global, &voice),
        Command::Extract(c) => extract::run(c, &cli.global, &voice),
        Command::Query(c) => query::run(c, &voice),
        Command::Serve(c) => serve::run(c, &voice),
        Command::Export(c) => export::run(c, &voice),
        Command::Show(c) => show::run(c, &voice),
        Command::Path(c) => path::run(c, &voice),
        Command::Lineage(c) => lineage::run(c, &voice),
        Command::MainPath(c) => main_path::run(c, &voice),
        Command::Outdated(c) => outdated::run(c, &voice),
        Command::Rank(c) => rank::run(c, &voice),
        Command::Communities(c) => communities::run(c, &voice),
        Command::Reuse(c) => reuse::run(c, &voice),
        Command::Phrase(c) => phrase::run(c, &voice),
        Command::Diff(c) => diff::run(c, &voice),
        Command::Similar(c) => similar::run(c, &voice),
        Command::Validate(c) => validate::run(c, &voice),
        Command::Worker(c) => worker::run(c),
        Command::Completions(c) => completions::run(c),
        Command::Man(c) => completions::man(c),
    };
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::NothingFound) => ExitCode::from(1),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            voice.error(&error);
            ExitCode::from(2)
        }
    }
}

/// Whether the reader of our output has simply had enough (`| head`).
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>();
        io.is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
            || cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind)
                == Some(io::ErrorKind::BrokenPipe)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_of_the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}

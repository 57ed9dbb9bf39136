//! `build`: files and folders -> the graph.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use resograph::graph::{self, Builder};
use resograph::store;

use super::inputs::{self, Inputs};
use super::manifest::Manifest;
use super::summary::{Counter, Counts, Summary};
use super::{Base, GRAPH, Global, Outcome, voice::Voice};

/// Build the graph from files and folders
#[derive(Debug, Args)]
#[command(
    after_help = "Formats are told from content: plain text, Markdown, HTML, PDF with a text layer, DOCX, Akoma Ntoso \
    XML, encyclopaedia articles; *.json and *.jsonl with lines of metadata complete what the documents say. A file that \
    cannot be read costs only itself. Nothing is done where nothing has changed; a build that is stopped leaves the \
    graph as it was.\n\n\
    Examples:\n  \
    resograph build documents/\n  \
    resograph build a.pdf b.html more/ -o output/mine\n  \
    resograph build documents/ --base https://example.org/un/ --ontology my-bodies/"
)]
pub struct Build {
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Folder for the graph
    #[arg(short, long, value_name = "DIR", default_value = GRAPH)]
    output: PathBuf,
    /// Build even where nothing has changed
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    base: Base,
}

pub fn run(command: &Build, global: &Global, voice: &Voice) -> anyhow::Result<Outcome> {
    let summary = build(&command.paths, &command.output, &command.base.base, command.force, global, voice)?;
    if summary.read == 0 && summary.failed > 0 {
        anyhow::bail!("none of the files could be read; no graph was built");
    }
    if summary.triples == 0 {
        voice.warning("there are no documents to read; no graph was built");
        return Ok(Outcome::NothingFound);
    }
    voice.lines(&summary.to_string());
    Ok(Outcome::Done)
}

/// Builds a graph in a folder, or finds that it is there already.
pub fn build(
    paths: &[PathBuf],
    output: &Path,
    base: &str,
    force: bool,
    global: &Global,
    voice: &Voice,
) -> anyhow::Result<Summary> {
    let started = Instant::now();
    let inputs = Inputs::find(paths, voice);
    let mut manifest = Manifest::of(inputs.all(), global.ontology.as_deref(), base)?;
    if let Some(last) = Manifest::of_graph(output).filter(|last| !force && last.same_inputs(&manifest)) {
        voice.note(&format!("nothing has changed since {} was built; --force builds it anew", output.display()));
        return Ok(last.summary);
    }
    let ontology = global.load_ontology()?;
    let (records, mut tally) = inputs::read_records(&inputs, voice);
    let mut counter = Counter::default();
    let mut builder = Builder::new(&ontology, base);
    let work = |processed: &_| (graph::contribution(processed), Counts::of(processed));
    let documents = inputs::process(&inputs, &ontology, voice, work, |(contribution, counts)| {
        builder.push(&contribution);
        counter.add(counts);
        Ok(())
    })?;
    tally.read += documents.read;
    tally.failed += documents.failed + inputs.unreadable;
    let mut summary = Summary { read: tally.read, failed: tally.failed, ..counter.finish() };
    if documents.read == 0 {
        // An empty folder must not wipe out a good graph.
        return Ok(summary);
    }
    records.iter().for_each(|record| builder.push_record(record));
    let graph = builder.finish();
    summary.triples = graph.len();
    summary.seconds = started.elapsed().as_secs_f64();
    manifest.summary = summary;
    store::save(output, &graph, &serde_json::to_vec_pretty(&manifest)?)?;
    Ok(manifest.summary)
}

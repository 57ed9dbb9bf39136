//! `build`: files and folders -> the graph.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::Context;
use clap::Args;
use resograph::Processed;
use resograph::analysis::everything::everything;
use resograph::graph::kept::{Kept, Packed};
use resograph::graph::{self, Assembly, Contribution};
use resograph::store::write::Target;
use resograph::store::{self, Draft, StoreError};

use super::inputs::{self, Inputs};
use super::manifest::{self, Besides, Input, Manifest, Share};
use super::summary::{Counter, Summary};
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
    resograph build documents/ --text --analyse\n  \
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
    /// Index titles, paragraphs and names for full-text search
    #[arg(long)]
    text: bool,
    /// Work out ranks, communities, similar documents and reused wording, and write them into the graph
    #[arg(long, visible_alias = "analyze")]
    analyse: bool,
    #[command(flatten)]
    base: Base,
}

/// How a graph is built.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// Base of the IRIs.
    pub base: &'a str,
    /// Build even where nothing has changed.
    pub force: bool,
    /// What is made besides.
    pub besides: Besides,
}

pub fn run(command: &Build, global: &Global, voice: &Voice) -> anyhow::Result<Outcome> {
    let options = Options {
        base: &command.base.base,
        force: command.force,
        besides: Besides { texts: command.text, analyses: command.analyse },
    };
    let built = build(&command.paths, &command.output, options, global, voice);
    // Whoever serves the graph goes on with the old one, and must be able to say why.
    let summary = built.inspect_err(|error| note_failure(&command.output, error))?;
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

fn note_failure(output: &Path, error: &anyhow::Error) {
    // Another build that is running has not failed.
    if !matches!(error.downcast_ref(), Some(StoreError::Busy(_))) {
        store::note_failure(output, &format!("{error:#}"));
    }
}

/// Builds a graph in a folder, or finds that it is there already. What the files of the last build
/// there contributed is used again, but for those that have changed.
pub fn build(
    paths: &[PathBuf],
    output: &Path,
    options: Options<'_>,
    global: &Global,
    voice: &Voice,
) -> anyhow::Result<Summary> {
    let Options { base, force, besides } = options;
    let started = Instant::now();
    let mut inputs = Inputs::find(paths, voice);
    let mut manifest = Manifest::new(global.ontology.as_deref(), base, besides)?;
    let last = Manifest::of_graph(output).filter(|last| !force && last.same_settings(&manifest));
    let mut digests = BTreeMap::new();
    if let Some(last) = &last {
        digests = manifest::digests(inputs.all());
        let same = |(label, sha256): (&String, &String)| last.inputs.get(label).is_some_and(|l| l.sha256 == *sha256);
        if last.same_besides(&manifest) && digests.len() == last.inputs.len() && digests.iter().all(same) {
            voice.note(&format!("nothing has changed since {} was built; --force builds it anew", output.display()));
            return Ok(last.summary.clone());
        }
    }
    let (records, mut tally) = inputs::read_records(&inputs, voice);
    let all: Vec<_> = inputs.all().map(|file| (file.label.clone(), file.path.clone())).collect();
    let draft = store::draft(output)?;
    let kept = draft.kept()?;
    let unwritten =
        || format!("{}: the graph cannot be written; make room, or write elsewhere with -o", output.display());
    if let Some(last) = &last {
        reuse(&mut inputs, last, &digests, store::kept(output).as_ref(), &kept, &mut manifest)
            .with_context(unwritten)?;
    }
    let ontology = global.load_ontology()?;
    if !inputs.documents.is_empty() {
        let work = |processed: &Processed| {
            let share = graph::contribution(processed);
            Packed::of(&share).map(|packed| (share.path, share.sha256, share.subject.path, packed))
        };
        let documents = inputs::process(&inputs, &ontology, voice, work, |result| {
            let (path, sha256, subject, packed) = result?;
            let share = Some(Share { subject, kept: kept.push(&packed).with_context(unwritten)? });
            manifest.inputs.insert(path, Input { sha256, share });
            Ok(())
        })?;
        tally.failed += documents.failed;
    }
    tally.failed += inputs.unreadable;
    let shares: Vec<Share> = manifest.inputs.values().filter_map(|input| input.share.clone()).collect();
    if shares.is_empty() {
        // An empty folder must not wipe out a good graph.
        return Ok(Summary { read: tally.read, failed: tally.failed, ..Summary::default() });
    }
    let assembly = Assembly::new(&ontology, base, draft.folder())?;
    let mut summary = take_in(&assembly, shares, &kept, voice).with_context(unwritten)?.finish();
    summary.read += tally.read;
    summary.failed = tally.failed;
    let written = assembly.finish(&records, draft.target()?).map_err(store::write_error(draft.folder()));
    let (mut target, mut triples) = written?;
    if besides.analyses {
        (target, triples) = analyse(&draft, voice)?;
    }
    if besides.texts {
        draft.index_texts()?;
    }
    // What could not be read has no share; it is tried again when it has changed.
    for (label, path) in all {
        let digest = digests.get(&label).cloned();
        let sha256 = || digest.unwrap_or_else(|| manifest::digest(&path).unwrap_or_default());
        manifest.inputs.entry(label).or_insert_with(|| Input { sha256: sha256(), share: None });
    }
    summary.triples = triples;
    summary.seconds = started.elapsed().as_secs_f64();
    manifest.summary = summary;
    draft.finish(target, &serde_json::to_vec(&manifest)?)?;
    Ok(manifest.summary)
}

/// Writes what analyses find into the graph that was just written: whatever way it was built, they find the same.
fn analyse(draft: &Draft, voice: &Voice) -> anyhow::Result<(Target, usize)> {
    let bar = voice.bar(1, "analysing");
    let change = everything(&draft.store()?)?;
    let written = draft.enrich(&change)?;
    bar.finish_and_clear();
    Ok(written)
}

/// Takes over what unchanged files contributed to the last build; leaves in `inputs` what must be read.
fn reuse(
    inputs: &mut Inputs,
    last: &Manifest,
    digests: &BTreeMap<String, String>,
    from: Option<&Kept>,
    to: &Kept,
    manifest: &mut Manifest,
) -> io::Result<()> {
    let Some(from) = from else { return Ok(()) };
    let mut changed = Vec::new();
    for file in std::mem::take(&mut inputs.documents) {
        let input = last.inputs.get(&file.label).filter(|input| digests.get(&file.label) == Some(&input.sha256));
        // What is damaged is read anew.
        let share = input.and_then(|input| input.share.as_ref());
        match share.and_then(|share| from.packed(share.kept).ok().map(|packed| (share, packed))) {
            Some((share, packed)) => {
                let share = Share { subject: share.subject.clone(), kept: to.push(&packed)? };
                let sha256 = digests[&file.label].clone();
                manifest.inputs.insert(file.label, Input { sha256, share: Some(share) });
            }
            None => changed.push(file),
        }
    }
    inputs.documents = changed;
    Ok(())
}

/// Brings the contributions into the graph, work by work, on every processor.
fn take_in(assembly: &Assembly<'_>, mut shares: Vec<Share>, kept: &Kept, voice: &Voice) -> anyhow::Result<Counter> {
    shares.sort_by(|a, b| a.subject.cmp(&b.subject));
    let works: Vec<&[Share]> = shares.chunk_by(|a, b| a.subject == b.subject).collect();
    let bar = voice.bar(works.len(), "linking");
    let next = AtomicUsize::new(0);
    let work = || -> io::Result<Counter> {
        let (mut worker, mut counter) = (assembly.worker(), Counter::default());
        while let Some(work) = works.get(next.fetch_add(1, Ordering::Relaxed)) {
            let files: Vec<Contribution> = work.iter().map(|share| kept.read(share.kept)).collect::<Result<_, _>>()?;
            files.iter().for_each(|share| counter.add(share));
            worker.push(&files)?;
            bar.inc(1);
        }
        worker.finish()?;
        Ok(counter)
    };
    let mut all = Counter::default();
    let counters: Vec<io::Result<Counter>> = rayon::broadcast(|_| work());
    for counter in counters {
        all.merge(counter?);
    }
    bar.finish_and_clear();
    Ok(all)
}

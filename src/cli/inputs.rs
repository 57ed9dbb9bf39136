//! From the paths on the command line to what was found in the files: in parallel, each file for
//! itself, so that a bad one costs no other.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Once, mpsc};

use indicatif::ProgressBar;
use rayon::prelude::*;
use resograph::Processed;
use resograph::metadata::Metadata;
use resograph::ontology::Ontology;
use resograph::read::{self, InputFile, InputKind, ReadError};

use super::voice::Voice;

/// Files whose results are held at once: enough to keep every processor busy.
const BATCH: usize = 256;

/// The files behind the paths of a command line.
pub struct Inputs {
    /// Documents, in order.
    pub documents: Vec<InputFile>,
    /// Files with lines of metadata, in order.
    pub records: Vec<InputFile>,
    /// Paths that could not be looked into; each was named in a warning.
    pub unreadable: usize,
}

impl Inputs {
    /// Finds the files; what cannot be looked into is named in a warning.
    pub fn find(paths: &[PathBuf], voice: &Voice) -> Self {
        let found = read::discover(paths);
        for problem in &found.problems {
            voice.warning(&problem.to_string());
        }
        let (documents, records) = found.files.into_iter().partition(|f| f.kind == InputKind::Document);
        Self { documents, records, unreadable: found.problems.len() }
    }

    /// All files.
    pub fn all(&self) -> impl Iterator<Item = &InputFile> {
        self.documents.iter().chain(&self.records)
    }
}

/// How many files were read, and how many not; each of these was named in a warning.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    pub read: usize,
    pub failed: usize,
}

/// What the files of metadata say, a record a document.
pub fn read_records(inputs: &Inputs, voice: &Voice) -> (Vec<Metadata>, Tally) {
    let mut records = Vec::new();
    let mut tally = Tally::default();
    for file in &inputs.records {
        match read::read_records(&file.path, &file.label) {
            Ok(found) => {
                records.extend(found);
                tally.read += 1;
            }
            Err(problem) => {
                voice.warning(&problem.to_string());
                tally.failed += 1;
            }
        }
    }
    (records, tally)
}

/// Reads every document, finds everything in it and makes of it what `work` does, all this on
/// every processor; hands the results to `each` in the order of the files, while more are read.
pub fn process<T: Send>(
    inputs: &Inputs,
    ontology: &Ontology,
    voice: &Voice,
    work: impl Fn(&Processed) -> T + Sync,
    mut each: impl FnMut(T) -> anyhow::Result<()>,
) -> anyhow::Result<Tally> {
    quiet_panics();
    let bar = voice.bar(inputs.documents.len(), "reading");
    let remarked = AtomicUsize::new(0);
    let (sender, batches) = mpsc::sync_channel(1);
    let tally = std::thread::scope(|scope| {
        scope.spawn(|| {
            let sender = sender;
            for batch in inputs.documents.chunks(BATCH) {
                let results: Vec<_> =
                    batch.par_iter().map(|file| process_file(file, ontology, voice, &bar, &remarked, &work)).collect();
                if sender.send(results).is_err() {
                    // Nobody takes what is read any more: writing has failed.
                    return;
                }
            }
        });
        let mut tally = Tally::default();
        for result in batches.into_iter().flatten() {
            match result {
                Some(result) => {
                    tally.read += 1;
                    each(result)?;
                }
                None => tally.failed += 1,
            }
        }
        Ok::<_, anyhow::Error>(tally)
    })?;
    bar.finish_and_clear();
    match remarked.into_inner() {
        0 => {}
        1 => voice.warning("1 file is faulty and was read as far as it goes: --verbose names it"),
        n => voice.warning(&format!("{n} files are faulty and were read as far as they go: --verbose names each")),
    }
    Ok(tally)
}

thread_local! {
    /// Whether this thread catches what panics on it.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Lets a panic that is caught pass without the report that others get.
fn quiet_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !GUARDED.get() {
                usual(info);
            }
        }));
    });
}

fn guarded<T>(work: impl FnOnce() -> T) -> std::thread::Result<T> {
    GUARDED.set(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(false);
    result
}

/// One file; `None` where it cannot be read, which is said.
fn process_file<T>(
    file: &InputFile,
    ontology: &Ontology,
    voice: &Voice,
    bar: &ProgressBar,
    remarked: &AtomicUsize,
    work: &impl Fn(&Processed) -> T,
) -> Option<T> {
    // A panic is a fault of the program; it must not cost the other files their graph.
    let result = guarded(|| {
        let source = read::read_file(&file.path, &file.label)?;
        let processed = resograph::extract(source, ontology);
        if !processed.source.diagnostics.is_empty() || !processed.document.diagnostics.is_empty() {
            remarked.fetch_add(1, Ordering::Relaxed);
        }
        for diagnostic in processed.source.diagnostics.iter().chain(&processed.document.diagnostics) {
            bar.suspend(|| voice.detail(&format!("{}: {diagnostic}", file.label)));
        }
        Ok::<_, ReadError>(work(&processed))
    });
    bar.inc(1);
    let problem = match result {
        Ok(Ok(done)) => return Some(done),
        Ok(Err(error)) => error.to_string(),
        Err(_) => format!("{}: left out: the program failed on it; please report it with the file", file.label),
    };
    bar.suspend(|| voice.warning(&problem));
    None
}

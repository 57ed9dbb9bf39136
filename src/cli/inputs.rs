//! From the paths on the command line to what was found in the files: in parallel, each file for
//! itself, so that a bad one costs no other.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::ProgressBar;
use rayon::prelude::*;
use resograph::Processed;
use resograph::metadata::Metadata;
use resograph::ontology::Ontology;
use resograph::read::{self, InputFile, InputKind, Source};

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

    /// All files, in no particular order.
    pub fn all(&self) -> impl Iterator<Item = &InputFile> {
        self.documents.iter().chain(&self.records)
    }
}

/// Facts from files of metadata, by the path of the symbol they are about.
pub type Facts = BTreeMap<String, Metadata>;

/// Reads the files of metadata; where two speak of one symbol, the first wins and the second fills gaps.
pub fn read_facts(inputs: &Inputs, voice: &Voice) -> Facts {
    let mut facts = Facts::new();
    for file in &inputs.records {
        match read::read_records(&file.path, &file.label) {
            Ok(records) => {
                for record in records {
                    if let Some(symbol) = &record.symbol {
                        facts.entry(symbol.path()).or_default().fill_from(&record);
                    }
                }
            }
            Err(problem) => voice.warning(&problem.to_string()),
        }
    }
    facts
}

/// What became of the documents.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    /// Read.
    pub read: usize,
    /// Not read; each was named in a warning.
    pub failed: usize,
}

/// Reads every document and finds everything in it; hands the results on in the order of the
/// files, each as soon as all before it are done.
pub fn process(
    inputs: &Inputs,
    ontology: &Ontology,
    facts: &Facts,
    voice: &Voice,
    mut each: impl FnMut(Processed) -> anyhow::Result<()>,
) -> anyhow::Result<Tally> {
    let bar = voice.bar(inputs.documents.len(), "reading");
    let failed = AtomicUsize::new(0);
    let mut read = 0;
    for batch in inputs.documents.chunks(BATCH) {
        let results: Vec<_> = batch
            .par_iter()
            .map(|file| {
                let result = process_file(file, ontology, facts, voice, &bar);
                failed.fetch_add(usize::from(result.is_none()), Ordering::Relaxed);
                bar.inc(1);
                result
            })
            .collect();
        for processed in results.into_iter().flatten() {
            read += 1;
            each(processed)?;
        }
    }
    bar.finish_and_clear();
    Ok(Tally { read, failed: failed.into_inner() })
}

/// One file; `None` where it cannot be read, which is said.
fn process_file(file: &InputFile, ontology: &Ontology, facts: &Facts, voice: &Voice, bar: &ProgressBar) -> Option<Processed> {
    let warn = |message: &str| bar.suspend(|| voice.warning(message));
    // A panic is a fault of the program; it must not cost the other files their graph.
    let result = catch_unwind(AssertUnwindSafe(|| {
        let mut source = read::read_file(&file.path, &file.label)?;
        fill(&mut source, facts);
        Ok::<_, read::ReadError>(resograph::extract(source, ontology))
    }));
    match result {
        Ok(Ok(mut processed)) => {
            if let Some(known) = processed.document.symbol.as_ref().and_then(|s| facts.get(&s.path())) {
                processed.document.metadata.fill_from(known);
            }
            for diagnostic in processed.source.diagnostics.iter().chain(&processed.document.diagnostics) {
                bar.suspend(|| voice.detail(&format!("{}: {diagnostic}", file.label)));
            }
            Some(processed)
        }
        Ok(Err(error)) => {
            warn(&error.to_string());
            None
        }
        Err(_) => {
            warn(&format!("{}: left out: the program failed on it; please report it with the file", file.label));
            None
        }
    }
}

/// What the format itself says of the document is completed before its text is read.
fn fill(source: &mut Source, facts: &Facts) {
    if let Some(known) = source.metadata.symbol.as_ref().and_then(|s| facts.get(&s.path())) {
        source.metadata.fill_from(known);
    }
}

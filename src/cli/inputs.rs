//! From the paths on the command line to what was found in the files: in parallel, each file for
//! itself, so that a bad one costs no other.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, Once, PoisonError, mpsc};

use indicatif::ProgressBar;
use resograph::Processed;
use resograph::metadata::Metadata;
use resograph::ontology::Ontology;
use resograph::read::{self, InputFile, InputKind, ReadError};

use super::voice::Voice;

/// How many files ahead of the one whose result is next each thread may be: enough to keep it busy while another works
/// on a long file, and little to hold in memory.
const AHEAD: usize = 16;

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
    let threads = rayon::current_num_threads();
    let queue = Queue::new(threads * AHEAD);
    let (sender, results) = mpsc::channel();
    let tally = std::thread::scope(|scope| {
        let open = Open(&queue);
        for _ in 0..threads.min(inputs.documents.len()) {
            let sender = sender.clone();
            scope.spawn(|| {
                let sender = sender;
                while let Some((index, file)) = queue.take(&inputs.documents) {
                    let result = process_file(file, ontology, voice, &bar, &remarked, &work);
                    if sender.send((index, result)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let mut tally = Tally::default();
        // Results that came before those of earlier files.
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for (index, result) in results {
            waiting.insert(index, result);
            while let Some(result) = waiting.remove(&next) {
                match result {
                    Some(result) => {
                        tally.read += 1;
                        each(result)?;
                    }
                    None => tally.failed += 1,
                }
                next += 1;
                queue.given(next);
            }
        }
        drop(open);
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

/// The files that are taken by threads one by one, none too far ahead of the results that were given on.
struct Queue {
    state: Mutex<State>,
    moved: Condvar,
    most_ahead: usize,
}

/// How far a queue is.
#[derive(Default)]
struct State {
    taken: usize,
    given: usize,
    closed: bool,
}

impl Queue {
    fn new(most_ahead: usize) -> Self {
        Self { state: Mutex::default(), moved: Condvar::new(), most_ahead }
    }

    /// No panic can leave the numbers of a state halfway changed.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next file, once it may be worked on.
    fn take<'a, T>(&self, files: &'a [T]) -> Option<(usize, &'a T)> {
        let mut state = self.state();
        while !state.closed && state.taken < files.len() && state.taken >= state.given + self.most_ahead {
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let file = files.get(state.taken).filter(|_| !state.closed)?;
        state.taken += 1;
        Some((state.taken - 1, file))
    }

    /// So many results were given on.
    fn given(&self, results: usize) {
        self.state().given = results;
        self.moved.notify_all();
    }
}

/// Closes a queue where its results are taken no more, for whatever reason: the threads end with the file they work on.
struct Open<'a>(&'a Queue);

impl Drop for Open<'_> {
    fn drop(&mut self) {
        self.0.state().closed = true;
        self.0.moved.notify_all();
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_thread_takes_a_file_far_ahead_of_the_results() {
        let files = [(); 9];
        let queue = Queue::new(2);
        let taken = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            let open = Open(&queue);
            for _ in 0..3 {
                scope.spawn(|| {
                    while queue.take(&files).is_some() {
                        taken.fetch_add(1, Ordering::SeqCst);
                    }
                });
            }
            for given in 0..5 {
                while taken.load(Ordering::SeqCst) < given + 2 {
                    std::thread::yield_now();
                }
                assert_eq!(taken.load(Ordering::SeqCst), given + 2);
                queue.given(given + 1);
            }
            drop(open);
        });
        // Closed: no more is taken, though more might be.
        assert!(queue.take(&files).is_none());
        assert!(taken.load(Ordering::SeqCst) <= 7);
    }
}

//! Looks whether a newer graph was built or another server has written to this one, and takes that into
//! service; what is wrong with the folder of the graph is said by `/health` and the log, and the graph
//! that is open goes on answering.

use std::io;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::Site;
use super::writing::Writing;
use crate::store::{self, StoreError, changes};

/// How often the folder is looked at: a small file and a list of a few names.
const EVERY: Duration = Duration::from_millis(500);
/// How long changes that cannot be read are left alone: they are read from their beginning then.
const REST: Duration = Duration::from_secs(30);

/// What is wrong beside the graph that is served, and a bell that makes the folder be looked at now.
#[derive(Default)]
pub(super) struct Watch {
    troubles: Mutex<Vec<String>>,
    bell: Mutex<Option<Sender<()>>>,
}

impl Watch {
    /// What is wrong, in sentences.
    pub(super) fn troubles(&self) -> Vec<String> {
        self.troubles.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Has the folder looked at now.
    pub(super) fn look_now(&self) {
        if let Some(bell) = &*self.bell.lock().unwrap_or_else(PoisonError::into_inner) {
            let _ = bell.send(());
        }
    }

    /// Replaces what is wrong; each new trouble is said once, and so is its end.
    fn is_now(&self, troubles: Vec<String>) {
        let mut known = self.troubles.lock().unwrap_or_else(PoisonError::into_inner);
        for trouble in troubles.iter().filter(|trouble| !known.contains(trouble)) {
            tracing::error!("{trouble}");
        }
        if !known.is_empty() && troubles.is_empty() {
            tracing::info!("what was wrong with the folder of the graph is right again");
        }
        *known = troubles;
    }
}

/// Starts to look after the folder of the served graph.
///
/// # Errors
/// When the system gives no thread.
pub(super) fn start(site: &Arc<Site>) -> io::Result<()> {
    let Some(folder) = site.settings.graph.clone() else { return Ok(()) };
    let (bell, rung) = channel();
    *site.watch.bell.lock().unwrap_or_else(PoisonError::into_inner) = Some(bell);
    let site = Arc::clone(site);
    thread::Builder::new().name("watch".into()).spawn(move || look_on(&site, &folder, &rung))?;
    Ok(())
}

fn look_on(site: &Arc<Site>, folder: &Path, rung: &Receiver<()>) {
    let mut known = site.served().version.clone();
    let mut unreadable: Option<(Instant, String)> = None;
    loop {
        let asked = rung.recv_timeout(EVERY).is_ok();
        let mut troubles = Vec::new();
        if let Err(error) = look(site, folder, &mut known, asked) {
            troubles.push(format!("{error}; the graph that was open goes on answering"));
        }
        if asked || unreadable.as_ref().is_none_or(|(since, _)| since.elapsed() > REST) {
            let followed = follow(site, folder, &known);
            unreadable = followed.err().map(|error| (Instant::now(), format!("{error}; changes do not show")));
        }
        troubles.extend(unreadable.iter().map(|(_, trouble)| trouble.clone()));
        troubles.extend(store::broken_build(folder));
        site.watch.is_now(troubles);
    }
}

/// Takes a graph newer than the `known` one into service, where there is one.
fn look(site: &Arc<Site>, folder: &Path, known: &mut String, asked: bool) -> Result<(), StoreError> {
    let version = match store::version_name(folder) {
        // All that there is was written, and nothing was built yet.
        Err(StoreError::Missing(_)) if known.is_empty() && folder.is_dir() => return Ok(()),
        version => version?,
    };
    if version == *known {
        if asked {
            tracing::info!(version, "there is no newer graph");
        }
        return Ok(());
    }
    take(site, folder, &version)?;
    known.clone_from(&version);
    tracing::info!(version, "a newer graph is served");
    Ok(())
}

/// Opens the graph and takes it into service.
fn take(site: &Arc<Site>, folder: &Path, version: &str) -> Result<(), StoreError> {
    // What is written meanwhile waits, to be written to the newer graph.
    let mut writer = site.writing.as_ref().map(Writing::pause);
    let store = store::open(folder)?;
    if let Err(error) = store.open_texts() {
        tracing::debug!("{error}");
    }
    answers(&store)?;
    if let Some(writer) = &mut writer {
        writer.follow(&store)?;
    }
    // A build that ended while this was opened is found the next time.
    site.replace(store, version.to_owned(), store::built(folder));
    drop(writer);
    site.metrics.reloaded();
    super::suggest::prepare(site);
    Ok(())
}

/// Takes in what another server has written to the graph; the one that writes knows it already.
fn follow(site: &Arc<Site>, folder: &Path, version: &str) -> Result<(), StoreError> {
    if site.writing.is_some() {
        return Ok(());
    }
    let store = site.store();
    if store.position().is_some() == changes::exists(folder)? {
        return store.catch_up(None);
    }
    take(site, folder, version)?;
    tracing::info!("a journal of changes to the graph has come, or gone");
    Ok(())
}

/// Reads of a graph what every one has; a damaged one must not take the place of a whole one.
pub(super) fn answers(store: &store::Store) -> Result<(), StoreError> {
    store.len()?;
    if let Some(first) = store.triples(None, None, None).next() {
        first?;
    }
    Ok(())
}

//! **changes**: what was written to a graph since it was built.
//!
//! The graph file never changes. What is written to the graph stands in a [`journal`] beside it, one
//! record a request, and every process that answers from the graph makes of it a [`delta`]: what is
//! to be added to the triples of the file, and what to be left out of them. The two together, at one
//! moment, are an [`overlay`], which queries read. A request is worked out as an [`edit`] first, and
//! then recorded: all of it or nothing.
//!
//! Changes are stated in terms as they are spelt, not as numbers of one graph file, so that they hold
//! for the graph of a later build too: what was removed stays out of it, what was added stays in it.
//! Only an emptied default graph is filled again by the next build.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockWriteGuard};

mod delta;
mod edit;
mod evaluate;
mod journal;
mod overlay;
#[cfg(test)]
mod tests;

use super::index::{Damage, Index};
use super::{Engine, Store, StoreError};
use delta::Delta;
pub use edit::{Draft, Edit, EditError, Target};
pub use evaluate::Using;
use journal::Reader;
pub use journal::{Journal, Position, exists};
pub use overlay::Overlay;
pub(in crate::store) use overlay::{Found, InGraph};

/// Steps of a record that are taken in while queries wait to begin; more are taken in beside them.
const FEW: usize = 10_000;

/// A graph with its changes, followed as the journal grows.
#[derive(Debug)]
pub struct Changes {
    dir: PathBuf,
    /// The name of the graph's version; empty where none was built.
    version: String,
    index: Arc<Index>,
    /// Held while changes are taken in, which may take long. `None` where there is no journal, or it must
    /// be read again from its beginning.
    reader: Mutex<Option<Reader>>,
    /// Held for moments only.
    known: RwLock<Known>,
}

/// What differs, and up to where the journal says so.
#[derive(Debug)]
struct Known {
    delta: Arc<Delta>,
    position: Option<Position>,
}

impl Changes {
    /// The graph in `dir`, which is `index`, with its changes up to now.
    pub(super) fn open(dir: &Path, version: String, index: Arc<Index>) -> Result<Self, StoreError> {
        let known = RwLock::new(Known { delta: Arc::new(Delta::over(&index)), position: None });
        let changes = Self { dir: dir.to_owned(), version, index, reader: Mutex::default(), known };
        changes.catch_up(None)?;
        Ok(changes)
    }

    /// The graph at this moment.
    pub(super) fn overlay(&self) -> Overlay {
        let delta = self.delta();
        Overlay { index: self.index.clone(), delta: (!delta.is_empty()).then_some(delta) }
    }

    fn delta(&self) -> Arc<Delta> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).delta.clone()
    }

    /// Up to where the journal is known.
    pub(super) fn position(&self) -> Option<Position> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).position
    }

    fn known_mut(&self) -> RwLockWriteGuard<'_, Known> {
        self.known.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn reader(&self) -> MutexGuard<'_, Option<Reader>> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn damaged(&self, damage: Damage) -> StoreError {
        StoreError::Damaged { path: self.dir.join(journal::FILE), damage }
    }

    /// Takes in what was recorded since, up to a position or to the end.
    pub(super) fn catch_up(&self, upto: Option<Position>) -> Result<(), StoreError> {
        let mut reader = self.reader();
        let read = self.read_on(&mut reader, upto);
        if read.is_err() {
            // It may be ahead of what was taken in.
            *reader = None;
        }
        read
    }

    fn read_on(&self, reader: &mut Option<Reader>, upto: Option<Position>) -> Result<(), StoreError> {
        if upto.is_some() && reader.as_ref().map(Reader::position) == upto {
            return Ok(());
        }
        // Made beside the one in use, to take its place.
        let mut next = None;
        // A journal that was written anew tells everything from the beginning.
        if !reader.as_ref().is_some_and(|reader| reader.is_of(upto)) {
            *reader = Reader::open(&self.dir)?;
            next = Some(Arc::new(Delta::over(&self.index)));
        }
        // What was promised to be there must be.
        if reader.is_none() && upto.is_some() {
            return Err(StoreError::ChangesDamaged { path: self.dir.join(journal::FILE) });
        }
        if let Some(reader) = reader {
            while let Some(record) = reader.next(upto)? {
                let take_in = |delta: &mut Delta| {
                    delta.take_in(&self.index, &self.version, &record).map_err(|damage| self.damaged(damage))
                };
                if next.is_none() && record.edit.steps.len() <= FEW {
                    let mut known = self.known_mut();
                    if let Some(delta) = Arc::get_mut(&mut known.delta) {
                        take_in(delta)?;
                        known.position = Some(reader.position());
                        continue;
                    }
                }
                // Who reads keeps what is read; the others see the change when it is taken in.
                take_in(Arc::make_mut(next.get_or_insert_with(|| self.delta())))?;
            }
        }
        if let Some(delta) = next {
            let position = reader.as_ref().map(Reader::position);
            // What it replaces may be large, and is let go of when the others can read again.
            let _old = std::mem::replace(&mut *self.known_mut(), Known { delta, position });
        }
        Ok(())
    }

    /// Writes the journal anew, without what later records made void.
    fn compact(&self, journal: &mut Journal) -> Result<(), StoreError> {
        let mut reader = self.reader();
        // What is not known would be lost.
        if reader.is_none() || self.position() != Some(journal.position()) {
            return Err(StoreError::ChangesDamaged { path: self.dir.join(journal::FILE) });
        }
        let edit = self.delta().net(&self.index).map_err(|damage| self.damaged(damage))?;
        journal.rewrite(&self.version, &edit)?;
        // What stands in the new journal is what is known already, but for terms that are of no use any more.
        *reader = None;
        let mut delta = Delta::over(&self.index);
        delta
            .apply(&self.index, &edit.terms, &edit.steps, &mut Vec::new(), true)
            .map_err(|damage| self.damaged(damage))?;
        *reader = Reader::open(&self.dir)?;
        if let Some(reader) = &mut *reader {
            reader.skip_to(journal.position());
        }
        let known = Known { delta: Arc::new(delta), position: Some(journal.position()) };
        let _old = std::mem::replace(&mut *self.known_mut(), known);
        Ok(())
    }
}

/// The one that writes to the graph of a folder. It holds the folder's lock.
#[derive(Debug)]
pub struct Writer {
    changes: Arc<Changes>,
    journal: Journal,
}

impl Writer {
    /// Writes to a graph that was opened after its journal.
    pub(super) fn new(changes: Arc<Changes>, journal: Journal) -> Self {
        Self { changes, journal }
    }

    /// Writes from now on to the same graph as it was built anew.
    ///
    /// # Errors
    /// When it is of another folder, or what was written cannot be read.
    pub fn follow(&mut self, store: &Store) -> Result<(), StoreError> {
        let Engine::Changing(changes) = &store.0 else { return Err(StoreError::Missing(self.changes.dir.clone())) };
        changes.catch_up(Some(self.journal.position()))?;
        self.changes = changes.clone();
        Ok(())
    }

    /// Bytes of a record that a killed writer left unfinished, and that were cut off.
    #[must_use]
    pub fn cut_off(&self) -> u64 {
        self.journal.cut_off()
    }

    /// Up to where the journal is written.
    #[must_use]
    pub fn position(&self) -> Position {
        self.journal.position()
    }

    /// Records a request: when this returns, it has happened and lasts. It must have been drafted after
    /// the last one was recorded.
    ///
    /// # Errors
    /// When it cannot be written; then nothing has happened.
    pub fn record(&mut self, edit: &Edit) -> Result<Position, StoreError> {
        if !edit.is_empty() {
            self.catch_up_first()?;
            let appended = match self.journal.append(&self.changes.version, edit) {
                // Later records may have made most of it void.
                Err(StoreError::TooManyChanges(_)) => self
                    .changes
                    .compact(&mut self.journal)
                    .and_then(|()| self.journal.append(&self.changes.version, edit)),
                appended => appended,
            };
            // The request has happened, or has not; what cannot be read now is read before the next one.
            let known = self.changes.catch_up(Some(self.journal.position()));
            appended?;
            match known {
                // A journal that cannot be written anew is tried with the next one.
                Ok(()) if self.journal.is_long() => drop(self.changes.compact(&mut self.journal)),
                Ok(()) => {}
                Err(error) => tracing::error!("a change was recorded, and cannot be read: {error}"),
            }
        }
        Ok(self.journal.position())
    }

    /// Sees to it that everything that was recorded is known to who drafts.
    fn catch_up_first(&self) -> Result<(), StoreError> {
        if self.changes.position() == Some(self.journal.position()) {
            return Ok(());
        }
        self.changes.catch_up(Some(self.journal.position()))?;
        Err(StoreError::Io {
            path: self.changes.dir.join(journal::FILE),
            doing: "could not be read up to its end, and now is",
            source: io::Error::other("what was to be changed was worked out before that; try again"),
        })
    }
}

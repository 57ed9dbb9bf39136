//! The graph that is served now, and which one that is: a newer one takes its place while requests run.

use std::sync::Arc;
use std::time::SystemTime;

use super::Site;
use crate::store::Store;

/// A graph in service. Whoever asks for it keeps it until the answer is done.
pub(crate) struct Served {
    /// What answers.
    pub store: Store,
    /// Tells the graph as it was built from any other.
    pub version: String,
    /// When its file was written, where that is known.
    pub built: Option<SystemTime>,
    /// Since when it is served.
    pub since: SystemTime,
    /// How many were served before it by this program.
    pub generation: u64,
}

impl Served {
    /// The first graph that a program serves.
    pub(super) fn first(store: Store, version: String, built: Option<SystemTime>) -> Arc<Self> {
        Arc::new(Self { store, version, built, since: SystemTime::now(), generation: 0 })
    }

    /// Tells what the graph holds now from what it held before any change to it.
    pub(super) fn state(&self) -> String {
        match self.store.position() {
            Some(position) => format!("{}+{}.{}", self.version, position.number, position.offset),
            None => self.version.clone(),
        }
    }

    /// When the graph became what it is, where that is known.
    pub(super) fn modified(&self) -> Option<SystemTime> {
        self.built.filter(|_| self.store.position().is_none())
    }
}

impl Site {
    /// The graph that is served now.
    pub(crate) fn served(&self) -> Arc<Served> {
        self.served.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// The same, to ask of: whoever asks keeps it until the answer is done.
    pub(crate) fn store(&self) -> Store {
        self.served().store.clone()
    }

    /// Grows with every graph that takes the place of another, so that what was made of the last is known
    /// to be old.
    pub(crate) fn generation(&self) -> u64 {
        self.served().generation
    }

    /// Serves `store` from now on; running requests keep theirs. `version` tells this state of the graph from
    /// any other.
    pub(crate) fn replace(&self, store: Store, version: String, built: Option<SystemTime>) {
        let mut served = self.served.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        let generation = served.generation + 1;
        *served = Arc::new(Served { store, version, built, since: SystemTime::now(), generation });
    }
}

//! What the folder of a graph tells whoever watches it.

use std::fs::{self, File, TryLockError};
use std::path::Path;
use std::time::SystemTime;

use super::{FAILED, GRAPH, LOCK, MANIFEST, StoreError, is_version, version};

/// The name of the graph in use in `dir`: another build, another name.
///
/// # Errors
/// When there is no graph.
pub fn version_name(dir: &Path) -> Result<String, StoreError> {
    let folder = version(dir)?;
    Ok(folder.file_name().unwrap_or_default().to_string_lossy().into_owned())
}

/// When the graph in use in `dir` was written.
#[must_use]
pub fn built(dir: &Path) -> Option<SystemTime> {
    fs::metadata(version(dir).ok()?.join(GRAPH)).ok()?.modified().ok()
}

/// Notes in `dir` why a build there failed, for whoever serves the graph; the next graph removes the note. On a
/// full disk its name alone may remain.
pub fn note_failure(dir: &Path, why: &str) {
    let _ = fs::write(dir.join(FAILED), why);
}

/// What a build in `dir` that came to nothing has left behind, in a sentence.
#[must_use]
pub fn broken_build(dir: &Path) -> Option<String> {
    if let Ok(why) = fs::read_to_string(dir.join(FAILED)) {
        let why = if why.trim().is_empty() { "nothing more is known" } else { why.trim() };
        return Some(format!("{}: the last build failed: {why}; build it again", dir.display()));
    }
    let current = version_name(dir).ok()?;
    let left = fs::read_dir(dir).ok()?.flatten().any(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        // An old graph that could not be removed is whole, and no trouble.
        is_version(&name) && name != current && !entry.path().join(MANIFEST).exists()
    });
    // As long as somebody is writing it is a build, and not what is left of one.
    (left && !is_locked(dir))
        .then(|| format!("{}: a build was broken off and left no graph; build it again", dir.display()))
}

fn is_locked(dir: &Path) -> bool {
    let Ok(lock) = File::open(dir.join(LOCK)) else { return false };
    matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock))
}

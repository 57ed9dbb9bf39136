//! A graph where it lies: opened by the process that begins with it, and by others after it.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::changes::{self, Changes, Writer};
use super::index::Index;
use super::text::Texts;
use super::{Engine, GRAPH, Store, StoreError, TEXTS, in_memory, io_error, version};
use crate::graph::Graph;

/// Where an opened graph lies. Its file is held open, so that it can be opened again by others although
/// a build, or a hand, has removed it meanwhile.
#[derive(Debug)]
pub struct Place {
    dir: PathBuf,
    version: String,
    /// `None` where nothing was built yet, and all that there is was written.
    file: Option<File>,
}

impl Place {
    /// The folder that the graph was built in.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The name of the folder below, which every build makes anew; empty where nothing was built.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// A path that leads other processes to the file of the graph for as long as this one holds it open;
    /// where the system has none, its path in the folder.
    #[must_use]
    pub fn file(&self) -> PathBuf {
        #[cfg(target_os = "linux")]
        if let Some(file) = &self.file {
            use std::os::fd::AsRawFd;
            return PathBuf::from(format!("/proc/{}/fd/{}", std::process::id(), file.as_raw_fd()));
        }
        self.dir.join(&self.version).join(GRAPH)
    }
}

/// Opens the graph in `dir`, with what was written to it since it was built.
///
/// # Errors
/// When there is none, or it cannot be read.
pub fn open(dir: &Path) -> Result<Store, StoreError> {
    let (place, path) = find(dir)?;
    at(place, &path)
}

/// Opens the graph in `dir` to write to it; where there is none, an empty one is begun.
///
/// # Errors
/// When it cannot be read or written, or somebody else writes to it.
pub fn open_writable(dir: &Path) -> Result<(Store, Writer), StoreError> {
    fs::create_dir_all(dir).map_err(io_error(dir, "cannot be created"))?;
    let journal = changes::Journal::open(dir)?;
    let store = open(dir)?;
    let Engine::Changing(changes) = &store.0 else { return Err(StoreError::Missing(dir.to_owned())) };
    let writer = Writer::new(changes.clone(), journal);
    Ok((store, writer))
}

/// Opens a graph that another process holds open: [`Place`] of that process says what to give.
///
/// # Errors
/// When it cannot be read.
pub fn reopen(dir: &Path, version: &str, file: &Path) -> Result<Store, StoreError> {
    let opened = if version.is_empty() {
        None
    } else {
        // Some systems let no process see what another holds open.
        let opened = File::open(file).or_else(|_| File::open(dir.join(version).join(GRAPH)));
        Some(opened.map_err(io_error(file, "cannot be read"))?)
    };
    at(Place { dir: dir.to_owned(), version: version.to_owned(), file: opened }, file)
}

/// The graph as it was built, if it was; and the path of its file.
fn find(dir: &Path) -> Result<(Place, PathBuf), StoreError> {
    // A build may replace the graph between the two reads; the name then leads to the new one.
    const TRIES: usize = 5;
    let place = |version, file| Place { dir: dir.to_owned(), version, file };
    let mut path = PathBuf::new();
    for _ in 0..TRIES {
        let folder = match version(dir) {
            Err(StoreError::Missing(_)) if changes::exists(dir)? => {
                return Ok((place(String::new(), None), dir.to_owned()));
            }
            folder => folder?,
        };
        path = folder.join(GRAPH);
        match File::open(&path) {
            Ok(file) => {
                let version = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
                return Ok((place(version, Some(file)), path));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(io_error(&path, "cannot be read")(error)),
        }
    }
    Err(StoreError::Missing(path))
}

fn at(place: Place, path: &Path) -> Result<Store, StoreError> {
    let index = match &place.file {
        Some(file) => Index::open(file)
            .map_err(io_error(path, "cannot be read"))?
            .map_err(|damage| StoreError::Damaged { path: path.to_owned(), damage })?,
        None => in_memory(&Graph::default())?,
    };
    let index = Arc::new(index);
    let engine = if changes::exists(&place.dir)? {
        Engine::Changing(Arc::new(Changes::open(&place.dir, place.version.clone(), index)?))
    } else {
        Engine::Index(index)
    };
    let texts = place.file.is_some().then(|| Arc::new(Texts::of(place.dir.join(&place.version).join(TEXTS))));
    Ok(Store(engine, texts, Some(Arc::new(place))))
}

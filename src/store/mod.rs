//! **store**: the graph on disk, and opened again for queries.
//!
//! A graph is written into a folder of its own below the given one, and then named in the file
//! `current` by one rename. Whatever moment a build is killed at, `current` names a whole graph:
//! the old one or the new one. What a killed build left behind is removed by the next.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

use oxigraph::model::{
    GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Term, TermRef, Triple,
};
use oxigraph::sparql::{CancellationToken, QueryEvaluationError, QueryResults, SparqlEvaluator};
use oxigraph::store::StorageError;
use spargebra::Query;

mod bytes;
pub mod changes;
mod dataset;
pub mod dump;
mod folder;
mod format;
pub mod index;
mod place;
mod plan;
pub mod survey;
mod term;
pub mod text;
mod enriched;
pub mod write;

use crate::graph::Graph;
use crate::graph::findings::Change;
use crate::graph::kept::Kept;
use changes::{Changes, Found, InGraph, Overlay, Position};
use dataset::Dataset;
pub use folder::{broken_build, built, note_failure, version_name};
use index::{Damage, Index};
pub use place::{Place, open, open_writable, reopen};
use plan::{Stop, Watch};
use text::{Hit, TextError, Texts};
use write::{Target, WriteError};

/// File that names the folder of the graph in use.
const CURRENT: &str = "current";
/// File that one writer at a time holds.
const LOCK: &str = "lock";
/// What the names of graphs' folders begin with.
const VERSION: &str = "graph-";
/// The graph, in its folder.
const GRAPH: &str = "graph.index";
/// What it was built from, in its folder.
const MANIFEST: &str = "manifest.json";
/// What each file contributed, in its folder.
const KEPT: &str = "contributions";
/// Why the last build failed, where it did.
const FAILED: &str = "failed";
/// The index of its texts, a folder in its folder.
const TEXTS: &str = "text";

/// Why a graph cannot be opened or saved.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is none.
    #[error("no graph at {}: run \"resograph build PATH... -o {}\" first, or name another folder with --graph", .0.display(), .0.display())]
    Missing(PathBuf),
    /// A file cannot be read or written.
    #[error("{}: {doing}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// `cannot be read`
        doing: &'static str,
        /// Why.
        source: io::Error,
    },
    /// A file is not what was written.
    #[error("{}: the graph cannot be used: {damage}; build it again", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        damage: Damage,
    },
    /// Somebody else is writing.
    #[error("{}: another build is writing here; wait for it to end, or write elsewhere with -o", .0.display())]
    Busy(PathBuf),
    /// The journal is not what was written.
    #[error("{}: the changes to the graph cannot be read: they are damaged before their end; put a copy of the file in \
        its place, or move it elsewhere to do without the changes", path.display())]
    ChangesDamaged {
        /// The journal.
        path: PathBuf,
    },
    /// Somebody else is changing the graph.
    #[error("{}: another server takes changes to this graph; stop it first", .0.display())]
    ChangesBusy(PathBuf),
    /// No more fit.
    #[error("{}: the graph has been changed so much that no more changes are taken; build it anew", .0.display())]
    TooManyChanges(PathBuf),
    /// The graph is larger than the format holds.
    #[error(transparent)]
    TooLarge(Damage),
    /// The graph in use was found to be damaged.
    #[error("the graph cannot be used: {0}; build it again")]
    Broken(#[from] Damage),
    /// The texts cannot be indexed.
    #[error("{}: the texts of the graph cannot be indexed: {error}", path.display())]
    Texts {
        /// The folder for the index.
        path: PathBuf,
        /// Why.
        error: TextError,
    },
    /// Oxigraph cannot store it.
    #[error("Oxigraph cannot hold the graph: {0}")]
    Oxigraph(#[from] StorageError),
}

fn io_error(path: &Path, doing: &'static str) -> impl FnOnce(io::Error) -> StoreError {
    let path = path.to_owned();
    move |source| StoreError::Io { path, doing, source }
}

/// A graph that answers queries. Clones share it.
#[derive(Clone)]
pub struct Store(Engine, Option<Arc<Texts>>, Option<Arc<Place>>);

#[derive(Clone)]
enum Engine {
    /// As it was built, queried where it lies.
    Index(Arc<Index>),
    /// With what was written to it since.
    Changing(Arc<Changes>),
    /// What the others are held against.
    Oxigraph(oxigraph::store::Store),
}

impl From<oxigraph::store::Store> for Store {
    fn from(store: oxigraph::store::Store) -> Self {
        Self(Engine::Oxigraph(store), None, None)
    }
}

/// What was saved beside the graph in `dir`; `None` where there is no graph.
#[must_use]
pub fn manifest(dir: &Path) -> Option<Vec<u8>> {
    fs::read(version(dir).ok()?.join(MANIFEST)).ok()
}

/// What the files contributed to the graph in `dir`; `None` where there is none, or it cannot be read.
#[must_use]
pub fn kept(dir: &Path) -> Option<Kept> {
    Kept::open(&version(dir).ok()?.join(KEPT)).ok()
}

/// The folder of the graph in use.
fn version(dir: &Path) -> Result<PathBuf, StoreError> {
    let current = dir.join(CURRENT);
    match fs::read_to_string(&current) {
        Ok(name) if is_version(name.trim()) => Ok(dir.join(name.trim())),
        Ok(_) => Err(StoreError::Damaged { path: current, damage: Damage::NotAGraph }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(StoreError::Missing(dir.to_owned())),
        Err(error) => Err(io_error(&current, "cannot be read")(error)),
    }
}

fn is_version(name: &str) -> bool {
    name.starts_with(VERSION) && !name.contains(['/', '\\'])
}

/// A graph that is being written beside the one in use: [`Draft::finish`] brings it into use. A draft
/// that is dropped leaves nothing behind.
#[derive(Debug)]
pub struct Draft {
    dir: PathBuf,
    folder: tempfile::TempDir,
    /// Held until the draft is done, so that one writer at a time works here.
    _lock: File,
}

/// Begins a graph in `dir`, which is made where it is not there.
///
/// # Errors
/// When the folder cannot be written, or another build is writing to it.
pub fn draft(dir: &Path) -> Result<Draft, StoreError> {
    fs::create_dir_all(dir).map_err(io_error(dir, "cannot be created"))?;
    let lock_path = dir.join(LOCK);
    let lock = File::create(&lock_path).map_err(io_error(&lock_path, "cannot be written"))?;
    // Whoever serves the graph may just be asking whether somebody builds.
    const TRIES: u32 = 5;
    for left in (0..TRIES).rev() {
        match lock.try_lock() {
            Ok(()) => break,
            Err(TryLockError::WouldBlock) if left > 0 => std::thread::sleep(std::time::Duration::from_millis(10)),
            Err(TryLockError::WouldBlock) => return Err(StoreError::Busy(dir.to_owned())),
            Err(TryLockError::Error(error)) => return Err(io_error(&lock_path, "cannot be locked")(error)),
        }
    }
    let folder =
        tempfile::Builder::new().prefix(VERSION).tempdir_in(dir).map_err(io_error(dir, "cannot be written"))?;
    Ok(Draft { dir: dir.to_owned(), folder, _lock: lock })
}

impl Draft {
    /// The folder of the draft, for what else belongs to the graph.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where what the files contribute is to be kept.
    ///
    /// # Errors
    /// When it cannot be created.
    pub fn kept(&self) -> Result<Kept, StoreError> {
        let path = self.folder.path().join(KEPT);
        Kept::create(&path).map_err(io_error(&path, "cannot be written"))
    }

    /// Where the graph file is to be written.
    ///
    /// # Errors
    /// When it cannot be created.
    pub fn target(&self) -> Result<Target, StoreError> {
        let path = self.folder.path().join(GRAPH);
        let file = File::options().read(true).write(true).create(true).truncate(true).open(&path);
        Ok(Target::File(file.map_err(io_error(&path, "cannot be written"))?))
    }

    /// Changes the graph, which was written to the [target](Self::target); gives how many triples it then has, too.
    ///
    /// # Errors
    /// When the graph cannot be read or written.
    pub fn enrich(&self, change: &Change) -> Result<(Target, usize), StoreError> {
        let index = self.written()?;
        let path = self.folder.path().join(GRAPH);
        let next = path.with_extension("next");
        let file = File::options().read(true).write(true).create(true).truncate(true).open(&next);
        let target = Target::File(file.map_err(io_error(&next, "cannot be written"))?);
        let written = enriched::write(&index, change, target).map_err(write_error(self.folder.path()))?;
        drop(index);
        fs::rename(&next, &path).map_err(io_error(&path, "cannot be replaced"))?;
        Ok(written)
    }

    /// The graph that was written to the [target](Self::target).
    fn written(&self) -> Result<Index, StoreError> {
        let path = self.folder.path().join(GRAPH);
        let opened = File::open(&path).and_then(|file| Index::open(&file));
        Ok(opened.map_err(io_error(&path, "cannot be read"))??)
    }

    /// The same, as a store to be asked.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn store(&self) -> Result<Store, StoreError> {
        Ok(Store(Engine::Index(Arc::new(self.written()?)), None, None))
    }

    /// Indexes the texts of the graph, which was written to the [target](Self::target).
    ///
    /// # Errors
    /// When the graph cannot be read, or the index cannot be written.
    pub fn index_texts(&self) -> Result<(), StoreError> {
        let index = self.written()?;
        let path = self.folder.path().join(TEXTS);
        let built = text::build(&index, &path);
        built.map_err(|error| StoreError::Texts { path, error })
    }

    /// Brings the written graph into use in place of the one there, with `manifest` beside it. Both
    /// change together, and not at all where anything fails.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn finish(self, target: Target, manifest: &[u8]) -> Result<(), StoreError> {
        let Self { dir, folder, _lock } = self;
        let path = folder.path().join(GRAPH);
        match target {
            Target::File(file) => file.sync_all().map_err(io_error(&path, "cannot be written"))?,
            Target::Memory(bytes) => {
                write_through(&path, &bytes.into_inner().unwrap_or_else(PoisonError::into_inner))?;
            }
        }
        write_through(&folder.path().join(MANIFEST), manifest)?;
        flush_folder(folder.path())?;
        let folder = folder.keep();
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let next = dir.join(format!("{CURRENT}.next"));
        write_through(&next, name.as_bytes())?;
        let current = dir.join(CURRENT);
        fs::rename(&next, &current).map_err(io_error(&current, "cannot be replaced"))?;
        flush_folder(&dir)?;
        let _ = fs::remove_file(dir.join(FAILED));
        remove_others(&dir, &name);
        Ok(())
    }
}

/// Writes `graph` to `dir` in place of the graph there, with `manifest` beside it.
///
/// # Errors
/// When the folder cannot be written, or another build is writing to it.
pub fn save(dir: &Path, graph: &Graph, manifest: &[u8]) -> Result<(), StoreError> {
    let draft = draft(dir)?;
    let target = write::write(graph, draft.target()?).map_err(write_error(draft.folder()))?;
    draft.finish(target, manifest)
}

/// The same, with an index of its texts.
///
/// # Errors
/// When the folder cannot be written, or another build is writing to it.
pub fn save_with_texts(dir: &Path, graph: &Graph, manifest: &[u8]) -> Result<(), StoreError> {
    let draft = draft(dir)?;
    let target = write::write(graph, draft.target()?).map_err(write_error(draft.folder()))?;
    draft.index_texts()?;
    draft.finish(target, manifest)
}

/// What went wrong in writing the graph of a folder.
pub fn write_error(folder: &Path) -> impl FnOnce(WriteError) -> StoreError {
    let path = folder.join(GRAPH);
    move |error| match error {
        WriteError::TooLarge(damage) => StoreError::TooLarge(damage),
        WriteError::Io(source) => StoreError::Io { path, doing: "cannot be written", source },
    }
}

fn write_through(path: &Path, data: &[u8]) -> Result<(), StoreError> {
    let mut file = File::create(path).map_err(io_error(path, "cannot be written"))?;
    file.write_all(data).and_then(|()| file.sync_all()).map_err(io_error(path, "cannot be written"))
}

/// Makes the names in a folder last. Where folders cannot be opened as files, renaming lasts by itself.
fn flush_folder(dir: &Path) -> Result<(), StoreError> {
    match File::open(dir) {
        Ok(folder) => folder.sync_all().map_err(io_error(dir, "cannot be flushed")),
        Err(_) => Ok(()),
    }
}

/// Removes earlier graphs. What cannot be removed now goes another time.
fn remove_others(dir: &Path, current: &str) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_version(&name) && name != current {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// The triples that match a pattern.
pub type Triples<'s> = Box<dyn Iterator<Item = Result<Triple, StorageError>> + 's>;

impl Store {
    /// A store of a graph that was not saved.
    ///
    /// # Errors
    /// When it is larger than the format holds.
    pub fn of(graph: &Graph) -> Result<Self, StoreError> {
        Ok(Self(Engine::Index(Arc::new(in_memory(graph)?)), None, None))
    }

    /// Where it lies; `None` where it is in memory only.
    #[must_use]
    pub fn place(&self) -> Option<&Arc<Place>> {
        self.2.as_ref()
    }

    /// The graph at this moment, unless Oxigraph holds it.
    fn overlay(&self) -> Result<Overlay, &oxigraph::store::Store> {
        match &self.0 {
            Engine::Index(index) => Ok(index.clone().into()),
            Engine::Changing(changes) => Ok(changes.overlay()),
            Engine::Oxigraph(store) => Err(store),
        }
    }

    /// The file of the graph, if that is the whole graph.
    fn unchanged(&self) -> Option<Arc<Index>> {
        self.overlay().ok().filter(|graph| graph.delta.is_none()).map(|graph| graph.index)
    }

    /// Takes in what another process has written to the graph, up to a position or to the end.
    ///
    /// # Errors
    /// When the changes cannot be read.
    pub fn catch_up(&self, upto: Option<Position>) -> Result<(), StoreError> {
        match &self.0 {
            Engine::Changing(changes) => changes.catch_up(upto),
            // The journal was there when somebody else wrote to it.
            Engine::Index(_) | Engine::Oxigraph(_) => match (upto, &self.2) {
                (Some(_), Some(place)) => Err(StoreError::Missing(place.dir().to_owned())),
                _ => Ok(()),
            },
        }
    }

    /// Up to where what was written to the graph is known here; `None` where nothing can be written.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        match &self.0 {
            Engine::Changing(changes) => changes.position(),
            Engine::Index(_) | Engine::Oxigraph(_) => None,
        }
    }

    /// Begins to work out a change, to which every change before it has happened; nothing comes of it
    /// until a [`changes::Writer`] records it.
    ///
    /// # Errors
    /// When the graph cannot be read, or is too large.
    pub fn draft(&self) -> Result<changes::Draft, StoreError> {
        match self.overlay() {
            Ok(graph) => Ok(changes::Draft::on(graph)),
            Err(_) => Ok(changes::Draft::on(self.index()?.into())),
        }
    }

    /// How many triples the default graph has.
    ///
    /// # Errors
    /// When Oxigraph cannot read.
    pub fn len(&self) -> Result<usize, StoreError> {
        Ok(match self.overlay() {
            Ok(graph) => graph.len(),
            Err(store) => store.len()?,
        })
    }

    /// Whether there is none.
    ///
    /// # Errors
    /// When Oxigraph cannot read.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        Ok(self.len()? == 0)
    }

    /// Runs a query until `token` is cancelled. `graphs` are the graphs that make up the default graph and
    /// those that have a name, in place of what the query says and of the store's own.
    ///
    /// # Errors
    /// When it cannot be evaluated.
    pub fn evaluate(
        &self,
        mut query: Query,
        graphs: Option<(Vec<NamedNode>, Vec<NamedNode>)>,
        token: CancellationToken,
    ) -> Result<QueryResults<'static>, QueryEvaluationError> {
        if let (Some(index), None, None) = (self.unchanged(), query.dataset(), &graphs) {
            let watch = Watch::until(&token);
            if let Some(answer) = plan::answer(&index, &watch, &query)? {
                return Ok(answer);
            }
            plan::rewrite(&index, &watch, &mut query)?;
            let prepared = SparqlEvaluator::new().with_cancellation_token(token).for_query(query);
            return prepared.on_queryable_dataset(Dataset::new(index.into())).execute();
        }
        let mut prepared = SparqlEvaluator::new().with_cancellation_token(token).for_query(query);
        if let Some((default, named)) = graphs {
            prepared.dataset_mut().set_default_graph(default.into_iter().map(Into::into).collect());
            prepared.dataset_mut().set_available_named_graphs(named.into_iter().map(Into::into).collect());
        }
        match self.overlay() {
            Ok(graph) => prepared.on_queryable_dataset(Dataset::new(graph)).execute(),
            Err(store) => prepared.on_store(store).execute(),
        }
    }

    /// The answer to a query over the store's own graphs, if it takes no more than about a millisecond.
    ///
    /// # Errors
    /// When the graph cannot be read.
    pub fn answer_soon(&self, query: &Query) -> Result<Option<QueryResults<'static>>, QueryEvaluationError> {
        let (Some(index), None) = (self.unchanged(), query.dataset()) else { return Ok(None) };
        match plan::answer(&index, &Watch::short(), query) {
            Err(Stop::Spent) => Ok(None),
            answer => Ok(answer?),
        }
    }

    /// The texts in which `wanted` is found (see [`text::wanted`]), at most `limit`, the best first and
    /// those that are as good in order of IRI; of one property, or of all that are indexed.
    ///
    /// # Errors
    /// When the graph has no index of its texts, or it is not clear what is wanted.
    pub fn search(&self, wanted: &str, property: Option<&str>, limit: usize) -> Result<Vec<Hit>, TextError> {
        match (self.overlay(), &self.1) {
            (Ok(graph), Some(texts)) => texts.search(&graph, wanted, property, limit),
            _ => Err(TextError::Absent),
        }
    }

    /// Opens the index of texts, which a query opens when it needs it: a build that replaces the graph
    /// meanwhile removes both.
    ///
    /// # Errors
    /// When there is none, or it cannot be used.
    pub fn open_texts(&self) -> Result<(), TextError> {
        self.1.as_ref().ok_or(TextError::Absent)?.open()
    }

    /// The triples of the default graph that match a pattern.
    pub fn triples<'s>(
        &'s self,
        subject: Option<NamedOrBlankNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
    ) -> Triples<'s> {
        match self.overlay() {
            Ok(graph) => {
                let wanted =
                    [subject.map(|t| t.to_string()), predicate.map(|t| t.to_string()), object.map(|t| t.to_string())];
                match pattern(&graph, &wanted) {
                    Ok(found) => Box::new(spelt(found)),
                    Err(damage) => Box::new(std::iter::once(Err(corruption(damage)))),
                }
            }
            Err(store) => {
                let default = Some(oxigraph::model::GraphNameRef::DefaultGraph);
                Box::new(store.quads_for_pattern(subject, predicate, object, default).map(|quad| quad.map(Into::into)))
            }
        }
    }

    /// The triples about `iri` and its parts: everything whose IRI goes on from it with `#`.
    ///
    /// # Errors
    /// When the graph is damaged.
    pub fn about_parts(&self, iri: &str) -> Result<Vec<Triple>, StorageError> {
        let Ok(graph) = self.overlay() else {
            let is_part = |subject: &NamedOrBlankNode| {
                let NamedOrBlankNode::NamedNode(node) = subject else { return false };
                node.as_str().strip_prefix(iri).is_some_and(|rest| rest.is_empty() || rest.starts_with('#'))
            };
            return self.about(iri).filter(|t| t.as_ref().map_or(true, |t| is_part(&t.subject))).collect();
        };
        let parts = || -> Result<Vec<Found>, Damage> {
            let whole = graph.id(&format!("<{iri}>"))?;
            let subjects = whole.into_iter().chain(graph.beginning_with(&format!("<{iri}#"))?);
            subjects.map(|subject| graph.find([Some(subject), None, None], InGraph::Default)).collect()
        };
        parts().map_err(corruption)?.into_iter().flat_map(spelt).collect()
    }

    /// The triples about `iri` and about everything whose IRI goes on from it with one of `#` and `/`.
    pub fn about<'s>(&'s self, iri: &str) -> Triples<'s> {
        match self.overlay() {
            Ok(graph) => match subjects(&graph, iri) {
                Ok(subjects) => Box::new(subjects.flat_map(move |subject| -> Triples<'s> {
                    match graph.find([Some(subject), None, None], InGraph::Default) {
                        Ok(found) => Box::new(spelt(found)),
                        Err(damage) => Box::new(std::iter::once(Err(corruption(damage)))),
                    }
                })),
                Err(damage) => Box::new(std::iter::once(Err(corruption(damage)))),
            },
            Err(_) => {
                let iri = iri.to_owned();
                let belongs = move |triple: &Result<Triple, StorageError>| match triple {
                    Ok(Triple { subject: NamedOrBlankNode::NamedNode(node), .. }) => {
                        let rest = node.as_str().strip_prefix(&*iri);
                        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['#', '/']))
                    }
                    Ok(_) => false,
                    Err(_) => true,
                };
                Box::new(self.triples(None, None, None).filter(belongs))
            }
        }
    }

    /// The triples of the default graph as an index, which is made anew where the file is not all there is.
    ///
    /// # Errors
    /// When the graph cannot be read, or is larger than the format holds.
    pub fn index(&self) -> Result<Arc<Index>, StoreError> {
        if let Some(index) = self.unchanged() {
            return Ok(index);
        }
        let triples = self.triples(None, None, None);
        let spelt = triples.map(|t| t.map(|t| [t.subject.to_string(), t.predicate.to_string(), t.object.to_string()]));
        Ok(Arc::new(in_memory(&Graph::from_triples(spelt)?)?))
    }

    /// The same triples in an Oxigraph store in memory, which takes changes.
    ///
    /// # Errors
    /// When Oxigraph cannot store them.
    pub fn to_oxigraph(&self) -> Result<oxigraph::store::Store, StoreError> {
        if let Engine::Oxigraph(store) = &self.0 {
            return Ok(store.clone());
        }
        let store = oxigraph::store::Store::new()?;
        self.load_into(&store)?;
        Ok(store)
    }

    fn load_into(&self, store: &oxigraph::store::Store) -> Result<(), StoreError> {
        let mut loader = store.bulk_loader().without_atomicity();
        let quads = self.triples(None, None, None).map(|triple| triple.map(|t| t.in_graph(GraphName::DefaultGraph)));
        loader.load_ok_quads::<StorageError, StorageError>(quads)?;
        Ok(loader.commit()?)
    }

    /// The same triples in an Oxigraph store on disk, in the empty or new folder `dir`.
    ///
    /// # Errors
    /// When Oxigraph cannot store them.
    #[cfg(feature = "rocksdb")]
    pub fn to_rocksdb(&self, dir: &Path) -> Result<oxigraph::store::Store, StoreError> {
        let store = oxigraph::store::Store::open(dir)?;
        self.load_into(&store)?;
        Ok(store)
    }
}

/// The matches of a pattern of spellings.
fn pattern(graph: &Overlay, wanted: &[Option<String>; 3]) -> Result<Found, Damage> {
    let mut ids = [None; 3];
    for (id, spelling) in ids.iter_mut().zip(wanted) {
        if let Some(spelling) = spelling {
            *id = graph.id(spelling)?;
            // A term that the graph does not know matches nothing.
            if id.is_none() {
                return Ok(Found::none(graph));
            }
        }
    }
    graph.find(ids, InGraph::Default)
}

/// `iri`, and everything whose IRI goes on from it with one of `#` and `/`.
fn subjects(graph: &Overlay, iri: &str) -> Result<impl Iterator<Item = u32> + use<>, Damage> {
    let whole = graph.id(&format!("<{iri}>"))?;
    let [parts, below] = ["#", "/"].map(|mark| graph.beginning_with(&format!("<{iri}{mark}")));
    Ok(whole.into_iter().chain(parts?).chain(below?))
}

fn spelt(mut found: Found) -> impl Iterator<Item = Result<Triple, StorageError>> {
    std::iter::from_fn(move || {
        let next = found.next()?;
        Some(next.and_then(|(ids, _)| triple(found.overlay(), ids)).map_err(corruption))
    })
}

fn corruption(damage: Damage) -> StorageError {
    StorageError::Other(Box::new(damage))
}

fn in_memory(graph: &Graph) -> Result<Index, StoreError> {
    let bytes = write::encode(graph).map_err(write_error(Path::new("memory")))?;
    Ok(Index::of(bytes)?)
}

/// A graph that breaks the rules of RDF is damaged.
fn triple(graph: &Overlay, [subject, predicate, object]: [u32; 3]) -> Result<Triple, Damage> {
    let subject: NamedOrBlankNode = match graph.term(subject)? {
        Term::NamedNode(node) => node.into(),
        Term::BlankNode(node) => node.into(),
        Term::Literal(_) => return Err(Damage::Contradiction),
    };
    let Term::NamedNode(predicate) = graph.term(predicate)? else { return Err(Damage::Contradiction) };
    Ok(Triple { subject, predicate, object: graph.term(object)? })
}

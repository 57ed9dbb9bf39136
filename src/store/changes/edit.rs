//! What one request changes, worked out before any of it happens.

use std::sync::Arc;

use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use oxigraph::sparql::QueryEvaluationError;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::Overlay;
use super::delta::Delta;
use crate::graph::Terms;
use crate::store::dataset;
use crate::store::index::Damage;

/// Why a request cannot be worked out.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// The graph in use is damaged.
    #[error("the graph cannot be used: {0}; build it again")]
    Damaged(#[from] Damage),
    /// There is none to clear or drop.
    #[error("there is no graph {0}; SILENT makes that no error")]
    NoSuchGraph(NamedNode),
    /// It cannot be created.
    #[error("there is a graph {0} already; SILENT makes that no error")]
    GraphExists(NamedNode),
    /// Data would have to be fetched.
    #[error("LOAD reaches nothing: {0} was not fetched; send the data to /store instead")]
    Load(NamedNode),
    /// Both the request and an operation of it do.
    #[error(
        "the request names graphs by using-graph-uri or using-named-graph-uri, and so does an operation by USING or WITH"
    )]
    GraphsNamedTwice,
    /// More than one operation may add.
    #[error("one operation would add too many triples; do it in parts")]
    TooMany,
    /// Nobody waits any more.
    #[error("the update was cancelled")]
    Cancelled,
    /// A fault in evaluation, such as SERVICE, which reaches nothing.
    #[error("the update cannot be evaluated: {0}")]
    Evaluation(String),
    /// Somebody gave bytes for an edit that are none.
    #[error("what was worked out cannot be read: {0}")]
    Unreadable(#[from] postcard::Error),
}

impl From<QueryEvaluationError> for EditError {
    fn from(error: QueryEvaluationError) -> Self {
        match error {
            QueryEvaluationError::Cancelled => Self::Cancelled,
            other => Self::Evaluation(other.to_string()),
        }
    }
}

/// Graphs that are emptied or dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The default graph.
    Default,
    /// One with a name.
    Named(NamedNode),
    /// All that have names.
    AllNamed,
    /// All.
    All,
}

/// A triple in a graph, as places in the terms of an edit; no graph is the default graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct Statement {
    pub(super) triple: [u32; 3],
    pub(super) graph: Option<u32>,
}

/// The same as [`Target`], with the place of a name in the terms of an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Graphs {
    Default,
    Named(u32),
    AllNamed,
    All,
}

impl Graphs {
    fn hold(self, graph: Option<u32>) -> bool {
        match self {
            Self::Default => graph.is_none(),
            Self::Named(name) => graph == Some(name),
            Self::AllNamed => graph.is_some(),
            Self::All => true,
        }
    }
}

/// One thing that happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Step {
    Add(Statement),
    Remove(Statement),
    Create(u32),
    /// Removes every triple.
    Clear(Graphs),
    /// Removes the names as well.
    Drop(Graphs),
}

/// What a request changes, in the order in which it happens.
#[derive(Debug, Clone, Default)]
pub struct Edit {
    pub(super) terms: Terms,
    pub(super) steps: Vec<Step>,
}

/// An edit as it is written: to the journal, and from one process to another.
#[derive(Serialize, Deserialize)]
struct Written<'a> {
    /// The version of the graph that it was made on.
    version: &'a str,
    #[serde(borrow)]
    terms: Vec<&'a str>,
    steps: Vec<Step>,
}

impl Edit {
    /// Whether nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The edit as bytes, made on a version of the graph; that of a draft may be left empty.
    ///
    /// # Errors
    /// None that is known of.
    pub fn to_bytes(&self, version: &str) -> Result<Vec<u8>, EditError> {
        let terms = (0..self.terms.len()).map(|id| self.terms.spelling(id as u32)).collect();
        Ok(postcard::to_stdvec(&Written { version, terms, steps: self.steps.clone() })?)
    }

    /// The edit that [`to_bytes`](Self::to_bytes) wrote, and the version it was made on.
    ///
    /// # Errors
    /// When they are other bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<(Self, &str), EditError> {
        let Written { version, terms, steps } = postcard::from_bytes(bytes)?;
        let mut edit = Self { terms: Terms::default(), steps };
        for term in terms {
            edit.terms.intern(term);
        }
        Ok((edit, version))
    }
}

/// A request that is being worked out: what it has said so far, and the graph as it then is.
#[derive(Debug)]
pub struct Draft {
    /// The graph with the first `seen` steps.
    overlay: Overlay,
    seen: usize,
    edit: Edit,
    /// The numbers of the edit's terms in the overlay, as far as they were asked for.
    numbers: Vec<Option<u32>>,
    /// What the other steps have made of statements: whether they are there.
    touched: FxHashMap<Statement, bool>,
    /// What they have emptied, before what they have touched.
    emptied: Vec<Graphs>,
}

impl Draft {
    /// A request to the graph as it is.
    #[must_use]
    pub fn on(overlay: Overlay) -> Self {
        Self {
            overlay,
            seen: 0,
            edit: Edit::default(),
            numbers: Vec::new(),
            touched: FxHashMap::default(),
            emptied: Vec::new(),
        }
    }

    /// What was worked out.
    #[must_use]
    pub fn finish(self) -> Edit {
        self.edit
    }

    /// The graph with what was said so far.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn so_far(&mut self) -> Result<Overlay, Damage> {
        if self.seen < self.edit.steps.len() {
            let index = self.overlay.index.clone();
            let delta = self.overlay.delta.get_or_insert_with(|| Arc::new(Delta::over(&index)));
            let steps = &self.edit.steps[self.seen..];
            Arc::make_mut(delta).apply(&index, &self.edit.terms, steps, &mut self.numbers, true)?;
            self.seen = self.edit.steps.len();
            self.touched.clear();
            self.emptied.clear();
        }
        Ok(self.overlay.clone())
    }

    /// Adds a quad, unless it is there.
    ///
    /// # Errors
    /// When the graph is damaged.
    pub fn add(&mut self, quad: Quad) -> Result<(), Damage> {
        let statement = self.statement(quad);
        if !self.contains(statement)? {
            self.edit.steps.push(Step::Add(statement));
            self.touched.insert(statement, true);
        }
        Ok(())
    }

    /// Removes a quad, if it is there.
    ///
    /// # Errors
    /// When the graph is damaged.
    pub fn remove(&mut self, quad: Quad) -> Result<(), Damage> {
        let statement = self.statement(quad);
        if self.contains(statement)? {
            self.edit.steps.push(Step::Remove(statement));
            self.touched.insert(statement, false);
        }
        Ok(())
    }

    /// Has a graph exist, with nothing in it as yet.
    ///
    /// # Errors
    /// When it exists already, or the graph is damaged.
    pub fn create(&mut self, name: &NamedNode) -> Result<(), EditError> {
        if self.so_far()?.has_graph(&name.to_string())? {
            return Err(EditError::GraphExists(name.clone()));
        }
        let name = self.term(&name.to_string());
        self.edit.steps.push(Step::Create(name));
        Ok(())
    }

    /// Removes what is in graphs.
    ///
    /// # Errors
    /// When there is no such graph, or the graph is damaged.
    pub fn clear(&mut self, target: &Target) -> Result<(), EditError> {
        let graphs = self.existing(target)?;
        self.empty(graphs);
        self.edit.steps.push(Step::Clear(graphs));
        Ok(())
    }

    /// Removes graphs with what is in them.
    ///
    /// # Errors
    /// When there is no such graph, or the graph is damaged.
    pub fn drop_graphs(&mut self, target: &Target) -> Result<(), EditError> {
        let graphs = self.existing(target)?;
        self.empty(graphs);
        self.edit.steps.push(Step::Drop(graphs));
        Ok(())
    }

    /// Makes graphs ready to be loaded: emptied where what is loaded replaces what is there, and there
    /// even when nothing is loaded.
    ///
    /// # Errors
    /// When the graph is damaged.
    pub fn prepare(&mut self, target: &Target, replaces: bool) -> Result<(), EditError> {
        match target {
            Target::Named(name) => match self.create(name) {
                Err(EditError::GraphExists(_)) if replaces => self.clear(target),
                Err(EditError::GraphExists(_)) => Ok(()),
                done => done,
            },
            Target::Default if replaces => self.clear(target),
            Target::AllNamed | Target::All if replaces => self.drop_graphs(target),
            _ => Ok(()),
        }
    }

    fn existing(&mut self, target: &Target) -> Result<Graphs, EditError> {
        Ok(match target {
            Target::Default => Graphs::Default,
            Target::AllNamed => Graphs::AllNamed,
            Target::All => Graphs::All,
            Target::Named(name) => {
                if !self.so_far()?.has_graph(&name.to_string())? {
                    return Err(EditError::NoSuchGraph(name.clone()));
                }
                Graphs::Named(self.term(&name.to_string()))
            }
        })
    }

    fn empty(&mut self, graphs: Graphs) {
        self.touched.retain(|statement, _| !graphs.hold(statement.graph));
        self.emptied.push(graphs);
    }

    fn contains(&mut self, statement: Statement) -> Result<bool, Damage> {
        if let Some(&there) = self.touched.get(&statement) {
            return Ok(there);
        }
        if self.emptied.iter().any(|graphs| graphs.hold(statement.graph)) {
            return Ok(false);
        }
        let mut ids = [0; 3];
        for (id, term) in ids.iter_mut().zip(statement.triple) {
            match self.number(term)? {
                Some(number) => *id = number,
                None => return Ok(false),
            }
        }
        let graph = match statement.graph.map(|name| self.number(name)) {
            None => None,
            Some(name) => match name? {
                None => return Ok(false),
                name => name,
            },
        };
        self.overlay.contains(ids, graph)
    }

    /// The number of a term of the edit in the overlay.
    fn number(&mut self, term: u32) -> Result<Option<u32>, Damage> {
        let place = term as usize;
        if self.numbers.len() <= place {
            self.numbers.resize(self.edit.terms.len(), None);
        }
        if self.numbers[place].is_none() {
            self.numbers[place] = self.overlay.id(self.edit.terms.spelling(term))?;
        }
        Ok(self.numbers[place])
    }

    fn term(&mut self, spelling: &str) -> u32 {
        self.edit.terms.intern(spelling)
    }

    fn statement(&mut self, quad: Quad) -> Statement {
        let Quad { subject, predicate, object, graph_name } = quad;
        let subject = match subject {
            NamedOrBlankNode::NamedNode(node) => Term::from(node),
            NamedOrBlankNode::BlankNode(node) => node.into(),
        };
        let graph = match graph_name {
            GraphName::DefaultGraph => None,
            GraphName::NamedNode(node) => Some(self.term(&node.to_string())),
            GraphName::BlankNode(node) => Some(self.term(&node.to_string())),
        };
        Statement { triple: [subject, predicate.into(), object].map(|term| self.term(&dataset::spelling(term))), graph }
    }
}

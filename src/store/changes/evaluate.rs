//! SPARQL 1.1 Update, worked out on a [`Draft`].

use oxigraph::model::{BlankNode, GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use oxigraph::sparql::{CancellationToken, QueryDatasetSpecification};
use rustc_hash::FxHashMap;
use spareval::{DeleteInsertQuad, QueryEvaluator};
use spargebra::algebra::{GraphTarget, QueryDataset};
use spargebra::term::{self, GroundQuad, GroundTerm};
use spargebra::{GraphUpdateOperation, Update};

use super::edit::{Draft, EditError, Target};
use crate::store::dataset::Dataset;

/// Quads that one operation may add.
const MOST: usize = 8_000_000;

/// Graphs that a request names for all its patterns: those that make up the default graph, and those
/// that have a name.
pub type Using = (Vec<NamedNode>, Vec<NamedNode>);

impl Draft {
    /// Works out what an update changes, each operation after the one before it. `using` is in place of
    /// the store's own graphs.
    ///
    /// # Errors
    /// When it cannot be evaluated, or the token is cancelled. What was worked out so far is then of no use.
    pub fn update(
        &mut self,
        update: &Update,
        using: Option<&Using>,
        token: &CancellationToken,
    ) -> Result<(), EditError> {
        for operation in &update.operations {
            if token.is_cancelled() {
                return Err(EditError::Cancelled);
            }
            self.operation(update, operation, using, token)?;
        }
        Ok(())
    }

    fn operation(
        &mut self,
        update: &Update,
        operation: &GraphUpdateOperation,
        using: Option<&Using>,
        token: &CancellationToken,
    ) -> Result<(), EditError> {
        match operation {
            GraphUpdateOperation::InsertData { data } => {
                // A blank node that is written is another one each time.
                let mut nodes = FxHashMap::default();
                for quad in data {
                    self.add(written(quad, &mut nodes))?;
                }
                Ok(())
            }
            GraphUpdateOperation::DeleteData { data } => {
                for quad in data {
                    self.remove(ground(quad))?;
                }
                Ok(())
            }
            GraphUpdateOperation::DeleteInsert { delete, insert, using: own, pattern } => {
                let evaluator = QueryEvaluator::new().with_cancellation_token(token.clone());
                let mut prepared = evaluator.prepare_delete_insert(
                    delete.clone(),
                    insert.clone(),
                    update.base_iri.clone(),
                    own.clone(),
                    pattern,
                );
                if let Some(graphs) = using {
                    name_graphs(prepared.dataset_mut(), graphs, own.as_ref())?;
                }
                let mut added = Vec::new();
                for change in prepared.execute(Dataset::new(self.so_far()?))? {
                    match change? {
                        DeleteInsertQuad::Delete(quad) => self.remove(quad)?,
                        // What one solution deletes, another may insert.
                        DeleteInsertQuad::Insert(_) if added.len() == MOST => return Err(EditError::TooMany),
                        DeleteInsertQuad::Insert(quad) => added.push(quad),
                    }
                }
                added.into_iter().try_for_each(|quad| Ok(self.add(quad)?))
            }
            GraphUpdateOperation::Load { silent: true, .. } => Ok(()),
            GraphUpdateOperation::Load { source, .. } => Err(EditError::Load(source.clone())),
            GraphUpdateOperation::Create { silent, graph } => unless(*silent, self.create(graph)),
            GraphUpdateOperation::Clear { silent, graph } => unless(*silent, self.clear(&target(graph))),
            GraphUpdateOperation::Drop { silent, graph } => unless(*silent, self.drop_graphs(&target(graph))),
        }
    }
}

/// With SILENT it is no error that there is such a graph, or none.
fn unless(silent: bool, done: Result<(), EditError>) -> Result<(), EditError> {
    match done {
        Err(EditError::NoSuchGraph(_) | EditError::GraphExists(_)) if silent => Ok(()),
        done => done,
    }
}

/// A request that names graphs must not hold an operation that does as well (SPARQL 1.1 Protocol, 2.2.3).
fn name_graphs(
    dataset: &mut QueryDatasetSpecification,
    (default, named): &Using,
    own: Option<&QueryDataset>,
) -> Result<(), EditError> {
    if own.is_some() {
        return Err(EditError::GraphsNamedTwice);
    }
    dataset.set_default_graph(default.iter().cloned().map(Into::into).collect());
    dataset.set_available_named_graphs(named.iter().cloned().map(Into::into).collect());
    Ok(())
}

fn target(graph: &GraphTarget) -> Target {
    match graph {
        GraphTarget::NamedNode(name) => Target::Named(name.clone()),
        GraphTarget::DefaultGraph => Target::Default,
        GraphTarget::NamedGraphs => Target::AllNamed,
        GraphTarget::AllGraphs => Target::All,
    }
}

fn in_graph(name: &term::GraphName) -> GraphName {
    match name {
        term::GraphName::NamedNode(name) => name.clone().into(),
        term::GraphName::DefaultGraph => GraphName::DefaultGraph,
    }
}

fn written(quad: &term::Quad, nodes: &mut FxHashMap<BlankNode, BlankNode>) -> Quad {
    let mut fresh = |node: &BlankNode| nodes.entry(node.clone()).or_default().clone();
    Quad {
        subject: match &quad.subject {
            NamedOrBlankNode::BlankNode(node) => fresh(node).into(),
            node @ NamedOrBlankNode::NamedNode(_) => node.clone(),
        },
        predicate: quad.predicate.clone(),
        object: match &quad.object {
            Term::BlankNode(node) => fresh(node).into(),
            term => term.clone(),
        },
        graph_name: in_graph(&quad.graph_name),
    }
}

fn ground(quad: &GroundQuad) -> Quad {
    Quad {
        subject: quad.subject.clone().into(),
        predicate: quad.predicate.clone(),
        object: match &quad.object {
            GroundTerm::NamedNode(node) => node.clone().into(),
            GroundTerm::Literal(literal) => literal.clone().into(),
        },
        graph_name: in_graph(&quad.graph_name),
    }
}

//! What a worker makes of a request to write: the edit that the server then records.

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, NamedNode};
use oxigraph::sparql::CancellationToken;
use serde::{Deserialize, Serialize};
use spargebra::{GraphUpdateOperation, Update};

use super::within::within;
use crate::serve::evaluate::{self, QueryError};
use crate::serve::worker::message::Refusal;
use crate::serve::{joins, nesting};
use crate::store::changes::{Draft, Edit, EditError, Target};
use crate::store::index::Damage;
use crate::store::{Store, StoreError};

/// A graph, or all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Graphs {
    /// The default graph.
    Default,
    /// One with a name, by its IRI.
    Named(String),
    /// All, the default graph among them.
    All,
}

/// RDF as somebody sent it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Data {
    /// Its media type.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What is to be written.
#[derive(Debug, Serialize, Deserialize)]
pub enum Change {
    /// SPARQL Update.
    Update {
        /// The update.
        update: String,
        /// What relative IRIs are relative to.
        base: String,
        /// IRIs of the graphs that make up the default graph, and of those that have a name, where the
        /// request says so.
        using: Option<(Vec<String>, Vec<String>)>,
        /// The one graph that it may change.
        within: Option<Graphs>,
    },
    /// Data is put into a graph.
    Load {
        /// Which.
        into: Graphs,
        /// Whether it takes the place of what is there.
        replaces: bool,
        /// What relative IRIs in it are relative to.
        base: String,
        /// The data.
        data: Vec<Data>,
    },
    /// A graph is removed, or everything.
    Remove(Graphs),
}

/// Why a change cannot be worked out.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// It is not SPARQL.
    #[error("the update is not valid SPARQL 1.1: {0}")]
    Syntax(String),
    /// It is too large to be run safely, or names graphs by what is no IRI.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// It cannot be evaluated.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// The graph cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It changes more than it may.
    #[error("{0}")]
    Within(String),
    /// It is not RDF.
    #[error("the data is not valid {format}: {reason}")]
    Data {
        /// `Turtle`
        format: &'static str,
        /// Why not, and where.
        reason: String,
    },
    /// An IRI is none.
    #[error("{iri} is not an IRI: {reason}; name graphs by absolute IRIs")]
    Name {
        /// As given.
        iri: String,
        /// Why not.
        reason: String,
    },
}

impl From<Damage> for ChangeError {
    fn from(damage: Damage) -> Self {
        Self::Edit(damage.into())
    }
}

impl ChangeError {
    /// Whose fault it is.
    pub fn refusal(&self) -> Refusal {
        match self {
            Self::Edit(EditError::NoSuchGraph(_)) => Refusal::Missing,
            Self::Edit(EditError::TooMany) | Self::Within(_) => Refusal::TooMuch,
            Self::Edit(EditError::Damaged(_) | EditError::Unreadable(_) | EditError::Cancelled) | Self::Store(_) => {
                Refusal::Fault
            }
            _ => Refusal::Query,
        }
    }
}

/// Works out a change of the graph as it is. To be called where there is a stack that holds it.
///
/// # Errors
/// When it is not what it says, too large, or cannot be evaluated.
pub fn edit(store: &Store, change: &Change) -> Result<Edit, ChangeError> {
    let mut draft = store.draft()?;
    match change {
        Change::Update { update, base, using, within: one } => {
            let mut update = parse(update, base)?;
            match one {
                Some(Graphs::Named(iri)) => within(&mut update, Some(&name(iri)?)).map_err(ChangeError::Within)?,
                Some(Graphs::Default) => within(&mut update, None).map_err(ChangeError::Within)?,
                Some(Graphs::All) | None => {}
            }
            let using = match using {
                Some((default, named)) => Some((evaluate::graphs(default)?, evaluate::graphs(named)?)),
                None => None,
            };
            draft.update(&update, using.as_ref(), &CancellationToken::new())?;
        }
        Change::Load { into, replaces, base, data } => load(&mut draft, into, *replaces, base, data)?,
        Change::Remove(Graphs::Default) => draft.clear(&Target::Default)?,
        Change::Remove(Graphs::Named(iri)) => draft.drop_graphs(&Target::Named(name(iri)?))?,
        Change::Remove(Graphs::All) => draft.drop_graphs(&Target::All)?,
    }
    Ok(draft.finish())
}

/// Checks and parses an update. What is data in it may be as long as a request.
fn parse(update: &str, base: &str) -> Result<Update, ChangeError> {
    let (shape, outside) = nesting::update_shape(update);
    if outside > nesting::LONGEST {
        return Err(QueryError::TooLong(outside).into());
    }
    if shape.depth > nesting::DEEPEST {
        return Err(QueryError::TooDeep(shape.depth).into());
    }
    if shape.operators > nesting::MOST_OPERATORS {
        return Err(QueryError::TooManyOperators(shape.operators).into());
    }
    let parser = evaluate::parser(Some(base))?;
    let update = parser.parse_update(update).map_err(|error| ChangeError::Syntax(error.to_string()))?;
    for operation in &update.operations {
        if let GraphUpdateOperation::DeleteInsert { pattern, .. } = operation {
            let joined = joins::most_joined_in(pattern);
            if joined > joins::MOST {
                return Err(QueryError::TooManyJoins(joined).into());
            }
        }
    }
    Ok(update)
}

fn name(iri: &str) -> Result<NamedNode, ChangeError> {
    NamedNode::new(iri).map_err(|error| ChangeError::Name { iri: iri.into(), reason: error.to_string() })
}

fn load(draft: &mut Draft, into: &Graphs, replaces: bool, base: &str, data: &[Data]) -> Result<(), ChangeError> {
    let graph = match into {
        Graphs::Named(iri) => Some(name(iri)?),
        Graphs::Default | Graphs::All => None,
    };
    let target = match (into, &graph) {
        (Graphs::All, _) => Target::All,
        (_, Some(name)) => Target::Named(name.clone()),
        _ => Target::Default,
    };
    draft.prepare(&target, replaces)?;
    for Data { media_type, bytes } in data {
        let unknown = || ChangeError::Data { format: "RDF", reason: format!("{media_type} is not known") };
        let format = RdfFormat::from_media_type(media_type).ok_or_else(unknown)?;
        let wrong = |reason: String| ChangeError::Data { format: format.name(), reason };
        let mut parser = RdfParser::from_format(format).rename_blank_nodes();
        parser = parser.with_base_iri(base).map_err(|error| wrong(error.to_string()))?;
        if *into != Graphs::All {
            let graph = graph.clone().map_or(GraphName::DefaultGraph, Into::into);
            parser = parser.without_named_graphs().with_default_graph(graph);
        }
        for quad in parser.for_slice(bytes) {
            draft.add(quad.map_err(|error| wrong(error.to_string()))?)?;
        }
    }
    Ok(())
}

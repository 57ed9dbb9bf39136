//! One SPARQL query: checked, run with a stack that holds it, written in a format.

use std::io::{self, Write};
use std::sync::LazyLock;

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::NamedNode;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{CancellationToken, QueryEvaluationError, QueryResults};
use serde::{Deserialize, Serialize};
use spargebra::{Query, SparqlParser};

use super::elsewhere::Elsewhere;
use super::negotiate::Offer;
use super::{joins, nesting, services};
use crate::ontology::vocab;
use crate::store::Store;

/// Address space, not memory: the pages that a query does not reach are never touched.
const STACK: usize = 512 * 1024 * 1024;

/// A parser that knows the prefixes in use. That each is an IRI, a test sees to.
static PARSER: LazyLock<SparqlParser> = LazyLock::new(|| {
    let prefixes = vocab::PREFIXES.iter();
    prefixes.fold(SparqlParser::new(), |parser, (prefix, namespace)| {
        parser.clone().with_prefix(*prefix, *namespace).unwrap_or(parser)
    })
});

/// A query with the dataset that the SPARQL Protocol lets the client name.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Question {
    /// SPARQL 1.1.
    pub query: String,
    /// IRIs of the graphs that make up the default graph; empty for the store's own.
    pub default_graphs: Vec<String>,
    /// IRIs of the graphs that `GRAPH` sees; empty for all, unless there are default graphs.
    pub named_graphs: Vec<String>,
    /// What relative IRIs are relative to.
    pub base: Option<String>,
}

impl Question {
    /// Whether the dataset is another than the store's own.
    #[must_use]
    pub fn names_graphs(&self) -> bool {
        !self.default_graphs.is_empty() || !self.named_graphs.is_empty()
    }
}

/// Why a query has no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// It is not SPARQL.
    #[error("the query is not valid SPARQL 1.1: {0}")]
    Syntax(String),
    /// An IRI of the dataset is none.
    #[error("{iri} is not an IRI: {reason}; name graphs by absolute IRIs")]
    Graph {
        /// As given.
        iri: String,
        /// Why not.
        reason: String,
    },
    /// It nests too deep to be run safely.
    #[error("the query nests {0} levels deep; at most {limit} are answered", limit = nesting::DEEPEST)]
    TooDeep(usize),
    /// It is too long to be run safely.
    #[error("the query is {0} bytes long; at most {limit} are answered", limit = nesting::LONGEST)]
    TooLong(usize),
    /// Its expressions or paths are too long to be planned in good time.
    #[error("the query has {0} operators; at most {limit} are planned; a list of values goes into VALUES", limit = nesting::MOST_OPERATORS)]
    TooManyOperators(usize),
    /// It joins too much to be planned in good time.
    #[error("the query joins {0} patterns in one group; at most {limit} are planned", limit = joins::MOST)]
    TooManyJoins(usize),
    /// It has more solutions or triples than an answer may have.
    #[error("the answer has more than {0} rows; ask for less, for example with LIMIT")]
    TooManyRows(usize),
    /// None of the formats that the client accepts fits this form of query.
    #[error("none of the accepted formats fits; this query is answered as {0}")]
    NotAcceptable(String),
    /// Cancelled.
    #[error("the query was cancelled")]
    Cancelled,
    /// What a service is asked cannot be found.
    #[error(transparent)]
    Service(#[from] services::ServiceError),
    /// A fault in evaluation.
    #[error("the query cannot be evaluated: {0}")]
    Evaluation(String),
    /// The answer cannot be written.
    #[error("the answer cannot be written: {0}")]
    Write(#[from] io::Error),
}

impl From<QueryEvaluationError> for QueryError {
    fn from(error: QueryEvaluationError) -> Self {
        match error {
            QueryEvaluationError::Cancelled => Self::Cancelled,
            other => Self::Evaluation(other.to_string()),
        }
    }
}

/// A format of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For SELECT and ASK.
    Results(QueryResultsFormat),
    /// For CONSTRUCT and DESCRIBE.
    Graph(RdfFormat),
}

impl Offer for Format {
    fn media_type(self) -> &'static str {
        match self {
            Self::Results(f) => f.media_type().split(';').next().unwrap_or_default(),
            Self::Graph(f) => f.media_type(),
        }
    }
}

/// Formats of tables, the preferred first.
pub const RESULTS: [Format; 4] = [
    Format::Results(QueryResultsFormat::Json),
    Format::Results(QueryResultsFormat::Xml),
    Format::Results(QueryResultsFormat::Csv),
    Format::Results(QueryResultsFormat::Tsv),
];

/// Formats of graphs, the preferred first.
pub const GRAPHS: [Format; 6] = [
    Format::Graph(RdfFormat::Turtle),
    Format::Graph(RdfFormat::NTriples),
    Format::Graph(RdfFormat::RdfXml),
    Format::Graph(RdfFormat::JsonLd { profile: oxigraph::io::JsonLdProfileSet::empty() }),
    Format::Graph(RdfFormat::NQuads),
    Format::Graph(RdfFormat::TriG),
];

/// The formats that an answer can take.
#[must_use]
pub fn offers(results: &QueryResults<'_>) -> &'static [Format] {
    match results {
        QueryResults::Graph(_) => &GRAPHS,
        QueryResults::Solutions(_) | QueryResults::Boolean(_) => &RESULTS,
    }
}

/// The format of a name (`csv`, `ttl`) or media type among `offers`.
#[must_use]
pub fn named(name: &str, offers: &[Format]) -> Option<Format> {
    let of = |f: &Format| match f {
        Format::Results(r) => r.file_extension() == extension(name),
        Format::Graph(g) => g.file_extension() == extension(name),
    };
    offers.iter().copied().find(|f| of(f) || f.media_type().eq_ignore_ascii_case(name))
}

/// File extensions as the serialisers know them, for the other names in use.
fn extension(name: &str) -> &str {
    match name {
        "json" => "srj",
        "xml" => "srx",
        "turtle" => "ttl",
        "ntriples" => "nt",
        "nquads" => "nq",
        "rdfxml" | "rdf+xml" => "rdf",
        "json-ld" => "jsonld",
        other => other,
    }
}

/// Whether a query is as short and flat as most are, so that it can be parsed and run on a stack of
/// some megabytes.
#[must_use]
pub fn is_modest(query: &str) -> bool {
    const BYTES: usize = 4096;
    const DEPTH: usize = 16;
    const OPERATORS: usize = 100;
    query.len() <= BYTES && {
        let shape = nesting::shape(query);
        shape.depth <= DEPTH && shape.operators <= OPERATORS
    }
}

/// Checks and parses a query. To be called where [`with_stack`] has made room for it, or where it
/// [is modest](is_modest).
///
/// # Errors
/// When the query is not SPARQL, too deep, or joins too much.
pub fn parse(query: &str, base: Option<&str>) -> Result<Query, QueryError> {
    check(query)?;
    let query = parser(base)?.parse_query(query).map_err(|e| QueryError::Syntax(e.to_string()))?;
    let joined = joins::most_joined(&query);
    if joined > joins::MOST {
        return Err(QueryError::TooManyJoins(joined));
    }
    Ok(query)
}

/// Whether a text is short and flat enough to be parsed at all.
///
/// # Errors
/// When it is too long, too deep, or has too many operators.
pub fn check(query: &str) -> Result<(), QueryError> {
    if query.len() > nesting::LONGEST {
        return Err(QueryError::TooLong(query.len()));
    }
    let shape = nesting::shape(query);
    if shape.depth > nesting::DEEPEST {
        return Err(QueryError::TooDeep(shape.depth));
    }
    if shape.operators > nesting::MOST_OPERATORS {
        return Err(QueryError::TooManyOperators(shape.operators));
    }
    Ok(())
}

/// A parser that knows the prefixes in use.
pub(super) fn parser(base: Option<&str>) -> Result<SparqlParser, QueryError> {
    match base {
        Some(base) => PARSER.clone().with_base_iri(base).map_err(|e| QueryError::Syntax(e.to_string())),
        None => Ok(PARSER.clone()),
    }
}

/// Checks and starts a query. To be called where [`with_stack`] has made room for it.
///
/// # Errors
/// When the query is not SPARQL, too deep, or names a dataset that is no IRI.
pub fn start(
    store: &Store,
    elsewhere: &Elsewhere,
    question: &Question,
    token: CancellationToken,
) -> Result<QueryResults<'static>, QueryError> {
    let query = parse(&question.query, question.base.as_deref())?;
    run(store, elsewhere, query, question, token)
}

/// Starts a query that [`parse`] gave, over the dataset that the question names.
///
/// # Errors
/// When it names a dataset that is no IRI, searches for what cannot be found, or cannot be evaluated.
pub fn run(
    store: &Store,
    elsewhere: &Elsewhere,
    mut query: Query,
    question: &Question,
    token: CancellationToken,
) -> Result<QueryResults<'static>, QueryError> {
    services::look_up(store, elsewhere, &mut query, &token)?;
    // What the protocol names replaces what the query names (SPARQL 1.1 Protocol, 2.1.4).
    let graphs = if question.names_graphs() {
        Some((graphs(&question.default_graphs)?, graphs(&question.named_graphs)?))
    } else {
        None
    };
    Ok(store.evaluate(query, graphs, token)?)
}

pub(super) fn graphs(iris: &[String]) -> Result<Vec<NamedNode>, QueryError> {
    iris.iter()
        .map(|iri| NamedNode::new(iri).map_err(|e| QueryError::Graph { iri: iri.clone(), reason: e.to_string() }))
        .collect()
}

/// Writes an answer of at most `most` solutions or triples; says how many there are (a yes or no counts
/// as one).
///
/// # Errors
/// When evaluation or writing fails on the way, there are more, or the format is for the other kind of answer.
pub fn write(results: QueryResults<'_>, format: Format, most: usize, out: impl Write) -> Result<usize, QueryError> {
    let mut count = 0;
    let mut counted = || {
        count += 1;
        if count > most { Err(QueryError::TooManyRows(most)) } else { Ok(()) }
    };
    match (results, format) {
        (QueryResults::Boolean(value), Format::Results(format)) => {
            QueryResultsSerializer::from_format(format).serialize_boolean_to_writer(out, value)?;
            counted()?;
        }
        (QueryResults::Solutions(solutions), Format::Results(format)) => {
            let variables = solutions.variables().to_vec();
            let mut writer =
                QueryResultsSerializer::from_format(format).serialize_solutions_to_writer(out, variables)?;
            for solution in solutions {
                counted()?;
                writer.serialize(&solution?)?;
            }
            writer.finish()?;
        }
        (QueryResults::Graph(triples), Format::Graph(format)) => {
            let mut writer = graph_writer(format).for_writer(out);
            for triple in triples {
                counted()?;
                writer.serialize_triple(&triple?)?;
            }
            writer.finish()?;
        }
        (results, _) => {
            let names: Vec<_> = offers(&results).iter().map(|f| f.media_type()).collect();
            return Err(QueryError::NotAcceptable(names.join(", ")));
        }
    }
    Ok(count)
}

/// A serialiser that knows the prefixes in use.
pub fn graph_writer(format: RdfFormat) -> RdfSerializer {
    vocab::PREFIXES.iter().fold(RdfSerializer::from_format(format), |writer, (prefix, namespace)| {
        // A namespace of the table is an IRI, so that the serialiser has no reason to refuse it.
        writer.clone().with_prefix(*prefix, *namespace).unwrap_or(writer)
    })
}

/// Runs `work` on a thread whose stack holds the deepest query that is answered.
///
/// # Errors
/// When the system gives no thread.
pub fn with_stack<T: Send>(work: impl FnOnce() -> T + Send) -> io::Result<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("query".into()).stack_size(STACK).spawn_scoped(scope, work)?;
        thread.join().map_err(|_| io::Error::other("the query made the evaluator panic"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(query: &str) -> Result<usize, QueryError> {
        let store = Store::from(oxigraph::store::Store::new()?);
        let question = Question { query: query.into(), ..Question::default() };
        with_stack(|| {
            let results = start(&store, &Elsewhere::default(), &question, CancellationToken::new())?;
            let format = offers(&results)[0];
            write(results, format, usize::MAX, io::sink())
        })?
    }

    impl From<oxigraph::store::StorageError> for QueryError {
        fn from(error: oxigraph::store::StorageError) -> Self {
            Self::Evaluation(error.to_string())
        }
    }

    #[test]
    fn deep_queries_get_an_error_and_the_deepest_allowed_an_answer() {
        let nested = |n: usize| format!("SELECT * {}{}", "{".repeat(n), "}".repeat(n));
        assert!(matches!(ask(&nested(600)), Err(QueryError::TooDeep(600))));
        assert_eq!(ask(&nested(nesting::DEEPEST)).ok(), Some(1));
        let exists = |n: usize| format!("ASK {{ {}{} }}", "FILTER EXISTS { ?s ?p ?o ".repeat(n), "}".repeat(n));
        assert_eq!(ask(&exists(nesting::DEEPEST - 1)).ok(), Some(1));
        assert!(matches!(ask("SELECT nonsense"), Err(QueryError::Syntax(_))));
    }

    #[test]
    fn the_longest_chains_are_refused_or_stay_within_the_stack() {
        let fill = |unit: &str, times: usize| unit.repeat(times);
        let joins = 1000;
        for query in [
            format!("SELECT * {{ ?s ?p ?o {} }}", fill("OPTIONAL{?s ?p ?o}", joins)),
            format!("SELECT * {{ {} }}", fill("{?s ?p ?o}", joins)),
            format!("ASK {{ {} }}", fill("?s ?p ?o.", joins)),
            format!("ASK {{ ?s <p:p>{} ?o }}", fill("/<p:p>", joins)),
            format!("ASK {{ ?s ?p ({}) }}", fill("1 ", joins)),
        ] {
            let answer = ask(&query);
            assert!(matches!(answer, Err(QueryError::TooManyJoins(_))), "{answer:?} to {query:.80}");
        }
        let operators = nesting::MOST_OPERATORS;
        assert!(matches!(
            ask(&format!("ASK {{ FILTER(1{}) }}", fill("+1", operators + 1))),
            Err(QueryError::TooManyOperators(_))
        ));
        for query in [
            format!("SELECT * {{ {{}} {} }}", fill("UNION{}", operators)),
            format!("ASK {{ FILTER(1{}) }}", fill("+1", operators)),
            format!("ASK {{ FILTER(1{}) }}", fill("&&1", operators / 2)),
            format!("ASK {{ ?s <p:p>{} ?o }}", fill("|<p:p>", operators)),
        ] {
            let answer = ask(&query);
            assert!(answer.is_ok(), "{answer:?} to {query:.80}");
        }
    }
}

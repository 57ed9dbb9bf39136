//! The SPARQL 1.1 Protocol, query operation.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;
use oxigraph::sparql::{CancellationToken, QueryResults};
use spargebra::Query;
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::evaluate::{self, Format, GRAPHS, QueryError, Question};
use super::negotiate::{self, Offer};
use super::{Site, parameters, problem};

/// An answer, whole.
pub(super) struct Answer {
    /// What it is.
    pub format: Format,
    /// Its bytes.
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The query's own fault, or the store's.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// It ran out of its time.
    #[error("the query took longer than {0} s and was stopped; ask for less, for example with LIMIT")]
    TooSlow(u64),
    /// Others were running all the time.
    #[error("the server is busy; try again in a moment")]
    Busy,
    /// The answer is larger than one may be.
    #[error("the answer is larger than {0} MiB; ask for less, for example with LIMIT")]
    TooLarge(usize),
    /// The system gave no thread.
    #[error("the server cannot run the query: {0}")]
    NoThread(#[from] io::Error),
}

impl Failure {
    fn status(&self) -> StatusCode {
        match self {
            Self::Query(QueryError::NotAcceptable(_)) => StatusCode::NOT_ACCEPTABLE,
            Self::Query(QueryError::Write(_)) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Query(_) => StatusCode::BAD_REQUEST,
            Self::TooSlow(_) => StatusCode::GATEWAY_TIMEOUT,
            Self::Busy | Self::NoThread(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::TooLarge(_) => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = problem(self.status(), &self.to_string());
        if matches!(self, Self::Busy) {
            response.headers_mut().insert(header::RETRY_AFTER, 5.into());
        }
        response
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let media_type = match self.format {
            Format::Results(f) => f.media_type(),
            Format::Graph(f) => f.media_type(),
        };
        // The answer depends on what the client accepts; caches must know.
        ([(header::CONTENT_TYPE, media_type), (header::VARY, "Accept")], self.body).into_response()
    }
}

/// Collects bytes up to a limit.
struct Bounded {
    bytes: Vec<u8>,
    limit: usize,
    full: bool,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.bytes.len() + bytes.len() > self.limit {
            self.full = true;
            return Err(io::Error::other("the answer is too large"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Picks the format of an answer among those that fit.
type Choose = Box<dyn FnOnce(&[Format]) -> Option<Format> + Send>;

/// Runs a query within the site's limits, in the format that `choose` picks of those that fit.
pub(super) async fn answer(
    site: &Arc<Site>,
    question: Question,
    choose: impl FnOnce(&[Format]) -> Option<Format> + Send + 'static,
) -> Result<Answer, Failure> {
    let choose: Choose = Box::new(choose);
    let parsed = site.parsed.query(&question)?;
    // Most queries are looked up sooner than a thread is told of them.
    if let Some(query) = &parsed
        && !question.names_graphs()
        && let Some(results) = site.store().answer_soon(query).map_err(QueryError::from)?
    {
        return written(site, results, choose);
    }
    let limit = site.settings.timeout;
    let token = CancellationToken::new();
    let (begin, begun) = oneshot::channel();
    let (end, ended) = oneshot::channel();
    let (shared, thread_token) = (Arc::clone(site), token.clone());
    let job = move || {
        // Nobody waits any more for a query whose turn has come too late.
        if begin.send(()).is_ok() {
            let _ = end.send(complete(&shared, &question, parsed, choose, thread_token));
        }
    };
    if site.pool.run(job).is_err() || !matches!(timeout(limit, begun).await, Ok(Ok(()))) {
        return Err(Failure::Busy);
    }
    match timeout(limit, ended).await {
        Ok(Ok(result)) => result,
        Ok(Err(_)) => Err(Failure::NoThread(io::Error::other("the query made the evaluator panic"))),
        Err(_) => {
            token.cancel();
            Err(Failure::TooSlow(limit.as_secs()))
        }
    }
}

fn complete(
    site: &Site,
    question: &Question,
    parsed: Option<Arc<Query>>,
    choose: Choose,
    token: CancellationToken,
) -> Result<Answer, Failure> {
    match parsed {
        Some(query) => written(site, evaluate::run(&site.store(), Query::clone(&query), question, token)?, choose),
        None => evaluate::with_stack(|| written(site, evaluate::start(&site.store(), question, token)?, choose))?,
    }
}

fn written(site: &Site, results: QueryResults<'_>, choose: Choose) -> Result<Answer, Failure> {
    let offers = evaluate::offers(&results);
    let Some(format) = choose(offers) else {
        let names: Vec<_> = offers.iter().map(|f| f.media_type()).collect();
        return Err(QueryError::NotAcceptable(names.join(", ")).into());
    };
    let mut out = Bounded { bytes: Vec::new(), limit: site.settings.largest_answer, full: false };
    match evaluate::write(results, format, &mut out) {
        Ok(_) => Ok(Answer { format, body: out.bytes }),
        Err(_) if out.full => Err(Failure::TooLarge(out.limit >> 20)),
        Err(error) => Err(error.into()),
    }
}

/// Queries that were parsed before: programs ask the same again and again.
#[derive(Default)]
pub(super) struct Parsed(Mutex<HashMap<String, Arc<Query>>>);

impl Parsed {
    /// Queries that are kept, each no longer than a modest one.
    const MOST: usize = 1024;

    /// The query of a question of this site, whose base is always the same; `None` where it is not modest.
    fn query(&self, question: &Question) -> Result<Option<Arc<Query>>, QueryError> {
        if let Some(query) = self.queries().get(&question.query) {
            return Ok(Some(query.clone()));
        }
        if !evaluate::is_modest(&question.query) {
            return Ok(None);
        }
        let query = Arc::new(evaluate::parse(&question.query, question.base.as_deref())?);
        let mut queries = self.queries();
        if queries.len() >= Self::MOST {
            queries.clear();
        }
        queries.insert(question.query.clone(), query.clone());
        Ok(Some(query))
    }

    fn queries(&self) -> MutexGuard<'_, HashMap<String, Arc<Query>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `GET ?query=`, `POST` of a form, `POST` of a query; without a query the service description.
pub(super) async fn endpoint(
    State(site): State<Arc<Site>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let request = match read_request(&method, &uri, &headers, &body) {
        Ok(request) => request,
        Err(refusal) => return *refusal,
    };
    let accept = headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).map(str::to_owned);
    let Request { question: Some(mut question), format } = request else {
        return describe(accept.as_deref(), &headers, &uri);
    };
    question.base = Some(site.settings.base.clone());
    let choose = move |offers: &[Format]| match &format {
        Some(name) => evaluate::named(name, offers),
        None => negotiate::choose(accept.as_deref(), offers),
    };
    let mut response = answer(&site, question, choose).await.into_response();
    if method == Method::HEAD {
        *response.body_mut() = Body::empty();
    }
    response
}

/// What a request asks.
#[derive(Default)]
struct Request {
    question: Option<Question>,
    format: Option<String>,
}

fn read_request(method: &Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Result<Request, Box<Response>> {
    let refuse = |status, message: &str| Box::new(problem(status, message));
    let bad = |message: String| refuse(StatusCode::BAD_REQUEST, &message);
    let in_url = parameters::decode(uri.query().unwrap_or_default().as_bytes()).map_err(bad)?;
    match *method {
        Method::GET | Method::HEAD => collect(in_url, None).map_err(bad),
        Method::POST => {
            let content_type = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
            let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            match essence.as_str() {
                "application/x-www-form-urlencoded" => {
                    let in_form = parameters::decode(body).map_err(bad)?;
                    if !in_form.iter().any(|(name, _)| name == "query") {
                        return Err(bad("the form has no field \"query\"".into()));
                    }
                    collect(in_url.into_iter().chain(in_form).collect(), None).map_err(bad)
                }
                "application/sparql-query" => {
                    let query = std::str::from_utf8(body).map_err(|_| bad("the query is not UTF-8".into()))?;
                    collect(in_url, Some(query.to_owned())).map_err(bad)
                }
                "application/sparql-update" => {
                    Err(refuse(StatusCode::FORBIDDEN, "read-only: this server takes no changes"))
                }
                _ => Err(refuse(
                    StatusCode::UNSUPPORTED_MEDIA_TYPE,
                    "send the query as application/sparql-query or application/x-www-form-urlencoded",
                )),
            }
        }
        _ => {
            let mut refusal = problem(StatusCode::METHOD_NOT_ALLOWED, "use GET or POST");
            refusal.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("GET, HEAD, POST"));
            Err(Box::new(refusal))
        }
    }
}

fn collect(parameters: Vec<(String, String)>, query: Option<String>) -> Result<Request, String> {
    let mut request = Request::default();
    let mut question = Question::default();
    let mut queries: Vec<String> = query.into_iter().collect();
    for (name, value) in parameters {
        match name.as_str() {
            "query" => queries.push(value),
            "default-graph-uri" => question.default_graphs.push(value),
            "named-graph-uri" => question.named_graphs.push(value),
            "format" => request.format = Some(value),
            "update" => return Err("this is where queries go; an update is no query".into()),
            _ => {}
        }
    }
    if queries.len() > 1 {
        return Err("more than one query in one request".into());
    }
    if let Some(query) = queries.pop() {
        question.query = query;
        request.question = Some(question);
    }
    Ok(request)
}

/// The service description; a browser is taken to the explorer instead.
fn describe(accept: Option<&str>, headers: &HeaderMap, uri: &Uri) -> Response {
    #[derive(Clone, Copy)]
    enum Described {
        As(RdfFormat),
        Page,
    }
    impl Offer for Described {
        fn media_type(self) -> &'static str {
            match self {
                Self::As(format) => format.media_type(),
                Self::Page => "text/html",
            }
        }
    }
    let formats = GRAPHS.iter().filter_map(|f| match f {
        Format::Graph(format) => Some(Described::As(*format)),
        Format::Results(_) => None,
    });
    let offers: Vec<_> = formats.chain([Described::Page]).collect();
    let format = match negotiate::choose(accept, &offers) {
        Some(Described::As(format)) => format,
        Some(Described::Page) => return (StatusCode::SEE_OTHER, [(header::LOCATION, "/query")]).into_response(),
        None => {
            return problem(
                StatusCode::NOT_ACCEPTABLE,
                "the service description is RDF: accept text/turtle, for example",
            );
        }
    };
    let host = headers.get(header::HOST).and_then(|v| v.to_str().ok()).unwrap_or("localhost");
    match description(&format!("http://{host}{}", uri.path()), format) {
        Ok(body) => ([(header::CONTENT_TYPE, format.media_type()), (header::VARY, "Accept")], body).into_response(),
        Err(_) => problem(StatusCode::BAD_REQUEST, "the header Host does not name a host"),
    }
}

fn description(endpoint: &str, format: RdfFormat) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let text = include_str!("service-description.ttl");
    let parser = RdfParser::from_format(RdfFormat::Turtle).with_base_iri(endpoint)?;
    let quads: Vec<Quad> = parser.for_slice(text).collect::<Result<_, _>>()?;
    let mut writer = evaluate::graph_writer(format).for_writer(Vec::new());
    for quad in &quads {
        writer.serialize_triple(quad.as_ref())?;
    }
    Ok(writer.finish()?)
}

//! The SPARQL 1.1 Protocol, query operation.

use std::collections::HashMap;
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use http_body::Frame;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;
use spargebra::Query;
use tokio::time::Instant;

use super::evaluate::{self, Format, GRAPHS, QueryError, Question};
use super::metrics::Outcome;
use super::negotiate::{self, Offer};
use super::observe::Tally;
use super::requests::{self, Peer};
use super::worker::keeper::{Running, Stopped};
use super::worker::message::{Message, Refusal, Task};
use super::{Site, origin, parameters, problem};

/// Bytes of an answer that are kept back until it is known to be whole: what goes wrong before that still
/// gets a status of its own.
const KEPT_BACK: usize = 512 << 10;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The query's own fault, or the store's.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The worker's.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// The answer is larger than one may be.
    #[error("the answer is larger than {0} MiB; ask for less, for example with LIMIT")]
    TooLarge(u64),
}

impl Failure {
    fn outcome(&self) -> Outcome {
        match self {
            Self::Query(QueryError::TooManyRows(_))
            | Self::Stopped(Stopped::Memory(_) | Stopped::Refused(Refusal::TooMuch, _))
            | Self::TooLarge(_) => Outcome::TooLarge,
            Self::Query(QueryError::Write(_))
            | Self::Stopped(Stopped::Refused(Refusal::Fault, _) | Stopped::Lost(_) | Stopped::NoPlace) => {
                Outcome::Failed
            }
            Self::Query(_) | Self::Stopped(Stopped::Refused(..)) => Outcome::Refused,
            Self::Stopped(Stopped::TooSlow(_)) => Outcome::TooSlow,
            Self::Stopped(Stopped::Busy | Stopped::PerClient(_)) => Outcome::Busy,
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Query(QueryError::NotAcceptable(_)) | Self::Stopped(Stopped::Refused(Refusal::Format, _)) => {
                StatusCode::NOT_ACCEPTABLE
            }
            Self::Query(QueryError::TooLong(_)) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Query(QueryError::TooManyRows(_))
            | Self::Stopped(Stopped::Refused(Refusal::TooMuch, _) | Stopped::Memory(_))
            | Self::TooLarge(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Query(QueryError::Write(_))
            | Self::Stopped(Stopped::Refused(Refusal::Fault, _) | Stopped::Lost(_) | Stopped::NoPlace) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
            Self::Query(_) | Self::Stopped(Stopped::Refused(Refusal::Query, _)) => StatusCode::BAD_REQUEST,
            Self::Stopped(Stopped::Refused(Refusal::Missing, _)) => StatusCode::NOT_FOUND,
            Self::Stopped(Stopped::PerClient(_)) => StatusCode::TOO_MANY_REQUESTS,
            Self::Stopped(Stopped::TooSlow(_) | Stopped::Busy) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = problem(self.status(), &self.to_string());
        if matches!(self, Self::Stopped(Stopped::Busy | Stopped::PerClient(_))) {
            response.headers_mut().insert(header::RETRY_AFTER, 5.into());
        }
        response
    }
}

/// An answer of which the first part is there, and perhaps all.
pub(super) struct Answer {
    /// What it is.
    media_type: String,
    first: Bytes,
    /// What follows; a body that breaks off is seen to be broken.
    rest: Option<Rest>,
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let body = match self.rest {
            None => Body::from(self.first),
            Some(rest) => Body::new(Flow { first: Some(self.first), rest, over: false }),
        };
        // The answer depends on what the client accepts; caches must know.
        ([(header::CONTENT_TYPE, self.media_type), (header::VARY, "Accept".into())], body).into_response()
    }
}

/// What a worker still has to say.
struct Rest {
    running: Running,
    /// Bytes that may follow.
    room: u64,
    limit: u64,
    tally: Option<Tally>,
    /// Until when a client may take its time.
    ends: Instant,
}

impl Rest {
    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Failure>>> {
        if Instant::now() > self.ends {
            return Poll::Ready(Some(Err(Stopped::TooSlow(LONGEST_TRANSFER.as_secs()).into())));
        }
        Poll::Ready(match ready!(self.running.poll_next(context)) {
            Ok(Message::Body(piece)) => Some(match self.room.checked_sub(piece.len() as u64) {
                Some(room) => {
                    self.room = room;
                    Ok(piece.into())
                }
                None => Err(Failure::TooLarge(self.limit >> 20)),
            }),
            Ok(Message::End(_)) => None,
            Ok(_) => Some(Err(Stopped::Lost("its worker spoke out of turn".into()).into())),
            Err(stopped) => Some(Err(stopped.into())),
        })
    }
}

/// Time that the transfer of one answer may take, however slowly its client reads.
const LONGEST_TRANSFER: Duration = Duration::from_secs(1800);

/// The body of an answer that is sent while it is made.
struct Flow {
    first: Option<Bytes>,
    rest: Rest,
    /// What compresses a body asks it again after its end.
    over: bool,
}

impl HttpBody for Flow {
    type Data = Bytes;
    type Error = Failure;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Failure>>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        if self.over {
            return Poll::Ready(None);
        }
        let next = ready!(self.rest.poll_next(context));
        self.over = !matches!(next, Some(Ok(_)));
        let outcome = match &next {
            Some(Ok(_)) => None,
            Some(Err(failure)) => Some(failure.outcome()),
            None => Some(Outcome::Answered),
        };
        if let (Some(outcome), Some(tally)) = (outcome, &mut self.rest.tally) {
            tally.end(outcome);
        }
        Poll::Ready(next.map(|piece| piece.map(Frame::data)))
    }
}

/// The bytes of an answer that is made where it is asked for.
#[derive(Default)]
struct Short {
    bytes: Vec<u8>,
    full: bool,
}

impl io::Write for Short {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > KEPT_BACK {
            self.full = true;
            return Err(io::Error::other("the answer is long"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// How an answer is wanted.
#[derive(Debug, Clone, Default)]
pub(super) struct Wanted {
    /// The format, by name.
    pub format: Option<String>,
    /// The header `Accept`.
    pub accept: Option<String>,
}

impl Wanted {
    fn choose(&self, offers: &[Format]) -> Option<Format> {
        match &self.format {
            Some(name) => evaluate::named(name, offers),
            None => negotiate::choose(self.accept.as_deref(), offers),
        }
    }
}

/// Runs a query within the site's limits.
pub(super) async fn answer(
    site: &Arc<Site>,
    client: Option<IpAddr>,
    question: Question,
    wanted: Wanted,
) -> Result<Answer, Failure> {
    let mut tally = Tally::begin(site, &question.query);
    let mut answer = answered(site, client, question, wanted).await;
    match &mut answer {
        // One that is sent while it is made is not over yet.
        Ok(Answer { rest: Some(rest), .. }) => rest.tally = Some(tally),
        Ok(_) => tally.end(Outcome::Answered),
        Err(failure) => tally.end(failure.outcome()),
    }
    answer
}

async fn answered(site: &Site, client: Option<IpAddr>, question: Question, wanted: Wanted) -> Result<Answer, Failure> {
    evaluate::check(&question.query)?;
    let store = site.store();
    // Most queries are looked up sooner than a worker is told of them.
    if let Some(query) = site.parsed.query(&question)?
        && !question.names_graphs()
        && let Some(results) = store.answer_soon(&query).map_err(QueryError::from)?
        // A page is the worker's to write.
        && let Some(format) = wanted.choose(evaluate::offers(&results))
    {
        let mut body = Short::default();
        match evaluate::write(results, format, site.settings.rows, &mut body) {
            Ok(_) => {
                return Ok(Answer { media_type: format.media_type().into(), first: body.bytes.into(), rest: None });
            }
            // Few rows may be long ones: a worker sends them in pieces.
            Err(_) if body.full => {}
            Err(error) => return Err(error.into()),
        }
    }
    let task = Task::Query { question, format: wanted.format, accept: wanted.accept, rows: site.settings.rows };
    let waiting = site.metrics.waiting();
    let running = site.workers.ask(client, &store, task).await?;
    drop(waiting);
    let _running = site.metrics.running();
    collected(site, running).await
}

/// Waits for an answer until it is whole, or too long to be kept back.
pub(super) async fn collected(site: &Site, mut running: Running) -> Result<Answer, Failure> {
    let limit = site.settings.largest_answer;
    let mut answer = Answer { media_type: String::new(), first: Bytes::new(), rest: None };
    let mut first = Vec::new();
    loop {
        match running.next().await? {
            Message::Head(media_type) => answer.media_type = media_type,
            Message::Body(piece) if first.is_empty() => first = piece,
            Message::Body(piece) => first.extend_from_slice(&piece),
            Message::End(_) => break,
            Message::Ready | Message::Refused(..) => {
                return Err(Stopped::Lost("its worker spoke out of turn".into()).into());
            }
        }
        if first.len() as u64 > limit {
            return Err(Failure::TooLarge(limit >> 20));
        }
        if first.len() >= KEPT_BACK {
            let room = limit - first.len() as u64;
            answer.rest = Some(Rest { running, room, limit, tally: None, ends: Instant::now() + LONGEST_TRANSFER });
            break;
        }
    }
    answer.first = first.into();
    Ok(answer)
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
pub(super) async fn endpoint(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let (method, uri, headers) = (&parts.method, &parts.uri, &parts.headers);
    let body = match *method {
        Method::POST => match requests::body(body, requests::LARGEST_BODY).await {
            Ok(body) => body,
            Err(refusal) => return refusal,
        },
        _ => Bytes::new(),
    };
    let asked = match read_request(method, uri, headers, &body) {
        Ok(asked) => asked,
        Err(refusal) => return *refusal,
    };
    let accept = headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).map(str::to_owned);
    let Asked { question: Some(mut question), format } = asked else {
        return describe(&site, accept.as_deref(), headers, uri);
    };
    question.base = Some(site.settings.base.clone());
    let client = Peer::of(&site.settings, &parts);
    // To HEAD, the connection sends no body of it.
    answer(&site, client, question, Wanted { format, accept }).await.into_response()
}

/// What a request asks.
#[derive(Default)]
struct Asked {
    question: Option<Question>,
    format: Option<String>,
}

fn read_request(method: &Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Result<Asked, Box<Response>> {
    let refuse = |status, message: &str| Box::new(problem(status, message));
    let bad = |message: String| refuse(StatusCode::BAD_REQUEST, &message);
    let in_url = parameters::decode(uri.query().unwrap_or_default().as_bytes()).map_err(bad)?;
    match *method {
        Method::GET | Method::HEAD => collect(in_url, None).map_err(bad),
        Method::POST => match requests::media_type(headers).as_str() {
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
            "application/sparql-update" => Err(refuse(
                StatusCode::FORBIDDEN,
                "queries only are answered here; a server that takes changes takes them at /update",
            )),
            _ => Err(refuse(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "send the query as application/sparql-query or application/x-www-form-urlencoded",
            )),
        },
        _ => Err(Box::new(requests::not_allowed(method, "GET, HEAD, POST, OPTIONS"))),
    }
}

fn collect(parameters: Vec<(String, String)>, query: Option<String>) -> Result<Asked, String> {
    let mut asked = Asked::default();
    let mut question = Question::default();
    let mut queries: Vec<String> = query.into_iter().collect();
    for (name, value) in parameters {
        match name.as_str() {
            "query" => queries.push(value),
            "default-graph-uri" => question.default_graphs.push(value),
            "named-graph-uri" => question.named_graphs.push(value),
            "format" => asked.format = Some(value),
            "update" => return Err("this is where queries go; an update is no query".into()),
            _ => {}
        }
    }
    if queries.len() > 1 {
        return Err("more than one query in one request".into());
    }
    if let Some(query) = queries.pop() {
        question.query = query;
        asked.question = Some(question);
    }
    Ok(asked)
}

/// The service description; a browser is taken to the explorer instead.
fn describe(site: &Site, accept: Option<&str>, headers: &HeaderMap, uri: &Uri) -> Response {
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
    let origin = match origin::of(&site.settings, headers) {
        Ok(origin) => origin,
        Err(refusal) => return *refusal,
    };
    match description(&format!("{origin}{}", uri.path()), format, site.writing.is_some()) {
        Ok(body) => ([(header::CONTENT_TYPE, format.media_type()), (header::VARY, "Accept")], body).into_response(),
        Err(_) => problem(StatusCode::BAD_REQUEST, "the header Host does not name a host"),
    }
}

fn description(endpoint: &str, format: RdfFormat, writable: bool) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut text = include_str!("service-description.ttl").to_owned();
    if writable {
        text += include_str!("service-description-writable.ttl");
    }
    let parser = RdfParser::from_format(RdfFormat::Turtle).with_base_iri(endpoint)?;
    let quads: Vec<Quad> = parser.for_slice(&text).collect::<Result<_, _>>()?;
    let mut writer = evaluate::graph_writer(format).for_writer(Vec::new());
    for quad in &quads {
        writer.serialize_triple(quad.as_ref())?;
    }
    Ok(writer.finish()?)
}

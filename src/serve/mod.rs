//! **serve**: the graph over HTTP: SPARQL, linked data, the explorer.
//!
//! A query that is looked up in no time is answered where it is read; any other is answered by a
//! [worker], a process that has its time and memory and is killed when these are used up. What goes
//! wrong before the first half megabyte gets a status and a reason; after it, the transfer breaks off.

use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};

mod caching;
mod comparing;
mod catalogue;
pub mod describe;
pub mod evaluate;
pub mod elsewhere;
mod explorer;
mod graph_store;
mod health;
mod html;
mod joins;
mod linked_data;
mod metrics;
mod multipart;
mod negotiate;
mod nesting;
mod observe;
pub mod origin;
mod parameters;
mod pool;
mod readers;
mod requests;
pub mod saved;
mod search;
mod served;
mod shares;
pub mod services;
mod signals;
mod sitemap;
mod sparql;
mod suggest;
mod update;
mod watch;
pub mod worker;
pub mod writing;

use crate::store::{self, Store};
use pool::Pool;
use served::Served;
use tower_http::compression::CompressionLayer;
use worker::keeper::{Rules, Workers};
use writing::{Writable, Writing};

/// What a server serves, and how much of it to one query.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Base of the graph's IRIs, with `/` at its end.
    pub base: String,
    /// Time for one query. One that waits for its turn for as long is turned away.
    pub timeout: Duration,
    /// Bytes of memory for one query, besides the graph, which is mapped.
    pub memory: u64,
    /// Solutions or triples of one answer.
    pub rows: usize,
    /// Bytes of one answer.
    pub largest_answer: u64,
    /// Queries that run at once, besides those that take no time; others wait.
    pub at_once: usize,
    /// Queries that may wait.
    pub waiting: usize,
    /// Queries of one client that may run or wait.
    pub per_client: usize,
    /// Addresses of the endpoints that `SERVICE` reaches.
    pub services: Vec<String>,
    /// Whether the client is the one that a proxy names in `X-Forwarded-For`.
    pub behind_proxy: bool,
    /// Folder of the graph, where a newer one is looked for; without it the graph stays what it is.
    pub graph: Option<PathBuf>,
    /// What addresses of this server begin with for the world, without `/` at its end; else the host asked.
    pub public_url: Option<String>,
    /// A query that takes longer is said in the log.
    pub slow: Duration,
    /// Each request is said in the log.
    pub log_requests: bool,
}

impl Settings {
    /// The usual limits, for a graph whose IRIs begin with `base`.
    #[must_use]
    pub fn new(base: &str) -> Self {
        let processors = std::thread::available_parallelism().map_or(4, std::num::NonZero::get);
        Self {
            base: base.into(),
            timeout: Duration::from_secs(30),
            memory: 1 << 30,
            rows: 10_000_000,
            largest_answer: 1 << 30,
            at_once: (processors * 2).max(4),
            waiting: 1024,
            per_client: 256,
            services: Vec::new(),
            behind_proxy: false,
            graph: None,
            public_url: None,
            slow: Duration::from_secs(5),
            log_requests: false,
        }
    }

    fn rules(&self) -> Rules {
        Rules {
            workers: self.at_once,
            waiting: self.waiting,
            per_client: self.per_client,
            memory: self.memory,
            services: self.services.clone(),
            time: self.timeout,
        }
    }
}

/// What the handlers share.
pub(crate) struct Site {
    /// The graph that is served now; a rebuilt one takes its place.
    served: RwLock<Arc<Served>>,
    settings: Settings,
    workers: Workers,
    /// Where changes are taken, how.
    writing: Option<Writing>,
    /// Threads for searches in the texts.
    pool: Pool<()>,
    parsed: sparql::Parsed,
    metrics: metrics::Metrics,
    suggestions: suggest::Suggestions,
    counted: linked_data::Counted,
    watch: watch::Watch,
}

/// Serves `store` on `listener` until the process is asked to stop (SIGTERM, Ctrl-C); takes changes to it where it
/// is `writable`.
///
/// # Errors
/// When the runtime cannot be started or the listener fails.
pub fn run(listener: TcpListener, store: Store, settings: Settings, writable: Option<Writable>) -> std::io::Result<()> {
    // Where there is no index of texts, a search says so.
    let _ = store.open_texts();
    let pool = Pool::new(settings.at_once, settings.waiting, || ())?;
    let workers = Workers::new(settings.rules())?;
    let folder = settings.graph.as_deref();
    let version = folder.and_then(|folder| store::version_name(folder).ok()).unwrap_or_default();
    let served = Served::first(store, version, folder.and_then(store::built));
    let site = Arc::new(Site {
        served: RwLock::new(served),
        settings,
        workers,
        writing: writable.map(Into::into),
        pool,
        parsed: sparql::Parsed::default(),
        metrics: metrics::Metrics::default(),
        suggestions: suggest::Suggestions::default(),
        counted: linked_data::Counted::default(),
        watch: watch::Watch::default(),
    });
    watch::start(&site)?;
    suggest::prepare(&site);
    readers::serve(listener, &router(site.clone()), &site)
}

fn router(site: Arc<Site>) -> Router {
    Router::new()
        .route("/", get(explorer::page))
        .route("/network", get(explorer::page))
        .route("/query", get(explorer::page))
        .route("/assets/{name}", get(explorer::asset))
        .route("/sparql", any(sparql::endpoint))
        .route("/search", get(search::found))
        .route("/diff", get(comparing::compared))
        .route("/suggest", get(suggest::suggest))
        .route("/update", any(update::endpoint))
        .route("/store", any(graph_store::endpoint))
        .route("/store/{*path}", any(graph_store::endpoint))
        .route("/id/{*path}", get(linked_data::see_other))
        .route("/doc/{*path}", get(linked_data::document))
        .route("/source/{name}", get(linked_data::source))
        .route("/ontology", get(linked_data::ontology))
        .route("/ontology.{suffix}", get(linked_data::ontology_as))
        .route("/text", get(linked_data::ontology))
        .route("/prefixes", get(linked_data::prefixes))
        .route("/.well-known/void", get(linked_data::data_set))
        .route("/dataset", get(linked_data::data_set))
        .route("/dataset.{suffix}", get(linked_data::data_set))
        .route("/style.css", get(linked_data::style))
        .route("/sitemap.xml", get(sitemap::index))
        .route("/sitemap/{part}", get(sitemap::part))
        .route("/robots.txt", get(sitemap::robots))
        .route("/health", get(health::health))
        .route("/health/live", get(health::live))
        .route("/metrics", get(metrics::metrics))
        .fallback(|| async { problem(StatusCode::NOT_FOUND, "there is nothing at this address") })
        .layer(DefaultBodyLimit::max(requests::LARGEST_BODY))
        .layer(CompressionLayer::new())
        .layer(axum::middleware::map_response(caching::weakened))
        .layer(axum::middleware::map_response(security))
        .layer(axum::middleware::from_fn(cross_origin))
        .layer(axum::middleware::from_fn_with_state(site.clone(), observe::around))
        .with_state(site)
}

/// Nothing that is sent may load anything from elsewhere, or run a script that is not ours. A page that says
/// more narrowly what it needs has its own policy.
async fn security(mut response: Response) -> Response {
    const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
         font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
         worker-src 'self' blob:";
    let headers: [(HeaderName, &str); 3] = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    for (name, value) in headers {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Pages of others may read what is here: nothing in it depends on who asks from where, and what writes
/// needs a token that no browser sends by itself.
async fn cross_origin(request: Request, next: Next) -> Response {
    let preflight =
        request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if preflight { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
    let headers = response.headers_mut();
    let mut say = |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
    say(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    if preflight {
        say(header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS");
        say(header::ACCESS_CONTROL_ALLOW_HEADERS, "Accept, Authorization, Content-Type, If-None-Match, X-Request-Id");
        say(header::ACCESS_CONTROL_MAX_AGE, "86400");
    } else {
        say(header::ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, Last-Modified, Link, Location, Retry-After, X-Request-Id");
    }
    response
}

/// A refusal as RFC 9457 has it: the status, what it is called, and what to do about it.
fn problem(status: StatusCode, detail: &str) -> Response {
    let title = status.canonical_reason().unwrap_or("Refused");
    let mut body =
        serde_json::json!({ "type": "about:blank", "status": status.as_u16(), "title": title, "detail": detail });
    if let Some(id) = observe::request_id() {
        body["requestId"] = (*id).into();
    }
    (status, [(header::CONTENT_TYPE, "application/problem+json")], format!("{body}\n")).into_response()
}

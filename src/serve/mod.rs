//! **serve**: the graph over HTTP, read-only: SPARQL, linked data, the explorer.
//!
//! A query that is looked up in no time is answered where it is read; any other runs on one of some
//! threads with a stack that holds it, within a time and a size. An answer is complete before the
//! first byte of it is sent.

use std::net::TcpListener;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};

pub mod describe;
pub mod evaluate;
mod explorer;
mod joins;
mod linked_data;
mod negotiate;
mod nesting;
mod parameters;
mod pool;
mod readers;
pub mod saved;
mod search;
mod sparql;
pub mod texts;

use crate::store::Store;
use pool::Pool;

/// What a server serves, and how much of it to one query.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Base of the graph's IRIs, with `/` at its end.
    pub base: String,
    /// Time for one query.
    pub timeout: Duration,
    /// Bytes of one answer.
    pub largest_answer: usize,
    /// Queries that run at once, besides those that take no time; others wait, at most for the time of
    /// a query.
    pub at_once: usize,
    /// Queries that may wait.
    pub waiting: usize,
}

impl Settings {
    /// The usual limits, for a graph whose IRIs begin with `base`.
    #[must_use]
    pub fn new(base: &str) -> Self {
        let at_once = std::thread::available_parallelism().map_or(8, |n| n.get() * 4);
        Self { base: base.into(), timeout: Duration::from_secs(30), largest_answer: 256 << 20, at_once, waiting: 1024 }
    }
}

/// What the handlers share.
pub(crate) struct Site {
    /// The graph that is served now; a rebuilt one takes its place.
    store: RwLock<Store>,
    settings: Settings,
    pool: Pool,
    parsed: sparql::Parsed,
}

impl Site {
    /// The graph that is served now: whoever asks keeps it until the answer is done.
    fn store(&self) -> Store {
        self.store.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Serves `store` on `listener` until the process is asked to stop (Ctrl-C).
///
/// # Errors
/// When the runtime cannot be started or the listener fails.
pub fn run(listener: TcpListener, store: Store, settings: Settings) -> std::io::Result<()> {
    // Where there is no index of texts, a search says so.
    let _ = store.open_texts();
    let pool = Pool::new(settings.at_once, settings.waiting)?;
    let site = Arc::new(Site { store: RwLock::new(store), settings, pool, parsed: sparql::Parsed::default() });
    readers::serve(listener, &router(site))
}

fn router(site: Arc<Site>) -> Router {
    Router::new()
        .route("/", get(explorer::page))
        .route("/network", get(explorer::page))
        .route("/query", get(explorer::page))
        .route("/assets/{name}", get(explorer::asset))
        .route("/sparql", any(sparql::endpoint))
        .route("/search", get(search::found))
        .route("/update", any(read_only))
        .route("/store", any(read_only))
        .route("/id/{*path}", get(linked_data::see_other))
        .route("/doc/{*path}", get(linked_data::document))
        .route("/source/{name}", get(linked_data::source))
        .route("/ontology", get(linked_data::ontology))
        .route("/.well-known/void", get(linked_data::data_set))
        .route("/health", get(|| async { "ok\n" }))
        .fallback(|| async { problem(StatusCode::NOT_FOUND, "there is nothing at this address") })
        .layer(DefaultBodyLimit::max(parameters::LARGEST_BODY))
        .layer(axum::middleware::map_response(security))
        .with_state(site)
}

async fn read_only() -> Response {
    problem(StatusCode::FORBIDDEN, "read-only: this server takes no changes")
}

/// Nothing that is sent may load anything from elsewhere, or run a script that is not ours.
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
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// A refusal as RFC 9457 has it: the status, what it is called, and what to do about it.
fn problem(status: StatusCode, detail: &str) -> Response {
    let title = status.canonical_reason().unwrap_or("Refused");
    let body =
        serde_json::json!({ "type": "about:blank", "status": status.as_u16(), "title": title, "detail": detail });
    (status, [(header::CONTENT_TYPE, "application/problem+json")], format!("{body}\n")).into_response()
}

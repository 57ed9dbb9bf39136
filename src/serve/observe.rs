//! Around every request: its number, its time, and a line in the log where that is asked for.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use super::Site;
use super::metrics::Outcome;

/// Carries the number of a request both ways.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Characters of a query that a log line shows.
const LONGEST_SHOWN: usize = 4000;

tokio::task_local! {
    /// The number of the request that the task answers.
    static NUMBER: Arc<str>;
}

/// The number of the request that is being answered, where one is.
pub(crate) fn request_id() -> Option<Arc<str>> {
    NUMBER.try_with(Arc::clone).ok()
}

/// Numbers the request, measures it, and says it in the log where requests are said.
pub(super) async fn around(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let _in_flight = site.metrics.in_flight();
    let given = request.headers().get(&REQUEST_ID).and_then(|id| id.to_str().ok()).filter(|id| is_sane(id));
    let id: Arc<str> = given.map_or_else(new_id, Into::into);
    let route = request.extensions().get::<MatchedPath>().cloned();
    let asked = site.settings.log_requests.then(|| (request.method().clone(), request.uri().clone()));
    let mut response = NUMBER.scope(id.clone(), next.run(request)).await;
    let (took, status) = (started.elapsed(), response.status().as_u16());
    site.metrics.request(route.as_ref().map_or("other", MatchedPath::as_str), status, took);
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    if let Some((method, uri)) = asked {
        // Who asked stays out of the log: the proxy in front knows, and for how long it may.
        let (path, query) = (uri.path(), shown(uri.query().unwrap_or_default()));
        tracing::info!(target: "request", request_id = &*id, %method, path, query, status, seconds = took.as_secs_f64());
    }
    response
}

/// A query at work: counted when it ends, and said in the log where it was slow. One that is dropped before
/// that was abandoned by its client.
pub(crate) struct Tally {
    site: Arc<Site>,
    query: String,
    request_id: Option<Arc<str>>,
    started: Instant,
    ended: bool,
}

impl Tally {
    /// Of a query that begins now.
    pub(crate) fn begin(site: &Arc<Site>, query: &str) -> Self {
        Self {
            site: site.clone(),
            query: query.to_owned(),
            request_id: request_id(),
            started: Instant::now(),
            ended: false,
        }
    }

    /// It ended like this.
    pub(crate) fn end(&mut self, outcome: Outcome) {
        if std::mem::replace(&mut self.ended, true) {
            return;
        }
        let took = self.started.elapsed();
        self.site.metrics.outcome(outcome, took);
        if took >= self.site.settings.slow {
            let request_id = self.request_id.as_deref().unwrap_or_default();
            let (outcome, query) = (outcome.name(), shown(&self.query));
            tracing::warn!(target: "slow", request_id, outcome, seconds = took.as_secs_f64(), query, "slow query");
        }
    }
}

impl Drop for Tally {
    fn drop(&mut self) {
        self.end(Outcome::Abandoned);
    }
}

fn shown(text: &str) -> &str {
    text.char_indices().nth(LONGEST_SHOWN).map_or(text, |(cut, _)| &text[..cut])
}

/// Whether the number that a client gave can stand in a log and a header.
fn is_sane(id: &str) -> bool {
    const LONGEST: usize = 64;
    !id.is_empty()
        && id.len() <= LONGEST
        && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'))
}

/// A number that no other request has, and that says nothing about how many there were.
fn new_id() -> Arc<str> {
    static KEYS: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    static COUNT: AtomicU64 = AtomicU64::new(0);
    format!("{:016x}", KEYS.hash_one(COUNT.fetch_add(1, Ordering::Relaxed))).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_clients_are_checked() {
        for id in ["a", "4f1c-22", "req_1.2:3"] {
            assert!(is_sane(id), "{id}");
        }
        for id in ["", "a b", "a\nb", "\"", &"x".repeat(65)] {
            assert!(!is_sane(id), "{id}");
        }
        assert_ne!(new_id(), new_id());
    }
}

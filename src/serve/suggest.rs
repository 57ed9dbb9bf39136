//! `/suggest?q=2388&limit=10`: documents and things while somebody types.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tokio::sync::Notify;
use tokio::time::timeout;

use super::catalogue::Catalogue;
use super::{Site, parameters, problem};

/// Suggestions unless another number is asked for, and at most.
const USUAL: usize = 10;
const MOST: usize = 100;

/// Bytes that are looked for.
const LONGEST: usize = 300;

/// How long a request waits for the names of a graph that was just opened.
const PATIENCE: Duration = Duration::from_secs(10);

/// Names are not gathered again sooner than this, however often the graph changes.
const PAUSE: Duration = Duration::from_secs(10);

/// Names, and what state of the graph they are of.
#[derive(Clone)]
struct Current {
    state: String,
    gathered: Instant,
    catalogue: Arc<Catalogue>,
}

/// The names of the served graph, once they are gathered.
#[derive(Default)]
pub(super) struct Suggestions {
    current: RwLock<Option<Current>>,
    gathering: AtomicBool,
    ready: Notify,
}

impl Suggestions {
    fn current(&self) -> Option<Current> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Gathers the names of the served graph beside everything else; until that is done those of the last one are
/// suggested.
pub(super) fn prepare(site: &Arc<Site>) {
    if site.suggestions.gathering.swap(true, Ordering::AcqRel) {
        return;
    }
    let shared = Arc::clone(site);
    if thread::Builder::new().name("names".into()).spawn(move || gather(&shared)).is_err() {
        site.suggestions.gathering.store(false, Ordering::Release);
    }
}

fn gather(site: &Site) {
    loop {
        let (served, started) = (site.served(), Instant::now());
        let state = served.state();
        match Catalogue::of(&served.store) {
            Ok(catalogue) => {
                let (things, names, bytes) = (catalogue.things.len(), catalogue.names(), catalogue.bytes());
                let seconds = started.elapsed().as_secs_f64();
                tracing::debug!(things, names, bytes, seconds, "the names for /suggest are gathered");
                let current = Some(Current { state, gathered: Instant::now(), catalogue: Arc::new(catalogue) });
                *site.suggestions.current.write().unwrap_or_else(PoisonError::into_inner) = current;
            }
            Err(error) => tracing::error!("the names for /suggest cannot be read: {error}"),
        }
        site.suggestions.gathering.store(false, Ordering::Release);
        site.suggestions.ready.notify_waiters();
        // A graph that came meanwhile found somebody gathering and relied on it.
        if site.generation() == served.generation || site.suggestions.gathering.swap(true, Ordering::AcqRel) {
            return;
        }
    }
}

/// The names of the served graph, or of the one before while they are gathered, with the state of the graph
/// that they are of; waits for the first ones.
pub(super) async fn catalogue(site: &Arc<Site>) -> Option<(String, Arc<Catalogue>)> {
    let ready = site.suggestions.ready.notified();
    tokio::pin!(ready);
    ready.as_mut().enable();
    let known = site.suggestions.current();
    let rested = |known: &Current| known.gathered.elapsed() > PAUSE;
    if known.as_ref().is_none_or(|known| rested(known) && known.state != site.served().state()) {
        prepare(site);
    }
    if known.is_none() {
        let _ = timeout(PATIENCE, ready).await;
    }
    known.or_else(|| site.suggestions.current()).map(|known| (known.state, known.catalogue))
}

/// `/suggest`
pub(super) async fn suggest(State(site): State<Arc<Site>>, uri: Uri) -> Response {
    let bad = |message: &str| problem(StatusCode::BAD_REQUEST, message);
    let given = match parameters::decode(uri.query().unwrap_or_default().as_bytes()) {
        Ok(given) => given,
        Err(message) => return bad(&message),
    };
    let value = |name| given.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str());
    let Some(wanted) = value("q") else { return bad("say what begins how: /suggest?q=2388") };
    // Every word is looked for in every name that may fit.
    if wanted.len() > LONGEST {
        return bad("nothing has so long a name");
    }
    let Ok(limit) = value("limit").map_or(Ok(USUAL), str::parse) else { return bad("limit is a whole number") };
    let Some((_, catalogue)) = catalogue(&site).await else {
        let detail = "the names are still being gathered; try again in a moment";
        let mut busy = problem(StatusCode::SERVICE_UNAVAILABLE, detail);
        busy.headers_mut().insert(header::RETRY_AFTER, 5.into());
        return busy;
    };
    let wanted = wanted.to_owned();
    // A letter is found in very many names.
    let found = tokio::task::spawn_blocking(move || {
        let found = catalogue.find(&wanted, limit.min(MOST));
        let suggestions = found.iter().map(|(thing, name)| {
            let (iri, label, title) = (&thing.iri, &thing.label, &thing.title);
            json!({ "iri": iri, "label": label, "kind": thing.kind.name(), "title": title, "match": name })
        });
        json!({ "suggestions": suggestions.collect::<Vec<_>>() }).to_string()
    });
    let Ok(body) = found.await else {
        return problem(StatusCode::INTERNAL_SERVER_ERROR, "the names could not be looked through");
    };
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "public, max-age=60")];
    (headers, body).into_response()
}

//! Writing to the graph that is served: who may, one after another, each all of it or nothing.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::time::timeout;

mod within;
pub mod work;

use super::requests::{self, Peer};
use super::sparql::Failure;
use super::worker::message::{Message, Task};
use super::{Site, problem};
use crate::store::StoreError;
use crate::store::changes::{Edit, Writer};
use work::{Change, Graphs};

/// Time in which what is to be written must be there.
const PATIENCE: Duration = Duration::from_secs(600);

/// What makes a server take changes.
#[derive(Debug)]
pub struct Writable {
    /// Records them.
    pub writer: Writer,
    /// What a client must know.
    pub token: String,
    /// Bytes that a request which writes may carry.
    pub largest: usize,
}

/// The same, at work.
pub(super) struct Writing {
    writer: Arc<Mutex<Writer>>,
    /// The digest of the token: comparing digests tells nothing of the token by its time.
    token: [u8; 32],
    largest: usize,
}

impl From<Writable> for Writing {
    fn from(writable: Writable) -> Self {
        let Writable { writer, token, largest } = writable;
        Self { writer: Arc::new(Mutex::new(writer)), token: digest(&token), largest }
    }
}

impl Writing {
    /// Waits until nobody writes, and has everybody else wait for as long as this is held. Not to be called where
    /// requests are served.
    pub(super) fn pause(&self) -> impl std::ops::DerefMut<Target = Writer> + '_ {
        self.writer.blocking_lock()
    }
}

fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
enum NotWritten {
    #[error(transparent)]
    Failed(#[from] Failure),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("others are writing all the time; try again in a moment")]
    Busy,
    #[error("what is to be changed is too large; do it in parts")]
    TooLarge,
    #[error("the change could not be worked out: {0}")]
    Fault(String),
}

impl IntoResponse for NotWritten {
    fn into_response(self) -> Response {
        let status = match &self {
            // Its own status.
            Self::Failed(_) => StatusCode::BAD_REQUEST,
            Self::Store(StoreError::TooManyChanges(_)) => StatusCode::INSUFFICIENT_STORAGE,
            Self::Store(_) | Self::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::TooLarge => StatusCode::UNPROCESSABLE_ENTITY,
        };
        match self {
            Self::Failed(failure) => failure.into_response(),
            other => problem(status, &other.to_string()),
        }
    }
}

/// Whether the graphs that were written to had been there before.
pub(super) struct Written {
    /// Whether the named graph was made by this.
    pub created: bool,
}

/// The body of a request that may write.
///
/// # Errors
/// The refusal of a request that may not, or that carries too much.
pub(super) async fn body(site: &Site, parts: &Parts, body: Body) -> Result<Bytes, Response> {
    let writing = admitted(site, &parts.headers).map_err(|refusal| *refusal)?;
    if parts.headers.get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
        return Err(problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, "send the body as it is, without Content-Encoding"));
    }
    requests::body_within(body, writing.largest, PATIENCE).await
}

/// Refuses who may not write.
fn admitted<'s>(site: &'s Site, headers: &HeaderMap) -> Result<&'s Writing, Box<Response>> {
    let Some(writing) = &site.writing else {
        return Err(Box::new(problem(StatusCode::FORBIDDEN, "read-only: this server takes no changes")));
    };
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = given.and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("Bearer").then(|| token.trim())
    });
    if token.is_some_and(|token| digest(token) == writing.token) {
        return Ok(writing);
    }
    let (detail, challenge) = match token {
        Some(_) => ("this is not the token", "Bearer realm=\"resograph\", error=\"invalid_token\""),
        None => ("to write, send the token: Authorization: Bearer TOKEN", "Bearer realm=\"resograph\""),
    };
    let mut refusal = problem(StatusCode::UNAUTHORIZED, detail);
    refusal.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
    Err(Box::new(refusal))
}

/// Has a change happen, after all that came before it.
///
/// # Errors
/// The refusal, when nothing has changed.
pub(super) async fn change(site: &Site, parts: &Parts, change: Change) -> Result<Written, Response> {
    let writing = admitted(site, &parts.headers).map_err(|refusal| *refusal)?;
    carry_out(site, writing, parts, change).await.map_err(IntoResponse::into_response)
}

async fn carry_out(site: &Site, writing: &Writing, parts: &Parts, change: Change) -> Result<Written, NotWritten> {
    let turn = timeout(site.settings.timeout, writing.writer.clone().lock_owned()).await;
    let writer = turn.map_err(|_| NotWritten::Busy)?;
    let store = site.store();
    let graph = match &change {
        Change::Load { into: Graphs::Named(iri), .. } => oxigraph::model::NamedNode::new(iri).ok(),
        _ => None,
    };
    let created = match &graph {
        Some(name) => !store.has_graph(name)?,
        None => false,
    };
    let client = Peer::of(&site.settings, parts);
    let running = site.workers.ask(client, &store, Task::Change(change)).await;
    let mut running = running.map_err(Failure::from)?;
    let mut bytes = Vec::new();
    loop {
        match running.next().await.map_err(Failure::from)? {
            Message::Body(piece) => bytes.extend_from_slice(&piece),
            Message::End(_) => break,
            _ => {}
        }
        // A worker may use more memory than this process, which all use.
        if bytes.len() as u64 > site.settings.memory {
            return Err(NotWritten::TooLarge);
        }
    }
    drop(running);
    // What was begun is recorded whole, whether or not its client still waits.
    let recorded = tokio::task::spawn_blocking(move || record(writer, &bytes)).await;
    recorded.map_err(|error| NotWritten::Fault(error.to_string()))??;
    Ok(Written { created })
}

fn record(mut writer: OwnedMutexGuard<Writer>, bytes: &[u8]) -> Result<(), NotWritten> {
    let (edit, _) = Edit::from_bytes(bytes).map_err(|error| NotWritten::Fault(error.to_string()))?;
    writer.record(&edit)?;
    Ok(())
}

//! `/health`: whether the graph answers, and what is wrong otherwise; `/health/live`: whether anybody is there.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::{Site, watch};

/// 200 with `ok`, or `degraded` where the graph answers but a newer one cannot be had; 503 with `failed` where it
/// does not answer: only then should a balancer send its clients elsewhere.
pub(super) async fn health(State(site): State<Arc<Site>>) -> Response {
    let served = site.served();
    let asked = served.clone();
    let answered = tokio::task::spawn_blocking(move || watch::answers(&asked.store).map_err(|e| e.to_string())).await;
    let mut troubles = site.watch.troubles();
    let (status, word) = match answered.map_err(|error| error.to_string()).and_then(|answered| answered) {
        Ok(()) if troubles.is_empty() => (StatusCode::OK, "ok"),
        Ok(()) => (StatusCode::OK, "degraded"),
        Err(error) => {
            troubles.insert(0, error);
            (StatusCode::SERVICE_UNAVAILABLE, "failed")
        }
    };
    let body = json!({
        "status": word,
        "triples": served.store.len().ok(),
        "version": served.state(),
        "generation": served.generation,
        "troubles": troubles,
    });
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, format!("{body}\n")).into_response()
}

/// Answers as long as anything is answered.
pub(super) async fn live() -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (headers, "{\"status\":\"ok\"}\n").into_response()
}

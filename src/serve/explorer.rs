//! The explorer: a page, its scripts and its style, compiled in.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use serde_json::json;

use super::{Site, describe, problem, saved};

/// The page; its script reads the address to know what to show.
pub const PAGE: &str = include_str!("web/index.html");

/// Name, media type and content of every file that the page uses.
const ASSETS: [(&str, &str, &str); 9] = [
    ("app.js", "text/javascript", include_str!("web/app.js")),
    ("dom.js", "text/javascript", include_str!("web/dom.js")),
    ("endpoint.js", "text/javascript", include_str!("web/endpoint.js")),
    ("neighbourhood.js", "text/javascript", include_str!("web/neighbourhood.js")),
    ("pages.js", "text/javascript", include_str!("web/pages.js")),
    ("search.js", "text/javascript", include_str!("web/search.js")),
    ("sparql.js", "text/javascript", include_str!("web/sparql.js")),
    ("style.css", "text/css", include_str!("web/style.css")),
    ("icon.svg", "image/svg+xml", include_str!("web/icon.svg")),
];

/// `/`
pub(super) async fn page() -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::VARY, "Accept")], PAGE).into_response()
}

/// `/assets/{name}`
pub(super) async fn asset(State(site): State<Arc<Site>>, Path(name): Path<String>) -> Response {
    if name == "site.json" {
        let pages: BTreeMap<_, _> = describe::QUERIES.iter().copied().collect();
        let site = json!({ "base": site.settings.base, "saved": saved::QUERIES, "pages": pages });
        return ([(header::CONTENT_TYPE, "application/json")], site.to_string()).into_response();
    }
    match ASSETS.iter().find(|(n, _, _)| *n == name) {
        Some((_, media_type, content)) => {
            ([(header::CONTENT_TYPE, format!("{media_type}; charset=utf-8"))], *content).into_response()
        }
        None => problem(StatusCode::NOT_FOUND, "there is no such file"),
    }
}

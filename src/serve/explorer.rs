//! The explorer: a page, its scripts and its style, compiled in.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use include_dir::{Dir, include_dir};
use serde_json::json;

use super::{Site, describe, problem, saved};
use crate::ontology::vocab;

/// What `npm run build` makes of `web/`: the page, and the files that it loads.
const BUILT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/serve/web/dist");

/// The page; its script reads the address to know what to show.
pub(super) const PAGE: &str = include_str!("web/dist/index.html");

/// `/` and every other address of the explorer
pub(super) async fn page() -> Response {
    // It names files that the next version of the program may not have: it is asked for each time.
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::VARY, "Accept"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, PAGE).into_response()
}

/// `/assets/{name}`
pub(super) async fn asset(State(site): State<Arc<Site>>, Path(name): Path<String>) -> Response {
    if name == "site.json" {
        let pages: BTreeMap<_, _> = describe::QUERIES.iter().copied().collect();
        let prefixes: BTreeMap<_, _> = vocab::PREFIXES.iter().copied().collect();
        let site = json!({ "base": site.settings.base, "prefixes": prefixes, "saved": saved::QUERIES, "pages": pages });
        return ([(header::CONTENT_TYPE, "application/json")], site.to_string()).into_response();
    }
    let Some(file) = BUILT.get_file(format!("assets/{name}")) else {
        return problem(StatusCode::NOT_FOUND, "there is no such file");
    };
    // The name holds a hash of the content, so that what has it never changes.
    let headers =
        [(header::CONTENT_TYPE, media_type(&name)), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    (headers, file.contents()).into_response()
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml; charset=utf-8",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("woff") => "font/woff",
        Some("ttf") => "font/ttf",
        _ => "application/octet-stream",
    }
}

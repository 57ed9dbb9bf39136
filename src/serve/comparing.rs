//! `/diff?a=S/RES/2331&b=S/RES/2388&language=fr`: two documents paragraph by paragraph, as a page.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use oxigraph::store::StorageError;
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::{Site, parameters, problem};
use crate::export::comparison::Comparison;
use crate::graph::{iri, network};
use crate::read::Language;
use crate::store::Store;
use crate::symbol::Symbol;
use crate::wording::Paragraphs;
use crate::wording::compare::{common_language, compare, compared as compared_paragraphs};

/// Bytes of text of the two documents; what is longer takes long to compare.
const LONGEST: usize = 4 << 20;

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("the graph has no text of {0}")]
    NoText(String),
    #[error("the documents have no language in common{0}; they are there in {1} and in {2}")]
    NoLanguage(&'static str, String, String),
    #[error("the documents are too long to be compared here: use resograph diff")]
    TooLong,
    #[error(transparent)]
    Graph(#[from] StorageError),
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

pub(super) async fn compared(State(site): State<Arc<Site>>, uri: Uri) -> Response {
    let bad = |message: &str| problem(StatusCode::BAD_REQUEST, message);
    let given = match parameters::decode(uri.query().unwrap_or_default().as_bytes()) {
        Ok(given) => given,
        Err(message) => return bad(&message),
    };
    let value = |name| given.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone());
    let (Some(a), Some(b)) = (value("a"), value("b")) else {
        return bad("name two documents: /diff?a=S/RES/2331&b=S/RES/2388");
    };
    let language = match value("language").map(|code| Language::from_code(&code).ok_or(code)) {
        Some(Err(code)) => return bad(&format!("language is one of ar, en, es, fr, ru, zh, and not {code:?}")),
        Some(Ok(language)) => Some(language),
        None => None,
    };
    let (shared, (send, answer)) = (Arc::clone(&site), oneshot::channel());
    let job = move |(): &mut ()| {
        // Nobody waits any more for a page whose turn has come too late.
        if !send.is_closed() {
            let _ = send.send(page(&shared.store(), [&a, &b], language));
        }
    };
    if site.pool.run(job).is_err() {
        return problem(StatusCode::SERVICE_UNAVAILABLE, "the server is busy; try again in a moment");
    }
    match timeout(site.settings.timeout, answer).await {
        Ok(Ok(Ok(page))) => {
            let headers = [
                (header::CONTENT_TYPE, "text/html; charset=utf-8"),
                // The page has its style within, and nothing else.
                (
                    header::CONTENT_SECURITY_POLICY,
                    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
                ),
            ];
            (headers, page).into_response()
        }
        Ok(Ok(Err(failure))) => problem(status(&failure), &failure.to_string()),
        Ok(Err(_)) => problem(StatusCode::INTERNAL_SERVER_ERROR, "the comparison failed"),
        Err(_) => problem(StatusCode::GATEWAY_TIMEOUT, "the comparison took too long"),
    }
}

fn status(failure: &Failure) -> StatusCode {
    match failure {
        Failure::NoText(_) | Failure::NoLanguage(..) => StatusCode::NOT_FOUND,
        Failure::TooLong => StatusCode::UNPROCESSABLE_ENTITY,
        Failure::Graph(_) | Failure::Io(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn page(store: &Store, names: [&str; 2], wanted: Option<Language>) -> Result<Vec<u8>, Failure> {
    let base = network::base(store)?;
    let iris = names.map(|name| document(&base, name));
    let paragraphs = Paragraphs::of_documents(store, &iris.each_ref().map(String::as_str))?;
    if paragraphs.all.iter().map(|paragraph| paragraph.text.len()).sum::<usize>() > LONGEST {
        return Err(Failure::TooLong);
    }
    let mut works = [0; 2];
    for ((work, iri), name) in works.iter_mut().zip(&iris).zip(names) {
        *work = paragraphs.find(iri).ok_or_else(|| Failure::NoText(name.to_owned()))?;
    }
    let Some(language) = common_language(&paragraphs, works, wanted) else {
        let [in_a, in_b] = works.map(|work| paragraphs.languages(work));
        let told = |languages: &[Option<Language>]| {
            languages.iter().map(|l| l.map_or("an unknown one", Language::code)).collect::<Vec<_>>().join(", ")
        };
        return Err(Failure::NoLanguage(wanted.map_or("", |_| " that is wanted"), told(&in_a), told(&in_b)));
    };
    let [first, second] = works.map(|work| compared_paragraphs(&paragraphs, work, language));
    let rows = compare(&first, &second);
    let comparison = Comparison {
        works: works.map(|work| &paragraphs.works[work as usize]),
        paragraphs: [&first, &second],
        language,
        rows: &rows,
    };
    let mut page = Vec::new();
    comparison.write(&mut page)?;
    Ok(page)
}

/// The IRI of a document that is given by IRI, symbol or path.
fn document(base: &str, name: &str) -> String {
    if name.contains("://") {
        return name.to_owned();
    }
    Symbol::parse(name).map_or_else(|| format!("{base}id/{name}"), |symbol| iri::document(base, &symbol))
}

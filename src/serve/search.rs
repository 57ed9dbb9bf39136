//! `/search?q=words&limit=20`: full-text search for the explorer and for programs, in JSON.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use oxigraph::model::{NamedNodeRef, Term};
use serde::Serialize;
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::{Site, parameters, problem};
use crate::ontology::vocab;
use crate::store::Store;
use crate::store::text::{self, Hit, TextError};

/// Hits unless another number is asked for.
const USUAL: usize = 20;
/// Hits at most.
const MOST: usize = 1000;
/// Bytes of a snippet before the first mark, and in all.
const BEFORE: usize = 80;
const LONGEST: usize = 320;

/// A node in a text of which the words were found: its best text.
#[derive(Debug, Serialize)]
struct Found {
    iri: String,
    /// What it is called; a part of a document is called by its document.
    label: Option<String>,
    /// Last part of the IRI of each class.
    kinds: Vec<String>,
    /// Last part of the IRI of the property that the text is of.
    property: String,
    language: Option<String>,
    /// How well it fits.
    score: f64,
    snippet: Snippet,
}

/// A part of a text, with the places of the words that were looked for: from and to, in UTF-16 units.
#[derive(Debug, PartialEq, Serialize)]
struct Snippet {
    text: String,
    marks: Vec<[usize; 2]>,
}

pub(super) async fn found(State(site): State<Arc<Site>>, uri: Uri) -> Response {
    let bad = |message: &str| problem(StatusCode::BAD_REQUEST, message);
    let given = match parameters::decode(uri.query().unwrap_or_default().as_bytes()) {
        Ok(given) => given,
        Err(message) => return bad(&message),
    };
    let value = |name| given.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone());
    let Some(wanted) = value("q") else { return bad("say what to look for: /search?q=words") };
    let Ok(limit) = value("limit").map_or(Ok(USUAL), |n| n.parse()) else { return bad("limit is a whole number") };
    let time = site.settings.timeout;
    let (shared, (send, answer)) = (Arc::clone(&site), oneshot::channel());
    let job = move |(): &mut ()| {
        // Nobody waits any more for a search whose turn has come too late.
        if !send.is_closed() {
            let _ = send.send(look_for(&shared.store(), &wanted, limit.min(MOST)));
        }
    };
    if site.pool.run(job).is_err() {
        return problem(StatusCode::SERVICE_UNAVAILABLE, "the server is busy; try again in a moment");
    }
    match timeout(time, answer).await {
        Ok(Ok(Ok(hits))) => {
            let body = serde_json::json!({ "hits": hits }).to_string();
            ([(header::CONTENT_TYPE, "application/json")], body).into_response()
        }
        Ok(Ok(Err(error))) => problem(status(&error), &error.to_string()),
        Ok(Err(_)) => problem(StatusCode::INTERNAL_SERVER_ERROR, "the search failed"),
        Err(_) => problem(StatusCode::GATEWAY_TIMEOUT, "the search took too long"),
    }
}

fn status(error: &TextError) -> StatusCode {
    match error {
        TextError::Wanted(_) => StatusCode::BAD_REQUEST,
        TextError::Absent | TextError::Without => StatusCode::NOT_FOUND,
        TextError::Broken(_) | TextError::Graph(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn look_for(store: &Store, wanted: &str, limit: usize) -> Result<Vec<Found>, TextError> {
    // A thing is often found by several of its names.
    let hits = store.search(wanted, None, limit.saturating_mul(4))?;
    let mut seen = HashSet::new();
    let first = hits.iter().filter(|hit| seen.insert(&hit.node)).take(limit);
    Ok(first.map(|hit| describe(store, hit, wanted)).collect())
}

fn describe(store: &Store, hit: &Hit, wanted: &str) -> Found {
    let values = |iri: &str, property: &str| -> Vec<Term> {
        let [iri, property] = [iri, property].map(NamedNodeRef::new_unchecked);
        store.triples(Some(iri.into()), Some(property), None).flatten().map(|triple| triple.object).collect()
    };
    let iri = hit.node.as_str();
    let whole = iri.split_once('#').map_or(iri, |(whole, _)| whole);
    let labels = values(whole, vocab::RDFS_LABEL);
    let mut labels = labels.iter().filter_map(|term| match term {
        Term::Literal(label) => Some((label.language() != Some("en"), label.value())),
        _ => None,
    });
    let first = labels.next();
    let label = labels.fold(first, |best, label| best.min(Some(label))).map(|(_, label)| label.to_owned());
    let kinds = values(iri, vocab::RDF_TYPE).into_iter().filter_map(|term| match term {
        Term::NamedNode(class) => Some(local(class.as_str())),
        _ => None,
    });
    let value = hit.value.value();
    Found {
        iri: iri.to_owned(),
        label,
        kinds: kinds.collect(),
        property: local(hit.property.as_str()),
        language: hit.value.language().map(str::to_owned),
        score: f64::from(hit.score) / 1000.0,
        snippet: snippet(value, &text::marks(value, wanted)),
    }
}

fn local(iri: &str) -> String {
    iri.rsplit(['/', '#']).next().unwrap_or_default().to_owned()
}

/// The part of a text around the first mark, from a space to a space where there are any.
fn snippet(text: &str, marks: &[Range<usize>]) -> Snippet {
    let first = marks.first().map_or(0, |mark| mark.start);
    let boundary = |at: usize| (0..=at.min(text.len())).rev().find(|&n| text.is_char_boundary(n)).unwrap_or(0);
    let mut start = 0;
    if first > BEFORE {
        start = boundary(first - BEFORE);
        start += text[start..first].find(' ').map_or(0, |n| n + 1);
    }
    let mut end = text.len();
    if end - start > LONGEST {
        end = boundary(start + LONGEST);
        end = text[start..end].rfind(' ').map_or(end, |n| start + n);
    }
    let [before, after] = [(start, 0, "… "), (text.len(), end, " …")].map(|(a, b, dots)| if a > b { dots } else { "" });
    let units = |range: Range<usize>| text[range].encode_utf16().count();
    let shift = before.encode_utf16().count();
    let inside = marks.iter().filter(|mark| mark.start >= start && mark.end <= end);
    let marks = inside.map(|mark| [mark.start, mark.end].map(|at| shift + units(start..at))).collect();
    Snippet { text: format!("{before}{}{after}", &text[start..end]), marks }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_shows_the_first_mark() {
        let check = |text: &str, wanted: &str| snippet(text, &text::marks(text, wanted));
        let short = check("État de paix", "paix");
        assert_eq!(short, Snippet { text: "État de paix".into(), marks: vec![[8, 12]] });
        let long = format!("{}the word{}", "before ".repeat(100), " after".repeat(100));
        let Snippet { text, marks } = check(&long, "word");
        assert!(text.starts_with("… before") && text.ends_with("after …") && text.len() < LONGEST + 10, "{text}");
        let units: Vec<u16> = text.encode_utf16().collect();
        assert_eq!(String::from_utf16_lossy(&units[marks[0][0]..marks[0][1]]), "word");
        let unbroken = check(&"语".repeat(5000), "语");
        assert!(unbroken.text.len() < LONGEST + 10 && !unbroken.marks.is_empty());
    }
}

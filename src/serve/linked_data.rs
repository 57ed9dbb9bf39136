//! What an IRI of the graph leads to: a page for people, RDF for programs.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfParser};
use oxigraph::model::NamedNode;
use oxigraph::store::StorageError;

use super::evaluate::{self, Question};
use super::negotiate::{self, Offer};
use super::{Site, explorer, problem, sparql};
use crate::graph::iri;
use crate::store::Store;

/// A form that a description can take.
#[derive(Debug, Clone, Copy)]
enum Form {
    Page,
    Rdf(RdfFormat),
}

impl Offer for Form {
    fn media_type(self) -> &'static str {
        match self {
            Self::Page => "text/html",
            Self::Rdf(format) => format.media_type(),
        }
    }
}

const FORMS: [Form; 5] = [
    Form::Page,
    Form::Rdf(RdfFormat::Turtle),
    Form::Rdf(RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }),
    Form::Rdf(RdfFormat::RdfXml),
    Form::Rdf(RdfFormat::NTriples),
];

/// The forms that a suffix asks for.
const SUFFIXES: [(&str, Form); 5] =
    [(".html", Form::Page), (".ttl", FORMS[1]), (".jsonld", FORMS[2]), (".rdf", FORMS[3]), (".nt", FORMS[4])];

fn accept(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::ACCEPT).and_then(|v| v.to_str().ok())
}

/// `/id/X`: a thing is not a page; the page about it is elsewhere.
pub(super) async fn see_other(uri: Uri) -> Response {
    let path = uri.path().strip_prefix("/id/").unwrap_or_default();
    let query = uri.query().map_or(String::new(), |q| format!("?{q}"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, format!("/doc/{path}{query}"))]).into_response()
}

/// `/doc/X`, `/doc/X.ttl`
pub(super) async fn document(State(site): State<Arc<Site>>, Path(path): Path<String>, headers: HeaderMap) -> Response {
    describe(site, "id/", path, headers).await
}

/// `/source/X`, `/source/X.ttl`
pub(super) async fn source(State(site): State<Arc<Site>>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    describe(site, "source/", name, headers).await
}

async fn describe(site: Arc<Site>, folder: &'static str, path: String, headers: HeaderMap) -> Response {
    let asked = SUFFIXES.iter().find_map(|(suffix, form)| Some((path.strip_suffix(suffix)?, *form)));
    let (name, form) = match asked {
        Some((name, form)) => (name, form),
        None => match negotiate::choose(accept(&headers), &FORMS) {
            Some(form) => (path.as_str(), form),
            None => {
                return problem(
                    StatusCode::NOT_ACCEPTABLE,
                    "this is described as HTML, Turtle, JSON-LD, RDF/XML or N-Triples",
                );
            }
        },
    };
    let unknown = || problem(StatusCode::NOT_FOUND, "the graph knows nothing of this; search for it at /");
    let Ok(iri) = NamedNode::new(format!("{}{folder}{}", site.settings.base, iri::escape(name))) else {
        return unknown();
    };
    let described = tokio::task::spawn_blocking(move || description(&site.store(), &iri)).await;
    match (described, form) {
        (Ok(Ok(quads)), _) if quads.is_empty() => unknown(),
        (Ok(Ok(_)), Form::Page) => explorer::page().await,
        (Ok(Ok(quads)), Form::Rdf(format)) => match serialise(&quads, format) {
            Ok(body) => ([(header::CONTENT_TYPE, format.media_type()), (header::VARY, "Accept")], body).into_response(),
            Err(error) => problem(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
        },
        (Ok(Err(error)), _) => problem(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
        (Err(error), _) => problem(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}

/// Every triple about `iri` and its parts, and those that point at it, in order.
fn description(store: &Store, iri: &NamedNode) -> Result<BTreeSet<String>, StorageError> {
    let about = store.about(iri.as_str());
    let pointing = store.triples(None, None, Some(iri.as_ref().into()));
    about.chain(pointing).map(|triple| triple.map(|t| format!("{t} ."))).collect()
}

/// N-Triples lines in another format.
fn serialise(lines: &BTreeSet<String>, format: RdfFormat) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
    let mut writer = evaluate::graph_writer(format).for_writer(Vec::new());
    let text: String = lines.iter().flat_map(|line| [line, "\n"]).collect();
    for quad in RdfParser::from_format(RdfFormat::NTriples).for_slice(&text) {
        writer.serialize_triple(quad?.as_ref())?;
    }
    Ok(writer.finish()?)
}

/// `/ontology`: the vocabulary.
pub(super) async fn ontology(headers: HeaderMap) -> Response {
    let Some(Form::Rdf(format)) = negotiate::choose(accept(&headers), &FORMS[1..]).or(Some(FORMS[1])) else {
        return problem(StatusCode::NOT_ACCEPTABLE, "the vocabulary is RDF");
    };
    let vocabulary = include_str!("../../ontology/resograph.ttl");
    if format == RdfFormat::Turtle {
        return ([(header::CONTENT_TYPE, format.media_type()), (header::VARY, "Accept")], vocabulary).into_response();
    }
    let lines = RdfParser::from_format(RdfFormat::Turtle).for_slice(vocabulary);
    let lines = lines.map(|q| q.map(|q| format!("{} {} {} .", q.subject, q.predicate, q.object)));
    let body = lines.collect::<Result<_, _>>().map_err(Into::into).and_then(|lines| serialise(&lines, format));
    match body {
        Ok(body) => ([(header::CONTENT_TYPE, format.media_type()), (header::VARY, "Accept")], body).into_response(),
        Err(error) => problem(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}

/// `/.well-known/void`: what the data set says of itself.
pub(super) async fn data_set(State(site): State<Arc<Site>>, headers: HeaderMap) -> Response {
    let base = Some(site.settings.base.clone());
    let question = Question { query: include_str!("void.rq").into(), base, ..Question::default() };
    let accept = accept(&headers).map(str::to_owned);
    // Programs that look here often accept anything or nothing in particular: Turtle then.
    let wanted = sparql::Wanted { format: None, accept: accept.or(Some("text/turtle".into())) };
    sparql::answer(&site, None, question, wanted).await.into_response()
}

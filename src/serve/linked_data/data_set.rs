//! `/.well-known/void`, `/dataset`: what the data set says of itself, by VoID and DCAT, with counts from the index.

use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedOrBlankNode, Triple};
use oxigraph::store::StorageError;

use super::form::{self, Form};
use super::html::{self, escape};
use crate::ontology::vocab::{self as v, PREFIXES};
use crate::serve::caching::Validator;
use crate::serve::served::Served;
use crate::serve::{Site, origin, problem};
use crate::store::survey::Statistics;

const TEMPLATE: &str = include_str!("void.ttl");

/// The counts of the served graph, once they were asked for, and what state of it they are of.
#[derive(Default)]
pub(in crate::serve) struct Counted(Mutex<Option<(String, Arc<Statistics>)>>);

impl Counted {
    /// Who asks while somebody counts waits for him.
    fn of(&self, served: &Served) -> Result<Arc<Statistics>, StorageError> {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = served.state();
        if let Some((state, statistics)) = &*counted
            && *state == now
        {
            return Ok(statistics.clone());
        }
        let statistics = Arc::new(served.store.statistics()?);
        *counted = Some((now, statistics.clone()));
        Ok(statistics)
    }
}

/// `/.well-known/void`, `/dataset`, `/dataset.ttl`
pub(in crate::serve) async fn data_set(State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap) -> Response {
    let suffixed = form::suffixed(uri.path()).map(|(_, form)| form);
    let Some(form) = suffixed.or_else(|| form::preferred(&headers, &form::VOCABULARY)) else {
        return problem(StatusCode::NOT_ACCEPTABLE, "this is HTML, Turtle, JSON-LD, RDF/XML or N-Triples");
    };
    if !form::VOCABULARY.contains(&form) {
        return problem(StatusCode::NOT_FOUND, "there is nothing at this address; the data set is at /dataset");
    }
    let origin = match origin::of(&site.settings, &headers) {
        Ok(origin) => origin,
        Err(refusal) => return *refusal,
    };
    match tokio::task::spawn_blocking(move || answer(&site, &headers, &origin, form)).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => problem(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
        Err(error) => problem(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}

type Error = Box<dyn std::error::Error + Send + Sync>;

fn answer(site: &Site, headers: &HeaderMap, origin: &str, form: Form) -> Result<Response, Error> {
    let served = site.served();
    let base = &site.settings.base;
    let validator = Validator::of(&["void", &served.state(), base, origin, form.content_type()], served.modified());
    let mut response = match validator.unchanged(headers) {
        Some(unchanged) => unchanged,
        None => {
            let statistics = site.counted.of(&served)?;
            let body = match form {
                Form::Rdf(format) => {
                    form::serialise(&triples(&served, &statistics, base, origin, example(&served)?)?, format)?
                }
                _ => page(&statistics).into_bytes(),
            };
            validator.on(([(header::CONTENT_TYPE, form.content_type())], body).into_response())
        }
    };
    let (address, iri) = (format!("{origin}/dataset"), format!("{base}dataset"));
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept"));
    if let Some(links) = form::links(&address, &form::VOCABULARY, &[(&address, "canonical"), (&iri, "describes")]) {
        response.headers_mut().insert(header::LINK, links);
    }
    Ok(response)
}

/// What the graph says of the data set, but for what is counted here, and everything else.
fn triples(
    served: &Served,
    statistics: &Statistics,
    base: &str,
    origin: &str,
    example: Option<String>,
) -> Result<Vec<Triple>, Error> {
    let iri = format!("{base}dataset");
    let mut turtle = TEMPLATE.replace("$origin", origin);
    let _ = writeln!(
        turtle,
        "<> void:triples {} ; void:distinctSubjects {} ; void:distinctObjects {} ; void:properties {} ; void:classes {} .",
        statistics.triples,
        statistics.subjects,
        statistics.objects,
        statistics.properties.len(),
        statistics.classes.len()
    );
    if let Some(example) = example {
        let _ = writeln!(turtle, "<> void:exampleResource <{example}> .");
    }
    if let Some(built) = served.modified().and_then(|built| Timestamp::try_from(built).ok()) {
        let built = Timestamp::from_second(built.as_second())?;
        let _ = writeln!(turtle, "<> dcterms:modified \"{built}\"^^xsd:dateTime .");
    }
    for (class, count) in &statistics.classes {
        let part = part(class);
        let _ = writeln!(
            turtle,
            "<> void:classPartition <#{part}> . <#{part}> void:class <{class}> ; void:entities {count} ."
        );
    }
    for property in &statistics.properties {
        let (part, iri) = (part(&property.property), &property.property);
        let _ = writeln!(
            turtle,
            "<> void:propertyPartition <#property-{part}> . <#property-{part}> void:property <{iri}> ; void:triples {} ; \
             void:distinctSubjects {} ; void:distinctObjects {} .",
            property.triples, property.subjects, property.objects
        );
    }
    let parsed = RdfParser::from_format(RdfFormat::Turtle).with_base_iri(&iri)?.for_slice(&turtle);
    let mut all: Vec<Triple> = parsed.map(|quad| quad.map(Triple::from)).collect::<Result<_, _>>()?;
    let own = served.store.about(&iri).collect::<Result<Vec<_>, _>>()?;
    all.extend(own.into_iter().filter(|triple| {
        let counted = [v::VOID_TRIPLES, v::VOID_CLASS_PARTITION].contains(&triple.predicate.as_str());
        matches!(&triple.subject, NamedOrBlankNode::NamedNode(node) if node.as_str() == iri) && !counted
    }));
    let mut lines: Vec<(String, Triple)> = all.into_iter().map(|triple| (triple.to_string(), triple)).collect();
    lines.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    lines.dedup_by(|a, b| a.0 == b.0);
    Ok(lines.into_iter().map(|(_, triple)| triple).collect())
}

/// A document that shows what the data set holds: the one that most others cite.
fn example(served: &Served) -> Result<Option<String>, StorageError> {
    let cited = served.store.objects_of(v::ELI_CITES)?;
    // Of equals the first by name: the same graph says the same.
    let most = cited.into_iter().max_by(|(a, n), (b, m)| n.cmp(m).then_with(|| b.cmp(a)));
    Ok(most.map(|(iri, _)| iri))
}

/// The name of the part of the data set that has to do with a class or property: `cito-Citation`, as builds write it.
fn part(iri: &str) -> String {
    let known = PREFIXES.iter().filter(|(_, namespace)| iri.starts_with(namespace));
    match known.max_by_key(|(_, namespace)| namespace.len()) {
        Some((prefix, namespace)) => crate::graph::iri::escape(&format!("{prefix}-{}", &iri[namespace.len()..])),
        None => crate::graph::iri::slug(iri),
    }
}

/// The counts for people.
fn page(statistics: &Statistics) -> String {
    let Statistics { triples, subjects, objects, .. } = statistics;
    let mut body = format!(
        "<p>{triples} triples, {subjects} different subjects, {objects} different objects. \
         {}, {}, {}.</p>\n<h2>Classes</h2>\n<table>\n<tr><th>class</th><th>instances</th></tr>\n",
        html::link("/", "Explorer"),
        html::link("/ontology", "vocabulary"),
        html::link("/dataset.ttl", "this as Turtle (VoID, DCAT)")
    );
    for (class, count) in &statistics.classes {
        let _ = writeln!(body, "<tr><td>{}</td><td class=\"number\">{count}</td></tr>", html::link(class, class));
    }
    body.push_str("</table>\n<h2>Properties</h2>\n<table>\n<tr><th>property</th><th>triples</th><th>subjects</th><th>objects</th></tr>\n");
    for property in &statistics.properties {
        let _ = writeln!(
            body,
            "<tr><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td></tr>",
            escape(&property.property),
            property.triples,
            property.subjects,
            property.objects
        );
    }
    body.push_str("</table>\n");
    html::page("Data set", &body)
}

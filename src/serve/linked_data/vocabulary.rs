//! `/ontology`: the vocabulary, as it stands in `ontology/resograph.ttl`, and as a page; `/prefixes`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, LazyLock};

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedOrBlankNode, Term, Triple};

use super::form::{self, Form};
use super::html::{self, escape};
use crate::ontology::vocab::{self, PREFIXES};
use crate::serve::caching::Validator;
use crate::serve::{Site, origin, problem};

const SOURCE: &str = include_str!("../../../ontology/resograph.ttl");

/// In order of the file; that it is Turtle, a test sees to.
static TRIPLES: LazyLock<Vec<Triple>> = LazyLock::new(|| {
    let parsed = RdfParser::from_format(RdfFormat::Turtle).for_slice(SOURCE);
    parsed.flatten().map(Triple::from).collect()
});

/// `/ontology`, and `/text`, whose terms it defines, too.
pub(in crate::serve) async fn ontology(State(site): State<Arc<Site>>, headers: HeaderMap) -> Response {
    match form::preferred(&headers, &form::VOCABULARY) {
        Some(form) => vocabulary(&site, &headers, form),
        None => problem(StatusCode::NOT_ACCEPTABLE, "the vocabulary is HTML, Turtle, JSON-LD, RDF/XML or N-Triples"),
    }
}

/// `/ontology.ttl`, by the part behind the dot
pub(in crate::serve) async fn ontology_as(
    State(site): State<Arc<Site>>,
    Path(suffix): Path<String>,
    headers: HeaderMap,
) -> Response {
    match form::suffixed(&format!(".{suffix}")) {
        Some((_, form)) if form::VOCABULARY.contains(&form) => vocabulary(&site, &headers, form),
        _ => problem(StatusCode::NOT_FOUND, "there is nothing at this address; the vocabulary is at /ontology"),
    }
}

fn vocabulary(site: &Site, headers: &HeaderMap, form: Form) -> Response {
    let origin = match origin::of(&site.settings, headers) {
        Ok(origin) => origin,
        Err(refusal) => return *refusal,
    };
    let validator = Validator::of(&[SOURCE, form.content_type()], None);
    let mut response = validator.unchanged(headers).unwrap_or_else(|| {
        let body = match form {
            Form::Rdf(RdfFormat::Turtle) => SOURCE.as_bytes().to_vec(),
            Form::Rdf(format) => match form::serialise(&*TRIPLES, format) {
                Ok(body) => body,
                Err(error) => return problem(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
            },
            _ => page().into_bytes(),
        };
        validator.on(([(header::CONTENT_TYPE, form.content_type())], body).into_response())
    });
    let address = format!("{origin}/ontology");
    let iri = vocab::RG.trim_end_matches('#');
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept"));
    if let Some(links) = form::links(&address, &form::VOCABULARY, &[(&address, "canonical"), (iri, "describes")]) {
        response.headers_mut().insert(header::LINK, links);
    }
    response
}

/// What is said of a term: properties, each with its values.
type Said<'t> = BTreeMap<&'t str, Vec<&'t Term>>;

/// Terms of a kind stand together on the page.
const SECTIONS: [(&str, &[&str]); 3] = [
    ("Classes", &["Class"]),
    ("Properties", &["ObjectProperty", "DatatypeProperty", "Property"]),
    ("Individuals", &[]),
];

/// The vocabulary for people: each term with what it means and what it goes with.
fn page() -> String {
    let mut terms: Vec<(&str, Said<'_>)> = Vec::new();
    for triple in &*TRIPLES {
        let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { continue };
        if terms.last().is_none_or(|(term, _)| *term != subject.as_str()) {
            terms.push((subject.as_str(), Said::new()));
        }
        if let Some((_, said)) = terms.last_mut() {
            said.entry(triple.predicate.as_str()).or_default().push(&triple.object);
        }
    }
    let ontology = vocab::RG.trim_end_matches('#');
    let own = |term: &str| term.starts_with(vocab::RG) || term.starts_with(vocab::TEXT);
    let head = terms.iter().find(|(term, _)| *term == ontology);
    let text = |property| head.and_then(|(_, said)| first(said, property)).unwrap_or_default();
    let mut body =
        format!("<p>{}</p>\n<p>Namespace: <code>{}</code>. ", escape(text(vocab::DCTERMS_DESCRIPTION)), vocab::RG);
    let forms = [("Turtle", "ttl"), ("JSON-LD", "jsonld"), ("RDF/XML", "rdf"), ("N-Triples", "nt")];
    let forms = forms.map(|(name, suffix)| html::link(&format!("/ontology.{suffix}"), name));
    let _ = writeln!(body, "The same as {}.</p>", forms.join(", "));
    for (number, (title, kinds)) in SECTIONS.iter().enumerate() {
        let _ = writeln!(body, "<h2>{title}</h2>");
        let of = |said: &Said<'_>| {
            let is = |kinds: &[&str]| first(said, vocab::RDF_TYPE).is_some_and(|kind| kinds.contains(&local(kind)));
            if kinds.is_empty() { SECTIONS[..number].iter().all(|(_, kinds)| !is(kinds)) } else { is(kinds) }
        };
        for (term, said) in terms.iter().filter(|(term, said)| own(term) && of(said)) {
            section(&mut body, term, said);
        }
    }
    body.push_str(
        "<h2>Terms of others</h2>\n<p>What a graph uses besides, under the names that their authors gave.</p>\n",
    );
    others(&mut body, terms.iter().map(|(term, _)| *term).filter(|term| !own(term) && *term != ontology));
    html::page(text(vocab::DCTERMS_TITLE), &body)
}

fn first<'t>(said: &Said<'t>, property: &str) -> Option<&'t str> {
    said.get(property)?.first().map(|term| match term {
        Term::NamedNode(node) => node.as_str(),
        Term::BlankNode(node) => node.as_str(),
        Term::Literal(literal) => literal.value(),
    })
}

fn local(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or(iri)
}

/// A term by its prefix, as everybody writes it.
fn short(iri: &str) -> String {
    let known = PREFIXES.iter().filter(|(_, namespace)| iri.starts_with(namespace));
    let longest = known.max_by_key(|(_, namespace)| namespace.len());
    longest.map_or_else(|| iri.to_owned(), |(prefix, namespace)| format!("{prefix}:{}", &iri[namespace.len()..]))
}

fn section(body: &mut String, term: &str, said: &Said<'_>) {
    // The two namespaces share no name but this: the anchor is what an IRI of the first has behind its "#".
    let anchor = if term.starts_with(vocab::RG) { local(term).to_owned() } else { short(term) };
    let label = first(said, vocab::RDFS_LABEL).unwrap_or_default();
    let _ = writeln!(
        body,
        "<section id=\"{}\">\n<h3>{} <code>{}</code></h3>\n<p>{}</p>\n<dl>",
        escape(&anchor),
        escape(label),
        escape(&short(term)),
        escape(first(said, vocab::RDFS_COMMENT).unwrap_or_default()),
    );
    let told = [vocab::RDFS_LABEL, vocab::RDFS_COMMENT];
    let others = said.iter().filter(|(property, _)| !told.contains(property) && local(property) != "isDefinedBy");
    for (property, values) in others {
        let values: Vec<String> = values.iter().map(|value| show(value)).collect();
        let name = if *property == vocab::RDF_TYPE { "a".into() } else { short(property) };
        let _ = writeln!(body, "<dt>{}</dt><dd>{}</dd>", escape(&name), values.join(", "));
    }
    body.push_str("</dl>\n</section>\n");
}

fn show(value: &Term) -> String {
    match value {
        Term::NamedNode(node) => {
            let iri = node.as_str();
            let address = iri.strip_prefix(vocab::RG).map_or(iri.to_owned(), |local| format!("#{local}"));
            html::link(&address, &short(iri))
        }
        other => escape(&other.to_string()),
    }
}

fn others<'t>(body: &mut String, terms: impl Iterator<Item = &'t str>) {
    let mut groups: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for term in terms {
        let namespace = &term[..term.len() - local(term).len()];
        groups.entry(namespace).or_default().push(html::link(term, &short(term)));
    }
    for (namespace, terms) in groups {
        let _ = writeln!(body, "<p><code>{}</code> {}</p>", escape(namespace), terms.join(", "));
    }
}

/// `/prefixes`: the prefixes in use, as a context of JSON-LD or as Turtle.
pub(in crate::serve) async fn prefixes(headers: HeaderMap) -> Response {
    let offers = [form::JSON_LD, form::TURTLE];
    let Some(form) = form::preferred(&headers, &offers) else {
        return problem(StatusCode::NOT_ACCEPTABLE, "the prefixes are a context of JSON-LD, or Turtle");
    };
    let body = if form == form::TURTLE {
        PREFIXES.iter().map(|(prefix, namespace)| format!("@prefix {prefix}: <{namespace}> .\n")).collect()
    } else {
        let context: BTreeMap<_, _> = PREFIXES.iter().copied().collect();
        format!("{:#}\n", serde_json::json!({ "@context": context }))
    };
    let validator = Validator::of(&[&body], None);
    let fresh = || validator.on(([(header::CONTENT_TYPE, form.content_type())], body.clone()).into_response());
    let mut response = validator.unchanged(&headers).unwrap_or_else(fresh);
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_every_own_term_once_and_nothing_inline() {
        let whole = RdfParser::from_format(RdfFormat::Turtle).for_slice(SOURCE).collect::<Result<Vec<_>, _>>();
        assert_eq!(whole.expect("Turtle").len(), TRIPLES.len());
        let page = page();
        let own = vocab::TERMS.iter().filter_map(|term| term.strip_prefix(vocab::RG));
        for name in own {
            assert_eq!(page.matches(&format!("<section id=\"{name}\">")).count(), 1, "{name}");
        }
        assert!(!page.contains("<script") && !page.contains("<style") && !page.contains("style=\""));
    }
}

//! What an IRI of the graph leads to: a page for people, RDF for programs.
//!
//! A thing (`/id/...`) is no document: it leads to the document about it (`/doc/...`). A file (`/source/...`), the
//! vocabulary and the data set are documents themselves.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use oxigraph::model::NamedNode;

mod data_set;
mod description;
mod form;
mod html;
mod neighbourhood;
mod vocabulary;

use super::caching::Validator;
use super::served::Served;
use super::{Site, explorer, origin, problem};
use crate::export::akn;
use crate::graph::iri;
pub(super) use data_set::{Counted, data_set};
use description::Described;
use form::Form;
pub(super) use form::ascii;
pub(super) use html::style;
pub(super) use vocabulary::{ontology, ontology_as, prefixes};

/// `/id/X`: a thing is not a page; the page about it is elsewhere. A suffix asks for the same form there.
pub(super) async fn see_other(State(site): State<Arc<Site>>, uri: Uri) -> Response {
    let path = uri.path().strip_prefix("/id/").unwrap_or_default();
    let query = uri.query().map_or(String::new(), |q| format!("?{q}"));
    // Without a public URL an address without a host is right, whatever stands between here and the client.
    let origin = site.settings.public_url.as_deref().unwrap_or_default();
    let document = format!("{origin}/doc/{path}");
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, format!("{document}{query}"))]).into_response();
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("Accept"));
    if form::suffixed(path).is_none()
        && let Some(links) = form::links(&document, &[], &[(&document, "describedby")])
    {
        headers.insert(header::LINK, links);
    }
    response
}

/// `/doc/X`, `/doc/X.ttl`
pub(super) async fn document(State(site): State<Arc<Site>>, Path(path): Path<String>, headers: HeaderMap) -> Response {
    describe(site, Folder { address: "/doc/", iris: "id/" }, path, headers).await
}

/// `/source/X`, `/source/X.ttl`
pub(super) async fn source(State(site): State<Arc<Site>>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    describe(site, Folder { address: "/source/", iris: "source/" }, name, headers).await
}

/// Where documents are, and what the IRIs of what they are about begin with, behind the base.
#[derive(Debug, Clone, Copy)]
struct Folder {
    address: &'static str,
    iris: &'static str,
}

async fn describe(site: Arc<Site>, folder: Folder, path: String, headers: HeaderMap) -> Response {
    let origin = match origin::of(&site.settings, &headers) {
        Ok(origin) => origin,
        Err(refusal) => return *refusal,
    };
    // Reading may wait for the disk; other requests must not.
    let described = tokio::task::spawn_blocking(move || Request { site, folder, path, headers, origin }.answer());
    let mut response = match described.await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => problem(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
        Err(error) => problem(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    };
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept"));
    response
}

/// Why there is no description.
#[derive(Debug, thiserror::Error)]
enum DescribeError {
    #[error("the graph cannot be read: {0}")]
    Read(#[from] oxigraph::store::StorageError),
    #[error("the description cannot be written: {0}")]
    Write(#[from] std::io::Error),
    #[error(transparent)]
    Export(#[from] crate::export::ExportError),
}

/// A request for a description.
struct Request {
    site: Arc<Site>,
    folder: Folder,
    path: String,
    headers: HeaderMap,
    origin: String,
}

impl Request {
    fn answer(&self) -> Result<Response, DescribeError> {
        let served = self.site.served();
        let Some((iri, name, suffix)) = self.find(&served)? else {
            // A person who followed an old link gets the page, which says so and has the search box.
            if form::names_page(&self.headers) {
                return Ok((
                    StatusCode::NOT_FOUND,
                    [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
                    explorer::PAGE,
                )
                    .into_response());
            }
            let detail = "the graph knows nothing of this; search for it at /";
            return Ok(problem(StatusCode::NOT_FOUND, detail));
        };
        let preferred = |forms| form::preferred(&self.headers, forms);
        let accepted = || preferred(&form::THINGS).or_else(|| preferred(&form::DOCUMENTS));
        let Some(form) = suffix.or_else(accepted) else {
            let detail = "this is described as HTML, Turtle, JSON-LD, RDF/XML or N-Triples; documents also as Akoma \
                          Ntoso, CSL-JSON or BibTeX";
            return Ok(problem(StatusCode::NOT_ACCEPTABLE, detail));
        };
        let address = format!("{}{}{}", self.origin, self.folder.address, form::ascii(&name));
        let media_type = form.content_type();
        let state = served.state();
        let parts = match form {
            Form::Page => [explorer::PAGE, "", "", ""],
            _ => [state.as_str(), iri.as_str(), media_type, self.origin.as_str()],
        };
        let validator = Validator::of(&parts, served.modified().filter(|_| form != Form::Page));
        let mut response = match validator.unchanged(&self.headers) {
            Some(unchanged) => unchanged,
            None => match self.body(&served, &iri, &address, form)? {
                found if found.status().is_success() => validator.on(found),
                refused => return Ok(refused),
            },
        };
        let headers = response.headers_mut();
        if form == Form::Page {
            // It names files that the next version of the program may not have.
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        }
        let turtle = format!("{address}.ttl");
        let more = [(address.as_str(), "canonical"), (&turtle, "describedby"), (iri.as_str(), "describes")];
        if let Some(links) = form::links(&address, &form::THINGS, &more) {
            headers.insert(header::LINK, links);
        }
        Ok(response)
    }

    /// The IRI that is asked for, with its name in addresses and the form that a suffix asks for.
    fn find(&self, served: &Served) -> Result<Option<(NamedNode, String, Option<Form>)>, DescribeError> {
        let whole = (self.path.as_str(), None);
        let cut = form::suffixed(&self.path).map(|(name, form)| (name, Some(form)));
        for (name, form) in cut.into_iter().chain([whole]) {
            // Builds write IRIs in one way; whoever changes a graph may write them in another.
            for spelt in [iri::escape(name), name.to_owned()] {
                let Ok(iri) = NamedNode::new(format!("{}{}{spelt}", self.site.settings.base, self.folder.iris)) else {
                    continue;
                };
                if !spelt.is_empty() && served.store.knows(iri.as_str())? {
                    return Ok(Some((iri, spelt, form)));
                }
            }
        }
        Ok(None)
    }

    fn body(&self, served: &Served, iri: &NamedNode, address: &str, form: Form) -> Result<Response, DescribeError> {
        let body = match form {
            Form::Page => explorer::PAGE.into(),
            Form::Rdf(format) => {
                let data_set = format!("{}dataset", self.site.settings.base);
                let (document, origin) = (address, self.origin.as_str());
                let described = Described { iri, document, origin, data_set: &data_set };
                form::serialise(&described.triples(&served.store)?, format)?
            }
            Form::Drawing => neighbourhood::drawing(&served.store, iri)?.into_bytes(),
            Form::Table => neighbourhood::table(&served.store, iri)?,
            Form::Bibliography | Form::Items | Form::Marked => match Self::of_document(served, iri, form)? {
                Ok(document) => document,
                Err(reason) => return Ok(problem(StatusCode::NOT_FOUND, reason)),
            },
        };
        Ok(([(header::CONTENT_TYPE, form.content_type())], body).into_response())
    }

    /// The form of a document, or why there is none.
    fn of_document(
        served: &Served,
        iri: &NamedNode,
        form: Form,
    ) -> Result<Result<Vec<u8>, &'static str>, DescribeError> {
        let document = match form {
            Form::Items => neighbourhood::item(&served.store, iri)?.map(String::into_bytes),
            Form::Marked => {
                let mut out = Vec::new();
                let paragraphs = akn::write(&served.store, iri.as_str(), &mut out)?;
                if paragraphs == Some(0) {
                    return Ok(Err("the graph knows this document, but not its text"));
                }
                paragraphs.map(|_| out)
            }
            _ => neighbourhood::entry(&served.store, iri)?.map(String::into_bytes),
        };
        Ok(document.ok_or("this is no document, and only documents have this form"))
    }
}

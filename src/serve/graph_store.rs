//! The SPARQL 1.1 Graph Store HTTP Protocol: graphs as they are, read and written whole.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use http_body::Frame;
use oxigraph::io::RdfFormat;
use oxigraph::model::{BlankNode, NamedNode};
use oxiri::Iri;

use super::evaluate::{self, Format, GRAPHS};
use super::negotiate;
use super::writing::work::{Change, Data, Graphs};
use super::{Site, multipart, origin, parameters, problem, requests, writing};
use crate::store::dump::{Dump, DumpError, Extent};

const ALLOWED: &str = "GET, HEAD, PUT, POST, PATCH, DELETE, OPTIONS";

/// What a request is about.
struct Target {
    graphs: Graphs,
    /// Whether the address is that of the store, and not of a graph.
    whole: bool,
    /// What the addresses of graphs begin with here.
    store: String,
    /// A format, by name.
    format: Option<String>,
}

/// `/store` and what is below.
pub(super) async fn endpoint(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let origin = match origin::of(&site.settings, &parts.headers) {
        Ok(origin) => origin,
        Err(refusal) => return *refusal,
    };
    let target = match target(&parts.uri, &origin) {
        Ok(target) => target,
        Err(message) => return problem(StatusCode::BAD_REQUEST, &message),
    };
    match parts.method {
        // To HEAD, the connection sends no body of it.
        Method::GET | Method::HEAD => read(&site, &target, &parts),
        Method::PUT | Method::POST => {
            let body = match writing::body(&site, &parts, body).await {
                Ok(body) => body,
                Err(refusal) => return refusal,
            };
            load(&site, target, &parts, body).await
        }
        Method::PATCH => {
            let body = match writing::body(&site, &parts, body).await {
                Ok(body) => body,
                Err(refusal) => return refusal,
            };
            patch(&site, target, &parts, &body).await
        }
        Method::DELETE => match writing::change(&site, &parts, Change::Remove(target.graphs)).await {
            Ok(_) => StatusCode::NO_CONTENT.into_response(),
            Err(refusal) => refusal,
        },
        _ => requests::not_allowed(&parts.method, ALLOWED),
    }
}

/// The graph that an address names: by a parameter, or by being its address.
fn target(uri: &Uri, origin: &str) -> Result<Target, String> {
    let store = format!("{origin}/store");
    let base = Iri::parse(store.as_str()).map_err(|_| "the header Host does not name a host")?;
    let (mut default, mut graph, mut format) = (false, None, None);
    for (name, value) in parameters::decode(uri.query().unwrap_or_default().as_bytes())? {
        match name.as_str() {
            "default" => default = true,
            "graph" if graph.is_some() => return Err("more than one graph in one request".into()),
            "graph" => graph = Some(value),
            "format" => format = Some(value),
            _ => {}
        }
    }
    let below = uri.path().strip_prefix("/store/").filter(|path| !path.is_empty());
    let graphs = match (below, default, graph) {
        (None, true, None) => Graphs::Default,
        (None, false, Some(iri)) => {
            let resolved = base.resolve(&iri).map_err(|error| format!("{iri} is not an IRI: {error}"))?;
            Graphs::Named(resolved.into_inner())
        }
        (None, false, None) => Graphs::All,
        (Some(path), false, None) => Graphs::Named(format!("{store}/{path}")),
        _ => return Err("name one graph: by ?default, by ?graph=IRI, or by its address below /store/".into()),
    };
    Ok(Target { whole: graphs == Graphs::All, graphs, store, format })
}

fn read(site: &Site, target: &Target, parts: &Parts) -> Response {
    let extent = match &target.graphs {
        Graphs::Default => Extent::Default,
        Graphs::All => Extent::All,
        Graphs::Named(iri) => match NamedNode::new(iri) {
            Ok(name) => Extent::Named(name),
            Err(error) => return problem(StatusCode::BAD_REQUEST, &format!("{iri} is not an IRI: {error}")),
        },
    };
    // All graphs need a format in which they have names.
    let offers: Vec<Format> = match extent {
        Extent::All => GRAPHS.into_iter().rev().filter(|f| holds_graphs(*f)).collect(),
        _ => GRAPHS.to_vec(),
    };
    let accept = parts.headers.get(header::ACCEPT).and_then(|v| v.to_str().ok());
    let chosen = match &target.format {
        Some(name) => evaluate::named(name, &offers),
        None => negotiate::choose(accept, &offers),
    };
    let Some(Format::Graph(format)) = chosen else {
        let names: Vec<_> = offers.iter().map(|f| negotiate::Offer::media_type(*f)).collect();
        return problem(StatusCode::NOT_ACCEPTABLE, &format!("this is given as {}", names.join(", ")));
    };
    let mut dump = match site.store().dump(&extent, evaluate::graph_writer(format)) {
        Ok(Some(dump)) => dump,
        Ok(None) => return problem(StatusCode::NOT_FOUND, "there is no such graph"),
        Err(error) => return problem(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    };
    // What goes wrong at once gets a status of its own, and what is short has a length.
    let mut ahead = VecDeque::new();
    while ahead.len() < 2
        && let Some(piece) = dump.next()
    {
        match piece {
            Ok(piece) => ahead.push_back(piece),
            Err(error) => return problem(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
        }
    }
    let body = match ahead.len() {
        0 | 1 => Body::from(ahead.pop_front().unwrap_or_default()),
        _ => Body::new(Flow { ahead, dump, turn: false }),
    };
    ([(header::CONTENT_TYPE, format.media_type()), (header::VARY, "Accept")], body).into_response()
}

fn holds_graphs(format: Format) -> bool {
    matches!(format, Format::Graph(format) if format.supports_datasets())
}

/// A dump as a body: a piece is written when the client has room for it.
struct Flow {
    /// Pieces that were written already.
    ahead: VecDeque<Vec<u8>>,
    dump: Dump,
    /// Whether it is the turn of the other connections of this thread.
    turn: bool,
}

impl HttpBody for Flow {
    type Data = Bytes;
    type Error = DumpError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, DumpError>>> {
        self.turn = !self.turn;
        if !self.turn {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let next = self.ahead.pop_front().map(Ok).or_else(|| self.dump.next());
        Poll::Ready(next.map(|piece| piece.map(|piece| Frame::data(piece.into()))))
    }
}

async fn load(site: &Site, target: Target, parts: &Parts, body: Bytes) -> Response {
    let data = match data(&parts.headers, &body) {
        Ok(data) => data,
        Err((status, message)) => return problem(status, &message),
    };
    if data.is_empty() {
        return problem(StatusCode::BAD_REQUEST, "the form has no file in it");
    }
    let replaces = parts.method == Method::PUT;
    let datasets =
        data.iter().all(|d| RdfFormat::from_media_type(&d.media_type).is_some_and(RdfFormat::supports_datasets));
    let into = match target.graphs {
        // Data with graphs in it goes to those; other data that is posted to the store makes a graph.
        Graphs::All if datasets => Graphs::All,
        Graphs::All if !replaces => Graphs::Named(format!("{}/{}", target.store, BlankNode::default().as_str())),
        Graphs::All => {
            let message = "name the graph to put this into: by ?default or ?graph=IRI; or send N-Quads or TriG";
            return problem(StatusCode::BAD_REQUEST, message);
        }
        graphs => graphs,
    };
    let address = match &into {
        Graphs::Named(iri) => iri.clone(),
        Graphs::Default | Graphs::All => target.store,
    };
    let made = target.whole && into != Graphs::All;
    match writing::change(site, parts, Change::Load { into, replaces, base: address.clone(), data }).await {
        Ok(_) if made => (StatusCode::CREATED, [(header::LOCATION, address)]).into_response(),
        Ok(written) if written.created => StatusCode::CREATED.into_response(),
        Ok(_) => StatusCode::NO_CONTENT.into_response(),
        Err(refusal) => refusal,
    }
}

/// An update of one graph.
async fn patch(site: &Site, target: Target, parts: &Parts, body: &[u8]) -> Response {
    if target.whole {
        return problem(StatusCode::BAD_REQUEST, "name the graph to change: by ?default or ?graph=IRI; or use /update");
    }
    if requests::media_type(&parts.headers) != "application/sparql-update" {
        let message = "send what is to change as application/sparql-update";
        return problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, message);
    }
    let Ok(update) = String::from_utf8(body.to_vec()) else {
        return problem(StatusCode::BAD_REQUEST, "the update is not UTF-8");
    };
    let change = Change::Update { update, base: target.store, using: None, within: Some(target.graphs) };
    match writing::change(site, parts, change).await {
        Ok(_) => StatusCode::NO_CONTENT.into_response(),
        Err(refusal) => refusal,
    }
}

/// The data that a request carries: its body, or the files of a form.
fn data(headers: &HeaderMap, body: &[u8]) -> Result<Vec<Data>, (StatusCode, String)> {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let known = |media_type: String, bytes: &[u8]| match RdfFormat::from_media_type(&media_type) {
        Some(_) => Ok(Data { media_type, bytes: bytes.to_vec() }),
        None => {
            let names: Vec<_> = GRAPHS.iter().map(|f| negotiate::Offer::media_type(*f)).collect();
            let message = format!("send RDF in UTF-8, and say in Content-Type as which of {}", names.join(", "));
            Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, message))
        }
    };
    if requests::media_type(headers) != "multipart/form-data" {
        return Ok(vec![known(content_type.to_owned(), body)?]);
    }
    let bad = |message: &str| (StatusCode::BAD_REQUEST, message.to_owned());
    let boundary = multipart::boundary(content_type).ok_or_else(|| bad("the form has no boundary"))?;
    let parts = multipart::parts(body, boundary).map_err(bad)?;
    parts.into_iter().map(|part| known(part.media_type.unwrap_or_default(), part.bytes)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, expected: &Result<Graphs, ()>) {
        let target = target(&address.parse().expect("an address"), "http://e.org").map(|t| t.graphs).map_err(|_| ());
        assert_eq!(&target, expected, "{address}");
    }

    #[test]
    fn graphs_are_named_in_three_ways() {
        let named = |iri: &str| Ok(Graphs::Named(iri.into()));
        check("/store", &Ok(Graphs::All));
        check("/store/", &Ok(Graphs::All));
        check("/store?default", &Ok(Graphs::Default));
        check("/store?default=", &Ok(Graphs::Default));
        check("/store?graph=http%3A%2F%2Fa%2Fb", &named("http://a/b"));
        check("/store?graph=http://a/%2531", &named("http://a/%31"));
        check("/store?graph=/store/x", &named("http://e.org/store/x"));
        check("/store/person/1.ttl", &named("http://e.org/store/person/1.ttl"));
        check("/store?graph=http://a&graph=http://b", &Err(()));
        check("/store?graph=http://a&default", &Err(()));
        check("/store/a?default", &Err(()));
        check("/store?graph=http://a/%20b", &Err(()));
    }
}

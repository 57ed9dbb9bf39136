//! What handlers read of a request, within limits, and how they refuse.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tokio::time::timeout;

use super::{Settings, problem};

/// Bytes that a request may carry, unless it writes.
pub const LARGEST_BODY: usize = 1 << 20;
/// Time in which a body must be there.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where a connection comes from; every request has it among its extensions.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

impl Peer {
    /// The client of a request: the other end of the connection or, where that is a proxy, whom the proxy names.
    pub fn of(settings: &Settings, parts: &Parts) -> Option<IpAddr> {
        let peer = parts.extensions.get::<Peer>().map(|peer| peer.0);
        if !settings.behind_proxy {
            return peer;
        }
        // What stands last was added by the nearest proxy; all before it anybody may have written.
        let last = parts.headers.get_all("x-forwarded-for").iter().next_back();
        let last = last.and_then(|value| value.to_str().ok()?.rsplit(',').next()).map(str::trim);
        let named = last.and_then(|last| last.parse().ok().or_else(|| Some(last.parse::<SocketAddr>().ok()?.ip())));
        named.or(peer)
    }
}

/// The whole body of a request.
///
/// # Errors
/// The refusal of one that is larger than `limit`, or does not come.
pub async fn body(body: Body, limit: usize) -> Result<Bytes, Response> {
    body_within(body, limit, PATIENCE).await
}

/// The same of one that has another time to come in.
///
/// # Errors
/// The refusal of one that is larger than `limit`, or does not come.
pub async fn body_within(body: Body, limit: usize, patience: Duration) -> Result<Bytes, Response> {
    match timeout(patience, Limited::new(body, limit).collect()).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(problem(
            StatusCode::PAYLOAD_TOO_LARGE,
            &format!("a request may carry {limit} bytes, and this one has more"),
        )),
        Ok(Err(error)) => Err(problem(StatusCode::BAD_REQUEST, &format!("the request broke off: {error}"))),
        Err(_) => {
            let message = format!("the request did not come within {} s", patience.as_secs());
            Err(problem(StatusCode::REQUEST_TIMEOUT, &message))
        }
    }
}

/// What the body of a request is, without parameters, in lower case.
pub fn media_type(headers: &HeaderMap) -> String {
    content_type(headers).split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The characters that a body is said to be in.
pub fn charset(headers: &HeaderMap) -> Option<&str> {
    let mut parameters = content_type(headers).split(';').skip(1).filter_map(|p| p.trim().split_once('='));
    let charset = parameters.find(|(name, _)| name.eq_ignore_ascii_case("charset"));
    charset.map(|(_, value)| value.trim().trim_matches('"'))
}

fn content_type(headers: &HeaderMap) -> &str {
    headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default()
}

/// The answer to a method that a resource does not know; `OPTIONS` gets what it asks for.
pub fn not_allowed(method: &Method, allowed: &'static str) -> Response {
    let mut response = match *method {
        Method::OPTIONS => StatusCode::NO_CONTENT.into_response(),
        _ => problem(StatusCode::METHOD_NOT_ALLOWED, &format!("this answers {allowed}")),
    };
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allowed));
    response
}

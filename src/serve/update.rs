//! The SPARQL 1.1 Protocol, update operation.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use super::writing::work::Change;
use super::{Site, parameters, problem, requests, writing};

/// `POST` of a form, or of an update.
pub(super) async fn endpoint(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if parts.method != Method::POST {
        return requests::not_allowed(&parts.method, "POST, OPTIONS");
    }
    let body = match writing::body(&site, &parts, body).await {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    let change = match read(&parts.uri, &parts.headers, &body, &site.settings.base) {
        Ok(change) => change,
        Err(refusal) => return *refusal,
    };
    match writing::change(&site, &parts, change).await {
        Ok(_) => StatusCode::NO_CONTENT.into_response(),
        Err(refusal) => refusal,
    }
}

fn read(uri: &Uri, headers: &HeaderMap, body: &[u8], base: &str) -> Result<Change, Box<Response>> {
    let refuse = |status, message: &str| Box::new(problem(status, message));
    let bad = |message: String| refuse(StatusCode::BAD_REQUEST, &message);
    let in_url = parameters::decode(uri.query().unwrap_or_default().as_bytes()).map_err(bad)?;
    if in_url.iter().any(|(name, _)| name == "update") {
        return Err(bad("send the update in the body of the request, not in its address".into()));
    }
    match requests::media_type(headers).as_str() {
        "application/x-www-form-urlencoded" => {
            let in_form = parameters::decode(body).map_err(bad)?;
            collect(in_url.into_iter().chain(in_form), None, base).map_err(bad)
        }
        "application/sparql-update" => {
            let charset = requests::charset(headers);
            let text =
                std::str::from_utf8(body).ok().filter(|_| charset.is_none_or(|c| c.eq_ignore_ascii_case("utf-8")));
            let text = text.ok_or_else(|| bad("the update is not UTF-8".into()))?;
            collect(in_url.into_iter(), Some(text.to_owned()), base).map_err(bad)
        }
        _ => Err(refuse(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "send the update as application/sparql-update or application/x-www-form-urlencoded",
        )),
    }
}

fn collect(
    parameters: impl Iterator<Item = (String, String)>,
    update: Option<String>,
    base: &str,
) -> Result<Change, String> {
    let (mut updates, mut default, mut named): (Vec<_>, _, _) = (update.into_iter().collect(), Vec::new(), Vec::new());
    for (name, value) in parameters {
        match name.as_str() {
            "update" => updates.push(value),
            "using-graph-uri" => default.push(value),
            "using-named-graph-uri" => named.push(value),
            "query" => return Err("this is where updates go; queries go to /sparql".into()),
            _ => {}
        }
    }
    let mut updates = updates.into_iter();
    let update = updates.next().ok_or("the form has no field \"update\"")?;
    if updates.next().is_some() {
        return Err("more than one update in one request; put ; between operations".into());
    }
    let using = (!default.is_empty() || !named.is_empty()).then_some((default, named));
    Ok(Change::Update { update, base: base.into(), using, within: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::header;

    fn check(media_type: &str, query: &str, body: &str, expected: Result<&str, u16>) {
        let uri: Uri = format!("/update?{query}").parse().expect("a URI");
        let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, media_type.parse().expect("a header"))]);
        let read = match read(&uri, &headers, body.as_bytes(), "e:") {
            Ok(Change::Update { update, using, .. }) => Ok(format!("{update} {using:?}")),
            Ok(other) => Ok(format!("{other:?}")),
            Err(refusal) => Err(refusal.status().as_u16()),
        };
        assert_eq!(read, expected.map(str::to_owned), "{media_type} {query} {body}");
    }

    #[test]
    fn requests_are_read_as_the_protocol_has_them() {
        let (form, direct) = ("application/x-www-form-urlencoded", "application/sparql-update; charset=UTF-8");
        check(direct, "", "CLEAR ALL", Ok("CLEAR ALL None"));
        check(direct, "using-graph-uri=e:a", "X", Ok("X Some(([\"e:a\"], []))"));
        check(form, "", "update=CLEAR+ALL&using-named-graph-uri=e:b", Ok("CLEAR ALL Some(([], [\"e:b\"]))"));
        check(form, "", "update=A&update=B", Err(400));
        check(form, "", "query=A", Err(400));
        check(form, "", "", Err(400));
        check(direct, "update=A", "B", Err(400));
        check("application/sparql-update; charset=utf-16", "", "B", Err(400));
        check("text/plain", "", "CLEAR ALL", Err(415));
    }
}

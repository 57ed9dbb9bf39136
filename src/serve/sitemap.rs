//! `/sitemap.xml`, `/robots.txt`: which pages there are, for search engines.

use std::fmt::Write;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;

use super::caching::Validator;
use super::catalogue::Catalogue;
use super::{Site, origin, problem, suggest};

/// Addresses in one file; a sitemap may have no more.
const A_FILE: usize = 50_000;

const XML: &str = "application/xml; charset=utf-8";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const SCHEMA: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// `/robots.txt`: pages may be read by everybody; queries are no pages.
pub(super) async fn robots(State(site): State<Arc<Site>>, headers: HeaderMap) -> Response {
    match origin::of(&site.settings, &headers) {
        Ok(origin) => format!(
            "User-agent: *\nDisallow: /sparql\nDisallow: /search\nDisallow: /suggest\nDisallow: /store\n\
             Disallow: /update\nDisallow: /metrics\n\nSitemap: {origin}/sitemap.xml\n"
        )
        .into_response(),
        Err(refusal) => *refusal,
    }
}

/// `/sitemap.xml`: the list of the parts.
pub(super) async fn index(State(site): State<Arc<Site>>, headers: HeaderMap) -> Response {
    answer(&site, &headers, "index", |catalogue, origin, date| {
        let mut out = format!("{HEAD}<sitemapindex xmlns=\"{SCHEMA}\">\n");
        for part in 1..=catalogue.things.len().div_ceil(A_FILE).max(1) {
            let _ = writeln!(out, "<sitemap><loc>{origin}/sitemap/{part}.xml</loc>{date}</sitemap>");
        }
        Some(out + "</sitemapindex>\n")
    })
    .await
}

/// `/sitemap/1.xml`
pub(super) async fn part(State(site): State<Arc<Site>>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let number: Option<usize> = name.strip_suffix(".xml").and_then(|number| number.parse().ok());
    let Some(before) = number.and_then(|number| number.checked_sub(1)) else {
        return problem(StatusCode::NOT_FOUND, "there is no such part; /sitemap.xml lists them");
    };
    let base = format!("{}id/", site.settings.base);
    answer(&site, &headers, &name, |catalogue, origin, date| {
        let things = catalogue.things.iter().filter_map(|thing| thing.iri.strip_prefix(&*base));
        let mut things = things.skip(before.checked_mul(A_FILE)?).take(A_FILE).peekable();
        if before > 0 {
            things.peek()?;
        }
        let mut out = format!("{HEAD}<urlset xmlns=\"{SCHEMA}\">\n");
        for path in things {
            let address = crate::export::xml(&super::linked_data::ascii(path));
            let _ = writeln!(out, "<url><loc>{origin}/doc/{address}</loc>{date}</url>");
        }
        Some(out + "</urlset>\n")
    })
    .await
}

async fn answer(
    site: &Arc<Site>,
    headers: &HeaderMap,
    name: &str,
    write: impl FnOnce(&Catalogue, &str, &str) -> Option<String>,
) -> Response {
    let origin = match origin::of(&site.settings, headers) {
        Ok(origin) => origin,
        Err(refusal) => return *refusal,
    };
    let served = site.served();
    // A graph that was just opened has the names of the last one for a moment, and their tag.
    let Some((state, catalogue)) = suggest::catalogue(site).await else {
        return problem(StatusCode::SERVICE_UNAVAILABLE, "the names are still being gathered; try again in a moment");
    };
    let validator = Validator::of(&["sitemap", name, &state, &origin], served.modified());
    if let Some(unchanged) = validator.unchanged(headers) {
        return unchanged;
    }
    let built = served.modified().and_then(|built| Timestamp::try_from(built).ok());
    let built = built.and_then(|built| Timestamp::from_second(built.as_second()).ok());
    let date = built.map_or(String::new(), |built| format!("<lastmod>{built}</lastmod>"));
    match write(&catalogue, &origin, &date) {
        Some(body) => validator.on(([(header::CONTENT_TYPE, XML)], body).into_response()),
        None => problem(StatusCode::NOT_FOUND, "there is no such part; /sitemap.xml lists them"),
    }
}

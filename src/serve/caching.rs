//! What lets a client keep an answer and ask whether it still holds: strong tags, dates, `304 Not Modified`.

use std::time::SystemTime;

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::fmt::rfc2822::{DateTimeParser, DateTimePrinter};
use sha2::{Digest, Sha256};

/// For how long a description need not be asked for again; after that its tag tells whether it still holds.
const FRESH: &str = "public, max-age=60";

/// Tells an answer from every other answer at its address.
#[derive(Debug, Clone)]
pub(super) struct Validator {
    tag: String,
    modified: Option<SystemTime>,
}

impl Validator {
    /// Of everything that the bytes of an answer depend on.
    pub(super) fn of(parts: &[&str], modified: Option<SystemTime>) -> Self {
        let mut hash = Sha256::new();
        for part in [env!("CARGO_PKG_VERSION")].iter().chain(parts) {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
        let digest = hash.finalize();
        let hex: String = digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
        Self { tag: format!("\"{hex}\""), modified }
    }

    /// Whether what the client has is what it would get.
    fn holds(&self, headers: &HeaderMap) -> bool {
        let value = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        if let Some(tags) = value(header::IF_NONE_MATCH) {
            // A weak tag is compared as if it were strong (RFC 9110, 13.1.2).
            let same = |tag: &str| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == self.tag;
            return tags.split(',').map(str::trim).any(same);
        }
        let (Some(since), Some(modified)) = (value(header::IF_MODIFIED_SINCE), self.modified) else { return false };
        let since = DateTimeParser::new().parse_timestamp(since);
        since.is_ok_and(|since| seconds(modified).is_some_and(|modified| modified <= since))
    }

    /// 304, if the client has it already.
    pub(super) fn unchanged(&self, headers: &HeaderMap) -> Option<Response> {
        self.holds(headers).then(|| self.on(StatusCode::NOT_MODIFIED.into_response()))
    }

    /// The answer with what lets it be kept.
    pub(super) fn on(&self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        let date = self.modified.and_then(seconds);
        let date = date.and_then(|date| DateTimePrinter::new().timestamp_to_rfc9110_string(&date).ok());
        let all = [(header::ETAG, Some(self.tag.clone())), (header::LAST_MODIFIED, date)];
        for (name, value) in all {
            if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
                headers.insert(name, value);
            }
        }
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(FRESH));
        response
    }
}

/// A compressed answer has other bytes than the one that its tag was made for.
pub(super) async fn weakened(mut response: Response) -> Response {
    let headers = response.headers_mut();
    if headers.contains_key(header::CONTENT_ENCODING)
        && let Some(tag) = headers.get(header::ETAG).and_then(|tag| tag.to_str().ok())
        && !tag.starts_with("W/")
        && let Ok(weak) = HeaderValue::from_str(&format!("W/{tag}"))
    {
        headers.insert(header::ETAG, weak);
    }
    response
}

/// Dates in headers have whole seconds.
fn seconds(time: SystemTime) -> Option<Timestamp> {
    Timestamp::try_from(time).ok().and_then(|time| Timestamp::from_second(time.as_second()).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn what_a_client_has_is_told_from_what_it_has_not() {
        let validator = Validator::of(&["a", "b"], Some(UNIX_EPOCH + Duration::from_secs(1_000_000)));
        assert_ne!(validator.tag, Validator::of(&["ab", ""], None).tag);
        let given = |name, value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(name, HeaderValue::from_str(value).expect("a value"));
            validator.holds(&headers)
        };
        let tag = &validator.tag;
        for tags in [tag, &format!("W/{tag}"), &format!("\"x\", {tag}"), "*"] {
            assert!(given(header::IF_NONE_MATCH, tags), "{tags}");
        }
        assert!(!given(header::IF_NONE_MATCH, "\"x\""));
        assert!(given(header::IF_MODIFIED_SINCE, "Mon, 12 Jan 1970 13:46:40 GMT"));
        assert!(!given(header::IF_MODIFIED_SINCE, "Mon, 12 Jan 1970 13:46:39 GMT"));
        assert!(!given(header::IF_MODIFIED_SINCE, "yesterday"));
        let response = validator.on(StatusCode::OK.into_response());
        assert_eq!(response.headers()[header::LAST_MODIFIED], "Mon, 12 Jan 1970 13:46:40 GMT");
    }
}

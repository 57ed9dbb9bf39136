//! Where the world reaches this server: what absolute addresses begin with.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;

use super::{Settings, problem};

/// Checks an address given as the public one: scheme and host, perhaps a port; without a `/` at its end.
///
/// # Errors
/// Says what is wrong with it.
pub fn public(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/');
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match host {
        Some(host) if is_host(host) => Ok(text.to_owned()),
        _ => Err("this is not scheme and host alone, such as https://graph.example.org".into()),
    }
}

/// What addresses of this server begin with: the public URL, or else the host that the client asked.
///
/// # Errors
/// When the header `Host` names no host: it would stand in documents that others keep.
pub(super) fn of(settings: &Settings, headers: &HeaderMap) -> Result<String, Box<Response>> {
    if let Some(public) = &settings.public_url {
        return Ok(public.clone());
    }
    let host = headers.get(header::HOST).map_or(Some("localhost"), |host| host.to_str().ok());
    match host.filter(|host| is_host(host)) {
        Some(host) => Ok(format!("http://{host}")),
        None => Err(Box::new(problem(StatusCode::BAD_REQUEST, "the header Host does not name a host"))),
    }
}

/// A name, an address or an address in brackets, perhaps with a port.
fn is_host(host: &str) -> bool {
    const LONGEST: usize = 255;
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
        _ => (host, None),
    };
    let port_fits = port.is_none_or(|port| port.parse::<u16>().is_ok());
    let inner = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    let name_fits = match inner {
        Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
        None => name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')),
    };
    !name.is_empty() && host.len() <= LONGEST && port_fits && name_fits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_told_from_what_is_none() {
        for host in ["localhost", "127.0.0.1:7878", "[::1]:80", "[::1]", "a-b.example.org"] {
            assert!(is_host(host), "{host}");
        }
        for host in ["", "a b", "a/b", "x:y", "a\"b", "[x]", "::1", "a.example:99999", "user@host", "<script>"] {
            assert!(!is_host(host), "{host}");
        }
        assert_eq!(public("https://graph.example.org/").as_deref(), Ok("https://graph.example.org"));
        for wrong in ["graph.example.org", "ftp://a", "https://a/b", "https://", "https://a?b"] {
            assert!(public(wrong).is_err(), "{wrong}");
        }
    }
}

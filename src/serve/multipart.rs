//! The parts of a form with files, RFC 7578, of a body that is there already.

/// A file in a form.
#[derive(Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// Its media type, where the form gives one.
    pub media_type: Option<String>,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// The boundary that a `Content-Type` gives.
pub fn boundary(content_type: &str) -> Option<&str> {
    let parameters = content_type.split(';').skip(1).filter_map(|p| p.trim().split_once('='));
    let (_, value) = parameters.into_iter().find(|(name, _)| name.eq_ignore_ascii_case("boundary"))?;
    let value = value.trim().trim_matches('"');
    (!value.is_empty() && value.len() <= 70).then_some(value)
}

/// The parts of a body.
///
/// # Errors
/// Says what is wrong with it.
pub fn parts<'a>(body: &'a [u8], boundary: &str) -> Result<Vec<Part<'a>>, &'static str> {
    let delimiter = format!("\r\n--{boundary}");
    let find = memchr::memmem::Finder::new(delimiter.as_bytes());
    // The first delimiter may stand at the very beginning.
    let mut rest = match body.strip_prefix(&delimiter.as_bytes()[2..]) {
        Some(rest) => rest,
        None => &body[find.find(body).ok_or("the boundary of the form is not in it")? + delimiter.len()..],
    };
    let mut parts = Vec::new();
    while !rest.starts_with(b"--") {
        // White space may follow a delimiter.
        let start = memchr::memmem::find(rest, b"\r\n").ok_or("the form breaks off")?;
        if !rest[..start].trim_ascii().is_empty() {
            return Err("the boundary of the form is followed by something else");
        }
        rest = &rest[start..];
        let end = find.find(&rest[2..]).ok_or("the form breaks off: its last boundary is missing")? + 2;
        parts.push(part(&rest[2..end])?);
        rest = &rest[end + delimiter.len()..];
    }
    Ok(parts)
}

fn part(text: &[u8]) -> Result<Part<'_>, &'static str> {
    let (head, bytes) = match text.strip_prefix(b"\r\n") {
        Some(bytes) => (&[][..], bytes),
        None => {
            let end = memchr::memmem::find(text, b"\r\n\r\n").ok_or("a part of the form has no empty line")?;
            (&text[..end], &text[end + 4..])
        }
    };
    let head = std::str::from_utf8(head).map_err(|_| "the head of a part of the form is not UTF-8")?;
    let mut fields = head.split("\r\n").filter_map(|line| line.split_once(':'));
    let media_type = fields.find(|(name, _)| name.eq_ignore_ascii_case("Content-Type"));
    Ok(Part { media_type: media_type.map(|(_, value)| value.trim().to_owned()), bytes })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &str, expected: Result<&[(Option<&str>, &str)], ()>) {
        let found = parts(body.as_bytes(), "X");
        let found = found.as_ref().map_err(|_| ()).map(|parts| {
            let spelt = |p: &Part<'_>| (p.media_type.clone(), String::from_utf8_lossy(p.bytes).into_owned());
            parts.iter().map(spelt).collect::<Vec<_>>()
        });
        let expected = expected
            .map(|parts| parts.iter().map(|(m, b)| (m.map(str::to_owned), (*b).to_owned())).collect::<Vec<_>>());
        assert_eq!(found, expected, "{body:?}");
    }

    #[test]
    fn forms_are_cut_at_their_boundaries() {
        check("--X--", Ok(&[]));
        check("before\r\n--X\r\n\r\nabc\r\n--X--after", Ok(&[(None, "abc")]));
        check(
            "--X \r\nA: b\r\ncontent-type: text/turtle\r\n\r\na\r\nb\r\n\r\n--X\r\n\r\n\r\n--X--\r\n",
            Ok(&[(Some("text/turtle"), "a\r\nb\r\n"), (None, "")]),
        );
        for broken in ["", "abc", "--X", "--X\r\n", "--X\r\n\r\nabc", "--X\r\nabc\r\n--X--", "--Xa\r\n\r\n\r\n--X--"] {
            check(broken, Err(()));
        }
    }

    #[test]
    fn the_boundary_is_a_parameter() {
        assert_eq!(boundary("multipart/form-data; boundary=abc"), Some("abc"));
        assert_eq!(boundary("multipart/form-data; charset=utf-8; Boundary=\"a b\""), Some("a b"));
        assert_eq!(boundary("multipart/form-data"), None);
        assert_eq!(boundary("multipart/form-data; boundary="), None);
    }
}

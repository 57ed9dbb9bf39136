//! Names and values in a query string or a form. Stricter than browsers need: what is not UTF-8
//! is refused instead of patched.

use percent_encoding::percent_decode;

/// Decodes `a=b&c=d`, in its order.
///
/// # Errors
/// Says which part is not UTF-8.
pub fn decode(text: &[u8]) -> Result<Vec<(String, String)>, String> {
    let parts = text.split(|&b| b == b'&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let at = part.iter().position(|&b| b == b'=').unwrap_or(part.len());
            let (name, value) = (&part[..at], part.get(at + 1..).unwrap_or_default());
            Ok((word(name)?, word(value)?))
        })
        .collect()
}

fn word(bytes: &[u8]) -> Result<String, String> {
    let spaced: Vec<u8> = bytes.iter().map(|&b| if b == b'+' { b' ' } else { b }).collect();
    match percent_decode(&spaced).decode_utf8() {
        Ok(text) => Ok(text.into_owned()),
        Err(_) => Err(format!("{:?} is not UTF-8", String::from_utf8_lossy(bytes))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let expected: Vec<_> = expected.iter().map(|&(n, v)| (n.to_owned(), v.to_owned())).collect();
        assert_eq!(decode(text.as_bytes()).as_ref(), Ok(&expected), "{text}");
    }

    #[test]
    fn forms_are_decoded() {
        check("", &[]);
        check("query=ASK%20%7B%7D&x", &[("query", "ASK {}"), ("x", "")]);
        check("a=1+2&a=%C3%A9", &[("a", "1 2"), ("a", "é")]);
        check("a=b=c&&d=", &[("a", "b=c"), ("d", "")]);
        assert!(decode(b"query=%FF").is_err());
    }
}

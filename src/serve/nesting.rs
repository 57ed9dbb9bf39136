//! How deep a query nests, told before it is parsed: parser and evaluator recurse.

/// Groups, parentheses and brackets inside each other that a query may have.
pub const DEEPEST: usize = 200;

/// Operators of expressions and paths that a query may have: a chain of them is a tower as well,
/// and takes the planner a time that grows with the square of its height.
pub const MOST_OPERATORS: usize = 2000;

/// Bytes that a query may have. The longest chains of groups that fit stay within the stack that
/// a query gets.
pub const LONGEST: usize = 64 * 1024;

/// What a SPARQL text is made of, outside strings, IRIs and comments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// The deepest nesting of `{`, `(` and `[`.
    pub depth: usize,
    /// How many characters that operators are made of.
    pub operators: usize,
}

/// Looks a SPARQL text over, valid or not.
pub fn shape(query: &str) -> Shape {
    let mut shape = Shape { depth: 0, operators: 0 };
    let mut depth = 0;
    each(query.as_bytes(), |_, byte| {
        nest(byte, &mut depth);
        shape.depth = shape.depth.max(depth);
        shape.operators += usize::from(is_operator(byte));
    });
    shape
}

/// Looks an update over, and tells how many bytes of it are not data. Data is a list, as long as it may be: what
/// stands between the braces of `INSERT DATA` and `DELETE DATA` counts as nesting only.
pub fn update_shape(update: &str) -> (Shape, usize) {
    let bytes = update.as_bytes();
    let mut shape = Shape { depth: 0, operators: 0 };
    let (mut depth, mut data, mut data_bytes) = (0, None, 0);
    // Where the last word ends.
    let mut word = 0;
    each(bytes, |at, byte| {
        if byte == b'{' && depth == 0 && ends_with_data(&bytes[..word]) {
            data = Some(at);
        }
        if byte != b'#' && !byte.is_ascii_whitespace() {
            word = at + 1;
        }
        nest(byte, &mut depth);
        shape.depth = shape.depth.max(depth);
        shape.operators += usize::from(data.is_none() && is_operator(byte));
        if depth == 0
            && let Some(start) = data.take()
        {
            data_bytes += at - start;
        }
    });
    data_bytes += data.map_or(0, |start| bytes.len() - start);
    (shape, bytes.len() - data_bytes)
}

fn ends_with_data(text: &[u8]) -> bool {
    let word = text.len().checked_sub(4).map(|at| text.split_at(at));
    word.is_some_and(|(before, word)| {
        word.eq_ignore_ascii_case(b"data") && before.last().is_some_and(u8::is_ascii_whitespace)
    })
}

/// Calls `each` with every byte outside strings, IRIs and comments; of these with the first.
fn each(bytes: &[u8], mut each: impl FnMut(usize, u8)) {
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        each(at, byte);
        at = match byte {
            b'#' => line_end(bytes, at),
            b'"' | b'\'' => string_end(bytes, at),
            b'<' => iri_end(bytes, at).unwrap_or(at + 1),
            b'\\' => at + 2,
            _ => at + 1,
        };
    }
}

fn nest(byte: u8, depth: &mut usize) {
    match byte {
        b'{' | b'(' | b'[' => *depth += 1,
        b'}' | b')' | b']' => *depth = depth.saturating_sub(1),
        _ => {}
    }
}

fn is_operator(byte: u8) -> bool {
    matches!(byte, b'+' | b'-' | b'*' | b'/' | b'|' | b'&' | b'!' | b'=' | b'^')
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    memchr::memchr2(b'\n', b'\r', &bytes[at..]).map_or(bytes.len(), |n| at + n)
}

/// One past the closing quotes of the string that opens at `at`, or of the line that lacks them.
fn string_end(bytes: &[u8], at: usize) -> usize {
    let quote = bytes[at];
    let long = bytes[at..].starts_with(&[quote; 3]);
    let mut at = at + if long { 3 } else { 1 };
    while let Some(&byte) = bytes.get(at) {
        at += match byte {
            b'\\' => 2,
            b'\n' | b'\r' if !long => return at,
            _ if byte == quote && !long => return at + 1,
            _ if byte == quote && bytes[at..].starts_with(&[quote; 3]) => return at + 3,
            _ => 1,
        };
    }
    bytes.len()
}

/// One past the `>` of an IRI; `None` where `<` is the operator.
fn iri_end(bytes: &[u8], at: usize) -> Option<usize> {
    for (n, &byte) in bytes[at + 1..].iter().enumerate() {
        match byte {
            b'>' => return Some(at + n + 2),
            0..=b' ' | b'<' | b'"' | b'{' | b'}' | b'|' | b'^' | b'`' | b'\\' => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, expected: usize) {
        assert_eq!(shape(query).depth, expected, "{query}");
    }

    #[test]
    fn only_real_brackets_count() {
        check("", 0);
        check("SELECT * { ?s ?p ?o }", 1);
        check("SELECT * { { ?s ?p ?o } { ?a ?b (1 2) } }", 3);
        check("ASK { ?s ?p '{{{{' # ((((\n }", 1);
        check("ASK { ?s ?p \"\"\"{ \" {\"\"\" }", 1);
        check("ASK { ?s ?p \"\\\"{{\" }", 1);
        check("ASK { <http://e/(((> ?p ?o FILTER(?a < ?b && (?c > 1)) }", 3);
        check("ASK { ?s ?p 'open {{{\n {}}", 2);
        check("}}}} {", 1);
    }

    #[test]
    fn operators_count_outside_strings() {
        assert_eq!(shape("ASK { FILTER(1 + 2 = '+++' && !?x) } # ///").operators, 5);
        assert_eq!(shape("ASK { <http://e/a/b> <p:a>/<p:b>|^<p:c> ?o }").operators, 3);
    }

    #[test]
    fn data_is_no_more_than_nesting() {
        let check = |update: &str, depth, operators, outside: &str| {
            assert_eq!(update_shape(update), (Shape { depth, operators }, outside.len()), "{update}");
        };
        check("INSERT DATA { <a:b> e:c-d ((1)) }", 3, 0, "INSERT DATA }");
        check(
            "insert data # more\n { a:b-c a:d -1 } ; DELETE { ?a ?b 1 } WHERE {}",
            1,
            0,
            "insert data # more\n } ; DELETE { ?a ?b 1 } WHERE {}",
        );
        check("INSERT { ?a ?b -1 } WHERE { GRAPH a:data { } }", 2, 1, "INSERT { ?a ?b -1 } WHERE { GRAPH a:data { } }");
        check("WITH a:data {-", 1, 1, "WITH a:data {-");
        check("DELETE DATA { - - ", 1, 0, "DELETE DATA ");
    }

    #[test]
    fn a_tower_of_groups_is_seen() {
        check(&format!("SELECT * {}{}", "{".repeat(600), "}".repeat(600)), 600);
    }
}

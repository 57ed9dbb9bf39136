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
    let bytes = query.as_bytes();
    let (mut depth, mut deepest, mut operators, mut at) = (0_usize, 0, 0, 0);
    while let Some(&byte) = bytes.get(at) {
        at = match byte {
            b'#' => line_end(bytes, at),
            b'"' | b'\'' => string_end(bytes, at),
            b'<' => iri_end(bytes, at).unwrap_or(at + 1),
            b'\\' => at + 2,
            _ => at + 1,
        };
        match byte {
            b'{' | b'(' | b'[' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b')' | b']' => depth = depth.saturating_sub(1),
            b'+' | b'-' | b'*' | b'/' | b'|' | b'&' | b'!' | b'=' | b'^' => operators += 1,
            _ => {}
        }
    }
    Shape { depth: deepest, operators }
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
    fn a_tower_of_groups_is_seen() {
        check(&format!("SELECT * {}{}", "{".repeat(600), "}".repeat(600)), 600);
    }
}

//! A term from its spelling in N-Triples.

use std::borrow::Cow;

use oxigraph::model::{BlankNode, Literal, NamedNode, Term};

/// A term from its spelling in N-Triples.
#[must_use]
pub fn parse(spelling: &str) -> Term {
    if let Some(iri) = spelling.strip_prefix('<') {
        return NamedNode::new_unchecked(iri.trim_end_matches('>')).into();
    }
    if let Some(name) = spelling.strip_prefix("_:") {
        return BlankNode::new_unchecked(name).into();
    }
    let inner = spelling.strip_prefix('"').unwrap_or(spelling);
    if let Some(value) = inner.strip_suffix('"') {
        return Literal::new_simple_literal(unquote(value)).into();
    }
    if let Some((value, datatype)) = inner.strip_suffix('>').and_then(|i| i.rsplit_once("\"^^<")) {
        return Literal::new_typed_literal(unquote(value), NamedNode::new_unchecked(datatype)).into();
    }
    let (value, language) = inner.rsplit_once("\"@").unwrap_or((inner, "und"));
    Literal::new_language_tagged_literal_unchecked(unquote(value), language).into()
}

fn unquote(value: &str) -> Cow<'_, str> {
    if !value.contains('\\') {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        out.push(match chars.next() {
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('u') => code_point(&mut chars, 4),
            Some('U') => code_point(&mut chars, 8),
            Some(c) => c,
            None => '\\',
        });
    }
    Cow::Owned(out)
}

fn code_point(chars: &mut std::str::Chars<'_>, digits: usize) -> char {
    let hex: String = chars.by_ref().take(digits).collect();
    u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_survive_their_spelling() {
        let named = NamedNode::new_unchecked("https://example.org/a");
        let terms: [Term; 6] = [
            named.clone().into(),
            BlankNode::new_unchecked("b0").into(),
            Literal::new_simple_literal("a \"b\"@c \\ \n\u{1}").into(),
            Literal::new_typed_literal("1", named).into(),
            Literal::new_language_tagged_literal_unchecked("un \"@\" mot", "fr").into(),
            Literal::new_simple_literal("\"^^<x>").into(),
        ];
        for term in terms {
            assert_eq!(parse(&term.to_string()), term);
        }
    }
}

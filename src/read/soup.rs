//! Mark-up that may be broken, as a stream of tags and text with their places.

use std::collections::BTreeMap;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{HtmlString, Spanned, Token, Tokenizer};

use super::build::boundary;
use crate::span::Span;

/// The attributes of a tag by name in lower case, values decoded.
pub(super) type Attributes = BTreeMap<HtmlString, Spanned<HtmlString, usize>>;

/// What stands next in the input. Comments and declarations are left out.
pub(super) enum Piece<'t> {
    /// `<name ...>`; `name` is its place.
    Open { name: Span, attributes: &'t Attributes, closed: bool },
    /// `</name>`
    Close { name: Span },
    /// Everything up to the next tag, entities not decoded.
    Text(Span),
}

/// Whether elements as `script` and `title` hold raw text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// They do.
    Html,
    /// They are elements like others.
    Xml,
}

/// Hands each piece of `text` to `take`, in order.
pub(super) fn scan(text: &str, dialect: Dialect, mut take: impl FnMut(Piece<'_>)) {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(dialect == Dialect::Html);
    let mut done = 0;
    for token in Tokenizer::new_with_emitter(text, emitter).flatten() {
        let span = match &token {
            Token::StartTag(tag) => tag.span,
            Token::EndTag(tag) => tag.span,
            Token::Comment(comment) => comment.span,
            Token::Doctype(doctype) => doctype.span,
            Token::String(_) | Token::Error(_) => continue,
        };
        // The text is what stands between the tags: the tokeniser's own strings have lost their places.
        let start = boundary(text, span.start.max(done));
        let end = boundary(text, span.end.max(start));
        let start = text[start..end].find('<').map_or(start, |i| start + i);
        if done < start {
            take(Piece::Text(Span::new(done, start)));
        }
        done = end;
        let name_after = |skip: usize, len: usize| {
            let from = boundary(text, (start + skip).min(end));
            Span::new(from, boundary(text, (from + len).min(end)).max(from))
        };
        match &token {
            Token::StartTag(tag) => {
                take(Piece::Open {
                    name: name_after(1, tag.name.len()),
                    attributes: &tag.attributes,
                    closed: tag.self_closing,
                });
            }
            Token::EndTag(tag) => take(Piece::Close { name: name_after(2, tag.name.len()) }),
            _ => {}
        }
    }
    if done < text.len() {
        take(Piece::Text(Span::new(done, text.len())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_has_its_place() {
        let text = "a<!-- <p> --><P Class='x&amp;y'>b &lt; c</P><br/>\u{e9}<1 <script>if (a<b) {}</script>end<i";
        let mut found = Vec::new();
        scan(text, Dialect::Html, |piece| {
            found.push(match piece {
                Piece::Open { name, attributes, closed } => {
                    let class = attributes.get(b"class".as_slice()).map(|v| String::from_utf8_lossy(v).into_owned());
                    format!("+{}{}{}", name.of(text), class.unwrap_or_default(), if closed { "/" } else { "" })
                }
                Piece::Close { name } => format!("-{}", name.of(text)),
                Piece::Text(span) => span.of(text).to_owned(),
            });
        });
        assert_eq!(
            found,
            ["a", "+Px&y", "b &lt; c", "-P", "+br/", "\u{e9}<1 ", "+script", "if (a<b) {}", "-script", "end<i"]
        );
    }
}

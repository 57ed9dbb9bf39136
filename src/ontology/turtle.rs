//! What Turtle files state, as facts: by the full parser, and by a reader of the plain part of Turtle that the bundled
//! files are written in, which copies no text.
//!
//! A file that goes beyond the plain part is left to the full parser; a test holds both readings equal.

use std::borrow::Cow;
use std::fmt;
use std::rc::Rc;

use memchr::memchr2;
use oxigraph::io::{RdfParser, RdfSyntaxError};
use oxigraph::model::{NamedOrBlankNode, Term};

use super::names::KeyMap;

/// What is said of a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fact<'a> {
    /// IRI of the property.
    pub(super) predicate: Rc<str>,
    pub(super) object: Value<'a>,
}

/// The object of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value<'a> {
    Iri(Rc<str>),
    Literal {
        text: Cow<'a, str>,
        language: Option<Cow<'a, str>>,
    },
    /// A node without a name.
    Blank,
}

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Iri(iri) => write!(f, "<{iri}>"),
            Self::Literal { text, language: None } => write!(f, "{text:?}"),
            Self::Literal { text, language: Some(language) } => write!(f, "{text:?}@{language}"),
            Self::Blank => f.write_str("a node without a name"),
        }
    }
}

/// The subjects of a file in order, each with what stands of it in one place.
pub(super) type Subjects<'a> = Vec<(Rc<str>, Vec<Fact<'a>>)>;

fn add<'a>(subjects: &mut Subjects<'a>, subject: &Rc<str>, fact: Fact<'a>) {
    match subjects.last_mut() {
        Some((last, facts)) if *last == *subject => facts.push(fact),
        _ => subjects.push((subject.clone(), vec![fact])),
    }
}

/// What a file states, by the full parser; nodes without a name state nothing.
pub(super) fn parsed(text: &str, parser: RdfParser) -> Result<Subjects<'static>, RdfSyntaxError> {
    let mut subjects = Subjects::new();
    for quad in parser.for_slice(text) {
        let quad = quad?;
        let NamedOrBlankNode::NamedNode(subject) = quad.subject else { continue };
        let object = match quad.object {
            Term::NamedNode(node) => Value::Iri(node.as_str().into()),
            Term::Literal(literal) => Value::Literal {
                language: literal.language().map(|tag| tag.to_owned().into()),
                text: literal.value().to_owned().into(),
            },
            _ => Value::Blank,
        };
        add(&mut subjects, &subject.as_str().into(), Fact { predicate: quad.predicate.as_str().into(), object });
    }
    Ok(subjects)
}

/// What a file states, where it is plain; `None` where it is not, or is no Turtle.
pub(super) fn plain(text: &str) -> Option<Subjects<'_>> {
    let mut reader = Reader { rest: text, prefixes: Vec::new(), names: KeyMap::default() };
    let mut subjects = Subjects::new();
    loop {
        reader.space();
        if reader.rest.is_empty() {
            return Some(subjects);
        }
        if let Some(rest) = reader.rest.strip_prefix("@prefix") {
            reader.rest = rest;
            reader.prefix()?;
            continue;
        }
        let subject = reader.iri()?;
        loop {
            let predicate = reader.predicate()?;
            loop {
                let object = reader.object()?;
                add(&mut subjects, &subject, Fact { predicate: predicate.clone(), object });
                if !reader.mark(',') {
                    break;
                }
            }
            if !reader.mark(';') {
                break;
            }
            while reader.mark(';') {}
            reader.space();
            if reader.rest.starts_with('.') {
                break;
            }
        }
        if !reader.mark('.') {
            return None;
        }
    }
}

struct Reader<'a> {
    rest: &'a str,
    /// Prefixes with what they stand for.
    prefixes: Vec<(&'a str, &'a str)>,
    /// The names met so far, written out.
    names: KeyMap<&'a str, Rc<str>>,
}

impl<'a> Reader<'a> {
    /// Passes white space and comments.
    fn space(&mut self) {
        loop {
            self.rest = self.rest.trim_ascii_start();
            let Some(comment) = self.rest.strip_prefix('#') else { return };
            self.rest = memchr2(b'\n', b'\r', comment.as_bytes()).map_or("", |end| &comment[end..]);
        }
    }

    fn mark(&mut self, mark: char) -> bool {
        self.space();
        let rest = self.rest.strip_prefix(mark);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Takes the first `len` bytes.
    fn take(&mut self, len: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(len);
        self.rest = rest;
        taken
    }

    fn prefix(&mut self) -> Option<()> {
        self.space();
        let name = self.take(self.rest.find(':')?);
        self.take(1);
        self.space();
        let iri = self.written_out()?;
        self.prefixes.retain(|(known, _)| *known != name);
        self.prefixes.push((name, iri));
        self.names.clear();
        self.mark('.').then_some(())
    }

    /// `<https://...>`
    fn written_out(&mut self) -> Option<&'a str> {
        let rest = self.rest.strip_prefix('<')?;
        let iri = &rest[..rest.find('>')?];
        self.rest = &rest[iri.len() + 1..];
        // Relative ones and escapes are for the full parser.
        (iri.contains(':') && !iri.contains(|c: char| c.is_ascii_whitespace() || matches!(c, '\\' | '"')))
            .then_some(iri)
    }

    /// `<https://...>` or `body:unodc`
    fn iri(&mut self) -> Option<Rc<str>> {
        self.space();
        if self.rest.starts_with('<') {
            return self.written_out().map(Into::into);
        }
        let of_name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b':' | b'-' | b'_' | b'.' | 0x80..);
        let mut len = self.rest.bytes().take_while(|b| of_name(*b)).count();
        while len > 0 && self.rest.as_bytes()[len - 1] == b'.' {
            len -= 1;
        }
        // An escape, or a sign that seldom stands in names.
        if matches!(self.rest.as_bytes().get(len), Some(b'\\' | b'%' | b'/' | b'~' | b'(' | b'[')) {
            return None;
        }
        let name = self.take(len);
        if let Some(known) = self.names.get(name) {
            return Some(known.clone());
        }
        let (prefix, local) = name.split_once(':')?;
        let base = self.prefixes.iter().find(|(known, _)| *known == prefix)?.1;
        let iri: Rc<str> = format!("{base}{local}").into();
        self.names.insert(name, iri.clone());
        Some(iri)
    }

    fn predicate(&mut self) -> Option<Rc<str>> {
        self.space();
        match self.rest.strip_prefix('a') {
            Some(rest) if rest.starts_with(|c: char| c.is_ascii_whitespace()) => {
                self.rest = rest;
                Some(super::vocab::RDF_TYPE.into())
            }
            _ => self.iri(),
        }
    }

    fn object(&mut self) -> Option<Value<'a>> {
        self.space();
        match self.rest.as_bytes().first()? {
            b'"' => self.literal(),
            b'0'..=b'9' => {
                let digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
                let whole = !matches!(
                    self.rest.as_bytes().get(digits..digits + 2),
                    Some([b'.', b'0'..=b'9'] | [b'e' | b'E', _])
                );
                whole.then(|| Value::Literal { text: self.take(digits).into(), language: None })
            }
            _ => {
                for word in ["true", "false"] {
                    if let Some(rest) = self.rest.strip_prefix(word)
                        && rest.starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '.' | ';' | ','))
                    {
                        self.rest = rest;
                        return Some(Value::Literal { text: word.into(), language: None });
                    }
                }
                self.iri().map(Value::Iri)
            }
        }
    }

    fn literal(&mut self) -> Option<Value<'a>> {
        let inside = &self.rest[1..];
        let mut end = memchr2(b'"', b'\\', inside.as_bytes())?;
        let mut escaped = false;
        while inside.as_bytes()[end] == b'\\' {
            escaped = true;
            let next = end + 2;
            end = next + memchr2(b'"', b'\\', inside.as_bytes().get(next..)?)?;
        }
        let raw = &inside[..end];
        let after = &inside[end + 1..];
        // Three quotation marks open a long text.
        if raw.contains(['\n', '\r']) || (raw.is_empty() && after.starts_with('"')) {
            return None;
        }
        let text = if escaped { unescaped(raw)?.into() } else { raw.into() };
        self.rest = after;
        let mut language = None;
        if let Some(tag) = after.strip_prefix('@') {
            let len = tag.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
            language =
                Some(tag[..len].into()).filter(|_| len > 0 && !tag[..len].contains(|c: char| c.is_ascii_uppercase()));
            language.as_ref()?;
            self.rest = &tag[len..];
        } else if let Some(datatype) = after.strip_prefix("^^") {
            self.rest = datatype;
            self.iri()?;
        }
        Some(Value::Literal { text, language })
    }
}

/// A text with its escapes written out; of characters by their number the full parser knows.
fn unescaped(raw: &str) -> Option<String> {
    let mut out = String::with_capacity(raw.len());
    let mut chars = raw.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\\' => match chars.next()? {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                c @ ('"' | '\\' | '\'') => c,
                _ => return None,
            },
            c => c,
        });
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::io::RdfFormat;

    fn check(text: &str, is_plain: bool) {
        let full = parsed(text, RdfParser::from_format(RdfFormat::Turtle)).expect("is Turtle");
        match plain(text) {
            Some(found) => assert_eq!((found, is_plain), (full, true)),
            None => assert!(!is_plain, "{text}"),
        }
    }

    #[test]
    fn the_plain_part_is_read_as_the_full_parser_reads_it() {
        let prefixes = "@prefix b: <https://example.org/b/> . # and\n@prefix : <https://example.org/> .\n";
        for text in [
            "b:x a b:Thing ; b:says \"one \\\"two\\\"\"@en , \"três\" ; ; b:n 12 , true ; b:on \"1999-05-01\"^^b:date .",
            "b:x.y b:p b:z.\n<https://example.org/full> :p <https://example.org/b/x> ; .",
            "b:x b:p 1 . b:x b:q 2 . b:y b:p \"\" .",
        ] {
            check(&format!("{prefixes}{text}"), true);
        }
        for text in [
            "b:x b:p [] .",
            "b:x b:p \"\"\"long\"\"\" .",
            "b:x b:p 1.5 .",
            "b:x b:p \"\\u0041\"@en-GB .",
            "b:x b:p \"a\"@EN .",
        ] {
            check(&format!("{prefixes}{text}"), false);
        }
    }
}

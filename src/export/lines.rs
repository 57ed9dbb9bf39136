//! Mentions as JSON, one object a line, written straight from what was found.
//!
//! Most of what is printed are names and IRIs of the authorities, the same ones again and again: those of each concept
//! are rendered once.

use std::borrow::Cow;
use std::fmt::{Display, Write as _};
use std::io::{self, Write};
use std::sync::OnceLock;

use serde::Serialize;

use super::mentions::target;
use crate::Processed;
use crate::graph::iri;
use crate::ontology::{Concept, ConceptId, Ontology};
use crate::resolve::{Citation, Entity, Identity, Node, Relation, Target};
use crate::span::Span;
use crate::symbol::Symbol;

/// What is printed of the concepts of an ontology, each rendered when it is first named.
pub struct Rendered<'a> {
    ontology: &'a Ontology,
    base: String,
    /// The base as it stands in JSON.
    escaped_base: String,
    concepts: Vec<OnceLock<Names>>,
}

/// The names of a thing, in JSON.
#[derive(Clone)]
struct Names {
    /// All, as an array.
    all: String,
    /// The full name.
    first: String,
    /// As the target of a citation: "name:Charter of the United Nations".
    target: String,
    /// Its IRI.
    iri: String,
}

impl<'a> Rendered<'a> {
    /// Nothing is rendered yet; `base` is what every IRI begins with.
    #[must_use]
    pub fn new(ontology: &'a Ontology, base: &str) -> Self {
        let concepts = ontology.concepts().iter().map(|_| OnceLock::new()).collect();
        let quoted = json(|out| string(out, base));
        Self { ontology, base: base.to_owned(), escaped_base: quoted[1..quoted.len() - 1].to_owned(), concepts }
    }

    fn concept(&self, id: &ConceptId) -> Cow<'_, Names> {
        match self.ontology.place(id) {
            Some(at) => {
                let concept = &self.ontology.concepts()[at];
                Cow::Borrowed(self.concepts[at].get_or_init(|| self.render(id, Some(concept))))
            }
            None => Cow::Owned(self.render(id, None)),
        }
    }

    fn render(&self, id: &ConceptId, concept: Option<&Concept>) -> Names {
        let names = concept.map_or_else(|| vec![&*id.0], Concept::names);
        let preferred = concept.map_or(&*id.0, Concept::preferred);
        Names {
            all: json(|out| strings(out, names.iter())),
            first: json(|out| string(out, names[0])),
            target: json(|out| string(out, &format!("name:{preferred}"))),
            iri: json(|out| string(out, &iri::absolute(&self.base, &iri::concept_path(id)))),
        }
    }
}

/// What was found at a place.
enum What<'a> {
    Citation(&'a Citation),
    Entity(&'a Entity),
    Relation(&'a Relation),
}

/// Writes everything found in a source, in order of start: the rows of [`mentions`](super::mentions::mentions).
///
/// # Errors
/// When a name cannot be written as JSON, which never happens.
pub fn write(processed: &Processed, rendered: &Rendered<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let document = &processed.document;
    let found = &processed.extraction;
    let citations = found.citations.iter().map(|c| (c.paragraph, c.span, What::Citation(c)));
    let entities = found.entities.iter().map(|e| (e.paragraph, e.span, What::Entity(e)));
    let relations = found.relations.iter().map(|r| (r.paragraph, r.span, What::Relation(r)));
    let mut rows: Vec<(Span, usize, Span, What<'_>)> = citations
        .chain(entities)
        .chain(relations)
        .map(|(paragraph, span, what)| (document.paragraphs[paragraph].in_file(span), paragraph, span, what))
        .collect();
    // Stable, so that rows of one place keep the order citation, entity, relation.
    rows.sort_by_key(|(place, ..)| *place);
    let symbol = document.symbol.as_ref().map(|s| json(|out| displayed(out, s)));
    let symbol = symbol.as_deref().unwrap_or("null");
    let head = json(|out| {
        out.extend_from_slice(b"{\"source\":");
        string(out, &processed.source.path);
        out.extend_from_slice(b",\"document\":");
        out.extend_from_slice(symbol.as_bytes());
        out.extend_from_slice(b",\"paragraph\":");
    });
    // The name of the paragraph that the row before stands in.
    let mut name = (usize::MAX, Vec::new());
    let mut scratch = String::new();
    out.reserve(rows.len() * TYPICAL_ROW);
    for (place, index, span, what) in rows {
        let paragraph = &document.paragraphs[index];
        if name.0 != index {
            name.0 = index;
            name.1.clear();
            scratch.clear();
            let _ = write!(scratch, "{}", paragraph.id);
            string(&mut name.1, &scratch);
        }
        out.extend_from_slice(head.as_bytes());
        out.extend_from_slice(&name.1);
        if let Some(page) = paragraph.page {
            out.extend_from_slice(b",\"page\":");
            number(out, page as usize);
        }
        out.extend_from_slice(b",\"start\":");
        number(out, place.start);
        out.extend_from_slice(b",\"end\":");
        number(out, place.end);
        out.extend_from_slice(b",\"text\":");
        string(out, span.of(&paragraph.text));
        match what {
            What::Citation(c) => citation(c, rendered, out)?,
            What::Entity(e) => entity(e, rendered, out)?,
            What::Relation(r) => relation(r, symbol, rendered, out)?,
        }
        out.extend_from_slice(b"}\n");
    }
    Ok(())
}

/// Bytes that a row takes, as most do.
const TYPICAL_ROW: usize = 400;

fn citation(citation: &Citation, rendered: &Rendered<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    out.extend_from_slice(b",\"kind\":\"citation\",\"target\":");
    match &citation.target {
        Ok(Target::Instrument(id)) => {
            let names = rendered.concept(id);
            out.extend_from_slice(names.target.as_bytes());
            out.extend_from_slice(b",\"iri\":");
            out.extend_from_slice(names.iri.as_bytes());
        }
        Ok(Target::Document(symbol)) => document(symbol, rendered, out),
        Ok(cited) => {
            string(out, &target(cited, rendered.ontology));
            out.extend_from_slice(b",\"iri\":");
            string(out, &iri::target(&rendered.base, cited));
        }
        Err(_) => out.extend_from_slice(b"null,\"iri\":null"),
    }
    out.extend_from_slice(b",\"form\":");
    value(out, &citation.form)?;
    out.extend_from_slice(b",\"verb\":");
    string_or_null(out, citation.verb.as_deref());
    out.extend_from_slice(b",\"pinpoint\":");
    string_or_null(out, citation.pinpoint.as_deref());
    out.extend_from_slice(b",\"rule\":");
    string(out, &citation.rule);
    out.extend_from_slice(b",\"reason\":");
    value(out, &citation.target.as_ref().err())
}

/// The symbol of a document and its IRI.
fn document(symbol: &Symbol, rendered: &Rendered<'_>, out: &mut Vec<u8>) {
    let text = symbol.to_string();
    string(out, &text);
    out.extend_from_slice(b",\"iri\":");
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'.' | b'-' | b'(' | b')' | b' ');
    if !text.bytes().all(plain) {
        return string(out, &iri::document(&rendered.base, symbol));
    }
    out.push(b'"');
    out.extend_from_slice(rendered.escaped_base.as_bytes());
    out.extend_from_slice(b"id/");
    match symbol {
        Symbol::CouncilResolution { number: n, .. } => {
            out.extend_from_slice(b"S/RES/");
            number(out, usize::from(*n));
        }
        _ => out.extend(text.bytes().filter(|b| *b != b' ')),
    }
    out.push(b'"');
}

fn entity(entity: &Entity, rendered: &Rendered<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    out.extend_from_slice(b",\"kind\":");
    value(out, &entity.kind)?;
    out.extend_from_slice(b",\"names\":");
    match &entity.identity {
        Identity::Concept(id) => {
            let names = rendered.concept(id);
            out.extend_from_slice(names.all.as_bytes());
            out.extend_from_slice(b",\"iri\":");
            out.extend_from_slice(names.iri.as_bytes());
        }
        Identity::Unlisted(names) => {
            strings(out, names.iter());
            out.extend_from_slice(b",\"iri\":");
            string(out, &iri::entity(&rendered.base, entity.kind, &entity.identity));
        }
    }
    out.extend_from_slice(b",\"rule\":");
    string(out, &entity.rule);
    Ok(())
}

/// `symbol` is that of the document, in JSON.
fn relation(relation: &Relation, symbol: &str, rendered: &Rendered<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    out.extend_from_slice(b",\"kind\":\"relation\",\"subject\":");
    match &relation.subject {
        Node::ThisDocument => out.extend_from_slice(symbol.as_bytes()),
        Node::Work(work) => string(out, &target(work, rendered.ontology)),
        Node::Entity(_, Identity::Concept(id)) => out.extend_from_slice(rendered.concept(id).first.as_bytes()),
        Node::Entity(_, Identity::Unlisted(names)) | Node::Actor(names) => {
            string_or_null(out, names.first().map(String::as_str));
        }
    }
    out.extend_from_slice(b",\"predicate\":");
    value(out, &relation.predicate)?;
    out.extend_from_slice(b",\"object\":");
    match &relation.object {
        Node::ThisDocument if symbol == "null" => out.extend_from_slice(b"[]"),
        Node::ThisDocument => {
            out.push(b'[');
            out.extend_from_slice(symbol.as_bytes());
            out.push(b']');
        }
        Node::Work(work) => strings(out, [target(work, rendered.ontology)].iter()),
        Node::Entity(_, Identity::Concept(id)) => out.extend_from_slice(rendered.concept(id).all.as_bytes()),
        Node::Entity(_, Identity::Unlisted(names)) | Node::Actor(names) => strings(out, names.iter()),
    }
    out.extend_from_slice(b",\"verb\":");
    string_or_null(out, relation.verb.as_deref());
    out.extend_from_slice(b",\"until\":");
    match relation.until {
        Some(day) => displayed(out, &day),
        None => out.extend_from_slice(b"null"),
    }
    Ok(())
}

/// A piece of JSON.
fn json(write: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut out = Vec::new();
    write(&mut out);
    String::from_utf8(out).unwrap_or_default()
}

/// A word of a fixed set.
fn value(out: &mut Vec<u8>, value: &impl Serialize) -> io::Result<()> {
    Ok(serde_json::to_writer(out, value)?)
}

fn displayed(out: &mut Vec<u8>, value: &impl Display) {
    let mut text = String::new();
    let _ = write!(text, "{value}");
    string(out, &text);
}

fn string_or_null(out: &mut Vec<u8>, text: Option<&str>) {
    match text {
        Some(text) => string(out, text),
        None => out.extend_from_slice(b"null"),
    }
}

fn strings(out: &mut Vec<u8>, texts: impl Iterator<Item = impl AsRef<str>>) {
    out.push(b'[');
    for (at, text) in texts.enumerate() {
        if at > 0 {
            out.push(b',');
        }
        string(out, text.as_ref());
    }
    out.push(b']');
}

/// A text in quotation marks; hardly any has a sign that must be escaped.
fn string(out: &mut Vec<u8>, text: &str) {
    let plain = |bytes: &[u8]| bytes.iter().fold(true, |all, b| all & (*b >= b' ') & (*b != b'"') & (*b != b'\\'));
    out.push(b'"');
    if text.as_bytes().chunks(32).all(plain) {
        out.extend_from_slice(text.as_bytes());
    } else {
        for b in text.bytes() {
            match b {
                b'"' | b'\\' => out.extend_from_slice(&[b'\\', b]),
                b'\n' => out.extend_from_slice(b"\\n"),
                b'\r' => out.extend_from_slice(b"\\r"),
                b'\t' => out.extend_from_slice(b"\\t"),
                0x08 => out.extend_from_slice(b"\\b"),
                0x0c => out.extend_from_slice(b"\\f"),
                0..b' ' => {
                    let _ = write!(out, "\\u{b:04x}");
                }
                b => out.push(b),
            }
        }
    }
    out.push(b'"');
}

fn number(out: &mut Vec<u8>, mut n: usize) {
    const MOST_DIGITS: usize = 20;
    let mut digits = [b'0'; MOST_DIGITS];
    let mut first = MOST_DIGITS;
    loop {
        first -= 1;
        digits[first] = b"0123456789"[n % 10];
        n /= 10;
        if n == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[first..]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::mentions::mentions;
    use crate::read::read_bytes;

    fn check(path: &str, text: &str) {
        let ontology = Ontology::bundled().expect("bundled files load");
        let source = read_bytes(path, text.as_bytes().to_vec()).expect("text is read");
        let processed = crate::extract(source, &ontology);
        let base = "https://example.org/";
        let mut expected = String::new();
        for mention in mentions(&processed, &ontology, base) {
            expected.push_str(&serde_json::to_string(&mention).expect("a row is JSON"));
            expected.push('\n');
        }
        let mut out = Vec::new();
        write(&processed, &Rendered::new(&ontology, base), &mut out).expect("a row is JSON");
        assert!(!out.is_empty());
        assert_eq!(String::from_utf8_lossy(&out), expected, "{text}");
    }

    #[test]
    fn a_line_is_the_row_as_json() {
        check(
            "a \"quoted\"\\path\t\u{1}.txt",
            "S/RES/2500 (2019)\nThe Security Council,\nRecalling paragraph 5 of its resolution 2100 (2013), resolution 1373 (1975), \
             the Charter of the United Nations and the report of the Secretary-General of 4 May 2018 (S/2018/430),\n\
             1. Decides to extend the mandate of the United Nations Interim Force in Lebanon until 31 August 2020;\n\
             2. Requests all Member States and the Ruritanian Commission on \u{201c}Wells\u{201d} to act, and condemns the Taliban;\n",
        );
        check("unknown.txt", "Nobody\u{2019}s text cites S/RES/1373 (2001) and names Mali.\n");
    }
}

//! What was found in one source, as rows: a JSON object a line ([`lines`](super::lines)), or a line of CSV.
//!
//! A row is what other tools read; its fields are those of the design. Offsets are bytes of the
//! file for text formats, of the extracted text (with `page`) for PDF and DOCX.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use crate::Processed;
use crate::graph::iri;
use crate::ontology::Ontology;
use crate::recognise::EntityKind;
use crate::resolve::{Citation, Entity, Form, Identity, Node, Predicate, Reason, Relation, Target};
use crate::span::Span;

/// One mention, with where it stands.
#[derive(Debug, Clone, Serialize)]
pub struct Mention {
    /// Path of the file as given.
    pub source: String,
    /// Canonical symbol of the document; `None` for what is not itself a UN document.
    pub document: Option<String>,
    /// Name of the paragraph in the document.
    pub paragraph: String,
    /// 1-based page, for formats that have pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// As written, wraps joined.
    pub text: String,
    /// What it is.
    #[serde(flatten)]
    pub what: What,
}

/// The three sorts of row.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum What {
    /// Another document is cited.
    Citation {
        /// `citation`
        kind: &'static str,
        /// Canonical symbol, `name:` and a title, or `report:` author `/` date; `None` where unresolved.
        target: Option<String>,
        /// IRI of the target.
        iri: Option<String>,
        /// Full, short, anaphor.
        form: Form,
        /// Lemma of the governing verb.
        verb: Option<String>,
        /// Part cited.
        pinpoint: Option<String>,
        /// Rule that found it.
        rule: String,
        /// Why there is no target.
        reason: Option<Reason>,
    },
    /// A body, group, State, role or person is named.
    Entity {
        /// Which of them.
        kind: EntityKind,
        /// Full name first, then every other.
        names: Vec<String>,
        /// Its IRI.
        iri: String,
        /// Rule that found it.
        rule: String,
    },
    /// The text states a relation.
    Relation {
        /// `relation`
        kind: &'static str,
        /// Symbol or name.
        subject: Option<String>,
        /// Which relation.
        predicate: Predicate,
        /// Names, or the target of an instrument.
        object: Vec<String>,
        /// Lemma of the directive verb.
        verb: Option<String>,
        /// Day until which a mandate is extended.
        until: Option<String>,
    },
}

/// The canonical form of a target: `S/RES/1373 (2001)`, `name:Charter of the United Nations`,
/// `report:Secretary-General/2017-11-10`, `prst:1994-05-04`.
#[must_use]
pub fn target(target: &Target, ontology: &Ontology) -> String {
    match target {
        Target::Document(symbol) => symbol.to_string(),
        Target::Instrument(id) => {
            let concept = ontology.concept(id);
            format!("name:{}", concept.map_or(&*id.0, |c| c.preferred()))
        }
        Target::Titled(title) => format!("name:{title}"),
        Target::Dated { kind, author, date } if author.is_empty() => format!("{kind}:{date}"),
        Target::Dated { kind, author, date } => format!("{kind}:{author}/{date}"),
    }
}

/// The names of an entity, the full name first.
#[must_use]
pub fn names(identity: &Identity, ontology: &Ontology) -> Vec<String> {
    match identity {
        Identity::Concept(id) => match ontology.concept(id) {
            Some(concept) => concept.names().into_iter().map(str::to_owned).collect(),
            None => vec![id.0.to_string()],
        },
        Identity::Unlisted(names) => names.clone(),
    }
}

/// Everything found in a source, in order of start.
#[must_use]
pub fn mentions(processed: &Processed, ontology: &Ontology, base: &str) -> Vec<Mention> {
    let mut rows: Vec<_> = rows(processed, ontology, base).map(|(_, _, mention)| mention).collect();
    // Stable, so that rows of one place keep the order citation, entity, relation.
    rows.sort_by_key(|m| (m.start, m.end));
    rows
}

/// The same, paragraph by paragraph, each with its place in the paragraph's text; of mentions that
/// start together the longest first.
#[must_use]
pub fn by_paragraph(processed: &Processed, ontology: &Ontology, base: &str) -> Vec<Vec<(Span, Mention)>> {
    let mut found = vec![Vec::new(); processed.document.paragraphs.len()];
    for (paragraph, span, mention) in rows(processed, ontology, base) {
        found[paragraph].push((span, mention));
    }
    for marks in &mut found {
        marks.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    }
    found
}

fn rows(processed: &Processed, ontology: &Ontology, base: &str) -> impl Iterator<Item = (usize, Span, Mention)> {
    let found = &processed.extraction;
    let citations = found.citations.iter().map(|c| (c.paragraph, c.span, citation(c, ontology, base)));
    let entities = found.entities.iter().map(|e| (e.paragraph, e.span, entity(e, ontology, base)));
    let relations = found.relations.iter().map(|r| (r.paragraph, r.span, relation(r, processed, ontology)));
    citations.chain(entities).chain(relations).map(|(p, s, what)| (p, s, row(processed, p, s, what)))
}

fn row(processed: &Processed, paragraph: usize, span: Span, what: What) -> Mention {
    let document = &processed.document;
    let paragraph = &document.paragraphs[paragraph];
    let place = paragraph.in_file(span);
    Mention {
        source: processed.source.path.clone(),
        document: document.symbol.as_ref().map(ToString::to_string),
        paragraph: paragraph.id.to_string(),
        page: paragraph.page,
        start: place.start,
        end: place.end,
        text: span.of(&paragraph.text).to_owned(),
        what,
    }
}

fn citation(citation: &Citation, ontology: &Ontology, base: &str) -> What {
    let resolved = citation.target.as_ref().ok();
    What::Citation {
        kind: "citation",
        target: resolved.map(|t| target(t, ontology)),
        iri: resolved.map(|t| iri::target(base, t)),
        form: citation.form,
        verb: citation.verb.clone(),
        pinpoint: citation.pinpoint.clone(),
        rule: citation.rule.clone(),
        reason: citation.target.as_ref().err().cloned(),
    }
}

fn entity(entity: &Entity, ontology: &Ontology, base: &str) -> What {
    What::Entity {
        kind: entity.kind,
        names: names(&entity.identity, ontology),
        iri: iri::entity(base, entity.kind, &entity.identity),
        rule: entity.rule.clone(),
    }
}

fn relation(relation: &Relation, processed: &Processed, ontology: &Ontology) -> What {
    let names = |node: &Node| match node {
        Node::ThisDocument => processed.document.symbol.iter().map(ToString::to_string).collect(),
        Node::Work(t) => vec![target(t, ontology)],
        Node::Entity(_, identity) => names(identity, ontology),
        Node::Actor(phrases) => phrases.clone(),
    };
    What::Relation {
        kind: "relation",
        subject: names(&relation.subject).into_iter().next(),
        predicate: relation.predicate,
        object: names(&relation.object),
        verb: relation.verb.clone(),
        until: relation.until.map(|d| d.to_string()),
    }
}

/// The columns of [`write_csv`]; several names stand in one field with ` | ` between them.
pub const COLUMNS: [&str; 20] = [
    "source",
    "document",
    "paragraph",
    "page",
    "start",
    "end",
    "text",
    "kind",
    "target",
    "iri",
    "form",
    "verb",
    "pinpoint",
    "rule",
    "reason",
    "names",
    "subject",
    "predicate",
    "object",
    "until",
];

/// Writes mentions as CSV rows of [`COLUMNS`]; the head is the caller's.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_csv<W: Write>(mentions: &[Mention], out: &mut csv::Writer<W>) -> io::Result<()> {
    for mention in mentions {
        let fields = serde_json::to_value(mention)?;
        out.write_record(COLUMNS.map(|column| cell(&fields[column])))?;
    }
    Ok(())
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(cell).collect::<Vec<_>>().join(" | "),
        other => other.to_string(),
    }
}

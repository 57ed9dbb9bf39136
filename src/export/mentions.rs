//! What was found in one source, as rows: a JSON object a line ([`lines`](super::lines)), or a line of CSV.
//!
//! A row is what other tools read; its fields are those of the design. Offsets are bytes of the
//! file for text formats, of the extracted text (with `page`) for PDF and DOCX.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::io::{self, Write};
use std::rc::Rc;

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::Processed;
use crate::graph::iri;
use crate::ontology::Ontology;
use crate::ontology::names::KeyHasher;
use crate::recognise::EntityKind;
use crate::resolve::{Citation, Entity, Form, Identity, Node, Predicate, Reason, Relation, Target};
use crate::span::Span;

/// One mention, with where it stands.
#[derive(Debug, Clone, Serialize)]
pub struct Mention {
    /// Path of the file as given.
    #[serde(serialize_with = "shared")]
    pub source: Rc<str>,
    /// Canonical symbol of the document; `None` for what is not itself a UN document.
    #[serde(serialize_with = "shared_if_any")]
    pub document: Option<Rc<str>>,
    /// Name of the paragraph in the document.
    #[serde(serialize_with = "shared")]
    pub paragraph: Rc<str>,
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
        #[serde(serialize_with = "shared")]
        names: Rc<[String]>,
        /// Its IRI.
        #[serde(serialize_with = "shared")]
        iri: Rc<str>,
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

/// What many rows of a source share.
struct Shared<'a> {
    processed: &'a Processed,
    ontology: &'a Ontology,
    base: &'a str,
    source: Rc<str>,
    document: Option<Rc<str>>,
    /// The name of each paragraph that has a row.
    paragraphs: Vec<Option<Rc<str>>>,
    /// Names and IRI of each thing.
    named: HashMap<(EntityKind, &'a Identity), Named, BuildHasherDefault<KeyHasher>>,
}

type Named = (Rc<[String]>, Rc<str>);

fn rows<'a>(
    processed: &'a Processed,
    ontology: &'a Ontology,
    base: &'a str,
) -> impl Iterator<Item = (usize, Span, Mention)> {
    let document = &processed.document;
    let mut shared = Shared {
        processed,
        ontology,
        base,
        source: processed.source.path.as_str().into(),
        document: document.symbol.as_ref().map(|symbol| symbol.to_string().into()),
        paragraphs: vec![None; document.paragraphs.len()],
        named: HashMap::default(),
    };
    let found = &processed.extraction;
    let citations = found.citations.iter().map(|c| (c.paragraph, c.span, Row::Citation(c)));
    let entities = found.entities.iter().map(|e| (e.paragraph, e.span, Row::Entity(e)));
    let relations = found.relations.iter().map(|r| (r.paragraph, r.span, Row::Relation(r)));
    citations.chain(entities).chain(relations).map(move |(p, s, row)| (p, s, shared.mention(p, s, row)))
}

/// What a row tells.
#[derive(Clone, Copy)]
enum Row<'a> {
    Citation(&'a Citation),
    Entity(&'a Entity),
    Relation(&'a Relation),
}

impl<'a> Shared<'a> {
    fn mention(&mut self, index: usize, span: Span, row: Row<'a>) -> Mention {
        let paragraph = &self.processed.document.paragraphs[index];
        let place = paragraph.in_file(span);
        let name = self.paragraphs[index].get_or_insert_with(|| paragraph.id.to_string().into());
        Mention {
            source: self.source.clone(),
            document: self.document.clone(),
            paragraph: name.clone(),
            page: paragraph.page,
            start: place.start,
            end: place.end,
            text: span.of(&paragraph.text).to_owned(),
            what: match row {
                Row::Citation(c) => citation(c, self.ontology, self.base),
                Row::Entity(e) => self.entity(e),
                Row::Relation(r) => relation(r, self.processed, self.ontology),
            },
        }
    }

    fn entity(&mut self, entity: &'a Entity) -> What {
        let named = self.named.entry((entity.kind, &entity.identity)).or_insert_with(|| {
            let iri = iri::entity(self.base, entity.kind, &entity.identity);
            (names(&entity.identity, self.ontology).into(), iri.into())
        });
        let (names, iri) = named.clone();
        What::Entity { kind: entity.kind, names, iri, rule: entity.rule.clone() }
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

fn shared<S: Serializer, T: Serialize + ?Sized>(value: &Rc<T>, serializer: S) -> Result<S::Ok, S::Error> {
    value.as_ref().serialize(serializer)
}

#[expect(clippy::ref_option, reason = "serde hands over fields so")]
fn shared_if_any<S: Serializer>(value: &Option<Rc<str>>, serializer: S) -> Result<S::Ok, S::Error> {
    value.as_deref().serialize(serializer)
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

//! Mentions as W3C Web Annotations (JSON-LD), one page of annotations.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::mentions::{self, What};
use crate::Processed;
use crate::graph::iri;
use crate::ontology::{Ontology, vocab};
use crate::span::Span;

/// Characters of context on either side of a quotation.
const CONTEXT: usize = 32;

/// Writes what stands before the annotations.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_head(out: &mut impl Write) -> io::Result<()> {
    let context = json!(vocab::ANNOTATION_CONTEXT);
    writeln!(out, "{{\"@context\":{context},\"type\":\"AnnotationPage\",\"items\":[")
}

/// Writes what stands after the annotations.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_tail(out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"\n]}\n")
}

/// Writes the annotations of a source, with commas between them.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_annotations(
    processed: &Processed,
    ontology: &Ontology,
    base: &str,
    out: &mut impl Write,
) -> io::Result<()> {
    let source = iri::source(base, &processed.source.sha256);
    let found = mentions::by_paragraph(processed, ontology, base);
    let mut first = true;
    for (paragraph, marks) in processed.document.paragraphs.iter().zip(found) {
        for (span, mention) in marks {
            let Some((motivation, body)) = body(&mention.what) else { continue };
            let (prefix, suffix) = context(&paragraph.text, span);
            // Bytes, hence the data position: a text position counts characters.
            let annotation = json!({
                "id": format!("{source}#{}-{}-{motivation}", mention.start, mention.end),
                "type": "Annotation",
                "motivation": motivation,
                "body": body,
                "target": {
                    "source": source,
                    "selector": [
                        { "type": "TextQuoteSelector", "exact": mention.text, "prefix": prefix, "suffix": suffix },
                        { "type": "DataPositionSelector", "start": mention.start, "end": mention.end },
                    ],
                },
            });
            if !std::mem::take(&mut first) {
                out.write_all(b",\n")?;
            }
            serde_json::to_writer(&mut *out, &annotation)?;
        }
    }
    Ok(())
}

/// What is said of the place, and why; a relation says nothing of its own place.
fn body(what: &What) -> Option<(&'static str, Value)> {
    match what {
        What::Citation { iri: Some(iri), .. } => Some(("linking", json!({ "id": iri }))),
        What::Citation { reason, .. } => {
            let why = json!(reason).as_str().map_or_else(String::new, |r| format!("unresolved citation: {r}"));
            Some(("commenting", json!({ "type": "TextualBody", "value": why, "format": "text/plain" })))
        }
        What::Entity { iri, .. } => Some(("identifying", json!({ "id": **iri }))),
        What::Relation { .. } => None,
    }
}

/// The words before and after a place in a paragraph.
fn context(text: &str, span: Span) -> (String, String) {
    let before = &text[..span.start];
    let start = before.char_indices().rev().take(CONTEXT).last().map_or(before.len(), |(at, _)| at);
    (before[start..].to_owned(), text[span.end..].chars().take(CONTEXT).collect())
}

//! How one source is cut up: a JSON object a paragraph, with its name, its part and its words.

use std::io::{self, Write};

use serde::Serialize;

use crate::parse::{Document, Part};
use crate::read::Source;
use crate::span::Span;

/// One paragraph, as other tools read it.
#[derive(Debug, Serialize)]
struct Row<'a> {
    source: &'a str,
    document: Option<String>,
    id: String,
    part: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
    start: usize,
    end: usize,
    text: &'a str,
}

/// Writes the paragraphs of a document, one a line, in the order of the text; page furniture among them.
///
/// Paragraphs that belong together, such as a paragraph and what follows a heading inside it, share their id.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_jsonl(source: &Source, document: &Document, out: &mut impl Write) -> io::Result<()> {
    let symbol = document.symbol.as_ref().map(ToString::to_string);
    for paragraph in &document.paragraphs {
        let place = paragraph.in_file(Span::new(0, paragraph.text.len()));
        let row = Row {
            source: &source.path,
            document: symbol.clone(),
            id: paragraph.id.to_string(),
            part: name(paragraph.part),
            page: paragraph.page,
            start: place.start,
            end: place.end,
            text: &paragraph.text,
        };
        serde_json::to_writer(&mut *out, &row)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn name(part: Part) -> &'static str {
    match part {
        Part::Head => "head",
        Part::Preamble => "preamble",
        Part::Operative => "operative",
        Part::Body => "body",
        Part::Annex => "annex",
        Part::Footnote => "footnote",
        Part::Furniture => "furniture",
    }
}

//! Documents as HTML with their mentions marked, for reading along.

use std::io::{self, Write};

use super::mentions::{self, Mention, What};
use super::xml;
use crate::Processed;
use crate::ontology::Ontology;
use crate::parse::Part;

const STYLE: &str = include_str!("marked.css");

/// Writes what stands before the documents.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_head(out: &mut impl Write) -> io::Result<()> {
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Marked mentions</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
    )
}

/// Writes what stands after the documents.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_tail(out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"</body>\n</html>\n")
}

/// Writes one document, paragraph by paragraph.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_document(processed: &Processed, ontology: &Ontology, base: &str, out: &mut impl Write) -> io::Result<()> {
    let document = &processed.document;
    let title = document.symbol.as_ref().map_or_else(|| processed.source.path.clone(), ToString::to_string);
    writeln!(out, "<article>\n<h1>{}</h1>", xml(&title))?;
    writeln!(out, "<p class=\"source\">{}</p>", xml(&processed.source.path))?;
    let found = mentions::by_paragraph(processed, ontology, base);
    for (paragraph, marks) in document.paragraphs.iter().zip(found) {
        let class = match paragraph.part {
            Part::Furniture => " class=\"furniture\"",
            _ => "",
        };
        write!(out, "<p{class} id=\"{0}\"><span class=\"number\">{0}</span> ", xml(&paragraph.id.to_string()))?;
        let mut done = 0;
        for (span, mention) in marks {
            // The first and longest of overlapping mentions is the one that is shown.
            if span.start < done || matches!(mention.what, What::Relation { .. }) {
                continue;
            }
            write!(out, "{}{}", xml(&paragraph.text[done..span.start]), mark(&mention))?;
            done = span.end;
        }
        writeln!(out, "{}</p>", xml(&paragraph.text[done..]))?;
    }
    writeln!(out, "</article>")
}

fn mark(mention: &Mention) -> String {
    let text = xml(&mention.text);
    let (class, title, iri) = match &mention.what {
        What::Citation { target, verb, pinpoint, reason, iri, .. } => {
            let target = target.clone().unwrap_or_else(|| format!("unresolved: {reason:?}"));
            let words = [Some(target), verb.clone(), pinpoint.clone()];
            let class = if iri.is_some() { "citation" } else { "unresolved" };
            (class, words.into_iter().flatten().collect::<Vec<_>>().join(" · "), iri.as_deref())
        }
        What::Entity { names, iri, .. } => ("entity", names.join(" · "), Some(&**iri)),
        What::Relation { .. } => return text,
    };
    let title = xml(&title);
    match iri {
        Some(iri) => format!("<a href=\"{}\"><mark class=\"{class}\" title=\"{title}\">{text}</mark></a>", xml(iri)),
        None => format!("<mark class=\"{class}\" title=\"{title}\">{text}</mark>"),
    }
}

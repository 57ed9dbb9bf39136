//! One document, told to a reader: which rule found what in each paragraph, and why something is unresolved.

use std::io::{self, Write};

use super::mentions::{self, What};
use crate::Processed;
use crate::ontology::Ontology;
use crate::ontology::grammar::{Owner, Series};
use crate::parse::Part;
use crate::resolve::Reason;
use crate::resolve::explain::{Outcome, Reading, explain};

/// Longest part of a paragraph that is printed to recognise it by, in characters.
const OPENING: usize = 90;

/// Writes how a file was understood, paragraph by paragraph.
///
/// # Errors
/// When the output cannot be written.
pub fn write(processed: &Processed, ontology: &Ontology, base: &str, out: &mut impl Write) -> io::Result<()> {
    let document = &processed.document;
    let symbol = document.symbol.as_ref().map_or("not itself a document with a symbol".to_owned(), ToString::to_string);
    writeln!(out, "{}: {symbol}", processed.source.path)?;
    let found = mentions::by_paragraph(processed, ontology, base);
    let readings = explain(document, ontology);
    for (index, paragraph) in document.paragraphs.iter().enumerate() {
        let here: Vec<&Reading> = readings.iter().filter(|r| r.paragraph == index).collect();
        if paragraph.part == Part::Furniture || (found[index].is_empty() && here.is_empty()) {
            continue;
        }
        let opening: String = paragraph.text.chars().take(OPENING).collect();
        let more = if opening.len() < paragraph.text.len() { " ..." } else { "" };
        writeln!(out, "\n{}  {opening}{more}", paragraph.id)?;
        for (span, mention) in &found[index] {
            what(&mention.text, &mention.what, out)?;
            if let Some(reading) = here.iter().find(|r| r.span == *span) {
                company(reading, &paragraph.text, out)?;
            }
        }
        for reading in here {
            if let Outcome::Nothing(why) = reading.outcome {
                let text = reading.span.of(&paragraph.text);
                writeln!(out, "  \"{text}\" is no citation: {why} (rule {})", reading.rule)?;
                company(reading, &paragraph.text, out)?;
            }
        }
    }
    Ok(())
}

fn what(text: &str, what: &What, out: &mut impl Write) -> io::Result<()> {
    match what {
        What::Citation { target: Some(target), form, verb, pinpoint, rule, .. } => {
            let form = format!("{form:?}").to_lowercase();
            let verb = verb.as_ref().map_or(String::new(), |v| format!(", verb \"{v}\""));
            let pinpoint = pinpoint.as_ref().map_or(String::new(), |p| format!(", {p}"));
            writeln!(out, "  \"{text}\" cites {target} ({form}{verb}{pinpoint}; rule {rule})")
        }
        What::Citation { reason, rule, .. } => {
            let why = reason.as_ref().map_or("", reason_in_words);
            writeln!(out, "  \"{text}\" is unresolved: {why} (rule {rule})")
        }
        What::Entity { kind, names, iri, rule } => {
            let kind = format!("{kind:?}").to_lowercase();
            writeln!(
                out,
                "  \"{text}\" names the {kind} {} <{iri}> (rule {rule})",
                names.first().map_or("", String::as_str)
            )
        }
        What::Relation { subject, predicate, object, verb, until, .. } => {
            let subject = subject.as_deref().unwrap_or("the document");
            let predicate = format!("{predicate:?}").to_lowercase();
            let verb = verb.as_ref().map_or(String::new(), |v| format!(", verb \"{v}\""));
            let until = until.as_ref().map_or(String::new(), |u| format!(", until {u}"));
            writeln!(
                out,
                "  \"{text}\" states that {subject} {predicate} {}{verb}{until}",
                object.first().map_or("", String::as_str)
            )
        }
    }
}

/// The words and dates that decided whose number it is.
fn company(reading: &Reading, text: &str, out: &mut impl Write) -> io::Result<()> {
    let Some((series, owner)) = reading.company else {
        return match reading.adopted {
            Some(year) => writeln!(out, "      in no list; the date beside it is of {year}"),
            None => Ok(()),
        };
    };
    let series = match series {
        Series::Resolution => "resolutions",
        Series::Decision => "decisions",
        Series::Statement => "presidential statements",
    };
    let whose = match owner {
        Owner::Organ(organ) => organ.name().unwrap_or("an organ"),
        Owner::Its => "the document's own organ",
        Owner::Council => "one of the Councils",
        Owner::Another => "an organ with a series of its own",
        Owner::Unsaid => "an organ not named",
    };
    match reading.list.filter(|list| !list.is_empty()) {
        Some(list) => write!(out, "      in the list headed \"{}\": {series} of {whose}", list.of(text))?,
        None => write!(out, "      goes on with the list of the paragraph before: {series} of {whose}")?,
    }
    match reading.adopted {
        Some(year) => writeln!(out, "; the date beside it is of {year}"),
        None => writeln!(out),
    }
}

fn reason_in_words(reason: &Reason) -> &'static str {
    match reason {
        Reason::NumberContradictsYear => "the number and the year contradict each other",
        Reason::NotYetAdopted => "it did not exist when this was written",
        Reason::OtherOrgan => {
            "it is of an organ whose series has no symbols that are known, or of no session at that date"
        }
        Reason::NoAntecedent => "the text does not say what it refers back to",
        Reason::UnknownNumber => "no rule can place the number",
    }
}

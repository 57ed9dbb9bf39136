//! `extract`: what was found in the files, without a graph.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use resograph::Processed;
use resograph::export::lines::{self, Rendered};
use resograph::export::{annotation, explain, marked, mentions, paragraphs};
use resograph::ontology::Ontology;

use super::inputs::{self, Inputs};
use super::{Base, Global, Outcome, voice::Voice};

/// Print every mention found in files and folders
#[derive(Debug, Args)]
#[command(
    after_help = "One JSON object a line: source, document, paragraph, start, end, text, kind and, for a citation, \
    target, iri, form, verb, pinpoint, rule, reason; for a named thing, names and iri; for a relation, subject, \
    predicate, object, verb, until. Offsets are bytes of the file (of the extracted text for PDF and DOCX).\n\n\
    Examples:\n  \
    resograph extract resolution.txt\n  \
    resograph extract documents/ --format csv > mentions.csv\n  \
    resograph extract resolution.pdf --format html > marked.html\n  \
    resograph extract resolution.txt --explain\n  \
    resograph extract resolution.txt --format paragraphs"
)]
pub struct Extract {
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to print the mentions
    #[arg(short, long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
    /// Tell paragraph by paragraph which rule found what, and why something is unresolved
    #[arg(long, conflicts_with = "format")]
    explain: bool,
    #[command(flatten)]
    base: Base,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A JSON object a line
    Jsonl,
    /// A table
    Csv,
    /// W3C Web Annotation, JSON-LD
    Webannotation,
    /// The documents with the mentions marked
    Html,
    /// Which rule found what, and why something is unresolved: the same as --explain
    Explain,
    /// How the files are cut up: a JSON object a paragraph, with id, part, start, end, text
    Paragraphs,
}

pub fn run(command: &Extract, global: &Global, voice: &Voice) -> anyhow::Result<Outcome> {
    let ontology = global.load_ontology()?;
    let inputs = Inputs::find(&command.paths, voice);
    let base = command.base.base.as_str();
    let format = if command.explain { Format::Explain } else { command.format };
    let mut out = BufWriter::new(io::stdout().lock());
    let mut found = false;
    let rendered = Rendered::new(&ontology, base);
    // Each file is rendered where it is read, side by side with others; here they are put in order.
    let work = |processed: &Processed| {
        let e = &processed.extraction;
        let any = !(e.citations.is_empty() && e.entities.is_empty() && e.relations.is_empty());
        (any, render(format, processed, &ontology, &rendered, base))
    };
    write_head(format, &mut out)?;
    let mut first = true;
    let tally = inputs::process(&inputs, &ontology, voice, work, |(any, rendered)| {
        let rendered = rendered?;
        if format == Format::Webannotation && !rendered.is_empty() && !std::mem::take(&mut first) {
            out.write_all(b",\n")?;
        }
        found |= any;
        Ok(out.write_all(&rendered)?)
    })?;
    write_tail(format, &mut out)?;
    out.flush()?;
    if tally.read == 0 && tally.failed + inputs.unreadable > 0 {
        anyhow::bail!("none of the files could be read");
    }
    if tally.read == 0 {
        voice.warning("there are no files to read");
    }
    Ok(Outcome::found(found))
}

fn write_head(format: Format, out: &mut impl Write) -> io::Result<()> {
    match format {
        Format::Jsonl | Format::Explain | Format::Paragraphs => Ok(()),
        Format::Csv => Ok(csv::Writer::from_writer(out).write_record(mentions::COLUMNS)?),
        Format::Webannotation => annotation::write_head(out),
        Format::Html => marked::write_head(out),
    }
}

fn write_tail(format: Format, out: &mut impl Write) -> io::Result<()> {
    match format {
        Format::Jsonl | Format::Csv | Format::Explain | Format::Paragraphs => Ok(()),
        Format::Webannotation => annotation::write_tail(out),
        Format::Html => marked::write_tail(out),
    }
}

/// What is printed of one file.
fn render(
    format: Format,
    processed: &Processed,
    ontology: &Ontology,
    rendered: &Rendered<'_>,
    base: &str,
) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    match format {
        Format::Jsonl => lines::write(processed, rendered, &mut out)?,
        Format::Csv => {
            let mut rows = csv::Writer::from_writer(&mut out);
            mentions::write_csv(&mentions::mentions(processed, ontology, base), &mut rows)?;
            rows.flush()?;
        }
        Format::Webannotation => annotation::write_annotations(processed, ontology, base, &mut out)?,
        Format::Html => marked::write_document(processed, ontology, base, &mut out)?,
        Format::Explain => explain::write(processed, ontology, base, &mut out)?,
        Format::Paragraphs => paragraphs::write_jsonl(&processed.source, &processed.document, &mut out)?,
    }
    Ok(out)
}

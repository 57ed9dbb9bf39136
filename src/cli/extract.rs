//! `extract`: what was found in the files, without a graph.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use resograph::export::{annotation, marked, mentions};

use super::inputs::{self, Inputs};
use super::{Base, Global, Outcome, voice::Voice};

/// Print every mention found in files and folders
#[derive(Debug, Args)]
#[command(after_help = "One JSON object a line: source, document, paragraph, start, end, text, kind and, for a citation, \
    target, iri, form, verb, pinpoint, rule, reason; for a named thing, names and iri; for a relation, subject, \
    predicate, object, verb, until. Offsets are bytes of the file (of the extracted text for PDF and DOCX).\n\n\
    Examples:\n  \
    resograph extract resolution.txt\n  \
    resograph extract documents/ --format csv > mentions.csv\n  \
    resograph extract resolution.pdf --format html > marked.html")]
pub struct Extract {
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to print the mentions
    #[arg(short, long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
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
}

pub fn run(command: &Extract, global: &Global, voice: &Voice) -> anyhow::Result<Outcome> {
    let ontology = global.load_ontology()?;
    let inputs = Inputs::find(&command.paths, voice);
    let facts = inputs::read_facts(&inputs, voice);
    let base = command.base.base.as_str();
    let mut out = BufWriter::new(io::stdout().lock());
    let mut found = 0;
    let mut count = |processed: &resograph::Processed| {
        let e = &processed.extraction;
        found += e.citations.len() + e.entities.len() + e.relations.len();
    };
    let tally = match command.format {
        Format::Jsonl => inputs::process(&inputs, &ontology, &facts, voice, |processed| {
            count(&processed);
            Ok(mentions::write_jsonl(&mentions::mentions(&processed, &ontology, base), &mut out)?)
        })?,
        Format::Csv => {
            let mut rows = csv::Writer::from_writer(&mut out);
            rows.write_record(mentions::COLUMNS)?;
            let tally = inputs::process(&inputs, &ontology, &facts, voice, |processed| {
                count(&processed);
                Ok(mentions::write_csv(&mentions::mentions(&processed, &ontology, base), &mut rows)?)
            })?;
            rows.flush()?;
            tally
        }
        Format::Webannotation => {
            let mut page = annotation::Page::start(&mut out)?;
            let tally = inputs::process(&inputs, &ontology, &facts, voice, |processed| {
                count(&processed);
                Ok(page.add(&processed, &ontology, base)?)
            })?;
            page.finish()?;
            tally
        }
        Format::Html => {
            marked::write_head(&mut out)?;
            let tally = inputs::process(&inputs, &ontology, &facts, voice, |processed| {
                count(&processed);
                Ok(marked::write_document(&processed, &ontology, base, &mut out)?)
            })?;
            marked::write_tail(&mut out)?;
            tally
        }
    };
    out.flush()?;
    if tally.read == 0 && tally.failed + inputs.unreadable > 0 {
        anyhow::bail!("none of the files could be read");
    }
    Ok(Outcome::found(found > 0))
}

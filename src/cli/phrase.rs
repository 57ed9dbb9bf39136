//! `phrase`: every paragraph that has some words in their order.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, IsTerminal, Write};

use anyhow::bail;
use clap::Args;
use resograph::read::Language;
use resograph::store;
use resograph::wording::phrase::{Hit, Neighbour, neighbours, phrase};
use resograph::wording::{Paragraphs, words};
use serde_json::json;

use super::listing::{Form, Listing};
use super::marks::{Look, Marks, line};
use super::reuse::{Format, counted, dated, form, language, none};
use super::{GraphDir, Outcome, voice::Voice};

/// Every paragraph that has these words in this order, by date: who said it first, and how often since
#[derive(Debug, Args)]
#[command(after_help = "Words are compared without case, accents and signs between them, in any language.\n\n\
    Examples:\n  \
    resograph phrase \"sexual violence in conflict\"\n  \
    resograph phrase \"all necessary means\" --by-year\n  \
    resograph phrase \"安全理事会\" --format csv > found.csv")]
pub struct Phrase {
    /// The words
    words: String,
    /// How many paragraphs and documents have them in each year, instead of the paragraphs
    #[arg(long)]
    by_year: bool,
    /// One language only: ar, en, es, fr, ru, zh
    #[arg(long, value_name = "CODE", value_parser = language)]
    language: Option<Language>,
    #[command(flatten)]
    graph: GraphDir,
    /// How to print the answer [default: text on a terminal, else csv]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

pub fn run(command: &Phrase, voice: &Voice) -> anyhow::Result<Outcome> {
    if words::all(&command.words).is_empty() {
        bail!("{:?} has no words to look for", command.words);
    }
    let store = store::open(&command.graph.graph)?;
    let paragraphs = Paragraphs::load(&store)?;
    let hits = phrase(&paragraphs, &command.words, command.language);
    if hits.is_empty() {
        let count = paragraphs.all.len();
        let note = format!("none of the {count} paragraphs of the graph has {:?}", command.words);
        return none(command.format == Some(Format::Json), &json!([]), &note, voice);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let usual = if io::stdout().is_terminal() { Format::Text } else { Format::Csv };
    match (command.by_year, command.format.unwrap_or(usual)) {
        (true, format) => years(&paragraphs, &hits).write(form(format), &mut out)?,
        (false, Format::Text) => text(&paragraphs, &hits, &mut out)?,
        (false, format) => rows(&paragraphs, &hits).write(form(format), &mut out)?,
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn rows(paragraphs: &Paragraphs, hits: &[Hit]) -> Listing {
    let mut listing = Listing::new(&["date", "document", "paragraph", "language", "times", "before", "words", "after"]);
    for hit in hits {
        let paragraph = &paragraphs.all[hit.paragraph];
        let work = paragraphs.work(paragraph);
        let range = &hit.ranges[0];
        listing.push(vec![
            dated(work),
            json!(work.label),
            json!(paragraph.name()),
            json!(paragraph.language.map(Language::code)),
            json!(hit.ranges.len()),
            json!(paragraph.text[..range.start]),
            json!(paragraph.text[range.clone()]),
            json!(paragraph.text[range.end..]),
        ]);
    }
    listing
}

/// By year: paragraphs, and the documents that they are in.
fn years(paragraphs: &Paragraphs, hits: &[Hit]) -> Listing {
    let mut years: BTreeMap<Option<i16>, Vec<(u32, &str)>> = BTreeMap::new();
    for hit in hits {
        let paragraph = &paragraphs.all[hit.paragraph];
        let work = paragraphs.work(paragraph);
        let year = work.date.map(jiff::civil::Date::year).or(work.year);
        years.entry(year).or_default().push((paragraph.work, &paragraph.iri));
    }
    let mut listing = Listing::new(&["year", "paragraphs", "documents"]);
    for (year, mut found) in years {
        // A paragraph counts once, in however many languages it is there.
        found.sort_unstable();
        found.dedup();
        let documents = found.chunk_by(|a, b| a.0 == b.0).count();
        listing.push(vec![json!(year), json!(found.len()), json!(documents)]);
    }
    listing
}

/// Characters that are shown on either side.
const AROUND: usize = 42;

fn text(paragraphs: &Paragraphs, hits: &[Hit], out: &mut impl Write) -> io::Result<()> {
    let look = Marks::usual();
    let named = |hit: &Hit| {
        let paragraph = &paragraphs.all[hit.paragraph];
        let work = paragraphs.work(paragraph);
        line(&format!("{:10} {} {}", work.dated(), work.label, paragraph.name()))
    };
    let width = hits.iter().map(|hit| named(hit).chars().count()).max().unwrap_or(0);
    for hit in hits {
        let text = &paragraphs.all[hit.paragraph].text;
        let range = &hit.ranges[0];
        let before = line(&text[..range.start]);
        let behind = line(&text[range.end..]);
        let skip = before.chars().count().saturating_sub(AROUND);
        let before: String = before.chars().skip(skip).collect();
        let rest = behind.chars().count() > AROUND;
        let behind: String = behind.chars().take(AROUND).collect();
        let found = look.paint(&line(&text[range.clone()]), Look::Head);
        let [open, close] = [skip > 0, rest].map(|cut| if cut { "…" } else { "" });
        let name = named(hit);
        let gap = width - name.chars().count();
        writeln!(out, "{name}{:gap$}  {open}{before}{found}{behind}{close}", "")?;
    }
    let documents: std::collections::BTreeSet<u32> =
        hits.iter().map(|hit| paragraphs.all[hit.paragraph].work).collect();
    // A paragraph counts once, in however many languages it is there.
    let different: std::collections::BTreeSet<&str> =
        hits.iter().map(|hit| paragraphs.all[hit.paragraph].iri.as_str()).collect();
    let dated = hits.iter().find(|hit| !paragraphs.work(&paragraphs.all[hit.paragraph]).dated().is_empty());
    writeln!(out, "\n{} in {}", counted(different.len(), "paragraph"), counted(documents.len(), "document"))?;
    if let Some(first) = dated {
        writeln!(out, "first: {}", named(first).split_whitespace().collect::<Vec<_>>().join(" "))?;
    }
    for (side, words) in ["before it", "after it"].iter().zip(neighbours(paragraphs, hits, 6)) {
        let told: Vec<String> = words.iter().map(|Neighbour { word, count }| format!("{word} {count}")).collect();
        if !told.is_empty() {
            writeln!(out, "{side}: {}", told.join(", "))?;
        }
    }
    writeln!(out)?;
    years(paragraphs, hits).write(Form::Table, out)
}

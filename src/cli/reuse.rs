//! `reuse`: where the words of a document's paragraphs come from, and who took them over.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, IsTerminal, Write};

use anyhow::bail;
use clap::{Args, ValueEnum};
use resograph::read::Language;
use resograph::serve::evaluate;
use resograph::store;
use resograph::wording::{self, Extent, Link, Options, Paragraphs, Piece, Work, later, pieces};
use serde_json::{Value, json};

use super::listing::{Form, Listing};
use super::marks::{Look, Marks, line};
use super::{GraphDir, Outcome, show, voice::Voice};

/// Where the words of each paragraph were used before, word for word or nearly, and what was changed
#[derive(Debug, Args)]
#[command(
    after_help = "Without a document: all paragraphs whose words were used before, as a table.\n\nWords are compared \
    without case, accents and signs; numbers count. Earlier is what has an earlier date. A paragraph must have eight \
    words (in Chinese fourteen characters) and share as many; heads and footnotes are left out.\n\n\
    Examples:\n  \
    resograph reuse \"S/RES/2388 (2017)\"\n  \
    resograph reuse S/RES/1325 --forward\n  \
    resograph reuse S/RES/2388 --format csv > words.csv\n  \
    resograph reuse --share 0.9 --format csv > all.csv"
)]
pub struct Reuse {
    /// Symbol, name or IRI of a document
    #[arg(value_name = "SYMBOL")]
    name: Option<String>,
    /// Who took over its words later, instead of where they come from
    #[arg(long, requires = "name")]
    forward: bool,
    /// One language only: ar, en, es, fr, ru, zh [default: that of most paragraphs]
    #[arg(long, value_name = "CODE", value_parser = language)]
    language: Option<Language>,
    /// The share of a paragraph's words that one earlier paragraph must have, then without long stretches of words
    /// where most is new [default: 0.6, with them]
    #[arg(long, value_name = "SHARE", value_parser = share)]
    share: Option<f64>,
    #[command(flatten)]
    graph: GraphDir,
    /// How to print the answer [default: text on a terminal, else csv]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

/// How it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Paragraphs for reading, changed words marked
    Text,
    /// Comma-separated values
    Csv,
    /// A list of objects
    Json,
}

/// A language by its code.
pub fn language(code: &str) -> Result<Language, String> {
    Language::from_code(code).ok_or_else(|| "use one of ar, en, es, fr, ru, zh".to_owned())
}

fn share(text: &str) -> Result<f64, String> {
    let share: Option<f64> = text.parse().ok().filter(|share| (0.3..=1.0).contains(share));
    share.ok_or_else(|| "give a share from 0.3 to 1".to_owned())
}

pub fn run(command: &Reuse, voice: &Voice) -> anyhow::Result<Outcome> {
    let store = store::open(&command.graph.graph)?;
    let nothing_found = |note: &str| none(command.format == Some(Format::Json), &json!([]), note, voice);
    let work = match &command.name {
        Some(name) => match evaluate::with_stack(|| show::find(&store, name))?? {
            Some(node) => Some(node.into_string()),
            None => {
                return nothing_found(&format!("the graph has nothing called {name:?}"));
            }
        },
        None => None,
    };
    let paragraphs = Paragraphs::load(&store)?;
    let options = match command.share {
        Some(least_share) => Options { least_share, stretches: false, ..Options::default() },
        None => Options::default(),
    };
    let of = work.as_ref().and_then(|iri| paragraphs.find(iri)).map(|work| paragraphs.of(work));
    let links = match of {
        // Who comes after, only the whole tells.
        Some(places) if !command.forward => wording::reuse_of(&paragraphs, places, &options),
        None if work.is_some() => Vec::new(),
        _ => wording::reuse(&paragraphs, &options),
    };
    let shown = Shown { paragraphs: &paragraphs, links: &links };
    let format = command.format.unwrap_or(if io::stdout().is_terminal() { Format::Text } else { Format::Csv });
    let mut out = BufWriter::new(io::stdout().lock());
    let found = match work {
        None => shown.all(command.language, Form::or_usual(command.format.map(form)), &mut out)?,
        Some(iri) => {
            let Some(work) = paragraphs.find(&iri) else {
                return nothing_found(&format!("the graph knows {iri}, but has no text of it"));
            };
            let language = chosen(&paragraphs, work, command.language)?;
            if command.forward {
                shown.forward(work, language, format, &mut out)? > 0
            } else {
                shown.back(work, language, format, &mut out)? > 0
            }
        }
    };
    out.flush()?;
    if !found {
        voice.note(&nothing(&paragraphs, command.forward));
    }
    Ok(Outcome::found(found))
}

/// The language of a document that is looked at.
pub fn chosen(paragraphs: &Paragraphs, work: u32, wanted: Option<Language>) -> anyhow::Result<Option<Language>> {
    let there = paragraphs.languages(work);
    match wanted {
        Some(language) if !there.contains(&Some(language)) => {
            let codes: Vec<_> = there.iter().map(|l| l.map_or("none said", Language::code)).collect();
            let label = &paragraphs.works[work as usize].label;
            bail!("{label} is not there in {}, but in {}", language.code(), codes.join(", "))
        }
        Some(language) => Ok(Some(language)),
        None => Ok(there.first().copied().flatten()),
    }
}

/// Notes why there is no answer; as JSON an empty one is printed, which programs can read.
pub fn none(json: bool, empty: &Value, note: &str, voice: &Voice) -> anyhow::Result<Outcome> {
    if json {
        let mut out = io::stdout().lock();
        serde_json::to_writer_pretty(&mut out, empty)?;
        writeln!(out)?;
    }
    voice.note(note);
    Ok(Outcome::NothingFound)
}

/// The date of a work, or its year; null where neither is known.
pub fn dated(work: &Work) -> Value {
    json!(Some(work.dated()).filter(|dated| !dated.is_empty()))
}

/// What is true where nothing was found.
fn nothing(paragraphs: &Paragraphs, forward: bool) -> String {
    let dated = paragraphs.works.iter().filter(|work| !work.dated().is_empty()).count();
    let way = if forward { "later" } else { "earlier" };
    format!(
        "no {way} document has these words; the graph has the text of {} documents, {dated} of them with a date",
        paragraphs.works.len()
    )
}

/// What is printed from.
struct Shown<'p> {
    paragraphs: &'p Paragraphs,
    links: &'p [Link],
}

impl Shown<'_> {
    /// Symbol, name and date of a paragraph.
    fn place(&self, place: usize) -> [Value; 3] {
        let paragraph = &self.paragraphs.all[place];
        let work = self.paragraphs.work(paragraph);
        [json!(work.label), json!(paragraph.name()), dated(work)]
    }

    /// The same on a line.
    fn named(&self, place: usize) -> String {
        let paragraph = &self.paragraphs.all[place];
        let work = self.paragraphs.work(paragraph);
        let dated = work.dated();
        let dated = if dated.is_empty() { "no date" } else { &dated };
        line(&format!("{} {} ({dated})", work.label, paragraph.name()))
    }

    fn language(&self, place: usize) -> Value {
        json!(self.paragraphs.all[place].language.map(Language::code))
    }

    /// The paragraphs of a document that are long enough to be compared, or not.
    fn of(&self, work: u32, language: Option<Language>) -> impl Iterator<Item = usize> {
        let all = self.paragraphs.of(work);
        all.filter(move |&place| {
            let paragraph = &self.paragraphs.all[place];
            paragraph.language == language && wording::reuse::has_wording(paragraph.part)
        })
    }

    /// Every link of the graph.
    fn all(&self, language: Option<Language>, form: Form, out: &mut impl Write) -> anyhow::Result<bool> {
        let mut listing = Listing::new(&[
            "document",
            "paragraph",
            "date",
            "language",
            "extent",
            "kept",
            "words",
            "from_document",
            "from_paragraph",
            "from_date",
            "first_document",
            "first_paragraph",
            "first_date",
            "first_kept",
            "steps",
        ]);
        let links = self.links.iter();
        for link in links.filter(|link| language.is_none() || self.paragraphs.all[link.paragraph].language == language)
        {
            let mut row = self.place(link.paragraph).to_vec();
            row.extend([
                self.language(link.paragraph),
                json!(link.extent.name()),
                rounded(link.kept),
                json!(link.words),
            ]);
            row.extend(self.place(link.from));
            row.extend(self.place(link.first));
            row.extend([rounded(link.first_kept), json!(link.steps)]);
            listing.push(row);
        }
        listing.write(form, out)?;
        Ok(!listing.is_empty())
    }

    /// Where the words of a document come from.
    fn back(
        &self,
        work: u32,
        language: Option<Language>,
        format: Format,
        out: &mut impl Write,
    ) -> anyhow::Result<usize> {
        let links: BTreeMap<usize, &Link> = self.links.iter().map(|link| (link.paragraph, link)).collect();
        let places: Vec<usize> = self.of(work, language).collect();
        let found = places.iter().filter(|place| links.contains_key(place)).count();
        if format == Format::Text {
            self.summary(work, &places, &links, out)?;
            for &place in &places {
                self.paragraph(place, links.get(&place).copied(), out)?;
            }
            return Ok(found);
        }
        let mut listing = Listing::new(&[
            "paragraph",
            "language",
            "extent",
            "kept",
            "words",
            "from_document",
            "from_paragraph",
            "from_date",
            "first_document",
            "first_paragraph",
            "first_date",
            "first_kept",
            "steps",
            "removed",
            "added",
            "text",
        ]);
        for place in places {
            let text = &self.paragraphs.all[place].text;
            let mut row = vec![json!(self.paragraphs.all[place].name()), self.language(place)];
            match links.get(&place) {
                Some(link) => {
                    let changed = pieces(&self.paragraphs.all[link.from].text, text);
                    row.extend([json!(link.extent.name()), rounded(link.kept), json!(link.words)]);
                    row.extend(self.place(link.from));
                    row.extend(self.place(link.first));
                    row.extend([rounded(link.first_kept), json!(link.steps)]);
                    row.push(joined(&changed, |piece| matches!(piece, Piece::Removed(_))));
                    row.push(joined(&changed, |piece| matches!(piece, Piece::Added(_))));
                }
                None => {
                    let known = wording::reuse::is_compared(&self.paragraphs.all[place]);
                    row.push(json!(if known { "new" } else { "short" }));
                    row.extend(std::iter::repeat_n(Value::Null, 12));
                }
            }
            row.push(json!(text));
            listing.push(row);
        }
        listing.write(form(format), out)?;
        Ok(found)
    }

    /// How much of a document is new.
    fn summary(
        &self,
        work: u32,
        places: &[usize],
        links: &BTreeMap<usize, &Link>,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let count = |wanted: fn(Extent) -> bool| {
            places.iter().filter(|place| links.get(place).is_some_and(|link| wanted(link.extent))).count()
        };
        let same = count(|extent| extent == Extent::Same);
        let near = count(|extent| extent == Extent::Near);
        let stretch = count(|extent| extent == Extent::Stretch);
        let long = |place: &&usize| wording::reuse::is_compared(&self.paragraphs.all[**place]);
        let compared = places.iter().filter(long).count();
        let work = &self.paragraphs.works[work as usize];
        writeln!(
            out,
            "{}  {}\n{}: {same} word for word as before, {near} nearly, {stretch} with a stretch of \
             earlier words, {} new; {} too short to tell\n",
            Marks::usual().paint(&work.label, Look::Head),
            work.dated(),
            counted(compared, "paragraph"),
            compared - same - near - stretch,
            places.len() - compared
        )
    }

    fn paragraph(&self, place: usize, link: Option<&Link>, out: &mut impl Write) -> io::Result<()> {
        let marks = Marks::usual();
        let paragraph = &self.paragraphs.all[place];
        let name = marks.paint(&format!("{:8}", paragraph.name()), Look::Head);
        let Some(link) = link else {
            let known = if wording::reuse::is_compared(paragraph) { "new" } else { "too short to tell" };
            writeln!(out, "{name} {known}")?;
            return marks.text(out, 9, &paragraph.text, Look::Plain);
        };
        let from = self.named(link.from);
        let how = match link.extent {
            Extent::Same => format!("word for word {from}"),
            Extent::Near => format!("{} of it from {from}", percent(link.kept)),
            Extent::Stretch => format!("a stretch of {} words in it from {from}", link.words),
        };
        let first = if link.first == link.from {
            String::new()
        } else {
            format!(
                "; {} stood first in {}, {} steps back",
                percent(link.first_kept),
                self.named(link.first),
                link.steps
            )
        };
        writeln!(out, "{name} {how}{first}")?;
        let source = &self.paragraphs.all[link.from].text;
        marks.pieces(out, 9, &pieces(source, &paragraph.text))
    }

    /// Who took the words of a document over.
    fn forward(
        &self,
        work: u32,
        language: Option<Language>,
        format: Format,
        out: &mut impl Write,
    ) -> anyhow::Result<usize> {
        let found = later(self.paragraphs, self.links, self.of(work, language), LEAST_TAKEN);
        if format != Format::Text {
            let mut listing = Listing::new(&[
                "paragraph",
                "language",
                "later_document",
                "later_paragraph",
                "later_date",
                "taken",
                "steps",
                "later_text",
            ]);
            for later in &found {
                let mut row = vec![json!(self.paragraphs.all[later.of].name()), self.language(later.of)];
                row.extend(self.place(later.paragraph));
                row.extend([rounded(later.taken), json!(later.steps)]);
                row.push(json!(self.paragraphs.all[later.paragraph].text));
                listing.push(row);
            }
            listing.write(form(format), out)?;
            return Ok(found.len());
        }
        let marks = Marks::usual();
        for of in found.chunk_by(|a, b| a.of == b.of) {
            let paragraph = &self.paragraphs.all[of[0].of];
            let name = marks.paint(&format!("{:8}", paragraph.name()), Look::Head);
            let documents: std::collections::BTreeSet<_> =
                of.iter().map(|later| self.paragraphs.all[later.paragraph].work).collect();
            writeln!(
                out,
                "{name} taken over by {}, in {}",
                counted(of.len(), "paragraph"),
                counted(documents.len(), "document")
            )?;
            marks.text(out, 9, &paragraph.text, Look::Faint)?;
            for later in of.iter().take(SHOWN) {
                let through = if later.steps > 1 { format!(", at {} steps", later.steps) } else { String::new() };
                writeln!(out, "         {:>5} {}{through}", percent(later.taken), self.named(later.paragraph))?;
            }
            if of.len() > SHOWN {
                let last = self.named(of[of.len() - 1].paragraph);
                writeln!(out, "         and {} more, the last {last}; --format csv has all", of.len() - SHOWN)?;
            }
        }
        Ok(found.len())
    }
}

/// Of the words of a paragraph, what a later one must have of them.
const LEAST_TAKEN: f64 = 0.5;
/// Later paragraphs that are shown for reading.
const SHOWN: usize = 8;

/// The form of a table for it.
pub fn form(format: Format) -> Form {
    match format {
        Format::Text => Form::Table,
        Format::Csv => Form::Csv,
        Format::Json => Form::Json,
    }
}

pub fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn percent(share: f64) -> String {
    format!("{:.0} %", (share * 100.0).floor())
}

/// A share in thousandths.
fn rounded(share: f64) -> Value {
    json!((share * 1000.0).round() / 1000.0)
}

fn joined(pieces: &[Piece<'_>], wanted: fn(&Piece<'_>) -> bool) -> Value {
    let texts: Vec<_> = pieces.iter().filter(|piece| wanted(piece)).map(|piece| piece.text().trim()).collect();
    json!(texts.join(" | "))
}

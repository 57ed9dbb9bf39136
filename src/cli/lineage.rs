//! `lineage`: the life of a mandate, on a terminal or as rows.

use std::io::{self, BufWriter, IsTerminal, Write};

use clap::{Args, ValueEnum};
use resograph::analysis::evidence::Evidence;
use resograph::analysis::lineage::{self, Basis, End, Event, Lineage};
use resograph::graph::network::{self, Kind};
use resograph::serve::evaluate;
use resograph::store::{self, Store};
use serde_json::{Value, json};

use super::listing::{Form, Listing};
use super::{GraphDir, Outcome, show, voice::Voice};

/// Show the life of a mandate: what established a body, each extension, change and end, until when, gaps; of a document
/// what it changes and what changes it, and the bodies that it establishes, extends or ends
#[derive(Debug, Args)]
#[command(
    after_help = "A last day is \"stated\" by the text, \"counted\" from the day that the text names, or \"reckoned\" \
    from the end of the mandate before where the text states a period only.\n\nExamples:\n  \
    resograph lineage UNIFIL\n  \
    resograph lineage body/panel-sudan --brief\n  \
    resograph lineage S/RES/1509\n  \
    resograph lineage UNMIL --format csv > unmil.csv"
)]
pub struct LineageOf {
    /// Body or document: symbol, name, path or IRI
    #[arg(value_name = "BODY")]
    name: String,
    /// Leave out the sentences
    #[arg(short, long)]
    brief: bool,
    #[command(flatten)]
    graph: GraphDir,
    /// How to print it [default: text on a terminal, else csv]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// A row for each change and gap
    Csv,
    /// The same, as a list of objects
    Json,
}

/// The columns of rows.
const HEAD: [&str; 11] =
    ["body", "date", "document", "change", "until", "basis", "period", "of", "paragraph", "sentence", "document_iri"];

pub fn run(command: &LineageOf, voice: &Voice) -> anyhow::Result<Outcome> {
    let store = store::open(&command.graph.graph)?;
    let Some(this) = evaluate::with_stack(|| show::find(&store, &command.name))?? else {
        voice.note(&format!("the graph has nothing called {:?}", command.name));
        return Ok(Outcome::NothingFound);
    };
    let kind = network::kinds(&store)?.get(this.as_str()).copied();
    let is_document = kind.is_some_and(|kind| kind < Kind::Body);
    let (changes, bodies) = if is_document {
        (lineage::of_document(&store, this.as_str())?, lineage::bodies_of(&store, this.as_str())?)
    } else {
        (Vec::new(), vec![this.as_str().to_owned()])
    };
    let lives: Vec<Lineage> = bodies.iter().map(|body| lineage::of_body(&store, body)).collect::<Result<_, _>>()?;
    if changes.is_empty() && lives.iter().all(|life| life.events.is_empty()) {
        voice.note(&format!(
            "no text of the graph establishes, extends or ends {:?}, or says that it does",
            command.name
        ));
        return Ok(Outcome::NothingFound);
    }
    let form = command.format.unwrap_or(if io::stdout().is_terminal() { Format::Text } else { Format::Csv });
    let mut out = BufWriter::new(io::stdout().lock());
    match form {
        Format::Text => print(&store, &changes, &lives, this.as_str(), command.brief, &mut out)?,
        Format::Csv => rows(&changes, &lives).write(Form::Csv, &mut out)?,
        Format::Json => rows(&changes, &lives).write(Form::Json, &mut out)?,
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn rows(changes: &[Event], lives: &[Lineage]) -> Listing {
    let mut listing = Listing::new(&HEAD);
    changes.iter().for_each(|event| listing.push(row("", event)));
    for life in lives {
        for (place, event) in life.events.iter().enumerate() {
            for gap in life.gaps.iter().filter(|g| g.event == place) {
                let mut row = vec![Value::Null; HEAD.len()];
                row[0] = json!(life.label);
                row[1] = json!(gap.after.to_string());
                row[3] = json!("gap");
                row[4] = json!(gap.before.to_string());
                listing.push(row);
            }
            listing.push(row(&life.label, event));
        }
    }
    listing
}

fn row(body: &str, event: &Event) -> Vec<Value> {
    let evidence = event.evidence.as_ref();
    let basis = event.basis.name();
    vec![
        json!(body),
        json!(event.date.map(|d| d.to_string())),
        json!(event.label),
        json!(event.change.name()),
        json!(event.until.map(|d| d.to_string())),
        json!((!basis.is_empty()).then_some(basis)),
        json!(event.period.map(|p| p.to_string())),
        json!(event.of),
        json!(evidence.map(Evidence::part)),
        json!(evidence.map(|e| e.sentence.as_str())),
        json!(event.document),
    ]
}

fn print(
    store: &Store,
    changes: &[Event],
    lives: &[Lineage],
    this: &str,
    brief: bool,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    if !changes.is_empty() {
        writeln!(out, "Changes of documents")?;
        changes.iter().try_for_each(|event| line(event, this, brief, out))?;
        writeln!(out)?;
    }
    let newest = newest(store)?;
    for life in lives {
        writeln!(out, "{}", life.label)?;
        for (place, event) in life.events.iter().enumerate() {
            for gap in life.gaps.iter().filter(|g| g.event == place) {
                writeln!(out, "  {:10} gap: the mandate had run until {}", "", gap.after)?;
            }
            line(event, this, brief, out)?;
        }
        writeln!(out, "  {:10} {}", "", end(life.end, newest.as_deref()))?;
        writeln!(out)?;
    }
    Ok(())
}

/// How a mandate stands at the end of the graph.
fn end(end: End, newest: Option<&str>) -> String {
    let known = newest.map_or(String::new(), |day| format!(" (the newest document is of {day})"));
    match end {
        End::Ended(Some(day)) => format!("ended on {day}"),
        End::Ended(None) => "ended".to_owned(),
        End::Until(day) if newest.is_some_and(|newest| day.to_string().as_str() < newest) => {
            format!("open end: it ran until {day}, and no text of the graph extends or ends it{known}")
        }
        End::Until(day) => format!("runs until {day}{known}"),
        End::Open => format!("open end: no last day is stated{known}"),
    }
}

/// The date of the newest document.
fn newest(store: &Store) -> anyhow::Result<Option<String>> {
    let network = resograph::graph::Network::load(store, &[])?;
    Ok(resograph::analysis::outdated::newest(&network).map(|day| day.to_string()))
}

fn line(event: &Event, this: &str, brief: bool, out: &mut impl Write) -> anyhow::Result<()> {
    let date = event.date.map_or("no date".to_owned(), |d| d.to_string());
    let mark = if event.document == this { ">" } else { " " };
    let until = match (event.until, event.basis, event.period) {
        (Some(day), Basis::Stated, _) | (Some(day), _, None) => format!(" until {day}"),
        (Some(day), basis, Some(period)) => format!(" until {day} ({} from {period})", basis.name()),
        (None, _, Some(period)) => format!(" for {period}"),
        (None, _, None) => String::new(),
    };
    let of = event.of.as_ref().map_or(String::new(), |of| format!(" {of}"));
    let part = event.evidence.as_ref().map_or("", Evidence::part);
    let said = event.said_in.as_ref().map_or(String::new(), |by| format!(", as {by} says"));
    writeln!(
        out,
        "{}",
        format!("{mark} {date:10} {:11}{of}{until}  {} {part}{said}", event.change.name(), event.label).trim_end()
    )?;
    if let Some(evidence) = event.evidence.as_ref().filter(|e| !brief && !e.sentence.is_empty()) {
        show::wrapped(out, "             ", &format!("“{}”", evidence.sentence))?;
    }
    Ok(())
}

//! `diff`: two documents paragraph by paragraph.

use std::io::{self, BufWriter, Write};

use anyhow::bail;
use clap::{Args, ValueEnum};
use resograph::export::comparison::Comparison;
use resograph::read::Language;
use resograph::serve::evaluate;
use resograph::store::{self, Store};
use resograph::wording::compare::{Fate, common_language, compare, compared};
use resograph::wording::{Paragraph, Paragraphs, Piece, Work};
use serde_json::{Value, json};

use super::listing::{Form, Listing};
use super::marks::{Look, Marks};
use super::reuse::{dated, language, none};
use super::{GraphDir, Outcome, show, voice::Voice};

/// Two documents paragraph by paragraph: what was changed, moved, added and removed
#[derive(Debug, Args)]
#[command(
    after_help = "Words are compared without case, accents and signs, paragraphs without their numbers; heads and \
    footnotes are left out where there is anything else.\n\n\
    Examples:\n  \
    resograph diff S/RES/2331 S/RES/2388\n  \
    resograph diff S/RES/2331 S/RES/2388 --format html > changes.html\n  \
    resograph diff S/RES/2503 S/RES/2557 --language fr --format json"
)]
pub struct Diff {
    /// Symbol, name or IRI of the document that came first
    #[arg(value_name = "A")]
    first: String,
    /// Of the one that it is compared with
    #[arg(value_name = "B")]
    second: String,
    /// ar, en, es, fr, ru, zh [default: of those that both are in, that of most paragraphs of A]
    #[arg(long, value_name = "CODE", value_parser = language)]
    language: Option<Language>,
    #[command(flatten)]
    graph: GraphDir,
    /// How to print it
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading: changed words marked, by colour on a terminal
    Text,
    /// A page for a browser
    Html,
    /// Both documents and what became of each paragraph
    Json,
    /// A row for each paragraph
    Csv,
}

pub fn run(command: &Diff, voice: &Voice) -> anyhow::Result<Outcome> {
    let store = store::open(&command.graph.graph)?;
    let nothing_found = |note: &str| {
        let empty = json!({"a": null, "b": null, "language": null, "paragraphs": []});
        none(command.format == Format::Json, &empty, note, voice)
    };
    let mut iris = Vec::new();
    for name in [&command.first, &command.second] {
        let Some(iri) = find(&store, name)? else {
            return nothing_found(&format!("the graph has nothing called {name:?}"));
        };
        iris.push(iri);
    }
    let paragraphs = Paragraphs::of_documents(&store, &[&iris[0], &iris[1]])?;
    let mut works = [0; 2];
    for (work, iri) in works.iter_mut().zip(&iris) {
        let Some(found) = paragraphs.find(iri) else {
            return nothing_found(&format!("the graph knows {iri}, but has no text of it"));
        };
        *work = found;
    }
    let language = language_of(&paragraphs, works, command.language)?;
    let [first, second] = works.map(|work| compared(&paragraphs, work, language));
    let rows = compare(&first, &second);
    let comparison = Comparison {
        works: [&paragraphs.works[works[0] as usize], &paragraphs.works[works[1] as usize]],
        paragraphs: [&first, &second],
        language,
        rows: &rows,
    };
    let mut out = BufWriter::new(io::stdout().lock());
    match command.format {
        Format::Text => text(&comparison, &mut out)?,
        Format::Html => comparison.write(&mut out)?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, &object(&comparison))?;
            writeln!(out)?;
        }
        Format::Csv => table(&comparison).write(Form::Csv, &mut out)?,
    }
    out.flush()?;
    if rows.iter().all(|row| row.fate == Fate::Same) {
        voice.note("both say the same");
        return Ok(Outcome::NothingFound);
    }
    Ok(Outcome::Done)
}

fn find(store: &Store, name: &str) -> anyhow::Result<Option<String>> {
    Ok(evaluate::with_stack(|| show::find(store, name))??.map(oxigraph::model::NamedNode::into_string))
}

/// The language that both are compared in.
fn language_of(paragraphs: &Paragraphs, works: [u32; 2], wanted: Option<Language>) -> anyhow::Result<Option<Language>> {
    if let Some(language) = common_language(paragraphs, works, wanted) {
        return Ok(language);
    }
    let [in_a, in_b] = works.map(|work| paragraphs.languages(work));
    let told = |work: u32, languages: &[Option<Language>]| {
        let codes: Vec<_> = languages.iter().map(|l| l.map_or("none said", Language::code)).collect();
        format!("{} is there in {}", paragraphs.works[work as usize].label, codes.join(", "))
    };
    let wish =
        wanted.map_or("no language is common to both".to_owned(), |l| format!("both are wanted in {}", l.code()));
    bail!("{wish}: {}, {}", told(works[0], &in_a), told(works[1], &in_b))
}

fn text(comparison: &Comparison<'_>, out: &mut impl Write) -> io::Result<()> {
    let marks = Marks::usual();
    let [a, b] = comparison.works;
    let head = format!("{} {}  →  {} {}", a.label, a.dated(), b.label, b.dated());
    writeln!(out, "{}\n{}\n", marks.paint(&head, Look::Head), comparison.summary())?;
    for group in comparison.rows.chunk_by(|one, other| one.fate == Fate::Same && other.fate == Fate::Same) {
        let named = |row| {
            let [a, b] = comparison.of(row).map(|p| p.map_or("", Paragraph::name));
            if a == b || b.is_empty() {
                a.to_owned()
            } else if a.is_empty() {
                b.to_owned()
            } else {
                format!("{a} → {b}")
            }
        };
        let (first, last) = (&group[0], &group[group.len() - 1]);
        if first.fate == Fate::Same {
            let range = if group.len() == 1 { named(first) } else { format!("{} … {}", named(first), named(last)) };
            writeln!(out, "{}", marks.paint(&format!("{range}: the same"), Look::Faint))?;
            continue;
        }
        let common = first.fate.common().filter(|share| *share < 1.0);
        let common = common.map_or(String::new(), |share| format!(", {:.0} % in common", (share * 100.0).floor()));
        writeln!(out, "{}  {}{common}", marks.paint(&named(first), Look::Head), first.fate.name())?;
        marks.pieces(out, 9, &comparison.pieces(first))?;
    }
    Ok(())
}

fn object(comparison: &Comparison<'_>) -> Value {
    let work = |work: &Work| json!({"iri": work.iri, "label": work.label, "date": dated(work)});
    let rows = comparison.rows.iter().map(|row| {
        let [a, b] = comparison.of(row).map(|p| p.map(|p| json!({"iri": p.iri, "name": p.name(), "text": p.text})));
        let changes: Vec<Value> = comparison
            .pieces(row)
            .iter()
            .map(|piece| match piece {
                Piece::Kept(text) => json!({"kept": text}),
                Piece::Removed(text) => json!({"removed": text}),
                Piece::Added(text) => json!({"added": text}),
            })
            .collect();
        json!({"fate": row.fate.name(), "common": row.fate.common(), "a": a, "b": b, "changes": changes})
    });
    let [a, b] = comparison.works;
    json!({
        "a": work(a),
        "b": work(b),
        "language": comparison.language.map(Language::code),
        "paragraphs": rows.collect::<Vec<_>>(),
    })
}

fn table(comparison: &Comparison<'_>) -> Listing {
    let mut listing = Listing::new(&["fate", "a", "b", "common", "removed", "added"]);
    for row in comparison.rows {
        let [a, b] = comparison.of(row).map(|p| p.map(Paragraph::name));
        let pieces = comparison.pieces(row);
        let joined = |wanted: fn(&Piece<'_>) -> bool| {
            let texts = pieces.iter().filter(|piece| wanted(piece)).map(|piece| piece.text().trim());
            texts.collect::<Vec<_>>().join(" | ")
        };
        let removed = joined(|piece| matches!(piece, Piece::Removed(_)));
        let added = joined(|piece| matches!(piece, Piece::Added(_)));
        let common = row.fate.common().map(|share| (share * 1000.0).round() / 1000.0);
        listing.push(vec![json!(row.fate.name()), json!(a), json!(b), json!(common), json!(removed), json!(added)]);
    }
    listing
}

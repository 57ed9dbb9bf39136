//! `show`: one document or thing on a terminal, with the sentences that show what is said of it.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

use anyhow::bail;
use clap::Args;
use oxigraph::model::{Literal, NamedNode, Term};
use oxigraph::sparql::{CancellationToken, QueryResults};
use resograph::graph::{iri, network};
use resograph::serve::describe;
use resograph::serve::elsewhere::Elsewhere;
use resograph::serve::evaluate::{self, Question};
use resograph::store::{self, Store};
use resograph::symbol::Symbol;

use super::{GraphDir, Outcome, voice::Voice};

/// Show one document, body, group or State: what it cites, what cites it, who is named where
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    resograph show \"S/RES/2388 (2017)\"\n  \
    resograph show S/RES/1267 --brief\n  \
    resograph show UNODC\n  \
    resograph show body/unodc")]
pub struct Show {
    /// Symbol, name, path or IRI
    #[arg(value_name = "SYMBOL")]
    name: String,
    /// Leave out the sentences
    #[arg(short, long)]
    brief: bool,
    #[command(flatten)]
    graph: GraphDir,
}

/// Columns that sentences are wrapped to.
const WIDTH: usize = 100;

/// A solution: its bound variables.
type Row = BTreeMap<String, Term>;

pub fn run(command: &Show, voice: &Voice) -> anyhow::Result<Outcome> {
    let store = store::open(&command.graph.graph)?;
    evaluate::with_stack(|| {
        let Some(this) = find(&store, &command.name)? else {
            voice.note(&format!("the graph has nothing called {:?}", command.name));
            return Ok(Outcome::NothingFound);
        };
        let view = View { store: &store, this, brief: command.brief };
        let mut out = BufWriter::new(io::stdout().lock());
        view.print(&mut out)?;
        out.flush()?;
        Ok(Outcome::Done)
    })?
}

fn rows(store: &Store, query: String) -> anyhow::Result<Vec<Row>> {
    let question = Question { query, ..Question::default() };
    let QueryResults::Solutions(solutions) =
        evaluate::start(store, &Elsewhere::default(), &question, CancellationToken::new())?
    else {
        bail!("a page is made from tables");
    };
    solutions.map(|s| Ok(s?.iter().map(|(v, t)| (v.as_str().to_owned(), t.clone())).collect())).collect()
}

/// The document or thing of an IRI, a symbol in any spelling, a path or a name.
pub fn find(store: &Store, name: &str) -> anyhow::Result<Option<NamedNode>> {
    let base = network::base(store)?;
    let symbol = Symbol::parse(name).map(|symbol| iri::document(&base, &symbol));
    let path = iri::absolute(&base, &format!("id/{}", iri::escape(name)));
    // What the authorities know by this acronym comes before what some text calls so.
    let body = iri::absolute(&base, &format!("id/body/{}", iri::escape(&name.to_lowercase())));
    for candidate in [Some(name.to_owned()), symbol, Some(path), Some(body)].into_iter().flatten() {
        if let Ok(node) = NamedNode::new(candidate)
            && store.triples(Some(node.as_ref().into()), None, None).next().is_some()
        {
            return Ok(Some(node));
        }
    }
    let found = rows(store, describe::search(&Literal::new_simple_literal(name)))?;
    let exact = found.iter().find(|row| text(row, "match").eq_ignore_ascii_case(name));
    match (exact, found.as_slice()) {
        (Some(row), _) | (None, [row]) => match row.get("thing") {
            Some(Term::NamedNode(node)) => Ok(Some(node.clone())),
            _ => Ok(None),
        },
        (None, []) => Ok(None),
        (None, several) => {
            let names: Vec<_> = several.iter().take(8).map(|row| text(row, "name")).collect();
            bail!("{name:?} may be one of {}: {}; give one of these", several.len(), names.join("; "))
        }
    }
}

fn text<'r>(row: &'r Row, name: &str) -> &'r str {
    match row.get(name) {
        Some(Term::Literal(literal)) => literal.value(),
        Some(Term::NamedNode(node)) => node.as_str(),
        _ => "",
    }
}

/// What an IRI ends with: `op12` of a paragraph, `confirms` of a property.
fn last<'r>(row: &'r Row, name: &str) -> &'r str {
    text(row, name).rsplit(['/', '#']).next().unwrap_or_default()
}

/// A document or thing about to be printed.
struct View<'s> {
    store: &'s Store,
    this: NamedNode,
    brief: bool,
}

impl View<'_> {
    fn ask(&self, name: &str) -> anyhow::Result<Vec<Row>> {
        rows(self.store, describe::about(name, &self.this))
    }

    fn print(&self, out: &mut impl Write) -> anyhow::Result<()> {
        self.head(out)?;
        self.citations(out, "Cites", &self.ask("cites")?)?;
        self.citations(out, "Cited by", &self.ask("cited-by")?)?;
        self.statements(out, &self.ask("relations")?)?;
        for row in self.ask("authorities")? {
            writeln!(out, "{} {}", text(&row, "says"), text(&row, "name"))?;
        }
        self.names(out, &self.ask("names")?)?;
        let naming = self.ask("named-in")?;
        if !naming.is_empty() {
            writeln!(out, "\nNamed in {}", counted(naming.len(), "document"))?;
        }
        for row in &naming {
            writeln!(out, "{}", format!("  {}  {}", text(row, "name"), text(row, "title")).trim_end())?;
            self.sentence(out, row)?;
        }
        let unresolved = self.ask("unresolved")?;
        if !unresolved.is_empty() {
            writeln!(out, "\nNot resolved")?;
        }
        for row in &unresolved {
            writeln!(out, "  {:6} {}  ({})", fragment(row), text(row, "words"), text(row, "reason"))?;
            self.sentence(out, row)?;
        }
        Ok(())
    }

    fn head(&self, out: &mut impl Write) -> anyhow::Result<()> {
        let facts = self.ask("facts")?;
        let of = |name: &str| facts.iter().filter(|f| last(f, "property") == name).collect::<Vec<_>>();
        let shown = |name: &str| {
            let values =
                of(name).into_iter().map(|f| if f.contains_key("name") { text(f, "name") } else { text(f, "value") });
            values.collect::<Vec<_>>().join("; ")
        };
        writeln!(out, "{}", format!("{}  {}", shown("label"), shown("title")).trim_end())?;
        writeln!(out, "{}", self.this.as_str())?;
        const FACTS: [(&str, &str); 12] = [
            ("date_document", "date"),
            ("passed_by", "organ"),
            ("adoptedAt", "meeting"),
            ("agendaItem", "agenda item"),
            ("chapterVII", "Chapter VII"),
            ("sponsor", "sponsors"),
            ("is_about", "subjects"),
            ("altLabel", "also called"),
            ("subOrganizationOf", "part of"),
            ("headedBy", "headed by"),
            ("listNumber", "list number"),
            ("adopted", "adopted"),
        ];
        for (property, title) in FACTS {
            let value = shown(property);
            if !value.is_empty() {
                wrapped(out, &format!("{title:12} "), &value)?;
            }
        }
        let vote = self.ask("vote")?;
        let count = |what: &str| vote.iter().find(|v| text(v, "what") == what).map_or("0", |v| text(v, "value"));
        if vote.iter().any(|v| text(v, "what") == "in favour") {
            writeln!(out, "{:12} {}-{}-{}", "vote", count("in favour"), count("against"), count("abstaining"))?;
        }
        for source in self.ask("sources")? {
            writeln!(out, "{:12} {} ({})", "file", text(&source, "path"), text(&source, "kind"))?;
        }
        Ok(())
    }

    fn citations(&self, out: &mut impl Write, title: &str, citations: &[Row]) -> anyhow::Result<()> {
        if citations.is_empty() {
            return Ok(());
        }
        let documents: std::collections::BTreeSet<_> = citations.iter().map(|row| text(row, "other")).collect();
        writeln!(out, "\n{title} {}", counted(documents.len(), "document"))?;
        for (n, row) in citations.iter().enumerate() {
            let pinpoint = text(row, "pinpoint");
            let comma = if pinpoint.is_empty() { "" } else { ", " };
            let verb = text(row, "verb");
            let line = format!(
                "  {:6} {verb:14} {}{comma}{pinpoint}  {}",
                fragment(row),
                text(row, "name"),
                text(row, "title")
            );
            writeln!(out, "{}", line.trim_end())?;
            // A sentence that shows several citations is said once, after the last of them.
            if citations.get(n + 1).is_none_or(|next| text(next, "sentence") != text(row, "sentence")) {
                self.sentence(out, row)?;
            }
        }
        Ok(())
    }

    fn statements(&self, out: &mut impl Write, statements: &[Row]) -> anyhow::Result<()> {
        for (way, title) in [("out", "Says"), ("in", "Said of it")] {
            let mut first = true;
            for row in statements.iter().filter(|row| text(row, "way") == way) {
                if std::mem::take(&mut first) {
                    writeln!(out, "\n{title}")?;
                }
                let until = text(row, "until");
                let until = if until.is_empty() { String::new() } else { format!(", until {until}") };
                let what = [last(row, "predicate"), text(row, "verb")].join(" ");
                writeln!(out, "  {:6} {what:26} {}{until}", fragment(row), text(row, "name"))?;
                self.sentence(out, row)?;
            }
        }
        Ok(())
    }

    fn names(&self, out: &mut impl Write, names: &[Row]) -> anyhow::Result<()> {
        let titles =
            [("body", "Bodies"), ("group", "Groups"), ("state", "States"), ("role", "Offices"), ("person", "Persons")];
        for (kind, title) in titles {
            let named: Vec<_> = names.iter().filter(|row| text(row, "kind") == kind).collect();
            if named.is_empty() {
                continue;
            }
            writeln!(out, "\n{title} ({})", named.len())?;
            for row in named {
                writeln!(out, "  {}", text(row, "name"))?;
                self.sentence(out, row)?;
            }
        }
        Ok(())
    }

    fn sentence(&self, out: &mut impl Write, row: &Row) -> io::Result<()> {
        let sentence = text(row, "sentence");
        if self.brief || sentence.is_empty() {
            return Ok(());
        }
        wrapped(out, "         ", &format!("“{sentence}”"))
    }
}

fn fragment(row: &Row) -> &str {
    text(row, "paragraph").split_once('#').map_or("", |(_, fragment)| fragment)
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Text with an indentation, as wide as `first` is, wrapped.
pub fn wrapped(out: &mut impl Write, first: &str, text: &str) -> io::Result<()> {
    let indent = first.chars().count();
    let mut line = first.to_owned();
    let mut width = indent;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if width > indent && width + 1 + length > WIDTH {
            writeln!(out, "{line}")?;
            line = " ".repeat(indent);
            width = indent;
        } else if width > indent {
            line.push(' ');
            width += 1;
        }
        line.push_str(word);
        width += length;
    }
    writeln!(out, "{line}")
}

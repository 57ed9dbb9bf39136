//! `query`: SPARQL over a built graph.

use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use oxigraph::sparql::CancellationToken;
use resograph::serve::elsewhere::Elsewhere;
use resograph::serve::evaluate::{self, GRAPHS, Question, RESULTS};
use resograph::serve::saved;
use resograph::store::{self, Store};

use super::{GraphDir, Outcome, table, voice::Voice};

/// Ask the graph in SPARQL
#[derive(Debug, Args)]
#[command(after_help = "The usual prefixes (cito, eli, rdfs, rg, skos, undo ...) need not be declared.\n\n\
    Examples:\n  \
    resograph query --list\n  \
    resograph query --saved most-cited\n  \
    resograph query --saved most-cited --format csv > most-cited.csv\n  \
    resograph query 'SELECT ?symbol { ?work eli:id_local ?symbol } ORDER BY ?symbol'\n  \
    resograph query --file mine.rq --format json\n  \
    echo 'ASK { ?a eli:cites ?b }' | resograph query -")]
pub struct Query {
    /// The query, or - to read it from stdin
    #[arg(required_unless_present_any = ["file", "saved", "list"], conflicts_with_all = ["file", "saved"])]
    sparql: Option<String>,
    /// Read the query from a file
    #[arg(short, long, value_name = "FILE", conflicts_with = "saved")]
    file: Option<PathBuf>,
    /// Use a query that comes with the program
    #[arg(short, long, value_name = "NAME")]
    saved: Option<String>,
    /// List the queries that come with the program
    #[arg(long)]
    list: bool,
    #[command(flatten)]
    graph: GraphDir,
    /// How to print the answer [default: table on a terminal, else csv; graphs as ttl]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Columns for reading
    Table,
    Csv,
    Tsv,
    Json,
    Xml,
    Ttl,
    Nt,
    Jsonld,
}

pub fn run(command: &Query, voice: &Voice) -> anyhow::Result<Outcome> {
    if command.list {
        return list();
    }
    let question = Question { query: text(command)?, ..Question::default() };
    let store = store::open(&command.graph.graph)?;
    let format = command.format;
    let count = evaluate::with_stack(|| answer(&store, &question, format))??;
    if count == 0 {
        voice.note("nothing found");
    }
    Ok(Outcome::found(count > 0))
}

fn list() -> anyhow::Result<Outcome> {
    let mut out = io::stdout().lock();
    let width = saved::QUERIES.iter().map(|q| q.name.len()).max().unwrap_or(0);
    for query in saved::QUERIES {
        writeln!(out, "{:width$}  {}", query.name, query.about())?;
    }
    Ok(Outcome::Done)
}

fn text(command: &Query) -> anyhow::Result<String> {
    if let Some(name) = &command.saved {
        let Some(query) = saved::find(name) else {
            bail!("there is no saved query {name:?}; \"resograph query --list\" names them all");
        };
        return Ok(query.query.to_owned());
    }
    if let Some(file) = &command.file {
        return std::fs::read_to_string(file).with_context(|| format!("{}: cannot be read", file.display()));
    }
    match command.sparql.as_deref() {
        Some("-") => {
            let mut text = String::new();
            io::stdin().read_to_string(&mut text).context("the query on stdin cannot be read")?;
            Ok(text)
        }
        Some(sparql) => Ok(sparql.to_owned()),
        None => bail!("say what to ask: a query, --file or --saved"),
    }
}

/// Runs the query and prints its answer; says how much there was.
fn answer(store: &Store, question: &Question, format: Option<Format>) -> anyhow::Result<usize> {
    let results = evaluate::start(store, &Elsewhere::default(), question, CancellationToken::new())?;
    let offers = evaluate::offers(&results);
    let mut out = BufWriter::new(io::stdout().lock());
    let is_graph = offers == GRAPHS;
    let count = match format {
        None if !is_graph && io::stdout().is_terminal() => table::write(results, usize::MAX, &mut out)?,
        Some(Format::Table) if !is_graph => table::write(results, usize::MAX, &mut out)?,
        None if is_graph => evaluate::write(results, GRAPHS[0], usize::MAX, &mut out)?,
        None => evaluate::write(results, RESULTS[2], usize::MAX, &mut out)?,
        Some(format) => {
            let name = format.to_possible_value().map(|v| v.get_name().to_owned()).unwrap_or_default();
            let Some(found) = evaluate::named(&name, offers) else {
                let kind = if is_graph {
                    "a graph: use ttl, nt or jsonld"
                } else {
                    "a table: use table, csv, tsv, json or xml"
                };
                bail!("--format {name} does not fit: the answer to this query is {kind}");
            };
            evaluate::write(results, found, usize::MAX, &mut out)?
        }
    };
    if matches!(format, Some(Format::Json)) {
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(count)
}

/// Prints what a saved query answers, at most `most` rows of it.
pub fn print_saved(store: &Store, name: &str, most: usize) -> anyhow::Result<()> {
    let Some(query) = saved::find(name) else { return Ok(()) };
    let question = Question { query: query.query.to_owned(), ..Question::default() };
    evaluate::with_stack(|| {
        let results = evaluate::start(store, &Elsewhere::default(), &question, CancellationToken::new())?;
        let mut out = io::stdout().lock();
        writeln!(out, "\n{}", query.about())?;
        table::write(results, most, &mut out).map(|_| ())
    })?
}

/// Runs a saved query and prints its answer as `query --saved` does; says how much there was.
pub fn run_saved(store: &Store, name: &str) -> anyhow::Result<usize> {
    let query = saved::find(name).map_or("", |q| q.query).to_owned();
    evaluate::with_stack(|| answer(store, &Question { query, ..Question::default() }, None))?
}

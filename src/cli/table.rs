//! Query results as columns for reading.

use std::io::{self, Write};

use oxigraph::model::Term;
use oxigraph::sparql::QueryResults;
use resograph::ontology::vocab;

use super::marks::line;

/// Characters of a cell; more is cut off with an ellipsis. Other formats give everything.
const WIDEST: usize = 72;

/// Prints the results, at most `most` rows of them; says how many rows were printed.
pub fn write(results: QueryResults<'_>, most: usize, out: &mut impl Write) -> anyhow::Result<usize> {
    let solutions = match results {
        QueryResults::Boolean(value) => {
            writeln!(out, "{}", if value { "yes" } else { "no" })?;
            return Ok(1);
        }
        QueryResults::Graph(_) => anyhow::bail!("a graph is no table: use --format ttl"),
        QueryResults::Solutions(solutions) => solutions,
    };
    let head: Vec<String> = solutions.variables().iter().map(|v| v.as_str().to_owned()).collect();
    let mut numeric = vec![true; head.len()];
    let mut rows = Vec::new();
    for solution in solutions.take(most) {
        let solution = solution?;
        let values = solution.values().iter();
        for (is_number, value) in numeric.iter_mut().zip(values.clone()) {
            *is_number &=
                value.as_ref().is_none_or(|v| matches!(v, Term::Literal(l) if l.value().parse::<f64>().is_ok()));
        }
        rows.push(values.map(|v| v.as_ref().map_or(String::new(), cell)).collect::<Vec<_>>());
    }
    let count = rows.len();
    columns(&head, &rows, &numeric, out)?;
    Ok(count)
}

/// Prints rows below their heads, columns of numbers to the right.
pub fn columns(head: &[String], rows: &[Vec<String>], numeric: &[bool], out: &mut impl Write) -> io::Result<()> {
    let width = |column: usize| {
        rows.iter().map(Vec::as_slice).chain([head]).map(|r| r[column].chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let rule: Vec<String> = widths.iter().map(|&w| "─".repeat(w)).collect();
    for row in [head, &rule].into_iter().chain(rows.iter().map(Vec::as_slice)) {
        let mut line = String::new();
        for ((text, &width), &right) in row.iter().zip(&widths).zip(numeric) {
            let gap = " ".repeat(width - text.chars().count());
            line += &if right { format!("{gap}{text}  ") } else { format!("{text}{gap}  ") };
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// A term on one line: literals without quotes, IRIs with their prefix.
fn cell(term: &Term) -> String {
    let text = match term {
        Term::NamedNode(node) => shorten(node.as_str()),
        Term::Literal(literal) => literal.value().to_owned(),
        other => other.to_string(),
    };
    short(&text)
}

/// On one line, cut off where it is too wide for a column.
pub fn short(text: &str) -> String {
    let line = line(text);
    if line.chars().count() <= WIDEST {
        return line;
    }
    line.chars().take(WIDEST - 1).chain(['…']).collect()
}

fn shorten(iri: &str) -> String {
    let fits = |(prefix, namespace): &(&str, &str)| Some(format!("{prefix}:{}", iri.strip_prefix(namespace)?));
    vocab::PREFIXES.iter().find_map(fits).unwrap_or_else(|| iri.to_owned())
}

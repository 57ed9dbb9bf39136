//! Answers as a page, for a browser that asks the endpoint itself.

use std::fmt::Write as _;
use std::io::Write;

use oxigraph::model::Term;
use oxigraph::sparql::QueryResults;

use super::evaluate::{self, GRAPHS, QueryError, Question};
use crate::export::xml as escaped;

const HEAD: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Answer · resograph</title>\n\
    <link rel=\"stylesheet\" href=\"/style.css\">\n</head>\n<body>\n<main>\n<h1>Answer</h1>\n";
const FOOT: &str = "</main>\n</body>\n</html>\n";

/// Writes an answer of at most `most` rows as a page; says how many there are.
///
/// # Errors
/// When evaluation or writing fails on the way, or there are more rows.
pub fn write(
    results: QueryResults<'_>,
    question: &Question,
    most: usize,
    mut out: impl Write,
) -> Result<usize, QueryError> {
    writeln!(out, "{HEAD}<details><summary>Query</summary><pre>{}</pre></details>", escaped(&question.query))?;
    let count = match results {
        QueryResults::Boolean(value) => {
            writeln!(out, "<p>{}</p>", if value { "Yes" } else { "No" })?;
            1
        }
        QueryResults::Graph(_) => {
            let mut text = Escaping(&mut out);
            text.0.write_all(b"<pre>")?;
            let count = evaluate::write(results, GRAPHS[0], most, &mut text)?;
            text.0.write_all(b"</pre>\n")?;
            count
        }
        QueryResults::Solutions(solutions) => {
            write!(out, "<table>\n<thead><tr>")?;
            for variable in solutions.variables() {
                write!(out, "<th scope=\"col\">{}</th>", escaped(variable.as_str()))?;
            }
            writeln!(out, "</tr></thead>\n<tbody>")?;
            let variables = solutions.variables().to_vec();
            let mut count = 0;
            for solution in solutions {
                let solution = solution?;
                count += 1;
                if count > most {
                    return Err(QueryError::TooManyRows(most));
                }
                let mut row = String::from("<tr>");
                for variable in &variables {
                    row += "<td>";
                    cell(solution.get(variable), question.base.as_deref(), &mut row);
                    row += "</td>";
                }
                writeln!(out, "{row}</tr>")?;
            }
            writeln!(out, "</tbody>\n</table>\n<p>{count} rows</p>")?;
            count
        }
    };
    out.write_all(FOOT.as_bytes())?;
    Ok(count)
}

/// IRIs that this server knows lead to its own pages, others to the web.
fn cell(term: Option<&Term>, base: Option<&str>, out: &mut String) {
    match term {
        None => {}
        Some(Term::NamedNode(node)) => {
            let iri = node.as_str();
            let own = base.and_then(|base| iri.strip_prefix(base)).filter(|rest| rest.starts_with(['i', 's']));
            let address = own.map_or_else(|| iri.to_owned(), |rest| format!("/{rest}"));
            if own.is_some() || iri.starts_with("http://") || iri.starts_with("https://") {
                let _ = write!(out, "<a href=\"{}\">{}</a>", escaped(&address), escaped(own.unwrap_or(iri)));
            } else {
                *out += &escaped(iri);
            }
        }
        Some(Term::Literal(literal)) => match literal.language() {
            Some(language) => {
                let _ = write!(out, "<span lang=\"{}\">{}</span>", escaped(language), escaped(literal.value()));
            }
            None => *out += &escaped(literal.value()),
        },
        Some(other) => *out += &escaped(&other.to_string()),
    }
}

/// Escapes what is written to it. The bytes that are replaced stand for themselves in UTF-8, wherever it is cut.
struct Escaping<W>(W);

impl<W: Write> Write for Escaping<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        for byte in bytes {
            match byte {
                b'&' => self.0.write_all(b"&amp;")?,
                b'<' => self.0.write_all(b"&lt;")?,
                b'>' => self.0.write_all(b"&gt;")?,
                byte => self.0.write_all(&[*byte])?,
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

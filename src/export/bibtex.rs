//! BibTeX: how a document is cited in a paper written with LaTeX.

use std::fmt::Write;

use super::reference::Reference;
use crate::graph::network::Kind;

/// The entry of a document.
#[must_use]
pub fn entry(reference: &Reference) -> String {
    let kind = reference.genre();
    let class = match reference.kind {
        Kind::Resolution | Kind::Statement | Kind::Draft | Kind::Report => "techreport",
        _ => "misc",
    };
    let note = (class == "misc" && !kind.is_empty()).then(|| kind.to_owned());
    let [institution, report] =
        [Some("United Nations"), Some(kind)].map(|text| text.filter(|_| class == "techreport").map(str::to_owned));
    let fields = [
        ("author", reference.organ.as_deref().map(|organ| format!("{{{}}}", escape(organ)))),
        ("title", Some(format!("{{{}}}", escape(&reference.title)))),
        ("type", report),
        ("number", reference.symbol.as_deref().map(escape)),
        ("institution", institution),
        ("year", reference.year.clone()),
        ("date", reference.date.clone()),
        ("note", note),
        ("url", Some(reference.iri.clone())),
    ];
    let mut out = format!("@{class}{{{},\n", reference.key);
    for (name, value) in fields {
        if let Some(value) = value {
            let _ = writeln!(out, "  {name} = {{{value}}},");
        }
    }
    out.push_str("}\n");
    out
}

/// What TeX would take for a command.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_no_commands() {
        assert_eq!(escape("50 % of {A_1} \\x"), "50 \\% of \\{A\\_1\\} \\textbackslash{}x");
    }
}

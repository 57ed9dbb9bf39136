//! BibTeX: how a document is cited in a paper.

use std::fmt::Write;

use oxigraph::store::StorageError;

use crate::graph::network::around::{iris, literals};
use crate::graph::network::{Kind, Node};
use crate::ontology::vocab as v;
use crate::store::Store;

/// The entry of a document; `None` for what is none.
///
/// # Errors
/// When the store cannot be read.
pub fn entry(store: &Store, node: &Node) -> Result<Option<String>, StorageError> {
    let (class, kind) = match node.kind {
        Kind::Resolution => ("techreport", "Resolution"),
        Kind::Statement => ("techreport", "Statement by the President"),
        Kind::Draft => ("techreport", "Draft resolution"),
        Kind::Report => ("techreport", "Report"),
        Kind::Letter => ("misc", "Letter"),
        Kind::Instrument => ("misc", "Instrument"),
        Kind::Document => ("misc", "Document"),
        Kind::Article | Kind::Text => ("misc", ""),
        Kind::Body | Kind::Group | Kind::State | Kind::Role | Kind::Person | Kind::Actor => return Ok(None),
    };
    let first = |property| Ok::<_, StorageError>(literals(store, &node.iri, property)?.into_iter().next().map(|l| l.0));
    let organ = match iris(store, &node.iri, v::ELI_PASSED_BY)?.first() {
        Some(organ) => literals(store, organ, v::RDFS_LABEL)?.into_iter().next().map(|(label, _)| label),
        None => None,
    };
    let symbol = first(v::ELI_ID_LOCAL)?;
    let date = first(v::ELI_DATE_DOCUMENT)?;
    let year = date.as_ref().and_then(|date| date.get(..4)).map(str::to_owned);
    let year = year.or_else(|| node.year.map(|year| year.to_string()));
    let note = (class == "misc" && !kind.is_empty()).then(|| kind.to_owned());
    let [institution, report] =
        [Some("United Nations"), Some(kind)].map(|text| text.filter(|_| class == "techreport").map(str::to_owned));
    let fields = [
        ("author", organ.map(|organ| format!("{{{}}}", escape(&organ)))),
        ("title", Some(format!("{{{}}}", escape(node.title.as_ref().unwrap_or(&node.label))))),
        ("type", report),
        ("number", symbol.as_deref().map(escape)),
        ("institution", institution),
        ("year", year),
        ("date", date),
        ("note", note),
        ("url", Some(node.iri.clone())),
    ];
    let mut out = format!("@{class}{{{},\n", key(&node.label));
    for (name, value) in fields {
        if let Some(value) = value {
            let _ = writeln!(out, "  {name} = {{{value}}},");
        }
    }
    out.push_str("}\n");
    Ok(Some(out))
}

/// Letters and digits, hyphens between them: what every program takes for a key.
fn key(label: &str) -> String {
    let parts: Vec<_> = label.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "document".into() } else { parts.join("-") }
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
    fn keys_are_plain_and_texts_are_no_commands() {
        assert_eq!(key("S/RES/2388 (2017)"), "S-RES-2388-2017");
        assert_eq!(key("\u{5b89}"), "document");
        assert_eq!(escape("50 % of {A_1} \\x"), "50 \\% of \\{A\\_1\\} \\textbackslash{}x");
    }
}

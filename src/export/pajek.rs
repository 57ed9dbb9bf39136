//! Pajek: the network (`.net`), partitions (`.clu`) and vectors (`.vec`) of the same vertices.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use super::variables::{Type, Value};
use super::{Chosen, ExportError};

/// The network: vertices by number, arcs with how often they are stated, and the relation as label.
///
/// Readers know a vertex by its label, so that no two are the same.
pub(super) fn write(chosen: &Chosen<'_>, mut out: impl Write) -> Result<(), ExportError> {
    let graph = &chosen.network.graph;
    let mut uses: HashMap<String, usize> = HashMap::new();
    for place in &chosen.selection.nodes {
        *uses.entry(plain(&graph[*place].label)).or_default() += 1;
    }
    let number: HashMap<_, usize> = chosen.selection.nodes.iter().copied().zip(1..).collect();
    writeln!(out, "*Vertices {}", chosen.selection.nodes.len())?;
    for (place, number) in chosen.selection.nodes.iter().zip(1..) {
        let node = &graph[*place];
        let label = plain(&node.label);
        let label = if uses.get(&label).is_some_and(|uses| *uses > 1) {
            format!("{label} <{}>", plain(&node.iri))
        } else {
            label
        };
        writeln!(out, "{number} \"{label}\"")?;
    }
    writeln!(out, "*Arcs")?;
    for (place, from, to) in chosen.ends() {
        let edge = &graph[place];
        let (Some(from), Some(to)) = (number.get(&from), number.get(&to)) else { continue };
        writeln!(out, "{from} {to} {} l \"{}\"", edge.count.max(1), edge.relation)?;
    }
    Ok(())
}

/// What belongs to a network beside it: the end of the file's name, and its content.
///
/// Partitions by kind, year, organ and community, numbered from 1 in order of name (years by themselves), 0 where
/// there is none; a vector of every other variable that is a number and that every vertex has, or 0.
///
/// # Errors
/// When the store cannot be read.
pub fn beside(chosen: &Chosen<'_>) -> Result<Vec<(String, Vec<u8>)>, ExportError> {
    let nodes = chosen.nodes()?;
    let rows = chosen.selection.nodes.len();
    let mut files = Vec::new();
    for (at, column) in nodes.columns().iter().enumerate() {
        let values: Vec<&Value> = (0..rows).map(|row| nodes.value(row, at)).collect();
        let file = match (column.name, column.kind) {
            ("kind" | "organ" | "community", _) => Some(("clu", partition(&values))),
            ("year", _) => Some(("clu", numbers(&values))),
            (_, Type::Whole | Type::Number) => Some(("vec", numbers(&values))),
            _ => None,
        };
        if let Some((extension, lines)) = file {
            let mut content = Vec::new();
            listed(&lines, &mut content)?;
            files.push((format!("{}.{extension}", column.name), content));
        }
    }
    Ok(files)
}

fn partition(values: &[&Value]) -> Vec<String> {
    let names: BTreeMap<String, usize> =
        values.iter().filter(|v| v.is_something()).map(|v| (v.to_string(), 0)).collect();
    let names: BTreeMap<&String, usize> = names.keys().zip(1..).collect();
    values.iter().map(|value| names.get(&value.to_string()).copied().unwrap_or_default().to_string()).collect()
}

fn numbers(values: &[&Value]) -> Vec<String> {
    let number = |value: &&Value| if value.is_something() { value.to_string() } else { "0".to_owned() };
    values.iter().map(number).collect()
}

/// Pajek reads lines that end as those of Windows do, and others.
fn listed(lines: &[String], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "*Vertices {}", lines.len())?;
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))
}

/// One line without quotation marks, and without the sign that readers take for an escape.
fn plain(text: &str) -> String {
    let tame = |c: char| match c {
        '"' => '\'',
        '\\' => '/',
        c if c.is_control() => ' ',
        c => c,
    };
    text.chars().map(tame).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_lines_that_readers_take_whole() {
        assert_eq!(plain("a \"b\"\\c\nd"), "a 'b'/c d");
    }

    #[test]
    fn partitions_are_numbered_by_name() {
        let [a, b] = [Value::text("beta"), Value::text("alpha")];
        assert_eq!(partition(&[&a, &b, &Value::Nothing, &a]), ["2", "1", "0", "2"]);
        assert_eq!(numbers(&[&Value::Whole(1990), &Value::Nothing, &Value::Number(0.25)]), ["1990", "0", "0.25"]);
    }
}

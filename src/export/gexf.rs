//! GEXF 1.3, the format of Gephi: dynamic, so that its timeline shows the network as it stood.
//!
//! A document is there from its date on, or from the first day of its year where only that is known; what has no date
//! was always there. An edge is there from the date of what states it.

use std::io::Write;

use super::variables::{Column, Edges, Type, Value};
use super::{Chosen, ExportError, look, xml};
use crate::graph::network::Node;

/// What the format has words of its own for is not an attribute.
const LABEL: &str = "label";
const COUNT: &str = "count";

pub(super) fn write(chosen: &Chosen<'_>, mut out: impl Write) -> Result<(), ExportError> {
    let nodes = chosen.nodes()?;
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" version=\"1.3\">")?;
    writeln!(
        out,
        "  <graph defaultedgetype=\"directed\" mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\">"
    )?;
    attributes(&mut out, "node", nodes.columns())?;
    attributes(&mut out, "edge", &Edges::COLUMNS)?;
    writeln!(out, "    <nodes>")?;
    for (row, place) in chosen.selection.nodes.iter().enumerate() {
        let node = &chosen.network.graph[*place];
        writeln!(out, "      <node id=\"{}\" label=\"{}\"{}>", xml(&node.iri), xml(&node.label), start(node))?;
        values(&mut out, nodes.columns().iter().zip(nodes.row(row)))?;
        let [r, g, b] = look::rgb(look::fill(node.kind));
        writeln!(out, "        <viz:color r=\"{r}\" g=\"{g}\" b=\"{b}\"/>\n      </node>")?;
    }
    writeln!(out, "    </nodes>\n    <edges>")?;
    let edges = chosen.edges();
    for (place, from, to) in chosen.ends() {
        let (edge, from, to) = (&chosen.network.graph[place], &chosen.network.graph[from], &chosen.network.graph[to]);
        let (id, kind) = (place.index(), edge.relation.name());
        let (source, target, weight) = (xml(&from.iri), xml(&to.iri), edge.count.max(1));
        writeln!(
            out,
            "      <edge id=\"{id}\" source=\"{source}\" target=\"{target}\" kind=\"{kind}\" label=\"{kind}\" weight=\"{weight}\"{}>",
            start(from)
        )?;
        values(&mut out, Edges::COLUMNS.iter().zip(&edges.row(place)?))?;
        let [r, g, b] = look::rgb(look::look(edge).1);
        writeln!(out, "        <viz:color r=\"{r}\" g=\"{g}\" b=\"{b}\"/>\n      </edge>")?;
    }
    Ok(writeln!(out, "    </edges>\n  </graph>\n</gexf>")?)
}

fn start(node: &Node) -> String {
    match (node.date, node.year) {
        (Some(date), _) => format!(" start=\"{date}\""),
        (None, Some(year)) if (1..=9999).contains(&year) => format!(" start=\"{year:04}-01-01\""),
        _ => String::new(),
    }
}

/// Declares attributes. Days are strings: readers know no type for them but that of the timeline.
fn attributes(out: &mut impl Write, class: &str, columns: &[Column]) -> Result<(), ExportError> {
    writeln!(out, "    <attributes class=\"{class}\" mode=\"static\">")?;
    for column in columns.iter().filter(|column| ![LABEL, COUNT].contains(&column.name)) {
        let (name, kind) = (column.name, column.kind);
        let kind = match kind {
            Type::Text | Type::List | Type::Day => "string",
            Type::Whole => "integer",
            Type::Number => "double",
            Type::Truth => "boolean",
        };
        writeln!(out, "      <attribute id=\"{name}\" title=\"{name}\" type=\"{kind}\"/>")?;
    }
    Ok(writeln!(out, "    </attributes>")?)
}

fn values<'v>(out: &mut impl Write, values: impl Iterator<Item = (&'v Column, &'v Value)>) -> Result<(), ExportError> {
    writeln!(out, "        <attvalues>")?;
    for (column, value) in
        values.filter(|(column, value)| value.is_something() && ![LABEL, COUNT].contains(&column.name))
    {
        writeln!(out, "          <attvalue for=\"{}\" value=\"{}\"/>", column.name, xml(&value.to_string()))?;
    }
    Ok(writeln!(out, "        </attvalues>")?)
}

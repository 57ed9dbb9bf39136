//! GraphML.

use std::io::Write;

use super::variables::{Column, Edges, Type, Value};
use super::{Chosen, ExportError, xml};

/// Whom an attribute is of.
#[derive(Debug, Clone, Copy)]
enum Of {
    Node,
    Edge,
}

impl Of {
    fn name(self) -> &'static str {
        match self {
            Self::Node => "node",
            Self::Edge => "edge",
        }
    }
}

pub(super) fn write(chosen: &Chosen<'_>, mut out: impl Write) -> Result<(), ExportError> {
    let nodes = chosen.nodes()?;
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">"
    )?;
    nodes.columns().iter().try_for_each(|column| key(&mut out, Of::Node, column))?;
    Edges::COLUMNS.iter().try_for_each(|column| key(&mut out, Of::Edge, column))?;
    writeln!(out, "  <graph edgedefault=\"directed\">")?;
    for (row, place) in chosen.selection.nodes.iter().enumerate() {
        writeln!(out, "    <node id=\"n{}\">", place.index())?;
        for (column, value) in nodes.columns().iter().zip(nodes.row(row)) {
            data(&mut out, Of::Node, column, value)?;
        }
        writeln!(out, "    </node>")?;
    }
    let edges = chosen.edges();
    for (place, from, to) in chosen.ends() {
        writeln!(out, "    <edge id=\"e{}\" source=\"n{}\" target=\"n{}\">", place.index(), from.index(), to.index())?;
        for (column, value) in Edges::COLUMNS.iter().zip(edges.row(place)?) {
            data(&mut out, Of::Edge, column, &value)?;
        }
        writeln!(out, "    </edge>")?;
    }
    Ok(writeln!(out, "  </graph>\n</graphml>")?)
}

/// How often an edge is stated is what tools look for as its weight.
fn name(column: &Column, of: Of) -> &'static str {
    match (of, column.name) {
        (Of::Edge, "count") => "weight",
        (_, name) => name,
    }
}

/// Declares an attribute; nodes and edges have some of the same name, but no identifier may occur twice.
fn key(out: &mut impl Write, of: Of, column: &Column) -> Result<(), ExportError> {
    let kind = match column.kind {
        Type::Text | Type::List | Type::Day => "string",
        Type::Whole => "int",
        Type::Number => "double",
        Type::Truth => "boolean",
    };
    let (of_name, name) = (of.name(), name(column, of));
    Ok(writeln!(out, "  <key id=\"{of_name}.{name}\" for=\"{of_name}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?)
}

fn data(out: &mut impl Write, of: Of, column: &Column, value: &Value) -> Result<(), ExportError> {
    if !value.is_something() {
        return Ok(());
    }
    let (of_name, name) = (of.name(), name(column, of));
    Ok(writeln!(out, "      <data key=\"{of_name}.{name}\">{}</data>", xml(&value.to_string()))?)
}

//! Tables of edges and nodes as CSV.

use std::io::Write;

use super::variables::{Edges, Value};
use super::{Chosen, ExportError};

/// Columns of [`Edges`] that stand in front, between the names of the two ends and their IRIs.
const IN_FRONT: usize = 5;

/// The edges, a row each.
///
/// # Errors
/// When the store cannot be read, or `out` cannot be written to.
pub fn edges(chosen: &Chosen<'_>, out: impl Write) -> Result<(), ExportError> {
    let mut table = csv::Writer::from_writer(out);
    let names = Edges::COLUMNS.map(|column| column.name);
    let (front, back) = names.split_at(IN_FRONT);
    table.write_record(["source", "target"].iter().chain(front).chain(&["source_iri", "target_iri"]).chain(back))?;
    let edges = chosen.edges();
    for (place, from, to) in chosen.ends() {
        let (from, to) = (&chosen.network.graph[from], &chosen.network.graph[to]);
        let values = edges.row(place)?.map(|value| value.to_string());
        let (front, back) = values.split_at(IN_FRONT);
        let ends = [&from.label, &to.label];
        table.write_record(ends.into_iter().chain(front).chain([&from.iri, &to.iri]).chain(back))?;
    }
    Ok(table.flush()?)
}

/// The nodes, a row each.
///
/// # Errors
/// When the store cannot be read, or `out` cannot be written to.
pub fn nodes(chosen: &Chosen<'_>, out: impl Write) -> Result<(), ExportError> {
    let nodes = chosen.nodes()?;
    let mut table = csv::Writer::from_writer(out);
    table.write_record(nodes.columns().iter().map(|column| column.name))?;
    for row in 0..chosen.selection.nodes.len() {
        table.write_record(nodes.row(row).into_iter().map(Value::to_string))?;
    }
    Ok(table.flush()?)
}

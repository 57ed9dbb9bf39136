//! JSON: that of Cytoscape, and the node-link form of NetworkX and D3. A node or edge a line.

use std::io::Write;

use serde_json::{Map, Value as Json, json};

use super::variables::{Column, Edges, Nodes, Value};
use super::{Chosen, ExportError};

/// The JSON that Cytoscape reads.
pub(super) fn cytoscape(chosen: &Chosen<'_>, mut out: impl Write) -> Result<(), ExportError> {
    let nodes = chosen.nodes()?;
    let head = json!({ "name": "resograph" });
    write!(out, "{{\"format_version\":\"1.0\",\"directed\":true,\"multigraph\":true,\"data\":{head},\"elements\":{{")?;
    write!(out, "\"nodes\":[")?;
    for row in 0..chosen.selection.nodes.len() {
        let mut data = with_values(&nodes, row);
        // NetworkX takes its nodes from "value", and what people see from "name".
        let iri = data.get("iri").cloned().unwrap_or_default();
        let label = data.get("label").cloned().unwrap_or_default();
        data.extend([("id".into(), iri.clone()), ("value".into(), iri), ("name".into(), label)]);
        line(&mut out, row, &json!({ "data": data }))?;
    }
    write!(out, "\n],\n\"edges\":[")?;
    let edges = chosen.edges();
    for (n, (place, from, to)) in chosen.ends().enumerate() {
        let mut data = object(Edges::COLUMNS.iter().zip(&edges.row(place)?));
        let relation = data.get("relation").cloned().unwrap_or_default();
        data.insert("id".into(), format!("e{}", place.index()).into());
        data.insert("key".into(), relation.clone());
        data.insert("interaction".into(), relation);
        data.insert("source".into(), chosen.network.graph[from].iri.as_str().into());
        data.insert("target".into(), chosen.network.graph[to].iri.as_str().into());
        line(&mut out, n, &json!({ "data": data }))?;
    }
    Ok(out.write_all(b"\n]}}\n")?)
}

/// The form of `networkx.node_link_graph`.
pub(super) fn node_link(chosen: &Chosen<'_>, mut out: impl Write) -> Result<(), ExportError> {
    let nodes = chosen.nodes()?;
    write!(out, "{{\"directed\":true,\"multigraph\":true,\"graph\":{{}},\n\"nodes\":[")?;
    for row in 0..chosen.selection.nodes.len() {
        let mut node = with_values(&nodes, row);
        let iri = node.get("iri").cloned().unwrap_or_default();
        node.insert("id".into(), iri);
        line(&mut out, row, &Json::Object(node))?;
    }
    write!(out, "\n],\n\"edges\":[")?;
    let edges = chosen.edges();
    for (n, (place, from, to)) in chosen.ends().enumerate() {
        let mut edge = object(Edges::COLUMNS.iter().zip(&edges.row(place)?));
        let weight = edge.remove("count").unwrap_or_default();
        let relation = edge.get("relation").cloned().unwrap_or_default();
        edge.extend([("weight".into(), weight), ("key".into(), relation)]);
        edge.insert("source".into(), chosen.network.graph[from].iri.as_str().into());
        edge.insert("target".into(), chosen.network.graph[to].iri.as_str().into());
        line(&mut out, n, &Json::Object(edge))?;
    }
    Ok(out.write_all(b"\n]}\n")?)
}

fn with_values(nodes: &Nodes, row: usize) -> Map<String, Json> {
    object(nodes.columns().iter().zip(nodes.row(row)))
}

/// What is there; a value that the graph does not say has no key.
fn object<'v>(values: impl Iterator<Item = (&'v Column, &'v Value)>) -> Map<String, Json> {
    let something = values.filter(|(_, value)| value.is_something());
    something.map(|(column, value)| (column.name.to_owned(), Json::from(value))).collect()
}

fn line(out: &mut impl Write, before: usize, value: &Json) -> Result<(), ExportError> {
    out.write_all(if before == 0 { b"\n" } else { b",\n" })?;
    Ok(serde_json::to_writer(&mut *out, value).map_err(std::io::Error::from)?)
}

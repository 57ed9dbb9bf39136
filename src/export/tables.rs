//! Tables of edges and nodes as CSV; Cytoscape's JSON.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde_json::json;

use super::Selection;
use crate::graph::Network;
use crate::graph::network::Edge;
use crate::ontology::vocab as v;

/// The edges, a row each.
///
/// # Errors
/// When `out` does.
pub fn edges(network: &Network, selection: &Selection, out: impl Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record([
        "source",
        "target",
        "relation",
        "treatments",
        "verbs",
        "paragraphs",
        "count",
        "source_iri",
        "target_iri",
    ])?;
    for place in &selection.edges {
        let Some((from, to)) = network.graph.edge_endpoints(*place) else { continue };
        let (edge, from, to) = (&network.graph[*place], &network.graph[from], &network.graph[to]);
        table.write_record([
            &from.label,
            &to.label,
            edge.relation.name(),
            &treatments(edge).join("; "),
            &edge.verbs.join("; "),
            &paragraphs(edge).join("; "),
            &edge.count.to_string(),
            &from.iri,
            &to.iri,
        ])?;
    }
    table.flush()
}

/// The nodes, a row each.
///
/// # Errors
/// When `out` does.
pub fn nodes(network: &Network, selection: &Selection, out: impl Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["label", "title", "kind", "year", "iri"])?;
    for place in &selection.nodes {
        let node = &network.graph[*place];
        let year = node.year.map_or(String::new(), |year| year.to_string());
        table.write_record([
            &node.label,
            node.title.as_deref().unwrap_or_default(),
            node.kind.name(),
            &year,
            &node.iri,
        ])?;
    }
    table.flush()
}

/// The JSON that Cytoscape reads.
pub(super) fn cytoscape(network: &Network, selection: &Selection, mut out: impl Write) -> io::Result<()> {
    let nodes = selection.nodes.iter().map(|place| {
        let node = &network.graph[*place];
        let (label, title, kind) = (&node.label, &node.title, node.kind.name());
        json!({ "data": { "id": node.iri, "label": label, "title": title, "kind": kind, "year": node.year } })
    });
    let edges = selection.edges.iter().filter_map(|place| {
        let (from, to) = network.graph.edge_endpoints(*place)?;
        let edge = &network.graph[*place];
        Some(json!({ "data": {
            "id": format!("e{}", place.index()),
            "source": network.graph[from].iri,
            "target": network.graph[to].iri,
            "relation": edge.relation.name(),
            "treatments": treatments(edge),
            "verbs": edge.verbs,
            "paragraphs": paragraphs(edge),
            "count": edge.count,
        } }))
    });
    let all = json!({ "elements": { "nodes": nodes.collect::<Vec<_>>(), "edges": edges.collect::<Vec<_>>() } });
    serde_json::to_writer_pretty(&mut out, &all)?;
    out.write_all(b"\n")
}

/// The treatments of an edge, by prefixed name.
pub(super) fn treatments(edge: &Edge) -> Vec<String> {
    let short = |iri: &String| {
        let known = v::PREFIXES.iter().find_map(|(prefix, ns)| Some(format!("{prefix}:{}", iri.strip_prefix(ns)?)));
        known.unwrap_or_else(|| iri.clone())
    };
    edge.treatments.iter().map(short).collect()
}

/// The paragraphs that an edge is stated in: the IRI of its evidence begins with theirs.
pub(super) fn paragraphs(edge: &Edge) -> Vec<&str> {
    let all: BTreeSet<&str> = edge.grounds.iter().filter_map(|g| g.split_once('#')?.1.split('/').next()).collect();
    all.into_iter().collect()
}

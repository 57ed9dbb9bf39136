//! GraphML.

use std::io::{self, Write};

use super::{Selection, tables, xml};
use crate::graph::Network;

/// Attributes: whom they are of, name, type.
const KEYS: [(&str, &str, &str); 10] = [
    ("node", "label", "string"),
    ("node", "title", "string"),
    ("node", "kind", "string"),
    ("node", "year", "int"),
    ("node", "iri", "string"),
    ("edge", "relation", "string"),
    ("edge", "treatments", "string"),
    ("edge", "verbs", "string"),
    ("edge", "paragraphs", "string"),
    ("edge", "weight", "int"),
];

pub(super) fn write(network: &Network, selection: &Selection, mut out: impl Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
    for (of, name, kind) in KEYS {
        writeln!(out, "  <key id=\"{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
    }
    writeln!(out, "  <graph edgedefault=\"directed\">")?;
    for place in &selection.nodes {
        let node = &network.graph[*place];
        writeln!(out, "    <node id=\"n{}\">", place.index())?;
        data(&mut out, "label", &node.label)?;
        data(&mut out, "title", node.title.as_deref().unwrap_or_default())?;
        data(&mut out, "kind", node.kind.name())?;
        data(&mut out, "year", &node.year.map_or(String::new(), |y| y.to_string()))?;
        data(&mut out, "iri", &node.iri)?;
        writeln!(out, "    </node>")?;
    }
    for place in &selection.edges {
        let Some((from, to)) = network.graph.edge_endpoints(*place) else { continue };
        let edge = &network.graph[*place];
        writeln!(out, "    <edge id=\"e{}\" source=\"n{}\" target=\"n{}\">", place.index(), from.index(), to.index())?;
        data(&mut out, "relation", edge.relation.name())?;
        data(&mut out, "treatments", &tables::treatments(edge).join("; "))?;
        data(&mut out, "verbs", &edge.verbs.join("; "))?;
        data(&mut out, "paragraphs", &tables::paragraphs(edge).join("; "))?;
        data(&mut out, "weight", &edge.count.to_string())?;
        writeln!(out, "    </edge>")?;
    }
    writeln!(out, "  </graph>\n</graphml>")
}

fn data(out: &mut impl Write, key: &str, value: &str) -> io::Result<()> {
    if value.is_empty() {
        return Ok(());
    }
    writeln!(out, "      <data key=\"{key}\">{}</data>", xml(value))
}

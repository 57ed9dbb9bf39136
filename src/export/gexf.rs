//! GEXF, the format of Gephi.

use std::io::{self, Write};

use super::{Selection, tables, xml};
use crate::graph::Network;

pub(super) fn write(network: &Network, selection: &Selection, mut out: impl Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">")?;
    writeln!(out, "  <graph defaultedgetype=\"directed\">")?;
    attributes(&mut out, "node", &[("title", "string"), ("kind", "string"), ("year", "integer")])?;
    attributes(
        &mut out,
        "edge",
        &[("relation", "string"), ("treatments", "string"), ("verbs", "string"), ("paragraphs", "string")],
    )?;
    writeln!(out, "    <nodes>")?;
    for place in &selection.nodes {
        let node = &network.graph[*place];
        writeln!(out, "      <node id=\"{}\" label=\"{}\"><attvalues>", xml(&node.iri), xml(&node.label))?;
        let year = node.year.map_or(String::new(), |y| y.to_string());
        values(
            &mut out,
            &[("title", node.title.as_deref().unwrap_or_default()), ("kind", node.kind.name()), ("year", &year)],
        )?;
        writeln!(out, "      </attvalues></node>")?;
    }
    writeln!(out, "    </nodes>\n    <edges>")?;
    for place in &selection.edges {
        let Some((from, to)) = network.graph.edge_endpoints(*place) else { continue };
        let (edge, from, to) = (&network.graph[*place], &network.graph[from], &network.graph[to]);
        let (id, kind) = (place.index(), edge.relation.name());
        let (source, target, weight) = (xml(&from.iri), xml(&to.iri), edge.count.max(1));
        writeln!(
            out,
            "      <edge id=\"{id}\" source=\"{source}\" target=\"{target}\" label=\"{kind}\" weight=\"{weight}\"><attvalues>"
        )?;
        let (treatments, paragraphs) = (tables::treatments(edge).join("; "), tables::paragraphs(edge).join("; "));
        let verbs = edge.verbs.join("; ");
        values(
            &mut out,
            &[("relation", kind), ("treatments", &treatments), ("verbs", &verbs), ("paragraphs", &paragraphs)],
        )?;
        writeln!(out, "      </attvalues></edge>")?;
    }
    writeln!(out, "    </edges>\n  </graph>\n</gexf>")
}

fn attributes(out: &mut impl Write, class: &str, names: &[(&str, &str)]) -> io::Result<()> {
    writeln!(out, "    <attributes class=\"{class}\">")?;
    for (name, kind) in names {
        writeln!(out, "      <attribute id=\"{name}\" title=\"{name}\" type=\"{kind}\"/>")?;
    }
    writeln!(out, "    </attributes>")
}

fn values(out: &mut impl Write, values: &[(&str, &str)]) -> io::Result<()> {
    for (name, value) in values.iter().filter(|(_, value)| !value.is_empty()) {
        writeln!(out, "        <attvalue for=\"{name}\" value=\"{}\"/>", xml(value))?;
    }
    Ok(())
}

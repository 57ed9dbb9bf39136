//! Graphviz: a drawing that can be printed. Boxes by kind or year, colours by treatment with a
//! legend, tooltips with the sentence that shows the edge, links.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use oxigraph::model::{NamedNodeRef, Term};
use petgraph::graph::{EdgeIndex, NodeIndex};

use super::ExportError;
use super::select::{Cluster, Options, Selection};
use crate::graph::Network;
use crate::graph::network::{Edge, Kind, Node, Relation};
use crate::ontology::vocab as v;
use crate::store::Store;

/// Above this many nodes boxes and ranks no longer help: springs do.
const LARGEST_RANKED: usize = 150;
/// Above this many edges nobody reads labels on them.
const MOST_LABELS: usize = 80;
/// Characters of a line of a node's label, and lines of its title.
const LINE: usize = 26;
const TITLE_LINES: usize = 3;
/// Characters of the sentence in a tooltip.
const TOOLTIP: usize = 400;

/// A colour that says how one document uses another.
struct Treatment {
    name: &'static str,
    colour: &'static str,
    properties: &'static [&'static str],
}

/// Uses that look alike share a colour.
const TREATMENTS: [Treatment; 11] = [
    Treatment {
        name: "changes or replaces",
        colour: "#c2410c",
        properties: &[v::ELI_AMENDS, v::ELI_REPEALS, v::ELI_CORRECTS, v::CITO_UPDATES],
    },
    Treatment { name: "extends", colour: "#a21caf", properties: &[v::CITO_EXTENDS, v::RG_EXTENDS_MANDATE_OF] },
    Treatment {
        name: "objects or condemns",
        colour: "#b91c1c",
        properties: &[v::CITO_CRITIQUES, v::CITO_DISAGREES_WITH, v::CITO_REFUTES],
    },
    Treatment {
        name: "decides or acts on it",
        colour: "#1d4ed8",
        properties: &[v::CITO_CITES_AS_AUTHORITY, v::ELI_BASED_ON, v::CITO_USES_METHOD_IN],
    },
    Treatment { name: "reaffirms", colour: "#15803d", properties: &[v::CITO_CONFIRMS] },
    Treatment {
        name: "welcomes or supports",
        colour: "#65a30d",
        properties: &[v::CITO_AGREES_WITH, v::CITO_SUPPORTS, v::CITO_CREDITS, v::CITO_OBTAINS_SUPPORT_FROM],
    },
    Treatment { name: "is concerned", colour: "#be185d", properties: &[v::CITO_DISCUSSES] },
    Treatment { name: "takes as background", colour: "#0e7490", properties: &[v::CITO_OBTAINS_BACKGROUND_FROM] },
    Treatment {
        name: "recalls or notes",
        colour: "#b45309",
        properties: &[v::CITO_CITES_FOR_INFORMATION, v::CITO_CITES_AS_EVIDENCE, v::CITO_QUALIFIES],
    },
    Treatment { name: "asks or stresses", colour: "#7c3aed", properties: &[v::CITO_CITES_AS_RELATED] },
    Treatment { name: "cites", colour: "#6b7280", properties: &[v::ELI_CITES, v::CITO_CITES] },
];

/// Relations other than citations: the name in the legend, and the colour.
fn relation_look(relation: Relation) -> (&'static str, &'static str) {
    match relation {
        Relation::Cites => ("cites", "#6b7280"),
        Relation::Amends | Relation::Repeals | Relation::Corrects => ("changes or replaces", "#c2410c"),
        Relation::Establishes => ("establishes", "#4338ca"),
        Relation::Extends => ("extends the mandate of", "#a21caf"),
        Relation::Terminates => ("terminates", "#111827"),
        Relation::Condemns => ("condemns", "#b91c1c"),
        Relation::Addresses => ("addresses", "#0369a1"),
        Relation::PartOf => ("is part of", "#78716c"),
        Relation::Mentions => ("mentions", "#a8a29e"),
        Relation::About => ("is about", "#57534e"),
    }
}

/// Fill of a node, by kind.
fn fill(kind: Kind) -> &'static str {
    match kind {
        Kind::Resolution => "#dbeafe",
        Kind::Statement => "#e0e7ff",
        Kind::Draft => "#f1f5f9",
        Kind::Report | Kind::Letter => "#fef3c7",
        Kind::Instrument => "#dcfce7",
        Kind::Document => "#f3f4f6",
        Kind::Article | Kind::Text => "#fae8ff",
        Kind::Body => "#cffafe",
        Kind::Group => "#fee2e2",
        Kind::State => "#fef9c3",
        Kind::Role | Kind::Person | Kind::Actor => "#ffedd5",
    }
}

/// What several nodes of a kind are called.
fn plural(kind: Kind) -> &'static str {
    match kind {
        Kind::Resolution => "Resolutions",
        Kind::Statement => "Presidential statements",
        Kind::Draft => "Drafts",
        Kind::Report => "Reports",
        Kind::Letter => "Letters",
        Kind::Instrument => "Treaties and instruments",
        Kind::Document => "Documents",
        Kind::Article => "Articles",
        Kind::Text => "Other texts",
        Kind::Body => "Bodies",
        Kind::Group => "Armed groups",
        Kind::State => "States and territories",
        Kind::Role => "Offices",
        Kind::Person => "Persons",
        Kind::Actor => "Actors",
    }
}

/// The name in the legend and the colour of an edge.
fn look(edge: &Edge) -> (&'static str, &'static str) {
    // The most frequent use, which the first verb belongs to.
    let main = edge.treatments.first().map_or("", String::as_str);
    let has = |t: &&Treatment| t.properties.contains(&main);
    match TREATMENTS.iter().find(has) {
        Some(treatment) if edge.relation == Relation::Cites => (treatment.name, treatment.colour),
        _ => relation_look(edge.relation),
    }
}

/// The selection as a Graphviz drawing.
///
/// # Errors
/// When the evidence of the edges cannot be read from the store.
pub fn draw(store: &Store, network: &Network, selection: &Selection, options: &Options) -> Result<String, ExportError> {
    let large = selection.nodes.len() > LARGEST_RANKED;
    let mut out = String::new();
    header(&mut out, network, selection, large);
    let boxes = boxes(network, selection, if large { Cluster::None } else { options.cluster });
    for (number, (name, nodes)) in boxes.iter().enumerate() {
        if let Some(title) = name {
            // The title keeps clear of the edges, which reach the box from the root's side.
            let left = nodes.first().is_some_and(|node| on_the_left(network, selection, *node));
            let side = if left { "l" } else { "r" };
            let _ = writeln!(out, "  subgraph cluster_{number} {{");
            let _ = writeln!(
                out,
                "    label={}; labeljust={side}; style=\"rounded\"; color=\"#cbd5e1\"; fontcolor=\"#475569\"; fontsize=13;",
                quoted(title)
            );
        }
        for node in nodes {
            draw_node(&mut out, &network.graph[*node], *node, selection.root == Some(*node));
        }
        if name.is_some() {
            columns(&mut out, nodes);
            out.push_str("  }\n");
        }
    }
    let labels = selection.edges.len() <= MOST_LABELS;
    let mut legend = BTreeSet::new();
    for edge in &selection.edges {
        legend.insert(draw_edge(&mut out, store, network, selection, *edge, labels)?);
    }
    if !legend.is_empty() {
        draw_legend(&mut out, &legend);
    }
    out.push_str("}\n");
    Ok(out)
}

fn header(out: &mut String, network: &Network, selection: &Selection, large: bool) {
    let title = match selection.root {
        Some(root) => format!("Citations around {}", network.graph[root].label),
        None => "Citations between United Nations documents".into(),
    };
    let _ = writeln!(out, "digraph resograph {{");
    let layout = if large {
        "layout=sfdp; overlap=prism; K=0.8; repulsiveforce=1.4;"
    } else {
        "rankdir=LR; ranksep=1.4; nodesep=0.14;"
    };
    let _ = writeln!(
        out,
        "  graph [{layout} splines={}; fontname=\"Helvetica,Arial,sans-serif\"; fontsize=18; labelloc=t; pad=0.3; bgcolor=white; tooltip=\" \"; label={}];",
        if large { "line" } else { "true" },
        quoted(&title)
    );
    out.push_str("  node [shape=box; style=\"rounded,filled\"; fontname=\"Helvetica,Arial,sans-serif\"; fontsize=10; color=\"#64748b\"; penwidth=0.8; margin=\"0.12,0.06\"; target=\"_blank\"];\n");
    out.push_str("  edge [fontname=\"Helvetica,Arial,sans-serif\"; fontsize=8; arrowsize=0.6; target=\"_blank\"];\n");
}

/// The nodes of each box, and its title; nodes outside boxes come first.
fn boxes(network: &Network, selection: &Selection, cluster: Cluster) -> Vec<(Option<String>, Vec<NodeIndex>)> {
    let mut boxes: BTreeMap<(String, bool), Vec<NodeIndex>> = BTreeMap::new();
    let mut outside = Vec::new();
    for &place in &selection.nodes {
        let node = &network.graph[place];
        let key = match cluster {
            _ if selection.root == Some(place) => None,
            Cluster::None => None,
            Cluster::Kind => Some(format!("{:02}{}", node.kind as u8, plural(node.kind))),
            Cluster::Year => node.year.map(|year| format!("00{year}")),
        };
        match key {
            // What cites the root stands on its other side, in boxes of its own.
            Some(key) => boxes.entry((key, cites_root(network, selection, place))).or_default().push(place),
            None => outside.push(place),
        }
    }
    let titled = boxes.into_iter().map(|((key, citing), nodes)| {
        let root = selection.root.filter(|_| citing).map(|root| network.graph[root].label.as_str());
        (Some(root.map_or(key[2..].to_owned(), |root| format!("{} that refer to {root}", &key[2..]))), nodes)
    });
    std::iter::once((None, outside)).chain(titled).collect()
}

/// Whether a node points at the root and the root not at it.
fn cites_root(network: &Network, selection: &Selection, node: NodeIndex) -> bool {
    let Some(root) = selection.root else { return false };
    let edge = |a, b| network.graph.find_edge(a, b).is_some_and(|e| selection.edges.binary_search(&e).is_ok());
    edge(node, root) && !edge(root, node)
}

/// What refers to the root, and the bodies and groups that it acts on, stand on the left of it; the
/// documents that it rests on, on the right.
fn on_the_left(network: &Network, selection: &Selection, node: NodeIndex) -> bool {
    let acted_on = network.graph[node].kind >= Kind::Body && selection.root.is_some_and(|root| root != node);
    acted_on || cites_root(network, selection, node)
}

fn id(place: NodeIndex) -> String {
    format!("n{}", place.index())
}

fn draw_node(out: &mut String, node: &Node, place: NodeIndex, root: bool) {
    let mut label = wrap(&node.label, LINE, TITLE_LINES);
    if let Some(title) = &node.title {
        label.extend(wrap(title, LINE, TITLE_LINES));
    }
    let emphasis = if root { "; penwidth=2.5; color=\"#1e3a8a\"; fontsize=13" } else { "" };
    let tooltip = node.title.as_ref().map_or(node.label.clone(), |title| format!("{}: {title}", node.label));
    let _ = writeln!(
        out,
        "    {} [label={}; fillcolor=\"{}\"; tooltip={}; URL={}{emphasis}];",
        id(place),
        quoted(&label.join("\n")),
        fill(node.kind),
        quoted(&tooltip),
        quoted(&node.iri),
    );
}

/// Puts many nodes of one box into columns: one column of forty is no picture.
fn columns(out: &mut String, nodes: &[NodeIndex]) {
    const TALLEST: usize = 22;
    let columns = nodes.len().div_ceil(TALLEST);
    if columns < 2 {
        return;
    }
    let height = nodes.len().div_ceil(columns);
    for (left, right) in nodes.iter().zip(nodes.iter().skip(height)) {
        let _ = writeln!(out, "    {} -> {} [style=invis; weight=0];", id(*left), id(*right));
    }
}

/// Draws an edge; gives its line in the legend.
fn draw_edge(
    out: &mut String,
    store: &Store,
    network: &Network,
    selection: &Selection,
    place: EdgeIndex,
    labels: bool,
) -> Result<(&'static str, &'static str), ExportError> {
    let edge = &network.graph[place];
    let (name, colour) = look(edge);
    let Some((from, to)) = network.graph.edge_endpoints(place) else { return Ok((name, colour)) };
    let verbs = edge.verbs.join(", ");
    let says = if verbs.is_empty() { edge.relation.to_string() } else { verbs };
    let paragraphs = super::tables::paragraphs(edge).join(", ");
    let (from_label, to_label) = (&network.graph[from].label, &network.graph[to].label);
    let mut tooltip = format!("{from_label} \u{2192} {to_label}: {says}");
    if !paragraphs.is_empty() {
        let _ = write!(tooltip, " ({paragraphs})");
    }
    if let Some(sentence) = edge.grounds.first().map(|ground| sentence(store, ground)).transpose()?.flatten() {
        let _ = write!(tooltip, "\n\u{201c}{}\u{201d}", shortened(&sentence, TOOLTIP));
    }
    let width = 0.8 + f64::from(edge.count.min(12)).ln();
    let url = edge.grounds.first().unwrap_or(&network.graph[from].iri);
    // Drawn from left to right: what the root acts on is the tail of an edge that points back.
    let back = network.graph[to].kind >= Kind::Body && selection.root == Some(from);
    let (tail, head, direction) = if back { (to, from, "dir=back; ") } else { (from, to, "") };
    let _ = write!(
        out,
        "  {} -> {} [{direction}color=\"{colour}\"; fontcolor=\"{colour}\"; penwidth={width:.1}; tooltip={}; URL={}",
        id(tail),
        id(head),
        quoted(&tooltip),
        quoted(url),
    );
    if labels {
        let label = edge.verbs.first().map_or_else(|| edge.relation.name(), String::as_str);
        let _ = write!(out, "; label={}; labeltooltip={}", quoted(label), quoted(&tooltip));
    }
    out.push_str("];\n");
    Ok((name, colour))
}

fn draw_legend(out: &mut String, legend: &BTreeSet<(&str, &str)>) {
    out.push_str("  legend [shape=plain; style=\"\"; tooltip=\"legend\"; label=<<TABLE BORDER=\"1\" COLOR=\"#cbd5e1\" CELLBORDER=\"0\" CELLSPACING=\"2\">");
    out.push_str("<TR><TD COLSPAN=\"2\" ALIGN=\"LEFT\"><B>Edges</B></TD></TR>");
    for (name, colour) in legend {
        let _ = write!(
            out,
            "<TR><TD WIDTH=\"26\" HEIGHT=\"4\" FIXEDSIZE=\"TRUE\" BGCOLOR=\"{colour}\"></TD><TD ALIGN=\"LEFT\">{}</TD></TR>",
            super::xml(name)
        );
    }
    out.push_str("</TABLE>>];\n");
}

/// The first sentence that shows a citation or statement.
fn sentence(store: &Store, ground: &str) -> Result<Option<String>, ExportError> {
    let read = |subject: &str, property: &str| -> Result<Vec<Term>, ExportError> {
        let (subject, property) = (NamedNodeRef::new_unchecked(subject), NamedNodeRef::new_unchecked(property));
        let found = store.triples(Some(subject.into()), Some(property), None);
        Ok(found.map(|t| t.map(|t| t.object)).collect::<Result<_, _>>()?)
    };
    for target in read(ground, v::OA_HAS_TARGET)? {
        let Term::NamedNode(target) = target else { continue };
        if let Some(Term::Literal(sentence)) = read(target.as_str(), v::RG_SENTENCE)?.into_iter().next() {
            return Ok(Some(sentence.value().to_owned()));
        }
    }
    Ok(None)
}

/// A string as Graphviz reads it: a line break becomes `\n`, everything else stays what it is.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// `text` in lines of at most `width` characters where it has spaces, at most `most` of them.
fn wrap(text: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let full = lines.len() == most;
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            Some(last) if full => {
                last.push('\u{2026}');
                break;
            }
            _ => lines.push(shortened(word, width * 2)),
        }
    }
    lines
}

fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((cut, _)) => format!("{}\u{2026}", text[..cut].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_wrap_and_strings_are_safe() {
        assert_eq!(wrap("one two three", 7, 3), ["one two", "three"]);
        assert_eq!(wrap("one two three four", 5, 2), ["one", "two\u{2026}"]);
        assert_eq!(quoted("a \"b\"\\n\nc\u{7}"), "\"a \\\"b\\\"\\\\n\\nc \"");
        assert_eq!(shortened("abcdef", 3), "abc\u{2026}");
    }
}

//! Graphviz: a drawing that can be printed. Boxes by kind or year, colours by treatment with a
//! legend, tooltips with the sentence that shows the edge, links.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use petgraph::graph::{EdgeIndex, NodeIndex};

use super::ExportError;
use super::layout::{self, Layout};
use super::look::{fill, look, plural};
use super::select::{Cluster, Options, Selection};
use super::variables::{in_order, paragraphs, place, sentence};
use crate::graph::Network;
use crate::graph::network::{Kind, Node};
use crate::store::Store;

/// Above this many nodes titles bury the drawing.
const MOST_TITLES: usize = 150;
/// Above this many paragraphs a root that shows each is taller than the rest.
const MOST_PORTS: usize = 60;
/// Above this many edges nobody reads labels on them.
const MOST_LABELS: usize = 80;
/// Characters of a line of a node's label, and lines of its title.
const LINE: usize = 26;
const TITLE_LINES: usize = 3;
/// Characters of the sentence in a tooltip.
const TOOLTIP: usize = 400;

/// The selection as a Graphviz drawing.
///
/// # Errors
/// When the evidence of the edges cannot be read from the store.
pub fn draw(store: &Store, network: &Network, selection: &Selection, options: &Options) -> Result<String, ExportError> {
    let (layout, _) = Layout::choose(options.layout, selection);
    let mut out = String::new();
    header(&mut out, network, selection, layout);
    let ports = if layout == Layout::Ranked { ports(network, selection) } else { Vec::new() };
    let boxes = boxes(network, selection, if layout == Layout::Ranked { options.cluster } else { Cluster::None });
    let titles = selection.nodes.len() <= MOST_TITLES;
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
            let root = selection.root == Some(*node);
            draw_node(&mut out, &network.graph[*node], *node, root, titles, if root { &ports } else { &[] });
        }
        if name.is_some() {
            columns(&mut out, nodes);
            out.push_str("  }\n");
        }
    }
    let drawing = Drawing { store, network, selection, layout, ports: &ports };
    let mut legend = BTreeSet::new();
    for edge in &selection.edges {
        legend.insert(drawing.edge(&mut out, *edge)?);
    }
    if layout == Layout::Years {
        layout::draw_years(&mut out, network, selection);
    }
    if !legend.is_empty() {
        draw_legend(&mut out, &legend);
    }
    out.push_str("}\n");
    Ok(out)
}

fn header(out: &mut String, network: &Network, selection: &Selection, layout: Layout) {
    let title = match selection.root {
        Some(root) => format!("Citations around {}", network.graph[root].label),
        None => "Citations between United Nations documents".into(),
    };
    let _ = writeln!(out, "digraph resograph {{");
    let _ = writeln!(
        out,
        "  graph [{}; fontname=\"Helvetica,Arial,sans-serif\"; fontsize=18; labelloc=t; pad=0.3; bgcolor=white; tooltip=\" \"; label={}];",
        layout.attributes(selection),
        quoted(&title)
    );
    out.push_str("  node [shape=box; style=\"rounded,filled\"; fontname=\"Helvetica,Arial,sans-serif\"; fontsize=10; color=\"#64748b\"; penwidth=0.8; margin=\"0.12,0.06\"; target=\"_blank\"];\n");
    out.push_str("  edge [fontname=\"Helvetica,Arial,sans-serif\"; fontsize=8; arrowsize=0.6; target=\"_blank\"];\n");
}

/// The paragraphs of the root that say something, in order of the text: each is a port that its edges leave from.
/// None where there are too many, or only one.
fn ports<'n>(network: &'n Network, selection: &Selection) -> Vec<&'n str> {
    let Some(root) = selection.root else { return Vec::new() };
    let own = selection.edges.iter().filter(|edge| network.graph.edge_endpoints(**edge).is_some_and(|e| e.0 == root));
    let mut all: Vec<&str> = own.filter_map(|edge| paragraphs(&network.graph[*edge]).first().copied()).collect();
    all.sort_by_cached_key(|paragraph| place(paragraph));
    all.dedup();
    if (2..=MOST_PORTS).contains(&all.len()) { all } else { Vec::new() }
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

fn draw_node(out: &mut String, node: &Node, place: NodeIndex, root: bool, titles: bool, ports: &[&str]) {
    let mut lines = wrap(&node.label, LINE, TITLE_LINES);
    let head = lines.len();
    if let Some(title) = node.title.as_ref().filter(|_| titles || root) {
        lines.extend(wrap(title, LINE, TITLE_LINES));
    }
    let label = if ports.is_empty() { quoted(&lines.join("\n")) } else { table(&lines, head, ports) };
    let emphasis = if root { "; penwidth=2.5; color=\"#1e3a8a\"; fontsize=13" } else { "" };
    let tooltip = node.title.as_ref().map_or(node.label.clone(), |title| format!("{}: {title}", node.label));
    let _ = writeln!(
        out,
        "    {} [label={label}; fillcolor=\"{}\"; tooltip={}; URL={}{emphasis}];",
        id(place),
        fill(node.kind),
        quoted(&tooltip),
        quoted(&node.iri),
    );
}

/// The label of a node with a port for each paragraph.
fn table(lines: &[String], head: usize, ports: &[&str]) -> String {
    let mut out = String::from("<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"1\" CELLPADDING=\"1\">");
    for (n, line) in lines.iter().enumerate() {
        let line = super::xml(line);
        let line = if n < head { format!("<B>{line}</B>") } else { format!("<FONT POINT-SIZE=\"10\">{line}</FONT>") };
        let _ = write!(out, "<TR><TD>{line}</TD></TR>");
    }
    for port in ports {
        let name = super::xml(port);
        let _ =
            write!(out, "<TR><TD PORT=\"{name}\" BGCOLOR=\"#f8fafc\"><FONT POINT-SIZE=\"8\">{name}</FONT></TD></TR>");
    }
    out.push_str("</TABLE>>");
    out
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

/// What edges are drawn from.
struct Drawing<'a> {
    store: &'a Store,
    network: &'a Network,
    selection: &'a Selection,
    layout: Layout,
    /// Of the root.
    ports: &'a [&'a str],
}

impl Drawing<'_> {
    /// Draws an edge; gives its line in the legend.
    fn edge(&self, out: &mut String, place: EdgeIndex) -> Result<(&'static str, &'static str), ExportError> {
        let graph = &self.network.graph;
        let edge = &graph[place];
        let (name, colour) = look(edge);
        let Some((from, to)) = graph.edge_endpoints(place) else { return Ok((name, colour)) };
        let says = if edge.verbs.is_empty() { edge.relation.to_string() } else { edge.verbs.join(", ") };
        let stated = paragraphs(edge);
        let mut tooltip = format!("{} \u{2192} {}: {says}", graph[from].label, graph[to].label);
        if !stated.is_empty() {
            let _ = write!(tooltip, " ({})", stated.join(", "));
        }
        let grounds = in_order(edge);
        if let Some(sentence) = grounds.first().map(|ground| sentence(self.store, ground)).transpose()?.flatten() {
            let _ = write!(tooltip, "\n\u{201c}{}\u{201d}", shortened(&sentence, TOOLTIP));
        }
        let width = 0.8 + f64::from(edge.count.min(12)).ln();
        let url = grounds.first().copied().unwrap_or(&graph[from].iri);
        // Drawn from left to right: what the root acts on is the tail of an edge that points back.
        let ranked = self.layout == Layout::Ranked;
        let back = ranked && graph[to].kind >= Kind::Body && self.selection.root == Some(from);
        let port = stated.first().filter(|first| self.selection.root == Some(from) && self.ports.contains(first));
        let port = port.map_or(String::new(), |port| format!(":{}:{}", quoted(port), if back { "w" } else { "e" }));
        let from_end = format!("{}{port}", id(from));
        let (tail, head, direction) =
            if back { (id(to), from_end, "dir=back; ") } else { (from_end, id(to), self.free(from, to)) };
        let _ = write!(
            out,
            "  {tail} -> {head} [{direction}color=\"{colour}\"; fontcolor=\"{colour}\"; penwidth={width:.1}; tooltip={}; URL={}",
            quoted(&tooltip),
            quoted(url),
        );
        if ranked && self.selection.edges.len() <= MOST_LABELS {
            let label = edge.verbs.first().map_or_else(|| edge.relation.name(), String::as_str);
            let _ = write!(out, "; label={}; labeltooltip={}", quoted(label), quoted(&tooltip));
        }
        out.push_str("];\n");
        Ok((name, colour))
    }

    /// In rows of years the axis alone says what is above what; elsewhere edges do.
    fn free(&self, from: NodeIndex, to: NodeIndex) -> &'static str {
        let pulls = self.layout != Layout::Years || from == to;
        if pulls { "" } else { "constraint=false; " }
    }
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

/// A string as Graphviz reads it, which knows the entities of HTML in every string: a line break becomes `\n`, everything
/// else stays what it is, but for what the XML of its pictures cannot hold.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '&' => out.push_str("&amp;"),
            '\u{fffe}' | '\u{ffff}' => {}
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
        assert_eq!(quoted("R&D &lt;\u{fffe}\u{ffff}\u{1}"), "\"R&amp;D &amp;lt; \"");
        assert_eq!(shortened("abcdef", 3), "abc\u{2026}");
    }
}

//! Where the nodes of a drawing go: layouts, the Graphviz engine of each, and which one suits how much there is.

use std::collections::BTreeMap;
use std::fmt::Write;

use petgraph::graph::NodeIndex;

use super::Selection;
use crate::graph::Network;

/// Up to this many nodes and edges ranks can be read, and are drawn in a moment. Engines differ by orders of magnitude:
/// for 1,000 random edges `dot` takes 7.5 s, for 3,000 it takes 155 s; `sfdp` takes 5 s for 50,000.
const MOST_RANKED: (usize, usize) = (150, 400);

/// How nodes are placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// In ranks from left to right, along the edges.
    Ranked,
    /// A row for each year along an axis of time, the latest above.
    Years,
    /// In circles around the root.
    Radial,
    /// By springs.
    Force,
}

impl Layout {
    /// The one that is asked for, otherwise the one that suits so much; and why, for people.
    #[must_use]
    pub fn choose(wanted: Option<Self>, selection: &Selection) -> (Self, String) {
        let (nodes, edges) = (selection.nodes.len(), selection.edges.len());
        let (most_nodes, most_edges) = MOST_RANKED;
        match wanted {
            Some(layout) => (layout, format!("{}, as asked for", layout.name())),
            None if nodes <= most_nodes && edges <= most_edges => (
                Self::Ranked,
                format!(
                    "{}: {nodes} nodes and {edges} edges are few enough (at most {most_nodes} and {most_edges})",
                    Self::Ranked.name()
                ),
            ),
            None => (
                Self::Force,
                format!(
                    "{}: {nodes} nodes and {edges} edges are too many for ranks (at most {most_nodes} and {most_edges})",
                    Self::Force.name()
                ),
            ),
        }
    }

    /// The engine of Graphviz.
    #[must_use]
    pub fn engine(self) -> &'static str {
        match self {
            Self::Ranked | Self::Years => "dot",
            Self::Radial => "twopi",
            Self::Force => "sfdp",
        }
    }

    /// `ranks (dot)`
    fn name(self) -> &'static str {
        match self {
            Self::Ranked => "in ranks by dot",
            Self::Years => "in rows of years by dot",
            Self::Radial => "in circles by twopi",
            Self::Force => "by springs, by sfdp",
        }
    }

    /// Attributes of the graph.
    pub(super) fn attributes(self, selection: &Selection) -> String {
        match self {
            Self::Ranked => "rankdir=LR; ranksep=1.4; nodesep=0.14; splines=true".into(),
            Self::Years => "rankdir=TB; newrank=true; ranksep=0.55; nodesep=0.12; splines=true".into(),
            Self::Radial => {
                let root = selection.root.map_or(String::new(), |root| format!(" root=\"n{}\";", root.index()));
                format!("layout=twopi;{root} ranksep=2.2; overlap=prism; outputorder=edgesfirst; splines=line")
            }
            Self::Force => {
                "layout=sfdp; overlap=prism; K=0.8; repulsiveforce=1.4; outputorder=edgesfirst; splines=line".into()
            }
        }
    }
}

/// The rows of years and the axis that holds them in order; what has no year stands in the last row.
pub(super) fn draw_years(out: &mut String, network: &Network, selection: &Selection) {
    let mut rows: BTreeMap<Option<i32>, Vec<NodeIndex>> = BTreeMap::new();
    for place in &selection.nodes {
        rows.entry(network.graph[*place].year).or_default().push(*place);
    }
    // The latest first; nothing is before every year.
    let rows: Vec<_> = rows.into_iter().rev().collect();
    if rows.is_empty() {
        return;
    }
    let axis: Vec<String> = rows.iter().map(|(year, _)| axis_node(*year)).collect();
    out.push_str("  node [shape=plaintext; style=\"\"; fontsize=14; fontcolor=\"#475569\"; URL=\"\"];\n");
    for ((year, _), name) in rows.iter().zip(&axis) {
        let label = year.map_or_else(|| "undated".to_owned(), |year| year.to_string());
        let _ = writeln!(out, "  {name} [label=\"{label}\"; tooltip=\"{label}\"];");
    }
    let _ = writeln!(out, "  {} [color=\"#cbd5e1\"; arrowhead=none; penwidth=2; weight=100];", axis.join(" -> "));
    for ((_, nodes), name) in rows.iter().zip(&axis) {
        let members: String = nodes.iter().map(|node| format!(" n{};", node.index())).collect();
        let _ = writeln!(out, "  {{ rank=same; {name};{members} }}");
    }
}

fn axis_node(year: Option<i32>) -> String {
    // A name with a sign would have to be quoted.
    year.map_or_else(|| "undated".to_owned(), |year| format!("year_{}", year.unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use petgraph::graph::EdgeIndex;

    #[track_caller]
    fn check(wanted: Option<Layout>, nodes: usize, edges: usize, engine: &str, why: &str) {
        let selection = Selection {
            root: None,
            nodes: (0..nodes).map(NodeIndex::new).collect(),
            edges: (0..edges).map(EdgeIndex::new).collect(),
        };
        let (layout, reason) = Layout::choose(wanted, &selection);
        assert_eq!(layout.engine(), engine);
        assert!(reason.contains(why), "{reason}");
    }

    #[test]
    fn nothing_has_no_axis() {
        let mut out = String::new();
        draw_years(&mut out, &Network::default(), &Selection::default());
        assert_eq!(out, "");
    }

    #[test]
    fn the_engine_suits_how_much_there_is() {
        check(None, 150, 400, "dot", "150 nodes and 400 edges are few enough");
        check(None, 151, 10, "sfdp", "too many for ranks");
        check(None, 60, 401, "sfdp", "60 nodes and 401 edges are too many for ranks (at most 150 and 400)");
        check(Some(Layout::Ranked), 5_000, 9_000, "dot", "as asked for");
        check(Some(Layout::Years), 1, 1, "dot", "rows of years");
        check(Some(Layout::Radial), 1, 1, "twopi", "circles");
    }
}

//! A directed graph for arithmetic: the neighbours of all nodes in one array, both ways.

/// Lists of numbers, one for each node, one behind the other, each in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    starts: Vec<u32>,
    entries: Vec<u32>,
}

impl Rows {
    /// The entries of a node.
    #[inline]
    #[must_use]
    pub fn of(&self, node: u32) -> &[u32] {
        let node = node as usize;
        &self.entries[self.starts[node] as usize..self.starts[node + 1] as usize]
    }

    /// How many entries a node has.
    #[inline]
    #[must_use]
    pub fn count(&self, node: u32) -> usize {
        self.of(node).len()
    }

    /// How many nodes there are.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.starts.len() - 1
    }

    /// All entries of all nodes.
    #[must_use]
    pub fn entries(&self) -> usize {
        self.entries.len()
    }

    /// By sorting on the first of each pair; a row keeps the order of the pairs.
    fn gather(nodes: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut starts = vec![0_u32; nodes + 1];
        for (node, _) in pairs.clone() {
            starts[node as usize + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut next = starts.clone();
        let mut entries = vec![0; starts[nodes] as usize];
        for (node, entry) in pairs {
            let at = &mut next[node as usize];
            entries[*at as usize] = entry;
            *at += 1;
        }
        Self { starts, entries }
    }

    /// Row by row, the pairs of node and entry.
    fn pairs(&self) -> impl Iterator<Item = (u32, u32)> + Clone {
        (0..self.nodes() as u32).flat_map(|node| self.of(node).iter().map(move |entry| (node, *entry)))
    }

    fn turned(&self) -> Self {
        Self::gather(self.nodes(), self.pairs().map(|(node, entry)| (entry, node)))
    }

    fn dedup(self) -> Self {
        let mut starts = vec![0];
        let mut entries = Vec::with_capacity(self.entries.len());
        for node in 0..self.nodes() as u32 {
            let row = self.of(node);
            entries.extend(row.iter().enumerate().filter(|(n, e)| *n == 0 || row[n - 1] != **e).map(|(_, e)| *e));
            starts.push(entries.len() as u32);
        }
        Self { starts, entries }
    }
}

/// A directed graph without repeated edges and without edges from a node to itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digraph {
    /// Where the edges of each node lead.
    pub out: Rows,
    /// Where the edges to each node begin.
    pub into: Rows,
}

impl Digraph {
    /// From edges in any order; what is repeated counts once, what leads from a node to itself not at all.
    ///
    /// # Panics
    /// When an edge names a node that is not below `nodes`, or there are more than four thousand million edges.
    #[must_use]
    pub fn new(nodes: usize, edges: &[(u32, u32)]) -> Self {
        assert!(u32::try_from(edges.len()).is_ok(), "edges are numbered by four bytes");
        let proper = edges.iter().copied().filter(|(from, to)| from != to);
        // Rows that are gathered from rows come out in order: twice turned, all are sorted.
        let into = Rows::gather(nodes, proper.map(|(from, to)| (to, from)));
        let out = into.turned().dedup();
        let into = out.turned();
        Self { out, into }
    }

    /// How many nodes there are.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.out.nodes()
    }

    /// How many edges there are.
    #[must_use]
    pub fn edges(&self) -> usize {
        self.out.entries()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_and_hold_each_edge_once() {
        let graph = Digraph::new(4, &[(2, 1), (0, 3), (2, 0), (2, 1), (1, 1), (0, 1)]);
        let rows = |rows: &Rows| (0..4).map(|node| rows.of(node).to_vec()).collect::<Vec<_>>();
        assert_eq!(rows(&graph.out), [vec![1, 3], vec![], vec![0, 1], vec![]]);
        assert_eq!(rows(&graph.into), [vec![2], vec![0, 2], vec![], vec![0]]);
        assert_eq!((graph.nodes(), graph.edges()), (4, 4));
    }
}

//! Main paths: the chain of documents through which most of the citations of a theme run.
//!
//! After Hummon and Doreian (1989) and Batagelj (2003). Knowledge flows from the cited document to the citing one. The
//! search path count of a citation is how many of all chains from a source (what cites nothing within the theme) to a sink
//! (what nothing cites) pass through it: chains that lead to it, times chains that lead on from it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use oxigraph::store::StorageError;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use crate::graph::Network;
use crate::graph::network::Relation;
use crate::ontology::vocab as v;
use crate::store::Store;

/// Which chain is the main one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// From the sources on, at each step the citations with the highest count.
    Local,
    /// The chain whose counts have the largest sum.
    Global,
    /// From the citation with the highest count, backwards and forwards by the highest.
    KeyRoute,
}

/// A citation between two places of a [`Flow`], from the older document to the younger one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// Place of the cited document.
    pub from: usize,
    /// Place of the citing document.
    pub to: usize,
    /// Search path count. Exact below 2^53.
    pub count: f64,
}

/// The acyclic network of a theme.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Flow {
    /// The documents, the oldest first.
    pub nodes: Vec<NodeIndex>,
    /// The citations with their counts, in order of `from` and `to`.
    pub links: Vec<Link>,
    /// Citations that are left out since the cited document is not older than the citing one.
    pub left_out: usize,
}

impl Flow {
    /// The citations among some documents. What has no date goes by its year; what has none is left out.
    #[must_use]
    pub fn of(network: &Network, documents: &BTreeSet<NodeIndex>) -> Self {
        let mut dated: Vec<(Date, NodeIndex)> =
            documents.iter().filter_map(|node| Some((date(network, *node)?, *node))).collect();
        dated.sort();
        let mut places = vec![None; network.graph.node_count()];
        for (place, (_, node)) in dated.iter().enumerate() {
            places[node.index()] = Some(place);
        }
        let mut pairs = BTreeSet::new();
        let mut left_out = 0;
        for (citing, (day, node)) in dated.iter().enumerate() {
            for edge in network.graph.edges(*node).filter(|e| e.weight().relation == Relation::Cites) {
                match places[edge.target().index()] {
                    Some(cited) if dated[cited].0 < *day => {
                        pairs.insert((cited, citing));
                    }
                    Some(_) => left_out += 1,
                    None => {}
                }
            }
        }
        let pairs: Vec<(usize, usize)> = pairs.into_iter().collect();
        let links = counted(dated.len(), &pairs);
        Self { nodes: dated.into_iter().map(|(_, node)| node).collect(), links, left_out }
    }

    /// The main path as links, one behind another; with `Local` and `KeyRoute` of equal counts the older document's.
    #[must_use]
    pub fn main_path(&self, by: By) -> Vec<Link> {
        match by {
            By::Local => {
                let has_source: BTreeSet<usize> = self.links.iter().map(|l| l.to).collect();
                let first = self.heaviest(|l| !has_source.contains(&l.from));
                first.map_or_else(Vec::new, |first| self.onwards(first))
            }
            By::Global => self.largest_sum(),
            By::KeyRoute => {
                let Some(key) = self.heaviest(|_| true) else { return Vec::new() };
                let mut path = self.onwards(key);
                while let Some(before) = path.first().and_then(|first| self.heaviest(|l| l.to == first.from)) {
                    path.insert(0, before);
                }
                path
            }
        }
    }

    fn heaviest(&self, admit: impl Fn(&Link) -> bool) -> Option<Link> {
        let mut best: Option<Link> = None;
        for link in self.links.iter().filter(|l| admit(l)) {
            if best.is_none_or(|b| link.count > b.count) {
                best = Some(*link);
            }
        }
        best
    }

    fn onwards(&self, first: Link) -> Vec<Link> {
        let mut path = vec![first];
        let mut last = first;
        while let Some(next) = self.heaviest(|l| l.from == last.to) {
            path.push(next);
            last = next;
        }
        path
    }

    fn largest_sum(&self) -> Vec<Link> {
        // The links are in order of `from`, and every link leads to a later place: one pass is enough.
        let mut best: Vec<(f64, Option<Link>)> = vec![(0.0, None); self.nodes.len()];
        for link in &self.links {
            let sum = best[link.from].0 + link.count;
            if sum > best[link.to].0 {
                best[link.to] = (sum, Some(*link));
            }
        }
        let mut end = 0;
        for place in 0..best.len() {
            if best[place].0 > best[end].0 {
                end = place;
            }
        }
        let mut path = Vec::new();
        while let Some(link) = best.get(end).and_then(|(_, link)| *link) {
            path.insert(0, link);
            end = link.from;
        }
        path
    }
}

/// Links with their search path counts; `pairs` are in order, each from an earlier place to a later one.
fn counted(nodes: usize, pairs: &[(usize, usize)]) -> Vec<Link> {
    let mut leading = vec![0.0_f64; nodes];
    let mut following = vec![0.0_f64; nodes];
    for &(from, to) in pairs {
        // All links to `from` came before, since they begin at earlier places.
        if leading[from] == 0.0 {
            leading[from] = 1.0;
        }
        leading[to] += leading[from];
    }
    for &(from, to) in pairs.iter().rev() {
        if following[to] == 0.0 {
            following[to] = 1.0;
        }
        following[from] += following[to];
    }
    pairs.iter().map(|&(from, to)| Link { from, to, count: leading[from] * following[to] }).collect()
}

/// The date of a document, or the first day of its year.
fn date(network: &Network, node: NodeIndex) -> Option<Date> {
    let node = &network.graph[node];
    node.date.or_else(|| Date::new(i16::try_from(node.year?).ok()?, 1, 1).ok())
}

/// The documents of a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Theme {
    /// Documents about a subject of this name.
    Subject(String),
    /// Documents that name a body, group, State, or cite a document: of this label.
    Naming(String),
    /// Documents whose title has all these words.
    Titled(Vec<String>),
}

/// The subjects that documents of a stored graph are about: IRI and name, in order.
///
/// # Errors
/// When the store cannot be read.
pub fn subjects(store: &Store) -> Result<Vec<(String, String)>, StorageError> {
    let mut all = Vec::new();
    for iri in super::evidence::subjects(store, v::RDF_TYPE, v::SKOS_CONCEPT)? {
        if let Some(name) = super::evidence::literal(store, &iri, v::RDFS_LABEL)? {
            all.push((iri, name));
        }
    }
    Ok(all)
}

/// What `words` are a theme of, and its documents: a subject of this name (`subjects` gives those of the graph, IRI and
/// name), else the thing or document that is called so, else words of titles.
#[must_use]
pub fn theme(
    network: &Network,
    subjects: &[(String, String)],
    called: Option<NodeIndex>,
    words: &str,
) -> (Theme, BTreeSet<NodeIndex>) {
    let documents = || network.graph.node_indices().filter(|node| network.graph[*node].is_document());
    if let Some((subject, name)) = subjects.iter().find(|(iri, name)| {
        name.eq_ignore_ascii_case(words) || iri.rsplit("/id/").next().is_some_and(|path| path == words)
    }) {
        let about = documents().filter(|node| network.graph[*node].subjects.contains(subject));
        return (Theme::Subject(name.clone()), about.collect());
    }
    if let Some(thing) = called {
        let mut naming: BTreeSet<NodeIndex> =
            network.graph.neighbors_directed(thing, petgraph::Direction::Incoming).collect();
        naming.insert(thing);
        naming.retain(|node| network.graph[*node].is_document());
        return (Theme::Naming(network.graph[thing].label.clone()), naming);
    }
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let titled = documents().filter(|node| {
        let title = network.graph[*node].title.as_deref().unwrap_or_default().to_lowercase();
        let has: BTreeSet<&str> = title.split(|c: char| !c.is_alphanumeric()).collect();
        words.iter().all(|word| has.contains(word.as_str()))
    });
    let titled = titled.collect();
    (Theme::Titled(words), titled)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every chain from a source to a sink.
    fn chains(pairs: &[(usize, usize)]) -> Vec<Vec<(usize, usize)>> {
        fn on(pairs: &[(usize, usize)], chain: Vec<(usize, usize)>, all: &mut Vec<Vec<(usize, usize)>>) {
            let Some(&(_, end)) = chain.last() else { return };
            let next: Vec<_> = pairs.iter().filter(|(from, _)| *from == end).collect();
            if next.is_empty() {
                all.push(chain);
                return;
            }
            for pair in next {
                let mut longer = chain.clone();
                longer.push(*pair);
                on(pairs, longer, all);
            }
        }
        let mut all = Vec::new();
        for pair in pairs.iter().filter(|(from, _)| pairs.iter().all(|(_, to)| to != from)) {
            on(pairs, vec![*pair], &mut all);
        }
        all
    }

    fn flow(pairs: &[(usize, usize)]) -> Flow {
        let nodes = pairs.iter().map(|(_, to)| to + 1).max().unwrap_or(0);
        Flow { nodes: (0..nodes).map(NodeIndex::new).collect(), links: counted(nodes, pairs), left_out: 0 }
    }

    fn check(pairs: &[(usize, usize)], by: By, expected: &[(usize, usize, f64)]) {
        let path: Vec<_> = flow(pairs).main_path(by).iter().map(|l| (l.from, l.to, l.count)).collect();
        assert_eq!(path, expected, "{by:?}");
    }

    #[test]
    fn the_main_path_follows_the_highest_counts() {
        // Two sources meet in 2, which leads to 5 by 3 and by 4, and to 6 by 4.
        let pairs = [(0, 2), (1, 2), (2, 3), (2, 4), (3, 5), (4, 5), (4, 6)];
        check(&pairs, By::Local, &[(0, 2, 3.0), (2, 4, 4.0), (4, 5, 2.0)]);
        check(&pairs, By::KeyRoute, &[(0, 2, 3.0), (2, 4, 4.0), (4, 5, 2.0)]);
        check(&pairs, By::Global, &[(0, 2, 3.0), (2, 4, 4.0), (4, 5, 2.0)]);
        check(&[], By::Global, &[]);
        check(&[], By::KeyRoute, &[]);
    }

    #[test]
    fn the_largest_sum_may_begin_elsewhere_than_the_highest_first_step() {
        // From 0 the first step has three chains and ends; from 1 a long chain of ones has the larger sum.
        let pairs = [(0, 2), (1, 6), (2, 3), (2, 4), (2, 5), (6, 7), (7, 8), (8, 9), (9, 10)];
        check(&pairs, By::Local, &[(0, 2, 3.0), (2, 3, 1.0)]);
        check(&pairs, By::Global, &[(1, 6, 1.0), (6, 7, 1.0), (7, 8, 1.0), (8, 9, 1.0), (9, 10, 1.0)]);
    }

    proptest::proptest! {
        #[test]
        fn counts_are_those_of_all_chains(edges in proptest::collection::btree_set((0_usize..9, 1_usize..9), 0..20)) {
            let pairs: Vec<(usize, usize)> = edges.into_iter().filter(|(from, to)| from < to).collect();
            let all = chains(&pairs);
            for link in counted(9, &pairs) {
                let through = all.iter().filter(|chain| chain.contains(&(link.from, link.to))).count();
                proptest::prop_assert_eq!(link.count, through as f64);
            }
            let sum = |chain: &[(usize, usize)]| -> usize {
                chain.iter().map(|pair| all.iter().filter(|c| c.contains(pair)).count()).sum()
            };
            let largest = all.iter().map(|chain| sum(chain)).max().unwrap_or(0);
            let found: f64 = flow(&pairs).main_path(By::Global).iter().map(|l| l.count).sum();
            proptest::prop_assert_eq!(found, largest as f64);
        }
    }
}

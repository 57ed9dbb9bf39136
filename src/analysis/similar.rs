//! Which documents are like one another, and why.
//!
//! Three things make documents alike: what both cite (bibliographic coupling), what cites both (co-citation), and wording
//! that they share. The first two are cosines, in which a document that is cited, or that cites, much weighs little:
//! what everything cites makes nothing alike.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Part, Rows};

/// What each reason weighs. Where one cannot be had for lack of data (a document that nothing cites yet), the others
/// count for it.
const COUPLING: f64 = 0.4;
const CO_CITATION: f64 = 0.3;
const WORDING: f64 = 0.3;
/// What so many documents share says nothing of any two of them, and would take long to go through.
const MOST_SHARING: usize = 1_000;

/// How two documents are alike.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Likeness {
    /// All in all, from 0 to 1.
    pub score: f64,
    /// By what both cite, from 0 to 1.
    pub coupling: f64,
    /// By what cites both, from 0 to 1.
    pub co_citation: f64,
    /// The share of the words of the one's paragraphs that stand in the other's, from 0 to 1.
    pub wording: f64,
}

/// How two documents share wording: by number of the other, the share of words.
pub type Shared = BTreeMap<u32, f64>;

/// What likenesses are worked out from.
#[derive(Debug)]
pub struct Similarity<'p> {
    part: &'p Part,
    /// Length of the vector of what each document cites, and of what cites it.
    lengths: [Vec<f64>; 2],
}

impl<'p> Similarity<'p> {
    /// For a part of the network.
    #[must_use]
    pub fn new(part: &'p Part) -> Self {
        let graph = &part.graph;
        let length = |rows: &Rows, turned: &Rows| {
            let of = |node: u32| rows.of(node).iter().map(|to| weight(turned, *to).powi(2)).sum::<f64>().sqrt();
            (0..graph.nodes() as u32).into_par_iter().map(of).collect()
        };
        Self { part, lengths: [length(&graph.out, &graph.into), length(&graph.into, &graph.out)] }
    }

    /// The documents most like one, at most `most`, the likest first; `shared` says with whom it shares wording, where
    /// that is to count.
    #[must_use]
    pub fn of(&self, node: u32, shared: Option<&Shared>, most: usize) -> Vec<(u32, Likeness)> {
        let graph = &self.part.graph;
        let mut found: BTreeMap<u32, Likeness> = BTreeMap::new();
        for (other, value) in cosines(node, &graph.out, &graph.into, &self.lengths[0]) {
            found.entry(other).or_default().coupling = value;
        }
        for (other, value) in cosines(node, &graph.into, &graph.out, &self.lengths[1]) {
            found.entry(other).or_default().co_citation = value;
        }
        for (other, value) in shared.into_iter().flatten().filter(|(other, _)| **other != node) {
            found.entry(*other).or_default().wording = *value;
        }
        let known = |node: u32| [&graph.out, &graph.into].map(|rows| rows.count(node) > 0);
        let own = known(node);
        let mut all: Vec<(u32, Likeness)> = found
            .into_iter()
            .map(|(other, mut likeness)| {
                let others = known(other);
                let (cites, cited) = (own[0] && others[0], own[1] && others[1]);
                likeness.score = score(likeness, cites, cited, shared.map(|shared| !shared.is_empty()));
                (other, likeness)
            })
            .collect();
        all.sort_by(|a, b| b.1.score.total_cmp(&a.1.score).then(a.0.cmp(&b.0)));
        all.truncate(most);
        all
    }

    /// The documents that both cite, and those that cite both; the most telling first.
    #[must_use]
    pub fn why(&self, a: u32, b: u32) -> [Vec<u32>; 2] {
        let graph = &self.part.graph;
        let common = |rows: &Rows, turned: &Rows| {
            let theirs = rows.of(b);
            let mut both: Vec<u32> =
                rows.of(a).iter().copied().filter(|node| theirs.binary_search(node).is_ok()).collect();
            both.sort_by(|x, y| weight(turned, *y).total_cmp(&weight(turned, *x)).then(x.cmp(y)));
            both
        };
        [common(&graph.out, &graph.into), common(&graph.into, &graph.out)]
    }
}

/// The mean of the reasons that can be had, by what they weigh. A document that has little to be compared by is not more
/// like another for that: what cannot be had counts half. Wording that is not to count (`None`) is left out.
fn score(likeness: Likeness, cites: bool, cited: bool, worded: Option<bool>) -> f64 {
    let reasons = [
        (likeness.coupling, COUPLING, Some(cites)),
        (likeness.co_citation, CO_CITATION, Some(cited)),
        (likeness.wording, WORDING, worded),
    ];
    let (mut sum, mut of) = (0.0, 0.0);
    for (value, weight, had) in reasons {
        if let Some(had) = had {
            sum += value * weight;
            of += if had { weight } else { weight / 2.0 };
        }
    }
    sum / of
}

/// How telling it is that a document is shared: little where many share it.
fn weight(sharing: &Rows, node: u32) -> f64 {
    let (shared, all) = (sharing.count(node), sharing.nodes());
    if shared > MOST_SHARING { 0.0 } else { (all as f64 / shared.max(1) as f64).ln().max(0.0) }
}

/// The cosine of a document's row with every other that has something of it.
fn cosines(node: u32, rows: &Rows, turned: &Rows, lengths: &[f64]) -> BTreeMap<u32, f64> {
    let mut products: BTreeMap<u32, f64> = BTreeMap::new();
    for &shared in rows.of(node) {
        let square = weight(turned, shared).powi(2);
        if square > 0.0 {
            for &other in turned.of(shared) {
                *products.entry(other).or_default() += square;
            }
        }
    }
    products.remove(&node);
    for (other, product) in &mut products {
        *product /= lengths[node as usize] * lengths[*other as usize];
    }
    products
}

#[cfg(test)]
mod tests {
    use petgraph::graph::NodeIndex;

    use super::*;
    use crate::analysis::Digraph;

    fn part(nodes: usize, edges: &[(u32, u32)]) -> Part {
        Part { nodes: (0..nodes).map(NodeIndex::new).collect(), graph: Digraph::new(nodes, edges) }
    }

    #[test]
    fn who_cites_the_same_is_alike() {
        // 0 and 1 cite 5 and 6; 2 cites 6 and 7; 3 and 4 cite 7.
        let part = part(8, &[(0, 5), (0, 6), (1, 5), (1, 6), (2, 6), (2, 7), (3, 7), (4, 7)]);
        let similarity = Similarity::new(&part);
        let found = similarity.of(0, Some(&Shared::new()), 10);
        assert_eq!(found.iter().map(|(other, _)| *other).collect::<Vec<_>>(), [1, 2]);
        assert!((found[0].1.coupling - 1.0).abs() < 1e-12, "{found:?}");
        let [both_cite, cite_both] = similarity.why(0, 1);
        // Two cite 5 and three cite 6: 5 says more.
        assert_eq!((both_cite, cite_both), (vec![5, 6], vec![]));
    }

    #[test]
    fn who_is_cited_together_is_alike_and_why_is_told() {
        let part = part(5, &[(3, 0), (3, 1), (4, 0), (4, 1), (4, 2)]);
        let similarity = Similarity::new(&part);
        let found = similarity.of(0, Some(&Shared::new()), 10);
        assert_eq!(found[0].0, 1);
        assert!(found[0].1.co_citation > found[1].1.co_citation);
        // What cites less says more.
        assert_eq!(similarity.why(0, 1), [vec![], vec![3, 4]]);
    }

    #[test]
    fn wording_alone_makes_alike() {
        let part = part(4, &[(0, 1), (2, 3)]);
        let found = Similarity::new(&part).of(0, Some(&Shared::from([(2, 0.8)])), 10);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].0, found[0].1.wording), (2, 0.8));
    }

    #[test]
    fn wording_that_is_not_to_count_takes_nothing_away() {
        // 0 and 1 cite the same, and nothing else: they could not be more alike in what they cite.
        let part = part(4, &[(0, 2), (1, 2), (0, 3), (1, 3)]);
        let score = |shared: Option<&Shared>| Similarity::new(&part).of(0, shared, 10)[0].1.score;
        let (with, without) = (score(Some(&Shared::new())), score(None));
        assert!((without - 0.4 / 0.55).abs() < 1e-9 && (with - 0.4 / 0.7).abs() < 1e-9, "{without} {with}");
    }

    #[test]
    fn nothing_is_like_a_document_that_shares_nothing() {
        assert!(Similarity::new(&part(4, &[(0, 1), (2, 3)])).of(0, Some(&Shared::new()), 10).is_empty());
    }
}

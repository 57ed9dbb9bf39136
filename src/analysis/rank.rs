//! Which documents matter, by what cites them and what they cite.
//!
//! Sums are made in an order that only the graph gives, so that the same graph has the same ranks on any machine, to the
//! last bit.

use rayon::prelude::*;

use super::{Digraph, Part};
use crate::graph::Network;

/// How likely a reader goes on to a document that is cited, and not to any other.
const DAMPING: f64 = 0.85;
/// Ranks no longer change when all changes together are below this.
const STILL: f64 = 1e-13;
/// Rounds after which a rank is taken as it is.
const MOST_ROUNDS: usize = 1_000;
/// Nodes that are worked on as one piece.
const PIECE: usize = 4_096;
/// Bytes for what the pieces of betweenness gather, all together.
const GATHERED: usize = 1 << 28;
/// Edges that betweenness may look at, from all sources together.
const EDGES_SEARCHED: usize = 10_000_000_000;
/// Years before and after within which documents are of about the same age.
const SAME_AGE: i32 = 2;

/// What is known of each node of a [`Part`], by its number.
#[derive(Debug, Clone, Default)]
pub struct Ranks {
    /// How many others cite it.
    pub times_cited: Vec<u32>,
    /// How many others it cites.
    pub cites: Vec<u32>,
    /// PageRank; sums to 1.
    pub page_rank: Vec<f64>,
    /// Hub score (HITS); sums to 1 where anything is cited.
    pub hub: Vec<f64>,
    /// Authority score (HITS); sums to 1 where anything is cited.
    pub authority: Vec<f64>,
    /// Share of the shortest chains between two others on which it lies.
    pub betweenness: Vec<f64>,
    /// Times cited, divided by the mean of those of its organ and age; `None` where its year is unknown.
    pub for_age: Vec<Option<f64>>,
}

/// All ranks of a part of a network; `sources` says how exact betweenness is.
#[must_use]
pub fn rank(network: &Network, part: &Part, sources: Sources) -> Ranks {
    let graph = &part.graph;
    let times_cited: Vec<u32> = (0..graph.nodes() as u32).map(|node| graph.into.count(node) as u32).collect();
    let (hub, authority) = hits(graph);
    Ranks {
        cites: (0..graph.nodes() as u32).map(|node| graph.out.count(node) as u32).collect(),
        page_rank: page_rank(graph),
        hub,
        authority,
        betweenness: betweenness(graph, sources),
        for_age: for_age(network, part, &times_cited),
        times_cited,
    }
}

/// Values of all nodes, worked out piece by piece, with the sum of something over all of them.
fn pieces(values: &mut [f64], value: impl Fn(u32) -> (f64, f64) + Sync) -> f64 {
    let sums: Vec<f64> = values
        .par_chunks_mut(PIECE)
        .enumerate()
        .map(|(piece, values)| {
            let mut sum = 0.0;
            for (node, out) in (piece * PIECE..).zip(values) {
                let (new, add) = value(node as u32);
                *out = new;
                sum += add;
            }
            sum
        })
        .collect();
    sums.iter().sum()
}

/// The sum over some nodes. (`sum` makes -0.0 of nothing.)
fn sum_of(values: &[f64], nodes: &[u32]) -> f64 {
    nodes.iter().fold(0.0, |sum, node| sum + values[*node as usize])
}

/// PageRank, damping 0.85; what a document without citations has goes to all alike. Sums to 1.
///
/// # Examples
/// A document that two cite has more than one that one cites.
/// ```
/// use resograph::analysis::{Digraph, rank::page_rank};
/// let ranks = page_rank(&Digraph::new(4, &[(0, 2), (1, 2), (0, 3)]));
/// assert!(ranks[2] > ranks[3] && ranks[3] > ranks[0]);
/// ```
#[must_use]
pub fn page_rank(graph: &Digraph) -> Vec<f64> {
    let count = graph.nodes();
    if count == 0 {
        return Vec::new();
    }
    let share = 1.0 / count as f64;
    let mut ranks = vec![share; count];
    // What a node hands to each that it cites.
    let mut gives = vec![0.0; count];
    let mut next = vec![0.0; count];
    for _ in 0..MOST_ROUNDS {
        let kept = pieces(&mut gives, |node| {
            let cites = graph.out.count(node);
            let rank = ranks[node as usize];
            if cites == 0 { (0.0, rank) } else { (rank / cites as f64, 0.0) }
        });
        let everybody = (1.0 - DAMPING + DAMPING * kept) * share;
        let change = pieces(&mut next, |node| {
            let got = sum_of(&gives, graph.into.of(node));
            let rank = everybody + DAMPING * got;
            (rank, (rank - ranks[node as usize]).abs())
        });
        std::mem::swap(&mut ranks, &mut next);
        if change < STILL {
            break;
        }
    }
    ranks
}

/// Hub and authority scores after Kleinberg (HITS), each summing to 1; all zero where nothing is cited.
#[must_use]
pub fn hits(graph: &Digraph) -> (Vec<f64>, Vec<f64>) {
    let count = graph.nodes();
    let mut hubs = vec![1.0; count];
    let mut authorities = vec![0.0; count];
    if graph.edges() == 0 {
        return (vec![0.0; count], authorities);
    }
    let scale = |values: &mut [f64], sum: f64| values.iter_mut().for_each(|value| *value /= sum);
    let mut next = vec![0.0; count];
    for _ in 0..MOST_ROUNDS {
        let sum = pieces(&mut authorities, |node| {
            let authority = sum_of(&hubs, graph.into.of(node));
            (authority, authority)
        });
        scale(&mut authorities, sum);
        let sum = pieces(&mut next, |node| {
            let hub = sum_of(&authorities, graph.out.of(node));
            (hub, hub)
        });
        scale(&mut next, sum);
        let change: f64 = hubs.iter().zip(&next).map(|(old, new)| (old - new).abs()).sum();
        std::mem::swap(&mut hubs, &mut next);
        if change < STILL {
            break;
        }
    }
    (hubs, authorities)
}

/// From where shortest chains are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sources {
    /// From every node.
    All,
    /// From so many, evenly spread over the nodes; the values are scaled to what all would give.
    Spread(usize),
}

/// All sources where that is done in a minute or so; as many as that allows where the graph is larger.
#[must_use]
pub fn sources_for(graph: &Digraph) -> Sources {
    let searches = EDGES_SEARCHED / (graph.edges() + graph.nodes()).max(1);
    if searches >= graph.nodes() { Sources::All } else { Sources::Spread(searches.max(1)) }
}

/// On which share of the shortest chains of edges between two other nodes each lies (Brandes), of all ordered pairs.
#[must_use]
pub fn betweenness(graph: &Digraph, sources: Sources) -> Vec<f64> {
    let count = graph.nodes();
    if count < 3 {
        return vec![0.0; count];
    }
    let (from, every): (Vec<u32>, f64) = match sources {
        Sources::Spread(wanted) if (1..count).contains(&wanted) => {
            let at = |n: usize| (n as u128 * count as u128 / wanted as u128) as u32;
            ((0..wanted).map(at).collect(), count as f64 / wanted as f64)
        }
        _ => ((0..count as u32).collect(), 1.0),
    };
    // As many pieces as memory allows, whatever the processors: sums come out the same.
    let pieces = (GATHERED / (8 * count)).clamp(2, 64);
    let gathered: Vec<Vec<f64>> = from
        .par_chunks(from.len().div_ceil(pieces).max(1))
        .map(|sources| {
            let mut search = Search::new(graph);
            for &source in sources {
                search.from(source);
            }
            search.on
        })
        .collect();
    let pairs = ((count - 1) * (count - 2)) as f64;
    let mut all = vec![0.0; count];
    for piece in gathered {
        for (sum, value) in all.iter_mut().zip(piece) {
            *sum += value;
        }
    }
    all.iter_mut().for_each(|value| *value *= every / pairs);
    all
}

/// Searches in breadth, one source after another, that share their memory.
struct Search<'g> {
    graph: &'g Digraph,
    /// What each node lies on, over all sources.
    on: Vec<f64>,
    /// Steps from the source; `u32::MAX` for what was not met.
    steps: Vec<u32>,
    /// How many shortest chains lead there.
    chains: Vec<f64>,
    /// The share of the chains from the source that lead on through it, over the chains that lead there.
    through: Vec<f64>,
    /// Nodes in the order in which they were met.
    met: Vec<u32>,
}

impl<'g> Search<'g> {
    fn new(graph: &'g Digraph) -> Self {
        let count = graph.nodes();
        Self {
            graph,
            on: vec![0.0; count],
            steps: vec![u32::MAX; count],
            chains: vec![0.0; count],
            through: vec![0.0; count],
            met: Vec::new(),
        }
    }

    fn from(&mut self, source: u32) {
        let Self { graph, on, steps, chains, through, met } = self;
        // What leads nowhere, or to ends only, has nothing between.
        if graph.out.of(source).iter().all(|next| graph.out.count(*next) == 0) {
            return;
        }
        met.push(source);
        steps[source as usize] = 0;
        chains[source as usize] = 1.0;
        let mut at = 0;
        while let Some(&node) = met.get(at) {
            at += 1;
            let (step, share) = (steps[node as usize] + 1, chains[node as usize]);
            for &next in graph.out.of(node) {
                let there = next as usize;
                if steps[there] == u32::MAX {
                    steps[there] = step;
                    met.push(next);
                    chains[there] = share;
                } else if steps[there] == step {
                    chains[there] += share;
                }
            }
        }
        for &node in met.iter().rev() {
            let here = node as usize;
            let step = steps[here] + 1;
            let mut sum = 0.0;
            for &next in graph.out.of(node) {
                if steps[next as usize] == step {
                    sum += through[next as usize];
                }
            }
            let depends = sum * chains[here];
            // Kept as (1 + what depends on it) / chains, which is what those before it ask for.
            through[here] = (1.0 + depends) / chains[here];
            if node != source {
                on[here] += depends;
            }
        }
        for node in met.drain(..) {
            steps[node as usize] = u32::MAX;
        }
    }
}

/// Times cited over the mean of the documents of the same organ that are at most two years older or younger.
fn for_age(network: &Network, part: &Part, times_cited: &[u32]) -> Vec<Option<f64>> {
    use std::collections::BTreeMap;
    let age = |node: usize| {
        let node = &network.graph[part.nodes[node]];
        node.year.map(|year| (node.organ, year))
    };
    let mut years: BTreeMap<_, (u64, u64)> = BTreeMap::new();
    for (node, times) in times_cited.iter().enumerate() {
        if let Some(age) = age(node) {
            let sum = years.entry(age).or_default();
            *sum = (sum.0 + u64::from(*times), sum.1 + 1);
        }
    }
    let mean = |organ, year: i32| {
        let around = years.range((organ, year - SAME_AGE)..=(organ, year + SAME_AGE));
        let (times, documents) = around.fold((0, 0), |sum, (_, of)| (sum.0 + of.0, sum.1 + of.1));
        times as f64 / documents as f64
    };
    let value = |(node, times): (usize, &u32)| {
        let (organ, year) = age(node)?;
        let mean = mean(organ, year);
        Some(if mean > 0.0 { f64::from(*times) / mean } else { 0.0 })
    };
    times_cited.iter().enumerate().map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A random graph of so many nodes and edges.
    fn random(nodes: u32, edges: usize, seed: u64) -> Digraph {
        let mut state = seed;
        let mut next = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 33) % u64::from(nodes)) as u32
        };
        let edges: Vec<_> = (0..edges).map(|_| (next(), next())).collect();
        Digraph::new(nodes as usize, &edges)
    }

    fn close(found: &[f64], expected: &[f64]) {
        assert_eq!(found.len(), expected.len());
        for (node, (f, e)) in found.iter().zip(expected).enumerate() {
            assert!((f - e).abs() < 1e-9, "node {node}: {f} and {e}");
        }
    }

    #[test]
    fn page_rank_is_what_its_equation_says() {
        for seed in 0..20 {
            let graph = random(30, 60, seed);
            let ranks = page_rank(&graph);
            let count = 30.0;
            let kept: f64 = (0..30).filter(|n| graph.out.count(*n) == 0).map(|n| ranks[n as usize]).sum();
            let expected: Vec<f64> = (0..30)
                .map(|node| {
                    let got = |from: &u32| ranks[*from as usize] / graph.out.count(*from) as f64;
                    0.15 / count + 0.85 * (kept / count + graph.into.of(node).iter().map(got).sum::<f64>())
                })
                .collect();
            close(&ranks, &expected);
            assert!((ranks.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        }
    }

    /// Betweenness from its definition: for every pair, the share of its shortest chains through every other node.
    fn by_definition(graph: &Digraph) -> Vec<f64> {
        let count = graph.nodes();
        let from = |source: usize| {
            let (mut steps, mut chains) = (vec![usize::MAX; count], vec![0.0; count]);
            (steps[source], chains[source]) = (0, 1.0);
            for step in 0..count {
                for node in (0..count).filter(|n| steps[*n] == step).collect::<Vec<_>>() {
                    for &next in graph.out.of(node as u32) {
                        let next = next as usize;
                        if steps[next] > step {
                            steps[next] = step + 1;
                            chains[next] += chains[node];
                        }
                    }
                }
            }
            (steps, chains)
        };
        let all: Vec<_> = (0..count).map(from).collect();
        let mut on = vec![0.0; count];
        for a in 0..count {
            for b in (0..count).filter(|b| *b != a && all[a].0[*b] != usize::MAX) {
                for (node, sum) in on.iter_mut().enumerate().filter(|(node, _)| *node != a && *node != b) {
                    let (first, second) = (all[a].0[node], all[node].0[b]);
                    if first != usize::MAX && second != usize::MAX && first + second == all[a].0[b] {
                        *sum += all[a].1[node] * all[node].1[b] / all[a].1[b];
                    }
                }
            }
        }
        on.iter().map(|sum| sum / ((count - 1) * (count - 2)) as f64).collect()
    }

    #[test]
    fn betweenness_is_what_its_definition_says() {
        for seed in 0..30 {
            let graph = random(12, 8 + seed as usize, seed);
            close(&betweenness(&graph, Sources::All), &by_definition(&graph));
        }
    }

    #[test]
    fn from_all_nodes_and_from_as_many_spread_ones_is_the_same() {
        let graph = random(40, 100, 3);
        close(&betweenness(&graph, Sources::Spread(40)), &betweenness(&graph, Sources::All));
    }

    #[test]
    fn hubs_and_authorities_make_each_other() {
        // Each of 0, 1 and 2 cites 3; only 0 cites 4.
        let (hubs, authorities) = hits(&Digraph::new(5, &[(0, 3), (1, 3), (2, 3), (0, 4)]));
        // The greatest eigenvalue of [[3, 1], [1, 1]] is 2 + sqrt 2, with the vector (1 + sqrt 2, 1).
        let root = 2_f64.sqrt();
        close(&authorities, &[0.0, 0.0, 0.0, (1.0 + root) / (2.0 + root), 1.0 / (2.0 + root)]);
        let (a, b) = (2.0 + root, 1.0 + root);
        close(&hubs, &[a / (a + 2.0 * b), b / (a + 2.0 * b), b / (a + 2.0 * b), 0.0, 0.0]);
    }

    #[test]
    fn without_citations_nobody_stands_out() {
        let graph = Digraph::new(4, &[]);
        close(&page_rank(&graph), &[0.25; 4]);
        close(&hits(&graph).0, &[0.0; 4]);
        close(&betweenness(&graph, Sources::All), &[0.0; 4]);
        assert!(page_rank(&Digraph::new(0, &[])).is_empty());
    }
}

//! The Leiden method: communities of a weighted graph without directions, by modularity.
//!
//! After Traag, Waltman and van Eck, "From Louvain to Leiden: guaranteeing well-connected communities" (2019): nodes
//! move to better communities; each community is divided again into parts that hang together; the parts become the
//! nodes of a smaller graph, and so on. Chance is a fixed sequence of numbers, so that a graph has one result.

use rayon::prelude::*;

use super::Digraph;

/// How far the division of a community into parts prefers the best part: the smaller, the more.
const RANDOMNESS: f64 = 0.01;
/// Starts of which the best is taken, at most.
const MOST_STARTS: usize = 10;
/// Ends of edges of all starts together.
const EDGES_LOOKED_AT: usize = 4_000_000;
/// Rounds over the whole, each from the result of the last.
const MOST_ROUNDS: usize = 20;

/// A graph without directions, each edge in the rows of both of its ends.
#[derive(Debug, Clone)]
pub(super) struct Weighted {
    starts: Vec<usize>,
    ends: Vec<u32>,
    weights: Vec<f64>,
    /// Weight of the edges of each node, those to itself twice.
    strength: Vec<f64>,
    /// Sum of all strengths.
    total: f64,
}

impl Weighted {
    /// Links without direction; two documents that cite each other have one.
    pub(super) fn of(graph: &Digraph) -> Self {
        let (mut starts, mut ends) = (vec![0], Vec::new());
        for node in 0..graph.nodes() as u32 {
            let from = ends.len();
            ends.extend_from_slice(graph.out.of(node));
            ends.extend_from_slice(graph.into.of(node));
            ends[from..].sort_unstable();
            let mut kept = from;
            for at in from..ends.len() {
                if kept == from || ends[kept - 1] != ends[at] {
                    ends[kept] = ends[at];
                    kept += 1;
                }
            }
            ends.truncate(kept);
            starts.push(ends.len());
        }
        let strength: Vec<f64> = starts.windows(2).map(|row| (row[1] - row[0]) as f64).collect();
        Self { weights: vec![1.0; ends.len()], total: strength.iter().sum(), starts, ends, strength }
    }

    fn nodes(&self) -> usize {
        self.strength.len()
    }

    fn row(&self, node: usize) -> impl Iterator<Item = (usize, f64)> {
        let range = self.starts[node]..self.starts[node + 1];
        self.ends[range.clone()].iter().map(|end| *end as usize).zip(self.weights[range].iter().copied())
    }

    /// The graph whose nodes are sets of nodes; `of` says to which each belongs.
    fn together(&self, of: &[u32], sets: usize) -> Self {
        let mut members = vec![Vec::new(); sets];
        for (node, set) in of.iter().enumerate() {
            members[*set as usize].push(node);
        }
        let mut sum = Sums::new(sets);
        let mut new = Self {
            starts: vec![0],
            ends: Vec::new(),
            weights: Vec::new(),
            strength: vec![0.0; sets],
            total: self.total,
        };
        for (set, members) in members.iter().enumerate() {
            for &node in members {
                new.strength[set] += self.strength[node];
                for (end, weight) in self.row(node) {
                    sum.add(of[end] as usize, weight);
                }
            }
            for (end, weight) in sum.take() {
                new.ends.push(end as u32);
                new.weights.push(weight);
            }
            new.starts.push(new.ends.len());
        }
        new
    }
}

/// Sums by number, emptied in the order in which numbers came.
struct Sums {
    sums: Vec<f64>,
    known: Vec<bool>,
    met: Vec<usize>,
}

impl Sums {
    fn new(count: usize) -> Self {
        Self { sums: vec![0.0; count], known: vec![false; count], met: Vec::new() }
    }

    fn add(&mut self, number: usize, weight: f64) {
        if !std::mem::replace(&mut self.known[number], true) {
            self.met.push(number);
        }
        self.sums[number] += weight;
    }

    fn take(&mut self) -> Vec<(usize, f64)> {
        let all: Vec<_> = self.met.iter().map(|number| (*number, self.sums[*number])).collect();
        for number in self.met.drain(..) {
            (self.sums[number], self.known[number]) = (0.0, false);
        }
        all
    }
}

/// A fixed sequence of numbers that look like chance (SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 on, below 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn shuffled(&mut self, count: usize) -> Vec<usize> {
        let mut all: Vec<usize> = (0..count).collect();
        for at in (1..count).rev() {
            all.swap(at, (self.next() % (at as u64 + 1)) as usize);
        }
        all
    }
}

/// The community of each node; communities have numbers without gaps. The best of several starts, of fewer where the
/// graph is large.
pub(super) fn communities(graph: &Weighted, resolution: f64) -> Vec<u32> {
    let starts = (EDGES_LOOKED_AT / graph.ends.len().max(1)).clamp(1, MOST_STARTS) as u64;
    let tries = (1..=starts).into_par_iter().map(|seed| {
        let found = from_start(graph, resolution, Chance(seed));
        (modularity(graph, &found, resolution), seed, found)
    });
    let best = tries.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    best.map(|(_, _, found)| found).unwrap_or_default()
}

fn from_start(graph: &Weighted, resolution: f64, mut chance: Chance) -> Vec<u32> {
    let count = graph.nodes();
    let mut best: Vec<u32> = (0..count as u32).collect();
    if graph.total == 0.0 {
        return best;
    }
    let mut quality = modularity(graph, &best, resolution);
    for _ in 0..MOST_ROUNDS {
        let next = round(graph, &best, resolution, &mut chance);
        let reached = modularity(graph, &next, resolution);
        if reached <= quality + 1e-9 {
            break;
        }
        (best, quality) = (next, reached);
    }
    best
}

/// One round from a division to a better one.
fn round(graph: &Weighted, from: &[u32], resolution: f64, chance: &mut Chance) -> Vec<u32> {
    // To which node of the smaller graph each node belongs, and to which community each of those.
    let mut belongs: Vec<u32> = (0..graph.nodes() as u32).collect();
    let mut of = from.to_vec();
    let mut small = graph.clone();
    loop {
        move_nodes(&small, &mut of, resolution, chance);
        let sets = renumber(&mut of);
        if sets == small.nodes() {
            break;
        }
        let mut parts = divide(&small, &of, sets, resolution, chance);
        let mut count = renumber(&mut parts);
        if count == small.nodes() {
            // Nothing hangs together in parts: the communities themselves go on as nodes.
            parts = of.clone();
            count = sets;
        }
        let mut above = vec![0; count];
        for (part, set) in parts.iter().zip(&of) {
            above[*part as usize] = *set;
        }
        small = small.together(&parts, count);
        for node in &mut belongs {
            *node = parts[*node as usize];
        }
        of = above;
    }
    belongs.iter().map(|node| of[*node as usize]).collect()
}

/// Numbers without gaps, in order of first use; gives how many.
fn renumber(of: &mut [u32]) -> usize {
    let most = of.iter().copied().max().map_or(0, |most| most as usize + 1);
    let mut new = vec![u32::MAX; most];
    let mut count = 0;
    for set in of {
        let number = &mut new[*set as usize];
        if *number == u32::MAX {
            *number = count;
            count += 1;
        }
        *set = *number;
    }
    count as usize
}

/// Moves nodes to the best community among those of their neighbours, until none wants to move.
fn move_nodes(graph: &Weighted, of: &mut [u32], resolution: f64, chance: &mut Chance) {
    let count = graph.nodes();
    let sets = of.iter().copied().max().map_or(0, |most| most as usize + 1).max(count);
    let (mut strength, mut sizes) = (vec![0.0; sets], vec![0_usize; sets]);
    for (node, set) in of.iter().enumerate() {
        strength[*set as usize] += graph.strength[node];
        sizes[*set as usize] += 1;
    }
    let mut empty: Vec<usize> = (0..sets).rev().filter(|set| sizes[*set] == 0).collect();
    let mut queue: std::collections::VecDeque<usize> = chance.shuffled(count).into();
    let mut waits = vec![true; count];
    let mut sums = Sums::new(sets);
    while let Some(node) = queue.pop_front() {
        waits[node] = false;
        let here = of[node] as usize;
        let own = graph.strength[node];
        for (end, weight) in graph.row(node).filter(|(end, _)| *end != node) {
            sums.add(of[end] as usize, weight);
        }
        strength[here] -= own;
        sizes[here] -= 1;
        if sizes[here] == 0 {
            empty.push(here);
        }
        let gain = |set: usize, weight: f64| weight - resolution * own * strength[set] / graph.total;
        let around = sums.take();
        let stay = around.iter().find(|(set, _)| *set == here).map_or(0.0, |(_, weight)| *weight);
        let mut best = (here, gain(here, stay));
        for (set, weight) in around {
            let gain = gain(set, weight);
            if gain > best.1 + 1e-12 {
                best = (set, gain);
            }
        }
        if best.1 < -1e-12
            && let Some(alone) = empty.last()
        {
            best = (*alone, 0.0);
        }
        let there = best.0;
        if sizes[there] == 0 {
            // The empty community that was chosen, be it its own, is the one that was pushed last.
            empty.pop();
        }
        strength[there] += own;
        sizes[there] += 1;
        if there != here {
            of[node] = there as u32;
            for (end, _) in graph.row(node) {
                if of[end] as usize != there && !std::mem::replace(&mut waits[end], true) {
                    queue.push_back(end);
                }
            }
        }
    }
}

/// Divides each community into parts that hang together: nodes that are alone join a part of their community where
/// that gains something, the more it gains the likelier.
fn divide(graph: &Weighted, of: &[u32], sets: usize, resolution: f64, chance: &mut Chance) -> Vec<u32> {
    let count = graph.nodes();
    let mut strength_of_set = vec![0.0; sets];
    for (node, set) in of.iter().enumerate() {
        strength_of_set[*set as usize] += graph.strength[node];
    }
    let mut part: Vec<u32> = (0..count as u32).collect();
    let mut strength = graph.strength.clone();
    let mut alone = vec![true; count];
    // Weight between a part and the rest of its community.
    let within = |node: usize| {
        let rest = graph.row(node).filter(|(end, _)| *end != node && of[*end] == of[node]);
        rest.map(|(_, weight)| weight).sum::<f64>()
    };
    let mut outside: Vec<f64> = (0..count).map(within).collect();
    let own_outside = outside.clone();
    let mut sums = Sums::new(count);
    for node in chance.shuffled(count) {
        let set_strength = strength_of_set[of[node] as usize];
        let connected = |part: usize, strength: &[f64], outside: &[f64]| {
            outside[part] >= resolution * strength[part] * (set_strength - strength[part]) / graph.total - 1e-12
        };
        if !alone[node] || !connected(node, &strength, &outside) {
            continue;
        }
        for (end, weight) in graph.row(node).filter(|(end, _)| *end != node && of[*end] == of[node]) {
            sums.add(part[end] as usize, weight);
        }
        let own = graph.strength[node];
        let mut choices: Vec<(usize, f64, f64)> = Vec::new();
        for (candidate, weight) in sums.take() {
            let gain = weight - resolution * own * strength[candidate] / graph.total;
            if gain >= 0.0 && connected(candidate, &strength, &outside) {
                choices.push((candidate, weight, gain));
            }
        }
        let most = choices.iter().map(|(_, _, gain)| *gain).fold(0.0, f64::max);
        let chances: Vec<f64> = choices.iter().map(|(_, _, gain)| ((gain - most) / RANDOMNESS).exp()).collect();
        // To stay alone gains nothing, and may be chosen too.
        let stay = (-most / RANDOMNESS).exp();
        let mut drawn = chance.share() * (chances.iter().sum::<f64>() + stay);
        let chosen = choices.iter().zip(&chances).find(|(_, chance)| {
            drawn -= **chance;
            drawn < 0.0
        });
        if let Some((&(there, weight, _), _)) = chosen {
            part[node] = there as u32;
            strength[there] += own;
            strength[node] -= own;
            outside[there] += own_outside[node] - 2.0 * weight;
            alone[there] = false;
            alone[node] = false;
        }
    }
    part
}

/// Modularity of a division: the share of weight within communities, less what chance would give.
pub(super) fn modularity(graph: &Weighted, of: &[u32], resolution: f64) -> f64 {
    if graph.total == 0.0 {
        return 0.0;
    }
    let sets = of.iter().copied().max().map_or(0, |most| most as usize + 1);
    let (mut inner, mut strength) = (vec![0.0; sets], vec![0.0; sets]);
    for node in 0..graph.nodes() {
        let set = of[node] as usize;
        strength[set] += graph.strength[node];
        inner[set] += graph.row(node).filter(|(end, _)| of[*end] as usize == set).map(|(_, w)| w).sum::<f64>();
    }
    let share = |(inner, strength): (&f64, &f64)| inner / graph.total - resolution * (strength / graph.total).powi(2);
    inner.iter().zip(&strength).map(share).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rings of `size` nodes that are all linked with one another, each ring linked to the next by one edge.
    fn rings(rings: u32, size: u32) -> Weighted {
        let mut edges = Vec::new();
        for ring in 0..rings {
            let first = ring * size;
            for a in 0..size {
                edges.extend((0..a).map(|b| (first + a, first + b)));
            }
            edges.push((first, (first + size) % (rings * size)));
        }
        Weighted::of(&Digraph::new((rings * size) as usize, &edges))
    }

    #[test]
    fn what_is_linked_with_one_another_is_a_community() {
        let graph = rings(12, 6);
        let mut found = communities(&graph, 1.0);
        assert_eq!(renumber(&mut found), 12);
        for ring in found.chunks(6) {
            assert!(ring.iter().all(|set| *set == ring[0]), "{ring:?}");
        }
    }

    #[test]
    fn modularity_is_what_its_definition_says() {
        // Two triangles and one edge between: 7 edges, 6 of them inside; strengths 7 and 7 of 14.
        let graph = rings(2, 3);
        let edges = graph.total / 2.0;
        let expected = 6.0 / edges - 2.0 * 0.25;
        let found = modularity(&graph, &[0, 0, 0, 1, 1, 1], 1.0);
        assert!((found - expected).abs() < 1e-12, "{found} and {expected}");
    }

    #[test]
    fn the_best_division_of_a_small_graph_is_found() {
        // All divisions of eight nodes, by brute force.
        let edges = [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5), (2, 3), (6, 7), (5, 6), (0, 7)];
        let graph = Weighted::of(&Digraph::new(8, &edges));
        let mut best = f64::MIN;
        let mut of = vec![0_u32; 8];
        // Each node's set is at most one above those before it.
        fn all(of: &mut Vec<u32>, at: usize, most: u32, graph: &Weighted, best: &mut f64) {
            if at == of.len() {
                *best = best.max(modularity(graph, of, 1.0));
                return;
            }
            for set in 0..=most {
                of[at] = set;
                all(of, at + 1, most.max(set + 1), graph, best);
            }
        }
        all(&mut of, 0, 0, &graph, &mut best);
        let found = modularity(&graph, &communities(&graph, 1.0), 1.0);
        assert!((found - best).abs() < 1e-9, "{found}, the best is {best}");
    }

    #[test]
    fn who_has_no_links_is_alone() {
        let graph = Weighted::of(&Digraph::new(5, &[(0, 1)]));
        let mut found = communities(&graph, 1.0);
        assert_eq!(renumber(&mut found), 4);
        assert_eq!(communities(&Weighted::of(&Digraph::new(3, &[])), 1.0), [0, 1, 2]);
    }
}

//! Chains on small networks, held against every walk without a repeated node.

use super::*;
use crate::graph::network::{Edge, Kind, Node};

/// A network of `nodes` and citations between them.
fn network(nodes: usize, edges: &[(usize, usize)]) -> Network {
    let mut network = Network::default();
    for n in 0..nodes {
        network.graph.add_node(Node {
            iri: format!("n{n}"),
            label: format!("n{n}"),
            title: None,
            kind: Kind::Resolution,
            year: None,
            date: None,
            organ: None,
            subjects: Vec::new(),
        });
    }
    for (from, to) in edges {
        let edge = Edge {
            relation: Relation::Cites,
            treatments: Vec::new(),
            verbs: Vec::new(),
            count: 1,
            grounds: Vec::new(),
        };
        network.graph.add_edge(NodeIndex::new(*from), NodeIndex::new(*to), edge);
    }
    network
}

fn wanted(way: Way, longest: Option<usize>, most: usize) -> Wanted<'static> {
    Wanted { relations: &[Relation::Cites], way, longest, most }
}

fn check(network: &Network, [from, to]: [usize; 2], wanted: &Wanted<'_>, expected: &[&[usize]], more: bool) {
    let paths = paths(network, NodeIndex::new(from), NodeIndex::new(to), wanted);
    let found: Vec<Vec<usize>> = paths.found.iter().map(|p| p.iter().map(|n| n.index()).collect()).collect();
    assert_eq!(found, expected);
    assert_eq!(paths.more, more);
}

#[test]
fn the_shortest_chains_are_found_and_longer_ones_on_demand() {
    let network = network(5, &[(0, 1), (1, 4), (0, 2), (2, 4), (2, 3), (3, 4)]);
    check(&network, [0, 4], &wanted(Way::Forward, None, 9), &[&[0, 1, 4], &[0, 2, 4]], false);
    check(&network, [0, 4], &wanted(Way::Forward, Some(3), 9), &[&[0, 1, 4], &[0, 2, 4], &[0, 2, 3, 4]], false);
    check(&network, [0, 4], &wanted(Way::Forward, Some(3), 2), &[&[0, 1, 4], &[0, 2, 4]], true);
    // Nothing leads back, unless steps may go either way.
    check(&network, [4, 0], &wanted(Way::Forward, Some(3), 9), &[], false);
    check(&network, [1, 2], &wanted(Way::Either, None, 9), &[&[1, 0, 2], &[1, 4, 2]], false);
    check(&network, [1, 1], &wanted(Way::Either, Some(4), 9), &[], false);
}

#[test]
fn a_cycle_is_walked_through_once() {
    let network = network(3, &[(0, 1), (1, 0), (1, 1), (1, 2), (0, 1)]);
    check(&network, [0, 2], &wanted(Way::Forward, Some(6), 9), &[&[0, 1, 2]], false);
}

/// Every walk without a repeated node of at most `longest` steps.
fn every(edges: &[(usize, usize)], path: &mut Vec<usize>, to: usize, longest: usize, out: &mut BTreeSet<Vec<usize>>) {
    let here = path[path.len() - 1];
    if here == to && path.len() > 1 {
        out.insert(path.clone());
        return;
    }
    if path.len() > longest {
        return;
    }
    for &(a, b) in edges {
        if a == here && !path.contains(&b) {
            path.push(b);
            every(edges, path, to, longest, out);
            path.pop();
        }
    }
}

proptest::proptest! {
    #[test]
    fn all_chains_of_random_networks_are_found(
        edges in proptest::collection::vec((0_usize..8, 0_usize..8), 0..24),
        from in 0_usize..8,
        to in 0_usize..8,
        longest in 1_usize..6,
        either in proptest::bool::ANY,
    ) {
        let network = network(8, &edges);
        let way = if either { Way::Either } else { Way::Forward };
        let mut both = edges.clone();
        if either {
            both.extend(edges.iter().map(|(a, b)| (*b, *a)));
        }
        let mut expected = BTreeSet::new();
        if from != to {
            every(&both, &mut vec![from], to, longest, &mut expected);
        }
        let mut expected: Vec<Vec<usize>> = expected.into_iter().collect();
        expected.sort_by_key(|path| (path.len(), path.clone()));
        let found = paths(&network, NodeIndex::new(from), NodeIndex::new(to), &wanted(way, Some(longest), usize::MAX));
        let found: Vec<Vec<usize>> = found.found.iter().map(|p| p.iter().map(|n| n.index()).collect()).collect();
        proptest::prop_assert_eq!(&found, &expected);
        // Without a limit of steps: the shortest of them.
        let fewest = paths(&network, NodeIndex::new(from), NodeIndex::new(to), &wanted(way, None, usize::MAX));
        let mut all = BTreeSet::new();
        if from != to {
            every(&both, &mut vec![from], to, 8, &mut all);
        }
        let least = all.iter().map(Vec::len).min();
        proptest::prop_assert_eq!(fewest.found.len(), all.iter().filter(|p| Some(p.len()) == least).count());
    }
}

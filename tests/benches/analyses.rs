//! Analyses of a random graph, timed by themselves: `cargo bench --bench analyses -- NODES EDGES [DIR]`.
//!
//! With a folder, the edges and the results are written there, for `tests/bench/analyses.py` to hold other libraries
//! against.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::Instant;

use resograph::analysis::rank::{Sources, betweenness, hits, page_rank};
use resograph::analysis::{Digraph, leiden_communities};

/// Runs of each analysis, of which the middle one counts.
const RUNS: usize = 5;
/// Edges that exact betweenness may look at here.
const EXACT: usize = 4_000_000_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let number = |place: usize, usual: u32| arguments.get(place).and_then(|a| a.parse().ok()).unwrap_or(usual);
    let (nodes, count) = (number(0, 100_000), number(1, 1_000_000) as usize);
    let edges = random(nodes, count);
    let graph = timed("graph", || Digraph::new(nodes as usize, &edges));
    let ranks = timed("pagerank", || page_rank(&graph));
    timed("hits", || hits(&graph));
    let sources = if (nodes as usize) * count <= EXACT { Sources::All } else { Sources::Spread(100) };
    let name = if sources == Sources::All { "betweenness" } else { "betweenness of 100 sources" };
    let between = timed(name, || betweenness(&graph, sources));
    timed("leiden", || leiden_communities(&graph));
    if let Some(dir) = arguments.get(2).map(Path::new) {
        let pairs: Vec<u8> = edges.iter().flat_map(|(a, b)| [*a, *b]).flat_map(u32::to_le_bytes).collect();
        let values = |values: &[f64]| -> Vec<u8> { values.iter().flat_map(|value| value.to_le_bytes()).collect() };
        fs::create_dir_all(dir).expect("the folder can be made");
        for (name, bytes) in [("edges", pairs), ("pagerank", values(&ranks)), ("betweenness", values(&between))] {
            fs::write(dir.join(name), bytes).expect("the folder can be written");
        }
    }
}

/// Random edges, the same for the same numbers.
fn random(nodes: u32, count: usize) -> Vec<(u32, u32)> {
    let mut state = 42_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % u64::from(nodes)) as u32
    };
    (0..count).map(|_| (next(), next())).collect()
}

/// Runs something some times and prints the middle time, a line that programs can read.
fn timed<T>(name: &str, work: impl Fn() -> T) -> T {
    let started = Instant::now();
    let mut result = work();
    let mut times = vec![started.elapsed().as_secs_f64()];
    // What takes long is taken once.
    while times.len() < RUNS && times[0] < 10.0 {
        let started = Instant::now();
        result = work();
        times.push(started.elapsed().as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    let line = format!("{name}\t{:.2} ms\n", times[times.len() / 2] * 1000.0);
    io::stdout().write_all(line.as_bytes()).expect("somebody reads");
    result
}

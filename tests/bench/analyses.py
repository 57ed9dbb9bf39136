"""PageRank and betweenness beside igraph and networkit, on the same random graphs, in one run.

    tests/bench/analyses.py [--nodes 100000 --edges 1000000] [--betweenness-nodes 10000 --betweenness-edges 100000]

Ours are timed by `cargo bench --bench analyses`, within one process as theirs are. Each time is the middle of five runs, of what takes long of three or one;
results must agree. Needs igraph, networkit and numpy; only the ratios mean something.
"""

import argparse
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import igraph
import networkit
import numpy

ROOT = Path(__file__).resolve().parents[2]


def middle(work):
    times, result = [], None
    for _ in range(5):
        started = time.perf_counter()
        result = work()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times), result


def graphs(folder, nodes):
    pairs = numpy.fromfile(folder / "edges", dtype="<u4").reshape(-1, 2)
    pairs = numpy.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)
    first = igraph.Graph(n=nodes, edges=pairs.tolist(), directed=True)
    second = networkit.GraphFromCoo((numpy.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), n=nodes, directed=True)
    return first, second, len(pairs)


def own(nodes, edges, folder):
    done = subprocess.run(
        ["cargo", "bench", "--quiet", "--bench", "analyses", "--", str(nodes), str(edges), str(folder)],
        cwd=ROOT, capture_output=True, text=True, check=True)
    lines = [line.split("\t") for line in done.stdout.splitlines() if "\t" in line]
    return {name: float(ms.split()[0]) for name, ms in lines}


def agree(name, found, expected):
    far = float(numpy.max(numpy.abs(found - expected)) / numpy.max(numpy.abs(expected)))
    print(f"  {name}: differs by at most {far:.1e} of the greatest")
    if far > 1e-6:
        raise SystemExit(f"{name} differs")


def row(name, ms, base):
    print(f"| {name} | {ms:.1f} | {ms / base:.2f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--edges", type=int, default=1_000_000)
    parser.add_argument("--betweenness-nodes", type=int, default=10_000)
    parser.add_argument("--betweenness-edges", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        ours = own(options.nodes, options.edges, folder)
        first, second, count = graphs(folder, options.nodes)
        print(f"PageRank, {options.nodes:,} nodes, {count:,} edges\n\n| | ms | of ours |\n|---|--:|--:|")
        row("resograph", ours["pagerank"], ours["pagerank"])
        ms, ranks = middle(lambda: first.pagerank(damping=0.85))
        row("igraph (PRPACK)", ms, ours["pagerank"])
        ms, _ = middle(lambda: networkit.centrality.PageRank(second, 0.85, 1e-8).run())
        row("networkit", ms, ours["pagerank"])
        ours_by_node = numpy.fromfile(folder / "pagerank", dtype="<f8")
        agree("PageRank and igraph's", ours_by_node, numpy.array(ranks))
        if "betweenness of 100 sources" in ours:
            ms, _ = middle(lambda: networkit.centrality.EstimateBetweenness(second, 100, False, True).run())
            print("\n| betweenness of 100 sources | ms | of ours |\n|---|--:|--:|")
            row("resograph", ours["betweenness of 100 sources"], ours["betweenness of 100 sources"])
            row("networkit", ms, ours["betweenness of 100 sources"])
        ms, modularity = middle(lambda: first.as_undirected().community_leiden("modularity", n_iterations=-1).modularity)
        print(f"\nLeiden: resograph {ours['leiden']:.0f} ms, igraph {ms:.0f} ms (modularity {modularity:.4f})")

        nodes, edges = options.betweenness_nodes, options.betweenness_edges
        ours = own(nodes, edges, folder)
        first, second, count = graphs(folder, nodes)
        print(f"\nBetweenness, all of {nodes:,} nodes, {count:,} edges\n\n| | ms | of ours |\n|---|--:|--:|")
        row("resograph", ours["betweenness"], ours["betweenness"])
        times, found = [], None
        for _ in range(3):
            started = time.perf_counter()
            found = networkit.centrality.Betweenness(second).run()
            times.append((time.perf_counter() - started) * 1000)
        row("networkit", statistics.median(times), ours["betweenness"])
        started = time.perf_counter()
        theirs = first.betweenness()
        row("igraph", (time.perf_counter() - started) * 1000, ours["betweenness"])
        pairs = (nodes - 1) * (nodes - 2)
        between = numpy.fromfile(folder / "betweenness", dtype="<f8")
        agree("betweenness and igraph's", between, numpy.array(theirs) / pairs)
        agree("betweenness and networkit's", between, numpy.array(found.scores()) / pairs)


if __name__ == "__main__":
    main()

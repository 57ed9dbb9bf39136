"""The analyses of a graph, held against networkx and igraph to a millionth.

    analyses.py RESOGRAPH GRAPH

reads the citations as `export --format csv` writes them, works out PageRank, hubs and authorities, betweenness,
components, modularity and shortest chains with both libraries, and compares them with what `rank`, `communities` and
`path` say. Ends with 1 where anything differs. Needs networkx, igraph and scipy.
"""

import csv
import io
import itertools
import json
import random
import re
import subprocess
import sys

import igraph
import networkx

CLOSE = 1e-6
# What is ranked unless something else is asked for.
DOCUMENTS = "resolution,statement,draft,report,letter,instrument,document"
DIFFERENCES = []


def main(resograph, graph):
    def run(*arguments):
        done = subprocess.run([resograph, *arguments, "--graph", graph], capture_output=True, text=True)
        if done.returncode not in (0, 1):
            sys.exit(f"{' '.join(arguments)}: {done.stderr}")
        return done

    def rows(*arguments):
        return list(csv.DictReader(io.StringIO(run(*arguments, "--format", "csv").stdout)))

    edges = {(row["source_iri"], row["target_iri"])
             for row in rows("export", "--relation", "cites", "--kind", DOCUMENTS)}
    own = networkx.DiGraph((a, b) for a, b in edges if a != b)
    nodes = sorted(own)
    numbers = {node: number for number, node in enumerate(nodes)}
    theirs = igraph.Graph(len(nodes), [(numbers[a], numbers[b]) for a, b in own.edges], directed=True)
    print(f"{len(nodes):,} nodes, {own.number_of_edges():,} edges")

    ranks = {row["iri"]: row for row in rows("rank", "--most", "0", "--sources", "0")}
    same("nodes", set(ranks), set(nodes))

    def column(name):
        return {node: float(row[name]) for node, row in ranks.items()}

    count = len(nodes)
    compare("cited", column("cited"), dict(own.in_degree), "networkx")
    compare("cites", column("cites"), dict(own.out_degree), "networkx")
    compare("PageRank", column("pagerank"), networkx.pagerank(own, tol=1e-14, max_iter=1000), "networkx")
    compare("PageRank", column("pagerank"), dict(zip(nodes, theirs.pagerank())), "igraph")
    hubs, authorities = networkx.hits(own, tol=1e-12, max_iter=10000)
    compare("hub", column("hub"), hubs, "networkx")
    compare("authority", column("authority"), authorities, "networkx")
    for name, scores in (("hub", theirs.hub_score()), ("authority", theirs.authority_score())):
        compare(name, column(name), dict(zip(nodes, (score / sum(scores) for score in scores))), "igraph")
    if count <= 3000:
        compare("betweenness", column("betweenness"), networkx.betweenness_centrality(own), "networkx")
    pairs = max((count - 1) * (count - 2), 1)
    compare("betweenness", column("betweenness"), dict(zip(nodes, (b / pairs for b in theirs.betweenness()))), "igraph")

    done = run("communities", "--members", "--least", "1", "--format", "csv")
    members = {}
    for row in csv.DictReader(io.StringIO(done.stdout)):
        members.setdefault(row["community"], set()).add(row["iri"])
    undirected = own.to_undirected()
    said = float(re.search(r"modularity (-?[0-9.]+)", done.stderr)[1])
    expected = networkx.community.modularity(undirected, members.values())
    compare("modularity", {"all": said}, {"all": expected}, "networkx")
    flat = theirs.as_undirected()
    membership = [None] * count
    for number, community in enumerate(members.values()):
        for node in community:
            membership[numbers[node]] = number
    compare("modularity", {"all": said}, {"all": flat.modularity(membership)}, "igraph")
    random.seed(1)
    best = max(flat.community_leiden("modularity", n_iterations=-1).modularity for _ in range(10))
    print(f"modularity {said:.6f}; the best of ten runs of igraph's Leiden {best:.6f}")
    if said < best - 0.01:
        DIFFERENCES.append(f"communities: modularity {said}, igraph finds {best}")
    pieces = re.search(r"(\d+) pieces that nothing links, the largest of (\d+); (\d+) sets .*, the largest of (\d+)", done.stderr)
    weak = [len(c) for c in networkx.weakly_connected_components(own)]
    strong = [len(c) for c in networkx.strongly_connected_components(own)]
    same("components", tuple(map(int, pieces.groups())), (len(weak), max(weak), len(strong), max(strong)))

    chosen = random.Random(2)
    asked = found = 0
    sources = sorted(node for node in nodes if own.out_degree(node))
    while sources and asked < 40:
        asked += 1
        a = chosen.choice(sources)
        reached = networkx.single_source_shortest_path_length(own, a, cutoff=4)
        b = chosen.choice(sorted(reached) if asked % 4 else nodes)
        if a == b:
            continue
        told = json.loads(run("path", a, b, "--most", "100000", "--shortest", "--format", "json").stdout or "[]")
        chains = sorted(tuple(chain) for chain in map(iris, told))
        try:
            expected = sorted(map(tuple, itertools.islice(networkx.all_shortest_paths(own, a, b), 100000)))
        except networkx.NetworkXNoPath:
            expected = []
        found += bool(expected)
        same(f"shortest chains from {a} to {b}", chains, expected)
    print(f"shortest chains: {asked} pairs asked, {found} with a chain")
    if not found:
        DIFFERENCES.append("no chain was found at all")
    for difference in DIFFERENCES:
        print("DIFFERS", difference)
    return 1 if DIFFERENCES else 0


def iris(chain):
    """The nodes of a chain as `path --format json` tells it."""
    return [chain["steps"][0]["from"]["iri"], *(step["to"]["iri"] for step in chain["steps"])]


def same(what, found, expected):
    if found != expected:
        DIFFERENCES.append(f"{what}: {str(found)[:300]}, not {str(expected)[:300]}")


def compare(what, found, expected, whose):
    """Values of all nodes, to a millionth of the greatest."""
    if set(found) != set(expected):
        DIFFERENCES.append(f"{what}: other nodes than {whose}'s")
        return
    greatest = max((abs(value) for value in expected.values()), default=0) or 1
    far = max((abs(found[node] - expected[node]) for node in expected), default=0)
    print(f"{what}, {whose}: greatest difference {far:.1e}, of values up to {greatest:.3g}")
    if not far <= CLOSE * greatest:
        DIFFERENCES.append(f"{what}: differs from {whose}'s by {far}")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

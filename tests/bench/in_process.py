"""Peers that are Python libraries. Run by `compare` with the interpreter of its environment, one at a time, so
that each has its memory to itself; prints one JSON object.

    in_process.py PEER OPTIONS.json
"""

import json
import re
import signal
import statistics
import sys
import time
from pathlib import Path

import measure
from questions import edges

# The kinds of expressions that CR-UNSC's authors use for UN citations, written anew for Python's re.
EXPRESSIONS = [
    r"(?i)\bresolutions?\s+\d{1,4}\s*\(\d{4}\)",
    r"\b\d{1,4}\s*\((?:19[4-9]|20[0-2])\d\)",
    r"\bS/RES/\d{1,4}(?:\s*\(\d{4}\))?",
    r"\bS/PRST/\d{4}/\d{1,3}\b",
    r"\bS/(?:19|20)\d\d/\d{1,4}\b",
    r"\bS/\d{3,5}\b",
    r"\bA/RES/(?:E?S-)?\d{1,3}/\d{1,4}\b",
    r"\bA/RES/\d{1,4}\s*(?:[A-Z]\s*)?\([IVXLC]+\)",
    r"(?i)\bGeneral Assembly resolutions?\s+\d{1,3}/\d{1,4}\b",
    r"\b[ASE](?:/[A-Z0-9.]+)+/\d+(?:/(?:Add|Corr|Rev)\.\d+)*\b",
]


def texts(options):
    """The texts, decoded."""
    return [Path(path).read_text(encoding="utf-8", errors="replace") for path in options["files"]]


def rate(options, extract):
    """MB/s, by the clock and by the processor's, of a function from text to a count, on texts in memory."""
    documents = texts(options)
    used, started = time.process_time(), time.perf_counter()
    found = sum(extract(text) for text in documents)
    seconds, cpu = time.perf_counter() - started, time.process_time() - used
    size = sum(len(t.encode()) for t in documents) / 1e6
    return {"MB/s": size / seconds, "MB/s cpu": size / cpu, "found": found}


def eyecite(options):
    """Legal citations of the United States: the same work on other forms."""
    from eyecite import get_citations
    get_citations("1 U.S. 1")
    return rate(options, lambda text: len(get_citations(text)))


def spacy(options):
    """An EntityRuler over blank English, with our authorities' names."""
    import rdflib
    import spacy as library
    skos = rdflib.Namespace("http://www.w3.org/2004/02/skos/core#")
    graph = rdflib.Graph()
    for path in sorted(Path(options["authorities"]).glob("*.ttl")):
        graph.parse(path)
    names = {str(o) for p in (skos.prefLabel, skos.altLabel) for _, _, o in graph.triples((None, p, None)) if o.language == "en"}
    nlp = library.blank("en")
    nlp.max_length = 20_000_000
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "NAME", "pattern": name} for name in sorted(names)])
    return rate(options, lambda text: len(nlp(text).ents))


def expressions(options):
    """Regular expressions of CR-UNSC's kind, one after another."""
    compiled = [re.compile(e) for e in EXPRESSIONS]
    return rate(options, lambda text: sum(len(e.findall(text)) for e in compiled))


def text(term):
    """The characters of an IRI or literal; rdflib's are strings themselves."""
    return str(term) if isinstance(term, str) else term.value


def spelt(term):
    """A term of pyoxigraph or rdflib, as `measure.spelt` spells it."""
    kind = type(term).__name__
    if term is None:
        return ""
    if kind in ("NamedNode", "URIRef"):
        return f"<{text(term)}>"
    if kind in ("BlankNode", "BNode"):
        return "_:"
    return measure.literal(text(term), term.language, text(term.datatype) if term.datatype else None)


def oxigraph(store, queries, options):
    """Answers of pyoxigraph, the terms taken but not yet spelt when the clock stops."""
    def asked(query):
        used, started = time.process_time(), time.perf_counter()
        answer = store.query(query)
        rows = list(answer) if hasattr(answer, "variables") else bool(answer)
        took = time.perf_counter() - started, time.process_time() - used
        if isinstance(rows, bool):
            return *took, [[str(rows).lower()]]
        return *took, sorted([spelt(row[v]) for v in answer.variables] for row in rows)

    return measure.ask_all(asked, queries, options["budget"], options.get("keep"))


def oxigraph_memory(options):
    """Oxigraph's store in memory, loaded from N-Triples."""
    import pyoxigraph
    store = pyoxigraph.Store()
    started = time.perf_counter()
    store.bulk_load(path=options["ntriples"], format=pyoxigraph.RdfFormat.N_TRIPLES)
    opened = time.perf_counter() - started
    memory = measure.memory("self")
    return {"open s": opened, "memory": memory["resident"], "queries": oxigraph(store, options["queries"], options)}


def oxigraph_disk(options):
    """Oxigraph's store on disk, loaded before."""
    import pyoxigraph
    started = time.perf_counter()
    store = pyoxigraph.Store.read_only(options["store"])
    list(store.query(options["queries"]["lookup"]))
    opened = time.perf_counter() - started
    memory = measure.memory("self")
    return {"open s": opened, "memory": memory["resident"], "disk": measure.size(options["store"]),
            "queries": oxigraph(store, options["queries"], options)}


def rdflib(options):
    """rdflib; a query that takes longer than its limit is given up."""
    import rdflib as library
    graph = library.Graph()
    started = time.perf_counter()
    graph.parse(options["ntriples"], format="nt")
    opened = time.perf_counter() - started

    def expired(*_):
        raise TimeoutError(f"more than {options['limit']} s")

    signal.signal(signal.SIGALRM, expired)

    def ask(query):
        signal.alarm(options["limit"])
        try:
            used, started = time.process_time(), time.perf_counter()
            answer = graph.query(query)
            rows = [[answer.askAnswer]] if answer.type == "ASK" else [list(row) for row in answer]
            took = time.perf_counter() - started, time.process_time() - used
        finally:
            signal.alarm(0)
        return *took, sorted([spelt(term) if not isinstance(term, bool) else str(term).lower() for term in row] for row in rows)

    memory = measure.memory("self")
    return {"open s": opened, "memory": memory["resident"], "queries": measure.ask_all(ask, options["queries"], options["budget"])}


def numbered(options):
    """(number of nodes, edges by number) of the citations."""
    numbers, found = {}, []
    for citing, cited in edges(options["ntriples"]):
        found.append((numbers.setdefault(citing, len(numbers)), numbers.setdefault(cited, len(numbers))))
    return len(numbers), found


def timed(options, work):
    """Median ms of five runs of PageRank on the citations."""
    times = []
    for _ in range(5):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def igraph(options):
    """PageRank of the citations by igraph (prpack)."""
    import igraph as library
    nodes, found = numbered(options)
    graph = library.Graph(n=nodes, edges=found, directed=True)
    return {"ms": timed(options, lambda: graph.pagerank(damping=0.85)), "nodes": nodes, "edges": len(found)}


def networkit(options):
    """PageRank of the citations by networkit."""
    import networkit as library
    nodes, found = numbered(options)
    graph = library.Graph(nodes, directed=True)
    for citing, cited in found:
        graph.addEdge(citing, cited)
    return {"ms": timed(options, lambda: library.centrality.PageRank(graph, 0.85, 1e-8).run()), "nodes": nodes, "edges": len(found)}


def main():
    """Runs one peer."""
    peer, options = sys.argv[1], json.loads(Path(sys.argv[2]).read_text())
    print(json.dumps(globals()[peer](options)))


if __name__ == "__main__":
    main()

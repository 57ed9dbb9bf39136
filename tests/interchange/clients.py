#!/usr/bin/env python3
"""Programs of others work with a server: rdflib, SPARQLWrapper, Oxigraph, Comunica.

    clients.py SERVER TOKEN [COMUNICA]     SERVER as http://127.0.0.1:7878, of an empty graph that takes changes;
                                           COMUNICA is its program comunica-sparql

Needs rdflib, SPARQLWrapper and pyoxigraph.
"""
import json
import subprocess
import sys
import urllib.request

import pyoxigraph
import rdflib
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import JSON, POST, SPARQLWrapper

TRIPLES = 25_000
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
GRAPH = "http://example.org/graph"


def main(server, token, comunica=None):
    wrapper(server, token)
    stores(server, token)
    dumps(server)
    if comunica:
        comunica_asks(server, comunica)


def wrapper(server, token):
    """SPARQLWrapper writes, in the form of the protocol, and reads."""
    client = SPARQLWrapper(f"{server}/sparql", f"{server}/update")
    client.addCustomHttpHeader("Authorization", f"Bearer {token}")
    client.setMethod(POST)
    data = " ".join(f"<http://example.org/{n % 5000}> <http://example.org/p{n % 7}> {n} ." for n in range(TRIPLES))
    client.setQuery(f"DROP ALL ; INSERT DATA {{ {data} }}")
    client.query()
    client.setReturnFormat(JSON)
    client.setQuery(COUNT)
    same("SPARQLWrapper", int(client.query().convert()["results"]["bindings"][0]["n"]["value"]), TRIPLES)


def stores(server, token):
    """rdflib reads and writes a graph that is elsewhere as if it were its own."""
    read = Graph(SPARQLStore(f"{server}/sparql"))
    same("SPARQLStore", int(next(iter(read.query(COUNT)))[0]), TRIPLES)
    same("SPARQLStore, a pattern", len(list(read.triples((URIRef("http://example.org/1"), None, None)))), TRIPLES // 5000)
    headers = {"Authorization": f"Bearer {token}"}
    store = SPARQLUpdateStore(f"{server}/sparql", f"{server}/update", headers=headers, context_aware=True)
    graph = Graph(store, identifier=URIRef(GRAPH))
    triple = (URIRef("http://example.org/né"), URIRef("http://example.org/p"), Literal('a "b"\n\\', lang="en"))
    graph.add(triple)
    same("SPARQLUpdateStore", list(graph), [triple])
    graph.remove(triple)
    same("SPARQLUpdateStore, removing", list(graph), [])


def dumps(server):
    """Oxigraph and rdflib load the graph as the Graph Store Protocol gives it."""
    for name in ("N_TRIPLES", "TURTLE", "RDF_XML", "JSON_LD", "N_QUADS", "TRIG"):
        form = getattr(pyoxigraph.RdfFormat, name)
        request = urllib.request.Request(f"{server}/store?default", headers={"Accept": form.media_type})
        with urllib.request.urlopen(request) as answer:
            store = pyoxigraph.Store()
            store.bulk_load(answer.read(), form)
        same(f"Oxigraph, {form.name}", len(store), TRIPLES)
    graph = Graph().parse(f"{server}/store?default", format="turtle")
    same(f"rdflib {rdflib.__version__}", len(graph), TRIPLES)


def comunica_asks(server, comunica):
    """Comunica sends the query, or takes it to pieces itself."""
    query = "SELECT ?o { <http://example.org/1> ?p ?o . <http://example.org/5> ?p ?other } ORDER BY ?o"
    rows = []
    for source in (f"sparql@{server}/sparql", f"{server}/store?default"):
        command = [comunica, source, query, "-t", "application/sparql-results+json"]
        answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        rows.append([row["o"]["value"] for row in json.loads(answer)["results"]["bindings"]])
    assert rows[0], "Comunica has found nothing"
    same("Comunica, by SPARQL and by the graph", rows[0], rows[1])


def same(what, found, expected):
    if found != expected:
        sys.exit(f"{what}: {found} instead of {expected}")
    print(f"{what}: as expected")


if __name__ == "__main__":
    main(*sys.argv[1:])

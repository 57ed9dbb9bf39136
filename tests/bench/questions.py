"""What every engine is asked."""

from pathlib import Path

PREFIXES = """PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX cito: <http://purl.org/spar/cito/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
SAVED = Path(__file__).resolve().parents[2] / "ontology" / "queries"
CITES = "<http://data.europa.eu/eli/ontology#cites>"


def queries(root):
    """name -> SPARQL; `root` is the IRI of the document that some begin at."""
    own = {
        "count": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "top 20 by GROUP BY": "SELECT ?b (COUNT(*) AS ?n) { ?a eli:cites ?b } GROUP BY ?b ORDER BY DESC(?n) ?b LIMIT 20",
        "two hops from one": f"SELECT ?b ?c {{ <{root}> eli:cites ?b . ?b eli:cites ?c }}",
        "two hops, all counted": "SELECT (COUNT(*) AS ?n) { ?a eli:cites ?b . ?b eli:cites ?c }",
        "cites+ from one": f"SELECT ?b {{ <{root}> eli:cites+ ?b }}",
        "CONTAINS over titles": 'SELECT ?d ?t { ?d eli:title ?t FILTER(CONTAINS(LCASE(STR(?t)), "situation")) }',
        "lookup": f"SELECT ?p ?o {{ <{root}> ?p ?o }}",
    }
    own = {name: PREFIXES + query for name, query in own.items()}
    saved = {f"saved {path.stem}": path.read_text(encoding="utf-8") for path in sorted(SAVED.glob("*.rq"))}
    return own | saved


def small_queries(documents):
    """Queries that an explorer sends, a few for each of the documents given."""
    for iri in documents:
        yield PREFIXES + f"SELECT ?p ?o {{ <{iri}> ?p ?o }}"
        yield PREFIXES + f"SELECT ?b ?s {{ <{iri}> eli:cites ?b . OPTIONAL {{ ?b eli:id_local ?s }} }}"
        yield PREFIXES + f"SELECT ?a {{ ?a eli:cites <{iri}> }} LIMIT 20"
        yield PREFIXES + f"SELECT (COUNT(*) AS ?n) {{ ?a eli:cites <{iri}> }}"
        yield PREFIXES + f"SELECT ?verb ?to {{ ?c cito:hasCitingEntity <{iri}> ; cito:hasCitedEntity ?to }} LIMIT 20"
        yield PREFIXES + f"ASK {{ <{iri}> eli:cites/eli:cites ?x }}"


def edges(ntriples):
    """(citing, cited) IRIs of a file of N-Triples."""
    with open(ntriples, encoding="utf-8") as file:
        for line in file:
            if CITES in line:
                subject, predicate, cited = line.split(" ", 2)
                if predicate == CITES:
                    yield subject[1:-1], cited.rsplit(" ", 1)[0][1:-1]

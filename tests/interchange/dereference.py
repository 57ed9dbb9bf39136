#!/usr/bin/env python3
"""Dereferences IRIs of a served graph, spread over its classes, in every format, with curl.

    dereference.py ADDRESS [COUNT]

Each must lead to 200 with the media type that was asked for, things by one 303; RDF must be read by rdflib and say
something of the IRI. Prints what is wrong and how much was right; ends with 1 where anything is wrong.
"""

import collections
import json
import pathlib
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request

import rdflib

VOID = rdflib.Namespace("http://rdfs.org/ns/void#")

FORMATS = {
    "html": ("text/html", None),
    "ttl": ("text/turtle", "turtle"),
    "jsonld": ("application/ld+json", "json-ld"),
    "rdf": ("application/rdf+xml", "xml"),
    "nt": ("application/n-triples", "nt"),
}


def ask(address, query):
    """The rows of a query, each a list of values."""
    form = urllib.parse.urlencode({"query": query}).encode()
    headers = {"Accept": "application/sparql-results+json"}
    with urllib.request.urlopen(urllib.request.Request(f"{address}/sparql", form, headers)) as reply:
        answer = json.load(reply)
    names = answer["head"]["vars"]
    return [[row[name]["value"] for name in names] for row in answer["results"]["bindings"]]


def spread(address, base, void, count):
    """IRIs of every class, as many of each as there is room for; of the data set, the vocabulary and its terms."""
    parts = void.subject_objects(VOID["class"])
    classes = [(str(of), str(void.value(part, VOID.entities))) for part, of in parts]
    terms = sorted(str(term) for term in void.objects(None, VOID.property))
    iris = [f"{base}dataset"] + [term for term in terms if term.startswith(f"{base}ontology#")][: count // 10]
    # What small classes leave over goes to the larger ones.
    for done, (of, number) in enumerate(sorted(classes, key=lambda row: int(row[1]))):
        share = min(int(number), -(-(count - len(iris)) // (len(classes) - done)))
        step = max(1, int(number) // max(1, share))
        for place in range(share):
            found = ask(address, f"SELECT ?s {{ ?s a <{of}> }} LIMIT 1 OFFSET {place * step}")
            iris.extend(iri for (iri,) in found if iri.startswith(base))
        iris = list(dict.fromkeys(iris))
    # What stands in several classes was counted in each of them.
    largest = max(classes, key=lambda row: int(row[1]))[0]
    for place in range(int(dict(classes)[largest])):
        if len(iris) >= count:
            break
        found = ask(address, f"SELECT ?s {{ ?s a <{largest}> }} LIMIT 1 OFFSET {place}")
        iris = list(dict.fromkeys(iris + [iri for (iri,) in found if iri.startswith(base)]))
    return iris[:count]


def fetch(wanted, folder):
    """Fetches addresses, each with the media type to accept; gives status, media type and redirects of each."""
    config, places = [], {}
    for number, (url, media_type) in enumerate(wanted):
        path = folder / str(number)
        places[str(path)] = (url, media_type)
        config.append(
            f'url = "{url}"\nheader = "Accept: {media_type}"\noutput = "{path}"\nlocation\nsilent\ncompressed\n'
            'write-out = "%{filename_effective}\\t%{http_code}\\t%{content_type}\\t%{num_redirects}\\n"\n'
        )
    (folder / "config").write_text("next\n".join(config))
    command = ["curl", "--parallel", "--parallel-max", "8", "--config", str(folder / "config")]
    lines = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    replies = {}
    for line in lines:
        path, status, media_type, redirects = line.split("\t")
        replies[places[path]] = (pathlib.Path(path), status, media_type.split(";")[0], redirects)
    return replies


def main():
    address, count = sys.argv[1].rstrip("/"), int(sys.argv[2]) if len(sys.argv) > 2 else 500
    void = rdflib.Graph().parse(f"{address}/.well-known/void", format="turtle")
    base = str(next(void.objects(None, VOID.uriSpace)))
    iris = spread(address, base, void, count)
    documents = collections.defaultdict(list)
    for iri in iris:
        # What stands behind a "#" is the client's to look for in the document.
        path = iri.split("#")[0].removeprefix(base)
        documents[f"{address}/{urllib.parse.quote(path, safe='/%:@!$&()*+,;=~-._')}"].append(iri)
    wrong, right = [], collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        wanted = [(url, media_type) for url in documents for media_type, _ in FORMATS.values()]
        replies = fetch(wanted, pathlib.Path(folder))
        for url, about in documents.items():
            for name, (media_type, syntax) in FORMATS.items():
                reply = replies.get((url, media_type))
                redirects = "1" if "/id/" in url else "0"
                if reply is None or reply[1:] != ("200", media_type, redirects):
                    wrong.append(f"{url} as {name}: {reply}")
                    continue
                if syntax is None:
                    right[name] += len(about)
                    continue
                graph = rdflib.Graph()
                try:
                    graph.parse(reply[0], format=syntax)
                except Exception as error:  # rdflib's parsers raise whatever they like
                    wrong.append(f"{url} as {name}: {error}")
                    continue
                for iri in about:
                    node = rdflib.URIRef(iri)
                    if (node, None, None) in graph or (None, None, node) in graph:
                        right[name] += 1
                    else:
                        wrong.append(f"{url} as {name}: says nothing of {iri}")
    print("\n".join(wrong))
    print(f"{len(iris)} IRIs in {len(documents)} documents; right: {dict(right)}; wrong: {len(wrong)}")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()

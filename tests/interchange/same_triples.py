#!/usr/bin/env python3
"""Read every RDF export of a folder with rdflib and compare the triples.

    same_triples.py FOLDER     with demo.nt, demo.ttl, demo.rdfxml, demo.jsonld, demo.nq, demo.trig
"""
import pathlib
import sys

from rdflib import Dataset, Graph

TRIPLES = {"nt": "nt", "ttl": "turtle", "rdfxml": "xml", "jsonld": "json-ld"}
QUADS = {"nq": "nquads", "trig": "trig"}


def main(folder):
    wanted = set(Graph().parse(folder / "demo.nt", format="nt"))
    assert wanted, "the graph is empty"
    for suffix, name in TRIPLES.items():
        compare(suffix, wanted, set(Graph().parse(folder / f"demo.{suffix}", format=name)))
    for suffix, name in QUADS.items():
        data = Dataset(default_union=True)
        data.parse(folder / f"demo.{suffix}", format=name)
        compare(suffix, wanted, {(s, p, o) for s, p, o, _ in data.quads()})
    print(f"{len(wanted)} triples, the same in {', '.join([*TRIPLES, *QUADS])}")


def compare(suffix, wanted, found):
    if wanted != found:
        for label, triples in (("missing", wanted - found), ("added", found - wanted)):
            for triple in sorted(triples)[:5]:
                print(suffix, label, *(term.n3() for term in triple), file=sys.stderr)
        sys.exit(f"demo.{suffix}: not the triples of demo.nt")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))

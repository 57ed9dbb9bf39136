#!/usr/bin/env python3
"""What the texts of one document in six languages give, compared with the English.

Official texts in Arabic, Chinese, French, Russian and Spanish say what the English says: each should give the same
citations, with the same verbs and pinpoints, and name the same bodies, groups, States and roles. Counted are the
mentions of each document as multisets, document by document; the English reading stands for the truth, so that a
share is agreement and not correctness.
"""

import collections
import pathlib
import re
import sys

import common

NAME = "Texts in five languages and the English (2020, 74th session)"

LANGUAGES = {"ar": "Arabic", "zh": "Chinese", "fr": "French", "ru": "Russian", "es": "Spanish"}
FOLDERS = {"en": ["sc-akn/en/2020", "ga-akn/en/74"],
           **{lang: [f"sc-akn/{lang}/2020", f"ga-akn/{lang}/74"] for lang in LANGUAGES}}


def citation(row):
    return row["kind"] == "citation" and row["target"] and (row["target"],)


def with_verb(row):
    return citation(row) and row["verb"] and (row["target"], row["verb"])


def with_pinpoint(row):
    return citation(row) and row["pinpoint"] and (row["target"], row["pinpoint"])


def instrument(row):
    return citation(row) and row["target"].startswith("name:") and (row["target"],)


def entity(row):
    return row["kind"] in ("body", "group", "state", "role") and row.get("iri") and "/doc/" not in row["iri"] and (row["iri"],)


# What is compared; names as a set for each document, as languages repeat them more or less often.
KINDS = {"citations": (citation, False), "citations with their verb": (with_verb, False),
         "citations with their pinpoint": (with_pinpoint, False), "instruments cited by name": (instrument, True),
         "bodies, groups, States and roles": (entity, True)}


def tables(rows):
    """{kind: {document: counts}}"""
    found = {kind: collections.defaultdict(collections.Counter) for kind in KINDS}
    documents = set()
    for row in rows:
        if not row["document"] or row.get("paragraph") == "head":
            continue
        documents.add(row["document"])
        for kind, (key, once) in KINDS.items():
            if (what := key(row)):
                counts = found[kind][row["document"]]
                counts[what] = 1 if once else counts[what] + 1
    return documents, found


def compare(english, other, name, result, errors):
    """Adds the rows of a language; `errors` counts what only one of the texts has."""
    (documents, a), (here, b) = tables(english), tables(other)
    for kind in KINDS:
        both = wanted = got = 0
        for document in sorted(documents & here):
            x, y = a[kind][document], b[kind][document]
            both += (x & y).total()
            wanted += x.total()
            got += y.total()
            for what, n in (x - y).items():
                errors[name, kind, "missed", what] += n
            for what, n in (y - x).items():
                errors[name, kind, "extra", what] += n
        result.add(f"{name}: {kind}, of those in English", wanted, both, held=False)
        result.add(f"{name}: {kind}, of those found", got, both, held=False)


def measure(resograph, shared, work):
    result, errors = common.Agreement(NAME), collections.Counter()
    read = {}
    for lang, folders in FOLDERS.items():
        here = work / f"language-{lang}"
        common.run(sys.executable, shared / "eval/akn_gold.py", here, *(shared / "corpus" / f for f in folders))
        read[lang] = common.rows(resograph, [here / "text"])
    for lang, name in LANGUAGES.items():
        compare(read["en"], read[lang], name, result, errors)
    for (name, kind, side, what), n in errors.most_common():
        result.differs(f"{n:>4} times", " ".join(what), f"{name}: {kind}, {side}")
    return result


if __name__ == "__main__":
    common.main(measure, __doc__)

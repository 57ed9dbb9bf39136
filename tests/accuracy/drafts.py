#!/usr/bin/env python3
"""Citations of draft resolutions, read from PDF, and of the texts adopted from them.

The metadata of a resolution names its draft (`draft_resolution`). The documents that the PDF of the draft
cites are compared with those that the adopted text cites, which is official mark-up made into plain text.
A draft that was not adopted has no other text, and is left out.
"""

import json
import re

import akn
import common

NAME = "Citations of drafts in PDF and of the texts adopted"

def adopted(shared):
    """{symbol of the draft: number of the resolution}"""
    found = {}
    for path in sorted((shared / "corpus/metadata/sc").glob("*.json")):
        for line in path.read_text(encoding="utf8").splitlines():
            row = json.loads(line)
            number = re.search(r"S/RES/\s*(\d+)", row["symbol"])
            if number and row["draft_resolution"].strip():
                found[row["draft_resolution"].strip()] = int(number[1])
    return found


def why(target, other_text):
    """Class of a citation that only one of the texts has."""
    digits = re.findall(r"\d+", target)
    if digits and not re.search(rf"(?<!\d){digits[-1]}(?!\d)", other_text):
        return "the other text does not print it: changed before the adoption"
    return "not explained"


def measure(resograph, shared, work):
    numbers = adopted(shared)
    pdfs = {}
    for path in sorted((shared / "corpus/draft-pdf").glob("*.pdf")):
        symbol = re.match(r"S_\d+_\d+", path.name)[0].replace("_", "/")
        if symbol in numbers:
            pdfs[symbol] = path
    years = range(2000, 2021)
    official = akn.resolutions(shared, years)
    pdfs = {s: p for s, p in pdfs.items() if numbers[s] in official}
    texts = akn.write_texts(shared, {numbers[s]: official[numbers[s]] for s in pdfs}, work / "drafts")
    found, _ = common.citations(resograph, [*pdfs.values(), *texts.values()])
    words = {}
    for row in common.rows(resograph, [*pdfs.values(), *texts.values()], "paragraphs"):
        words[row["source"]] = f"{words.get(row['source'], '')}{row['text']}\n"
    result = common.Agreement(NAME)
    edges = both = equal = 0
    for symbol, path in pdfs.items():
        pdf, text = str(path), str(texts[numbers[symbol]])
        a, b = set(found[pdf]), set(found[text])
        edges, both, equal = edges + len(a | b), both + len(a & b), equal + (a == b)
        for target in sorted(a ^ b):
            where, other = ("draft", text) if target in a else ("adopted text", pdf)
            result.differs(symbol, f"{target} only in the {where}", why(target, words.get(other, "")))
    result.add("citations in both", edges, both)
    result.add("drafts whose citations are those of the adopted text", len(pdfs), equal, held=False)
    return result


if __name__ == "__main__":
    common.main(measure, __doc__)

#!/usr/bin/env python3
"""Citations of resolutions 1 to 899 in two independent texts of each.

`sc-ocr` was scanned from the printed volumes, `sc-txt` taken from web pages and other scans. What one text
cites and the other does not is put into a class: by rules where the other text shows why (it holds another
document, has no such footnote, prints another number), else by the table READ, which was made by reading.

    --sample N      prints N edges of `sc-ocr`, always the same, with the words around them
"""

import argparse
import pathlib
import random
import re
import sys

import common

LAST = 899
NAME = f"Citations of resolutions 1 to {LAST} in two texts (sc-ocr, sc-txt)"
# Two texts of one resolution share most of their words. Below this share one of the files holds another text.
SAME_TEXT = 0.6
SEED = 899

# Read by hand: number of the resolution, cited document, and why only one of the texts cites it.
READ = {
    (74, "S/RES/31 (1947)"): "a footnote's mark read as a number",
    (80, "S/RES/4 (1946)"): "an article read as a number by the scanner",
    (264, "S/RES/235 (1967)"): "a number that contradicts its year, with more than one correction",
    (583, "S/RES/508 (1982)"): "the texts print different lists",
    (630, "S/RES/508 (1982)"): "the scanner lost the year",
    (156, "S/RES/1 (1946)"): "a resolution of another organization, by its number alone",
    (281, "S/RES/274 (1969)"): "the scanner misread the year",
    (705, "S/RES/687 (1991)"): "the year stands in one text only",
    (706, "S/RES/92 (1951)"): "a footnote's mark read as a number",
}


def texts(shared):
    """{number: (path in sc-ocr, path in sc-txt)}"""
    def numbered(folder):
        found = {}
        for path in sorted((shared / "corpus" / folder).glob("*.txt")):
            number = int(re.match(r"S[-_]RES[-_]0*(\d+)", path.name)[1])
            if number <= LAST:
                found[number] = path
        return found
    ocr, txt = numbered("sc-ocr"), numbered("sc-txt")
    return {n: (ocr[n], txt[n]) for n in sorted(ocr.keys() & txt.keys())}


def council_number(symbol):
    number = re.match(r"S/RES/(\d+)", symbol)
    return int(number[1]) if number else LAST + 1


def decoded(path):
    data = path.read_bytes()
    try:
        return data.decode("utf8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def same_text(a, b):
    a, b = (set(re.findall(r"[a-z]{4,}", t.lower())) for t in (a, b))
    return len(a & b) >= SAME_TEXT * min(len(a), len(b))


def prints(text, target):
    """Whether the number of a document stands in a text, as a number of its own."""
    base, *parts = re.split(r"/(?=(?:Add|Corr|Rev)\b)", re.sub(r" \((\d{4}|[IVXL]+)\)$", "", target))
    number = re.findall(r"\d+", base)
    return bool(number) and all(re.search(rf"(?<!\d){n}(?!\d)", text) for n in number) and all(
        re.search(rf"{kind}s?[^A-Za-z]{{0,20}}(?<!\d){n}(?!\d)", text) for kind, n in re.findall(r"([A-Z][a-z]+)\.(\d+)", "/".join(parts)))


def why(number, target, rows, other):
    """Class of a citation that the other text does not have."""
    if (number, target) in READ:
        return READ[number, target]
    footnote = all(r["paragraph"].startswith("fn") for r in rows)
    if re.match(r"(report|letter|note|prst|statement|appeal|decision):", target):
        return "named by author and date: the other text has a symbol, or another spelling of the author"
    if target.startswith("name:"):
        return "an instrument whose name the other text spells or divides in another way"
    if footnote and not prints(other, target):
        return "a footnote that the other text does not have"
    if not prints(other, target):
        return "the other text does not print this number"
    if target.startswith("A/RES/"):
        return "a session or part that the other text prints in another way"
    if re.match(r"[A-Z]+/(?!RES)", target):
        return "a document's symbol that the other text prints in another way"
    return "not explained"


def measure(resograph, shared, work):
    del work
    pairs = texts(shared)
    found, documents = common.citations(resograph, [p for pair in pairs.values() for p in pair])
    result = common.Agreement(NAME)
    resolutions = symbols = printed = compared = 0
    for number, (a, b) in pairs.items():
        text = {a: decoded(a), b: decoded(b)}
        if not same_text(text[a], text[b]):
            result.differs(f"S/RES/{number}", "", "left out: one of the files holds another document")
            continue
        compared += 1
        cited = {p: set(found[str(p)]) for p in (a, b)}
        of = {p: {t for t in cited[p] if re.match(r"[A-Z]+/", t)} for p in (a, b)}
        council = {p: {t for t in cited[p] if t.startswith("S/RES/")} for p in (a, b)}
        held = {p: {t for t in of[p] if prints(text[b if p is a else a], t)} for p in (a, b)}
        resolutions += council[a] == council[b]
        symbols += of[a] == of[b]
        printed += held[a] == held[b]
        for p, other in ((a, b), (b, a)):
            for target in sorted(cited[p] - cited[other]):
                reason = why(number, target, found[str(p)][target], text[other])
                result.differs(f"S/RES/{number}", f"{target} only in {p.parent.name}", reason)
    edges = [(documents[path], target) for path in found for target in found[path] if target.startswith("S/RES/")]
    older = [(a, b) for a, b in edges if a is None or council_number(b) < council_number(a)]
    for document, target in sorted(set(edges) - set(older), key=str):
        result.differs(document, target, "a resolution that did not exist yet")
    result.add("citations of Council resolutions that existed already", len(edges), len(older))
    result.add("with the same Council resolutions cited", compared, resolutions)
    result.add("with the same documents cited, if both texts print the number", compared, printed)
    result.add("with the same documents cited, footnotes or not", compared, symbols, held=False)
    return result


def sample(resograph, shared, size):
    """Prints edges with the words around them."""
    paths = [a for a, _ in texts(shared).values()]
    found, documents = common.citations(resograph, paths)
    edges = sorted((path, target) for path in found for target in found[path])
    for n, (path, target) in enumerate(sorted(random.Random(SEED).sample(edges, size)), 1):
        row, data = found[path][target][0], pathlib.Path(path).read_bytes()
        around = data[max(0, row["start"] - 130):row["start"]], data[row["start"]:row["end"]], data[row["end"]:row["end"] + 60]
        before, at, after = (" ".join(p.decode("utf8", errors="ignore").split()) for p in around)
        print(f"{n:>3} {documents[path]} {row['paragraph']} -> {target} [{row['form']}, {row['verb']}, {row['rule']}]\n"
              f"      {before} >>{at}<< {after}")


if __name__ == "__main__":
    if "--sample" in sys.argv:
        ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
        ap.add_argument("--resograph", type=pathlib.Path, required=True)
        ap.add_argument("--shared", type=pathlib.Path, required=True)
        ap.add_argument("--sample", type=int, required=True, metavar="N")
        args = ap.parse_args()
        sample(args.resograph.resolve(), args.shared.resolve(), args.sample)
    else:
        common.main(measure, __doc__)

#!/usr/bin/env python3
"""Preambular and operative paragraphs, counted from plain text alone and in the official mark-up.

The mark-up of a resolution (Akoma Ntoso for the United Nations) has

- a `container` in the `preamble` for each preambular paragraph. Headings between them are `block`s and
  no paragraphs; some hold two `p` (a paragraph in two pieces), which is one. A paragraph before the first
  number that ends with a comma is preambular, too, where the mark-up puts it into the `mainBody` for its
  finite verb ("Recalls that ...,"): so it does with one of a pair of like paragraphs, and not with the other;
- a `paragraph` in the `mainBody`, or in a `section` of it, for each operative paragraph, with its number
  in `num` ("12."). Sub-paragraphs are `point`s of a `list`, or, where the paragraph goes over several
  blocks, `paragraph`s with a `num` "(a)" or none; headings are `paragraph`s with a `subheading`. None of
  these counts. A resolution that numbers nothing has one operative paragraph, without a `num`;
- annexes in `attachment`s, after the `mainBody`.

Counted from the text are the ids of `resograph extract --format paragraphs`: a preambular paragraph is
`pp3`, an operative one `op12` (with all of `op12-a`, `op12-a-ii`).
"""

import html
import re

import akn
import common

NAME = "Paragraphs of resolutions from plain text alone, 2017-2020"

YEARS = (2017, 2018, 2019, 2020)

NUMBER = re.compile(r"\s*<num\b[^>]*>\s*(\d{1,3})\s*\.?\s*</num>", re.S)
BLOCK = re.compile(r"<paragraph\b[^>]*>(.*?)</paragraph>", re.S)


def plain(fragment):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", fragment))).strip()


def part(xml, name):
    start, end = xml.find(f"<{name}"), xml.find(f"</{name}>")
    return xml[start:end] if 0 <= start < end else ""


def marked_up(xml):
    """(preambular, operative) of the mark-up, or None where the file holds no resolution."""
    if 'name="enactingFormula"' not in xml:
        return None
    containers = re.findall(r"<container\b[^>]*>(.*?)</container>", part(xml, "preamble"), re.S)
    blocks = BLOCK.findall(part(xml, "mainBody"))
    numbered = [i for i, b in enumerate(blocks) if NUMBER.match(b)]
    words = [b for b in blocks if "<subheading" not in b and "<heading" not in b and plain(b)]
    misplaced = [b for b in blocks[:numbered[0]] if plain(b).endswith(",")] if numbered else []
    return sum(bool(plain(c)) for c in containers) + len(misplaced), len(numbered) or min(len(words), 1)


def counted(rows):
    """{source: (preambular, operative)} of the output of "extract --format paragraphs"."""
    found = {}
    for row in rows:
        ids = found.setdefault(row["source"], (set(), set()))
        if row["part"] == "preamble":
            ids[0].add(row["id"])
        elif row["part"] == "operative":
            ids[1].add(re.match(r"op\d+", row["id"])[0])
    return {source: (len(a), len(b)) for source, (a, b) in found.items()}


def why(official, ours):
    """Class of a disagreement, by what differs."""
    return ", ".join(f"{name} paragraphs {'joined or missed' if b < a else 'cut or invented'}"
                     for name, a, b in zip(("preambular", "operative"), official, ours) if a != b)


# Read by hand: number of the resolution and what its mark-up does.
READ = {2404: "the mark-up has two preambular paragraphs in one container"}


def measure(resograph, shared, work):
    files = akn.resolutions(shared, YEARS)
    official = {n: marked_up(f.read_text(encoding="utf8", errors="replace")) for n, f in files.items()}
    files = {n: f for n, f in files.items() if official[n]}
    texts = akn.write_texts(shared, files, work / "paragraphs")
    ours = counted(common.rows(resograph, texts.values(), "paragraphs"))
    result = common.Agreement(NAME)
    counts = {n: (official[n], ours.get(str(texts[n]), (0, 0))) for n in files}
    for i, name in ((0, "resolutions with as many preambular paragraphs"), (1, "resolutions with as many operative paragraphs")):
        result.add(name, len(counts), sum(a[i] == b[i] for a, b in counts.values()))
    result.add("resolutions with as many of both", len(counts), sum(a == b for a, b in counts.values()))
    for n, (a, b) in counts.items():
        if a != b:
            result.differs(f"S/RES/{n}", f"official {a[0]} + {a[1]}, ours {b[0]} + {b[1]}", READ.get(n) or why(a, b))
    return result


if __name__ == "__main__":
    common.main(measure, __doc__)

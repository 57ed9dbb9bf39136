"""Preambular and operative paragraphs, counted from plain text alone and in the official mark-up.

The mark-up of a resolution (Akoma Ntoso for the United Nations) has

- a `container` in the `preamble` for each preambular paragraph. Headings between them are `block`s and
  no paragraphs; some hold two `p` (a paragraph in two pieces), which is one;
- a `paragraph` in the `mainBody`, or in a `section` of it, for each operative paragraph, with its number
  in `num` ("12."). Sub-paragraphs are `point`s of a `list`, or, where the paragraph goes over several
  blocks, `paragraph`s with a `num` "(a)" or none; headings are `paragraph`s with a `subheading`. None of
  these counts. A resolution that numbers nothing has one operative paragraph, without a `num`;
- annexes in `attachment`s, after the `mainBody`.

Counted from the text are the ids of `resograph extract --format paragraphs`: a preambular paragraph is
`pp3`, an operative one `op12` (with all of `op12-a`, `op12-a-ii`).
"""

import html
import json
import re

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
    numbered = [b for b in blocks if NUMBER.match(b)]
    words = [b for b in blocks if "<subheading" not in b and "<heading" not in b and plain(b)]
    return sum(bool(plain(c)) for c in containers), len(numbered) or min(len(words), 1)


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
    """Class of a disagreement."""
    names = []
    for name, a, b in zip(("preambular", "operative"), official, ours):
        if a != b:
            names.append(f"{name} paragraphs {'joined or missed' if b < a else 'cut or invented'}")
    return ", ".join(names)


def measure(xml_files, text_of, extract):
    """[(file, official, ours, class)]; `text_of` gives the plain text of an XML file, `extract` the rows."""
    official = {text_of(f): marked_up(f.read_text(encoding="utf8", errors="replace")) for f in xml_files}
    official = {path: count for path, count in official.items() if count and path.exists()}
    ours = counted(map(json.loads, extract(sorted(official)).splitlines()))
    return [(path.name, count, ours.get(str(path), (0, 0)), why(count, ours.get(str(path), (0, 0))))
            for path, count in sorted(official.items())]

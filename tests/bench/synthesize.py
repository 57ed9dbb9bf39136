#!/usr/bin/env python3
"""Writes any number of synthetic documents, made of the paragraphs of a folder of texts.

    python3 tests/bench/synthesize.py --base tests/samples --count 1000 -o /tmp/synthetic

Each document has a symbol, title, date and meeting of its own and draws its paragraphs from several
base documents; what these cite is exchanged for other documents that exist, in the base texts or
among the synthetic ones, and are older than the citing one. The same options write the same
bytes, whatever the number of processes. Standard library only.
"""

import argparse
import bisect
import collections
import math
import multiprocessing
import os
import random
import re
import sys
import time
from pathlib import Path

MONTHS = ("January February March April May June July August September October November December").split()
FOLDER = 1000  # documents a folder
NOTHING_OLDER = "its earlier decisions"  # what the first documents of a series cite

# Share of each family of symbols; Council resolutions come first, as many as there are numbers.
FAMILIES = {"S/RES": 20, "S": 28, "A": 18, "A/RES": 18, "E/RES": 4, "E": 4, "A/HRC/RES": 4, "S/PRST": 4}
SESSIONS = {"A": (31, 79), "A/RES": (31, 79), "A/HRC/RES": (3, 57)}
YEARS = {"S": (1994, 2024), "S/PRST": (1994, 2024), "E": (1978, 2024), "E/RES": (1978, 2024)}

ORDINALS = {1: "first", 2: "second", 3: "third", 5: "fifth", 8: "eighth", 9: "ninth", 12: "twelfth"}
UNITS = ("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
         "seventeen eighteen nineteen").split()
TENS = "twenty thirty forty fifty sixty seventy".split()

DATE = r"(?: of \d{1,2} (?:%s) (?:19|20)\d\d)?" % "|".join(MONTHS)
SLOT = re.compile(
    r"(?<![\d/])(?P<number>\d{1,4}) ?\((?P<year>(?:19[4-9]|20[0-2])\d)\)" + DATE
    + r"|\bS/PRST/(?:19|20)\d\d/\d{1,3}" + DATE
    + r"|\bS/(?:19|20)\d\d/\d{1,4}" + DATE
    + r"|(?P<prefix>\bA/RES/|(?<![\d/A-Za-z.-]))(?P<session>[3-7]\d)/\d{1,3}(?![\d/])" + DATE
)
OWN = re.compile(r"S/RES/(\d{1,4}) ?\((\d{4})\)|(?i:^resolution) (\d{1,4}) \((\d{4})\)", re.M)
ANY_DATE = re.compile(r"\b\d{1,2} (?:%s) (?:19|20)\d\d\b" % "|".join(MONTHS))
FORMULA = re.compile(r"^\W*The (?:Security Council|General Assembly|Economic and Social Council)\W{1,3}\s*$", re.M)
NUMBERED = re.compile(r"^(\d{1,3})\.\s+")
SUB = re.compile(r"^\s*\([a-z]{1,4}\)\s")
SITUATION = re.compile(r"\bsituation (?:in|concerning|between) (?:the )?[A-Z][\w'-]+(?: (?:and|of|the|[A-Z][\w'-]+))*(?<=[a-z])")
FURNITURE = re.compile(r"https?:|^\s*Page \d|^\s*\d+\s*$|^\W*$|\[accessed|^[A-Z]?/?S/RES/\S*( \(\d{4}\))?\s*$")
MARKDOWN = re.compile(r"\[([^\]]+)\]\([^)\s]+\)|\\([()\[\].])|\*+")

GRAPH = {}  # what the processes share: the base, read once before they start


class Base:
    """The paragraphs of the base texts, cut where they cite, and what there is to cite."""

    def __init__(self, folder):
        texts = [read_text(path) for path in sorted(Path(folder).rglob("*")) if path.suffix in (".txt", ".md")]
        texts = [text for text in texts if FORMULA.search(text)]
        if not texts:
            sys.exit(f"{folder}: no text with an enacting formula (\"The Security Council,\") to draw from")
        self.council = council_numbers(texts)
        self.documents = [document for document in (cut(text, self.council) for text in texts) if document[1]]
        weights = [sum(size for _, size in preamble + operative) for preamble, operative in self.documents]
        self.cumulated = list(accumulated(weights))
        cited = sorted((self.council[n][0], n) for document in self.documents for part in document
                       for pieces, _ in part for kind, n in pieces[1::2] if kind in ("council", "dated"))
        # Every number can be cited; those that are cited more often in the base are here too.
        cited = sorted(cited + [(year, n) for n, (year, _) in self.council.items()])
        self.cited, self.cited_years = [n for _, n in cited], [year for year, _ in cited]
        self.numbers = sorted(self.council)
        found = (re.sub(r"(?: (?:and|of|the))+$", "", m[0]) for text in texts for m in SITUATION.finditer(text))
        self.titles = sorted({title for title in found if len(title) < 80})
        self.titles = self.titles or ["situation in the region"]


def read_text(path):
    """The file's text, Markdown taken off."""
    data = path.read_bytes()
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    text = text.replace("\r\n", "\n")
    return MARKDOWN.sub(lambda m: m[1] or m[2] or "", text) if path.suffix == ".md" else text


def accumulated(weights):
    """Running sums."""
    total = 0
    for weight in weights:
        total += weight
        yield total


def council_numbers(texts):
    """number -> (year, date or None): the texts' own, and those they cite that fit between them."""
    known, votes = {}, collections.defaultdict(collections.Counter)
    for text in texts:
        head = text[: FORMULA.search(text).start()]
        if own := OWN.search(head):
            number, year = int(own[1] or own[3]), int(own[2] or own[4])
            dates = [d[0] for d in ANY_DATE.finditer(head) if d[0].endswith(str(year))]
            known[number] = (year, dates[0] if dates else None)
        for m in SLOT.finditer(text):
            if m["number"]:
                votes[int(m["number"])][int(m["year"])] += 1
    anchors = sorted((n, year) for n, (year, _) in known.items())
    for number, years in votes.items():
        year = years.most_common(1)[0][0]
        at = bisect.bisect(anchors, (number,))
        low = anchors[at - 1][1] if at else 1946
        high = anchors[at][1] if at < len(anchors) else 2024
        if number not in known and 0 < number < 2800 and low <= year <= high:
            known[number] = (year, None)
    return known


def paragraphs(body):
    """The paragraphs of a text: one a line, or a block of wrapped lines between blank ones."""
    blocks = [b for b in re.split(r"\n\s*\n", body) if b.strip()]
    lines = [line for block in blocks for line in block.split("\n")]
    wrapped = len(blocks) > 3 and len(lines) > len(blocks) and max(map(len, lines)) < 100
    joined = [" ".join(b.split()) for b in blocks] if wrapped else [" ".join(line.split()) for line in lines]
    return [p for p in joined if p and not FURNITURE.search(p)]


def cut(text, council):
    """(preamble, operative): lists of (pieces, bytes). Pieces are text and citation by turns."""
    preamble, operative = [], []
    for paragraph in paragraphs(text[FORMULA.search(text).end():]):
        if len(paragraph) > 6000:
            continue
        if number := NUMBERED.match(paragraph):
            operative.append(paragraph[number.end():])
        elif operative and SUB.match(paragraph):
            operative[-1] += "\n" + paragraph
        elif not operative and len(paragraph) > 40 and paragraph[0].isupper() and paragraph[-1] in ",;":
            preamble.append(paragraph)
    return tuple([(pieces(p, council), len(p.encode())) for p in part if len(p) > 30] for part in (preamble, operative))


def pieces(paragraph, council):
    """[text, (kind, detail), text, ...]; the detail is a Council resolution's number, or whether a date follows."""
    found, end = [], 0
    for m in SLOT.finditer(paragraph):
        dated = " of " in m[0]
        if m["number"]:
            if council.get(int(m["number"]), (None,))[0] != int(m["year"]):
                continue
            slot = ("dated" if dated else "council", int(m["number"]))
        elif m["session"]:
            slot = (m["prefix"], dated)
        else:
            slot = ("S/PRST" if "PRST" in m[0] else "S", dated)
        found += [paragraph[end:m.start()], slot]
        end = m.end()
    return found + [paragraph[end:]]


def ordinal(n):
    """Sixty-fourth"""
    if n < 20:
        word = ORDINALS.get(n, UNITS[n - 1] + "th")
    elif n % 10 == 0:
        word = TENS[n // 10 - 2][:-1] + "ieth"
    else:
        word = TENS[n // 10 - 2] + "-" + ordinal(n % 10).lower()
    return word.capitalize()


def nth(n):
    """4051st"""
    return f"{n:,}".replace(",", "") + ("th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th"))


def symbol(family, k):
    """(symbol, year, date) of the k-th document of a family; every k has its own."""
    if family in SESSIONS:
        first, last = SESSIONS[family]
        session, number = first + k % (last - first + 1), 1 + k // (last - first + 1)
        year = 2006 + session // 3 if family == "A/HRC/RES" else 1945 + session
        name = f"{family}/{session}/{number}"
    else:
        first, last = YEARS[family]
        year, number = first + k % (last - first + 1), 1 + k // (last - first + 1)
        name = f"{family}/{year}/{number}"
    # Numbers of a year go with its days; an Assembly's session is its autumn.
    months = (9, 12) if family in ("A", "A/RES") else (1, 12)
    month = months[0] + number * 7 % (months[1] - months[0] + 1)
    return name, year, f"{1 + number * 11 % 28} {MONTHS[month - 1]} {year}"


def shares(count, council):
    """family -> number of documents, together `count`."""
    size = {"S/RES": min(council, count * FAMILIES["S/RES"] // 100)}
    others = {family: share for family, share in FAMILIES.items() if family != "S/RES"}
    left = count - size["S/RES"]
    for family, share in others.items():
        size[family] = left * share // sum(others.values())
    size["S"] += count - sum(size.values())
    return size


def older(rng, family, size, year):
    """A document of the family from before the year, or None."""
    first, last = YEARS.get(family) or SESSIONS[family]
    offset = 1945 if family == "A/RES" else 0
    span, rows = last - first + 1, size[family]
    column = min(last, year - 1 - offset) - first
    if column < 0 or not rows:
        return None
    # The square makes low numbers cited more often than high ones.
    depth = -(-rows // span)
    k = rng.randrange(column + 1) + span * int(depth * rng.random() ** 2)
    return symbol(family, k if k < rows else k % span if k % span < rows else 0)


def cited(rng, base, size, year, slot):
    """The words for one citation."""
    kind, dated = slot
    if kind in ("council", "dated"):
        at = bisect.bisect_left(base.cited_years, year)
        if not at:
            return NOTHING_OLDER
        number = base.cited[rng.randrange(at)]
        of, date = base.council[number]
        return f"{number} ({of}) of {date}" if kind == "dated" and date else f"{number} ({of})"
    family = kind if kind in ("S", "S/PRST") else "A/RES"
    found = older(rng, family, size, year)
    if not found:
        return NOTHING_OLDER
    name, _, date = found
    if kind == "":
        name = name.removeprefix("A/RES/")
    return f"{name} of {date}" if dated else name


def body(rng, base, size, year, wanted, preambular):
    """(preamble, operative): paragraphs of several documents, together about `wanted` bytes."""
    parts, have = ([], []), [0, 0]
    goals = (wanted * preambular, wanted * (1 - preambular))
    idle = 0
    while (have[0] < goals[0] or have[1] < goals[1]) and idle < 50:
        at = bisect.bisect(base.cumulated, rng.randrange(base.cumulated[-1]))
        idle += 1
        for side, drawn in enumerate(base.documents[at]):
            if have[side] >= goals[side] or not drawn:
                continue
            first = rng.randrange(len(drawn))
            for pieces_, bytes_ in drawn[first:first + 6]:
                parts[side].append("".join(p if isinstance(p, str) else cited(rng, base, size, year, p) for p in pieces_))
                have[side] += bytes_
                idle = 0
                if have[side] >= goals[side]:
                    break
    return parts


def council_resolution(rng, base, number):
    """(symbol, year, head, formula) laid out as in the files of the Council's resolutions."""
    year, date = base.council[number]
    date = date or f"{1 + number % 28} {MONTHS[number % 12]} {year}"
    name, title = f"S/RES/{number} ({year})", f"Resolution {number} ({year})"
    adopted = f"Adopted by the Security Council at its {nth(rng.randrange(1, 9500))} meeting, on {date}"
    if rng.random() < 0.4:
        head = (f"\n{title} {adopted.replace('meeting, ', 'meeting,' + chr(10))} \n  \n\n\nPublisher\nUN Security Council\n\n\n"
                f"Publication Date\n{date}\n\n\nCitation / Document Symbol\n{name}\n\n\nReference\n{year} Security Council "
                f"Resolutions\n\n\n    \n")
    else:
        head = f"United Nations\nSecurity Council\n\n{name}\nDistr.: General {date}\n\n{title}\n{adopted}\n"
    return name, year, head, "The Security Council,\n"


def other_document(rng, base, family, k):
    """(symbol, year, head, formula) of any other family."""
    name, year, date = symbol(family, k)
    title = base.titles[rng.randrange(len(base.titles))]
    top = f"{name}\nDistr.: General\n{date}\nOriginal: English\n\n"
    if family in ("A/RES", "A/HRC/RES", "E/RES"):
        organ = {"A/RES": "General Assembly", "A/HRC/RES": "Human Rights Council", "E/RES": "Economic and Social Council"}[family]
        session = ordinal(int(name.split("/")[-2])) + " session\n" if family != "E/RES" else f"{year} session\n"
        number = "/".join(name.split("/")[-2:])
        head = (f"United Nations\n{organ}\n\n{top}{session}Agenda item {1 + k % 120}\n\n"
                f"Resolution adopted by the {organ} on {date}\n\n{number}. The {title}\n\n")
        return name, year, head, f"The {organ},\n"
    if family == "S/PRST":
        head = (f"United Nations\nSecurity Council\n\n{top}Statement by the President of the Security Council\n\n"
                f"At the {nth(rng.randrange(3000, 9500))} meeting of the Security Council, held on {date}, in connection with the "
                f"Council's consideration of the item entitled \"The {title}\", the President of the Security Council made "
                f"the following statement on behalf of the Council:\n\n")
        return name, year, head, ""
    organ = {"S": "Security Council", "A": "General Assembly", "E": "Economic and Social Council"}[family]
    if k % 3:
        heading = f"Report of the Secretary-General on the {title}\n\n"
    else:
        heading = f"Letter dated {date} from the Secretary-General addressed to the President of the {organ}\n\n"
    return name, year, f"United Nations\n{organ}\n\n{top}{heading}", ""


def document(i, base, options, size):
    """(file name, text) of the i-th document."""
    rng = random.Random(f"{options.seed}/{i}")
    k = i
    for family in size:
        if k < size[family]:
            break
        k -= size[family]
    if family == "S/RES":
        name, year, head, formula = council_resolution(rng, base, base.numbers[k * len(base.numbers) // size[family]])
    else:
        name, year, head, formula = other_document(rng, base, family, k)
    wanted = options.bytes * math.exp(rng.gauss(-0.18, 0.6)) - len(head)
    preamble, operative = body(rng, base, size, year, max(600, wanted), 0 if family == "S/PRST" else 0.45)
    if family == "S/PRST":
        lines = [f"\"The Security Council {p[0].lower()}{p[1:]}" for p in operative]
    elif formula:
        lines = preamble + [f"{n}. {p}" for n, p in enumerate(operative, 1)]
    else:
        lines = [f"{n}. {p}" for n, p in enumerate(preamble + operative, 1)]
    file = re.sub(r"[/ ()]+", "_", name).strip("_") + ".txt"
    return file, head + formula + "\n".join(lines) + "\n"


def write_folder(folder):
    """Writes one folder; returns (documents, bytes)."""
    base, options, size, order = GRAPH["base"], GRAPH["options"], GRAPH["size"], GRAPH["order"]
    directory = Path(options.output) / f"{folder:04}"
    directory.mkdir(parents=True, exist_ok=True)
    written, total = 0, 0
    for i in order[folder * FOLDER:(folder + 1) * FOLDER]:
        file, text = document(i, base, options, size)
        data = text.encode()
        with open(directory / file, "wb") as out:
            out.write(data)
        written, total = written + 1, total + len(data)
    return written, total


def main():
    """Reads the options, writes the documents, says how many."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--base", default="../shared/corpus/sc-txt", help="folder of texts to draw from (.txt, .md)")
    parser.add_argument("--count", type=int, default=10_000, help="documents")
    parser.add_argument("--bytes", type=int, default=25_000, help="mean size of a document")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("-o", "--output", required=True, help="folder to write, in subfolders of 1,000")
    options = parser.parse_args()
    started = time.time()
    base = Base(options.base)
    order = list(range(options.count))
    # Families are spread over the folders, so that each folder is like the whole.
    random.Random(options.seed).shuffle(order)
    GRAPH.update(base=base, options=options, size=shares(options.count, len(base.council)), order=order)
    folders = range(-(-options.count // FOLDER))
    with multiprocessing.get_context("fork").Pool(options.jobs) as pool:
        sizes = list(pool.imap_unordered(write_folder, folders))
    total = sum(b for _, b in sizes)
    print(f"{sum(n for n, _ in sizes):,} documents, {total:,} bytes, mean {total // options.count:,}, "
          f"in {time.time() - started:.0f} s: " + ", ".join(f"{f} {n:,}" for f, n in GRAPH["size"].items()))


if __name__ == "__main__":
    main()

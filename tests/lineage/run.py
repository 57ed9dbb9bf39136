#!/usr/bin/env python3
"""Holds the mandates that the graph knows against a list read from the texts by hand.

    run.py --resograph PATH (--shared DIR | --graph DIR) [--record] [--errors]

`mandates.csv` lists, for ten missions, a directorate, three sanctions committees and the experts under them, every
document of the corpus that establishes, extends or ends the mandate, until when, or for how long where no day is
stated. `how` is `stated`, or `arguable` where two readers may differ: such a row is neither missed nor wrong.
A graph of these documents in DIR/corpus is built, unless one of more is given; where DIR is absent the run says
that it skips, and succeeds. A figure below the one in `recorded.json` fails the run; `--record` writes it anew.
"""

import argparse
import csv
import json
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
RECORDED = HERE / "recorded.json"
TOLERANCE = 0.0005
CHANGES = {"establishes": "establishes", "extendsMandateOf": "extends", "terminates": "terminates"}

QUERY = """
SELECT DISTINCT ?body ?symbol ?change ?until ?period ?own {
  VALUES ?change { rg:establishes rg:extendsMandateOf rg:terminates }
  ?s rdf:predicate ?change ; rdf:subject ?work ; rdf:object ?body .
  ?work eli:id_local ?symbol .
  ?s rg:paragraph ?paragraph
  BIND(STRSTARTS(STR(?paragraph), CONCAT(STR(?work), "#")) AS ?own)
  OPTIONAL { ?s rg:until ?until }
  OPTIONAL { ?s rg:period ?period }
}"""


def run(*command):
    return subprocess.run([str(c) for c in command], check=True, stdout=subprocess.PIPE, text=True).stdout


def needed(shared):
    """The files of the documents that the list names."""
    rows = csv.DictReader((HERE / "mandates.csv").open(encoding="utf8"))
    numbers = {row["symbol"].removeprefix("S/RES/") for row in rows}
    number = re.compile(r"S[-_]RES[-_](\d+)")
    files = [*(shared / "corpus/sc-txt").glob("*.txt"), *(shared / "corpus/sc-akn/en").glob("*/*.xml")]
    return sorted(file for file in files if (m := number.match(file.name)) and m[1] in numbers)


def said(resograph, graph):
    """{(body, symbol, change): {(until, period)}} of every statement that a document makes of itself."""
    rows = json.loads(run(resograph, "query", "--graph", graph, "--format", "json", QUERY))["results"]["bindings"]
    found = {}
    for row in rows:
        of = lambda name: row.get(name, {}).get("value", "")
        if of("own") != "true":
            continue
        key = (of("body").rsplit("/", 1)[-1], of("symbol").split(" ")[0], CHANGES[of("change").rsplit("#")[-1]])
        found.setdefault(key, set()).add((of("until"), of("period")))
    return found


def agrees(row, values):
    """Whether one statement gives the day, or the period where the text states no day."""
    return any((until == row["until"] or not row["until"]) and (row["until"] or period == row["period"])
               for until, period in values)


def measure(found):
    """{change: figures}, and what is missed, wrong or unexpected, one line each."""
    rows = list(csv.DictReader((HERE / "mandates.csv").open(encoding="utf8")))
    bodies = {row["body"] for row in rows}
    listed = {(row["body"], row["symbol"], row["change"]) for row in rows}
    figures, errors = {}, []
    for change in CHANGES.values():
        sure = [row for row in rows if row["change"] == change and row["how"] == "stated"]
        named = [row for row in sure if (row["body"], row["symbol"], change) in found]
        right = [row for row in named if agrees(row, found[row["body"], row["symbol"], change])]
        other = sorted(key for key in found if key[0] in bodies and key[2] == change and key not in listed)
        errors += [f"missed      {row['body']} {row['symbol']} {change} {row['until'] or row['period']}"
                   for row in sure if row not in named]
        errors += [f"other date  {row['body']} {row['symbol']} {change} {row['until'] or row['period']}, read as "
                   f"{sorted(found[row['body'], row['symbol'], change])}" for row in named if row not in right]
        errors += [f"not listed  {body} {symbol} {change} {sorted(found[body, symbol, change])}"
                   for body, symbol, _ in other]
        figures[change] = {
            "listed": len(sure), "found": len(named), "with the right date": len(right), "not listed": len(other),
            "recall": round(len(right) / max(1, len(sure)), 4),
            "precision": round(len(right) / max(1, len(named) + len(other)), 4),
        }
    return figures, errors


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--resograph", required=True)
    options.add_argument("--shared", type=pathlib.Path)
    options.add_argument("--graph", type=pathlib.Path)
    options.add_argument("--record", action="store_true")
    options.add_argument("--errors", action="store_true", help="print what is missed or wrong")
    options = options.parse_args()
    if options.graph:
        figures, errors = measure(said(options.resograph, options.graph))
    elif options.shared and (options.shared / "corpus").is_dir():
        with tempfile.TemporaryDirectory() as work:
            run(options.resograph, "build", "--quiet", *needed(options.shared), "-o", pathlib.Path(work) / "graph")
            figures, errors = measure(said(options.resograph, pathlib.Path(work) / "graph"))
    else:
        print("lineage: skipped, the documents are not there")
        return
    for change, row in figures.items():
        print(f"{change:<13}" + "  ".join(f"{name} {value}" for name, value in row.items()))
    if options.errors:
        print("\n".join(errors))
    if options.record:
        RECORDED.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf8")
        return
    before = json.loads(RECORDED.read_text(encoding="utf8"))
    lost = [f"{change}, {name}: {figures[change][name]}, recorded {row[name]}" for change, row in before.items()
            for name in ("recall", "precision") if figures[change][name] < row[name] - TOLERANCE]
    if lost:
        sys.exit("below the recorded figures:\n" + "\n".join(lost))


if __name__ == "__main__":
    main()

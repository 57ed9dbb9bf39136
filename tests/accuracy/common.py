"""What the measurements of agreement share: running the program, tables, and the command line of each."""

import argparse
import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile


def run(*command, hash_seed=0):
    """Standard output of a command; its errors end the run."""
    done = subprocess.run([str(c) for c in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          env={**os.environ, "PYTHONHASHSEED": str(hash_seed)})
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}: exit code {done.returncode}\n{done.stderr.strip()}")
    return done.stdout


def rows(resograph, paths, form="jsonl"):
    """The objects that `resograph extract` prints, of all the files."""
    paths = [str(p) for p in paths]
    out = run(resograph, "extract", "--quiet", "--format", form, *paths) if paths else ""
    return [json.loads(line) for line in out.splitlines()]


def citations(resograph, paths):
    """{path: {target: [rows]}} of the resolved citations, and {path: symbol of the document}."""
    found, documents = collections.defaultdict(lambda: collections.defaultdict(list)), {}
    for row in rows(resograph, paths):
        documents[row["source"]] = row["document"]
        if row["kind"] == "citation" and row["target"]:
            found[row["source"]][row["target"]].append(row)
    return found, documents


class Agreement:
    """How much two readings agree, and the class of each disagreement."""

    def __init__(self, name):
        self.name, self.rows, self.errors = name, {}, []

    def add(self, label, compared, agree, held=True):
        self.rows[label] = {"compared": compared, "agree": agree,
                            "share": round(agree / compared, 4) if compared else 1.0, "held": held}

    def differs(self, where, what, why):
        self.errors.append((why, where, what))

    def classes(self):
        return collections.Counter(why for why, _, _ in self.errors)

    def show(self, errors=0):
        show(self.name, self.rows)
        for why, n in self.classes().most_common():
            print(f"  {n:>5}  {why}")
        for why, where, what in sorted(self.errors, key=lambda e: (e[0], str(e[1])))[:errors]:
            print(f"    {where}: {what}  [{why}]")
        sys.stdout.flush()


def show(name, table):
    print(f"\n{name}\n{'':<60}{'compared':>10}{'agree':>8}{'share':>9}")
    for label, row in table.items():
        print(f"{label:<60}{row['compared']:>10}{row['agree']:>8}{row['share']:>9.4f}")


def main(measure, doc):
    """The command line of one measurement alone."""
    ap = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--resograph", type=pathlib.Path, required=True, help="the program, a release build")
    ap.add_argument("--shared", type=pathlib.Path, required=True, help="folder with corpus and eval")
    ap.add_argument("--errors", type=int, default=0, metavar="N", help="list so many disagreements")
    args = ap.parse_args()
    if not (args.shared / "corpus").is_dir():
        print(f"accuracy: skipped, {args.shared} has no corpus")
        return
    with tempfile.TemporaryDirectory() as work:
        measure(args.resograph.resolve(), args.shared.resolve(), pathlib.Path(work)).show(args.errors)

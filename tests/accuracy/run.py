#!/usr/bin/env python3
"""Measures the extractor against official links and annotated documents, and holds the figures.

    run.py --resograph PATH --shared DIR [--record]

The documents are not part of this repository: DIR holds `corpus/`, `gold/dev/` and
`eval/`. Where it is absent the run says that it skips, and succeeds.

Each set of documents is made into plain text without links (`eval/akn_gold.py`), read by
`resograph extract --format jsonl` and scored by `eval/score.py`; precision, recall and F1
are printed by family. An F1 or share below the one in `recorded.json` fails the run, and so does a
table in README.md that is not the recorded one. `--record` writes both anew.
"""

import argparse
import json
import pathlib
import re
import sys
import tempfile

import agreement
import drafts
import languages
import paragraphs
from common import run

HERE = pathlib.Path(__file__).resolve().parent
RECORDED = HERE / "recorded.json"
README = HERE.parent.parent / "README.md"
OPEN, CLOSE = "<!-- accuracy -->", "<!-- /accuracy -->"
TOLERANCE = 0.0005
# "score.py gold" matches greedily over sets, so that its figures depend on the order of Python's
# hashes by one or two mentions a row. Scored once for each of these; the worst counts, never the luckiest.
HASH_SEEDS = range(16)

YEARS = (2017, 2018, 2019, 2020)
COUNCIL, ASSEMBLY, ANNOTATED = "Security Council, 2017-2020", "General Assembly, 74th session", "annotated documents"

LANGUAGES = {"ar": "Arabic", "zh": "Chinese", "fr": "French", "ru": "Russian", "es": "Spanish"}

# Folders of the corpus by set.
SETS = {
    COUNCIL: [f"sc-akn/en/{y}" for y in YEARS] + [f"sc-akn/prst/{y}" for y in YEARS],
    ASSEMBLY: ["ga-akn/en/74"],
    **{f"Security Council, 2020, {name}": [f"sc-akn/{code}/2020"] for code, name in LANGUAGES.items()},
    **{f"General Assembly, 74th session, {name}": [f"ga-akn/{code}/74"] for code, name in LANGUAGES.items()},
}

# What others reach, as published or measured for us on the same documents: (what, set, row, figure of ours, theirs).
OTHERS = [
    ("S/RES, F1", COUNCIL, "S/RES", "f1", "0.9998, CR-UNSC's regular expressions"),
    ("all links, recall", COUNCIL, "all links", "r", "0.841, CR-UNSC"),
    ("all links, precision", COUNCIL, "all links", "p", "0.07, the reference rules of another program for UN texts (recall 0.01)"),
    ("all links, recall", ASSEMBLY, "all links", "r", "0.04, CR-UNSC"),
]

# Two readings of one document compared, each in a module of its own. Recorded under AGREEMENT as counts and shares.
AGREEMENT = "agreement of two readings"
AGREEMENTS = (agreement, drafts, paragraphs, languages)


def parse(table):
    """Rows of a table of score.py: {label: {tp, fp, fn, p, r, f1}}."""
    rows = {}
    for line in table.splitlines():
        m = re.fullmatch(r"(\S.*?)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d\.\d+)\s+(\d\.\d+)\s+(\d\.\d+)", line)
        if m:
            label, tp, fp, fn, p, r, f1 = m.groups()
            rows[label] = dict(tp=int(tp), fp=int(fp), fn=int(fn), p=float(p), r=float(r), f1=float(f1))
    if not rows:
        sys.exit(f"score.py printed no table:\n{table}")
    return rows


def extract(resograph, paths, out):
    out.write_text(run(resograph, "extract", "--quiet", "--format", "jsonl", *paths), encoding="utf8")


def measure(resograph, shared, work):
    """{set: {label: row}}"""
    figures = {}
    for n, (name, folders) in enumerate(SETS.items()):
        here = work / str(n)
        run(sys.executable, shared / "eval/akn_gold.py", here, *(shared / "corpus" / f for f in folders))
        extract(resograph, [here / "text"], here / "mentions.jsonl")
        figures[name] = parse(run(sys.executable, shared / "eval/score.py", "links",
                                  here / "links.jsonl", here / "text", here / "mentions.jsonl"))
        show(name, figures[name])
    texts = sorted((shared / "gold/dev").glob("*.txt"))
    extract(resograph, texts, work / "annotated.jsonl")
    scored = [parse(run(sys.executable, shared / "eval/score.py", "gold", shared / "gold/dev",
                        work / "annotated.jsonl", hash_seed=seed)) for seed in HASH_SEEDS]
    figures[ANNOTATED] = {label: min((s[label] for s in scored), key=lambda row: row["f1"]) for label in scored[0]}
    show(ANNOTATED, figures[ANNOTATED])
    figures[AGREEMENT] = {}
    for module in AGREEMENTS:
        result = module.measure(resograph, shared, work)
        result.show()
        figures[AGREEMENT][result.name] = result.rows
    return figures


def show(name, rows):
    print(f"\n{name:<22}{'tp':>7}{'fp':>7}{'fn':>7}{'P':>9}{'R':>9}{'F1':>9}" if len(name) < 22
          else f"\n{name}\n{'':<22}{'tp':>7}{'fp':>7}{'fn':>7}{'P':>9}{'R':>9}{'F1':>9}")
    for label, c in rows.items():
        print(f"{label:<22}{c['tp']:>7}{c['fp']:>7}{c['fn']:>7}{c['p']:>9.4f}{c['r']:>9.4f}{c['f1']:>9.4f}")
    sys.stdout.flush()


def losses(figures, recorded):
    """What is below the recorded figures, one line each."""
    for name, rows in recorded.get(AGREEMENT, {}).items():
        for label, before in rows.items():
            now = figures[AGREEMENT].get(name, {}).get(label, {"share": 0})
            if before["held"] and now["share"] < before["share"] - TOLERANCE:
                yield f"{name}, {label}: {now['share']:.4f}, recorded {before['share']:.4f}"
    for name in (name for name in recorded if name != AGREEMENT):
        for label, before in recorded[name].items():
            now = figures.get(name, {}).get(label)
            if now is None:
                yield f"{name}, {label}: was measured (F1 {before['f1']:.4f}), is not any more"
            elif now["f1"] < before["f1"] - TOLERANCE:
                yield f"{name}, {label}: F1 {now['f1']:.4f}, recorded {before['f1']:.4f}"


def gains(figures, recorded):
    better = sum(now["f1"] > recorded.get(name, {}).get(label, {"f1": 0})["f1"] + TOLERANCE
                 for name in figures if name != AGREEMENT for label, now in figures[name].items())
    before = recorded.get(AGREEMENT, {})
    return better + sum(now["share"] > before.get(name, {}).get(label, {"share": 0})["share"] + TOLERANCE
                        for name, rows in figures[AGREEMENT].items() for label, now in rows.items())


def markdown(recorded):
    """The tables of README."""
    out = ["| measured on the same documents | resograph | others |", "|---|--:|---|"]
    for what, name, row, figure, theirs in OTHERS:
        out.append(f"| {name}: {what} | {recorded[name][row][figure]:.3f} | {theirs} |")
    existed = recorded[AGREEMENT][agreement.NAME]["citations of Council resolutions that existed already"]
    out.append(f"| scanned resolutions 1-899: citations of what did not exist | {existed['compared'] - existed['agree']} "
               "| 18, CR-UNSC |")
    out.append("")
    for name in (module.NAME for module in AGREEMENTS if module is not languages):
        rows = recorded[AGREEMENT][name]
        out += [f"| {name} | compared | agree | share |", "|---|--:|--:|--:|"]
        out += [f"| {label} | {c['compared']} | {c['agree']} | {c['share']:.3f} |" for label, c in rows.items()]
        out.append("")
    for name in (COUNCIL, ASSEMBLY, ANNOTATED):
        out += [f"| {name} | found | wrong or not marked | missed | precision | recall | F1 |", "|---|--:|--:|--:|--:|--:|--:|"]
        out += [f"| {label} | {c['tp']} | {c['fp']} | {c['fn']} | {c['p']:.3f} | {c['r']:.3f} | {c['f1']:.3f} |"
                for label, c in recorded[name].items()]
        out.append("")
    out += ["| other languages | S/RES, F1 | A/RES, F1 | all links, precision | recall | F1 |", "|---|--:|--:|--:|--:|--:|"]
    for name in SETS:
        if name not in (COUNCIL, ASSEMBLY):
            c = recorded[name]
            out.append(f"| {name} | {c['S/RES']['f1']:.3f} | {c['A/RES']['f1']:.3f} | {c['all links']['p']:.3f} "
                       f"| {c['all links']['r']:.3f} | {c['all links']['f1']:.3f} |")
    return "\n".join(out).rstrip()


def split_readme():
    """(before, table, after), or an explanation."""
    if not README.exists():
        return f"{README.name} is missing"
    text = README.read_text(encoding="utf8")
    if text.count(OPEN) != 1 or text.count(CLOSE) != 1:
        return f"{README.name} needs one line {OPEN} and one line {CLOSE}, for the table of accuracy"
    before, rest = text.split(OPEN)
    table, after = rest.split(CLOSE)
    return before, table.strip(), after


def record(figures):
    RECORDED.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf8")
    print(f"\nrecorded in {RECORDED.name}")
    parts = split_readme()
    if isinstance(parts, str):
        return [parts]
    README.write_text(f"{parts[0]}{OPEN}\n{markdown(figures)}\n{CLOSE}{parts[2]}", encoding="utf8")
    print(f"table written in {README.name}")
    return []


def check(figures):
    if not RECORDED.exists():
        return [f"{RECORDED.name} is missing: run with --record"]
    recorded = json.loads(RECORDED.read_text(encoding="utf8"))
    faults = list(losses(figures, recorded))
    parts = split_readme()
    if isinstance(parts, str):
        faults.append(parts)
    elif parts[1] != markdown(recorded):
        faults.append(f"the table of accuracy in {README.name} is not the recorded one: run with --record")
    if not faults:
        print(f"\nnothing below the recorded figures, {gains(figures, recorded)} above"
              + (": --record keeps them" if gains(figures, recorded) else ""))
    return faults


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--resograph", type=pathlib.Path, required=True, help="the program, a release build")
    ap.add_argument("--shared", type=pathlib.Path, required=True, help="folder with corpus, gold and eval")
    ap.add_argument("--record", action="store_true", help="write the figures measured into recorded.json and README.md")
    args = ap.parse_args()
    missing = [d for d in ("corpus", "gold/dev", "eval") if not (args.shared / d).is_dir()]
    if missing:
        print(f"accuracy: skipped, {args.shared} has no {', '.join(missing)}")
        return 0
    with tempfile.TemporaryDirectory() as work:
        figures = measure(args.resograph.resolve(), args.shared.resolve(), pathlib.Path(work))
    faults = record(figures) if args.record else check(figures)
    for fault in faults:
        print(f"accuracy: {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Fetch the SPARQL query evaluation tests of the W3C and print how to run them.

    w3c_suite.py FOLDER     then: RESOGRAPH_W3C=FOLDER cargo test --test sparql

The source archive of rdflib 6.1.1 on PyPI carries them (SPARQL 1.0 and 1.1, with their licence).
"""
import pathlib
import subprocess
import sys
import tarfile
import tempfile

PACKAGE = "rdflib==6.1.1"
SUITES = ("data-r2", "data-sparql11")


def main(folder):
    with tempfile.TemporaryDirectory() as download:
        command = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check", "download"]
        subprocess.run([*command, "--no-deps", "--no-binary", ":all:", "-d", download, PACKAGE], check=True)
        archive = next(pathlib.Path(download).glob("*.tar.gz"))
        count = 0
        with tarfile.open(archive) as tar:
            for member in tar:
                _, _, name = member.name.partition("/test/DAWG/")
                if member.isfile() and name.split("/")[0] in SUITES:
                    target = folder / name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(tar.extractfile(member).read())
                    count += 1
    print(f"{count} files; RESOGRAPH_W3C={folder} cargo test --test sparql")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve())

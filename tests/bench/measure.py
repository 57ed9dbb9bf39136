"""Measuring: programs run and timed, servers asked over HTTP, answers levelled so that they compare."""

import collections
import contextlib
import gzip
import hashlib
import http.client
import json
import os
import re
import socket
import statistics
import subprocess
import time
import urllib.parse
from pathlib import Path

XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"


Run = collections.namedtuple("Run", "seconds cpu peak out")


def run(command, **options):
    """Runs a program: seconds, processor seconds, peak bytes, standard output; raises where it fails."""
    started = time.perf_counter()
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, **options)
    try:
        out = process.stdout.read()
    except BaseException:
        process.kill()
        raise
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{Path(str(command[0])).name} ended with {process.returncode}")
    return Run(time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, out)


def cpu(pid):
    """Seconds of processor time of a process on this machine, all its threads; what other people's programs
    take of the processors does not count."""
    # The clock of a process, as clock_getcpuclockid makes its number.
    return time.clock_gettime((~pid << 3) | 2)


def memory(pid):
    """Resident bytes of a process: all, and those that are not a file's."""
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line)
    kilobytes = {key: int(lines[key].split()[0]) * 1024 for key in ("VmRSS", "RssAnon", "VmHWM")}
    return {"resident": kilobytes["VmRSS"], "own": kilobytes["RssAnon"], "peak": kilobytes["VmHWM"]}


def size(path):
    """Bytes of a file, or of all files in a folder."""
    path = Path(path)
    return path.stat().st_size if path.is_file() else sum(f.stat().st_size for f in path.rglob("*") if f.is_file())


def free_port():
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def server(command, port, log, seconds=120, **options):
    """Runs a server until the block ends; waits for its port. Yields (process, seconds until it listened)."""
    started = time.perf_counter()
    with open(log, "ab") as out:
        process = subprocess.Popen([str(word) for word in command], stdout=out, stderr=out, **options)
    try:
        while True:
            if process.poll() is not None or time.perf_counter() - started > seconds:
                raise RuntimeError(f"{Path(str(command[0])).name} did not start, see {log}")
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.001)
        yield process, time.perf_counter() - started
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Endpoint:
    """A SPARQL endpoint of this machine, asked over one connection that is kept."""

    def __init__(self, pid, port, path, timeout, form=None):
        """`form`: fields to send the query with, for a server that does not take it as the body."""
        self.pid, self.port, self.path, self.timeout, self.form = pid, port, path, timeout, form
        self.connection = None

    def ask(self, query):
        """(seconds, the server's processor seconds, body); raises where the answer is no answer."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
            self.connection.connect()
            self.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        headers = {"Content-Type": "application/sparql-query", "Accept": "application/sparql-results+json"}
        body = query.encode()
        if self.form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urllib.parse.urlencode(self.form | {"query": query}).encode()
        used, started = cpu(self.pid), time.perf_counter()
        try:
            self.connection.request("POST", self.path, body, headers)
            response = self.connection.getresponse()
            body = response.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.connection = None
            raise
        if response.status != 200:
            raise RuntimeError(f"{response.status}: {body[:200].decode(errors='replace').strip()}")
        return time.perf_counter() - started, cpu(self.pid) - used, body


def repeat(ask, budget):
    """({median, fastest, cpu} in ms, last answer): asked once to warm up, then for about `budget` seconds;
    what takes many times the budget is asked once. `ask()` gives (seconds, processor seconds, answer)."""
    first = ask()
    runs = [] if first[0] < 4 * budget else [first]
    while not runs or (len(runs) < 30 and sum(run[0] for run in runs) + first[0] < budget):
        runs.append(ask())
    walls, works = [run[0] * 1000 for run in runs], [run[1] * 1000 for run in runs]
    return {"median": statistics.median(walls), "fastest": min(walls), "cpu": statistics.median(works)}, runs[-1][2]


def rows_of_json(body):
    """The rows of a SPARQL result in JSON, spelt and sorted."""
    answer = json.loads(body)
    if "boolean" in answer:
        return [[str(answer["boolean"]).lower()]]
    names = answer["head"]["vars"]
    return sorted([spelt(row.get(name)) for name in names] for row in answer["results"]["bindings"])


def spelt(term):
    """One spelling of a term for all engines; "" for none."""
    if not term:
        return ""
    if term["type"] == "uri":
        return f"<{term['value']}>"
    if term["type"] == "bnode":
        return "_:"
    return literal(term["value"], term.get("xml:lang"), term.get("datatype"))


def literal(value, language, datatype):
    """`"value"@en`, `"1"^^<...>`; not escaped, since it is compared only."""
    if language:
        return f'"{value}"@{language.lower()}'
    return f'"{value}"' if datatype in (None, XSD_STRING) else f'"{value}"^^<{datatype}>'


def levelled(query, rows):
    """Rows without what SPARQL leaves open: the order that GROUP_CONCAT takes its values in."""
    if "GROUP_CONCAT" not in query:
        return rows
    return sorted([" ".join(sorted(re.split(r"[,;] ", cell.strip('"')))) for cell in row] for row in rows)


def digest(rows):
    """A short name of sorted rows."""
    return hashlib.blake2b(json.dumps(rows).encode(), digest_size=12).hexdigest()


def ask_all(ask, queries, budget, keep=None):
    """query -> {median, fastest, cpu, rows, digest} or {error}. `ask(query)` gives what `repeat` needs; the answer is
    JSON or rows. Answers are kept in the folder `keep`, to show where another's differ."""
    found, expired = {}, 0
    for name, query in queries.items():
        if expired == 3:
            found[name] = {"error": "not asked after three that took too long"}
            continue
        try:
            took, body = repeat(lambda: ask(query), budget)
            rows = levelled(query, body if isinstance(body, list) else rows_of_json(body))
            found[name] = took | {"rows": len(rows), "digest": digest(rows)}
            if keep:
                Path(keep).mkdir(parents=True, exist_ok=True)
                with gzip.open(Path(keep) / f"{name}.json.gz", "wt") as out:
                    json.dump(rows, out)
        except Exception as error:  # noqa: BLE001 - any failure of a peer is an entry of the table
            found[name] = {"error": f"{type(error).__name__}: {error}"[:200]}
            expired += isinstance(error, TimeoutError)
    return found


def kept_rows(folder, name):
    """Rows that `ask_all` kept."""
    with gzip.open(Path(folder) / f"{name}.json.gz", "rt") as file:
        return json.load(file)

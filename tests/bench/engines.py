"""Programs that answer SPARQL over HTTP, started on this machine's own address and stopped again."""

import contextlib
import http.client
import os
import subprocess
import time
from pathlib import Path

import measure

VIRTUOSO = """[Database]
DatabaseFile = {dir}/virtuoso.db
ErrorLogFile = {dir}/virtuoso.log
LockFile = {dir}/virtuoso.lck
TransactionFile = {dir}/virtuoso.trx
xa_persistent_file = {dir}/virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
[TempDatabase]
DatabaseFile = {dir}/temp.db
TransactionFile = {dir}/temp.trx
MaxCheckpointRemap = 2000
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
MaxClientConnections = 20
CheckpointInterval = 0
CaseMode = 2
DirsAllowed = {dir}, {data}
NumberOfBuffers = 340000
MaxDirtyBuffers = 250000
MaxQueryMem = 2G
ThreadsPerQuery = 2
AsyncQueueMaxThreads = 4
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {dir}
MaxClientConnections = 20
ServerThreads = 20
MaxKeepAlives = 20
KeepAliveTimeout = 300
[SPARQL]
ResultSetMaxRows = 100000000
MaxQueryCostEstimationTime = 0
MaxQueryExecutionTime = {limit}
"""
VIRTUOSO_GRAPH = "urn:x-bench:graph"


@contextlib.contextmanager
def resograph(program, graph, work, limit):
    """`resograph serve` over a graph. Yields (endpoint, process, seconds until the first answer)."""
    port = measure.free_port()
    command = [program, "serve", "--graph", graph, "--bind", f"127.0.0.1:{port}", "--timeout", limit]
    yield from serving(command, port, "/sparql", work / "resograph.log", limit)


@contextlib.contextmanager
def oxigraph_disk(program, store, work, limit):
    """Oxigraph's server over a store on disk, which may also be read by others."""
    port = measure.free_port()
    command = [program, "serve-read-only", "--location", store, "--bind", f"127.0.0.1:{port}"]
    yield from serving(command, port, "/query", work / "oxigraph-disk.log", limit)


@contextlib.contextmanager
def oxigraph_memory(program, ntriples, work, limit):
    """Oxigraph's server in memory, loaded over HTTP."""
    port = measure.free_port()
    command = [program, "serve", "--bind", f"127.0.0.1:{port}"]
    load = lambda: post(port, "/store?default&no_transaction", ntriples, "application/n-triples")  # noqa: E731
    yield from serving(command, port, "/query", work / "oxigraph-memory.log", limit, load)


def serving(command, port, path, log, limit, load=None):
    """Starts a server, loads it, and waits for a first answer."""
    with measure.server(command, port, log) as (process, listening):
        started = time.perf_counter()
        if load:
            load()
        endpoint = measure.Endpoint(process.pid, port, path, limit + 1)
        endpoint.ask("ASK { ?s ?p ?o }")
        yield endpoint, process, listening + time.perf_counter() - started


def post(port, path, file, media_type):
    """Sends a file."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3600)
    with open(file, "rb") as body:
        headers = {"Content-Type": media_type, "Content-Length": str(os.path.getsize(file))}
        connection.request("POST", path, body, headers)
        response = connection.getresponse()
        answer = response.read()
    if response.status not in (200, 201, 204):
        raise RuntimeError(f"{response.status}: {answer[:200]!r}")


@contextlib.contextmanager
def virtuoso(ntriples, work, limit):
    """Virtuoso in a folder of its own, bulk loaded. Yields (endpoint, process, what loading took)."""
    folder = work / "virtuoso"
    folder.mkdir()
    sql, http_port = measure.free_port(), measure.free_port()
    settings = dict(dir=folder, data=Path(ntriples).parent, sql=sql, http=http_port, limit=limit)
    (folder / "virtuoso.ini").write_text(VIRTUOSO.format(**settings))
    command = ["virtuoso-t", "-f", "-c", folder / "virtuoso.ini"]

    def isql(statement):
        subprocess.run(["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"exec={statement}"], check=True, capture_output=True)

    with measure.server(command, http_port, work / "virtuoso.log") as (process, _):
        started = time.perf_counter()
        name = Path(ntriples)
        isql(f"ld_dir('{name.parent}', '{name.name}', '{VIRTUOSO_GRAPH}');")
        isql("rdf_loader_run();")
        isql("checkpoint;")
        loaded = time.perf_counter() - started
        endpoint = measure.Endpoint(process.pid, http_port, "/sparql", limit + 1, {"default-graph-uri": VIRTUOSO_GRAPH})
        yield endpoint, process, {"open s": loaded, "disk": measure.size(folder / "virtuoso.db")}
        with contextlib.suppress(subprocess.CalledProcessError):
            isql("shutdown;")

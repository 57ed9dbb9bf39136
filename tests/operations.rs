//! What whoever runs a server relies on: it goes on answering, says what is wrong, and stops when asked.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test fails by panicking")]
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serving::{GRAPH, PROGRAM, SAMPLES, Server, wait_until};
use tempfile::TempDir;

mod serving;

const SYMBOLS: &str = "/sparql?query=SELECT%20%3Fs%20%7B%20%3Fw%20eli%3Aid_local%20%3Fs%20%7D%20ORDER%20BY%20%3Fs";

/// Two documents, and the graph of the first.
fn small_graph() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("documents")).unwrap();
    add(dir.path(), "S_RES_1267.txt");
    rebuild(dir.path());
    dir
}

fn add(dir: &Path, sample: &str) {
    fs::copy(Path::new(SAMPLES).join(sample), dir.join("documents").join(sample)).unwrap();
}

fn rebuild(dir: &Path) {
    serving::build(&dir.join("documents"), &dir.join("graph"));
}

fn health(server: &Server) -> (u16, String, String) {
    let reply = server.get("/health", "*/*");
    let said = reply.json();
    let troubles: Vec<_> = said["troubles"].as_array().unwrap().iter().filter_map(|t| t.as_str()).collect();
    (reply.status, said["status"].as_str().unwrap().to_owned(), troubles.join("\n"))
}

fn is_degraded_by(server: &Server, trouble: &str) {
    wait_until(trouble, || {
        let (status, word, troubles) = health(server);
        assert_eq!(status, 200, "the old graph answers: {troubles}");
        word == "degraded" && troubles.contains(trouble)
    });
    assert_eq!(server.get("/doc/S/RES/1267.nt", "*/*").status, 200);
    assert_eq!(server.get(SYMBOLS, "text/csv").status, 200);
    wait_until("the log", || server.said().contains(trouble));
}

#[test]
fn a_rebuilt_graph_is_served_and_no_request_is_dropped() {
    let dir = small_graph();
    let server = Server::start(&dir.path().join("graph"), &[]);
    let tag = server.get("/doc/S/RES/1267.nt", "*/*").header("etag").to_owned();
    assert_eq!(server.get("/doc/S/RES/2388", "text/turtle").status, 404);
    let (done, asked) = (AtomicBool::new(false), AtomicU32::new(0));
    thread::scope(|scope| {
        for address in ["/doc/S/RES/1267.nt", SYMBOLS, "/suggest?q=1267"] {
            let (server, done, asked) = (&server, &done, &asked);
            scope.spawn(move || {
                while !done.load(Ordering::Relaxed) {
                    let reply = server.get(address, "text/csv, */*;q=0.1");
                    assert!(reply.status == 200 && reply.body.contains("1267"), "{} {}", reply.head, reply.body);
                    asked.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        add(dir.path(), "S_RES_2388.md");
        rebuild(dir.path());
        let waited = wait_until("the new graph", || server.get("/doc/S/RES/2388", "text/turtle").status == 200);
        wait_until("the new names", || server.get("/suggest?q=2388", "*/*").body.contains("S/RES/2388"));
        done.store(true, Ordering::Relaxed);
        assert!(waited < Duration::from_secs(2), "{waited:?}");
    });
    assert!(asked.into_inner() > 10);
    assert!(server.get(SYMBOLS, "text/csv").body.contains("S/RES/2388 (2017)"));
    assert_ne!(server.get("/doc/S/RES/1267.nt", "*/*").header("etag"), tag);
    let reply = server.get("/health", "*/*").json();
    assert_eq!((&reply["status"], &reply["generation"]), (&"ok".into(), &1.into()));
    server.signal("HUP");
    wait_until("an answer to SIGHUP", || server.said().contains("there is no newer graph"));
}

#[test]
fn what_was_written_is_in_the_rebuilt_graph_and_more_can_be_written() {
    let dir = small_graph();
    let token = dir.path().join("token");
    fs::write(&token, "a-token-for-this-test").unwrap();
    let options = ["--writable", "--token-file", token.to_str().unwrap()];
    let server = Server::start(&dir.path().join("graph"), &options);
    let write = |name: &str| {
        let headers =
            [("Content-Type", "application/sparql-update"), ("Authorization", "Bearer a-token-for-this-test")];
        let update = format!("INSERT DATA {{ <https://w3id.org/resograph/id/{name}> rdfs:label '{name}' }}");
        let reply = server.send("POST", "/update", &headers, update.as_bytes());
        assert!(matches!(reply.status, 200 | 204), "{} {}", reply.head, reply.body);
    };
    let tag = || server.get("/doc/first.nt", "*/*").header("etag").to_owned();
    write("first");
    let before = tag();
    write("second");
    assert_ne!(tag(), before, "another state of the graph");
    add(dir.path(), "S_RES_2388.md");
    rebuild(dir.path());
    wait_until("the new graph", || server.get("/doc/S/RES/2388", "text/turtle").status == 200);
    write("third");
    for name in ["first", "second", "third"] {
        assert!(server.get(&format!("/doc/{name}.nt"), "*/*").body.contains(&format!("\"{name}\"")), "{name}");
    }
    assert_eq!(health(&server).1, "ok");
}

#[test]
fn a_build_that_is_killed_leaves_the_old_graph_in_service() {
    let dir = small_graph();
    let server = Server::start(&dir.path().join("graph"), &[]);
    let text = fs::read(Path::new(SAMPLES).join("S_RES_1528.txt")).unwrap();
    let text = String::from_utf8_lossy(&text);
    for number in 0..400 {
        let name = format!("documents/{number}.txt");
        fs::write(dir.path().join(name), text.replace("1528", &format!("{}", 1000 + number))).unwrap();
    }
    let mut build = Command::new(PROGRAM);
    build.args(["build", "--quiet", "-o"]).arg(dir.path().join("graph")).arg(dir.path().join("documents"));
    let mut build = build.spawn().unwrap();
    let folders = || {
        let names = fs::read_dir(dir.path().join("graph")).unwrap().flatten();
        names.filter(|entry| entry.file_name().to_string_lossy().starts_with("graph-")).count()
    };
    wait_until("a draft", || folders() == 2);
    thread::sleep(Duration::from_millis(700));
    assert_eq!((build.try_wait().unwrap(), health(&server).1), (None, "ok".into()), "a build is no trouble");
    build.kill().unwrap();
    build.wait().unwrap();
    is_degraded_by(&server, "a build was broken off");
    fs::remove_dir_all(dir.path().join("documents")).unwrap();
    fs::create_dir(dir.path().join("documents")).unwrap();
    add(dir.path(), "S_RES_1267.txt");
    add(dir.path(), "S_RES_2331.txt");
    rebuild(dir.path());
    wait_until("the new graph", || server.get("/doc/S/RES/2331", "text/turtle").status == 200);
    wait_until("the end of the trouble", || health(&server).1 == "ok");
}

#[test]
fn a_build_that_finds_the_disk_full_leaves_the_old_graph_in_service() {
    let dir = small_graph();
    let server = Server::start(&dir.path().join("graph"), &[]);
    add(dir.path(), "S_RES_2388.md");
    // A file that may not grow is to its writer what a full disk is: an error in the middle.
    let limited = "trap '' XFSZ; ulimit -f 16; exec \"$0\" build --quiet \"$1\" -o \"$2\"";
    let mut build = Command::new("sh");
    build.args(["-c", limited, PROGRAM]).args([dir.path().join("documents"), dir.path().join("graph")]);
    let build = build.stderr(Stdio::piped()).output().unwrap();
    assert_eq!(build.status.code(), Some(2), "{}", String::from_utf8_lossy(&build.stderr));
    is_degraded_by(&server, "the last build failed");
    assert!(health(&server).2.contains("make room"), "{:?}", health(&server));
    rebuild(dir.path());
    wait_until("the new graph", || server.get("/doc/S/RES/2388", "text/turtle").status == 200);
    wait_until("the end of the trouble", || health(&server).1 == "ok");
}

#[test]
fn a_graph_whose_folder_is_gone_or_whose_successor_is_damaged_stays_in_service() {
    let dir = small_graph();
    let graph = dir.path().join("graph");
    let server = Server::start(&graph, &[]);
    fs::remove_dir_all(&graph).unwrap();
    is_degraded_by(&server, "no graph at");
    fs::create_dir_all(graph.join("graph-broken")).unwrap();
    fs::write(graph.join("graph-broken/graph.index"), "nothing").unwrap();
    fs::write(graph.join("current"), "graph-broken").unwrap();
    is_degraded_by(&server, "cannot be used");
    add(dir.path(), "S_RES_2388.md");
    rebuild(dir.path());
    wait_until("the new graph", || server.get("/doc/S/RES/2388", "text/turtle").status == 200);
    wait_until("the end of the trouble", || health(&server).1 == "ok");
    wait_until("the end of the trouble in the log", || server.said().contains("is right again"));
}

/// A query that takes longer than any test.
const ENDLESS: &str = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?g) }";

#[test]
fn a_server_that_is_stopped_answers_what_runs_and_nothing_new() {
    let mut server = Server::start(GRAPH.path(), &["--timeout", "2"]);
    thread::scope(|scope| {
        let shared = &server;
        let running = scope.spawn(move || {
            let headers = [("Content-Type", "application/sparql-query")];
            shared.send("POST", "/sparql", &headers, ENDLESS.as_bytes())
        });
        thread::sleep(Duration::from_millis(700));
        server.signal("TERM");
        thread::sleep(Duration::from_millis(300));
        assert!(std::net::TcpStream::connect(&server.address).is_err(), "nothing new is accepted");
        let reply = running.join().unwrap();
        assert!(matches!(reply.status, 503 | 504), "{}", reply.head);
    });
    let started = Instant::now();
    assert_eq!(server.process.wait().unwrap().code(), Some(0));
    assert!(started.elapsed() < Duration::from_secs(2));
}

#[test]
fn a_second_signal_ends_the_server_at_once() {
    let mut server = Server::start(GRAPH.path(), &["--timeout", "30"]);
    let mut stream = std::net::TcpStream::connect(&server.address).unwrap();
    let head =
        format!("POST /sparql HTTP/1.1\r\nHost: {}\r\nContent-Type: application/sparql-query\r\n", server.address);
    std::io::Write::write_all(
        &mut stream,
        format!("{head}Content-Length: {}\r\n\r\n{ENDLESS}", ENDLESS.len()).as_bytes(),
    )
    .unwrap();
    thread::sleep(Duration::from_millis(700));
    server.signal("INT");
    wait_until("the first signal", || server.said().contains("stopping"));
    thread::sleep(Duration::from_millis(200));
    assert!(server.process.try_wait().unwrap().is_none(), "a query is running");
    server.signal("INT");
    let started = Instant::now();
    assert_eq!(server.process.wait().unwrap().code(), Some(130));
    assert!(started.elapsed() < Duration::from_secs(2));
}

#[test]
fn a_query_whose_client_has_gone_is_counted_as_that() {
    let server = Server::start(GRAPH.path(), &[]);
    let counts = |line: &str| server.get("/metrics", "*/*").body.lines().any(|l| l == line);
    let mut stream = std::net::TcpStream::connect(&server.address).unwrap();
    let head =
        format!("POST /sparql HTTP/1.1\r\nHost: {}\r\nContent-Type: application/sparql-query\r\n", server.address);
    let request = format!("{head}Content-Length: {}\r\n\r\n{ENDLESS}", ENDLESS.len());
    std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
    wait_until("the query", || counts("resograph_queries_running 1"));
    drop(stream);
    wait_until("its end", || counts("resograph_queries_total{outcome=\"abandoned\"} 1"));
    assert!(counts("resograph_queries_running 0"));
}

#[test]
fn requests_are_counted_numbered_and_logged() {
    let server = Server::start(GRAPH.path(), &["--log", "json", "--slow", "0"]);
    let given = server.send("GET", "/nowhere", &[("X-Request-Id", "abc-1")], b"");
    assert_eq!((given.header("x-request-id"), &given.json()["requestId"]), ("abc-1", &"abc-1".into()));
    let made = server.send("GET", "/doc/S/RES/2388.nt", &[("X-Request-Id", "not \"sane\"")], b"");
    assert_eq!(made.header("x-request-id").len(), 16);
    assert_eq!(server.get("/sparql?query=ASK%7B%7D", "text/csv").body, "true");
    assert_eq!(server.get("/sparql?query=ASK", "text/csv").status, 400);
    let metrics = server.get("/metrics", "*/*");
    assert_eq!(metrics.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    for line in [
        "resograph_queries_total{outcome=\"answered\"} 1",
        "resograph_queries_total{outcome=\"refused\"} 1",
        "resograph_http_requests_total{route=\"/doc/{*path}\",status=\"2xx\"} 1",
        "resograph_http_requests_total{route=\"other\",status=\"4xx\"} 1",
        "resograph_http_requests_in_flight 1",
        "resograph_graph_generation 0",
        "resograph_graph_troubles 0",
    ] {
        assert!(metrics.body.lines().any(|l| l == line), "{line}\n{}", metrics.body);
    }
    for name in ["resograph_graph_triples ", "process_resident_memory_bytes ", "resograph_build_info{version="] {
        assert!(metrics.body.contains(&format!("\n{name}")), "{name}\n{}", metrics.body);
    }
    let complete = |line: &str| {
        line.is_empty() || line.starts_with('#') || line.rsplit(' ').next().unwrap().parse::<f64>().is_ok()
    };
    assert!(metrics.body.lines().all(complete));
    wait_until("the log", || server.said().contains("/metrics"));
    let said = server.said();
    let lines: Vec<serde_json::Value> = said.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    let of = |path: &str| lines.iter().find(|line| line["path"] == path).expect(path);
    assert_eq!((&of("/nowhere")["request_id"], &of("/nowhere")["status"]), (&"abc-1".into(), &404.into()));
    assert_eq!(lines.iter().filter(|line| line["message"] == "slow query" && line["query"] == "ASK{}").count(), 1);
    let server = Server::start(GRAPH.path(), &["--log", "off"]);
    assert_eq!(server.get("/health/live", "*/*").status, 200);
    assert_eq!(server.said(), "");
}

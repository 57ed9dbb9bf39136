//! Writing to a graph over HTTP.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;

use tempfile::{TempDir, tempdir};

mod serving;
use serving::{PROGRAM, Reply, SAMPLES, Server, build, wait_until};

const TOKEN: &str = "a secret";

struct Writable {
    server: Server,
    dir: TempDir,
}

/// A server that takes changes to the graph in a folder.
fn serve(dir: &Path, options: &[&str]) -> Server {
    let token = dir.join("token");
    std::fs::create_dir_all(dir).unwrap();
    std::fs::write(&token, format!("{TOKEN}\n")).unwrap();
    let own = ["--writable", "--token-file", token.to_str().unwrap()];
    Server::start(dir, &[&own[..], options].concat())
}

fn writable() -> Writable {
    let dir = tempdir().unwrap();
    Writable { server: serve(dir.path(), &[]), dir }
}

fn send(server: &Server, method: &str, path: &str, media_type: &str, body: &str) -> Reply {
    let authorization = format!("Bearer {TOKEN}");
    server.send(method, path, &[("Authorization", &authorization), ("Content-Type", media_type)], body.as_bytes())
}

fn update(server: &Server, update: &str) {
    let reply = send(server, "POST", "/update", "application/sparql-update", update);
    assert_eq!(reply.status, 204, "{update}: {}", reply.body);
}

fn ask(server: &Server, query: &str) -> bool {
    let reply = server.query(query, "text/csv");
    assert_eq!(reply.status, 200, "{query}: {}", reply.body);
    reply.body.trim() == "true"
}

#[test]
fn who_has_no_token_writes_nothing() {
    let Writable { server, dir } = writable();
    let update = ("POST", "/update", "application/sparql-update", "INSERT DATA { <e:a> <e:p> 1 }");
    let put = ("PUT", "/store?default", "text/turtle", "<e:a> <e:p> 1 .");
    let delete = ("DELETE", "/store", "", "");
    for (method, path, media_type, body) in [update, put, delete] {
        for given in ["", "Bearer wrong", "Basic YTpi", "Bearer", "Bearer a secre", "a secret"] {
            let headers = [("Content-Type", media_type), ("Authorization", given)];
            let reply = server.send(method, path, &headers, body.as_bytes());
            assert_eq!(reply.status, 401, "{method} {path} {given}");
            assert!(reply.header("WWW-Authenticate").starts_with("Bearer"), "{}", reply.head);
            assert!(reply.header("Content-Type").starts_with("application/problem+json"), "{}", reply.head);
        }
    }
    assert!(!ask(&server, "ASK { ?s ?p ?o }"));
    // Without a token there is no such server, and there is one at a time.
    let mut serve = Command::new(PROGRAM);
    serve
        .args(["serve", "--bind", "127.0.0.1:0", "--writable", "--graph"])
        .arg(dir.path())
        .env_remove("RESOGRAPH_TOKEN");
    let output = serve.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("RESOGRAPH_TOKEN"));
    let output = serve.env("RESOGRAPH_TOKEN", TOKEN).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("another server"));
}

#[test]
fn what_is_written_is_there_at_once_and_after_a_kill() {
    let Writable { mut server, dir } = writable();
    for n in 0..5 {
        update(&server, &format!("INSERT DATA {{ <e:a> <e:p> {n} . GRAPH <e:g> {{ <e:b> <e:p> {n} }} }}"));
        assert!(ask(&server, &format!("ASK {{ <e:a> <e:p> {n} GRAPH ?g {{ <e:b> <e:p> {n} }} }}")));
    }
    server.process.kill().unwrap();
    server.process.wait().unwrap();
    let server = serve(dir.path(), &[]);
    assert!(ask(&server, "ASK { <e:a> <e:p> 0 , 1 , 2 , 3 , 4 }"));
    // Commands see it as well.
    let output =
        Command::new(PROGRAM).arg("query").arg("--graph").arg(dir.path()).arg("SELECT * { ?s ?p ?o }").output();
    assert_eq!(String::from_utf8(output.unwrap().stdout).unwrap().lines().count(), 6);
}

#[test]
fn an_update_happens_as_a_whole_or_not_at_all() {
    let Writable { server, dir: _dir } = writable();
    let reply = |text: &str| send(&server, "POST", "/update", "application/sparql-update", text);
    assert_eq!(reply("INSERT DATA { <e:a> <e:p> 1 } ; DROP GRAPH <e:none>").status, 404);
    assert_eq!(reply("INSERT DATA { <e:a> <e:p> 1 } ; LOAD <http://127.0.0.1:9/x>").status, 400);
    assert_eq!(reply("INSERT DATA { <e:a> <e:p> 1 } ; nonsense").status, 400);
    assert_eq!(reply("INSERT { <e:a> <e:p> 1 } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }").status, 400);
    assert!(!ask(&server, "ASK { ?s ?p ?o }"));
    update(
        &server,
        "INSERT DATA { <e:a> <e:p> 1 } ; INSERT { ?s <e:q> ?o } WHERE { ?s <e:p> ?o } ; DROP SILENT GRAPH <e:none>",
    );
    assert!(ask(&server, "ASK { <e:a> <e:q> 1 }"));
}

#[test]
fn hostile_updates_are_refused_and_long_data_is_not() {
    let Writable { server, dir: _dir } = writable();
    let reply = |text: &str| send(&server, "POST", "/update", "application/sparql-update", text);
    let nested = format!("INSERT {{ <e:a> <e:p> 1 }} WHERE {}{}", "{".repeat(1000), "}".repeat(1000));
    assert_eq!(reply(&nested).status, 400);
    assert_eq!(reply(&format!("DELETE WHERE {{ {} }}", "?s ?p ?o .".repeat(500))).status, 400);
    assert_eq!(reply(&"CLEAR ALL;".repeat(10_000)).status, 400);
    let brackets = format!("INSERT DATA {{ <e:a> <e:p> {}1{} }}", "(".repeat(5000), ")".repeat(5000));
    assert_eq!(reply(&brackets).status, 400);
    let cross = (0..200).map(|n| format!("<e:s{n}> <e:p> {n} . ")).collect::<String>();
    assert_eq!(reply(&format!("INSERT DATA {{ {cross} }}")).status, 204);
    let explosion = "INSERT { ?a ?c ?e } WHERE { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?t ?h . ?i ?u ?j }";
    let slow = reply(explosion).status;
    assert!([422, 503].contains(&slow), "{slow}");
    let data: String = (0..20_000).map(|n| format!("<e:long-{n}> <e:p-q> -{n} .\n")).collect();
    assert_eq!(reply(&format!("INSERT DATA {{ {data} }}")).status, 204);
    assert!(ask(&server, "ASK { <e:long-19999> ?p -19999 }"));
}

#[test]
fn bodies_have_a_largest_size() {
    let dir = tempdir().unwrap();
    let server = serve(dir.path(), &["--largest-body", "1"]);
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let head = format!(
        "PUT /store?default HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\nContent-Type: text/turtle\r\n\
         Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let chunk = format!("10000\r\n{}\r\n", "#".repeat(0x10000));
    // The server may have closed the connection by then.
    let _ = (0..40).try_for_each(|_| stream.write_all(chunk.as_bytes()));
    let mut reply = Vec::new();
    let _ = stream.read_to_end(&mut reply);
    let reply = String::from_utf8_lossy(&reply);
    assert!(reply.starts_with("HTTP/1.1 413"), "{reply}");
}

#[test]
fn graphs_are_stored_and_given_as_they_are() {
    let Writable { server, dir: _dir } = writable();
    let check = |method: &str, path: &str, media_type: &str, body: &str, status: u16| {
        let reply = send(&server, method, path, media_type, body);
        assert_eq!(reply.status, status, "{method} {path} {body}: {}", reply.body);
        reply
    };
    // An empty graph is a graph.
    check("GET", "/store?graph=e:empty", "", "", 404);
    check("PUT", "/store?graph=e:empty", "text/turtle", "", 201);
    check("GET", "/store?graph=e:empty", "", "", 200);
    check("HEAD", "/store?graph=e:empty", "", "", 200);
    check("PUT", "/store?graph=e:empty", "text/turtle", "", 204);
    check("DELETE", "/store?graph=e:empty", "", "", 204);
    check("DELETE", "/store?graph=e:empty", "", "", 404);
    // Only what is RDF changes anything.
    check("PUT", "/store?graph=e:g", "text/turtle", "<a> <b> <c> .", 201);
    check("PUT", "/store?graph=e:g", "text/turtle", "<a> <b> <c> . nonsense", 400);
    check("PUT", "/store?graph=e:g", "image/png", "<a> <b> <c> .", 415);
    check("PUT", "/store?graph=e:g", "", "<a> <b> <c> .", 415);
    check("PUT", "/store?graph=no%20iri", "text/turtle", "", 400);
    check("PUT", "/store", "text/turtle", "<a> <b> <c> .", 400);
    check("LINK", "/store?default", "text/turtle", "", 405);
    check("PATCH", "/store?default", "text/turtle", "", 415);
    check("PATCH", "/store?graph=e:h", "application/sparql-update", "INSERT DATA { <e:1> <e:2> 3 }", 204);
    check("PATCH", "/store?graph=e:h", "application/sparql-update", "CLEAR ALL", 422);
    assert!(ask(&server, "ASK { GRAPH <e:h> { <e:1> <e:2> 3 } }"));
    check("DELETE", "/store?graph=e:h", "", "", 204);
    let reply = server.get("/store?graph=e:g", "application/n-triples");
    assert_eq!(reply.body.lines().filter(|line| line.ends_with(" .")).count(), 1, "{}", reply.body);
    assert_eq!(server.get("/store?graph=e:g", "image/png").status, 406);
    assert_eq!(
        server.get("/store?graph=e:g", "text/turtle;q=0.1, application/rdf+xml").header("Content-Type"),
        "application/rdf+xml"
    );
    // What is posted to the store has an address of its own.
    let made = check("POST", "/store", "application/n-triples", "<e:x> <e:y> <e:z> .\n", 201);
    let address = made.header("Location").split_once(&server.address).unwrap().1.to_owned();
    assert!(server.get(&address, "application/n-triples").body.contains("<e:x> <e:y> <e:z> ."));
    // All of it goes out and comes in again.
    let all = server.get("/store", "application/n-quads");
    assert_eq!(all.body.lines().filter(|line| line.ends_with(" .")).count(), 2, "{}", all.body);
    check("DELETE", "/store", "", "", 204);
    assert_eq!(server.get("/store", "application/n-quads").body.matches(" .").count(), 0);
    check("PUT", "/store", "application/n-quads", "<e:x> <e:y> <e:z> <e:g> .\n<e:x> <e:y> <e:z> .\n", 204);
    assert!(ask(&server, "ASK { ?s ?p ?o GRAPH <e:g> { ?s ?p ?o } }"));
}

#[test]
fn a_graph_that_is_built_anew_keeps_what_was_written() {
    let dir = tempdir().unwrap();
    build(&Path::new(SAMPLES).join("S_RES_2388.md"), dir.path());
    let server = serve(dir.path(), &[]);
    let resolution = "<https://w3id.org/resograph/id/S/RES/2388>";
    update(&server, &format!("INSERT DATA {{ <e:a> eli:title \"mine\" }} ; DELETE WHERE {{ {resolution} a ?class }}"));
    let written = format!("ASK {{ <e:a> eli:title \"mine\" FILTER NOT EXISTS {{ {resolution} a ?class }} }}");
    assert!(ask(&server, &written));
    let generation = || server.get("/health", "*/*").json()["generation"].as_u64();
    assert_eq!(generation(), Some(0));
    build(Path::new(SAMPLES), dir.path());
    wait_until("the newer graph", || generation() == Some(1));
    assert!(ask(&server, &written));
    assert!(ask(&server, "ASK { ?other a undo:Resolution }"));
    // The page of a document shows what is written to it.
    update(&server, &format!("INSERT DATA {{ {resolution} <e:note> \"noted\" }}"));
    assert!(server.get("/doc/S/RES/2388.nt", "*/*").body.contains("\"noted\""));
}

#[test]
fn a_server_beside_shows_what_is_written() {
    let dir = tempdir().unwrap();
    build(&Path::new(SAMPLES).join("S_RES_2388.md"), dir.path());
    let beside = Server::start(dir.path(), &[]);
    let page = || beside.get("/doc/S/RES/2388.nt", "*/*");
    let first = page().header("ETag").to_owned();
    let server = serve(dir.path(), &[]);
    for note in ["one", "two"] {
        update(&server, &format!("INSERT DATA {{ <https://w3id.org/resograph/id/S/RES/2388> <e:note> \"{note}\" }}"));
        wait_until("what was written", || page().body.contains(&format!("\"{note}\"")));
        assert!(ask(&beside, &format!("ASK {{ ?resolution <e:note> \"{note}\" }}")));
        assert_ne!(page().header("ETag"), first);
    }
}

#[test]
fn many_write_at_once_and_nothing_is_lost() {
    let Writable { server, dir: _dir } = writable();
    update(&server, "INSERT DATA { <e:count> <e:is> 0 }");
    let counting = "DELETE { <e:count> <e:is> ?n } INSERT { <e:count> <e:is> ?m } WHERE { <e:count> <e:is> ?n BIND(?n + 1 AS ?m) }";
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| (0..5).for_each(|_| update(&server, counting)));
        }
    });
    assert!(ask(&server, "ASK { <e:count> <e:is> 40 }"));
}

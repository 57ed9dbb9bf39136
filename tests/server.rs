//! The server as programs meet it over HTTP.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test fails by panicking")]

mod serving;

use std::time::{Duration, Instant};

use serving::{GRAPH, Server};

#[test]
fn every_form_of_the_protocol_and_every_format() {
    let server = Server::start(GRAPH.path(), &[]);
    let select = "SELECT ?s { ?s a undo:Resolution } LIMIT 3";
    for accept in
        ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"]
    {
        let reply = server.query(select, accept);
        assert_eq!((reply.status, reply.header("content-type").split(';').next()), (200, Some(accept)));
        let reply = server.query("ASK { ?s ?p ?o }", accept);
        assert_eq!(reply.status, 200, "{accept}");
    }
    for accept in [
        "text/turtle",
        "application/n-triples",
        "application/rdf+xml",
        "application/ld+json",
        "application/n-quads",
        "application/trig",
    ] {
        for query in
            ["CONSTRUCT { ?s a ?o } { ?s a ?o } LIMIT 3", "DESCRIBE <https://w3id.org/resograph/id/S/RES/2388>"]
        {
            let reply = server.query(query, accept);
            assert_eq!((reply.status, reply.header("content-type")), (200, accept));
            assert!(reply.body.len() > 50, "{accept}: {}", reply.body);
        }
    }
    let form = [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "text/csv")];
    assert_eq!(server.send("POST", "/sparql", &form, b"query=ASK%7B%7D").body, "true");
    assert_eq!(server.get("/sparql?query=ASK%7B%7D", "text/csv").body, "true");
    assert!(server.get("/sparql?query=ASK%7B%7D&format=xml", "text/csv").body.contains("<boolean>true"));
    assert_eq!(server.query(select, "image/png").status, 406);
    assert_eq!(server.get("/sparql?query=ASK%7B%7D&format=png", "*/*").status, 406);
    let graph = "/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D&default-graph-uri=http%3A%2F%2Fe%2Fg";
    assert_eq!(server.get(graph, "text/csv").body, "false");
}

#[test]
fn what_is_no_query_is_refused() {
    let server = Server::start(GRAPH.path(), &[]);
    let check = |method: &str, path: &str, content_type: &str, body: &str, status: u16| {
        let reply = server.send(method, path, &[("Content-Type", content_type)], body.as_bytes());
        assert_eq!(reply.status, status, "{method} {path} {body}: {}", reply.body);
    };
    check("GET", "/sparql?query=nonsense", "", "", 400);
    check("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", "", "", 400);
    check("GET", "/sparql?query=%FF", "", "", 400);
    check("POST", "/sparql", "text/plain", "ASK {}", 415);
    check("POST", "/sparql", "application/x-www-form-urlencoded", "x=y", 400);
    check("POST", "/sparql", "application/sparql-update", "CLEAR ALL", 403);
    check("PUT", "/sparql?query=ASK%7B%7D", "", "", 405);
    check("DELETE", "/store", "", "", 403);
    check("POST", "/update", "application/sparql-update", "CLEAR ALL", 403);
    check("GET", "/nowhere", "", "", 404);
    check(
        "POST",
        "/sparql",
        "application/sparql-query",
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        400,
    );
}

#[test]
fn no_query_brings_the_server_down() {
    let server = Server::start(GRAPH.path(), &["--timeout", "2"]);
    for depth in [600, 5000] {
        let nested = format!("SELECT * {}{}", "{".repeat(depth), "}".repeat(depth));
        let reply = server.query(&nested, "text/csv");
        assert_eq!(reply.status, 400);
        assert!(reply.body.contains("nests"), "{}", reply.body);
    }
    assert_eq!(server.query(&"x".repeat(2 << 20), "text/csv").status, 413);
    let started = Instant::now();
    let product = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?g) }";
    let reply = server.query(product, "text/csv");
    assert!(matches!(reply.status, 503 | 504), "{}: {}", reply.status, reply.body);
    assert!(started.elapsed() < Duration::from_secs(6), "{:?}", started.elapsed());
    assert_eq!(server.query("ASK {}", "text/csv").body, "true");
}

#[test]
fn identities_lead_to_descriptions() {
    let server = Server::start(GRAPH.path(), &[]);
    let reply = server.get("/id/S/RES/2388", "*/*");
    assert_eq!((reply.status, reply.header("location")), (303, "/doc/S/RES/2388"));
    let described = [
        ("/doc/S/RES/2388", "text/turtle", "text/turtle"),
        ("/doc/S/RES/2388", "application/ld+json", "application/ld+json"),
        ("/doc/S/RES/2388.nt", "text/html", "application/n-triples"),
        ("/doc/S/RES/2388.rdf", "text/html", "application/rdf+xml"),
        ("/doc/S/RES/2388", "text/html,*/*;q=0.8", "text/html"),
        ("/doc/body/unodc.ttl", "*/*", "text/turtle"),
        ("/ontology", "text/turtle", "text/turtle"),
        ("/ontology", "application/ld+json", "application/ld+json"),
        ("/.well-known/void", "text/turtle", "text/turtle"),
    ];
    for (path, accept, media_type) in described {
        let reply = server.get(path, accept);
        assert_eq!((reply.status, reply.header("content-type").split(';').next()), (200, Some(media_type)), "{path}");
    }
    assert!(server.get("/doc/S/RES/2388.nt", "*/*").body.contains("/id/S/RES/2331>"));
    assert!(server.get("/.well-known/void", "text/turtle").body.contains("void:Dataset"));
    for path in ["/doc/S/RES/9999", "/doc/", "/source/0000", "/doc/%3Cscript%3E", "/doc/a%00b"] {
        assert_eq!(server.get(path, "text/turtle").status, 404, "{path}");
    }
    assert_eq!(server.get("/doc/S/RES/2388", "image/png").status, 406);
}

#[cfg(feature = "text")]
#[test]
fn texts_are_searched() {
    let server = Server::start(GRAPH.path(), &[]);
    let found = |path: &str| -> Vec<serde_json::Value> {
        let reply = server.get(path, "*/*");
        assert_eq!((reply.status, reply.header("content-type")), (200, "application/json"), "{path}: {}", reply.body);
        serde_json::from_str::<serde_json::Value>(&reply.body).unwrap()["hits"].as_array().unwrap().clone()
    };
    let hits = found("/search?q=%22trafficking+in+persons%22&limit=3");
    assert_eq!(hits.len(), 3);
    for hit in &hits {
        let text: Vec<u16> = hit["snippet"]["text"].as_str().unwrap().encode_utf16().collect();
        let mark = &hit["snippet"]["marks"][0];
        let [from, to] = [0, 1].map(|n| mark[n].as_u64().unwrap() as usize);
        assert_eq!(String::from_utf16_lossy(&text[from..to]).to_lowercase(), "trafficking in persons");
        assert!(hit["label"].is_string() && hit["iri"].is_string() && hit["kinds"].is_array(), "{hit}");
    }
    assert_eq!(found("/search?q=xyzzy").len(), 0);
    assert_eq!(found("/search?q=security&limit=0").len(), 0);
    assert!(found("/search?q=security").len() <= 20);
    let service = "SELECT ?s { SERVICE text:search { ?n text:query 'persons' ; text:score ?s ; text:limit 5 } }";
    assert_eq!(server.query(service, "text/csv").body.lines().count(), 6);
    let hostile = ["", "%22", "-x", "a*", "%FF", "%00", "%2A%2A", "x%2A%2A", "AND+OR+%28+%7E%5E", "-%22%22"];
    for q in hostile {
        let reply = server.get(&format!("/search?q={q}"), "*/*");
        assert!(matches!(reply.status, 200 | 400), "{q}: {} {}", reply.status, reply.body);
    }
    assert_eq!(server.get("/search", "*/*").status, 400);
    assert_eq!(server.get("/search?q=a&limit=x", "*/*").status, 400);
    assert_eq!(server.get("/search?q=b%2A", "*/*").status, 400);
    let refused = "SELECT * { SERVICE text:search { ?n text:query '\"open' } }";
    assert_eq!(server.query(refused, "text/csv").status, 400);
}

#[test]
fn the_service_describes_itself_and_the_page_is_self_contained() {
    let server = Server::start(GRAPH.path(), &[]);
    for media_type in ["text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"] {
        let reply = server.get("/sparql", media_type);
        assert_eq!((reply.status, reply.header("content-type")), (200, media_type));
        assert!(reply.body.contains(&format!("http://{}/sparql", server.address)), "{}", reply.body);
    }
    assert_eq!(server.get("/sparql", "text/html").status, 303);
    let page = server.get("/", "text/html");
    assert!(page.header("content-security-policy").contains("default-src 'none'"));
    let assets = page.body.split('"').filter(|part| part.starts_with("/assets/"));
    let mut types = Vec::new();
    for asset in assets {
        let reply = server.get(asset, "*/*");
        assert_eq!(reply.status, 200, "{asset}");
        assert!(reply.header("cache-control").contains("immutable"), "{asset} has a hash in its name");
        types.push(reply.header("content-type").to_owned());
    }
    for media_type in ["text/javascript; charset=utf-8", "text/css; charset=utf-8", "image/svg+xml; charset=utf-8"] {
        assert!(types.iter().any(|t| t == media_type), "{media_type} is not among {types:?}");
    }
    // What the page is made for changes with the program: it is asked for anew, as is what it asks by.
    assert_eq!(page.header("cache-control"), "no-cache");
    let site = server.get("/assets/site.json", "*/*");
    assert_eq!(site.status, 200);
    assert!(!site.header("cache-control").contains("immutable"));
    assert!(site.body.contains("\"prefixes\"") && site.body.contains("\"saved\""));
    for path in ["/network?root=S/RES/2388", "/query"] {
        assert_eq!(server.get(path, "text/html").body, page.body, "{path}");
    }
    assert!(!page.body.contains("<script>") && !page.body.contains("style="), "nothing inline");
}

#[test]
fn two_documents_are_shown_beside_each_other() {
    let server = Server::start(GRAPH.path(), &[]);
    let reply = server.get("/diff?a=S/RES/2379&b=S%2FRES%2F2490%20(2019)", "*/*");
    assert_eq!((reply.status, reply.header("content-type")), (200, "text/html; charset=utf-8"), "{}", reply.body);
    // Nothing of the page may reach elsewhere, or run; its own style is within it.
    let policy = reply.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'; style-src 'unsafe-inline';") && !policy.contains("script"),
        "{policy}"
    );
    for expected in ["From S/RES/2379 (2017) to S/RES/2490 (2019)", "<ins>", "<del>"] {
        assert!(reply.body.contains(expected), "{expected} is not in {}", reply.body);
    }
    let table = [
        ("/diff?a=S/RES/2379", 400, "name two documents"),
        ("/diff?a=S/RES/2379&b=S/RES/2490&language=tlh", 400, "tlh"),
        ("/diff?a=S/RES/2379&b=S/RES/2490&language=fr", 404, "in common"),
        ("/diff?a=S/RES/2379&b=S/RES/1", 404, "S/RES/1"),
        ("/diff?a=S/RES/2379&b=%3Cb%3E", 404, "no text of"),
    ];
    for (path, status, reason) in table {
        let reply = server.get(path, "*/*");
        assert_eq!(reply.status, status, "{path}: {}", reply.body);
        assert!(reply.body.contains(reason), "{path}: {}", reply.body);
    }
}

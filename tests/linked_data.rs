//! Every IRI of the graph leads to what the graph says of it, in every form.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::unwrap_in_result, reason = "a test fails by panicking")]

use std::process::Command;

use serving::{GRAPH, PROGRAM, Server};

mod serving;

const RDF: [(&str, &str); 4] = [
    (".ttl", "text/turtle"),
    (".jsonld", "application/ld+json"),
    (".rdf", "application/rdf+xml"),
    (".nt", "application/n-triples"),
];

#[test]
fn a_thing_leads_to_the_document_about_it_in_every_form() {
    let server = Server::start(GRAPH.path(), &[]);
    let reply = server.get("/id/S/RES/2388.ttl", "*/*");
    assert_eq!((reply.status, reply.header("location"), reply.header("vary")), (303, "/doc/S/RES/2388.ttl", "Accept"));
    for address in ["/doc/S/RES/2388", "/dataset", "/ontology"] {
        for (suffix, media_type) in RDF {
            for reply in [server.get(&format!("{address}{suffix}"), "image/png"), server.get(address, media_type)] {
                assert_eq!((reply.status, reply.header("content-type")), (200, media_type), "{address}{suffix}");
                assert_eq!(reply.header("vary"), "Accept");
                assert!(reply.header("link").contains("rel=\"alternate\"; type=\"application/ld+json\""));
                assert!(reply.body.contains("w3id.org/resograph/"), "{}", reply.body);
            }
        }
        let page = server.get(&format!("{address}.html"), "*/*");
        assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
        assert!(!page.body.contains("style=\"") && !page.body.contains("<script>"));
        assert_eq!(server.get(address, "image/png").status, 406);
    }
    let head = server.send("HEAD", "/doc/S/RES/2388.nt", &[], b"");
    assert!(head.body.is_empty() && head.header("content-length").parse::<usize>().unwrap() > 1000);
    for unknown in [
        "/doc/S/RES/9999.bib",
        "/dataset.bib",
        "/ontology.dot",
        "/doc/group/isil.bib",
        "/doc/group/isil.akn",
        "/dataset.csl.json",
        "/sitemap/2.xml",
    ] {
        assert_eq!(server.get(unknown, "*/*").status, 404, "{unknown}");
    }
    // Who follows an old link in a browser gets a page.
    let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    for unknown in ["/doc/S/RES/9999", "/doc/group/nobody", "/source/0000"] {
        let page = server.get(unknown, browser);
        assert_eq!((page.status, page.header("content-type")), (404, "text/html; charset=utf-8"), "{unknown}");
    }
}

#[test]
fn what_a_client_has_is_not_sent_again() {
    let server = Server::start(GRAPH.path(), &[]);
    let mut tags = std::collections::BTreeSet::new();
    for address in
        ["/doc/S/RES/2388.ttl", "/doc/S/RES/2388.nt", "/doc/S/RES/2331.nt", "/doc/S/RES/2388", "/ontology", "/dataset"]
    {
        let reply = server.get(address, "text/html");
        let tag = reply.header("etag");
        assert!(tag.starts_with('"') && tags.insert(tag.to_owned()), "{address} {tag}");
        let again = server.send("GET", address, &[("If-None-Match", tag), ("Accept", "text/html")], b"");
        assert_eq!((again.status, again.header("etag"), again.body.as_str()), (304, tag, ""), "{address}");
        assert!(again.header("vary") == "Accept" && !again.header("cache-control").is_empty());
        assert_eq!(server.send("GET", address, &[("If-None-Match", "\"other\"")], b"").status, 200);
    }
    let reply = server.get("/doc/S/RES/2388.ttl", "*/*");
    let since = [("If-Modified-Since", reply.header("last-modified"))];
    assert_eq!(server.send("GET", "/doc/S/RES/2388.ttl", &since, b"").status, 304);
}

#[test]
fn addresses_are_the_public_ones() {
    let server = Server::start(GRAPH.path(), &["--public-url", "https://graph.example.org/"]);
    assert_eq!(server.get("/id/S/RES/2388", "*/*").header("location"), "https://graph.example.org/doc/S/RES/2388");
    for address in ["/dataset.ttl", "/sparql", "/sitemap.xml", "/sitemap/1.xml", "/robots.txt", "/doc/S/RES/2388.nt"] {
        let reply = server.get(address, "text/turtle, */*;q=0.1");
        assert!(reply.body.contains("https://graph.example.org/"), "{address}: {}", reply.body);
        assert!(!reply.body.contains(&server.address), "{address}");
    }
    let server = Server::start(GRAPH.path(), &[]);
    let reply = server.send("GET", "/dataset.ttl", &[("Host", "other.example:80")], b"");
    assert!(reply.body.contains("http://other.example:80/sparql"), "{}", reply.body);
    assert_eq!(server.send("GET", "/dataset.ttl", &[("Host", "a\"><b")], b"").status, 400);
}

#[test]
fn the_data_set_is_counted() {
    let server = Server::start(GRAPH.path(), &[]);
    let reply = server.get("/.well-known/void", "application/n-triples");
    let triples = server.get("/health", "*/*").json()["triples"].as_u64().unwrap();
    let set = "<https://w3id.org/resograph/dataset>";
    for line in [
        format!("{set} <http://rdfs.org/ns/void#triples> \"{triples}\""),
        format!("{set} <http://rdfs.org/ns/void#sparqlEndpoint> <http://{}/sparql>", server.address),
        format!("{set} <http://rdfs.org/ns/void#dataDump> <http://{}/store?default>", server.address),
        format!("{set} <http://rdfs.org/ns/void#distinctSubjects>"),
        format!("{set} <http://rdfs.org/ns/void#exampleResource>"),
        format!("{set} <http://rdfs.org/ns/void#vocabulary>"),
        format!("{set} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset>"),
        "<http://rdfs.org/ns/void#property> <http://data.europa.eu/eli/ontology#cites>".into(),
    ] {
        assert!(reply.body.contains(&line), "{line}\n{}", reply.body);
    }
    let context = server.get("/prefixes", "*/*").json();
    assert_eq!(context["@context"]["eli"], "http://data.europa.eu/eli/ontology#");
    assert!(server.get("/prefixes", "text/turtle").body.contains("@prefix cito:"));
    let sitemap = server.get("/sitemap/1.xml", "*/*");
    assert!(sitemap.body.contains(&format!("<loc>http://{}/doc/S/RES/2388</loc>", server.address)));
}

#[test]
fn a_neighbourhood_is_the_same_as_the_part_of_the_whole() {
    let server = Server::start(GRAPH.path(), &[]);
    for (address, root) in
        [("S/RES/2388", "S/RES/2388"), ("S/RES/2379", "S/RES/2379"), ("S/PRST/2015/25", "S/PRST/2015/25")]
    {
        let mut export = Command::new(PROGRAM);
        export.args(["export", "--quiet", "--format", "csv", "--root", root, "--graph"]).arg(GRAPH.path());
        let whole = String::from_utf8(export.output().unwrap().stdout).unwrap();
        let reply = server.get(&format!("/doc/{address}.csv"), "*/*");
        assert!(whole.lines().count() > 3, "{whole}");
        assert_eq!(reply.body, whole, "{address}");
    }
    let drawing = server.get("/doc/S/RES/2388.dot", "*/*");
    assert_eq!((drawing.status, drawing.header("content-type")), (200, "text/vnd.graphviz; charset=utf-8"));
    assert!(drawing.body.starts_with("digraph") && drawing.body.contains("S/RES/2331"));
    let entry = server.get("/doc/S/RES/2388.bib", "*/*").body;
    assert!(
        entry.starts_with("@techreport{S-RES-2388-2017,\n") && entry.contains("number = {S/RES/2388 (2017)}"),
        "{entry}"
    );
}

#[test]
fn a_document_is_had_as_akoma_ntoso_and_for_a_bibliography() {
    let server = Server::start(GRAPH.path(), &[]);
    for (suffix, media_type, words) in [
        (".akn", "application/akn+xml; charset=utf-8", "<ref href=\"https://w3id.org/resograph/id/S/RES/2331\">"),
        (".csl.json", "application/vnd.citationstyles.csl+json", "\"number\":\"S/RES/2388 (2017)\""),
        (".bib", "application/x-bibtex; charset=utf-8", "number = {S/RES/2388 (2017)}"),
    ] {
        let accept = media_type.split(';').next().unwrap();
        for reply in
            [server.get(&format!("/doc/S/RES/2388{suffix}"), "image/png"), server.get("/doc/S/RES/2388", accept)]
        {
            assert_eq!((reply.status, reply.header("content-type")), (200, media_type));
            assert!(reply.body.contains(words), "{suffix}: {}", reply.body);
        }
        assert_eq!(server.get("/doc/group/isil", accept).status, 404, "{suffix}");
    }
    // A document that the graph only knows from citations.
    let reply = server.get("/doc/S/RES/1904.akn", "*/*");
    assert!(reply.status == 404 && reply.body.contains("not its text"), "{}", reply.body);
    let entry = server.get("/doc/S/RES/1904.bib", "*/*").body;
    assert!(entry.contains("{Security Council}"), "{entry}");
}

#[test]
fn a_description_ends_and_says_where_the_rest_is() {
    let dir = tempfile::tempdir().unwrap();
    let (text, graph) = (dir.path().join("S_RES_9001.txt"), dir.path().join("graph"));
    let mut document = String::from(
        "United Nations\n\nS/RES/1999 (2011)\n\nSecurity Council\n\nResolution 1999 (2011)\n\nThe Security Council,\n\n",
    );
    for number in 1..=400 {
        document +=
            &format!("{number}. Calls upon Member States to implement measure {number} of resolution 1373 (2001);\n\n");
    }
    std::fs::write(&text, document).unwrap();
    serving::build(&text, &graph);
    let server = Server::start(&graph, &[]);
    let reply = server.get("/doc/S/RES/1373.nt", "*/*");
    let pointing = |property: &str| {
        let end = format!("{property}> <https://w3id.org/resograph/id/S/RES/1373> .");
        reply.body.lines().filter(|line| line.ends_with(&end)).count()
    };
    assert_eq!(pointing("hasCitedEntity"), 300, "{}", reply.body.len());
    let query = reply.body.lines().find(|l| l.contains("rdf-schema#seeAlso") && l.contains("hasCitedEntity")).unwrap();
    let query = query.split(&format!("http://{}", server.address)).last().unwrap().trim_end_matches("> .");
    assert_eq!(server.get(query, "application/n-triples").body.lines().count(), 400);
}

#[test]
fn names_are_suggested() {
    let server = Server::start(GRAPH.path(), &[]);
    let suggested = |path: &str| {
        let reply = server.get(path, "*/*");
        assert_eq!((reply.status, reply.header("content-type")), (200, "application/json"), "{}", reply.body);
        reply.json()["suggestions"].as_array().unwrap().clone()
    };
    let first = &suggested("/suggest?q=2388")[0];
    assert_eq!(first["iri"], "https://w3id.org/resograph/id/S/RES/2388");
    assert_eq!((&first["kind"], &first["label"]), (&"resolution".into(), &"S/RES/2388 (2017)".into()));
    assert_eq!(suggested("/suggest?q=s%2Fres%2F2388&limit=1").len(), 1);
    assert_eq!(suggested("/suggest?q=DA%27ESH")[0]["label"], suggested("/suggest?q=da%E2%80%99esh")[0]["label"]);
    for (query, count) in [("q=xyzzy", 0), ("q=", 0), ("q=s&limit=0", 0), ("q=s&limit=7", 7), ("q=%27%22", 0)] {
        assert_eq!(suggested(&format!("/suggest?{query}")).len(), count, "{query}");
    }
    for wrong in ["/suggest", "/suggest?q=%FF", "/suggest?q=a&limit=-1"] {
        assert_eq!(server.get(wrong, "*/*").status, 400, "{wrong}");
    }
}

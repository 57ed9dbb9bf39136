//! What `export` writes, as other programs meet it. `tests/interchange/exports.py` reads it with those programs.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stderr, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use resograph::export::{self, Format, Options, layout::Layout};
use resograph::graph::Graph;
use resograph::ontology::vocab as v;
use resograph::store::Store;
use serving::{GRAPH, PROGRAM};

mod serving;

/// Runs the program; gives stdout and stderr.
fn check(graph: &Path, arguments: &[&str], code: i32) -> (String, String) {
    let Output { status, stdout, stderr } =
        Command::new(PROGRAM).args(arguments).arg("--graph").arg(graph).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&stdout).into_owned(), String::from_utf8(stderr).unwrap());
    assert_eq!(status.code(), Some(code), "{arguments:?}\nstdout: {out}\nstderr: {err}");
    (out, err)
}

fn rows(graph: &Path, query: &str) -> BTreeSet<String> {
    let (out, _) = check(graph, &["query", "--quiet", "--format", "tsv", query], 0);
    out.lines().skip(1).map(str::to_owned).collect()
}

const WRITTEN: [&str; 7] =
    ["S/RES/2388", "S/RES/2379", "A/RES/64/293", "S/PRST/2015/25", "S/RES/1528", "S/RES/2331", "S/RES/2490"];

#[test]
fn a_graph_built_of_akoma_ntoso_has_the_same_paragraphs_and_links() {
    let dir = tempfile::tempdir().unwrap();
    let (files, graph) = (dir.path().join("akn"), dir.path().join("graph"));
    fs::create_dir(&files).unwrap();
    for symbol in WRITTEN {
        let file = files.join(format!("{}.xml", symbol.replace('/', "_")));
        check(GRAPH.path(), &["export", "--format", "akn", "--root", symbol, "-o", file.to_str().unwrap()], 0);
    }
    serving::build(&files, &graph);
    let of_written: Vec<String> = WRITTEN.iter().map(|symbol| format!("<{}{symbol}>", v::ID)).collect();
    let values = format!("VALUES ?work {{ {} }}", of_written.join(" "));
    for (what, query) in [
        ("paragraphs", "?p eli:is_part_of ?work ; eli:type_subdivision ?part ; rg:text ?text"),
        ("citations", "?c cito:hasCitingEntity ?work ; cito:hasCitedEntity ?cited ; rg:paragraph ?p"),
        ("names", "?m rg:paragraph/eli:is_part_of ?work ; oa:hasBody ?named FILTER(!CONTAINS(STR(?m), '#head'))"),
        ("facts", "?work eli:date_document ?date ; eli:id_local ?symbol ; eli:passed_by ?organ"),
        ("votes", "?work opengov:voteEvent ?vote . ?vote rg:inFavour ?count"),
        ("drafts", "?draft rg:draftOf ?work"),
    ] {
        let ask = |graph: &Path| rows(graph, &format!("SELECT * {{ {values} {query} }}"));
        let (wanted, found) = (ask(GRAPH.path()), ask(&graph));
        assert!(!wanted.is_empty(), "the samples have {what}");
        assert_eq!(found, wanted, "{what}");
    }
}

#[test]
fn what_cannot_be_written_is_said_with_the_remedy() {
    let graph = GRAPH.path();
    for (arguments, remedy) in [
        (&["--format", "akn"][..], "--root"),
        (&["--format", "akn", "--root", "group/isil"], "is no document"),
        (&["--format", "parquet"], "-o"),
        (&["--format", "csv", "--table", "mentions"], "parquet"),
        (&["--format", "gexf", "--nodes"], "--format csv and parquet"),
    ] {
        let (out, err) = check(graph, &[&["export"], arguments].concat(), 2);
        assert!(out.is_empty() && err.contains(remedy), "{arguments:?}: {err}");
    }
    // A document that the graph only knows from citations.
    let (out, err) = check(graph, &["export", "--format", "akn", "--root", "S/RES/1904"], 1);
    assert!(out.contains("<mainBody>") && err.contains("not its text"), "{err}");
}

#[test]
fn what_fails_leaves_the_file_that_was_there() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("part.csv");
    let to = ["-o", file.to_str().unwrap()];
    fs::write(&file, "before").unwrap();
    for arguments in [&["--format", "csv", "--root", "S/RES/9999"][..], &["--format", "akn"]] {
        let (_, err) = check(GRAPH.path(), &[&["export"], arguments, &to].concat(), 2);
        assert!(!err.contains("cannot be written") && fs::read(&file).unwrap() == b"before", "{err}");
    }
    check(GRAPH.path(), &[&["export", "--format", "csv", "--root", "S/RES/2388"][..], &to].concat(), 0);
    assert!(fs::read_to_string(&file).unwrap().starts_with("source,target,"));
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "nothing is left beside it");
    let (_, err) = check(GRAPH.path(), &["export", "--format", "csv", "-o", "/nowhere/part.csv"], 2);
    assert!(err.contains("/nowhere/part.csv: cannot be written"), "{err}");
}

#[test]
fn a_reader_that_has_enough_is_no_error() {
    for format in [&["csv"][..], &["csv", "--nodes"], &["parquet", "--table", "edges"], &["gexf"], &["csl"], &["nt"]] {
        let mut export = Command::new(PROGRAM);
        export.args(["export", "--quiet", "--format"]).args(format).arg("--graph").arg(GRAPH.path());
        let mut child = export.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let Output { status, stderr, .. } = child.wait_with_output().unwrap();
        assert_eq!((status.code(), String::from_utf8_lossy(&stderr).as_ref()), (Some(0), ""), "{format:?}");
    }
}

#[test]
fn drawings_say_how_they_are_laid_out() {
    let graph = GRAPH.path();
    let draw =
        |layout: &str| check(graph, &["export", "--format", "dot", "--root", "S/RES/2388", "--layout", layout], 0).0;
    let ranked = draw("ranked");
    assert!(ranked.contains("rankdir=LR") && ranked.contains("subgraph cluster_") && ranked.contains("PORT=\"pp5\""));
    assert!(ranked.contains(":\"pp5\":e -> "), "an edge leaves from its paragraph");
    let years = draw("years");
    assert!(years.contains("{ rank=same; year_2017;") && years.contains("year_2017 -> year_2016"), "{years}");
    assert!(draw("radial").contains("layout=twopi") && draw("force").contains("layout=sfdp"));
    let svg = &["export", "--format", "svg", "--root", "S/RES/2388", "--timeout"];
    if Command::new("dot").arg("-V").output().is_err() {
        eprintln!("Graphviz is not installed: no picture is drawn");
        return;
    }
    let (picture, said) = check(graph, &[&svg[..], &["60"]].concat(), 0);
    assert!(picture.contains("</svg>") && said.contains("drawn in ranks by dot: "), "{said}");
    let (picture, said) = check(graph, &[&svg[..], &["0"]].concat(), 2);
    assert!(picture.is_empty() && said.contains("after 0 s") && said.contains("--timeout"), "{said}");
}

/// Two documents whose names and titles are full of what formats escape; one cites the other.
fn hostile() -> Store {
    let id = |name: &str| format!("<{}{name}>", v::ID);
    let (a, b, citation) = (id("S/RES/1"), id("S/RES/2"), id("S/RES/1#op1/cites/S/RES/2"));
    let label = "\"a \\\"b\\\" <c> & 'd' ]]> \\\\ \\n \\u0001 \\u000B e\"".to_owned();
    let one = format!("\"1\"^^<{}>", v::XSD_INTEGER);
    let mut triples = Vec::new();
    for node in [&a, &b] {
        triples.push([node.clone(), format!("<{}>", v::RDF_TYPE), format!("<{}>", v::UNDO_RESOLUTION)]);
        triples.push([node.clone(), format!("<{}>", v::RDFS_LABEL), label.clone()]);
        triples.push([node.clone(), format!("<{}>", v::ELI_TITLE), label.replace("e\"", "title\"")]);
    }
    for (property, object) in [(v::CITO_HAS_CITING_ENTITY, &a), (v::CITO_HAS_CITED_ENTITY, &b), (v::RG_COUNT, &one)] {
        triples.push([citation.clone(), format!("<{property}>"), object.clone()]);
    }
    let graph = Graph::from_triples(triples.into_iter().map(Ok::<_, std::convert::Infallible>)).unwrap();
    Store::of(&graph).unwrap()
}

#[test]
fn whatever_names_hold_every_format_stays_what_it_is() {
    let store = hostile();
    let write = |format: Format, options: &Options| {
        let mut out = Vec::new();
        export::export(&store, format, options, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let root = Options { root: Some("S/RES/1".into()), ..Options::default() };
    for format in [Format::GraphMl, Format::Gexf, Format::Akn] {
        let text = write(format, &root);
        let mut reader = quick_xml::Reader::from_str(&text);
        let mut starts = 0;
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(_) => starts += 1,
                _ => {}
            }
        }
        assert!(starts > 8 && !text.contains(['\u{1}', '\u{b}']), "{text}");
    }
    for format in [Format::CyJs, Format::NodeLink, Format::Csl] {
        let read: serde_json::Value = serde_json::from_str(&write(format, &root)).unwrap();
        assert!(read.to_string().contains("<c> & 'd'"), "{read}");
    }
    // Of the same name, so that each has its IRI with it.
    let pajek = write(Format::Pajek, &root);
    assert_eq!(pajek.lines().count(), 5, "{pajek}");
    assert!(pajek.contains("*Vertices 2\n1 \"a 'b' <c> & 'd'") && pajek.contains("id/S/RES/2>\"\n*Arcs\n1 2 1 l "));
    for format in [Format::Csv, Format::CsvNodes] {
        let text = write(format, &root);
        let records = csv::Reader::from_reader(text.as_bytes()).records().map(Result::unwrap).count();
        assert_eq!(records, if format == Format::Csv { 1 } else { 2 });
    }
    for layout in [Layout::Ranked, Layout::Years, Layout::Radial, Layout::Force] {
        let text = write(Format::Dot, &Options { layout: Some(layout), ..root.clone() });
        assert!(text.starts_with("digraph") && text.lines().all(|line| !line.starts_with(" e")), "{text}");
    }
    assert_eq!(write(Format::BibTeX, &root).matches("@techreport{").count(), 2);
    for format in [Format::GraphMl, Format::Gexf, Format::CyJs, Format::NodeLink, Format::Pajek, Format::CsvNodes] {
        assert_eq!(write(format, &root), write(format, &root), "twice the same");
    }
}

//! The program as its users meet it: commands, exit codes, what goes to stdout and what to stderr.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use tempfile::TempDir;

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples");

/// A graph of the samples that several tests read.
static GRAPH: LazyLock<TempDir> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let texts: &[&str] = if cfg!(feature = "text") { &["--text"] } else { &[] };
    check(&[&["build", SAMPLES, "-o", path(dir.path())], texts].concat(), 0);
    dir
});

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn resograph(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_resograph"));
    command.args(arguments);
    command
}

/// Runs the program; gives stdout and stderr.
fn check(arguments: &[&str], code: i32) -> (String, String) {
    let Output { status, stdout, stderr } = resograph(arguments).output().unwrap();
    let (out, err) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    assert_eq!(status.code(), Some(code), "{arguments:?}\nstdout: {out}\nstderr: {err}");
    (out, err)
}

/// The same, over the graph of the samples.
fn ask(arguments: &[&str], code: i32) -> String {
    let arguments: Vec<_> = arguments.iter().copied().chain(["--graph", path(GRAPH.path())]).collect();
    check(&arguments, code).0
}

#[test]
fn build_reports_and_does_nothing_twice() {
    let dir = tempfile::tempdir().unwrap();
    let out = path(dir.path());
    let (stdout, first) = check(&["build", SAMPLES, "-o", out], 0);
    assert_eq!(stdout, "", "a build has no data to print");
    for line in ["files      11 read, 0 failed", "citations  ", "entities   ", "triples    "] {
        assert!(first.contains(line), "{line} is not in\n{first}");
    }
    let (_, second) = check(&["build", SAMPLES, "-o", out], 0);
    assert!(second.contains("nothing has changed"), "{second}");
    let (_, forced) = check(&["build", SAMPLES, "-o", out, "--force"], 0);
    assert!(!forced.contains("nothing has changed"), "{forced}");
    let (_, quiet) = check(&["build", SAMPLES, "-o", out, "--force", "--quiet"], 0);
    assert_eq!(quiet, "");
}

#[test]
fn the_samples_hold_what_the_first_issue_asks_of_its_documents() {
    let csv = ask(&["query", "SELECT ?s { ?w eli:id_local ?s . ?w prov:wasDerivedFrom ?f }", "--format", "csv"], 0);
    for symbol in [
        "A/RES/64/293",
        "S/PRST/2015/25",
        "S/RES/1267 (1999)",
        "S/RES/1528 (2004)",
        "S/RES/2253 (2015)",
        "S/RES/2331 (2016)",
        "S/RES/2379 (2017)",
        "S/RES/2388 (2017)",
        "S/RES/2490 (2019)",
    ] {
        assert!(csv.contains(symbol), "{symbol} has no source in\n{csv}");
    }
    let shown = ask(&["show", "S/RES/2388", "--brief"], 0);
    for cited in
        ["S/PRST/2015/25", "S/RES/2331 (2016)", "S/2017/939", "Charter of the United Nations", "S/RES/1267 (1999)"]
    {
        assert!(shown.contains(cited), "{cited} is not in\n{shown}");
    }
    // Navigation cites nothing.
    for navigation in ["S/PRST/1994/40", "S/RES/1820", "A/RES/64/292"] {
        ask(&["show", navigation], 1);
    }
}

#[test]
fn every_saved_query_runs_and_every_format_fits() {
    for line in ask(&["query", "--list"], 0).lines() {
        let name = line.split_whitespace().next().unwrap();
        if name == "in-texts" && !cfg!(feature = "text") {
            continue;
        }
        let output = resograph(&["query", "--saved", name, "--graph", path(GRAPH.path())]).output().unwrap();
        assert!(matches!(output.status.code(), Some(0 | 1)), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let select = "SELECT ?s { ?s a undo:Resolution }";
    assert!(ask(&["query", select, "--format", "json"], 0).contains("\"bindings\""));
    assert!(ask(&["query", select, "--format", "xml"], 0).contains("<sparql"));
    assert!(ask(&["query", select, "--format", "tsv"], 0).starts_with("?s\n"));
    assert!(ask(&["query", select, "--format", "table"], 0).contains("─"));
    let construct = "CONSTRUCT { ?s eli:cites ?o } { ?s eli:cites ?o }";
    assert!(ask(&["query", construct, "--format", "nt"], 0).ends_with(" .\n"));
    assert!(ask(&["query", construct], 0).contains("eli:cites"));
    ask(&["query", construct, "--format", "csv"], 2);
    ask(&["query", select, "--format", "ttl"], 2);
}

#[test]
fn exit_codes_tell_done_from_nothing_from_error() {
    ask(&["query", "SELECT * { <x:a> ?p ?o }"], 1);
    ask(&["query", "this is not SPARQL"], 2);
    ask(&["query", "--saved", "no-such-query"], 2);
    ask(&["show", "S/RES/9999"], 1);
    ask(&["validate"], 0);
    ask(&["export", "--format", "dot", "--root", "S/RES/9999"], 2);
    check(&["query", "ASK {}", "--graph", "/nonexistent"], 2);
    check(&["build", "/nonexistent", "-o", "/tmp/never"], 2);
    check(&["frobnicate"], 2);
    let empty = tempfile::tempdir().unwrap();
    let out = tempfile::tempdir().unwrap();
    check(&["build", path(empty.path()), "-o", path(out.path())], 1);
    check(&["extract", path(empty.path())], 1);
}

#[test]
fn a_bad_file_costs_one_line_and_no_other_file() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(dir.path().join(name), bytes).unwrap();
    write("empty.txt", b"");
    write("noise.txt", &(0..60_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 11) as u8).collect::<Vec<_>>());
    write("not.pdf", b"%PDF-1.7\nthis is no PDF at all");
    write("not.docx", b"PK\x03\x04 this is no archive");
    write("deep.html", format!("<html><body>{}", "<div>".repeat(100_000)).as_bytes());
    let pdf = fs::read(Path::new(SAMPLES).join("S_RES_2253.pdf")).unwrap();
    write("truncated.pdf", &pdf[..pdf.len() / 3]);
    fs::copy(Path::new(SAMPLES).join("S_RES_2388.md"), dir.path().join("good.md")).unwrap();
    let out = tempfile::tempdir().unwrap();
    let (_, report) = check(&["build", path(dir.path()), "-o", path(out.path())], 0);
    assert!(report.contains("files      1 read"), "{report}");
    for name in ["empty.txt", "noise.txt", "not.pdf", "not.docx", "deep.html", "truncated.pdf"] {
        let lines = report.lines().filter(|l| l.starts_with("warning: ") && l.contains(name)).count();
        assert_eq!(lines, 1, "{name} in\n{report}");
    }
    assert!(!report.contains("panicked"), "{report}");
}

#[test]
fn a_failed_build_leaves_the_good_graph() {
    let out = tempfile::tempdir().unwrap();
    let good = format!("{SAMPLES}/S_RES_2388.md");
    check(&["build", &good, "-o", path(out.path())], 0);
    let empty = tempfile::tempdir().unwrap();
    fs::write(empty.path().join("x.txt"), "").unwrap();
    check(&["build", path(empty.path()), "-o", path(out.path())], 2);
    check(&["show", "S/RES/2388", "--graph", path(out.path())], 0);
}

#[test]
fn extract_points_at_the_words_in_the_file() {
    let (jsonl, _) = check(&["extract", SAMPLES], 0);
    let mut last = (String::new(), 0);
    for line in jsonl.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let source = row["source"].as_str().unwrap();
        let place = (source.to_owned(), row["start"].as_u64().unwrap());
        assert!(last <= place, "{line} comes after {last:?}");
        last = place;
        let plain = source.ends_with(".txt") && !source.contains("1528");
        if plain && row["kind"] != "relation" {
            let bytes = fs::read(source).unwrap();
            let (start, end) = (row["start"].as_u64().unwrap() as usize, row["end"].as_u64().unwrap() as usize);
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(
                words(std::str::from_utf8(&bytes[start..end]).unwrap()),
                words(row["text"].as_str().unwrap()),
                "{line}"
            );
        }
        let fields: &[&str] = match row["kind"].as_str().unwrap() {
            "citation" => {
                &["document", "paragraph", "text", "target", "iri", "form", "verb", "pinpoint", "rule", "reason"]
            }
            "relation" => &["subject", "predicate", "object", "verb", "until"],
            _ => &["names", "iri", "rule"],
        };
        for field in fields {
            assert!(row.get(field).is_some(), "{field} is not in {line}");
        }
    }
    let (csv, _) = check(&["extract", SAMPLES, "--format", "csv"], 0);
    assert_eq!(csv::Reader::from_reader(csv.as_bytes()).records().map(Result::unwrap).count(), jsonl.lines().count());
    let (page, _) = check(&["extract", SAMPLES, "--format", "webannotation"], 0);
    let page: serde_json::Value = serde_json::from_str(&page).unwrap();
    assert!(page["items"].as_array().unwrap().len() > 50);
    let (paragraphs, _) = check(&["extract", SAMPLES, "--format", "paragraphs"], 0);
    let rows: Vec<serde_json::Value> = paragraphs.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert!(rows.iter().any(|r| r["id"] == "op1" && r["part"] == "operative"), "an operative paragraph");
    assert!(rows.iter().all(|r| r["start"].as_u64() <= r["end"].as_u64() && r["text"].is_string()));
    let (told, _) = check(&["extract", SAMPLES, "--explain"], 0);
    for said in [
        "(full, verb \"",
        "; rule number-and-year)",
        "in the list headed \"",
        "is no citation: it is the document itself",
    ] {
        assert!(told.contains(said), "{said}");
    }
    let (html, _) = check(&["extract", SAMPLES, "--format", "html"], 0);
    assert!(html.contains("<mark class=\"citation\"") && html.ends_with("</html>\n"));
}

#[test]
fn exports_hold_the_same_triples_and_draw() {
    let nt = ask(&["export", "--format", "nt"], 0);
    let mut lines: Vec<_> = nt.lines().collect();
    lines.sort_unstable();
    for (format, parse) in [
        ("nq", oxigraph::io::RdfFormat::NQuads),
        ("ttl", oxigraph::io::RdfFormat::Turtle),
        ("trig", oxigraph::io::RdfFormat::TriG),
        ("rdfxml", oxigraph::io::RdfFormat::RdfXml),
        ("jsonld", oxigraph::io::RdfFormat::JsonLd { profile: oxigraph::io::JsonLdProfileSet::empty() }),
    ] {
        let text = ask(&["export", "--format", format], 0);
        let quads = oxigraph::io::RdfParser::from_format(parse).for_slice(&text).map(Result::unwrap);
        let mut back: Vec<_> = quads.map(|q| format!("{} {} {} .", q.subject, q.predicate, q.object)).collect();
        back.sort_unstable();
        assert!(back == lines, "{format} does not read back");
    }
    let dot = ask(&["export", "--format", "dot", "--root", "S/RES/2388", "--depth", "1"], 0);
    assert!(dot.starts_with("digraph") && dot.contains("S/RES/2331 (2016)"), "{dot}");
    assert!(ask(&["export", "--format", "graphml"], 0).contains("<graphml"));
    assert!(ask(&["export", "--format", "csv"], 0).lines().count() > 10);
    assert!(ask(&["export", "--format", "csv", "--nodes"], 0).lines().count() > 10);
}

#[test]
fn the_order_of_the_files_does_not_matter() {
    let mut files: Vec<_> =
        fs::read_dir(SAMPLES).unwrap().map(|e| e.unwrap().path().to_str().unwrap().to_owned()).collect();
    let build = |files: &[String]| {
        let out = tempfile::tempdir().unwrap();
        let mut arguments = vec!["build", "-o", path(out.path())];
        arguments.extend(files.iter().map(String::as_str));
        check(&arguments, 0);
        check(&["export", "--format", "nt", "--graph", path(out.path())], 0).0
    };
    files.sort();
    let forward = build(&files);
    files.reverse();
    assert!(build(&files) == forward);
}

#[test]
fn a_broken_pipe_is_no_error() {
    let mut child = resograph(&["extract", SAMPLES]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn help_has_examples_and_shells_have_completions() {
    assert!(check(&["--help"], 0).0.contains("Examples:"));
    for command in ["demo", "build", "extract", "query", "serve", "export", "show", "validate", "completions"] {
        assert!(check(&[command, "--help"], 0).0.contains("resograph "), "{command}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(check(&["completions", shell], 0).0.contains("resograph"), "{shell}");
    }
    assert!(check(&["man"], 0).0.starts_with(".ie"));
}

#[test]
fn the_demo_runs_anywhere() {
    let dir = tempfile::tempdir().unwrap();
    let output = resograph(&["demo", "--no-serve"]).current_dir(dir.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("The most cited resolutions") && said.contains("S/RES/1267 (1999)"), "{said}");
    assert!(dir.path().join("output/demo/current").exists());
}

#[cfg(feature = "text")]
#[test]
fn texts_are_searched_where_they_are_indexed() {
    let dir = tempfile::tempdir().unwrap();
    let out = path(dir.path());
    check(&["build", SAMPLES, "-o", out], 0);
    let search = ["query", "--saved", "in-texts", "--graph", out];
    let (_, refused) = check(&search, 2);
    assert!(refused.contains("--text"), "{refused}");
    check(&["build", SAMPLES, "-o", out, "--text"], 0);
    assert!(check(&search, 0).0.to_lowercase().contains("sexual violence"));
}

#[test]
fn rank_communities_and_similar_say_what_the_samples_hold() {
    let ranks = ask(&["rank", "--by", "cited", "--format", "csv"], 0);
    let first = ranks.lines().nth(1).unwrap();
    assert!(first.starts_with("Charter of the United Nations,,,6,0,"), "{first}");
    // As it stood before any sample was adopted, nobody had cited anything.
    assert_eq!(ask(&["rank", "--at", "1990-01-01"], 1), "");
    let (_, said) = check(&["rank", "--years", "1800", "--graph", path(GRAPH.path())], 1);
    assert!(said.contains("--years"), "{said}");
    let older = ask(&["rank", "--at", "2016-01-01", "--most", "0", "--format", "csv"], 0);
    assert!(older.contains("S/RES/2253 (2015)") && !older.contains("S/RES/2388 (2017)"), "{older}");
    let council = ask(&["rank", "--organ", "security-council", "--most", "0", "--format", "csv"], 0);
    assert!(council.contains("S/RES/2388 (2017)") && !council.contains("A/RES/64/293"), "{council}");
    let bodies =
        ask(&["rank", "--relation", "mentions", "--kind", "resolution,body", "--by", "cited", "--format", "json"], 0);
    assert!(bodies.contains("\"Security Council\""), "{bodies}");
    let (_, wrong) = check(&["rank", "--organ", "council", "--graph", path(GRAPH.path())], 2);
    assert!(wrong.contains("security-council"), "{wrong}");

    let members = ask(&["communities", "--members", "--least", "1", "--format", "csv"], 0);
    let of = |document: &str| members.lines().find(|l| l.contains(document)).map(|l| l.split(',').next().unwrap());
    assert!(of("S/RES/2379 (2017)").is_some() && of("S/RES/2379 (2017)") == of("S/RES/2490 (2019)"), "{members}");
    check(&["communities", "--resolution", "0", "--graph", path(GRAPH.path())], 2);

    let like = ask(&["similar", "S/RES/2490", "--format", "csv"], 0);
    assert!(like.lines().nth(1).unwrap().starts_with("S/RES/2379 (2017)"), "{like}");
    ask(&["similar", "body/unodc"], 2);
    ask(&["similar", "S/RES/9999"], 1);
}

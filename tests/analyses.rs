//! The analyses as their users meet them, over a few documents in our own words.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::LazyLock;

use serde_json::Value;
use tempfile::TempDir;

/// Number, year, day of adoption, operative and preambular paragraphs.
const RESOLUTIONS: [(u16, u16, &str, &str); 6] = [
    (
        1509,
        2003,
        "19 September 2003",
        "1. Decides to establish the United Nations Mission in Liberia (UNMIL) for a period of 12 months;",
    ),
    (
        1561,
        2004,
        "17 September 2004",
        "Recalling its resolution 1509 (2003),\n1. Decides to extend the mandate of UNMIL until 19 September 2005;",
    ),
    (
        1626,
        2005,
        "19 September 2005",
        "Recalling its resolution 1561 (2004),\n1. Decides that the mandate of UNMIL shall be extended for a further period of six months;",
    ),
    (
        1667,
        2006,
        "31 March 2006",
        "Recalling its resolutions 1509 (2003) and 1626 (2005),\n1. Decides to extend UNMIL until 30 September 2006;\n2. Decides to terminate the measures imposed by paragraph 4 of resolution 1521 (2003);",
    ),
    (
        1712,
        2006,
        "29 September 2006",
        "Recalling its resolution 1667 (2006),\n1. Decides that the mandate of UNMIL shall end on 31 March 2007;\n2. Requests all States to report under paragraph 4 of resolution 1521 (2003);",
    ),
    (
        1750,
        2007,
        "30 March 2007",
        "Recalling resolution 1521 (2003),\n1. Requests all States to report under paragraph 9 of resolution 1521 (2003);",
    ),
];

static GRAPH: LazyLock<TempDir> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let texts = dir.path().join("texts");
    fs::create_dir(&texts).unwrap();
    for (number, year, day, body) in RESOLUTIONS {
        let text = format!(
            "S/RES/{number} ({year})\nResolution {number} ({year})\nAdopted by the Security Council at its 5000th meeting, on {day}\nThe Security Council,\n{body}\n"
        );
        fs::write(texts.join(format!("{number}.txt")), text).unwrap();
    }
    let graph = dir.path().join("graph");
    check(&["build", path(&texts), "-o", path(&graph)], 0);
    dir
});

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Runs the program; gives stdout and stderr.
fn check(arguments: &[&str], code: i32) -> (String, String) {
    let Output { status, stdout, stderr } =
        Command::new(env!("CARGO_BIN_EXE_resograph")).args(arguments).output().unwrap();
    let (out, err) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    assert_eq!(status.code(), Some(code), "{arguments:?}\nstdout: {out}\nstderr: {err}");
    (out, err)
}

/// The same, over the graph of the resolutions.
fn ask(arguments: &[&str], code: i32) -> (String, String) {
    let graph = GRAPH.path().join("graph");
    check(&[arguments, &["--graph", path(&graph)]].concat(), code)
}

/// The values of some columns, joined by a space, row by row.
fn rows(arguments: &[&str], columns: &[&str]) -> Vec<String> {
    let (json, _) = ask(&[arguments, &["--format", "json"]].concat(), 0);
    let rows: Vec<Value> = serde_json::from_str(&json).unwrap();
    let spelt = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    rows.iter().map(|row| columns.iter().map(|c| spelt(&row[*c])).collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn the_life_of_a_mandate_has_its_days_gaps_and_end() {
    let got = rows(&["lineage", "UNMIL"], &["date", "document", "change", "until", "basis"]);
    let expected = [
        "2003-09-19 S/RES/1509 (2003) established 2004-09-19 reckoned",
        "2004-09-17 S/RES/1561 (2004) extended 2005-09-19 stated",
        "2005-09-19 S/RES/1626 (2005) extended 2006-03-19 reckoned",
        "2006-03-19 null gap 2006-03-31 null",
        "2006-03-31 S/RES/1667 (2006) extended 2006-09-30 stated",
        "2006-09-29 S/RES/1712 (2006) ended 2007-03-31 stated",
    ];
    assert_eq!(got, expected);
    let (text, _) = ask(&["lineage", "UNMIL", "--format", "text"], 0);
    for line in ["gap: the mandate had run until 2006-03-19", "reckoned from P6M", "ended on 2007-03-31", "“1. Decides"]
    {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
    // Of a document: the bodies that it establishes.
    let (text, _) = ask(&["lineage", "S/RES/1509", "--format", "text", "--brief"], 0);
    assert!(text.contains("> 2003-09-19 established") && !text.contains('“'), "{text}");
    let (text, _) = ask(&["lineage", "S/RES/1521", "--format", "text", "--brief"], 0);
    assert!(text.contains("2006-03-31 replaced    S/RES/1521"), "{text}");
    let (_, said) = ask(&["lineage", "UNIFIL"], 1);
    assert!(said.contains("nothing called \"UNIFIL\""), "{said}");
}

#[test]
fn chains_of_citations_have_their_sentences_and_their_absence_a_reason() {
    let columns = ["chain", "step", "from", "relation", "to", "verb", "paragraph"];
    let got = rows(&["path", "S/RES/1712", "S/RES/1509"], &columns);
    let expected = [
        "1 1 S/RES/1712 (2006) cites S/RES/1667 (2006) recall pp1",
        "1 2 S/RES/1667 (2006) cites S/RES/1509 (2003) recall pp1",
    ];
    assert_eq!(got, expected);
    let longer = rows(&["path", "S/RES/1712", "S/RES/1509", "--longest", "4"], &["chain"]);
    assert_eq!(longer, ["1", "1", "2", "2", "2", "2"]);
    let (_, said) = ask(&["path", "S/RES/1712", "S/RES/1509", "--longest", "4", "--most", "1"], 0);
    assert!(said.contains("more chains"), "{said}");
    let (text, _) = ask(&["path", "S/RES/1509", "S/RES/1712", "--either"], 0);
    assert!(text.contains("S/RES/1509 (2003) established by S/RES/1712") || text.contains("cited by"), "{text}");
    let (none, said) = ask(&["path", "S/RES/1509", "S/RES/1712", "--relation", "cites"], 1);
    assert_eq!(none, "");
    assert!(said.contains("no chain leads from") && said.contains("one of 2 steps leads from S/RES/1712"), "{said}");
}

#[test]
fn the_main_path_runs_from_the_oldest_document_on() {
    let got = rows(&["main-path", "UNMIL"], &["date", "document", "count"]);
    let expected = [
        "2003-09-19 S/RES/1509 (2003) null",
        "2004-09-17 S/RES/1561 (2004) 1.0",
        "2005-09-19 S/RES/1626 (2005) 1.0",
        "2006-03-31 S/RES/1667 (2006) 1.0",
        "2006-09-29 S/RES/1712 (2006) 2.0",
    ];
    assert_eq!(got, expected);
    let (_, said) = ask(&["main-path", "lamps and wells"], 1);
    assert!(said.contains("there is no path"), "{said}");
}

#[test]
fn what_relies_on_an_ended_measure_is_outdated_and_what_recalls_is_not() {
    let columns = ["how", "document", "paragraph", "cites", "by"];
    let got = rows(&["outdated"], &columns);
    assert_eq!(got, ["upholds S/RES/1712 (2006) op2 S/RES/1521 (2003) S/RES/1667 (2006)"]);
    let got = rows(&["outdated", "--all"], &columns);
    let expected = [
        "upholds S/RES/1712 (2006) op2 S/RES/1521 (2003) S/RES/1667 (2006)",
        "in general S/RES/1750 (2007) pp1 S/RES/1521 (2003) S/RES/1667 (2006)",
        "another part S/RES/1750 (2007) op1 S/RES/1521 (2003) S/RES/1667 (2006)",
    ];
    assert_eq!(got, expected);
}

#[test]
fn mandates_are_past_their_day_as_the_graph_or_a_date_says() {
    let (_, said) = ask(&["outdated", "--mandates"], 1);
    assert!(said.contains("2007-03-30, the date of the newest document"), "{said}");
    let got = rows(&["outdated", "--mandates", "--at", "2006-03-25"], &["until", "body", "document"]);
    assert_eq!(got, ["2006-03-19 United Nations Mission in Liberia S/RES/1626 (2005)"]);
}

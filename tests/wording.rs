//! Agreed language: the commands on documents in our own words, and how surely changed copies of real paragraphs are
//! found. The real ones are not part of this repository; where `../shared/corpus` is absent that test says that it skips.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stderr, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use rayon::prelude::*;
use resograph::graph;
use resograph::ontology::Ontology;
use resograph::read::read_file;
use resograph::store::Store;
use resograph::wording::{Options, Paragraphs, reuse};
use serde_json::Value;
use tempfile::TempDir;

#[path = "wording/planted.rs"]
mod planted;

const FIRST: &str = "United Nations\nS/RES/1401 (2002)\nSecurity Council\n\nResolution 1401 (2002)\n\n\
    Adopted by the Security Council at its 4501st meeting, on 28 March 2002\n\nThe Security Council,\n\n\
    Recalling what the fishers of the northern lake have told it about their winters,\n\n\
    1. Urges all coastal villages to lend their boats to the lake patrol without delay;\n\n\
    2. Calls upon the carpenters to mend the oars that the storm of last winter broke;\n\n\
    3. Decides to remain seized of the matter.\n";

const SECOND: &str = "United Nations\nS/RES/1470 (2003)\nSecurity Council\n\nResolution 1470 (2003)\n\n\
    Adopted by the Security Council at its 4729th meeting, on 28 March 2003\n\nThe Security Council,\n\n\
    Recalling what the fishers of the northern lake have told it about their winters,\n\n\
    1. Calls upon the carpenters to mend the oars that the storm of last winter broke;\n\n\
    2. Urges all coastal villages to lend their boats and <nets> to the lake patrol without delay;\n\n\
    3. Thanks the keeper of the maps for drawing the new shore before the ice was gone;\n\n\
    4. Decides to remain seized of the matter.\n";

/// The third paragraph of the first, in French.
const FRENCH: &str = "Nations Unies\nS/RES/1401 (2002)\nConseil de sécurité\n\nRésolution 1401 (2002)\n\n\
    Adoptée par le Conseil de sécurité à sa 4501e séance, le 28 mars 2002\n\nLe Conseil de sécurité,\n\n\
    Rappelant ce que les pêcheurs du lac du nord lui ont dit de leurs hivers,\n\n\
    1. Demande instamment à tous les villages de la côte de prêter leurs bateaux sans retard;\n\n\
    2. Demande aux charpentiers de réparer les rames que la tempête de l'hiver dernier a brisées;\n\n\
    3. Décide de se réunir à Ostrava-Lhota et de rester saisi de la question.\n";

/// Nothing but a head, as of some early ones.
const BARE: &str = "United Nations\nS/RES/17 (1947)\nSecurity Council\n\nResolution 17 (1947)\n";

/// A graph of these.
static GRAPH: LazyLock<TempDir> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let texts = dir.path().join("texts");
    fs::create_dir(&texts).unwrap();
    fs::write(texts.join("first.txt"), FIRST).unwrap();
    fs::write(texts.join("second.txt"), SECOND).unwrap();
    fs::write(texts.join("bare.txt"), BARE).unwrap();
    fs::write(texts.join("note.txt"), "The undated note of the harbour says nothing about days.\n").unwrap();
    run(&["build", texts.to_str().unwrap(), "-o", dir.path().join("graph").to_str().unwrap()], 0);
    dir
});

fn run(arguments: &[&str], code: i32) -> (String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_resograph")).args(arguments).output().unwrap();
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!(output.status.code(), Some(code), "{arguments:?}\nstdout: {out}\nstderr: {err}");
    (out, err)
}

fn ask(arguments: &[&str], code: i32) -> (String, String) {
    let graph = GRAPH.path().join("graph");
    run(&[arguments, &["--graph", graph.to_str().unwrap()]].concat(), code)
}

fn json(arguments: &[&str]) -> Vec<Value> {
    serde_json::from_str(&ask(&[arguments, &["--format", "json"]].concat(), 0).0).unwrap()
}

#[test]
fn reuse_tells_where_words_come_from() {
    let rows = json(&["reuse", "S/RES/1470"]);
    let told: Vec<_> = rows
        .iter()
        .map(|row| ["paragraph", "extent", "from_paragraph", "added"].map(|key| row[key].as_str().unwrap_or("-")))
        .collect();
    let expected = [
        ["pp1", "same", "pp1", ""],
        ["op1", "same", "op2", ""],
        ["op2", "near", "op1", "and <nets>"],
        ["op3", "new", "-", "-"],
        ["op4", "short", "-", "-"],
    ];
    assert_eq!(told, expected);
    assert_eq!(rows[0]["from_document"], "S/RES/1401 (2002)");
    assert_eq!(rows[2]["from_date"], "2002-03-28");
    let (text, _) = ask(&["reuse", "S/RES/1470", "--format", "text"], 0);
    assert!(text.contains("4 paragraphs: 2 word for word as before, 1 nearly"), "{text}");
    assert!(text.contains("lend their boats {+and <nets>+} to the lake"), "{text}");
    assert_eq!(ask(&["reuse"], 0).0.lines().count(), 1 + 3, "a head and three links");
}

#[test]
fn a_share_that_is_asked_for_is_kept_to() {
    // Of the fifteen words of op2 two are new.
    let found = |share: &str, code| ask(&["reuse", "--share", share], code).0.lines().skip(1).count();
    assert_eq!([found("0.7", 0), found("0.95", 0), found("1", 0)], [3, 2, 2]);
}

#[test]
fn reuse_tells_who_took_words_over() {
    let rows = json(&["reuse", "S/RES/1401", "--forward"]);
    let told: Vec<_> = rows.iter().map(|row| ["paragraph", "later_paragraph"].map(|key| row[key].clone())).collect();
    assert_eq!(told, [["pp1", "pp1"], ["op1", "op2"], ["op2", "op1"]]);
    let (out, err) = ask(&["reuse", "S/RES/1470", "--forward", "--format", "text"], 1);
    assert!(out.is_empty() && err.contains("no later document has these words"), "{out}{err}");
}

#[test]
fn phrase_finds_words_by_date() {
    let rows = json(&["phrase", "LAKE patrol"]);
    let told: Vec<_> = rows.iter().map(|row| ["date", "paragraph", "words"].map(|key| row[key].clone())).collect();
    assert_eq!(told, [["2002-03-28", "op1", "lake patrol"], ["2003-03-28", "op2", "lake patrol"]]);
    assert_eq!(ask(&["phrase", "lake patrol", "--by-year"], 0).0, "year,paragraphs,documents\n2002,1,1\n2003,1,1\n");
    let (text, _) = ask(&["phrase", "lake patrol", "--format", "text"], 0);
    assert!(text.contains("before it: the 2") && text.contains("after it: without 2"), "{text}");
    assert!(ask(&["phrase", "patrol lake"], 1).1.contains("none of the"));
    assert!(ask(&["phrase", "..."], 2).1.contains("no words"));
}

#[test]
fn diff_tells_what_became_of_each_paragraph() {
    let (out, _) = ask(&["diff", "S/RES/1401", "S/RES/1470", "--format", "csv"], 0);
    let fates: Vec<_> = out.lines().skip(1).map(|line| line.split(',').take(3).collect::<Vec<_>>().join(" ")).collect();
    // Either of two paragraphs that changed places may be the one that moved.
    assert_eq!(fates, ["same pp1 pp1", "moved op2 op1", "changed op1 op2", "added  op3", "same op3 op4"]);
    let (page, _) = ask(&["diff", "S/RES/1401", "S/RES/1470", "--format", "html"], 0);
    assert!(page.contains("<ins>and &lt;nets&gt;</ins> to the lake"), "{page}");
    let object: Value =
        serde_json::from_str(&ask(&["diff", "S/RES/1401", "S/RES/1470", "--format", "json"], 0).0).unwrap();
    assert_eq!((object["language"].as_str(), object["paragraphs"].as_array().unwrap().len()), (Some("en"), 5));
    assert!(ask(&["diff", "S/RES/1401", "S/RES/1401"], 1).1.contains("both say the same"));
    assert!(ask(&["diff", "S/RES/1401", "S/RES/1470", "--language", "fr"], 2).1.contains("is there in en"));
    assert!(ask(&["diff", "S/RES/1401", "S/RES/9"], 1).1.contains("nothing called"));
}

#[test]
fn a_document_that_is_only_a_head_is_not_empty() {
    let (out, err) = ask(&["diff", "S/RES/17", "S/RES/17", "--format", "csv"], 1);
    assert!(out.lines().count() > 1 && out.lines().skip(1).all(|line| line.starts_with("same,")), "{out}");
    assert!(err.contains("both say the same"), "{err}");
    let (out, _) = ask(&["diff", "S/RES/17", "S/RES/1470", "--format", "csv"], 0);
    assert!(out.contains("removed,") && out.contains("added,"), "{out}");
}

#[test]
fn json_is_json_where_nothing_is_found_or_known() {
    let read = |arguments: &[&str], code| -> Value {
        serde_json::from_str(&ask(&[arguments, &["--format", "json"]].concat(), code).0).unwrap()
    };
    let nothing = serde_json::json!([]);
    assert_eq!(read(&["reuse", "S/RES/9"], 1), nothing);
    assert_eq!(read(&["phrase", "patrol lake"], 1), nothing);
    assert_eq!(read(&["phrase", "patrol lake", "--by-year"], 1), nothing);
    assert_eq!(read(&["diff", "S/RES/1401", "S/RES/9"], 1)["paragraphs"], nothing);
    let undated = read(&["phrase", "undated note of the harbour"], 0);
    assert_eq!((undated.as_array().unwrap().len(), &undated[0]["date"]), (1, &Value::Null));
}

#[test]
fn a_paragraph_in_two_languages_is_counted_once() {
    let dir = tempfile::tempdir().unwrap();
    let graph = dir.path().join("graph");
    let texts = dir.path().join("texts");
    fs::create_dir(&texts).unwrap();
    let note = FIRST.replace("3. Decides to remain", "3. Decides to meet in Ostrava-Lhota and to remain");
    fs::write(texts.join("first.en.txt"), note).unwrap();
    fs::write(texts.join("first.fr.txt"), FRENCH).unwrap();
    run(&["build", texts.to_str().unwrap(), "-o", graph.to_str().unwrap()], 0);
    let graph = graph.to_str().unwrap();
    let rows = run(&["phrase", "Ostrava-Lhota", "--format", "csv", "--graph", graph], 0).0.lines().count() - 1;
    let (text, _) = run(&["phrase", "Ostrava-Lhota", "--format", "text", "--graph", graph], 0);
    assert!(rows == 2 && text.contains("\n1 paragraph in 1 document\n"), "{rows}: {text}");
}

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/sc-txt");
/// Every how many-th resolution is read; without optimisation fewer, since reading them takes longest.
const STRIDE: usize = if cfg!(debug_assertions) { 24 } else { 4 };
/// Copies of each kind.
const COPIES: usize = if cfg!(debug_assertions) { 300 } else { 2_000 };
/// The share of words that is changed, and the share of copies that must be found. On the whole corpus, of 4,000
/// copies each: 0.992, 0.988, 0.927.
const WANTED: [(f64, f64); 3] = [(0.05, 0.99), (0.10, 0.95), (0.20, 0.8)];

#[test]
fn changed_copies_of_real_paragraphs_are_found() {
    let Ok(folder) = fs::read_dir(CORPUS) else {
        eprintln!("{CORPUS} is not there: skipped");
        return;
    };
    let mut files: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let ontology = Ontology::bundled().unwrap();
    let read = |path: &&Path| resograph::extract(read_file(path, &path.to_string_lossy()).unwrap(), &ontology);
    let chosen: Vec<&Path> = files.iter().step_by(STRIDE).map(AsRef::as_ref).collect();
    let processed: Vec<_> = chosen.par_iter().map(read).collect();
    let graph = graph::build(&processed, &[], &ontology, resograph::ontology::vocab::BASE);
    let paragraphs = Paragraphs::load(&Store::of(&graph).unwrap()).unwrap();
    for (seed, (share, least)) in (1..).zip(WANTED) {
        let planted = planted::plant(&paragraphs, COPIES, share, seed);
        let found = planted::found(&planted, &reuse(&planted.paragraphs, &Options::default()));
        eprintln!("{:.0} % of the words changed: {found:.4} of {} found", share * 100.0, planted.pairs.len());
        assert!(found >= least, "{share} of the words changed: {found} found, {least} wanted");
    }
}

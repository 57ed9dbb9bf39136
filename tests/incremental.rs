//! A build that reads only what has changed makes the same graph as a build of everything, byte for byte.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rayon::prelude::*;

const SEQUENCES: u64 = 50;
/// The file that no change touches.
const LASTING: &str = "lasting.txt";
/// Builds in a sequence, each after one to three changes.
const STEPS: usize = 3;

/// Numbers that look random and are the same each time (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) as usize % limit
    }
}

/// Council resolutions that exist: number and year.
const KNOWN: [(u32, u32); 5] = [(1267, 1999), (1373, 2001), (1540, 2004), (2178, 2014), (2331, 2016)];

/// A document: several files may be of the same work, cite the same, or be the same bytes.
fn document(random: &mut Random) -> String {
    let (number, year) = KNOWN[random.below(KNOWN.len())];
    let (cited, then) = KNOWN[random.below(KNOWN.len())];
    let who = ["UNODC", "the Counter-Terrorism Committee", "Member States", "INTERPOL"][random.below(4)];
    let verb = ["Requests", "Encourages", "Invites"][random.below(3)];
    match random.below(5) {
        0 => format!("Notes of a meeting.\n\nThe speaker recalled resolution {cited} ({then}) and thanked {who}.\n"),
        1 => " \n".to_owned(),
        _ => format!(
            "Resolution {number} ({year})\n\nAdopted by the Security Council at its 4{number}th meeting, on 1 March {year}\n\n\
             The Security Council,\n\nRecalling its resolution {cited} ({then}),\n\n\
             1. {verb} {who} to report by 1 May;\n\n2. Decides to remain seized of the matter.\n"
        ),
    }
}

/// Adds, changes, renames or deletes a file.
fn change(folder: &Path, random: &mut Random) {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    // One document stays: a folder without any makes no graph.
    files.retain(|path| !path.ends_with(LASTING));
    files.sort();
    let name = |random: &mut Random| folder.join(format!("{}.txt", random.below(1000)));
    let one = files[random.below(files.len())].clone();
    match random.below(5) {
        0 | 1 => fs::write(name(random), document(random)).unwrap(),
        2 => fs::write(one, document(random)).unwrap(),
        3 => fs::rename(one, name(random)).unwrap(),
        _ if files.len() > 1 => fs::remove_file(one).unwrap(),
        _ => drop(fs::copy(one, name(random)).unwrap()),
    }
}

/// Texts that a search finds in a graph.
fn found(graph: &Path) -> String {
    let query = "SELECT * { SERVICE text:search { ?node text:query 'resolution*' ; text:value ?text ; \
                 text:score ?score ; text:property ?property ; text:limit 1000 } }";
    let output = Command::new(env!("CARGO_BIN_EXE_resograph"))
        .args(["query", query, "--format", "csv", "--graph"])
        .arg(graph)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Builds; gives the graph file.
fn build(folder: &Path, graph: &Path, options: &[&str]) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_resograph"));
    command.arg("build").arg(folder).arg("-o").arg(graph).arg("--quiet").args(options);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let current = fs::read_to_string(graph.join("current")).unwrap();
    fs::read(graph.join(current).join("graph.index")).unwrap()
}

#[test]
fn fifty_sequences_of_changes_lead_to_the_graph_of_a_build_from_nothing() {
    // Most of a build this small is its start, which uses one processor.
    (0..SEQUENCES).into_par_iter().for_each(sequence);
}

fn sequence(seed: u64) {
    let mut random = Random(seed);
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("documents");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join(LASTING), "Notes.\n\nThe speaker recalled resolution 1373 (2001).\n").unwrap();
    fs::write(folder.join("0.txt"), document(&mut random)).unwrap();
    for _ in 0..4 {
        change(&folder, &mut random);
    }
    let (grown, anew) = (dir.path().join("grown"), dir.path().join("anew"));
    // Indexing the texts each time would take longer than all the rest.
    let texts = cfg!(feature = "text") && seed.is_multiple_of(10);
    let options: &[&str] = match seed % 10 {
        0 if texts => &["--text"],
        1 => &["--analyse"],
        _ => &[],
    };
    let mut last = build(&folder, &grown, options);
    for _ in 0..STEPS {
        for _ in 0..=random.below(3) {
            change(&folder, &mut random);
        }
        last = build(&folder, &grown, options);
    }
    assert!(last == build(&folder, &anew, &[options, &["--force", "--jobs", "1"]].concat()), "sequence {seed}");
    if texts {
        let texts = found(&grown);
        assert!(texts.lines().count() > 1, "sequence {seed}: {texts}");
        assert_eq!(texts, found(&anew), "sequence {seed}");
    }
}

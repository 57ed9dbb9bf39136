//! Changes against Oxigraph, which is told the same; journals that end in the middle of a record.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::path::Path;

use oxigraph::model::{GraphName, NamedNode, Quad};
use oxigraph::sparql::{CancellationToken, QueryResults};
use oxigraph::store::Store as Oxigraph;
use proptest::prelude::*;
use spargebra::SparqlParser;
use tempfile::tempdir;

use super::*;
use crate::graph::Graph;
use crate::store::{Store, open, open_writable, save};

const BASE: [[&str; 3]; 4] = [
    ["<e:a>", "<e:p>", "<e:b>"],
    ["<e:a>", "<e:q>", "\"1\"^^<http://www.w3.org/2001/XMLSchema#integer>"],
    ["<e:b>", "<e:p>", "<e:c>"],
    ["<e:c>", "<e:q>", "\"text\"@en"],
];

fn build(dir: &Path, triples: &[[&str; 3]]) {
    save(dir, &Graph::from_spelt(triples.iter().copied()), b"{}").expect("a folder of ours");
}

fn write(store: &Store, writer: &mut Writer, update: &str) -> Result<(), EditError> {
    let update = SparqlParser::new().parse_update(update).expect(update);
    let mut draft = store.draft().expect("whole");
    draft.update(&update, None, &CancellationToken::new())?;
    writer.record(&draft.finish()).expect("a folder of ours");
    Ok(())
}

/// Every quad, and the names of the graphs.
fn quads(store: &Store) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for query in
        ["SELECT ?s ?p ?o { ?s ?p ?o }", "SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }", "SELECT ?g { GRAPH ?g {} }"]
    {
        let query = SparqlParser::new().parse_query(query).expect("valid");
        let answer = store.evaluate(query, None, CancellationToken::new()).expect("whole");
        let QueryResults::Solutions(solutions) = answer else { panic!("a SELECT") };
        all.extend(solutions.map(|s| s.expect("whole").iter().map(|(v, t)| format!("{v}={t} ")).collect::<String>()));
    }
    all
}

fn oracle(triples: &[[&str; 3]]) -> Oxigraph {
    let oracle = Oxigraph::new().expect("memory");
    Store::of(&Graph::from_spelt(triples.iter().copied())).expect("small").load_into(&oracle).expect("memory");
    oracle
}

/// An update of some operations over few names, so that they meet.
fn updates() -> impl Strategy<Value = String> {
    let node = || prop::sample::select(vec!["<e:a>", "<e:b>", "<e:c>", "<e:new>"]);
    let property = || prop::sample::select(vec!["<e:p>", "<e:q>", "<e:r>"]);
    let object = || prop::sample::select(vec!["<e:a>", "<e:b>", "<e:c>", "1", "01", "\"text\"@en", "\"new\""]);
    let graph = || prop::sample::select(vec!["", "<e:g>", "<e:h>"]);
    let within = |graph: &str, body: &str| match graph {
        "" => body.to_owned(),
        name => format!("GRAPH {name} {{ {body} }}"),
    };
    let target = prop::sample::select(vec!["DEFAULT", "NAMED", "ALL", "GRAPH <e:g>", "GRAPH <e:h>"]);
    let one = prop::sample::select(vec!["DEFAULT", "<e:g>", "<e:h>"]);
    let data = (node(), property(), object(), graph()).prop_map(move |(s, p, o, g)| within(g, &format!("{s} {p} {o}")));
    let modify = (graph(), graph(), property(), property(), node()).prop_map(move |(g, h, p, q, s)| {
        let (old, new) = (within(g, &format!("?x {p} ?y")), within(h, &format!("?y {q} ?x . ?x {q} {s}")));
        format!("DELETE {{ {old} }} INSERT {{ {new} }} WHERE {{ {old} }}")
    });
    let operation = prop_oneof![
        4 => data.clone().prop_map(|data| format!("INSERT DATA {{ {data} }}")),
        3 => data.clone().prop_map(|data| format!("DELETE DATA {{ {data} }}")),
        2 => modify,
        1 => (prop::sample::select(vec!["CLEAR SILENT", "DROP SILENT", "CLEAR", "DROP"]), target)
            .prop_map(|(verb, target)| format!("{verb} {target}")),
        1 => (prop::sample::select(vec!["COPY", "MOVE", "ADD", "COPY SILENT"]), one.clone(), one)
            .prop_map(|(verb, from, to)| format!("{verb} {from} TO {to}")),
        1 => prop::sample::select(vec!["CREATE GRAPH <e:g>", "CREATE SILENT GRAPH <e:h>"]).prop_map(str::to_owned),
    ];
    prop::collection::vec(operation, 1..4).prop_map(|operations| operations.join(" ; "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn every_update_changes_what_oxigraph_changes(updates in prop::collection::vec(updates(), 1..8), anew in 0..8_usize) {
        let dir = tempdir().expect("a folder");
        build(dir.path(), &BASE);
        let oracle = oracle(&BASE);
        let (store, mut writer) = open_writable(dir.path()).expect("free");
        let follower = open(dir.path()).expect("there");
        for (n, update) in updates.iter().enumerate() {
            let theirs = oxigraph::sparql::SparqlEvaluator::new().parse_update(update).expect("valid");
            let theirs = theirs.on_store(&oracle).execute();
            let ours = write(&store, &mut writer, update);
            prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{}: {:?} {:?}", update, ours, theirs);
            if n == anew {
                writer.changes.compact(&mut writer.journal).expect("a folder of ours");
            }
            let expected = quads(&Store::from(oracle.clone()));
            prop_assert_eq!(&quads(&store), &expected, "{}", update);
            prop_assert_eq!(store.len().expect("whole"), store.triples(None, None, None).count());
            follower.catch_up(Some(writer.position())).expect("whole");
            prop_assert_eq!(&quads(&follower), &expected, "followed: {}", update);
        }
        drop(writer);
        prop_assert_eq!(quads(&open(dir.path()).expect("there")), quads(&Store::from(oracle)));
    }

    #[test]
    fn every_pattern_finds_what_is_there(
        triples in prop::collection::vec((0..4_u32, 0..4_u32, 0..4_u32, 0..3_u32, any::<bool>()), 0..40),
    ) {
        let store = Store::of(&Graph::from_spelt(BASE)).expect("small");
        let mut draft = store.draft().expect("whole");
        let node = |n: u32| NamedNode::new_unchecked(format!("e:{}", ["a", "p", "b", "z"][n as usize]));
        for (s, p, o, g, add) in triples {
            let graph = if g == 0 { GraphName::DefaultGraph } else { node(g).into() };
            let quad = Quad::new(node(s), node(p), node(o), graph);
            if add { draft.add(quad) } else { draft.remove(quad) }.expect("whole");
        }
        let overlay = draft.so_far().expect("whole");
        let all = |graph| overlay.find([None; 3], graph).expect("whole").map(|f| f.expect("whole"));
        let everything: Vec<_> = all(InGraph::Default).chain(all(InGraph::AnyNamed)).collect();
        let asked = |n: u32| (n < 4).then(|| overlay.id(&node(n).to_string()).expect("whole")).flatten();
        for pattern in 0..125_u32 {
            let pattern = [asked(pattern % 5), asked(pattern / 5 % 5), asked(pattern / 25)];
            for graph in [InGraph::Default, InGraph::AnyNamed, asked(1).map_or(InGraph::AnyNamed, InGraph::Named)] {
                let mut found: Vec<_> = overlay.find(pattern, graph).expect("whole").map(|f| f.expect("whole")).collect();
                let fits = |(triple, name): &([u32; 3], Option<u32>)| {
                    let of = pattern.iter().zip(triple).all(|(wanted, id)| wanted.is_none_or(|wanted| wanted == *id));
                    of && match graph {
                        InGraph::Default => name.is_none(),
                        InGraph::AnyNamed => name.is_some(),
                        InGraph::Named(wanted) => *name == Some(wanted),
                    }
                };
                let mut expected: Vec<_> = everything.iter().copied().filter(fits).collect();
                found.sort_unstable();
                expected.sort_unstable();
                prop_assert_eq!(found, expected);
            }
        }
    }
}

#[test]
fn a_record_that_was_not_finished_is_cut_off() {
    let dir = tempdir().expect("a folder");
    let file = dir.path().join(journal::FILE);
    let (store, mut writer) = open_writable(dir.path()).expect("free");
    write(&store, &mut writer, "INSERT DATA { <e:a> <e:p> 1 }").expect("valid");
    let (first, whole) = (quads(&store), fs::metadata(&file).expect("there").len());
    write(&store, &mut writer, "INSERT DATA { <e:a> <e:p> 2 }").expect("valid");
    drop((store, writer));
    let bytes = fs::read(&file).expect("there");
    for length in whole + 1..bytes.len() as u64 {
        fs::write(&file, &bytes[..length as usize]).expect("ours");
        assert_eq!(quads(&open(dir.path()).expect("readable")), first, "{length}");
        let (store, mut writer) = open_writable(dir.path()).expect("free");
        assert_eq!(writer.cut_off(), length - whole);
        // Whoever has read more than now stands there is told to begin again.
        assert_eq!(writer.position().number, 2);
        write(&store, &mut writer, "INSERT DATA { <e:a> <e:p> 3 }").expect("valid");
        assert_eq!(quads(&store).len(), 2);
    }
    // Room that was given and not written to.
    fs::write(&file, [&bytes[..whole as usize], &[0; 100_000]].concat()).expect("ours");
    assert_eq!(open_writable(dir.path()).expect("free").1.cut_off(), 100_000);
}

#[test]
fn a_record_that_was_whole_is_missed() {
    let dir = tempdir().expect("a folder");
    let file = dir.path().join(journal::FILE);
    let (store, mut writer) = open_writable(dir.path()).expect("free");
    for n in 0..3 {
        write(&store, &mut writer, &format!("INSERT DATA {{ <e:a> <e:p> {n} }}")).expect("valid");
    }
    drop((store, writer));
    let bytes = fs::read(&file).expect("there");
    let last = bytes.len() - (bytes.len() - 16) / 3;
    for place in 0..bytes.len() {
        for change in [1, 0x80, 0xff] {
            let mut other = bytes.clone();
            other[place] ^= change;
            fs::write(&file, &other).expect("ours");
            let (read, written) = (open(dir.path()), open_writable(dir.path()));
            if (8..16).contains(&place) {
                // The number of the journal may be any.
                assert_eq!(quads(&written.expect("whole").0).len(), 3, "{place}");
            } else if place < last {
                assert!(matches!(read, Err(StoreError::ChangesDamaged { .. })), "{place}");
                assert!(matches!(written, Err(StoreError::ChangesDamaged { .. })), "{place}");
                assert_eq!(fs::read(&file).expect("there"), other, "{place}");
            } else {
                // The last one may not have been finished; that is said, and what there is of it kept.
                let (store, writer) = written.expect("whole up to there");
                assert_eq!((quads(&store).len(), writer.cut_off()), (2, (bytes.len() - last) as u64), "{place}");
                assert_eq!(fs::read(dir.path().join(journal::CUT)).expect("kept"), &other[last..], "{place}");
            }
        }
    }
    // A position that is promised must be there.
    fs::write(&file, &bytes).expect("ours");
    let store = open(dir.path()).expect("whole");
    let beyond = Position { number: 1, offset: bytes.len() as u64 + 30 };
    assert!(store.catch_up(Some(beyond)).is_err());
}

#[test]
fn one_at_a_time_writes() {
    let dir = tempdir().expect("a folder");
    build(dir.path(), &BASE);
    let first = open_writable(dir.path()).expect("free");
    assert!(matches!(open_writable(dir.path()), Err(StoreError::ChangesBusy(_))));
    drop(first);
    assert!(open_writable(dir.path()).is_ok());
}

#[test]
fn nothing_written_costs_nothing_and_an_undone_change_neither() {
    let dir = tempdir().expect("a folder");
    build(dir.path(), &BASE);
    let (store, mut writer) = open_writable(dir.path()).expect("free");
    assert!(store.unchanged().is_some());
    write(&store, &mut writer, "DELETE DATA { <e:a> <e:p> <e:b> } ; INSERT DATA { <e:n> <e:p> <e:b> }").expect("valid");
    assert!(store.unchanged().is_none());
    write(&store, &mut writer, "INSERT DATA { <e:a> <e:p> <e:b> } ; DELETE DATA { <e:n> <e:p> <e:b> }").expect("valid");
    assert!(store.unchanged().is_some());
}

#[test]
fn changes_hold_for_the_graph_of_a_later_build() {
    let dir = tempdir().expect("a folder");
    build(dir.path(), &BASE);
    let (store, mut writer) = open_writable(dir.path()).expect("free");
    write(
        &store,
        &mut writer,
        "DELETE DATA { <e:a> <e:p> <e:b> } ; INSERT DATA { <e:x> <e:p> <e:y> . GRAPH <e:g> { <e:x> <e:p> <e:y> } }",
    )
    .expect("valid");
    drop((store, writer));
    // Built anew twice: with what was added in it and what was removed not; then as at first.
    let later = [["<e:x>", "<e:p>", "<e:y>"], ["<e:b>", "<e:p>", "<e:d>"]];
    for (triples, expected) in [(&later[..], 3), (&BASE[..], 5)] {
        build(dir.path(), triples);
        let (store, mut writer) = open_writable(dir.path()).expect("free");
        writer.changes.compact(&mut writer.journal).expect("ours");
        let found = quads(&store);
        assert_eq!(found.len(), expected + 1, "{found:?}");
        assert!(found.contains("?s=<e:x> ?p=<e:p> ?o=<e:y> "), "{found:?}");
        assert!(!found.contains("?s=<e:a> ?p=<e:p> ?o=<e:b> "), "{found:?}");
        assert_eq!(store.len().expect("whole"), expected - 1);
    }
    // What was cleared is not there, until a build brings it.
    let (store, mut writer) = open_writable(dir.path()).expect("free");
    write(&store, &mut writer, "CLEAR ALL").expect("valid");
    assert_eq!(store.len().expect("whole"), 0);
    drop((store, writer));
    assert_eq!(open(dir.path()).expect("there").len().expect("whole"), 0);
    build(dir.path(), &later);
    assert_eq!(open(dir.path()).expect("there").len().expect("whole"), 2);
}

#[test]
fn an_index_is_made_of_a_graph_with_changes() {
    let dir = tempdir().expect("a folder");
    build(dir.path(), &BASE);
    let (store, mut writer) = open_writable(dir.path()).expect("free");
    write(&store, &mut writer, "DELETE DATA { <e:a> <e:p> <e:b> } ; INSERT DATA { <e:n> <e:p> 3 , 4 }").expect("valid");
    assert_eq!(store.index().expect("small").len(), 5);
    assert_eq!(store.about("e:n").count(), 2);
}

#[test]
fn a_cut_journal_is_followed_by_nobody_into_the_void() {
    let dir = tempdir().expect("a folder");
    let (store, mut writer) = open_writable(dir.path()).expect("free");
    let follower = open(dir.path()).expect("there");
    write(&store, &mut writer, "INSERT DATA { <e:a> <e:p> 1 }").expect("valid");
    // A writer that is in the middle of a record.
    let file = OpenOptions::new().append(true).open(dir.path().join(journal::FILE)).expect("ours");
    std::io::Write::write_all(&mut &file, &[7; 50]).expect("ours");
    follower.catch_up(None).expect("whole so far");
    assert_eq!(quads(&follower), quads(&store));
}

#[test]
fn what_could_not_be_written_has_happened_to_nobody() {
    let [dir, other] = [tempdir().expect("a folder"), tempdir().expect("a folder")];
    let [file, theirs] = [&dir, &other].map(|dir| dir.path().join(journal::FILE));
    let insert = |n: u32| format!("INSERT DATA {{ <e:a> <e:p> {n} }}");
    let (store, mut writer) = open_writable(dir.path()).expect("free");
    write(&store, &mut writer, &insert(1)).expect("valid");
    let follower = open(dir.path()).expect("there");
    // A record that is written and read, but then cannot be flushed.
    fs::copy(&file, &theirs).expect("ours");
    let (their_store, mut their_writer) = open_writable(other.path()).expect("free");
    write(&their_store, &mut their_writer, &insert(2)).expect("valid");
    fs::write(&file, fs::read(&theirs).expect("there")).expect("ours");
    follower.catch_up(None).expect("whole");
    assert_eq!(quads(&follower).len(), 2);
    let whole = writer.journal.put(fs::File::open(&file).expect("there"));
    let mut draft = store.draft().expect("whole");
    let update = SparqlParser::new().parse_update(&insert(3)).expect("valid");
    draft.update(&update, None, &CancellationToken::new()).expect("valid");
    assert!(matches!(writer.record(&draft.finish()), Err(StoreError::Io { .. })));
    assert_eq!(quads(&store).len(), 1);
    writer.journal.put(whole);
    write(&store, &mut writer, &insert(4)).expect("valid");
    assert_eq!(writer.position().number, 2);
    for upto in [Some(writer.position()), None] {
        follower.catch_up(upto).expect("whole");
        assert_eq!(quads(&follower), quads(&store));
        assert_eq!((quads(&store).len(), follower.position()), (2, Some(writer.position())));
    }
}

#[test]
fn a_change_that_lasts_has_happened_although_it_cannot_be_read() {
    let dir = tempdir().expect("a folder");
    let file = dir.path().join(journal::FILE);
    let (store, mut writer) = open_writable(dir.path()).expect("free");
    write(&store, &mut writer, "INSERT DATA { <e:a> <e:p> 1 }").expect("valid");
    // The file is not where it was.
    let aside = dir.path().join("aside");
    fs::rename(&file, &aside).expect("ours");
    fs::create_dir(&file).expect("ours");
    *writer.changes.reader() = None;
    write(&store, &mut writer, "INSERT DATA { <e:a> <e:p> 2 }").expect("valid");
    assert_eq!((quads(&store).len(), writer.position() == store.position().expect("known")), (1, false));
    assert!(writer.changes.compact(&mut writer.journal).is_err());
    let draft = || {
        let mut draft = store.draft().expect("whole");
        let update = SparqlParser::new().parse_update("INSERT DATA { <e:a> <e:p> 3 }").expect("valid");
        draft.update(&update, None, &CancellationToken::new()).expect("valid");
        draft.finish()
    };
    assert!(writer.record(&draft()).is_err());
    fs::remove_dir(&file).expect("ours");
    fs::rename(&aside, &file).expect("ours");
    // It was worked out of less than there is.
    assert!(writer.record(&draft()).is_err());
    assert_eq!(quads(&store).len(), 2);
    writer.record(&draft()).expect("ours");
    assert_eq!((quads(&store).len(), Some(writer.position())), (3, store.position()));
}

#[test]
fn where_it_is_known_up_to_is_told_while_changes_are_taken_in() {
    let dir = tempdir().expect("a folder");
    let (store, mut writer) = open_writable(dir.path()).expect("free");
    write(&store, &mut writer, "INSERT DATA { <e:a> <e:p> 1 }").expect("valid");
    let _taking_in = writer.changes.reader();
    assert_eq!(store.position(), Some(writer.position()));
    assert_eq!(quads(&store).len(), 1);
}

#[test]
fn a_journal_that_cannot_be_written_anew_leaves_nothing() {
    let dir = tempdir().expect("a folder");
    let file = dir.path().join(journal::FILE);
    let (store, mut writer) = open_writable(dir.path()).expect("free");
    write(&store, &mut writer, "INSERT DATA { <e:a> <e:p> 1 }").expect("valid");
    let aside = dir.path().join("aside");
    fs::rename(&file, &aside).expect("ours");
    fs::create_dir(&file).expect("ours");
    assert!(writer.changes.compact(&mut writer.journal).is_err());
    fs::remove_dir(&file).expect("ours");
    fs::rename(&aside, &file).expect("ours");
    assert!(!dir.path().join("changes.next").exists());
    write(&store, &mut writer, "INSERT DATA { <e:a> <e:p> 2 }").expect("valid");
    assert_eq!(quads(&open(dir.path()).expect("there")).len(), 2);
}

#[test]
fn terms_of_what_was_undone_are_let_go_of() {
    let dir = tempdir().expect("a folder");
    build(dir.path(), &BASE);
    let (store, mut writer) = open_writable(dir.path()).expect("free");
    write(&store, &mut writer, "INSERT DATA { <e:x> <e:y> <e:z> , <e:kept> }").expect("valid");
    write(&store, &mut writer, "DELETE DATA { <e:x> <e:y> <e:z> } ; INSERT DATA { <e:a> <e:p> <e:w> }").expect("valid");
    let (before, found) = (writer.changes.delta().terms(), quads(&store));
    writer.changes.compact(&mut writer.journal).expect("ours");
    assert_eq!((before, writer.changes.delta().terms()), (5, 4));
    assert_eq!(quads(&store), found);
    assert_eq!(store.position(), Some(writer.position()));
}

#[test]
fn a_dump_gives_control_back_while_it_passes_over_what_was_removed() {
    let dir = tempdir().expect("a folder");
    let subjects: Vec<_> = (0..40_000).map(|n| format!("<e:{n:05}>")).collect();
    let triples: Vec<_> = subjects.iter().map(|s| [s.as_str(), "<e:p>", "<e:o>"]).collect();
    build(dir.path(), &triples);
    let (store, mut writer) = open_writable(dir.path()).expect("free");
    write(&store, &mut writer, "DELETE WHERE { ?s <e:p> <e:o> } ; INSERT DATA { <e:00000> <e:p> <e:o> , <e:n> }")
        .expect("valid");
    let serializer = oxigraph::io::RdfSerializer::from_format(oxigraph::io::RdfFormat::NTriples);
    let dump = store.dump(&crate::store::dump::Extent::Default, serializer).expect("whole").expect("there");
    let pieces: Vec<_> = dump.map(|piece| piece.expect("whole")).collect();
    assert_eq!(pieces.len(), 3);
    assert_eq!(pieces.concat(), b"<e:00000> <e:p> <e:o> .\n<e:00000> <e:p> <e:n> .\n");
}

#[test]
fn a_long_journal_is_written_anew_and_followed() {
    let dir = tempdir().expect("a folder");
    build(dir.path(), &BASE);
    let (store, mut writer) = open_writable(dir.path()).expect("free");
    let follower = open(dir.path()).expect("there");
    let filler = "x".repeat(1 << 20);
    for n in 0..20 {
        let update = format!("DELETE WHERE {{ <e:a> <e:p> ?o }} ; INSERT DATA {{ <e:a> <e:p> \"{n}{filler}\" }}");
        write(&store, &mut writer, &update).expect("valid");
        follower.catch_up(Some(writer.position())).expect("whole");
    }
    // Each request holds what it removes and what it adds: forty megabytes in all.
    assert_eq!(writer.position().number, 3);
    assert!(fs::metadata(dir.path().join(journal::FILE)).expect("there").len() < 8 << 20);
    assert_eq!(quads(&follower), quads(&store));
    drop(writer);
    assert_eq!(quads(&open(dir.path()).expect("there")), quads(&store));
}

//! The saved queries answer what their first lines say: each is asked of the samples, or of a few lines about votes.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Literal, NamedNodeRef};
use resograph::graph::{Graph, validate};
use resograph::ontology::vocab;
use resograph::serve::saved;
use resograph::store;

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples");
const VOTES: &str = include_str!("saved/votes.ttl");

/// A query and what some row of its answer begins with.
const OF_SAMPLES: &[(&str, &str)] = &[
    ("addressed", "Secretary-General,request,7,7"),
    ("agreed-language", "S/RES/1267 (1999),1999-10-15,5,6. Decides to remain actively seized of the matter."),
    ("asked-of-cted", "S/RES/2388 (2017),2017-11-21,request,\"4. Requests the Counter-Terrorism Committee"),
    ("bodies", "Security Council,9,"),
    ("brokers", "S/RES/1267 (1999),"),
    ("changed-wording", "S/RES/2490 (2019),9.5"),
    ("chapter-vii-without-treaty", "S/RES/1528 (2004),2004-02-27,"),
    ("citations", "A/RES/64/293,op1,adopt,United Nations Global Plan of Action"),
    ("cited-by", "S/RES/1267 (1999),3,\"S/RES/2253 (2015), S/RES/2331 (2016), S/RES/2388 (2017)\""),
    ("communities", "around A/HRC/RES/11/3,9,2008,2010"),
    ("condemned", "Al-Qaida,S/RES/2253 (2015),\"2. Condemns in the strongest terms"),
    ("council-and-assembly", "A/RES/64/293,1,recall"),
    ("drafts", "S/2017/788,S/RES/2379 (2017),2017-09-21,"),
    ("established", "Analytical Support and Sanctions Monitoring Team,S/RES/1526 (2004),authorities,"),
    ("first-mention", "Taliban,1999-10-15,S/RES/1267 (1999)"),
    ("groups", "Islamic State in Iraq and the Levant,QDe.115,7,2015,2019"),
    ("influential", "Charter of the United Nations,,3.8"),
    ("instruments", "United Nations Convention against Transnational Organized Crime,3,"),
    ("kinds", "http://purl.org/spar/cito/Citation,"),
    ("last-mandates", "United Nations Investigative Team to Promote Accountability"),
    ("longest-remembered", "S/RES/1267 (1999),1999,2017,18,3"),
    ("mandates", "Office of the Ombudsperson to the ISIL (Da'esh) and Al-Qaida Sanctions Committee,2015-12-17,"),
    ("most-cited", "S/RES/1267 (1999),,3,4,"),
    ("never-cited", "S/RES/2490 (2019),2019-09-20,"),
    ("paragraphs-cited", "Charter of the United Nations,Chapter VII,3"),
    ("sanctions-committees", "Security Council Committee established pursuant to resolution 1988 (2011),"),
    ("sources", "A/RES/64/293,html,"),
    ("sponsors", "United Kingdom of Great Britain and Northern Ireland,1,2017,2017"),
    ("states", "Iraq,3,2017,2019"),
    ("treatments", "recall,http://purl.org/spar/cito/citesForInformation,"),
    ("votes", "S/RES/2379 (2017),2017-09-21,15,0,0"),
    ("wording-origins", "S/RES/1267 (1999),1999-10-15,7,5"),
];
/// The same, of the lines about votes.
const OF_VOTES: &[(&str, &str)] = &[
    ("subjects-by-decade", "2040s,LAKES,3"),
    ("unresolved", "S/RES/9001 (2041),op1,resolution 90000,no-such-number,S/RES/9000,lakes.txt,12"),
    ("votes-against", "Arcadia,2,0"),
    ("votes-against", "Utopia,0,1"),
    ("votes-of-those-that-cite", "S/RES/9001 (2041),2041-03-01,13,1,1"),
];
/// Needs an index of the texts, which another test asks.
const ELSEWHERE: &[&str] = &["in-texts"];

fn check(graph: &Path, table: &[(&str, &str)]) {
    for (name, row) in table {
        let mut command = Command::new(env!("CARGO_BIN_EXE_resograph"));
        let output =
            command.args(["query", "--saved", name, "--format", "csv", "--graph"]).arg(graph).output().unwrap();
        let answer = String::from_utf8(output.stdout).unwrap();
        // No text of these spreads over lines.
        let mut different = BTreeSet::new();
        let twice = answer.lines().find(|line| !different.insert(*line));
        assert_eq!(twice, None, "{name} says a row twice");
        assert!(answer.lines().skip(1).any(|line| line.starts_with(row)), "{name}: no row {row:?} in\n{answer}");
    }
}

#[test]
fn of_the_samples_each_query_finds_what_it_says() {
    let dir = tempfile::tempdir().unwrap();
    let graph = dir.path().join("graph");
    let mut build = Command::new(env!("CARGO_BIN_EXE_resograph"));
    let done = build.args(["build", SAMPLES, "--quiet", "--analyse", "-o"]).arg(&graph).status().unwrap();
    assert!(done.success());
    check(&graph, OF_SAMPLES);
    // What analyses found counts, and satisfies the shapes.
    let store = store::open(&graph).unwrap();
    let said =
        store.triples(None, Some(NamedNodeRef::new(vocab::VOID_TRIPLES).unwrap()), None).map(|t| t.unwrap().object);
    assert_eq!(said.collect::<Vec<_>>(), [Literal::from(store.len().unwrap() as u64).into()]);
    assert_eq!(validate::validate(&store, validate::SHAPES).expect("known constraints"), []);
}

#[test]
fn of_votes_each_query_finds_what_it_says() {
    let triples = RdfParser::from_format(RdfFormat::Turtle)
        .for_slice(VOTES)
        .map(|quad| quad.map(|quad| [quad.subject.to_string(), quad.predicate.to_string(), quad.object.to_string()]));
    let graph = Graph::from_triples(triples).expect("Turtle");
    let dir = tempfile::tempdir().unwrap();
    store::save(dir.path(), &graph, b"{}").expect("saved");
    check(dir.path(), OF_VOTES);
}

#[test]
fn no_query_is_left_out() {
    let tested: BTreeSet<&str> =
        OF_SAMPLES.iter().chain(OF_VOTES).map(|(name, _)| *name).chain(ELSEWHERE.iter().copied()).collect();
    let all: BTreeSet<&str> = saved::QUERIES.iter().map(|query| query.name).collect();
    assert_eq!(tested, all);
}

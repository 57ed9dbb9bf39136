//! Full-text search: what is found by which words, in which order, and how it stands in a query.
#![cfg(feature = "text")]
#![allow(missing_docs, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::LazyLock;

use oxigraph::sparql::{CancellationToken, QueryResults};
use resograph::graph::Graph;
use resograph::ontology::vocab;
use resograph::serve::elsewhere::Elsewhere;
use resograph::serve::evaluate::{Question, start, with_stack};
use resograph::store::{self, Store};
use tempfile::TempDir;

const ID: &str = "http://e/";

/// Node, property, text as N-Triples spells it.
const TEXTS: [(&str, &str, &str); 18] = [
    ("a", vocab::ELI_TITLE, r#""Women, peace and security"@en"#),
    ("a#op1", vocab::RG_TEXT, r#""Condemns sexual violence in conflict and demands its end"@en"#),
    ("a#op2", vocab::RG_TEXT, r#""Decides to remain seized of the matter"@en"#),
    ("b#op7", vocab::RG_TEXT, r#""Decides to remain seized of the matter"@en"#),
    ("b#op1", vocab::RG_TEXT, r#""Conflict, and violence that is sexual or not"@en"#),
    ("b#op2", vocab::RG_TEXT, r#""Constate l’état d’urgence au Mali"@fr"#),
    ("b#op3", vocab::RG_TEXT, r#""Condena la violencia contra los niños"@es"#),
    ("b#op4", vocab::RG_TEXT, r#""Решительно осуждает насилие и всё иное"@ru"#),
    ("b#op5", vocab::RG_TEXT, r#""يدين العنف الجنسيّ في النزاعات، القرار ٢٣٨٨"@ar"#),
    ("b#op6", vocab::RG_TEXT, r#""安全理事会第2388号决议谴责性暴力"@zh"#),
    ("unodc", vocab::SKOS_PREF_LABEL, r#""United Nations Office on Drugs and Crime"@en"#),
    ("unodc", vocab::SKOS_ALT_LABEL, r#""UNODC"@en"#),
    ("unodc", vocab::SKOS_ALT_LABEL, r#""Office des Nations Unies contre la drogue et le crime"@fr"#),
    ("c", vocab::RDFS_LABEL, r#""S/RES/2388 (2017)""#),
    ("x3", vocab::RDFS_LABEL, r#""Equal""#),
    ("x1", vocab::RDFS_LABEL, r#""Equal""#),
    ("x2", vocab::SKOS_PREF_LABEL, r#""equal"@en"#),
    ("a", vocab::RG_PATH, r#""peace.txt""#),
];

static STORE: LazyLock<(TempDir, Store)> = LazyLock::new(|| {
    let part_of = "http://data.europa.eu/eli/ontology#is_part_of";
    let spelt: Vec<[String; 3]> = TEXTS
        .iter()
        .map(|(node, property, text)| [format!("<{ID}{node}>"), format!("<{property}>"), (*text).to_owned()])
        .chain(
            ["a#op1", "a#op2", "b#op1"]
                .map(|part| [format!("<{ID}{part}>"), format!("<{part_of}>"), format!("<{ID}{}>", &part[..1])]),
        )
        .collect();
    let graph = Graph::from_spelt(spelt.iter().map(|t| t.each_ref().map(String::as_str)));
    let dir = tempfile::tempdir().unwrap();
    store::save_with_texts(dir.path(), &graph, b"{}").unwrap();
    let store = store::open(dir.path()).unwrap();
    (dir, store)
});

/// The rows of an answer, each of its values in a line, without the beginning of their IRIs.
fn ask_of(store: &Store, query: &str) -> Result<Vec<String>, String> {
    let question = Question { query: query.to_owned(), ..Question::default() };
    with_stack(|| {
        let results = start(store, &Elsewhere::default(), &question, CancellationToken::new())
            .map_err(|error| error.to_string())?;
        let QueryResults::Solutions(solutions) = results else { return Ok(Vec::new()) };
        solutions
            .map(|solution| {
                let solution = solution.map_err(|error| error.to_string())?;
                let values: Vec<String> = solution.iter().map(|(_, term)| term.to_string()).collect();
                Ok(values.join(" ").replace(&format!("<{ID}"), "").replace('>', ""))
            })
            .collect()
    })
    .unwrap()
}

fn ask(query: &str) -> Result<Vec<String>, String> {
    ask_of(&STORE.1, query)
}

/// The nodes that a search finds, in its order.
fn check(wanted: &str, expected: &[&str]) {
    let found = STORE.1.search(wanted, None, 100).map_err(|error| error.to_string());
    let nodes: Result<Vec<_>, _> =
        found.map(|hits| hits.iter().map(|hit| hit.node.as_str().trim_start_matches(ID).to_owned()).collect());
    assert_eq!(
        nodes.as_deref(),
        Ok(expected.iter().map(ToString::to_string).collect::<Vec<_>>().as_slice()),
        "{wanted}"
    );
}

#[test]
fn words_find_texts() {
    // all words, in any order; a phrase in its own
    check("violence sexual conflict", &["b#op1", "a#op1"]);
    check("\"sexual violence\"", &["a#op1"]);
    check("\"sexual violence in conflict\" demands", &["a#op1"]);
    check("\"violence sexual\"", &[]);
    // exclusion
    check("violence -seized", &["b#op1", "a#op1"]);
    check("violence -\"sexual violence\"", &["b#op1"]);
    check("violence -vio*", &[]);
    // beginnings
    check("conde*", &["a#op1", "b#op3"]);
    check("\"remain seiz*\"", &["a#op2", "b#op7"]);
    check("zz*", &[]);
    // case and accents, in each language
    check("ETAT", &["b#op2"]);
    check("l'état \"d’urgence\"", &["b#op2"]);
    check("NINOS", &["b#op3"]);
    check("ОСУЖДАЕТ все", &["b#op4"]);
    check("العنف", &["b#op5"]);
    check("\"العنف الجنسي\" 2388", &["b#op5"]);
    check("安理会", &[]);
    check("理事会", &["b#op6"]);
    check("决议 暴", &["b#op6"]);
    check("第2388号", &["b#op6"]);
    check("力暴", &[]);
    // symbols
    check("S/RES/2388", &["c"]);
    check("2388 -res", &["b#op5", "b#op6"]);
    // names, each of them a hit
    check("unodc", &["unodc"]);
    check("crime", &["unodc", "unodc"]);
    // as good as each other: in order of IRI
    check("equal", &["x1", "x2", "x3"]);
    check("\"to remain seized of the matter\"", &["a#op2", "b#op7"]);
    // what is not indexed, and what is not there
    check("txt", &[]);
    check("xyzzy", &[]);
}

#[test]
fn a_search_stands_in_a_query() {
    let check = |query: &str, expected: &[&str]| {
        assert_eq!(ask(query), Ok(expected.iter().map(ToString::to_string).collect()), "{query}");
    };
    check("SELECT ?n { SERVICE text:search { ?n text:query 'violence' ; text:limit 1 } }", &["b#op1"]);
    check("SELECT ?n { SERVICE text:search { ?n text:query 'equal' ; text:property skos:prefLabel } }", &["x2"]);
    check("SELECT ?n { SERVICE text:search { ?n text:query 'equal' ; text:property rg:path } }", &[]);
    check("SELECT ?n { SERVICE text:search { ?n text:query 'equal' ; text:limit 0 } }", &[]);
    check(
        "SELECT ?n ?p ?v { SERVICE text:search { ?n text:query 'urgence' ; text:property ?p ; text:value ?v } }",
        &["b#op2 <https://w3id.org/resograph/ontology#text \"Constate l’état d’urgence au Mali\"@fr"],
    );
    // joined: with what the node is part of, before and behind, optional, within a condition
    check("SELECT ?w { ?n eli:is_part_of ?w . SERVICE text:search { ?n text:query 'demands' } }", &["a"]);
    check(
        "SELECT ?w ?t { SERVICE text:search { ?n text:query 'demands' } ?n eli:is_part_of ?w . ?w eli:title ?t }",
        &["a \"Women, peace and security\"@en"],
    );
    check(
        "SELECT ?n { ?n eli:is_part_of ?w OPTIONAL { SERVICE text:search { ?n text:query 'demands' ; text:score ?s } } \
           FILTER(!BOUND(?s)) } ORDER BY ?n",
        &["a#op2", "b#op1"],
    );
    check(
        "SELECT ?n { ?n eli:is_part_of ?w FILTER EXISTS { SERVICE text:search { ?n text:query 'demands' } } }",
        &["a#op1"],
    );
    check(
        "SELECT (COUNT(*) AS ?c) { { SERVICE text:search { ?n text:query 'violence' } } UNION \
           { SERVICE text:search { ?n text:query 'equal' } } }",
        &["\"5\"^^<http://www.w3.org/2001/XMLSchema#integer"],
    );
    check(
        "SELECT ?n { SERVICE text:search { ?n text:query 'violence' ; text:score ?s } FILTER(?s > 0) } ORDER BY DESC(?s)",
        &["b#op1", "a#op1"],
    );
    // the same words twice find the same
    check(
        "SELECT DISTINCT ?n { SERVICE text:search { ?n text:query 'unodc' } SERVICE text:search { ?n text:query 'crime' } }",
        &["unodc"],
    );
    check(
        "SELECT ?x { SERVICE SILENT text:search { ?n text:query '\"' } BIND(1 AS ?x) }",
        &["\"1\"^^<http://www.w3.org/2001/XMLSchema#integer"],
    );
}

#[test]
fn what_is_no_search_is_refused() {
    let check = |service: &str, part: &str| {
        let refused = ask(&format!("SELECT * {{ {service} }}")).unwrap_err();
        assert!(refused.contains(part), "{service}: {refused}");
    };
    let inside = |inside: &str, part: &str| check(&format!("SERVICE text:search {{ {inside} }}"), part);
    inside("", "empty");
    inside("?n text:value ?v", "no text:query");
    inside("?n text:query ?q", "must be a string");
    inside("<http://e/a> text:query 'a'", "must be a variable");
    inside("?n text:query 'ab' . ?m text:value ?v", "more than one node");
    inside("?n text:query 'ab' ; text:query 'cd'", "twice");
    inside("?n text:query 'ab' ; text:value ?n", "two things");
    inside("?n text:query 'ab' ; text:limit 'many'", "whole number");
    inside("?n text:query 'ab' ; text:limit -1", "whole number");
    inside("?n text:query 'ab' ; rdfs:label ?l", "means nothing");
    inside("?n ?p 'ab'", "is a variable");
    inside("?n text:query 'ab' FILTER(true)", "more in it");
    inside("?n text:query '-ab'", "at least one word");
    inside("?n text:query 'a*'", "too short");
    check(&"SERVICE text:search { ?n text:query 'equal' } ".repeat(17), "more than 16 times");
    check("SERVICE <http://e/sparql> { ?s ?p ?o }", "is not listed");
    check("SERVICE ?service { ?n text:query 'ab' }", "ervice");
    check("SERVICE text:search { ?n text:query 'ab' SERVICE <http://e/sparql> { ?s ?p ?o } }", "more in it");
}

#[test]
fn a_graph_without_the_index_says_how_to_get_it() {
    let graph = Graph::from_spelt([["<http://e/a>", "<http://www.w3.org/2000/01/rdf-schema#label>", "\"peace\""]]);
    let query = "SELECT * { SERVICE text:search { ?n text:query 'peace' } }";
    let dir = tempfile::tempdir().unwrap();
    store::save(dir.path(), &graph, b"{}").unwrap();
    for store in [store::open(dir.path()).unwrap(), Store::of(&graph).unwrap()] {
        let refused = ask_of(&store, query).unwrap_err();
        assert!(refused.contains("--text"), "{refused}");
        assert!(ask_of(&store, "SELECT * { ?s ?p ?o }").is_ok());
    }
}

#[test]
fn a_damaged_index_is_refused_and_the_graph_still_answers() {
    let dir = tempfile::tempdir().unwrap();
    let graph = Graph::from_spelt([["<http://e/a>", "<http://www.w3.org/2000/01/rdf-schema#label>", "\"peace\""]]);
    store::save_with_texts(dir.path(), &graph, b"{}").unwrap();
    let current = std::fs::read_to_string(dir.path().join("current")).unwrap();
    let folder = dir.path().join(current).join("text");
    let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    for file in files.iter().filter(|file| std::fs::metadata(file).unwrap().len() > 8) {
        let whole = std::fs::read(file).unwrap();
        for damage in [0, 1] {
            let mut bytes = whole.clone();
            if damage == 0 {
                bytes.truncate(whole.len() / 2);
            } else {
                bytes[whole.len() / 3] ^= 0x55;
            }
            std::fs::write(file, &bytes).unwrap();
            let store = store::open(dir.path()).unwrap();
            assert_eq!(ask_of(&store, "SELECT ?s { ?s ?p ?o }"), Ok(vec!["a".to_owned()]));
            // What is not needed to answer may be damaged.
            if let Ok(hits) = store.search("peace", None, 10) {
                assert_eq!(hits.len(), 1, "{}", file.display());
            }
        }
        std::fs::write(file, &whole).unwrap();
    }
}

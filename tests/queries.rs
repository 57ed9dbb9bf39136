//! Every answer is Oxigraph's: queries by hand, and random ones over random graphs.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test fails by panicking")]

use oxigraph::sparql::CancellationToken;
use oxigraph::sparql::results::QueryResultsFormat;
use proptest::prelude::*;
use resograph::graph::Graph;
use resograph::serve::elsewhere::Elsewhere;
use resograph::serve::evaluate::{Format, Question, start, with_stack, write};
use resograph::store::Store;

/// What an answer must have in common with Oxigraph's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Same {
    /// The rows in their order.
    Order,
    /// The rows in any order.
    Rows,
    /// How many rows there are.
    Number,
}

fn answer(store: &Store, query: &str) -> Vec<String> {
    let question = Question { query: query.into(), ..Question::default() };
    with_stack(|| {
        let mut out = Vec::new();
        let results = start(store, &Elsewhere::default(), &question, CancellationToken::new())
            .unwrap_or_else(|e| panic!("{query}: {e}"));
        write(results, Format::Results(QueryResultsFormat::Tsv), usize::MAX, &mut out).unwrap();
        String::from_utf8(out).unwrap().lines().map(str::to_owned).collect()
    })
    .unwrap()
}

fn check(triples: &[[String; 3]], query: &str, same: Same) {
    let graph = Graph::from_spelt(triples.iter().map(|t| t.each_ref().map(String::as_str)));
    let store = Store::of(&graph).unwrap();
    let oracle = Store::from(store.to_oxigraph().unwrap());
    let (mut here, mut there) = (answer(&store, query), answer(&oracle, query));
    if same == Same::Rows {
        here[1..].sort();
        there[1..].sort();
    }
    if same == Same::Number {
        assert_eq!(here.len(), there.len(), "{query}\n{triples:?}");
    } else {
        assert_eq!(here, there, "{query}\n{triples:?}");
    }
}

/// Documents that cite each other, with labels of several kinds, years and days.
fn documents() -> Vec<[String; 3]> {
    let mut triples = Vec::new();
    let mut add = |s: String, p: &str, o: String| triples.push([s, format!("<e:{p}>"), o]);
    for n in 0..12_u32 {
        let document = format!("<e:d{n}>");
        add(document.clone(), "kind", format!("<e:K{}>", n % 3));
        for cited in [n / 2, n * 5 % 7, 3] {
            add(document.clone(), "cites", format!("<e:d{cited}>"));
        }
        let label = match n % 4 {
            0 => format!("\"paper {n}\""),
            1 => format!("\"Paper \\\"{n}\\\"\"@en"),
            2 => format!("\"document {}\"@fr", n % 3),
            _ => format!("\"d\\n{n}\""),
        };
        add(document.clone(), "label", label);
        if n % 3 > 0 {
            add(document.clone(), "year", format!("\"{}\"^^<http://www.w3.org/2001/XMLSchema#integer>", 1990 + n % 5));
            add(document, "day", format!("\"200{n:0>1}-01-0{}\"^^<http://www.w3.org/2001/XMLSchema#date>", 1 + n % 9));
        }
    }
    triples
}

#[test]
fn what_the_index_answers_is_what_oxigraph_answers() {
    use Same::{Number, Order, Rows};
    let documents = documents();
    for (query, same) in [
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", Rows),
        ("SELECT (COUNT(*) AS ?n) { ?s <e:none> ?o }", Rows),
        ("SELECT ?s (COUNT(*) AS ?n) { ?s <e:none> ?o } GROUP BY ?s", Rows),
        ("SELECT (COUNT(?x) AS ?n) (COUNT(DISTINCT ?o) AS ?m) { ?s ?p ?o }", Rows),
        ("SELECT (COUNT(DISTINCT *) AS ?n) { ?s ?p ?o }", Rows),
        ("SELECT (COUNT(*) AS ?n) (COUNT(*) AS ?m) { ?s <e:cites> ?o }", Rows),
        ("SELECT ?k (?k AS ?j) (COUNT(*) AS ?n) { ?s <e:kind> ?k } GROUP BY ?k", Rows),
        (
            "SELECT ?k ?n { ?s <e:kind> ?k LATERAL { SELECT ?s (COUNT(*) AS ?n) { ?s <e:cites> ?o } GROUP BY ?s } }",
            Rows,
        ),
        ("SELECT ?s ?o { ?s <e:kind> <e:K1> LATERAL { SELECT ?s ?o { ?s <e:cites> ?o } ORDER BY ?o LIMIT 1 } }", Rows),
        ("SELECT (COUNT(*) + 1 AS ?n) { ?s <e:cites> ?o }", Rows),
        ("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p", Rows),
        ("SELECT ?p (COUNT(?s) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n) ?p", Order),
        ("SELECT DISTINCT ?p { ?s ?p ?o }", Rows),
        ("SELECT DISTINCT ?k { ?s <e:kind> ?k }", Rows),
        ("SELECT DISTINCT ?k { ?s <e:kind> ?k } LIMIT 2", Number),
        ("SELECT DISTINCT ?k ?none { ?s <e:kind> ?k } ORDER BY ?k LIMIT 2", Order),
        ("SELECT ?b (COUNT(*) AS ?n) { ?a <e:cites> ?b } GROUP BY ?b ORDER BY DESC(?n) ?b LIMIT 3", Order),
        (
            "SELECT ?b (COUNT(*) AS ?n) { ?a <e:cites> ?b } GROUP BY ?b ORDER BY DESC(?n) DESC(?b) LIMIT 3 OFFSET 2",
            Order,
        ),
        ("SELECT ?b (COUNT(*) AS ?n) { ?a <e:cites> ?b } GROUP BY ?b ORDER BY DESC(COUNT(*)) STR(?b) LIMIT 4", Order),
        ("SELECT ?b { ?a <e:cites> ?b } GROUP BY ?b HAVING(COUNT(*) > 2) ORDER BY ?b", Order),
        ("SELECT ?b (COUNT(*) AS ?n) { ?a <e:cites> ?b } GROUP BY ?b HAVING(3 >= ?n && ?n != 2) ORDER BY ?b", Order),
        ("SELECT ?b (COUNT(*) AS ?n) { ?a <e:cites> ?b } GROUP BY ?b HAVING(COUNT(*) < 2.5)", Rows),
        ("SELECT (COUNT(*) AS ?n) { ?a <e:cites> ?b . ?b <e:cites> ?c }", Rows),
        ("SELECT ?a (COUNT(DISTINCT ?c) AS ?n) { ?a <e:cites> ?b . ?b <e:cites> ?c } GROUP BY ?a", Rows),
        ("SELECT ?k (COUNT(?a) AS ?n) { ?a <e:cites> ?b . ?b <e:kind> ?k } GROUP BY ?k", Rows),
        ("SELECT ?k (COUNT(?y) AS ?n) { ?a <e:kind> ?k OPTIONAL { ?a <e:year> ?y } } GROUP BY ?k", Rows),
        ("SELECT ?y (COUNT(*) AS ?n) { ?a <e:kind> ?k OPTIONAL { ?a <e:year> ?y } } GROUP BY ?y", Rows),
        ("SELECT ?k (MIN(?l) AS ?l1) (MAX(?l) AS ?l2) { ?a <e:kind> ?k ; <e:label> ?l } GROUP BY ?k", Rows),
        ("SELECT ?k (MIN(?d) AS ?l1) (MAX(?y) AS ?l2) { ?a <e:kind> ?k ; <e:day> ?d ; <e:year> ?y } GROUP BY ?k", Rows),
        ("SELECT (MIN(?o) AS ?least) (MAX(?o) AS ?most) { ?s ?p ?o }", Rows),
        ("SELECT (MIN(?o) AS ?least) { ?s <e:none> ?o }", Rows),
        ("SELECT ?k (GROUP_CONCAT(?y) AS ?all) { ?a <e:kind> ?k ; <e:none> ?y } GROUP BY ?k", Rows),
        ("SELECT (COUNT(*) AS ?n) { <e:d9> <e:cites>+ ?x }", Rows),
        ("SELECT ?x { <e:d9> <e:cites>+ ?x }", Rows),
        ("SELECT ?x { ?x <e:cites>+ <e:d3> }", Rows),
        ("ASK { <e:d9> <e:cites>+ <e:d3> }", Rows),
        ("ASK { <e:d3> <e:cites>+ <e:d9> }", Rows),
        ("SELECT ?a ?b { ?a <e:cites>+ ?b }", Rows),
        ("SELECT ?a ?b { VALUES ?a { <e:d9> <e:other> } ?a <e:cites>* ?b }", Rows),
        ("SELECT ?a ?l { ?a <e:label> ?l FILTER(CONTAINS(?l, \"aper\")) }", Rows),
        ("SELECT ?a ?l { ?a <e:label> ?l FILTER(CONTAINS(?l, \"\\\"5\\\"\")) }", Rows),
        ("SELECT ?a ?l { ?a <e:label> ?l FILTER(STRSTARTS(?l, \"d\") && LANG(?l) = \"\") }", Rows),
        ("SELECT ?a ?l { ?a <e:label> ?l FILTER(REGEX(?l, \"^P.*\\\\d\", \"i\")) }", Rows),
        ("SELECT ?a ?l { ?a <e:label> ?l FILTER(CONTAINS(STR(?a), \"d1\")) }", Rows),
        ("SELECT ?a ?l { ?a <e:label> ?l FILTER(CONTAINS(?a, \"d1\")) }", Rows),
        ("SELECT (COUNT(*) AS ?n) { ?a <e:label> ?l FILTER(STRENDS(?l, \"1\"@fr)) }", Rows),
        ("SELECT (COUNT(*) AS ?n) { ?a <e:cites> ?b . ?b <e:label> ?l FILTER(CONTAINS(?l, \"ocument\")) }", Rows),
        ("SELECT ?a ?l ?y { ?a <e:label> ?l OPTIONAL { ?a <e:year> ?y } } ORDER BY ?y ?l ?a LIMIT 5", Order),
        ("SELECT ?a ?l ?z { ?a <e:label> ?l BIND(STR(?a) AS ?z) } ORDER BY DESC(?l) ?z LIMIT 5", Order),
        ("SELECT ?a ?l ?z { ?a <e:label> ?l ; <e:cites> ?c BIND(STR(?c) AS ?z) } ORDER BY ?l ?a ?z LIMIT 7", Order),
        ("SELECT ?o { ?s ?p ?o } ORDER BY ?o LIMIT 40", Order),
        ("SELECT ?a ?l { ?a <e:kind> ?k OPTIONAL { ?a <e:label> ?l FILTER(LANG(?l) = \"en\") } }", Rows),
        ("SELECT * { ?a <e:year> ?y OPTIONAL { ?b <e:year> ?y . ?b <e:kind> <e:K1> } ?b <e:kind> ?k }", Rows),
        ("SELECT * { OPTIONAL { ?a <e:none> ?y } ?a <e:year> ?y }", Rows),
        ("SELECT ?a ?b { ?a <e:cites> ?a }", Rows),
        ("SELECT ?a { ?a ?p ?a }", Rows),
        ("SELECT ?a ?y { VALUES (?a ?y) { (<e:d1> 1991) (<e:d2> UNDEF) (<e:x> 1) } ?a <e:year> ?y }", Rows),
        ("SELECT ?a ?y { VALUES ?a { <e:d1> <e:d1> <e:d2> } ?a <e:cites> ?y }", Rows),
        ("SELECT ?a ?y { ?a <e:kind> <e:K1> . ?x <e:kind> <e:K2> } ", Rows),
        ("SELECT ?a ?y { ?a <e:kind> ?k MINUS { ?a <e:year> ?y . ?a <e:label> ?l } }", Rows),
        ("SELECT ?a { ?a <e:kind> ?k FILTER NOT EXISTS { ?a <e:year> ?y . ?a <e:kind> <e:K2> } }", Rows),
        ("SELECT ?a ?n { { SELECT ?a (COUNT(?b) AS ?n) { ?a <e:cites> ?b } GROUP BY ?a } ?a <e:kind> <e:K1> }", Rows),
        ("SELECT ?x { { SELECT ?a { ?a <e:cites> ?x } } } ORDER BY ?x LIMIT 3", Order),
        ("SELECT (COUNT(*) AS ?n) { { ?a <e:cites> ?b } UNION { ?a <e:kind> ?b } }", Rows),
        ("SELECT ?b (COUNT(*) AS ?n) { GRAPH ?g { ?a <e:cites> ?b } } GROUP BY ?b", Rows),
        ("SELECT (COUNT(*) AS ?n) FROM <e:none> { ?a <e:cites> ?b }", Rows),
        ("SELECT ?a { ?a <e:cites> ?b } LIMIT 5 OFFSET 3", Number),
        ("SELECT ?a { ?a <e:cites> ?b } LIMIT 0", Number),
        ("ASK { ?a <e:cites> ?b . ?b <e:kind> <e:K2> . ?b <e:year> 1992 }", Rows),
        ("ASK { ?a <e:cites> ?b FILTER(?a = ?b) }", Rows),
        ("SELECT ?a { ?a <e:cites>/<e:kind> <e:K1> }", Rows),
        ("SELECT ?a { ?a <e:cites>/<e:cites>+ <e:d0> ; <e:label> ?l }", Rows),
        ("SELECT ?v { VALUES ?v { 1 01 \"1\" \"\\u0000x\" } }", Rows),
    ] {
        check(&documents, query, same);
        check(&[], query, same);
    }
}

#[test]
fn an_answer_that_is_given_at_once_is_whole() {
    let triples: Vec<_> = (0..5000).map(|n| [format!("<e:{n}>"), "<e:p>".to_owned(), format!("\"{n}\"")]).collect();
    let store = Store::of(&Graph::from_spelt(triples.iter().map(|t| t.each_ref().map(String::as_str)))).unwrap();
    let check = |query: &str, expected: Option<usize>| {
        let parsed = resograph::serve::evaluate::parse(query, None).unwrap();
        let rows = store.answer_soon(&parsed).unwrap().map(|results| match results {
            oxigraph::sparql::QueryResults::Solutions(solutions) => solutions.count(),
            _ => 1,
        });
        assert_eq!(rows, expected, "{query}");
    };
    check("SELECT ?s { ?s <e:p> ?o }", None);
    check("SELECT ?s { ?s <e:p> ?o } LIMIT 4000", None);
    check("SELECT ?s { ?s <e:p> ?o } LIMIT 1000 OFFSET 3000", None);
    check("SELECT ?s { ?s <e:p> ?o } LIMIT 1000", Some(1000));
    check("SELECT ?o { <e:7> <e:p> ?o }", Some(1));
    check("SELECT (COUNT(*) AS ?n) { ?s <e:p> ?o }", Some(1));
    check("SELECT ?o (COUNT(*) AS ?n) { ?s <e:p> ?o } GROUP BY ?o", None);
    check("SELECT ?o { ?s <e:p> ?o } ORDER BY ?o", None);
    check("ASK { ?s <e:p> ?o }", Some(1));
}

/// A random graph of few terms, so that much is joined.
fn triples() -> impl Strategy<Value = Vec<[String; 3]>> {
    let subject = (0..6_u8).prop_map(|n| format!("<e:s{n}>"));
    let property = (0..3_u8).prop_map(|n| format!("<e:p{n}>"));
    let integer = (0..4_u8).prop_map(|n| format!("\"{n}\"^^<http://www.w3.org/2001/XMLSchema#integer>"));
    let text = prop::sample::select(vec!["\"a\"", "\"ab\"", "\"a\"@en", "\"b\"@en", "\"ab\"@fr", "\"a \\\"b\\\"\""]);
    let object = prop_oneof![3 => subject.clone(), 1 => integer, 2 => text.prop_map(str::to_owned)];
    prop::collection::vec((subject, property, object).prop_map(|(s, p, o)| [s, p, o]), 0..30)
}

fn variable() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["?a", "?b", "?c", "?d"]).prop_map(str::to_owned)
}

fn pattern() -> impl Strategy<Value = String> {
    let node = prop_oneof![5 => variable(), 1 => (0..7_u8).prop_map(|n| format!("<e:s{n}>"))];
    let property = prop_oneof![
        6 => (0..4_u8).prop_map(|n| format!("<e:p{n}>")),
        1 => variable(),
        1 => (0..3_u8).prop_map(|n| format!("<e:p{n}>+")),
    ];
    let object = prop_oneof![6 => node.clone(), 1 => Just("\"a\"@en".to_owned()), 1 => Just("2".to_owned())];
    (node, property, object).prop_map(|(s, p, o)| format!("{s} {p} {o} . "))
}

fn test() -> impl Strategy<Value = String> {
    let tests = [
        "CONTAINS(?x, \"a\")",
        "STRSTARTS(STR(?x), \"e:s\")",
        "LANG(?x) = \"en\"",
        "REGEX(?x, \"B\", \"i\")",
        "?x > 1",
    ];
    (prop::sample::select(tests.to_vec()), variable()).prop_map(|(test, v)| test.replace("?x", &v))
}

fn group() -> impl Strategy<Value = String> {
    let some = |n| prop::collection::vec(pattern(), n).prop_map(|patterns| patterns.concat());
    let optional = (some(1..3), prop::option::of(test())).prop_map(|(patterns, test)| match test {
        Some(test) => format!("OPTIONAL {{ {patterns} FILTER({test}) }} "),
        None => format!("OPTIONAL {{ {patterns} }} "),
    });
    let part = prop_oneof![
        4 => Just(String::new()),
        2 => optional,
        1 => test().prop_map(|test| format!("FILTER({test}) ")),
        1 => variable().prop_map(|v| format!("VALUES {v} {{ <e:s1> <e:s2> <e:s9> \"ab\"@fr }} ")),
        1 => (some(1..2), some(1..3)).prop_map(|(a, b)| format!("{{ {a} }} UNION {{ {b} }} ")),
        1 => some(1..2).prop_map(|patterns| format!("MINUS {{ {patterns} }} ")),
    ];
    (some(1..4), part.clone(), part, some(0..2)).prop_map(|(a, b, c, d)| [a, b, c, d].concat())
}

fn query() -> impl Strategy<Value = (String, Same)> {
    let all = "?a ?b ?c ?d";
    let aggregate = prop::sample::select(vec!["COUNT(*)", "COUNT(?b)", "COUNT(DISTINCT ?c)", "MIN(?b)", "MAX(?c)"]);
    (group(), aggregate, variable(), 0..9_u8, 0..6_usize).prop_map(move |(group, aggregate, v, form, limit)| match form
    {
        0 => (format!("SELECT {all} {{ {group} }}"), Same::Rows),
        1 => (format!("SELECT DISTINCT {v} {{ {group} }}"), Same::Rows),
        2 => (format!("SELECT ({aggregate} AS ?n) {{ {group} }}"), Same::Rows),
        3 => (format!("SELECT {v} ({aggregate} AS ?n) {{ {group} }} GROUP BY {v}"), Same::Rows),
        4 => (
            format!("SELECT {v} ({aggregate} AS ?n) {{ {group} }} GROUP BY {v} ORDER BY DESC(?n) {v} LIMIT {limit}"),
            Same::Order,
        ),
        5 => (format!("SELECT {v} (COUNT(?b) AS ?n) {{ {group} }} GROUP BY {v} HAVING(?n > {limit})"), Same::Rows),
        6 => (format!("SELECT {all} {{ {group} }} ORDER BY {v} {all} LIMIT {limit} OFFSET 1"), Same::Order),
        7 => (format!("ASK {{ {group} }}"), Same::Rows),
        _ => (format!("SELECT {v} {{ {group} }} LIMIT {limit}"), Same::Number),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]
    #[test]
    fn random_queries_have_oxigraphs_answers(triples in triples(), (query, same) in query()) {
        check(&triples, &query, same);
    }
}

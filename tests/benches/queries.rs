//! How long queries take, beside Oxigraph's store in memory over the same triples in the same run:
//! `cargo bench --bench queries`, or `-- two-hops` for those whose name holds it. The graph is that
//! of the bundled samples, or the one in the folder that `RESOGRAPH_GRAPH` names.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and fails by panicking"
)]

use std::path::Path;
use std::time::{Duration, Instant};

use oxigraph::sparql::CancellationToken;
use oxigraph::sparql::results::QueryResultsFormat;
use resograph::extract;
use resograph::graph;
use resograph::ontology::{Ontology, vocab};
use resograph::read::read_bytes;
use resograph::serve::elsewhere::Elsewhere;
use resograph::serve::evaluate::{Format, Question, start, with_stack, write};
use resograph::serve::saved;
use resograph::store::{self, Store};

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples");
/// Time spent on one query on one engine, within which the shortest run counts.
const PATIENCE: Duration = Duration::from_millis(600);

/// Scans, counts, groups, joins, paths and look-ups, beside the saved queries.
const NAMED: &[(&str, &str)] = &[
    ("count", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
    ("count-cites", "SELECT (COUNT(*) AS ?n) { ?a eli:cites ?b }"),
    ("count-distinct", "SELECT (COUNT(DISTINCT ?b) AS ?n) { ?a eli:cites ?b }"),
    ("predicates", "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n) ?p"),
    ("distinct-predicates", "SELECT DISTINCT ?p { ?s ?p ?o }"),
    ("distinct-classes", "SELECT DISTINCT ?class { ?s a ?class }"),
    ("top-20", "SELECT ?b (COUNT(*) AS ?n) { ?a eli:cites ?b } GROUP BY ?b ORDER BY DESC(?n) ?b LIMIT 20"),
    ("top-20-targets", "SELECT ?b (COUNT(?a) AS ?n) { ?a oa:hasTarget ?b } GROUP BY ?b ORDER BY DESC(?n) ?b LIMIT 20"),
    (
        "top-20-of-class",
        "SELECT ?b (COUNT(?a) AS ?n) { ?a eli:cites ?b . ?b a undo:Resolution } GROUP BY ?b ORDER BY DESC(?n) ?b LIMIT 20",
    ),
    ("two-hops-one", "SELECT ?c { <ONE> eli:cites ?b . ?b eli:cites ?c }"),
    ("two-hops-all", "SELECT (COUNT(*) AS ?n) { ?a eli:cites ?b . ?b eli:cites ?c }"),
    (
        "two-hops-grouped",
        "SELECT ?a (COUNT(DISTINCT ?c) AS ?n) { ?a eli:cites ?b . ?b eli:cites ?c } GROUP BY ?a ORDER BY DESC(?n) ?a LIMIT 20",
    ),
    ("path-one", "SELECT ?b { <ONE> eli:cites+ ?b }"),
    ("path-one-counted", "SELECT (COUNT(*) AS ?n) { <ONE> eli:cites+ ?b }"),
    ("path-into-one", "SELECT ?a { ?a eli:cites+ <ONE> }"),
    ("contains-titles", "SELECT ?w ?t { ?w eli:title ?t FILTER(CONTAINS(?t, \"Somalia\")) }"),
    ("contains-labels", "SELECT ?w ?t { ?w rdfs:label ?t FILTER(CONTAINS(?t, \"Committee\")) }"),
    ("contains-sentences", "SELECT (COUNT(*) AS ?n) { ?w rg:sentence ?t FILTER(CONTAINS(?t, \"Somalia\")) }"),
    ("regex-labels", "SELECT ?w ?t { ?w rdfs:label ?t FILTER(REGEX(?t, \"committee\", \"i\")) }"),
    ("lookup", "SELECT ?p ?o { <ONE> ?p ?o }"),
    ("lookup-symbol", "SELECT ?work { ?work eli:id_local \"SYMBOL\" }"),
    ("ask", "ASK { ?a eli:cites <ONE> }"),
    ("describe", "SELECT ?p ?name { <ONE> ?p ?o . ?o rdfs:label ?name }"),
    ("joined-values", "SELECT ?a ?n { VALUES ?b { <ONE> } ?a eli:cites ?b . ?a rdfs:label ?n }"),
    ("star", "SELECT ?c ?p ?v { ?c a cito:Citation ; cito:hasCitedEntity <ONE> ; rg:paragraph ?p ; rg:verb ?v }"),
    (
        "having",
        "SELECT ?b (COUNT(?a) AS ?n) { ?a eli:cites ?b } GROUP BY ?b HAVING(COUNT(?a) > 20) ORDER BY DESC(?n) ?b",
    ),
];

fn main() {
    let wanted = std::env::args().skip(1).find(|a| !a.starts_with('-')).unwrap_or_default();
    let store = graph();
    let began = Instant::now();
    let oracle = Store::from(store.to_oxigraph().unwrap());
    println!("{} triples; Oxigraph took {:.1} s to load them", store.len().unwrap(), began.elapsed().as_secs_f64());
    let one =
        text(&store, "SELECT ?b { ?a eli:cites ?b . ?b eli:cites ?c } GROUP BY ?b ORDER BY DESC(COUNT(*)) ?b LIMIT 1");
    let one = one.lines().nth(1).unwrap_or("https://example.org/none").trim();
    let symbol = text(&store, &format!("SELECT ?s {{ <{one}> eli:id_local ?s }}"));
    let symbol = symbol.lines().nth(1).unwrap_or("none").trim();
    let named = NAMED.iter().map(|(name, query)| ((*name).to_owned(), (*query).to_owned()));
    // Oxigraph's store has no texts to search.
    let saved = saved::QUERIES.iter().filter(|q| !q.query.contains("text:search"));
    let saved = saved.map(|q| (format!("saved {}", q.name), q.query.to_owned()));
    println!("{:28} {:>10} {:>10} {:>7}", "query", "here, ms", "there, ms", "times");
    let mut ratios = Vec::new();
    for (name, query) in named.chain(saved).filter(|(name, _)| name.contains(&wanted)) {
        let query = query.replace("ONE", one).replace("SYMBOL", symbol);
        let (here, mine) = shortest(&store, &query);
        let (there, theirs) = shortest(&oracle, &query);
        let ratio = there.as_secs_f64() / here.as_secs_f64();
        let differs = if sorted(&mine) == sorted(&theirs) { "" } else { "  ANOTHER ANSWER" };
        let ms = |d: Duration| d.as_secs_f64() * 1e3;
        println!("{name:28} {:10.3} {:10.3} {ratio:7.1}{differs}", ms(here), ms(there));
        ratios.push(ratio.ln());
    }
    println!("geometric mean {:.2}", (ratios.iter().sum::<f64>() / ratios.len() as f64).exp());
}

/// The shortest of as many runs as fit, and the answer.
fn shortest(store: &Store, query: &str) -> (Duration, String) {
    with_stack(|| {
        let mut best = Duration::MAX;
        let began = Instant::now();
        loop {
            let run = Instant::now();
            let answer = text(store, query);
            best = best.min(run.elapsed());
            if began.elapsed() > PATIENCE {
                return (best, answer);
            }
        }
    })
    .unwrap()
}

fn text(store: &Store, query: &str) -> String {
    let question = Question { query: query.into(), ..Question::default() };
    let mut out = Vec::new();
    let results = start(store, &Elsewhere::default(), &question, CancellationToken::new()).unwrap();
    write(results, Format::Results(QueryResultsFormat::Csv), usize::MAX, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Rows, and what is concatenated in them, in an order of their own: that of the answer is left open.
fn sorted(answer: &str) -> Vec<Vec<&str>> {
    let mut rows: Vec<Vec<&str>> = answer.lines().map(|row| row.split([',', '"']).map(str::trim).collect()).collect();
    rows.iter_mut().for_each(|row| row.sort_unstable());
    rows.sort_unstable();
    rows
}

fn graph() -> Store {
    if let Ok(dir) = std::env::var("RESOGRAPH_GRAPH") {
        return store::open(Path::new(&dir)).unwrap();
    }
    let ontology = Ontology::bundled().unwrap();
    let mut files = Vec::new();
    for entry in std::fs::read_dir(SAMPLES).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let Ok(source) = read_bytes(&name, std::fs::read(&path).unwrap()) else { continue };
        files.push(extract(source, &ontology));
    }
    Store::of(&graph::build(&files, &[], &ontology, vocab::BASE)).unwrap()
}

//! Our index answers as Oxigraph's store does: the same solutions, blank nodes and errors over the same data.
//!
//! Data and queries in our own words are always asked; the SPARQL query evaluation tests of the W3C
//! where `RESOGRAPH_W3C` names a folder with them (`tests/interchange/w3c_suite.py` fetches them).

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use oxigraph::io::{RdfFormat, RdfParser, RdfSerializer};
use oxigraph::model::dataset::{CanonicalizationAlgorithm, Dataset};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Quad, Term, TermRef};
use oxigraph::sparql::{CancellationToken, QueryResults};
use oxigraph::store::Store as Oxigraph;
use resograph::graph::{self, Graph};
use resograph::ontology::{Ontology, vocab};
use resograph::read::read_file;
use resograph::serve::saved;
use resograph::store::dump::Extent;
use resograph::store::{Store, open_writable};
use spargebra::SparqlParser;

/// The same triples, to be answered by both engines.
struct Both {
    oxigraph: Store,
    index: Store,
    /// Blank nodes of the data; all others were made by a query.
    known: BTreeSet<String>,
}

impl Both {
    /// The triples as Oxigraph keeps them, which has one spelling for each number and date; so has a graph of ours.
    fn of(quads: &[Quad]) -> Self {
        let oxigraph = Oxigraph::new().expect("memory");
        oxigraph.extend(quads.iter().cloned()).expect("memory");
        let oxigraph = Store::from(oxigraph);
        let spelt: Vec<[String; 3]> = oxigraph
            .triples(None, None, None)
            .map(|t| t.expect("it lies in memory"))
            .map(|t| [t.subject.to_string(), t.predicate.to_string(), t.object.to_string()])
            .collect();
        let graph = Graph::from_spelt(spelt.iter().map(|t| t.each_ref().map(String::as_str)));
        let known = spelt.into_iter().flatten().filter(|t| t.starts_with("_:")).collect();
        Self { oxigraph, index: Store::of(&graph).expect("small"), known }
    }

    /// What the index answers otherwise than Oxigraph, if anything.
    fn difference(&self, query: &str, base: &str) -> Option<String> {
        let ours = answer(&self.index, query, base, &self.known);
        let theirs = answer(&self.oxigraph, query, base, &self.known);
        (ours != theirs).then(|| format!("{query}\n  index:    {ours:?}\n  Oxigraph: {theirs:?}"))
    }
}

/// An answer levelled, so that two can be compared.
#[derive(Debug, PartialEq, Eq)]
enum Answer {
    /// Variables, and rows; in the order of the answer where the query asks for one, else sorted.
    Rows(Vec<String>, Vec<String>),
    YesOrNo(bool),
    /// Triples with canonical blank nodes.
    Triples(BTreeSet<String>),
    /// The query is refused, or fails on the way.
    Error,
}

fn answer(store: &Store, query: &str, base: &str, known: &BTreeSet<String>) -> Answer {
    let parser = SparqlParser::new().with_base_iri(base).expect("an IRI");
    let Ok(query_read) = parser.parse_query(query) else { return Answer::Error };
    match store.evaluate(query_read, None, CancellationToken::new()) {
        Err(_) => Answer::Error,
        Ok(QueryResults::Boolean(yes)) => Answer::YesOrNo(yes),
        Ok(QueryResults::Solutions(solutions)) => {
            let names = solutions.variables().iter().map(ToString::to_string).collect();
            let mut rows = Vec::new();
            for solution in solutions {
                let Ok(solution) = solution else { return Answer::Error };
                let cells = solution.values().iter().map(|term| term.as_ref().map_or("-".into(), |t| spelt(t, known)));
                rows.push(cells.collect::<Vec<_>>().join("  "));
            }
            if !query.contains("# in order") {
                rows.sort();
            }
            Answer::Rows(names, rows)
        }
        Ok(QueryResults::Graph(triples)) => {
            let mut data = Dataset::new();
            for triple in triples {
                let Ok(triple) = triple else { return Answer::Error };
                data.insert(&triple.in_graph(GraphName::DefaultGraph));
            }
            data.canonicalize(CanonicalizationAlgorithm::Unstable);
            Answer::Triples(data.iter().map(|quad| quad.to_string()).collect())
        }
    }
}

/// Blank nodes that a query makes have other names each time.
fn spelt(term: &Term, known: &BTreeSet<String>) -> String {
    match term {
        Term::BlankNode(node) if !known.contains(&node.to_string()) => "_:new".into(),
        term => term.to_string(),
    }
}

const XSD: &str = "http://www.w3.org/2001/XMLSchema#";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const RDFS: &str = "http://www.w3.org/2000/01/rdf-schema#";
const MANIFEST: &str = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
const UPDATE: &str = "http://www.w3.org/2009/sparql/tests/test-update#";
const QUERY: &str = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#";

#[test]
fn the_tests_of_the_w3c_are_answered_as_by_oxigraph() {
    let Some(folder) = std::env::var_os("RESOGRAPH_W3C") else { return };
    let mut manifests = Vec::new();
    files_named("manifest.ttl", Path::new(&folder), &mut manifests);
    manifests.sort();
    assert!(!manifests.is_empty(), "no manifest.ttl in {}", folder.display());
    let (mut run, mut skipped, mut differences) = (0, BTreeMap::new(), Vec::new());
    for manifest in manifests {
        for test in tests_of(&manifest) {
            match test.run() {
                Ok(difference) => {
                    run += 1;
                    differences.extend(difference.map(|d| format!("{}: {d}", test.name)));
                }
                Err(reason) => *skipped.entry(reason).or_insert(0) += 1,
            }
        }
    }
    eprintln!("{run} tests asked, {} answered otherwise; not asked: {skipped:?}", differences.len());
    assert!(run > 300, "{run} tests are fewer than the suite has");
    assert!(differences.is_empty(), "{}", differences.join("\n\n"));
}

#[test]
fn the_update_tests_of_the_w3c_end_as_they_say() {
    let Some(folder) = std::env::var_os("RESOGRAPH_W3C") else { return };
    let mut manifests = Vec::new();
    files_named("manifest.ttl", Path::new(&folder), &mut manifests);
    manifests.sort();
    let (mut run, mut wrong) = (0, Vec::new());
    for manifest in manifests {
        for (name, request, before, after) in updates_of(&manifest) {
            run += 1;
            let text = std::fs::read_to_string(&request).expect("it comes with its test");
            let update = SparqlParser::new().with_base_iri(iri(&request)).expect("an IRI").parse_update(&text);
            let found = update.map_err(|e| e.to_string()).and_then(|update| written(&before, Some(&update)));
            let expected = written(&after, None);
            if found != expected {
                wrong.push(format!("{name}\n{text}\n  is: {found:?}\n  to be: {expected:?}"));
            }
        }
    }
    eprintln!("{run} updates made, {} with another outcome", wrong.len());
    assert!(run > 80, "{run} tests are fewer than the suite has");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// What a writable store holds, after quads were put into it and an update was made, with canonical blank nodes.
fn written(quads: &[Quad], update: Option<&spargebra::Update>) -> Result<BTreeSet<String>, String> {
    let dir = tempfile::tempdir().expect("a folder");
    let (store, mut writer) = open_writable(dir.path()).expect("free");
    let mut draft = store.draft().expect("whole");
    quads.iter().try_for_each(|quad| draft.add(quad.clone())).expect("whole");
    writer.record(&draft.finish()).expect("room");
    if let Some(update) = update {
        let mut draft = store.draft().expect("whole");
        draft.update(update, None, &CancellationToken::new()).map_err(|e| e.to_string())?;
        writer.record(&draft.finish()).expect("room");
    }
    let dump = store.dump(&Extent::All, RdfSerializer::from_format(RdfFormat::NQuads)).expect("whole").expect("all");
    let bytes = dump.map(|piece| piece.expect("whole")).collect::<Vec<_>>().concat();
    // A blank node of one graph is not compared with that of another: their files know nothing of each other.
    let mut graphs = BTreeMap::<String, Dataset>::new();
    for quad in read(RdfFormat::NQuads, &bytes, "e:").expect("N-Quads") {
        graphs.entry(quad.graph_name.to_string()).or_default().insert(&quad);
    }
    let mut found = BTreeSet::new();
    for mut graph in graphs.into_values() {
        graph.canonicalize(CanonicalizationAlgorithm::Unstable);
        found.extend(graph.iter().map(|quad| quad.to_string()));
    }
    Ok(found)
}

#[test]
fn data_in_our_own_words_is_asked_for_each_feature() {
    let base = "http://example.org/";
    let data = read(RdfFormat::Turtle, include_bytes!("sparql/own.ttl"), base).expect("Turtle");
    let prefixes = [("", base), ("xsd", XSD), ("rdf", RDF), ("rdfs", RDFS)];
    asked(&Both::of(&data), own_lines(include_str!("sparql/own.rq")), &prefixes, base);
}

#[test]
fn the_graph_of_the_samples_is_asked_too() {
    let ontology = Ontology::bundled().expect("it compiles");
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
    let mut files: Vec<_> = std::fs::read_dir(samples).expect("the folder").flatten().map(|e| e.path()).collect();
    files.sort();
    let sources = files.iter().map(|f| read_file(f, &f.display().to_string()).expect("it can be read"));
    let processed: Vec<_> = sources.map(|source| resograph::extract(source, &ontology)).collect();
    let graph = graph::build(&processed, &[], &ontology, vocab::BASE);
    let index = Store::of(&graph).expect("small");
    let oxigraph = Store::from(index.to_oxigraph().expect("small"));
    let both = Both { oxigraph, index, known: BTreeSet::new() };
    // Oxigraph's store has no texts to search.
    let saved = saved::QUERIES.iter().map(|q| q.query).filter(|query| !query.contains("text:search"));
    asked(&both, own_lines(include_str!("sparql/samples.rq")).chain(saved), vocab::PREFIXES, vocab::BASE);
}

fn own_lines(queries: &str) -> impl Iterator<Item = &str> {
    queries.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Asks every query, with prefixes that it need not declare.
fn asked<'q>(both: &Both, queries: impl Iterator<Item = &'q str>, prefixes: &[(&str, &str)], base: &str) {
    let prefixes: String = prefixes.iter().map(|(prefix, iri)| format!("PREFIX {prefix}: <{iri}>\n")).collect();
    let (mut count, mut found) = (0, Vec::new());
    for query in queries {
        count += 1;
        let whole = format!("{prefixes}{query}");
        let parser = SparqlParser::new().with_base_iri(base).expect("an IRI");
        assert!(parser.parse_query(&whole).is_ok(), "no SPARQL: {query}");
        found.extend(both.difference(&whole, base).map(|d| d.replace(&prefixes, "")));
    }
    assert!(found.is_empty(), "{} of {count} queries:\n{}", found.len(), found.join("\n\n"));
}

/// A query evaluation test.
struct Test {
    name: String,
    query: Option<PathBuf>,
    data: Vec<PathBuf>,
    named: bool,
}

impl Test {
    /// How the answers differ, or why it cannot be asked.
    fn run(&self) -> Result<Option<String>, &'static str> {
        if self.named {
            return Err("named graphs");
        }
        let path = self.query.as_ref().ok_or("no query")?;
        let query = std::fs::read_to_string(path).map_err(|_| "query missing")?;
        let mut data = Vec::new();
        for file in &self.data {
            let format =
                file.extension().and_then(|e| RdfFormat::from_extension(e.to_str()?)).ok_or("format unknown")?;
            let bytes = std::fs::read(file).map_err(|_| "data missing")?;
            data.extend(read(format, &bytes, &iri(file)).ok_or("data that Oxigraph cannot read")?);
        }
        Ok(Both::of(&data).difference(&query, &iri(path)))
    }
}

fn files_named(name: &str, folder: &Path, found: &mut Vec<PathBuf>) {
    for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            files_named(name, &path, found);
        } else if path.file_name().is_some_and(|f| f == name) {
            found.push(path);
        }
    }
}

fn read(format: RdfFormat, bytes: &[u8], base: &str) -> Option<Vec<Quad>> {
    RdfParser::from_format(format).with_base_iri(base).ok()?.for_slice(bytes).collect::<Result<_, _>>().ok()
}

fn iri(path: &Path) -> String {
    format!("file://{}", path.canonicalize().expect("it exists").display())
}

fn tests_of(manifest: &Path) -> Vec<Test> {
    let store = Oxigraph::new().expect("memory");
    let bytes = std::fs::read(manifest).expect("it exists");
    store.extend(read(RdfFormat::Turtle, &bytes, &iri(manifest)).unwrap_or_default()).expect("memory");
    let values = |subject: NamedOrBlankNodeRef<'_>, predicate: &str| -> Vec<Term> {
        let predicate = NamedNodeRef::new_unchecked(predicate);
        store.quads_for_pattern(Some(subject), Some(predicate), None, None).flatten().map(|q| q.object).collect()
    };
    let path = |term: &Term| match term {
        Term::NamedNode(node) => node.as_str().strip_prefix("file://").map(PathBuf::from),
        _ => None,
    };
    let class = format!("{MANIFEST}QueryEvaluationTest");
    let of_class = TermRef::from(NamedNodeRef::new_unchecked(&class));
    let mut found = Vec::new();
    for test in store.quads_for_pattern(None, Some(rdf::TYPE), Some(of_class), None).flatten() {
        let action = match values(test.subject.as_ref(), &format!("{MANIFEST}action")).into_iter().next() {
            Some(Term::BlankNode(node)) => NamedOrBlankNode::from(node),
            Some(Term::NamedNode(node)) => node.into(),
            _ => continue,
        };
        let of_action = |property: &str| values(action.as_ref(), &format!("{QUERY}{property}"));
        let folder = manifest.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
        let name = test.subject.to_string();
        let name = name.trim_end_matches('>').rsplit(['#', '/']).next().unwrap_or_default();
        found.push(Test {
            name: format!("{folder}/{name}"),
            query: of_action("query").iter().find_map(path),
            data: of_action("data").iter().filter_map(path).collect(),
            named: !of_action("graphData").is_empty(),
        });
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

/// The update evaluation tests of a manifest: name, request, what is there before and what after.
fn updates_of(manifest: &Path) -> Vec<(String, PathBuf, Vec<Quad>, Vec<Quad>)> {
    let store = Oxigraph::new().expect("memory");
    let bytes = std::fs::read(manifest).expect("it exists");
    store.extend(read(RdfFormat::Turtle, &bytes, &iri(manifest)).unwrap_or_default()).expect("memory");
    let values = |subject: &Term, predicate: &str| -> Vec<Term> {
        let subject = match subject {
            Term::NamedNode(node) => NamedOrBlankNode::from(node.clone()),
            Term::BlankNode(node) => node.clone().into(),
            Term::Literal(_) => return Vec::new(),
        };
        let predicate = NamedNodeRef::new_unchecked(predicate);
        store
            .quads_for_pattern(Some(subject.as_ref()), Some(predicate), None, None)
            .flatten()
            .map(|q| q.object)
            .collect()
    };
    let path = |term: &Term| match term {
        Term::NamedNode(node) => node.as_str().strip_prefix("file://").map(PathBuf::from).expect("a file"),
        other => panic!("{other} is no file"),
    };
    let load = |file: &Path, graph: GraphName| -> Vec<Quad> {
        let format = file.extension().and_then(|e| RdfFormat::from_extension(e.to_str()?)).expect("a known format");
        let quads = read(format, &std::fs::read(file).expect("it comes with its test"), &iri(file)).expect("RDF");
        quads.into_iter().map(|quad| Quad { graph_name: graph.clone(), ..quad }).collect()
    };
    let state = |of: &Term| -> Vec<Quad> {
        let default =
            values(of, &format!("{UPDATE}data")).into_iter().map(|f| load(&path(&f), GraphName::DefaultGraph));
        let named = values(of, &format!("{UPDATE}graphData")).into_iter().map(|graph| {
            let name = match &values(&graph, &format!("{RDFS}label"))[..] {
                [Term::Literal(name)] => NamedNode::new_unchecked(name.value()),
                other => panic!("{other:?} is no name"),
            };
            load(&path(&values(&graph, &format!("{UPDATE}graph"))[0]), name.into())
        });
        default.chain(named).flatten().collect()
    };
    let class = format!("{MANIFEST}UpdateEvaluationTest");
    let of_class = TermRef::from(NamedNodeRef::new_unchecked(&class));
    let mut found = Vec::new();
    for test in store.quads_for_pattern(None, Some(rdf::TYPE), Some(of_class), None).flatten() {
        let test = Term::from(test.subject);
        let (action, result) =
            (&values(&test, &format!("{MANIFEST}action"))[0], &values(&test, &format!("{MANIFEST}result"))[0]);
        let request = path(&values(action, &format!("{UPDATE}request"))[0]);
        found.push((test.to_string(), request, state(action), state(result)));
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

//! Five files with one resolution in five shapes: an encyclopaedia article, Markdown, the first
//! page on one line, a web page with its chrome, and a torn-out page. They are not part of this
//! repository; where `../shared/seeds` is absent these tests say that they skip.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stderr, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use oxigraph::model::Term;
use oxigraph::sparql::{CancellationToken, QueryResults};
use resograph::graph::{self, validate};
use resograph::ontology::{Ontology, vocab};
use resograph::read::read_file;
use resograph::serve::elsewhere::Elsewhere;
use resograph::serve::evaluate::{Question, start, with_stack};
use resograph::store::Store;

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds");
const WORK: &str = "<https://w3id.org/resograph/id/S/RES/2388>";

const ARTICLE: usize = 0;
const MARKDOWN: usize = 1;
const FIRST_PAGE: usize = 2;
const WEB_PAGE: usize = 3;
const TORN_PAGE: usize = 4;
const ALL: [usize; 5] = [ARTICLE, MARKDOWN, FIRST_PAGE, WEB_PAGE, TORN_PAGE];
const KINDS: [&str; 5] = ["article", "markdown", "plain-text", "web-page", "fragment"];
/// The files whose words are those of the resolution.
const TEXTS: [usize; 4] = [MARKDOWN, FIRST_PAGE, WEB_PAGE, TORN_PAGE];

const PREAMBULAR: usize = 24;
const OPERATIVE: usize = 35;

const UNTOC: &str = "United Nations Convention against Transnational Organized Crime";
const PROTOCOL: &str = "Protocol to Prevent, Suppress and Punish Trafficking in Persons, Especially Women and Children, \
                        supplementing the United Nations Convention against Transnational Organized Crime";
const PLAN: &str = "United Nations Global Plan of Action to Combat Trafficking in Persons";
const DECLARATION: &str = "Political Declaration on the implementation of the United Nations Global Plan of Action to \
                           Combat Trafficking in Persons";

/// Paragraph, verb, document, pinpoint.
type Cited = (&'static str, &'static str, &'static str, &'static str);

const CITED: &[Cited] = &[
    ("pp1", "recall", "S/PRST/2015/25", ""),
    ("pp1", "recall", "S/RES/2331 (2016)", ""),
    ("pp2", "take note", "S/2017/939", ""),
    ("pp3", "recall", "Charter of the United Nations", ""),
    ("pp4", "take note", "S/RES/2331 (2016)", ""),
    ("pp5", "recall", UNTOC, ""),
    ("pp5", "recall", PROTOCOL, ""),
    ("pp5", "recall", PLAN, ""),
    ("pp7", "recall", DECLARATION, ""),
    ("pp11", "recall", "S/RES/2359 (2017)", ""),
    ("pp11", "recall", "S/RES/2374 (2017)", ""),
    ("pp11", "recall", "S/RES/2240 (2015)", ""),
    ("pp11", "recall", "S/RES/2380 (2017)", ""),
    ("pp12", "reiterate", "S/RES/2195 (2014)", ""),
    ("pp12", "reiterate", "S/RES/2253 (2015)", ""),
    ("pp12", "reiterate", "S/RES/2199 (2015)", ""),
    ("pp12", "reiterate", "S/RES/2368 (2017)", ""),
    ("pp12", "reiterate", "S/RES/2242 (2015)", ""),
    ("pp15", "note", "S/RES/1267 (1999)", ""),
    ("pp15", "note", "S/RES/1989 (2011)", ""),
    ("pp15", "note", "S/RES/2253 (2015)", ""),
    ("pp15", "note", "S/RES/2368 (2017)", ""),
    ("pp20", "recall", "S/RES/1261 (1999)", ""),
    ("pp20", "recall", "S/RES/1612 (2005)", ""),
    ("op2", "urge", UNTOC, ""),
    ("op2", "urge", PROTOCOL, ""),
    ("op4", "call upon", UNTOC, "Article 15"),
    ("op11", "request", "S/RES/1267 (1999)", ""),
    ("op11", "request", "S/RES/1989 (2011)", ""),
    ("op11", "request", "S/RES/2253 (2015)", ""),
    ("op11", "request", "S/RES/2368 (2017)", ""),
    ("op29", "invite", "S/RES/2379 (2017)", ""),
    ("op30", "call upon", "S/RES/2379 (2017)", ""),
];

/// Publications without a symbol, named by their titles: allowed where they stand, not asked for.
const ALSO_CITED: &[&str] = &[
    "Thematic Paper on trafficking in persons in conflict situations",
    "2016 Global Report on Trafficking in Persons",
];

/// Bodies and groups by one of their names, and the files that name them.
const NAMED: &[(&str, &[usize])] = &[
    ("UNODC", &[ARTICLE, MARKDOWN, FIRST_PAGE, WEB_PAGE, TORN_PAGE]),
    ("CTED", &[MARKDOWN, FIRST_PAGE, WEB_PAGE]),
    ("CTC", &[ARTICLE, MARKDOWN, FIRST_PAGE, WEB_PAGE]),
    ("IOM", &[MARKDOWN]),
    ("UNHCR", &[MARKDOWN]),
    ("INTERPOL", &[MARKDOWN, WEB_PAGE, TORN_PAGE]),
    ("DPKO", &[MARKDOWN, WEB_PAGE, TORN_PAGE]),
    ("DFS", &[MARKDOWN, WEB_PAGE, TORN_PAGE]),
    ("Analytical Support and Sanctions Monitoring Team", &[MARKDOWN]),
    ("1267 Committee", &[MARKDOWN, WEB_PAGE]),
    ("UNITAD", &[MARKDOWN]),
    ("ICAT", &[MARKDOWN]),
    ("Task Team on anti-trafficking in humanitarian action", &[ARTICLE, MARKDOWN, FIRST_PAGE, WEB_PAGE]),
    ("Global Protection Cluster", &[ARTICLE, MARKDOWN, FIRST_PAGE, WEB_PAGE]),
    ("ISIL", &[ARTICLE, MARKDOWN, WEB_PAGE]),
    ("ANF", &[MARKDOWN, WEB_PAGE]),
    ("Al-Qaida", &[MARKDOWN]),
    ("Boko Haram", &[ARTICLE, MARKDOWN]),
    ("Al-Shabaab", &[ARTICLE, MARKDOWN]),
    ("LRA", &[ARTICLE, MARKDOWN]),
    ("Libya", &[ARTICLE, MARKDOWN, WEB_PAGE]),
    ("Spain", &[ARTICLE]),
    ("France", &[ARTICLE]),
    ("Italy", &[ARTICLE]),
    ("António Guterres", &[ARTICLE]),
    ("CNN", &[ARTICLE]),
];

/// Paragraph, subject, predicate, verb, object by one of its names.
type Stated = (&'static str, &'static str, &'static str, &'static str, &'static str);

const THIS: &str = "S/RES/2388 (2017)";
const STATED: &[Stated] = &[
    ("op29", "S/RES/2379 (2017)", "establishes", "", "UNITAD"),
    ("op30", "S/RES/2379 (2017)", "establishes", "", "UNITAD"),
    ("pp15", "S/RES/1267 (1999)", "establishes", "", "1267 Committee"),
    ("pp15", "S/RES/1989 (2011)", "establishes", "", "1267 Committee"),
    ("pp15", "S/RES/2253 (2015)", "establishes", "", "1267 Committee"),
    ("pp15", "S/RES/2368 (2017)", "establishes", "", "1267 Committee"),
    ("op11", "S/RES/1267 (1999)", "establishes", "", "1267 Committee"),
    ("op11", "S/RES/2368 (2017)", "establishes", "", "1267 Committee"),
    ("pp20", "S/RES/1612 (2005)", "establishes", "", "Monitoring and Reporting Mechanism"),
    ("pp15", THIS, "condemns", "", "ISIL"),
    ("pp15", THIS, "condemns", "", "ANF"),
    ("op10", THIS, "condemns", "", "ISIL"),
    ("op10", THIS, "condemns", "", "Boko Haram"),
    ("op10", THIS, "condemns", "", "Al-Shabaab"),
    ("op10", THIS, "condemns", "", "LRA"),
    ("op11", THIS, "addresses", "request", "Analytical Support and Sanctions Monitoring Team"),
    ("op12", THIS, "addresses", "request", "CTED"),
    ("op22", THIS, "addresses", "request", "Secretary-General"),
    ("op24", THIS, "addresses", "request", "Secretary-General"),
    ("op25", THIS, "addresses", "request", "Secretary-General"),
    ("op26", THIS, "addresses", "request", "Secretary-General"),
    ("op28", THIS, "addresses", "request", "Secretary-General"),
    ("op29", THIS, "addresses", "invite", "Secretary-General"),
    ("op33", THIS, "addresses", "invite", "Secretary-General"),
    ("op34", THIS, "addresses", "request", "Secretary-General"),
    ("op2", THIS, "addresses", "urge", "Member States"),
    ("op3", THIS, "addresses", "call upon", "Member States"),
    ("op4", THIS, "addresses", "call upon", "Member States"),
    ("op5", THIS, "addresses", "call upon", "Member States"),
    ("op6", THIS, "addresses", "call upon", "Member States"),
    ("op7", THIS, "addresses", "call upon", "Member States"),
    ("op8", THIS, "addresses", "urge", "Member States"),
    ("op13", THIS, "addresses", "call upon", "Member States"),
    ("op17", THIS, "addresses", "urge", "Member States"),
    ("op19", THIS, "addresses", "urge", "Member States"),
    ("op21", THIS, "addresses", "urge", "Member States"),
    ("op30", THIS, "addresses", "call upon", "Member States"),
    ("pp17", THIS, "addresses", "call upon", "Member States"),
    ("pp18", THIS, "addresses", "call upon", "Member States"),
];

/// The files that hold a paragraph.
fn holders(paragraph: &str) -> Vec<usize> {
    let number: usize = paragraph[2..].parse().unwrap();
    match &paragraph[..2] {
        "pp" if number <= 6 => vec![MARKDOWN, FIRST_PAGE, WEB_PAGE],
        "pp" => vec![MARKDOWN, WEB_PAGE],
        // The last paragraphs of the preamble stand on the torn page too, but nothing there tells their numbers.
        _ if number <= 6 => vec![MARKDOWN, TORN_PAGE],
        _ => vec![MARKDOWN],
    }
}

/// What does not hold, gathered so that one run shows all of it.
#[derive(Default)]
struct Faults(Vec<String>);

impl Faults {
    fn expect(&mut self, holds: bool, otherwise: impl FnOnce() -> String) {
        if !holds {
            self.0.push(otherwise());
        }
    }

    fn equal(&mut self, what: &str, found: &BTreeSet<Row>, expected: &BTreeSet<Row>) {
        for row in expected.difference(found) {
            self.0.push(format!("{what}: {row:?} is missing"));
        }
        for row in found.difference(expected) {
            self.0.push(format!("{what}: {row:?} is too much"));
        }
    }
}

impl Drop for Faults {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(self.0.is_empty(), "\n{}\n", self.0.join("\n"));
        }
    }
}

type Row = Vec<String>;

fn row(cells: &[&str]) -> Row {
    cells.iter().map(|&c| c.to_owned()).collect()
}

static ONTOLOGY: LazyLock<Ontology> = LazyLock::new(|| Ontology::bundled().unwrap());

/// The seeds in their order, or nothing, said aloud.
fn files() -> Option<Vec<PathBuf>> {
    let Ok(folder) = fs::read_dir(SEEDS) else {
        eprintln!("seeds: skipped, {SEEDS} is absent");
        return None;
    };
    let mut files: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert_eq!(files.len(), ALL.len(), "{SEEDS} holds other files than it did");
    Some(files)
}

/// The graph of some of the seeds.
fn build(files: &[PathBuf], seeds: &[usize]) -> Asked {
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let read = |&seed: &usize| resograph::extract(read_file(&files[seed], &name(&files[seed])).unwrap(), &ONTOLOGY);
    let processed: Vec<_> = seeds.iter().map(read).collect();
    Asked(Store::of(&graph::build(&processed, &[], &ONTOLOGY, vocab::BASE)).unwrap())
}

struct Asked(Store);

impl Asked {
    /// The rows of an answer, each once; what is unbound is an empty cell.
    fn ask(&self, query: &str) -> BTreeSet<Row> {
        let ask = || {
            let question = Question { query: query.to_owned(), ..Question::default() };
            let QueryResults::Solutions(solutions) =
                start(&self.0, &Elsewhere::default(), &question, CancellationToken::new())
                    .unwrap_or_else(|e| panic!("{query}\n{e}"))
            else {
                panic!("{query} is not answered by a table")
            };
            let variables = solutions.variables().to_vec();
            let cell = |term: Option<&Term>| match term {
                None => String::new(),
                Some(Term::NamedNode(node)) => node.as_str().to_owned(),
                Some(Term::Literal(literal)) => literal.value().to_owned(),
                Some(other) => other.to_string(),
            };
            solutions
                .map(|s| {
                    let s = s.unwrap();
                    variables.iter().map(|v| cell(s.get(v))).collect()
                })
                .collect()
        };
        with_stack(ask).unwrap()
    }

    /// (paragraph, verb, document, pinpoint) of the citations of the resolution itself.
    fn cited(&self) -> BTreeSet<Row> {
        let mut rows = self.ask(&format!(
            "SELECT ?p ?verb ?label ?pinpoint {{
               ?c a cito:Citation ; cito:hasCitingEntity {WORK} ; cito:hasCitedEntity/rdfs:label ?label ; rg:paragraph ?in .
               OPTIONAL {{ ?c rg:verb/rdfs:label ?verb }} OPTIONAL {{ ?c rg:pinpoint ?pinpoint }}
               BIND(STRAFTER(STR(?in), '#') AS ?p) }}"
        ));
        rows.retain(|row| !ALSO_CITED.contains(&row[2].as_str()));
        rows
    }

    /// Names of everything that something mentions; the subject as SPARQL.
    fn mentioned(&self, subject: &str) -> BTreeSet<String> {
        let query = format!(
            "SELECT ?name {{ {subject} schema:mentions ?thing .
               ?thing rdfs:label|skos:prefLabel|skos:altLabel|skos:hiddenLabel ?name }}"
        );
        self.ask(&query).into_iter().flatten().collect()
    }

    /// (paragraph, subject, predicate, verb, a name of the object), with evidence.
    fn stated(&self) -> BTreeSet<Row> {
        self.ask(
            "SELECT DISTINCT ?p ?subject ?predicate ?verb ?name {
               ?s a rdf:Statement ; rdf:subject/rdfs:label ?subject ; rdf:predicate ?property ; rdf:object ?object ;
                 rg:paragraph ?in ; oa:hasTarget/rg:sentence ?sentence .
               ?object rdfs:label|skos:prefLabel|skos:altLabel ?name .
               OPTIONAL { ?s rg:verb/rdfs:label ?verb }
               BIND(STRAFTER(STR(?in), '#') AS ?p) BIND(REPLACE(STR(?property), '^.*[#/]', '') AS ?predicate) }",
        )
    }

    fn metadata(&self) -> BTreeSet<Row> {
        self.ask(&format!(
            "SELECT ?symbol ?date ?meeting ?for ?against ?abstaining {{
               {WORK} a undo:Resolution ; eli:id_local ?symbol .
               OPTIONAL {{ {WORK} eli:date_document ?date }}
               OPTIONAL {{ {WORK} rg:adoptedAt/rg:meetingNumber ?meeting }}
               OPTIONAL {{ ?vote a opengov:VoteEvent ; opengov:motion {WORK} ; rg:inFavour ?for ; rg:against ?against ;
                             rg:abstaining ?abstaining }} }}"
        ))
    }
}

/// What each seed says of the resolution by itself.
fn metadata(seed: usize) -> Row {
    match seed {
        ARTICLE => row(&[THIS, "2017-11-21", "8111", "15", "0", "0"]),
        TORN_PAGE => row(&[THIS, "", "", "", "", ""]),
        _ => row(&[THIS, "2017-11-21", "8111", "", "", ""]),
    }
}

#[test]
fn five_files_are_one_work_with_five_sources() {
    let Some(files) = files() else { return };
    let graph = build(&files, &ALL);
    let mut faults = Faults::default();
    let symbols = graph.ask("SELECT ?work { ?work eli:id_local ?s FILTER(CONTAINS(?s, '2388')) }");
    faults.expect(symbols.len() == 1, || format!("works: {symbols:?}"));
    faults.equal("metadata", &graph.metadata(), &BTreeSet::from([metadata(ARTICLE)]));
    let sources = graph.ask(&format!(
        "SELECT ?kind ?path {{ {WORK} prov:wasDerivedFrom ?f . ?f rg:sourceKind ?kind ; rg:path ?path }}"
    ));
    let expected = ALL.map(|i| row(&[KINDS[i], files[i].file_name().unwrap().to_str().unwrap()]));
    faults.equal("sources", &sources, &BTreeSet::from(expected));
    let embodied =
        graph.ask(&format!("SELECT ?kind {{ {WORK} eli:is_realized_by/eli:is_embodied_by/rg:sourceKind ?kind }}"));
    faults.equal("files of the text", &embodied, &TEXTS.iter().map(|&i| row(&[KINDS[i]])).collect());
    let unresolved = graph.ask("SELECT ?u ?reason { ?u rg:reason ?reason }");
    faults.expect(unresolved.is_empty(), || format!("unresolved: {unresolved:?}"));
    let violations = validate::validate(&graph.0, include_str!("../ontology/shapes.ttl")).unwrap();
    faults.expect(violations.is_empty(), || format!("{} violations of the shapes", violations.len()));
}

#[test]
fn the_graph_does_not_depend_on_the_order_of_the_files() {
    let Some(files) = files() else { return };
    let processed: Vec<_> =
        ALL.iter().map(|&i| resograph::extract(read_file(&files[i], &i.to_string()).unwrap(), &ONTOLOGY)).collect();
    let bytes = |order: &[usize]| {
        let mut out = Vec::new();
        let graph = graph::build(order.iter().map(|&i| &processed[i]), &[], &ONTOLOGY, vocab::BASE);
        graph.write_ntriples(&mut out).unwrap();
        out
    };
    assert!(bytes(&ALL) == bytes(&[4, 2, 0, 3, 1]), "another order gives another graph");
}

#[test]
fn citations_stand_in_their_paragraphs_with_verb_year_and_every_source() {
    let Some(files) = files() else { return };
    let graph = build(&files, &ALL);
    let mut faults = Faults::default();
    let expected: BTreeSet<_> = CITED.iter().map(|&(p, verb, label, pin)| row(&[p, verb, label, pin])).collect();
    faults.equal("citations", &graph.cited(), &expected);
    let evidence = graph.ask(&format!(
        "SELECT ?p ?label ?kind {{ ?c a cito:Citation ; cito:hasCitingEntity {WORK} ; cito:hasCitedEntity/rdfs:label ?label ;
           rg:paragraph ?in ; oa:hasTarget ?place . ?place rg:sentence ?sentence ; oa:hasSource/rg:sourceKind ?kind
           BIND(STRAFTER(STR(?in), '#') AS ?p) }}"
    ));
    for (p, _, label, _) in CITED {
        let shown: BTreeSet<_> =
            evidence.iter().filter(|r| r[0] == *p && r[1] == *label).map(|r| r[2].as_str()).collect();
        let held: BTreeSet<_> = holders(p).into_iter().map(|i| KINDS[i]).collect();
        faults.expect(shown == held, || format!("{p}, {label}: shown by {shown:?}, stands in {held:?}"));
    }
    let own: BTreeSet<_> =
        graph.ask("SELECT ?s { ?c cito:hasCitedEntity/rdfs:label ?s }").into_iter().flatten().collect();
    for number in ["672", "1049", "1628", "2388"] {
        let symbol = format!("S/RES/{number} (");
        faults.expect(!own.iter().any(|s| s.starts_with(&symbol)), || format!("{symbol}...) is cited"));
    }
    for nothing in ["672", "1049", "1628"] {
        let found = graph.ask(&format!("SELECT ?s {{ ?s ?p ?o FILTER(STRENDS(STR(?s), '/S/RES/{nothing}')) }}"));
        faults.expect(found.is_empty(), || format!("navigation made {found:?}"));
    }
    let named =
        graph.ask("SELECT ?s ?o { ?s ?p ?o FILTER(isLiteral(?o) && REGEX(?o, 'EFCC|Economic and Financial Crimes')) }");
    faults.expect(named.is_empty(), || format!("the Act of another page is in the graph: {named:?}"));
    let dated = graph.ask(&format!("SELECT ?date {{ ?d rdfs:label '{DECLARATION}' ; rg:adopted ?date }}"));
    faults.equal("date of the declaration", &dated, &BTreeSet::from([row(&["2017-09-27"])]));
}

#[test]
fn evidence_points_at_the_words_of_the_file() {
    let Some(files) = files() else { return };
    let graph = build(&files, &ALL);
    let mut faults = Faults::default();
    let places = graph.ask(
        "SELECT ?path ?start ?end ?exact { ?place oa:hasSource/rg:path ?path ; oa:hasSelector ?s .
           ?s oa:start ?start ; oa:end ?end ; oa:exact ?exact }",
    );
    assert!(places.len() > 200, "{} places only", places.len());
    // Line ends, spaces and the mark-up of Markdown are no words.
    let words = |text: &str| text.chars().filter(|c| !c.is_whitespace() && !"\\*[]#_".contains(*c)).collect::<String>();
    for place in places {
        let path = files.iter().find(|f| f.ends_with(&place[0])).unwrap();
        let bytes = fs::read(path).unwrap();
        let found =
            String::from_utf8_lossy(&bytes[place[1].parse().unwrap()..place[2].parse().unwrap()]).replace("(#)", "");
        faults.expect(words(&found).replace("()", "") == words(&place[3]), || format!("{place:?} is {found:?}"));
    }
}

#[test]
fn paragraphs_are_whole() {
    let Some(files) = files() else { return };
    let numbered = |prefix: &str, count: usize| (1..=count).map(move |n| format!("{prefix}{n}")).collect::<Vec<_>>();
    let (all, first) = ([numbered("pp", PREAMBULAR), numbered("op", OPERATIVE)].concat(), numbered("pp", 6));
    let (preamble, torn) = (numbered("pp", PREAMBULAR), numbered("op", 6));
    let mut faults = Faults::default();
    for (seeds, expected, cut) in [
        (&ALL[..], &all, ""),
        (&[MARKDOWN], &all, ""),
        (&[FIRST_PAGE], &first, "pp6"),
        (&[WEB_PAGE], &preamble, ""),
        (&[TORN_PAGE], &torn, "op6"),
    ] {
        let graph = build(&files, seeds);
        let paragraphs = graph.ask(
            "SELECT ?name ?text { ?p a doco:Paragraph ; rg:text ?text BIND(STRAFTER(STR(?p), '/S/RES/2388#') AS ?name) FILTER(?name != '') }",
        );
        let operative: BTreeSet<Row> =
            paragraphs.iter().filter(|p| p[0].starts_with(['p', 'o'])).map(|p| row(&[&p[0]])).collect();
        faults.equal(&format!("paragraphs of {seeds:?}"), &operative, &expected.iter().map(|p| row(&[p])).collect());
        for p in paragraphs.iter().filter(|p| operative.contains(&row(&[&p[0]])) && p[0] != cut) {
            faults.expect(p[1].trim_end().ends_with([',', ';', '.']), || {
                format!("{seeds:?}: {} ends in the middle: {}", p[0], p[1])
            });
        }
        let texts = graph.ask("SELECT ?p ?text { ?p rg:text ?text }");
        for noise in ["](#)", "\\(", "17-20704", "1720704", "4/8", "See also", "Twitter", "Select target"] {
            let with = texts.iter().filter(|t| t[1].contains(noise)).count();
            faults.expect(with == 0, || format!("{seeds:?}: {noise:?} stands in {with} paragraphs"));
        }
    }
}

#[test]
fn bodies_and_groups_are_named() {
    let Some(files) = files() else { return };
    let graph = build(&files, &ALL);
    let mut faults = Faults::default();
    let (work, article) = (graph.mentioned(WORK), graph.mentioned("?a a rg:Article . ?a"));
    for (name, seeds) in NAMED {
        let by_text = seeds.iter().any(|&s| s != ARTICLE);
        faults
            .expect(work.contains(*name) == by_text, || format!("{name}: named by the resolution should be {by_text}"));
        let by_article = seeds.contains(&ARTICLE);
        faults.expect(article.contains(*name) == by_article, || {
            format!("{name}: named by the article should be {by_article}")
        });
    }
    let group = graph.ask(
        "SELECT DISTINCT ?g { VALUES ?n { 'ISIL' \"Da'esh\" 'Islamic State of Iraq and the Levant' 'ANF' 'Al-Qaida' }
           ?g a rg:ArmedGroup ; skos:prefLabel|skos:altLabel ?l FILTER(STR(?l) = ?n) }",
    );
    faults.expect(group.len() == 3, || format!("ISIL, ANF and Al-Qaida are {group:?}"));
    let forms = graph.ask(
        "SELECT DISTINCT ?form { ?m oa:hasBody ?g ; oa:hasTarget/oa:hasSelector/oa:exact ?form .
           ?g a rg:ArmedGroup ; skos:prefLabel|skos:altLabel 'ISIL'@en }",
    );
    for form in ["ISIL", "IS"] {
        faults.expect(forms.contains(&row(&[form])), || format!("{form} is not read as ISIL; read so: {forms:?}"));
    }
}

#[test]
fn relations_are_stated_with_their_sentences() {
    let Some(files) = files() else { return };
    let graph = build(&files, &ALL);
    let mut faults = Faults::default();
    let found = graph.stated();
    for &(p, subject, predicate, verb, object) in STATED {
        faults.expect(found.contains(&row(&[p, subject, predicate, verb, object])), || {
            format!("{p}: {subject} {predicate} {verb} {object} is missing")
        });
    }
    let condemned: BTreeSet<_> = graph.ask(&format!("SELECT ?l {{ {WORK} rg:condemns/rdfs:label ?l }}"));
    faults.expect(condemned.len() == 5, || format!("condemned: {condemned:?}"));
    let states = graph.ask(&format!(
        "SELECT ?a ?l {{ {WORK} rg:addresses ?a . ?a rdfs:label ?l FILTER(REGEX(?l, '^(all )?members? states$', 'i')) }}"
    ));
    faults.expect(states.len() == 1, || format!("Member States are {} actors: {states:?}", states.len()));
    let twice = graph.ask(
        "SELECT ?p ?verb (COUNT(DISTINCT ?o) AS ?n) { ?s rdf:predicate rg:addresses ; rdf:object ?o ; rg:paragraph ?p ; rg:verb ?verb .
           ?o rdfs:label ?l FILTER(REGEX(?l, 'members? states$', 'i')) } GROUP BY ?p ?verb HAVING(COUNT(DISTINCT ?o) > 1)",
    );
    faults.expect(twice.is_empty(), || format!("addressed twice in one paragraph: {twice:?}"));
}

#[test]
fn what_the_article_says_belongs_to_the_article() {
    let Some(files) = files() else { return };
    let mut faults = Faults::default();
    for seeds in [&ALL[..], &[ARTICLE]] {
        let graph = build(&files, seeds);
        let article = graph
            .ask(&format!("SELECT ?label {{ ?a a rg:Article ; schema:about {WORK} ; cito:cites/rdfs:label ?label }}"));
        faults.equal("cited by the article", &article, &BTreeSet::from([row(&["S/RES/2331 (2016)"])]));
        let of_work = graph.ask(&format!(
            "SELECT ?x {{ ?x cito:hasCitingEntity|rdf:subject {WORK} ; oa:hasTarget/oa:hasSource/rg:sourceKind 'article' }}"
        ));
        faults.expect(of_work.is_empty(), || format!("the article speaks for the resolution: {of_work:?}"));
        let work = graph.mentioned(WORK);
        for name in ["Spain", "France", "Italy", "CNN", "António Guterres"] {
            faults.expect(!work.contains(name), || format!("the resolution does not name {name}"));
        }
    }
    let alone = build(&files, &[ARTICLE]);
    let said = alone.ask(&format!(
        "SELECT ?p ?o {{ {WORK} ?p ?o FILTER(?p IN (eli:cites, schema:mentions, rg:condemns, rg:addresses)) }}"
    ));
    faults.expect(said.is_empty(), || format!("the resolution itself was not read: {said:?}"));
}

#[test]
fn each_seed_alone_gives_what_its_text_contains() {
    let Some(files) = files() else { return };
    let mut faults = Faults::default();
    for seed in ALL {
        let graph = build(&files, &[seed]);
        let holds = |p: &str| holders(p).contains(&seed);
        faults.equal(&format!("metadata of {}", KINDS[seed]), &graph.metadata(), &BTreeSet::from([metadata(seed)]));
        let sources = graph.ask(&format!("SELECT ?kind {{ {WORK} prov:wasDerivedFrom/rg:sourceKind ?kind }}"));
        faults.equal("sources", &sources, &BTreeSet::from([row(&[KINDS[seed]])]));
        let cited =
            CITED.iter().filter(|c| holds(c.0)).map(|&(p, verb, label, pin)| row(&[p, verb, label, pin])).collect();
        faults.equal(&format!("citations of {}", KINDS[seed]), &graph.cited(), &cited);
        let subject = if seed == ARTICLE { "?a a rg:Article . ?a" } else { WORK };
        let mentioned = graph.mentioned(subject);
        for (name, seeds) in NAMED {
            let expected = seeds.contains(&seed);
            faults.expect(mentioned.contains(*name) == expected, || {
                format!("{}: naming {name} should be {expected}", KINDS[seed])
            });
        }
        let stated = graph.stated();
        for &(p, subject, predicate, verb, object) in STATED.iter().filter(|s| holds(s.0)) {
            faults.expect(stated.contains(&row(&[p, subject, predicate, verb, object])), || {
                format!("{}, {p}: {subject} {predicate} {verb} {object} is missing", KINDS[seed])
            });
        }
        for stranger in stated.iter().filter(|s| s[1] == THIS && !holds(&s[0])) {
            faults.0.push(format!("{}: states what it does not hold: {stranger:?}", KINDS[seed]));
        }
    }
}

//! From what was found in files to the stored graph and back: identity, merging, evidence, order, export.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Term;
use oxigraph::sparql::{CancellationToken, QueryResults};
use resograph::Processed;
use resograph::export::{self, Format, Options, rdf::Syntax};
use resograph::graph::kept::{Kept, Packed};
use resograph::graph::network::{Kind, Relation};
use resograph::graph::{self, Assembly, Contribution, Graph, Network, validate, works};
use resograph::metadata::{Ballot, Metadata, Subject, Vote};
use resograph::ontology::{ConceptId, Ontology, vocab};
use resograph::parse::{Document, DocumentKind, Paragraph, ParagraphId, Part, Rendition};
use resograph::read::{Language, MediaType, Sha256Hex, Source};
use resograph::recognise::EntityKind;
use resograph::resolve::{
    Citation, Entity, Extraction, Form, Identity, Node, Predicate, Reason, Relation as Stated, Target,
};
use resograph::span::{OffsetMap, Span};
use resograph::store::write::Target as Written;
use resograph::store::{self, Store};
use resograph::symbol::{Organ, Symbol};
use spargebra::SparqlParser;

const BASE: &str = vocab::BASE;

/// A file under construction: paragraphs, and what is found in them by its words.
struct File(Processed);

impl File {
    fn new(path: &str, media_type: MediaType, symbol: Option<&str>) -> Self {
        let kind = match (media_type, symbol) {
            (MediaType::Article, _) => DocumentKind::Article,
            (_, Some(_)) => DocumentKind::Resolution,
            (_, None) => DocumentKind::Unknown,
        };
        let sha: String = path.bytes().cycle().take(32).map(|b| format!("{b:02x}")).collect();
        let source = Source {
            path: path.into(),
            media_type,
            sha256: Sha256Hex(sha),
            bytes: 1000,
            language: Some(Language::En),
            text: String::new(),
            map: OffsetMap::identity(0),
            blocks: Vec::new(),
            metadata: Metadata::default(),
            diagnostics: Vec::new(),
        };
        let symbol = symbol.map(symbol_of);
        let document = Document {
            kind,
            symbol: symbol.clone(),
            metadata: Metadata { symbol, ..Metadata::default() },
            language: Language::En,
            rendition: Rendition::Document,
            paragraphs: Vec::new(),
            diagnostics: Vec::new(),
        };
        Self(Processed { source, document, extraction: Extraction::default() })
    }

    fn paragraph(mut self, id: ParagraphId, part: Part, text: &str) -> Self {
        let document = &mut self.0.document;
        let start: usize = document.paragraphs.iter().map(|p| p.text.len() + 1).sum();
        let mut mapped = resograph::span::MappedText::default();
        mapped.copy(text, start);
        document.paragraphs.push(Paragraph {
            id,
            part,
            text: mapped.text,
            map: mapped.map,
            page: None,
            slips: Vec::new(),
        });
        self
    }

    fn place(&self, words: &str) -> (usize, Span) {
        let (at, paragraph) = self.0.document.paragraphs.iter().enumerate().next_back().expect("a paragraph");
        let start = paragraph.text.find(words).expect("the words stand in the last paragraph");
        (at, Span::new(start, start + words.len()))
    }

    fn cites(mut self, words: &str, target: Result<Target, Reason>, verb: &str) -> Self {
        let (paragraph, span) = self.place(words);
        self.0.extraction.citations.push(Citation {
            paragraph,
            span,
            target,
            candidates: vec![Target::Document(symbol_of("A/RES/50/6"))],
            form: Form::Full,
            verb: Some(verb.into()),
            pinpoint: None,
            rule: "test".into(),
        });
        self
    }

    fn names(mut self, words: &str, kind: EntityKind, identity: Identity) -> Self {
        let (paragraph, span) = self.place(words);
        self.0.extraction.entities.push(Entity { paragraph, span, kind, identity, rule: "test".into() });
        self
    }

    fn states(mut self, words: &str, predicate: Predicate, object: Node) -> Self {
        let (paragraph, span) = self.place(words);
        let relation = Stated {
            paragraph,
            span,
            subject: Node::ThisDocument,
            predicate,
            object,
            verb: Some("request".into()),
            until: None,
            period: None,
        };
        self.0.extraction.relations.push(relation);
        self
    }

    fn metadata(mut self, metadata: Metadata) -> Self {
        let symbol = self.0.document.metadata.symbol.take();
        self.0.document.metadata = Metadata { symbol, ..metadata };
        self
    }
}

fn symbol_of(text: &str) -> Symbol {
    Symbol::parse(text).expect("a symbol")
}

fn document(symbol: &str) -> Result<Target, Reason> {
    Ok(Target::Document(symbol_of(symbol)))
}

fn unodc() -> Identity {
    Identity::Concept(ConceptId("body/unodc".into()))
}

/// One resolution in three files, one article about it, one text about nothing in particular.
fn files() -> Vec<Processed> {
    let text = "Recalling its resolution 900 (1994) and the report of its Committee";
    let official = File::new("official.xml", MediaType::AkomaNtoso, Some("S/RES/901 (1994)"))
        .metadata(Metadata {
            title: Some("The situation somewhere".into()),
            date: Some(jiff::civil::date(1994, 3, 4)),
            organ: Some(Organ::SecurityCouncil),
            meeting: Some(3344),
            vote: Some(Vote {
                in_favour: Some(2),
                against: Some(0),
                abstaining: Some(1),
                by_state: vec![
                    (Ballot::Yes, "FRANCE".into()),
                    (Ballot::Yes, "CHINA".into()),
                    (Ballot::Abstain, "OZ".into()),
                ],
                outcome: None,
            }),
            subjects: vec![Subject { label: "SOMEWHERE".into(), scheme: "UNBIS Thesaurus".into() }],
            sponsors: vec!["FRANCE".into()],
            draft: Some(symbol_of("S/1994/10")),
            ..Metadata::default()
        })
        .paragraph(ParagraphId::Preambular(1), Part::Preamble, text)
        .cites("900 (1994)", document("S/RES/900 (1994)"), "recall")
        .paragraph(
            ParagraphId::Operative(1, Vec::new()),
            Part::Operative,
            "Requests UNODC to help. It also asks Lower Elbonia.",
        )
        .names("UNODC", EntityKind::Body, unodc())
        .names("Lower Elbonia", EntityKind::State, Identity::Unlisted(vec!["Lower Elbonia".into()]))
        .states("Requests UNODC", Predicate::Addresses, Node::Entity(EntityKind::Body, unodc()))
        .states("asks Lower", Predicate::Addresses, Node::Actor(vec!["States".into(), "all States".into()]));
    let plain = File::new("plain.txt", MediaType::PlainText, Some("S/RES/901"))
        .metadata(Metadata { date: Some(jiff::civil::date(1994, 3, 5)), ..Metadata::default() })
        .paragraph(ParagraphId::Preambular(1), Part::Preamble, &format!("{text}, and also resolution 900 again"))
        .cites("900 (1994)", document("S/RES/900 (1994)"), "recall")
        .cites("resolution 900 again", document("S/RES/900"), "recall")
        .paragraph(ParagraphId::Preambular(2), Part::Preamble, "Noting resolution 50/6 and itself, resolution 901")
        .cites("50/6", Err(Reason::OtherOrgan), "note")
        .cites("901", document("S/RES/901"), "note");
    let mut torn = File::new("torn.txt", MediaType::PlainText, Some("S/RES/901 (1994)"));
    torn.0.document.rendition = Rendition::Fragment;
    let torn = torn
        .paragraph(ParagraphId::Unplaced(1), Part::Body, "a page with resolution 900 (1994)")
        .cites("900 (1994)", document("S/RES/900 (1994)"), "recall")
        .paragraph(ParagraphId::Body(1), Part::Furniture, "S/RES/902 (1994)")
        .cites("S/RES/902 (1994)", document("S/RES/902 (1994)"), "recall");
    let article = File::new("article.txt", MediaType::Article, None)
        .metadata(Metadata {
            title: Some("Resolution 901".into()),
            date: Some(jiff::civil::date(1999, 1, 1)),
            about: Some(symbol_of("S/RES/901 (1994)")),
            ..Metadata::default()
        })
        .paragraph(
            ParagraphId::Body(1),
            Part::Body,
            "Observers spoke of UNODC and of the 1948 Convention on Everything.",
        )
        .names("UNODC", EntityKind::Body, unodc())
        .cites("Convention on Everything", Ok(Target::Titled("Convention on Everything".into())), "speak");
    let other = File::new("other.txt", MediaType::PlainText, None).paragraph(
        ParagraphId::Body(1),
        Part::Body,
        "Nothing to see.",
    );
    [official, plain, torn, article, other].into_iter().map(|file| file.0).collect()
}

static ONTOLOGY: LazyLock<Ontology> = LazyLock::new(|| Ontology::bundled().expect("the bundled ontology"));

fn records() -> [Metadata; 2] {
    [
        Metadata {
            symbol: Some(symbol_of("S/RES/900 (1994)")),
            title: Some("An earlier one".into()),
            ..Metadata::default()
        },
        Metadata {
            symbol: Some(symbol_of("S/RES/999 (1995)")),
            title: Some("Of no document here".into()),
            ..Metadata::default()
        },
    ]
}

fn build(files: &[Processed]) -> Graph {
    graph::build(files, &records(), &ONTOLOGY, BASE)
}

fn stored() -> Store {
    Store::of(&build(&files())).expect("small")
}

fn ask(store: &Store, pattern: &str) -> bool {
    match evaluate(store, &format!("ASK {{ {pattern} }}")) {
        QueryResults::Boolean(answer) => answer,
        _ => panic!("ASK answers yes or no"),
    }
}

fn evaluate(store: &Store, query: &str) -> QueryResults<'static> {
    let mut parser = SparqlParser::new().with_base_iri(BASE).expect("an IRI");
    for (prefix, namespace) in vocab::PREFIXES {
        parser = parser.with_prefix(*prefix, *namespace).expect("an IRI");
    }
    let query = parser.parse_query(query).expect("SPARQL");
    store.evaluate(query, None, CancellationToken::new()).expect("it runs")
}

/// Whether each pattern holds, or does not where it begins with `!`.
fn check(patterns: &[&str]) {
    let store = stored();
    for pattern in patterns {
        let (pattern, expected) = pattern.strip_prefix('!').map_or((*pattern, true), |p| (p, false));
        assert_eq!(ask(&store, pattern), expected, "{pattern}");
    }
}

#[test]
fn files_with_one_text_are_one_work_with_several_sources() {
    let store = stored();
    let query = "SELECT ?kind { <id/S/RES/901> prov:wasDerivedFrom ?file . ?file rg:sourceKind ?kind } ORDER BY ?kind";
    let QueryResults::Solutions(rows) = evaluate(&store, query) else { panic!("SELECT gives rows") };
    let kinds: Vec<String> = rows.map(|row| row.expect("a row").get("kind").expect("bound").to_string()).collect();
    assert_eq!(kinds, ["\"akoma-ntoso\"", "\"article\"", "\"fragment\"", "\"plain-text\""]);
    check(&[
        "<id/S/RES/901> a undo:Resolution, eli:LegalResource ; eli:id_local 'S/RES/901 (1994)' ; rg:year '1994'^^xsd:gYear",
        "<id/S/RES/901> eli:is_realized_by <id/S/RES/901/en> . <id/S/RES/901/en> eli:is_embodied_by ?f . ?f rg:path 'torn.txt'",
    ]);
}

#[test]
fn the_most_trusted_source_decides_and_records_fill_in() {
    check(&[
        "<id/S/RES/901> eli:date_document '1994-03-04'^^xsd:date ; eli:title 'The situation somewhere'@en",
        "!<id/S/RES/901> eli:date_document '1994-03-05'^^xsd:date",
        "<id/S/RES/900> eli:title 'An earlier one'@en",
        "!<id/S/RES/999> ?p ?o",
        "<id/S/RES/901> eli:passed_by <id/body/security-council> ; rg:adoptedAt ?m . ?m rg:meetingNumber 3344",
        "<id/S/RES/901#vote> rg:inFavour 2 ; rg:against 0 ; rg:votedInFavour <id/state/FRA> ; rg:abstained <id/state/oz>",
        "<id/S/RES/901> rg:sponsor <id/state/FRA> ; eli:is_about ?s . ?s skos:prefLabel 'SOMEWHERE'@en",
        "<id/S/1994/10> rg:draftOf <id/S/RES/901> ; a rg:Draft",
    ]);
}

#[test]
fn a_citation_is_one_edge_with_every_place_that_shows_it() {
    check(&[
        "?c a cito:Citation ; rg:rule 'test' FILTER NOT EXISTS { ?d a cito:Citation FILTER NOT EXISTS { ?d rg:rule ?r } }",
        "<id/S/RES/901> eli:cites <id/S/RES/900>",
        "<id/S/RES/901#pp1/cites/S/RES/900> a cito:Citation ; cito:hasCitedEntity <id/S/RES/900> ; rg:count 2 ; \
         rg:paragraph <id/S/RES/901#pp1> ; rg:verb <id/verb/recall>",
        "<id/S/RES/901#pp1/cites/S/RES/900> oa:hasTarget ?t . ?t oa:hasSource ?f ; rg:sentence ?s ; oa:hasSelector ?q . \
         ?f rg:path 'official.xml' . ?q a oa:TextQuoteSelector, oa:TextPositionSelector ; oa:exact '900 (1994)' ; oa:start 25 ; oa:end 35",
        "<id/S/RES/901> eli:cites <id/S/RES/900> . <id/S/RES/900> rdfs:label 'S/RES/900 (1994)'",
        "!<id/S/RES/901> eli:cites <id/S/RES/901>",
        "!<id/S/RES/902> ?p ?o",
    ]);
    let QueryResults::Solutions(rows) =
        evaluate(&stored(), "SELECT ?t { <id/S/RES/901#pp1/cites/S/RES/900> oa:hasTarget ?t }")
    else {
        panic!("SELECT gives rows")
    };
    assert_eq!(rows.count(), 3);
}

#[test]
fn what_is_unresolved_keeps_its_reason_and_makes_no_node() {
    check(&[
        "?u a rg:UnresolvedCitation ; rg:reason 'other-organ' ; rg:candidate 'A/RES/50/6' ; cito:hasCitingEntity <id/S/RES/901>",
        "!<id/A/RES/50/6> ?p ?o",
    ]);
}

#[test]
fn an_article_speaks_for_itself() {
    check(&[
        "?a a rg:Article ; schema:about <id/S/RES/901> ; schema:mentions <id/body/unodc> ; rdfs:label 'Article on S/RES/901 (1994)'",
        "?a a rg:Article ; cito:cites <id/instrument/convention-on-everything>",
        "<id/instrument/convention-on-everything> a undo:Convention, rg:Instrument",
        "!<id/S/RES/901> eli:cites <id/instrument/convention-on-everything>",
        "?t a rg:UnidentifiedText ; rdfs:label 'other.txt'",
    ]);
}

#[test]
fn things_have_the_names_that_the_authorities_give_them() {
    check(&[
        "<id/body/unodc> a rg:UNBody, org:Organization ; skos:altLabel 'UNODC'@en ; skos:prefLabel ?fr FILTER(lang(?fr) = 'fr')",
        "<id/S/RES/901> schema:mentions <id/body/unodc>, <id/state/lower-elbonia>",
        "<id/state/lower-elbonia> a rg:State ; rdfs:label 'Lower Elbonia'",
        "<id/S/RES/901> rg:addresses <id/body/unodc>, <id/actor/states>",
        "?r a rdf:Statement ; rdf:subject <id/S/RES/901> ; rdf:predicate rg:addresses ; rdf:object <id/body/unodc> ; rg:verb <id/verb/request>",
    ]);
}

#[test]
fn the_order_of_files_does_not_show() {
    let mut files = files();
    let mut lines = Vec::new();
    build(&files).write_ntriples(&mut lines).expect("memory");
    let lines = String::from_utf8(lines).expect("UTF-8");
    assert!(lines.lines().is_sorted());
    assert!(!lines.contains("_:"), "no blank nodes");
    for _ in 0..files.len() {
        files.rotate_left(1);
        files.swap(0, 2);
        let mut again = Vec::new();
        build(&files).write_ntriples(&mut again).expect("memory");
        assert!(again == lines.as_bytes(), "another order of files, another graph");
    }
}

#[test]
fn the_graph_satisfies_its_shapes() {
    assert_eq!(validate::validate(&stored(), validate::SHAPES).expect("known constraints"), []);
}

#[test]
fn the_data_set_counts_itself() {
    let store = stored();
    let count = store.len().expect("in memory");
    assert!(ask(&store, &format!("<dataset> a void:Dataset, dcat:Dataset ; void:triples {count} ; void:documents 5")));
}

#[test]
fn the_index_answers_as_oxigraph_does() {
    let store = stored();
    let oxigraph = Store::from(store.to_oxigraph().expect("small"));
    for query in [
        "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o",
        "SELECT ?s (COUNT(*) AS ?n) { ?s eli:cites|cito:cites ?o } GROUP BY ?s ORDER BY ?s",
        "SELECT ?x (STRLEN(?l) + 1 AS ?n) { ?x rdfs:label ?l FILTER(CONTAINS(?l, '90')) } ORDER BY ?x",
        "SELECT * { VALUES ?x { <id/S/RES/901> <id/none> 'none' } OPTIONAL { ?x rg:year ?y } } ORDER BY ?x",
        "SELECT * { GRAPH ?g { ?s ?p ?o } }",
        "SELECT ?v { ?s rg:position ?v FILTER(?v + 0 = 1) } ORDER BY ?v",
        "SELECT ?p (MAX(?o) AS ?most) { ?s ?p ?o FILTER(isNumeric(?o)) } GROUP BY ?p ORDER BY ?p",
    ] {
        let rows = |store| match evaluate(store, query) {
            QueryResults::Solutions(rows) => rows.map(|row| format!("{:?}", row.expect("a row"))).collect::<Vec<_>>(),
            _ => panic!("SELECT gives rows"),
        };
        assert_eq!(rows(&store), rows(&oxigraph), "{query}");
    }
}

/// The bytes of the graph file, assembled by `workers` from runs of at least so many triples.
fn assembled(shares: &[Contribution], triples: usize, workers: usize) -> Vec<u8> {
    let dir = tempfile::tempdir().expect("a folder");
    let assembly = Assembly::new(&ONTOLOGY, BASE, dir.path()).expect("a scratch file").with_runs_of(triples);
    let mut all: Vec<_> = (0..workers).map(|_| assembly.worker()).collect();
    for (n, work) in works(shares).into_values().enumerate() {
        all[n % workers].push(work).expect("written");
    }
    all.into_iter().for_each(|worker| worker.finish().expect("written"));
    match assembly.finish(&records(), Written::Memory(Default::default())).expect("merged") {
        (Written::Memory(bytes), _) => bytes.into_inner().expect("whole"),
        (Written::File(_), _) => unreachable!("it was memory"),
    }
}

#[test]
fn a_graph_assembled_from_runs_is_that_made_in_memory_byte_for_byte() {
    let files = files();
    let expected = resograph::store::write::encode(&build(&files)).expect("small");
    let shares: Vec<_> = files.iter().map(graph::contribution).collect();
    for (triples, workers) in [(1, 1), (1, 3), (40, 2), (1 << 20, 1)] {
        assert_eq!(assembled(&shares, triples, workers), expected, "runs of {triples}, {workers} workers");
    }
    let backwards: Vec<_> = shares.into_iter().rev().collect();
    assert_eq!(assembled(&backwards, 40, 2), expected);
}

#[test]
fn what_a_file_contributed_is_kept_as_it_was() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("contributions");
    let shares: Vec<_> = files().iter().map(graph::contribution).collect();
    let kept = Kept::create(&path).expect("created");
    let places: Vec<_> =
        shares.iter().map(|share| kept.push(&Packed::of(share).expect("packed")).expect("written")).collect();
    drop(kept);
    let kept = Kept::open(&path).expect("opened");
    for (share, place) in shares.iter().zip(&places) {
        assert_eq!(&kept.read(*place).expect("read"), share);
    }
    let mut bytes = std::fs::read(&path).expect("read");
    bytes[10] ^= 1;
    std::fs::write(&path, &bytes).expect("written");
    let kept = Kept::open(&path).expect("opened");
    assert!(kept.read(places[0]).is_err(), "what was changed is not taken for what was kept");
    assert!(kept.read(places[1]).is_ok());
}

#[test]
fn a_saved_graph_opens_again_and_is_replaced_whole() {
    let dir = tempfile::tempdir().expect("a folder");
    let dir = dir.path().join("graph");
    assert!(matches!(store::open(&dir), Err(store::StoreError::Missing(_))));
    store::save(&dir, &Graph::default(), b"{}").expect("saved");
    assert!(store::open(&dir).expect("opened").is_empty().expect("in memory"));
    // What a killed build leaves: a folder without a name in `current`, a name not yet moved.
    std::fs::create_dir(dir.join("graph-left")).expect("made");
    std::fs::write(dir.join("graph-left/graph.index"), b"half").expect("written");
    std::fs::write(dir.join("current.next"), b"graph-le").expect("written");
    assert!(store::open(&dir).is_ok());
    let graph = build(&files());
    store::save(&dir, &graph, b"{\"a\":1}").expect("saved");
    assert_eq!(store::open(&dir).expect("opened").len().expect("in memory"), graph.len());
    assert_eq!(store::manifest(&dir).as_deref(), Some(&b"{\"a\":1}"[..]));
    let graphs = std::fs::read_dir(&dir).expect("a folder").flatten().filter(|e| e.path().is_dir()).count();
    assert_eq!(graphs, 1, "earlier graphs are removed");
}

#[test]
fn a_damaged_graph_is_refused_with_the_remedy() {
    let dir = tempfile::tempdir().expect("a folder");
    store::save(dir.path(), &build(&files()), b"{}").expect("saved");
    let current = std::fs::read_to_string(dir.path().join("current")).expect("a name");
    let path = dir.path().join(current).join("graph.index");
    let data = std::fs::read(&path).expect("a graph");
    std::fs::write(&path, &data[..data.len() / 2]).expect("written");
    let message = store::open(dir.path()).err().expect("refused").to_string();
    assert!(message.contains("graph.index") && message.contains("build it again"), "{message}");
}

fn export(format: Format, options: &Options) -> String {
    let mut out = Vec::new();
    export::export(&stored(), format, options, &mut out).expect("exported");
    String::from_utf8(out).expect("UTF-8")
}

const SYNTAXES: [Syntax; 6] =
    [Syntax::NTriples, Syntax::NQuads, Syntax::Turtle, Syntax::TriG, Syntax::RdfXml, Syntax::JsonLd];

fn triples(text: &str, format: RdfFormat) -> BTreeSet<String> {
    RdfParser::from_format(format).for_slice(text).map(|quad| quad.expect("valid").to_string()).collect()
}

#[test]
fn every_rdf_export_reads_back_as_the_same_triples() {
    let mut expected = Vec::new();
    build(&files()).write_ntriples(&mut expected).expect("memory");
    let expected = triples(&String::from_utf8(expected).expect("UTF-8"), RdfFormat::NTriples);
    for syntax in SYNTAXES {
        assert_eq!(triples(&export(Format::Rdf(syntax), &Options::default()), syntax.format()), expected, "{syntax:?}");
    }
}

#[test]
fn a_part_around_a_document_holds_its_evidence_and_no_stranger() {
    let options = Options { root: Some("S/RES/900 (1994)".into()), ..Options::default() };
    let part = export(Format::Rdf(Syntax::NTriples), &options);
    assert!(part.contains("\"900 (1994)\""));
    assert!(part.contains("rg:path") || part.contains("ontology#path"));
    assert!(!part.contains("convention-on-everything"));
    let whole = triples(&export(Format::Rdf(Syntax::NTriples), &Options::default()), RdfFormat::NTriples);
    let part = triples(&part, RdfFormat::NTriples);
    assert!(part.is_subset(&whole) && part.len() < whole.len());
}

#[test]
fn the_network_is_read_back_from_the_triples() {
    let network =
        Network::load(&stored(), &[Relation::Cites, Relation::Addresses, Relation::About]).expect("in memory");
    let resolution = network.find("s/res/901 (1994)").or_else(|| network.find("S/RES/901(1994)")).expect("by symbol");
    assert_eq!(network.graph[resolution].kind, Kind::Resolution);
    assert_eq!(network.graph[resolution].title.as_deref(), Some("The situation somewhere"));
    assert_eq!(network.graph[resolution].year, Some(1994));
    let cited = network.find("S/RES/900").expect("by symbol without its year");
    let edge = network.graph.find_edge(resolution, cited).expect("cites");
    assert_eq!(network.graph[edge].verbs, ["recall"]);
    assert_eq!(network.graph[edge].count, 3);
    assert_eq!(network.graph[edge].grounds.len(), 2);
    assert!(
        network.find("body/unodc").is_some()
            && network.find("lower elbonia").is_some()
            && network.find("none").is_none()
    );
    assert_eq!(network.neighbourhood(resolution, 1, |_| true).len(), 5);
    assert_eq!(network.most_cited()[0], (cited, 1));
}

#[test]
fn drawings_and_tables_hold_every_edge() {
    let options = Options { root: Some("S/RES/901".into()), ..Options::default() };
    let dot = export(Format::Dot, &options);
    assert!(dot.starts_with("digraph resograph {") && dot.ends_with("}\n"));
    assert!(
        dot.contains("subgraph cluster_1")
            && dot.contains("S/RES/900 (1994)")
            && dot.contains("Recalling its resolution")
    );
    let csv = export(Format::Csv, &Options::default());
    assert!(csv.contains("S/RES/901 (1994),S/RES/900 (1994),cites,"), "{csv}");
    let graphml = export(Format::GraphMl, &Options::default());
    assert_eq!(graphml.matches("<edge ").count(), csv.lines().count() - 1);
    let gexf = export(Format::Gexf, &Options::default());
    assert_eq!(gexf.matches("<edge ").count(), csv.lines().count() - 1);
    let json: serde_json::Value = serde_json::from_str(&export(Format::CyJs, &Options::default())).expect("JSON");
    assert_eq!(json["elements"]["edges"].as_array().map(Vec::len), Some(csv.lines().count() - 1));
    let only = Options { kinds: vec![Kind::Instrument], ..options };
    assert!(!export(Format::Dot, &only).contains("S/RES/900"));
    let unknown = Options { root: Some("S/RES/5".into()), ..Options::default() };
    assert!(export::export(&stored(), Format::Dot, &unknown, Vec::new()).is_err());
}

#[test]
fn every_saved_query_runs() {
    let store = stored();
    let mut names = Vec::new();
    for entry in
        std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/ontology/queries")).expect("a folder").flatten()
    {
        let query = std::fs::read_to_string(entry.path()).expect("a query");
        assert!(query.starts_with("# "), "{} begins with its title", entry.path().display());
        names.push(entry.file_name());
        // A graph in memory has no index of its texts.
        if query.contains("text:search") {
            continue;
        }
        if let QueryResults::Solutions(rows) = evaluate(&store, &query) {
            for row in rows {
                let row = row.expect("a row");
                assert!(row.iter().all(|(_, value)| !matches!(value, Term::BlankNode(_))));
            }
        }
    }
    assert!(names.len() >= 8, "{names:?}");
}

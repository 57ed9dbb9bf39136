//! How long each stage takes: on the bundled samples, repeated, and on `../shared/corpus/sc-txt`
//! where it is present. `cargo bench`, or `cargo bench -- parse` for one stage; `extract` is the
//! road from bytes to links over the whole corpus, `growth` that of texts made to be slow.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stderr, reason = "a benchmark fails by panicking")]

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use oxigraph::sparql::{CancellationToken, QueryResults};
use resograph::graph::{Assembly, Builder, Contribution, Graph, contribution, works};
use resograph::ontology::{Ontology, vocab};
use resograph::parse::{Document, parse};
use resograph::read::{Source, read_bytes};
use resograph::recognise::names_in;
use resograph::resolve::resolve;
use resograph::serve::elsewhere::Elsewhere;
use resograph::serve::evaluate::{Question, start, with_stack};
use resograph::serve::saved;
use resograph::store::{self, Store};
use resograph::{Processed, extract};

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples");
const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/sc-txt");
/// Every how many-th file of the corpus is taken, so that old and new, short and long are among them.
const STRIDE: usize = 25;
/// The samples are a few kilobytes: repeated, they are worth measuring.
const REPEATED: usize = 10;

/// One set of files with what each stage makes of it, the input of the next.
struct Input {
    name: &'static str,
    files: Vec<(String, Vec<u8>)>,
    sources: Vec<Source>,
    documents: Vec<Document>,
    contributions: Vec<Contribution>,
    bytes: u64,
}

impl Input {
    fn new(name: &'static str, files: Vec<(String, Vec<u8>)>, ontology: &Ontology) -> Self {
        let bytes = files.iter().map(|(_, bytes)| bytes.len() as u64).sum();
        let sources: Vec<_> = files.iter().map(|(path, bytes)| read_bytes(path, bytes.clone()).unwrap()).collect();
        let documents: Vec<_> = sources.iter().map(|source| parse(source, ontology)).collect();
        let contributions = sources
            .iter()
            .zip(&documents)
            .map(|(source, document)| {
                let extraction = resolve(document, ontology);
                contribution(&Processed { source: source.clone(), document: document.clone(), extraction })
            })
            .collect();
        Self { name, files, sources, documents, contributions, bytes }
    }

    fn graph(&self, ontology: &Ontology) -> resograph::graph::Graph {
        let mut builder = Builder::new(ontology, vocab::BASE);
        works(&self.contributions).into_values().for_each(|work| builder.push(work));
        builder.finish(&[])
    }
}

/// The files of a folder in order of their names.
fn folder(path: &str, stride: usize) -> Vec<(String, Vec<u8>)> {
    let mut paths: Vec<_> = fs::read_dir(path).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    paths.iter().step_by(stride).map(|path| (name(path), fs::read(path).unwrap())).collect()
}

fn inputs(ontology: &Ontology) -> Vec<Input> {
    let mut samples = folder(SAMPLES, 1);
    samples.retain(|(name, _)| name != "README.md");
    // A copy of a text is another file: it differs at the end, where nothing reads it.
    let copies = (0..REPEATED).flat_map(|n| {
        samples.iter().map(move |(name, bytes)| {
            let text = !name.ends_with(".pdf") && !name.ends_with(".docx");
            (format!("{n}-{name}"), [&bytes[..], &b"\n".repeat(if text { n } else { 0 })].concat())
        })
    });
    let mut inputs = vec![Input::new("samples", copies.collect(), ontology)];
    let corpus = folder(CORPUS, STRIDE);
    if corpus.is_empty() {
        eprintln!("benches: {CORPUS} is absent, only the samples are measured");
    } else {
        inputs.push(Input::new("sc-txt", corpus, ontology));
    }
    inputs
}

/// Measures one stage on every input, in bytes of its files a second.
fn stage<T>(criterion: &mut Criterion, name: &str, inputs: &[Input], run: impl Fn(&Input) -> T) {
    let mut group = criterion.benchmark_group(name);
    for input in inputs {
        group.throughput(Throughput::Bytes(input.bytes));
        group.bench_function(input.name, |b| b.iter(|| black_box(run(input))));
    }
    group.finish();
}

fn extraction(criterion: &mut Criterion, inputs: &[Input], ontology: &Ontology) {
    let mut read = criterion.benchmark_group("read");
    for input in inputs {
        read.throughput(Throughput::Bytes(input.bytes));
        read.bench_function(input.name, |b| {
            let files = || input.files.clone();
            let work = |files: Vec<(String, Vec<u8>)>| {
                files.into_iter().map(|(path, bytes)| read_bytes(&path, bytes).unwrap()).collect::<Vec<_>>()
            };
            b.iter_batched(files, work, BatchSize::LargeInput);
        });
    }
    read.finish();
    stage(criterion, "parse", inputs, |i| i.sources.iter().map(|s| parse(s, ontology)).collect::<Vec<_>>());
    // Names only; the citation grammar and the verbs run within resolve.
    stage(criterion, "names", inputs, |i| i.documents.iter().map(|d| names_in(d, ontology)).collect::<Vec<_>>());
    stage(criterion, "recognise and resolve", inputs, |i| {
        i.documents.iter().map(|d| resolve(d, ontology)).collect::<Vec<_>>()
    });
}

/// The whole of extraction, from the bytes of a file to its links, one file after another on one core.
fn whole_road(criterion: &mut Criterion, ontology: &Ontology) {
    let mut group = criterion.benchmark_group("extract");
    for (name, dir) in [("samples", SAMPLES), ("all of sc-txt", CORPUS)] {
        let mut files = folder(dir, 1);
        files.retain(|(name, _)| name != "README.md");
        if files.is_empty() {
            continue;
        }
        group.throughput(Throughput::Bytes(files.iter().map(|(_, bytes)| bytes.len() as u64).sum()));
        let work = |files: Vec<(String, Vec<u8>)>| {
            for (path, bytes) in files {
                black_box(extract(read_bytes(&path, bytes).unwrap(), ontology));
            }
        };
        group.bench_function(name, |b| b.iter_batched(|| files.clone(), work, BatchSize::PerIteration));
    }
    group.finish();
}

/// Texts that a careless pattern takes quadratic time for.
const HOSTILE: &[(&str, &str, &str)] = &[
    ("resolutions 1, 1, 1", "resolutions ", "1, "),
    ("brackets", "", "("),
    ("Recalling Recalling", "", "Recalling "),
    ("one word", "", "a"),
    ("one capital word", "", "A"),
    ("commas", "", ","),
    ("paragraph of paragraph", "", "paragraph 1 of "),
    ("strokes", "", "S/"),
    ("nested quotes", "", "\u{201c}a "),
    ("capitalised name", "", "Alpha "),
    ("Committee on", "", "Committee on "),
    ("the Committee", "", "the Special Committee, "),
    ("Panel established by", "", "Panel established by "),
    ("requests X and X", "1. Requests ", "States and "),
    ("decides to extend", "1. Decides ", "to extend the mandate "),
    ("that resolution", "resolution 1373 (2001), ", "that resolution "),
    ("Secretary of", "", "Secretary of "),
    ("numbers", "", "1 "),
    ("spaces", "a", " "),
    ("stars", "", "**"),
    ("links", "", "[a]("),
    ("tags", "", "<p"),
    ("entities", "<p>", "&"),
    ("short lines", "", "1.\n"),
    ("definitions", "", "United Nations Mission (UNMX) "),
    ("statements of dates", "statement by its President ", "of 1 May 1999, "),
    ("Arabic", "", "\u{648}\u{644}"),
    ("Chinese", "", "\u{5b89}"),
    ("requests names", "The Security Council,\n1. Requests ", "Mali, the United Nations and "),
    ("requests all", "The Security Council,\n1. Requests ", "States, all "),
    ("verbs", "The Security Council,\n1. ", "Requests States to act, "),
    (
        "establishes",
        "The Security Council,\n1. Decides to establish ",
        "the Panel of Experts established by resolution 1373 (2001), ",
    ),
    ("letters", "", "Letter dated 1 May 1999 addressed to x "),
    ("Mr", "", "Mr. "),
    ("open quotes", "", "\u{201c}\n"),
    ("soft hyphens", "a", "\u{ad}"),
    (
        "paragraphs",
        "The Security Council,\n",
        "1. Requests the Panel established by resolution 1373 (2001) to act, recalling that resolution;\n",
    ),
];
const MEGABYTE: usize = 1 << 20;

/// What twice the text costs: 2 where time grows as the text does.
fn growth(ontology: &Ontology) {
    let road = |text: &[u8]| {
        let bytes = text.to_vec();
        let start = Instant::now();
        if let Ok(source) = read_bytes("growth.txt", bytes) {
            black_box(extract(source, ontology));
        }
        start.elapsed().as_secs_f64()
    };
    eprintln!(
        "{:24} {:>8} {:>8} {:>8} {:>8}  MB/s   8 MB to 1 MB",
        "growth: seconds for", "1 MB", "2 MB", "4 MB", "8 MB"
    );
    for (name, first, again) in HOSTILE {
        let text = format!("{first}{}", again.repeat(8 * MEGABYTE / again.len() + 1));
        let times = [1, 2, 4, 8].map(|size| {
            let mut end = size * MEGABYTE;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            road(&text.as_bytes()[..end]).min(road(&text.as_bytes()[..end]))
        });
        eprint!("{name:24}");
        times.iter().for_each(|t| eprint!(" {t:8.3}"));
        eprintln!("  {:5.1}  {:6.1}", 8.0 * 1.048_576 / times[3], times[3] / times[0]);
    }
}

fn graph_and_store(criterion: &mut Criterion, inputs: &[Input], ontology: &Ontology) {
    stage(criterion, "graph", inputs, |input| input.graph(ontology));
    // The way of `build`: through sorted runs on disk into the graph file.
    stage(criterion, "assemble", inputs, |input| {
        let dir = tempfile::tempdir().unwrap();
        let assembly = Assembly::new(ontology, vocab::BASE, dir.path()).unwrap();
        let mut worker = assembly.worker();
        works(&input.contributions).into_values().for_each(|work| worker.push(work).unwrap());
        worker.finish().unwrap();
        let draft = store::draft(&dir.path().join("graph")).unwrap();
        assembly.finish(&[], draft.target().unwrap()).unwrap().1
    });
    let graphs: Vec<_> = inputs.iter().map(|input| input.graph(ontology)).collect();
    let folder = tempfile::tempdir().unwrap();
    let mut group = criterion.benchmark_group("store");
    for (input, graph) in inputs.iter().zip(&graphs) {
        let dir = folder.path().join(input.name);
        group.throughput(Throughput::Elements(graph.len() as u64));
        group.bench_function(format!("save/{}", input.name), |b| b.iter(|| store::save(&dir, graph, b"{}").unwrap()));
        group.bench_function(format!("open/{}", input.name), |b| b.iter(|| store::open(&dir).unwrap()));
    }
    group.finish();
    if cfg!(feature = "text") {
        texts(criterion, inputs, &graphs);
    }
}

/// Indexing of the texts, with the writing of the graph; opening their index; searching it.
fn texts(criterion: &mut Criterion, inputs: &[Input], graphs: &[Graph]) {
    let folder = tempfile::tempdir().unwrap();
    let mut group = criterion.benchmark_group("texts");
    for (input, graph) in inputs.iter().zip(graphs) {
        let dir = folder.path().join(input.name);
        group.bench_function(format!("save/{}", input.name), |b| {
            b.iter(|| store::save_with_texts(&dir, graph, b"{}").unwrap());
        });
        group.bench_function(format!("open/{}", input.name), |b| {
            b.iter(|| store::open(&dir).unwrap().open_texts().unwrap());
        });
        let store = store::open(&dir).unwrap();
        let searches =
            [("words", "sexual violence conflict"), ("phrase", "\"sexual violence\""), ("beginning", "condemn*")];
        for (name, wanted) in searches {
            group.bench_function(format!("{name}/{}", input.name), |b| {
                b.iter(|| store.search(wanted, None, 100).unwrap());
            });
        }
    }
    group.finish();
}

/// How many solutions or triples a query gives.
fn count(store: &Store, query: &str) -> usize {
    let question = Question { query: query.to_owned(), ..Question::default() };
    match start(store, &Elsewhere::default(), &question, CancellationToken::new()).unwrap() {
        QueryResults::Solutions(solutions) => solutions.map(Result::unwrap).count(),
        QueryResults::Graph(triples) => triples.map(Result::unwrap).count(),
        QueryResults::Boolean(_) => 1,
    }
}

fn queries(criterion: &mut Criterion, inputs: &[Input], ontology: &Ontology) {
    let stores: Vec<_> = inputs.iter().map(|input| Store::of(&input.graph(ontology)).unwrap()).collect();
    let mut group = criterion.benchmark_group("query");
    for name in ["most-cited", "citations", "established"] {
        let query = saved::find(name).unwrap();
        for (input, store) in inputs.iter().zip(&stores) {
            group.bench_function(format!("{name}/{}", input.name), |b| {
                b.iter(|| with_stack(|| black_box(count(store, query.query))).unwrap());
            });
        }
    }
    group.finish();
}

fn stages(criterion: &mut Criterion) {
    let ontology = Ontology::bundled().unwrap();
    let inputs = inputs(&ontology);
    criterion.bench_function("ontology", |b| b.iter(|| Ontology::bundled().unwrap()));
    extraction(criterion, &inputs, &ontology);
    whole_road(criterion, &ontology);
    // Timed by hand: what counts is not how long it takes but how it grows.
    let filter = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    if filter.is_none_or(|filter| "growth".contains(&filter)) {
        growth(&ontology);
    }
    graph_and_store(criterion, &inputs, &ontology);
    queries(criterion, &inputs, &ontology);
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    targets = stages
}
criterion_main!(benches);

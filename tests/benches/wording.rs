//! How long agreed language takes, and how that grows: all paragraphs of a graph, then the same four times and sixteen
//! times over, in documents of their own.
//!
//!     cargo bench --bench wording                       # ../shared/corpus/sc-txt, every fourth file
//!     RESOGRAPH_GRAPH=output/graph cargo bench --bench wording
//!
//! In a copy one word in three is another, of as many as the corpus has: copies that say the same would share their
//! sketches, and be cheaper than texts are. Dates go on, so that all of it is in one past. Then paragraphs that are
//! all the same, to see that what stands ten thousand times costs no more for each.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, reason = "a benchmark")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::prelude::*;
use resograph::graph;
use resograph::ontology::{Ontology, vocab};
use resograph::read::read_file;
use resograph::store::{self, Store};
use resograph::wording::{Options, Paragraphs, reuse, words};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/sc-txt");
const STRIDE: usize = 4;

fn main() {
    let Some(one) = paragraphs() else {
        eprintln!("{CORPUS} is not there: name a graph by RESOGRAPH_GRAPH");
        return;
    };
    let head = ["", "paragraphs", "links", "seconds", "processor", "each, of 1x", "MB"];
    println!("{}", head.map(|title| format!("{title:>12}")).concat());
    let mut first = None;
    for times in [1, 4, 16] {
        row(&format!("{times}x"), &repeated(&one, times), &mut first);
    }
    let mut first = None;
    for count in [2_500, 10_000, 40_000] {
        row("the same", &formula(&one, count), &mut first);
    }
}

/// Finds all links, and prints how long that took; `first` is what the first took for each paragraph.
fn row(name: &str, paragraphs: &Paragraphs, first: &mut Option<f64>) {
    let (start, before) = (Instant::now(), processor());
    let links = reuse(paragraphs, &Options::default()).len();
    let (seconds, worked) = (start.elapsed().as_secs_f64(), processor() - before);
    let each = worked / paragraphs.all.len() as f64;
    let ratio = each / *first.get_or_insert(each);
    let count = paragraphs.all.len();
    println!("{name:>12}{count:>12}{links:>12}{seconds:>12.2}{worked:>12.2}{ratio:>12.2}{:>12}", memory());
}

/// Seconds of processor time so far, where the system tells: others may use the machine.
fn processor() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |place: usize| fields.get(place).and_then(|field| field.parse::<f64>().ok()).unwrap_or(f64::NAN);
    (ticks(11) + ticks(12)) / 100.0
}

/// The most memory that was in use, in MB, where the system tells.
fn memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    peak.map_or("-".to_owned(), |kilobytes| (kilobytes / 1024).to_string())
}

fn paragraphs() -> Option<Paragraphs> {
    if let Some(graph) = std::env::var_os("RESOGRAPH_GRAPH") {
        return Some(Paragraphs::load(&store::open(&PathBuf::from(graph)).unwrap()).unwrap());
    }
    let mut files: Vec<_> = fs::read_dir(CORPUS).ok()?.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let ontology = Ontology::bundled().unwrap();
    let read = |path: &&Path| resograph::extract(read_file(path, &path.to_string_lossy()).unwrap(), &ontology);
    let chosen: Vec<&Path> = files.iter().step_by(STRIDE).map(AsRef::as_ref).collect();
    let processed: Vec<_> = chosen.par_iter().map(read).collect();
    let graph = graph::build(&processed, &[], &ontology, vocab::BASE);
    Some(Paragraphs::load(&Store::of(&graph).unwrap()).unwrap())
}

/// The paragraphs so many times, a third of the words of each copy with a letter of its own.
fn repeated(one: &Paragraphs, times: u32) -> Paragraphs {
    let mut many = one.clone();
    for copy in 1..times {
        let works = u32::try_from(one.works.len()).unwrap();
        for work in &one.works {
            let mut work = work.clone();
            work.iri = format!("{}/copy{copy:02}", work.iri);
            // All years of a copy are behind those of the last.
            work.year = work.year.map(|year| year + 100 * i16::try_from(copy).unwrap());
            work.date = work.date.and_then(|date| date.with().year(work.year?).build().ok());
            many.works.push(work);
        }
        let changed = one.all.par_iter().map(|paragraph| {
            let mut paragraph = paragraph.clone();
            paragraph.work += works * copy;
            paragraph.text = varied(&paragraph.text, copy);
            paragraph
        });
        many.all.par_extend(changed);
    }
    many
}

/// Which words are others depends on the word, so that what was alike within the corpus is so within each copy.
fn varied(text: &str, copy: u32) -> String {
    let mut made = String::with_capacity(text.len() + 32);
    let mut done = 0;
    for (place, word) in words::placed(text) {
        made.push_str(&text[done..place.end]);
        if word % 3 == 0 {
            made.push_str(&format!("x{copy}"));
        }
        done = place.end;
    }
    made.push_str(&text[done..]);
    made
}

/// One paragraph, in as many documents.
fn formula(one: &Paragraphs, count: u32) -> Paragraphs {
    let longest = one.all.iter().filter(|p| p.text.len() < 600).max_by_key(|p| p.text.len()).unwrap();
    let mut same = Paragraphs::default();
    for number in 0..count {
        let mut work = one.works[0].clone();
        work.iri = format!("urn:work:{number:06}");
        work.date = None;
        work.year = Some(i16::try_from(number % 9_000).unwrap());
        same.works.push(work);
        let mut paragraph = longest.clone();
        paragraph.work = number;
        same.all.push(paragraph);
    }
    same
}

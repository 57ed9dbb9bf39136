//! prof
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]
use resograph::ontology::Ontology;
use resograph::parse::parse;
use resograph::read::read_bytes;
use resograph::recognise::names_in;
use resograph::resolve::resolve;
use std::hint::black_box;
use std::time::Instant;
fn main() {
    let ontology = Ontology::bundled().unwrap();
    let dir = std::env::args().nth(1).unwrap();
    let n: usize = std::env::args().nth(2).and_then(|s| s.parse().ok()).unwrap_or(3);
    let mut paths: Vec<_> = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let files: Vec<_> = paths.iter().map(|p| (p.to_str().unwrap().to_owned(), std::fs::read(p).unwrap())).collect();
    let bytes: usize = files.iter().map(|f| f.1.len()).sum();
    // The least of all runs, file by file.
    let mut best = vec![[f64::MAX; 6]; files.len()];
    for _ in 0..n {
        for ((p, b), best) in files.iter().zip(&mut best) {
            let b = b.clone();
            let t0 = Instant::now();
            let Ok(s) = read_bytes(p, b) else { continue };
            let t1 = Instant::now();
            let d = parse(&s, &ontology);
            let t2 = Instant::now();
            let e = black_box(resolve(&d, &ontology));
            let t3 = Instant::now();
            if n > 1 {
                for p in &d.paragraphs {
                    black_box(resograph::recognise::words::words(&p.text));
                }
            }
            let t4 = Instant::now();
            if n > 1 {
                black_box(names_in(&d, &ontology));
            }
            let t5 = Instant::now();
            if n > 1 {
                for p in &d.paragraphs {
                    let w = resograph::recognise::words::words(&p.text);
                    black_box(resograph::recognise::citations::find(
                        resograph::recognise::words::Line { text: &p.text, words: &w },
                        d.language,
                        &ontology,
                        None,
                    ));
                }
            }
            let t6 = Instant::now();
            drop(e);
            for (best, t) in best.iter_mut().zip([t1 - t0, t2 - t1, t3 - t2, t4 - t3, t5 - t4, t6 - t5]) {
                *best = best.min(t.as_secs_f64() * 1e3);
            }
        }
    }
    let mb = bytes as f64 / 1e6;
    let sum: Vec<f64> = (0..6).map(|i| best.iter().map(|b| b[i]).filter(|t| *t < 1e9).sum()).collect();
    for (n, d) in ["read", "parse", "resolve", "(words)", "(names)", "(find)"].iter().zip(&sum) {
        println!("{n:10} {d:8.1} ms {:8.1} MB/s", mb / d * 1e3);
    }
    let all = sum[0] + sum[1] + sum[2];
    println!(
        "all        {all:8.1} ms {:8.1} MB/s;  without find {:.1} MB/s; resolve without names and find {:.1} ms",
        mb / all * 1e3,
        mb / (all - sum[5] + sum[3]) * 1e3,
        sum[2] - sum[4] - sum[5] + sum[3]
    );
}
fn find(text: &str, language: resograph::read::Language, ontology: &Ontology) -> usize {
    let words = resograph::recognise::words::words(text);
    resograph::recognise::citations::find(
        resograph::recognise::words::Line { text, words: &words },
        language,
        ontology,
        None,
    )
    .items
    .len()
}

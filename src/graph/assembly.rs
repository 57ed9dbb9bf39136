//! A graph larger than memory: shares of it are written as sorted runs, and merged into the file.
//!
//! 1. Workers take in the files of one work after another's. What they gather becomes a run when it
//!    is large enough; what several works may state goes into one graph, which stays in memory.
//! 2. The runs' terms are merged, which numbers them ([`merge_terms`]).
//! 3. The triples, by these numbers, are scattered over buckets small enough to be sorted in memory,
//!    once by subject and once by object ([`Buckets`]).
//! 4. Bucket after bucket is sorted and written.
//!
//! The numbers and the order of the triples depend on the terms alone, so that the file is the same
//! however the works are divided.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::build::Builder;
use super::contribution::Contribution;
use super::run::{Extent, Place, RunFiles, RunTerms, RunTriples, Scratch};
use crate::metadata::Metadata;
use crate::ontology::Ontology;
use crate::store::write::{Target, TermWriter, WriteError};

/// Triples of a run: some 150 MB of memory while it is gathered.
const RUN: usize = 1 << 20;
/// Triples of a bucket, on average: 8 bytes each.
const BUCKET: usize = 1 << 21;
/// Triples that a thread gathers for a bucket before it writes them.
const GATHERED: usize = 1 << 11;

/// A graph that is being assembled in a folder for its runs.
#[derive(Debug)]
pub struct Assembly<'o> {
    dir: PathBuf,
    files: RunFiles,
    runs: Mutex<Vec<(RunTerms, RunTriples)>>,
    /// What several works may state; and what is said of works and things, when all workers are done.
    whole: Mutex<Builder<'o>>,
    limit: usize,
}

/// One that takes in works; several may, side by side.
#[derive(Debug)]
pub struct Worker<'a, 'o> {
    assembly: &'a Assembly<'o>,
    builder: Builder<'o>,
}

impl<'o> Assembly<'o> {
    /// An empty graph whose IRIs begin with `base`; `dir` is the folder for its runs.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub fn new(ontology: &'o Ontology, base: &str, dir: &Path) -> io::Result<Self> {
        Ok(Self {
            dir: dir.to_owned(),
            files: RunFiles::new(dir)?,
            runs: Mutex::default(),
            whole: Mutex::new(Builder::new(ontology, base)),
            limit: RUN,
        })
    }

    /// With so many triples to a run, at least.
    #[must_use]
    pub fn with_runs_of(self, triples: usize) -> Self {
        Self { limit: triples, ..self }
    }

    /// One that takes in works.
    #[must_use]
    pub fn worker(&self) -> Worker<'_, 'o> {
        Worker { builder: lock(&self.whole).another(), assembly: self }
    }

    /// Merges what the workers took in into a graph file, with what lines of metadata say; gives the
    /// number of triples, too.
    ///
    /// # Errors
    /// When a file cannot be read or written, or the graph is larger than the format holds.
    pub fn finish(self, records: &[Metadata], target: Target) -> Result<(Target, usize), WriteError> {
        let Self { dir, files, runs, whole, .. } = self;
        let mut runs = runs.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut whole = whole.into_inner().unwrap_or_else(PoisonError::into_inner);
        whole.conclude(records);
        let Builder { triples, edges, .. } = whole;
        runs.push(files.write(&triples.terms, &edges, None)?);
        drop((triples, edges, files));
        merge(runs, &dir, target)
    }
}

impl Worker<'_, '_> {
    /// Takes in what the files of one work contribute: all files with that subject, in any order.
    ///
    /// # Errors
    /// When a run cannot be written.
    pub fn push<'c>(&mut self, shares: impl IntoIterator<Item = &'c Contribution>) -> io::Result<()> {
        self.builder.push(shares);
        if self.builder.parts.len() + self.builder.edges.len() >= self.assembly.limit { self.flush() } else { Ok(()) }
    }

    /// Hands over what it gathered.
    ///
    /// # Errors
    /// When a run cannot be written.
    pub fn finish(mut self) -> io::Result<()> {
        self.flush()?;
        lock(&self.assembly.whole).notes.merge(self.builder.notes);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        let Builder { triples, parts, edges, base, .. } = &self.builder;
        let run = self.assembly.files.write(&triples.terms, parts, Some(base))?;
        lock(&self.assembly.runs).push(run);
        lock(&self.assembly.whole).take_edges(&triples.terms, edges);
        self.builder.clear();
        Ok(())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn merge(runs: Vec<(RunTerms, RunTriples)>, dir: &Path, target: Target) -> Result<(Target, usize), WriteError> {
    let (run_terms, runs): (Vec<_>, Vec<_>) = runs.into_iter().unzip();
    let mut terms = TermWriter::new(target);
    let numbers = merge_terms(&run_terms, &mut terms)?;
    drop(run_terms);
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for (run, numbers) in runs.iter().zip(&numbers) {
        for (place, count) in &run.properties {
            *counts.entry(numbers.shared[*place as usize]).or_default() += count;
        }
    }
    let properties: Vec<(u32, usize)> = counts.into_iter().collect();
    let triples = properties.iter().map(|(_, count)| count).sum();
    let buckets = Packing::new(terms.len(), properties.len(), triples);
    let scratch = Scratch::new(dir)?;
    let (by_subject, by_object) = (Buckets::new(buckets, &scratch), Buckets::new(buckets, &scratch));
    runs.into_par_iter()
        .zip(numbers)
        .try_for_each(|(run, numbers)| scatter(&run, &numbers, &properties, &by_subject, &by_object))?;
    let mut writer = terms.triples(&properties)?;
    writer.write::<io::Error>(
        |out| by_subject.each(|subject, property, object| out.push(subject, property, object)),
        |out| by_object.each(|object, property, subject| out.push(object, property, subject)),
    )?;
    Ok((writer.finish()?, triples))
}

/// The numbers that the terms of a run got.
#[derive(Debug)]
struct Numbers {
    /// Of its shared terms.
    shared: Vec<u32>,
    /// Of the parts of each group: the first, with the others behind it, or all.
    groups: Vec<Behind>,
}

#[derive(Debug, Clone)]
enum Behind {
    First { first: u32, count: u32 },
    Each(Vec<u32>),
}

impl Numbers {
    /// The number of every part, by its place in the run.
    fn parts(&self) -> Vec<u32> {
        let mut parts = Vec::new();
        for behind in &self.groups {
            match behind {
                Behind::First { first, count } => parts.extend(*first..first + count),
                Behind::Each(numbers) => parts.extend(numbers),
            }
        }
        parts
    }
}

/// The shared terms of all runs, each once with the places that it has.
struct Merged<'r> {
    heap: BinaryHeap<Reverse<(Vec<u8>, usize)>>,
    readers: Vec<super::run::Shared<'r>>,
    /// How many terms of each run were taken.
    taken: Vec<u32>,
}

impl<'r> Merged<'r> {
    fn new(runs: &'r [RunTerms]) -> io::Result<Self> {
        let mut readers: Vec<_> = runs.iter().map(RunTerms::shared).collect();
        let mut heap = BinaryHeap::with_capacity(runs.len());
        for (run, reader) in readers.iter_mut().enumerate() {
            let mut term = Vec::new();
            if reader.next(&mut term)? {
                heap.push(Reverse((term, run)));
            }
        }
        Ok(Self { heap, readers, taken: vec![0; runs.len()] })
    }

    fn peek(&self) -> Option<&[u8]> {
        self.heap.peek().map(|Reverse((term, _))| term.as_slice())
    }

    /// Takes the next term; calls `each` with the runs that have it, and its places there.
    fn take(&mut self, term: &mut Vec<u8>, mut each: impl FnMut(usize, u32)) -> io::Result<()> {
        term.clear();
        term.extend_from_slice(self.peek().unwrap_or_default());
        while let Some(mut top) = self.heap.peek_mut() {
            let Reverse((next, run)) = &mut *top;
            if next != term {
                break;
            }
            let run = *run;
            each(run, self.taken[run]);
            self.taken[run] += 1;
            // The reader turns the term into the next in place; the heap then finds it its place.
            if !self.readers[run].next(next)? {
                std::collections::binary_heap::PeekMut::pop(top);
            }
        }
        Ok(())
    }
}

/// Writes the terms of all runs in order, each once.
fn merge_terms(runs: &[RunTerms], out: &mut TermWriter) -> Result<Vec<Numbers>, WriteError> {
    let mut numbers: Vec<Numbers> = runs
        .iter()
        .map(|run| Numbers {
            shared: vec![0; run.shared_count as usize],
            groups: vec![Behind::First { first: 0, count: 0 }; run.groups.len()],
        })
        .collect();
    let mut groups: Vec<(&str, usize, usize)> = Vec::new();
    for (n, run) in runs.iter().enumerate() {
        groups.extend(run.groups.iter().enumerate().map(|(g, group)| (group.prefix.as_str(), n, g)));
    }
    groups.par_sort_unstable();
    let mut merged = Merged::new(runs)?;
    let mut term = Vec::new();
    let mut share = |merged: &mut Merged<'_>, out: &mut TermWriter, numbers: &mut [Numbers]| {
        let id = out.len();
        merged.take(&mut term, |run, place| numbers[run].shared[place as usize] = id)?;
        out.push(&term).map(drop)
    };
    for same in groups.chunk_by(|a, b| a.0 == b.0) {
        let prefix = same[0].0.as_bytes();
        while merged.peek().is_some_and(|term| term < prefix) {
            share(&mut merged, out, &mut numbers)?;
        }
        let alone = same.len() == 1 && !merged.peek().is_some_and(|term| term.starts_with(prefix));
        if alone {
            let (_, run, group) = same[0];
            let parts = &runs[run].groups[group];
            numbers[run].groups[group] = Behind::First { first: out.len(), count: parts.count };
            runs[run].each_part::<WriteError>(parts, |term| out.push(term).map(drop))?;
        } else {
            interleave(runs, same, &mut merged, out, &mut numbers)?;
        }
    }
    while merged.peek().is_some() {
        share(&mut merged, out, &mut numbers)?;
    }
    Ok(numbers)
}

/// Writes the terms of groups with the same prefix, and the shared terms that begin with it.
fn interleave(
    runs: &[RunTerms],
    same: &[(&str, usize, usize)],
    merged: &mut Merged<'_>,
    out: &mut TermWriter,
    numbers: &mut [Numbers],
) -> Result<(), WriteError> {
    enum Origin {
        Part(usize, usize, usize),
        Shared(usize, u32),
    }
    let mut all: BTreeMap<Vec<u8>, Vec<Origin>> = BTreeMap::new();
    for &(_, run, group) in same {
        let mut place = 0;
        runs[run].each_part::<io::Error>(&runs[run].groups[group], |term| {
            all.entry(term.to_vec()).or_default().push(Origin::Part(run, group, place));
            place += 1;
            Ok(())
        })?;
        numbers[run].groups[group] = Behind::Each(vec![0; place]);
    }
    let prefix = same[0].0.as_bytes();
    let mut term = Vec::new();
    while merged.peek().is_some_and(|term| term.starts_with(prefix)) {
        let mut origins = Vec::new();
        merged.take(&mut term, |run, place| origins.push(Origin::Shared(run, place)))?;
        all.entry(term.clone()).or_default().extend(origins);
    }
    for (term, origins) in all {
        let id = out.push(&term)?;
        for origin in origins {
            match origin {
                Origin::Shared(run, place) => numbers[run].shared[place as usize] = id,
                Origin::Part(run, group, place) => {
                    if let Behind::Each(numbers) = &mut numbers[run].groups[group] {
                        numbers[place] = id;
                    }
                }
            }
        }
    }
    Ok(())
}

/// How a triple goes into eight bytes: what it is sorted by first goes by its place in the bucket, then
/// comes the property, then the other end.
#[derive(Debug, Clone, Copy)]
struct Packing {
    /// Numbers of terms that a bucket spans.
    span: u32,
    buckets: usize,
    property_bits: u32,
}

impl Packing {
    fn new(terms: u32, properties: usize, triples: usize) -> Self {
        let property_bits = usize::BITS - properties.leading_zeros();
        let widest = 1_u64 << (32 - property_bits);
        let wanted = triples.div_ceil(BUCKET).max(1) as u64;
        let span = u64::from(terms).div_ceil(wanted).clamp(1, widest) as u32;
        Self { span, buckets: (terms.div_ceil(span) as usize).max(1), property_bits }
    }

    fn pack(self, first: u32, property: u16, other: u32) -> (usize, u64) {
        let (bucket, place) = (first / self.span, first % self.span);
        (bucket as usize, (u64::from(place) << self.property_bits | u64::from(property)) << 32 | u64::from(other))
    }

    fn unpack(self, bucket: usize, packed: u64) -> (u32, u16, u32) {
        let head = packed >> 32;
        let place = (head >> self.property_bits) as u32;
        let property = (head & ((1 << self.property_bits) - 1)) as u16;
        (bucket as u32 * self.span + place, property, packed as u32)
    }
}

/// Triples in no order within a bucket, each bucket before the next.
struct Buckets<'s> {
    packing: Packing,
    scratch: &'s Scratch,
    extents: Vec<Mutex<Vec<Extent>>>,
}

impl<'s> Buckets<'s> {
    fn new(packing: Packing, scratch: &'s Scratch) -> Self {
        let extents = (0..packing.buckets).map(|_| Mutex::default()).collect();
        Self { packing, scratch, extents }
    }

    fn write(&self, bucket: usize, gathered: &mut Vec<u8>) -> io::Result<()> {
        lock(&self.extents[bucket]).push(self.scratch.append(gathered)?);
        gathered.clear();
        Ok(())
    }

    /// Calls `each` with the triples in order.
    fn each(&self, mut each: impl FnMut(u32, u16, u32) -> io::Result<()>) -> io::Result<()> {
        let (mut bytes, mut packed): (Vec<u8>, Vec<u64>) = (Vec::new(), Vec::new());
        for (bucket, extents) in self.extents.iter().enumerate() {
            let extents = lock(extents);
            packed.clear();
            // All triples of a class that everything has may be in one bucket: no more room than they need.
            packed.reserve_exact(extents.iter().map(Extent::len).sum::<usize>() / 8);
            for extent in extents.iter() {
                bytes.clear();
                self.scratch.read(*extent, &mut bytes)?;
                packed.extend(bytes.as_chunks::<8>().0.iter().map(|b| u64::from_le_bytes(*b)));
            }
            packed.sort_unstable();
            for triple in &packed {
                let (first, property, other) = self.packing.unpack(bucket, *triple);
                each(first, property, other)?;
            }
        }
        Ok(())
    }
}

/// What one thread has for the buckets.
struct Gathered<'b, 's> {
    buckets: &'b Buckets<'s>,
    bytes: Vec<Vec<u8>>,
}

impl<'b, 's> Gathered<'b, 's> {
    fn new(buckets: &'b Buckets<'s>) -> Self {
        Self { buckets, bytes: vec![Vec::new(); buckets.packing.buckets] }
    }

    #[inline]
    fn push(&mut self, first: u32, property: u16, other: u32) -> io::Result<()> {
        let (bucket, packed) = self.buckets.packing.pack(first, property, other);
        let bytes = &mut self.bytes[bucket];
        bytes.extend_from_slice(&packed.to_le_bytes());
        if bytes.len() >= 8 * GATHERED { self.buckets.write(bucket, bytes) } else { Ok(()) }
    }

    fn finish(mut self) -> io::Result<()> {
        for (bucket, bytes) in self.bytes.iter_mut().enumerate().filter(|(_, bytes)| !bytes.is_empty()) {
            self.buckets.write(bucket, bytes)?;
        }
        Ok(())
    }
}

/// Puts the triples of a run, by the numbers that its terms got, into the buckets.
fn scatter(
    run: &RunTriples,
    numbers: &Numbers,
    properties: &[(u32, usize)],
    by_subject: &Buckets<'_>,
    by_object: &Buckets<'_>,
) -> io::Result<()> {
    let parts = numbers.parts();
    let number = |place: Place| match place {
        Place::Part(place) => parts[place as usize],
        Place::Shared(place) => numbers.shared[place as usize],
    };
    let number_of = |(place, _): &(u32, usize)| {
        let term = numbers.shared[*place as usize];
        properties.partition_point(|(other, _)| *other < term) as u16
    };
    let property_numbers: Vec<u16> = run.properties.iter().map(number_of).collect();
    let (mut subjects, mut objects) = (Gathered::new(by_subject), Gathered::new(by_object));
    run.each_triple(|subject, property, object| {
        let (subject, object) = (number(subject), number(object));
        let property = property_numbers[usize::from(property)];
        subjects.push(subject, property, object)?;
        objects.push(object, property, subject)
    })?;
    subjects.finish()?;
    objects.finish()
}

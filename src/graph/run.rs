//! A sorted share of a graph on disk: its terms in order, and its triples by the terms' places.
//!
//! Terms are of two sorts. The parts of a work or of a file (paragraphs, citations, places) begin with
//! its IRI and `#`, stand in one run only, and come together in the order of all terms: a group of
//! them is merged as one. All others (literals, works, things) may stand in several runs.

use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::build::group;
use super::triples::{TermId, Terms};
use crate::front_coding;
use crate::positioned::{read_at, write_at};

/// Marks the number of a shared term.
const SHARED: u32 = 1 << 31;
/// Bytes of a triple: subject and object of four, property of two.
const TRIPLE: usize = 10;
/// Bytes that are read at once.
const BUFFER: usize = 1 << 16;

/// A file that several threads append to.
#[derive(Debug)]
pub(super) struct Scratch {
    file: File,
    end: AtomicU64,
}

/// A stretch of a scratch file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    at: u64,
    length: usize,
}

impl Extent {
    pub(super) fn len(&self) -> usize {
        self.length
    }
}

impl Scratch {
    /// A file without a name in `dir`, gone with its last user.
    pub(super) fn new(dir: &Path) -> io::Result<Self> {
        Ok(Self { file: tempfile::tempfile_in(dir)?, end: AtomicU64::new(0) })
    }

    pub(super) fn append(&self, data: &[u8]) -> io::Result<Extent> {
        let at = self.end.fetch_add(data.len() as u64, Ordering::Relaxed);
        write_at(&self.file, data, at)?;
        Ok(Extent { at, length: data.len() })
    }

    pub(super) fn read(&self, extent: Extent, into: &mut Vec<u8>) -> io::Result<()> {
        let from = into.len();
        into.resize(from + extent.length, 0);
        read_at(&self.file, &mut into[from..], extent.at)
    }
}

/// The parts of one work or file.
#[derive(Debug)]
pub(super) struct Group {
    /// What their spellings begin with.
    pub(super) prefix: String,
    pub(super) count: u32,
    /// The rest of their spellings, front-coded.
    rests: Extent,
}

/// The terms of a run.
#[derive(Debug)]
pub(super) struct RunTerms {
    scratch: Arc<Scratch>,
    /// In order of their prefixes.
    pub(super) groups: Vec<Group>,
    /// The shared terms, front-coded.
    shared: Extent,
    pub(super) shared_count: u32,
}

/// The triples of a run.
#[derive(Debug)]
pub(super) struct RunTriples {
    scratch: Arc<Scratch>,
    triples: Extent,
    /// The predicates, as places among the shared terms, each with its number of triples.
    pub(super) properties: Vec<(u32, usize)>,
}

/// Where runs are written: terms are done with before triples are.
#[derive(Debug, Clone)]
pub(super) struct RunFiles {
    terms: Arc<Scratch>,
    triples: Arc<Scratch>,
}

impl RunFiles {
    pub(super) fn new(dir: &Path) -> io::Result<Self> {
        Ok(Self { terms: Arc::new(Scratch::new(dir)?), triples: Arc::new(Scratch::new(dir)?) })
    }
}

/// A term of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// By its place among the parts.
    Part(u32),
    /// By its place among the shared terms.
    Shared(u32),
}

impl Place {
    fn of(code: u32) -> Self {
        if code & SHARED == 0 { Self::Part(code) } else { Self::Shared(code & !SHARED) }
    }
}

impl RunFiles {
    /// Writes triples as a run. `base` tells parts from other terms; without it all terms are shared.
    pub(super) fn write(
        &self,
        terms: &Terms,
        triples: &[[TermId; 3]],
        base: Option<&str>,
    ) -> io::Result<(RunTerms, RunTriples)> {
        let mut counts = vec![0_u32; terms.len()];
        let mut used = vec![false; terms.len()];
        for [subject, property, object] in triples {
            counts[*property as usize] += 1;
            for id in [subject, property, object] {
                used[*id as usize] = true;
            }
        }
        let mut groups: Vec<(&str, Vec<(u128, TermId)>)> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut shared = Vec::new();
        for id in (0..terms.len() as TermId).filter(|id| used[*id as usize]) {
            let spelling = terms.spelling(id);
            match base.and_then(|base| group(base, spelling)) {
                Some(prefix) => {
                    let place = match groups.last() {
                        Some((last, _)) if *last == prefix => groups.len() - 1,
                        _ => *places.entry(prefix).or_insert_with(|| {
                            groups.push((prefix, Vec::new()));
                            groups.len() - 1
                        }),
                    };
                    groups[place].1.push((key(&spelling[prefix.len()..]), id));
                }
                None => shared.push((key(spelling), id)),
            }
        }
        groups.sort_unstable_by_key(|(prefix, _)| *prefix);
        let mut codes = vec![0_u32; terms.len()];
        let (mut bytes, mut first) = (Vec::new(), 0);
        let mut written = Vec::with_capacity(groups.len());
        for (prefix, mut parts) in groups {
            let rest = |id: TermId| &terms.spelling(id)[prefix.len()..];
            parts.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| rest(a.1).cmp(rest(b.1))));
            bytes.clear();
            let mut last = "";
            for (place, (_, id)) in (first..).zip(&parts) {
                codes[*id as usize] = place;
                front_coding::push(&mut bytes, last.as_bytes(), rest(*id).as_bytes());
                last = rest(*id);
            }
            let count = parts.len() as u32;
            written.push(Group { prefix: prefix.to_owned(), count, rests: self.terms.append(&bytes)? });
            first += count;
        }
        shared.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| terms.spelling(a.1).cmp(terms.spelling(b.1))));
        bytes.clear();
        let mut properties = Vec::new();
        let mut numbers = vec![0_u16; terms.len()];
        let mut last = "";
        for (place, (_, id)) in (0..).zip(&shared) {
            codes[*id as usize] = SHARED | place;
            front_coding::push(&mut bytes, last.as_bytes(), terms.spelling(*id).as_bytes());
            last = terms.spelling(*id);
            if counts[*id as usize] > 0 {
                numbers[*id as usize] = u16::try_from(properties.len())
                    .map_err(|_| io::Error::other("more than 65,535 different properties"))?;
                properties.push((place, counts[*id as usize] as usize));
            }
        }
        let shared_extent = self.terms.append(&bytes)?;
        bytes.clear();
        bytes.reserve(triples.len() * TRIPLE);
        for [subject, property, object] in triples {
            bytes.extend_from_slice(&codes[*subject as usize].to_le_bytes());
            bytes.extend_from_slice(&codes[*object as usize].to_le_bytes());
            bytes.extend_from_slice(&numbers[*property as usize].to_le_bytes());
        }
        let run_terms = RunTerms {
            scratch: self.terms.clone(),
            groups: written,
            shared: shared_extent,
            shared_count: shared.len() as u32,
        };
        let triples = self.triples.append(&bytes)?;
        Ok((run_terms, RunTriples { scratch: self.triples.clone(), triples, properties }))
    }
}

impl RunTerms {
    /// Calls `each` with the whole spellings of a group's terms, in order.
    pub(super) fn each_part<E: From<io::Error>>(
        &self,
        group: &Group,
        mut each: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut bytes = Vec::new();
        self.scratch.read(group.rests, &mut bytes)?;
        let mut term = group.prefix.as_bytes().to_vec();
        let mut rest = &bytes[..];
        while !rest.is_empty() {
            front_coding::next(&mut rest, &mut term, group.prefix.len()).ok_or_else(broken)?;
            each(&term)?;
        }
        Ok(())
    }

    /// The shared terms, in order.
    pub(super) fn shared(&self) -> Shared<'_> {
        Shared {
            run: self,
            at: self.shared.at,
            end: self.shared.at + self.shared.length as u64,
            buffer: Vec::new(),
            from: 0,
        }
    }
}

impl RunTriples {
    /// Calls `each` with the triples: subject, property by its place in [`RunTriples::properties`], object.
    pub(super) fn each_triple(&self, mut each: impl FnMut(Place, u16, Place) -> io::Result<()>) -> io::Result<()> {
        let mut buffer = Vec::new();
        let (mut at, end) = (self.triples.at, self.triples.at + self.triples.length as u64);
        while at < end {
            buffer.clear();
            let length = ((end - at) as usize).min(BUFFER * TRIPLE);
            self.scratch.read(Extent { at, length }, &mut buffer)?;
            for triple in buffer.as_chunks::<TRIPLE>().0 {
                let [s0, s1, s2, s3, o0, o1, o2, o3, p0, p1] = *triple;
                let (subject, object) = (u32::from_le_bytes([s0, s1, s2, s3]), u32::from_le_bytes([o0, o1, o2, o3]));
                each(Place::of(subject), u16::from_le_bytes([p0, p1]), Place::of(object))?;
            }
            at += length as u64;
        }
        Ok(())
    }
}

/// The shared terms of a run while they are read.
#[derive(Debug)]
pub(super) struct Shared<'r> {
    run: &'r RunTerms,
    at: u64,
    end: u64,
    buffer: Vec<u8>,
    from: usize,
}

impl Shared<'_> {
    /// Turns `term`, the one before (or nothing), into the next; says whether there is one.
    pub(super) fn next(&mut self, term: &mut Vec<u8>) -> io::Result<bool> {
        loop {
            let mut rest = &self.buffer[self.from..];
            if front_coding::next(&mut rest, term, 0).is_some() {
                self.from = self.buffer.len() - rest.len();
                return Ok(true);
            }
            // The buffer ends within a term; a term may be longer than any buffer.
            if self.at == self.end {
                return if rest.is_empty() { Ok(false) } else { Err(broken()) };
            }
            self.fill()?;
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.buffer.drain(..self.from);
        self.from = 0;
        let length = BUFFER.min((self.end - self.at) as usize);
        self.run.scratch.read(Extent { at: self.at, length }, &mut self.buffer)?;
        self.at += length as u64;
        Ok(())
    }
}

/// The first bytes of a spelling, as a number in the same order: most terms are told apart by these.
fn key(spelling: &str) -> u128 {
    const HEAD: usize = 16;
    let mut head = [0; HEAD];
    let bytes = spelling.as_bytes();
    let length = bytes.len().min(HEAD);
    head[..length].copy_from_slice(&bytes[..length]);
    u128::from_be_bytes(head)
}

fn broken() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "a file of this build was changed while it was in use")
}

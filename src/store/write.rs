//! Writes a graph file: first the terms in order, then the triples in two orders; nothing is held in
//! memory but buffers and where each block of terms begins.

use std::fs::File;
use std::io;
use std::sync::{Mutex, PoisonError};

use super::bytes;
use super::format::{BLOCK, Damage, Header, PAGE, Property, Section};
use crate::checksum::checksum;
use crate::front_coding;
use crate::graph::Graph;
use crate::positioned;

/// Bytes that are gathered before they are written to a file.
const BUFFER: usize = 1 << 18;
/// Bytes for the buffers of all properties together: each writes two columns at places of its own.
const PROPERTY_BUFFERS: usize = 1 << 24;

/// Why a graph file cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The file cannot be written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The graph is larger than the format holds.
    #[error(transparent)]
    TooLarge(Damage),
}

/// Where the bytes go.
#[derive(Debug)]
pub enum Target {
    /// A file that is open for reading and writing.
    File(File),
    /// Memory.
    Memory(Mutex<Vec<u8>>),
}

impl Target {
    fn write_at(&self, at: u64, data: &[u8]) -> io::Result<()> {
        match self {
            Self::File(file) => positioned::write_at(file, data, at),
            Self::Memory(memory) => {
                let mut memory = memory.lock().unwrap_or_else(PoisonError::into_inner);
                let (start, end) = (at as usize, at as usize + data.len());
                if memory.len() < end {
                    memory.resize(end, 0);
                }
                memory[start..end].copy_from_slice(data);
                Ok(())
            }
        }
    }

    /// Makes the file `length` bytes long, and gives the sums of its pages.
    fn sums(&self, length: u64) -> io::Result<Vec<u64>> {
        match self {
            Self::File(file) => {
                file.set_len(length)?;
                bytes::sums_of_file(file, length as usize)
            }
            Self::Memory(memory) => {
                let mut memory = memory.lock().unwrap_or_else(PoisonError::into_inner);
                memory.resize(length as usize, 0);
                Ok(bytes::sums(&memory, length as usize))
            }
        }
    }
}

/// Bytes that go to one place after another.
#[derive(Debug)]
struct Stream {
    at: u64,
    buffer: Vec<u8>,
    most: usize,
}

impl Stream {
    fn new(at: u64, most: usize) -> Self {
        Self { at, buffer: Vec::new(), most }
    }

    #[inline]
    fn push(&mut self, target: &Target, data: &[u8]) -> io::Result<()> {
        self.buffer.extend_from_slice(data);
        if self.buffer.len() >= self.most { self.flush(target) } else { Ok(()) }
    }

    fn flush(&mut self, target: &Target) -> io::Result<()> {
        target.write_at(self.at, &self.buffer)?;
        self.at += self.buffer.len() as u64;
        self.buffer.clear();
        Ok(())
    }

    /// Where the next byte goes.
    fn end(&self) -> u64 {
        self.at + self.buffer.len() as u64
    }
}

/// The terms of a file that is being written.
#[derive(Debug)]
pub struct TermWriter {
    target: Target,
    dictionary: Stream,
    blocks: Vec<u64>,
    header: Header,
    last: Vec<u8>,
    scratch: Vec<u8>,
}

impl TermWriter {
    /// Begins a file; what the target holds already is written over.
    #[must_use]
    pub fn new(target: Target) -> Self {
        Self {
            target,
            dictionary: Stream::new(PAGE as u64, BUFFER),
            blocks: Vec::new(),
            header: Header::default(),
            last: Vec::new(),
            scratch: Vec::new(),
        }
    }

    /// How many terms were written: the number of the next.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.header.terms as u32
    }

    /// Whether none was written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.header.terms == 0
    }

    /// Appends a term, spelt as in N-Triples; each must come after the one before. Gives its number.
    ///
    /// # Errors
    /// When the file cannot be written, or there are too many.
    #[inline]
    pub fn push(&mut self, spelling: &[u8]) -> Result<u32, WriteError> {
        debug_assert!(self.last.is_empty() || *self.last < *spelling, "terms come in order");
        let id = u32::try_from(self.header.terms).ok().filter(|id| *id < u32::MAX - 1);
        let id = id.ok_or(WriteError::TooLarge(Damage::TooLarge))?;
        if self.header.terms.is_multiple_of(BLOCK as u64) {
            self.blocks.push(self.dictionary.end() - PAGE as u64);
            self.last.clear();
        }
        self.scratch.clear();
        front_coding::push(&mut self.scratch, &self.last, spelling);
        self.dictionary.push(&self.target, &self.scratch)?;
        self.last.clear();
        self.last.extend_from_slice(spelling);
        self.header.terms += 1;
        self.header.literals += u64::from(spelling.first() == Some(&b'"'));
        self.header.named += u64::from(spelling.first() != Some(&b'_'));
        Ok(id)
    }

    /// Goes on to the triples; `properties` are the numbers of the terms that are predicates, in
    /// order, each with how many triples it has.
    ///
    /// # Errors
    /// When the file cannot be written, or there are too many.
    pub fn triples(mut self, properties: &[(u32, usize)]) -> Result<TripleWriter, WriteError> {
        let too_large = || WriteError::TooLarge(Damage::TooLarge);
        let triples: usize = properties.iter().map(|(_, count)| count).sum();
        let triples = u32::try_from(triples).ok().filter(|n| *n < u32::MAX).ok_or_else(too_large)?;
        if properties.len() > usize::from(u16::MAX) {
            return Err(too_large());
        }
        self.dictionary.flush(&self.target)?;
        let mut header = self.header;
        let dictionary = self.dictionary.end() - PAGE as u64;
        self.blocks.push(dictionary);
        header.triples = u64::from(triples);
        header.properties = properties.len() as u64;
        let mut at = PAGE as u64;
        for section in Section::ALL {
            let length = match section {
                Section::Dictionary => dictionary,
                Section::Blocks => 8 * self.blocks.len() as u64,
                Section::Properties => (Property::SIZE * properties.len()) as u64,
                Section::SubjectAt => 4 * (header.terms - header.literals + 1),
                Section::ObjectAt => 4 * (header.terms + 1),
                Section::SubjectProperty | Section::ObjectProperty => 2 * header.triples,
                Section::SubjectObject | Section::ObjectSubject => 4 * header.triples,
                Section::PropertyObject | Section::PropertySubject => 4 * header.triples,
                Section::Sums => 8 * (at.div_ceil(PAGE as u64) - 1),
            };
            header.sections[section as usize] = (at, length);
            at = (at + length).next_multiple_of(8);
            if section == Section::Sums {
                header.length = header.sections[section as usize].0 + length;
            }
        }
        let place = |section: Section| header.sections[section as usize].0;
        let mut blocks = Stream::new(place(Section::Blocks), BUFFER);
        for block in &self.blocks {
            blocks.push(&self.target, &block.to_le_bytes())?;
        }
        blocks.flush(&self.target)?;
        let each = (PROPERTY_BUFFERS / 2 / properties.len().max(1)).clamp(64, BUFFER);
        let (mut table, mut by_property, mut start) = (Vec::new(), Vec::new(), 0);
        for &(term, count) in properties {
            let offset = 4 * u64::from(start);
            by_property.push([
                Stream::new(place(Section::PropertyObject) + offset, each),
                Stream::new(place(Section::PropertySubject) + offset, each),
            ]);
            // The sum of all counts is a number of four bytes.
            let count = count as u32;
            table.push(Property { term, start, count, subjects: 0, objects: 0 });
            start += count;
        }
        let column = |section: Section| Stream::new(place(section), BUFFER);
        Ok(TripleWriter {
            subjects: Side::new(header.literals as u32, Section::ALL[3..6].iter().map(|s| column(*s))),
            objects: Side::new(0, Section::ALL[6..9].iter().map(|s| column(*s))),
            target: self.target,
            header,
            properties: table,
            by_property,
        })
    }
}

/// Triples by one of their ends: where those of each term begin, and two columns.
#[derive(Debug)]
struct Side {
    /// Next term whose beginning is to be written.
    next: u32,
    count: u32,
    last: Option<(u32, u16)>,
    at: Stream,
    property: Stream,
    other: Stream,
}

impl Side {
    fn new(first: u32, columns: impl Iterator<Item = Stream>) -> Self {
        let mut columns = columns;
        let mut column = || columns.next().unwrap_or_else(|| Stream::new(0, 0));
        Self { next: first, count: 0, last: None, at: column(), property: column(), other: column() }
    }

    /// Appends a triple; says whether term and property were not together before.
    #[inline]
    fn push(&mut self, target: &Target, term: u32, property: u16, other: u32) -> io::Result<bool> {
        self.begin(target, term)?;
        self.property.push(target, &property.to_le_bytes())?;
        self.other.push(target, &other.to_le_bytes())?;
        self.count += 1;
        Ok(self.last.replace((term, property)) != Some((term, property)))
    }

    /// Writes where the triples begin of all terms to this one.
    #[inline]
    fn begin(&mut self, target: &Target, term: u32) -> io::Result<()> {
        while self.next <= term {
            self.at.push(target, &self.count.to_le_bytes())?;
            self.next += 1;
        }
        Ok(())
    }

    fn finish(&mut self, target: &Target, terms: u32) -> io::Result<()> {
        self.begin(target, terms)?;
        [&mut self.at, &mut self.property, &mut self.other].into_iter().try_for_each(|stream| stream.flush(target))
    }
}

/// The triples of a file that is being written, in two orders, which two threads may write side by
/// side. A property goes by its place among the properties.
#[derive(Debug)]
pub struct TripleWriter {
    target: Target,
    header: Header,
    properties: Vec<Property>,
    subjects: Side,
    objects: Side,
    by_property: Vec<[Stream; 2]>,
}

/// Triples in order of subject, property, object.
#[derive(Debug)]
pub struct BySubject<'w> {
    target: &'w Target,
    side: &'w mut Side,
    /// How many subjects each property has.
    different: Vec<u32>,
}

/// Triples in order of object, property, subject.
#[derive(Debug)]
pub struct ByObject<'w> {
    target: &'w Target,
    side: &'w mut Side,
    by_property: &'w mut [[Stream; 2]],
    /// How many objects each property has.
    different: Vec<u32>,
}

impl BySubject<'_> {
    /// Appends a triple, each once.
    ///
    /// # Errors
    /// When the file cannot be written.
    #[inline]
    pub fn push(&mut self, subject: u32, property: u16, object: u32) -> io::Result<()> {
        let is_new = self.side.push(self.target, subject, property, object)?;
        self.different[usize::from(property)] += u32::from(is_new);
        Ok(())
    }
}

impl ByObject<'_> {
    /// Appends a triple, each once.
    ///
    /// # Errors
    /// When the file cannot be written.
    #[inline]
    pub fn push(&mut self, object: u32, property: u16, subject: u32) -> io::Result<()> {
        let is_new = self.side.push(self.target, object, property, subject)?;
        self.different[usize::from(property)] += u32::from(is_new);
        let [objects, subjects] = &mut self.by_property[usize::from(property)];
        objects.push(self.target, &object.to_le_bytes())?;
        subjects.push(self.target, &subject.to_le_bytes())
    }
}

impl TripleWriter {
    /// Writes the triples by two functions, each of which is given one order to write in full.
    ///
    /// # Errors
    /// When one of them fails.
    pub fn write<E: From<io::Error> + Send>(
        &mut self,
        by_subject: impl FnOnce(&mut BySubject<'_>) -> Result<(), E> + Send,
        by_object: impl FnOnce(&mut ByObject<'_>) -> Result<(), E> + Send,
    ) -> Result<(), E> {
        let Self { target, properties, subjects, objects, by_property, .. } = self;
        let mut first = BySubject { target, side: subjects, different: vec![0; properties.len()] };
        let mut second = ByObject { target, side: objects, by_property, different: vec![0; properties.len()] };
        let (one, other) = rayon::join(|| by_subject(&mut first), || by_object(&mut second));
        one?;
        other?;
        for (property, (subjects, objects)) in properties.iter_mut().zip(first.different.iter().zip(&second.different))
        {
            (property.subjects, property.objects) = (*subjects, *objects);
        }
        Ok(())
    }

    /// Completes the file. It is not flushed to the disk.
    ///
    /// # Errors
    /// When the file cannot be written, or the triples were not as many as announced.
    pub fn finish(mut self) -> Result<Target, WriteError> {
        for count in [self.subjects.count, self.objects.count] {
            let said = self.header.triples;
            if u64::from(count) != said {
                return Err(io::Error::other(format!("{count} triples where {said} were counted")).into());
            }
        }
        let target = &self.target;
        let terms = self.header.terms as u32;
        self.subjects.finish(target, terms)?;
        self.objects.finish(target, terms)?;
        for stream in self.by_property.iter_mut().flatten() {
            stream.flush(target)?;
        }
        let place = |section: Section| self.header.sections[section as usize].0;
        let table: Vec<u8> = self.properties.iter().flat_map(|p| p.to_bytes()).collect();
        target.write_at(place(Section::Properties), &table)?;
        let at = place(Section::Sums);
        let sums: Vec<u8> = target.sums(at)?.iter().flat_map(|sum| sum.to_le_bytes()).collect();
        self.header.sums = checksum(&sums);
        target.write_at(at, &sums)?;
        target.write_at(0, &self.header.to_page())?;
        Ok(self.target)
    }
}

/// A graph as the bytes of a file.
///
/// # Errors
/// When it is larger than the format holds.
pub fn encode(graph: &Graph) -> Result<Vec<u8>, WriteError> {
    match write(graph, Target::Memory(Mutex::default()))? {
        Target::Memory(bytes) => Ok(bytes.into_inner().unwrap_or_else(PoisonError::into_inner)),
        Target::File(_) => unreachable!("what is written to memory stays there"),
    }
}

/// Writes a whole graph.
pub(super) fn write(graph: &Graph, target: Target) -> Result<Target, WriteError> {
    let mut terms = TermWriter::new(target);
    for term in &graph.terms {
        terms.push(term.as_bytes())?;
    }
    let mut counts = vec![0_usize; graph.terms.len()];
    for [_, property, _] in &graph.triples {
        counts[*property as usize] += 1;
    }
    let properties: Vec<(u32, usize)> = (0..).zip(counts.iter().copied()).filter(|(_, count)| *count > 0).collect();
    let mut numbers = vec![0_u16; graph.terms.len()];
    for (number, (term, _)) in (0..).zip(&properties) {
        numbers[*term as usize] = number;
    }
    let mut triples = terms.triples(&properties)?;
    triples.write::<io::Error>(
        |out| graph.triples.iter().try_for_each(|&[s, p, o]| out.push(s, numbers[p as usize], o)),
        |out| {
            let mut turned: Vec<_> = graph.triples.iter().map(|[s, p, o]| (*o, numbers[*p as usize], *s)).collect();
            turned.sort_unstable();
            turned.into_iter().try_for_each(|(object, property, subject)| out.push(object, property, subject))
        },
    )?;
    triples.finish()
}

/// Makes every checksum of a file right again, whatever its bytes now say.
#[cfg(test)]
pub(super) fn seal(data: &mut Vec<u8>) {
    let at = 8 * (1 + 6 + 2 * Section::Sums as usize);
    let place = u64::from_le_bytes(data[at..at + 8].try_into().expect("eight bytes")) as usize;
    if place > data.len() || place < PAGE {
        return;
    }
    let sums: Vec<u8> = bytes::sums(data, place).iter().flat_map(|sum| sum.to_le_bytes()).collect();
    data.truncate(place);
    data.extend(&sums);
    let end = 8 * (1 + 6 + 2 * 12);
    data[end..end + 8].copy_from_slice(&checksum(&sums).to_le_bytes());
    let head = checksum(&data[..end + 8]);
    data[end + 8..end + 16].copy_from_slice(&head.to_le_bytes());
}

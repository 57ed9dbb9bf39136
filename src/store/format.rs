//! The layout of a graph file: what stands where, and how damage is told.
//!
//! A header of one page, then sections. Every number is little-endian; a section begins at a multiple
//! of eight. With T terms, N triples, P properties (the terms that are predicates), B blocks of terms:
//!
//! | section | holds |
//! |---|---|
//! | `Dictionary` | the terms in order of spelling, front-coded in blocks of sixteen |
//! | `Blocks` | where each block begins and the last one ends: B + 1 numbers of 8 bytes |
//! | `Properties` | a [`Property`] each, in order of spelling |
//! | `SubjectAt` | for each IRI and blank node, where its triples begin in the next two: T - literals + 1 numbers of 4 bytes |
//! | `SubjectProperty`, `SubjectObject` | the triples by subject, property, object: N numbers of 2 and of 4 bytes |
//! | `ObjectAt` | for each term, where the triples with it as object begin in the next two: T + 1 numbers of 4 bytes |
//! | `ObjectProperty`, `ObjectSubject` | the triples by object, property, subject |
//! | `PropertyObject`, `PropertySubject` | the triples by property, object, subject; where each property's begin stands in `Properties` |
//! | `Sums` | a checksum of each page of the file but the first and these |
//!
//! The header holds a checksum of itself and of `Sums`, so that opening reads a few pages only; every
//! other page is held against its sum when it is first read.

use crate::checksum::checksum;

/// Bytes that a checksum is for.
pub(super) const PAGE: usize = 1 << 14;
/// Terms in a block of the dictionary.
pub(super) const BLOCK: usize = 16;
/// The last byte is the version of the format.
const MAGIC: [u8; 8] = *b"RESOGR\x00\x02";
const NUMBERS: usize = 6;
/// Magic, numbers, sections, sum of the sums, sum of the header.
const HEADER: usize = 8 * (1 + NUMBERS + 2 * SECTIONS + 2);
const SECTIONS: usize = 12;

/// A fault in the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// Other bytes.
    #[error("it is not a graph of this version of resograph")]
    NotAGraph,
    /// Fewer or more bytes than it says.
    #[error("it is cut off or longer than it says")]
    WrongLength,
    /// The bytes are not those written.
    #[error("its checksum is wrong")]
    WrongChecksum,
    /// Bytes that were written like this, by whatever wrote them, but cannot be.
    #[error("it contradicts itself")]
    Contradiction,
    /// More than the format holds.
    #[error("the graph is too large for one file: more than 4,294,967,294 triples or names, or 65,535 properties")]
    TooLarge,
}

/// Parts of the file, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Dictionary,
    Blocks,
    Properties,
    SubjectAt,
    SubjectProperty,
    SubjectObject,
    ObjectAt,
    ObjectProperty,
    ObjectSubject,
    PropertyObject,
    PropertySubject,
    Sums,
}

impl Section {
    pub(super) const ALL: [Self; SECTIONS] = [
        Self::Dictionary,
        Self::Blocks,
        Self::Properties,
        Self::SubjectAt,
        Self::SubjectProperty,
        Self::SubjectObject,
        Self::ObjectAt,
        Self::ObjectProperty,
        Self::ObjectSubject,
        Self::PropertyObject,
        Self::PropertySubject,
        Self::Sums,
    ];
}

/// A property, with what the planning of queries wants to know of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Property {
    /// The number of its term.
    pub term: u32,
    /// Where its triples begin among those by property.
    pub start: u32,
    /// How many triples it is in.
    pub count: u32,
    /// How many different subjects they have.
    pub subjects: u32,
    /// How many different objects.
    pub objects: u32,
}

impl Property {
    pub(super) const SIZE: usize = 20;

    pub(super) fn to_bytes(self) -> [u8; Self::SIZE] {
        let mut bytes = [0; Self::SIZE];
        let numbers = [self.term, self.start, self.count, self.subjects, self.objects];
        for (place, number) in bytes.as_chunks_mut::<4>().0.iter_mut().zip(numbers) {
            *place = number.to_le_bytes();
        }
        bytes
    }

    pub(super) fn from_bytes(bytes: &[u8; Self::SIZE]) -> Self {
        let number = |n: usize| u32::from_le_bytes(bytes.as_chunks::<4>().0[n]);
        Self { term: number(0), start: number(1), count: number(2), subjects: number(3), objects: number(4) }
    }
}

/// The first page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Header {
    /// Bytes of the whole file.
    pub(super) length: u64,
    pub(super) terms: u64,
    /// How many terms are literals; these come first.
    pub(super) literals: u64,
    /// How many are literals or IRIs; blank nodes come last.
    pub(super) named: u64,
    pub(super) triples: u64,
    pub(super) properties: u64,
    /// Where each section begins, and its bytes.
    pub(super) sections: [(u64, u64); SECTIONS],
    /// Checksum of the section `Sums`.
    pub(super) sums: u64,
}

impl Header {
    pub(super) fn to_page(self) -> Vec<u8> {
        let mut page = Vec::with_capacity(PAGE);
        page.extend(MAGIC);
        let numbers = [self.length, self.terms, self.literals, self.named, self.triples, self.properties];
        let sections = self.sections.into_iter().flat_map(|(at, length)| [at, length]);
        page.extend(numbers.into_iter().chain(sections).chain([self.sums]).flat_map(u64::to_le_bytes));
        page.extend(checksum(&page).to_le_bytes());
        page.resize(PAGE, 0);
        page
    }

    /// Reads the header of a file of `length` bytes and holds it against itself: every section lies
    /// within the file, and has the size that the numbers of terms and triples give.
    pub(super) fn read(page: &[u8], length: usize) -> Result<Self, Damage> {
        if page.get(..8) != Some(&MAGIC) {
            return Err(Damage::NotAGraph);
        }
        let head = page.get(..HEADER).ok_or(Damage::WrongLength)?;
        let number = |n: usize| u64::from_le_bytes(head.as_chunks::<8>().0[n]);
        if checksum(&head[..HEADER - 8]) != number(HEADER / 8 - 1) {
            return Err(Damage::WrongChecksum);
        }
        if page.get(HEADER..PAGE).ok_or(Damage::WrongLength)?.iter().any(|byte| *byte != 0) {
            return Err(Damage::WrongChecksum);
        }
        let mut sections = [(0, 0); SECTIONS];
        for (n, section) in sections.iter_mut().enumerate() {
            *section = (number(1 + NUMBERS + 2 * n), number(2 + NUMBERS + 2 * n));
        }
        let header = Self {
            length: number(1),
            terms: number(2),
            literals: number(3),
            named: number(4),
            triples: number(5),
            properties: number(6),
            sections,
            sums: number(HEADER / 8 - 2),
        };
        if header.length != length as u64 {
            return Err(Damage::WrongLength);
        }
        header.check().ok_or(Damage::Contradiction)?;
        Ok(header)
    }

    fn check(&self) -> Option<()> {
        let held = |condition: bool| condition.then_some(());
        let (terms, triples) = (self.terms, self.triples);
        held(self.literals <= self.named && self.named <= terms)?;
        held(terms < u64::from(u32::MAX) && triples < u64::from(u32::MAX) && self.properties <= u64::from(u16::MAX))?;
        let sums = self.sections[Section::Sums as usize].0;
        for section in Section::ALL {
            let (at, length) = self.sections[section as usize];
            held(at >= PAGE as u64 && at % 8 == 0 && at.checked_add(length)? <= self.length)?;
            let expected = match section {
                Section::Dictionary => length,
                Section::Blocks => 8 * (terms.div_ceil(BLOCK as u64) + 1),
                Section::Properties => Property::SIZE as u64 * self.properties,
                Section::SubjectAt => 4 * (terms - self.literals + 1),
                Section::ObjectAt => 4 * (terms + 1),
                Section::SubjectProperty | Section::ObjectProperty => 2 * triples,
                Section::SubjectObject | Section::ObjectSubject => 4 * triples,
                Section::PropertyObject | Section::PropertySubject => 4 * triples,
                Section::Sums => 8 * (sums.div_ceil(PAGE as u64) - 1),
            };
            held(length == expected)?;
        }
        Some(())
    }
}

//! The bytes of a graph file, in memory or mapped: each page is held against its checksum when it is
//! first read, so that opening costs nothing and no damage goes unnoticed.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::checksum::checksum;
use crate::positioned;

use super::format::{Damage, Header, PAGE, Section};

/// Bytes of a file that are read at once.
const STRETCH: usize = 64 * PAGE;

/// The bytes of a file that is not changed while it is open.
#[derive(Debug)]
enum Data {
    Owned(Vec<u8>),
    Mapped(memmap2::Mmap),
}

impl Data {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Owned(bytes) => bytes,
            Self::Mapped(map) => map,
        }
    }
}

/// Maps a file. The only unsafe code of the crate.
#[allow(unsafe_code, reason = "a mapped file is the one way to open gigabytes in no time")]
fn map(file: &File) -> io::Result<memmap2::Mmap> {
    // SAFETY: the slice of a map is sound as long as nobody changes the file under it. A graph file
    // is written aside under a name that no other build uses, brought into use by renaming, and
    // never opened for writing again; a build removes it, but a file that is mapped stays until the
    // map goes. Every read is an ordinary bounds-checked read of a `&[u8]`, and what is read is held
    // against checksums. What remains is another program that writes into the folder by itself:
    // shortening the file then ends this process by SIGBUS, as it does for every program that maps.
    unsafe { memmap2::Mmap::map(file) }
}

/// A file with what its header says.
#[derive(Debug)]
pub(super) struct Bytes {
    data: Data,
    pub(super) header: Header,
    /// A bit for each page that was found to be whole.
    whole: Box<[AtomicU64]>,
}

impl Bytes {
    /// # Errors
    /// When the file cannot be mapped.
    pub(super) fn open(file: &File) -> io::Result<Result<Self, Damage>> {
        // What is too short to be mapped is too short for a header.
        if file.metadata()?.len() < PAGE as u64 {
            let mut data = Vec::new();
            io::Read::read_to_end(&mut &*file, &mut data)?;
            return Ok(Self::of(data));
        }
        Ok(Self::new(Data::Mapped(map(file)?)))
    }

    pub(super) fn of(data: Vec<u8>) -> Result<Self, Damage> {
        Self::new(Data::Owned(data))
    }

    fn new(data: Data) -> Result<Self, Damage> {
        let bytes = data.bytes();
        let header = Header::read(bytes.get(..PAGE).unwrap_or(bytes), bytes.len())?;
        let pages = bytes.len().div_ceil(PAGE);
        let whole = (0..pages.div_ceil(64)).map(|_| AtomicU64::new(0)).collect();
        let file = Self { data, header, whole };
        let (at, length) = file.place(Section::Sums);
        if checksum(&file.data.bytes()[at..at + length]) != header.sums {
            return Err(Damage::WrongChecksum);
        }
        // The first page and the sums have just been checked; the page that the sums begin in has a sum.
        for page in std::iter::once(0).chain(at.div_ceil(PAGE)..pages) {
            file.whole[page / 64].fetch_or(1 << (page % 64), Ordering::Relaxed);
        }
        Ok(file)
    }

    /// All bytes as they are, unchecked.
    pub(super) fn raw(&self) -> &[u8] {
        self.data.bytes()
    }

    /// Where a section begins, and its length; the header was checked to lie within the file.
    pub(super) fn place(&self, section: Section) -> (usize, usize) {
        let (at, length) = self.header.sections[section as usize];
        (at as usize, length as usize)
    }

    /// Bytes of a section.
    #[inline]
    pub(super) fn slice(&self, section: Section, range: Range<usize>) -> Result<&[u8], Damage> {
        let (at, length) = self.place(section);
        if range.start > range.end || range.end > length {
            return Err(Damage::Contradiction);
        }
        let (from, to) = (at + range.start, at + range.end);
        if from < to {
            for page in from / PAGE..=(to - 1) / PAGE {
                self.check(page)?;
            }
        }
        Ok(&self.data.bytes()[from..to])
    }

    /// A number of four bytes of a section.
    #[inline]
    pub(super) fn u32(&self, section: Section, n: usize) -> Result<u32, Damage> {
        let bytes = self.slice(section, 4 * n..4 * n + 4)?;
        bytes.first_chunk().map(|b| u32::from_le_bytes(*b)).ok_or(Damage::Contradiction)
    }

    /// A number of two bytes of a section.
    #[inline]
    pub(super) fn u16(&self, section: Section, n: usize) -> Result<u16, Damage> {
        let bytes = self.slice(section, 2 * n..2 * n + 2)?;
        bytes.first_chunk().map(|b| u16::from_le_bytes(*b)).ok_or(Damage::Contradiction)
    }

    /// A number of eight bytes of a section, as a place in memory.
    #[inline]
    pub(super) fn u64(&self, section: Section, n: usize) -> Result<usize, Damage> {
        let bytes = self.slice(section, 8 * n..8 * n + 8)?;
        let number = bytes.first_chunk().map(|b| u64::from_le_bytes(*b)).ok_or(Damage::Contradiction)?;
        usize::try_from(number).map_err(|_| Damage::Contradiction)
    }

    #[inline]
    fn check(&self, page: usize) -> Result<(), Damage> {
        let mark = 1 << (page % 64);
        if self.whole[page / 64].load(Ordering::Relaxed) & mark != 0 {
            return Ok(());
        }
        self.check_first(page, mark)
    }

    #[cold]
    fn check_first(&self, page: usize, mark: u64) -> Result<(), Damage> {
        let bytes = self.data.bytes();
        let (sums, length) = self.place(Section::Sums);
        let sum = bytes[sums..sums + length].as_chunks::<8>().0.get(page - 1).ok_or(Damage::Contradiction)?;
        if checksum(page_of(bytes, page, sums)) != u64::from_le_bytes(*sum) {
            return Err(Damage::WrongChecksum);
        }
        self.whole[page / 64].fetch_or(mark, Ordering::Relaxed);
        Ok(())
    }
}

/// The bytes of a page that its sum is of: those before the sums themselves.
fn page_of(bytes: &[u8], page: usize, sums: usize) -> &[u8] {
    &bytes[page * PAGE..((page + 1) * PAGE).min(sums)]
}

/// The sums of all pages but the first of a file whose sums are to begin at `sums`.
pub(super) fn sums(bytes: &[u8], sums: usize) -> Vec<u64> {
    use rayon::prelude::*;
    (1..sums.div_ceil(PAGE)).into_par_iter().map(|page| checksum(page_of(bytes, page, sums))).collect()
}

/// The sums of a file that is being written. It is read, not mapped: what is mapped counts as memory
/// in use, and this is all of the file.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn sums_of_file(file: &File, at: usize) -> io::Result<Vec<u64>> {
    use rayon::prelude::*;
    let starts: Vec<usize> = (PAGE..at).step_by(STRETCH).collect();
    let stretches = starts.into_par_iter().map_init(Vec::new, |buffer, start| {
        buffer.resize(STRETCH.min(at - start), 0);
        positioned::read_at(file, buffer, start as u64)?;
        Ok(buffer.chunks(PAGE).map(checksum).collect::<Vec<u64>>())
    });
    let sums: Vec<Vec<u64>> = stretches.collect::<io::Result<_>>()?;
    Ok(sums.concat())
}

//! Contributions on disk: a build writes what each file contributes, and the next build reads it again
//! instead of the files that have not changed.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Serialize};

use super::contribution::Contribution;
use crate::checksum::checksum;
use crate::positioned::{read_at, write_at};

/// Contributions in one file.
#[derive(Debug)]
pub struct Kept {
    file: File,
    end: AtomicU64,
}

/// Where a contribution stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptAt {
    at: u64,
    length: u64,
    sum: u64,
}

/// A contribution as it is kept.
#[derive(Debug)]
pub struct Packed(Vec<u8>);

impl Packed {
    /// # Errors
    /// Never, but for a fault in the serialisation.
    pub fn of(share: &Contribution) -> io::Result<Self> {
        postcard::to_stdvec(share).map(Self).map_err(io::Error::other)
    }
}

impl Kept {
    /// An empty file at `path`.
    ///
    /// # Errors
    /// When it cannot be created.
    pub fn create(path: &Path) -> io::Result<Self> {
        let file = File::options().read(true).write(true).create(true).truncate(true).open(path)?;
        Ok(Self { file, end: AtomicU64::new(0) })
    }

    /// What an earlier build kept at `path`.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let end = AtomicU64::new(file.metadata()?.len());
        Ok(Self { file, end })
    }

    /// Appends a contribution.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn push(&self, Packed(bytes): &Packed) -> io::Result<KeptAt> {
        let length = bytes.len() as u64;
        let at = self.end.fetch_add(length, Ordering::Relaxed);
        write_at(&self.file, bytes, at)?;
        Ok(KeptAt { at, length, sum: checksum(bytes) })
    }

    /// Reads the bytes of a contribution.
    ///
    /// # Errors
    /// When they are not there, or not those written.
    pub fn packed(&self, place: KeptAt) -> io::Result<Packed> {
        let end = self.end.load(Ordering::Relaxed);
        if place.at.checked_add(place.length).is_none_or(|last| last > end) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut bytes = vec![0; place.length as usize];
        read_at(&self.file, &mut bytes, place.at)?;
        if checksum(&bytes) != place.sum {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a contribution is not what was kept"));
        }
        Ok(Packed(bytes))
    }

    /// Reads a contribution.
    ///
    /// # Errors
    /// When it is not there, or not what was written.
    pub fn read(&self, place: KeptAt) -> io::Result<Contribution> {
        let Packed(bytes) = self.packed(place)?;
        postcard::from_bytes(&bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
    }
}

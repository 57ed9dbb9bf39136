//! The file of changes: a head, then one record a request.
//!
//! A record is its length, a checksum, and an [`Edit`] with the name of the graph version that it was
//! made on. It is written and flushed before anybody is told of it. What a writer that was killed left
//! unfinished at the end is cut off by the next writer; readers read no further than they are told, or
//! than records are whole. A journal that is written anew gets another number, by which readers see
//! that what they have read is not its beginning.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::edit::Edit;
use crate::checksum::checksum;
use crate::positioned;
use crate::store::index::Damage;
use crate::store::{StoreError, flush_folder, io_error};

/// The journal, beside the file that names the graph in use.
pub(super) const FILE: &str = "changes";
/// What one writer at a time holds.
const LOCK: &str = "changes.lock";
/// The last byte is the version of the format.
const MAGIC: [u8; 8] = *b"RESOCHG\x01";
/// Magic, and the number of the journal.
const HEAD: u64 = 16;
/// Length and checksum of a record.
const RECORD_HEAD: u64 = 16;
/// A journal that is shorter is left as it is.
const SHORT: u64 = 16 << 20;
/// A journal may be as many times as long as it was when it was last written anew.
const GROWTH: u64 = 4;
/// Bytes of changes to one graph.
const LARGEST: u64 = 1 << 30;

/// A place in a journal: records before it have happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Which journal: another each time that it is written anew.
    pub number: u64,
    /// Bytes of it.
    pub offset: u64,
}

/// A record as read.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) version: String,
    pub(super) edit: Edit,
}

/// What stands at a place of a journal.
enum At {
    Payload(Vec<u8>),
    /// Nothing, or the beginning of a record that was never finished.
    End,
}

fn damaged(path: &Path) -> StoreError {
    StoreError::ChangesDamaged { path: path.to_owned() }
}

fn number_of(file: &File, path: &Path) -> Result<u64, StoreError> {
    let mut head = [0; HEAD as usize];
    positioned::read_at(file, &mut head, 0).map_err(io_error(path, "cannot be read"))?;
    let (magic, number) = head.split_at(8);
    if magic != MAGIC {
        return Err(damaged(path));
    }
    Ok(number.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes)))
}

/// The payload of the record at `offset` of a file of `length` bytes.
fn record_at(file: &File, path: &Path, offset: u64, length: u64) -> Result<At, StoreError> {
    let unreadable = || io_error(path, "cannot be read");
    if offset + RECORD_HEAD > length {
        return Ok(At::End);
    }
    let mut head = [0; RECORD_HEAD as usize];
    positioned::read_at(file, &mut head, offset).map_err(unreadable())?;
    let word = |n: usize| u64::from_le_bytes(head.as_chunks::<8>().0[n]);
    let (size, sum) = (word(0), word(1));
    let end = (offset + RECORD_HEAD).checked_add(size);
    let Some(end) = end.filter(|end| *end <= length) else { return Ok(At::End) };
    let mut payload = vec![0; size as usize];
    positioned::read_at(file, &mut payload, offset + RECORD_HEAD).map_err(unreadable())?;
    if size > 0 && checksum(&payload) == sum {
        return Ok(At::Payload(payload));
    }
    // The last record, or room that the system gave and nothing was written to. Otherwise more was
    // recorded after it: it was whole once.
    if end == length || rest_is_empty(file, offset, length).map_err(unreadable())? {
        return Ok(At::End);
    }
    Err(damaged(path))
}

fn rest_is_empty(file: &File, mut at: u64, length: u64) -> io::Result<bool> {
    let mut buffer = vec![0; 1 << 16];
    while at < length {
        let part = (length - at).min(buffer.len() as u64) as usize;
        positioned::read_at(file, &mut buffer[..part], at)?;
        if buffer[..part].iter().any(|byte| *byte != 0) {
            return Ok(false);
        }
        at += part as u64;
    }
    Ok(true)
}

/// Whether there is a journal in `dir`.
pub(in crate::store) fn exists(dir: &Path) -> bool {
    dir.join(FILE).exists()
}

/// Reads a journal as it grows.
#[derive(Debug)]
pub(super) struct Reader {
    path: PathBuf,
    file: File,
    position: Position,
}

impl Reader {
    /// Opens the journal in `dir`, if there is one.
    pub(super) fn open(dir: &Path) -> Result<Option<Self>, StoreError> {
        let path = dir.join(FILE);
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(io_error(&path, "cannot be read")(error)),
        };
        let position = Position { number: number_of(&file, &path)?, offset: HEAD };
        Ok(Some(Self { path, file, position }))
    }

    /// Up to where it was read.
    pub(super) fn position(&self) -> Position {
        self.position
    }

    /// Whether it reads the journal that a position is of; without one, that it is still the one in use.
    pub(super) fn is_of(&self, position: Option<Position>) -> bool {
        match position {
            Some(position) => position.number == self.position.number,
            None => File::open(&self.path).is_ok_and(|f| number_of(&f, &self.path).ok() == Some(self.position.number)),
        }
    }

    /// Holds as read what comes before a position.
    pub(super) fn skip_to(&mut self, position: Position) {
        self.position = position;
    }

    /// The next record before a position or, where that is of another journal or not given, the end.
    pub(super) fn next(&mut self, upto: Option<Position>) -> Result<Option<Record>, StoreError> {
        let length = self.file.metadata().map_err(io_error(&self.path, "cannot be read"))?.len();
        let told = upto.filter(|upto| upto.number == self.position.number).map(|upto| upto.offset);
        if told.is_some_and(|told| told <= self.position.offset) {
            return Ok(None);
        }
        let At::Payload(payload) = record_at(&self.file, &self.path, self.position.offset, length)? else {
            // What was promised to be there must be.
            return if told.is_some() { Err(damaged(&self.path)) } else { Ok(None) };
        };
        let (edit, version) = Edit::from_bytes(&payload).map_err(|_| damaged(&self.path))?;
        self.position.offset += RECORD_HEAD + payload.len() as u64;
        Ok(Some(Record { version: version.to_owned(), edit }))
    }
}

/// A journal that is open for writing; nobody else has it open for that.
#[derive(Debug)]
pub struct Journal {
    dir: PathBuf,
    path: PathBuf,
    file: File,
    position: Position,
    /// How long it was when it was last written anew.
    anew: u64,
    cut_off: u64,
    _lock: File,
}

impl Journal {
    /// Opens or begins the journal in `dir`.
    ///
    /// # Errors
    /// When somebody else has it open, it cannot be written, or it is damaged.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        let lock_path = dir.join(LOCK);
        let lock = File::create(&lock_path).map_err(io_error(&lock_path, "cannot be written"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StoreError::ChangesBusy(dir.to_owned())),
            Err(TryLockError::Error(error)) => return Err(io_error(&lock_path, "cannot be locked")(error)),
        }
        let path = dir.join(FILE);
        let file = if exists(dir) {
            File::options().read(true).write(true).open(&path).map_err(io_error(&path, "cannot be written"))?
        } else {
            let file = begin(dir, 1, &[])?;
            flush_folder(dir)?;
            file
        };
        let number = number_of(&file, &path)?;
        let length = file.metadata().map_err(io_error(&path, "cannot be read"))?.len();
        let mut offset = HEAD;
        while let At::Payload(payload) = record_at(&file, &path, offset, length)? {
            offset += RECORD_HEAD + payload.len() as u64;
        }
        if offset < length {
            let cut = file.set_len(offset).and_then(|()| file.sync_all());
            cut.map_err(io_error(&path, "cannot be shortened"))?;
        }
        let position = Position { number, offset };
        Ok(Self { dir: dir.to_owned(), path, file, position, anew: 0, cut_off: length - offset, _lock: lock })
    }

    /// Where it ends.
    #[must_use]
    pub fn position(&self) -> Position {
        self.position
    }

    /// Bytes that were cut off when it was opened.
    #[must_use]
    pub fn cut_off(&self) -> u64 {
        self.cut_off
    }

    /// Appends a record and flushes it.
    ///
    /// # Errors
    /// When it cannot be written; the journal is then as it was. When there would be too many changes.
    pub fn append(&mut self, version: &str, edit: &Edit) -> Result<(), StoreError> {
        let record = record(&self.path, version, edit)?;
        let end = self.position.offset + record.len() as u64;
        if end > LARGEST {
            return Err(StoreError::TooManyChanges(self.path.clone()));
        }
        let written = positioned::write_at(&self.file, &record, self.position.offset);
        if let Err(error) = written.and_then(|()| self.file.sync_data()) {
            // A part of a record at the end does no harm, but the next one is written over it.
            let _ = self.file.set_len(self.position.offset);
            return Err(io_error(&self.path, "cannot be written")(error));
        }
        self.position.offset = end;
        Ok(())
    }

    /// Whether it has grown so much since it was last written anew that this is worth its while.
    pub(super) fn is_long(&self) -> bool {
        self.position.offset > SHORT + GROWTH * self.anew
    }

    /// Writes it anew, with one record.
    pub(super) fn rewrite(&mut self, version: &str, edit: &Edit) -> Result<(), StoreError> {
        let records = if edit.is_empty() { Vec::new() } else { record(&self.path, version, edit)? };
        let number = self.position.number + 1;
        // From here on the new one is in place, whatever fails.
        self.file = begin(&self.dir, number, &records)?;
        self.position = Position { number, offset: HEAD + records.len() as u64 };
        self.anew = self.position.offset;
        flush_folder(&self.dir)
    }
}

fn record(path: &Path, version: &str, edit: &Edit) -> Result<Vec<u8>, StoreError> {
    let payload = edit.to_bytes(version).map_err(|_| StoreError::Broken(Damage::TooLarge))?;
    if payload.len() as u64 > LARGEST {
        return Err(StoreError::TooManyChanges(path.to_owned()));
    }
    let mut record = Vec::with_capacity(RECORD_HEAD as usize + payload.len());
    record.extend((payload.len() as u64).to_le_bytes());
    record.extend(checksum(&payload).to_le_bytes());
    record.extend(payload);
    Ok(record)
}

/// Writes a journal aside and puts it in place; the folder is yet to be flushed.
fn begin(dir: &Path, number: u64, records: &[u8]) -> Result<File, StoreError> {
    let (path, next) = (dir.join(FILE), dir.join(format!("{FILE}.next")));
    let file = File::options().read(true).write(true).create(true).truncate(true).open(&next);
    let mut file = file.map_err(io_error(&next, "cannot be written"))?;
    let written = [&MAGIC, &number.to_le_bytes()[..], records].into_iter().try_for_each(|part| file.write_all(part));
    written.and_then(|()| file.sync_all()).map_err(io_error(&next, "cannot be written"))?;
    fs::rename(&next, &path).map_err(io_error(&path, "cannot be replaced"))?;
    Ok(file)
}

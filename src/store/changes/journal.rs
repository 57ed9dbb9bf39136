//! The file of changes: a head, then one record a request.
//!
//! A record is its length, a checksum, a checksum of these two and of the place where it stands, and an
//! [`Edit`] with the name of the graph version that it was made on. It is written and flushed before
//! anybody is told of it. What a writer that was killed left unfinished at the end is kept aside and cut
//! off by the next writer; what is not whole although a whole record follows was damaged, and is an
//! error. Readers read no further than they are told, or than records are whole. A journal that is
//! written anew gets another number, by which readers see that what they have read is not its beginning;
//! so does one to whose end something was written that has not happened.

use std::fs::{self, File, TryLockError};
use std::io::{self, Seek, SeekFrom, Write};
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
/// What was last cut off the end of the journal.
pub(super) const CUT: &str = "changes.cut";
/// The last byte is the version of the format.
const MAGIC: [u8; 8] = *b"RESOCHG\x02";
/// Magic, and the number of the journal.
const HEAD: u64 = 16;
/// Length and checksum of a record, and the checksum of both.
const RECORD_HEAD: u64 = 24;
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

/// Length and checksum of the record that begins with `head` at `offset`, where it is whole.
fn record_head(head: &[u8; RECORD_HEAD as usize], offset: u64) -> Option<(u64, u64)> {
    let &[size, sum, own] = head.as_chunks::<8>().0 else { return None };
    let [size, sum, own] = [size, sum, own].map(u64::from_le_bytes);
    (head_sum(size, sum, offset) == own).then_some((size, sum))
}

fn head_sum(size: u64, sum: u64, offset: u64) -> u64 {
    checksum([size, sum, offset].map(u64::to_le_bytes).as_flattened())
}

/// The payload of the record at `offset` of a file of `length` bytes.
fn record_at(file: &File, path: &Path, offset: u64, length: u64) -> Result<At, StoreError> {
    let unreadable = || io_error(path, "cannot be read");
    if offset + RECORD_HEAD > length {
        return Ok(At::End);
    }
    let mut head = [0; RECORD_HEAD as usize];
    positioned::read_at(file, &mut head, offset).map_err(unreadable())?;
    if let Some((size, sum)) = record_head(&head, offset) {
        if size > length - (offset + RECORD_HEAD) {
            return Ok(At::End);
        }
        let mut payload = vec![0; size as usize];
        positioned::read_at(file, &mut payload, offset + RECORD_HEAD).map_err(unreadable())?;
        if checksum(&payload) == sum {
            return Ok(At::Payload(payload));
        }
    }
    // The last record may be in any state. It is not the last where another was begun after it: then it
    // was whole once.
    if another_begins(file, offset + 1, length).map_err(unreadable())? { Err(damaged(path)) } else { Ok(At::End) }
}

/// Whether the head of a record stands anywhere between two places.
fn another_begins(file: &File, mut at: u64, length: u64) -> io::Result<bool> {
    let mut buffer = vec![0; 1 << 16];
    while at + RECORD_HEAD <= length {
        let part = (length - at).min(buffer.len() as u64) as usize;
        positioned::read_at(file, &mut buffer[..part], at)?;
        let heads = buffer[..part].windows(RECORD_HEAD as usize).filter_map(<[u8]>::first_chunk);
        if heads.zip(at..).any(|(head, at)| record_head(head, at).is_some()) {
            return Ok(true);
        }
        at += part as u64 - (RECORD_HEAD - 1);
    }
    Ok(false)
}

/// Whether there is a journal in `dir`.
///
/// # Errors
/// When nobody can tell.
pub fn exists(dir: &Path) -> Result<bool, StoreError> {
    let path = dir.join(FILE);
    path.try_exists().map_err(io_error(&path, "cannot be read"))
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
    /// Whether the folder is yet to be flushed, without which the file may not be found again.
    unnamed: bool,
    /// Whether something may stand beyond its end that has not happened, and somebody may have read it.
    unsettled: bool,
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
        let mut file = if exists(dir)? {
            File::options().read(true).write(true).open(&path).map_err(io_error(&path, "cannot be written"))?
        } else {
            begin(dir, 1, &[])?
        };
        let number = number_of(&file, &path)?;
        let length = file.metadata().map_err(io_error(&path, "cannot be read"))?.len();
        let mut offset = HEAD;
        while let At::Payload(payload) = record_at(&file, &path, offset, length)? {
            offset += RECORD_HEAD + payload.len() as u64;
        }
        let cut_off = length - offset;
        if cut_off > 0 {
            keep(&mut file, offset, &dir.join(CUT))?;
        }
        let position = Position { number, offset };
        let dir = dir.to_owned();
        // Nobody knows whether the last writer came to flush the folder.
        let (unnamed, unsettled) = (true, cut_off > 0);
        let mut journal = Self { dir, path, file, position, anew: 0, cut_off, unnamed, unsettled, _lock: lock };
        journal.settle()?;
        Ok(journal)
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
        let record = record(&self.path, self.position.offset, version, edit)?;
        let end = self.position.offset + record.len() as u64;
        if end > LARGEST {
            return Err(StoreError::TooManyChanges(self.path.clone()));
        }
        self.settle()?;
        let written = positioned::write_at(&self.file, &record, self.position.offset);
        if let Err(error) = written.and_then(|()| self.file.sync_data()) {
            self.unsettled = true;
            // What fails now is done before the next record.
            let _ = self.settle();
            return Err(io_error(&self.path, "cannot be written")(error));
        }
        self.position.offset = end;
        Ok(())
    }

    /// Does what must be done before more is recorded, where that failed before.
    fn settle(&mut self) -> Result<(), StoreError> {
        if self.unnamed {
            flush_folder(&self.dir)?;
            self.unnamed = false;
        }
        if self.unsettled {
            // Whoever has read what has not happened sees by the number that it must begin again. The
            // number is changed last, so that what is read under it has happened.
            let number = self.position.number.wrapping_add(1);
            let number_at = MAGIC.len() as u64;
            let settled = self.file.set_len(self.position.offset);
            let settled = settled.and_then(|()| positioned::write_at(&self.file, &number.to_le_bytes(), number_at));
            settled.and_then(|()| self.file.sync_all()).map_err(io_error(&self.path, "cannot be written"))?;
            self.position.number = number;
            self.unsettled = false;
        }
        Ok(())
    }

    /// Whether it has grown so much since it was last written anew that this is worth its while.
    pub(super) fn is_long(&self) -> bool {
        self.position.offset > SHORT + GROWTH * self.anew
    }

    /// Writes it anew, with one record.
    pub(super) fn rewrite(&mut self, version: &str, edit: &Edit) -> Result<(), StoreError> {
        let records = if edit.is_empty() { Vec::new() } else { record(&self.path, HEAD, version, edit)? };
        // A number that was given but not flushed is not given again.
        let number = self.position.number.wrapping_add(1 + u64::from(self.unsettled));
        self.file = begin(&self.dir, number, &records)?;
        // The new one is in place. Where the folder cannot be flushed, a crash may bring the old one back,
        // which says the same for as long as nothing is added to the new one.
        self.position = Position { number, offset: HEAD + records.len() as u64 };
        self.anew = self.position.offset;
        (self.unnamed, self.unsettled) = (true, false);
        let _ = self.settle();
        Ok(())
    }

    /// Writes to another file from now on; gives back the one before.
    #[cfg(test)]
    pub(super) fn put(&mut self, file: File) -> File {
        std::mem::replace(&mut self.file, file)
    }
}

/// A record that is to stand at `offset`.
fn record(path: &Path, offset: u64, version: &str, edit: &Edit) -> Result<Vec<u8>, StoreError> {
    let payload = edit.to_bytes(version).map_err(|_| StoreError::Broken(Damage::TooLarge))?;
    if payload.len() as u64 > LARGEST {
        return Err(StoreError::TooManyChanges(path.to_owned()));
    }
    let mut record = Vec::with_capacity(RECORD_HEAD as usize + payload.len());
    let (size, sum) = (payload.len() as u64, checksum(&payload));
    record.extend([size, sum, head_sum(size, sum, offset)].map(u64::to_le_bytes).as_flattened());
    record.extend(payload);
    Ok(record)
}

/// Copies what stands in a file from `offset` on.
fn keep(file: &mut File, offset: u64, into: &Path) -> Result<(), StoreError> {
    let kept = File::create(into).and_then(|mut kept| {
        file.seek(SeekFrom::Start(offset))?;
        io::copy(file, &mut kept)?;
        kept.sync_all()
    });
    kept.map_err(io_error(into, "cannot be written"))
}

/// Writes a journal aside and puts it in place; the folder is yet to be flushed. When that fails, nothing
/// is left of it.
fn begin(dir: &Path, number: u64, records: &[u8]) -> Result<File, StoreError> {
    let (path, next) = (dir.join(FILE), dir.join(format!("{FILE}.next")));
    let file = File::options().read(true).write(true).create(true).truncate(true).open(&next);
    let mut file = file.map_err(io_error(&next, "cannot be written"))?;
    let written = [&MAGIC, &number.to_le_bytes()[..], records].into_iter().try_for_each(|part| file.write_all(part));
    let written = written.and_then(|()| file.sync_all()).map_err(io_error(&next, "cannot be written"));
    let replaced = written.and_then(|()| fs::rename(&next, &path).map_err(io_error(&path, "cannot be replaced")));
    if let Err(error) = replaced {
        let _ = fs::remove_file(&next);
        return Err(error);
    }
    Ok(file)
}

//! The archive that a DOCX file is, opened with care: what unpacks to too much is not unpacked.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::super::ReadError;
use super::super::encoding;

/// The most that one part may unpack to, in bytes.
const PART_LIMIT: u64 = 64 << 20;
/// The most that a part may unpack to for each packed byte; real documents stay below 60.
const RATIO: u64 = 250;
/// Parts below this size may have any ratio: a page of blanks packs well.
const HARMLESS: u64 = 1 << 20;

pub(super) struct Package {
    path: String,
    archive: ZipArchive<Cursor<Vec<u8>>>,
}

impl Package {
    pub fn open(path: &str, bytes: Vec<u8>) -> Result<Self, ReadError> {
        let length = bytes.len();
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| ReadError::Damaged {
            path: path.into(),
            format: "DOCX",
            why: format!("no list of its parts in {length} bytes, it may be cut off ({e})"),
        })?;
        Ok(Self { path: path.into(), archive })
    }

    /// Name of the part that holds the text.
    pub fn main_part(&mut self) -> Result<String, ReadError> {
        let first = self.names("word/document").into_iter().next();
        first.ok_or_else(|| self.damaged("no word/document.xml in it".into()))
    }

    /// The names of the parts that start with `prefix`, in order.
    pub fn names(&self, prefix: &str) -> Vec<String> {
        let names = self.archive.file_names().flatten();
        let mut names: Vec<String> =
            names.filter(|n| n.starts_with(prefix) && n.ends_with(".xml")).map(std::borrow::Cow::into_owned).collect();
        names.sort();
        names
    }

    pub fn required(&mut self, name: &str) -> Result<String, ReadError> {
        self.optional(name)?.ok_or_else(|| self.damaged(format!("no {name} in it")))
    }

    /// The text of a part; `None` where there is none.
    pub fn optional(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let part = match self.archive.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(ReadError::Encrypted { path: self.path.clone(), format: "DOCX" });
            }
            Err(e) => {
                let why = format!("{name}: {e}");
                return Err(ReadError::Damaged { path: self.path.clone(), format: "DOCX", why });
            }
        };
        let limit = PART_LIMIT.min(HARMLESS.max(part.compressed_size().saturating_mul(RATIO)));
        let mut bytes = Vec::new();
        let read = part.take(limit + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > limit {
            return Err(ReadError::Bomb { path: self.path.clone(), part: name.into(), limit });
        }
        if let Err(e) = read {
            return Err(self.damaged(format!("{name}: {e}")));
        }
        if bytes.is_empty() {
            return Ok(Some(String::new()));
        }
        let text = encoding::decode(&self.path, bytes).map_err(|_| self.damaged(format!("{name} is no text")))?.text;
        Ok(Some(text))
    }

    fn damaged(&self, why: String) -> ReadError {
        ReadError::Damaged { path: self.path.clone(), format: "DOCX", why }
    }
}

//! Why a file cannot be read. Each message names the file, the place and the remedy in one line.

use std::io;

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// Nothing is there.
    #[error("{path}: no such file or folder")]
    NotFound {
        /// The file.
        path: String,
    },
    /// The operating system forbids it.
    #[error("{path}: permission denied: make it readable, or leave it out")]
    Denied {
        /// The file or folder.
        path: String,
    },
    /// The operating system cannot read it.
    #[error("{path}: cannot be read: {source}")]
    Io {
        /// The file or folder.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// A pipe, a device, a folder in place of a file.
    #[error("{path}: not a regular file: leave it out")]
    NotAFile {
        /// The file.
        path: String,
    },
    /// Nothing is in it.
    #[error("{path}: empty (0 bytes): fetch it again, or leave it out")]
    Empty {
        /// The file.
        path: String,
    },
    /// There are bytes, but no words.
    #[error("{path}: no words in it, only white space or mark-up: leave it out")]
    Blank {
        /// The file.
        path: String,
    },
    /// Pages without a text layer.
    #[error("{path}: no text in this PDF ({pages} pages): a scan needs a text layer first (OCR)")]
    NoTextLayer {
        /// The file.
        path: String,
        /// How many pages it has.
        pages: usize,
    },
    /// More than is read into memory.
    #[error("{path}: too large: {bytes} bytes, the limit is {limit}: split it")]
    TooLarge {
        /// The file.
        path: String,
        /// Its length.
        bytes: u64,
        /// What is allowed.
        limit: u64,
    },
    /// No text in any encoding.
    #[error("{path}: not text: byte {at} and others are no characters in UTF-8, UTF-16 or Windows-1252")]
    Binary {
        /// The file.
        path: String,
        /// The first byte that is no text.
        at: usize,
    },
    /// A known type that no reader is for.
    #[error("{path}: {what} cannot be read: {remedy}")]
    Unsupported {
        /// The file.
        path: String,
        /// The type.
        what: &'static str,
        /// What to do.
        remedy: &'static str,
    },
    /// Data, not a document.
    #[error("{path}: not a document: {what}")]
    NotADocument {
        /// The file.
        path: String,
        /// What it is instead.
        what: &'static str,
    },
    /// Protected by a password.
    #[error("{path}: encrypted {format}: save it without a password")]
    Encrypted {
        /// The file.
        path: String,
        /// The format.
        format: &'static str,
    },
    /// Cut off or broken.
    #[error("{path}: damaged {format}: {why}: fetch it again")]
    Damaged {
        /// The file.
        path: String,
        /// The format.
        format: &'static str,
        /// What is wrong, and where.
        why: String,
    },
    /// A small file that unpacks to a huge one.
    #[error(
        "{path}: {part} unpacks to more than {limit} bytes, far more than a document has: not read, it may be a decompression bomb"
    )]
    Bomb {
        /// The file.
        path: String,
        /// The part of the archive.
        part: String,
        /// What is allowed for a file of its size, in bytes.
        limit: u64,
    },
    /// A line of a record file.
    #[error("{path}: line {line}: {why}")]
    Record {
        /// The file.
        path: String,
        /// 1-based.
        line: usize,
        /// What is wrong.
        why: String,
    },
}

impl ReadError {
    /// From an error of the operating system about `path`.
    pub(super) fn io(path: &str, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => Self::NotFound { path },
            io::ErrorKind::PermissionDenied => Self::Denied { path },
            _ => Self::Io { path, source },
        }
    }

    /// The file or folder it is about.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::NotFound { path }
            | Self::Denied { path }
            | Self::Io { path, .. }
            | Self::NotAFile { path }
            | Self::Empty { path }
            | Self::Blank { path }
            | Self::NoTextLayer { path, .. }
            | Self::TooLarge { path, .. }
            | Self::Binary { path, .. }
            | Self::Unsupported { path, .. }
            | Self::NotADocument { path, .. }
            | Self::Encrypted { path, .. }
            | Self::Damaged { path, .. }
            | Self::Bomb { path, .. }
            | Self::Record { path, .. } => path,
        }
    }
}

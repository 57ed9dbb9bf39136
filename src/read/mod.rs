//! **read**: bytes -> [`Source`]. One file a format; what a file is, is told from its content.
//!
//! A reader turns bytes into text, keeps for every byte of it the place in the file, and cuts it
//! into [`Block`]s as far as the format itself says where a paragraph ends. It knows nothing of
//! United Nations documents, except for Akoma Ntoso, whose mark-up names the parts.

mod akn;
mod article;
mod build;
mod detect;
mod discover;
mod docx;
mod encoding;
mod error;
mod html;
mod markdown;
mod pdf;
mod records;
mod soup;
mod text;

use std::fmt;
use std::fs;
use std::path::Path;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::metadata::Metadata;
use crate::span::{OffsetMap, Span};

pub use discover::{Discovery, InputFile, InputKind, discover};
pub use error::ReadError;
pub use records::read_records;

use build::Body;
use detect::Format;

/// The longest text that is read, in bytes.
pub const TEXT_LIMIT: u64 = 16 << 20;
/// The longest PDF or DOCX that is read, in bytes.
pub const BINARY_LIMIT: u64 = 256 << 20;

/// What a file was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum MediaType {
    /// Plain text, one line a layout line or a paragraph.
    PlainText,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
    /// PDF with a text layer.
    Pdf,
    /// Office Open XML.
    Docx,
    /// Akoma Ntoso for the United Nations.
    AkomaNtoso,
    /// The text of an encyclopaedia article with an infobox.
    Article,
}

impl MediaType {
    /// The IANA name.
    #[must_use]
    pub fn iana(self) -> &'static str {
        match self {
            Self::PlainText | Self::Article => "text/plain",
            Self::Markdown => "text/markdown",
            Self::Html => "text/html",
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::AkomaNtoso => "application/akn+xml",
        }
    }

    /// Whether a mention's byte offsets are those of the file (else of the extracted text).
    #[must_use]
    pub fn offsets_are_of_the_file(self) -> bool {
        !matches!(self, Self::Pdf | Self::Docx)
    }
}

/// A language of the United Nations, by ISO 639-1 code in the graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Arabic
    Ar,
    /// English
    En,
    /// Spanish
    Es,
    /// French
    Fr,
    /// Russian
    Ru,
    /// Chinese
    Zh,
}

impl Language {
    /// The ISO 639-1 code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Ar => "ar",
            Self::En => "en",
            Self::Es => "es",
            Self::Fr => "fr",
            Self::Ru => "ru",
            Self::Zh => "zh",
        }
    }

    /// From an ISO 639-1 or 639-2 code in any case.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Some(match code.to_ascii_lowercase().as_str() {
            "ar" | "ara" => Self::Ar,
            "en" | "eng" => Self::En,
            "es" | "spa" => Self::Es,
            "fr" | "fra" | "fre" => Self::Fr,
            "ru" | "rus" => Self::Ru,
            "zh" | "zho" | "chi" => Self::Zh,
            _ => return None,
        })
    }
}

/// What a format itself says of a stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// One line as laid out: a paragraph may run over several (plain text, PDF).
    Line,
    /// A whole paragraph.
    Paragraph,
    /// A heading.
    Heading,
    /// An item of a list; its number, if any, stands in the text.
    ListItem,
    /// A cell of a table.
    Cell,
    /// A footnote or endnote.
    Footnote,
    /// Akoma Ntoso: cover page, preface.
    Cover,
    /// Akoma Ntoso: a preambular paragraph.
    Preambular,
    /// Akoma Ntoso: an operative paragraph or a part of one; its number stands in the text.
    Operative,
    /// Akoma Ntoso: part of an annex or attachment.
    Annex,
    /// Known not to be the document's own words: page header and footer, navigation.
    Furniture,
}

/// A stretch of a source's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Bytes of [`Source::text`]; blocks are in order and do not overlap.
    pub span: Span,
    /// What the format says it is.
    pub kind: BlockKind,
    /// 1-based page, for formats that have pages.
    pub page: Option<u32>,
}

/// How much a [`Diagnostic`] matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Severity {
    /// The file was read as far as it goes.
    Warning,
    /// Nothing could be read.
    Error,
}

/// Something wrong with one file, in words that name the place and the remedy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// Byte offset in the file, where one is known.
    pub at: Option<usize>,
    /// One line.
    pub message: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Some(at) => write!(f, "byte {at}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

/// The SHA-256 of a file, in lower-case hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Sha256Hex(pub String);

/// A file that has been read.
#[derive(Debug, Clone)]
pub struct Source {
    /// The path as given, with `/` between its parts.
    pub path: String,
    /// What the file is.
    pub media_type: MediaType,
    /// Identity of the bytes.
    pub sha256: Sha256Hex,
    /// Length of the file in bytes.
    pub bytes: usize,
    /// Language, where the file states it.
    pub language: Option<Language>,
    /// The extracted text, UTF-8.
    pub text: String,
    /// From [`Source::text`] to the bytes of the file (for PDF and DOCX: to the text itself).
    pub map: OffsetMap,
    /// The text cut up, in order.
    pub blocks: Vec<Block>,
    /// What the format states about the document (Akoma Ntoso, infobox).
    pub metadata: Metadata,
    /// What was wrong with the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the file at `path`, to be called `label` from now on.
///
/// # Errors
/// When the file cannot be opened, is larger than [`BINARY_LIMIT`] ([`TEXT_LIMIT`] for text), or is nothing that can be read.
pub fn read_file(path: &Path, label: &str) -> Result<Source, ReadError> {
    let bytes = file_bytes(path, label)?;
    read_bytes(label, bytes)
}

/// The bytes of a regular file that is not too large.
fn file_bytes(path: &Path, label: &str) -> Result<Vec<u8>, ReadError> {
    let found = fs::metadata(path).map_err(|e| ReadError::io(label, e))?;
    if !found.is_file() {
        return Err(ReadError::NotAFile { path: label.into() });
    }
    if found.len() > BINARY_LIMIT {
        return Err(ReadError::TooLarge { path: label.into(), bytes: found.len(), limit: BINARY_LIMIT });
    }
    fs::read(path).map_err(|e| ReadError::io(label, e))
}

/// Reads the bytes of a file that is called `path`.
///
/// # Errors
/// When the bytes are empty, too many, noise, damaged beyond reading, or of a type that no reader knows.
pub fn read_bytes(path: &str, bytes: Vec<u8>) -> Result<Source, ReadError> {
    let length = bytes.len() as u64;
    if bytes.is_empty() {
        return Err(ReadError::Empty { path: path.into() });
    }
    if length > BINARY_LIMIT {
        return Err(ReadError::TooLarge { path: path.into(), bytes: length, limit: BINARY_LIMIT });
    }
    let sha256 = Sha256Hex(hex(&Sha256::digest(&bytes)));
    let size = bytes.len();
    let (media_type, body) = match detect::by_bytes(path, &bytes)? {
        Some(detect::Container::Pdf) => (MediaType::Pdf, pdf::read(path, bytes)?),
        Some(detect::Container::Docx) => (MediaType::Docx, docx::read(path, bytes)?),
        None if length > TEXT_LIMIT => {
            return Err(ReadError::TooLarge { path: path.into(), bytes: length, limit: TEXT_LIMIT });
        }
        None => read_text(path, bytes)?,
    };
    let Body { text, map, blocks, language, metadata, diagnostics } = body;
    if blocks.is_empty() {
        return Err(ReadError::Blank { path: path.into() });
    }
    let path = path.replace('\\', "/");
    Ok(Source { path, media_type, sha256, bytes: size, language, text, map, blocks, metadata, diagnostics })
}

fn read_text(path: &str, bytes: Vec<u8>) -> Result<(MediaType, Body), ReadError> {
    let mut decoded = encoding::decode(path, bytes)?;
    let format = detect::by_text(path, &decoded.text)?;
    let diagnostic = decoded.diagnostic.take();
    let media_type = match format {
        Format::Plain => MediaType::PlainText,
        Format::Markdown => MediaType::Markdown,
        Format::Html => MediaType::Html,
        Format::AkomaNtoso => MediaType::AkomaNtoso,
        Format::Article => MediaType::Article,
    };
    let mut body = match format {
        Format::Plain => text::read(decoded),
        Format::Markdown => markdown::read(&decoded.text).after(&decoded.map),
        Format::Html => html::read(&decoded.text).after(&decoded.map),
        Format::AkomaNtoso => akn::read(&decoded.text).after(&decoded.map),
        Format::Article => article::read(&decoded.text).after(&decoded.map),
    };
    body.diagnostics.extend(diagnostic);
    Ok((media_type, body))
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|b| [b >> 4, b & 15]).map(|d| char::from(DIGITS[usize::from(d)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_knows_its_file() {
        let source = read_bytes("a\\b.txt", b"caf\xe9 noir\r\n\r\nend".to_vec()).expect("text");
        assert_eq!((source.path.as_str(), source.bytes, source.media_type), ("a/b.txt", 16, MediaType::PlainText));
        assert_eq!(source.sha256.0.len(), 64);
        let end = source.blocks[1].span;
        assert_eq!((end.of(&source.text), source.map.span(end)), ("end", Span::new(13, 16)));
    }

    #[test]
    fn offsets_lead_through_decoding_and_markup() {
        let html = b"<html><p>Caf\xe9 &amp; bar".to_vec();
        let source = read_bytes("x.html", html.clone()).expect("a page");
        let at = source.text.find("bar").expect("a word");
        assert_eq!(source.text, "Caf\u{e9} & bar");
        assert_eq!(source.map.span(Span::new(at, at + 3)), Span::new(html.len() - 3, html.len()));
    }

    #[test]
    fn a_file_that_cannot_be_read_is_named_with_the_reason() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = dir.path().join("empty");
        fs::write(&path, "").expect("a file");
        let told = |path: &Path| read_file(path, "the-label").expect_err("refused").to_string();
        assert_eq!(told(&path), "the-label: empty (0 bytes): fetch it again, or leave it out");
        assert_eq!(told(dir.path()), "the-label: not a regular file: leave it out");
        assert_eq!(told(&dir.path().join("gone")), "the-label: no such file or folder");
        fs::write(&path, " \n\t").expect("a file");
        assert_eq!(told(&path), "the-label: no words in it, only white space or mark-up: leave it out");
    }
}

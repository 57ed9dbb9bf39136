//! PDF with a text layer: lines with their pages; running heads and job numbers as furniture.
//!
//! `pdf-extract` runs the page programs and says which character stands where; the lines are
//! made here ([`layout`]). It panics on some broken files and recurses along a file's own
//! references, so that each file is made harmless first and each page is run guarded.

mod layout;
mod repair;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::thread;

use pdf_extract::{Document, MediaBox, Object, ObjectId, OutputDev, OutputError, Transform};

use super::build::Body;
use super::{Diagnostic, ReadError, Severity};
use crate::span::OffsetMap;
use layout::{Glyph, Page};

/// The most that the page programs and fonts of one file may unpack to.
const UNPACKED_LIMIT: u64 = 256 << 20;
/// Page programs may call one another; this deep is far beyond any real file.
const FORM_DEPTH: usize = 12;
/// Stack of the thread that reads a file: the parser recurses into nested objects.
const STACK: usize = 64 << 20;
/// Name of that thread, by which its panics are known.
const THREAD: &str = "resograph-pdf";

/// Reads a PDF.
pub(super) fn read(path: &str, bytes: Vec<u8>) -> Result<Body, ReadError> {
    let name = path.to_owned();
    silence_guarded_panics();
    let reader =
        thread::Builder::new().name(THREAD.into()).stack_size(STACK).spawn(move || read_guarded(&name, &bytes));
    let broken = |why: &str| ReadError::Damaged { path: path.into(), format: "PDF", why: why.into() };
    match reader.map_err(|source| ReadError::Io { path: path.into(), source })?.join() {
        Ok(result) => result,
        Err(_) => Err(broken("its objects contradict each other")),
    }
}

/// Panics in the reading thread are answers, not accidents: they are reported as what is wrong with the file.
fn silence_guarded_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let report = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if thread::current().name() != Some(THREAD) {
                report(info);
            }
        }));
    });
}

fn read_guarded(path: &str, bytes: &[u8]) -> Result<Body, ReadError> {
    let damaged = |why: String| ReadError::Damaged { path: path.into(), format: "PDF", why };
    check_unpacked_size(path, bytes, UNPACKED_LIMIT)?;
    let (mut document, fault) = load(path, bytes)?;
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err(ReadError::Encrypted { path: path.into(), format: "PDF" });
    }
    disarm(&mut document);
    let pages = document.get_pages();
    if pages.is_empty() {
        return Err(damaged(fault.unwrap_or_else(|| "no pages".into())));
    }
    let mut diagnostics = Vec::new();
    let mut laid = Vec::new();
    for (&number, &id) in &pages {
        let mut glyphs = Glyphs::default();
        let why = if parents_end(&document, id) {
            match panic::catch_unwind(AssertUnwindSafe(|| pdf_extract::output_doc_page(&document, &mut glyphs, number)))
            {
                Ok(Ok(())) => None,
                Ok(Err(e)) => Some(e.to_string()),
                Err(_) => Some("its contents contradict each other".to_owned()),
            }
        } else {
            Some("its parent pages go in a circle".to_owned())
        };
        if let Some(why) = why {
            let message = format!("page {number} is read only in part: {}", why.lines().next().unwrap_or_default());
            diagnostics.push(warning(message));
        }
        laid.push(Page { number, height: glyphs.height, glyphs: glyphs.found });
    }
    let (text, blocks) = layout::lay_out(&laid);
    if blocks.is_empty() {
        return Err(match diagnostics.first() {
            _ if fault.is_some() => damaged(fault.unwrap_or_default()),
            Some(d) => damaged(d.message.clone()),
            None => ReadError::NoTextLayer { path: path.into(), pages: pages.len() },
        });
    }
    diagnostics.extend(fault.map(|why| warning(format!("damaged PDF: {why}; read as far as its objects are found"))));
    Ok(Body { map: OffsetMap::identity(text.len()), text, blocks, diagnostics, ..Body::default() })
}

fn warning(message: String) -> Diagnostic {
    Diagnostic { severity: Severity::Warning, at: None, message }
}

/// Loads a document, with a new table of its objects where its own is of no use; then the second
/// is what was wrong.
fn load(path: &str, bytes: &[u8]) -> Result<(Document, Option<String>), ReadError> {
    let error = match Document::load_mem(bytes) {
        Ok(document) if !document.get_pages().is_empty() => return Ok((document, None)),
        Ok(document) if document.is_encrypted() => return Ok((document, None)),
        Ok(_) => "no pages".to_owned(),
        Err(pdf_extract::Error::Decryption(_) | pdf_extract::Error::InvalidPassword) => {
            return Err(ReadError::Encrypted { path: path.into(), format: "PDF" });
        }
        Err(e) => e.to_string(),
    };
    let tail = &bytes[bytes.len().saturating_sub(2048)..];
    let cut = memchr::memmem::find(tail, b"%%EOF").is_none();
    let place = if cut { format!("cut off at byte {}", bytes.len()) } else { "no table of its objects".into() };
    let why = format!("{place} ({error})");
    let repaired = repair::with_new_table(bytes).and_then(|b| Document::load_mem(&b).ok());
    match repaired.filter(|d| d.is_encrypted() || !d.get_pages().is_empty()) {
        Some(document) => Ok((document, Some(why))),
        None => Err(ReadError::Damaged { path: path.into(), format: "PDF", why }),
    }
}

/// Takes from a document what text does not need and what could run for ever: the data of images,
/// and page programs that call themselves.
fn disarm(document: &mut Document) {
    let mut empty: BTreeSet<ObjectId> = BTreeSet::new();
    let mut calls: BTreeMap<ObjectId, Vec<ObjectId>> = BTreeMap::new();
    for (&id, object) in &document.objects {
        let Object::Stream(stream) = object else { continue };
        match stream.dict.get(b"Subtype").and_then(Object::as_name) {
            Ok(b"Image") => {
                empty.insert(id);
            }
            Ok(b"Form") => {
                calls.insert(id, called_forms(document, &stream.dict));
            }
            _ => {}
        }
    }
    empty.extend(too_deep(&calls));
    for id in empty {
        if let Some(Object::Stream(stream)) = document.objects.get_mut(&id) {
            stream.dict.remove(b"Filter");
            stream.dict.remove(b"DecodeParms");
            stream.set_content(Vec::new());
        }
    }
}

/// The objects that a page program may call.
fn called_forms(document: &Document, dict: &pdf_extract::Dictionary) -> Vec<ObjectId> {
    let get = |d: &pdf_extract::Dictionary, key: &[u8]| -> Option<pdf_extract::Dictionary> {
        let object = d.get(key).ok()?;
        document.dereference(object).ok()?.1.as_dict().ok().cloned()
    };
    let forms = get(dict, b"Resources").and_then(|r| get(&r, b"XObject"));
    forms.map(|f| f.iter().filter_map(|(_, o)| o.as_reference().ok()).collect()).unwrap_or_default()
}

/// Forms that start a chain of calls longer than [`FORM_DEPTH`], circles included, and those
/// without resources of their own, which call by the caller's, where anything calls itself.
fn too_deep(calls: &BTreeMap<ObjectId, Vec<ObjectId>>) -> Vec<ObjectId> {
    // Height of each form above the leaves, by rounds; what still grows after the last is too deep.
    let mut height: BTreeMap<ObjectId, usize> = calls.keys().map(|id| (*id, 0)).collect();
    for _ in 0..=FORM_DEPTH {
        for (id, called) in calls {
            let above = called.iter().filter_map(|c| height.get(c)).max().map_or(0, |h| h + 1);
            height.insert(*id, above.min(FORM_DEPTH + 1));
        }
    }
    height.into_iter().filter(|(_, h)| *h > FORM_DEPTH).map(|(id, _)| id).collect()
}

/// Whether the way from a page up to the root of all pages ends.
fn parents_end(document: &Document, page: ObjectId) -> bool {
    let mut id = page;
    for _ in 0..64 {
        let parent = document.get_dictionary(id).and_then(|d| d.get(b"Parent")).and_then(Object::as_reference);
        match parent {
            Ok(parent) => id = parent,
            Err(_) => return true,
        }
    }
    false
}

/// Unpacks every compressed stream but images into nothing, to learn how much there is.
fn check_unpacked_size(path: &str, bytes: &[u8], limit: u64) -> Result<(), ReadError> {
    let bomb = || ReadError::Bomb { path: path.into(), part: "a compressed stream".into(), limit };
    let mut total = 0;
    let mut buffer = [0; 1 << 15];
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        if bytes[..at].ends_with(b"end") {
            continue;
        }
        let window = &bytes[at.saturating_sub(1024)..at];
        let dict = &window[memchr::memmem::rfind(window, b"obj").unwrap_or(0)..];
        let count = |name: &[u8]| memchr::memmem::find_iter(dict, name).count();
        let filters = count(b"/FlateDecode") + count(b"/Fl ");
        if filters == 0 || count(b"/Image") > 0 {
            continue;
        }
        if filters + count(b"/LZWDecode") > 1 {
            return Err(bomb());
        }
        let start = at + b"stream".len();
        let data = bytes[start..]
            .strip_prefix(b"\r\n")
            .or_else(|| bytes[start..].strip_prefix(b"\n"))
            .unwrap_or(&bytes[start..]);
        let mut unpacked = flate2::read::ZlibDecoder::new(data);
        while let Ok(n @ 1..) = unpacked.read(&mut buffer) {
            total += n as u64;
            if total > limit {
                return Err(bomb());
            }
        }
    }
    Ok(())
}

/// Collects the characters of a page.
#[derive(Default)]
struct Glyphs {
    height: f64,
    bottom: f64,
    found: Vec<Glyph>,
    /// The next character starts a run of its own.
    starts: bool,
}

impl OutputDev for Glyphs {
    fn begin_page(&mut self, _: u32, media: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        self.height = media.ury - media.lly;
        self.bottom = media.lly;
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        trm: &Transform,
        width: f64,
        _: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        // The size on the page: what a square of the font's size becomes.
        let size = font_size.abs() * (trm.m11 * trm.m22 - trm.m12 * trm.m21).abs().sqrt();
        let upright = trm.m12.abs() <= trm.m11.abs();
        let y = self.height - (trm.m32 - self.bottom);
        let sane = [trm.m31, y, size, width].iter().all(|n| n.is_finite());
        if sane && size > 0.0 {
            let end = trm.m31 + width * font_size * trm.m11.abs();
            self.found.push(Glyph { x: trm.m31, end, y, size, upright, starts: self.starts, text: text.to_owned() });
        }
        self.starts = false;
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        self.starts = true;
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;

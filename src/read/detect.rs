//! What a file is, told from its content. Its name only breaks ties.

use memchr::{memchr, memmem};
use regex::Regex;

use crate::patterns::patterns;

use super::ReadError;
use super::build::boundary;

/// A format that is told from the first bytes and holds text inside a structure of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    Pdf,
    Docx,
}

/// A format that is text itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Plain,
    Markdown,
    Html,
    AkomaNtoso,
    Article,
}

/// How much of a text is looked at.
const SAMPLE: usize = 1 << 16;

/// First bytes of files that hold no text to read, or hold it in a way that no reader knows.
const FOREIGN: &[(&[u8], &str, &str)] = &[
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file", "save it as DOCX; if it is one, without a password"),
    (b"{\\rtf", "Rich Text", "save it as DOCX or plain text"),
    (b"\x89PNG\r\n", "an image", "run OCR on it and add the text"),
    (b"\xff\xd8\xff", "an image", "run OCR on it and add the text"),
    (b"GIF8", "an image", "run OCR on it and add the text"),
    (b"II*\0", "an image", "run OCR on it and add the text"),
    (b"MM\0*", "an image", "run OCR on it and add the text"),
    (b"AT&TFORM", "a DjVu scan", "save it as PDF with a text layer"),
    (b"%!PS", "PostScript", "convert it to PDF"),
    (b"\x1f\x8b", "a gzip archive", "unpack it"),
    (b"BZh", "a bzip2 archive", "unpack it"),
    (b"\xfd7zXZ\0", "an xz archive", "unpack it"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", "unpack it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it"),
    (b"\x7fELF", "a program", "leave it out"),
    (b"SQLite format 3\0", "a database", "leave it out"),
];

/// Tells the formats that are no text. `None` leaves it to [`by_text`].
pub(super) fn by_bytes(path: &str, bytes: &[u8]) -> Result<Option<Container>, ReadError> {
    let path = || path.to_owned();
    if let Some((_, what, remedy)) = FOREIGN.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return Err(ReadError::Unsupported { path: path(), what, remedy });
    }
    // Mail gateways and web servers put lines before the header; readers accept it in the first kilobyte.
    let head = &bytes[..bytes.len().min(1024)];
    if memmem::find(head, b"%PDF-").is_some_and(|at| at == 0 || !head[..at].contains(&b'<')) {
        return Ok(Some(Container::Pdf));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        let part = |name: &[u8]| memmem::find(bytes, name).is_some();
        if part(b"word/") || has_extension(&path(), &["docx", "docm", "dotx"]) {
            return Ok(Some(Container::Docx));
        }
        let (what, remedy) = if part(b"application/vnd.oasis.opendocument") {
            ("OpenDocument", "save it as DOCX")
        } else if part(b"application/epub+zip") {
            ("an EPUB book", "unpack it: it holds HTML")
        } else if part(b"xl/") || part(b"ppt/") {
            ("an Office file that is no text document", "leave it out")
        } else {
            ("a zip archive", "unpack it")
        };
        return Err(ReadError::Unsupported { path: path(), what, remedy });
    }
    if has_extension(&path(), &["pdf"]) {
        let why = if looks_like_text(head) { "byte 0: text, no %PDF header" } else { "byte 0: no %PDF header" };
        return Err(ReadError::Damaged { path: path(), format: "PDF", why: why.into() });
    }
    Ok(None)
}

fn looks_like_text(head: &[u8]) -> bool {
    let controls = head.iter().filter(|b| matches!(b, 0..=8 | 0x0e..=0x1f)).count();
    controls * 50 <= head.len()
}

fn has_extension(path: &str, extensions: &[&str]) -> bool {
    path.rsplit_once('.').is_some_and(|(_, e)| extensions.contains(&e.to_ascii_lowercase().as_str()))
}

patterns! {
    AKOMA_NTOSO = r"<(?:\w+:)?akomaNtoso[\s>]";
    HTML_ROOT = r"(?i)<(?:!doctype\s+html|html|head|body)[\s>]";
    HTML_BLOCK = r"(?i)</?(?:p|div|br|h[1-6]|ul|ol|li|table|td|tr|article|section|main|nav|span|a)(?:\s[^<>]*)?/?>";
    XML_ROOT = r"^<([A-Za-z_][\w:.-]*)(?:\s+[\w:.-]+\s*=|\s*/?>)";
    WIKI_TITLE = r"^=[^=\n].*[^=\n]=\s*(?:\n|$)";
    INFOBOX_LINE = r"(?m)^(?:Infobox\s*$|\{\{\s*[Ii]nfobox)";
    INFOBOX_FIELD = r"(?m)^(?:- |\s*\|\s*)[\w /-]+\s*[:=]";
    LINK = r"\[(?:[^\[\]\n]|\\[\[\]])+\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)";
    BOLD = r"\*\*[^*\s](?:[^*]{0,300}[^*\s])?\*\*";
    EMPHASIS = r"(?m)(?:^|[\s(\u201c])[*_][A-Za-z](?:[^*_\n]{0,80}[A-Za-z])?[*_](?:[\s,.;:)\u201d]|$)";
    HEADING = r"(?m)^#{1,6} +\S";
    RULES = r"(?m)^(?:```|~~~|\|[ :|-]{5,}\|\s*$|> \S)";
}

/// Tells the formats that are text.
pub(super) fn by_text(path: &str, text: &str) -> Result<Format, ReadError> {
    let head = sample(text, SAMPLE);
    let start = head.trim_start();
    let root = sample(start, 1 << 13);
    if memmem::find(root.as_bytes(), b"akomaNtoso").is_some() && AKOMA_NTOSO.is_match(root) {
        return Ok(Format::AkomaNtoso);
    }
    if start.starts_with(['{', '[']) && is_json(text) {
        return Err(ReadError::NotADocument {
            path: path.into(),
            what: "it is JSON (metadata lines need \"symbol\" in each and a name that ends in .json)",
        });
    }
    let near = sample(start, 2048);
    let blocks = || HTML_BLOCK.find_iter(head).take(3).count();
    let has_tags = |text: &str| memchr(b'<', text.as_bytes()).is_some();
    if (has_tags(near) && HTML_ROOT.is_match(near))
        || (start.starts_with('<') && !start.starts_with("<?xml") && blocks() >= 2)
    {
        return Ok(Format::Html);
    }
    if is_xml(start) {
        return Err(ReadError::NotADocument { path: path.into(), what: "it is XML, but neither Akoma Ntoso nor HTML" });
    }
    if is_article(start) {
        return Ok(Format::Article);
    }
    let markdown = markdown_signs(head);
    let named = has_extension(path, &["md", "markdown", "mkd"]);
    if markdown >= 3 || (named && markdown >= 1) {
        return Ok(Format::Markdown);
    }
    // Extracts without a root: text that is thick with tags.
    if has_tags(head) && blocks() >= 3 && HTML_BLOCK.find_iter(head).count() * 400 > head.len() {
        return Ok(Format::Html);
    }
    Ok(if named { Format::Markdown } else { Format::Plain })
}

/// Whether a text declares itself XML, or is one element from start to end.
fn is_xml(text: &str) -> bool {
    let closed =
        |name: &str| text.trim_end().strip_suffix('>').is_some_and(|t| t.trim_end().ends_with(&format!("</{name}")));
    text.starts_with("<?xml") || text.starts_with('<') && XML_ROOT.captures(text).is_some_and(|c| closed(&c[1]))
}

/// At most `len` bytes from the start of `text`.
fn sample(text: &str, len: usize) -> &str {
    &text[..boundary(text, len)]
}

fn is_json(text: &str) -> bool {
    use serde::de::IgnoredAny;
    let first = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>().next();
    matches!(first, Some(Ok(_))) && !text.trim_start().starts_with("[]")
}

/// Whether a text has the shape of an encyclopaedia article: a title between equals signs or an
/// infobox of several fields near the start.
pub(super) fn is_article(text: &str) -> bool {
    let near = sample(text, 3000);
    let infobox = memmem::find(near.as_bytes(), b"nfobox")
        .and_then(|_| INFOBOX_LINE.find(near))
        .is_some_and(|m| INFOBOX_FIELD.find_iter(&near[m.end()..]).count() >= 2);
    let headings = || text.lines().filter(|l| l.starts_with("==") && l.trim_end().ends_with("==")).count();
    infobox || (near.starts_with('=') && WIKI_TITLE.is_match(near) && headings() >= 1)
}

/// How much speaks for Markdown: 3 is enough. Numbered paragraphs and single asterisks, which
/// plain documents have, too, count for nothing.
fn markdown_signs(head: &str) -> usize {
    // Without the characters that it is made of there is no need to look for a sign.
    let count = |r: &Regex, most: usize, of: &[&str]| {
        if of.iter().any(|sign| memmem::find(head.as_bytes(), sign.as_bytes()).is_some()) {
            r.find_iter(head).take(most).count()
        } else {
            0
        }
    };
    3 * count(&LINK, 1, &["]("])
        + 2 * count(&HEADING, 2, &["#"]).min(1)
        + count(&RULES, 2, &["```", "~~~", "|", "> "]).min(1)
        + bold(head)
        + count(&EMPHASIS, 3, &["*", "_"])
}

fn bold(head: &str) -> usize {
    if memmem::find(head.as_bytes(), b"**").is_none() {
        return 0;
    }
    BOLD.find_iter(head).filter(|m| m.as_str().contains(char::is_alphabetic)).take(2).count() * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, text: &str, expected: Format) {
        assert_eq!(by_text(path, text).expect("a format"), expected, "{text}");
    }

    #[test]
    fn text_formats_are_told_from_content() {
        check("a.txt", "1. Decides to meet again;\n2. Asks all to attend. *", Format::Plain);
        check("a.txt", "S/1999/1\n*9912345*\n* Issued again for technical reasons.\n# 3", Format::Plain);
        check("a.txt", "Recalling [12 \\(1999\\)](#) and the rest", Format::Markdown);
        check("a.txt", "**Adopted today**\n\n1. *Decides* to meet;", Format::Markdown);
        check("a.md", "1. Decides to meet again;", Format::Markdown);
        check("a.txt", "\n<!DOCTYPE html><p>x", Format::Html);
        check("a.xml", "<?xml version='1.0'?>\n<html xmlns='x'><p>x</p></html>", Format::Html);
        check("a.md", "<p>one</p><p>two</p>", Format::Html);
        check("a.txt", "<akn:akomaNtoso xmlns:akn='x'>", Format::AkomaNtoso);
        check("a.txt", "= A Resolution =\n\nInfobox\n- Number: 1\n- Year: 1999\n\nIt was adopted.", Format::Article);
    }

    #[test]
    fn data_is_no_document() {
        for text in
            ["{\"a\": 1}", "[1, 2]", "<?xml version='1.0'?><list><a/></list>", "<?xml version='1.0'?><a><a/></a>"]
        {
            assert!(matches!(by_text("x.txt", text), Err(ReadError::NotADocument { .. })), "{text}");
        }
        check("x.txt", "[The members met] and agreed.", Format::Plain);
        check("x.txt", "<unclear> words", Format::Plain);
    }

    #[test]
    fn containers_are_told_from_bytes() {
        let told = |path, bytes: &[u8]| by_bytes(path, bytes);
        assert_eq!(told("x.txt", b"%PDF-1.7").expect("known"), Some(Container::Pdf));
        assert_eq!(told("x", b"PK\x03\x04....word/document.xml").expect("known"), Some(Container::Docx));
        assert!(matches!(told("x.pdf", b"plain words"), Err(ReadError::Damaged { .. })));
        assert!(matches!(told("x.pdf", b"\x01\x02\x03"), Err(ReadError::Damaged { .. })));
        assert!(matches!(told("x.txt", b"\x89PNG\r\n\x1a\n"), Err(ReadError::Unsupported { .. })));
        assert!(matches!(told("x.zip", b"PK\x03\x04a.txt"), Err(ReadError::Unsupported { .. })));
    }
}

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

const SPACE: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, xml) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(xml.as_bytes()).expect("its text");
    }
    zip.finish().expect("an archive").into_inner()
}

fn document(body: &str) -> String {
    format!("<?xml version=\"1.0\"?><w:document {SPACE}><w:body>{body}</w:body></w:document>")
}

#[track_caller]
fn check(parts: &[(&str, &str)], expected: &[(BlockKind, &str)]) {
    let body = read("t.docx", package(parts)).expect("a document");
    let found: Vec<_> = body.blocks.iter().map(|b| (b.kind, b.span.of(&body.text))).collect();
    assert_eq!(found, expected);
}

#[test]
fn numbers_tables_and_notes_are_written_out() {
    let text = document(
        r#"<w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr><w:r><w:t>Title</w:t></w:r></w:p>
        <w:p><w:r><w:t xml:space="preserve">Recalling </w:t></w:r><w:r><w:tab/><w:t>more &amp; most</w:t><w:footnoteReference w:id="2"/></w:r><w:del><w:r><w:t>gone</w:t></w:r></w:del>
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r></w:p>
        <w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr></w:pPr><w:r><w:t>Asks;</w:t></w:r></w:p>
        <w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="7"/></w:numPr></w:pPr><w:r><w:t>this;</w:t></w:r></w:p>
        <w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="7"/></w:numPr></w:pPr><w:r><w:t>that;</w:t></w:r></w:p>
        <w:p><w:pPr><w:pStyle w:val="Para"/></w:pPr><w:r><w:t>Ends.</w:t></w:r></w:p>
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>In a cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"#,
    );
    let numbering = format!(
        r#"<w:numbering {SPACE}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum>
        <w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num></w:numbering>"#
    );
    let styles = format!(
        r#"<w:styles {SPACE}><w:style w:styleId="H1"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
        <w:style w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>
        <w:style w:styleId="Para"><w:basedOn w:val="Base"/></w:style></w:styles>"#
    );
    let notes = format!(
        r#"<w:footnotes {SPACE}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>See there.</w:t></w:r></w:p></w:footnote></w:footnotes>"#
    );
    let header = format!("<w:hdr {SPACE}><w:p><w:r><w:t>A/1</w:t></w:r></w:p></w:hdr>");
    check(
        &[
            ("word/document.xml", &text),
            ("word/numbering.xml", &numbering),
            ("word/styles.xml", &styles),
            ("word/footnotes.xml", &notes),
            ("word/header1.xml", &header),
            ("word/header2.xml", &header),
        ],
        &[
            (BlockKind::Furniture, "A/1"),
            (BlockKind::Heading, "Title"),
            (BlockKind::Paragraph, "Recalling more & most"),
            (BlockKind::Footnote, "1 See there."),
            (BlockKind::ListItem, "3. Asks;"),
            (BlockKind::ListItem, "(a) this;"),
            (BlockKind::ListItem, "(b) that;"),
            (BlockKind::ListItem, "4. Ends."),
            (BlockKind::Cell, "In a cell"),
        ],
    );
}

#[test]
fn what_is_broken_or_a_bomb_is_refused() {
    let bomb = document(&" ".repeat(2 << 20));
    assert!(matches!(read("t", package(&[("word/document.xml", &bomb)])), Err(ReadError::Bomb { .. })));
    let mut cut = package(&[("word/document.xml", &document(""))]);
    cut.truncate(cut.len() / 2);
    assert!(matches!(read("t", cut), Err(ReadError::Damaged { .. })));
    assert!(matches!(read("t", package(&[("word/other.xml", "x")])), Err(ReadError::Damaged { .. })));
}

#[test]
fn a_part_that_breaks_off_is_read_so_far() {
    let text = format!("<w:document {SPACE}><w:body><w:p><w:r><w:t>Said</w:t></w:r></w:p><w:p><w:r><w:t>half");
    let body = read("t", package(&[("word/document.xml", &text)])).expect("a document");
    assert_eq!(body.text, "Said\nhalf");
    assert_eq!(body.diagnostics.len(), 1);
}

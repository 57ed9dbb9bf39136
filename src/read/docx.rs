//! DOCX: paragraphs, with automatic numbers written out, tables, notes, headers and footers.

mod numbering;
mod package;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::build::{Body, Flow, decode_entities};
use super::{BlockKind, Diagnostic, ReadError, Severity};
use crate::span::OffsetMap;
use numbering::{Counters, Numbering, Place, Styles};
use package::Package;

/// Reads a DOCX file.
pub(super) fn read(path: &str, bytes: Vec<u8>) -> Result<Body, ReadError> {
    let mut package = Package::open(path, bytes)?;
    let main = package.main_part()?;
    let part = |package: &mut Package, name: &str| package.optional(name).map(Option::unwrap_or_default);
    let document = package.required(&main)?;
    let styles = Styles::read(&part(&mut package, "word/styles.xml")?);
    let numbering = Numbering::read(&part(&mut package, "word/numbering.xml")?);
    let footnotes = part(&mut package, "word/footnotes.xml")?;
    let endnotes = part(&mut package, "word/endnotes.xml")?;
    let mut writer = Writer {
        styles: &styles,
        numbering: &numbering,
        counters: Counters::default(),
        notes: [notes(&footnotes, "footnote"), notes(&endnotes, "endnote")],
        noted: 0,
        flow: Flow::default(),
    };
    let mut running = Vec::new();
    for name in package.names("word/header").into_iter().chain(package.names("word/footer")) {
        let xml = part(&mut package, &name)?;
        let (paragraphs, _) = paragraphs(&xml);
        for p in paragraphs {
            let text = collapse(&p.text);
            if !text.is_empty() && !running.contains(&text) {
                writer.flow.push(&text, 0);
                writer.flow.end_block(BlockKind::Furniture, None);
                running.push(text);
            }
        }
    }
    let (paragraphs, broken) = paragraphs(&document);
    for paragraph in &paragraphs {
        writer.paragraph(paragraph);
    }
    let mut body = writer.flow.finish();
    body.map = OffsetMap::identity(body.text.len());
    body.diagnostics.extend(broken.map(|why| Diagnostic {
        severity: Severity::Warning,
        at: None,
        message: format!("{main} is read only in part: {why}"),
    }));
    Ok(body)
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A paragraph as it stands in a part.
#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    number: Place,
    in_cell: bool,
    /// Notes that it refers to: 0 for a footnote, 1 for an endnote, and the identifier.
    notes: Vec<(usize, String)>,
    /// Identifier of the note that it is part of.
    of_note: Option<String>,
}

struct Writer<'a> {
    styles: &'a Styles,
    numbering: &'a Numbering,
    counters: Counters,
    notes: [Vec<Paragraph>; 2],
    noted: usize,
    flow: Flow,
}

impl Writer<'_> {
    fn paragraph(&mut self, paragraph: &Paragraph) {
        let style = paragraph.style.as_deref().map(|s| self.styles.resolve(s)).unwrap_or_default();
        let place = Place {
            list: paragraph.number.list.clone().or(style.number.list),
            level: paragraph.number.level.or(style.number.level),
        };
        // An empty paragraph shows no number and is not counted.
        if paragraph.text.trim().is_empty() {
            self.notes_of(paragraph);
            return;
        }
        let number = self.numbering.next(&place, &mut self.counters);
        let kind = match () {
            () if style.heading => BlockKind::Heading,
            () if number.is_some() => BlockKind::ListItem,
            () if paragraph.in_cell => BlockKind::Cell,
            () => BlockKind::Paragraph,
        };
        if let Some(number) = number {
            self.flow.push(&number, 0);
            self.flow.push(" ", 0);
        }
        self.flow.push(&paragraph.text, 0);
        self.flow.end_block(kind, None);
        self.notes_of(paragraph);
    }

    fn notes_of(&mut self, paragraph: &Paragraph) {
        for (which, id) in &paragraph.notes {
            self.noted += 1;
            let mut first = true;
            for note in self.notes[*which].iter().filter(|n| n.of_note.as_ref() == Some(id)) {
                if note.text.trim().is_empty() {
                    continue;
                }
                if first {
                    self.flow.push(&format!("{} ", self.noted), 0);
                    first = false;
                }
                self.flow.push(&note.text, 0);
                self.flow.end_block(BlockKind::Footnote, None);
            }
        }
    }
}

/// The paragraphs of a part of notes, without the rules that part notes from text.
fn notes(xml: &str, element: &str) -> Vec<Paragraph> {
    debug_assert!(matches!(element, "footnote" | "endnote"));
    paragraphs(xml).0.into_iter().filter(|p| p.of_note.is_some()).collect()
}

/// Every paragraph of a part in order of their ends; those in a text box come before the one that holds it.
/// The second is where and why the part is no XML.
fn paragraphs(xml: &str) -> (Vec<Paragraph>, Option<String>) {
    let mut scan = Scan::default();
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let broken = loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => scan.open(&tag),
            Ok(Event::Empty(tag)) => {
                scan.open(&tag);
                scan.close(tag.local_name().as_ref());
            }
            Ok(Event::End(tag)) => scan.close(tag.local_name().as_ref()),
            Ok(Event::Text(text)) => scan.text(&text.into_inner()),
            Ok(Event::GeneralRef(name)) => scan.text(&decode_entities(&format!("&{};", name.into_inner()))),
            Ok(Event::Eof) => {
                break scan.open.last().map(|_| format!("it ends after {} bytes inside a paragraph", xml.len()));
            }
            Ok(_) => {}
            Err(e) => break Some(format!("byte {}: {e}", reader.error_position())),
        }
    };
    while scan.open.last().is_some() {
        scan.close("p");
    }
    (scan.done, broken)
}

#[derive(Debug, Default)]
struct Scan {
    open: Vec<Paragraph>,
    done: Vec<Paragraph>,
    cells: usize,
    /// Depth in what is not shown: deleted or moved away, or the fallback of a drawing.
    unseen: usize,
    in_text: bool,
    /// The run under way is hidden.
    hidden: bool,
    /// Properties of a former state stand inside a change mark.
    in_change: bool,
    note: Option<String>,
}

impl Scan {
    fn open(&mut self, tag: &BytesStart<'_>) {
        let name = tag.local_name();
        let name: &str = name.as_ref();
        let value = || attribute(tag, "val");
        match name {
            "del" | "moveFrom" | "Fallback" => self.unseen += 1,
            "p" => self.open.push(Paragraph {
                in_cell: self.cells > 0,
                of_note: self.note.clone(),
                ..Paragraph::default()
            }),
            "tc" => self.cells += 1,
            "footnote" | "endnote" => {
                self.note = attribute(tag, "id").filter(|_| attribute(tag, "type").is_none_or(|t| t == "normal"));
            }
            "t" => self.in_text = true,
            "r" => self.hidden = false,
            "vanish" => self.hidden = value().is_none_or(|v| !matches!(v.as_str(), "0" | "false" | "off")),
            "pPrChange" | "rPrChange" => self.in_change = true,
            _ => {}
        }
        if self.unseen > 0 || self.in_change {
            return;
        }
        let Some(paragraph) = self.open.last_mut() else { return };
        match name {
            "pStyle" => paragraph.style = value(),
            "numId" => paragraph.number.list = value(),
            "ilvl" => paragraph.number.level = value().and_then(|v| v.parse().ok()),
            // Tab stops are declared by elements of the same name, with a position.
            "tab" if attribute(tag, "pos").is_none() => paragraph.text.push(' '),
            "br" | "cr" => paragraph.text.push('\n'),
            "noBreakHyphen" => paragraph.text.push('-'),
            "footnoteReference" => paragraph.notes.extend(attribute(tag, "id").map(|id| (0, id))),
            "endnoteReference" => paragraph.notes.extend(attribute(tag, "id").map(|id| (1, id))),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "del" | "moveFrom" | "Fallback" => self.unseen = self.unseen.saturating_sub(1),
            "p" => {
                if let Some(paragraph) = self.open.pop()
                    && self.unseen == 0
                {
                    self.done.push(paragraph);
                }
            }
            "tc" => self.cells = self.cells.saturating_sub(1),
            "footnote" | "endnote" => self.note = None,
            "t" => self.in_text = false,
            "r" => self.hidden = false,
            "pPrChange" | "rPrChange" => self.in_change = false,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text
            && !self.hidden
            && self.unseen == 0
            && let Some(paragraph) = self.open.last_mut()
        {
            paragraph.text.push_str(text);
        }
    }
}

/// An attribute by its local name.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    attributes.with_checks(false);
    let found = attributes.flatten().find(|a| {
        let key: &str = a.key.as_ref();
        key.rsplit(':').next() == Some(name)
    })?;
    Some(decode_entities(&found.value))
}

#[cfg(test)]
mod tests;

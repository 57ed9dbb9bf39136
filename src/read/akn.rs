//! Akoma Ntoso for the United Nations (AKN4UN): the one format whose mark-up names the parts.
//!
//! Files that are not well-formed are read all the same: an end tag that closes nothing is passed
//! over, and from a place where XML ends the rest is read as tag soup. Both leave a diagnostic.

mod facts;

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::build::{Body, Flow, boundary, decode_entities, push_entities};
use super::{BlockKind, Diagnostic, Severity, soup};
use crate::span::Span;
use facts::Facts;

/// Reads Akoma Ntoso.
pub(super) fn read(text: &str) -> Body {
    let mut sink = Sink::new(text);
    let soup_from = well_formed(text, &mut sink);
    if let Some(from) = soup_from {
        tag_soup(text, from, &mut sink);
    }
    sink.finish()
}

/// Reads as XML. `Some` is the place from which it is no XML.
fn well_formed<'a>(text: &'a str, sink: &mut Sink<'a>) -> Option<usize> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    loop {
        let at = boundary(text, position(reader.buffer_position()));
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                sink.open(&text[at..], tag.name().as_ref().len(), at, &|name| attribute(&tag, name));
            }
            Ok(Event::Empty(tag)) => {
                sink.open(&text[at..], tag.name().as_ref().len(), at, &|name| attribute(&tag, name));
                sink.close(tag.name().as_ref(), at);
            }
            Ok(Event::End(tag)) => sink.close(tag.name().as_ref(), at),
            Ok(Event::Text(_) | Event::GeneralRef(_)) => {
                sink.text(text.get(at..position(reader.buffer_position())).unwrap_or_default(), at);
            }
            Ok(Event::CData(data)) => sink.cdata(&data.into_inner(), at + "<![CDATA[".len()),
            Ok(Event::Eof) => return None,
            Ok(_) => {}
            Err(e) => {
                sink.complain(
                    position(reader.error_position()),
                    format!("not well-formed XML: {e}; the rest is read as tag soup"),
                );
                return Some(at);
            }
        }
    }
}

/// `quick-xml` counts in `u64`; the text is in memory.
fn position(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    attributes.with_checks(false);
    let found = attributes.flatten().find(|a| {
        let key: &str = a.key.as_ref();
        key == name
    })?;
    Some(decode_entities(&found.value))
}

/// Reads on from `from` with a tokeniser that takes anything.
fn tag_soup<'a>(text: &'a str, from: usize, sink: &mut Sink<'a>) {
    let rest = &text[from..];
    soup::scan(rest, soup::Dialect::Xml, |piece| match piece {
        soup::Piece::Open { name, attributes, closed } => {
            let at = from + name.start - 1;
            let get = |name: &str| {
                attributes.get(name.to_ascii_lowercase().as_bytes()).map(|v| String::from_utf8_lossy(v).into_owned())
            };
            sink.open(&text[at..], name.len(), at, &get);
            if closed {
                sink.close(name.of(rest), at);
            }
        }
        soup::Piece::Close { name } => sink.close(name.of(rest), from + name.start - 2),
        soup::Piece::Text(span) => sink.text(span.of(rest), from + span.start),
    });
}

/// The part of the document that an element stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Outside,
    Meta,
    Cover,
    Preamble,
    Main,
    Annex,
}

/// What an element does to the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Nothing.
    Inline,
    /// Its text is a block of its own.
    Block,
    /// It holds blocks, and starts anew even after a number.
    Division,
    /// Its number belongs to the block that follows.
    Number,
    /// Its text is a heading.
    Heading,
    /// A paragraph of the preamble, wherever it stands.
    PreambularHeading,
    /// Its text is in a cell.
    Cell,
    /// Its text is a footnote.
    Note,
    /// The number of a note.
    NoteReference,
    /// It stands for white space.
    Break,
}

fn role(local: &str) -> Role {
    match local {
        "p" | "content" | "intro" | "wrapUp" | "alinea" | "list" | "sublist" | "formula" | "listIntroduction"
        | "listWrapUp" | "blockList" | "longTitle" | "quotedStructure" | "block" => Role::Block,
        "paragraph" | "subparagraph" | "point" | "item" | "section" | "subsection" | "article" | "chapter" | "part"
        | "container" | "hcontainer" | "table" | "tr" | "coverPage" | "preface" | "preamble" | "mainBody"
        | "conclusions" | "attachments" | "attachment" | "annex" | "doc" | "component" | "components" | "statement"
        | "meta" | "clause" | "title" | "toc" => Role::Division,
        "num" => Role::Number,
        "heading" | "subheading" | "crossHeading" => Role::Heading,
        "td" | "th" => Role::Cell,
        "authorialNote" => Role::Note,
        "sup" | "noteRef" => Role::NoteReference,
        "eol" | "br" | "img" => Role::Break,
        _ => Role::Inline,
    }
}

#[derive(Debug, Clone, Copy)]
struct Element<'a> {
    name: &'a str,
    /// The name without its prefix, as the schema spells it.
    local: &'a str,
    role: Role,
    part: Part,
    /// What a block that starts in it is.
    kind: BlockKind,
    /// Length of the text at its start.
    from: usize,
}

/// Takes elements and text in order and builds the blocks and the metadata.
struct Sink<'a> {
    flow: Flow,
    /// The note under construction.
    note: Option<Flow>,
    /// Notes of the block under construction, to follow it.
    notes: Vec<Flow>,
    stack: Vec<Element<'a>>,
    /// How many elements of a name are open; counted from the first end tag on that does not fit.
    open: Option<HashMap<&'a str, usize>>,
    /// Kind of the block under construction, set by its first text.
    kind: BlockKind,
    /// The block under construction is a number so far.
    number_only: bool,
    /// What unmarked text of the main body is.
    main_kind: BlockKind,
    facts: Facts,
    diagnostics: Vec<Diagnostic>,
    length: usize,
}

impl<'a> Sink<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            flow: Flow::default(),
            note: None,
            notes: Vec::new(),
            stack: Vec::new(),
            open: None,
            kind: BlockKind::Paragraph,
            number_only: false,
            main_kind: BlockKind::Paragraph,
            facts: Facts::default(),
            diagnostics: Vec::new(),
            length: text.len(),
        }
    }

    /// One diagnostic a file: what follows the first slip is mostly its consequence.
    fn complain(&mut self, at: usize, message: String) {
        if self.diagnostics.is_empty() {
            self.diagnostics.push(Diagnostic { severity: Severity::Warning, at: Some(at), message });
        }
    }

    fn open(&mut self, tag: &'a str, name_len: usize, at: usize, get: &dyn Fn(&str) -> Option<String>) {
        let name = tag.get(1..1 + name_len).unwrap_or_default();
        let local = canonical(name);
        let parent = self.stack.last();
        let above = parent.map_or(Part::Outside, |e| e.part);
        let part = match (above, local) {
            (Part::Annex | Part::Meta, _) => above,
            (_, "meta") => Part::Meta,
            (_, "attachments" | "attachment" | "annex") => Part::Annex,
            (_, "coverPage" | "preface" | "conclusions") => Part::Cover,
            (_, "preamble") => Part::Preamble,
            (_, "mainBody" | "body" | "debateBody") => Part::Main,
            _ => above,
        };
        if local == "statement" {
            let resolution = get("name").is_some_and(|n| n == "resolution");
            self.main_kind = if resolution { BlockKind::Operative } else { BlockKind::Paragraph };
        }
        let mut role = role(local);
        if local == "crossHeading" && get("refersTo").is_some_and(|r| r == "#preamble") {
            role = Role::PreambularHeading;
        }
        let inherited = parent.map_or(BlockKind::Paragraph, |e| e.kind);
        let kind = match (part, role) {
            (_, Role::Note) => BlockKind::Footnote,
            (Part::Annex, _) => BlockKind::Annex,
            (Part::Cover, _) => BlockKind::Cover,
            (_, Role::PreambularHeading) => BlockKind::Preambular,
            (Part::Preamble, _) => BlockKind::Preambular,
            (_, Role::Heading) => BlockKind::Heading,
            (_, Role::Cell) => BlockKind::Cell,
            (Part::Main, _) if above != Part::Main => self.main_kind,
            _ => inherited,
        };
        match part {
            Part::Meta => self.facts.open(local, get),
            _ => self.facts.mark(local, get),
        }
        self.begin(role, at, get);
        let from = self.target().len();
        self.stack.push(Element { name, local, role, part, kind, from });
        if let Some(open) = &mut self.open {
            *open.entry(name).or_default() += 1;
        }
    }

    fn begin(&mut self, role: Role, at: usize, get: &dyn Fn(&str) -> Option<String>) {
        match role {
            Role::Note if self.note.is_none() => {
                let mut note = Flow::default();
                if let Some(marker) = get("marker").filter(|m| !m.trim().is_empty()) {
                    note.push_decoded(marker.trim(), Span::new(at, at));
                    note.push_decoded(" ", Span::new(at, at));
                }
                self.note = Some(note);
            }
            Role::Break => self.target().push_decoded(" ", Span::new(at, at)),
            Role::Block | Role::Heading | Role::PreambularHeading if self.number_only => {}
            // The marker of a note and its first paragraph are one block.
            Role::Block if self.note.as_ref().is_some_and(|n| n.block_text().ends_with(' ')) => {}
            Role::Inline | Role::NoteReference | Role::Note => {}
            _ => self.cut(),
        }
    }

    fn close(&mut self, name: &str, at: usize) {
        if self.stack.last().is_none_or(|top| top.name != name) {
            let stack = &self.stack;
            let open = self.open.get_or_insert_with(|| {
                let mut open = HashMap::new();
                stack.iter().for_each(|element| *open.entry(element.name).or_default() += 1);
                open
            });
            if open.get(name).is_none_or(|count| *count == 0) {
                self.complain(at, format!("not well-formed: </{name}> closes nothing that is open; passed over"));
                return;
            }
        }
        while let Some(element) = self.stack.pop() {
            if let Some(n) = self.open.as_mut().and_then(|open| open.get_mut(element.name)) {
                *n -= 1;
            }
            self.end(element, at);
            if element.name == name {
                break;
            }
            self.complain(at, format!("not well-formed: </{name}> inside <{}>, which is closed with it", element.name));
        }
    }

    fn end(&mut self, element: Element<'a>, at: usize) {
        self.facts.close(element.local);
        match element.role {
            Role::Inline | Role::Break => {}
            Role::NoteReference => {
                let target = self.target();
                if element.from <= target.len() && is_reference(target.tail(element.from)) {
                    target.truncate(element.from);
                }
            }
            Role::Number => {
                self.number_only = self.note.is_none() && !self.flow.at_block_start();
                self.target().push_decoded(" ", Span::new(at, at));
            }
            Role::Note => {
                if let Some(mut note) = self.note.take() {
                    note.end_block(BlockKind::Footnote, None);
                    self.notes.push(note);
                }
            }
            Role::Block if self.number_only => {}
            _ => self.cut(),
        }
    }

    /// Where text goes: the note under construction, or the document.
    fn target(&mut self) -> &mut Flow {
        self.note.as_mut().unwrap_or(&mut self.flow)
    }

    fn cut(&mut self) {
        if let Some(note) = &mut self.note {
            note.end_block(BlockKind::Footnote, None);
            return;
        }
        self.number_only = false;
        self.flow.end_block(self.kind, None);
        for note in self.notes.drain(..) {
            self.flow.append(&note);
        }
    }

    fn text(&mut self, raw: &str, at: usize) {
        if raw.is_empty() {
            return;
        }
        self.facts.text(raw);
        if self.starts_text(raw) {
            push_entities(self.target(), raw, at);
        }
    }

    fn cdata(&mut self, raw: &str, at: usize) {
        if self.starts_text(raw) {
            self.target().push(raw, at);
        }
    }

    /// Whether text goes into the document here; notes what kind of block it starts.
    fn starts_text(&mut self, raw: &str) -> bool {
        let Some(top) = self.stack.last().copied() else { return false };
        if top.part == Part::Meta {
            return false;
        }
        if !raw.trim().is_empty() && self.note.is_none() {
            if self.flow.at_block_start() || self.number_only {
                self.kind = top.kind;
            }
            self.number_only &= top.role == Role::Number;
        }
        true
    }

    fn finish(mut self) -> Body {
        if let Some(element) = self.stack.last().copied() {
            self.complain(self.length, format!("the file ends inside <{}>: it is cut off", element.name));
        }
        while let Some(element) = self.stack.pop() {
            self.end(element, self.length);
        }
        self.cut();
        let mut body = self.flow.finish();
        (body.metadata, body.language) = self.facts.finish();
        body.diagnostics = self.diagnostics;
        body
    }
}

/// The local name as the schema spells it; tag soup may have it in lower case.
fn canonical(name: &str) -> &str {
    const SPELLED: [&str; 13] = [
        "coverPage",
        "mainBody",
        "docNumber",
        "docTitle",
        "docDate",
        "authorialNote",
        "crossHeading",
        "blockList",
        "listIntroduction",
        "wrapUp",
        "noteRef",
        "docAuthority",
        "docStatus",
    ];
    let local = memchr::memrchr(b':', name.as_bytes()).map_or(name, |colon| &name[colon + 1..]);
    // All of them are longer.
    if local.len() < "wrapUp".len() {
        return local;
    }
    SPELLED.iter().find(|s| s.eq_ignore_ascii_case(local)).copied().unwrap_or(local)
}

/// Whether a superscript is the number of a note: "6", "3, 4", "*".
pub(super) fn is_reference(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '*' | ',' | ' ' | '[' | ']' | '\u{2013}' | '-'))
}

#[cfg(test)]
mod tests;

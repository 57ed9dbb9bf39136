//! What the readers build: text in blocks, white space collapsed, every byte with its way back.

use super::{Block, BlockKind, Diagnostic, Language};
use crate::metadata::Metadata;
use crate::span::{MappedText, OffsetMap, Span};

/// What a reader makes of a file, before it is known by path and digest.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub text: String,
    pub map: OffsetMap,
    pub blocks: Vec<Block>,
    pub language: Option<Language>,
    pub metadata: Metadata,
    pub diagnostics: Vec<Diagnostic>,
}

impl Body {
    /// The body with offsets, till now those of a decoded text, led on to the bytes of the file.
    pub fn after(mut self, decoding: &OffsetMap) -> Self {
        self.map = self.map.through(decoding);
        for d in &mut self.diagnostics {
            d.at = d.at.map(|at| decoding.input(at));
        }
        self
    }
}

/// One run of text with white space collapsed; blocks are cut from it.
#[derive(Debug, Default)]
pub(super) struct Flow {
    out: MappedText,
    /// Where the block under construction starts in `out`.
    start: usize,
    blocks: Vec<Block>,
}

impl Flow {
    /// Whether the block under construction has no text yet.
    pub fn at_block_start(&self) -> bool {
        self.out.text.len() == self.start
    }

    /// The text of the block under construction.
    pub fn block_text(&self) -> &str {
        &self.out.text[self.start..]
    }

    /// Length of all the text so far, for [`Flow::truncate`].
    pub fn len(&self) -> usize {
        self.out.text.len()
    }

    /// The text from `len` on, a former [`Flow::len`].
    pub fn tail(&self, len: usize) -> &str {
        self.out.text.get(len.max(self.start)..).unwrap_or_default()
    }

    /// Takes the block under construction back to what the text was at `len`.
    pub fn truncate(&mut self, len: usize) {
        self.out.truncate(len.max(self.start));
    }

    /// Appends `raw`, which stands at `at` in the input; white space collapses to single spaces.
    pub fn push(&mut self, raw: &str, at: usize) {
        let bytes = raw.as_bytes();
        let (mut copied, mut seen) = (0, 0);
        while let Some(step) = bytes[seen..].iter().position(|b| !WITHIN[usize::from(*b)]) {
            let odd = seen + step;
            // One space between two words is copied with them.
            if bytes[odd] == b' ' && odd > copied && bytes.get(odd + 1).is_some_and(|b| WITHIN[usize::from(*b)]) {
                seen = odd + 2;
                continue;
            }
            let tail = &raw[odd..];
            let space_end = tail.find(|c| !is_space(c)).unwrap_or(tail.len());
            if space_end == 0 {
                seen = odd + tail.chars().next().map_or(1, char::len_utf8);
                continue;
            }
            if odd > copied {
                self.out.copy(&raw[copied..odd], at + copied);
            }
            seen = odd + space_end;
            self.space(Span::new(at + odd, at + seen));
            copied = seen;
        }
        if copied < raw.len() {
            self.out.copy(&raw[copied..], at + copied);
        }
    }

    /// Appends `decoded`, which is written as `from` in the input (an entity; empty for an insertion).
    pub fn push_decoded(&mut self, decoded: &str, from: Span) {
        if decoded.chars().all(is_space) {
            self.space(from);
        } else {
            self.out.replace(decoded, from);
        }
    }

    /// Appends a line break inside a block, as printed at `from`.
    pub fn line_break(&mut self, from: Span) {
        self.drop_trailing_space();
        if !self.at_block_start() {
            self.out.replace("\n", from);
        }
    }

    fn space(&mut self, from: Span) {
        if self.at_block_start() || self.out.text.ends_with([' ', '\n']) {
            return;
        }
        self.out.replace(" ", from);
    }

    fn drop_trailing_space(&mut self) {
        let end = self.start + self.block_text().trim_end().len();
        if end < self.out.text.len() {
            self.out.truncate(end);
        }
    }

    /// Ends the block under construction. A block without text leaves no trace.
    /// Says whether there was one.
    pub fn end_block(&mut self, kind: BlockKind, page: Option<u32>) -> bool {
        self.drop_trailing_space();
        let end = self.out.text.len();
        if end == self.start {
            return false;
        }
        self.blocks.push(Block { span: Span::new(self.start, end), kind, page });
        let at = self.out.map.input(end);
        self.out.replace("\n", Span::new(at, at));
        self.start = self.out.text.len();
        true
    }

    /// Appends the blocks of another flow, made from the same input.
    pub fn append(&mut self, other: &Self) {
        debug_assert!(self.at_block_start() && other.at_block_start());
        let base = self.out.text.len();
        self.out.append(&other.out);
        self.blocks.extend(other.blocks.iter().map(|b| Block {
            span: Span::new(base + b.span.start, base + b.span.end),
            kind: b.kind,
            page: b.page,
        }));
        self.start = self.out.text.len();
    }

    /// The text, its map, and the blocks.
    pub fn finish(mut self) -> Body {
        let end = self.blocks.last().map_or(0, |b| b.span.end);
        self.out.truncate(end);
        Body { text: self.out.text, map: self.out.map, blocks: self.blocks, ..Body::default() }
    }
}

/// The last character boundary of `text` that is not after `at`.
pub(super) fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

/// The bytes that are no white space for certain: of the others some begin a character that is.
static WITHIN: [bool; 256] = {
    let mut table = [true; 256];
    let odd = [0, b' ', b'\t', b'\n', 0xb, 0xc, b'\r', 0xc2, 0xe1, 0xe2, 0xe3, 0xef];
    let mut i = 0;
    while i < odd.len() {
        table[odd[i] as usize] = false;
        i += 1;
    }
    table
};

/// White space, with the zero-width characters that mark up nothing.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{0}' | '\u{feff}')
}

/// Appends marked-up text that stands at `at` in the input to `flow`, its entities decoded.
pub(super) fn push_entities(flow: &mut Flow, raw: &str, at: usize) {
    let mut from = 0;
    while let Some(amp) = memchr::memchr(b'&', &raw.as_bytes()[from..]).map(|i| from + i) {
        flow.push(&raw[from..amp], at + from);
        let len = reference_len(&raw[amp..]);
        let reference = &raw[amp..amp + len];
        match decode_entity(reference) {
            Some(decoded) => flow.push_decoded(&decoded, Span::new(at + amp, at + amp + len)),
            None => flow.push(reference, at + amp),
        }
        from = amp + len;
    }
    flow.push(&raw[from..], at + from);
}

/// Text with its entities decoded, where the way back is not needed (attributes).
pub(super) fn decode_entities(raw: &str) -> String {
    let mut flow = MappedText::default();
    let mut from = 0;
    while let Some(amp) = memchr::memchr(b'&', &raw.as_bytes()[from..]).map(|i| from + i) {
        flow.text.push_str(&raw[from..amp]);
        let len = reference_len(&raw[amp..]);
        let reference = &raw[amp..amp + len];
        flow.text.push_str(decode_entity(reference).as_deref().unwrap_or(reference));
        from = amp + len;
    }
    flow.text.push_str(&raw[from..]);
    flow.text
}

/// Length of the longest possible reference that `text`, which starts with `&`, starts with.
fn reference_len(text: &str) -> usize {
    // The longest name has 31 characters; a number with more digits is no character.
    let name = text.bytes().skip(1).take(33).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    let end = 1 + name;
    if text.as_bytes().get(end) == Some(&b';') { end + 1 } else { end }
}

/// What an HTML or XML reference stands for; `None` where it stands for itself.
pub(super) fn decode_entity(reference: &str) -> Option<String> {
    let known = match reference {
        "&amp;" => "&",
        "&lt;" => "<",
        "&gt;" => ">",
        "&quot;" => "\"",
        "&apos;" => "'",
        "&nbsp;" => "\u{a0}",
        "&" => return None,
        _ => "",
    };
    if !known.is_empty() {
        return Some(known.to_owned());
    }
    let mut decoded = String::new();
    for token in html5gum::Tokenizer::new(reference).flatten() {
        if let html5gum::Token::String(s) = token {
            decoded.push_str(&String::from_utf8_lossy(&s));
        }
    }
    (decoded != reference && !decoded.is_empty()).then_some(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_collapses_and_leads_back() {
        let input = "  one\n\t two &eacute;t&#233; &unknown; R&D  ";
        let mut flow = Flow::default();
        push_entities(&mut flow, input, 0);
        assert!(flow.end_block(BlockKind::Paragraph, None));
        assert!(!flow.end_block(BlockKind::Paragraph, None));
        let body = flow.finish();
        assert_eq!(body.text, "one two \u{e9}t\u{e9} &unknown; R&D");
        let at = |w: &str| body.text.find(w).expect(w);
        assert_eq!(body.map.span(Span::new(at("two"), at("two") + 3)).of(input), "two");
        assert_eq!(body.map.span(Span::new(at("\u{e9}t"), at(" &unk"))).of(input), "&eacute;t&#233;");
        assert_eq!(body.map.span(Span::new(at("R&D"), at("R&D") + 3)).of(input), "R&D");
    }
}

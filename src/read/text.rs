//! Plain text: one block a line. Blank lines are the gaps between blocks.

use memchr::{memchr, memchr3};

use super::build::Body;
use super::encoding::Decoded;
use super::{Block, BlockKind};
use crate::span::Span;

/// Cuts a decoded text into lines. A form feed starts a page.
pub(super) fn read(decoded: Decoded) -> Body {
    let Decoded { text, map, .. } = decoded;
    let blocks = lines(&text);
    Body { text, map, blocks, ..Body::default() }
}

/// The lines of a text that are not blank, without their ends.
pub(super) fn lines(text: &str) -> Vec<Block> {
    let paged = memchr(0x0c, text.as_bytes()).is_some();
    let ends = Ends::of(text);
    let mut page = 1;
    let mut blocks = Vec::new();
    let mut start = 0;
    loop {
        let end = line_end(text, start, ends);
        let len = text[start..end].trim_end().len();
        if len > 0 {
            let span = Span::new(start, start + len);
            blocks.push(Block { span, kind: BlockKind::Line, page: paged.then_some(page) });
        }
        let Some(c) = text[end..].chars().next() else { break };
        page += u32::from(c == '\u{c}');
        start = end + c.len_utf8();
    }
    blocks
}

/// Which ends of lines a text may have: most have few of them, and those are looked for many bytes at once.
#[derive(Clone, Copy)]
enum Ends {
    /// Those of ASCII, without the vertical tab.
    Ascii,
    /// "\n" and those that are not ASCII.
    Plain,
    All,
}

impl Ends {
    fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        if text.is_ascii() {
            if memchr(0x0b, bytes).is_none() { Self::Ascii } else { Self::All }
        } else if memchr3(b'\r', 0x0b, 0x0c, bytes).is_none() {
            Self::Plain
        } else {
            Self::All
        }
    }
}

/// The next end of a line, or of the text.
fn line_end(text: &str, start: usize, ends: Ends) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    let next = |rest: &[u8]| match ends {
        Ends::Ascii => memchr3(b'\n', b'\r', 0x0c, rest),
        Ends::Plain => memchr3(b'\n', 0xc2, 0xe2, rest),
        Ends::All => rest.iter().position(|b| matches!(b, b'\n'..=b'\r' | 0xc2 | 0xe2)),
    };
    while let Some(step) = next(&bytes[at..]) {
        at += step;
        if bytes[at].is_ascii() || text[at..].starts_with(['\u{85}', '\u{2028}', '\u{2029}']) {
            return at;
        }
        at += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_every_way_and_pages_are_counted() {
        let text = "  first \r\nsecond\rthird\n\n\u{c}fourth\u{2028}fifth";
        let found: Vec<_> = lines(text).iter().map(|b| (b.span.of(text), b.page)).collect();
        let expected = [("  first", 1), ("second", 1), ("third", 1), ("fourth", 2), ("fifth", 2)];
        assert_eq!(found, expected.map(|(t, p)| (t, Some(p))));
        assert!(lines("one\ntwo").iter().all(|b| b.page.is_none()));
    }
}

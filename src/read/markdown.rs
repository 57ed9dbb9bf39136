//! Markdown: the words without the signs. What is printed as a number stays as printed.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::BlockKind;
use super::build::{Body, Flow, decode_entities};
use crate::span::Span;

/// Reads Markdown. Line breaks inside a paragraph are kept, so that hyphens at line ends can be mended.
pub(super) fn read(text: &str) -> Body {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    let mut reader = Reader { source: text, flow: Flow::default(), stack: Vec::new(), images: 0 };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reader.event(event, range);
    }
    reader.flow.end_block(BlockKind::Paragraph, None);
    reader.flow.finish()
}

struct Reader<'a> {
    source: &'a str,
    flow: Flow,
    /// The kinds of the open blocks.
    stack: Vec<BlockKind>,
    /// Depth in images, whose text is a description and not the document's own.
    images: usize,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, &range),
            Event::End(tag) => self.end(tag),
            Event::SoftBreak | Event::HardBreak => self.flow.line_break(Span::new(range.start, range.end)),
            Event::Text(words) | Event::Code(words) => self.text(&words, &range),
            Event::Html(html) => self.html(&html, range.start),
            Event::InlineHtml(html) if is_line_break(&html) => self.flow.line_break(Span::new(range.start, range.end)),
            Event::FootnoteReference(_) | Event::InlineHtml(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
            Event::TaskListMarker(_) => {}
            Event::Rule => self.cut(),
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        let kind = match tag {
            Tag::Heading { .. } => BlockKind::Heading,
            Tag::Item => BlockKind::ListItem,
            Tag::FootnoteDefinition(_) => BlockKind::Footnote,
            Tag::TableCell => BlockKind::Cell,
            Tag::CodeBlock(_) => BlockKind::Line,
            Tag::Paragraph | Tag::HtmlBlock => self.stack.last().copied().unwrap_or(BlockKind::Paragraph),
            Tag::Image { .. } => {
                self.images += 1;
                return;
            }
            _ => return,
        };
        // The number of an item or a note, which a space follows, stands in the same block as its first words.
        let number_only = matches!(tag, Tag::Paragraph) && self.flow.block_text().ends_with(' ');
        if !number_only {
            self.cut();
        }
        self.stack.push(kind);
        match tag {
            Tag::Item => self.number(range),
            Tag::FootnoteDefinition(label) => {
                let at = range.start + 2;
                self.flow.push(label, at);
                self.flow.push(" ", at + label.len());
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {}
            _ => {}
        }
    }

    /// The number of an item as printed: Markdown itself would count on from the list's first.
    fn number(&mut self, range: &Range<usize>) {
        let item = &self.source[range.clone()];
        let digits = item.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 && item[digits..].starts_with(['.', ')']) {
            self.flow.push(&item[..=digits], range.start);
            self.flow.push_decoded(" ", Span::new(range.start + digits + 1, range.start + digits + 1));
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::Item
            | TagEnd::FootnoteDefinition
            | TagEnd::TableCell
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock => {
                self.cut();
                self.stack.pop();
            }
            TagEnd::Image => self.images -= 1,
            _ => {}
        }
    }

    /// Ends the block under construction, as what the innermost open element is.
    fn cut(&mut self) {
        let kind = self.stack.last().copied().unwrap_or(BlockKind::Paragraph);
        self.flow.end_block(kind, None);
    }

    fn text(&mut self, words: &str, range: &Range<usize>) {
        if self.images > 0 {
            return;
        }
        let code = self.stack.last() == Some(&BlockKind::Line);
        if self.source.get(range.clone()) != Some(words) {
            // An entity, or a code span with its ticks.
            match self.source[range.clone()].find(words) {
                Some(at) => self.flow.push(words, range.start + at),
                None => self.flow.push_decoded(words, Span::new(range.start, range.end)),
            }
        } else if code {
            let mut at = range.start;
            for line in words.split_inclusive('\n') {
                self.flow.push(line, at);
                at += line.len();
                if line.ends_with('\n') {
                    self.cut();
                }
            }
        } else {
            self.flow.push(words, range.start);
        }
    }

    /// The words of an HTML block, which Markdown hands over unread.
    fn html(&mut self, html: &str, at: usize) {
        let mut rest = 0;
        while rest < html.len() {
            let open = html[rest..].find('<').map_or(html.len(), |i| rest + i);
            if html[rest..open].contains('&') {
                self.flow.push_decoded(&decode_entities(&html[rest..open]), Span::new(at + rest, at + open));
            } else {
                self.flow.push(&html[rest..open], at + rest);
            }
            rest = html[open..].find('>').map_or(html.len(), |i| open + i + 1);
        }
    }
}

fn is_line_break(html: &str) -> bool {
    html.len() >= 3 && html.is_char_boundary(3) && html[..3].eq_ignore_ascii_case("<br")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markdown: &str, expected: &[(BlockKind, &str)]) {
        let body = read(markdown);
        let found: Vec<_> = body.blocks.iter().map(|b| (b.kind, b.span.of(&body.text))).collect();
        assert_eq!(found, expected);
        for block in &body.blocks {
            for word in block.span.of(&body.text).split([' ', '\n']).filter(|w| w.chars().all(char::is_alphanumeric)) {
                let at = word.as_ptr() as usize - body.text.as_ptr() as usize;
                assert_eq!(body.map.span(Span::new(at, at + word.len())).of(markdown), word);
            }
        }
    }

    #[test]
    fn signs_go_and_words_stay_in_place() {
        check(
            "Recalling [12 \\(1999\\)](#), *and\nnoting* **all** of R&amp;D,",
            &[(BlockKind::Paragraph, "Recalling 12 (1999), and\nnoting all of R&D,")],
        );
        check(
            "# Head\n\nHead two\n---\n\ntext<br>more",
            &[(BlockKind::Heading, "Head"), (BlockKind::Heading, "Head two"), (BlockKind::Paragraph, "text\nmore")],
        );
        check(
            "| a | b |\n|---|---|\n| c | d |",
            &[(BlockKind::Cell, "a"), (BlockKind::Cell, "b"), (BlockKind::Cell, "c"), (BlockKind::Cell, "d")],
        );
        check(
            "![logo](x.png) words[^1]\n\n[^1]: The note.",
            &[(BlockKind::Paragraph, "words"), (BlockKind::Footnote, "1 The note.")],
        );
        check("<div>\nIn a block\n</div>", &[(BlockKind::Paragraph, "In a block")]);
    }

    #[test]
    fn printed_numbers_are_not_counted_anew() {
        check(
            "18. *Strongly* asks;\n\n18. Asks again;\n\n25) Ends.",
            &[
                (BlockKind::ListItem, "18. Strongly asks;"),
                (BlockKind::ListItem, "18. Asks again;"),
                (BlockKind::ListItem, "25) Ends."),
            ],
        );
        check(
            "3. Asks\n\n   (a) one;\n\n   (b) two;",
            &[(BlockKind::ListItem, "3. Asks"), (BlockKind::ListItem, "(a) one;"), (BlockKind::ListItem, "(b) two;")],
        );
        check(
            "    an indented line\n    and another",
            &[(BlockKind::Line, "an indented line"), (BlockKind::Line, "and another")],
        );
    }
}

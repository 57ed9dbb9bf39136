//! HTML: the words of the main content as blocks; navigation and the like as furniture.
//!
//! A page is read twice: first into a flat tree ([`tree`]), on which the main content is chosen
//! by structure and by how much of a part is links ([`content`]); then along the tree into blocks.

mod content;
mod tree;

use super::build::{Body, Flow, push_entities};
use super::{BlockKind, Language};
use crate::span::Span;
use content::Standing;
use tree::{Event, ListNumbers, Node, Tag, Tree};

/// Reads HTML of any vintage and any depth.
pub(super) fn read(text: &str) -> Body {
    let tree = Tree::read(text);
    let standing = content::standing(&tree);
    let mut writer = Writer::new(text, &tree, standing);
    for event in &tree.events {
        match *event {
            Event::Open(node, at) => writer.open(node, at),
            Event::Close(node, at) => writer.close(node, at),
            Event::Text(node, span) => writer.text(node, span),
        }
    }
    writer.cut();
    let mut body = writer.flow.finish();
    body.language = tree.language.as_deref().and_then(|l| Language::from_code(l.split(['-', '_']).next()?));
    body
}

/// Walks a tree and builds its blocks.
struct Writer<'a> {
    source: &'a str,
    tree: &'a Tree,
    standing: Vec<Standing>,
    kinds: Vec<BlockKind>,
    flow: Flow,
    /// The node that the block under construction started in.
    block: usize,
    /// Text of links in the block under construction, in bytes.
    linked: usize,
    lists: Vec<ListNumbers>,
    /// The number of an item whose text has not started.
    number: Option<String>,
    /// A line break was the last thing seen.
    after_break: bool,
    /// The heading of an apparatus ("See also") that is under way, with the node that bounds it.
    apparatus: Option<(u8, usize)>,
    /// Length of the text where each open superscript starts.
    superscripts: Vec<usize>,
}

impl<'a> Writer<'a> {
    fn new(source: &'a str, tree: &'a Tree, standing: Vec<Standing>) -> Self {
        let kinds = tree.nodes.iter().fold(Vec::with_capacity(tree.nodes.len()), |mut kinds, node| {
            let inherited = kinds.get(node.parent).copied().unwrap_or(BlockKind::Paragraph);
            kinds.push(block_kind(node, inherited));
            kinds
        });
        Self {
            source,
            tree,
            standing,
            kinds,
            flow: Flow::default(),
            block: 0,
            linked: 0,
            lists: Vec::new(),
            number: None,
            after_break: false,
            apparatus: None,
            superscripts: Vec::new(),
        }
    }

    fn open(&mut self, id: usize, at: usize) {
        let node = &self.tree.nodes[id];
        match node.tag {
            Tag::Break => {
                if self.after_break {
                    self.cut();
                } else {
                    self.flow.line_break(Span::new(at, at));
                    self.after_break = true;
                }
                return;
            }
            Tag::List => self.lists.push(node.numbers),
            Tag::Item => {
                self.cut();
                self.number = self.lists.last_mut().and_then(|l| l.next(node.value));
            }
            Tag::Superscript => self.superscripts.push(self.flow.len()),
            _ => {}
        }
        if node.tag.is_block() && node.tag != Tag::Item {
            self.cut();
        }
    }

    fn close(&mut self, id: usize, _at: usize) {
        let tag = self.tree.nodes[id].tag;
        match tag {
            Tag::List => {
                self.lists.pop();
            }
            Tag::Superscript => {
                let from = self.superscripts.pop().unwrap_or(0);
                if super::akn::is_reference(self.flow.tail(from)) && from <= self.flow.len() {
                    self.flow.truncate(from);
                }
            }
            _ => {}
        }
        if tag.is_block() {
            self.cut();
        }
        if tag == Tag::Item {
            self.number = None;
        }
        if self.apparatus.is_some_and(|(_, bound)| bound == id) {
            self.apparatus = None;
        }
    }

    fn text(&mut self, id: usize, span: Span) {
        if self.standing[id] == Standing::Dropped {
            return;
        }
        if self.tree.nodes[id].preformatted {
            let mut at = span.start;
            for line in span.of(self.source).split_inclusive('\n') {
                self.words(id, line, at);
                at += line.len();
                if line.ends_with('\n') {
                    self.cut();
                }
            }
        } else {
            self.words(id, span.of(self.source), span.start);
        }
    }

    fn words(&mut self, id: usize, raw: &str, at: usize) {
        if raw.trim().is_empty() {
            if !self.after_break {
                self.flow.push(raw, at);
            }
            return;
        }
        self.after_break = false;
        if !self.flow.at_block_start() && self.standing[id] != self.standing[self.block] {
            self.cut();
        }
        if self.flow.at_block_start() {
            self.block = id;
            if let Some(number) = self.number.take()
                && !starts_with_number(raw.trim_start())
            {
                self.flow.push_decoded(&number, Span::new(at, at));
                self.flow.push_decoded(" ", Span::new(at, at));
            }
        }
        let before = self.flow.len();
        push_entities(&mut self.flow, raw, at);
        if self.tree.nodes[id].in_link {
            self.linked += self.flow.len() - before;
        }
    }

    /// Ends the block under construction.
    fn cut(&mut self) {
        self.after_break = false;
        let node = &self.tree.nodes[self.block];
        let kind = if self.flow.at_block_start() { BlockKind::Paragraph } else { self.kind_of_block(node) };
        self.flow.end_block(kind, None);
        self.linked = 0;
    }

    fn kind_of_block(&mut self, node: &Node) -> BlockKind {
        let text = self.flow.block_text();
        if self.standing[self.block] == Standing::Furniture {
            return BlockKind::Furniture;
        }
        if let Some(level) = node.heading {
            if content::is_apparatus(text) {
                self.apparatus = Some((level, content::scope(self.tree, self.block)));
                return BlockKind::Furniture;
            }
            if self.apparatus.is_some_and(|(above, _)| level <= above) {
                self.apparatus = None;
            }
        }
        if self.apparatus.is_some() || content::is_link_notice(text, self.linked) {
            return BlockKind::Furniture;
        }
        if node.preformatted { BlockKind::Line } else { self.kinds[self.block] }
    }
}

fn block_kind(node: &Node, inherited: BlockKind) -> BlockKind {
    match (node.tag, inherited) {
        _ if node.is_note => BlockKind::Footnote,
        (_, BlockKind::Footnote) => BlockKind::Footnote,
        _ if node.heading.is_some() => BlockKind::Heading,
        (Tag::Item, _) => BlockKind::ListItem,
        (Tag::Cell, _) => BlockKind::Cell,
        // Old pages are laid out in tables: a paragraph in a cell is a paragraph.
        (Tag::Paragraph, BlockKind::Cell) => BlockKind::Paragraph,
        _ => inherited,
    }
}

/// Whether an item prints its number itself: "1.", "(a)", "iv)".
fn starts_with_number(text: &str) -> bool {
    let text = text.strip_prefix('(').unwrap_or(text);
    let len = text.bytes().take(5).take_while(u8::is_ascii_alphanumeric).count();
    let number = &text[..len];
    let short = number.len() <= 1
        || number.bytes().all(|b| b.is_ascii_digit())
        || number.bytes().all(|b| b"ivxlc".contains(&b));
    (1..=4).contains(&len) && short && text[len..].starts_with(['.', ')'])
}

#[cfg(test)]
mod tests;

//! A page as a flat tree: nodes in document order, each after its parent.

use std::collections::HashMap;

use super::super::soup::{self, Attributes, Dialect, Piece};
use crate::span::Span;

/// What an element is to a reader of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Root,
    Body,
    /// `script`, `style` and others whose text is not for reading.
    Hidden,
    /// `nav`, `footer`, `aside`, `form` and others that are not the content.
    Chrome,
    Header,
    Main,
    Article,
    Division,
    Paragraph,
    Heading,
    List,
    Item,
    Table,
    Row,
    Cell,
    Preformatted,
    Break,
    Superscript,
    Link,
    Inline,
}

impl Tag {
    fn of(name: &str) -> Self {
        match name {
            "html" => Self::Root,
            "body" => Self::Body,
            "script" | "style" | "template" | "noscript" | "svg" | "math" | "select" | "iframe" | "object" | "head"
            | "title" | "textarea" | "canvas" | "audio" | "video" | "datalist" => Self::Hidden,
            "nav" | "footer" | "aside" | "form" | "button" | "dialog" | "menu" | "label" | "legend" => Self::Chrome,
            "header" => Self::Header,
            "main" => Self::Main,
            "article" => Self::Article,
            "div" | "section" | "center" | "fieldset" | "figure" | "figcaption" | "details" | "summary" | "address"
            | "blockquote" | "hgroup" | "hr" | "dl" | "frameset" => Self::Division,
            "p" | "dd" | "dt" | "caption" => Self::Paragraph,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Self::Heading,
            "ol" | "ul" | "dir" => Self::List,
            "li" => Self::Item,
            "table" | "tbody" | "thead" | "tfoot" => Self::Table,
            "tr" => Self::Row,
            "td" | "th" => Self::Cell,
            "pre" | "listing" | "xmp" => Self::Preformatted,
            "br" => Self::Break,
            "sup" => Self::Superscript,
            "a" => Self::Link,
            _ => Self::Inline,
        }
    }

    /// Whether its text stands apart from what is before and after.
    pub fn is_block(self) -> bool {
        !matches!(self, Self::Break | Self::Superscript | Self::Link | Self::Inline | Self::Hidden)
    }
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "frame"
    )
}

/// How the items of a list are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ListNumbers {
    style: Style,
    next: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Bullets,
    Decimal,
    Letters { upper: bool },
    Roman { upper: bool },
}

impl ListNumbers {
    const BULLETS: Self = Self { style: Style::Bullets, next: 1 };

    /// The number that is shown before the next item.
    pub fn next(&mut self, value: Option<i64>) -> Option<String> {
        let n = value.unwrap_or(self.next);
        self.next = n.saturating_add(1);
        let roman = || u16::try_from(n).ok().filter(|n| (1..400).contains(n)).map(crate::symbol::roman);
        let letter =
            || u8::try_from(n).ok().filter(|n| (1..=26).contains(n)).map(|n| char::from(b'a' + n - 1).to_string());
        let (shown, upper) = match self.style {
            Style::Bullets => return None,
            Style::Decimal => (None, false),
            Style::Letters { upper } => (letter(), upper),
            Style::Roman { upper } => (roman().map(|r| r.to_lowercase()), upper),
        };
        let shown = shown.unwrap_or_else(|| n.to_string());
        Some(format!("{}.", if upper { shown.to_uppercase() } else { shown }))
    }
}

/// An element.
#[derive(Debug)]
pub(super) struct Node {
    pub parent: usize,
    pub tag: Tag,
    /// Level of the heading that it is, or is in.
    pub heading: Option<u8>,
    /// Words of its class, id and role.
    pub names: Names,
    pub hidden: bool,
    pub in_link: bool,
    pub preformatted: bool,
    /// A footnote, by its name.
    pub is_note: bool,
    pub numbers: ListNumbers,
    /// The value of a list item that states one.
    pub value: Option<i64>,
    /// Bytes of text in it.
    pub text: usize,
    /// Bytes of text in links in it.
    pub linked: usize,
    /// Links in it.
    pub links: usize,
}

/// What class, id and role say of an element.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Names {
    /// Navigation, comments, sharing, advertisements.
    pub chrome: bool,
    /// The content proper.
    pub content: bool,
    /// A heading's own surroundings (`entry-header`), which are no site header.
    pub entry: bool,
}

/// What follows in the order of the page, each with its node.
#[derive(Debug, Clone, Copy)]
pub(super) enum Event {
    Open(usize, usize),
    Close(usize, usize),
    Text(usize, Span),
}

/// A page.
#[derive(Debug)]
pub(super) struct Tree {
    /// In order; a node's parent is before it. The first is the root, its own parent.
    pub nodes: Vec<Node>,
    pub events: Vec<Event>,
    /// `lang` of the root.
    pub language: Option<String>,
}

impl Tree {
    pub fn read(text: &str) -> Self {
        let mut builder = Builder::new();
        soup::scan(text, Dialect::Html, |piece| match piece {
            Piece::Open { name, attributes, closed } => {
                builder.open(&name.of(text).to_ascii_lowercase(), attributes, closed, name.start);
            }
            Piece::Close { name } => builder.close(&name.of(text).to_ascii_lowercase(), name.start),
            Piece::Text(span) => builder.text(span, text),
        });
        builder.finish(text.len())
    }
}

/// How far up the open elements an unclosed paragraph or item is looked for.
const REACH: usize = 64;

struct Builder {
    tree: Tree,
    stack: Vec<(usize, Box<str>)>,
    open: HashMap<Box<str>, usize>,
}

impl Builder {
    fn new() -> Self {
        let tree = Tree { nodes: Vec::new(), events: Vec::new(), language: None };
        let mut builder = Self { tree, stack: Vec::new(), open: HashMap::new() };
        builder.push("html", Tag::Root, &Attributes::new(), 0);
        builder
    }

    fn open(&mut self, name: &str, attributes: &Attributes, closed: bool, at: usize) {
        let tag = Tag::of(name);
        match tag {
            Tag::Root => {
                self.tree.language = self.tree.language.take().or_else(|| attribute(attributes, "lang"));
                return;
            }
            Tag::Item => self.imply_end(|t| t == Tag::Item, |t| t == Tag::List, at),
            Tag::Cell => self.imply_end(|t| t == Tag::Cell, |t| matches!(t, Tag::Row | Tag::Table), at),
            Tag::Row => self.imply_end(|t| t == Tag::Row, |t| t == Tag::Table, at),
            // The head ends where the body starts, tags or no tags.
            Tag::Body => self.close("head", at),
            _ => {}
        }
        if tag.is_block() && tag != Tag::Body {
            let boundary = |t| {
                matches!(t, Tag::Item | Tag::Cell | Tag::Division | Tag::Table | Tag::List | Tag::Article | Tag::Main)
            };
            self.imply_end(|t| t == Tag::Paragraph, boundary, at);
        }
        let id = self.push(name, tag, attributes, at);
        if closed && !tag.is_block() || is_void(name) {
            debug_assert_eq!(self.stack.last().map(|s| s.0), Some(id));
            self.pop(at);
        }
    }

    /// Closes an element that this one cannot stand in.
    fn imply_end(&mut self, ends: impl Fn(Tag) -> bool, boundary: impl Fn(Tag) -> bool, at: usize) {
        for depth in (0..self.stack.len()).rev().take(REACH) {
            let tag = self.tree.nodes[self.stack[depth].0].tag;
            if ends(tag) {
                while self.stack.len() > depth {
                    self.pop(at);
                }
                return;
            }
            if boundary(tag) {
                return;
            }
        }
    }

    fn push(&mut self, name: &str, tag: Tag, attributes: &Attributes, at: usize) -> usize {
        let parent = self.stack.last().map_or(0, |s| s.0);
        let above = self.tree.nodes.get(parent);
        let id = self.tree.nodes.len();
        let heading = if tag == Tag::Heading { name[1..].parse().ok() } else { above.and_then(|a| a.heading) };
        let (names, is_note) = names(attributes);
        self.tree.nodes.push(Node {
            parent,
            tag,
            heading,
            names,
            is_note,
            hidden: is_hidden(attributes),
            in_link: tag == Tag::Link || above.is_some_and(|a| a.in_link),
            preformatted: tag == Tag::Preformatted || above.is_some_and(|a| a.preformatted),
            numbers: numbers(name, attributes),
            value: attribute(attributes, "value").and_then(|v| v.parse().ok()),
            text: 0,
            linked: 0,
            links: usize::from(tag == Tag::Link),
        });
        self.tree.events.push(Event::Open(id, at));
        self.stack.push((id, name.into()));
        *self.open.entry(name.into()).or_default() += 1;
        id
    }

    fn pop(&mut self, at: usize) {
        if let Some((id, name)) = self.stack.pop() {
            self.tree.events.push(Event::Close(id, at));
            if let Some(n) = self.open.get_mut(&name) {
                *n -= 1;
            }
        }
    }

    fn close(&mut self, name: &str, at: usize) {
        // The root stays open to the end: text after </html> is text.
        if matches!(name, "html" | "body") || self.open.get(name).is_none_or(|n| *n == 0) {
            return;
        }
        while let Some((_, top)) = self.stack.last() {
            let last = &**top == name;
            self.pop(at);
            if last {
                break;
            }
        }
    }

    fn text(&mut self, span: Span, text: &str) {
        let Some(&(id, _)) = self.stack.last() else { return };
        self.tree.events.push(Event::Text(id, span));
        let len = span.of(text).split_whitespace().map(|w| w.len() + 1).sum::<usize>();
        let node = &mut self.tree.nodes[id];
        node.text += len;
        if node.in_link {
            node.linked += len;
        }
    }

    fn finish(mut self, end: usize) -> Tree {
        while !self.stack.is_empty() {
            self.pop(end);
        }
        for id in (1..self.tree.nodes.len()).rev() {
            let Node { parent, tag, text, linked, links, hidden, .. } = self.tree.nodes[id];
            if tag != Tag::Hidden && !hidden {
                let above = &mut self.tree.nodes[parent];
                above.text += text;
                above.linked += linked;
                above.links += links;
            }
        }
        self.tree
    }
}

fn attribute(attributes: &Attributes, name: &str) -> Option<String> {
    attributes.get(name.as_bytes()).map(|v| String::from_utf8_lossy(v).trim().to_owned())
}

fn is_hidden(attributes: &Attributes) -> bool {
    let style = attribute(attributes, "style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
    attributes.contains_key(b"hidden".as_slice())
        || attribute(attributes, "aria-hidden").as_deref() == Some("true")
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

fn numbers(name: &str, attributes: &Attributes) -> ListNumbers {
    if name != "ol" {
        return ListNumbers::BULLETS;
    }
    let style = match attribute(attributes, "type").as_deref() {
        Some("a") => Style::Letters { upper: false },
        Some("A") => Style::Letters { upper: true },
        Some("i") => Style::Roman { upper: false },
        Some("I") => Style::Roman { upper: true },
        _ => Style::Decimal,
    };
    ListNumbers { style, next: attribute(attributes, "start").and_then(|s| s.parse().ok()).unwrap_or(1) }
}

/// Words in classes, ids and roles that web sites use for what is not their content.
const CHROME: [&str; 44] = [
    "ad",
    "ads",
    "advert",
    "advertisement",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "catlinks",
    "comment",
    "commentform",
    "comments",
    "complementary",
    "contentinfo",
    "cookie",
    "cookies",
    "disqus",
    "editsection",
    "footer",
    "jp",
    "masthead",
    "menu",
    "menubar",
    "nav",
    "navbar",
    "navbox",
    "navigation",
    "newsletter",
    "pager",
    "pagination",
    "popup",
    "promo",
    "related",
    "reply",
    "respond",
    "search",
    "share",
    "sharedaddy",
    "sharing",
    "sidebar",
    "skip",
    "social",
    "subscribe",
    "toolbar",
    "widget",
];

/// Classes and ids that publishing systems give to the content proper.
const CONTENT: [&str; 12] = [
    "article-body",
    "article-content",
    "articlebody",
    "content-body",
    "entry-content",
    "field-name-body",
    "main-content",
    "mw-content-text",
    "mw-parser-output",
    "page-content",
    "post-body",
    "post-content",
];

fn names(attributes: &Attributes) -> (Names, bool) {
    let mut names = Names::default();
    let mut is_note = false;
    for key in ["class", "id", "role", "itemprop"] {
        let Some(value) = attribute(attributes, key) else { continue };
        let value = value.to_ascii_lowercase();
        for token in value.split_whitespace() {
            names.content |= CONTENT.contains(&token) || (key == "role" && token == "main");
            // A layout class speaks of what is beside the element, not of itself.
            let layout = ["has-", "no-", "with-", "without-", "is-"].iter().any(|p| token.starts_with(p));
            let mut words = token.split(|c: char| !c.is_ascii_alphanumeric());
            names.entry |=
                token.starts_with("entry-") || token.starts_with("post-title") || token.starts_with("article-header");
            is_note |= token
                .split(['-', '_'])
                .any(|w| matches!(w, "footnote" | "footnotes" | "endnote" | "endnotes" | "reflist"));
            names.chrome |= !layout && words.any(|w| CHROME.binary_search(&w).is_ok());
        }
    }
    (names, is_note)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_lists_are_sorted() {
        assert!(CHROME.is_sorted());
        assert!(CONTENT.is_sorted());
    }
}

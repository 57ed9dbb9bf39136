//! Which part of a page is its content.

use super::tree::{Node, Tag, Tree};

/// What becomes of a node's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Content,
    Furniture,
    Dropped,
}

/// Settles for each node whether it is content.
pub(super) fn standing(tree: &Tree) -> Vec<Standing> {
    let total = tree.nodes[0].text;
    let mut standing: Vec<Standing> = Vec::with_capacity(tree.nodes.len());
    let mut in_article = Vec::with_capacity(tree.nodes.len());
    for (id, node) in tree.nodes.iter().enumerate() {
        let inside = id > 0 && in_article[node.parent];
        let above = if id > 0 { standing[node.parent] } else { Standing::Content };
        standing.push(match above {
            _ if above == Standing::Dropped || node.tag == Tag::Hidden || node.hidden => Standing::Dropped,
            Standing::Furniture => Standing::Furniture,
            _ if is_chrome(node, inside, total) => Standing::Furniture,
            _ => Standing::Content,
        });
        in_article.push(inside || matches!(node.tag, Tag::Main | Tag::Article));
    }
    if let Some(main) = main_content(tree, &standing) {
        outside_is_furniture(tree, main, &mut standing);
    }
    standing
}

fn is_chrome(node: &Node, in_article: bool, total: usize) -> bool {
    // What holds most of a page's own words is its content, whatever it is called.
    let most = (node.text - node.linked) * 2 > total;
    match node.tag {
        Tag::Root | Tag::Body | Tag::Main | Tag::Article => false,
        Tag::Chrome => !most,
        Tag::Header => !in_article && !most && !node.names.entry,
        Tag::Division | Tag::List | Tag::Table | Tag::Item | Tag::Paragraph | Tag::Inline | Tag::Link | Tag::Cell
            if node.names.chrome =>
        {
            !most && !node.names.content && !node.names.entry
        }
        // A list or table of nothing but links leads elsewhere.
        Tag::List | Tag::Table => node.links >= 3 && node.linked * 10 > node.text * 8,
        _ => false,
    }
}

/// The innermost element that is marked as content and holds most of the words that any such holds.
fn main_content(tree: &Tree, standing: &[Standing]) -> Option<usize> {
    let words: Vec<usize> = tree
        .nodes
        .iter()
        .zip(standing)
        .map(|(n, s)| if *s == Standing::Content { n.text - n.linked } else { 0 })
        .collect();
    let marked = |node: &Node| node.names.content || matches!(node.tag, Tag::Main | Tag::Article);
    let candidates = || tree.nodes.iter().enumerate().filter(|(id, n)| marked(n) && standing[*id] == Standing::Content);
    let most = candidates().map(|(id, _)| words[id]).max()?;
    if most * 3 < words[0] && most < 1000 {
        return None;
    }
    candidates().filter(|(id, _)| words[*id] * 5 >= most * 4).map(|(id, _)| id).next_back()
}

/// Headings of the first level stay: a page's title often stands above its content.
fn outside_is_furniture(tree: &Tree, main: usize, standing: &mut [Standing]) {
    let mut inside = vec![false; tree.nodes.len()];
    for (id, node) in tree.nodes.iter().enumerate() {
        inside[id] = id == main || (id > 0 && inside[node.parent]);
        if !inside[id] && standing[id] == Standing::Content && node.heading != Some(1) {
            standing[id] = Standing::Furniture;
        }
    }
}

/// Headings of what a page adds to its content.
const APPARATUS: [&str; 18] = [
    "see also",
    "related",
    "related articles",
    "related content",
    "related links",
    "related posts",
    "related documents",
    "more posts",
    "recent posts",
    "read more",
    "you may also like",
    "you might also like",
    "leave a reply",
    "leave a comment",
    "comments",
    "share this",
    "external links",
    "further reading",
];

/// Whether a heading starts what is not the page's content.
pub(super) fn is_apparatus(heading: &str) -> bool {
    let plain = heading.trim().trim_end_matches([':', '.', '\u{2026}']).to_lowercase();
    let plain = plain.strip_suffix("[edit]").unwrap_or(&plain).trim_end();
    APPARATUS.contains(&plain)
}

/// Whether a block is a hint at another page: "See also" and a link.
pub(super) fn is_link_notice(text: &str, linked: usize) -> bool {
    let start = |lead: &str| text.get(..lead.len()).is_some_and(|t| t.eq_ignore_ascii_case(lead));
    linked * 10 > text.len() * 4
        && ["see also", "read also", "also read", "related:", "read more"].iter().any(|l| start(l))
}

/// The node whose end bounds the apparatus that a heading starts: the innermost that holds more
/// than the heading.
pub(super) fn scope(tree: &Tree, heading: usize) -> usize {
    let mut id = heading;
    let own = loop {
        let node = &tree.nodes[id];
        if node.tag == Tag::Heading || id == 0 {
            break node.text;
        }
        id = node.parent;
    };
    while id > 0 && tree.nodes[id].text <= own + 8 {
        id = tree.nodes[id].parent;
    }
    id
}

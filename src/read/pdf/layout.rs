//! From characters with places to lines of text, and which of the lines are page furniture.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::super::{Block, BlockKind};
use crate::span::Span;

/// A character on a page, in points from the upper left corner.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    pub x: f64,
    /// Where the next character would stand.
    pub end: f64,
    /// The base line.
    pub y: f64,
    pub size: f64,
    /// Set level: not along the margin.
    pub upright: bool,
    /// First of a run that the page program placed as one.
    pub starts: bool,
    pub text: String,
}

/// The characters of a page in the order of its program.
#[derive(Debug)]
pub(super) struct Page {
    pub number: u32,
    pub height: f64,
    pub glyphs: Vec<Glyph>,
}

#[derive(Debug)]
struct Line {
    text: String,
    y: f64,
    size: f64,
    page: u32,
    /// Height of the page.
    height: f64,
    /// It starts with a raised small number.
    marked: bool,
    upright: bool,
}

/// A gap between characters wider than this part of their size is a space.
const SPACE: f64 = 0.15;
/// Characters further apart in height than this part of their size are on two lines.
const LEADING: f64 = 0.5;
/// The part of a page at its top and bottom where running heads stand.
const MARGIN: f64 = 0.13;

/// Lays out pages as text with a block a line. Paragraphs that stand apart are parted by a blank line.
pub(super) fn lay_out(pages: &[Page]) -> (String, Vec<Block>) {
    let lines: Vec<Line> = pages.iter().flat_map(lines).collect();
    let running = running_heads(&lines);
    let body_size = common(lines.iter().map(|l| (l.size, l.text.len())));
    let pitch =
        common(lines.windows(2).filter(|w| w[0].page == w[1].page && w[1].y > w[0].y).map(|w| (w[1].y - w[0].y, 1)));
    let notes = footnotes(&lines, body_size);
    let mut text = String::new();
    let mut blocks: Vec<Block> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        if i > 0 {
            let before = &lines[i - 1];
            let apart = before.page == line.page && (line.y - before.y > pitch * 1.25 || line.y < before.y);
            text.push_str(if apart { "\n\n" } else { "\n" });
        }
        let kind = match () {
            () if running.contains(&i) || is_page_mark(line) => BlockKind::Furniture,
            () if notes.contains(&i) => BlockKind::Footnote,
            () => BlockKind::Line,
        };
        let start = text.len();
        text.push_str(&line.text);
        blocks.push(Block { span: Span::new(start, text.len()), kind, page: Some(line.page) });
    }
    (text, blocks)
}

/// The characters of a page as lines, in the order of the page's program.
fn lines(page: &Page) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut current: Vec<&Glyph> = Vec::new();
    for glyph in &page.glyphs {
        if let Some(last) = current.last() {
            let size = last.size.max(glyph.size);
            let moved =
                (glyph.y - last.y).abs() > size * LEADING || (glyph.x < last.x - size && glyph.y > last.y + size * 0.2);
            // Back to the left on the same height is a line of its own, unless it mends what stands there.
            let back = glyph.starts && glyph.x < current[0].x - size * 2.0;
            if moved || back || glyph.upright != last.upright {
                lines.extend(line(&current, page));
                current.clear();
            }
        }
        current.push(glyph);
    }
    lines.extend(line(&current, page));
    lines
}

fn line(glyphs: &[&Glyph], page: &Page) -> Option<Line> {
    let visible = || glyphs.iter().filter(|g| !g.text.trim().is_empty());
    let size = common(visible().map(|g| (g.size, 1)));
    let base = common(visible().filter(|g| g.size >= size * 0.9).map(|g| (g.y, 1)));
    let mut text = String::new();
    let mut last: Option<&Glyph> = None;
    let mut marked = false;
    for glyph in glyphs {
        let raised = glyph.size < size * 0.8 && glyph.y < base - size * 0.15;
        let digit = glyph.text.chars().all(|c| c.is_ascii_digit() || c == '*');
        if raised && digit {
            if text.trim().is_empty() {
                marked = true;
            } else if !marked || text.contains(char::is_alphabetic) {
                // The number of a note, which would grow on to the word before it.
                last = Some(glyph);
                continue;
            }
        } else if marked && text.trim().bytes().all(|b| b.is_ascii_digit() || b == b'*') && !text.ends_with(' ') {
            text.push(' ');
        }
        let gap = last.is_some_and(|l| glyph.starts && glyph.x > l.end + glyph.size.max(l.size) * SPACE);
        if gap && !text.ends_with(' ') {
            text.push(' ');
        }
        push_clean(&mut text, &glyph.text);
        last = Some(glyph);
    }
    let text = text.trim().to_owned();
    let first = visible().next()?;
    let (page, height) = (page.number, page.height);
    (!text.is_empty()).then_some(Line { text, y: base, size, page, height, marked, upright: first.upright })
}

/// Appends the text of a character: ligatures taken apart, one space for any white space.
fn push_clean(text: &mut String, glyph: &str) {
    for c in glyph.chars() {
        match c {
            '\u{fb00}' => text.push_str("ff"),
            '\u{fb01}' => text.push_str("fi"),
            '\u{fb02}' => text.push_str("fl"),
            '\u{fb03}' => text.push_str("ffi"),
            '\u{fb04}' => text.push_str("ffl"),
            c if c.is_whitespace() => {
                if !text.ends_with(' ') {
                    text.push(' ');
                }
            }
            c if c.is_control() => {}
            c => text.push(c),
        }
    }
}

/// The value that most of the weight has, to a tenth.
fn common(values: impl Iterator<Item = (f64, usize)>) -> f64 {
    let mut weights: BTreeMap<i64, usize> = BTreeMap::new();
    for (value, weight) in values {
        // Sizes and heights are below ten thousand points on any page.
        #[expect(clippy::cast_possible_truncation, reason = "clamped to what fits")]
        let tenth = (value.clamp(-1e6, 1e6) * 10.0).round() as i64;
        *weights.entry(tenth).or_default() += weight;
    }
    // Of values with the same weight, the least.
    let most = weights.iter().rev().max_by_key(|(_, w)| **w).map_or(0, |(v, _)| *v);
    #[expect(clippy::cast_precision_loss, reason = "below ten million")]
    let value = most as f64;
    value / 10.0
}

/// Lines in the margins whose words come back at the same height on other pages, numbers aside.
fn running_heads(lines: &[Line]) -> BTreeSet<usize> {
    let pages: BTreeSet<u32> = lines.iter().map(|l| l.page).collect();
    let mut places: BTreeMap<(String, i64), Vec<usize>> = BTreeMap::new();
    for (i, line) in lines.iter().enumerate().filter(|(_, l)| in_margin(l)) {
        // Left and right pages have their heads at different ends, at one height.
        #[expect(clippy::cast_possible_truncation, reason = "heights on a page")]
        let height = (line.y.clamp(-1e6, 1e6) / 4.0).round() as i64;
        places.entry((pattern(&line.text), height)).or_default().push(i);
    }
    let mut found = BTreeSet::new();
    for ((pattern, height), here) in &places {
        let near = |h: i64| places.get(&(pattern.clone(), h)).into_iter().flatten();
        let on: BTreeSet<u32> =
            here.iter().chain(near(height - 1)).chain(near(height + 1)).map(|i| lines[*i].page).collect();
        if on.len() >= 2 && on.len() * 3 >= pages.len() {
            found.extend(here);
        }
    }
    // A document of two pages has its running head once; the first page shows the same words at its top.
    let first: Vec<&str> =
        lines.iter().filter(|l| l.page == 1 && l.y < l.height * 0.3).map(|l| l.text.as_str()).collect();
    let shown = |text: &str| {
        first.iter().any(|f| f.strip_suffix(text).is_some_and(|rest| rest.is_empty() || rest.ends_with(' ')))
    };
    found.extend(
        lines
            .iter()
            .enumerate()
            .filter(|(_, l)| l.page > 1 && l.y < l.height * MARGIN && shown(&l.text))
            .map(|(i, _)| i),
    );
    found
}

fn in_margin(line: &Line) -> bool {
    line.y < line.height * MARGIN || line.y > line.height * (1.0 - MARGIN)
}

/// A line with its numbers made alike and its words in order of length: "2/8 17-1" and "17-1 3/8" are one.
fn pattern(text: &str) -> String {
    let mut words: Vec<String> = text
        .split_whitespace()
        .map(|w| {
            w.chars()
                .map(|c| if c.is_ascii_digit() { '0' } else { c })
                .collect::<String>()
                .replace("00", "0")
                .replace("00", "0")
        })
        .collect();
    words.sort();
    words.join(" ")
}

static PAGE_MARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:\d{2}-\d{5}|\(\p{L}\)|\d{6}|\d{1,3}(?:\s?/\s?\d{1,3})?|\*\d{7,8}\*|[-\u{2013}]\s?\d+\s?[-\u{2013}]|Please recycle)\s*)+$")
        .expect("a literal pattern")
});

/// Whether a line is nothing but page number, job number and bar code, or set along the margin.
fn is_page_mark(line: &Line) -> bool {
    !line.upright || (line.y > line.height * 0.8 || line.y < line.height * MARGIN) && PAGE_MARK.is_match(&line.text)
}

/// Lines in small print at the foot of their page, from the first that a raised number marks.
fn footnotes(lines: &[Line], body_size: f64) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut in_notes = None;
    for (i, line) in lines.iter().enumerate() {
        if in_notes.is_some_and(|page| page != line.page) {
            in_notes = None;
        }
        let small = line.size < body_size * 0.95;
        if small && line.marked && line.y > line.height * 0.4 {
            in_notes = Some(line.page);
        } else if !small {
            in_notes = None;
        }
        if in_notes.is_some() {
            found.insert(i);
        }
    }
    found
}

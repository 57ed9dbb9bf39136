//! The text of a document: title page, preamble, main body with its points, annexes.

use super::marks::draw as draw_marked;
use super::{Paragraph, Part, Work, identifier, meta, xml};
use crate::graph::network::Node;

/// A paragraph with the notes that stand in it.
struct Item<'p> {
    paragraph: &'p Paragraph,
    notes: Vec<&'p Paragraph>,
}

/// Everything but what is attached.
pub(super) fn draw(out: &mut String, node: &Node, paragraphs: &[Paragraph]) {
    let items = with_notes(paragraphs);
    let of = |part: Part| items.iter().filter(move |item| item.paragraph.part == part).collect::<Vec<_>>();
    out.push_str("    <coverPage eId=\"coverPage_1\">\n");
    out.push_str(&format!("      <p><docNumber refersTo=\"#symbol\">{}</docNumber></p>\n", xml(&node.label)));
    for item in of(Part::Head) {
        out.push_str("      <p>");
        words(out, item, 0);
        out.push_str("</p>\n");
    }
    out.push_str("    </coverPage>\n");
    let preamble = of(Part::Preamble);
    if !preamble.is_empty() {
        out.push_str("    <preamble>\n");
        for item in preamble {
            let name = xml(&item.paragraph.name);
            out.push_str(&format!("      <container name=\"preambular\" eId=\"{name}\" wId=\"{name}\"><p>"));
            words(out, item, 0);
            out.push_str("</p></container>\n");
        }
        out.push_str("    </preamble>\n");
    }
    out.push_str("    <mainBody>\n");
    let main = of(Part::Main);
    if main.is_empty() {
        // The schema wants something.
        out.push_str("      <p/>\n");
    }
    hierarchy(out, &main, "paragraph", 6);
    out.push_str("    </mainBody>\n");
}

/// The annexes, a document each.
pub(super) fn attachments(out: &mut String, work: &Work<'_>) {
    let items = with_notes(&work.paragraphs);
    let annexed: Vec<&Item<'_>> = items.iter().filter(|item| item.paragraph.part == Part::Annex).collect();
    if annexed.is_empty() {
        return;
    }
    out.push_str("    <attachments>\n");
    let annex = |item: &Item<'_>| item.paragraph.name.split('-').next().unwrap_or_default().to_owned();
    for annexed in annexed.chunk_by(|a, b| annex(a) == annex(b)) {
        let name = annexed.first().map_or_else(String::new, |item| identifier(&annex(item)));
        out.push_str(&format!("      <attachment eId=\"{name}\">\n        <doc name=\"annex\">\n          <meta>\n"));
        meta::identification(out, work, &format!("!{name}"), "            ");
        out.push_str("          </meta>\n          <mainBody>\n");
        hierarchy(out, annexed, "paragraph", 12);
        out.push_str("          </mainBody>\n        </doc>\n      </attachment>\n");
    }
    out.push_str("    </attachments>\n");
}

/// Each note stands in the paragraph before it; those before every paragraph in the first.
fn with_notes(paragraphs: &[Paragraph]) -> Vec<Item<'_>> {
    let mut items: Vec<Item<'_>> = Vec::new();
    let mut early = Vec::new();
    for paragraph in paragraphs {
        match (paragraph.part, items.last_mut()) {
            (Part::Footnote, Some(item)) => item.notes.push(paragraph),
            (Part::Footnote, None) => early.push(paragraph),
            _ => items.push(Item { paragraph, notes: std::mem::take(&mut early) }),
        }
    }
    items
}

/// Paragraphs, those whose names go on from another's (`op3-a`) as points of a list in it.
fn hierarchy(out: &mut String, items: &[&Item<'_>], element: &str, depth: usize) {
    let mut rest = items;
    while let [item, after @ ..] = rest {
        let name = &item.paragraph.name;
        let within =
            |other: &&&Item<'_>| other.paragraph.name.strip_prefix(name.as_str()).is_some_and(|n| n.starts_with('-'));
        let points = after.iter().take_while(within).count();
        let (points, next) = after.split_at(points);
        rest = next;
        let indent = " ".repeat(depth);
        let eid = xml(name);
        out.push_str(&format!("{indent}<{element} eId=\"{eid}\" wId=\"{eid}\">"));
        let from = number(&item.paragraph.text, element);
        if from > 0 {
            out.push_str(&format!("<num>{}</num>", xml(item.paragraph.text[..from].trim_end())));
        }
        let (open, close) =
            if points.is_empty() { ("<content><p>", "</p></content>") } else { ("<list><intro><p>", "</p></intro>\n") };
        out.push_str(open);
        words(out, item, from);
        out.push_str(close);
        if !points.is_empty() {
            hierarchy(out, points, "point", depth + 2);
            out.push_str(&format!("{indent}</list>"));
        }
        out.push_str(&format!("</{element}>\n"));
    }
}

/// Bytes of the number that a text begins with, and of the space behind it; 0 where it begins with none.
fn number(text: &str, element: &str) -> usize {
    let Some((first, rest)) = text.split_once(' ') else { return 0 };
    let numeric = first.strip_suffix('.').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    let inner = first.strip_prefix('(').and_then(|n| n.strip_suffix(')'));
    let lettered = inner.is_some_and(|n| (1..=5).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_alphanumeric()));
    let is_number = numeric || (lettered && element == "point");
    if is_number && !rest.trim().is_empty() { first.len() + 1 } else { 0 }
}

/// The words of a paragraph from `from` on, with marks and notes.
fn words(out: &mut String, item: &Item<'_>, from: usize) {
    draw_marked(out, &item.paragraph.text, from, &item.paragraph.marks);
    for note in &item.notes {
        let (marker, from) = match note.text.split_once(' ') {
            Some((first, _)) if first.bytes().all(|b| b.is_ascii_digit() || b == b'*') => (first, first.len() + 1),
            _ => ("", 0),
        };
        let name = xml(&note.name);
        let marker = if marker.is_empty() { String::new() } else { format!(" marker=\"{}\"", xml(marker)) };
        out.push_str(&format!("<authorialNote{marker} eId=\"{name}\" wId=\"{name}\"><p>"));
        draw_marked(out, &note.text, from, &note.marks);
        out.push_str("</p></authorialNote>");
    }
}

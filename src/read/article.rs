//! An encyclopaedia article as text: title and headings between equals signs, an infobox of fields.

use jiff::civil::Date;

use super::BlockKind;
use super::build::{Body, Flow};
use crate::date::date;
use crate::metadata::{Metadata, Vote};
use crate::span::Span;
use crate::symbol::{Organ, Symbol};

/// Reads an article. What the infobox says is of the document that the article is about.
pub(super) fn read(text: &str) -> Body {
    let mut flow = Flow::default();
    let mut fields = Vec::new();
    let mut infobox = Infobox::Before;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let words = line.trim();
        let kind = match infobox {
            _ if words.is_empty() => {
                flow.end_block(BlockKind::Paragraph, None);
                if infobox == Infobox::Inside && !fields.is_empty() {
                    infobox = Infobox::After;
                }
                continue;
            }
            Infobox::Before if words == "Infobox" || words.to_ascii_lowercase().starts_with("{{infobox") => {
                infobox = Infobox::Inside;
                BlockKind::Furniture
            }
            Infobox::Inside => match field(words) {
                Some(found) => {
                    fields.push(found);
                    BlockKind::Cell
                }
                None => {
                    infobox = Infobox::After;
                    BlockKind::Paragraph
                }
            },
            _ => BlockKind::Paragraph,
        };
        let level = words.bytes().take_while(|b| *b == b'=').count();
        let heading = level > 0 && words.len() > 2 * level && words.ends_with(&words[..level]);
        let kind = if heading { BlockKind::Heading } else { kind };
        if kind == BlockKind::Paragraph {
            if !flow.at_block_start() {
                flow.line_break(Span::new(start, start));
            }
            flow.push(line, start);
            continue;
        }
        flow.end_block(BlockKind::Paragraph, None);
        let indent = line.len() - line.trim_start().len();
        let words = if heading { &words[level..words.len() - level] } else { words };
        flow.push(words, start + indent + if heading { level } else { 0 });
        flow.end_block(kind, None);
    }
    flow.end_block(BlockKind::Paragraph, None);
    let mut body = flow.finish();
    body.metadata = metadata(&fields);
    body
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Infobox {
    Before,
    Inside,
    After,
}

/// "- Key: value" or "| key = value".
fn field(line: &str) -> Option<(String, String)> {
    let (key, value) = match line.strip_prefix("- ") {
        Some(rest) => rest.split_once(':')?,
        None => line.strip_prefix('|')?.split_once('=')?,
    };
    Some((key.trim().to_ascii_lowercase(), value.trim().to_owned()))
}

fn metadata(fields: &[(String, String)]) -> Metadata {
    let get = |key: &str| fields.iter().find(|(k, v)| k == key && !v.is_empty()).map(|(_, v)| v.as_str());
    let number = |key: &str| get(key).and_then(|v| v.parse().ok());
    let year = get("year").and_then(|y| y.parse::<u16>().ok());
    let code = get("code").or_else(|| get("symbol")).and_then(Symbol::parse);
    let about = match (code, year) {
        (Some(Symbol::CouncilResolution { number, year: None }), year) => {
            Some(Symbol::CouncilResolution { number, year })
        }
        (Some(symbol), _) => Some(symbol),
        // Without a code, the number is one only where the organ is the Council, which numbers through.
        (None, year) => (get("organ") == Some("SC"))
            .then(|| get("number")?.parse().ok().map(|number| Symbol::CouncilResolution { number, year }))
            .flatten(),
    };
    let counted = Vote {
        in_favour: number("for"),
        against: number("against"),
        abstaining: number("abstention").or_else(|| number("abstentions")),
        by_state: Vec::new(),
        outcome: get("result").map(str::to_owned),
    };
    let organ = match get("organ") {
        Some("SC" | "Security Council") => Some(Organ::SecurityCouncil),
        Some("GA" | "General Assembly") => Some(Organ::GeneralAssembly),
        _ => about.as_ref().map(Symbol::organ),
    };
    Metadata {
        title: get("subject").map(str::to_owned),
        date: infobox_date(get("date"), year),
        organ,
        meeting: get("meeting").and_then(super::records::first_number),
        vote: (counted != Vote::default()).then_some(counted),
        about,
        ..Metadata::default()
    }
}

/// The infobox of resolutions gives the day without the year.
fn infobox_date(day: Option<&str>, year: Option<u16>) -> Option<Date> {
    let day = day?;
    date(day).or_else(|| date(&format!("{day} {}", year?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_infobox_is_about_another_document() {
        let text = "= Resolution 9 =\n\nInfobox\n- Number: 9\n- Organ: SC\n- Date: 2 May\n- Year: 2001\n- Meeting: 4321\n- Code: S/RES/9\n- For: 14\n- Abstention: 1\n- Against: 0\n\nIt was adopted.\n\n== Content==\nIt asks\nfor more.\n";
        let body = read(text);
        let found: Vec<_> = body.blocks.iter().map(|b| (b.kind, b.span.of(&body.text))).collect();
        assert_eq!(found[0], (BlockKind::Heading, "Resolution 9"));
        assert_eq!(found[2], (BlockKind::Cell, "- Number: 9"));
        assert_eq!(
            found[found.len() - 3..],
            [
                (BlockKind::Paragraph, "It was adopted."),
                (BlockKind::Heading, "Content"),
                (BlockKind::Paragraph, "It asks\nfor more."),
            ]
        );
        let at = body.text.find("asks").expect("a word");
        assert_eq!(body.map.span(Span::new(at, at + 4)).of(text), "asks");
        let m = &body.metadata;
        assert_eq!(m.about, Symbol::parse("S/RES/9 (2001)"));
        assert_eq!(m.symbol, None);
        assert_eq!((m.meeting, m.date.map(|d| d.to_string()).as_deref()), (Some(4321), Some("2001-05-02")));
        assert_eq!(m.vote.as_ref().map(ToString::to_string).as_deref(), Some("14-0-1"));
    }
}

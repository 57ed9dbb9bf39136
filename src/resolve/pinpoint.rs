//! The part of a document that is cited: "paragraph 5 of resolution ...", "Chapter VII of the Charter".

use super::Citation;
use super::citations::Scene;
use crate::patterns::patterns;

patterns! {
    LEFT = r"(?x)(?i:\b(?:operative\s+|sub-?)?(paragraphs?|paras?\.|articles?|arts?\.|chapters?|sections?|annex(?:es)?|part|rules?|regulations?|appendix|principles?))
        \s+((?:\d+|[IVXLC]+|[A-Z])\b(?:\s?\([a-z]+\))*
           (?:(?:,\s(?:and\s)?|\sand\s|\sto\s|\s?[-–]\s?|\sor\s|,?\sas\swell\sas\s)(?:\d+|[IVXLC]+|\([a-z]+\)|[A-Z]\b)(?:\s?\([a-z]+\))*)*)
        \s*(?:,\s)?(?:of|to|in|from|under|contained\sin|set\sout\sin)\s+(?:the\s|its\s|that\s|this\s|annex\s|said\s|Security\s|General\s|Council's\s|previous\s)*$";
    ANNEX_TO = r"(?i:\b(annex|appendix|preamble))\s+(?:of|to)\s+(?:the\s|its\s|that\s)*$";
    RIGHT = r"^\)?,\s(annex(?:es)?(?:\s[IVX]+(?:\sand\s[IVX]+)?)?|appendix|chap(?:ter|\.)\s[IVXLC]+|para(?:graph)?s?\.?\s\d+(?:\s?\([a-z]\))?(?:(?:,\s|\sand\s|[-–])\d+)*|sect(?:ion|\.)\s[A-Z]+|articles?\s\d+)\b";
    RIGHT_CHARTER = r"^,?\s*(?:in particular|notably|including|especially)\s+(?:its\s|under\s)?((?:Articles?|Chapters?)\s[\dIVX]+(?:(?:,\s|\sand\s)[\dIVX]+)*)";
}

/// Gives each citation of a paragraph the part it names.
pub(super) fn attach(scene: &Scene<'_>, citations: &mut [Citation]) {
    let text = scene.paragraph.text.as_str();
    for citation in citations.iter_mut().filter(|c| c.pinpoint.is_none()) {
        // Only the first of a list stands right after "of resolution(s)".
        let before = scene.found.heads.partition_point(|h| h.span.end <= citation.span.start);
        let start = match before.checked_sub(1).map(|last| &scene.found.heads[last]) {
            Some(h) if text[h.span.end..citation.span.start].trim().is_empty() => h.span.start,
            _ => citation.span.start,
        };
        citation.pinpoint = left(&text[..start]).or_else(|| right(&text[citation.span.end..]));
    }
}

/// Small words that may stand between "paragraph 5 of" and what it is a paragraph of.
const BETWEEN: [&str; 11] =
    ["the", "its", "that", "this", "annex", "said", "Security", "General", "Council", "s", "previous"];

/// Whether a text ends as the name of a part does: "... of the".
fn names_a_part(text: &str) -> bool {
    let mut words = text.rsplit(|c: char| !c.is_ascii_alphabetic()).filter(|w| !w.is_empty());
    let last = words.find(|w| !BETWEEN.contains(w));
    last.is_some_and(|w| matches!(w, "of" | "to" | "in" | "from" | "under"))
}

fn left(text: &str) -> Option<String> {
    let mut from = text.len().saturating_sub(160);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let text = &text[from..];
    if !names_a_part(text) {
        return None;
    }
    if let Some(c) = LEFT.captures(text) {
        return Some(format!("{} {}", kind(&c[1]), c[2].split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    ANNEX_TO.captures(text).map(|c| c[1].to_lowercase())
}

fn right(text: &str) -> Option<String> {
    let rest = text.trim_start_matches([',', ')']).trim_start();
    let first = rest.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or(rest);
    let c = match first {
        "in" | "notably" | "including" | "especially" => RIGHT_CHARTER.captures(text),
        _ if text.starts_with([',', ')']) => RIGHT.captures(text),
        _ => None,
    }?;
    let part = c.get(1)?.as_str();
    let (word, rest) = part.split_once(' ').unwrap_or((part, ""));
    Some(format!("{} {rest}", kind(word)).trim_end().to_owned())
}

/// The kind of part, written out: "paras." is "paragraphs".
fn kind(word: &str) -> String {
    let lower = word.to_lowercase();
    let full = match lower.trim_end_matches('.') {
        "para" => "paragraph",
        "paras" => "paragraphs",
        "art" => "Article",
        "arts" => "Articles",
        "chap" => "chapter",
        "sect" => "section",
        _ => return word.to_owned(),
    };
    full.to_owned()
}

//! The part of a document that is cited: "paragraph 5 of resolution ...", "Chapter VII of the Charter".

use super::Citation;
use super::citations::Scene;
use super::translated;
use crate::patterns::patterns;
use crate::read::Language;

patterns! {
    // "paragraphs 7, 8 and 9 (a) of the", right before what they are parts of.
    LEFT = r"(?i:\b(?:operative\s+|sub-?)?(paragraphs?|paras?\.|articles?|arts?\.|chapters?|sections?|annex(?:es)?|part|rules?|regulations?|appendix|principles?))\s+((?:\d+|[IVXLC]+|[A-Z]|\([a-z\d]{1,4}\))(?:\s?\([a-z\d]{1,5}(?:[-–][a-z\d]{1,5})?\))*(?:\s(?:bis|ter|quater|[a-z])\b)?(?:(?:,\s(?:and\s)?|\sand\s|\sto\s|\s?[-–]\s?|\sor\s|,\sor\s|,?\sas\swell\sas\s)(?:\d+\b|[IVXLC]+\b|\([a-z]+\)|[A-Z]\b)(?:\s?\([a-z\d]{1,5}(?:[-–][a-z\d]{1,5})?\))*(?:\s(?:bis|ter|quater)\b)?)*)\s*(?:,\s)?(?:of|to|in|from|under|contained\sin|set\sout\sin)\s+(?:the\s|its\s|his\s|her\s|their\s|that\s|this\s|annex\sto\s|annex\s|said\s|same\s|above-?mentioned\s|aforementioned\s|Security\s|General\s|Council's\s|Secretary-General['’]s\s|previous\s)*$";
    // "paragraph 12 of his report of 3 May 2010 (": the symbol follows.
    REPORTED = r"(?i:\b(paragraphs?|paras?\.|chapters?|sections?|annex(?:es)?|part|appendix|enclosure))(?:\s+((?:\d+|[IVXLC]+|[A-Z])\b(?:\s?\([a-z\d]{1,5}\))*(?:(?:,\s(?:and\s)?|\sand\s|\sto\s|\s?[-–]\s?)(?:\d+|[IVXLC]+|\([a-z]+\)|[A-Z])\b(?:\s?\([a-z]+\))*)*))?\s(?:of|to|in)\s(?:the\s|his\s|her\s|its\s|that\s)(?:[^;.:()]{0,70}\s)?(?i:report|letter|note|statement|memorandum|plan|agreement)s?\b[^;:()]{0,90}\((?:see\s|document\s)?$";
    ANNEX_TO = r"(?i:\b(annex|appendix|preamble))\s+(?:of|to)\s+(?:the\s|its\s|that\s)*$";
    RIGHT = r"^\)?,\s(annex(?:es)?(?:\s[IVX]+(?:(?:,|\sand|\sto)\s[IVX]+)*)?|appendix|chap(?:ter|\.)\s[IVXLC]+|para(?:graph)?s?\.?\s\d+(?:\s?\([a-z]\))?(?:(?:,\s|\sand\s|[-–])\d+)*|sect(?:ion|\.)\s[A-Z]+|articles?\s\d+)\b";
    RIGHT_PART = r"^\)?,?\s*(?:and\s)?(?:in particular|notably|including|especially|specifically),?\s+(?:its\s|in\s|under\s|the\s)*((?:Articles?|Chapters?|[Pp]aragraphs?|[Ss]ections?|[Aa]nnex|[Pp]art)\s(?:\d+|[IVX]+)\b(?:\s?\([a-z]\))?(?:(?:,\s|\sand\s|\sto\s|[-–])(?:\d+|[IVX]+)\b(?:\s?\([a-z]\))?)*)(?:[,;.)]|\s(?:and|of|on|concerning)\b|\s*$)";
    OTHERS = r"^\s(?:of|to|above|below|in)\b";
}

/// Gives each citation of a paragraph the part it names.
pub(super) fn attach(scene: &Scene<'_>, citations: &mut [Citation]) {
    let text = scene.paragraph.text.as_str();
    for citation in citations.iter_mut().filter(|c| c.pinpoint.is_none()) {
        if scene.document.language != Language::En {
            citation.pinpoint = translated::part_of(scene, citation);
        }
        if citation.pinpoint.is_some() {
            continue;
        }
        // Only the first of a list stands right after "of resolution(s)".
        let before = scene.found.heads.partition_point(|h| h.span.end <= citation.span.start);
        let start = match before.checked_sub(1).map(|last| &scene.found.heads[last]) {
            Some(h) if text[h.span.end..citation.span.start].trim().is_empty() => h.span.start,
            _ => citation.span.start,
        };
        citation.pinpoint =
            left(&text[..start]).or_else(|| right(&text[citation.span.end..])).or_else(|| reported(&text[..start]));
    }
}

/// Small words that may stand between "paragraph 5 of" and what it is a paragraph of.
const BETWEEN: [&str; 20] = [
    "the",
    "its",
    "his",
    "her",
    "their",
    "that",
    "this",
    "annex",
    "said",
    "same",
    "above",
    "mentioned",
    "abovementioned",
    "aforementioned",
    "Security",
    "Secretary",
    "General",
    "Council",
    "s",
    "previous",
];

/// Whether a text ends as the name of a part does: "... of the".
fn names_a_part(text: &str) -> bool {
    let mut words = text.rsplit(|c: char| !c.is_ascii_alphabetic()).filter(|w| !w.is_empty()).peekable();
    while words.next_if(|w| BETWEEN.contains(w)).is_some() {}
    words.peek().is_some_and(|w| matches!(*w, "of" | "to" | "in" | "from" | "under"))
}

fn left(text: &str) -> Option<String> {
    let text = last_bytes(text, 160);
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
    let c = match rest.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default() {
        "and" | "in" | "notably" | "including" | "especially" | "specifically" => RIGHT_PART.captures(text),
        _ if text.starts_with([',', ')']) => RIGHT.captures(text),
        _ => None,
    }?;
    let part = c.get(1)?;
    // "including paragraph 5 of resolution ...": the part of another.
    if OTHERS.is_match(&text[part.end()..]) {
        return None;
    }
    let part = part.as_str();
    let (word, rest) = part.split_once(' ').unwrap_or((part, ""));
    Some(format!("{} {rest}", kind(word)).trim_end().to_owned())
}

/// The part of the report whose symbol stands in brackets behind the words for it.
fn reported(text: &str) -> Option<String> {
    if !text.trim_end_matches("see ").trim_end_matches("document ").ends_with('(') {
        return None;
    }
    let near = last_bytes(text, 260);
    let names = |words: &[&str]| words.iter().any(|w| near.contains(w));
    // Without first letters, which may be capitals.
    if !names(&["ara", "hapter", "ection", "nnex", "art", "ppendix", "nclosure"])
        || !names(&["eport", "etter", "ote", "tatement", "emorandum", "lan", "greement"])
    {
        return None;
    }
    let c = REPORTED.captures(near)?;
    // A part without a number is one of its kind: "the annex to his letter".
    if c.get(2).is_none() && !["annex", "appendix", "enclosure"].contains(&c[1].to_lowercase().as_str()) {
        return None;
    }
    let number = c.get(2).map(|n| n.as_str().split_whitespace().collect::<Vec<_>>().join(" ")).unwrap_or_default();
    Some(format!("{} {number}", kind(&c[1])).trim_end().to_owned())
}

/// The end of a text, some bytes long.
pub(super) fn last_bytes(text: &str, most: usize) -> &str {
    let mut from = text.len().saturating_sub(most);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
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

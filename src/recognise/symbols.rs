//! Symbols: the citations that carry the letters of an organ and strokes, `S/2017/939`.
//!
//! Every stroke that has capitals before it is looked at once; the rules of `ontology/symbols.ttl`
//! that are tried at symbols say whether one begins there. What follows a symbol in short ("and
//! Add.1", "SR.11–13") are documents of their own.

use super::citations::Item;
use crate::ontology::Ontology;
use crate::ontology::rules::{CitationRule, Fields, Place};
use crate::patterns::patterns;
use crate::span::Span;
use crate::symbol::Symbol;

patterns! {
    /// "and Corr.1", ", Add.1/Corr.2"
    ADDED = r"^(?:,? ?(?:and|et|y|e|и|و|as well as) ?|, ?|、|和|及|以及|/)(Add|Corr|Rev)\. ?([0-9]{1,3})((?:/(?:Add|Corr|Rev)\.[0-9]{1,3})*)";
    /// "and 2", "–13", after "Add.1" or "SR.11"
    NUMBERED = r"^(?:(?:,? (?:and|et|y|и) |, | و ?|、|和)|( ?(?:[-–]|to|à|по) ?))([0-9]{1,4})(?:[^\w/%.]|[./]?$|\.(?:$|[^0-9]))";
    /// The end of a symbol that numbers may follow.
    LAST_PART = r"/(Add|Corr|Rev|SR|PV)\.([0-9]+)(?:-([0-9]+))?$";
    /// What makes a number a day.
    DATE = r"^ (?:\p{Lu}\w|de |\p{Cyrillic}{3,8}[ья]\b|[0-9])";
}

/// How far back the letters of a symbol may begin before its first stroke.
const ORGAN: usize = 24;
/// How long a symbol may be, its second symbol included.
const LONGEST: usize = 160;
/// How many documents a range of parts or meetings may stand for.
const RANGE: u32 = 40;

/// The symbols of a paragraph, in order.
pub(super) fn symbols<'a>(text: &str, ontology: &'a Ontology) -> Vec<Item<'a>> {
    let mut items = Vec::new();
    let rules = ontology.rules_at(Place::Letters);
    let mut free = 0;
    for stroke in memchr::memchr_iter(b'/', text.as_bytes()) {
        if stroke < free || !text[..stroke].ends_with(|c: char| c.is_ascii_alphanumeric() || c == ')' || is_cyrillic(c))
        {
            continue;
        }
        let around = symbol_around(text, free, stroke, rules).or_else(|| in_cyrillic(text, free, stroke, ontology));
        let Some(found) = around else { continue };
        free = found.span.end;
        let following = following(text, &found);
        // "SR.11-13" is its first meeting and those that follow.
        let first = match following.first() {
            Some(next) if next.span == found.span => first_of_range(found),
            _ => found,
        };
        free = following.iter().map(|i| i.span.end).fold(free, usize::max);
        items.push(first);
        items.extend(following);
    }
    items
}

/// The symbol whose first stroke this is.
fn symbol_around<'a>(text: &str, free: usize, stroke: usize, rules: &'a [CitationRule]) -> Option<Item<'a>> {
    let bytes = text.as_bytes();
    let part_of_word = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'(' | b')');
    let earliest = free.max(stroke.saturating_sub(ORGAN));
    let length = bytes[earliest..stroke].iter().rev().take_while(|b| part_of_word(b)).count();
    for start in (stroke - length..stroke).filter(|&at| bytes[at].is_ascii_uppercase()) {
        if !may_begin(text, start) {
            continue;
        }
        let rest = window(&text[start..]);
        if rules.iter().any(|rule| rule.except.iter().any(|e| rest.starts_with(e.as_str()))) {
            return None;
        }
        for rule in rules {
            let may_be = |trigger: &String| memchr::memmem::find(rest.as_bytes(), trigger.as_bytes()).is_some();
            if !rule.triggers.iter().any(may_be) {
                continue;
            }
            let Some(captures) = rule.pattern.captures(rest) else { continue };
            let end = start + captures.get(0).map_or(0, |m| m.end());
            let Some(symbol) = rule.symbol(&Fields::new(&rule.pattern, &captures), "") else { continue };
            return Some(Item::symbol(Span::new(start, end), rule, symbol));
        }
    }
    None
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, 'А'..='Я')
}

/// The symbol that a Russian letter of the same look begins: "А/66/371".
fn in_cyrillic<'a>(text: &str, free: usize, stroke: usize, ontology: &'a Ontology) -> Option<Item<'a>> {
    let organ = text[..stroke].chars().next_back().filter(|c| is_cyrillic(*c))?;
    let start = stroke - organ.len_utf8();
    let touched = text[..start].ends_with(|c: char| is_cyrillic(c) || c.is_ascii_uppercase() || matches!(c, '-' | '/'));
    if start < free || touched {
        return None;
    }
    let latin = ontology.grammar().part_letter(organ.encode_utf8(&mut [0; 4]))?;
    let written = format!("{latin}{}", window(&text[stroke..]));
    let found = symbol_around(&written, 0, latin.len(), ontology.rules_at(Place::Letters))?;
    let symbol = found.symbol.filter(|_| found.span.start == 0)?;
    Some(Item::symbol(Span::new(start, stroke + found.span.end - latin.len()), found.rule, symbol))
}

/// Whether the letters of a symbol may begin here: words, dates and the digits of a footnote may touch
/// it, but after a capital or a hyphen only the letter of an organ before a number or "RES" counts.
fn may_begin(text: &str, start: usize) -> bool {
    match text[..start].chars().next_back() {
        Some('/' | '&' | '@' | '_') => false,
        Some(c) if c.is_ascii_uppercase() || matches!(c, '-' | '‑') => {
            let series = |rest: &str| {
                rest.starts_with(|c: char| c.is_ascii_digit()) || rest.starts_with("RES/") || rest.starts_with("PRST/")
            };
            text[start + 1..].strip_prefix('/').is_some_and(series)
        }
        _ => true,
    }
}

/// As much of a text as a symbol can take.
fn window(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// "A/72/65 and Add.1 and 2", "A/C.6/56/SR.11–13": the documents that are cited by their last part alone.
fn following<'a>(text: &str, first: &Item<'a>) -> Vec<Item<'a>> {
    let Some(Symbol::Other(whole)) = &first.symbol else { return Vec::new() };
    let mut out = Vec::new();
    let mut at = first.span.end;
    let (mut parent, mut kind, mut last) = (whole.clone(), String::new(), 0);
    if let Some(c) = LAST_PART.captures(whole) {
        parent.truncate(whole.len() - c[0].len());
        kind = c[1].to_owned();
        last = number(&c[2]);
        if let Some(to) = c.get(3).map(|to| number(to.as_str())).filter(|to| (last..last + RANGE).contains(to)) {
            out.extend((last + 1..=to).filter_map(|n| part(first, &parent, &kind, n, first.span)));
            last = to;
        }
    }
    loop {
        let rest = &text[at..];
        if let Some(c) = ADDED.captures(rest) {
            let (Some(word), Some(digits)) = (c.get(1), c.get(3)) else { break };
            // "Add.1 and Add.2" are two of one document, "Add.1 and Corr.1" a corrigendum to the addendum.
            if word.as_str() != kind {
                parent = if out.is_empty() { whole.clone() } else { parent };
                kind = word.as_str().to_owned();
            }
            last = number(&c[2]);
            let span = Span::new(at + word.start(), at + digits.end());
            let own = part(first, &parent, &kind, last, span);
            out.extend(own.and_then(|own| further(own, &c[3])));
            at = span.end;
        } else if let Some(c) = NUMBERED.captures(rest).filter(|_| !kind.is_empty()) {
            let Some(digits) = c.get(2) else { break };
            let n = number(digits.as_str());
            if n <= last || n > last + 400 || DATE.is_match(&rest[digits.end()..]) {
                break;
            }
            let span = Span::new(at + digits.start(), at + digits.end());
            let from = if c.get(1).is_some() { n.min(last + 1).max(n.saturating_sub(RANGE)) } else { n };
            out.extend((from..=n).filter_map(|n| part(first, &parent, &kind, n, span)));
            last = n;
            at = span.end;
        } else {
            break;
        }
    }
    out
}

fn number(digits: &str) -> u32 {
    digits.parse().unwrap_or(0)
}

/// A part of a document; of one with two symbols, of both.
fn part<'a>(first: &Item<'a>, parent: &str, kind: &str, n: u32, span: Span) -> Option<Item<'a>> {
    let second = ["-A/", "-E/", "-S/"].iter().find_map(|organ| parent.find(organ));
    let text = match second {
        Some(at) => format!("{}/{kind}.{n}{}/{kind}.{n}", &parent[..at], &parent[at..]),
        None => format!("{parent}/{kind}.{n}"),
    };
    Some(Item::symbol(span, first.rule, Symbol::parse(&text)?))
}

/// "Add.1/Corr.1": the part of the part.
fn further<'a>(of: Item<'a>, parts: &str) -> Option<Item<'a>> {
    if parts.is_empty() {
        return Some(of);
    }
    let symbol = Symbol::parse(&format!("{}{parts}", of.symbol.as_ref()?))?;
    Some(Item { symbol: Some(symbol), ..of })
}

/// "SR.11-13" cut to "SR.11".
fn first_of_range(item: Item<'_>) -> Item<'_> {
    let symbol = item.symbol.as_ref().map(ToString::to_string).unwrap_or_default();
    let cut = symbol.rfind('-').and_then(|at| Symbol::parse(&symbol[..at]));
    Item { symbol: cut.or(item.symbol), ..item }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let ontology = Ontology::bundled().expect("bundled files load");
        let got: Vec<String> =
            symbols(text, &ontology).iter().filter_map(|i| i.symbol.as_ref().map(ToString::to_string)).collect();
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn words_dates_and_notes_may_touch_a_symbol() {
        check("in force since 1997A/53/293 and A/53/293/Add.1.", &["A/53/293", "A/53/293/Add.1"]);
        check("pursuant to resolution 73/181A/74/273.", &["A/74/273"]);
        check("of 17 August 2015S/PRST/2015/15; see the yearbook", &["S/PRST/2015/15"]);
        check("the report of UNICEFA/74/6 was the reportTD/B/EDE/3/3.Noting", &["A/74/6", "TD/B/EDE/3/3"]);
        check("by the Secretary-General.A/79/704", &["A/79/704"]);
        check("提交报告A/74/356。和(S/2020/1)", &["A/74/356", "S/2020/1"]);
    }

    #[test]
    fn parts_that_are_named_in_short_are_documents() {
        check(
            "see A/72/65 and Add.1 and 2 and S/2017/939",
            &["A/72/65", "A/72/65/Add.1", "A/72/65/Add.2", "S/2017/939"],
        );
        check(
            "A/C.6/74/SR.11–13, A/C.6/74/SR.15",
            &["A/C.6/74/SR.11", "A/C.6/74/SR.12", "A/C.6/74/SR.13", "A/C.6/74/SR.15"],
        );
        check("A/C.6/74/SR.11-12 and 14.", &["A/C.6/74/SR.11", "A/C.6/74/SR.12", "A/C.6/74/SR.14"]);
        check("(A/80/53, Corr.1 and Rev.1)", &["A/80/53", "A/80/53/Corr.1", "A/80/53/Rev.1"]);
        check("A/80/53/Add.1 and Corr.2", &["A/80/53/Add.1", "A/80/53/Add.1/Corr.2"]);
        check("A/80/53/Add.1 and Add.2/Corr.1", &["A/80/53/Add.1", "A/80/53/Add.2/Corr.1"]);
        check("A/80/7-E/2025/4 et Add.1", &["A/80/7-E/2025/4", "A/80/7/Add.1-E/2025/4/Add.1"]);
        check("held on S/PV.9001, 12 March 2022", &["S/PV.9001"]);
        check("A/C.6/64/SR.1–28/Corrigendum", &["A/C.6/64/SR.1-28/Corrigendum"]);
    }

    #[test]
    fn spaces_brackets_and_second_symbols() {
        check("A/69/53/Add.1 /Corr.1 and A/71/53 /Add.1/Corr.1", &["A/69/53/Add.1/Corr.1", "A/71/53/Add.1/Corr.1"]);
        check("See A/73/12 (part II).", &["A/73/12(PartII)"]);
        check(
            "A/78/6 (Sect. 3)/Add.5/Corr.1, A/78/6 (Sect. 29A)",
            &["A/78/6(Sect.3)/Add.5/Corr.1", "A/78/6(Sect.29A)"],
        );
        check("（NPT/CONF.2000/28（Parts I和II））", &["NPT/CONF.2000/28(PartsIandII)"]);
        check("A/63/855‑S/2009/250, annex", &["A/63/855-S/2009/250"]);
        check("A/52/13 (2019)", &["A/52/13"]);
        check("S/2017/939 and S/2017/940, annex", &["S/2017/939", "S/2017/940"]);
    }

    #[test]
    fn what_only_looks_like_a_symbol_is_none() {
        let ontology = Ontology::bundled().expect("bundled files load");
        for rule in ontology.rules_at(Place::Letters) {
            for text in &rule.counter_examples {
                check(text, &[]);
            }
        }
        check("the A/H3N2 virus, decision X/2, case IT-95-5/18, CP/RES.594, Regulation (EU) 2016/679", &[]);
        check("Assembly/AU/Dec.729(XXXII), EX.CL/Dec.263, PSC/PR/COMM.2(DX), MC.DEC/4/16", &[]);
    }
}

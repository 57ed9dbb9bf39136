//! Numbers that may be documents: every run of digits that a rule of `ontology/symbols.ttl` reads.
//! What they are numbers of, the words around them say: see [`lists`](super::lists).

use super::citations::Item;
use crate::ontology::Ontology;
use crate::ontology::rules::{CitationRule, Company, Fields, Place};
use crate::patterns::patterns;
use crate::span::Span;

patterns! {
    PART = r"^ ?(\p{Lu}{1,2}|\p{Arabic}{3,4})(?:$|[^\p{Lu}\p{Ll}\p{Arabic}\p{N}/.’'-]|\.(?:$|\s))";
    NEXT_PART = r"^(?:,? (?:and|et|y|и|o|à|to) |, |、|和|至|[-–]| و ?)(\p{Lu}{1,2}|\p{Arabic}{3,4})(?:$|[^\p{Lu}\p{Ll}\p{Arabic}\p{N}/.’'-]|\.(?:$|\s))";
}

/// How far behind the digits the literal of a rule may stand.
const REACH: usize = 24;

/// The numbers of a paragraph in order of start; bare ones are left to the list that they stand in.
pub(super) fn numbers<'a>(text: &str, ontology: &'a Ontology) -> Vec<Item<'a>> {
    let rules = ontology.rules_at(Place::Digits);
    let bytes = text.as_bytes();
    let mut items: Vec<Item<'a>> = Vec::new();
    let mut at = 0;
    while let Some(digits) = next_digit(bytes, at) {
        let end = digits + bytes[digits..].iter().position(|b| !b.is_ascii_digit()).unwrap_or(bytes.len() - digits);
        at = end;
        if !may_go_on(&bytes[end..]) {
            continue;
        }
        let Some(start) = start_of(text, digits) else { continue };
        for start in without_note(text, start, end) {
            let found = rules.iter().find_map(|rule| read(text, start, digits, rule, ontology));
            if let Some(read) = found {
                at = read.last().map_or(end, |i| i.span.end).max(end);
                items.extend(read);
                break;
            }
        }
    }
    items
}

/// The first digit at or after a place; looked for in many bytes at once.
pub(super) fn next_digit(bytes: &[u8], at: usize) -> Option<usize> {
    const MANY: usize = 16;
    let mut from = at;
    for many in bytes[at..].chunks(MANY) {
        if many.iter().fold(false, |any, b| any | b.is_ascii_digit()) {
            return many.iter().position(u8::is_ascii_digit).map(|step| from + step);
        }
        from += MANY;
    }
    None
}

/// Whether a number may go on behind these digits, "/33", " (1999)", " A (III)", as most days and paragraphs do not.
fn may_go_on(rest: &[u8]) -> bool {
    let sign = |b: u8| matches!(b, b'/' | b'(') || b.is_ascii_uppercase() || !b.is_ascii();
    match rest {
        [b' ', next, ..] => sign(*next) && *next != b'/',
        [next, ..] => sign(*next),
        [] => false,
    }
}

/// Where a number with these digits begins: with the prefix of a special session before them; `None`
/// where they are the tail of something else.
fn start_of(text: &str, digits: usize) -> Option<usize> {
    let before = &text[..digits];
    let Some(previous) = before.chars().next_back() else { return Some(digits) };
    match previous {
        '-' | '\u{2011}' => {
            let before = before.trim_end_matches(['-', '\u{2011}', ' ']);
            let prefix = ["ES", "S", "دإط", "دإ"].iter().find_map(|p| before.strip_suffix(p));
            prefix.filter(|rest| !rest.ends_with(is_of_a_word)).map(str::len)
        }
        '/' | '$' | '€' | '£' | '–' => None,
        '.' | ',' => {
            let decimal = before[..digits - 1].ends_with(|c: char| c.is_ascii_digit());
            // "of 13 December 2016,233/22 of ...": a note's number stands between the two.
            // "EX.CL/Dec.263 (VIII)" is another organization's symbol.
            let symbol = previous == '.' && before[..digits - 1].ends_with(char::is_alphabetic);
            ((!decimal || previous == ',') && !symbol).then_some(digits)
        }
        c if c.is_ascii_alphanumeric() => None,
        _ => Some(digits),
    }
}

/// Whether what follows the letter or sign belongs to it. Chinese puts no space before a number.
fn is_of_a_word(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '-' | '/' | '\u{2011}' | '\u{600}'..='\u{6ff}')
}

/// The number, and where a footnote's digits may be stuck to it, the number without them.
fn without_note(text: &str, start: usize, end: usize) -> impl Iterator<Item = usize> {
    let stuck = text[..start].ends_with([',', ';']) && text.as_bytes().get(start).is_some_and(u8::is_ascii_digit);
    // "2016,233/22": note 2 and number 33/22.
    let shorter = (1..=2).map(move |n| start + n).filter(move |&s| stuck && s < end && !text[s..].starts_with('0'));
    std::iter::once(start).chain(shorter)
}

/// What a rule reads at a place.
fn read<'a>(
    text: &str,
    start: usize,
    digits: usize,
    rule: &'a CitationRule,
    ontology: &'a Ontology,
) -> Option<Vec<Item<'a>>> {
    let mut reach = (digits + REACH).min(text.len());
    while !text.is_char_boundary(reach) {
        reach += 1;
    }
    let near = &text[start..reach];
    if !rule.triggers.iter().any(|t| is_in(near, t)) {
        return None;
    }
    let captures = rule.pattern.captures(near)?;
    let end = start + captures.get(0)?.end();
    if !ends_alone(text, start, end) {
        return None;
    }
    let mut fields = Fields::new(&rule.pattern, &captures);
    let numeral = |field: &Option<String>| field.as_deref().and_then(|n| n.parse::<u16>().ok());
    // Digits before the number are a footnote's where only the rest agrees with the year.
    let stuck = text[..start].ends_with([',', ';']) || text[..start].ends_with(|c: char| c.is_ascii_digit());
    if let (true, Some(number), Some(year), None) =
        (stuck, numeral(&fields.number), numeral(&fields.year), &fields.session)
        && rule.after == Company::Anywhere
        && !ontology.council_years().agree(number, year)
    {
        return None;
    }
    if fields.session.as_deref().and_then(|s| s.parse::<u16>().ok()).is_some_and(|s| s > 120) {
        return None;
    }
    if rule.target.contains("{?part}") && fields.part.is_empty() {
        return Some(with_parts(text, start, end, &fields, rule, ontology));
    }
    if fields.part.is_empty() {
        return Some(vec![Item::number(Span::new(start, end), rule, fields)]);
    }
    let parts: Vec<String> = fields.part.split(" and ").map(str::to_owned).collect();
    Some(
        parts
            .into_iter()
            .map(|part| {
                fields.part = ontology.grammar().part_letter(&part).unwrap_or_default();
                Item::number(Span::new(start, end), rule, fields.clone())
            })
            .collect(),
    )
}

/// Whether a literal stands in a short text; most are one sign.
fn is_in(text: &str, literal: &str) -> bool {
    match literal.as_bytes() {
        [sign] => text.as_bytes().contains(sign),
        _ => (literal.is_ascii() || !text.is_ascii()) && text.contains(literal),
    }
}

/// The number with the letters of its parts: "48/75 J" is one, "64/48 A and B" are two.
fn with_parts<'a>(
    text: &str,
    start: usize,
    end: usize,
    fields: &Fields,
    rule: &'a CitationRule,
    ontology: &Ontology,
) -> Vec<Item<'a>> {
    let mut items = Vec::new();
    let mut at = end;
    let mut pattern = &PART;
    // A letter stands right there or behind one space.
    let behind = text[end..].strip_prefix(' ').unwrap_or(&text[end..]);
    let may_have = behind.starts_with(|c: char| c.is_ascii_uppercase() || !c.is_ascii());
    while may_have && let Some(letter) = pattern.captures(&text[at..]).and_then(|c| c.get(1)) {
        let Some(part) = ontology.grammar().part_letter(letter.as_str()) else { break };
        let span = if items.is_empty() {
            Span::new(start, at + letter.end())
        } else {
            Span::new(at + letter.start(), at + letter.end())
        };
        items.push(Item::number(span, rule, Fields { part, ..fields.clone() }));
        at += letter.end();
        pattern = &NEXT_PART;
    }
    if items.is_empty() {
        items.push(Item::number(Span::new(start, end), rule, fields.clone()));
    }
    items
}

/// Whether nothing behind the number makes it another: "31/20" of "31/2015/4", "1/2" of "1/2.5".
fn ends_alone(text: &str, start: usize, end: usize) -> bool {
    let found = &text[start..end];
    let mut after = text[end..].chars();
    match after.next() {
        Some(c) if c.is_ascii_digit() => !found.ends_with(|c: char| c.is_ascii_digit()),
        Some('/' | '%') => false,
        Some(c) if c.is_ascii_alphabetic() => found.ends_with([')', '）']) || c.is_ascii_uppercase(),
        Some('.' | ',') if !found.contains(['/', '(']) => !after.next().is_some_and(|c| c.is_ascii_digit()),
        _ => true,
    }
}

/// A number alone, where its list lets it count.
pub(super) fn bare_number<'a>(text: &str, span: Span, ontology: &'a Ontology) -> Option<Item<'a>> {
    let rule = ontology.rules_at(Place::Alone).first()?;
    let captures = rule.pattern.captures(span.of(text))?;
    (captures.get(0)?.end() == span.len()).then(|| Item::number(span, rule, Fields::new(&rule.pattern, &captures)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_found_wherever_they_stand() {
        for digits in [0, 15, 16, 31, 40] {
            let text = format!("{}7{}", "a".repeat(digits), "b".repeat(20));
            assert_eq!(next_digit(text.as_bytes(), 0), Some(digits));
            assert_eq!(next_digit(text.as_bytes(), digits + 1), None);
        }
    }
}

//! Documents that are known by their author and date only: presidential statements of the years
//! before they had symbols, reports and letters named without one.

use jiff::civil::Date;

use super::citations::Scene;
use super::{Citation, Form, Target};
use crate::date::date;
use crate::patterns::patterns;
use crate::recognise::citations::Series;
use crate::recognise::lexicon::uses;
use crate::span::Span;

patterns! {
    // Each from its first word on.
    STATEMENT = r"(?i)^statements?\s+(?:made\s+|issued\s+)?(?:by|of)\s+(?:its\s+President|the\s+President(?:\s+of\s+the\s+(?:Security\s+)?Council)?)(?:\s+on\s+(?:its\s+)?behalf(?:\s+of\s+the\s+Council)?)?";
    NEXT_DATE = r"^(?:[\s,]|\band\b|\bof\b|\bon\b|\bdated\b|\bmade\b|\bissued\b|\bthe\b|\bon its behalf\b|\bas well as\b|\bat the \w+ meeting\b)*(\d{1,2}\s+(?:January|February|March|April|May|June|July|August|September|October|November|December))(?:\s+(\d{4}))?";
    BRACKET_SYMBOL = r"^\s*\(\s*(?:[AS]/|see )";
    REPORT = r"^([Rr]eport|[Ll]etter|[Nn]ote)s?\s+(?:of|by|from)\s+(the Secretary-General)(?:\s+to the (?:Security Council|General Assembly))?\s*,?\s*(?:of|dated|on)\s+(\d{1,2}\s+[A-Z][a-z]+\s+\d{4})";
    LETTER = r"^([Ll]etter|[Nn]ote verbale)\s+(?:dated|of)\s+(\d{1,2}\s+[A-Z][a-z]+\s+\d{4})\s+(?:addressed to [^,;()]{3,80}? )?(?:from|of|by)\s+the\s+((?:Secretary-General|(?:Permanent Representative|Minister[A-Za-z ]{0,30}|President|Prime Minister|Charg[ée] d'affaires) of (?:the )?[A-Z][A-Za-z' -]+?))(?:\s+(?:addressed|to|on|and|concerning|informing)\b|[,;(.]|$)";
    PRESS = r"^[Pp]ress statements?\s+(?:of|on|issued on)\s+(\d{1,2}\s+[A-Z][a-z]+)(?:\s+(\d{4}))?";
}

/// How far the words reach that say who wrote a document and when.
const REACH: usize = 400;
/// How far behind a date its bracket may close.
const LONGEST_BRACKET: usize = 200;

/// The dated documents of a paragraph that has no symbol for them.
pub(super) fn dated(scene: &Scene<'_>) -> Vec<Citation> {
    let line = scene.line();
    let mut out = Vec::new();
    for (at, word) in line.words.iter().enumerate().filter(|(_, w)| uses(**w).dated_document()) {
        let start = word.start as usize;
        match line.text.as_bytes()[start].to_ascii_lowercase() {
            b's' => statement(scene, at, start, &mut out),
            b'r' | b'l' | b'n' => letter_or_report(scene, start, &mut out),
            _ => {}
        }
    }
    let presidential = |end: usize| {
        let words = &line.text.as_bytes()[..end];
        [&b"presidential statement"[..], b"presidential statements"]
            .iter()
            .any(|w| words.len() >= w.len() && words[words.len() - w.len()..].eq_ignore_ascii_case(w))
    };
    for head in scene.found.heads.iter().filter(|h| h.series == Series::Statement && presidential(h.span.end)) {
        list_of_dates(scene, head.span.end, &mut out);
    }
    out
}

/// At most so many bytes of a text.
fn near(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// "statement by its President of ...", "press statement of ..."
fn statement(scene: &Scene<'_>, at: usize, start: usize, out: &mut Vec<Citation>) {
    let line = scene.line();
    if let Some(m) = STATEMENT.find(near(&line.text[start..], REACH)) {
        list_of_dates(scene, start + m.end(), out);
    }
    let Some(press) = at.checked_sub(1).filter(|before| matches!(line.word(*before), "press" | "Press")) else {
        return;
    };
    let start = line.words[press].start as usize;
    if let Some(c) = PRESS.captures(near(&line.text[start..], REACH))
        && let (Some(whole), Some(day)) = (c.get(0), c.get(1))
        && let Some(date) = complete(scene, day.as_str(), c.get(2).map(|m| m.as_str()))
    {
        push(scene, Span::new(start, start + whole.end()), "statement", "Security Council", date, out);
    }
}

/// "report of the Secretary-General of ...", "letter dated ... from the Permanent Representative of ..."
fn letter_or_report(scene: &Scene<'_>, start: usize, out: &mut Vec<Citation>) {
    let text = &scene.paragraph.text[start..];
    let words = near(text, REACH);
    if let Some(c) = REPORT.captures(words)
        && let (Some(whole), Some(date)) = (c.get(0), date(&c[3]))
        && !symbol_follows(&text[whole.end()..])
    {
        let author = c[2].trim_start_matches("the ");
        push(scene, Span::new(start, start + whole.end()), &c[1].to_lowercase(), author, date, out);
    }
    if let Some(c) = LETTER.captures(words)
        && let (Some(date), Some(author)) = (date(&c[2]), c.get(3))
        && !symbol_follows(&text[author.end()..])
    {
        let name = author.as_str().rsplit(" of ").next().unwrap_or(author.as_str()).trim_start_matches("the ");
        push(scene, Span::new(start, start + author.end()), "letter", name, date, out);
    }
}

/// A symbol in brackets, at the end of the clause at the latest, is the document's name.
fn symbol_follows(text: &str) -> bool {
    let clause = near(text, 120).split(';').next().unwrap_or_default();
    clause.contains("(S/") || clause.contains("(A/")
}

fn list_of_dates(scene: &Scene<'_>, from: usize, out: &mut Vec<Citation>) {
    let text = scene.paragraph.text.as_str();
    let mut at = from;
    while let Some(c) = NEXT_DATE.captures(&text[at..]) {
        let (Some(whole), Some(day)) = (c.get(0), c.get(1)) else { break };
        let span = Span::new(at + day.start(), at + whole.end());
        at += whole.end();
        let rest = &text[at..];
        if let Some(bracket) = rest.starts_with(" (").then(|| near(rest, LONGEST_BRACKET).find(')')).flatten() {
            let named = BRACKET_SYMBOL.is_match(rest);
            at += bracket + 1;
            if named {
                continue;
            }
        }
        if let Some(date) = complete(scene, day.as_str(), c.get(2).map(|m| m.as_str())) {
            push(scene, span, "prst", "", date, out);
        }
    }
}

/// A date whose year may be left out: then it is the document's own.
fn complete(scene: &Scene<'_>, day: &str, year: Option<&str>) -> Option<Date> {
    let year = match year {
        Some(year) => year.to_owned(),
        None => scene.document.metadata.date?.year().to_string(),
    };
    date(&format!("{day} {year}"))
}

fn push(scene: &Scene<'_>, span: Span, kind: &str, author: &str, date: Date, out: &mut Vec<Citation>) {
    let target = Target::Dated { kind: kind.to_owned(), author: author.to_owned(), date };
    out.push(scene.citation(span, target, Form::Full, "dated"));
}

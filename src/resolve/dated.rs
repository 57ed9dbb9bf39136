//! Documents that are known by their author and date only: presidential statements of the years
//! before they had symbols, reports and letters named without one.

use jiff::civil::Date;

use super::citations::Scene;
use super::{Citation, Form, Target};
use crate::date::date;
use crate::patterns::patterns;
use crate::recognise::citations::Series;
use crate::span::Span;

patterns! {
    STATEMENT = r"(?i)\bstatements?\s+(?:made\s+|issued\s+)?(?:by|of)\s+(?:its\s+President|the\s+President(?:\s+of\s+the\s+(?:Security\s+)?Council)?)(?:\s+on\s+(?:its\s+)?behalf(?:\s+of\s+the\s+Council)?)?";
    NEXT_DATE = r"^(?:[\s,]|\band\b|\bof\b|\bon\b|\bdated\b|\bmade\b|\bissued\b|\bthe\b|\bon its behalf\b|\bas well as\b|\bat the \w+ meeting\b)*(\d{1,2}\s+(?:January|February|March|April|May|June|July|August|September|October|November|December))(?:\s+(\d{4}))?";
    BRACKET_SYMBOL = r"^\s*\(\s*(?:[AS]/|see )";
    REPORT = r"\b([Rr]eport|[Ll]etter|[Nn]ote)s?\s+(?:of|by|from)\s+(the Secretary-General)(?:\s+to the (?:Security Council|General Assembly))?\s*,?\s*(?:of|dated|on)\s+(\d{1,2}\s+[A-Z][a-z]+\s+\d{4})";
    LETTER = r"\b([Ll]etter|[Nn]ote verbale)\s+(?:dated|of)\s+(\d{1,2}\s+[A-Z][a-z]+\s+\d{4})\s+(?:addressed to [^,;()]{3,80}? )?(?:from|of|by)\s+the\s+((?:Secretary-General|(?:Permanent Representative|Minister[A-Za-z ]{0,30}|President|Prime Minister|Charg[ée] d'affaires) of (?:the )?[A-Z][A-Za-z' -]+?))(?:\s+(?:addressed|to|on|and|concerning|informing)\b|[,;(.]|$)";
    PRESS = r"\b([Pp]ress statement)s?\s+(?:of|on|issued on)\s+(\d{1,2}\s+[A-Z][a-z]+)(?:\s+(\d{4}))?";
}

/// The dated documents of a paragraph that has no symbol for them.
pub(super) fn dated(scene: &Scene<'_>) -> Vec<Citation> {
    let text = scene.paragraph.text.as_str();
    let mut out = Vec::new();
    if text.contains("tatement") {
        for m in STATEMENT.find_iter(text) {
            list_of_dates(scene, m.end(), &mut out);
        }
        let presidential = |end: usize| {
            let words = text[..end].to_ascii_lowercase();
            words.ends_with("presidential statement") || words.ends_with("presidential statements")
        };
        for head in scene.found.heads.iter().filter(|h| h.series == Series::Statement && presidential(h.span.end)) {
            list_of_dates(scene, head.span.end, &mut out);
        }
        for c in PRESS.captures_iter(text) {
            let (Some(whole), Some(day)) = (c.get(0), c.get(2)) else { continue };
            if let Some(date) = complete(scene, day.as_str(), c.get(3).map(|m| m.as_str())) {
                push(scene, Span::new(whole.start(), whole.end()), "statement", "Security Council", date, &mut out);
            }
        }
    }
    for c in REPORT.captures_iter(text) {
        let (Some(whole), Some(date)) = (c.get(0), date(&c[3])) else { continue };
        if !symbol_follows(&text[whole.end()..]) {
            push(
                scene,
                Span::new(whole.start(), whole.end()),
                &c[1].to_lowercase(),
                c[2].trim_start_matches("the "),
                date,
                &mut out,
            );
        }
    }
    for c in LETTER.captures_iter(text) {
        let (Some(whole), Some(date), Some(author)) = (c.get(0), date(&c[2]), c.get(3)) else { continue };
        if !symbol_follows(&text[author.end()..]) {
            let author_name =
                author.as_str().rsplit(" of ").next().unwrap_or(author.as_str()).trim_start_matches("the ");
            push(scene, Span::new(whole.start(), author.end()), "letter", author_name, date, &mut out);
        }
    }
    out
}

/// A symbol in brackets, at the end of the clause at the latest, is the document's name.
fn symbol_follows(text: &str) -> bool {
    let clause = text.split([';']).next().unwrap_or(text);
    let mut end = clause.len().min(120);
    while !clause.is_char_boundary(end) {
        end -= 1;
    }
    clause[..end].contains("(S/") || clause[..end].contains("(A/")
}

fn list_of_dates(scene: &Scene<'_>, from: usize, out: &mut Vec<Citation>) {
    let text = scene.paragraph.text.as_str();
    let mut at = from;
    while let Some(c) = NEXT_DATE.captures(&text[at..]) {
        let (Some(whole), Some(day)) = (c.get(0), c.get(1)) else { break };
        let span = Span::new(at + day.start(), at + whole.end());
        at += whole.end();
        let rest = &text[at..];
        if let Some(bracket) = rest.starts_with(" (").then(|| rest.find(')')).flatten() {
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

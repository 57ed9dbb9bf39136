//! The citation grammar: which words of a paragraph are the number or symbol of a document.
//!
//! The rules of `ontology/symbols.ttl` say how each kind of document is written down. A number that
//! means something only after "resolution" is looked up in the list that it stands in: the word, the
//! organ before it, and the items between. Which organ's resolution it is, is settled in **resolve**.

use crate::date::is_month;
use crate::ontology::Ontology;
use crate::ontology::rules::{CitationRule, Company, Place};
use crate::patterns::patterns;
use crate::span::Span;
use crate::symbol::{Organ, Symbol};

/// What the word before a list of numbers says they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Series {
    /// "resolution(s)"
    Resolution,
    /// "decision(s)"
    Decision,
    /// "presidential statement(s)", "statement(s) of its President"
    Statement,
}

/// Whose series, as the words around a list say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// Named: "General Assembly resolutions".
    Organ(Organ),
    /// "its resolutions", "in its resolution": the document's own organ, or the one just named.
    Its,
    /// "Council resolutions" in a document of one of three Councils.
    Council,
    /// Nothing is said.
    Unsaid,
}

/// The head of a list of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListHead {
    /// The words "Security Council resolutions".
    pub span: Span,
    /// What kind of document.
    pub series: Series,
    /// Whose.
    pub owner: Owner,
}

/// A number or symbol that may be a citation.
#[derive(Debug, Clone)]
pub struct Item<'a> {
    /// Where it stands in the paragraph.
    pub span: Span,
    /// The rule that found it.
    pub rule: &'a CitationRule,
    /// The list that it stands in, an index of [`Found::heads`].
    pub head: Option<usize>,
    /// Its symbol if the series is the Assembly's or follows from the number; `None` where the rule's target is no symbol.
    pub symbol: Option<Symbol>,
    /// Its symbol if the series is the Human Rights Council's.
    pub rights_council: Option<Symbol>,
    /// Year beside the number, as written.
    pub year: Option<u16>,
}

/// Everything found in a paragraph.
#[derive(Debug, Default)]
pub struct Found<'a> {
    /// In order.
    pub heads: Vec<ListHead>,
    /// In order, not overlapping.
    pub items: Vec<Item<'a>>,
}

patterns! {
    HEAD = r"(?i)\b(?:presidential statements?|statements? (?:by|of) (?:its|the) president|resolutions?|decisions?)\b";
    OWNER_BEFORE = r"(?:\b([Ii]ts|[Tt]heir)(?: \w+){0,2}|\b(Security Council|General Assembly|Human Rights Council|Economic and Social Council|Commission on Human Rights|Assembly|Council|Commission)(?:['’]s)?(?: (?:presidential|previous|relevant|and|decisions?|other|subsequent|recent|its|in|earlier|most|annual|landmark|omnibus|\w+ly))*)\s*$";
    OWNER_AFTER = r"^,?\s*(?:of|adopted by|by) the (Security Council|General Assembly|Human Rights Council|Economic and Social Council|Commission on Human Rights)";
    DATED_ITEM = r"^\)?,? of \d{1,2} [A-Z][a-z]+ \d{4}";
    NOT_A_RESOLUTION = r"(?i)(?:\bvol\.?|\bnos?\.?|\bpara\.?|\bpp?\.?|comment|recommendation|observation|\barticle|\bannex|\bseries|\bregulations?|\blaw|\bAct|\bdirective|\bdecree|\bregulation \([A-Z]+\)|No)\s*$";
}

/// Connectives and qualifications that may stand between the items of a list.
const LIST_WORDS: &[&str] = &[
    "and",
    "or",
    "as",
    "well",
    "of",
    "in",
    "particular",
    "including",
    "to",
    "by",
    "from",
    "on",
    "also",
    "both",
    "its",
    "their",
    "the",
    "resolution",
    "resolutions",
    "decision",
    "decisions",
    "section",
    "sections",
    "part",
    "parts",
    "annex",
    "annexes",
    "paragraph",
    "paragraphs",
    "para",
    "paras",
    "most",
    "recent",
    "recently",
    "latest",
    "last",
    "inter",
    "alia",
    "notably",
    "through",
    "dated",
    "adopted",
    "other",
    "relevant",
    "subsequent",
    "previous",
    "thereto",
    "thereafter",
    "respectively",
    "is",
    "was",
    "were",
    "being",
    "which",
    "a",
    "b",
    "chapter",
    "appendix",
    "vi",
];
/// Finds every number and symbol in a paragraph.
#[must_use]
pub fn find<'a>(text: &str, ontology: &'a Ontology) -> Found<'a> {
    let mut found = Found { heads: heads(text), items: super::symbols::symbols(text, ontology) };
    for rule in ontology.rules() {
        if rule.at == Place::Anywhere && rule.triggers.iter().any(|t| text.contains(t.as_str())) {
            apply(rule, text, &mut found);
        }
    }
    found.items.sort_by_key(|i| i.span);
    lists(text, &mut found);
    let heads = std::mem::take(&mut found.heads);
    found.items.retain(|item| {
        let series = item.head.map(|h| heads[h].series);
        match item.rule.after {
            Company::Anywhere => true,
            Company::Resolution => matches!(series, Some(Series::Resolution | Series::Decision)),
            Company::Statement => series == Some(Series::Statement),
        }
    });
    bare_numbers(text, &heads, &mut found.items);
    found.heads = heads;
    // Two rules may read the same digits, each in its company: what is left first wins.
    let mut last_end = 0;
    found.items.retain(|item| {
        let fresh = item.span.start >= last_end;
        if fresh {
            last_end = item.span.end;
        }
        fresh
    });
    found
}

/// A number alone counts right after "resolution(s)" and after other numbers; the digits of a date or a year do not.
fn bare_numbers(text: &str, heads: &[ListHead], items: &mut Vec<Item<'_>>) {
    let mut kept_end: Option<(usize, usize)> = None;
    items.retain(|item| {
        let Some(head) = item.head else { return true };
        if item.rule.name == "number-alone" {
            let previous = match kept_end {
                Some((h, end)) if h == head => end,
                _ => heads[head].span.end,
            };
            let between = text.get(previous..item.span.start).unwrap_or("-");
            let first = previous == heads[head].span.end;
            let joined = matches!(between.trim(), "," | "and" | ", and" | "or") || (first && between.trim().is_empty());
            if !joined || followed_by_month_or_bracket(&text[item.span.end..]) {
                return false;
            }
        }
        kept_end = Some((head, item.span.end));
        true
    });
}

fn followed_by_month_or_bracket(text: &str) -> bool {
    let rest = text.trim_start();
    // "paragraphs 15 of resolution 1 (1946) and 16 of resolution 2": the second number is a paragraph's.
    if let Some(of) = rest.strip_prefix("of ")
        && ["resolution", "its", "the", "that", "this"].iter().any(|w| of.starts_with(w))
    {
        return true;
    }
    // "resolution 38 C/48" is another organization's.
    if rest.len() > 2 && rest.starts_with(|c: char| c.is_ascii_uppercase()) && rest[1..].starts_with('/') {
        return true;
    }
    let month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        .iter()
        .any(|m| rest.starts_with(m));
    month || rest.starts_with(['(', ')', '/', '%', '-', '–']) || text.starts_with(|c: char| c.is_alphanumeric())
}

fn apply<'a>(rule: &'a CitationRule, text: &str, found: &mut Found<'a>) {
    for captures in rule.pattern.captures_iter(text) {
        let Some(whole) = captures.get(0) else { continue };
        let span = Span::new(whole.start(), whole.end());
        let taken = |i: &Item<'_>| i.span.overlaps(span) && i.rule.after == Company::Anywhere;
        if !stands_alone(text, span) || found.items.iter().any(taken) {
            continue;
        }
        if rule.after == Company::Anywhere
            && whole.as_str().starts_with(|c: char| c.is_ascii_digit())
            && NOT_A_RESOLUTION.is_match(before(text, span.start, 24))
        {
            continue;
        }
        if let Some(parts) = captures.name("part").filter(|p| p.as_str().contains(" and ")) {
            // "resolution 48/75 A and B" is two.
            for (i, part) in parts.as_str().split(" and ").enumerate() {
                let symbol = rule.symbol_of_part(&captures, Organ::GeneralAssembly, part);
                let start = if i == 0 { span.start } else { parts.end() - part.len() };
                let end = if i == 0 { parts.start() + part.len() } else { span.end };
                found.items.push(Item {
                    span: Span::new(start, end),
                    rule,
                    head: None,
                    symbol,
                    rights_council: None,
                    year: None,
                });
            }
            continue;
        }
        let symbol = rule.symbol(&captures, Organ::GeneralAssembly);
        let rights_council = rule.symbol(&captures, Organ::HumanRightsCouncil).filter(|s| Some(s) != symbol.as_ref());
        let year = captures.name("year").and_then(|m| m.as_str().parse().ok());
        if symbol.is_none() {
            continue;
        }
        let item = Item { span, rule, head: None, symbol, rights_council, year };
        found.items.push(item);
    }
}

fn before(text: &str, at: usize, most: usize) -> &str {
    let mut from = at.saturating_sub(most);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..at]
}

/// Whether no letter, digit or stroke touches the number: "1/2" of "31/2" is none.
fn stands_alone(text: &str, span: Span) -> bool {
    let found = span.of(text);
    let left = match text[..span.start].chars().next_back() {
        Some(c) if c.is_ascii_alphanumeric() => false,
        Some('/' | '.' | '-' | '–' | '$' | '€' | '£') => false,
        _ => true,
    };
    let mut after = text[span.end..].chars();
    let decimal = !found.ends_with(')') && !found.contains('/');
    let right = match after.next() {
        Some(c) if c.is_ascii_digit() => !found.ends_with(|c: char| c.is_ascii_digit()),
        Some('/' | '%') => false,
        Some('.' | ',') if decimal => !after.next().is_some_and(|c| c.is_ascii_digit()),
        _ => true,
    };
    left && right
}

/// Every "resolution(s)" with the organ before it.
fn heads(text: &str) -> Vec<ListHead> {
    if !text.contains("esolution")
        && !text.contains("ecision")
        && !text.contains("tatement")
        && !text.contains("ESOLUTION")
    {
        return Vec::new();
    }
    let mut out = Vec::new();
    for m in HEAD.find_iter(text) {
        let word = m.as_str().to_ascii_lowercase();
        let series = if word.contains("statement") {
            Series::Statement
        } else if word.starts_with("decision") {
            Series::Decision
        } else {
            Series::Resolution
        };
        let left = before(text, m.start(), 120);
        let (owner, start) = match OWNER_BEFORE.captures(left) {
            Some(c) => {
                let at = m.start() - left.len() + c.get(0).map_or(0, |w| w.start());
                match c.get(2).map(|o| o.as_str()) {
                    Some(name) => (owner(name), at),
                    None => (Owner::Its, at),
                }
            }
            None => (Owner::Unsaid, m.start()),
        };
        out.push(ListHead { span: Span::new(start, m.end()), series, owner });
    }
    out
}

fn owner(name: &str) -> Owner {
    match name {
        "Security Council" => Owner::Organ(Organ::SecurityCouncil),
        "General Assembly" | "Assembly" => Owner::Organ(Organ::GeneralAssembly),
        "Human Rights Council" => Owner::Organ(Organ::HumanRightsCouncil),
        "Economic and Social Council" => Owner::Organ(Organ::EconomicAndSocialCouncil),
        "Commission on Human Rights" => Owner::Organ(Organ::CommissionOnHumanRights),
        "Council" => Owner::Council,
        _ => Owner::Unsaid,
    }
}

/// Gives each item the head of the list that it stands in.
fn lists(text: &str, found: &mut Found<'_>) {
    let mut current: Option<(usize, usize)> = None;
    let mut next_head = 0;
    for i in 0..found.items.len() {
        let span = found.items[i].span;
        while next_head < found.heads.len() && found.heads[next_head].span.end <= span.start {
            let head = found.heads[next_head];
            // "resolution 55/2, resolution 56/3 and resolutions": an unowned word inside a list keeps the list's organ.
            if let Some((open, end)) = current
                && found.heads[next_head].owner == Owner::Unsaid
                && head.series == found.heads[open].series
                && between_items(&text[end..head.span.start.max(end)])
            {
                found.heads[next_head].owner = found.heads[open].owner;
            }
            current = Some((next_head, head.span.end));
            next_head += 1;
        }
        if let Some((head, end)) = current {
            if end > span.start {
                // An item overlapping the one before: the same list.
                found.items[i].head = Some(head);
            } else if between_items(&text[end..span.start]) {
                found.items[i].head = Some(head);
                current = Some((head, span.end));
            } else if DATED_ITEM.is_match(&text[span.end..]) && found.items[i].rule.after == Company::Resolution {
                // "resolutions 60/251 of ..., by which it established ..., and 65/281 of 17 June 2011": a
                // number with the date of its adoption goes on with the list, whatever is said of the one before.
                found.items[i].head = Some(head);
                current = Some((head, span.end));
            }
        }
    }
    for head in &mut found.heads {
        if matches!(head.owner, Owner::Unsaid | Owner::Its)
            && let Some(c) = OWNER_AFTER.captures(&text[head.span.end..])
        {
            head.owner = owner(&c[1]);
        }
    }
}

/// Whether only what may stand between two items of a list stands here: dates, "and", quoted titles.
/// A semicolon may divide the items of a long list.
pub(crate) fn between_items(text: &str) -> bool {
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let step = match c {
            '“' | '"' | '‘' => match quoted(rest, c) {
                Some(end) => end,
                None => return false,
            },
            c if c.is_alphabetic() => {
                let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
                if !is_list_word(&rest[..end]) {
                    return false;
                }
                end
            }
            ':' | '!' | '?' | '—' if rest.len() > 1 => return false,
            c => c.len_utf8(),
        };
        rest = &rest[step..];
    }
    true
}

/// End of the quotation that the text begins with.
fn quoted(text: &str, open: char) -> Option<usize> {
    let close = match open {
        '“' => '”',
        '‘' => '’',
        c => c,
    };
    let from = open.len_utf8();
    text[from..].find(close).map(|end| from + end + close.len_utf8())
}

/// A connective, a month, the letter of a part, a small Roman number.
fn is_list_word(word: &str) -> bool {
    let lower = word.to_lowercase();
    let part = word.len() == 1 && word.starts_with(char::is_uppercase);
    let roman = lower.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'l'));
    part || roman || is_month(word) || LIST_WORDS.contains(&lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let ontology = Ontology::bundled().expect("bundled files load");
        let found = find(text, &ontology);
        let got: Vec<String> = found.items.iter().map(|i| i.span.of(text).to_owned()).collect();
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn lists_hold_their_items() {
        check(
            "Recalling resolutions 55/33 B of 20 November 2000, 56/24 H of 29 November 2001 and 57/84 of 22 November 2002,",
            &["55/33 B", "56/24 H", "57/84"],
        );
        check("in accordance with resolution 1540 (2004) and half of 1/2 of the sum", &["1540 (2004)"]);
        check("Economic and Social Council resolutions 1996/31 of 25 July 1996 and 2017/18", &["1996/31", "2017/18"]);
        check("resolutions 425, 426 (1978) and 508 (1982)", &["425", "426 (1978)", "508 (1982)"]);
    }

    #[test]
    fn prices_volumes_and_comments_are_no_documents() {
        check("Treaty Series, vol. 75 (1950), at a price of $12/24 and general comment No. 14 (2000)", &[]);
        check("a ratio of 1/2 and 24/7 service", &[]);
    }
}

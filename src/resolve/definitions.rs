//! Short forms that a document defines: "Full Name (ABBR)", "(hereinafter \u{201c}the Mission\u{201d})",
//! "(also known as ...)", "Panel of Experts established pursuant to ...".

use std::collections::BTreeSet;

use super::Identity;
use super::entities::Settled;
use crate::ontology::Ontology;
use crate::parse::Document;
use crate::recognise::EntityKind;
use crate::recognise::words::{Case, words};
use crate::span::Span;

/// Longest bracket that is looked into, in bytes.
const LONGEST_BRACKET: usize = 160;

/// A short form and what it stands for.
#[derive(Debug, Clone)]
pub(super) struct Definition {
    /// The short form.
    pub(super) alias: String,
    /// What it stands for.
    pub(super) identity: Identity,
    /// Of what kind.
    pub(super) kind: EntityKind,
    /// Paragraph of the definition.
    pub(super) paragraph: usize,
    /// Where in it the definition ends.
    pub(super) end: usize,
}

/// Reads every definition. A mention is made to span the bracket that names it again, and names inside that bracket go.
pub(super) fn definitions(document: &Document, ontology: &Ontology, settled: &mut Vec<Settled>) -> Vec<Definition> {
    let mut out = Vec::new();
    let mut swallowed: Vec<(usize, Span)> = Vec::new();
    settled.sort_by_key(|s| (s.paragraph, s.span));
    for at in 0..settled.len() {
        let Settled { paragraph, span, kind, .. } = settled[at];
        if swallowed.last().is_some_and(|(p, s)| *p == paragraph && s.contains(span)) {
            continue;
        }
        let text = &document.paragraphs[paragraph].text;
        if let Some(short) = implied(&settled[at], span.of(text)) {
            out.push(Definition {
                alias: short,
                identity: settled[at].identity.clone(),
                kind,
                paragraph,
                end: span.end,
            });
        }
        let Some(bracket) = bracket_after(text, span.end) else { continue };
        let names = inside(bracket.of(text).trim_start_matches([' ', '(']).trim_end_matches(')'));
        // A name inside that is somebody else's: "Ruritania (MINURUR)" may be a mission's seat. But an acronym of this
        // name's own initials is this name's, whoever else bears it.
        let others = settled[at + 1..]
            .iter()
            .take_while(|s| s.paragraph == paragraph && s.span.start < bracket.end)
            .any(|s| s.identity != settled[at].identity && matches!(s.identity, Identity::Concept(_)));
        let full = span.of(text).to_owned();
        let fitting: Vec<&Alias> = names
            .iter()
            .filter(|n| if others { is_initials_of(&n.text, &full) } else { n.fits(&full, kind) })
            .collect();
        if fitting.is_empty() {
            continue;
        }
        for alias in &fitting {
            if let Identity::Unlisted(own) = &mut settled[at].identity
                && !own.contains(&alias.text)
            {
                own.push(alias.text.clone());
            }
        }
        let known = |text: &str| match &settled[at].identity {
            Identity::Concept(id) => ontology.concept(id).is_some_and(|c| c.names().contains(&text)),
            Identity::Unlisted(_) => false,
        };
        for alias in &fitting {
            if !known(&alias.text) {
                let identity = settled[at].identity.clone();
                out.push(Definition { alias: alias.text.clone(), identity, kind, paragraph, end: bracket.end });
            }
        }
        swallowed.push((paragraph, bracket));
        settled[at].span = Span::new(span.start, bracket.end);
    }
    // Both are in order of the text.
    let mut brackets = swallowed.into_iter().peekable();
    settled.retain(|s| {
        while brackets.next_if(|(p, bracket)| (*p, bracket.end) <= (s.paragraph, s.span.start)).is_some() {}
        !brackets.peek().is_some_and(|(p, bracket)| *p == s.paragraph && bracket.contains(s.span))
    });
    let mut seen = BTreeSet::new();
    out.retain(|d| seen.insert((d.alias.clone(), d.identity.clone())));
    out
}

/// The short form that a body named by its creation has without saying so: the words before "established".
fn implied(mention: &Settled, text: &str) -> Option<String> {
    if mention.rule == "office-introduced" {
        return Some(text.to_owned());
    }
    if mention.rule != "shape-established" {
        return None;
    }
    let cut = [
        " established ",
        " created ",
        " appointed ",
        " mandated ",
        " constituted ",
        " convened ",
        " set up ",
        " pursuant ",
    ]
    .iter()
    .filter_map(|participle| text.find(participle))
    .min()?;
    let phrase = &text[..cut];
    let phrase = phrase.strip_prefix("Security Council ").unwrap_or(phrase);
    phrase.contains(' ').then(|| phrase.to_owned())
}

/// The bracket that follows a place directly.
fn bracket_after(text: &str, at: usize) -> Option<Span> {
    let rest = &text[at..];
    let open = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\u{2019}', '\u{201d}', '"', '\'']).len();
    if !rest[open..].starts_with('(') || open > 6 {
        return None;
    }
    let mut depth = 0;
    for (i, c) in rest[open..].char_indices().take_while(|(i, _)| *i < LONGEST_BRACKET) {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(Span::new(at + open, at + open + i + 1));
        }
    }
    None
}

/// A short form offered in a bracket.
#[derive(Debug, PartialEq, Eq)]
struct Alias {
    text: String,
    /// Whether the bracket says that it is one, by quotes or by words.
    said: bool,
}

impl Alias {
    /// Whether it may be short for a name: said to be, or an acronym of its letters.
    fn fits(&self, full: &str, kind: EntityKind) -> bool {
        self.said
            || is_acronym_of(&self.text, full)
            || (kind != EntityKind::State && kind != EntityKind::Person && is_acronym(&self.text))
    }
}

/// The short forms in a bracket: quoted, said to be names, or acronyms.
fn inside(bracket: &str) -> Vec<Alias> {
    if bracket.chars().any(|c| c.is_ascii_digit()) && bracket.contains('/') {
        return Vec::new();
    }
    let mut out: Vec<Alias> = Vec::new();
    for part in bracket.split([',', ';']).flat_map(|p| p.split(" or ")) {
        let mut part = part.trim();
        let mut said = false;
        for lead in [
            "hereinafter",
            "hereafter",
            "referred to as",
            "henceforth",
            "also known as",
            "formerly known as",
            "also called",
            "known as",
            "formerly",
            "previously",
            "aka",
            "a.k.a.",
            "in short",
            "and",
            "as",
        ] {
            if let Some(rest) = part.strip_prefix(lead)
                && rest.starts_with([' ', '\u{201c}', '"', '\u{2018}'])
            {
                part = rest.trim_start();
                said = true;
            }
        }
        let quotes = ['\u{201c}', '\u{201d}', '"', '\u{2018}', '\u{2019}'];
        let part = part.strip_prefix("the ").unwrap_or(part);
        let quoted = part.starts_with(quotes) && part.ends_with(quotes);
        let part = part.trim_matches(quotes);
        let part = part.strip_prefix("the ").unwrap_or(part).trim();
        let name_like = words(part).first().is_some_and(|w| w.is_capital()) && words(part).len() <= 8;
        if !part.is_empty() && name_like && (said || quoted || is_acronym(part)) {
            out.push(Alias { text: part.to_owned(), said: said || quoted });
        }
    }
    out
}

fn is_acronym(text: &str) -> bool {
    let words = words(text);
    (2..=16).contains(&text.len())
        && words.len() <= 2
        && words.iter().any(|w| w.case == Case::Upper)
        && text.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | ' ' | '.' | '/' | '&'))
        && text.chars().filter(|c| c.is_uppercase()).count() >= 2
}

/// Whether the letters of an acronym are initials of a name's words in order.
fn is_initials_of(acronym: &str, full: &str) -> bool {
    let initials: Vec<char> = words(full).iter().filter_map(|w| w.span().of(full).chars().next()).collect();
    let mut rest = initials.iter().flat_map(|c| c.to_lowercase());
    is_acronym(acronym)
        && acronym.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).all(|c| rest.any(|i| i == c))
}

/// Whether the capitals of an acronym stand in a name in order.
fn is_acronym_of(acronym: &str, full: &str) -> bool {
    let mut letters = full.chars().flat_map(char::to_lowercase);
    is_acronym(acronym)
        && acronym.chars().filter(|c| c.is_uppercase()).flat_map(char::to_lowercase).all(|c| letters.any(|l| l == c))
}

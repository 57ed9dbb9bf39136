//! Reports, letters and studies that a document names again: "that letter", "the report of the Panel", "its annual report".

use regex::Regex;

use super::citations::Scene;
use super::text::{first_bytes, is_of_a_word};
use super::{Citation, Form, Target};
use crate::parse::Part;
use crate::patterns::patterns;
use crate::recognise::lexicon::uses;
use crate::recognise::words::{Line, Word};
use crate::span::Span;

patterns! {
    // At the start of a word for a paper.
    REPORT_OF = r"^([Rr]eports?|[Ll]etters?|[Ss]tud(?:y|ies)|[Ss]tatements?|[Nn]otes?|[Pp]apers?)\s+(?:of|by|from)\s+((?:the\s+|his\s+|its\s+)?[A-Z][\w-]*(?:,?\s+(?:(?:of|on|for|to|and|in|the)\s+){0,2}[A-Z][\w-]*)*)";
    THAT_REPORT = r"\b(?:[Tt]hat|[Tt]he (?:said|same|latter|above-?mentioned|aforementioned|aforesaid))\s+(report|letter|study|statement|note|paper)\b";
    ITS_REPORT = r"\b(?:[Hh]is|[Hh]er|[Ii]ts|[Tt]heir)\s+(?:(?:annual|latest|most recent|previous|recent|first|second|third|fourth|fifth|sixth|final|interim|comprehensive|above-?mentioned)\s+)*(report)\b";
}

/// The longest name of a paper.
const LONGEST_NAME: usize = 600;

/// The reports, letters and studies that a document has given the symbol of.
#[derive(Default)]
pub(super) struct Papers(Vec<Paper>);

/// A report, letter or study with a symbol.
struct Paper {
    /// "report"
    kind: String,
    /// "the Panel of Experts on Ruritania", as written; empty where the text does not say whose.
    author: String,
    target: Target,
}

impl Papers {
    /// "the report of the Panel", "its annual report", "that letter": where the document gave its symbol.
    pub(super) fn cited_again(&self, scene: &Scene<'_>, here: &[Citation], out: &mut Vec<Citation>) {
        let text = scene.paragraph.text.as_str();
        if self.0.is_empty()
            || !scene.uses.dated_document()
            || matches!(scene.paragraph.part, Part::Footnote | Part::Head | Part::Annex)
        {
            return;
        }
        let line = scene.line();
        if papers_in(line).next().is_none() {
            return;
        }
        let mut add = |span: Span, target: &Target| {
            let free = !here.iter().chain(out.iter()).any(|c| c.span.overlaps(span));
            if free && !has_own_symbol(text, span.end, here) {
                out.push(scene.citation(span, target.clone(), Form::Anaphor, "paper-again"));
            }
        };
        for span in ending_with_paper(line, &THAT, &THAT_REPORT) {
            let kind = span.of(text).rsplit(char::is_whitespace).next().unwrap_or_default();
            if let Some(paper) = self.0.iter().rev().find(|p| p.kind == kind) {
                add(span, &paper.target);
            }
        }
        for at in papers_in(line) {
            let start = line.words[at].start as usize;
            let definite = text[..start].ends_with("the ") || text[..start].ends_with("The ");
            if !definite || !names_author(line, at) {
                continue;
            }
            let Some(c) = REPORT_OF.captures(first_bytes(&text[start..], LONGEST_NAME)) else { continue };
            let (kind, author) = (c[1].to_lowercase(), plain(&c[2]));
            let mut same = self.0.iter().filter(|p| p.kind == kind && is_author(&author, &p.author));
            if let (Some(only), None) = (same.next(), same.next()) {
                add(Span::new(start, start + c[0].len()), &only.target);
            }
        }
        for span in ending_with_paper(line, &ITS, &ITS_REPORT) {
            // What is asked for is a report yet to come.
            let verb = scene.verb_at(span.start);
            let known = verb.as_deref().is_some_and(|v| {
                matches!(
                    v,
                    "take note" | "note" | "welcome" | "commend" | "endorse" | "approve" | "recall" | "consider"
                )
            });
            let is_here = |p: &&Paper| p.kind == "report" && !p.author.is_empty();
            let named = |p: &&Paper| text[..span.start].contains(p.author.as_str());
            let mut same = self.0.iter().filter(is_here).filter(named);
            if let (true, Some(only), None) = (known, same.next(), same.next()) {
                add(span, &only.target);
            }
        }
    }

    /// Remembers the symbols of a paragraph that are said to be reports, letters or studies.
    pub(super) fn remember(&mut self, scene: &Scene<'_>, here: &[Citation]) {
        if !scene.uses.dated_document() {
            return;
        }
        let mut from = 0;
        for citation in here.iter().filter(|c| c.form == Form::Full) {
            let Ok(target @ Target::Document(symbol)) = &citation.target else { continue };
            let start = from.min(citation.span.start);
            from = citation.span.end;
            if symbol.is_resolution() || self.0.iter().any(|p| p.target == *target) {
                continue;
            }
            let clause = Span::new(start, citation.span.start);
            let Some((kind, author)) = paper_in(scene.line(), clause) else { continue };
            let kind = match kind.as_str() {
                "studies" => "study".to_owned(),
                kind => kind.trim_end_matches('s').to_owned(),
            };
            self.0.push(Paper { kind, author, target: target.clone() });
        }
    }
}

/// The words of a line that name a kind of paper: "report", "letters".
fn papers_in(line: Line<'_>) -> impl Iterator<Item = usize> {
    let is_paper = |w: &Word| uses(*w).dated_document();
    line.words.iter().enumerate().filter(move |(_, w)| is_paper(w)).map(|(at, _)| at)
}

/// What may stand right before the word for a paper that was cited before: "that", "said"; "its", "annual".
const THAT: [&str; 8] =
    ["that", "said", "same", "latter", "mentioned", "abovementioned", "aforementioned", "aforesaid"];
const ITS: [&str; 20] = [
    "his",
    "her",
    "its",
    "their",
    "annual",
    "latest",
    "recent",
    "previous",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "final",
    "interim",
    "comprehensive",
    "mentioned",
    "abovementioned",
    "above-mentioned",
];

/// The places that match a pattern and end with such a word behind one of some others.
fn ending_with_paper(line: Line<'_>, behind: &[&str], pattern: &Regex) -> impl Iterator<Item = Span> {
    const MOST_WORDS: usize = 12;
    papers_in(line).filter_map(move |at| {
        let before = line.word(at.checked_sub(1)?);
        if !behind.iter().any(|w| w.eq_ignore_ascii_case(before)) {
            return None;
        }
        let (start, end) = (line.words[at.saturating_sub(MOST_WORDS)].start as usize, line.words[at].end as usize);
        let found = pattern.find_iter(&line.text[start..end]).last()?;
        (start + found.end() == end).then(|| Span::new(start + found.start(), end))
    })
}

/// Whether an author is named right behind a word: "report *of* the Panel".
fn names_author(line: Line<'_>, at: usize) -> bool {
    matches!(line.word(at + 1), "of" | "by" | "from")
}

/// The last paper that a stretch of text speaks of, with its author where that is named; a paper with an author before
/// one without.
fn paper_in(line: Line<'_>, stretch: Span) -> Option<(String, String)> {
    let first = line.word_from(stretch.start);
    let within = line.words[first..].iter().take_while(|w| w.end as usize <= stretch.end);
    let papers = || within.clone().enumerate().filter(|(_, w)| w.uses.dated_document());
    let (mut named, mut end) = (None, stretch.start);
    for (at, word) in papers().map(|(at, word)| (first + at, word.span())) {
        if word.start >= end
            && names_author(line, at)
            && let Some(c) = REPORT_OF.captures(&line.text[word.start..stretch.end])
        {
            end = word.start + c[0].len();
            named = Some((c[1].to_lowercase(), plain(&c[2])));
        }
    }
    named.or_else(|| {
        let kinds = papers().filter(|(_, w)| {
            let behind = &line.text[w.end as usize..stretch.end];
            !behind.starts_with(is_of_a_word)
        });
        let kind = kinds.filter_map(|(_, w)| paper_kind(w.span().of(line.text))).last()?;
        Some((kind.to_owned(), String::new()))
    })
}

/// The kind of paper that a word names, in small letters but for the first.
fn paper_kind(word: &str) -> Option<&'static str> {
    ["report", "letter", "study", "statement", "note", "paper"].into_iter().find(|kind| {
        let rest = word.strip_prefix(|c: char| c.to_ascii_lowercase() == char::from(kind.as_bytes()[0]));
        rest.and_then(|r| r.strip_prefix(&kind[1..])).is_some_and(|r| matches!(r, "" | "s"))
    })
}

/// An author without article.
fn plain(author: &str) -> String {
    let author = author.trim();
    ["the ", "his ", "its "].iter().find_map(|w| author.strip_prefix(w)).unwrap_or(author).to_owned()
}

/// Whether an author is the one named before, in full or by the words that begin the name: "the Panel".
fn is_author(now: &str, before: &str) -> bool {
    before.strip_prefix(now).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Whether a symbol that follows in the same clause says which document is meant.
fn has_own_symbol(text: &str, end: usize, here: &[Citation]) -> bool {
    here.iter().filter(|c| c.span.start >= end).any(|c| {
        let between = &text[end..c.span.start];
        matches!(&c.target, Ok(Target::Document(s)) if !s.is_resolution())
            && between.len() < 250
            && !between.contains(';')
    })
}

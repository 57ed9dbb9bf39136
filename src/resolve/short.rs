//! Short forms and anaphora: "the Charter", "the Protocol thereto", "that resolution".

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use super::citations::{Scene, instrument, last_list, named_instruments};
use super::{Citation, Form, Reason, Target};
use crate::ontology::{ConceptClass, ConceptId, LabelKind, Ontology};
use crate::parse::Part;
use crate::patterns::patterns;
use crate::recognise::citations::Series;
use crate::recognise::lexicon::uses;
use crate::recognise::words::{Word, words};
use crate::recognise::{NameMention, Sense};
use crate::span::Span;
use crate::symbol::Symbol;

patterns! {
    REPORT_OF = r"\b([Rr]eports?|[Ll]etters?|[Ss]tud(?:y|ies)|[Ss]tatements?|[Nn]otes?|[Pp]apers?)\s+(?:of|by|from)\s+((?:the\s+|his\s+|its\s+)?[A-Z][\w-]*(?:,?\s+(?:(?:of|on|for|to|and|in|the)\s+){0,2}[A-Z][\w-]*)*)";
    ANY_REPORT = r"\b([Rr]eport|[Ll]etter|[Ss]tudy|[Ss]tatement|[Nn]ote|[Pp]aper)s?\b";
    THAT_REPORT = r"\b(?:[Tt]hat|[Tt]he (?:said|same|latter|above-?mentioned|aforementioned|aforesaid))\s+(report|letter|study|statement|note|paper)\b";
    ITS_REPORT = r"\b(?:[Hh]is|[Hh]er|[Ii]ts|[Tt]heir)\s+(?:(?:annual|latest|most recent|previous|recent|first|second|third|fourth|fifth|sixth|final|interim|comprehensive|above-?mentioned)\s+)*(report)\b";
    THEREOF = r"\b((?:paragraphs?|chapters?|sections?|articles?|annex(?:es)?|parts?)(?:\s+(?:[IVXL]+|[A-Z]|\d+)(?:\s?\([a-z]+\))?(?:(?:,\s|\sand\s|\sto\s|\s?[-–]\s?)(?:[IVXL]+|[A-Z]|\d+)\b(?:\s?\([a-z]+\))?)*)?)\s+(?:thereof|thereto)\b";
    ITS_PROTOCOLS = r"\band\s+(?:to\s+|under\s+)?(?:its|their)\s+((?:(?:two|three|First|Second|Third|Optional|Additional|\d{4})\s+)*Protocols?)\b";
    ANAPHOR = r"\b(?:[Tt]hat|[Tt]he said|[Tt]hose|[Tt]hese|[Tt]he same|[Tt]he (?:above-?mentioned|aforementioned|aforesaid)|[Tt]hese two|[Tt]he latter) (resolutions?|presidential statements?)\b";
    THERETO = r"\b((?:\d{4} )?(?:two )?(?:(?:First|Second|Third) )?(?:Optional |Additional |Facultative )?Protocols?) thereto\b";
    THE_KIND = r"\b(?:the|that|said|this) (Convention|Protocol|Covenant|Agreement|Declaration|Treaty|Statute|Accords?|Agreements?|Conventions|Protocols)\b";
    DEFINED = r"^\s?\(\s?(?:hereinafter\s)?(?:referred to as\s)?[“‘'\x22]?(?:the\s)?([A-Z][A-Za-z'-]+(?:\s[A-Z][A-Za-z'-]+){0,3})[”’'\x22]?\s?\)";
    TITLE_GOES_ON = r"^(?:\s(?:on|of|for|against|relating|relative|concerning|between|to (?:Prevent|the)|thereto|supplementing)\b|\s[A-Z])";
}

/// The short forms that a document may use.
pub(super) struct ShortForms<'a> {
    ontology: &'a Ontology,
    named: BTreeMap<&'a ConceptId, usize>,
    /// Short names found by the gazetteer: paragraph and place.
    mentions: Vec<(&'a NameMention, &'a ConceptId)>,
    /// The symbols that the document prints.
    printed: BTreeSet<&'a Symbol>,
    /// Names that the document defines in brackets.
    defined: Vec<(Regex, Target)>,
    /// The reports, letters and studies that the document gives the symbol of.
    papers: Vec<Paper>,
}

/// A report, letter or study with a symbol.
struct Paper {
    /// "report"
    kind: String,
    /// "the Panel of Experts on Ruritania", as written; empty where the text does not say whose.
    author: String,
    target: Target,
}

impl<'a> ShortForms<'a> {
    pub(super) fn new(ontology: &'a Ontology, mentions: &'a [NameMention], printed: BTreeSet<&'a Symbol>) -> Self {
        let short = mentions.iter().filter_map(|m| match &m.sense {
            Sense::Instrument(id, LabelKind::Short) => Some((m, id)),
            _ => None,
        });
        Self {
            ontology,
            named: named_instruments(mentions),
            mentions: short.collect(),
            printed,
            defined: Vec::new(),
            papers: Vec::new(),
        }
    }

    /// The short citations of a paragraph whose full ones are `here`, after those `before` it.
    pub(super) fn in_paragraph(&mut self, scene: &Scene<'_>, here: &[Citation], before: &[Citation]) -> Vec<Citation> {
        let mut out = Vec::new();
        let free = |span: Span, out: &[Citation]| !here.iter().chain(out).any(|c| c.span.overlaps(span));
        for (mention, id) in self.mentions.iter().filter(|(m, _)| m.paragraph == scene.index) {
            if (self.named.contains_key(id) || self.is_presumed(id)) && free(mention.span, &out) {
                out.push(scene.citation(
                    mention.span,
                    instrument(self.ontology, id, &self.printed),
                    Form::Short,
                    "instrument-short",
                ));
            }
        }
        let text = scene.paragraph.text.as_str();
        for (pattern, target) in &self.defined {
            for m in pattern.find_iter(text) {
                let span = Span::new(m.start(), m.end());
                if free(span, &out) {
                    out.push(scene.citation(span, target.clone(), Form::Short, "defined-short"));
                }
            }
        }
        self.protocols_thereto(scene, here, &mut out);
        self.by_kind(scene, here, before, &mut out);
        self.its_protocols(scene, here, before, &mut out);
        anaphora(scene, here, before, &mut out);
        self.papers_again(scene, here, &mut out);
        thereof(scene, here, &mut out);
        self.define(scene, here);
        self.remember_papers(scene, here);
        out
    }

    /// "the Charter" is the United Nations' own in its documents.
    fn is_presumed(&self, id: &ConceptId) -> bool {
        self.ontology.concept(id).is_some_and(|c| c.presumed)
    }

    /// "the Convention ... (“the Refugee Convention”)": the name counts from the next paragraph on.
    fn define(&mut self, scene: &Scene<'_>, here: &[Citation]) {
        let text = scene.paragraph.text.as_str();
        for citation in here {
            let Ok(target @ (Target::Instrument(_) | Target::Titled(_))) = &citation.target else { continue };
            let Some(name) = DEFINED.captures(&text[citation.span.end..]).and_then(|c| c.get(1)) else { continue };
            let name = name.as_str();
            if !is_short_title(name, citation.span.of(text))
                || self.defined.iter().any(|(p, _)| p.as_str().contains(&regex::escape(name)))
            {
                continue;
            }
            if let Ok(pattern) = Regex::new(&format!(r"\b{}\b", regex::escape(name))) {
                self.defined.push((pattern, target.clone()));
            }
        }
    }

    /// "the Convention ... and the Optional Protocol thereto"
    fn protocols_thereto(&self, scene: &Scene<'_>, here: &[Citation], out: &mut Vec<Citation>) {
        let text = scene.paragraph.text.as_str();
        if !text.contains("thereto") {
            return;
        }
        for c in THERETO.captures_iter(text) {
            let (Some(whole), Some(phrase)) = (c.get(0), c.get(1)) else { continue };
            let span = Span::new(whole.start(), whole.end());
            let parent = here.iter().rev().filter(|c| c.span.end <= span.start).find_map(|c| match &c.target {
                Ok(Target::Instrument(id)) => Some(id),
                _ => None,
            });
            let Some(parent) = parent else { continue };
            let children: Vec<_> = self
                .ontology
                .concepts()
                .iter()
                .filter(|c| c.class == ConceptClass::Instrument && c.parent.as_ref() == Some(parent))
                .collect();
            let plural = phrase.as_str().ends_with('s');
            let collective = children.iter().find(|c| plural == c.preferred().contains("Protocols"));
            let only = (children.len() == 1).then(|| &children[0]);
            if let Some(child) = only.or(collective) {
                out.push(scene.citation(
                    span,
                    instrument(self.ontology, &child.id, &self.printed),
                    Form::Full,
                    "protocol-thereto",
                ));
            }
        }
    }

    /// "the Convention", where exactly one convention was cited before.
    fn by_kind(&self, scene: &Scene<'_>, here: &[Citation], before: &[Citation], out: &mut Vec<Citation>) {
        let text = scene.paragraph.text.as_str();
        for c in THE_KIND.captures_iter(text) {
            let Some(word) = c.get(1) else { continue };
            let span = Span::new(word.start(), word.end());
            if TITLE_GOES_ON.is_match(&text[word.end()..])
                || here.iter().chain(out.iter()).any(|c| c.span.overlaps(span))
            {
                continue;
            }
            let kind = word.as_str();
            let earlier = before.iter().chain(here.iter().filter(|c| c.span.end <= span.start)).rev();
            let found = earlier.filter_map(|c| c.target.as_ref().ok()).find(|t| self.is_kind(t, kind));
            if let Some(target) = found {
                out.push(scene.citation(span, target.clone(), Form::Short, "kind-short"));
            }
        }
    }

    /// "the Convention and its Protocols": the ones that were cited before.
    fn its_protocols(&self, scene: &Scene<'_>, here: &[Citation], before: &[Citation], out: &mut Vec<Citation>) {
        let text = scene.paragraph.text.as_str();
        if !text.contains(" Protocol") {
            return;
        }
        for c in ITS_PROTOCOLS.captures_iter(text) {
            let (Some(whole), Some(phrase)) = (c.get(0), c.get(1)) else { continue };
            let span = Span::new(phrase.start(), phrase.end());
            if here.iter().chain(out.iter()).any(|c| c.span.overlaps(span)) || TITLE_GOES_ON.is_match(&text[span.end..])
            {
                continue;
            }
            // The parent stands right before.
            let near = here.iter().chain(out.iter()).filter(|c| c.span.end <= whole.start());
            let parent = near
                .filter(|c| text[c.span.end..whole.start()].trim_matches([' ', ',', ')']).is_empty())
                .find_map(|c| match &c.target {
                    Ok(Target::Instrument(id)) => Some(id.clone()),
                    _ => None,
                });
            let Some(parent) = parent else { continue };
            let is_child = |target: &&Target| match target {
                Target::Instrument(id) => self.ontology.concept(id).is_some_and(|c| c.parent.as_ref() == Some(&parent)),
                _ => false,
            };
            let earlier = before.iter().chain(here.iter().filter(|c| c.span.end <= whole.start()));
            let mut found: Vec<&Target> = Vec::new();
            for target in earlier.filter_map(|c| c.target.as_ref().ok()).filter(is_child) {
                if !found.contains(&target) {
                    found.push(target);
                }
            }
            if !phrase.as_str().ends_with('s') {
                found = found.pop().into_iter().collect();
            }
            for target in found {
                out.push(scene.citation(span, target.clone(), Form::Anaphor, "its-protocols"));
            }
        }
    }

    /// "the report of the Panel", "its annual report", "that letter": where the document gave its symbol.
    fn papers_again(&self, scene: &Scene<'_>, here: &[Citation], out: &mut Vec<Citation>) {
        let text = scene.paragraph.text.as_str();
        if self.papers.is_empty() || matches!(scene.paragraph.part, Part::Footnote | Part::Head | Part::Annex) {
            return;
        }
        let mut add = |span: Span, target: &Target| {
            let free = !here.iter().chain(out.iter()).any(|c| c.span.overlaps(span));
            if free && !has_own_symbol(text, span.end, here) {
                out.push(scene.citation(span, target.clone(), Form::Anaphor, "paper-again"));
            }
        };
        for c in THAT_REPORT.captures_iter(text) {
            let (Some(whole), Some(word)) = (c.get(0), c.get(1)) else { continue };
            if let Some(paper) = self.papers.iter().rev().find(|p| p.kind == word.as_str()) {
                add(Span::new(whole.start(), whole.end()), &paper.target);
            }
        }
        for c in REPORT_OF.captures_iter(text) {
            let (Some(whole), Some(word), Some(author)) = (c.get(0), c.get(1), c.get(2)) else { continue };
            let (kind, author) = (word.as_str().to_lowercase(), plain(author.as_str()));
            let definite = text[..whole.start()].ends_with("the ") || text[..whole.start()].ends_with("The ");
            let mut same = self.papers.iter().filter(|p| p.kind == kind && is_author(&author, &p.author));
            if let (true, Some(only), None) = (definite, same.next(), same.next()) {
                add(Span::new(whole.start(), whole.end()), &only.target);
            }
        }
        for c in ITS_REPORT.captures_iter(text) {
            let (Some(whole), Some(word)) = (c.get(0), c.get(1)) else { continue };
            // What is asked for is a report yet to come.
            let verb = scene.verb_at(whole.start());
            let known = verb.as_deref().is_some_and(|v| {
                matches!(
                    v,
                    "take note" | "note" | "welcome" | "commend" | "endorse" | "approve" | "recall" | "consider"
                )
            });
            let is_here = |p: &&Paper| p.kind == word.as_str() && !p.author.is_empty();
            let named = |p: &&Paper| text[..whole.start()].contains(p.author.as_str());
            let mut same = self.papers.iter().filter(is_here).filter(named);
            if let (true, Some(only), None) = (known, same.next(), same.next()) {
                add(Span::new(whole.start(), whole.end()), &only.target);
            }
        }
    }

    /// Remembers the symbols of a paragraph that are said to be reports, letters or studies.
    fn remember_papers(&mut self, scene: &Scene<'_>, here: &[Citation]) {
        let text = scene.paragraph.text.as_str();
        let mut from = 0;
        for citation in here.iter().filter(|c| c.form == Form::Full) {
            let Ok(target @ Target::Document(symbol)) = &citation.target else { continue };
            let start = from.min(citation.span.start);
            from = citation.span.end;
            if symbol.is_resolution() || self.papers.iter().any(|p| p.target == *target) {
                continue;
            }
            let clause = &text[start..citation.span.start];
            let named = REPORT_OF.captures_iter(clause).last();
            let kind = ANY_REPORT.captures_iter(clause).last();
            let (kind, author) = match (&named, &kind) {
                (Some(c), _) => (c[1].to_lowercase(), plain(&c[2])),
                (None, Some(c)) => (c[1].to_lowercase(), String::new()),
                (None, None) => continue,
            };
            let kind = match kind.as_str() {
                "studies" => "study".to_owned(),
                kind => kind.trim_end_matches('s').to_owned(),
            };
            self.papers.push(Paper { kind, author, target: target.clone() });
        }
    }

    fn is_kind(&self, target: &Target, kind: &str) -> bool {
        match target {
            Target::Instrument(id) => self
                .ontology
                .concept(id)
                .is_some_and(|c| c.kind_words.iter().any(|w| w == kind) || c.preferred().split(' ').any(|w| w == kind)),
            Target::Titled(title) => title.split(' ').any(|w| w == kind),
            _ => false,
        }
    }
}

/// Whether a bracket behind a title is short for it, and not for the last name in it: "Charter of the Union of Cooks
/// (UC)" is the Union. A short title says the kind of instrument, or is an acronym with the letter of the kind.
fn is_short_title(short: &str, title: &str) -> bool {
    let kinds = || words(title).into_iter().filter(|w| uses(*w).treaty_head());
    let acronym = !short.contains(' ') && short.chars().filter(|c| c.is_uppercase()).count() >= 2;
    if short.len() < 3 {
        return false;
    }
    if acronym {
        let initial = |w: Word| w.span().of(title).chars().next();
        return kinds().filter_map(initial).any(|c| short.contains(c.to_ascii_uppercase()));
    }
    words(short).iter().any(|w| uses(*w).treaty_head()) || title.starts_with(short)
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

/// "in particular chapter VII thereof": a part of what was cited last.
fn thereof(scene: &Scene<'_>, here: &[Citation], out: &mut Vec<Citation>) {
    let text = scene.paragraph.text.as_str();
    if !text.contains("there") {
        return;
    }
    for c in THEREOF.captures_iter(text) {
        let (Some(whole), Some(part)) = (c.get(0), c.get(1)) else { continue };
        let span = Span::new(whole.start(), whole.end());
        let last = here.iter().chain(out.iter()).filter(|c| c.span.end <= span.start).max_by_key(|c| c.span.end);
        let Some(last) = last.filter(|c| c.target.is_ok() && c.pinpoint.is_none()) else { continue };
        let Ok(target) = &last.target else { continue };
        let mut citation = scene.citation(span, target.clone(), Form::Anaphor, "thereof");
        citation.pinpoint = Some(part.as_str().split_whitespace().collect::<Vec<_>>().join(" "));
        out.push(citation);
    }
}

/// "that resolution", "the said resolutions".
fn anaphora(scene: &Scene<'_>, here: &[Citation], before: &[Citation], out: &mut Vec<Citation>) {
    let text = scene.paragraph.text.as_str();
    if matches!(scene.paragraph.part, Part::Footnote | Part::Head) {
        return;
    }
    for c in ANAPHOR.captures_iter(text) {
        let (Some(whole), Some(word)) = (c.get(0), c.get(1)) else { continue };
        // "that resolution 1373 (2001) be implemented" points at nothing before it.
        if text[whole.end()..].trim_start().starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let span = Span::new(whole.start(), whole.end());
        let series = if word.as_str().contains("statement") { Series::Statement } else { Series::Resolution };
        let mut earlier: Vec<Citation> = here.iter().filter(|c| c.span.end <= span.start).cloned().collect();
        let mut found = last_list(&earlier, series);
        if found.is_empty() {
            earlier = before.to_vec();
            found = last_list(&earlier, series);
        }
        if !word.as_str().ends_with('s') {
            found = found.pop().into_iter().collect();
        }
        if found.is_empty() {
            let mut citation = scene.citation(span, Target::Titled(String::new()), Form::Anaphor, "anaphor");
            citation.target = Err(Reason::NoAntecedent);
            out.push(citation);
        }
        for target in found {
            out.push(scene.citation(span, target, Form::Anaphor, "anaphor"));
        }
    }
}

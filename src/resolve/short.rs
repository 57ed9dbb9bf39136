//! Short forms and anaphora: "the Charter", "the Protocol thereto", "that resolution".

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use super::citations::{Scene, instrument, last_list, named_instruments};
use super::{Citation, Form, Reason, Target};
use crate::ontology::{ConceptClass, ConceptId, LabelKind, Ontology};
use crate::parse::Part;
use crate::patterns::patterns;
use crate::recognise::citations::Series;
use crate::recognise::{NameMention, Sense};
use crate::span::Span;
use crate::symbol::Symbol;

patterns! {
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
}

impl<'a> ShortForms<'a> {
    pub(super) fn new(ontology: &'a Ontology, mentions: &'a [NameMention], printed: BTreeSet<&'a Symbol>) -> Self {
        let short = mentions.iter().filter_map(|m| match &m.sense {
            Sense::Instrument(id, LabelKind::Short) => Some((m, id)),
            _ => None,
        });
        Self { ontology, named: named_instruments(mentions), mentions: short.collect(), printed, defined: Vec::new() }
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
        anaphora(scene, here, before, &mut out);
        self.define(scene, here);
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
            if name.len() < 3 || self.defined.iter().any(|(p, _)| p.as_str().contains(&regex::escape(name))) {
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

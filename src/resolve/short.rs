//! Short forms and anaphora: "the Charter", "the Protocol thereto", "that resolution".

use std::collections::{BTreeMap, BTreeSet};

use super::citations::{Scene, instrument, named_instruments};
use super::papers::Papers;
use super::{Citation, Form, Reason, Target};
use crate::ontology::names::NameTree;
use crate::ontology::{ConceptClass, ConceptId, LabelKind, Ontology};
use crate::parse::Part;
use crate::patterns::patterns;
use crate::recognise::citations::Series;
use crate::recognise::lexicon::uses;
use crate::recognise::words::{Line, Word, words};
use crate::recognise::{NameMention, Sense};
use crate::span::Span;
use crate::symbol::Symbol;

patterns! {
    THEREOF = r"\b((?:paragraphs?|chapters?|sections?|articles?|annex(?:es)?|parts?)(?:\s+(?:[IVXL]+|[A-Z]|\d+)(?:\s?\([a-z]+\))?(?:(?:,\s|\sand\s|\sto\s|\s?[-–]\s?)(?:[IVXL]+|[A-Z]|\d+)\b(?:\s?\([a-z]+\))?)*)?)\s+(?:thereof|thereto)\b";
    ITS_PROTOCOLS = r"\band\s+(?:to\s+|under\s+)?(?:its|their)\s+((?:(?:two|three|First|Second|Third|Optional|Additional|\d{4})\s+)*Protocols?)\b";
    // Up to the end of "resolution", from a few words before it.
    ANAPHOR = r"\b(?:[Tt]hat|[Tt]he said|[Tt]hose|[Tt]hese|[Tt]he same|[Tt]he (?:above-?mentioned|aforementioned|aforesaid)|[Tt]hese two|[Tt]he latter) (?:resolutions?|presidential statements?)$";
    THERETO = r"\b((?:\d{4} )?(?:two )?(?:(?:First|Second|Third) )?(?:Optional |Additional |Facultative )?Protocols?) thereto\b";
    DEFINED = r"^\s?\(\s?(?:hereinafter\s)?(?:referred to as\s)?[“‘'\x22]?(?:the\s)?([A-Z][A-Za-z'-]+(?:\s[A-Z][A-Za-z'-]+){0,3})[”’'\x22]?\s?\)";
    TITLE_GOES_ON = r"^(?:\s(?:on|of|for|against|relating|relative|concerning|between|to (?:Prevent|the)|thereto|supplementing)\b|\s[A-Z])";
}

/// The kinds of instruments that are called by their kind alone: "the Convention".
const KINDS: [&str; 12] = [
    "Convention",
    "Protocol",
    "Covenant",
    "Agreement",
    "Declaration",
    "Treaty",
    "Statute",
    "Accord",
    "Accords",
    "Agreements",
    "Conventions",
    "Protocols",
];

/// Most names that a document defines for its instruments, and most documents that one "those resolutions" means, so that
/// no text takes long.
const MOST_DEFINED: usize = 200;
const MOST_MEANT: usize = 100;

/// The longest citation, for telling which may reach a place.
const LONGEST_CITATION: usize = 600;

/// The short forms that a document may use.
pub(super) struct ShortForms<'a> {
    ontology: &'a Ontology,
    named: BTreeMap<&'a ConceptId, usize>,
    /// Short names found by the gazetteer, in order.
    mentions: Vec<(&'a NameMention, &'a ConceptId)>,
    /// The symbols that the document prints.
    printed: BTreeSet<&'a Symbol>,
    /// The reports, letters and studies that the document gives the symbol of.
    papers: Papers,
    /// Names that the document defines in brackets.
    defined: Vec<(String, Target)>,
    /// The same, by their words.
    tree: NameTree<usize>,
    /// What the paragraphs before have cited, and how many citations of theirs are in it.
    before: Antecedents,
    seen: usize,
}

/// What was cited so far, as far as short forms may mean it.
#[derive(Debug, Default, Clone)]
struct Antecedents {
    /// Of each of [`KINDS`] the last.
    kinds: [Option<Target>; KINDS.len()],
    /// The resolutions, and the statements, of the last paragraph with one.
    resolutions: Vec<Target>,
    statements: Vec<Target>,
    /// The paragraphs of these.
    paragraphs: [Option<usize>; 2],
}

impl Antecedents {
    fn add(&mut self, citation: &Citation, ontology: &Ontology) {
        let Ok(target) = &citation.target else { return };
        match target {
            Target::Document(symbol) => {
                if symbol.is_resolution() {
                    self.document(citation, target, Series::Resolution);
                } else if matches!(symbol, Symbol::PresidentialStatement { .. }) {
                    self.document(citation, target, Series::Statement);
                }
            }
            Target::Instrument(_) | Target::Titled(_) => {
                each_kind(target, ontology, |kind| self.kinds[kind] = Some(target.clone()));
            }
            Target::Dated { .. } => {}
        }
    }

    fn document(&mut self, citation: &Citation, target: &Target, series: Series) {
        let (list, paragraph) = match series {
            Series::Statement => (&mut self.statements, &mut self.paragraphs[1]),
            _ => (&mut self.resolutions, &mut self.paragraphs[0]),
        };
        if *paragraph != Some(citation.paragraph) {
            list.clear();
            *paragraph = Some(citation.paragraph);
        }
        // Each stands where it was cited last.
        let recent = list.len().saturating_sub(MOST_MEANT);
        if let Some(again) = list[recent..].iter().position(|t| t == target) {
            list.remove(recent + again);
        }
        list.push(target.clone());
    }

    /// What "that resolution" or "those resolutions" means; `fallback` where this knows of none.
    fn meant(&self, series: Series, plural: bool, fallback: &Self) -> Vec<Target> {
        let list = |of: &'_ Self| -> Vec<Target> {
            let list = if series == Series::Statement { &of.statements } else { &of.resolutions };
            let most = if plural { MOST_MEANT } else { 1 };
            list[list.len().saturating_sub(most)..].to_vec()
        };
        let own = list(self);
        if own.is_empty() { list(fallback) } else { own }
    }
}

/// The places of a paragraph that are citations already.
struct Taken<'h> {
    /// In order of start.
    here: &'h [Citation],
    /// Start and end of those that are added.
    added: BTreeMap<usize, usize>,
}

impl Taken<'_> {
    fn is_free(&self, span: Span) -> bool {
        let end = self.here.partition_point(|c| c.span.start < span.end);
        let near = |c: &&Citation| c.span.start + LONGEST_CITATION > span.start;
        let covered = self.here[..end].iter().rev().take_while(near).any(|c| c.span.overlaps(span));
        !covered && self.added.range(..span.end).next_back().is_none_or(|(_, end)| *end <= span.start)
    }

    fn add(&mut self, span: Span) {
        self.added.insert(span.start, span.end);
    }
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
            papers: Papers::default(),
            defined: Vec::new(),
            tree: NameTree::default(),
            before: Antecedents::default(),
            seen: 0,
        }
    }

    /// The short citations of a paragraph whose full ones are `here`, after those `before` it; both in order.
    pub(super) fn in_paragraph(&mut self, scene: &Scene<'_>, here: &[Citation], before: &[Citation]) -> Vec<Citation> {
        for citation in &before[self.seen..] {
            self.before.add(citation, self.ontology);
        }
        self.seen = before.len();
        let mut out = Vec::new();
        let mut taken = Taken { here, added: BTreeMap::new() };
        let first = self.mentions.partition_point(|(m, _)| m.paragraph < scene.index);
        for (mention, id) in self.mentions[first..].iter().take_while(|(m, _)| m.paragraph == scene.index) {
            if (self.named.contains_key(id) || self.is_presumed(id)) && taken.is_free(mention.span) {
                taken.add(mention.span);
                out.push(scene.citation(
                    mention.span,
                    instrument(self.ontology, id, &self.printed),
                    Form::Short,
                    "instrument-short",
                ));
            }
        }
        self.defined_names(scene, &mut taken, &mut out);
        self.protocols_thereto(scene, here, &mut out);
        self.by_words(scene, &taken, &mut out);
        self.its_protocols(scene, here, before, &mut out);
        self.papers.cited_again(scene, here, &mut out);
        thereof(scene, here, &mut out);
        self.define(scene, here);
        self.papers.remember(scene, here);
        out
    }

    /// The names that the document defined before.
    fn defined_names(&self, scene: &Scene<'_>, taken: &mut Taken<'_>, out: &mut Vec<Citation>) {
        if self.defined.is_empty() {
            return;
        }
        let line = scene.line();
        let found = self.tree.find(line);
        let mut places: Vec<(usize, Span)> = found.iter().map(|f| (f.meaning, line.span(f.from, f.to))).collect();
        places.sort();
        places.retain(|(index, span)| span.of(line.text) == self.defined[*index].0);
        for (index, span) in places {
            if taken.is_free(span) {
                taken.add(span);
                out.push(scene.citation(span, self.defined[index].1.clone(), Form::Short, "defined-short"));
            }
        }
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
            let known =
                !is_short_title(name, citation.span.of(text)) || self.defined.iter().any(|(n, _)| n.contains(name));
            if !known && self.defined.len() < MOST_DEFINED {
                self.tree.insert(name, self.defined.len());
                self.defined.push((name.to_owned(), target.clone()));
            }
        }
    }

    /// "the Convention ... and the Optional Protocol thereto"
    fn protocols_thereto(&self, scene: &Scene<'_>, here: &[Citation], out: &mut Vec<Citation>) {
        let text = scene.paragraph.text.as_str();
        if !scene.uses.points_back() || !text.contains("thereto") {
            return;
        }
        let mut instruments = here.iter().filter_map(|c| match &c.target {
            Ok(Target::Instrument(id)) => Some((c.span.end, id)),
            _ => None,
        });
        let (mut parent, mut next) = (None, instruments.next());
        for c in THERETO.captures_iter(text) {
            let (Some(whole), Some(phrase)) = (c.get(0), c.get(1)) else { continue };
            let span = Span::new(whole.start(), whole.end());
            while let Some((_, id)) = next.filter(|(end, _)| *end <= span.start) {
                parent = Some(id);
                next = instruments.next();
            }
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

    /// "the Convention and its Protocols": the ones that were cited before.
    fn its_protocols(&self, scene: &Scene<'_>, here: &[Citation], before: &[Citation], out: &mut Vec<Citation>) {
        let text = scene.paragraph.text.as_str();
        if !scene.uses.treaty_head() || !text.contains(" Protocol") {
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

    /// What is told from single words: "the Convention", "that resolution".
    fn by_words(&self, scene: &Scene<'_>, taken: &Taken<'_>, out: &mut Vec<Citation>) {
        let line = scene.line();
        if !(scene.uses.treaty_head() || scene.uses.dated_document()) {
            return;
        }
        let mut own = Antecedents::default();
        let mut next = 0;
        for at in 0..line.words.len() {
            let word = uses(line.words[at]);
            if !(word.treaty_head() || word.dated_document()) {
                continue;
            }
            let (place, anaphor) = match (kind(line, at), anaphor(scene, at)) {
                (Some(_), _) => (line.words[at].span(), false),
                (_, Some(span)) => (span, true),
                _ => continue,
            };
            while let Some(citation) = taken.here.get(next).filter(|c| c.span.end <= place.start) {
                own.add(citation, self.ontology);
                next += 1;
            }
            if anaphor {
                resolve_anaphor(scene, place, own_or(&own, &self.before, line.word(at)), out);
            } else if let Some(kind) = kind(line, at)
                && !TITLE_GOES_ON.is_match(&line.text[place.end..])
                && taken.is_free(place)
                && let Some(target) = own.kinds[kind].as_ref().or(self.before.kinds[kind].as_ref())
            {
                out.push(scene.citation(place, target.clone(), Form::Short, "kind-short"));
            }
        }
    }
}

/// The documents that "that resolution" means, of those cited in the paragraph before it or else in the paragraphs before.
fn own_or(own: &Antecedents, before: &Antecedents, word: &str) -> Vec<Target> {
    let series = if word.starts_with("statement") { Series::Statement } else { Series::Resolution };
    own.meant(series, word.ends_with('s'), before)
}

/// Which of [`KINDS`] a word is, where it stands alone for an instrument: "the *Convention*".
fn kind(line: Line<'_>, at: usize) -> Option<usize> {
    let before = at.checked_sub(1)?;
    let kind = KINDS.iter().position(|k| *k == line.word(at))?;
    (line.gap(before) == " " && matches!(line.word(before), "the" | "that" | "said" | "this")).then_some(kind)
}

/// Where an anaphor stands that ends with a word: "*that resolution*".
fn anaphor(scene: &Scene<'_>, at: usize) -> Option<Span> {
    const MOST_WORDS: usize = 4;
    let line = scene.line();
    if !matches!(line.word(at), "resolution" | "resolutions" | "statement" | "statements")
        || matches!(scene.paragraph.part, Part::Footnote | Part::Head)
    {
        return None;
    }
    let qualified = line.word(at.checked_sub(1)?);
    let before = if qualified == "presidential" { line.word(at.checked_sub(2)?) } else { qualified };
    let points = matches!(
        before,
        "That"
            | "that"
            | "Those"
            | "those"
            | "These"
            | "these"
            | "said"
            | "same"
            | "mentioned"
            | "abovementioned"
            | "aforementioned"
            | "aforesaid"
            | "two"
            | "latter"
    );
    if !points {
        return None;
    }
    let start = line.words[at.saturating_sub(MOST_WORDS)].start as usize;
    let end = line.words[at].end as usize;
    let found = ANAPHOR.find(&line.text[start..end])?;
    // "that resolution 1373 (2001) be implemented" points at nothing before it.
    let numbered = line.text[end..].trim_start().starts_with(|c: char| c.is_ascii_digit());
    (!numbered).then(|| Span::new(start + found.start(), end))
}

fn resolve_anaphor(scene: &Scene<'_>, span: Span, meant: Vec<Target>, out: &mut Vec<Citation>) {
    if meant.is_empty() {
        let mut citation = scene.citation(span, Target::Titled(String::new()), Form::Anaphor, "anaphor");
        citation.target = Err(Reason::NoAntecedent);
        out.push(citation);
    }
    for target in meant {
        out.push(scene.citation(span, target, Form::Anaphor, "anaphor"));
    }
}

/// Tells which of [`KINDS`] an instrument may be called.
fn each_kind(target: &Target, ontology: &Ontology, mut is: impl FnMut(usize)) {
    let mut called = |word: &str| {
        if let Some(kind) = KINDS.iter().position(|k| *k == word) {
            is(kind);
        }
    };
    match target {
        Target::Instrument(id) => {
            let Some(concept) = ontology.concept(id) else { return };
            concept.kind_words.iter().for_each(|w| called(w));
            concept.preferred().split(' ').for_each(called);
        }
        Target::Titled(title) => title.split(' ').for_each(called),
        _ => {}
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

/// "in particular chapter VII thereof": a part of what was cited last.
fn thereof(scene: &Scene<'_>, here: &[Citation], out: &mut Vec<Citation>) {
    let text = scene.paragraph.text.as_str();
    if !scene.uses.points_back() {
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

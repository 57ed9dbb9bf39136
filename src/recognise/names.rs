//! Which words of a paragraph are names. Every reading of every stretch of words is a candidate;
//! the longest that do not overlap are kept.

use super::bodies::bodies;
use super::lexicon::uses;
use super::offices::{offices, persons};
use super::states::states;
use super::titles::titles;
use super::words::{Case, Line, Word};
use super::{EntityKind, NameMention, Sense};
use crate::ontology::names::{Found, Meaning};
use crate::ontology::{Concept, ConceptClass, LabelKind, Ontology};
use crate::read::Language;
use crate::span::Span;

/// Most words of a name of the authorities.
const LONGEST_NAME: usize = 60;

/// What a stretch of words may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// A mention.
    Name(Sense),
    /// Part of the title of an instrument or document, or a phrase that names something else: names nothing.
    Masked,
}

/// A stretch of words and a reading of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Index of the first word.
    pub from: usize,
    /// Index one past the last word.
    pub to: usize,
    /// What it may be.
    pub reading: Reading,
    /// The rule that says so.
    pub rule: &'static str,
}

impl Candidate {
    /// A name listed nowhere.
    #[must_use]
    pub fn unlisted(from: usize, to: usize, kind: EntityKind, names: Vec<String>, rule: &'static str) -> Self {
        Self { from, to, reading: Reading::Name(Sense::Unlisted { kind, names }), rule }
    }
}

/// A paragraph as the rules see it: its words and every name of the authorities in it.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The words.
    pub line: Line<'a>,
    /// Every name of the authorities, overlapping ones too, in order of start and length.
    pub known: &'a [Found<Meaning>],
    /// What the meanings speak of.
    pub ontology: &'a Ontology,
}

impl<'a> Scene<'a> {
    /// The concept of a meaning.
    #[must_use]
    pub fn concept(self, meaning: Meaning) -> &'a Concept {
        &self.ontology.concepts()[meaning.concept as usize]
    }

    /// The names of the authorities that start at a word.
    pub fn starting(self, at: usize) -> std::slice::Iter<'a, Found<Meaning>> {
        let first = self.known.partition_point(|f| f.from < at);
        let end = first + self.known[first..].partition_point(|f| f.from == at);
        self.known[first..end].iter()
    }

    /// The names of the authorities that cover a word.
    pub fn around(self, at: usize) -> impl Iterator<Item = &'a Found<Meaning>> {
        let first = self.known.partition_point(|f| f.from + LONGEST_NAME < at);
        self.known[first..].iter().take_while(move |f| f.from <= at).filter(move |f| f.to > at)
    }

    /// Whether the word is followed by an apostrophe inside a name: "People*'*s Republic", "Sant*'*Egidio".
    #[must_use]
    pub fn inner_apostrophe(self, at: usize) -> bool {
        let apostrophe = matches!(self.line.gap(at), "'" | "\u{2019}");
        let possessive = self.line.word(at + 1) == "s" && self.line.joined(at + 1) && self.line.capital(at + 2);
        apostrophe && (possessive || self.line.capital(at + 1))
    }

    /// The longest name that starts at a word and is certain.
    #[must_use]
    pub fn longest_at(self, at: usize) -> Option<&'a Found<Meaning>> {
        self.starting(at).rfind(|f| is_certain(f.meaning.kind))
    }

    /// Whether a certain name of something that acts (no State, no instrument) starts at a word.
    #[must_use]
    pub fn actor_at(self, at: usize) -> bool {
        self.longest_at(at).is_some_and(|f| is_actor(self.concept(f.meaning).class))
    }

    /// Whether an office of the authorities starts at a word.
    #[must_use]
    pub fn office_at(self, at: usize) -> bool {
        self.longest_at(at).is_some_and(|f| self.concept(f.meaning).class == ConceptClass::Role)
    }

    /// Whether a name is a person's.
    #[must_use]
    pub fn is_person(self, found: &Found<Meaning>) -> bool {
        self.concept(found.meaning).class == ConceptClass::Person
    }

    /// The nationality that the word is, if it is one ("Iraqi"), as the name of the State.
    #[must_use]
    pub fn adjective_at(self, at: usize) -> Option<&'a Found<Meaning>> {
        self.starting(at).rfind(|f| f.meaning.kind == LabelKind::Adjective)
    }

    /// The State or territory whose name ends just before a word, or starts at it.
    #[must_use]
    pub fn state_at(self, at: usize) -> Option<&'a Found<Meaning>> {
        self.longest_at(at).filter(|f| is_state(self.concept(f.meaning).class))
    }

    /// Whether a word begins a sentence or an item of a list, so that its capital means nothing.
    #[must_use]
    pub fn begins_sentence(self, at: usize) -> bool {
        let Some(previous) = at.checked_sub(1) else { return true };
        let gap = self.line.gap(previous);
        gap.contains(['.', ';', ':', '?', '!', '\u{201c}', '"', '\u{2014}', '\u{2022}'])
            || (gap.contains([')', '(']) && self.line.word(previous).len() <= 2)
    }
}

/// Whether a label of this kind means its concept wherever it stands.
#[must_use]
pub fn is_certain(kind: LabelKind) -> bool {
    matches!(kind, LabelKind::Preferred | LabelKind::Alternative | LabelKind::Hidden)
}

/// Whether concepts of the class are States or territories.
#[must_use]
pub fn is_state(class: ConceptClass) -> bool {
    matches!(class, ConceptClass::State | ConceptClass::Territory)
}

fn is_actor(class: ConceptClass) -> bool {
    matches!(class, ConceptClass::UnBody | ConceptClass::Organization | ConceptClass::ArmedGroup)
}

/// The mentions in one paragraph, in order.
#[must_use]
pub fn names(
    text: &str,
    words: &[Word],
    paragraph: usize,
    language: Language,
    ontology: &Ontology,
) -> Vec<NameMention> {
    let line = Line { text, words };
    let known = ontology.names(language).find(line);
    let scene = Scene { line, known: &known, ontology };
    let mut candidates = listed(scene);
    if language == Language::En && !is_shouted(words) {
        titles(scene, &mut candidates);
        states(scene, &mut candidates);
        bodies(scene, &mut candidates);
        offices(scene, &mut candidates);
        persons(scene, &mut candidates);
    }
    let prefix_of = |c: &Candidate| scene.starting(c.from).find(|f| f.to == c.to).map_or(0, |f| f.prefix);
    longest(line, candidates)
        .into_iter()
        .filter_map(|c| {
            let Span { start, end } = line.span(c.from, c.to);
            let span = closed(text, Span::new(start + prefix_of(&c), end));
            match c.reading {
                Reading::Name(sense) => Some(NameMention { paragraph, span, sense, rule: c.rule }),
                Reading::Masked if c.rule == "title-treaty" => {
                    Some(NameMention { paragraph, span, sense: Sense::Title, rule: c.rule })
                }
                Reading::Masked => None,
            }
        })
        .collect()
}

/// A span with the bracket that closes one opened inside: "resolution 1267 (1999" and what follows.
fn closed(text: &str, span: Span) -> Span {
    let open = span.of(text).matches('(').count() > span.of(text).matches(')').count();
    if open && text[span.end..].starts_with(')') { Span::new(span.start, span.end + 1) } else { span }
}

/// Whether a text is a heading all in capitals, where shapes say nothing.
fn is_shouted(words: &[Word]) -> bool {
    let upper = words.iter().filter(|w| w.case == Case::Upper).count();
    let cased = words.iter().filter(|w| matches!(w.case, Case::Lower | Case::Capital | Case::Upper)).count();
    upper > 3 && upper * 2 > cased
}

/// The names of the authorities, as candidates.
fn listed(scene: Scene<'_>) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::new();
    for found in scene.known {
        let concept = scene.concept(found.meaning);
        let reading = match found.meaning.kind {
            LabelKind::Adjective => continue,
            LabelKind::Short if opens_other_name(scene, found.from, found.to) => continue,
            LabelKind::Not => Reading::Masked,
            kind if concept.class == ConceptClass::Instrument => {
                Reading::Name(Sense::Instrument(concept.id.clone(), kind))
            }
            LabelKind::Short => Reading::Name(Sense::Short(vec![concept.id.clone()])),
            _ => Reading::Name(Sense::Known(concept.id.clone())),
        };
        // Several concepts may share a short form: one candidate holds them all.
        if let Reading::Name(Sense::Short(ids)) = &reading
            && let Some(Candidate { reading: Reading::Name(Sense::Short(all)), .. }) = out
                .iter_mut()
                .rev()
                .take_while(|c| c.from == found.from)
                .find(|c| c.to == found.to && matches!(c.reading, Reading::Name(Sense::Short(_))))
        {
            all.extend(ids.iter().cloned());
            continue;
        }
        let rule = if matches!(reading, Reading::Name(Sense::Short(_))) { "authority-short" } else { "authority" };
        out.push(Candidate { from: found.from, to: found.to, reading, rule });
    }
    out
}

/// Whether a short form is only the beginning or end of another name: "International Conference *on Xian Affairs*".
fn opens_other_name(scene: Scene<'_>, from: usize, to: usize) -> bool {
    let line = scene.line;
    let preposition = line.joined(to - 1) && matches!(line.word(to), "of" | "on" | "for" | "to" | "against");
    let object = if line.word(to + 1) == "the" { to + 2 } else { to + 1 };
    let after = (preposition && line.joined(to) && line.capital(object))
        || (line.joined(to - 1) && line.capital(to) && line.gap(to - 1) != "-");
    let before = from > 0 && line.joined(from - 1) && line.capital(from - 1) && !uses(line.words[from - 1]).function();
    let sentence = from > 0 && scene.begins_sentence(from - 1);
    after || (before && !sentence)
}

/// Of overlapping candidates the longest; of equally long ones what the authorities know, then the first.
fn longest(line: Line<'_>, mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    let rank = |c: &Candidate| match &c.reading {
        Reading::Name(Sense::Known(_)) => 0,
        Reading::Masked | Reading::Name(Sense::Instrument(..) | Sense::Title) => 1,
        Reading::Name(Sense::Established { .. }) => 2,
        Reading::Name(Sense::Short(_)) => 3,
        Reading::Name(Sense::Unlisted { .. }) => 4,
    };
    candidates.sort_by_key(|c| (std::cmp::Reverse(line.span(c.from, c.to).len()), rank(c), c.from));
    let mut taken = vec![false; line.words.len()];
    let mut kept: Vec<Candidate> = Vec::new();
    for c in candidates {
        if taken[c.from..c.to].iter().any(|t| *t) {
            continue;
        }
        taken[c.from..c.to].fill(true);
        kept.push(c);
    }
    kept.sort_by_key(|c| c.from);
    kept
}

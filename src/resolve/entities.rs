//! Which body, group, State, role or person a name means in this document.
//!
//! Recognition says what each stretch of words may be; here the document decides: what a short form was
//! defined as, which committee "the Committee established pursuant to ..." is, and what the guidelines leave out.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::BuildHasherDefault;

use super::definitions::{Definition, definitions};
use super::{Entity, Identity};
use crate::ontology::names::{KeyHasher, NameTree, content_words};
use crate::ontology::{Concept, ConceptId, Ontology};
use crate::parse::Document;
use crate::read::Language;
use crate::recognise::lexicon::uses;
use crate::recognise::names::is_state;
use crate::recognise::words::{Case, Line, Lines, gap_key, key, words};
use crate::recognise::{BARE, EntityKind, NameMention, Sense};
use crate::span::Span;
use crate::symbol::{Organ, Symbol};

/// The entities of a document, in order of paragraph and start, from the names found in it.
#[must_use]
pub fn entities(document: &Document, ontology: &Ontology, lines: &Lines, mentions: &[NameMention]) -> Vec<Entity> {
    let context = Context::new(document, ontology, lines, mentions);
    let mut settled: Vec<Settled> = mentions.iter().filter_map(|m| context.settle(m)).collect();
    let defined = definitions(document, ontology, &mut settled);
    add_defined(document, lines, &defined, &mut settled);
    settled.sort_by_key(|s| (s.paragraph, s.span));
    let mut settled = antecedents(settled, ontology);
    settled.retain(|s| context.counts(s));
    settled
        .into_iter()
        .map(|s| Entity {
            paragraph: s.paragraph,
            span: s.span,
            kind: s.kind,
            identity: s.identity,
            rule: s.rule.to_owned(),
        })
        .collect()
}

/// A mention whose meaning is settled.
#[derive(Debug, Clone)]
pub(super) struct Settled {
    pub(super) paragraph: usize,
    pub(super) span: Span,
    pub(super) kind: EntityKind,
    pub(super) identity: Identity,
    /// What it means where the document names nothing longer that it is short for.
    pub(super) otherwise: Option<Identity>,
    pub(super) rule: &'static str,
}

/// What the document as a whole says about its names.
struct Context<'a> {
    document: &'a Document,
    ontology: &'a Ontology,
    /// The concepts that it names by a certain name.
    named: BTreeSet<&'a ConceptId>,
    /// The numbers of the Council's resolutions that it names, its own included.
    resolutions: BTreeSet<u16>,
    /// How often it names each State.
    states: BTreeMap<&'a ConceptId, usize>,
}

impl<'a> Context<'a> {
    fn new(document: &'a Document, ontology: &'a Ontology, lines: &Lines, mentions: &'a [NameMention]) -> Self {
        let mut resolutions = BTreeSet::new();
        for (paragraph, words) in document.paragraphs.iter().zip(lines.iter()) {
            numbers_with_years(Line { text: &paragraph.text, words }, &mut resolutions);
        }
        resolutions.extend(document.symbol.as_ref().and_then(council_number));
        let mut named = BTreeSet::new();
        let mut states = BTreeMap::new();
        for mention in mentions {
            if let Sense::Known(id) = &mention.sense {
                named.insert(id);
                if ontology.concept(id).is_some_and(|c| is_state(c.class)) {
                    *states.entry(id).or_default() += 1;
                }
            }
        }
        Self { document, ontology, named, resolutions, states }
    }

    fn settle(&self, mention: &NameMention) -> Option<Settled> {
        let text = &self.document.paragraphs[mention.paragraph].text;
        let mut otherwise = None;
        let (kind, identity) = match &mention.sense {
            Sense::Known(id) => (self.ontology.concept(id)?.class.entity_kind()?, Identity::Concept(id.clone())),
            Sense::Short(ids) => {
                let (kind, identity) = self.short(ids, mention.span.of(text))?;
                if matches!(identity, Identity::Unlisted(_))
                    && let [id] = &ids[..]
                {
                    otherwise = Some(Identity::Concept(id.clone()));
                }
                (kind, identity)
            }
            Sense::Instrument(..) | Sense::Title => return None,
            Sense::Established { phrase, by } => {
                (EntityKind::Body, self.established(phrase, by, mention.span.of(text)))
            }
            Sense::Unlisted { kind, names } => (*kind, Identity::Unlisted(names.clone())),
        };
        Some(Settled {
            paragraph: mention.paragraph,
            span: mention.span,
            kind,
            identity,
            otherwise,
            rule: mention.rule,
        })
    }

    /// The concept that a short form means here: the one that is named, or whose founding resolution is, or that
    /// belongs to the State the document is about. A short form of several words that fits none stays as a name,
    /// until what the document named before is looked at.
    fn short(&self, ids: &[ConceptId], text: &str) -> Option<(EntityKind, Identity)> {
        let concepts: Vec<&Concept> = ids.iter().filter_map(|id| self.ontology.concept(id)).collect();
        let one = |fits: &dyn Fn(&Concept) -> bool| {
            let mut fitting = concepts.iter().filter(|c| fits(c));
            let first = fitting.next();
            first.filter(|_| fitting.next().is_none()).copied()
        };
        let several_words = text.contains([' ', '\u{a0}']);
        let own = self.document.symbol.as_ref().and_then(council_number);
        let founded = |c: &Concept, n: Option<u16>| {
            c.established_by.iter().any(|s| council_number(s).is_some_and(|s| Some(s) == n))
        };
        let chosen = one(&|c| founded(c, own))
            .or_else(|| one(&|c| self.named.contains(&c.id)))
            .or_else(|| {
                one(&|c| c.established_by.iter().filter_map(council_number).any(|n| self.resolutions.contains(&n)))
            })
            .or_else(|| one(&|c| self.is_about(c)));
        match chosen {
            Some(concept) => Some((concept.class.entity_kind()?, Identity::Concept(concept.id.clone()))),
            None if several_words => {
                Some((concepts.first()?.class.entity_kind()?, Identity::Unlisted(vec![text.to_owned()])))
            }
            None => None,
        }
    }

    /// Whether a concept's name holds the name of the State that the document names most.
    fn is_about(&self, concept: &Concept) -> bool {
        let most = self.states.iter().max_by_key(|(id, count)| (**count, std::cmp::Reverse(**id)));
        most.and_then(|(id, _)| self.ontology.concept(id))
            .is_some_and(|state| state.names().iter().any(|name| concept.preferred().contains(name)))
    }

    /// The body of a kind that was created by one of the instruments; by its phrase where no authority lists it.
    fn established(&self, phrase: &str, by: &[Symbol], text: &str) -> Identity {
        let own: Vec<Symbol> = self.document.symbol.iter().cloned().collect();
        let by = if by.is_empty() { &own } else { by };
        let is_kind =
            |c: &Concept| c.kind_words.iter().any(|k| phrase.ends_with(&**k) || phrase.contains(&format!("{k} ")));
        let mut score: BTreeMap<&ConceptId, (usize, &Concept)> = BTreeMap::new();
        for concept in by.iter().flat_map(|symbol| self.ontology.created_by(symbol)).filter(|c| is_kind(c)) {
            score.entry(&concept.id).or_insert((0, concept)).0 += 1;
        }
        let best = score.into_values().max_by_key(|(score, c)| (*score, std::cmp::Reverse(&c.id)));
        match best {
            Some((_, concept)) => Identity::Concept(concept.id.clone()),
            None => {
                let mut names = vec![text.to_owned()];
                // "the Panel of Experts" is short for it, "the Committee" says too little.
                if phrase != text && phrase.contains(' ') && phrase.split(' ').count() >= 2 {
                    names.push(phrase.to_owned());
                }
                Identity::Unlisted(names)
            }
        }
    }

    /// Whether the guidelines count a mention.
    fn counts(&self, mention: &Settled) -> bool {
        let paragraph = &self.document.paragraphs[mention.paragraph];
        let Identity::Concept(id) = &mention.identity else { return true };
        let Some(concept) = self.ontology.concept(id) else { return false };
        let united_nations = concept.preferred() == "United Nations";
        if united_nations || is_organ(concept) {
            // The masthead: the organ's name alone, without the article that opens a resolution.
            if mention.span.of(&paragraph.text).trim() == paragraph.text.trim() {
                return false;
            }
        }
        if united_nations && self.document.language == Language::En {
            return is_actor(&paragraph.text[mention.span.end..]) && !is_masthead(&paragraph.text, mention.span);
        }
        true
    }
}

fn is_organ(concept: &Concept) -> bool {
    let organs = [
        Organ::SecurityCouncil,
        Organ::GeneralAssembly,
        Organ::EconomicAndSocialCouncil,
        Organ::HumanRightsCouncil,
        Organ::CommissionOnHumanRights,
        Organ::TrusteeshipCouncil,
    ];
    organs.iter().any(|o| o.name() == Some(concept.preferred()))
}

/// Whether a paragraph opens with the name and goes on with a symbol: a head that was joined into one line.
fn is_masthead(text: &str, span: Span) -> bool {
    let rest = text[span.end..].trim_start();
    span.start == 0 && (rest.starts_with("A/") || rest.starts_with("S/") || rest.starts_with("E/"))
}

/// Whether a name acts or is acted upon, and does not qualify the noun behind it ("United Nations *entities*").
fn is_actor(rest: &str) -> bool {
    let words = words(rest.get(..rest.len().min(60)).unwrap_or_else(|| rest.get(..rest.len().min(57)).unwrap_or("")));
    let Some(next) = words.first() else { return true };
    let gap = &rest[..next.start as usize];
    if gap_key(gap) != 0 {
        return true;
    }
    // "the United Nations\u{2013}Xian partnership"
    if gap.trim().is_empty() && !gap.is_empty() { next.case == Case::Lower && uses(*next).after_actor() } else { false }
}

/// The number of a Council resolution.
fn council_number(symbol: &Symbol) -> Option<u16> {
    match symbol {
        Symbol::CouncilResolution { number, .. } => Some(*number),
        _ => None,
    }
}

/// The numbers that stand before a year in brackets: "1267 (1999)".
fn numbers_with_years(line: Line<'_>, out: &mut BTreeSet<u16>) {
    for (at, pair) in line.words.windows(2).enumerate() {
        let year = pair[1].case == Case::Digits && line.word(at + 1).len() == 4;
        if pair[0].case == Case::Digits
            && year
            && line.gap(at).trim_start() == "("
            && line.gap(at + 1).trim_start().starts_with(')')
        {
            out.extend(line.word(at).parse::<u16>().ok());
        }
    }
}

/// How many of the things named before a short name are looked at, the latest first, so that no text takes long.
const MOST_ANTECEDENTS: usize = 500;

/// A thing named so far: its kind, its names as words, and where it was named last.
type Named<'a> = (EntityKind, Cow<'a, [Vec<u64>]>, usize);

/// Gives every name that is listed nowhere the meaning of the last longer name that it is part of: "the Scientific
/// Committee" after "United Nations Scientific Committee on ...". Names that say too little by themselves go without one.
fn antecedents(settled: Vec<Settled>, ontology: &Ontology) -> Vec<Settled> {
    let mut index: HashMap<Identity, usize, BuildHasherDefault<KeyHasher>> = HashMap::default();
    let mut named: Vec<Named<'_>> = Vec::new();
    let mut out: Vec<Settled> = Vec::with_capacity(settled.len());
    for mut mention in settled {
        let place = out.len();
        if let Identity::Unlisted(names) = &mention.identity {
            let own = names.first().map(|n| content_words(n)).unwrap_or_default();
            let enough = own.len() >= if mention.kind == EntityKind::Person { 1 } else { 2 };
            let antecedent = named
                .iter()
                .rev()
                .take(MOST_ANTECEDENTS)
                .filter(|(kind, names, _)| {
                    enough && *kind == mention.kind && names.iter().any(|n| is_short_for(&own, n, *kind))
                })
                .max_by_key(|(_, _, last)| *last);
            let meant = antecedent.and_then(|(_, _, last)| out.get(*last));
            match meant {
                Some(meant) => mention.identity = meant.identity.clone(),
                None if mention.rule == BARE => continue,
                None => mention.identity = mention.otherwise.take().unwrap_or(mention.identity),
            }
        }
        match index.get(&mention.identity) {
            Some(at) => named[*at].2 = place,
            None => {
                index.insert(mention.identity.clone(), named.len());
                let names = match &mention.identity {
                    Identity::Concept(id) => Cow::Borrowed(ontology.name_words(id)),
                    Identity::Unlisted(names) => {
                        names.iter().map(|n| content_words(n)).filter(|w| w.len() >= 2).collect()
                    }
                };
                named.push((mention.kind, names, place));
            }
        }
        out.push(mention);
    }
    out
}

/// Whether the words of a short name stand together in a long one; at its start for an office.
fn is_short_for(short: &[u64], long: &[u64], kind: EntityKind) -> bool {
    long.len() > short.len()
        && match kind {
            EntityKind::Role => long.starts_with(short),
            EntityKind::Person => long.ends_with(short),
            _ => long.windows(short.len()).any(|w| w == short),
        }
}

/// Adds the mentions by short forms that the document defines, from the definition on.
fn add_defined(document: &Document, lines: &Lines, defined: &[Definition], settled: &mut Vec<Settled>) {
    let mut tree: NameTree<usize> = NameTree::default();
    for (index, definition) in defined.iter().enumerate() {
        tree.insert(&definition.alias, index);
    }
    if tree.is_empty() {
        return;
    }
    let mut by_paragraph: BTreeMap<usize, Vec<Settled>> = BTreeMap::new();
    for s in settled.drain(..) {
        by_paragraph.entry(s.paragraph).or_default().push(s);
    }
    for (paragraph, words) in lines.iter().enumerate() {
        let line = Line { text: &document.paragraphs[paragraph].text, words };
        let here = by_paragraph.entry(paragraph).or_default();
        let mut added = Vec::new();
        for found in tree.find(line) {
            let span = line.span(found.from, found.to);
            let words = key_of(span.of(line.text));
            // The last definition before the place holds.
            let holds = |d: &&Definition| (d.paragraph, d.end) <= (paragraph, span.start) && key_of(&d.alias) == words;
            let Some(definition) = defined.iter().rev().find(holds) else { continue };
            let before = here.partition_point(|s| s.span.end <= span.start);
            let overlapping = here[before..].iter().take_while(|s| s.span.start < span.end);
            if is_part_of_longer(line, found.from, found.to) || !overlapping.clone().all(|s| yields(s, span)) {
                continue;
            }
            added.push(Settled {
                paragraph,
                span,
                kind: definition.kind,
                identity: definition.identity.clone(),
                otherwise: None,
                rule: "defined-short-form",
            });
        }
        let mut yielding = added.iter().peekable();
        here.retain(|s| {
            while yielding.next_if(|a: &&Settled| a.span.end <= s.span.start).is_some() {}
            !yielding.peek().is_some_and(|a| a.span.overlaps(s.span))
        });
        here.extend(added);
    }
    settled.extend(by_paragraph.into_values().flatten());
}

/// Whether a mention gives way to a short form that the document defines: the same words, or a shape inside them.
fn yields(mention: &Settled, span: Span) -> bool {
    span.contains(mention.span) && (mention.span == span || matches!(mention.identity, Identity::Unlisted(_)))
}

/// Whether capitalised words around a short form make it part of another name: "the *High-level* Panel".
fn is_part_of_longer(line: Line<'_>, from: usize, to: usize) -> bool {
    let single = to == from + 1 && line.words[from].case == Case::Capital;
    let before =
        from.checked_sub(1).is_some_and(|i| line.joined(i) && line.capital(i) && !uses(line.words[i]).function());
    let after = line.joined(to - 1)
        && (line.capital(to) || matches!(line.word(to), "of" | "on" | "for" | "established"))
        && !(line.gap(to - 1).contains('-'));
    single && (before || after)
}

fn key_of(text: &str) -> Vec<u64> {
    words(text).iter().map(|w| key(w.span().of(text))).collect()
}

#[cfg(test)]
mod tests;

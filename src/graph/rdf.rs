//! Every triple of the graph is minted here.

use std::collections::{BTreeMap, BTreeSet};

use super::build::Builder;
use super::contribution::{Contribution, PartKind, RelationKind, VoteFacts, Work, WorkKind};
use super::iri;
use super::notes::WorkRecord;
use super::triples::{TermId, Triples};
use crate::ontology::vocab::{self as v};
use crate::ontology::{Concept, ConceptClass, ConceptId, LabelKind};
use crate::read::Language;

/// A citation, as one node.
pub(super) struct Citation {
    pub(super) node: TermId,
    pub(super) citing: TermId,
    pub(super) cited: TermId,
    pub(super) paragraph: TermId,
}

/// A place in a file that shows something.
pub(super) struct Place<'a> {
    pub(super) file: TermId,
    pub(super) path: &'a str,
    pub(super) words: &'a str,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) page: Option<u32>,
}

/// A file, the expression it holds and the work that realises.
pub(super) fn file(b: &mut Builder<'_>, share: &Contribution, file: TermId, subject: TermId) {
    let t = &mut b.triples;
    let path = t.string(&share.path);
    t.add(file, v::RG_PATH, path);
    let kind = t.string(&share.source_kind);
    t.add(file, v::RG_SOURCE_KIND, kind);
    let media = t.string(&share.media_type);
    t.add(file, v::DCAT_MEDIA_TYPE, media);
    let bytes = t.integer(share.bytes);
    t.add(file, v::DCAT_BYTE_SIZE, bytes);
    let language = t.iri_of(v::EU_LANGUAGES, eu_language(&share.language));
    match share.subject.kind {
        WorkKind::Article | WorkKind::Unidentified => t.add(file, v::ELI_LANGUAGE, language),
        _ => {
            let expression = t.iri_of(&b.base, &format!("{}/{}", share.subject.path, share.language));
            t.a(file, v::ELI_FORMAT);
            t.add(file, v::ELI_EMBODIES, expression);
            t.a(expression, v::ELI_LEGAL_EXPRESSION);
            t.add(expression, v::ELI_REALIZES, subject);
            t.add(expression, v::ELI_LANGUAGE, language);
            t.add(expression, v::ELI_IS_EMBODIED_BY, file);
            t.add(subject, v::ELI_IS_REALIZED_BY, expression);
            t.add(subject, v::PROV_WAS_DERIVED_FROM, file);
        }
    }
    if let Some(about) = &share.about {
        let about = t.iri_of(&b.base, &about.path);
        t.add(file, v::SCHEMA_ABOUT, about);
        t.add(about, v::PROV_WAS_DERIVED_FROM, file);
    }
}

/// The three-letter code that the tables of the European Union use.
fn eu_language(code: &str) -> &'static str {
    match Language::from_code(code) {
        Some(Language::Ar) => "ARA",
        Some(Language::Es) => "SPA",
        Some(Language::Fr) => "FRA",
        Some(Language::Ru) => "RUS",
        Some(Language::Zh) => "ZHO",
        Some(Language::En) | None => "ENG",
    }
}

/// What a paragraph belongs to.
pub(super) fn part_of(b: &mut Builder<'_>, paragraph: TermId, whole: &Work) {
    let subject = b.triples.iri_of(&b.base, &whole.path);
    b.triples.a(paragraph, v::DOCO_PARAGRAPH);
    if !matches!(whole.kind, WorkKind::Article | WorkKind::Unidentified) {
        b.triples.a(paragraph, v::ELI_LEGAL_RESOURCE_SUBDIVISION);
    }
    b.triples.add(paragraph, v::ELI_IS_PART_OF, subject);
}

/// What a paragraph is, and where it stands.
pub(super) fn paragraph(t: &mut Triples, paragraph: TermId, position: u32, part: PartKind) {
    let class = t.iri(match part {
        PartKind::Head => v::RG_HEAD,
        PartKind::Preamble => v::RG_PREAMBULAR_PARAGRAPH,
        PartKind::Operative => v::RG_OPERATIVE_PARAGRAPH,
        PartKind::Body => v::RG_BODY_PARAGRAPH,
        PartKind::Annex => v::RG_ANNEX_PARAGRAPH,
        PartKind::Footnote => v::RG_FOOTNOTE,
    });
    t.add(paragraph, v::ELI_TYPE_SUBDIVISION, class);
    let position = t.integer(position);
    t.add(paragraph, v::RG_POSITION, position);
}

/// The words of a paragraph.
pub(super) fn text(t: &mut Triples, paragraph: TermId, text: &str, language: &str) {
    let text = t.text(text, language);
    t.add(paragraph, v::RG_TEXT, text);
}

/// How often a citation stands in its paragraph.
pub(super) fn count(t: &mut Triples, citation: TermId, count: u32) {
    let count = t.integer(count);
    t.add(citation, v::RG_COUNT, count);
}

/// Which rule found a citation or a mention.
pub(super) fn rule(t: &mut Triples, node: TermId, rule: &str) {
    let rule = t.string(rule);
    t.add(node, v::RG_RULE, rule);
}

pub(super) fn pinpoint(t: &mut Triples, citation: TermId, pinpoint: &str) {
    let pinpoint = t.string(pinpoint);
    t.add(citation, v::RG_PINPOINT, pinpoint);
}

/// A citation: the edge, the edge by treatment, and the edge as a thing.
pub(super) fn citation(
    b: &mut Builder<'_>,
    citation: &Citation,
    article: bool,
    treatment: Option<&str>,
    verb: Option<&str>,
) {
    let Citation { node, citing, cited, paragraph } = *citation;
    let t = &mut b.triples;
    t.add(citing, if article { v::CITO_CITES } else { v::ELI_CITES }, cited);
    t.a(node, v::CITO_CITATION);
    t.a(node, v::OA_ANNOTATION);
    t.add(node, v::CITO_HAS_CITING_ENTITY, citing);
    t.add(node, v::CITO_HAS_CITED_ENTITY, cited);
    t.add(node, v::OA_HAS_BODY, cited);
    t.add(node, v::RG_PARAGRAPH, paragraph);
    if let Some(treatment) = treatment {
        let property = t.iri(treatment);
        t.add(node, v::CITO_HAS_CITATION_CHARACTERIZATION, property);
        t.state(citing, property, cited);
    }
    verb_used(b, node, verb);
}

fn verb_used(b: &mut Builder<'_>, node: TermId, verb: Option<&str>) {
    if let Some(lemma) = verb {
        let verb = b.triples.iri_of(&b.base, &verb_path(lemma));
        b.triples.add(node, v::RG_VERB_USED, verb);
    }
}

fn verb_path(lemma: &str) -> String {
    format!("id/verb/{}", iri::slug(lemma))
}

/// A citation that leads nowhere yet.
pub(super) fn unresolved(
    b: &mut Builder<'_>,
    node: TermId,
    citing: TermId,
    paragraph: TermId,
    reason: &str,
    candidates: &[String],
    verb: Option<&str>,
) {
    let t = &mut b.triples;
    t.a(node, v::RG_UNRESOLVED_CITATION);
    t.a(node, v::OA_ANNOTATION);
    t.add(node, v::CITO_HAS_CITING_ENTITY, citing);
    t.add(node, v::RG_PARAGRAPH, paragraph);
    let reason = t.string(reason);
    t.add(node, v::RG_REASON, reason);
    for candidate in candidates {
        // A string, not a node: what may not exist gets no node.
        let candidate = t.string(candidate);
        t.add(node, v::RG_CANDIDATE, candidate);
    }
    verb_used(b, node, verb);
}

/// A paragraph names a thing.
pub(super) fn mention(b: &mut Builder<'_>, node: TermId, document: TermId, paragraph: TermId, thing: TermId) {
    let t = &mut b.triples;
    t.add(document, v::SCHEMA_MENTIONS, thing);
    t.a(node, v::OA_ANNOTATION);
    t.add(node, v::OA_HAS_BODY, thing);
    t.add(node, v::RG_PARAGRAPH, paragraph);
}

/// The property that a relation is.
pub(super) fn property(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Establishes => v::RG_ESTABLISHES,
        RelationKind::Extends => v::RG_EXTENDS_MANDATE_OF,
        RelationKind::Terminates => v::RG_TERMINATES,
        RelationKind::Amends => v::ELI_AMENDS,
        RelationKind::Supersedes => v::ELI_REPEALS,
        RelationKind::Corrects => v::ELI_CORRECTS,
        RelationKind::Condemns => v::RG_CONDEMNS,
        RelationKind::Addresses => v::RG_ADDRESSES,
        RelationKind::Subordinate => v::ORG_SUB_ORGANIZATION_OF,
    }
}

/// A relation: the edge, and the edge as a thing.
pub(super) fn relation(
    b: &mut Builder<'_>,
    node: TermId,
    paragraph: TermId,
    [from, to]: [TermId; 2],
    kind: RelationKind,
    verb: Option<&str>,
    [until, period]: [Option<&str>; 2],
) {
    let t = &mut b.triples;
    t.add(from, property(kind), to);
    t.a(node, v::RDF_STATEMENT);
    t.a(node, v::OA_ANNOTATION);
    t.add(node, v::RDF_SUBJECT, from);
    let predicate = t.iri(property(kind));
    t.add(node, v::RDF_PREDICATE, predicate);
    t.add(node, v::RDF_OBJECT, to);
    t.add(node, v::RG_PARAGRAPH, paragraph);
    if let Some(until) = until {
        let until = t.typed(until, v::XSD_DATE);
        t.add(node, v::RG_UNTIL, until);
    }
    if let Some(period) = period {
        let period = t.typed(period, v::XSD_DURATION);
        t.add(node, v::RG_PERIOD, period);
    }
    verb_used(b, node, verb);
}

/// A place in a file, which no other place is: gives its term.
pub(super) fn place(b: &mut Builder<'_>, place: &Place<'_>, sentence: TermId) -> TermId {
    let t = &mut b.triples;
    let target = t.unseen_iri_of(&b.base, place.path);
    let selector = t.unseen_iri_of(&b.base, &format!("{}/quote", place.path));
    t.add(target, v::OA_HAS_SOURCE, place.file);
    t.add(target, v::OA_HAS_SELECTOR, selector);
    t.add(target, v::RG_SENTENCE, sentence);
    // One node selects by words and by bytes at once: they never part.
    t.a(selector, v::OA_TEXT_QUOTE_SELECTOR);
    t.a(selector, v::OA_TEXT_POSITION_SELECTOR);
    let exact = t.string(place.words);
    t.add(selector, v::OA_EXACT, exact);
    let start = t.integer(place.start);
    t.add(selector, v::OA_START, start);
    let end = t.integer(place.end);
    t.add(selector, v::OA_END, end);
    if let Some(page) = place.page {
        let page = t.integer(page);
        t.add(target, v::RG_PAGE, page);
    }
    target
}

/// That a place shows a citation, a mention or a relation.
pub(super) fn shown(b: &mut Builder<'_>, node: TermId, place: TermId) {
    b.triples.add(node, v::OA_HAS_TARGET, place);
}

/// Works and things: each may name others (an organ, a parent body, a founding resolution), which
/// are described in turn. Things go first, because what founded them is better known through them.
pub(super) fn works_and_things(b: &mut Builder<'_>) {
    let mut described = BTreeSet::new();
    loop {
        let things = new_paths(b.notes.things.keys(), &described);
        if !things.is_empty() {
            for path in things {
                thing(b, &path);
                described.insert(path);
            }
            continue;
        }
        let works = new_paths(b.notes.works.keys(), &described);
        if works.is_empty() {
            return;
        }
        for path in works {
            if let Some(record) = b.notes.works.remove(&path) {
                work(b, &path, &record);
                b.notes.works.insert(path.clone(), record);
            }
            described.insert(path);
        }
    }
}

/// The paths that are not described yet, in order.
fn new_paths<'p>(paths: impl Iterator<Item = &'p String>, described: &BTreeSet<String>) -> Vec<String> {
    let mut paths: Vec<_> = paths.filter(|path| !described.contains(*path)).cloned().collect();
    paths.sort_unstable();
    paths
}

fn work(b: &mut Builder<'_>, path: &str, record: &WorkRecord) {
    let node = b.triples.iri_of(&b.base, path);
    let kind = record.kind.best().copied().unwrap_or(WorkKind::Document);
    if !matches!(kind, WorkKind::Article | WorkKind::Unidentified) {
        b.triples.a(node, v::ELI_LEGAL_RESOURCE);
    }
    let class = match kind {
        WorkKind::Resolution => v::UNDO_RESOLUTION,
        WorkKind::Statement => v::UNDO_OFFICIAL_STATEMENT,
        WorkKind::Draft => v::RG_DRAFT,
        WorkKind::Report => v::FABIO_REPORT,
        WorkKind::Letter => v::FABIO_LETTER,
        WorkKind::Instrument => v::RG_INSTRUMENT,
        WorkKind::Article => v::RG_ARTICLE,
        WorkKind::Document => v::RG_DOCUMENT,
        WorkKind::Unidentified => v::RG_UNIDENTIFIED_TEXT,
    };
    b.triples.a(node, class);
    let concept = record.concept.as_ref().and_then(|id| b.ontology.concept(id)).cloned();
    match (&concept, record.label.best()) {
        (Some(concept), _) => instrument(b, node, concept),
        (None, Some(label)) if kind == WorkKind::Instrument => {
            treaty_class(&mut b.triples, node, label);
            label_of(&mut b.triples, node, label);
        }
        (None, Some(label)) => label_of(&mut b.triples, node, label),
        (None, None) => {}
    }
    if let Some(symbol) = record.symbol.best() {
        let symbol = b.triples.string(symbol);
        b.triples.add(node, v::ELI_ID_LOCAL, symbol);
    }
    for (language, titles) in &record.title {
        if let Some(title) = titles.best() {
            let title = b.triples.text(title, language);
            b.triples.add(node, v::ELI_TITLE, title);
        }
    }
    if let Some(date) = record.date.best() {
        let date = b.triples.typed(date, v::XSD_DATE);
        b.triples.add(node, v::ELI_DATE_DOCUMENT, date);
    }
    let year = record.date.best().and_then(|d| d.get(..4)).map(str::to_owned);
    if let Some(year) = year.or_else(|| record.year.best().map(ToString::to_string)) {
        let year = b.triples.typed(&year, v::XSD_G_YEAR);
        b.triples.add(node, v::RG_YEAR, year);
    }
    if let Some(author) = record.author.best() {
        let author = b.triples.string(author);
        b.triples.add(node, v::RG_AUTHOR, author);
    }
    adoption(b, path, node, record);
    subjects(b, node, record);
}

/// Who adopted it, where, on whose draft, by what vote.
fn adoption(b: &mut Builder<'_>, path: &str, node: TermId, record: &WorkRecord) {
    if let Some(organ) = record.organ.best() {
        let body = b.note_named("body", organ);
        b.triples.add(node, v::ELI_PASSED_BY, body);
        if let Some(number) = record.meeting.best() {
            let t = &mut b.triples;
            let meeting = t.iri_of(&b.base, &format!("id/meeting/{}/{number}", iri::slug(organ)));
            t.add(node, v::RG_ADOPTED_AT, meeting);
            t.a(meeting, v::RG_MEETING);
            let term = t.integer(*number);
            t.add(meeting, v::RG_MEETING_NUMBER, term);
            label_of(t, meeting, &format!("{organ}, {} meeting", ordinal(*number)));
            if let Some(minutes) = record.meeting_record.best() {
                let minutes = t.iri_of(&b.base, minutes);
                t.add(meeting, v::RG_MEETING_RECORD, minutes);
            }
        }
    }
    if let Some(item) = record.agenda_item.best() {
        let item = b.triples.string(item);
        b.triples.add(node, v::RG_AGENDA_ITEM, item);
    }
    if let Some(draft) = record.draft.best() {
        let draft = b.triples.iri_of(&b.base, draft);
        b.triples.add(draft, v::RG_DRAFT_OF, node);
    }
    if let Some(chapter_vii) = record.chapter_vii.best() {
        let value = b.triples.typed(if *chapter_vii { "true" } else { "false" }, v::XSD_BOOLEAN);
        b.triples.add(node, v::RG_CHAPTER_VII, value);
    }
    for sponsor in record.sponsors.best().into_iter().flatten() {
        let sponsor = b.note_named("state", sponsor);
        b.triples.add(node, v::RG_SPONSOR, sponsor);
    }
    if let Some(vote) = record.vote.best() {
        vote_event(b, path, node, vote);
    }
}

fn vote_event(b: &mut Builder<'_>, path: &str, motion: TermId, vote: &VoteFacts) {
    let t = &mut b.triples;
    let event = t.iri_of(&b.base, &format!("{path}#vote"));
    t.a(event, v::OPENGOV_VOTE_EVENT);
    t.add(event, v::OPENGOV_MOTION, motion);
    t.add(motion, v::OPENGOV_VOTE_EVENT_OF, event);
    if let Some(outcome) = &vote.outcome {
        let outcome = t.string(outcome);
        t.add(event, v::OPENGOV_RESULT, outcome);
    }
    let counts = [v::RG_IN_FAVOUR, v::RG_AGAINST, v::RG_ABSTAINING];
    for (property, count) in counts.into_iter().zip(vote.counts) {
        if let Some(count) = count {
            let count = t.integer(count);
            t.add(event, property, count);
        }
    }
    let ballots: [&'static str; 3] = [v::RG_VOTED_IN_FAVOUR, v::RG_VOTED_AGAINST, v::RG_ABSTAINED];
    for (property, states) in ballots.into_iter().zip(&vote.states) {
        for state in states {
            let state = b.note_named("state", state);
            b.triples.add(event, property, state);
        }
    }
}

/// 1st, 2nd, 3rd, 11th, 8111th.
fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

fn subjects(b: &mut Builder<'_>, node: TermId, record: &WorkRecord) {
    for (label, scheme) in record.subjects.best().into_iter().flatten() {
        let path = format!("id/subject/{}", iri::slug(label));
        let subject = b.triples.iri_of(&b.base, &path);
        b.triples.add(node, v::ELI_IS_ABOUT, subject);
        let scheme_path = format!("id/scheme/{}", iri::slug(scheme));
        let scheme_node = b.triples.iri_of(&b.base, &scheme_path);
        b.triples.add(subject, v::SKOS_IN_SCHEME, scheme_node);
        b.schemes.entry(path).or_default().insert(label.clone());
        b.schemes.entry(scheme_path).or_default().insert(scheme.clone());
    }
}

/// Subjects and the vocabularies they are from.
pub(super) fn schemes(b: &mut Builder<'_>) {
    for (path, labels) in std::mem::take(&mut b.schemes) {
        let t = &mut b.triples;
        let node = t.iri_of(&b.base, &path);
        t.a(node, if path.starts_with("id/scheme/") { v::SKOS_CONCEPT_SCHEME } else { v::SKOS_CONCEPT });
        for (n, label) in labels.iter().enumerate() {
            // Spellings that differ in case alone are one subject; the first is its name.
            let text = t.text(label, "en");
            t.add(node, if n == 0 { v::SKOS_PREF_LABEL } else { v::SKOS_ALT_LABEL }, text);
            if n == 0 {
                label_of(t, node, label);
            }
        }
    }
}

fn label_of(t: &mut Triples, node: TermId, label: &str) {
    let label = t.string(label);
    t.add(node, v::RDFS_LABEL, label);
}

/// Treaties and conventions are told by the first head noun of their titles.
fn treaty_class(t: &mut Triples, node: TermId, title: &str) {
    const TREATIES: [&str; 9] =
        ["Agreement", "Agreements", "Charter", "Covenant", "Pact", "Protocol", "Protocols", "Statute", "Treaty"];
    let of_interest = |w: &&str| matches!(*w, "Convention" | "Conventions") || TREATIES.contains(w);
    match title.split(|c: char| !c.is_alphanumeric()).find(of_interest) {
        Some("Convention" | "Conventions") => t.a(node, v::UNDO_CONVENTION),
        Some(_) => t.a(node, v::UNDO_TREATY),
        None => {}
    }
}

fn instrument(b: &mut Builder<'_>, node: TermId, concept: &Concept) {
    treaty_class(&mut b.triples, node, concept.preferred());
    names(&mut b.triples, node, concept);
    same_as(&mut b.triples, node, concept);
    if let Some(adopted) = &concept.adopted {
        let date = b.triples.typed(&adopted.to_string(), v::XSD_DATE);
        b.triples.add(node, v::RG_ADOPTED, date);
    }
    if let Some(symbol) = &concept.symbol {
        let work = super::contribution::work(&crate::resolve::Target::Document(symbol.clone()));
        let document = b.note_work(&work, super::contribution::Trust::Citation);
        b.triples.add(node, v::OWL_SAME_AS, document);
    }
}

fn names(t: &mut Triples, node: TermId, concept: &Concept) {
    label_of(t, node, concept.preferred());
    for label in &concept.labels {
        let property = match label.kind {
            LabelKind::Preferred => v::SKOS_PREF_LABEL,
            LabelKind::Alternative => v::SKOS_ALT_LABEL,
            _ => continue,
        };
        let text = match label.language {
            Some(language) => t.text(&label.text, language.code()),
            None => t.string(&label.text),
        };
        t.add(node, property, text);
    }
}

fn same_as(t: &mut Triples, node: TermId, concept: &Concept) {
    for other in &concept.same_as {
        let other = t.iri(other);
        t.add(node, v::OWL_SAME_AS, other);
    }
}

fn thing(b: &mut Builder<'_>, path: &str) {
    let node = b.triples.iri_of(&b.base, path);
    let Some(record) = b.notes.things.get(path) else { return };
    let concept = record.concept.as_ref().and_then(|id| b.ontology.concept(id)).cloned();
    if let Some(concept) = concept {
        known_thing(b, node, &concept);
        return;
    }
    let kind = record.kind.clone();
    // The most frequent spelling, the least of equals.
    let full = record.full.iter().rev().max_by_key(|(_, count)| **count).map(|(name, _)| name.clone());
    let others: Vec<String> =
        record.full.keys().chain(&record.short).filter(|n| Some(*n) != full.as_ref()).cloned().collect();
    let t = &mut b.triples;
    for class in classes_of_kind(&kind) {
        t.a(node, class);
    }
    let full = full.unwrap_or_else(|| path.rsplit('/').next().unwrap_or_default().to_owned());
    label_of(t, node, &full);
    let preferred = t.text(&full, "en");
    t.add(node, v::SKOS_PREF_LABEL, preferred);
    for name in others {
        let name = t.text(&name, "en");
        t.add(node, v::SKOS_ALT_LABEL, name);
    }
}

fn classes_of_kind(kind: &str) -> &'static [&'static str] {
    match kind {
        "group" => &[v::RG_ARMED_GROUP],
        "state" => &[v::RG_STATE],
        "role" => &[v::RG_ROLE, v::ORG_POST],
        "person" => &[v::RG_PERSON, v::FOAF_PERSON],
        "actor" => &[v::RG_ACTOR],
        _ => &[v::RG_ORGANIZATION, v::ORG_ORGANIZATION],
    }
}

fn known_thing(b: &mut Builder<'_>, node: TermId, concept: &Concept) {
    let classes: &[&str] = match concept.class {
        ConceptClass::UnBody => &[v::RG_UN_BODY, v::ORG_ORGANIZATION],
        ConceptClass::Organization => &[v::RG_ORGANIZATION, v::ORG_ORGANIZATION],
        ConceptClass::ArmedGroup => &[v::RG_ARMED_GROUP],
        ConceptClass::State => &[v::RG_STATE],
        ConceptClass::Territory => &[v::RG_TERRITORY],
        ConceptClass::Role => &[v::RG_ROLE, v::ORG_POST],
        ConceptClass::Person => &[v::RG_PERSON, v::FOAF_PERSON],
        ConceptClass::Instrument => &[v::RG_INSTRUMENT],
    };
    for class in classes {
        b.triples.a(node, class);
    }
    names(&mut b.triples, node, concept);
    same_as(&mut b.triples, node, concept);
    let strings = [(v::RG_LIST_NUMBER, &concept.list_number), (v::RG_ISO_CODE, &concept.iso_code)];
    for (property, value) in strings {
        if let Some(value) = value {
            let value = b.triples.string(value);
            b.triples.add(node, property, value);
        }
    }
    for (property, date) in [(v::RG_START_DATE, &concept.start), (v::RG_END_DATE, &concept.end)] {
        if let Some(date) = date {
            let datatype = match date.len() {
                4 => v::XSD_G_YEAR,
                7 => v::XSD_G_YEAR_MONTH,
                _ => v::XSD_DATE,
            };
            let date = b.triples.typed(date, datatype);
            b.triples.add(node, property, date);
        }
    }
    let related = [(v::ORG_SUB_ORGANIZATION_OF, &concept.parent), (v::RG_HEADED_BY, &concept.headed_by)];
    for (property, other) in related {
        let other: Option<&ConceptId> = other.as_ref();
        if let Some(other) = other {
            let other = b.note_concept(other);
            b.triples.add(node, property, other);
        }
    }
    for symbol in &concept.established_by {
        let work = super::contribution::work(&crate::resolve::Target::Document(symbol.clone()));
        let document = b.note_work(&work, super::contribution::Trust::Citation);
        b.triples.add(node, v::RG_ESTABLISHED_BY, document);
    }
}

/// The verbs in use, with what each makes of the document that it governs.
pub(super) fn verbs(b: &mut Builder<'_>) {
    for lemma in std::mem::take(&mut b.notes.verbs) {
        let node = b.triples.iri_of(&b.base, &verb_path(&lemma));
        let t = &mut b.triples;
        t.a(node, v::RG_VERB);
        t.a(node, v::SKOS_CONCEPT);
        label_of(t, node, &lemma);
        let label = t.text(&lemma, "en");
        t.add(node, v::SKOS_PREF_LABEL, label);
        if let Some(verb) = b.ontology.verb(&lemma) {
            if !verb.treatment.is_empty() {
                let property = t.iri(&verb.treatment);
                t.add(node, v::RG_TREATMENT, property);
            }
            let strength = t.integer(verb.strength);
            t.add(node, v::RG_STRENGTH, strength);
        }
    }
}

/// What the data set says of itself, last: it counts the instances of the classes.
pub(super) fn data_set(b: &mut Builder<'_>, classes: &BTreeMap<String, usize>) {
    let set = b.triples.iri_of(&b.base, "dataset");
    let t = &mut b.triples;
    t.a(set, v::VOID_DATASET);
    t.a(set, v::DCAT_DATASET);
    let title = t.text("Citation graph of United Nations documents", "en");
    t.add(set, v::DCTERMS_TITLE, title);
    let description = t.text(
        "Which document cites which, in which paragraph and how, and which bodies, groups and States are named where; \
         with the sentence that shows it.",
        "en",
    );
    t.add(set, v::DCTERMS_DESCRIPTION, description);
    let space = t.string(&b.base);
    t.add(set, v::VOID_URI_SPACE, space);
    let files = t.integer(b.notes.files);
    t.add(set, v::VOID_DOCUMENTS, files);
    for vocabulary in [v::RG, v::ELI, v::UNDO, v::CITO, v::FABIO, v::DOCO, v::OA, v::ORG, v::OPENGOV, v::SKOS, v::PROV]
    {
        let vocabulary = t.iri(vocabulary);
        t.add(set, v::VOID_VOCABULARY, vocabulary);
    }
    for (class, count) in classes {
        let name = class.rsplit(['/', '#']).next().unwrap_or_default();
        let prefix =
            v::PREFIXES.iter().find(|(_, namespace)| class.starts_with(namespace)).map_or("", |(prefix, _)| prefix);
        let part = t.iri_of(&b.base, &format!("dataset#{prefix}-{name}"));
        t.add(set, v::VOID_CLASS_PARTITION, part);
        let class = t.iri(class);
        t.add(part, v::VOID_CLASS, class);
        let count = t.integer(*count);
        t.add(part, v::VOID_ENTITIES, count);
    }
}

/// How many triples there are.
pub(super) fn size(b: &mut Builder<'_>, triples: usize) {
    let set = b.triples.iri_of(&b.base, "dataset");
    let triples = b.triples.integer(triples);
    b.triples.add(set, v::VOID_TRIPLES, triples);
}

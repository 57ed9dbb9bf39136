//! What files say of works and things, gathered until all is known: it may be gathered in several
//! places and merged, in any order.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::contribution::{Facts, Thing, Trust, VoteFacts, Work, WorkKind};
use super::ranked::Ranked;
use crate::ontology::ConceptId;

/// Everything said about a work.
#[derive(Debug, Default)]
pub(super) struct WorkRecord {
    pub(super) kind: Ranked<WorkKind>,
    pub(super) label: Ranked<String>,
    pub(super) symbol: Ranked<String>,
    pub(super) year: Ranked<u16>,
    pub(super) date: Ranked<String>,
    pub(super) author: Ranked<String>,
    pub(super) concept: Option<ConceptId>,
    /// By language.
    pub(super) title: BTreeMap<String, Ranked<String>>,
    pub(super) organ: Ranked<String>,
    pub(super) meeting: Ranked<u32>,
    pub(super) agenda_item: Ranked<String>,
    pub(super) vote: Ranked<VoteFacts>,
    pub(super) sponsors: Ranked<Vec<String>>,
    pub(super) subjects: Ranked<Vec<(String, String)>>,
    pub(super) draft: Ranked<String>,
    pub(super) meeting_record: Ranked<String>,
    pub(super) chapter_vii: Ranked<bool>,
}

/// Everything said about a body, group, State, role, person or actor.
#[derive(Debug, Default)]
pub(super) struct ThingRecord {
    pub(super) kind: String,
    pub(super) concept: Option<ConceptId>,
    /// Full names, with how often each spelling stands.
    pub(super) full: BTreeMap<String, u32>,
    pub(super) short: BTreeSet<String>,
}

impl WorkRecord {
    fn merge(&mut self, other: Self) {
        self.kind.merge(other.kind);
        self.label.merge(other.label);
        self.symbol.merge(other.symbol);
        self.year.merge(other.year);
        self.date.merge(other.date);
        self.author.merge(other.author);
        self.concept = self.concept.take().or(other.concept);
        for (language, titles) in other.title {
            self.title.entry(language).or_default().merge(titles);
        }
        self.organ.merge(other.organ);
        self.meeting.merge(other.meeting);
        self.agenda_item.merge(other.agenda_item);
        self.vote.merge(other.vote);
        self.sponsors.merge(other.sponsors);
        self.subjects.merge(other.subjects);
        self.draft.merge(other.draft);
        self.meeting_record.merge(other.meeting_record);
        self.chapter_vii.merge(other.chapter_vii);
    }
}

impl ThingRecord {
    fn note_kind(&mut self, kind: &str) {
        if self.kind.is_empty() || kind < self.kind.as_str() {
            kind.clone_into(&mut self.kind);
        }
    }

    fn merge(&mut self, other: Self) {
        self.note_kind(&other.kind);
        self.concept = self.concept.take().or(other.concept);
        for (name, count) in other.full {
            *self.full.entry(name).or_default() += count;
        }
        self.short.extend(other.short);
    }
}

/// What is said of works and things, by their paths; and what was counted on the way.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub(super) works: FxHashMap<String, WorkRecord>,
    pub(super) things: FxHashMap<String, ThingRecord>,
    pub(super) verbs: BTreeSet<String>,
    /// Different files.
    pub(super) files: usize,
    /// Instances of each class among the parts of works and files.
    pub(super) classes: BTreeMap<String, usize>,
    /// Triples about parts of works and files.
    pub(super) stated: usize,
}

impl Notes {
    /// Takes in what is said of a work.
    pub(super) fn work(&mut self, work: &Work, trust: Trust) {
        // "S/RES/1267" is worth less than "S/RES/1267 (1999)".
        let complete = work.kind != WorkKind::Resolution || work.year.is_some() || !work.path.starts_with("id/S/RES/");
        let stated = if complete { trust } else { Trust::IncompleteCitation };
        let record = entry(&mut self.works, &work.path);
        record.kind.add(trust, work.kind);
        record.label.add_ref(stated, Some(work.label.as_str()));
        record.symbol.add_ref(stated, work.symbol.as_deref());
        record.year.add_some(stated, work.year);
        record.date.add_ref(stated, work.date.as_deref());
        record.author.add_ref(stated, work.author.as_deref());
        if record.concept.is_none() {
            record.concept = work.concept.as_deref().map(|id| ConceptId(id.into()));
        }
    }

    /// Takes in what is stated about the work at `path`.
    pub(super) fn facts(&mut self, path: &str, facts: &Facts, trust: Trust, language: &str) {
        for other in [&facts.draft, &facts.meeting_record].into_iter().flatten() {
            self.work(other, trust);
        }
        let record = entry(&mut self.works, path);
        if let Some(title) = &facts.title {
            record.title.entry(language.to_owned()).or_default().add(trust, title.clone());
        }
        record.date.add_ref(trust, facts.date.as_deref());
        record.organ.add_ref(trust, facts.organ.as_deref());
        record.meeting.add_some(trust, facts.meeting);
        record.agenda_item.add_ref(trust, facts.agenda_item.as_deref());
        record.vote.add_some(trust, facts.vote.clone());
        record.sponsors.add_some(trust, Some(facts.sponsors.clone()).filter(|s| !s.is_empty()));
        record.subjects.add_some(trust, Some(facts.subjects.clone()).filter(|s| !s.is_empty()));
        record.draft.add_ref(trust, facts.draft.as_ref().map(|w| w.path.as_str()));
        record.meeting_record.add_ref(trust, facts.meeting_record.as_ref().map(|w| w.path.as_str()));
        record.chapter_vii.add_some(trust, facts.chapter_vii);
    }

    /// Takes in a thing.
    pub(super) fn thing(&mut self, thing: &Thing) {
        let record = entry(&mut self.things, &thing.path);
        record.note_kind(&thing.kind);
        if record.concept.is_none() {
            record.concept = thing.concept.as_deref().map(|id| ConceptId(id.into()));
        }
        if let Some((full, short)) = thing.names.split_first() {
            match record.full.get_mut(full) {
                Some(count) => *count += 1,
                None => drop(record.full.insert(full.clone(), 1)),
            }
            for name in short {
                if !record.short.contains(name) {
                    record.short.insert(name.clone());
                }
            }
        }
    }

    /// Takes in a verb.
    pub(super) fn verb(&mut self, lemma: &str) {
        if !self.verbs.contains(lemma) {
            self.verbs.insert(lemma.to_owned());
        }
    }

    /// Takes in what was gathered elsewhere.
    pub(super) fn merge(&mut self, other: Self) {
        for (path, record) in other.works {
            self.works.entry(path).or_default().merge(record);
        }
        for (path, record) in other.things {
            self.things.entry(path).or_default().merge(record);
        }
        self.verbs.extend(other.verbs);
        self.files += other.files;
        for (class, count) in other.classes {
            *self.classes.entry(class).or_default() += count;
        }
        self.stated += other.stated;
    }
}

/// The value of a key that is copied only where it is new.
fn entry<'m, V: Default>(map: &'m mut FxHashMap<String, V>, key: &str) -> &'m mut V {
    if !map.contains_key(key) {
        map.insert(key.to_owned(), V::default());
    }
    map.get_mut(key).expect("it is there by now")
}

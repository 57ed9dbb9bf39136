//! Contributions -> one graph. What adds up (places, edges) becomes triples at once; what competes
//! (titles, dates, texts of the same paragraph) is gathered and decided at the end.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::contribution::{
    Body, Contribution, End, Facts, Finding, ParagraphShare, PartKind, RelationKind, Thing, Trust, VoteFacts, Work,
    WorkKind,
};
use super::ranked::Ranked;
use super::triples::{Graph, TermId, Triples};
use super::{contribution, iri, rdf};
use crate::metadata::Metadata;
use crate::ontology::{ConceptClass, ConceptId, LabelKind, Ontology};

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

/// A graph under construction.
#[derive(Debug)]
pub struct Builder<'o> {
    pub(super) ontology: &'o Ontology,
    pub(super) base: String,
    pub(super) triples: Triples,
    pub(super) works: BTreeMap<String, WorkRecord>,
    pub(super) things: BTreeMap<String, ThingRecord>,
    /// Paragraph -> by whom it is placed, where, as what.
    paragraphs: HashMap<TermId, (Trust, u32, PartKind)>,
    /// Paragraph and language -> by whom, how long (turned round: the longest is first), the text.
    texts: HashMap<(TermId, String), (Trust, std::cmp::Reverse<usize>, String)>,
    /// The part that each citation names: two spellings of one part ("73 (e)", "73 e") are one citation, and the least is kept.
    pinpoints: BTreeMap<TermId, String>,
    /// Citation -> how often it stands in the file that shows it most.
    counts: HashMap<TermId, u32>,
    pub(super) verbs: BTreeSet<String>,
    pub(super) schemes: BTreeMap<String, BTreeSet<String>>,
    records: BTreeMap<String, Vec<Metadata>>,
    /// Folded labels of bodies and States.
    labels: HashMap<String, ConceptId>,
    pub(super) files: BTreeSet<String>,
}

/// One file while it is taken in.
struct File<'c> {
    share: &'c Contribution,
    /// The file itself, and its path.
    term: TermId,
    path: String,
    subject: TermId,
    /// Paths of the paragraphs, and the paragraphs.
    paragraphs: Vec<(String, TermId)>,
    /// Byte ranges already met, with the words found there: two readings of one range are two places.
    places: HashMap<(usize, usize), Vec<&'c str>>,
    counts: HashMap<TermId, u32>,
}

impl<'o> Builder<'o> {
    /// An empty graph whose IRIs begin with `base`.
    #[must_use]
    pub fn new(ontology: &'o Ontology, base: &str) -> Self {
        let mut labels = HashMap::new();
        let entities = ontology.concepts().iter().filter(|c| c.class != ConceptClass::Instrument);
        for concept in entities {
            for label in
                concept.labels.iter().filter(|l| matches!(l.kind, LabelKind::Preferred | LabelKind::Alternative))
            {
                labels.entry(fold(&label.text)).or_insert_with(|| concept.id.clone());
            }
        }
        Self {
            ontology,
            base: base.to_owned(),
            triples: Triples::default(),
            works: BTreeMap::new(),
            things: BTreeMap::new(),
            paragraphs: HashMap::new(),
            texts: HashMap::new(),
            pinpoints: BTreeMap::new(),
            counts: HashMap::new(),
            verbs: BTreeSet::new(),
            schemes: BTreeMap::new(),
            records: BTreeMap::new(),
            labels,
            files: BTreeSet::new(),
        }
    }

    /// Takes in what a file contributes. The order of files does not matter.
    pub fn push(&mut self, share: &Contribution) {
        let path = format!("source/{}", share.sha256);
        let term = self.triples.iri_of(&self.base, &path);
        let subject = self.note_work(&share.subject, Trust::Text);
        rdf::file(self, share, term, subject);
        // The same bytes under another path: the same places, which count once.
        if !self.files.insert(share.sha256.clone()) {
            return;
        }
        let about = share.about.as_ref();
        if let Some(about) = about {
            self.note_work(about, Trust::Hearsay);
        }
        let described = about.map_or(&share.subject.path, |work| &work.path).clone();
        self.note_facts(&described, &share.facts, share.trust, &share.language);
        let paragraphs = share.paragraphs.iter().map(|p| self.paragraph(share, &path, p)).collect();
        let mut file = File { share, term, path, subject, paragraphs, places: HashMap::new(), counts: HashMap::new() };
        for finding in &share.findings {
            self.finding(&mut file, finding);
        }
        for (citation, count) in file.counts {
            let most = self.counts.entry(citation).or_default();
            *most = (*most).max(count);
        }
    }

    /// Takes in a line of metadata; it counts where the graph knows its document otherwise.
    pub fn push_record(&mut self, record: &Metadata) {
        if let Some(symbol) = &record.symbol {
            self.records.entry(iri::symbol_path(symbol)).or_default().push(record.clone());
        }
    }

    /// Decides what is contested, adds what the authorities know of everything named, and sorts.
    #[must_use]
    pub fn finish(mut self) -> Graph {
        for (path, records) in std::mem::take(&mut self.records) {
            if !self.works.contains_key(&path) {
                continue;
            }
            for record in records {
                if let Some(symbol) = &record.symbol {
                    let work = contribution::work(&crate::resolve::Target::Document(symbol.clone()));
                    self.note_work(&work, Trust::Record);
                }
                self.note_facts(&path, &contribution::facts(&record), Trust::Record, "en");
            }
        }
        for (paragraph, (_, position, part)) in std::mem::take(&mut self.paragraphs) {
            rdf::paragraph(&mut self.triples, paragraph, position, part);
        }
        for ((paragraph, language), (_, _, text)) in std::mem::take(&mut self.texts) {
            rdf::text(&mut self.triples, paragraph, &text, &language);
        }
        for (citation, pinpoint) in std::mem::take(&mut self.pinpoints) {
            rdf::pinpoint(&mut self.triples, citation, &pinpoint);
        }
        for (citation, count) in std::mem::take(&mut self.counts) {
            rdf::count(&mut self.triples, citation, count);
        }
        rdf::works_and_things(&mut self);
        rdf::verbs(&mut self);
        rdf::schemes(&mut self);
        rdf::data_set(&mut self);
        self.triples.finish()
    }

    fn paragraph(&mut self, share: &Contribution, file: &str, paragraph: &ParagraphShare) -> (String, TermId) {
        let owner = if paragraph.placed { &share.subject.path } else { file };
        let path = format!("{owner}#{}", paragraph.name);
        let term = self.triples.iri_of(&self.base, &path);
        rdf::part_of(self, term, &share.subject);
        let place = (share.trust, paragraph.position, paragraph.part);
        self.paragraphs.entry(term).and_modify(|best| *best = place.min(*best)).or_insert(place);
        if !paragraph.text.is_empty() {
            let text = (share.trust, std::cmp::Reverse(paragraph.text.len()), paragraph.text.clone());
            let best = self.texts.entry((term, share.language.clone())).or_insert_with(|| text.clone());
            if text < *best {
                *best = text;
            }
        }
        (path, term)
    }

    fn finding(&mut self, file: &mut File<'_>, finding: &Finding) {
        let Some((at, paragraph)) = file.paragraphs.get(finding.paragraph).cloned() else { return };
        let local = |path: &str| path.strip_prefix("id/").unwrap_or(path).to_owned();
        let node = match &finding.body {
            Body::Citation { work, .. } if work.path == file.share.subject.path => return,
            Body::Citation { work, verb, pinpoint } => {
                let part = pinpoint.as_deref().map_or(String::new(), |p| format!("/{}", iri::slug(p)));
                let node = self.triples.iri_of(&self.base, &format!("{at}/cites/{}{part}", local(&work.path)));
                let cited = self.note_work(work, Trust::Citation);
                let treatment = self.note_verb(verb.as_deref());
                let citation = rdf::Citation { node, citing: file.subject, cited, paragraph };
                let article = matches!(file.share.subject.kind, WorkKind::Article | WorkKind::Unidentified);
                rdf::citation(self, &citation, article, treatment.as_deref(), verb.as_deref());
                if let Some(pinpoint) = pinpoint {
                    let best = self.pinpoints.entry(node).or_insert_with(|| pinpoint.clone());
                    if pinpoint < best {
                        best.clone_from(pinpoint);
                    }
                }
                *file.counts.entry(node).or_default() += 1;
                node
            }
            Body::Unresolved { reason, candidates, verb } => {
                let words = iri::slug(words(file.share, finding));
                let node = self.triples.iri_of(&self.base, &format!("{at}/unresolved/{reason}/{words}"));
                self.note_verb(verb.as_deref());
                rdf::unresolved(self, node, file.subject, paragraph, reason, candidates, verb.as_deref());
                node
            }
            Body::Mention(thing) => {
                let node = self.triples.iri_of(&self.base, &format!("{at}/mentions/{}", local(&thing.path)));
                let thing = self.note_thing(thing);
                rdf::mention(self, node, file.subject, paragraph, thing);
                node
            }
            Body::Relation { subject, predicate, object, verb, until } => {
                let from = self.note_end(subject, file.subject);
                let to = self.note_end(object, file.subject);
                if from == to {
                    return;
                }
                let name = relation_name(*predicate);
                let mut path = format!("{at}/{name}");
                for part in [verb.as_deref().map(iri::slug), end_path(subject), end_path(object)].into_iter().flatten()
                {
                    path.push('/');
                    path.push_str(&local(&part));
                }
                let node = self.triples.iri_of(&self.base, &path);
                self.note_verb(verb.as_deref());
                rdf::relation(self, node, paragraph, [from, to], *predicate, verb.as_deref(), until.as_deref());
                node
            }
        };
        self.evidence(file, finding, node);
    }

    /// The place that shows `node`: the words, the sentence, the bytes.
    fn evidence(&mut self, file: &mut File<'_>, finding: &Finding, node: TermId) {
        let words = words(file.share, finding);
        let readings = file.places.entry(finding.file).or_default();
        let reading = readings.iter().position(|w| *w == words).unwrap_or_else(|| {
            readings.push(words);
            readings.len() - 1
        });
        let (start, end) = finding.file;
        let mut path = format!("{}#{start}-{end}", file.path);
        if reading > 0 {
            path.push_str(&format!(".{}", reading + 1));
        }
        let text = &file.share.paragraphs[finding.paragraph].text;
        let sentence = text.get(finding.sentence.0..finding.sentence.1).unwrap_or(text);
        let place = rdf::Place {
            file: file.term,
            path: &path,
            words,
            sentence,
            language: &file.share.language,
            start,
            end,
            page: finding.page,
        };
        rdf::place(self, node, &place);
    }

    /// Takes in what is said of a work; gives its term.
    pub(super) fn note_work(&mut self, work: &Work, trust: Trust) -> TermId {
        let record = self.works.entry(work.path.clone()).or_default();
        record.kind.add(trust, work.kind);
        // "S/RES/1267" is worth less than "S/RES/1267 (1999)".
        let complete = work.kind != WorkKind::Resolution || work.year.is_some() || !work.path.starts_with("id/S/RES/");
        let trust = if complete { trust } else { Trust::IncompleteCitation };
        record.label.add(trust, work.label.clone());
        record.symbol.add_some(trust, work.symbol.clone());
        record.year.add_some(trust, work.year);
        record.date.add_some(trust, work.date.clone());
        record.author.add_some(trust, work.author.clone());
        if record.concept.is_none() {
            record.concept = work.concept.as_deref().map(|id| ConceptId(id.into()));
        }
        self.triples.iri_of(&self.base, &work.path)
    }

    fn note_facts(&mut self, path: &str, facts: &Facts, trust: Trust, language: &str) {
        for other in [&facts.draft, &facts.meeting_record].into_iter().flatten() {
            self.note_work(other, trust);
        }
        let record = self.works.entry(path.to_owned()).or_default();
        if let Some(title) = &facts.title {
            record.title.entry(language.to_owned()).or_default().add(trust, title.clone());
        }
        record.date.add_some(trust, facts.date.clone());
        record.organ.add_some(trust, facts.organ.clone());
        record.meeting.add_some(trust, facts.meeting);
        record.agenda_item.add_some(trust, facts.agenda_item.clone());
        record.vote.add_some(trust, facts.vote.clone());
        record.sponsors.add_some(trust, Some(facts.sponsors.clone()).filter(|s| !s.is_empty()));
        record.subjects.add_some(trust, Some(facts.subjects.clone()).filter(|s| !s.is_empty()));
        record.draft.add_some(trust, facts.draft.as_ref().map(|w| w.path.clone()));
        record.meeting_record.add_some(trust, facts.meeting_record.as_ref().map(|w| w.path.clone()));
        record.chapter_vii.add_some(trust, facts.chapter_vii);
    }

    /// Takes in a thing; gives its term.
    pub(super) fn note_thing(&mut self, thing: &Thing) -> TermId {
        let record = self.things.entry(thing.path.clone()).or_default();
        if record.kind.is_empty() || thing.kind < record.kind {
            record.kind.clone_from(&thing.kind);
        }
        if record.concept.is_none() {
            record.concept = thing.concept.as_deref().map(|id| ConceptId(id.into()));
        }
        if let Some((full, short)) = thing.names.split_first() {
            *record.full.entry(full.clone()).or_default() += 1;
            record.short.extend(short.iter().cloned());
        }
        self.triples.iri_of(&self.base, &thing.path)
    }

    /// A concept of the authorities, as a thing.
    pub(super) fn note_concept(&mut self, concept: &ConceptId) -> TermId {
        let kind = concept.0.split('/').next().unwrap_or_default().to_owned();
        let path = iri::concept_path(concept);
        self.note_thing(&Thing { path, kind, names: Vec::new(), concept: Some(concept.0.to_string()) })
    }

    /// A State or body by its name as printed in metadata.
    pub(super) fn note_named(&mut self, kind: &str, name: &str) -> TermId {
        if let Some(concept) = self.labels.get(&fold(name)).cloned() {
            return self.note_concept(&concept);
        }
        let path = format!("id/{kind}/{}", iri::slug(name));
        self.note_thing(&Thing { path, kind: kind.to_owned(), names: vec![name.to_owned()], concept: None })
    }

    fn note_end(&mut self, end: &End, document: TermId) -> TermId {
        match end {
            End::ThisDocument => document,
            End::Work(work) => self.note_work(work, Trust::Citation),
            End::Thing(thing) => self.note_thing(thing),
        }
    }

    /// Takes in a verb; gives the IRI of the property that it stands for.
    fn note_verb(&mut self, lemma: Option<&str>) -> Option<String> {
        let lemma = lemma?;
        if !self.verbs.contains(lemma) {
            self.verbs.insert(lemma.to_owned());
        }
        let verb = self.ontology.verb(lemma)?;
        Some(verb.treatment.clone()).filter(|iri| !iri.is_empty())
    }
}

fn words<'c>(share: &'c Contribution, finding: &Finding) -> &'c str {
    share.paragraphs[finding.paragraph].text.get(finding.text.0..finding.text.1).unwrap_or_default()
}

fn end_path(end: &End) -> Option<String> {
    match end {
        End::ThisDocument => None,
        End::Work(work) => Some(work.path.clone()),
        End::Thing(thing) => Some(thing.path.clone()),
    }
}

/// The part of a relation's IRI that names it.
fn relation_name(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Establishes => "establishes",
        RelationKind::Extends => "extends",
        RelationKind::Terminates => "terminates",
        RelationKind::Amends => "amends",
        RelationKind::Supersedes => "supersedes",
        RelationKind::Corrects => "corrects",
        RelationKind::Condemns => "condemns",
        RelationKind::Addresses => "addresses",
        RelationKind::Subordinate => "subordinate",
    }
}

/// Case, accents and the form of apostrophes put aside: metadata prints names in capitals, mostly without accents.
fn fold(name: &str) -> String {
    let plain = |c: char| match c {
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        '\u{2018}' | '\u{2019}' => '\'',
        c => c,
    };
    name.split_whitespace().collect::<Vec<_>>().join(" ").chars().flat_map(char::to_lowercase).map(plain).collect()
}

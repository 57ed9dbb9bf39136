//! Contributions -> triples. A [`Builder`] takes the files of one work after another's: what adds up
//! (places, edges) becomes triples at once; what competes within a work (texts of the same paragraph)
//! is decided when all its files are in; what competes between works (titles, dates) at the end.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::contribution::{
    Body, Contribution, End, Finding, ParagraphShare, PartKind, RelationKind, Thing, Trust, Work, WorkKind,
};
use super::notes::Notes;
use super::triples::{Graph, TermId, Terms, Triples};
use super::{contribution, iri, rdf};
use crate::metadata::Metadata;
use crate::ontology::vocab;
use crate::ontology::{ConceptClass, ConceptId, LabelKind, Ontology};

/// A graph under construction, or a share of one.
#[derive(Debug)]
pub struct Builder<'o> {
    pub(super) ontology: &'o Ontology,
    pub(super) base: String,
    /// The triples not yet sorted out are in here: those of the work at hand.
    pub(super) triples: Triples,
    /// Triples about parts of works and of files: each is stated of one work only, and is here once.
    pub(super) parts: Vec<[TermId; 3]>,
    /// Triples about works and things, which several may state.
    pub(super) edges: Vec<[TermId; 3]>,
    pub(super) notes: Notes,
    pub(super) schemes: BTreeMap<String, BTreeSet<String>>,
    /// Folded labels of bodies and States.
    labels: Arc<HashMap<String, ConceptId>>,
    decided: Decided,
    /// Whether a term, by number, is a part of a work or of a file.
    is_part: Vec<bool>,
    /// How many edges there were when they were last freed of repetitions.
    distinct: usize,
}

/// What competes within a work.
#[derive(Debug, Default)]
struct Decided {
    /// Paragraph -> by whom it is placed, where, as what.
    paragraphs: FxHashMap<TermId, (Trust, u32, PartKind)>,
    /// Paragraph and language -> by whom, how long (turned round: the longest is first), the text.
    texts: FxHashMap<(TermId, String), (Trust, std::cmp::Reverse<usize>, String)>,
    /// The part that each citation names: two spellings of one part ("73 (e)", "73 e") are one citation, and the least is kept.
    pinpoints: FxHashMap<TermId, String>,
    /// Citation -> how often it stands in the file that shows it most.
    counts: FxHashMap<TermId, u32>,
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
    /// Byte ranges already met, with the words found there and the place: two readings of one range are two places.
    places: FxHashMap<(usize, usize), Vec<(&'c str, TermId)>>,
    /// Sentences already met, by paragraph and bytes.
    sentences: FxHashMap<(usize, (usize, usize)), TermId>,
    counts: FxHashMap<TermId, u32>,
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
        Self::with_labels(ontology, base, Arc::new(labels))
    }

    fn with_labels(ontology: &'o Ontology, base: &str, labels: Arc<HashMap<String, ConceptId>>) -> Self {
        Self {
            ontology,
            base: base.to_owned(),
            triples: Triples::default(),
            parts: Vec::new(),
            edges: Vec::new(),
            notes: Notes::default(),
            schemes: BTreeMap::new(),
            labels,
            decided: Decided::default(),
            is_part: Vec::new(),
            distinct: 1 << 20,
        }
    }

    /// An empty share of the same graph.
    pub(super) fn another(&self) -> Self {
        Self::with_labels(self.ontology, &self.base, self.labels.clone())
    }

    /// Takes in what the files of one work contribute: all files with that subject, in any order.
    pub fn push<'c>(&mut self, shares: impl IntoIterator<Item = &'c Contribution>) {
        let mut files = HashSet::new();
        for share in shares {
            self.file(share, files.insert(share.sha256.as_str()));
        }
        self.notes.files += files.len();
        let Decided { paragraphs, texts, pinpoints, counts } = std::mem::take(&mut self.decided);
        let t = &mut self.triples;
        for (paragraph, (_, position, part)) in paragraphs {
            rdf::paragraph(t, paragraph, position, part);
        }
        for ((paragraph, language), (_, _, text)) in texts {
            rdf::text(t, paragraph, &text, &language);
        }
        for (citation, pinpoint) in pinpoints {
            rdf::pinpoint(t, citation, &pinpoint);
        }
        for (citation, count) in counts {
            rdf::count(t, citation, count);
        }
        self.sort_out();
    }

    /// Sorts out the triples of the work at hand: those about its parts are stated nowhere else.
    fn sort_out(&mut self) {
        let mut triples = std::mem::take(&mut self.triples.triples);
        triples.sort_unstable();
        triples.dedup();
        for id in self.is_part.len()..self.triples.terms.len() {
            self.is_part.push(group(&self.base, self.triples.terms.spelling(id as TermId)).is_some());
        }
        let from = self.parts.len();
        for triple in triples.drain(..) {
            let part = self.is_part.get(triple[0] as usize).copied().unwrap_or_default();
            if part { self.parts.push(triple) } else { self.edges.push(triple) }
        }
        self.triples.triples = triples;
        self.notes.stated += self.parts.len() - from;
        let classes = &mut self.notes.classes;
        self.triples.each_class(&self.parts[from..], |class| match classes.get_mut(class) {
            Some(count) => *count += 1,
            None => drop(classes.insert(class.to_owned(), 1)),
        });
    }

    fn file(&mut self, share: &Contribution, is_new: bool) {
        let path = format!("source/{}", share.sha256);
        let term = self.triples.iri_of(&self.base, &path);
        let subject = self.note_work(&share.subject, Trust::Text);
        rdf::file(self, share, term, subject);
        // The same bytes under another path: the same places, which count once.
        if !is_new {
            return;
        }
        let about = share.about.as_ref();
        if let Some(about) = about {
            self.note_work(about, Trust::Hearsay);
        }
        let described = about.map_or(&share.subject.path, |work| &work.path);
        self.notes.facts(described, &share.facts, share.trust, &share.language);
        let paragraphs = share.paragraphs.iter().map(|p| self.paragraph(share, &path, p)).collect();
        let mut file = File {
            share,
            term,
            path,
            subject,
            paragraphs,
            places: FxHashMap::default(),
            sentences: FxHashMap::default(),
            counts: FxHashMap::default(),
        };
        for finding in &share.findings {
            self.finding(&mut file, finding);
        }
        for (citation, count) in file.counts {
            let most = self.decided.counts.entry(citation).or_default();
            *most = (*most).max(count);
        }
    }

    /// Takes in triples about works and things from another share.
    pub(super) fn take_edges(&mut self, terms: &Terms, edges: &[[TermId; 3]]) {
        let mut ids = vec![None; terms.len()];
        for triple in edges {
            let triple =
                triple.map(|id| *ids[id as usize].get_or_insert_with(|| self.triples.terms.intern(terms.spelling(id))));
            self.edges.push(triple);
        }
        if self.edges.len() > 2 * self.distinct {
            self.edges.sort_unstable();
            self.edges.dedup();
            self.distinct = self.edges.len().max(1 << 20);
        }
    }

    /// Forgets the triples, which were taken elsewhere, and keeps the notes.
    pub(super) fn clear(&mut self) {
        self.triples.clear();
        self.parts.clear();
        self.edges.clear();
        self.is_part.clear();
    }

    /// Decides what works and things are, with what lines of metadata say of those that are known
    /// otherwise, adds what the authorities know of everything named, and describes the whole.
    pub(super) fn conclude(&mut self, records: &[Metadata]) {
        let mut known = Vec::new();
        for record in records {
            if let Some(symbol) = &record.symbol {
                let path = iri::symbol_path(symbol);
                if self.notes.works.contains_key(&path) {
                    known.push((path, symbol, record));
                }
            }
        }
        for (path, symbol, record) in known {
            self.notes.work(&contribution::work(&crate::resolve::Target::Document(symbol.clone())), Trust::Record);
            self.notes.facts(&path, &contribution::facts(record), Trust::Record, "en");
        }
        rdf::works_and_things(self);
        rdf::verbs(self);
        rdf::schemes(self);
        self.edges.append(&mut self.triples.triples);
        self.edges.sort_unstable();
        self.edges.dedup();
        let mut classes = std::mem::take(&mut self.notes.classes);
        let edges = std::mem::take(&mut self.edges);
        self.triples.each_class(&edges, |class| *classes.entry(class.to_owned()).or_default() += 1);
        self.edges = edges;
        for class in [vocab::VOID_DATASET, vocab::DCAT_DATASET] {
            *classes.entry(class.to_owned()).or_default() += 1;
        }
        rdf::data_set(self, &classes);
        // The triple that states the number is one of them.
        self.edges.append(&mut self.triples.triples);
        self.edges.sort_unstable();
        self.edges.dedup();
        rdf::size(self, self.notes.stated + self.edges.len() + 1);
        self.edges.append(&mut self.triples.triples);
    }

    /// The graph.
    #[must_use]
    pub fn finish(mut self, records: &[Metadata]) -> Graph {
        self.conclude(records);
        let Self { mut triples, mut parts, mut edges, .. } = self;
        triples.triples.append(&mut parts);
        triples.triples.append(&mut edges);
        triples.finish()
    }

    fn paragraph(&mut self, share: &Contribution, file: &str, paragraph: &ParagraphShare) -> (String, TermId) {
        let owner = if paragraph.placed { &share.subject.path } else { file };
        let path = format!("{owner}#{}", paragraph.name);
        let term = self.triples.iri_of(&self.base, &path);
        rdf::part_of(self, term, &share.subject);
        let place = (share.trust, paragraph.position, paragraph.part);
        self.decided.paragraphs.entry(term).and_modify(|best| *best = place.min(*best)).or_insert(place);
        if !paragraph.text.is_empty() {
            let text = (share.trust, std::cmp::Reverse(paragraph.text.len()), paragraph.text.clone());
            let best = self.decided.texts.entry((term, share.language.clone())).or_insert_with(|| text.clone());
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
                    let best = self.decided.pinpoints.entry(node).or_insert_with(|| pinpoint.clone());
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
            Body::Relation { subject, predicate, object, verb, until, period } => {
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
                let lasts = [until.as_deref(), period.as_deref()];
                rdf::relation(self, node, paragraph, [from, to], *predicate, verb.as_deref(), lasts);
                node
            }
        };
        if let Some(rule) = &finding.rule {
            rdf::rule(&mut self.triples, node, rule);
        }
        self.evidence(file, finding, node);
    }

    /// The place that shows `node`: the words, the sentence, the bytes.
    fn evidence(&mut self, file: &mut File<'_>, finding: &Finding, node: TermId) {
        let words = words(file.share, finding);
        let readings = file.places.entry(finding.file).or_default();
        let known = readings.iter().find(|(w, _)| *w == words).map(|(_, place)| *place);
        let reading = readings.len();
        let place = known.unwrap_or_else(|| {
            let (start, end) = finding.file;
            let mut path = format!("{}#{start}-{end}", file.path);
            if reading > 0 {
                path.push_str(&format!(".{}", reading + 1));
            }
            let (paragraph, sentence) = (finding.paragraph, finding.sentence);
            let sentence = *file.sentences.entry((paragraph, sentence)).or_insert_with(|| {
                let text = &file.share.paragraphs[paragraph].text;
                let sentence = text.get(sentence.0..sentence.1).unwrap_or(text);
                self.triples.text(sentence, &file.share.language)
            });
            let place = rdf::Place { file: file.term, path: &path, words, start, end, page: finding.page };
            let place = rdf::place(self, &place, sentence);
            file.places.entry(finding.file).or_default().push((words, place));
            place
        });
        rdf::shown(self, node, place);
    }

    /// Takes in what is said of a work; gives its term.
    pub(super) fn note_work(&mut self, work: &Work, trust: Trust) -> TermId {
        self.notes.work(work, trust);
        self.triples.iri_of(&self.base, &work.path)
    }

    /// Takes in a thing; gives its term.
    pub(super) fn note_thing(&mut self, thing: &Thing) -> TermId {
        self.notes.thing(thing);
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
        self.notes.verb(lemma);
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

/// What the terms of a work's or a file's parts begin with, which no other's do: all to the first `#`.
pub(super) fn group<'t>(base: &str, spelling: &'t str) -> Option<&'t str> {
    let path = spelling.strip_prefix('<')?.strip_prefix(base)?;
    if !path.starts_with("id/") && !path.starts_with("source/") {
        // The vocabulary and the description of the data set.
        return None;
    }
    let mark = memchr::memchr(b'#', path.as_bytes())?;
    Some(&spelling[..1 + base.len() + mark + 1])
}

//! A stored graph -> its paragraphs.

use std::collections::{BTreeSet, HashMap};

use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Term};
use oxigraph::store::StorageError;

use super::paragraphs::{Paragraph, Paragraphs, Work};
use crate::ontology::vocab as v;
use crate::parse::Part;
use crate::read::Language;
use crate::store::Store;

impl Paragraphs {
    /// All of a stored graph.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn load(store: &Store) -> Result<Self, StorageError> {
        let mut gathered = Gathered::default();
        for property in [v::RG_POSITION, v::ELI_TYPE_SUBDIVISION, v::RG_TEXT] {
            each(store, property, |iri, object| gathered.take(iri, property, object))?;
        }
        let mut works = gathered.works();
        let mut tell = |property, note: Note| each(store, property, |iri, object| tell(&mut works, &iri, object, note));
        FACTS.into_iter().try_for_each(|(property, note)| tell(property, note))?;
        Ok(gathered.paragraphs(name(store, works)?))
    }

    /// Those of some documents, given by IRI.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn of_documents(store: &Store, iris: &[&str]) -> Result<Self, StorageError> {
        let mut gathered = Gathered::default();
        // One that is given twice has its paragraphs once.
        let iris: BTreeSet<&str> = iris.iter().copied().collect();
        for iri in &iris {
            for triple in store.about_parts(iri)? {
                if let NamedOrBlankNode::NamedNode(subject) = triple.subject {
                    gathered.take(subject.into_string(), triple.predicate.as_str(), triple.object);
                }
            }
        }
        let mut works = gathered.works();
        for (property, note) in FACTS {
            for iri in &iris {
                let [subject, property] = [iri, property].map(NamedNodeRef::new_unchecked);
                for triple in store.triples(Some(subject.into()), Some(property), None) {
                    tell(&mut works, iri, triple?.object, note);
                }
            }
        }
        Ok(gathered.paragraphs(name(store, works)?))
    }
}

/// What is read of paragraphs before they are whole.
#[derive(Default)]
struct Gathered {
    positions: HashMap<String, u32>,
    parts: HashMap<String, Part>,
    texts: Vec<(String, Option<Language>, String)>,
}

impl Gathered {
    fn take(&mut self, iri: String, property: &str, object: Term) {
        match (property, object) {
            (v::RG_POSITION, Term::Literal(value)) => {
                self.positions.insert(iri, value.value().parse().unwrap_or(0));
            }
            (v::ELI_TYPE_SUBDIVISION, Term::NamedNode(class)) => {
                self.parts.insert(iri, part(class.as_str()));
            }
            (v::RG_TEXT, Term::Literal(text)) => {
                let language = text.language().and_then(Language::from_code);
                self.texts.push((iri, language, text.destruct().0));
            }
            _ => {}
        }
    }

    /// The works of the texts, in order of IRI, with nothing known of them.
    fn works(&self) -> Vec<Work> {
        let iris: BTreeSet<&str> = self.texts.iter().map(|(iri, ..)| work_of(iri)).collect();
        let unknown = |iri: &str| Work { iri: iri.to_owned(), label: String::new(), date: None, year: None };
        iris.into_iter().map(unknown).collect()
    }

    fn paragraphs(self, works: Vec<Work>) -> Paragraphs {
        let Self { positions, parts, texts } = self;
        let number = |iri: &str| works.binary_search_by(|work| work.iri.as_str().cmp(work_of(iri))).unwrap_or_default();
        let paragraph = |(iri, language, text): (String, Option<Language>, String)| Paragraph {
            work: number(&iri) as u32,
            part: parts.get(&iri).copied().unwrap_or(Part::Body),
            position: positions.get(&iri).copied().unwrap_or_default(),
            language,
            text,
            iri,
        };
        let mut all: Vec<Paragraph> = texts.into_iter().map(paragraph).collect();
        all.sort_by(|a, b| {
            (a.work, a.position, &a.iri, a.language, &a.text).cmp(&(b.work, b.position, &b.iri, b.language, &b.text))
        });
        Paragraphs { works, all }
    }
}

/// What is noted of a work; of several values the first counts, as in a network.
type Note = fn(&mut Work, &str);

const FACTS: [(&str, Note); 3] = [
    (v::RDFS_LABEL, |work, label| {
        if work.label.is_empty() {
            label.clone_into(&mut work.label);
        }
    }),
    (v::ELI_DATE_DOCUMENT, |work, date| work.date = work.date.or_else(|| date.parse().ok())),
    (v::RG_YEAR, |work, year| work.year = work.year.or_else(|| year.parse().ok())),
];

fn tell(works: &mut [Work], iri: &str, object: Term, note: Note) {
    if let (Ok(place), Term::Literal(value)) = (works.binary_search_by(|work| work.iri.as_str().cmp(iri)), object) {
        note(&mut works[place], value.value());
    }
}

/// Works without a label are called by the end of their IRI.
fn name(store: &Store, mut works: Vec<Work>) -> Result<Vec<Work>, StorageError> {
    let base = crate::graph::network::base(store)?;
    for work in works.iter_mut().filter(|work| work.label.is_empty()) {
        work.label = work.iri.strip_prefix(&base).unwrap_or(&work.iri).to_owned();
    }
    Ok(works)
}

/// The work of a paragraph's IRI.
fn work_of(iri: &str) -> &str {
    iri.split_once('#').map_or(iri, |(work, _)| work)
}

fn part(class: &str) -> Part {
    match class {
        v::RG_HEAD => Part::Head,
        v::RG_PREAMBULAR_PARAGRAPH => Part::Preamble,
        v::RG_OPERATIVE_PARAGRAPH => Part::Operative,
        v::RG_ANNEX_PARAGRAPH => Part::Annex,
        v::RG_FOOTNOTE => Part::Footnote,
        _ => Part::Body,
    }
}

/// Calls `take` with subject and object of every triple with a property.
fn each(store: &Store, property: &str, mut take: impl FnMut(String, Term)) -> Result<(), StorageError> {
    for triple in store.triples(None, Some(NamedNodeRef::new_unchecked(property)), None) {
        let triple = triple?;
        if let NamedOrBlankNode::NamedNode(subject) = triple.subject {
            take(subject.into_string(), triple.object);
        }
    }
    Ok(())
}

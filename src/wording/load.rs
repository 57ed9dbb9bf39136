//! A stored graph -> its paragraphs.

use std::collections::{BTreeMap, HashMap, HashSet};

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
        let mut positions: HashMap<String, u32> = HashMap::new();
        each(store, v::RG_POSITION, |iri, object| {
            if let Term::Literal(value) = object {
                positions.insert(iri, value.value().parse().unwrap_or(0));
            }
        })?;
        let mut parts: HashMap<String, Part> = HashMap::new();
        each(store, v::ELI_TYPE_SUBDIVISION, |iri, object| {
            if let Term::NamedNode(class) = object {
                parts.insert(iri, part(class.as_str()));
            }
        })?;
        let mut texts = Vec::new();
        each(store, v::RG_TEXT, |iri, object| {
            if let Term::Literal(text) = object {
                let language = text.language().and_then(Language::from_code);
                texts.push((iri, language, text.destruct().0));
            }
        })?;
        let mut works: BTreeMap<String, u32> = BTreeMap::new();
        for (iri, ..) in &texts {
            if !works.contains_key(work_of(iri)) {
                works.insert(work_of(iri).to_owned(), 0);
            }
        }
        for (number, (_, work)) in (0..).zip(&mut works) {
            *work = number;
        }
        let paragraph = |(iri, language, text): (String, Option<Language>, String)| Paragraph {
            work: works.get(work_of(&iri)).copied().unwrap_or_default(),
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
        Ok(Self { works: facts(store, works.into_keys().collect())?, all })
    }
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

/// What the graph says of works, given by IRI.
fn facts(store: &Store, iris: Vec<String>) -> Result<Vec<Work>, StorageError> {
    let base = crate::graph::network::base(store)?;
    let named = |iri: String| {
        let label = iri.strip_prefix(&base).unwrap_or(&iri).to_owned();
        Work { iri, label, date: None, year: None }
    };
    let mut works: Vec<Work> = iris.into_iter().map(named).collect();
    let mut tell = |property, note: fn(&mut Work, &str)| {
        let mut told = HashSet::new();
        each(store, property, |iri, object| {
            let place = works.binary_search_by(|work| work.iri.as_str().cmp(&iri));
            // Of several values the first counts, as in a network.
            if let (Ok(place), Term::Literal(value)) = (place, object)
                && told.insert(place)
            {
                note(&mut works[place], value.value());
            }
        })
    };
    tell(v::RDFS_LABEL, |work, label| label.clone_into(&mut work.label))?;
    tell(v::ELI_DATE_DOCUMENT, |work, date| work.date = date.parse().ok())?;
    tell(v::RG_YEAR, |work, year| work.year = year.parse().ok())?;
    Ok(works)
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

//! Roads through the graph: from each of many nodes over properties to what they lead to, read a property at a time.

use std::collections::{BTreeSet, HashMap};

use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Term};
use oxigraph::store::StorageError;

use crate::ontology::vocab as v;
use crate::store::Store;

/// Up to this many nodes are looked up one by one; of more, the whole property is read once.
const LOOKED_UP: usize = 400;

/// One step.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    /// From subject to object.
    To(&'static str),
    /// From object to subject.
    From(&'static str),
}

/// What is wanted of what a road leads to.
#[derive(Debug, Clone, Copy)]
pub(super) enum End {
    /// The literals of a property.
    Literal(&'static str),
    /// What it is called.
    Label,
    /// Its IRI.
    Iri,
    /// The IRI with its prefix, where it is of a known vocabulary.
    Term,
    /// The last part of its IRI.
    LastPart,
}

/// Nodes by IRI, with the rows that they belong to.
#[derive(Debug, Default)]
pub(super) struct Reached(HashMap<String, Vec<u32>>);

/// A text that a row is led to; what is in English is in front of what is not.
type Found = BTreeSet<(bool, String)>;

impl Reached {
    /// The rows' own nodes.
    pub(super) fn of<'n>(iris: impl Iterator<Item = &'n str>) -> Self {
        let mut reached = Self::default();
        for (row, iri) in (0_u32..).zip(iris) {
            reached.add(iri, &[row]);
        }
        reached
    }

    /// One more node.
    pub(super) fn add(&mut self, iri: &str, rows: &[u32]) {
        match self.0.get_mut(iri) {
            Some(known) => known.extend_from_slice(rows),
            None => {
                self.0.insert(iri.to_owned(), rows.to_vec());
            }
        }
    }

    /// What one step leads to.
    pub(super) fn step(&self, store: &Store, step: Step) -> Result<Self, StorageError> {
        let mut next = Self::default();
        match step {
            Step::To(property) => self.objects(store, property, |_, rows, object| {
                if let Term::NamedNode(node) = object {
                    next.add(node.as_str(), rows);
                }
            })?,
            Step::From(property) => self.subjects(store, property, |rows, subject| next.add(subject, rows))?,
        }
        Ok(next)
    }

    /// Gives every object that a node has as a property, with the node and its rows.
    pub(super) fn objects(
        &self,
        store: &Store,
        property: &str,
        mut each: impl FnMut(&str, &[u32], Term),
    ) -> Result<(), StorageError> {
        let predicate = NamedNodeRef::new_unchecked(property);
        if self.0.len() <= LOOKED_UP {
            for (iri, rows) in &self.0 {
                let subject = NamedNodeRef::new_unchecked(iri);
                for triple in store.triples(Some(subject.into()), Some(predicate), None) {
                    each(iri, rows, triple?.object);
                }
            }
            return Ok(());
        }
        for triple in store.triples(None, Some(predicate), None) {
            let triple = triple?;
            if let NamedOrBlankNode::NamedNode(node) = &triple.subject
                && let Some(rows) = self.0.get(node.as_str())
            {
                each(node.as_str(), rows, triple.object);
            }
        }
        Ok(())
    }

    fn subjects(&self, store: &Store, property: &str, mut each: impl FnMut(&[u32], &str)) -> Result<(), StorageError> {
        let predicate = NamedNodeRef::new_unchecked(property);
        if self.0.len() <= LOOKED_UP {
            for (iri, rows) in &self.0 {
                let object = NamedNodeRef::new_unchecked(iri);
                for triple in store.triples(None, Some(predicate), Some(object.into())) {
                    if let NamedOrBlankNode::NamedNode(node) = triple?.subject {
                        each(rows, node.as_str());
                    }
                }
            }
            return Ok(());
        }
        for triple in store.triples(None, Some(predicate), None) {
            let triple = triple?;
            if let (NamedOrBlankNode::NamedNode(subject), Term::NamedNode(object)) = (triple.subject, triple.object)
                && let Some(rows) = self.0.get(object.as_str())
            {
                each(rows, subject.as_str());
            }
        }
        Ok(())
    }

    /// The texts of what was reached, by row; in English where there is any, in order of spelling.
    pub(super) fn texts(&self, store: &Store, end: End) -> Result<HashMap<u32, Vec<String>>, StorageError> {
        let mut found: HashMap<u32, Found> = HashMap::new();
        let mut keep = |rows: &[u32], foreign: bool, text: &str| {
            for row in rows {
                found.entry(*row).or_default().insert((foreign, text.to_owned()));
            }
        };
        match end {
            End::Literal(property) => self.objects(store, property, |_, rows, object| {
                if let Term::Literal(literal) = &object {
                    keep(rows, is_foreign(literal.language()), literal.value());
                }
            })?,
            End::Label => {
                let labels = self.labels(store)?;
                for (iri, rows) in &self.0 {
                    keep(rows, false, labels.get(iri).map_or_else(|| last_part(iri), String::as_str));
                }
            }
            End::Iri => self.0.iter().for_each(|(iri, rows)| keep(rows, false, iri)),
            End::Term => self.0.iter().for_each(|(iri, rows)| keep(rows, false, &prefixed(iri))),
            End::LastPart => self.0.iter().for_each(|(iri, rows)| keep(rows, false, last_part(iri))),
        }
        let plain = |found: Found| {
            let any_english = found.iter().any(|(foreign, _)| !foreign);
            found.into_iter().filter(|(foreign, _)| !(any_english && *foreign)).map(|(_, text)| text).collect()
        };
        Ok(found.into_iter().map(|(row, found)| (row, plain(found))).collect())
    }

    /// One name for each, in English where it has one.
    fn labels(&self, store: &Store) -> Result<HashMap<String, String>, StorageError> {
        let mut best: HashMap<String, (bool, String)> = HashMap::new();
        self.objects(store, v::RDFS_LABEL, |iri, _, object| {
            let Term::Literal(literal) = object else { return };
            let found = (is_foreign(literal.language()), literal.value().to_owned());
            match best.get_mut(iri) {
                Some(known) if found < *known => *known = found,
                Some(_) => {}
                None => {
                    best.insert(iri.to_owned(), found);
                }
            }
        })?;
        Ok(best.into_iter().map(|(iri, (_, label))| (iri, label)).collect())
    }
}

/// Whether a literal is in a language other than English.
pub(super) fn is_foreign(language: Option<&str>) -> bool {
    language.is_some_and(|language| language != "en")
}

fn last_part(iri: &str) -> &str {
    iri.rsplit(['/', '#']).next().unwrap_or(iri)
}

/// The IRI with a prefix for its namespace, where that is known.
pub(in crate::export) fn prefixed(iri: &str) -> String {
    let known = v::PREFIXES.iter().find_map(|(prefix, ns)| Some(format!("{prefix}:{}", iri.strip_prefix(ns)?)));
    known.unwrap_or_else(|| iri.to_owned())
}

//! What is counted and listed of a graph without reading all of it.

use std::collections::{BTreeMap, HashMap};

use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Term, Triple};
use oxigraph::store::StorageError;

use super::changes::Overlay;
use super::index::{Damage, Index};
use super::{InGraph, Store, corruption, spelt};
use crate::ontology::vocab;

/// The triples that point at a node: of each property no more than were asked for.
#[derive(Debug, Default)]
pub struct Pointing {
    /// In order of property.
    pub triples: Vec<Triple>,
    /// The properties of which there are more, with how many there are.
    pub cut: Vec<(String, usize)>,
}

/// How much there is of a property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PropertyCount {
    /// Its IRI.
    pub property: String,
    /// Triples.
    pub triples: usize,
    /// Different subjects.
    pub subjects: usize,
    /// Different objects.
    pub objects: usize,
}

/// How much there is of everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Triples.
    pub triples: usize,
    /// Different subjects.
    pub subjects: usize,
    /// Different objects.
    pub objects: usize,
    /// In order of IRI.
    pub properties: Vec<PropertyCount>,
    /// Instances of each class, in order of IRI.
    pub classes: Vec<(String, usize)>,
}

impl Store {
    /// The triples that have `iri` as their object, of each property at most `most`.
    ///
    /// # Errors
    /// When the graph cannot be read.
    pub fn pointing_at(&self, iri: &str, most: usize) -> Result<Pointing, StorageError> {
        if let Some(index) = self.unchanged() {
            return pointing_at(&index.into(), iri, most).map_err(corruption);
        }
        let (mut pointing, mut counts) = (Pointing::default(), BTreeMap::<String, usize>::new());
        for triple in self.triples(None, None, Some(NamedNodeRef::new_unchecked(iri).into())) {
            let triple = triple?;
            let count = counts.entry(triple.predicate.as_str().to_owned()).or_default();
            *count += 1;
            if *count <= most {
                pointing.triples.push(triple);
            }
        }
        pointing.cut = counts.into_iter().filter(|(_, count)| *count > most).collect();
        Ok(pointing)
    }

    /// Whether the graph says anything of `iri`.
    ///
    /// # Errors
    /// When the graph cannot be read.
    pub fn knows(&self, iri: &str) -> Result<bool, StorageError> {
        let node = NamedNodeRef::new_unchecked(iri);
        let about = self.about(iri).next();
        let pointing = || self.triples(None, None, Some(node.into())).next();
        about.or_else(pointing).map_or(Ok(false), |found| found.map(|_| true))
    }

    /// How many triples of a property each IRI is the object of.
    ///
    /// # Errors
    /// When the graph cannot be read.
    pub fn objects_of(&self, property: &str) -> Result<HashMap<String, u32>, StorageError> {
        let mut all: HashMap<String, u32> = HashMap::new();
        if let Some(index) = self.unchanged() {
            let mut counts = Vec::new();
            if let Some(property) = named(&index, property).map_err(corruption)? {
                index.objects(property, |id, count| counts.push((id, count))).map_err(corruption)?;
            }
            for (id, count) in counts {
                if let Term::NamedNode(node) = index.term(id).map_err(corruption)? {
                    all.insert(node.into_string(), u32::try_from(count).unwrap_or(u32::MAX));
                }
            }
            return Ok(all);
        }
        for triple in self.triples(None, Some(NamedNodeRef::new_unchecked(property)), None) {
            if let Term::NamedNode(node) = triple?.object {
                *all.entry(node.into_string()).or_default() += 1;
            }
        }
        Ok(all)
    }

    /// How much there is of everything. Of a graph that was changed since it was built all triples are counted as
    /// they are now, and what there is of each class and property as it was built.
    ///
    /// # Errors
    /// When the graph cannot be read.
    pub fn statistics(&self) -> Result<Statistics, StorageError> {
        let other = |error: super::StoreError| StorageError::Other(Box::new(error));
        let index = match self.overlay() {
            Ok(graph) => graph.index,
            Err(_) => self.index().map_err(other)?,
        };
        let counted = statistics(&index).map_err(corruption)?;
        Ok(Statistics { triples: self.len().map_err(other)?, ..counted })
    }
}

fn named<'i>(index: &'i Index, property: &str) -> Result<Option<&'i super::format::Property>, Damage> {
    Ok(index.id(&format!("<{property}>"))?.and_then(|term| index.property(term)))
}

fn pointing_at(graph: &Overlay, iri: &str, most: usize) -> Result<Pointing, Damage> {
    let (mut pointing, index) = (Pointing::default(), &graph.index);
    let Some(object) = index.id(&format!("<{iri}>"))? else { return Ok(pointing) };
    for property in index.properties() {
        let count = index.find(None, Some(property.term), Some(object))?.most();
        if count == 0 {
            continue;
        }
        if count > most {
            let Term::NamedNode(name) = index.term(property.term)? else { return Err(Damage::Contradiction) };
            pointing.cut.push((name.into_string(), count));
        }
        let found = graph.find([None, Some(property.term), Some(object)], InGraph::Default)?;
        for triple in spelt(found).take(most) {
            pointing.triples.push(triple.map_err(|_| Damage::Contradiction)?);
        }
    }
    Ok(pointing)
}

fn statistics(index: &Index) -> Result<Statistics, Damage> {
    let spelling = |id| match index.term(id)? {
        Term::NamedNode(node) => Ok(node.into_string()),
        _ => Err(Damage::Contradiction),
    };
    let (subjects, objects) = index.ends()?;
    let mut all = Statistics { triples: index.len(), subjects, objects, ..Statistics::default() };
    for property in index.properties() {
        all.properties.push(PropertyCount {
            property: spelling(property.term)?,
            triples: property.count as usize,
            subjects: property.subjects as usize,
            objects: property.objects as usize,
        });
    }
    let mut classes = Vec::new();
    if let Some(property) = named(index, vocab::RDF_TYPE)? {
        index.objects(property, |id, count| classes.push((id, count)))?;
    }
    for (id, count) in classes {
        // A class that is no IRI has no name that could be told.
        if index.kind(id) == "IRI" {
            all.classes.push((spelling(id)?, count));
        }
    }
    all.classes.sort_unstable();
    Ok(all)
}

/// The IRI of a triple's subject; `None` for a blank node.
#[must_use]
pub fn subject(triple: &Triple) -> Option<&str> {
    match &triple.subject {
        NamedOrBlankNode::NamedNode(node) => Some(node.as_str()),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

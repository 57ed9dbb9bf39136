//! The nodes around one, read without the rest of the graph.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use oxigraph::model::{NamedNodeRef, Term};
use oxigraph::store::StorageError;

use super::{CLASSES, Edge, Gathered, Kind, Network, Node, PROPERTIES, Relation, base, organ, subject_iri};
use crate::ontology::vocab as v;
use crate::store::Store;

/// Edges by the IRIs of their ends.
type Edges = BTreeMap<(String, String, Relation), Gathered>;

impl Network {
    /// A node with the edges that begin or end there: of each relation and direction at most `most` citations,
    /// statements or triples, the first in order of their IRIs. What is no document or thing leaves it empty.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn around(store: &Store, iri: &str, relations: &[Relation], most: usize) -> Result<Self, StorageError> {
        let mut around = Around { store, root: iri, most, labels: HashMap::new() };
        let mut network = Self { base: base(store)?, ..Self::default() };
        let mut edges = Edges::new();
        if relations.contains(&Relation::Cites) {
            around.citations(&mut edges)?;
        }
        for (property, relation) in PROPERTIES.into_iter().filter(|(_, relation)| relations.contains(relation)) {
            around.triples(property, relation, &mut edges)?;
        }
        around.statements(&mut edges)?;
        // As for the whole graph: a citation governed by "amends" has the property, too.
        let stated = [Relation::Amends, Relation::Repeals, Relation::Corrects];
        edges.retain(|(_, _, relation), edge| !stated.contains(relation) || !edge.grounds.is_empty());
        let ends = edges.keys().flat_map(|(from, to, _)| [from.clone(), to.clone()]);
        let iris: BTreeSet<String> = ends.chain([iri.to_owned()]).collect();
        for iri in iris {
            if let Some(node) = node(store, &iri, &network.base)? {
                let place = network.graph.add_node(node);
                network.places.insert(iri, place);
            }
        }
        for ((from, to, relation), gathered) in edges {
            if let (Some(from), Some(to)) = (network.place(&from), network.place(&to)) {
                let edge: Edge = gathered.edge(relation);
                network.graph.add_edge(from, to, edge);
            }
        }
        Ok(network)
    }
}

/// Where a node is looked around.
struct Around<'s> {
    store: &'s Store,
    root: &'s str,
    most: usize,
    /// Of verbs.
    labels: HashMap<String, Option<String>>,
}

impl Around<'_> {
    /// The subjects that point at the root by a property.
    fn pointing(&self, property: &str) -> Result<Vec<String>, StorageError> {
        let [property, root] = [property, self.root].map(NamedNodeRef::new_unchecked);
        let found = self.store.triples(None, Some(property), Some(root.into())).take(self.most);
        found.filter_map(|triple| triple.map(|triple| subject_iri(triple.subject)).transpose()).collect()
    }

    fn citations(&mut self, edges: &mut Edges) -> Result<(), StorageError> {
        for end in [v::CITO_HAS_CITING_ENTITY, v::CITO_HAS_CITED_ENTITY] {
            for citation in self.pointing(end)? {
                let one = |property| Ok::<_, StorageError>(iris(self.store, &citation, property)?.into_iter().next());
                let (Some(from), Some(to)) = (one(v::CITO_HAS_CITING_ENTITY)?, one(v::CITO_HAS_CITED_ENTITY)?) else {
                    continue;
                };
                let edge = edges.entry((from, to, Relation::Cites)).or_default();
                // A document that cites itself is met from both ends.
                if edge.grounds.contains(&citation) {
                    continue;
                }
                let count = literals(self.store, &citation, v::RG_COUNT)?;
                let count = count.first().and_then(|(count, _)| count.parse().ok()).unwrap_or(1);
                edge.count += count;
                let treatments = iris(self.store, &citation, v::CITO_HAS_CITATION_CHARACTERIZATION)?;
                for treatment in &treatments {
                    *edge.treatments.entry(treatment.clone()).or_default() += count;
                }
                for verb in self.verbs(&citation)? {
                    *edge.verbs.entry(verb.clone()).or_default() += count;
                    edge.uses.extend(treatments.iter().map(|treatment| (verb.clone(), treatment.clone())));
                }
                edge.grounds.push(citation);
            }
        }
        Ok(())
    }

    fn triples(&self, property: &str, relation: Relation, edges: &mut Edges) -> Result<(), StorageError> {
        let root = || self.root.to_owned();
        for from in self.pointing(property)? {
            edges.entry((from, root(), relation)).or_default().count = 1;
        }
        for to in iris(self.store, self.root, property)?.into_iter().take(self.most) {
            edges.entry((root(), to, relation)).or_default().count = 1;
        }
        Ok(())
    }

    /// The verbs and the evidence of relations that the text states.
    fn statements(&mut self, edges: &mut Edges) -> Result<(), StorageError> {
        if edges.is_empty() {
            return Ok(());
        }
        for end in [v::RDF_SUBJECT, v::RDF_OBJECT] {
            for statement in self.pointing(end)? {
                let one = |property| Ok::<_, StorageError>(iris(self.store, &statement, property)?.into_iter().next());
                let (Some(from), Some(to), Some(predicate)) =
                    (one(v::RDF_SUBJECT)?, one(v::RDF_OBJECT)?, one(v::RDF_PREDICATE)?)
                else {
                    continue;
                };
                let Some((_, relation)) = PROPERTIES.iter().find(|(property, _)| *property == predicate) else {
                    continue;
                };
                let Some(edge) = edges.get_mut(&(from, to, *relation)) else { continue };
                if edge.grounds.contains(&statement) {
                    continue;
                }
                for verb in self.verbs(&statement)? {
                    *edge.verbs.entry(verb).or_default() += 1;
                }
                edge.grounds.push(statement);
                edge.count = u32::try_from(edge.grounds.len()).unwrap_or(u32::MAX);
            }
        }
        Ok(())
    }

    /// The lemmas of the verbs that a citation or statement uses.
    fn verbs(&mut self, node: &str) -> Result<Vec<String>, StorageError> {
        let mut lemmas = Vec::new();
        for verb in iris(self.store, node, v::RG_VERB_USED)? {
            if !self.labels.contains_key(&verb) {
                let label = literals(self.store, &verb, v::RDFS_LABEL)?.into_iter().next();
                self.labels.insert(verb.clone(), label.map(|(label, _)| label));
            }
            lemmas.extend(self.labels.get(&verb).cloned().flatten());
        }
        Ok(lemmas)
    }
}

/// A document or thing as the whole network has it; `None` for what is neither.
pub(crate) fn node(store: &Store, iri: &str, base: &str) -> Result<Option<Node>, StorageError> {
    let classes = iris(store, iri, v::RDF_TYPE)?;
    let known = CLASSES.into_iter().chain([(v::RG_ACTOR, Kind::Actor)]);
    let Some(kind) = known.filter(|(class, _)| classes.iter().any(|c| c == class)).map(|(_, kind)| kind).min() else {
        return Ok(None);
    };
    let first = |property| Ok::<_, StorageError>(literals(store, iri, property)?.into_iter().next());
    let label =
        first(v::RDFS_LABEL)?.map_or_else(|| iri.strip_prefix(base).unwrap_or(iri).to_owned(), |(label, _)| label);
    let year = first(v::RG_YEAR)?.and_then(|(year, _)| year.parse().ok());
    let mut titles = literals(store, iri, v::ELI_TITLE)?;
    titles.sort_by_key(|(_, english)| !english);
    let title = titles.into_iter().map(|(title, _)| title).next().filter(|title| *title != label);
    let date = first(v::ELI_DATE_DOCUMENT)?.and_then(|(date, _)| date.parse().ok());
    let organ = organ(&label, kind);
    let mut subjects = iris(store, iri, v::ELI_IS_ABOUT)?;
    subjects.sort_unstable();
    Ok(Some(Node { iri: iri.to_owned(), label, title, kind, year, date, organ, subjects }))
}

/// The IRIs that a node has as a property.
pub(crate) fn iris(store: &Store, node: &str, property: &str) -> Result<Vec<String>, StorageError> {
    let [node, property] = [node, property].map(NamedNodeRef::new_unchecked);
    let found = store.triples(Some(node.into()), Some(property), None);
    let iri = |term| if let Term::NamedNode(node) = term { Some(node.into_string()) } else { None };
    found.filter_map(|triple| triple.map(|triple| iri(triple.object)).transpose()).collect()
}

/// The literals that a node has as a property, each with whether it is in English.
pub(crate) fn literals(store: &Store, node: &str, property: &str) -> Result<Vec<(String, bool)>, StorageError> {
    let [node, property] = [node, property].map(NamedNodeRef::new_unchecked);
    let mut all = Vec::new();
    for triple in store.triples(Some(node.into()), Some(property), None) {
        if let Term::Literal(literal) = triple?.object {
            let english = literal.language() == Some("en");
            all.push((literal.destruct().0, english));
        }
    }
    Ok(all)
}

//! The graph as nodes and edges, read back from its triples: for analysis, drawing and other tools.
//!
//! Nodes and edges are only ever added, and are found by IRI; their order is that of the IRIs.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::fmt;

use jiff::civil::Date;
use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Term};
use oxigraph::store::StorageError;
use petgraph::Direction;
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

pub(crate) mod around;

use crate::ontology::vocab as v;
use crate::store::Store;
use crate::symbol::{Organ, Symbol};

macro_rules! named {
    ($(#[$about:meta])* $type:ident: $($(#[$doc:meta])* $variant:ident = $name:literal;)*) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type {
            $($(#[$doc])* $variant,)*
        }

        impl $type {
            /// Each, with the name that options and outputs use.
            pub const NAMES: &[(Self, &str)] = &[$((Self::$variant, $name)),*];

            /// The name.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// From its name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::NAMES.iter().find(|(_, n)| *n == name).map(|(value, _)| *value)
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

named! {
    /// What a node is.
    Kind:
    /// A resolution of any organ.
    Resolution = "resolution";
    /// A presidential statement.
    Statement = "statement";
    /// A draft resolution.
    Draft = "draft";
    /// A report.
    Report = "report";
    /// A letter.
    Letter = "letter";
    /// A treaty, declaration or other document with a name.
    Instrument = "instrument";
    /// Any other document.
    Document = "document";
    /// A text about a document.
    Article = "article";
    /// A file that is no United Nations document.
    Text = "text";
    /// A body of the United Nations or another organisation.
    Body = "body";
    /// An armed group.
    Group = "group";
    /// A State or territory.
    State = "state";
    /// An office.
    Role = "role";
    /// A person.
    Person = "person";
    /// A generic actor ("Member States").
    Actor = "actor";
}

named! {
    /// What an edge says.
    Relation:
    /// Cites.
    Cites = "cites";
    /// Changes an instrument.
    Amends = "amends";
    /// Replaces an instrument.
    Repeals = "repeals";
    /// Corrects an instrument.
    Corrects = "corrects";
    /// Created a body.
    Establishes = "establishes";
    /// Extends a mandate.
    Extends = "extends";
    /// Ends a body or mandate.
    Terminates = "terminates";
    /// Condemns a group.
    Condemns = "condemns";
    /// Is directed at an actor.
    Addresses = "addresses";
    /// Is part of.
    PartOf = "part-of";
    /// Names.
    Mentions = "mentions";
    /// Is a text about.
    About = "about";
}

const CLASSES: [(&str, Kind); 16] = [
    (v::UNDO_RESOLUTION, Kind::Resolution),
    (v::UNDO_OFFICIAL_STATEMENT, Kind::Statement),
    (v::RG_DRAFT, Kind::Draft),
    (v::FABIO_REPORT, Kind::Report),
    (v::FABIO_LETTER, Kind::Letter),
    (v::RG_INSTRUMENT, Kind::Instrument),
    (v::RG_DOCUMENT, Kind::Document),
    (v::RG_ARTICLE, Kind::Article),
    (v::RG_UNIDENTIFIED_TEXT, Kind::Text),
    (v::RG_UN_BODY, Kind::Body),
    (v::RG_ORGANIZATION, Kind::Body),
    (v::RG_ARMED_GROUP, Kind::Group),
    (v::RG_STATE, Kind::State),
    (v::RG_TERRITORY, Kind::State),
    (v::RG_ROLE, Kind::Role),
    (v::RG_PERSON, Kind::Person),
];

/// Properties that are edges as they stand.
const PROPERTIES: [(&str, Relation); 11] = [
    (v::ELI_AMENDS, Relation::Amends),
    (v::ELI_REPEALS, Relation::Repeals),
    (v::ELI_CORRECTS, Relation::Corrects),
    (v::RG_ESTABLISHES, Relation::Establishes),
    (v::RG_EXTENDS_MANDATE_OF, Relation::Extends),
    (v::RG_TERMINATES, Relation::Terminates),
    (v::RG_CONDEMNS, Relation::Condemns),
    (v::RG_ADDRESSES, Relation::Addresses),
    (v::ORG_SUB_ORGANIZATION_OF, Relation::PartOf),
    (v::SCHEMA_MENTIONS, Relation::Mentions),
    (v::SCHEMA_ABOUT, Relation::About),
];

/// A document or a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its IRI.
    pub iri: String,
    /// What people call it.
    pub label: String,
    /// Its title, where it has one besides.
    pub title: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// Year of its date.
    pub year: Option<i32>,
    /// Its date, where the whole of it is known.
    pub date: Option<Date>,
    /// The organ whose series its symbol belongs to; `None` for things and documents of no known organ.
    pub organ: Option<Organ>,
    /// What it is about: IRIs, in order.
    pub subjects: Vec<String>,
}

impl Node {
    /// Whether it is a document, and neither a text about one nor a thing that documents name.
    #[must_use]
    pub fn is_document(&self) -> bool {
        self.kind < Kind::Article
    }

    /// Whether it is a document or a text about one: what can be quoted, and what names others.
    #[must_use]
    pub fn is_text(&self) -> bool {
        self.kind < Kind::Body
    }
}

/// The organ that a document's label, which is its symbol where it has one, tells.
fn organ(label: &str, kind: Kind) -> Option<Organ> {
    let symbol = if kind < Kind::Body { Symbol::parse(label) } else { None };
    symbol.map(|symbol| symbol.organ()).filter(|organ| *organ != Organ::Other)
}

/// All that one node says of another in one relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// What it says.
    pub relation: Relation,
    /// Citation properties (IRIs), the most frequent first.
    pub treatments: Vec<String>,
    /// Lemmas, the most frequent first; among equals those of the first treatment.
    pub verbs: Vec<String>,
    /// How often.
    pub count: u32,
    /// The nodes that carry the evidence: citations, statements.
    pub grounds: Vec<String>,
}

/// Nodes and edges of a stored graph.
#[derive(Debug, Default)]
pub struct Network {
    /// Append-only.
    pub graph: DiGraph<Node, Edge>,
    places: HashMap<String, NodeIndex>,
    base: String,
}

/// What is gathered of an edge before it is one.
#[derive(Debug, Default)]
struct Gathered {
    treatments: BTreeMap<String, u32>,
    verbs: BTreeMap<String, u32>,
    /// Which treatments a verb goes with.
    uses: BTreeSet<(String, String)>,
    count: u32,
    grounds: Vec<String>,
}

impl Gathered {
    fn edge(self, relation: Relation) -> Edge {
        let Self { treatments, verbs, uses, count, mut grounds } = self;
        grounds.sort();
        let treatments = most_first(treatments);
        let mut ranked: Vec<_> = verbs.into_iter().collect();
        let of_main =
            |verb: &String| treatments.first().is_some_and(|main| uses.contains(&(verb.clone(), main.clone())));
        ranked.sort_by_key(|(verb, count)| (std::cmp::Reverse(*count), !of_main(verb)));
        let verbs = ranked.into_iter().map(|(verb, _)| verb).collect();
        Edge { relation, treatments, verbs, count, grounds }
    }
}

impl Network {
    /// Every document and thing of a stored graph, with the given relations between them.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn load(store: &Store, relations: &[Relation]) -> Result<Self, StorageError> {
        let mut network = Self { base: base(store)?, ..Self::default() };
        network.load_nodes(store)?;
        let mut edges: BTreeMap<(NodeIndex, NodeIndex, Relation), Gathered> = BTreeMap::new();
        if relations.contains(&Relation::Cites) {
            network.gather_citations(store, &mut edges)?;
        }
        for (property, relation) in PROPERTIES.into_iter().filter(|(_, relation)| relations.contains(relation)) {
            for (from, to) in pairs(store, property)? {
                let (Some(&from), Some(&to)) = (network.places.get(&from), network.places.get(&to)) else { continue };
                edges.entry((from, to, relation)).or_default().count = 1;
            }
        }
        network.gather_statements(store, &mut edges)?;
        // A citation governed by "amends" has the property, too; where the text states no relation, the
        // citation says it all.
        let stated = [Relation::Amends, Relation::Repeals, Relation::Corrects];
        edges.retain(|(_, _, relation), edge| !stated.contains(relation) || !edge.grounds.is_empty());
        for ((from, to, relation), gathered) in edges {
            network.graph.add_edge(from, to, gathered.edge(relation));
        }
        Ok(network)
    }

    fn load_nodes(&mut self, store: &Store) -> Result<(), StorageError> {
        let kinds = kinds(store)?;
        let labels: HashMap<String, String> = values(store, v::RDFS_LABEL)?.into_iter().rev().collect();
        let years: HashMap<String, String> = values(store, v::RG_YEAR)?.into_iter().rev().collect();
        let mut titles: HashMap<String, String> = HashMap::new();
        for (iri, title) in in_english_first(store, v::ELI_TITLE)? {
            titles.entry(iri).or_insert(title);
        }
        let dates: HashMap<String, String> = values(store, v::ELI_DATE_DOCUMENT)?.into_iter().rev().collect();
        let mut subjects = pairs_by_subject(store, v::ELI_IS_ABOUT)?;
        for (iri, kind) in kinds {
            let label =
                labels.get(&iri).cloned().unwrap_or_else(|| iri.strip_prefix(&self.base).unwrap_or(&iri).to_owned());
            let year = years.get(&iri).and_then(|y| y.parse().ok());
            let title = titles.remove(&iri).filter(|t| *t != label);
            let date = dates.get(&iri).and_then(|date| date.parse().ok());
            let organ = organ(&label, kind);
            let mut subjects = subjects.remove(&iri).unwrap_or_default();
            subjects.sort_unstable();
            let node = Node { iri: iri.clone(), label, title, kind, year, date, organ, subjects };
            let place = self.graph.add_node(node);
            self.places.insert(iri, place);
        }
        Ok(())
    }

    fn gather_citations(
        &self,
        store: &Store,
        edges: &mut BTreeMap<(NodeIndex, NodeIndex, Relation), Gathered>,
    ) -> Result<(), StorageError> {
        let cited: HashMap<String, String> = pairs(store, v::CITO_HAS_CITED_ENTITY)?.into_iter().collect();
        let treatments = pairs_by_subject(store, v::CITO_HAS_CITATION_CHARACTERIZATION)?;
        let verbs = verbs(store)?;
        let counts: HashMap<String, String> = values(store, v::RG_COUNT)?.into_iter().collect();
        for (citation, citing) in pairs(store, v::CITO_HAS_CITING_ENTITY)? {
            let Some(cited) = cited.get(&citation) else { continue };
            let (Some(&from), Some(&to)) = (self.places.get(&citing), self.places.get(cited)) else { continue };
            let edge = edges.entry((from, to, Relation::Cites)).or_default();
            let count = counts.get(&citation).and_then(|c| c.parse().ok()).unwrap_or(1);
            edge.count += count;
            for treatment in treatments.get(&citation).into_iter().flatten() {
                *edge.treatments.entry(treatment.clone()).or_default() += count;
            }
            for verb in verbs.get(&citation).into_iter().flatten() {
                *edge.verbs.entry(verb.clone()).or_default() += count;
                for treatment in treatments.get(&citation).into_iter().flatten() {
                    edge.uses.insert((verb.clone(), treatment.clone()));
                }
            }
            edge.grounds.push(citation);
        }
        Ok(())
    }

    /// The verbs and the evidence of relations that the text states.
    fn gather_statements(
        &self,
        store: &Store,
        edges: &mut BTreeMap<(NodeIndex, NodeIndex, Relation), Gathered>,
    ) -> Result<(), StorageError> {
        let objects: HashMap<String, String> = pairs(store, v::RDF_OBJECT)?.into_iter().collect();
        let predicates: HashMap<String, String> = pairs(store, v::RDF_PREDICATE)?.into_iter().collect();
        let verbs = verbs(store)?;
        for (statement, subject) in pairs(store, v::RDF_SUBJECT)? {
            let (Some(object), Some(predicate)) = (objects.get(&statement), predicates.get(&statement)) else {
                continue;
            };
            let relation = PROPERTIES.iter().find(|(property, _)| property == predicate).map(|(_, relation)| *relation);
            let (Some(relation), Some(&from), Some(&to)) =
                (relation, self.places.get(&subject), self.places.get(object))
            else {
                continue;
            };
            let Some(edge) = edges.get_mut(&(from, to, relation)) else { continue };
            for verb in verbs.get(&statement).into_iter().flatten() {
                *edge.verbs.entry(verb.clone()).or_default() += 1;
            }
            edge.grounds.push(statement);
            edge.count = u32::try_from(edge.grounds.len()).unwrap_or(u32::MAX);
        }
        Ok(())
    }

    /// What the IRIs of the graph begin with.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The node of an IRI.
    #[must_use]
    pub fn place(&self, iri: &str) -> Option<NodeIndex> {
        self.places.get(iri).copied()
    }

    /// The node of an IRI, of a symbol in any spelling, of a path such as `body/unodc`, or of a label.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<NodeIndex> {
        let symbol = || self.place(&super::iri::document(&self.base, &Symbol::parse(name)?));
        let path = || self.place(&format!("{}id/{name}", self.base));
        let label = || {
            let mut all = self.graph.node_indices();
            all.find(|node| self.graph[*node].label.eq_ignore_ascii_case(name))
        };
        self.place(name).or_else(symbol).or_else(path).or_else(label)
    }

    /// The nodes at most `depth` edges from `root`, whichever way the edges point, that `admit` lets
    /// in; by distance, then by IRI. The root itself always counts.
    #[must_use]
    pub fn neighbourhood(&self, root: NodeIndex, depth: usize, admit: impl Fn(NodeIndex) -> bool) -> Vec<NodeIndex> {
        let mut seen = BTreeSet::from([root]);
        let mut queue = VecDeque::from([(root, 0)]);
        let mut found = Vec::new();
        while let Some((node, distance)) = queue.pop_front() {
            found.push(node);
            if distance == depth {
                continue;
            }
            let ways = [Direction::Outgoing, Direction::Incoming];
            let next: BTreeSet<NodeIndex> =
                ways.into_iter().flat_map(|way| self.graph.neighbors_directed(node, way)).collect();
            queue.extend(next.into_iter().filter(|n| admit(*n) && seen.insert(*n)).map(|n| (n, distance + 1)));
        }
        found
    }

    /// The edges of a node, in order of the other end and relation.
    #[must_use]
    pub fn edges(&self, node: NodeIndex, way: Direction) -> Vec<EdgeIndex> {
        let mut edges: Vec<_> = self
            .graph
            .edges_directed(node, way)
            .map(|edge| {
                let other = if way == Direction::Outgoing { edge.target() } else { edge.source() };
                (other, edge.weight().relation, edge.id())
            })
            .collect();
        edges.sort_unstable_by_key(|(other, relation, _)| (*other, *relation));
        edges.into_iter().map(|(_, _, id)| id).collect()
    }

    /// How many documents cite each node, the most cited first.
    #[must_use]
    pub fn most_cited(&self) -> Vec<(NodeIndex, usize)> {
        let cites = |node| {
            self.graph.edges_directed(node, Direction::Incoming).filter(|e| e.weight().relation == Relation::Cites)
        };
        let mut counts: Vec<_> = self.graph.node_indices().map(|node| (node, cites(node).count())).collect();
        counts.retain(|(_, count)| *count > 0);
        counts.sort_by_key(|(node, count)| (std::cmp::Reverse(*count), *node));
        counts
    }
}

/// What each document and thing of a stored graph is.
///
/// # Errors
/// When the store cannot be read.
pub fn kinds(store: &Store) -> Result<BTreeMap<String, Kind>, StorageError> {
    let mut kinds: BTreeMap<String, Kind> = BTreeMap::new();
    let actor = (v::RG_ACTOR, Kind::Actor);
    for (class, kind) in CLASSES.into_iter().chain([actor]) {
        for iri in subjects(store, v::RDF_TYPE, class)? {
            kinds.entry(iri).and_modify(|known| *known = kind.min(*known)).or_insert(kind);
        }
    }
    Ok(kinds)
}

/// What the IRIs of a stored graph begin with.
///
/// # Errors
/// When the store cannot be read.
pub fn base(store: &Store) -> Result<String, StorageError> {
    Ok(values(store, v::VOID_URI_SPACE)?.into_iter().next().map_or_else(|| v::BASE.to_owned(), |(_, space)| space))
}

fn most_first(counts: BTreeMap<String, u32>) -> Vec<String> {
    let mut all: Vec<_> = counts.into_iter().collect();
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    all.into_iter().map(|(name, _)| name).collect()
}

fn subject_iri(subject: NamedOrBlankNode) -> Option<String> {
    match subject {
        NamedOrBlankNode::NamedNode(node) => Some(node.into_string()),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

/// The subjects that have `object` as `property`.
fn subjects(store: &Store, property: &str, object: &str) -> Result<Vec<String>, StorageError> {
    let (property, object) = (NamedNodeRef::new_unchecked(property), NamedNodeRef::new_unchecked(object));
    let found = store.triples(None, Some(property), Some(object.into()));
    found.filter_map(|t| t.map(|t| subject_iri(t.subject)).transpose()).collect()
}

/// Subject and object of every triple between IRIs with a property.
fn pairs(store: &Store, property: &str) -> Result<Vec<(String, String)>, StorageError> {
    let mut all = Vec::new();
    for triple in store.triples(None, Some(NamedNodeRef::new_unchecked(property)), None) {
        let triple = triple?;
        if let (Some(subject), Term::NamedNode(object)) = (subject_iri(triple.subject), triple.object) {
            all.push((subject, object.into_string()));
        }
    }
    Ok(all)
}

fn pairs_by_subject(store: &Store, property: &str) -> Result<HashMap<String, Vec<String>>, StorageError> {
    let mut all: HashMap<String, Vec<String>> = HashMap::new();
    for (subject, object) in pairs(store, property)? {
        all.entry(subject).or_default().push(object);
    }
    Ok(all)
}

/// Subject and literal of every triple with a property.
fn values(store: &Store, property: &str) -> Result<Vec<(String, String)>, StorageError> {
    Ok(literals(store, property)?.into_iter().map(|(subject, value, _)| (subject, value)).collect())
}

/// The same, what is in English first.
fn in_english_first(store: &Store, property: &str) -> Result<Vec<(String, String)>, StorageError> {
    let mut all = literals(store, property)?;
    all.sort_by_key(|(_, _, english)| !english);
    Ok(all.into_iter().map(|(subject, value, _)| (subject, value)).collect())
}

fn literals(store: &Store, property: &str) -> Result<Vec<(String, String, bool)>, StorageError> {
    let mut all = Vec::new();
    for triple in store.triples(None, Some(NamedNodeRef::new_unchecked(property)), None) {
        let triple = triple?;
        if let (Some(subject), Term::Literal(literal)) = (subject_iri(triple.subject), triple.object) {
            let english = literal.language() == Some("en");
            all.push((subject, literal.destruct().0, english));
        }
    }
    Ok(all)
}

/// The lemmas of the verbs that citations and statements use.
fn verbs(store: &Store) -> Result<HashMap<String, Vec<String>>, StorageError> {
    let lemmas: HashMap<String, String> = values(store, v::RDFS_LABEL)?.into_iter().collect();
    let mut all: HashMap<String, Vec<String>> = HashMap::new();
    for (node, verb) in pairs(store, v::RG_VERB_USED)? {
        if let Some(lemma) = lemmas.get(&verb) {
            all.entry(node).or_default().push(lemma.clone());
        }
    }
    Ok(all)
}

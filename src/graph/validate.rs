//! The graph against its shapes: the part of SHACL Core that `ontology/shapes.ttl` uses.
//!
//! A constraint that is not known is an error, so that no shape passes because nobody looked.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{
    Graph as Shapes, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Term, TermRef,
};
use regex::Regex;

use crate::ontology::vocab as v;
use crate::store::index::{Damage, Index, Matches};
use crate::store::{Store, StoreError};

/// The shapes that every built graph satisfies.
pub const SHAPES: &str = include_str!("../../ontology/shapes.ttl");

/// Why the shapes cannot be applied.
#[derive(Debug, thiserror::Error)]
pub enum ShapesError {
    /// Not Turtle.
    #[error("the shapes are not valid Turtle: {0}")]
    Syntax(String),
    /// A constraint that is not known, or a known one with a value that it does not take.
    #[error("shape {shape}: {message}")]
    Unsupported {
        /// The shape.
        shape: String,
        /// What is wrong, and the remedy.
        message: String,
    },
    /// The graph cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A node that breaks a constraint.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// The node.
    pub focus: String,
    /// The path from it, as SPARQL writes it; empty for the node itself.
    pub path: String,
    /// The value that breaks it, where one does.
    pub value: Option<String>,
    /// The shape.
    pub shape: String,
    /// What should be.
    pub message: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.focus, self.path, self.message)?;
        match &self.value {
            Some(value) => write!(f, ", but there is {value}"),
            None => Ok(()),
        }
    }
}

/// From a node to its values.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Path {
    /// The node itself.
    Here,
    Forward(NamedNode),
    Inverse(NamedNode),
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Here => Ok(()),
            Self::Forward(p) => write!(f, "{p}"),
            Self::Inverse(p) => write!(f, "^{p}"),
        }
    }
}

#[derive(Debug)]
enum Constraint {
    MinCount(usize),
    MaxCount(usize),
    Datatype(NamedNode),
    Class(NamedNode),
    NodeKind(String),
    Pattern(Regex),
    MinLength(usize),
    In(Vec<Term>),
    HasValue(Term),
    MinInclusive(f64),
    MaxInclusive(f64),
    UniqueLang,
    Or(Vec<Vec<Constraint>>),
}

#[derive(Debug)]
struct PropertyShape {
    path: Path,
    constraints: Vec<Constraint>,
    message: Option<String>,
}

#[derive(Debug)]
enum Target {
    Class(NamedNode),
    SubjectsOf(NamedNode),
    ObjectsOf(NamedNode),
}

/// A shape: which nodes, and what they must be like.
#[derive(Debug)]
struct NodeShape {
    name: String,
    targets: Vec<Target>,
    properties: Vec<PropertyShape>,
}

/// Holds a graph against shapes in Turtle; gives every violation, sorted.
///
/// # Errors
/// When the shapes use what is not known, or the graph cannot be read.
pub fn validate(store: &Store, shapes: &str) -> Result<Vec<Violation>, ShapesError> {
    let shapes = read(shapes)?;
    let index = store.index()?;
    violations(&index, &shapes).map_err(|damage| ShapesError::Store(damage.into()))
}

fn violations(index: &Index, shapes: &[NodeShape]) -> Result<Vec<Violation>, Damage> {
    let graph = Instances::of(index, shapes)?;
    let mut found = BTreeSet::new();
    for shape in shapes {
        let mut focus: BTreeSet<u32> = BTreeSet::new();
        for target in &shape.targets {
            focus.extend(nodes(index, target)?);
        }
        for property in &shape.properties {
            let path = Way::of(index, &property.path)?;
            for &node in &focus {
                let values = path.values(index, node)?;
                for constraint in &property.constraints {
                    for (message, value) in broken(&graph, constraint, &values)? {
                        found.insert(Violation {
                            focus: index.spelling(node)?,
                            path: property.path.to_string(),
                            value: value.map(|v| index.spelling(v)).transpose()?,
                            shape: shape.name.clone(),
                            message: property.message.clone().unwrap_or(message),
                        });
                    }
                }
            }
        }
    }
    Ok(found.into_iter().collect())
}

/// The number of an IRI; `None` where the graph does not know it.
fn number(index: &Index, node: &str) -> Result<Option<u32>, Damage> {
    index.id(&format!("<{node}>"))
}

fn all(index: &Index, mut matches: Matches, part: usize) -> Result<Vec<u32>, Damage> {
    std::iter::from_fn(|| matches.next(index)).map(|triple| Ok(triple?[part])).collect()
}

fn nodes(index: &Index, target: &Target) -> Result<Vec<u32>, Damage> {
    let having = |property: &str, object: Option<u32>, part: usize| match number(index, property)? {
        Some(property) => all(index, index.find(None, Some(property), object)?, part),
        None => Ok(Vec::new()),
    };
    match target {
        Target::Class(class) => match number(index, class.as_str())? {
            Some(class) => having(v::RDF_TYPE, Some(class), 0),
            None => Ok(Vec::new()),
        },
        Target::SubjectsOf(property) => having(property.as_str(), None, 0),
        Target::ObjectsOf(property) => having(property.as_str(), None, 2),
    }
}

/// A path in one graph.
enum Way {
    Here,
    Forward(u32),
    Inverse(u32),
    /// The graph does not know the property.
    Nowhere,
}

impl Way {
    fn of(index: &Index, path: &Path) -> Result<Self, Damage> {
        let known = |property: &NamedNode| number(index, property.as_str());
        Ok(match path {
            Path::Here => Self::Here,
            Path::Forward(property) => known(property)?.map_or(Self::Nowhere, Self::Forward),
            Path::Inverse(property) => known(property)?.map_or(Self::Nowhere, Self::Inverse),
        })
    }

    fn values(&self, index: &Index, node: u32) -> Result<Vec<u32>, Damage> {
        match self {
            Self::Here => Ok(vec![node]),
            Self::Forward(property) => all(index, index.find(Some(node), Some(*property), None)?, 2),
            Self::Inverse(property) => all(index, index.find(None, Some(*property), Some(node))?, 0),
            Self::Nowhere => Ok(Vec::new()),
        }
    }
}

/// A graph, with the instances of each class that a constraint speaks of, in order.
struct Instances<'i> {
    index: &'i Index,
    classes: BTreeMap<String, Vec<u32>>,
}

impl<'i> Instances<'i> {
    fn of(index: &'i Index, shapes: &[NodeShape]) -> Result<Self, Damage> {
        fn note(
            index: &Index,
            constraint: &Constraint,
            classes: &mut BTreeMap<String, Vec<u32>>,
        ) -> Result<(), Damage> {
            match constraint {
                Constraint::Class(class) => {
                    if !classes.contains_key(class.as_str()) {
                        let instances = nodes(index, &Target::Class(class.clone()))?;
                        classes.insert(class.as_str().to_owned(), instances);
                    }
                    Ok(())
                }
                Constraint::Or(choices) => choices.iter().flatten().try_for_each(|choice| note(index, choice, classes)),
                _ => Ok(()),
            }
        }
        let mut classes = BTreeMap::new();
        for constraint in shapes.iter().flat_map(|s| &s.properties).flat_map(|p| &p.constraints) {
            note(index, constraint, &mut classes)?;
        }
        Ok(Self { index, classes })
    }
}

type Broken = Vec<(String, Option<u32>)>;

/// What `values` break of a constraint: what should be, and the value at fault.
fn broken(graph: &Instances<'_>, constraint: &Constraint, values: &[u32]) -> Result<Broken, Damage> {
    let index = graph.index;
    let each = |message: &dyn fmt::Display, fits: &dyn Fn(u32) -> Result<bool, Damage>| {
        let mut found = Vec::new();
        for value in values {
            if !fits(*value)? {
                found.push((message.to_string(), Some(*value)));
            }
        }
        Ok(found)
    };
    let term = |id: u32, fits: &dyn Fn(&Term) -> bool| index.term(id).map(|term| fits(&term));
    match constraint {
        Constraint::MinCount(n) if values.len() < *n => {
            Ok(vec![(format!("at least {n} expected, {} found", values.len()), None)])
        }
        Constraint::MaxCount(n) if values.len() > *n => {
            Ok(vec![(format!("at most {n} expected, {} found", values.len()), None)])
        }
        Constraint::MinCount(_) | Constraint::MaxCount(_) => Ok(Vec::new()),
        Constraint::Datatype(datatype) => each(&format_args!("a literal of {datatype} expected"), &|id| {
            term(id, &|t| matches!(t, Term::Literal(l) if well_typed(l, datatype)))
        }),
        Constraint::Class(class) => {
            let instances = graph.classes.get(class.as_str());
            let is_a = |id: u32| Ok(instances.is_some_and(|all| all.binary_search(&id).is_ok()));
            each(&format_args!("an instance of {class} expected"), &is_a)
        }
        Constraint::NodeKind(kind) => {
            each(&format_args!("sh:{kind} expected"), &|id| Ok(kind.contains(index.kind(id))))
        }
        Constraint::Pattern(pattern) => each(&format_args!("something that matches \"{pattern}\" expected"), &|id| {
            term(id, &|t| text(t).is_some_and(|t| pattern.is_match(t)))
        }),
        Constraint::MinLength(n) => each(&format_args!("at least {n} characters expected"), &|id| {
            term(id, &|t| text(t).is_some_and(|t| t.chars().count() >= *n))
        }),
        Constraint::In(list) => each(&"one of the list expected", &|id| term(id, &|t| list.contains(t))),
        Constraint::HasValue(value) => {
            let id = index.id(&value.to_string())?;
            let there = id.is_some_and(|id| values.contains(&id));
            Ok(if there { Vec::new() } else { vec![(format!("{value} expected among the values"), None)] })
        }
        Constraint::MinInclusive(n) => {
            each(&format_args!("at least {n} expected"), &|id| term(id, &|t| amount(t).is_some_and(|a| a >= *n)))
        }
        Constraint::MaxInclusive(n) => {
            each(&format_args!("at most {n} expected"), &|id| term(id, &|t| amount(t).is_some_and(|a| a <= *n)))
        }
        Constraint::UniqueLang => {
            let terms: Vec<Term> = values.iter().map(|id| index.term(*id)).collect::<Result<_, _>>()?;
            let mut languages: Vec<_> = terms.iter().filter_map(language).collect();
            languages.sort_unstable();
            let twice = languages.windows(2).find(|w| w[0] == w[1]);
            let message = |w: &[&str]| format!("one text in each language expected, several in \"{}\"", w[0]);
            Ok(twice.map(|w| (message(w), None)).into_iter().collect())
        }
        Constraint::Or(choices) => each(&format_args!("one of {} alternatives expected", choices.len()), &|id| {
            for choice in choices {
                let mut fits = true;
                for constraint in choice {
                    fits = fits && broken(graph, constraint, &[id])?.is_empty();
                }
                if fits {
                    return Ok(true);
                }
            }
            Ok(false)
        }),
    }
}

fn text(term: &Term) -> Option<&str> {
    match term {
        Term::NamedNode(node) => Some(node.as_str()),
        Term::Literal(literal) => Some(literal.value()),
        Term::BlankNode(_) => None,
    }
}

fn language(term: &Term) -> Option<&str> {
    match term {
        Term::Literal(literal) => literal.language(),
        _ => None,
    }
}

fn amount(term: &Term) -> Option<f64> {
    match term {
        Term::Literal(literal) => literal.value().parse().ok(),
        _ => None,
    }
}

/// Whether a literal has a datatype and, for those in use, a form that it allows.
fn well_typed(literal: &Literal, datatype: &NamedNode) -> bool {
    let value = literal.value();
    literal.datatype() == datatype.as_ref()
        && match datatype.as_str() {
            v::XSD_INTEGER => value.parse::<i64>().is_ok(),
            v::XSD_BOOLEAN => matches!(value, "true" | "false" | "1" | "0"),
            v::XSD_DATE => value.parse::<jiff::civil::Date>().is_ok(),
            v::XSD_G_YEAR => value.len() == 4 && value.bytes().all(|b| b.is_ascii_digit()),
            _ => true,
        }
}

fn read(turtle: &str) -> Result<Vec<NodeShape>, ShapesError> {
    let mut shapes = Shapes::new();
    for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle) {
        let quad = quad.map_err(|e| ShapesError::Syntax(e.to_string()))?;
        shapes.insert(&oxigraph::model::Triple::from(quad));
    }
    let node_shape = NamedNodeRef::new_unchecked(v::SH_NODE_SHAPE);
    let mut names: Vec<NamedOrBlankNode> = shapes
        .subjects_for_predicate_object(NamedNodeRef::new_unchecked(v::RDF_TYPE), node_shape)
        .map(NamedOrBlankNodeRef::into_owned)
        .collect();
    names.sort_by_key(ToString::to_string);
    names.iter().map(|name| read_shape(&shapes, name)).collect()
}

fn read_shape(shapes: &Shapes, node: &NamedOrBlankNode) -> Result<NodeShape, ShapesError> {
    let name = node.to_string();
    let (mut targets, mut properties, mut own) = (Vec::new(), Vec::new(), Vec::new());
    for triple in shapes.triples_for_subject(node) {
        let named = |make: fn(NamedNode) -> Target| match triple.object {
            TermRef::NamedNode(node) => Ok(make(node.into_owned())),
            _ => Err(unsupported(&name, "a target must be an IRI")),
        };
        match triple.predicate.as_str() {
            v::SH_TARGET_CLASS => targets.push(named(Target::Class)?),
            v::SH_TARGET_SUBJECTS_OF => targets.push(named(Target::SubjectsOf)?),
            v::SH_TARGET_OBJECTS_OF => targets.push(named(Target::ObjectsOf)?),
            v::SH_PROPERTY => properties.push(read_property(shapes, &name, triple.object)?),
            v::RDF_TYPE | v::RDFS_LABEL | v::RDFS_COMMENT | v::SH_NAME | v::SH_DESCRIPTION | v::SH_MESSAGE => {}
            predicate => own.push(constraint(shapes, &name, predicate, triple.object)?),
        }
    }
    if !own.is_empty() {
        properties.push(PropertyShape { path: Path::Here, constraints: own, message: None });
    }
    Ok(NodeShape { name, targets, properties })
}

fn unsupported(shape: &str, message: impl Into<String>) -> ShapesError {
    ShapesError::Unsupported { shape: shape.into(), message: message.into() }
}

fn read_property(shapes: &Shapes, shape: &str, node: TermRef<'_>) -> Result<PropertyShape, ShapesError> {
    let node = subject(node).ok_or_else(|| unsupported(shape, "sh:property must lead to a node"))?;
    let (mut path, mut constraints, mut message) = (None, Vec::new(), None);
    for triple in shapes.triples_for_subject(node) {
        match triple.predicate.as_str() {
            v::SH_PATH => path = Some(read_path(shapes, shape, triple.object)?),
            v::SH_MESSAGE => message = literal(triple.object),
            v::RDF_TYPE | v::RDFS_LABEL | v::RDFS_COMMENT | v::SH_NAME | v::SH_DESCRIPTION => {}
            predicate => constraints.push(constraint(shapes, shape, predicate, triple.object)?),
        }
    }
    let path = path.ok_or_else(|| unsupported(shape, "sh:property without sh:path"))?;
    Ok(PropertyShape { path, constraints, message })
}

fn read_path(shapes: &Shapes, shape: &str, node: TermRef<'_>) -> Result<Path, ShapesError> {
    if let TermRef::NamedNode(property) = node {
        return Ok(Path::Forward(property.into_owned()));
    }
    let inverse = NamedNodeRef::new_unchecked(v::SH_INVERSE_PATH);
    match subject(node).and_then(|node| shapes.object_for_subject_predicate(node, inverse)) {
        Some(TermRef::NamedNode(property)) => Ok(Path::Inverse(property.into_owned())),
        _ => Err(unsupported(shape, "a path must be a property or sh:inversePath of one")),
    }
}

fn subject(term: TermRef<'_>) -> Option<NamedOrBlankNodeRef<'_>> {
    match term {
        TermRef::NamedNode(node) => Some(node.into()),
        TermRef::BlankNode(node) => Some(node.into()),
        TermRef::Literal(_) => None,
    }
}

fn literal(term: TermRef<'_>) -> Option<String> {
    match term {
        TermRef::Literal(literal) => Some(literal.value().to_owned()),
        _ => None,
    }
}

fn constraint(shapes: &Shapes, shape: &str, name: &str, value: TermRef<'_>) -> Result<Constraint, ShapesError> {
    let bad = || unsupported(shape, format!("<{name}> does not take {value}"));
    let iri = || match value {
        TermRef::NamedNode(node) => Ok(node.into_owned()),
        _ => Err(bad()),
    };
    let text = || literal(value).ok_or_else(bad);
    let count = || text()?.parse().map_err(|_| bad());
    let amount = || text()?.parse().map_err(|_| bad());
    Ok(match name {
        v::SH_MIN_COUNT => Constraint::MinCount(count()?),
        v::SH_MAX_COUNT => Constraint::MaxCount(count()?),
        v::SH_MIN_LENGTH => Constraint::MinLength(count()?),
        v::SH_DATATYPE => Constraint::Datatype(iri()?),
        v::SH_CLASS => Constraint::Class(iri()?),
        v::SH_NODE_KIND => {
            const KINDS: [&str; 6] = [
                v::SH_IRI,
                v::SH_LITERAL,
                v::SH_BLANK_NODE,
                v::SH_BLANK_NODE_OR_IRI,
                v::SH_BLANK_NODE_OR_LITERAL,
                v::SH_IRI_OR_LITERAL,
            ];
            let kind = iri()?.into_string();
            let known = KINDS.contains(&kind.as_str());
            Constraint::NodeKind(kind.strip_prefix(v::SH).filter(|_| known).ok_or_else(bad)?.to_owned())
        }
        v::SH_PATTERN => Constraint::Pattern(Regex::new(&text()?).map_err(|e| unsupported(shape, e.to_string()))?),
        v::SH_IN => Constraint::In(list(shapes, value).ok_or_else(bad)?),
        v::SH_HAS_VALUE => Constraint::HasValue(value.into_owned()),
        v::SH_MIN_INCLUSIVE => Constraint::MinInclusive(amount()?),
        v::SH_MAX_INCLUSIVE => Constraint::MaxInclusive(amount()?),
        v::SH_UNIQUE_LANG if text()? == "true" => Constraint::UniqueLang,
        v::SH_OR => {
            let mut choices = Vec::new();
            for choice in list(shapes, value).ok_or_else(bad)? {
                let node = subject(choice.as_ref()).ok_or_else(bad)?;
                let parts = shapes.triples_for_subject(node);
                let parts = parts.map(|t| constraint(shapes, shape, t.predicate.as_str(), t.object));
                choices.push(parts.collect::<Result<_, _>>()?);
            }
            Constraint::Or(choices)
        }
        _ => {
            let message =
                format!("<{name}> is not a constraint that this validator knows; see the head of validate.rs");
            return Err(unsupported(shape, message));
        }
    })
}

/// The items of an RDF list.
fn list(shapes: &Shapes, head: TermRef<'_>) -> Option<Vec<Term>> {
    let (first, rest) = (NamedNodeRef::new_unchecked(v::RDF_FIRST), NamedNodeRef::new_unchecked(v::RDF_REST));
    let mut items = Vec::new();
    let mut at = head;
    while at != TermRef::NamedNode(NamedNodeRef::new_unchecked(v::RDF_NIL)) {
        let node = subject(at)?;
        items.push(shapes.object_for_subject_predicate(node, first)?.into_owned());
        at = shapes.object_for_subject_predicate(node, rest)?;
    }
    Some(items)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Graph;

    const PREFIXES: &str = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <https://e.org/> . \
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . ";

    /// One node `e:a` of class `e:C`, with a property; how many violations a property shape finds.
    fn check(value: &str, constraints: &str, expected: usize) {
        let rdf_type = format!("<{}>", v::RDF_TYPE);
        let graph = Graph::from_spelt([
            ["<https://e.org/a>", &rdf_type, "<https://e.org/C>"],
            ["<https://e.org/a>", "<https://e.org/p>", value],
        ]);
        let store = Store::of(&graph).expect("small");
        let shapes = format!("{PREFIXES} e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property [ {constraints} ] .");
        let found = validate(&store, &shapes).expect("known constraints");
        assert_eq!(found.len(), expected, "{value} {constraints}: {found:?}");
    }

    #[test]
    fn every_constraint_passes_what_fits_and_finds_what_does_not() {
        let year = format!("\"2017\"^^<{}>", v::XSD_G_YEAR);
        let date = format!("\"2017-02-30\"^^<{}>", v::XSD_DATE);
        let five = format!("\"5\"^^<{}>", v::XSD_INTEGER);
        check(&five, "sh:path e:p ; sh:minCount 1 ; sh:maxCount 1", 0);
        check(&five, "sh:path e:q ; sh:minCount 1", 1);
        check(&five, "sh:path e:p ; sh:maxCount 0", 1);
        check(&year, "sh:path e:p ; sh:datatype xsd:gYear", 0);
        check(&date, "sh:path e:p ; sh:datatype xsd:date", 1);
        check("\"x\"", "sh:path e:p ; sh:datatype xsd:integer", 1);
        check("<https://e.org/a>", "sh:path e:p ; sh:class e:C ; sh:nodeKind sh:IRI", 0);
        check("<https://e.org/b>", "sh:path e:p ; sh:class e:C", 1);
        check("\"x\"", "sh:path e:p ; sh:nodeKind sh:IRI", 1);
        check("<https://e.org/a>", "sh:path [ sh:inversePath e:p ] ; sh:minCount 1 ; sh:class e:C", 0);
        check("<https://e.org/b>", "sh:path [ sh:inversePath e:p ] ; sh:minCount 1", 1);
        check("\"S/RES/1\"", "sh:path e:p ; sh:pattern \"^S/RES/[0-9]+\" ; sh:minLength 3", 0);
        check("\"A\"", "sh:path e:p ; sh:pattern \"^S/\" ; sh:minLength 3", 2);
        check("\"x\"", "sh:path e:p ; sh:in ( \"x\" \"y\" ) ; sh:hasValue \"x\"", 0);
        check("\"z\"", "sh:path e:p ; sh:in ( \"x\" \"y\" ) ; sh:hasValue \"x\"", 2);
        check(&five, "sh:path e:p ; sh:minInclusive 5 ; sh:maxInclusive 5", 0);
        check(&five, "sh:path e:p ; sh:minInclusive 6 ; sh:maxInclusive 4", 2);
        check("\"x\"@en", "sh:path e:p ; sh:uniqueLang true", 0);
        check(&five, "sh:path e:p ; sh:or ( [ sh:nodeKind sh:IRI ] [ sh:datatype xsd:integer ] )", 0);
        check("\"x\"", "sh:path e:p ; sh:or ( [ sh:nodeKind sh:IRI ] [ sh:datatype xsd:integer ] )", 1);
    }

    #[test]
    fn what_is_not_known_is_an_error() {
        let store = Store::of(&Graph::default()).expect("empty");
        for shape in [
            "sh:property [ sh:path e:p ; sh:lessThan e:q ]",
            "sh:xone ()",
            "sh:property [ sh:minCount 1 ]",
            "sh:nodeKind e:x",
        ] {
            let shapes = format!("{PREFIXES} e:S a sh:NodeShape ; sh:targetClass e:C ; {shape} .");
            assert!(matches!(validate(&store, &shapes), Err(ShapesError::Unsupported { .. })), "{shape}");
        }
        assert!(matches!(validate(&store, "nonsense"), Err(ShapesError::Syntax(_))));
    }

    #[test]
    fn the_projects_own_shapes_are_understood() {
        let store = Store::of(&Graph::default()).expect("empty");
        assert_eq!(validate(&store, SHAPES).expect("known constraints"), []);
    }
}

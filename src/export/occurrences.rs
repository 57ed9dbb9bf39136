//! Every place where a stored graph shows a citation, a statement or a name: a row each.

use std::collections::HashMap;

use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Term, Triple};
use oxigraph::store::StorageError;

use super::variables::{Column, Type, Value};
use super::{Chosen, ExportError};
use crate::ontology::vocab as v;
use crate::store::Store;

/// The columns of the rows.
pub(super) const COLUMNS: [Column; 19] = [
    Column { name: "document", kind: Type::Text },
    Column { name: "document_iri", kind: Type::Text },
    Column { name: "date", kind: Type::Day },
    Column { name: "paragraph", kind: Type::Text },
    Column { name: "kind", kind: Type::Text },
    Column { name: "relation", kind: Type::Text },
    Column { name: "target", kind: Type::Text },
    Column { name: "target_iri", kind: Type::Text },
    Column { name: "verbs", kind: Type::List },
    Column { name: "treatments", kind: Type::List },
    Column { name: "pinpoint", kind: Type::Text },
    Column { name: "rule", kind: Type::Text },
    Column { name: "reason", kind: Type::Text },
    Column { name: "words", kind: Type::Text },
    Column { name: "sentence", kind: Type::Text },
    Column { name: "file", kind: Type::Text },
    Column { name: "start", kind: Type::Whole },
    Column { name: "end", kind: Type::Whole },
    Column { name: "page", kind: Type::Whole },
];

/// Gives every row, document by document, in order of paragraph and place.
///
/// # Errors
/// When the store cannot be read, or `row` fails.
pub(super) fn each(
    chosen: &Chosen<'_>,
    mut row: impl FnMut([Value; COLUMNS.len()]) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let mut names = Names { store: chosen.store, known: HashMap::new() };
    for place in &chosen.selection.nodes {
        let node = &chosen.network.graph[*place];
        if !node.is_text() {
            continue;
        }
        let mut rows = Vec::new();
        for annotation in annotations(chosen.store, &node.iri)? {
            // What is not in the network is no document or thing, but whoever cites may still say why.
            let target = annotation.target.as_deref().and_then(|iri| chosen.network.place(iri));
            let target = target.map(|place| &chosen.network.graph[place]);
            for at in &annotation.places {
                let file = at.source.as_ref().map(|iri| names.path(iri)).transpose()?.flatten();
                let verbs = annotation.verbs.iter().map(|verb| names.label(verb)).collect::<Result<Vec<_>, _>>()?;
                let kind = match annotation.sort {
                    Sort::Name => target.map_or("name", |node| node.kind.name()),
                    sort => sort.name(),
                };
                rows.push((
                    super::variables::place(&annotation.paragraph),
                    (at.start, at.end),
                    [
                        Value::text(&node.label),
                        Value::text(&node.iri),
                        node.date.map_or(Value::Nothing, Value::Day),
                        Value::text(&annotation.paragraph),
                        Value::text(kind),
                        annotation.relation.as_deref().map_or(Value::Nothing, Value::text),
                        target.map_or(Value::Nothing, |node| Value::text(&node.label)),
                        annotation.target.as_deref().map_or(Value::Nothing, Value::text),
                        Value::list(verbs),
                        Value::list(&annotation.treatments),
                        annotation.pinpoint.as_deref().map_or(Value::Nothing, Value::text),
                        annotation.rule.as_deref().map_or(Value::Nothing, Value::text),
                        annotation.reason.as_deref().map_or(Value::Nothing, Value::text),
                        Value::text(&at.words),
                        Value::text(&at.sentence),
                        file.as_deref().map_or(Value::Nothing, Value::text),
                        at.start.map_or(Value::Nothing, Value::Whole),
                        at.end.map_or(Value::Nothing, Value::Whole),
                        at.page.map_or(Value::Nothing, Value::Whole),
                    ],
                ));
            }
        }
        // Stable: what stands at one place keeps the order of its IRIs.
        rows.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        rows.into_iter().try_for_each(|(_, _, values)| row(values))?;
    }
    Ok(())
}

/// What an annotation says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Sort {
    /// Something is named.
    #[default]
    Name,
    /// Another document is cited.
    Citation,
    /// Another document is cited, but nobody knows which.
    Unresolved,
    /// A relation is stated.
    Relation,
}

impl Sort {
    fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Citation => "citation",
            Self::Unresolved => "unresolved",
            Self::Relation => "relation",
        }
    }
}

/// A citation, statement or name in a paragraph, with the places that show it.
#[derive(Debug, Default)]
pub(super) struct Annotation {
    pub(super) sort: Sort,
    pub(super) paragraph: String,
    pub(super) relation: Option<String>,
    /// IRI of what is cited or named, of the object of a relation.
    pub(super) target: Option<String>,
    pub(super) verbs: Vec<String>,
    pub(super) treatments: Vec<String>,
    pub(super) pinpoint: Option<String>,
    pub(super) rule: Option<String>,
    pub(super) reason: Option<String>,
    pub(super) places: Vec<Place>,
}

/// Where a file shows it.
#[derive(Debug, Default)]
pub(super) struct Place {
    /// IRI of the file.
    pub(super) source: Option<String>,
    pub(super) start: Option<i64>,
    pub(super) end: Option<i64>,
    pub(super) page: Option<i64>,
    pub(super) words: String,
    pub(super) sentence: String,
}

/// The annotations of a document or file, in order of their IRIs.
pub(super) fn annotations(store: &Store, iri: &str) -> Result<Vec<Annotation>, StorageError> {
    let within = format!("{iri}#");
    let mut all = Vec::new();
    let mut current: Option<(String, Vec<Triple>)> = None;
    for triple in store.about(iri) {
        let triple = triple?;
        let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { continue };
        if !subject.as_str().starts_with(&within) {
            continue;
        }
        match &mut current {
            Some((of, triples)) if of == subject.as_str() => triples.push(triple),
            _ => {
                let next = (subject.as_str().to_owned(), vec![triple]);
                if let Some((_, triples)) = current.replace(next) {
                    all.extend(annotation(store, &triples)?);
                }
            }
        }
    }
    if let Some((_, triples)) = current {
        all.extend(annotation(store, &triples)?);
    }
    Ok(all)
}

/// An annotation from its triples; `None` where they are of something else.
fn annotation(store: &Store, triples: &[Triple]) -> Result<Option<Annotation>, StorageError> {
    let mut found = Annotation::default();
    let mut targets = Vec::new();
    for triple in triples {
        match (triple.predicate.as_str(), &triple.object) {
            (v::OA_HAS_TARGET, Term::NamedNode(place)) => targets.push(place.as_str()),
            (v::OA_HAS_BODY | v::CITO_HAS_CITED_ENTITY | v::RDF_OBJECT, Term::NamedNode(node)) => {
                found.target = Some(node.as_str().to_owned());
            }
            (v::RDF_TYPE, Term::NamedNode(class)) => {
                let sort = match class.as_str() {
                    v::CITO_CITATION => Sort::Citation,
                    v::RG_UNRESOLVED_CITATION => Sort::Unresolved,
                    v::RDF_STATEMENT => Sort::Relation,
                    _ => Sort::Name,
                };
                found.sort = found.sort.max(sort);
            }
            (v::RDF_PREDICATE, Term::NamedNode(node)) => {
                found.relation = node.as_str().rsplit(['#', '/']).next().map(str::to_owned);
            }
            (v::RG_PARAGRAPH, Term::NamedNode(node)) => {
                found.paragraph = node.as_str().split_once('#').map_or("", |(_, name)| name).to_owned();
            }
            (v::RG_VERB_USED, Term::NamedNode(verb)) => found.verbs.push(verb.as_str().to_owned()),
            (v::CITO_HAS_CITATION_CHARACTERIZATION, Term::NamedNode(treatment)) => {
                found.treatments.push(super::variables::prefixed(treatment.as_str()));
            }
            (v::RG_PINPOINT, Term::Literal(text)) => found.pinpoint = Some(text.value().to_owned()),
            (v::RG_RULE, Term::Literal(text)) => found.rule = Some(text.value().to_owned()),
            (v::RG_REASON, Term::Literal(text)) => found.reason = Some(text.value().to_owned()),
            _ => {}
        }
    }
    for target in &targets {
        found.places.push(place(store, target)?);
    }
    Ok((!targets.is_empty()).then_some(found))
}

fn place(store: &Store, iri: &str) -> Result<Place, StorageError> {
    let mut place = Place::default();
    for triple in store.about(iri) {
        let triple = triple?;
        match (triple.predicate.as_str(), triple.object) {
            (v::OA_HAS_SOURCE, Term::NamedNode(file)) => place.source = Some(file.into_string()),
            (v::OA_START, Term::Literal(n)) => place.start = n.value().parse().ok(),
            (v::OA_END, Term::Literal(n)) => place.end = n.value().parse().ok(),
            (v::RG_PAGE, Term::Literal(n)) => place.page = n.value().parse().ok(),
            (v::OA_EXACT, Term::Literal(text)) => place.words = text.value().to_owned(),
            (v::RG_SENTENCE, Term::Literal(text)) => place.sentence = text.value().to_owned(),
            _ => {}
        }
    }
    Ok(place)
}

/// Paths of files and names of verbs, each read once.
struct Names<'s> {
    store: &'s Store,
    known: HashMap<String, Option<String>>,
}

impl Names<'_> {
    fn first(&mut self, iri: &str, property: &str) -> Result<Option<String>, StorageError> {
        if let Some(known) = self.known.get(iri) {
            return Ok(known.clone());
        }
        let [subject, property] = [iri, property].map(NamedNodeRef::new_unchecked);
        let mut texts = Vec::new();
        for triple in self.store.triples(Some(subject.into()), Some(property), None) {
            if let Term::Literal(text) = triple?.object {
                texts.push(text.destruct().0);
            }
        }
        let first = texts.into_iter().min();
        self.known.insert(iri.to_owned(), first.clone());
        Ok(first)
    }

    fn path(&mut self, file: &str) -> Result<Option<String>, StorageError> {
        self.first(file, v::RG_PATH)
    }

    fn label(&mut self, verb: &str) -> Result<String, StorageError> {
        let label = self.first(verb, v::RDFS_LABEL)?;
        Ok(label.unwrap_or_else(|| verb.rsplit('/').next().unwrap_or(verb).to_owned()))
    }
}

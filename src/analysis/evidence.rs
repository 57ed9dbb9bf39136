//! Where a citation or a statement stands, and the sentence that shows it.

use oxigraph::model::{NamedNodeRef, Term};
use oxigraph::store::StorageError;

use crate::ontology::vocab as v;
use crate::store::Store;

/// The ground of an edge: a citation or a statement, with where it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// IRI of the citation or statement.
    pub iri: String,
    /// IRI of the paragraph; empty where the graph knows none.
    pub paragraph: String,
    /// The sentence; of several files that show it, one in English, the longest.
    pub sentence: String,
    /// Lemma of the verb.
    pub verb: Option<String>,
    /// Citation properties (IRIs), in order.
    pub treatments: Vec<String>,
}

impl Evidence {
    /// Name of the paragraph inside its document: `op12`.
    #[must_use]
    pub fn part(&self) -> &str {
        self.paragraph.rsplit_once('#').map_or("", |(_, part)| part)
    }

    /// Whether it stands in the operative part.
    #[must_use]
    pub fn is_operative(&self) -> bool {
        self.part().starts_with("op")
    }
}

/// What is said of a citation or statement.
///
/// # Errors
/// When the store cannot be read.
pub fn evidence(store: &Store, iri: &str) -> Result<Evidence, StorageError> {
    let paragraph = iris(store, iri, v::RG_PARAGRAPH)?.into_iter().next().unwrap_or_default();
    let mut sentences = Vec::new();
    for place in iris(store, iri, v::OA_HAS_TARGET)? {
        let english = iris(store, &place, v::OA_HAS_SOURCE)?.iter().try_fold(false, |known, source| {
            let expressions = iris(store, source, v::ELI_EMBODIES)?;
            Ok::<_, StorageError>(known || expressions.iter().any(|e| e.ends_with("/en")))
        })?;
        sentences.extend(literals(store, &place, v::RG_SENTENCE)?.into_iter().map(|sentence| (!english, sentence)));
    }
    sentences.sort_by_key(|(foreign, s)| (*foreign, std::cmp::Reverse(s.len()), s.clone()));
    let verb = match iris(store, iri, v::RG_VERB_USED)?.first() {
        Some(verb) => literal(store, verb, v::RDFS_LABEL)?,
        None => None,
    };
    Ok(Evidence {
        iri: iri.to_owned(),
        paragraph,
        sentence: sentences.into_iter().next().map(|(_, sentence)| sentence).unwrap_or_default(),
        verb,
        treatments: iris(store, iri, v::CITO_HAS_CITATION_CHARACTERIZATION)?,
    })
}

/// Of several grounds of one edge the one to show: of the operative part before others, then in order of the paragraphs.
///
/// # Errors
/// When the store cannot be read.
pub fn best(store: &Store, grounds: &[String]) -> Result<Option<Evidence>, StorageError> {
    let all: Vec<Evidence> = grounds.iter().map(|iri| evidence(store, iri)).collect::<Result<_, _>>()?;
    Ok(all.into_iter().min_by_key(|e| (!e.is_operative(), e.sentence.is_empty(), e.iri.clone())))
}

/// The IRIs that are a property of a subject, in order.
pub(crate) fn iris(store: &Store, subject: &str, property: &str) -> Result<Vec<String>, StorageError> {
    let mut all = Vec::new();
    for triple in triples(store, Some(subject), property, None) {
        if let Term::NamedNode(object) = triple?.object {
            all.push(object.into_string());
        }
    }
    all.sort();
    Ok(all)
}

/// The subjects that have an IRI as a property, in order.
pub(crate) fn subjects(store: &Store, property: &str, object: &str) -> Result<Vec<String>, StorageError> {
    let mut all = Vec::new();
    for triple in triples(store, None, property, Some(object)) {
        if let oxigraph::model::NamedOrBlankNode::NamedNode(subject) = triple?.subject {
            all.push(subject.into_string());
        }
    }
    all.sort();
    Ok(all)
}

/// The literals that are a property of a subject, in order.
pub(crate) fn literals(store: &Store, subject: &str, property: &str) -> Result<Vec<String>, StorageError> {
    let mut all = Vec::new();
    for triple in triples(store, Some(subject), property, None) {
        if let Term::Literal(literal) = triple?.object {
            all.push(literal.destruct().0);
        }
    }
    all.sort();
    Ok(all)
}

/// The first of them.
pub(crate) fn literal(store: &Store, subject: &str, property: &str) -> Result<Option<String>, StorageError> {
    Ok(literals(store, subject, property)?.into_iter().next())
}

fn triples<'s>(
    store: &'s Store,
    subject: Option<&str>,
    property: &str,
    object: Option<&str>,
) -> crate::store::Triples<'s> {
    let subject = subject.map(NamedNodeRef::new_unchecked).map(Into::into);
    let object = object.map(NamedNodeRef::new_unchecked).map(Into::into);
    store.triples(subject, Some(NamedNodeRef::new_unchecked(property)), object)
}

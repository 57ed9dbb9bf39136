//! What the graph says of a thing, in a document that ends: of what a hundred thousand documents name, not all are
//! listed, but a query for them is.

use std::collections::BTreeSet;

use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Triple};
use oxigraph::store::StorageError;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::ontology::vocab as v;
use crate::store::Store;

/// Triples about a thing and its parts: the largest documents have some more.
const MOST_ABOUT: usize = 50_000;
/// Triples of one property that point at it.
const MOST_POINTING: usize = 300;

/// All but what RFC 3986 leaves alone.
const IN_QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A description, and the document that it stands in.
pub(super) struct Described<'a> {
    /// What is described.
    pub iri: &'a NamedNode,
    /// Address of the document.
    pub document: &'a str,
    /// Address that addresses of this server begin with.
    pub origin: &'a str,
    /// IRI of the data set that the description is of.
    pub data_set: &'a str,
}

impl Described<'_> {
    /// The triples: about the thing and its parts, in order, then those that point at it, then what the document
    /// says of itself; empty where the graph says nothing of the thing.
    pub(super) fn triples(&self, store: &Store) -> Result<Vec<Triple>, StorageError> {
        let mut all: Vec<Triple> = store.about(self.iri.as_str()).take(MOST_ABOUT + 1).collect::<Result<_, _>>()?;
        let is_cut = all.len() > MOST_ABOUT;
        all.truncate(MOST_ABOUT);
        let pointing = store.pointing_at(self.iri.as_str(), MOST_POINTING)?;
        // What a part says of the whole is there already.
        let known: BTreeSet<String> = if pointing.triples.is_empty() {
            BTreeSet::new()
        } else {
            let own = |t: &&Triple| t.object == self.iri.clone().into();
            all.iter().filter(own).map(ToString::to_string).collect()
        };
        all.extend(pointing.triples.into_iter().filter(|triple| !known.contains(&triple.to_string())));
        if all.is_empty() {
            return Ok(all);
        }
        self.say_of_document(&mut all);
        if is_cut {
            let pattern = format!("FILTER(STRSTARTS(STR(?s), \"{}#\"))", self.iri.as_str());
            let note = format!("only the first {MOST_ABOUT} triples about this and its parts are listed");
            self.refer(&mut all, &note, &format!("CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o {pattern} }}"));
        }
        for (property, count) in pointing.cut {
            let note = format!("{MOST_POINTING} of {count} triples with the property {property} are listed");
            let pattern = format!("{{ ?s <{property}> {} }}", self.iri);
            self.refer(&mut all, &note, &format!("CONSTRUCT {pattern} WHERE {pattern}"));
        }
        Ok(all)
    }

    fn document(&self) -> NamedNode {
        NamedNode::new_unchecked(self.document)
    }

    fn say_of_document(&self, all: &mut Vec<Triple>) {
        let property = NamedNodeRef::new_unchecked;
        let data_set = NamedNode::new_unchecked(self.data_set);
        all.push(Triple::new(self.document(), property(v::FOAF_PRIMARY_TOPIC), self.iri.clone()));
        all.push(Triple::new(self.document(), property(v::VOID_IN_DATASET), data_set));
    }

    /// What is left out, and the query for it.
    fn refer(&self, all: &mut Vec<Triple>, note: &str, query: &str) {
        let property = NamedNodeRef::new_unchecked;
        let note = Literal::new_language_tagged_literal_unchecked(note, "en");
        let query = format!("{}/sparql?query={}", self.origin, utf8_percent_encode(query, IN_QUERY));
        all.push(Triple::new(self.document(), property(v::RDFS_COMMENT), note));
        all.push(Triple::new(self.document(), property(v::RDFS_SEE_ALSO), NamedNode::new_unchecked(query)));
    }
}

//! RDF in every syntax, whole or the part that is selected.

use std::collections::BTreeSet;
use std::io::Write;

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSerializer, WriterQuadSerializer};
use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Term, Triple};

use super::ExportError;
use super::select::{self, Options};
use crate::graph::Network;
use crate::graph::network::Relation;
use crate::ontology::vocab as v;
use crate::store::Store;

/// A syntax of RDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of the W3C")]
pub enum Syntax {
    NTriples,
    NQuads,
    Turtle,
    TriG,
    RdfXml,
    JsonLd,
}

impl Syntax {
    /// As Oxigraph knows it.
    #[must_use]
    pub fn format(self) -> RdfFormat {
        match self {
            Self::NTriples => RdfFormat::NTriples,
            Self::NQuads => RdfFormat::NQuads,
            Self::Turtle => RdfFormat::Turtle,
            Self::TriG => RdfFormat::TriG,
            Self::RdfXml => RdfFormat::RdfXml,
            Self::JsonLd => RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
        }
    }
}

/// Writes the triples of a stored graph; says how many.
pub(super) fn write(store: &Store, syntax: Syntax, options: &Options, out: impl Write) -> Result<usize, ExportError> {
    // Triples of the default graph are the same lines in N-Triples and N-Quads, and are stored so spelt.
    if options.is_whole() && matches!(syntax, Syntax::NTriples | Syntax::NQuads) {
        let index = store.index()?;
        index.write_ntriples(out)?;
        return Ok(index.len());
    }
    let mut serializer = RdfSerializer::from_format(syntax.format());
    for (prefix, namespace) in v::PREFIXES {
        // A namespace of the table is an IRI, so that the serialiser has no reason to refuse it.
        serializer = serializer.clone().with_prefix(*prefix, *namespace).unwrap_or(serializer);
    }
    let mut sink = Sink { writer: serializer.for_writer(out), count: 0 };
    if options.is_whole() {
        for triple in store.triples(None, None, None) {
            sink.write(&triple?)?;
        }
    } else {
        part(store, options, &mut sink)?;
    }
    sink.writer.finish()?;
    Ok(sink.count)
}

struct Sink<W: Write> {
    writer: WriterQuadSerializer<W>,
    count: usize,
}

impl<W: Write> Sink<W> {
    fn write(&mut self, triple: &Triple) -> Result<(), ExportError> {
        self.writer.serialize_triple(triple)?;
        self.count += 1;
        Ok(())
    }
}

/// The selected nodes with their paragraphs and evidence. What says something of a node that is
/// not selected stays out, with its evidence.
fn part<W: Write>(store: &Store, options: &Options, sink: &mut Sink<W>) -> Result<(), ExportError> {
    // All relations, to know every node from everything else.
    let network = Network::load(store, &options.relations())?;
    let selection = select::select(&network, options)?;
    let chosen: BTreeSet<_> = selection.nodes.iter().copied().collect();
    let stays_out = |triple: &Triple| match &triple.object {
        Term::NamedNode(node) => network.place(node.as_str()).is_some_and(|place| !chosen.contains(&place)),
        _ => false,
    };
    let evidence = BTreeSet::from([v::OA_HAS_TARGET, v::PROV_WAS_DERIVED_FROM]);
    let statement_relation = relations_to_keep(options);
    // Places and files, once each, however many citations they show.
    let mut further = BTreeSet::new();
    let mut written = BTreeSet::new();
    for node in &selection.nodes {
        let iri = &network.graph[*node].iri;
        written.insert(iri.clone());
        let triples: Vec<Triple> = store.about(iri).collect::<Result<_, _>>()?;
        for about in triples.chunk_by(|a, b| a.subject == b.subject) {
            let own = matches!(&about[0].subject, NamedOrBlankNode::NamedNode(s) if s.as_str() == iri);
            if !own && (about.iter().any(stays_out) || !about.iter().all(&statement_relation)) {
                continue;
            }
            for triple in about.iter().filter(|t| !own || !stays_out(t)) {
                if let (true, Term::NamedNode(place)) = (evidence.contains(triple.predicate.as_str()), &triple.object) {
                    further.insert((triple.predicate.as_str() == v::OA_HAS_TARGET, place.as_str().to_owned()));
                }
                sink.write(triple)?;
            }
        }
    }
    for (is_place, iri) in further.into_iter().filter(|(_, iri)| !written.contains(iri)) {
        let node = NamedNodeRef::new_unchecked(&iri);
        let triples = if is_place { store.about(&iri) } else { store.triples(Some(node.into()), None, None) };
        for triple in triples {
            sink.write(&triple?)?;
        }
    }
    Ok(())
}

/// Whether a triple about an annotation is of a relation that is asked for; mentions of selected
/// things count as evidence of them.
fn relations_to_keep(options: &Options) -> impl Fn(&Triple) -> bool {
    let relations = options.relations();
    move |triple| {
        let is_citation = triple.predicate.as_str() == v::CITO_HAS_CITED_ENTITY;
        !is_citation || relations.contains(&Relation::Cites)
    }
}

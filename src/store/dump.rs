//! A graph or all of them, written piece by piece as somebody takes the pieces: it costs no more memory
//! than one, and waits for as long as it takes.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use oxigraph::io::{RdfFormat, RdfSerializer, WriterQuadSerializer};
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use rustc_hash::FxHashMap;

use super::changes::{Found, InGraph, Overlay};
use super::index::{Damage, parse};
use super::{Store, StoreError, triple};

/// Bytes of a piece, more or less.
const PIECE: usize = 32 << 10;
/// Triples that were removed, and are passed over before a piece is given although it is short or empty.
const SKIPS: usize = 1 << 14;
/// Predicates whose spelling is kept: there are few.
const PREDICATES: usize = 4096;

/// What is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Extent {
    /// The triples of the default graph.
    Default,
    /// The triples of a graph with a name.
    Named(NamedNode),
    /// Every quad.
    All,
}

/// Why a dump breaks off.
#[derive(Debug, thiserror::Error)]
pub enum DumpError {
    /// The graph is damaged.
    #[error("the graph cannot be used: {0}; build it again")]
    Damaged(#[from] Damage),
    /// It cannot be said in this format, such as a property that is no XML name.
    #[error("this cannot be written in this format: {0}; try N-Triples")]
    Format(#[from] io::Error),
}

/// A graph on its way out.
pub struct Dump {
    /// What is to come; the default graph first.
    parts: Vec<Found>,
    /// Whether graphs are named: one graph is written as triples.
    names: bool,
    out: Out,
    buffer: Buffer,
}

/// How it is written.
enum Out {
    /// Lines of spellings, which are what N-Triples and N-Quads are.
    Lines(Spellings),
    Serializer(Box<WriterQuadSerializer<Buffer>>),
    /// To its end, or to where it broke off.
    Done,
}

/// What was written and not yet taken.
#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Buffer {
    fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Spellings that come again at once.
#[derive(Default)]
struct Spellings {
    subject: Option<(u32, String)>,
    predicates: FxHashMap<u32, String>,
}

impl Spellings {
    fn line(&mut self, graph: &Overlay, [s, p, o]: [u32; 3], name: Option<u32>) -> Result<String, Damage> {
        if self.subject.as_ref().is_none_or(|(id, _)| *id != s) {
            self.subject = Some((s, graph.spelling(s)?));
        }
        if !self.predicates.contains_key(&p) {
            if self.predicates.len() >= PREDICATES {
                self.predicates.clear();
            }
            self.predicates.insert(p, graph.spelling(p)?);
        }
        let subject = self.subject.as_ref().map_or("", |(_, spelling)| spelling);
        let predicate = self.predicates.get(&p).map_or("", |spelling| spelling);
        let object = graph.spelling(o)?;
        Ok(match name {
            Some(name) => format!("{subject} {predicate} {object} {} .\n", graph.spelling(name)?),
            None => format!("{subject} {predicate} {object} .\n"),
        })
    }
}

impl Store {
    /// Begins to write out triples or quads; `None` where there is no such graph. A change that is made
    /// meanwhile does not show.
    ///
    /// # Errors
    /// When the graph cannot be read.
    pub fn dump(&self, extent: &Extent, serializer: RdfSerializer) -> Result<Option<Dump>, StoreError> {
        let graph = match self.overlay() {
            Ok(graph) => graph,
            Err(_) => self.index()?.into(),
        };
        let within = match extent {
            Extent::Default | Extent::All => InGraph::Default,
            Extent::Named(name) => match graph.id(&name.to_string())?.filter(|id| graph.is_graph(*id)) {
                Some(id) => InGraph::Named(id),
                None => return Ok(None),
            },
        };
        let mut parts = vec![graph.find([None; 3], within)?];
        if *extent == Extent::All {
            parts.insert(0, graph.find([None; 3], InGraph::AnyNamed)?);
        }
        let buffer = Buffer::default();
        let out = match serializer.format() {
            RdfFormat::NTriples | RdfFormat::NQuads => Out::Lines(Spellings::default()),
            _ => Out::Serializer(Box::new(serializer.for_writer(buffer.clone()))),
        };
        Ok(Some(Dump { parts, names: *extent == Extent::All, out, buffer }))
    }

    /// Whether there is a graph of this name.
    ///
    /// # Errors
    /// When the graph cannot be read.
    pub fn has_graph(&self, name: &NamedNode) -> Result<bool, StoreError> {
        Ok(match self.overlay() {
            Ok(graph) => graph.has_graph(&name.to_string())?,
            Err(store) => store.contains_named_graph(name)?,
        })
    }
}

impl Dump {
    fn write(&mut self, found: &Found, ids: [u32; 3], name: Option<u32>) -> Result<(), DumpError> {
        let (graph, name) = (found.overlay(), name.filter(|_| self.names));
        match &mut self.out {
            Out::Lines(spellings) => self.buffer.write_all(spellings.line(graph, ids, name)?.as_bytes())?,
            Out::Serializer(serializer) => {
                let triple = triple(graph, ids)?;
                let name = name.map(|name| graph.spelling(name)).transpose()?;
                let name = match name.map(|name| parse(&name)) {
                    Some(Term::NamedNode(name)) => name.into(),
                    Some(Term::BlankNode(name)) => NamedOrBlankNode::from(name).into(),
                    _ => GraphName::DefaultGraph,
                };
                serializer.serialize_quad(&Quad { graph_name: name, ..triple.in_graph(GraphName::DefaultGraph) })?;
            }
            Out::Done => {}
        }
        Ok(())
    }
}

impl Iterator for Dump {
    type Item = Result<Vec<u8>, DumpError>;

    /// The next piece. It is empty where nothing but removed triples was come upon for a while.
    fn next(&mut self) -> Option<Self::Item> {
        let mut skips = SKIPS;
        while let Some(mut part) = self.parts.pop() {
            while self.buffer.len() < PIECE {
                let written = match part.next_within(&mut skips) {
                    Some(Ok((ids, name))) => self.write(&part, ids, name),
                    Some(Err(damage)) => Err(damage.into()),
                    None => break,
                };
                if let Err(error) = written {
                    (self.parts, self.out) = (Vec::new(), Out::Done);
                    return Some(Err(error));
                }
            }
            if self.buffer.len() >= PIECE || skips == 0 {
                self.parts.push(part);
                return Some(Ok(self.buffer.take()));
            }
        }
        if let Out::Serializer(serializer) = std::mem::replace(&mut self.out, Out::Done)
            && let Err(error) = serializer.finish()
        {
            return Some(Err(error.into()));
        }
        let rest = self.buffer.take();
        (!rest.is_empty()).then_some(Ok(rest))
    }
}

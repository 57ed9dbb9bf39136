//! A graph file with what differs from it: how a graph is at one moment.

use std::sync::Arc;

use oxigraph::model::Term;

use super::delta::{Cursor, Delta};
use crate::store::index::{Damage, Index, Matches, parse};

/// A graph at one moment. Clones are cheap, and see the same.
#[derive(Debug, Clone)]
pub struct Overlay {
    pub(in crate::store) index: Arc<Index>,
    /// `None` where nothing differs: the index alone tells all.
    pub(in crate::store) delta: Option<Arc<Delta>>,
}

/// The graphs in which something is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InGraph {
    /// The default graph.
    Default,
    /// One, by the number of its name.
    Named(u32),
    /// All that have names.
    AnyNamed,
}

impl From<Arc<Index>> for Overlay {
    fn from(index: Arc<Index>) -> Self {
        Self { index, delta: None }
    }
}

impl Overlay {
    /// How many terms have numbers, from zero on.
    pub(in crate::store) fn terms(&self) -> usize {
        self.index.terms() + self.delta.as_ref().map_or(0, |delta| delta.terms())
    }

    /// A term as N-Triples spells it.
    pub(in crate::store) fn spelling(&self, id: u32) -> Result<String, Damage> {
        match self.delta.as_ref().and_then(|delta| delta.spelling(id)) {
            Some(own) => Ok(own.to_owned()),
            None => self.index.spelling(id),
        }
    }

    /// A term.
    pub(in crate::store) fn term(&self, id: u32) -> Result<Term, Damage> {
        Ok(parse(&self.spelling(id)?))
    }

    /// The number of a term.
    pub(in crate::store) fn id(&self, spelling: &str) -> Result<Option<u32>, Damage> {
        let own = self.delta.as_ref().and_then(|delta| delta.id(spelling));
        if own.is_some() { Ok(own) } else { self.index.id(spelling) }
    }

    /// The numbers of all terms whose spelling begins with `prefix`.
    pub(in crate::store) fn beginning_with(&self, prefix: &str) -> Result<impl Iterator<Item = u32> + use<>, Damage> {
        let own = self.delta.as_ref().map(|delta| delta.ids_where(|spelling| spelling.starts_with(prefix)));
        Ok(self.index.beginning_with(prefix)?.chain(own.into_iter().flatten()))
    }

    /// How many triples the default graph has.
    pub(in crate::store) fn len(&self) -> usize {
        self.delta.as_ref().map_or(self.index.len(), |delta| delta.len(self.index.len()))
    }

    /// The numbers of the names of graphs.
    pub(in crate::store) fn graphs(&self) -> Vec<u32> {
        self.delta.as_ref().map_or_else(Vec::new, |delta| delta.graphs().iter().copied().collect())
    }

    pub(in crate::store) fn is_graph(&self, id: u32) -> bool {
        self.delta.as_ref().is_some_and(|delta| delta.graphs().contains(&id))
    }

    /// Whether there is a graph of this name.
    pub(in crate::store) fn has_graph(&self, name: &str) -> Result<bool, Damage> {
        Ok(self.id(name)?.is_some_and(|id| self.is_graph(id)))
    }

    /// Whether a triple is in a graph.
    pub(in crate::store) fn contains(&self, triple: [u32; 3], graph: Option<u32>) -> Result<bool, Damage> {
        if let Some(delta) = &self.delta {
            if delta.has_added(triple, graph) {
                return Ok(true);
            }
            if delta.leaves_out(triple) {
                return Ok(false);
            }
        }
        Ok(graph.is_none() && self.index.contains(triple)?)
    }

    /// The triples that match a pattern, first those of the file.
    pub(in crate::store) fn find(&self, triple: [Option<u32>; 3], graph: InGraph) -> Result<Found, Damage> {
        let hidden = self.delta.as_ref().is_some_and(|delta| delta.hides_all());
        let [subject, predicate, object] = triple;
        let matches = match graph {
            InGraph::Default if !hidden => self.index.find(subject, predicate, object)?,
            _ => Matches::none(),
        };
        let added = self.delta.as_ref().map(|_| Cursor::new(triple, graph));
        Ok(Found { overlay: self.clone(), matches, added })
    }
}

/// The triples that match a pattern, as numbers of terms, each with the name of its graph unless that
/// is the default graph.
#[derive(Debug, Clone)]
pub struct Found {
    overlay: Overlay,
    matches: Matches,
    added: Option<Cursor>,
}

impl Found {
    pub(in crate::store) fn none(overlay: &Overlay) -> Self {
        Self { overlay: overlay.clone(), matches: Matches::none(), added: None }
    }

    pub(in crate::store) fn overlay(&self) -> &Overlay {
        &self.overlay
    }

    /// The next one, unless that many triples of the file that are left out come before it: then `skips`
    /// is zero and the rest is yet to come.
    #[inline]
    pub(in crate::store) fn next_within(&mut self, skips: &mut usize) -> Option<<Self as Iterator>::Item> {
        let Overlay { index, delta } = &self.overlay;
        while *skips > 0 {
            match (self.matches.next(index), delta) {
                (Some(Ok(triple)), Some(delta)) if delta.leaves_out(triple) => *skips -= 1,
                (Some(found), _) => return Some(found.map(|triple| (triple, None))),
                (None, _) => return self.added.as_mut()?.next(delta.as_ref()?.added()).map(Ok),
            }
        }
        None
    }
}

impl Iterator for Found {
    type Item = Result<([u32; 3], Option<u32>), Damage>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.next_within(&mut { usize::MAX })
    }
}

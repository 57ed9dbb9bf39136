//! What differs from the graph file: triples of its that are left out, and quads that it does not have.

use std::collections::BTreeSet;
use std::ops::Bound;

use rustc_hash::FxHashSet;

use super::edit::{Edit, Graphs, Statement, Step};
use super::journal::Record;
use super::overlay::InGraph;
use crate::graph::Terms;
use crate::store::index::{Damage, Index};

/// In place of a graph's name: the default graph. No term has this number.
const DEFAULT: u32 = u32::MAX;

/// What differs from a graph file.
#[derive(Debug, Clone, Default)]
pub struct Delta {
    /// Terms that the file does not know, numbered on from its own.
    terms: Terms,
    first: u32,
    /// What the file does not have.
    added: Quads,
    /// Whether all that the file has is left out.
    hidden: bool,
    /// What is left out of it.
    removed: FxHashSet<[u32; 3]>,
    /// Names of graphs, also of empty ones.
    graphs: BTreeSet<u32>,
    /// What was added and the file has, since a build has brought it: for builds that do not.
    held: FxHashSet<[u32; 3]>,
    /// What was removed and the file does not have, since a build has left it out: for builds that do not.
    missed: FxHashSet<[u32; 3]>,
}

impl Delta {
    /// No difference from `index`.
    pub(super) fn over(index: &Index) -> Self {
        Self { first: index.terms() as u32, ..Self::default() }
    }

    /// Whether there is no difference that shows.
    pub(super) fn is_empty(&self) -> bool {
        self.added.is_empty() && !self.hidden && self.removed.is_empty() && self.graphs.is_empty()
    }

    /// How many terms it has of its own.
    pub(super) fn terms(&self) -> usize {
        self.terms.len()
    }

    /// The spelling of one of its own terms.
    pub(super) fn spelling(&self, id: u32) -> Option<&str> {
        let own = id.checked_sub(self.first).filter(|own| (*own as usize) < self.terms.len())?;
        Some(self.terms.spelling(own))
    }

    /// The number of one of its own terms.
    pub(super) fn id(&self, spelling: &str) -> Option<u32> {
        Some(self.first + self.terms.find(spelling)?)
    }

    /// Numbers of its own terms that `wanted` holds of.
    pub(super) fn ids_where(&self, wanted: impl Fn(&str) -> bool) -> Vec<u32> {
        let own = 0..self.terms.len() as u32;
        own.filter(|id| wanted(self.terms.spelling(*id))).map(|id| self.first + id).collect()
    }

    /// Whether a triple of the file is left out.
    pub(super) fn leaves_out(&self, triple: [u32; 3]) -> bool {
        self.hidden || self.removed.contains(&triple)
    }

    /// Whether everything in the file is left out.
    pub(super) fn hides_all(&self) -> bool {
        self.hidden
    }

    pub(super) fn graphs(&self) -> &BTreeSet<u32> {
        &self.graphs
    }

    pub(super) fn added(&self) -> &Quads {
        &self.added
    }

    pub(super) fn has_added(&self, triple: [u32; 3], graph: Option<u32>) -> bool {
        self.added.contains(triple, graph.unwrap_or(DEFAULT))
    }

    /// Triples of the default graph, besides or less than those of a file with `triples`.
    pub(super) fn len(&self, triples: usize) -> usize {
        let kept = if self.hidden { 0 } else { triples - self.removed.len() };
        kept + self.added.in_default
    }

    /// Takes in a record of the journal.
    pub(super) fn take_in(&mut self, index: &Index, version: &str, record: &Record) -> Result<(), Damage> {
        let Record { edit, version: made_on } = record;
        // What emptied another version of the graph does not empty this one.
        self.apply(index, &edit.terms, &edit.steps, &mut Vec::new(), version == made_on)
    }

    /// Has steps happen. `numbers` keeps the numbers of their terms; `hides` tells whether clearing the
    /// default graph leaves out the triples of the file.
    pub(super) fn apply(
        &mut self,
        index: &Index,
        terms: &Terms,
        steps: &[Step],
        numbers: &mut Vec<Option<u32>>,
        hides: bool,
    ) -> Result<(), Damage> {
        numbers.resize(terms.len(), None);
        let mut number = |delta: &mut Self, place: u32| -> Result<u32, Damage> {
            let known = numbers.get_mut(place as usize).ok_or(Damage::Contradiction)?;
            match known {
                Some(number) => Ok(*number),
                None => Ok(*known.insert(delta.number(index, terms.spelling(place))?)),
            }
        };
        for step in steps {
            match *step {
                Step::Add(Statement { triple: [s, p, o], graph }) => {
                    let triple = [number(self, s)?, number(self, p)?, number(self, o)?];
                    match graph {
                        Some(name) => {
                            let name = number(self, name)?;
                            self.graphs.insert(name);
                            self.added.insert(triple, name);
                        }
                        None => self.add(index, triple)?,
                    }
                }
                Step::Remove(Statement { triple: [s, p, o], graph }) => {
                    let triple = [number(self, s)?, number(self, p)?, number(self, o)?];
                    match graph {
                        Some(name) => {
                            let name = number(self, name)?;
                            self.added.remove(triple, name);
                        }
                        None => self.remove(index, triple)?,
                    }
                }
                Step::Create(name) => {
                    let name = number(self, name)?;
                    self.graphs.insert(name);
                }
                Step::Clear(graphs) | Step::Drop(graphs) => {
                    let name = match graphs {
                        Graphs::Named(name) => Some(number(self, name)?),
                        _ => None,
                    };
                    self.clear(index, graphs, name, hides, matches!(step, Step::Drop(_)));
                }
            }
        }
        Ok(())
    }

    fn number(&mut self, index: &Index, spelling: &str) -> Result<u32, Damage> {
        if let Some(id) = index.id(spelling)? {
            return Ok(id);
        }
        let own = self.terms.intern(spelling);
        // Room is left for the terms that queries make.
        own.checked_add(self.first).filter(|id| *id < u32::MAX / 4 * 3).ok_or(Damage::TooLarge)
    }

    fn add(&mut self, index: &Index, triple: [u32; 3]) -> Result<(), Damage> {
        self.missed.remove(&triple);
        if self.removed.remove(&triple) {
            return Ok(());
        }
        if !self.hidden && index.contains(triple)? {
            self.held.insert(triple);
        } else {
            self.added.insert(triple, DEFAULT);
        }
        Ok(())
    }

    fn remove(&mut self, index: &Index, triple: [u32; 3]) -> Result<(), Damage> {
        self.held.remove(&triple);
        let was_added = self.added.remove(triple, DEFAULT);
        if self.hidden {
            return Ok(());
        }
        if index.contains(triple)? {
            self.removed.insert(triple);
        } else if !was_added {
            self.missed.insert(triple);
        }
        Ok(())
    }

    fn clear(&mut self, index: &Index, graphs: Graphs, name: Option<u32>, hides: bool, drops: bool) {
        if matches!(graphs, Graphs::Default | Graphs::All) {
            self.added.clear(DEFAULT);
            self.held.clear();
            if hides {
                self.removed.clear();
                self.missed.clear();
                self.hidden = !index.is_empty();
            }
        }
        match graphs {
            Graphs::Default => {}
            Graphs::Named(_) => {
                let name = name.unwrap_or(DEFAULT);
                self.added.clear(name);
                if drops {
                    self.graphs.remove(&name);
                }
            }
            Graphs::AllNamed | Graphs::All => {
                for name in &self.graphs {
                    self.added.clear(*name);
                }
                if drops {
                    self.graphs.clear();
                }
            }
        }
    }

    /// The edit that makes the same difference in one go.
    pub(super) fn net(&self, index: &Index) -> Result<Edit, Damage> {
        let mut edit = Edit::default();
        let mut term = |id: u32| -> Result<u32, Damage> {
            Ok(match self.spelling(id) {
                Some(own) => edit.terms.intern(own),
                None => edit.terms.intern(&index.spelling(id)?),
            })
        };
        if self.hidden {
            edit.steps.push(Step::Clear(Graphs::Default));
        }
        for name in &self.graphs {
            edit.steps.push(Step::Create(term(*name)?));
        }
        let mut statement = |[s, p, o]: [u32; 3], graph: Option<u32>| -> Result<Statement, Damage> {
            Ok(Statement { triple: [term(s)?, term(p)?, term(o)?], graph: graph.map(&mut term).transpose()? })
        };
        let mut removed: Vec<_> = self.removed.iter().chain(&self.missed).collect();
        removed.sort_unstable();
        for triple in removed {
            edit.steps.push(Step::Remove(statement(*triple, None)?));
        }
        for &[graph, s, p, o] in &self.added.by_graph {
            edit.steps.push(Step::Add(statement([s, p, o], (graph != DEFAULT).then_some(graph))?));
        }
        let mut held: Vec<_> = self.held.iter().collect();
        held.sort_unstable();
        for triple in held {
            edit.steps.push(Step::Add(statement(*triple, None)?));
        }
        Ok(edit)
    }
}

/// Quads in four orders.
#[derive(Debug, Clone, Default)]
pub(super) struct Quads {
    by_subject: BTreeSet<[u32; 4]>,
    by_property: BTreeSet<[u32; 4]>,
    by_object: BTreeSet<[u32; 4]>,
    by_graph: BTreeSet<[u32; 4]>,
    in_default: usize,
}

impl Quads {
    fn is_empty(&self) -> bool {
        self.by_graph.is_empty()
    }

    fn contains(&self, [s, p, o]: [u32; 3], graph: u32) -> bool {
        self.by_graph.contains(&[graph, s, p, o])
    }

    fn insert(&mut self, [s, p, o]: [u32; 3], graph: u32) {
        if self.by_graph.insert([graph, s, p, o]) {
            self.by_subject.insert([s, p, o, graph]);
            self.by_property.insert([p, o, s, graph]);
            self.by_object.insert([o, s, p, graph]);
            self.in_default += usize::from(graph == DEFAULT);
        }
    }

    fn remove(&mut self, [s, p, o]: [u32; 3], graph: u32) -> bool {
        let there = self.by_graph.remove(&[graph, s, p, o]);
        if there {
            self.by_subject.remove(&[s, p, o, graph]);
            self.by_property.remove(&[p, o, s, graph]);
            self.by_object.remove(&[o, s, p, graph]);
            self.in_default -= usize::from(graph == DEFAULT);
        }
        there
    }

    fn clear(&mut self, graph: u32) {
        let range = [graph, 0, 0, 0]..=[graph, u32::MAX, u32::MAX, u32::MAX];
        let all: Vec<_> = self.by_graph.range(range).copied().collect();
        if all.len() == self.by_graph.len() {
            *self = Self::default();
            return;
        }
        for [_, s, p, o] in all {
            self.remove([s, p, o], graph);
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Order {
    Subject,
    Property,
    Object,
    Graph,
}

/// A place among the added quads that match a pattern. It borrows nothing, so that whoever holds the
/// delta can go on from it.
#[derive(Debug, Clone)]
pub(super) struct Cursor {
    order: Order,
    /// `None` when there are no more.
    from: Option<Bound<[u32; 4]>>,
    last: [u32; 4],
    graph: InGraph,
}

impl Cursor {
    pub(super) fn new([s, p, o]: [Option<u32>; 3], graph: InGraph) -> Self {
        let (order, prefix) = match (s, p, o) {
            (Some(s), None, Some(o)) => (Order::Object, [Some(o), Some(s), None]),
            (Some(s), p, o) => (Order::Subject, [Some(s), p, o]),
            (None, Some(p), o) => (Order::Property, [Some(p), o, None]),
            (None, None, Some(o)) => (Order::Object, [Some(o), None, None]),
            (None, None, None) => {
                let (first, last) = match graph {
                    InGraph::Default => (DEFAULT, DEFAULT),
                    InGraph::Named(name) => (name, name),
                    InGraph::AnyNamed => (0, DEFAULT - 1),
                };
                let (from, last) = ([first, 0, 0, 0], [last, u32::MAX, u32::MAX, u32::MAX]);
                return Self { order: Order::Graph, from: Some(Bound::Included(from)), last, graph };
            }
        };
        let fill = |with: u32| [prefix[0].unwrap_or(with), prefix[1].unwrap_or(with), prefix[2].unwrap_or(with), with];
        Self { order, from: Some(Bound::Included(fill(0))), last: fill(u32::MAX), graph }
    }

    /// The next match: a triple, and the name of its graph unless that is the default graph.
    pub(super) fn next(&mut self, quads: &Quads) -> Option<([u32; 3], Option<u32>)> {
        let set = match self.order {
            Order::Subject => &quads.by_subject,
            Order::Property => &quads.by_property,
            Order::Object => &quads.by_object,
            Order::Graph => &quads.by_graph,
        };
        for found in set.range((self.from?, Bound::Included(self.last))) {
            let [a, b, c, d] = *found;
            let (triple, graph) = match self.order {
                Order::Subject => ([a, b, c], d),
                Order::Property => ([c, a, b], d),
                Order::Object => ([b, c, a], d),
                Order::Graph => ([b, c, d], a),
            };
            let fits = match self.graph {
                InGraph::Default => graph == DEFAULT,
                InGraph::Named(name) => graph == name,
                InGraph::AnyNamed => graph != DEFAULT,
            };
            if fits {
                self.from = Some(Bound::Excluded(*found));
                return Some((triple, (graph != DEFAULT).then_some(graph)));
            }
        }
        self.from = None;
        None
    }
}

//! An [`Index`] with its changes, as Oxigraph's SPARQL evaluator sees it.
//!
//! A term in a query is a number: its own in the graph, or one from the end of the numbers for a term
//! that the graph does not know. Strings are made for results, and where an expression needs them.

use std::cell::RefCell;
use std::num::NonZeroU32;
use std::sync::Arc;

use oxigraph::model::{Literal, NamedNode, Term, vocab::xsd};
use rustc_hash::FxHashMap;
use spareval::{ExpressionTerm, InternalQuad, QueryableDataset};
use spargebra::term::GroundTerm;

use super::changes::{Found, InGraph, Overlay};
use super::index::{Damage, Index, parse};

/// A term in a query: one more than its number in the graph, or counted down from the largest number.
/// Without zero an unbound variable takes no more room than a bound one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct QueryTerm(NonZeroU32);

/// Terms that are kept as the evaluator wants them, so that sorting does not spell them again and again.
const MOST_KEPT: usize = 1 << 16;

/// Not a character of IRIs: no query can write the names that [`mark`] makes.
const MARK: char = '\0';

/// A graph under query, with what one query adds to it.
pub(super) struct Dataset {
    graph: Overlay,
    /// Terms that the graph does not know, as N-Triples spells them.
    others: RefCell<Others>,
    /// Terms of the graph that expressions have asked for.
    kept: RefCell<FxHashMap<u32, ExpressionTerm>>,
}

#[derive(Default)]
struct Others {
    spellings: Vec<Arc<str>>,
    numbers: FxHashMap<Arc<str>, QueryTerm>,
    /// What computed values became.
    computed: FxHashMap<ExpressionTerm, QueryTerm>,
}

/// A term of the graph by its number, in a query that [`super::plan`] has rewritten: an IRI or a literal,
/// as the term is one, since the evaluator plans by that.
pub(super) fn mark(index: &Index, id: u32) -> GroundTerm {
    if index.kind(id) == "Literal" {
        let kind = NamedNode::new_unchecked(MARK.to_string());
        return Literal::new_typed_literal(id.to_string(), kind).into();
    }
    NamedNode::new_unchecked(format!("{MARK}{id}")).into()
}

/// A term as the graph spells it: it has one spelling for each number and date, and a query may write
/// `07` or `1.0`.
pub(super) fn spelling(term: Term) -> String {
    match term {
        Term::Literal(_) => Term::from(ExpressionTerm::from(term)).to_string(),
        term => term.to_string(),
    }
}

/// The number that [`mark`] made a term of.
pub(super) fn unmark(term: &GroundTerm) -> Option<u32> {
    match term {
        GroundTerm::NamedNode(node) => in_iri(node),
        GroundTerm::Literal(literal) => in_literal(literal),
    }
}

fn in_iri(node: &NamedNode) -> Option<u32> {
    node.as_str().strip_prefix(MARK)?.parse().ok()
}

fn in_literal(literal: &Literal) -> Option<u32> {
    literal.datatype().as_str().starts_with(MARK).then(|| literal.value().parse().ok())?
}

impl Dataset {
    pub(super) fn new(graph: Overlay) -> Self {
        Self { graph, others: RefCell::default(), kept: RefCell::default() }
    }

    fn known(id: u32) -> Result<QueryTerm, Damage> {
        id.checked_add(1).and_then(NonZeroU32::new).map(QueryTerm).ok_or(Damage::TooLarge)
    }

    /// The number of a term of the graph.
    fn id(&self, term: QueryTerm) -> Option<u32> {
        let id = term.0.get() - 1;
        ((id as usize) < self.graph.terms()).then_some(id)
    }

    fn other(&self, term: QueryTerm) -> Arc<str> {
        self.others.borrow().spellings[(u32::MAX - term.0.get()) as usize].clone()
    }

    fn spelt(&self, spelling: &str) -> Result<QueryTerm, Damage> {
        if let Some(&term) = self.others.borrow().numbers.get(spelling) {
            return Ok(term);
        }
        if let Some(id) = self.graph.id(spelling)? {
            return Self::known(id);
        }
        let mut others = self.others.borrow_mut();
        let number = u32::try_from(others.spellings.len()).ok().and_then(|n| (u32::MAX - 1).checked_sub(n));
        // The two ends of the numbers must not meet.
        let number = number.filter(|n| *n as usize > self.graph.terms()).ok_or(Damage::TooLarge)?;
        let term = QueryTerm(NonZeroU32::new(number + 1).ok_or(Damage::TooLarge)?);
        let spelling: Arc<str> = spelling.into();
        others.spellings.push(spelling.clone());
        others.numbers.insert(spelling, term);
        Ok(term)
    }
}

/// The matches of a pattern as the evaluator wants them.
struct Quads(Result<Found, Option<Damage>>);

impl Iterator for Quads {
    type Item = Result<InternalQuad<QueryTerm>, Damage>;

    fn next(&mut self) -> Option<Self::Item> {
        let found = match &mut self.0 {
            Ok(found) => found.next()?,
            Err(damage) => Err(damage.take()?),
        };
        Some(found.and_then(|([subject, predicate, object], graph)| {
            Ok(InternalQuad {
                subject: Dataset::known(subject)?,
                predicate: Dataset::known(predicate)?,
                object: Dataset::known(object)?,
                graph_name: graph.map(Dataset::known).transpose()?,
            })
        }))
    }
}

impl QueryableDataset<'static> for Dataset {
    type InternalTerm = QueryTerm;
    type Error = Damage;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&QueryTerm>,
        predicate: Option<&QueryTerm>,
        object: Option<&QueryTerm>,
        graph_name: Option<Option<&QueryTerm>>,
    ) -> impl Iterator<Item = Result<InternalQuad<QueryTerm>, Damage>> + use<> {
        let mut known = true;
        let mut part = |term: Option<&QueryTerm>| {
            let id = self.id(*term?);
            known &= id.is_some();
            id
        };
        let pattern = [part(subject), part(predicate), part(object)];
        let graph = match graph_name {
            Some(None) => InGraph::Default,
            Some(name) => part(name).map_or(InGraph::AnyNamed, InGraph::Named),
            None => InGraph::AnyNamed,
        };
        // What the graph does not know is in no triple of it.
        let found = if known { self.graph.find(pattern, graph) } else { Ok(Found::none(&self.graph)) };
        Quads(found.map_err(Some))
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<QueryTerm, Damage>> + use<> {
        self.graph.graphs().into_iter().map(Self::known)
    }

    fn contains_internal_graph_name(&self, graph_name: &QueryTerm) -> Result<bool, Damage> {
        Ok(self.id(*graph_name).is_some_and(|id| self.graph.is_graph(id)))
    }

    fn internalize_term(&self, term: Term) -> Result<QueryTerm, Damage> {
        let marked = match &term {
            Term::NamedNode(node) => in_iri(node),
            Term::Literal(literal) => in_literal(literal),
            Term::BlankNode(_) => None,
        };
        if let Some(id) = marked {
            return Self::known(id);
        }
        match term {
            // Counts are small numbers, and many are the same.
            Term::Literal(number) if number.datatype() == xsd::INTEGER => {
                self.internalize_expression_term(Term::from(number).into())
            }
            term => self.spelt(&spelling(term)),
        }
    }

    fn externalize_term(&self, term: QueryTerm) -> Result<Term, Damage> {
        match self.id(term) {
            Some(id) => self.graph.term(id),
            None => Ok(parse(&self.other(term))),
        }
    }

    fn externalize_expression_term(&self, term: QueryTerm) -> Result<ExpressionTerm, Damage> {
        let number = term.0.get();
        if let Some(kept) = self.kept.borrow().get(&number) {
            return Ok(kept.clone());
        }
        let value = ExpressionTerm::from(self.externalize_term(term)?);
        let mut kept = self.kept.borrow_mut();
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(number, value.clone());
        Ok(value)
    }

    fn internalize_expression_term(&self, term: ExpressionTerm) -> Result<QueryTerm, Damage> {
        // Others may be equal without being the same term.
        let same = matches!(
            term,
            ExpressionTerm::StringLiteral(_)
                | ExpressionTerm::IntegerLiteral(_)
                | ExpressionTerm::BooleanLiteral(_)
                | ExpressionTerm::NamedNode(_)
        );
        if !same {
            return self.spelt(&Term::from(term).to_string());
        }
        if let Some(&known) = self.others.borrow().computed.get(&term) {
            return Ok(known);
        }
        let number = self.spelt(&Term::from(term.clone()).to_string())?;
        let mut others = self.others.borrow_mut();
        if others.computed.len() >= MOST_KEPT {
            others.computed.clear();
        }
        others.computed.insert(term, number);
        Ok(number)
    }
}

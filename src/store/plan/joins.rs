//! A group of joined patterns, put in order for the evaluator: a chain in which each step is looked up
//! for every row of those before. The evaluator's planner orders joins, too, but knows no statistics;
//! it leaves such a chain as it is.

use oxigraph::model::Variable;
use spargebra::algebra::{GraphPattern, PropertyPathExpression};
use spargebra::term::{NamedNodePattern, TermPattern};

use super::Stop;
use super::order::best;
use super::steps::{Names, Part, Step};
use crate::store::index::Index;

/// The patterns of one group.
#[derive(Debug, Default)]
pub(super) struct Joins {
    /// Triples, paths and tables, one each.
    chained: Vec<GraphPattern>,
    /// What is evaluated by itself.
    pub(super) others: Vec<GraphPattern>,
}

impl Joins {
    /// Takes a pattern apart.
    pub(super) fn add(&mut self, pattern: GraphPattern) {
        match pattern {
            GraphPattern::Join { left, right } => {
                self.add(*left);
                self.add(*right);
            }
            GraphPattern::Bgp { patterns } => {
                self.chained.extend(patterns.into_iter().map(|one| GraphPattern::Bgp { patterns: vec![one] }));
            }
            GraphPattern::Path { .. } | GraphPattern::Values { .. } => self.chained.push(pattern),
            other => self.others.push(other),
        }
    }

    /// Puts it together again.
    pub(super) fn ordered(self, index: &Index, bound: &[Variable]) -> Result<GraphPattern, Stop> {
        let Self { chained, others } = self;
        let chained = match order(index, &chained, bound)? {
            Some(chains) => {
                let mut chained: Vec<Option<GraphPattern>> = chained.into_iter().map(Some).collect();
                let mut take = |place: usize| chained[place].take();
                let chains = chains.into_iter();
                chains.filter_map(|chain| chain.into_iter().filter_map(&mut take).reduce(lateral)).collect()
            }
            None => chained,
        };
        let all = chained.into_iter().chain(others);
        Ok(all
            .reduce(|left, right| GraphPattern::Join { left: Box::new(left), right: Box::new(right) })
            .unwrap_or_default())
    }
}

fn lateral(left: GraphPattern, right: GraphPattern) -> GraphPattern {
    GraphPattern::Lateral { left: Box::new(left), right: Box::new(right) }
}

/// Chains of patterns that have variables in common, each in its order; `None` where the order is
/// better left alone.
fn order(index: &Index, patterns: &[GraphPattern], bound: &[Variable]) -> Result<Option<Vec<Vec<usize>>>, Stop> {
    if patterns.len() < 2 {
        return Ok(None);
    }
    let mut names = Names::default();
    let mut steps = Vec::new();
    for pattern in patterns {
        let Some(step) = step(index, pattern, &mut names)? else { return Ok(None) };
        steps.push(step);
    }
    let bound: Vec<usize> = bound.iter().filter_map(|variable| names.of(variable)).collect();
    let Some((places, _)) = best(index, &steps, &bound)? else { return Ok(None) };
    let mut chains: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
    for place in places {
        let mut slots = Vec::new();
        steps[place].slots(&mut |slot| slots.push(slot));
        let joined = |chain: &(Vec<usize>, Vec<usize>)| slots.iter().any(|slot| chain.1.contains(slot));
        match chains.iter_mut().rfind(|chain| joined(chain)) {
            Some((chain, known)) => {
                chain.push(place);
                known.extend(slots);
            }
            None => chains.push((vec![place], slots)),
        }
    }
    Ok(Some(chains.into_iter().map(|(chain, _)| chain).collect()))
}

/// A pattern as a step whose rows can be estimated; `None` where its place in the order means something.
fn step(index: &Index, pattern: &GraphPattern, names: &mut Names) -> Result<Option<Step>, Stop> {
    Ok(match pattern {
        GraphPattern::Bgp { patterns } => match patterns.as_slice() {
            [pattern] => Some(Step::Match(names.parts(index, pattern)?)),
            _ => None,
        },
        GraphPattern::Path { subject, path, object } if !may_be_empty(path) => {
            let from = names.term(index, subject)?;
            let to = names.term(index, object)?;
            Some(Step::Match([from, Part::Slot(names.unnamed()), to]))
        }
        GraphPattern::Values { variables, bindings } => {
            let slots = variables.iter().map(|variable| names.variable(variable)).collect();
            Some(Step::Table { slots, rows: vec![Vec::new(); bindings.len()] })
        }
        _ => None,
    })
}

/// Whether a path leads from a term to itself, even one that is not in the graph.
fn may_be_empty(path: &PropertyPathExpression) -> bool {
    match path {
        PropertyPathExpression::ZeroOrMore(_) | PropertyPathExpression::ZeroOrOne(_) => true,
        PropertyPathExpression::NamedNode(_) | PropertyPathExpression::NegatedPropertySet(_) => false,
        PropertyPathExpression::Reverse(inner) | PropertyPathExpression::OneOrMore(inner) => may_be_empty(inner),
        PropertyPathExpression::Sequence(a, b) => may_be_empty(a) && may_be_empty(b),
        PropertyPathExpression::Alternative(a, b) => may_be_empty(a) || may_be_empty(b),
    }
}

/// Adds the variables that certainly have values in every row of a pattern.
pub(super) fn certain(pattern: &GraphPattern, all: &mut Vec<Variable>) {
    match pattern {
        GraphPattern::Bgp { patterns } => {
            for pattern in patterns {
                term(&pattern.subject, all);
                term(&pattern.object, all);
                if let NamedNodePattern::Variable(variable) = &pattern.predicate {
                    all.push(variable.clone());
                }
            }
        }
        GraphPattern::Path { subject, object, .. } => [subject, object].into_iter().for_each(|part| term(part, all)),
        GraphPattern::Join { left, right } | GraphPattern::Lateral { left, right } => {
            certain(left, all);
            certain(right, all);
        }
        GraphPattern::LeftJoin { left: inner, .. }
        | GraphPattern::Minus { left: inner, .. }
        | GraphPattern::Filter { inner, .. }
        | GraphPattern::Extend { inner, .. } => certain(inner, all),
        _ => {}
    }
}

fn term(term: &TermPattern, all: &mut Vec<Variable>) {
    if let TermPattern::Variable(variable) = term {
        all.push(variable.clone());
    }
}

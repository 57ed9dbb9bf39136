//! The part of the algebra that is answered here, as steps over numbers of terms.

use oxigraph::model::{BlankNode, Variable};
use spargebra::algebra::{GraphPattern, PropertyPathExpression};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern, TriplePattern};

use super::filter::{Test, tests};
use crate::store::dataset::{spelling, unmark};
use crate::store::index::{Damage, Index};

/// A place in a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A term; `None` for one that the graph does not know.
    Fixed(Option<u32>),
    /// A variable, by its place in a row.
    Slot(usize),
}

/// One step: what it adds to a row that the steps before have made.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// A triple.
    Match([Part; 3]),
    /// One or more triples of a property in a chain.
    Reach { from: Part, property: Option<u32>, to: Part },
    /// One of some rows.
    Table { slots: Vec<usize>, rows: Vec<Vec<u32>> },
    /// What passes a test.
    Keep { slot: usize, test: Test },
    /// The steps within, or nothing where they lead nowhere.
    Optional(Vec<Step>),
}

impl Step {
    /// Calls `each` with every variable of the step.
    pub(super) fn slots(&self, each: &mut impl FnMut(usize)) {
        let part = |part: &Part| {
            if let Part::Slot(slot) = part {
                each(*slot);
            }
        };
        match self {
            Self::Match(parts) => parts.iter().for_each(part),
            Self::Reach { from, to, .. } => [from, to].into_iter().for_each(part),
            Self::Table { slots, .. } => slots.iter().copied().for_each(each),
            Self::Keep { slot, .. } => each(*slot),
            Self::Optional(steps) => steps.iter().for_each(|step| step.slots(each)),
        }
    }

    pub(super) fn has(&self, wanted: usize) -> bool {
        let mut found = false;
        self.slots(&mut |slot| found |= slot == wanted);
        found
    }
}

/// Variables, and blank nodes, which are variables without a name, by their place in a row.
#[derive(Debug, Default)]
pub(super) struct Names {
    names: Vec<Name>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Name {
    Variable(Variable),
    Blank(BlankNode),
}

impl Names {
    fn slot(&mut self, name: Name) -> usize {
        self.names.iter().position(|known| *known == name).unwrap_or_else(|| {
            self.names.push(name);
            self.names.len() - 1
        })
    }

    /// The place of a variable, if the steps know it.
    pub(super) fn of(&self, variable: &Variable) -> Option<usize> {
        self.names.iter().position(|name| matches!(name, Name::Variable(known) if known == variable))
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The place of a variable, which gets one.
    pub(super) fn variable(&mut self, variable: &Variable) -> usize {
        self.slot(Name::Variable(variable.clone()))
    }

    /// A place that nothing else has.
    pub(super) fn unnamed(&mut self) -> usize {
        self.slot(Name::Blank(BlankNode::default()))
    }

    pub(super) fn term(&mut self, index: &Index, term: &TermPattern) -> Result<Part, Damage> {
        Ok(match term {
            TermPattern::NamedNode(node) => Part::Fixed(index.id(&node.to_string())?),
            TermPattern::Literal(literal) => Part::Fixed(index.id(&spelling(literal.clone().into()))?),
            TermPattern::Variable(variable) => Part::Slot(self.variable(variable)),
            TermPattern::BlankNode(node) => Part::Slot(self.slot(Name::Blank(node.clone()))),
        })
    }

    /// The places of a pattern.
    pub(super) fn parts(&mut self, index: &Index, pattern: &TriplePattern) -> Result<[Part; 3], Damage> {
        let predicate = match &pattern.predicate {
            NamedNodePattern::NamedNode(node) => Part::Fixed(index.id(&node.to_string())?),
            NamedNodePattern::Variable(variable) => Part::Slot(self.variable(variable)),
        };
        Ok([self.term(index, &pattern.subject)?, predicate, self.term(index, &pattern.object)?])
    }
}

/// The steps of a pattern, unordered, but for optional ones, which come last; `None` where it holds
/// more than steps can say.
pub(super) fn steps(index: &Index, pattern: &GraphPattern, names: &mut Names) -> Result<Option<Vec<Step>>, Damage> {
    let mut read = Reader { index, names, must: Vec::new(), may: Vec::new() };
    if !read.pattern(pattern)? {
        return Ok(None);
    }
    let Reader { must, may, .. } = read;
    // A variable that only an optional part binds must mean nothing elsewhere: then it does not
    // matter that the optional parts wait until all others are done.
    for (place, (private, _)) in may.iter().enumerate() {
        let elsewhere = |slot: usize| {
            let others = may.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, (_, step))| step);
            must.iter().chain(others).any(|step| step.has(slot))
        };
        if private.iter().any(|slot| elsewhere(*slot)) {
            return Ok(None);
        }
    }
    // A value that the graph does not know is dropped from a table, which is right where the graph is
    // asked for it.
    let asked = |slot: usize| must.iter().any(|step| matches!(step, Step::Match(_)) && step.has(slot));
    let sound = must.iter().all(|step| match step {
        Step::Table { slots, .. } => slots.iter().all(|slot| asked(*slot)),
        Step::Keep { slot, .. } => must.iter().any(|s| !matches!(s, Step::Keep { .. }) && s.has(*slot)),
        _ => true,
    });
    Ok(sound.then(|| must.into_iter().chain(may.into_iter().map(|(_, step)| step)).collect()))
}

struct Reader<'a> {
    index: &'a Index,
    names: &'a mut Names,
    must: Vec<Step>,
    /// Each with the variables that it alone binds.
    may: Vec<(Vec<usize>, Step)>,
}

impl Reader<'_> {
    /// Whether a pattern is understood.
    fn pattern(&mut self, pattern: &GraphPattern) -> Result<bool, Damage> {
        match pattern {
            GraphPattern::Bgp { patterns } => {
                for pattern in patterns {
                    let parts = self.names.parts(self.index, pattern)?;
                    self.must.push(Step::Match(parts));
                }
                Ok(true)
            }
            GraphPattern::Path { subject, path, object } => {
                let (PropertyPathExpression::OneOrMore(inner), from, to) = (path, subject, object) else {
                    return Ok(false);
                };
                let PropertyPathExpression::NamedNode(property) = &**inner else { return Ok(false) };
                let property = self.index.id(&property.to_string())?;
                let from = self.names.term(self.index, from)?;
                let to = self.names.term(self.index, to)?;
                self.must.push(Step::Reach { from, property, to });
                Ok(true)
            }
            GraphPattern::Join { left, right } => Ok(self.pattern(left)? && self.pattern(right)?),
            GraphPattern::Values { variables, bindings } => self.table(variables, bindings),
            GraphPattern::Filter { expr, inner } => {
                let (before, optional) = (self.must.len(), self.may.len());
                if !self.pattern(inner)? {
                    return Ok(false);
                }
                let Some(tests) = tests(expr) else { return Ok(false) };
                for (variable, test) in tests {
                    let Some(slot) = self.names.of(variable) else { return Ok(false) };
                    // Bound within the filter, for certain.
                    let bound = self.must[before..].iter().any(|step| step.has(slot));
                    if !bound || self.may[optional..].iter().any(|(private, _)| private.contains(&slot)) {
                        return Ok(false);
                    }
                    self.must.push(Step::Keep { slot, test });
                }
                Ok(true)
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                let before = self.must.len();
                if !self.pattern(left)? {
                    return Ok(false);
                }
                let left_ends = self.must.len();
                let optional = self.may.len();
                if !self.pattern(right)? || self.may.len() > optional {
                    return Ok(false);
                }
                let mut within: Vec<Step> = self.must.drain(left_ends..).collect();
                let left = &self.must[before..];
                if within.iter().any(|step| !matches!(step, Step::Match(_))) {
                    return Ok(false);
                }
                let mut private = Vec::new();
                within.iter().for_each(|step| step.slots(&mut |slot| private.push(slot)));
                private.retain(|slot| !left.iter().any(|step| step.has(*slot)));
                if let Some(expression) = expression {
                    let Some(tests) = tests(expression) else { return Ok(false) };
                    for (variable, test) in tests {
                        let Some(slot) = self.names.of(variable) else { return Ok(false) };
                        if !within.iter().chain(left).any(|step| step.has(slot)) {
                            return Ok(false);
                        }
                        within.push(Step::Keep { slot, test });
                    }
                }
                self.may.push((private, Step::Optional(within)));
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    fn table(&mut self, variables: &[Variable], bindings: &[Vec<Option<GroundTerm>>]) -> Result<bool, Damage> {
        let slots: Vec<_> = variables.iter().map(|v| self.names.variable(v)).collect();
        let mut rows = Vec::new();
        'rows: for binding in bindings {
            let mut row = Vec::new();
            for term in binding {
                let id = match term {
                    Some(term) if unmark(term).is_some() => unmark(term),
                    Some(GroundTerm::NamedNode(node)) => self.index.id(&node.to_string())?,
                    Some(GroundTerm::Literal(literal)) => self.index.id(&spelling(literal.clone().into()))?,
                    None => return Ok(false),
                };
                let Some(id) = id else { continue 'rows };
                row.push(id);
            }
            rows.push(row);
        }
        self.must.push(Step::Table { slots, rows });
        Ok(true)
    }
}

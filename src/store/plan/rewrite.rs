//! The walk over the algebra of a query that finds what can be answered here.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use oxigraph::model::{Variable, vocab::xsd};
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
use spargebra::term::{NamedNodePattern, TermPattern};

use super::filter::{Test, tests};
use super::group::{groups, rows};
use super::joins::{Joins, certain};
use super::table::{Column, Table};
use super::top::{By, first};
use super::{MOST_ROWS, Stop, Watch};
use crate::store::index::Index;

/// Prepares a query over the default graph of `index`.
///
/// # Errors
/// When the token is cancelled meanwhile, or the graph cannot be read.
pub(in crate::store) fn rewrite(index: &Index, watch: &Watch, query: &mut Query) -> Result<(), Stop> {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    Rewriter::new(index, watch).pattern(pattern, &[])
}

/// What a walk needs.
pub(super) struct Rewriter<'a> {
    index: &'a Index,
    watch: &'a Watch,
}

impl<'a> Rewriter<'a> {
    pub(super) fn new(index: &'a Index, watch: &'a Watch) -> Self {
        Self { index, watch }
    }

    /// `bound` are variables that have values when the pattern is evaluated.
    fn pattern(&self, pattern: &mut GraphPattern, bound: &[Variable]) -> Result<(), Stop> {
        match pattern {
            GraphPattern::Slice { inner, start, length } => {
                let wanted = length.and_then(|length| start.checked_add(length));
                if let Some(wanted) = wanted {
                    self.top(inner, wanted)?;
                }
                self.pattern(inner, &[])
            }
            GraphPattern::Distinct { inner } => {
                if let GraphPattern::Project { inner: within, variables } = &mut **inner
                    && let Some(table) = self.groups(within, variables, &[], None)?
                    && table.rows <= MOST_ROWS
                {
                    **within = table.pattern(self.index);
                    return Ok(());
                }
                self.pattern(inner, &[])
            }
            GraphPattern::Group { inner, variables, aggregates } => {
                if let Some(table) = self.groups(inner, variables, aggregates, None)?
                    && table.rows <= MOST_ROWS
                {
                    *pattern = table.pattern(self.index);
                    return Ok(());
                }
                self.pattern(inner, &[])
            }
            GraphPattern::Filter { expr, inner } => {
                self.having(expr, inner)?;
                if let Some(rest) = self.look_up(expr, inner)? {
                    match rest {
                        Some(rest) => *expr = rest,
                        None => {
                            let inner = std::mem::take(&mut **inner);
                            *pattern = inner;
                            return self.pattern(pattern, bound);
                        }
                    }
                }
                self.pattern(inner, bound)
            }
            GraphPattern::Bgp { .. }
            | GraphPattern::Join { .. }
            | GraphPattern::Path { .. }
            | GraphPattern::Values { .. } => {
                let mut joins = Joins::default();
                joins.add(std::mem::take(pattern));
                for other in &mut joins.others {
                    self.pattern(other, &[])?;
                }
                *pattern = joins.ordered(self.index, bound)?;
                Ok(())
            }
            // What is lateral is evaluated anew for each row, and may mean something else in each.
            GraphPattern::Lateral { left, .. } => self.pattern(left, bound),
            GraphPattern::LeftJoin { left, right, .. } => {
                self.pattern(left, bound)?;
                let mut bound = bound.to_vec();
                certain(left, &mut bound);
                self.pattern(right, &bound)
            }
            GraphPattern::Union { left, right } | GraphPattern::Minus { left, right } => {
                self.pattern(left, &[])?;
                self.pattern(right, &[])
            }
            GraphPattern::Extend { inner, .. } => self.pattern(inner, bound),
            GraphPattern::OrderBy { inner, .. }
            | GraphPattern::Project { inner, .. }
            | GraphPattern::Reduced { inner } => self.pattern(inner, &[]),
            // There are no named graphs, and services are asked as they are.
            GraphPattern::Graph { .. } | GraphPattern::Service { .. } => Ok(()),
        }
    }

    /// The groups of a pattern, where they are understood.
    pub(super) fn groups(
        &self,
        inner: &GraphPattern,
        keys: &[Variable],
        aggregates: &[(Variable, AggregateExpression)],
        most: Option<usize>,
    ) -> Result<Option<Table>, Stop> {
        if keys.is_empty() && aggregates.is_empty() {
            return Ok(None);
        }
        groups(self.index, self.watch, &*self.with_texts(inner)?, keys, aggregates, most)
    }

    /// A pattern with the texts that a filter wants in place of the filter.
    pub(super) fn with_texts<'p>(&self, pattern: &'p GraphPattern) -> Result<Cow<'p, GraphPattern>, Stop> {
        let GraphPattern::Filter { expr, inner } = pattern else { return Ok(Cow::Borrowed(pattern)) };
        let mut inner = inner.clone();
        Ok(match self.look_up(expr, &mut inner)? {
            Some(Some(expr)) => Cow::Owned(GraphPattern::Filter { expr, inner }),
            Some(None) => Cow::Owned(*inner),
            None => Cow::Borrowed(pattern),
        })
    }

    /// Leaves of groups, where they are counted, only those that a filter on the counts can let pass.
    fn having(&self, filter: &Expression, pattern: &mut GraphPattern) -> Result<(), Stop> {
        let Some(Above { computed, sorted: false, used: _, by: _, depth }) = above(pattern) else { return Ok(()) };
        if matches!(pattern, GraphPattern::Project { .. }) {
            return Ok(());
        }
        let at = below(pattern, depth);
        let GraphPattern::Group { inner, variables, aggregates } = &*at else { return Ok(()) };
        let mut parts = Vec::new();
        conjuncts(filter, &mut parts);
        let limits: Vec<_> = parts.into_iter().filter_map(|part| limit(part, &computed)).collect();
        if limits.is_empty() {
            return Ok(());
        }
        let Some(table) = self.groups(inner, variables, aggregates, None)? else { return Ok(()) };
        let passes = |row: &usize| {
            limits.iter().all(|(variable, range)| match table.column(variable) {
                Some(Column::Counts(counts)) => range.contains(&counts[*row]),
                _ => true,
            })
        };
        let rows: Vec<usize> = (0..table.rows).filter(passes).collect();
        if rows.len() <= MOST_ROWS {
            *at = table.pick(&rows).pattern(self.index);
        }
        Ok(())
    }

    /// Leaves in the middle of a sorted and cut answer only what can be among its first rows.
    fn top(&self, pattern: &mut GraphPattern, wanted: usize) -> Result<(), Stop> {
        let Some(Above { by, computed, used, sorted, depth }) = above(pattern) else { return Ok(()) };
        let at = below(pattern, depth);
        let known: Vec<By> = by.iter().map_while(|(key, descending)| sorted_by(key, *descending, &computed)).collect();
        let cut = |table: Table| {
            if sorted && known.is_empty() { Ok(table) } else { first(self.index, &table, &known, wanted) }
        };
        let table = match &*at {
            GraphPattern::Distinct { inner } if !sorted => match &**inner {
                // Some rows are as good as others.
                GraphPattern::Project { inner, variables } => self.groups(inner, variables, &[], Some(wanted))?,
                _ => None,
            },
            GraphPattern::Group { inner, variables, aggregates } => {
                let most = (!sorted && aggregates.is_empty()).then_some(wanted);
                self.groups(inner, variables, aggregates, most)?.map(cut).transpose()?
            }
            inner if sorted && !known.is_empty() => rows(self.index, self.watch, inner, &used, None, cut)?,
            _ => None,
        };
        if let Some(table) = table.filter(|table| table.rows <= MOST_ROWS) {
            *at = table.pattern(self.index);
        }
        Ok(())
    }

    /// Looks texts up that a filter wants before anything is joined. Gives what is left of the filter.
    fn look_up(&self, filter: &Expression, inner: &mut GraphPattern) -> Result<Option<Option<Expression>>, Stop> {
        let (mut rest, mut found) = (None, None);
        let mut parts = Vec::new();
        conjuncts(filter, &mut parts);
        for part in parts {
            let known = tests(part).and_then(|mut tests| tests.pop());
            if let (None, Some((variable, test @ (Test::Text { .. } | Test::Pattern(_))))) = (&found, known) {
                found = self.texts(inner, variable, &test)?;
                if found.is_some() {
                    continue;
                }
            }
            rest = Some(match rest {
                None => part.clone(),
                Some(before) => Expression::And(Box::new(before), Box::new(part.clone())),
            });
        }
        let Some(table) = found else { return Ok(None) };
        let within = std::mem::take(inner);
        *inner = GraphPattern::Join { left: Box::new(table.pattern(self.index)), right: Box::new(within) };
        Ok(Some(rest))
    }

    /// The values of a variable that pass a test, where it is the object of a property and few do.
    fn texts(&self, inner: &GraphPattern, variable: &Variable, test: &Test) -> Result<Option<Table>, Stop> {
        let mut property = None;
        object_of(inner, variable, &mut property);
        let Some(property) = property else { return Ok(None) };
        let property = self.index.id(&property)?.and_then(|term| self.index.property(term));
        let Some(property) = property else { return Ok(None) };
        let mut objects = Vec::with_capacity(property.objects as usize);
        self.index.objects(property, |object, _| objects.push(object))?;
        let mut passed = Vec::new();
        for some in objects.chunks(4096) {
            self.watch.looked(some.len())?;
            let mut at = some.iter();
            self.index.spell(some, |spelling| {
                let object = at.next();
                if test.passes(spelling) {
                    passed.extend(object);
                }
            })?;
        }
        if passed.len() * 4 > objects.len() {
            return Ok(None);
        }
        let rows = passed.len();
        let column = Column::Terms(passed.into_iter().copied().map(Some).collect());
        Ok(Some(Table { variables: vec![variable.clone()], columns: vec![column], rows }))
    }
}

/// What stands between a cut and the rows that it cuts.
struct Above {
    /// What is sorted by, and whether descending.
    by: Vec<(Expression, bool)>,
    computed: Vec<(Variable, Expression)>,
    /// Every variable whose value matters.
    used: Vec<Variable>,
    sorted: bool,
    /// How many patterns lie above the rows.
    depth: usize,
}

/// `None` where an expression holds a pattern, which may use any variable.
fn above(mut pattern: &GraphPattern) -> Option<Above> {
    let mut above = Above { by: Vec::new(), computed: Vec::new(), used: Vec::new(), sorted: false, depth: 0 };
    let mut plain = true;
    loop {
        pattern = match pattern {
            // Variables of an inner query are not those of the outer one.
            GraphPattern::Project { inner, variables } if above.depth == 0 => {
                above.used.extend(variables.iter().cloned());
                inner
            }
            GraphPattern::OrderBy { inner, expression } if !above.sorted => {
                above.sorted = true;
                for key in expression {
                    let (OrderExpression::Asc(expression) | OrderExpression::Desc(expression)) = key;
                    plain &= variables(expression, &mut above.used);
                    above.by.push((expression.clone(), matches!(key, OrderExpression::Desc(_))));
                }
                inner
            }
            GraphPattern::Extend { inner, variable, expression } => {
                plain &= variables(expression, &mut above.used);
                above.computed.push((variable.clone(), expression.clone()));
                inner
            }
            _ => return plain.then_some(above),
        };
        above.depth += 1;
    }
}

/// The pattern that lies under `depth` others.
fn below(pattern: &mut GraphPattern, depth: usize) -> &mut GraphPattern {
    match (depth, pattern) {
        (
            1..,
            GraphPattern::Project { inner, .. }
            | GraphPattern::OrderBy { inner, .. }
            | GraphPattern::Extend { inner, .. },
        ) => below(inner, depth - 1),
        (_, pattern) => pattern,
    }
}

/// A variable that is sorted by; `None` where it is something else, or was computed.
fn sorted_by(key: &Expression, descending: bool, computed: &[(Variable, Expression)]) -> Option<By> {
    let Expression::Variable(mut variable) = key.clone() else { return None };
    // A column may only have got another name.
    while let Some((_, expression)) = computed.iter().find(|(name, _)| *name == variable) {
        let Expression::Variable(other) = expression else { return None };
        variable = other.clone();
    }
    Some(By { variable, descending })
}

/// What a comparison with a whole number leaves of a variable.
fn limit(expression: &Expression, computed: &[(Variable, Expression)]) -> Option<(Variable, RangeInclusive<u64>)> {
    let (variable, number, at_least) = match expression {
        Expression::Greater(a, b) | Expression::GreaterOrEqual(a, b) => match (&**a, &**b) {
            (Expression::Variable(_), Expression::Literal(number)) => (a, number, true),
            (Expression::Literal(number), Expression::Variable(_)) => (b, number, false),
            _ => return None,
        },
        Expression::Less(a, b) | Expression::LessOrEqual(a, b) => match (&**a, &**b) {
            (Expression::Variable(_), Expression::Literal(number)) => (a, number, false),
            (Expression::Literal(number), Expression::Variable(_)) => (b, number, true),
            _ => return None,
        },
        _ => return None,
    };
    if number.datatype() != xsd::INTEGER {
        return None;
    }
    // Whether the number itself passes is left to the filter.
    let number = number.value().parse().ok()?;
    let variable = sorted_by(variable, false, computed)?.variable;
    Some((variable, if at_least { number..=u64::MAX } else { 0..=number }))
}

fn conjuncts<'e>(expression: &'e Expression, all: &mut Vec<&'e Expression>) {
    match expression {
        Expression::And(left, right) => {
            conjuncts(left, all);
            conjuncts(right, all);
        }
        other => all.push(other),
    }
}

/// Looks for the property that a variable is certainly the object of.
fn object_of(pattern: &GraphPattern, variable: &Variable, found: &mut Option<String>) {
    match pattern {
        GraphPattern::Bgp { patterns } => {
            for pattern in patterns {
                let (TermPattern::Variable(object), NamedNodePattern::NamedNode(property)) =
                    (&pattern.object, &pattern.predicate)
                else {
                    continue;
                };
                if object == variable {
                    *found = Some(property.to_string());
                }
            }
        }
        GraphPattern::Join { left, right } => {
            object_of(left, variable, found);
            object_of(right, variable, found);
        }
        GraphPattern::LeftJoin { left: inner, .. }
        | GraphPattern::Filter { inner, .. }
        | GraphPattern::Extend { inner, .. } => object_of(inner, variable, found),
        _ => {}
    }
}

/// The variables of an expression; false where it holds a pattern, which may use any.
fn variables(expression: &Expression, all: &mut Vec<Variable>) -> bool {
    match expression {
        Expression::NamedNode(_) | Expression::Literal(_) => true,
        Expression::Variable(variable) | Expression::Bound(variable) => {
            all.push(variable.clone());
            true
        }
        Expression::Exists(_) => false,
        Expression::UnaryPlus(a) | Expression::UnaryMinus(a) | Expression::Not(a) => variables(a, all),
        Expression::Or(a, b)
        | Expression::And(a, b)
        | Expression::Equal(a, b)
        | Expression::SameTerm(a, b)
        | Expression::Greater(a, b)
        | Expression::GreaterOrEqual(a, b)
        | Expression::Less(a, b)
        | Expression::LessOrEqual(a, b)
        | Expression::Add(a, b)
        | Expression::Subtract(a, b)
        | Expression::Multiply(a, b)
        | Expression::Divide(a, b) => variables(a, all) && variables(b, all),
        Expression::If(a, b, c) => [a, b, c].into_iter().all(|e| variables(e, all)),
        Expression::In(a, list) => variables(a, all) && list.iter().all(|e| variables(e, all)),
        Expression::Coalesce(list) | Expression::FunctionCall(_, list) => list.iter().all(|e| variables(e, all)),
    }
}

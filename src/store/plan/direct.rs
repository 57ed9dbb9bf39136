//! Queries that are rows of the index and nothing more, answered without the evaluator.

use std::ops::Range;
use std::sync::Arc;

use oxigraph::model::{Literal, Term, Variable};
use oxigraph::sparql::{CancellationToken, QueryEvaluationError, QueryResults, QuerySolution, QuerySolutionIter};
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern};

use super::group::rows;
use super::rewrite::Rewriter;
use super::table::{Column, Table};
use super::{MOST_ROWS, Stop, Watch};
use crate::store::index::{Damage, Index};

/// The answer to a query over the default graph; `None` where it takes the evaluator, or longer than
/// the watch has time for.
///
/// # Errors
/// When the token is cancelled meanwhile, or the graph cannot be read.
pub(in crate::store) fn answer(
    index: &Arc<Index>,
    watch: &Watch,
    query: &Query,
) -> Result<Option<QueryResults<'static>>, Stop> {
    let rewriter = Rewriter::new(index, watch);
    match query {
        Query::Ask { pattern, .. } => {
            let pattern = match pattern {
                GraphPattern::Project { inner, .. } => &**inner,
                pattern => pattern,
            };
            let pattern = rewriter.with_texts(pattern)?;
            let table = rows(index, watch, &pattern, &[], Some(1), Ok)?;
            Ok(table.map(|table| QueryResults::Boolean(table.rows > 0)))
        }
        Query::Select { pattern, .. } => {
            let (pattern, start, length) = match pattern {
                GraphPattern::Slice { inner, start, length } => (&**inner, *start, *length),
                pattern => (pattern, 0, None),
            };
            let GraphPattern::Project { inner, variables } = pattern else { return Ok(None) };
            let most = length.and_then(|length| start.checked_add(length));
            if most.is_some_and(|most| most > MOST_ROWS) {
                return Ok(None);
            }
            let (table, names) = match counted(inner) {
                Some((GraphPattern::Group { inner, variables, aggregates }, names)) => {
                    (rewriter.groups(inner, variables, aggregates, None)?, names)
                }
                _ => (rows(index, watch, &*rewriter.with_texts(inner)?, variables, most, Ok)?, Vec::new()),
            };
            let Some(table) = table.filter(|table| table.rows <= watch.rows) else { return Ok(None) };
            // The outer names come first, and may be names of names.
            let named =
                |variable| names.iter().fold(variable, |name, (new, old)| if *new == name { *old } else { name });
            let place = |variable| table.variables.iter().position(|known| known == named(variable));
            let places = variables.iter().map(place).collect();
            let range = start.min(table.rows)..most.map_or(table.rows, |most| most.min(table.rows));
            let token = watch.token.clone();
            Ok(Some(QueryResults::Solutions(solutions(index.clone(), token, variables, table, places, range))))
        }
        Query::Construct { .. } | Query::Describe { .. } => Ok(None),
    }
}

/// Groups whose columns have only got other names: as they are called, and in the groups.
fn counted(mut pattern: &GraphPattern) -> Option<(&GraphPattern, Vec<(&Variable, &Variable)>)> {
    let mut names = Vec::new();
    while let GraphPattern::Extend { inner, variable, expression: Expression::Variable(counted) } = pattern {
        names.push((variable, counted));
        pattern = inner;
    }
    matches!(pattern, GraphPattern::Group { .. }).then_some((pattern, names))
}

/// Some rows of a table, with the terms spelt when they are asked for. `places` are the columns of the
/// variables.
fn solutions(
    index: Arc<Index>,
    token: CancellationToken,
    variables: &[Variable],
    table: Table,
    places: Vec<Option<usize>>,
    rows: Range<usize>,
) -> QuerySolutionIter<'static> {
    let variables: Arc<[Variable]> = variables.into();
    // The same term often stands in the same column of the next row.
    let mut last: Vec<Option<(u32, Term)>> = vec![None; places.len()];
    let names = variables.clone();
    let rows = rows.map(move |row| {
        if token.is_cancelled() {
            return Err(QueryEvaluationError::Cancelled);
        }
        let mut values = Vec::with_capacity(places.len());
        for (place, last) in places.iter().zip(&mut last) {
            values.push(match place.map(|place| &table.columns[place]) {
                Some(Column::Terms(values)) => {
                    values[row].map(|id| spelt(&index, id, last)).transpose().map_err(Stop::from)?
                }
                Some(Column::Counts(counts)) => Some(Literal::from(counts[row]).into()),
                None => None,
            });
        }
        Ok::<_, QueryEvaluationError>(QuerySolution::from((variables.clone(), values)))
    });
    QuerySolutionIter::new(names, rows)
}

fn spelt(index: &Index, id: u32, last: &mut Option<(u32, Term)>) -> Result<Term, Damage> {
    match last {
        Some((known, term)) if *known == id => Ok(term.clone()),
        _ => {
            let term = index.term(id)?;
            *last = Some((id, term.clone()));
            Ok(term)
        }
    }
}

//! Counts in groups, and distinct rows, which are groups without counts.

use oxigraph::model::Variable;
use oxigraph::sparql::CancellationToken;
use rustc_hash::FxHashMap;
use spargebra::algebra::{AggregateExpression, AggregateFunction, Expression, GraphPattern};

use super::Stop;
use super::order::order;
use super::solve::{Solver, Value};
use super::steps::{Names, Step, steps};
use super::table::{Column, Table};
use crate::store::index::Index;

/// What is counted in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Count {
    /// Every row.
    Rows,
    /// Rows in which a variable has a value.
    Bound(usize),
    /// The different values of a variable.
    Distinct(usize),
    /// Nothing: the variable never has a value.
    Nothing,
}

/// Pairs of a group and a value that are kept before those met twice are dropped.
const MOST_PAIRS: usize = 1 << 22;

/// The groups of a pattern with their counts, any `most` of them; `None` where pattern or counts are
/// more than is understood here.
pub(super) fn groups(
    index: &Index,
    token: &CancellationToken,
    inner: &GraphPattern,
    keys: &[Variable],
    aggregates: &[(Variable, AggregateExpression)],
    most: Option<usize>,
) -> Result<Option<Table>, Stop> {
    let mut names = Names::default();
    let Some(steps) = steps(index, inner, &mut names)? else { return Ok(None) };
    let mut counts = Vec::new();
    for (_, aggregate) in aggregates {
        let Some(count) = count(aggregate, &names, &steps) else { return Ok(None) };
        counts.push(count);
    }
    let Some(steps) = order(index, steps, &[])? else { return Ok(None) };
    let places: Vec<Option<usize>> = keys.iter().map(|key| names.of(key)).collect();
    let counted = counts.iter().filter_map(|count| match count {
        Count::Bound(slot) | Count::Distinct(slot) => Some(*slot),
        Count::Rows | Count::Nothing => None,
    });
    let output: Vec<usize> = places.iter().flatten().copied().chain(counted).collect();
    let mut groups = Groups::new(places, counts);
    let done = Solver::new(index, token, steps, names.len(), &output).run(&mut |row, times| {
        groups.add(row, times);
        if most.is_some_and(|most| groups.groups >= most) { Err(Stop::Enough) } else { Ok(()) }
    });
    if !matches!(done, Err(Stop::Enough)) {
        done?;
    }
    let variables = keys.iter().chain(aggregates.iter().map(|(variable, _)| variable)).cloned().collect();
    Ok(Some(groups.table(variables)))
}

/// The rows of a pattern with the values of the `used` variables, as far as `cut` leaves them; `None`
/// where the pattern is more than is understood here.
pub(super) fn rows(
    index: &Index,
    token: &CancellationToken,
    inner: &GraphPattern,
    used: &[Variable],
    cut: impl Fn(Table) -> Result<Table, Stop>,
) -> Result<Option<Table>, Stop> {
    let mut names = Names::default();
    let Some(steps) = steps(index, inner, &mut names)? else { return Ok(None) };
    let Some(steps) = order(index, steps, &[])? else { return Ok(None) };
    let mut variables: Vec<Variable> = Vec::new();
    for variable in used.iter().filter(|variable| names.of(variable).is_some()) {
        if !variables.contains(variable) {
            variables.push(variable.clone());
        }
    }
    let output: Vec<usize> = variables.iter().filter_map(|variable| names.of(variable)).collect();
    let columns = vec![Column::Terms(Vec::new()); output.len()];
    let mut table = Table { variables, columns, rows: 0 };
    let mut limit = CUT_AT;
    Solver::new(index, token, steps, names.len(), &output).run(&mut |row, times| {
        for _ in 0..times {
            for (column, slot) in table.columns.iter_mut().zip(&output) {
                if let Column::Terms(values) = column {
                    values.push(row[*slot]);
                }
            }
            table.rows += 1;
            if table.rows >= limit {
                let variables = table.variables.clone();
                let empty = Table { variables, columns: Vec::new(), rows: 0 };
                table = cut(std::mem::replace(&mut table, empty))?;
                limit = CUT_AT.max(2 * table.rows);
            }
        }
        Ok(())
    })?;
    cut(table).map(Some)
}

fn count(aggregate: &AggregateExpression, names: &Names, steps: &[Step]) -> Option<Count> {
    match aggregate {
        AggregateExpression::CountSolutions { distinct: false } => Some(Count::Rows),
        AggregateExpression::FunctionCall { name: AggregateFunction::Count, expr: Expression::Variable(v), distinct } => {
            let Some(slot) = names.of(v) else { return Some(Count::Nothing) };
            let certain = steps.iter().any(|step| !matches!(step, Step::Optional(_)) && step.has(slot));
            Some(match (distinct, certain) {
                (true, _) => Count::Distinct(slot),
                (false, true) => Count::Rows,
                (false, false) => Count::Bound(slot),
            })
        }
        _ => None,
    }
}

/// Rows that are kept before those that cannot be among the first are dropped.
const CUT_AT: usize = 1 << 20;

struct Groups {
    keys: Vec<Option<usize>>,
    counts: Vec<Count>,
    numbers: FxHashMap<Box<[Value]>, usize>,
    /// The keys of the groups one after another.
    values: Vec<Value>,
    groups: usize,
    /// The counts of the groups one after another; of distinct values none yet.
    totals: Vec<u64>,
    /// For each count of distinct values: groups and values.
    pairs: Vec<Vec<(u32, u32)>>,
    last: usize,
    key: Vec<Value>,
}

impl Groups {
    fn new(keys: Vec<Option<usize>>, counts: Vec<Count>) -> Self {
        let pairs = counts.iter().map(|_| Vec::new()).collect();
        let mut groups = Self {
            keys,
            counts,
            numbers: FxHashMap::default(),
            values: Vec::new(),
            groups: 0,
            totals: Vec::new(),
            pairs,
            last: 0,
            key: Vec::new(),
        };
        if groups.keys.is_empty() {
            // Without GROUP BY there is one group, of however many rows.
            groups.begin();
        }
        groups
    }

    fn begin(&mut self) -> usize {
        self.values.extend(&self.key);
        self.totals.extend(self.counts.iter().map(|_| 0));
        self.groups += 1;
        self.groups - 1
    }

    fn add(&mut self, row: &[Value], times: u64) {
        self.key.clear();
        self.key.extend(self.keys.iter().map(|slot| slot.and_then(|slot| row[slot])));
        let width = self.keys.len();
        let same = self.groups > 0 && self.values[self.last * width..][..width] == self.key[..];
        if !same {
            self.last = match self.numbers.get(self.key.as_slice()) {
                Some(&group) => group,
                None => {
                    let group = self.begin();
                    self.numbers.insert(self.key.clone().into_boxed_slice(), group);
                    group
                }
            };
        }
        let group = self.last;
        let totals = &mut self.totals[group * self.counts.len()..];
        for (place, count) in self.counts.iter().enumerate() {
            match count {
                Count::Rows => totals[place] = totals[place].saturating_add(times),
                Count::Bound(slot) if row[*slot].is_some() => totals[place] = totals[place].saturating_add(times),
                Count::Distinct(slot) => {
                    if let Some(value) = row[*slot] {
                        let pairs = &mut self.pairs[place];
                        if pairs.len() == pairs.capacity() && pairs.len() >= MOST_PAIRS {
                            pairs.sort_unstable();
                            pairs.dedup();
                        }
                        pairs.push((group as u32, value));
                    }
                }
                Count::Bound(_) | Count::Nothing => {}
            }
        }
    }

    fn table(mut self, variables: Vec<Variable>) -> Table {
        let counts = self.counts.len();
        for (place, pairs) in self.pairs.iter_mut().enumerate() {
            pairs.sort_unstable();
            pairs.dedup();
            for (group, _) in pairs {
                self.totals[*group as usize * counts + place] += 1;
            }
        }
        let width = self.keys.len();
        let keys = (0..width).map(|place| Column::Terms((0..self.groups).map(|g| self.values[g * width + place]).collect()));
        let totals = (0..counts).map(|place| Column::Counts((0..self.groups).map(|g| self.totals[g * counts + place]).collect()));
        Table { variables, columns: keys.chain(totals).collect(), rows: self.groups }
    }
}

//! Counts in groups, and distinct rows, which are groups without counts.

use oxigraph::model::Variable;
use rustc_hash::FxHashMap;
use spargebra::algebra::{AggregateExpression, AggregateFunction, Expression, GraphPattern};

use super::order::order;
use super::solve::{Solver, Value};
use super::steps::{Names, Step, steps};
use super::table::{Column, Table};
use super::top::ranks;
use super::{Stop, Watch};
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
    /// None: the first of the values of a variable in the order of sorting, or the last.
    Extreme { slot: usize, last: bool },
    /// Nothing: the variable never has a value.
    Nothing,
}

/// Pairs of a group and a value that are kept before those met twice are dropped.
const MOST_PAIRS: usize = 1 << 22;
/// Groups, and different pairs, that may be kept: some hundreds of megabytes.
const MOST_KEPT: usize = 1 << 23;

/// The groups of a pattern with their counts, any `most` of them; `None` where pattern or counts are
/// more than is understood here, or the groups too many.
pub(super) fn groups(
    index: &Index,
    watch: &Watch,
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
        Count::Bound(slot) | Count::Distinct(slot) | Count::Extreme { slot, .. } => Some(*slot),
        Count::Rows | Count::Nothing => None,
    });
    let output: Vec<usize> = places.iter().flatten().copied().chain(counted).collect();
    let mut groups = Groups::new(places, counts);
    let done = Solver::new(index, watch, steps, names.len(), &output).run(&mut |row, times| {
        groups.add(row, times);
        let enough = most.is_some_and(|most| groups.groups >= most);
        if enough || groups.is_too_large() { Err(Stop::Enough) } else { Ok(()) }
    });
    match done {
        Err(Stop::Enough) if groups.is_too_large() => return Ok(None),
        Ok(()) | Err(Stop::Enough) => {}
        Err(stop) => return Err(stop),
    }
    let variables = keys.iter().chain(aggregates.iter().map(|(variable, _)| variable)).cloned().collect();
    groups.table(index, variables)
}

/// The rows of a pattern with the values of the `used` variables, as far as `cut` leaves them, or any
/// `most` of them; `None` where the pattern is more than is understood here, or there are too many.
pub(super) fn rows(
    index: &Index,
    watch: &Watch,
    inner: &GraphPattern,
    used: &[Variable],
    most: Option<usize>,
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
    let mut limit = most.unwrap_or(watch.rows).min(watch.rows);
    let done = Solver::new(index, watch, steps, names.len(), &output).run(&mut |row, times| {
        for _ in 0..times {
            if table.rows >= limit {
                let variables = table.variables.clone();
                let empty = Table { variables, columns: Vec::new(), rows: 0 };
                table = cut(std::mem::replace(&mut table, empty))?;
                if table.rows >= limit {
                    return Err(Stop::Enough);
                }
                limit = limit.max(2 * table.rows).min(watch.rows);
            }
            for (column, slot) in table.columns.iter_mut().zip(&output) {
                if let Column::Terms(values) = column {
                    values.push(row[*slot]);
                }
            }
            table.rows += 1;
        }
        if most.is_some_and(|most| table.rows >= most) { Err(Stop::Enough) } else { Ok(()) }
    });
    match done {
        // Enough is enough only where somebody said so; else there are too many.
        Err(Stop::Enough) if most.is_none_or(|most| table.rows < most) => Ok(None),
        Ok(()) | Err(Stop::Enough) => cut(table).map(Some),
        Err(stop) => Err(stop),
    }
}

fn count(aggregate: &AggregateExpression, names: &Names, steps: &[Step]) -> Option<Count> {
    let (name, variable, distinct) = match aggregate {
        AggregateExpression::CountSolutions { distinct: false } => return Some(Count::Rows),
        AggregateExpression::FunctionCall { name, expr: Expression::Variable(v), distinct } => (name, v, *distinct),
        _ => return None,
    };
    let slot = names.of(variable);
    // Bound in every row.
    let certain = |slot: usize| steps.iter().any(|step| !matches!(step, Step::Optional(_)) && step.has(slot));
    match (name, slot) {
        (AggregateFunction::Count, None) => Some(Count::Nothing),
        (AggregateFunction::Count, Some(slot)) if distinct => Some(Count::Distinct(slot)),
        (AggregateFunction::Count, Some(slot)) if certain(slot) => Some(Count::Rows),
        (AggregateFunction::Count, Some(slot)) => Some(Count::Bound(slot)),
        // A row without a value would be an error.
        (AggregateFunction::Min, Some(slot)) if certain(slot) => Some(Count::Extreme { slot, last: false }),
        (AggregateFunction::Max, Some(slot)) if certain(slot) => Some(Count::Extreme { slot, last: true }),
        _ => None,
    }
}

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

    fn is_too_large(&self) -> bool {
        self.groups > MOST_KEPT || self.pairs.iter().any(|pairs| pairs.len() > 2 * MOST_KEPT)
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
                Count::Distinct(slot) | Count::Extreme { slot, .. } => {
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

    /// `None` where the order of values that the least or greatest is asked of is not understood.
    fn table(mut self, index: &Index, variables: Vec<Variable>) -> Result<Option<Table>, Stop> {
        let width = self.keys.len();
        let key = |place: usize| (0..self.groups).map(|group| self.values[group * width + place]).collect();
        let mut columns: Vec<Column> = (0..width).map(|place| Column::Terms(key(place))).collect();
        for (place, count) in self.counts.iter().enumerate() {
            let pairs = &mut self.pairs[place];
            pairs.sort_unstable();
            pairs.dedup();
            if let Count::Extreme { last, .. } = count {
                let values = Column::Terms(pairs.iter().map(|(_, value)| Some(*value)).collect());
                let all: Vec<usize> = (0..pairs.len()).collect();
                let Some(ranks) = ranks(index, Some(&values), &all)? else { return Ok(None) };
                let mut extremes: Vec<Option<(u64, u32)>> = vec![None; self.groups];
                for ((group, value), rank) in pairs.iter().zip(ranks) {
                    let rank = if *last { u64::MAX - rank } else { rank };
                    let extreme = &mut extremes[*group as usize];
                    if extreme.is_none_or(|(least, _)| rank < least) {
                        *extreme = Some((rank, *value));
                    }
                }
                columns.push(Column::Terms(extremes.into_iter().map(|e| e.map(|(_, value)| value)).collect()));
                continue;
            }
            let mut totals: Vec<u64> =
                (0..self.groups).map(|group| self.totals[group * self.counts.len() + place]).collect();
            for (group, _) in pairs {
                totals[*group as usize] += 1;
            }
            columns.push(Column::Counts(totals));
        }
        Ok(Some(Table { variables, columns, rows: self.groups }))
    }
}

//! Runs ordered steps over the index, depth first. A row that several matches would repeat, since
//! nobody asks for what differs, is made once, with how often it counts.

use std::cell::RefCell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::filter::Test;
use super::steps::{Part, Step};
use super::{Stop, Watch};
use crate::store::index::Index;

/// How many matches are looked at between two looks at the watch.
const PATIENCE: usize = 256;

/// The value of a variable in a row.
pub(super) type Value = Option<u32>;

/// What takes a row and how often it counts.
type Sink<'s> = &'s mut dyn FnMut(&[Value], u64) -> Result<(), Stop>;

/// A step with what is wanted of it.
struct Planned {
    step: Step,
    /// Variables whose values matter to later steps or to the sink.
    wanted: Vec<bool>,
    within: Vec<Planned>,
    /// What a test said of a term.
    tested: RefCell<FxHashMap<u32, bool>>,
}

/// Steps ready to run.
pub(super) struct Solver<'a> {
    index: &'a Index,
    watch: &'a Watch,
    steps: Vec<Planned>,
    slots: usize,
    looked: usize,
}

impl<'a> Solver<'a> {
    /// `output` are the variables whose values the sink wants.
    pub(super) fn new(index: &'a Index, watch: &'a Watch, steps: Vec<Step>, slots: usize, output: &[usize]) -> Self {
        let mut wanted = vec![false; slots];
        output.iter().for_each(|slot| wanted[*slot] = true);
        Self { index, watch, steps: planned(steps, wanted), slots, looked: 0 }
    }

    /// Gives every row to `sink`.
    pub(super) fn run(mut self, sink: Sink<'_>) -> Result<(), Stop> {
        let steps = std::mem::take(&mut self.steps);
        let mut row = vec![None; self.slots];
        self.walk(&steps, &mut row, 1, sink)
    }

    fn look(&mut self) -> Result<(), Stop> {
        self.looked += 1;
        if self.looked >= PATIENCE {
            self.looked = 0;
            self.watch.looked(PATIENCE)?;
        }
        Ok(())
    }

    fn walk(&mut self, steps: &[Planned], row: &mut Vec<Value>, times: u64, sink: Sink<'_>) -> Result<(), Stop> {
        self.look()?;
        let Some((planned, rest)) = steps.split_first() else { return sink(row, times) };
        match &planned.step {
            Step::Match(parts) => self.matches(*parts, planned, rest, row, times, sink),
            Step::Keep { slot, test } => {
                let passes = match row[*slot] {
                    Some(id) => self.passes(planned, id, test)?,
                    None => false,
                };
                if passes { self.walk(rest, row, times, sink) } else { Ok(()) }
            }
            Step::Table { slots, rows } => {
                for values in rows {
                    self.look()?;
                    let fits = slots.iter().zip(values).all(|(slot, value)| row[*slot].is_none_or(|v| v == *value));
                    if !fits {
                        continue;
                    }
                    let before: Vec<Value> = slots.iter().map(|slot| row[*slot]).collect();
                    slots.iter().zip(values).for_each(|(slot, value)| row[*slot] = Some(*value));
                    self.walk(rest, row, times, sink)?;
                    slots.iter().zip(before).for_each(|(slot, value)| row[*slot] = value);
                }
                Ok(())
            }
            Step::Reach { from, property, to } => {
                self.reach([*from, Part::Fixed(*property), *to], rest, row, times, sink)
            }
            Step::Optional(_) => {
                let mut found: Vec<(Vec<Value>, u64)> = Vec::new();
                self.walk(&planned.within, row, 1, &mut |row, times| {
                    match found.last_mut() {
                        Some((last, count)) if *last == *row => *count = count.saturating_add(times),
                        _ => found.push((row.to_vec(), times)),
                    }
                    Ok(())
                })?;
                if found.is_empty() {
                    return self.walk(rest, row, times, sink);
                }
                for (mut row, count) in found {
                    self.walk(rest, &mut row, times.saturating_mul(count), sink)?;
                }
                Ok(())
            }
        }
    }

    fn passes(&self, planned: &Planned, id: u32, test: &Test) -> Result<bool, Stop> {
        if let Some(&passed) = planned.tested.borrow().get(&id) {
            return Ok(passed);
        }
        let passed = test.passes(&self.index.spelling(id)?);
        planned.tested.borrow_mut().insert(id, passed);
        Ok(passed)
    }

    fn matches(
        &mut self,
        parts: [Part; 3],
        planned: &Planned,
        rest: &[Planned],
        row: &mut Vec<Value>,
        times: u64,
        sink: Sink<'_>,
    ) -> Result<(), Stop> {
        let Some(pattern) = values(parts, row) else { return Ok(()) };
        let index = self.index;
        // Variables without a value yet, where they stand in the pattern.
        let open = [0, 1, 2].map(|place| match parts[place] {
            Part::Slot(slot) if row[slot].is_none() => Some(slot),
            _ => None,
        });
        let twice =
            open[0].is_some() && (open[0] == open[1] || open[0] == open[2]) || open[1].is_some() && open[1] == open[2];
        let asked = open.map(|slot| slot.filter(|slot| planned.wanted[*slot]));
        if !twice && asked == [None; 3] {
            let count = index.find(pattern[0], pattern[1], pattern[2])?.count(index)? as u64;
            return if count == 0 { Ok(()) } else { self.walk(rest, row, times.saturating_mul(count), sink) };
        }
        if !twice {
            match (pattern, asked) {
                ([None, None, None], [None, Some(slot), None]) => {
                    for property in index.properties() {
                        row[slot] = Some(property.term);
                        self.walk(rest, row, times.saturating_mul(property.count.into()), sink)?;
                    }
                    row[slot] = None;
                    return Ok(());
                }
                ([None, Some(predicate), None], [None, None, Some(slot)]) => {
                    let Some(property) = index.property(predicate) else { return Ok(()) };
                    let mut result = Ok(());
                    index.objects(property, |object, count| {
                        if result.is_ok() {
                            row[slot] = Some(object);
                            result = self.walk(rest, row, times.saturating_mul(count as u64), sink);
                        }
                    })?;
                    row[slot] = None;
                    return result;
                }
                _ => {}
            }
        }
        let mut matches = index.find(pattern[0], pattern[1], pattern[2])?;
        let mut pending: Option<([Value; 3], u64)> = None;
        while let Some(triple) = matches.next(index) {
            let triple = triple?;
            self.look()?;
            if twice && !consistent(open, triple) {
                continue;
            }
            let found = [0, 1, 2].map(|place| if twice { open[place] } else { asked[place] }.map(|_| triple[place]));
            match &mut pending {
                Some((last, count)) if *last == found => *count += 1,
                _ => {
                    if let Some((values, count)) = pending.replace((found, 1)) {
                        set(row, open, values);
                        self.walk(rest, row, times.saturating_mul(count), sink)?;
                    }
                }
            }
        }
        if let Some((values, count)) = pending {
            set(row, open, values);
            self.walk(rest, row, times.saturating_mul(count), sink)?;
        }
        set(row, open, [None; 3]);
        Ok(())
    }

    fn reach(
        &mut self,
        parts: [Part; 3],
        rest: &[Planned],
        row: &mut Vec<Value>,
        times: u64,
        sink: Sink<'_>,
    ) -> Result<(), Stop> {
        let Some([from, property, to]) = values(parts, row) else { return Ok(()) };
        // From whichever end has a value, to the other.
        let (start, backwards, goal) = match (from, to) {
            (Some(from), goal) => (from, false, goal),
            (None, Some(to)) => (to, true, None),
            (None, None) => return Ok(()),
        };
        let open = match parts[if backwards { 0 } else { 2 }] {
            Part::Slot(slot) if goal.is_none() => Some(slot),
            _ => None,
        };
        let mut reached: FxHashSet<u32> = FxHashSet::default();
        let mut order = Vec::new();
        let (mut todo, mut found) = (vec![start], false);
        while let Some(node) = todo.pop() {
            let pattern = if backwards { [None, property, Some(node)] } else { [Some(node), property, None] };
            let mut matches = self.index.find(pattern[0], pattern[1], pattern[2])?;
            while let Some(triple) = matches.next(self.index) {
                self.look()?;
                let next = triple?[if backwards { 0 } else { 2 }];
                if reached.insert(next) {
                    order.push(next);
                    todo.push(next);
                    found |= goal == Some(next);
                }
            }
            if found {
                return self.walk(rest, row, times, sink);
            }
        }
        if let Some(slot) = open {
            for node in order {
                row[slot] = Some(node);
                self.walk(rest, row, times, sink)?;
            }
            row[slot] = None;
        }
        Ok(())
    }
}

fn planned(steps: Vec<Step>, mut wanted: Vec<bool>) -> Vec<Planned> {
    let mut all = Vec::new();
    for step in steps.into_iter().rev() {
        let within = match &step {
            Step::Optional(steps) => planned(steps.clone(), wanted.clone()),
            _ => Vec::new(),
        };
        let own = wanted.clone();
        step.slots(&mut |slot| wanted[slot] = true);
        all.push(Planned { step, wanted: own, within, tested: RefCell::default() });
    }
    all.reverse();
    all
}

/// A pattern with the values of a row; `None` where it holds a term that the graph does not know.
fn values(parts: [Part; 3], row: &[Value]) -> Option<[Value; 3]> {
    let mut pattern = [None; 3];
    for (value, part) in pattern.iter_mut().zip(parts) {
        *value = match part {
            Part::Fixed(id) => Some(id?),
            Part::Slot(slot) => row[slot],
        };
    }
    Some(pattern)
}

/// Whether a variable that stands in a pattern twice has the same value in both places.
fn consistent(open: [Option<usize>; 3], triple: [u32; 3]) -> bool {
    [(0, 1), (0, 2), (1, 2)].iter().all(|&(a, b)| open[a].is_none() || open[a] != open[b] || triple[a] == triple[b])
}

fn set(row: &mut [Value], open: [Option<usize>; 3], values: [Value; 3]) {
    for (slot, value) in open.into_iter().zip(values) {
        if let Some(slot) = slot {
            row[slot] = value;
        }
    }
}

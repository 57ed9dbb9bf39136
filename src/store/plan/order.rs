//! The order of joins: the statistics of the index say how many rows each step makes of one.

use super::steps::{Part, Step};
use crate::store::index::{Damage, Index};

/// Groups of more steps than this are tried from their smallest step only.
const TRIED: usize = 12;

/// Steps in the order that makes the fewest rows on the way; `None` where a path would have to be
/// followed without a beginning. `bound` are the variables that have values before.
pub(super) fn order(index: &Index, steps: Vec<Step>, bound: &[usize]) -> Result<Option<Vec<Step>>, Damage> {
    let (may, must): (Vec<Step>, Vec<Step>) = steps.into_iter().partition(|step| matches!(step, Step::Optional(_)));
    let Some((places, _)) = best(index, &must, bound)? else { return Ok(None) };
    let mut must: Vec<Option<Step>> = must.into_iter().map(Some).collect();
    let mut ordered: Vec<Step> = places.into_iter().filter_map(|place| must[place].take()).collect();
    let mut bound = bound.to_vec();
    ordered.iter().for_each(|step| step.slots(&mut |slot| bound.push(slot)));
    for step in may {
        let Step::Optional(within) = step else { continue };
        let Some((places, _)) = best(index, &within, &bound)? else { return Ok(None) };
        let mut within: Vec<Option<Step>> = within.into_iter().map(Some).collect();
        ordered.push(Step::Optional(places.into_iter().filter_map(|place| within[place].take()).collect()));
    }
    Ok(Some(ordered))
}

/// The places of the steps in the best order, and the rows that it makes on the way.
pub(super) fn best(index: &Index, steps: &[Step], bound: &[usize]) -> Result<Option<(Vec<usize>, f64)>, Damage> {
    let found: Vec<f64> = steps.iter().map(|step| found(index, step)).collect::<Result<_, _>>()?;
    let alone: Vec<f64> = steps.iter().zip(&found).map(|(step, found)| rows(index, step, *found, bound)).collect();
    let mut starts: Vec<usize> = (0..steps.len()).filter(|place| alone[*place].is_finite()).collect();
    starts.sort_by(|a, b| alone[*a].total_cmp(&alone[*b]));
    if steps.is_empty() {
        return Ok(Some((Vec::new(), 0.0)));
    }
    starts.truncate(if steps.len() > TRIED { 1 } else { steps.len() });
    let mut cheapest: Option<(Vec<usize>, f64)> = None;
    for start in starts {
        let Some((places, cost)) = from(index, steps, &found, bound, start, alone[start]) else { continue };
        if cheapest.as_ref().is_none_or(|(_, least)| cost < *least) {
            cheapest = Some((places, cost));
        }
    }
    Ok(cheapest)
}

/// The order that begins with one step and goes on with that which makes the fewest rows.
fn from(
    index: &Index,
    steps: &[Step],
    found: &[f64],
    bound: &[usize],
    start: usize,
    first: f64,
) -> Option<(Vec<usize>, f64)> {
    let (mut places, mut bound) = (vec![start], bound.to_vec());
    let (mut current, mut cost) = (first, first);
    steps[start].slots(&mut |slot| bound.push(slot));
    while places.len() < steps.len() {
        let mut next: Option<(bool, f64, usize)> = None;
        for place in (0..steps.len()).filter(|place| !places.contains(place)) {
            let mut joined = false;
            steps[place].slots(&mut |slot| joined |= bound.contains(&slot));
            let factor = rows(index, &steps[place], found[place], &bound);
            // What has nothing in common multiplies all rows: last.
            let better = next.is_none_or(|(other, least, _)| (!joined, factor) < (!other, least));
            if factor.is_finite() && better {
                next = Some((joined, factor, place));
            }
        }
        let (_, factor, place) = next?;
        current *= factor;
        cost += current;
        places.push(place);
        steps[place].slots(&mut |slot| bound.push(slot));
    }
    Some((places, cost))
}

/// How many triples match the terms of a step alone.
fn found(index: &Index, step: &Step) -> Result<f64, Damage> {
    let parts = match step {
        Step::Match(parts) => *parts,
        Step::Reach { from, property, to } => [*from, Part::Fixed(*property), *to],
        Step::Table { .. } | Step::Keep { .. } | Step::Optional(_) => return Ok(0.0),
    };
    let fixed = parts.map(|part| match part {
        Part::Fixed(id) => Some(id),
        Part::Slot(_) => None,
    });
    if fixed.contains(&Some(None)) {
        return Ok(0.0);
    }
    let [subject, predicate, object] = fixed.map(Option::flatten);
    Ok(index.find(subject, predicate, object)?.most() as f64)
}

/// How many rows a step makes of one, when some variables have values; `found` is what its terms match.
fn rows(index: &Index, step: &Step, found: f64, bound: &[usize]) -> f64 {
    let given = |part: &Part| match part {
        Part::Fixed(_) => true,
        Part::Slot(slot) => bound.contains(slot),
    };
    match step {
        Step::Match(parts) => matches(index, *parts, found, bound),
        Step::Reach { from, property, to } => {
            let one = matches(index, [*from, Part::Fixed(*property), *to], found, bound);
            match (given(from), given(to)) {
                (true, true) => 1.0,
                (false, false) => f64::INFINITY,
                _ => one.max(1.0) * 10.0,
            }
        }
        Step::Table { slots, .. } if slots.iter().all(|slot| bound.contains(slot)) => 0.5,
        Step::Table { rows, .. } => rows.len() as f64,
        // As soon as it can be told, and not before.
        Step::Keep { slot, .. } if bound.contains(slot) => 0.1,
        Step::Keep { .. } => f64::INFINITY,
        Step::Optional(_) => 1.0,
    }
}

/// How many triples match where the variables of a pattern that are bound have values of average use.
fn matches(index: &Index, parts: [Part; 3], found: f64, bound: &[usize]) -> f64 {
    let property = match parts[1] {
        Part::Fixed(id) => id.and_then(|id| index.property(id)),
        Part::Slot(_) => None,
    };
    let (subjects, objects) = match property {
        Some(property) => (f64::from(property.subjects), f64::from(property.objects)),
        None => (index.nodes().len() as f64, index.terms() as f64),
    };
    let mut count = found;
    for (part, values) in parts.into_iter().zip([subjects, index.properties().len() as f64, objects]) {
        if matches!(part, Part::Slot(slot) if bound.contains(&slot)) {
            count /= values.max(1.0);
        }
    }
    count
}

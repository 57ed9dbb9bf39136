//! The rows that can be among the first of a sorted answer. What is sorted by is understood as far as
//! it goes; rows that are equal by that much are all kept, and the evaluator sorts what is left.

use std::cmp::Ordering;

use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, Term, Variable};

use super::Stop;
use super::solve::Value;
use super::table::{Column, Table};
use crate::store::index::{Index, parse};

/// One thing that is sorted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct By {
    pub(super) variable: Variable,
    pub(super) descending: bool,
}

/// The rows of `table` that can be among the first `wanted`.
pub(super) fn first(index: &Index, table: &Table, by: &[By], wanted: usize) -> Result<Table, Stop> {
    // Rows that are certainly among the first, and rows of which some are.
    let (mut sure, mut open): (Vec<usize>, Vec<usize>) = (Vec::new(), (0..table.rows).collect());
    for By { variable, descending } in by {
        let missing = wanted.saturating_sub(sure.len());
        if missing == 0 || open.len() <= missing {
            break;
        }
        let Some(mut places) = ranks(index, table.column(variable), &open)? else { break };
        if *descending {
            places.iter_mut().for_each(|rank| *rank = u64::MAX - *rank);
        }
        let mut sorted = places.clone();
        let (_, last, _) = sorted.select_nth_unstable(missing - 1);
        let last = *last;
        let mut equal = Vec::new();
        for (row, rank) in open.into_iter().zip(places) {
            match rank.cmp(&last) {
                Ordering::Less => sure.push(row),
                Ordering::Equal => equal.push(row),
                Ordering::Greater => {}
            }
        }
        open = equal;
    }
    if by.is_empty() || sure.len() >= wanted {
        open.truncate(wanted.saturating_sub(sure.len()));
    }
    sure.extend(open);
    sure.sort_unstable();
    Ok(table.pick(&sure))
}

/// Numbers that sort some rows as the values of a column do; `None` where the order of the values is
/// not understood.
pub(super) fn ranks(index: &Index, column: Option<&Column>, rows: &[usize]) -> Result<Option<Vec<u64>>, Stop> {
    let values = match column {
        // A variable without a column has no value anywhere.
        None => return Ok(Some(vec![0; rows.len()])),
        Some(Column::Counts(counts)) => return Ok(Some(rows.iter().map(|row| counts[*row]).collect())),
        Some(Column::Terms(values)) => values,
    };
    let mut different: Vec<u32> = rows.iter().filter_map(|row| values[*row]).collect();
    different.sort_unstable();
    different.dedup();
    let mut keys = Vec::with_capacity(different.len());
    let mut understood = true;
    index.spell(&different, |spelling| match Key::of(parse(spelling)) {
        Some(key) => keys.push(key),
        None => understood = false,
    })?;
    let numbers = keys.iter().any(|key| matches!(key, Key::Number(_)));
    let texts = keys.iter().any(|key| matches!(key, Key::Text(..)));
    let days = keys.iter().any(|key| matches!(key, Key::Day(_)));
    // Between literals of different kinds the evaluator has an order of its own.
    if !understood || u8::from(numbers) + u8::from(texts) + u8::from(days) > 1 {
        return Ok(None);
    }
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_unstable_by(|a, b| keys[*a].cmp(&keys[*b]));
    let mut ranks = vec![0; keys.len()];
    let mut rank = 0;
    for (place, key) in order.iter().enumerate() {
        if place == 0 || keys[order[place - 1]] != keys[*key] {
            rank += 1;
        }
        ranks[*key] = rank;
    }
    let rank = |value: Value| match value {
        Some(id) => different.binary_search(&id).map_or(0, |place| ranks[place]),
        None => 0,
    };
    Ok(Some(rows.iter().map(|row| rank(values[*row])).collect()))
}

/// A term by what it is sorted by, in the order of the kinds.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Blank(String),
    Iri(String),
    Number(i64),
    /// A year of four digits, a month and a day: sorted as it is written.
    Day(String),
    /// A string: its text, whether it has no language, its language.
    Text(String, bool, String),
}

impl Key {
    fn of(term: Term) -> Option<Self> {
        Some(match term {
            Term::BlankNode(node) => Self::Blank(node.into_string()),
            Term::NamedNode(node) => Self::Iri(node.into_string()),
            Term::Literal(literal) => Self::literal(&literal)?,
        })
    }

    fn literal(literal: &Literal) -> Option<Self> {
        let value = literal.value();
        if let Some(language) = literal.language() {
            return Some(Self::Text(value.into(), false, language.into()));
        }
        match literal.datatype() {
            kind if kind == xsd::STRING => Some(Self::Text(value.into(), true, String::new())),
            kind if kind == xsd::INTEGER => {
                value.parse().ok().filter(|n: &i64| n.to_string() == value).map(Self::Number)
            }
            kind if kind == xsd::DATE => {
                let digits = |range: std::ops::Range<usize>| value.as_bytes()[range].iter().all(u8::is_ascii_digit);
                let plain = value.len() == 10 && digits(0..4) && digits(5..7) && digits(8..10);
                let valid = plain && value.parse::<jiff::civil::Date>().is_ok();
                valid.then(|| Self::Day(value.into()))
            }
            _ => None,
        }
    }
}

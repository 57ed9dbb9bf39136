//! A query before the evaluator gets it: what the index answers by itself is answered, and joins are
//! put in the order that its statistics give.
//!
//! The evaluator joins row by row and makes a string of all that it sorts. Three forms are therefore
//! worked out here on numbers of terms, and stand in the query as a table of values: counts in groups,
//! distinct rows, and the first rows of a sorted answer. Everything above them is left to the
//! evaluator, so that only what is within them has to be understood; where it is not, nothing changes.
//! A query that is joins and nothing else does without the evaluator altogether.

mod direct;
mod filter;
mod group;
mod joins;
mod order;
mod rewrite;
mod solve;
mod steps;
mod table;
mod top;

pub(super) use direct::answer;
pub(super) use rewrite::rewrite;

use std::cell::Cell;

use oxigraph::sparql::{CancellationToken, QueryEvaluationError};

use super::index::Damage;

/// Rows that an answer worked out here may have: a table of values in a query takes more room than rows
/// that flow by.
const MOST_ROWS: usize = 1 << 20;

/// How long the work on a query may go on.
pub(super) struct Watch {
    token: CancellationToken,
    /// How many triples may still be looked at.
    left: Cell<usize>,
    /// How many rows an answer may have.
    rows: usize,
}

impl Watch {
    /// Until the token is cancelled.
    pub(super) fn until(token: &CancellationToken) -> Self {
        Self { token: token.clone(), left: Cell::new(usize::MAX), rows: MOST_ROWS }
    }

    /// For about a millisecond.
    pub(super) fn short() -> Self {
        Self { token: CancellationToken::new(), left: Cell::new(1 << 14), rows: 1 << 11 }
    }

    /// Says that so many triples were looked at.
    fn looked(&self, triples: usize) -> Result<(), Stop> {
        if self.token.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        match self.left.get().checked_sub(triples) {
            Some(left) => {
                self.left.set(left);
                Ok(())
            }
            None => Err(Stop::Spent),
        }
    }
}

/// Why planning ends early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// Nobody waits for the answer any more.
    Cancelled,
    /// The graph cannot be read.
    Damaged(Damage),
    /// The time is up that there was.
    Spent,
    /// There are as many rows as are wanted, or more than can be kept.
    Enough,
}

impl From<Damage> for Stop {
    fn from(damage: Damage) -> Self {
        Self::Damaged(damage)
    }
}

impl From<Stop> for QueryEvaluationError {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Damaged(damage) => Self::Dataset(Box::new(damage)),
            Stop::Cancelled | Stop::Spent | Stop::Enough => Self::Cancelled,
        }
    }
}

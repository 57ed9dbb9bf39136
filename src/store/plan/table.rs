//! Rows that were worked out, and how they stand in a query again.

use oxigraph::model::{Literal, Variable};
use spargebra::algebra::GraphPattern;

use super::solve::Value;
use crate::store::dataset::mark;
use crate::store::index::Index;

/// The values of one variable, a row each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Column {
    /// Terms of the graph.
    Terms(Vec<Value>),
    /// Numbers that were counted.
    Counts(Vec<u64>),
}

/// Rows, by column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) variables: Vec<Variable>,
    pub(super) columns: Vec<Column>,
    pub(super) rows: usize,
}

impl Table {
    /// Some of the rows.
    pub(super) fn pick(&self, rows: &[usize]) -> Self {
        let columns = self.columns.iter().map(|column| match column {
            Column::Terms(values) => Column::Terms(rows.iter().map(|row| values[*row]).collect()),
            Column::Counts(values) => Column::Counts(rows.iter().map(|row| values[*row]).collect()),
        });
        Self { variables: self.variables.clone(), columns: columns.collect(), rows: rows.len() }
    }

    pub(super) fn column(&self, variable: &Variable) -> Option<&Column> {
        self.variables.iter().position(|known| known == variable).map(|place| &self.columns[place])
    }

    /// The rows as a part of a query.
    pub(super) fn pattern(self, index: &Index) -> GraphPattern {
        let cell = |column: &Column, row: usize| match column {
            Column::Terms(values) => values[row].map(|id| mark(index, id)),
            Column::Counts(values) => Some(Literal::from(values[row]).into()),
        };
        let bindings =
            (0..self.rows).map(|row| self.columns.iter().map(|column| cell(column, row)).collect()).collect();
        GraphPattern::Values { variables: self.variables, bindings }
    }
}

//! Rows that an analysis prints: as columns on a terminal, as CSV elsewhere, as JSON where asked for.

use std::io::{self, IsTerminal, Write};

use clap::ValueEnum;
use serde_json::{Map, Value};

use super::table;

/// How rows are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// Columns for reading
    Table,
    /// Comma-separated values
    Csv,
    /// A list of objects
    Json,
}

impl Form {
    /// The given one; otherwise columns on a terminal and CSV elsewhere.
    pub fn or_usual(form: Option<Self>) -> Self {
        form.unwrap_or(if io::stdout().is_terminal() { Self::Table } else { Self::Csv })
    }
}

/// Rows below the names of their columns.
#[derive(Debug, Default)]
pub struct Listing {
    head: Vec<&'static str>,
    rows: Vec<Vec<Value>>,
}

impl Listing {
    /// No rows yet.
    pub fn new(head: &[&'static str]) -> Self {
        Self { head: head.to_vec(), rows: Vec::new() }
    }

    /// Adds a row: a value for each column; null where there is none.
    pub fn push(&mut self, row: Vec<Value>) {
        debug_assert_eq!(row.len(), self.head.len(), "a value for each column");
        self.rows.push(row);
    }

    /// Without its last column: addresses are for programs, and make a line too long to read.
    pub fn drop_last_column(&mut self) {
        self.head.pop();
        self.rows.iter_mut().for_each(|row| drop(row.pop()));
    }

    /// Whether there is nothing to print.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Prints all rows.
    pub fn write(&self, form: Form, out: &mut impl Write) -> io::Result<()> {
        match form {
            Form::Table => {
                let rows: Vec<Vec<String>> =
                    self.rows.iter().map(|row| row.iter().map(|v| table::short(&spelt(v))).collect()).collect();
                let numeric: Vec<bool> = (0..self.head.len())
                    .map(|column| self.rows.iter().all(|row| row[column].is_number() || row[column].is_null()))
                    .collect();
                let head: Vec<String> = self.head.iter().map(ToString::to_string).collect();
                table::columns(&head, &rows, &numeric, out)
            }
            Form::Csv => {
                let mut table = csv::Writer::from_writer(out);
                table.write_record(&self.head)?;
                for row in &self.rows {
                    table.write_record(row.iter().map(exact))?;
                }
                table.flush()
            }
            Form::Json => {
                let object = |row: &Vec<Value>| -> Map<String, Value> {
                    self.head.iter().map(ToString::to_string).zip(row.iter().cloned()).collect()
                };
                let all: Vec<_> = self.rows.iter().map(object).collect();
                serde_json::to_writer_pretty(&mut *out, &all)?;
                writeln!(out)
            }
        }
    }
}

/// A value with all its digits.
fn exact(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A value for reading: numbers with four significant digits.
fn spelt(value: &Value) -> String {
    match value.as_f64() {
        Some(number) if value.is_f64() && number != 0.0 => {
            let digits = (3 - number.abs().log10().floor() as i32).clamp(0, 9) as usize;
            format!("{number:.digits$}")
        }
        _ => exact(value),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_form_holds_the_same_rows() {
        let mut listing = Listing::new(&["symbol", "score"]);
        listing.push(vec![json!("S/RES/1"), json!(0.012_345_678)]);
        listing.push(vec![json!("a, \"b\""), Value::Null]);
        let print = |form| {
            let mut out = Vec::new();
            listing.write(form, &mut out).expect("in memory");
            String::from_utf8(out).expect("UTF-8")
        };
        assert_eq!(print(Form::Csv), "symbol,score\nS/RES/1,0.012345678\n\"a, \"\"b\"\"\",\n");
        assert!(print(Form::Table).contains("S/RES/1  0.01235"), "{}", print(Form::Table));
        let read: Vec<Map<String, Value>> = serde_json::from_str(&print(Form::Json)).expect("JSON");
        assert_eq!((read.len(), &read[1]["score"]), (2, &Value::Null));
    }
}

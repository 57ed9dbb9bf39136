//! Parquet: typed columns, packed; what pandas, DuckDB, Spark and R read.

use std::io::Write;
use std::sync::Arc;

use jiff::civil::{Date, date};
use parquet::basic::{Compression, GzipLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;

use super::variables::{Column, Edges, Type, Value};
use super::{Chosen, ExportError, occurrences};

/// Rows that are held in memory, and written together.
const ROWS: usize = 20_000;
/// Days of Parquet are counted from here.
const FIRST_DAY: Date = date(1970, 1, 1);

/// One of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// Documents and things.
    Nodes,
    /// What they say of each other.
    Edges,
    /// Every place where something is cited, stated or named.
    Mentions,
}

impl Table {
    /// All.
    pub const ALL: [Self; 3] = [Self::Nodes, Self::Edges, Self::Mentions];

    /// `nodes`, as in the name of its file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Nodes => "nodes",
            Self::Edges => "edges",
            Self::Mentions => "mentions",
        }
    }
}

/// Columns of the edges before those of [`Edges`].
const ENDS: [Column; 4] = [
    Column { name: "source", kind: Type::Text },
    Column { name: "target", kind: Type::Text },
    Column { name: "source_iri", kind: Type::Text },
    Column { name: "target_iri", kind: Type::Text },
];

/// Writes a table; says how many rows it has.
///
/// # Errors
/// When the store cannot be read, or `out` cannot be written to.
pub fn write(chosen: &Chosen<'_>, table: Table, out: impl Write + Send) -> Result<usize, ExportError> {
    match table {
        Table::Nodes => {
            let nodes = chosen.nodes()?;
            let mut sheet = Sheet::new(nodes.columns().to_vec(), out)?;
            for row in 0..chosen.selection.nodes.len() {
                sheet.push(nodes.row(row).into_iter().cloned().collect())?;
            }
            sheet.finish()
        }
        Table::Edges => {
            let mut sheet = Sheet::new(ENDS.into_iter().chain(Edges::COLUMNS).collect(), out)?;
            let edges = chosen.edges();
            for (place, from, to) in chosen.ends() {
                let (from, to) = (&chosen.network.graph[from], &chosen.network.graph[to]);
                let ends = [&from.label, &to.label, &from.iri, &to.iri].map(|text| Value::text(text));
                sheet.push(ends.into_iter().chain(edges.row(place)?).collect())?;
            }
            sheet.finish()
        }
        Table::Mentions => {
            let mut sheet = Sheet::new(occurrences::COLUMNS.to_vec(), out)?;
            occurrences::each(chosen, |row| sheet.push(row.into()))?;
            sheet.finish()
        }
    }
}

/// A table under construction.
struct Sheet<W: Write + Send> {
    columns: Vec<Column>,
    writer: SerializedFileWriter<W>,
    rows: Vec<Vec<Value>>,
    written: usize,
}

impl<W: Write + Send> Sheet<W> {
    fn new(columns: Vec<Column>, out: W) -> Result<Self, ExportError> {
        let fields: String = columns.iter().map(field).collect();
        let schema = parse_message_type(&format!("message resograph {{ {fields}}}")).map_err(failed)?;
        let level = GzipLevel::try_new(6).map_err(failed)?;
        let properties = WriterProperties::builder().set_compression(Compression::GZIP(level)).build();
        let writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties)).map_err(failed)?;
        Ok(Self { columns, writer, rows: Vec::new(), written: 0 })
    }

    fn push(&mut self, row: Vec<Value>) -> Result<(), ExportError> {
        self.rows.push(row);
        self.written += 1;
        if self.rows.len() == ROWS { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), ExportError> {
        let rows = std::mem::take(&mut self.rows);
        let mut group = self.writer.next_row_group().map_err(failed)?;
        for (at, column) in self.columns.iter().enumerate() {
            let values = rows.iter().filter_map(|row| row.get(at));
            let Some(mut writer) = group.next_column().map_err(failed)? else { break };
            write_column(&mut writer, column.kind, values).map_err(failed)?;
            writer.close().map_err(failed)?;
        }
        group.close().map_err(failed)?;
        Ok(())
    }

    /// A table without a row has one group of none.
    fn finish(mut self) -> Result<usize, ExportError> {
        if !self.rows.is_empty() || self.written == 0 {
            self.flush()?;
        }
        let mut out = self.writer.into_inner().map_err(failed)?;
        out.flush()?;
        Ok(self.written)
    }
}

/// As the schema declares a column: every value may be missing.
fn field(column: &Column) -> String {
    let name = column.name;
    match column.kind {
        Type::Text => format!("OPTIONAL BYTE_ARRAY {name} (UTF8); "),
        Type::List => {
            format!("OPTIONAL GROUP {name} (LIST) {{ REPEATED GROUP list {{ REQUIRED BYTE_ARRAY element (UTF8); }} }} ")
        }
        Type::Whole => format!("OPTIONAL INT64 {name}; "),
        Type::Number => format!("OPTIONAL DOUBLE {name}; "),
        Type::Truth => format!("OPTIONAL BOOLEAN {name}; "),
        Type::Day => format!("OPTIONAL INT32 {name} (DATE); "),
    }
}

fn write_column<'v>(
    writer: &mut SerializedColumnWriter<'_>,
    kind: Type,
    values: impl Iterator<Item = &'v Value> + Clone,
) -> Result<(), ParquetError> {
    // How much of the way to a value is there: 0 nothing; of a list 2, its members.
    let present = || values.clone().map(|value| i16::from(value.is_something())).collect::<Vec<_>>();
    match kind {
        Type::Text => {
            let texts: Vec<ByteArray> = values
                .clone()
                .filter(|v| v.is_something())
                .map(|v| ByteArray::from(v.to_string().into_bytes()))
                .collect();
            writer.typed::<ByteArrayType>().write_batch(&texts, Some(&present()), None)?;
        }
        Type::List => {
            let (mut texts, mut depths, mut repeats) = (Vec::new(), Vec::new(), Vec::new());
            for value in values {
                let Value::List(members) = value else {
                    depths.push(0);
                    repeats.push(0);
                    continue;
                };
                for (n, member) in members.iter().enumerate() {
                    texts.push(ByteArray::from(member.clone().into_bytes()));
                    depths.push(2);
                    repeats.push(i16::from(n > 0));
                }
            }
            writer.typed::<ByteArrayType>().write_batch(&texts, Some(&depths), Some(&repeats))?;
        }
        Type::Whole => {
            let of = |value: &Value| if let Value::Whole(n) = value { Some(*n) } else { None };
            let numbers: Vec<i64> = values.clone().filter_map(of).collect();
            writer.typed::<Int64Type>().write_batch(&numbers, Some(&present()), None)?;
        }
        Type::Number => {
            let of = |value: &Value| if let Value::Number(n) = value { Some(*n) } else { None };
            let numbers: Vec<f64> = values.clone().filter_map(of).collect();
            writer.typed::<DoubleType>().write_batch(&numbers, Some(&present()), None)?;
        }
        Type::Truth => {
            let of = |value: &Value| if let Value::Truth(truth) = value { Some(*truth) } else { None };
            let truths: Vec<bool> = values.clone().filter_map(of).collect();
            writer.typed::<BoolType>().write_batch(&truths, Some(&present()), None)?;
        }
        Type::Day => {
            let of = |value: &Value| if let Value::Day(day) = value { Some(days(*day)) } else { None };
            let all: Vec<i32> = values.clone().filter_map(of).collect();
            writer.typed::<Int32Type>().write_batch(&all, Some(&present()), None)?;
        }
    }
    Ok(())
}

fn days(day: Date) -> i32 {
    // Days of the years that dates can have fit by far.
    day.since(FIRST_DAY).map_or(0, |span| span.get_days())
}

fn failed(error: ParquetError) -> ExportError {
    ExportError::Write(match error {
        // Not wrapped: whoever looks for a broken pipe looks for the error of the pipe.
        ParquetError::External(error) => error.downcast().map_or_else(std::io::Error::other, |error| *error),
        other => std::io::Error::other(other),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;

    #[test]
    fn what_is_written_is_read_with_its_types() {
        let names = ["a", "b", "c", "d", "e", "f"];
        let kinds = [Type::Text, Type::List, Type::Whole, Type::Number, Type::Truth, Type::Day];
        let columns = names.into_iter().zip(kinds).map(|(name, kind)| Column { name, kind }).collect();
        let mut out = Vec::new();
        let mut sheet = Sheet::new(columns, &mut out).expect("the columns make a schema");
        let day = Value::Day(date(1969, 12, 30));
        sheet
            .push(vec![
                Value::text("x"),
                Value::list(["y", "z"]),
                Value::Whole(-3),
                Value::Number(0.5),
                Value::Truth(true),
                day,
            ])
            .expect("a row is kept");
        sheet.push(vec![Value::Nothing; 6]).expect("a row is kept");
        assert_eq!(sheet.finish().expect("memory takes it"), 2);
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(&out).expect("the file takes it");
        let reader = SerializedFileReader::new(file).expect("a Parquet file");
        let rows: Vec<_> = reader.get_row_iter(None).expect("rows").map(|row| row.expect("a row")).collect();
        assert_eq!(rows[0].get_string(0).ok().map(String::as_str), Some("x"));
        assert_eq!(rows[0].get_list(1).map(parquet::record::List::len).ok(), Some(2));
        assert_eq!((rows[0].get_long(2).ok(), rows[0].get_double(3).ok()), (Some(-3), Some(0.5)));
        assert_eq!(rows[0].get_bool(4).ok(), Some(true));
        assert!(rows[0].to_string().contains("1969-12-30"), "{}", rows[0]);
        assert_eq!(rows[1].to_string(), "{a: null, b: null, c: null, d: null, e: null, f: null}");
    }
}

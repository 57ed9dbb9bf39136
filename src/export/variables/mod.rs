//! What is known of each node and each edge, as columns with types: the variables that every tabular format writes.

use std::fmt;

use jiff::civil::Date;

mod roads;
mod nodes;
mod edges;

pub use edges::Edges;
pub(super) use edges::{in_order, paragraphs, place, sentence};
pub use nodes::Nodes;
pub(super) use roads::prefixed;

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// A text.
    Text,
    /// Several texts, in order.
    List,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// True or false.
    Truth,
    /// A day.
    Day,
}

/// A column: a name that no other of its table has, and a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// `timesCited`
    pub name: &'static str,
    /// Of every value that is not [`Value::Nothing`].
    pub kind: Type,
}

/// One value of a node or an edge.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// The graph does not say.
    Nothing,
    /// A text, never empty.
    Text(String),
    /// Several texts, at least one.
    List(Vec<String>),
    /// A whole number.
    Whole(i64),
    /// A number.
    Number(f64),
    /// True or false.
    Truth(bool),
    /// A day.
    Day(Date),
}

/// What stands between the texts of a list where a format knows texts only.
pub const BETWEEN: &str = "; ";

impl Value {
    /// A text, unless it is empty.
    #[must_use]
    pub fn text(text: &str) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Text(text.to_owned()) }
    }

    /// The texts, unless there are none.
    #[must_use]
    pub fn list(texts: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let texts: Vec<String> = texts.into_iter().map(Into::into).collect();
        if texts.is_empty() { Self::Nothing } else { Self::List(texts) }
    }

    /// A count.
    #[must_use]
    pub fn count(count: usize) -> Self {
        Self::Whole(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// The spelling of a literal as a value of a type; nothing where it is not of the type.
    #[must_use]
    pub fn read(spelling: &str, kind: Type) -> Self {
        let of = |value: Option<Self>| value.unwrap_or(Self::Nothing);
        match kind {
            Type::Text => Self::text(spelling),
            Type::List => Self::list((!spelling.is_empty()).then_some(spelling)),
            Type::Whole => of(spelling.parse().ok().map(Self::Whole)),
            Type::Number => of(spelling.parse().ok().filter(|n: &f64| n.is_finite()).map(Self::Number)),
            Type::Truth => match spelling {
                "true" | "1" => Self::Truth(true),
                "false" | "0" => Self::Truth(false),
                _ => Self::Nothing,
            },
            Type::Day => of(spelling.parse().ok().map(Self::Day)),
        }
    }

    /// Whether there is one.
    #[must_use]
    pub fn is_something(&self) -> bool {
        *self != Self::Nothing
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => Ok(()),
            Self::Text(text) => f.write_str(text),
            Self::List(texts) => f.write_str(&texts.join(BETWEEN)),
            Self::Whole(n) => write!(f, "{n}"),
            Self::Number(n) => write!(f, "{n}"),
            Self::Truth(truth) => write!(f, "{truth}"),
            Self::Day(day) => write!(f, "{day}"),
        }
    }
}

impl From<&Value> for serde_json::Value {
    fn from(value: &Value) -> Self {
        match value {
            Value::Nothing => Self::Null,
            Value::Text(text) => Self::from(text.as_str()),
            Value::List(texts) => Self::from(texts.as_slice()),
            Value::Whole(n) => Self::from(*n),
            Value::Number(n) => Self::from(*n),
            Value::Truth(truth) => Self::from(*truth),
            Value::Day(day) => Self::from(day.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(spelling: &str, kind: Type, expected: &Value, spelt: &str) {
        let value = Value::read(spelling, kind);
        assert_eq!(&value, expected);
        assert_eq!(value.to_string(), spelt);
    }

    #[test]
    fn literals_are_read_as_the_type_of_their_column() {
        check("12", Type::Whole, &Value::Whole(12), "12");
        check("12", Type::Text, &Value::Text("12".into()), "12");
        check("twelve", Type::Whole, &Value::Nothing, "");
        check("1.5E-3", Type::Number, &Value::Number(0.0015), "0.0015");
        check("NaN", Type::Number, &Value::Nothing, "");
        check("true", Type::Truth, &Value::Truth(true), "true");
        check("2017-11-21", Type::Day, &Value::Day(jiff::civil::date(2017, 11, 21)), "2017-11-21");
        check("2017", Type::Day, &Value::Nothing, "");
        check("", Type::Text, &Value::Nothing, "");
        assert_eq!(Value::list(["a", "b"]).to_string(), "a; b");
        assert_eq!(Value::list(Vec::<String>::new()), Value::Nothing);
    }
}

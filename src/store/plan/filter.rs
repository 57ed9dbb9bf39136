//! Filters on one variable that can be told from the spelling of its term.

use memchr::memmem;
use oxigraph::model::Term;
use spargebra::algebra::{Expression, Function};

use crate::store::index::parse;

/// A filter on the value of one variable. An error in it counts as false, as SPARQL has it of a filter.
#[derive(Debug, Clone)]
pub(super) enum Test {
    /// Text before, within or after a text.
    Text { place: Place, needle: String, of: Of },
    /// The tag of the language is this one; empty for a literal without.
    Language(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Start,
    Within,
    End,
}

/// What a text is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// A string, with or without language.
    String,
    /// `STR` of anything.
    Anything,
}

/// The tests that a filter is made of, all of which must hold, each with its variable; `None` where one
/// of them is none of those known here.
pub(super) fn tests(expression: &Expression) -> Option<Vec<(&spargebra::term::Variable, Test)>> {
    match expression {
        Expression::And(left, right) => {
            let mut all = tests(left)?;
            all.extend(tests(right)?);
            Some(all)
        }
        other => Some(vec![test(other)?]),
    }
}

fn test(expression: &Expression) -> Option<(&spargebra::term::Variable, Test)> {
    match expression {
        Expression::FunctionCall(function, arguments) => {
            let place = match function {
                Function::Contains => Place::Within,
                Function::StrStarts => Place::Start,
                Function::StrEnds => Place::End,
                _ => return None,
            };
            let [text, Expression::Literal(needle)] = arguments.as_slice() else { return None };
            if needle.language().is_some() || needle.datatype() != oxigraph::model::vocab::xsd::STRING {
                return None;
            }
            let (variable, of) = match text {
                Expression::Variable(variable) => (variable, Of::String),
                Expression::FunctionCall(Function::Str, inner) => match inner.as_slice() {
                    [Expression::Variable(variable)] => (variable, Of::Anything),
                    _ => return None,
                },
                _ => return None,
            };
            Some((variable, Test::Text { place, needle: needle.value().into(), of }))
        }
        Expression::Equal(left, right) => language(left, right).or_else(|| language(right, left)),
        _ => None,
    }
}

fn language<'e>(call: &'e Expression, tag: &'e Expression) -> Option<(&'e spargebra::term::Variable, Test)> {
    let Expression::FunctionCall(Function::Lang, arguments) = call else { return None };
    let ([Expression::Variable(variable)], Expression::Literal(tag)) = (arguments.as_slice(), tag) else { return None };
    let plain = tag.language().is_none() && tag.datatype() == oxigraph::model::vocab::xsd::STRING;
    plain.then(|| (variable, Test::Language(tag.value().into())))
}

impl Test {
    /// Whether a term, as N-Triples spells it, passes.
    pub(super) fn passes(&self, spelling: &str) -> bool {
        match self {
            Self::Language(tag) => {
                let Some(literal) = spelling.strip_prefix('"') else { return false };
                match tail(literal) {
                    Some(("", _) | ("^", _)) => tag.is_empty(),
                    Some((_, language)) => language == tag,
                    None => false,
                }
            }
            Self::Text { place, needle, of } => {
                // What is not escaped is as it is read; the rest is rare, and read in full.
                if let Some(text) = plain(spelling, *of) {
                    return holds(text, *place, needle);
                }
                match parse(spelling) {
                    Term::Literal(literal) => {
                        let string = literal.language().is_some()
                            || literal.datatype() == oxigraph::model::vocab::xsd::STRING;
                        (string || *of == Of::Anything) && holds(literal.value(), *place, needle)
                    }
                    Term::NamedNode(node) => *of == Of::Anything && holds(node.as_str(), *place, needle),
                    Term::BlankNode(_) => false,
                }
            }
        }
    }
}

/// What follows the closing quotation mark of a literal: nothing, `^` and its type, `@` and its language.
fn tail(literal: &str) -> Option<(&'static str, &str)> {
    if literal.ends_with('"') {
        return Some(("", ""));
    }
    if literal.ends_with('>') {
        return Some(("^", literal));
    }
    literal.rsplit_once("\"@").map(|(_, language)| ("@", language))
}

/// The text of a string without escapes.
fn plain(spelling: &str, of: Of) -> Option<&str> {
    let literal = spelling.strip_prefix('"')?;
    if memchr::memchr(b'\\', literal.as_bytes()).is_some() {
        return None;
    }
    match tail(literal)? {
        ("", _) => literal.strip_suffix('"'),
        ("^", _) => (of == Of::Anything).then(|| literal.rsplit_once("\"^^<").map(|(value, _)| value))?,
        _ => literal.rsplit_once("\"@").map(|(value, _)| value),
    }
}

fn holds(text: &str, place: Place, needle: &str) -> bool {
    match place {
        Place::Start => text.starts_with(needle),
        Place::End => text.ends_with(needle),
        Place::Within => memmem::find(text.as_bytes(), needle.as_bytes()).is_some(),
    }
}

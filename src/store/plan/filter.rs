//! Filters on one variable that can be told from the spelling of its term.

use memchr::memmem;
use oxigraph::model::{Literal, Term, Variable, vocab::xsd};
use regex::{Regex, RegexBuilder};
use spargebra::algebra::{Expression, Function};

use crate::store::index::parse;

/// A filter on the value of one variable. An error in it counts as false, as SPARQL has it of a filter.
#[derive(Debug, Clone)]
pub(super) enum Test {
    /// Text before, within or after a text.
    Text { place: Place, needle: String, of: Of },
    /// A pattern that is found in a string.
    Pattern(Regex),
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
pub(super) fn tests(expression: &Expression) -> Option<Vec<(&Variable, Test)>> {
    match expression {
        Expression::And(left, right) => {
            let mut all = tests(left)?;
            all.extend(tests(right)?);
            Some(all)
        }
        other => Some(vec![test(other)?]),
    }
}

fn test(expression: &Expression) -> Option<(&Variable, Test)> {
    match expression {
        Expression::FunctionCall(Function::Regex, arguments) => {
            let (text, pattern, flags) = match arguments.as_slice() {
                [Expression::Variable(text), Expression::Literal(pattern)] => (text, pattern, ""),
                [Expression::Variable(text), Expression::Literal(pattern), Expression::Literal(flags)] => {
                    (text, pattern, simple(flags)?)
                }
                _ => return None,
            };
            Some((text, Test::Pattern(compiled(simple(pattern)?, flags)?)))
        }
        Expression::FunctionCall(function, arguments) => {
            let place = match function {
                Function::Contains => Place::Within,
                Function::StrStarts => Place::Start,
                Function::StrEnds => Place::End,
                _ => return None,
            };
            let [text, Expression::Literal(needle)] = arguments.as_slice() else { return None };
            let needle = simple(needle)?;
            let (variable, of) = match text {
                Expression::Variable(variable) => (variable, Of::String),
                Expression::FunctionCall(Function::Str, inner) => match inner.as_slice() {
                    [Expression::Variable(variable)] => (variable, Of::Anything),
                    _ => return None,
                },
                _ => return None,
            };
            Some((variable, Test::Text { place, needle: needle.into(), of }))
        }
        Expression::Equal(left, right) => language(left, right).or_else(|| language(right, left)),
        _ => None,
    }
}

fn language<'e>(call: &'e Expression, tag: &'e Expression) -> Option<(&'e Variable, Test)> {
    let Expression::FunctionCall(Function::Lang, arguments) = call else { return None };
    let ([Expression::Variable(variable)], Expression::Literal(tag)) = (arguments.as_slice(), tag) else { return None };
    Some((variable, Test::Language(simple(tag)?.into())))
}

/// The text of a literal without language.
fn simple(literal: &Literal) -> Option<&str> {
    (literal.datatype() == xsd::STRING).then(|| literal.value())
}

/// A pattern as the evaluator compiles it; `None` where that is an error.
fn compiled(pattern: &str, flags: &str) -> Option<Regex> {
    /// The evaluator's own limit.
    const LARGEST: usize = 1_000_000;
    let mut builder = RegexBuilder::new(pattern);
    builder.size_limit(LARGEST);
    for flag in flags.chars() {
        match flag {
            's' => builder.dot_matches_new_line(true),
            'm' => builder.multi_line(true),
            'i' => builder.case_insensitive(true),
            'x' => builder.ignore_whitespace(true),
            _ => return None,
        };
    }
    builder.build().ok()
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
            Self::Text { place, needle, of } => holds(spelling, *of, |text| match place {
                Place::Start => text.starts_with(needle),
                Place::End => text.ends_with(needle),
                Place::Within => memmem::find(text.as_bytes(), needle.as_bytes()).is_some(),
            }),
            Self::Pattern(pattern) => holds(spelling, Of::String, |text| pattern.is_match(text)),
        }
    }
}

/// Whether there is a text, and a test holds of it.
fn holds(spelling: &str, of: Of, test: impl Fn(&str) -> bool) -> bool {
    // What is not escaped is as it is read; the rest is rare, and read in full.
    if let Some(text) = plain(spelling, of) {
        return test(text);
    }
    match parse(spelling) {
        Term::Literal(literal) => {
            let string = literal.language().is_some() || literal.datatype() == xsd::STRING;
            (string || of == Of::Anything) && test(literal.value())
        }
        Term::NamedNode(node) => of == Of::Anything && test(node.as_str()),
        Term::BlankNode(_) => false,
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

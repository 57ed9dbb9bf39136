//! Services in a query: `SERVICE text:search { ?node text:query "words" ; text:value ?text }`, and endpoints
//! [elsewhere](super::elsewhere).
//!
//! The search is done before the query is planned, and its hits stand in the query as a table of values:
//! the planner then knows how few they are and joins from them. A service that were called would
//! be joined with all that stands beside it.

use std::collections::BTreeMap;

use oxigraph::model::{Literal, NamedNode, Variable, vocab::xsd};
use oxigraph::sparql::CancellationToken;
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern, TriplePattern};

use super::elsewhere::{Elsewhere, ElsewhereError};
use crate::ontology::vocab;
use crate::store::Store;
use crate::store::text::{self, Hit, TextError};

/// Services that a query may ask.
const MOST: usize = 16;

/// Why a service cannot be asked for a query.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// The search itself.
    #[error(transparent)]
    Text(#[from] TextError),
    /// What stands in the service.
    #[error(
        "SERVICE text:search is not understood: {0}; it takes ?node text:query \"words\", and of the same node \
         text:property, text:score, text:value and text:limit"
    )]
    Form(String),
    /// The endpoint elsewhere.
    #[error(transparent)]
    Elsewhere(#[from] ElsewhereError),
    /// There are too many.
    #[error("the query asks services more than {MOST} times")]
    TooMany,
    /// Nobody waits any more.
    #[error("the query was cancelled")]
    Cancelled,
}

/// Puts what is found in place of each service in the query.
///
/// # Errors
/// When a search is not understood, the graph has no index of its texts, or an endpoint does not answer.
pub fn look_up(
    store: &Store,
    elsewhere: &Elsewhere,
    query: &mut Query,
    token: &CancellationToken,
) -> Result<(), ServiceError> {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    Walk { store, elsewhere, token, left: MOST }.pattern(pattern)
}

struct Walk<'a> {
    store: &'a Store,
    elsewhere: &'a Elsewhere,
    token: &'a CancellationToken,
    left: usize,
}

impl Walk<'_> {
    fn pattern(&mut self, pattern: &mut GraphPattern) -> Result<(), ServiceError> {
        match pattern {
            GraphPattern::Service { name: NamedNodePattern::NamedNode(name), inner, silent } => {
                *pattern = match self.asked(name, inner) {
                    // SPARQL 1.1 Federated Query, 2.1: as if the service answered with one empty solution.
                    Err(ServiceError::Text(_) | ServiceError::Elsewhere(_)) if *silent => {
                        GraphPattern::Values { variables: Vec::new(), bindings: vec![Vec::new()] }
                    }
                    found => found?,
                };
                Ok(())
            }
            // A service that a variable names is refused by the evaluator.
            GraphPattern::Bgp { .. }
            | GraphPattern::Path { .. }
            | GraphPattern::Values { .. }
            | GraphPattern::Service { .. } => Ok(()),
            GraphPattern::Join { left, right }
            | GraphPattern::Lateral { left, right }
            | GraphPattern::Union { left, right }
            | GraphPattern::Minus { left, right } => {
                self.pattern(left)?;
                self.pattern(right)
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                self.pattern(left)?;
                self.pattern(right)?;
                expression.iter_mut().try_for_each(|expression| self.expression(expression))
            }
            GraphPattern::Filter { expr, inner } => {
                self.pattern(inner)?;
                self.expression(expr)
            }
            GraphPattern::Extend { inner, expression, .. } => {
                self.pattern(inner)?;
                self.expression(expression)
            }
            GraphPattern::Graph { inner, .. }
            | GraphPattern::OrderBy { inner, .. }
            | GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. }
            | GraphPattern::Group { inner, .. } => self.pattern(inner),
        }
    }

    /// Searches within `EXISTS`, where conditions are put together as usual; elsewhere the evaluator refuses them.
    fn expression(&mut self, expression: &mut Expression) -> Result<(), ServiceError> {
        match expression {
            Expression::Exists(pattern) => self.pattern(pattern),
            Expression::Not(one) => self.expression(one),
            Expression::And(left, right) | Expression::Or(left, right) => {
                self.expression(left)?;
                self.expression(right)
            }
            _ => Ok(()),
        }
    }

    fn asked(&mut self, name: &NamedNode, inner: &GraphPattern) -> Result<GraphPattern, ServiceError> {
        if self.token.is_cancelled() {
            return Err(ServiceError::Cancelled);
        }
        self.left = self.left.checked_sub(1).ok_or(ServiceError::TooMany)?;
        if name.as_str() == vocab::TEXT_SEARCH { self.found(inner) } else { Ok(self.elsewhere.ask(name, inner)?) }
    }

    fn found(&self, inner: &GraphPattern) -> Result<GraphPattern, ServiceError> {
        let search = search(inner)?;
        let hits = self.store.search(&search.wanted, search.property.as_ref().map(NamedNode::as_str), search.limit)?;
        let variables = search.answers.keys().cloned().collect();
        let row = |hit: &Hit| search.answers.values().map(|part| Some(part.of(hit))).collect();
        Ok(GraphPattern::Values { variables, bindings: hits.iter().map(row).collect() })
    }
}

/// What a variable gets of a hit.
#[derive(Debug, Clone, Copy)]
enum Answer {
    Node,
    Property,
    Score,
    Value,
}

impl Answer {
    fn of(self, hit: &Hit) -> GroundTerm {
        match self {
            Self::Node => hit.node.clone().into(),
            Self::Property => hit.property.clone().into(),
            Self::Score => Literal::new_typed_literal(decimal(hit.score), xsd::DECIMAL).into(),
            Self::Value => hit.value.clone().into(),
        }
    }
}

/// Thousandths as a canonical decimal.
fn decimal(thousandths: u32) -> String {
    let text = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A search as a service states it.
struct Search {
    wanted: String,
    property: Option<NamedNode>,
    limit: usize,
    answers: BTreeMap<Variable, Answer>,
}

fn search(inner: &GraphPattern) -> Result<Search, ServiceError> {
    let refuse = |message: &str| ServiceError::Form(message.to_owned());
    let GraphPattern::Bgp { patterns } = inner else {
        return Err(refuse("there is more in it than triples"));
    };
    let mut search = Search { wanted: String::new(), property: None, limit: text::USUAL, answers: BTreeMap::new() };
    let mut answer = |variable: &Variable, part| match search.answers.insert(variable.clone(), part) {
        None => Ok(()),
        Some(_) => Err(ServiceError::Form(format!("{variable} stands for two things"))),
    };
    let Some(TriplePattern { subject: node, .. }) = patterns.first() else { return Err(refuse("it is empty")) };
    match node {
        TermPattern::Variable(variable) => answer(variable, Answer::Node)?,
        TermPattern::BlankNode(_) => {}
        _ => return Err(refuse("the node must be a variable")),
    }
    let mut stated = std::collections::BTreeSet::new();
    for TriplePattern { subject, predicate, object } in patterns {
        let NamedNodePattern::NamedNode(predicate) = predicate else {
            return Err(refuse("a property is a variable"));
        };
        if subject != node {
            return Err(refuse("its triples are about more than one node"));
        }
        if !stated.insert(predicate) {
            return Err(ServiceError::Form(format!("{predicate} stands there twice")));
        }
        match (predicate.as_str(), object) {
            (vocab::TEXT_QUERY, TermPattern::Literal(words)) => words.value().clone_into(&mut search.wanted),
            (vocab::TEXT_QUERY, _) => return Err(refuse("text:query must be a string")),
            (vocab::TEXT_LIMIT, TermPattern::Literal(number)) => {
                search.limit = number.value().parse().map_err(|_| refuse("text:limit must be a whole number"))?;
            }
            (vocab::TEXT_PROPERTY, TermPattern::NamedNode(property)) => search.property = Some(property.clone()),
            (vocab::TEXT_PROPERTY, TermPattern::Variable(variable)) => answer(variable, Answer::Property)?,
            (vocab::TEXT_SCORE, TermPattern::Variable(variable)) => answer(variable, Answer::Score)?,
            (vocab::TEXT_VALUE, TermPattern::Variable(variable)) => answer(variable, Answer::Value)?,
            _ => return Err(ServiceError::Form(format!("{predicate} {object} means nothing there"))),
        }
    }
    if !stated.iter().any(|predicate| predicate.as_str() == vocab::TEXT_QUERY) {
        return Err(refuse("there is no text:query"));
    }
    Ok(search)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousandths_are_spelt_in_one_way() {
        for (number, expected) in [(0, "0"), (1, "0.001"), (1500, "1.5"), (12_340, "12.34"), (20_000, "20")] {
            assert_eq!(decimal(number), expected);
        }
    }
}

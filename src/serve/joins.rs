//! How much a query joins at once. The planner tries orders of joins in a time that grows with
//! the cube of their number or faster, and cannot be stopped while it does.

use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern, OrderExpression, PropertyPathExpression};

/// Patterns that a query may join with each other in one group: planning them takes about a second.
pub const MOST: usize = 100;

/// The most patterns that are joined with each other anywhere in a query.
pub fn most_joined(query: &Query) -> usize {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    most_joined_in(pattern)
}

/// The most patterns that are joined with each other anywhere in a pattern.
pub fn most_joined_in(pattern: &GraphPattern) -> usize {
    let mut most = 0;
    let whole = joined(pattern, &mut most);
    most.max(whole)
}

/// How many patterns `pattern` puts into the join it stands in; what it joins within itself goes to `most`.
fn joined(pattern: &GraphPattern, most: &mut usize) -> usize {
    match pattern {
        // An empty group is joined like any other.
        GraphPattern::Bgp { patterns } => patterns.len().max(1),
        GraphPattern::Path { path, .. } => steps(path),
        GraphPattern::Values { .. } => 1,
        GraphPattern::Join { left, right }
        | GraphPattern::Lateral { left, right }
        | GraphPattern::Minus { left, right } => joined(left, most) + joined(right, most),
        GraphPattern::LeftJoin { left, right, expression } => {
            expression.iter().for_each(|e| inside(e, most));
            joined(left, most) + joined(right, most)
        }
        GraphPattern::Filter { expr, inner } => {
            inside(expr, most);
            joined(inner, most)
        }
        GraphPattern::Extend { inner, expression, .. } => {
            inside(expression, most);
            joined(inner, most)
        }
        GraphPattern::Graph { inner, .. } => joined(inner, most),
        GraphPattern::Union { left, right } => {
            for side in [left, right] {
                let own = joined(side, most);
                *most = own.max(*most);
            }
            1
        }
        GraphPattern::OrderBy { inner, expression } => {
            for OrderExpression::Asc(e) | OrderExpression::Desc(e) in expression {
                inside(e, most);
            }
            apart(inner, most)
        }
        GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::Group { inner, .. }
        | GraphPattern::Service { inner, .. } => apart(inner, most),
    }
}

/// A query within the query: planned by itself, one pattern to those around it.
fn apart(inner: &GraphPattern, most: &mut usize) -> usize {
    let own = joined(inner, most);
    *most = own.max(*most);
    1
}

/// The patterns of `EXISTS` in an expression.
fn inside(expression: &Expression, most: &mut usize) {
    match expression {
        Expression::NamedNode(_) | Expression::Literal(_) | Expression::Variable(_) | Expression::Bound(_) => {}
        Expression::Exists(pattern) => {
            apart(pattern, most);
        }
        Expression::UnaryPlus(a) | Expression::UnaryMinus(a) | Expression::Not(a) => inside(a, most),
        Expression::Or(a, b)
        | Expression::And(a, b)
        | Expression::Equal(a, b)
        | Expression::SameTerm(a, b)
        | Expression::Greater(a, b)
        | Expression::GreaterOrEqual(a, b)
        | Expression::Less(a, b)
        | Expression::LessOrEqual(a, b)
        | Expression::Add(a, b)
        | Expression::Subtract(a, b)
        | Expression::Multiply(a, b)
        | Expression::Divide(a, b) => [a, b].into_iter().for_each(|e| inside(e, most)),
        Expression::If(a, b, c) => [a, b, c].into_iter().for_each(|e| inside(e, most)),
        Expression::In(a, list) => {
            inside(a, most);
            list.iter().for_each(|e| inside(e, most));
        }
        Expression::Coalesce(list) | Expression::FunctionCall(_, list) => list.iter().for_each(|e| inside(e, most)),
    }
}

/// A sequence of steps becomes a join of them.
fn steps(path: &PropertyPathExpression) -> usize {
    match path {
        PropertyPathExpression::Sequence(a, b) => steps(a) + steps(b),
        PropertyPathExpression::Alternative(a, b) => steps(a).max(steps(b)),
        PropertyPathExpression::Reverse(a)
        | PropertyPathExpression::ZeroOrMore(a)
        | PropertyPathExpression::OneOrMore(a)
        | PropertyPathExpression::ZeroOrOne(a) => steps(a),
        PropertyPathExpression::NamedNode(_) | PropertyPathExpression::NegatedPropertySet(_) => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use spargebra::SparqlParser;

    fn check(query: &str, expected: usize) {
        let query = SparqlParser::new().parse_query(query).expect("valid SPARQL");
        assert_eq!(most_joined(&query), expected, "{query}");
    }

    #[test]
    fn patterns_count_where_they_are_joined() {
        check("ASK {}", 1);
        check("SELECT * { ?a ?b ?c , ?d ; ?e ?f }", 3);
        check("SELECT * { { ?a ?b ?c } { ?d ?e ?f } OPTIONAL { ?g ?h ?i } }", 3);
        check("SELECT * { { ?a ?b ?c . ?c ?d ?e } UNION { ?a ?b ?c } }", 2);
        check("SELECT * { ?x <p:a>/<p:b>/<p:c> ?y }", 3);
        check("SELECT * { ?a ?b ?c FILTER EXISTS { ?a ?d ?e . ?e ?f ?g } }", 2);
        check("SELECT * { ?a ?b ?c { SELECT ?a { ?a ?d ?e . ?e ?f ?g . ?g ?h ?i } } }", 3);
        check("SELECT * { ?a ?b (1 2 3) }", 7);
    }
}

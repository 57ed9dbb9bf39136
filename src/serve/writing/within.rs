//! An update of one graph, as `PATCH` of the Graph Store Protocol has it: what stands in no graph stands in that
//! one, and no other is changed.

use oxigraph::model::NamedNode;
use spargebra::algebra::{GraphTarget, QueryDataset};
use spargebra::term::{GraphName, GraphNamePattern};
use spargebra::{GraphUpdateOperation, Update};

/// Moves an update into a graph, by its name; without a name, into the default graph.
///
/// # Errors
/// Says which operation changes another one.
pub fn within(update: &mut Update, graph: Option<&NamedNode>) -> Result<(), String> {
    for operation in &mut update.operations {
        if !moved(operation, graph) {
            return Err(format!("a PATCH changes one graph, and this is about others: {operation}"));
        }
    }
    Ok(())
}

fn moved(operation: &mut GraphUpdateOperation, graph: Option<&NamedNode>) -> bool {
    match operation {
        GraphUpdateOperation::InsertData { data } => data.iter_mut().all(|quad| name(&mut quad.graph_name, graph)),
        GraphUpdateOperation::DeleteData { data } => data.iter_mut().all(|quad| name(&mut quad.graph_name, graph)),
        GraphUpdateOperation::DeleteInsert { delete, insert, using, .. } => {
            if using.is_some() {
                return false;
            }
            *using = graph.map(|graph| QueryDataset { default: vec![graph.clone()], named: None });
            delete.iter_mut().all(|quad| pattern(&mut quad.graph_name, graph))
                && insert.iter_mut().all(|quad| pattern(&mut quad.graph_name, graph))
        }
        GraphUpdateOperation::Clear { graph: target, .. } | GraphUpdateOperation::Drop { graph: target, .. } => {
            match (&*target, graph) {
                (GraphTarget::DefaultGraph, Some(graph)) => *target = GraphTarget::NamedNode(graph.clone()),
                (GraphTarget::DefaultGraph, None) => {}
                (GraphTarget::NamedNode(named), Some(graph)) if named == graph => {}
                _ => return false,
            }
            true
        }
        GraphUpdateOperation::Load { .. } | GraphUpdateOperation::Create { .. } => false,
    }
}

fn name(name: &mut GraphName, graph: Option<&NamedNode>) -> bool {
    match (&*name, graph) {
        (GraphName::DefaultGraph, Some(graph)) => *name = graph.clone().into(),
        (GraphName::DefaultGraph, None) => {}
        (GraphName::NamedNode(named), Some(graph)) if named == graph => {}
        (GraphName::NamedNode(_), _) => return false,
    }
    true
}

fn pattern(name: &mut GraphNamePattern, graph: Option<&NamedNode>) -> bool {
    match (&*name, graph) {
        (GraphNamePattern::DefaultGraph, Some(graph)) => *name = GraphNamePattern::NamedNode(graph.clone()),
        (GraphNamePattern::DefaultGraph, None) => {}
        (GraphNamePattern::NamedNode(named), Some(graph)) if named == graph => {}
        (GraphNamePattern::NamedNode(_) | GraphNamePattern::Variable(_), _) => return false,
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use spargebra::SparqlParser;

    fn check(update: &str, expected: Option<&str>) {
        let parse = |update: &str| SparqlParser::new().parse_update(update).expect("valid");
        let mut patch = parse(update);
        let moved = within(&mut patch, Some(&NamedNode::new_unchecked("e:g"))).map(|()| patch.to_string());
        assert_eq!(moved.ok(), expected.map(|expected| parse(expected).to_string()), "{update}");
    }

    #[test]
    fn updates_move_into_one_graph() {
        check("INSERT DATA { <e:a> <e:p> 1 }", Some("INSERT DATA { GRAPH <e:g> { <e:a> <e:p> 1 } }"));
        check("DELETE DATA { GRAPH <e:g> { <e:a> <e:p> 1 } }", Some("DELETE DATA { GRAPH <e:g> { <e:a> <e:p> 1 } }"));
        check(
            "DELETE { ?s <e:p> ?o } INSERT { ?s <e:q> ?o } WHERE { ?s <e:p> ?o }",
            Some("WITH <e:g> DELETE { ?s <e:p> ?o } INSERT { ?s <e:q> ?o } WHERE { ?s <e:p> ?o }"),
        );
        check("CLEAR DEFAULT", Some("CLEAR GRAPH <e:g>"));
        for other in [
            "INSERT DATA { GRAPH <e:h> { <e:a> <e:p> 1 } }",
            "CLEAR ALL",
            "DROP GRAPH <e:h>",
            "WITH <e:h> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
            "INSERT { GRAPH ?g { ?g ?p ?o } } WHERE { ?g ?p ?o }",
            "MOVE <e:h> TO <e:g>",
            "LOAD <e:x>",
        ] {
            check(other, None);
        }
    }
}

//! The variables of edges, read an edge at a time: sentences are long, and edges are many.

use oxigraph::store::StorageError;
use petgraph::graph::EdgeIndex;

use super::roads::prefixed;
use super::{Column, Type, Value};
use crate::graph::Network;
use crate::graph::network::around::{iris, literals};
use crate::graph::network::{Edge, Relation};
use crate::ontology::vocab as v;
use crate::store::Store;

/// The edges of a network, with all that is known of each.
#[derive(Clone, Copy)]
pub struct Edges<'a> {
    store: &'a Store,
    network: &'a Network,
}

impl<'a> Edges<'a> {
    /// The columns; the values of [`Edges::row`] are theirs.
    pub const COLUMNS: [Column; 11] = [
        Column { name: "relation", kind: Type::Text },
        Column { name: "treatments", kind: Type::List },
        Column { name: "verbs", kind: Type::List },
        Column { name: "paragraphs", kind: Type::List },
        Column { name: "count", kind: Type::Whole },
        Column { name: "date", kind: Type::Day },
        Column { name: "year", kind: Type::Whole },
        Column { name: "pinpoints", kind: Type::List },
        Column { name: "until", kind: Type::Day },
        Column { name: "sentence", kind: Type::Text },
        Column { name: "evidence", kind: Type::Text },
    ];

    /// Nothing is read yet.
    #[must_use]
    pub fn new(store: &'a Store, network: &'a Network) -> Self {
        Self { store, network }
    }

    /// What the first node says of the second: its relation, the properties of citations and the verbs, the most
    /// frequent first, the paragraphs in order of the text, how often; when the first node is dated; which parts of
    /// the second are meant, until when a mandate runs, the first sentence, and the IRI of what it shows.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn row(&self, place: EdgeIndex) -> Result<[Value; 11], StorageError> {
        let edge = &self.network.graph[place];
        let from = self.network.graph.edge_endpoints(place).map(|(from, _)| &self.network.graph[from]);
        let grounds = in_order(edge);
        let sentence = match grounds.first() {
            Some(ground) => sentence(self.store, ground)?,
            None => None,
        };
        let pinpoints = match edge.relation {
            Relation::Cites => self.literals(&grounds, v::RG_PINPOINT)?,
            _ => Vec::new(),
        };
        let until = match edge.relation {
            Relation::Extends => self.literals(&grounds, v::RG_UNTIL)?,
            _ => Vec::new(),
        };
        Ok([
            Value::text(edge.relation.name()),
            Value::list(treatments(edge)),
            Value::list(&edge.verbs),
            Value::list(paragraphs(edge)),
            Value::Whole(i64::from(edge.count.max(1))),
            from.and_then(|node| node.date).map_or(Value::Nothing, Value::Day),
            from.and_then(|node| node.year).map_or(Value::Nothing, |year| Value::Whole(i64::from(year))),
            Value::list(pinpoints),
            // Of several mandates in one text the last day is the end.
            until.iter().max().map_or(Value::Nothing, |day| Value::read(day, Type::Day)),
            sentence.as_deref().map_or(Value::Nothing, Value::text),
            grounds.first().map_or(Value::Nothing, |ground| Value::text(ground)),
        ])
    }

    /// The literals of what an edge rests on, once each.
    fn literals(&self, grounds: &[&str], property: &str) -> Result<Vec<String>, StorageError> {
        let mut all = Vec::new();
        for ground in grounds {
            for (text, _) in literals(self.store, ground, property)? {
                if !all.contains(&text) {
                    all.push(text);
                }
            }
        }
        Ok(all)
    }
}

/// The first sentence that shows a citation or statement: an English one before others, then the first in its file.
///
/// # Errors
/// When the store cannot be read.
pub(in crate::export) fn sentence(store: &Store, ground: &str) -> Result<Option<String>, StorageError> {
    let mut best: Option<((bool, i64), String)> = None;
    for target in iris(store, ground, v::OA_HAS_TARGET)? {
        let mut start = i64::MAX;
        for selector in iris(store, &target, v::OA_HAS_SELECTOR)? {
            let starts = literals(store, &selector, v::OA_START)?;
            start = starts.iter().filter_map(|(number, _)| number.parse().ok()).fold(start, i64::min);
        }
        for (sentence, english) in literals(store, &target, v::RG_SENTENCE)? {
            let rank = (!english, start);
            if best.as_ref().is_none_or(|(before, _)| rank < *before) {
                best = Some((rank, sentence));
            }
        }
    }
    Ok(best.map(|(_, sentence)| sentence))
}

/// What an edge rests on, in order of the text.
pub(in crate::export) fn in_order(edge: &Edge) -> Vec<&str> {
    let mut grounds: Vec<&str> = edge.grounds.iter().map(String::as_str).collect();
    grounds.sort_by_cached_key(|ground| place(paragraph(ground).unwrap_or_default()));
    grounds
}

/// The treatments of an edge, by prefixed name.
pub(in crate::export) fn treatments(edge: &Edge) -> Vec<String> {
    edge.treatments.iter().map(|treatment| prefixed(treatment)).collect()
}

/// The paragraphs that an edge is stated in, in order of the text.
pub(in crate::export) fn paragraphs(edge: &Edge) -> Vec<&str> {
    let mut all: Vec<&str> = in_order(edge).into_iter().filter_map(paragraph).collect();
    all.dedup();
    all
}

/// The IRI of evidence begins with that of the paragraph: `...#op12/cites/S/RES/1267`.
fn paragraph(ground: &str) -> Option<&str> {
    ground.split_once('#')?.1.split('/').next()
}

/// Where a paragraph stands, by its name: head, preamble, operative part and body, annexes, notes; numbers by value.
pub(in crate::export) fn place(name: &str) -> (u8, Vec<(u64, String)>) {
    let part = match name {
        _ if name.starts_with("head") => 0,
        _ if name.starts_with("pp") => 1,
        _ if name.starts_with("annex") => 3,
        _ if name.starts_with("fn") => 4,
        _ => 2,
    };
    let pieces = name.split_inclusive(|c: char| !c.is_ascii_digit()).map(|piece| {
        let digits: String = piece.chars().take_while(char::is_ascii_digit).collect();
        // What is no number stands before numbers: op2 before op2-a.
        (digits.parse().unwrap_or(0), piece[digits.len()..].to_owned())
    });
    (part, pieces.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Graph;

    #[test]
    fn of_several_sentences_the_first_english_one_is_taken() {
        let mut triples = Vec::new();
        for (n, (start, sentence)) in
            [("2", "\"Premier\"@fr"), ("100", "\"Second\"@en"), ("20", "\"First\"@en")].into_iter().enumerate()
        {
            let [target, selector] = [format!("<urn:g#{n}>"), format!("<urn:g#{n}/quote>")];
            triples.push(["<urn:g>".into(), format!("<{}>", v::OA_HAS_TARGET), target.clone()]);
            triples.push([target.clone(), format!("<{}>", v::RG_SENTENCE), sentence.to_owned()]);
            triples.push([target, format!("<{}>", v::OA_HAS_SELECTOR), selector.clone()]);
            triples.push([selector, format!("<{}>", v::OA_START), format!("\"{start}\"^^<{}>", v::XSD_INTEGER)]);
        }
        let graph = Graph::from_triples(triples.into_iter().map(Ok::<_, std::convert::Infallible>)).expect("triples");
        let store = Store::of(&graph).expect("a store");
        assert_eq!(sentence(&store, "urn:g").expect("a sentence").as_deref(), Some("First"));
    }

    #[test]
    fn paragraphs_stand_in_the_order_of_the_text() {
        let grounds = [
            "op10/cites/A",
            "op2/cites/A",
            "op2-a/cites/A",
            "fn1/cites/A",
            "pp11/cites/A",
            "pp2/cites/A",
            "op2/cites/B",
        ];
        let edge = Edge {
            relation: Relation::Cites,
            treatments: vec![v::CITO_CONFIRMS.to_owned()],
            verbs: Vec::new(),
            count: 7,
            grounds: grounds.iter().map(|g| format!("https://example.org/id/S/RES/1#{g}")).collect(),
        };
        assert_eq!(paragraphs(&edge), ["pp2", "pp11", "op2", "op2-a", "op10", "fn1"]);
        assert_eq!(treatments(&edge), ["cito:confirms"]);
    }
}

//! Citations of what has been replaced or ended since, and mandates past their last day.
//!
//! To recall a past resolution is usual and no error. So each citation is told how much it relies on what it cites: an
//! operative paragraph that decides or requests by it, a reaffirmation, a recollection; and whether it speaks of another
//! part than the one that was replaced, or of the replacement as well.

use std::collections::BTreeSet;

use jiff::civil::Date;
use oxigraph::store::StorageError;
use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::evidence::{Evidence, best, evidence, literals};
use super::lineage::{self, End, Lineage};
use crate::graph::Network;
use crate::graph::network::{Kind, Relation};
use crate::ontology::vocab as v;
use crate::store::Store;

/// How much a citation relies on what it cites; the most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reliance {
    /// An operative paragraph acts by it.
    Relies,
    /// Reaffirms it, requests or stresses something by it, or acts by it in a preamble.
    Upholds,
    /// Recalls or notes it.
    Recalls,
    /// Is cited in one paragraph with its replacement.
    Aware,
    /// Cites the whole of what was replaced in part: to name it, mostly.
    InGeneral,
    /// Cites another part than the one that was replaced.
    OtherPart,
}

impl Reliance {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Relies => "relies",
            Self::Upholds => "upholds",
            Self::Recalls => "recalls",
            Self::Aware => "beside its replacement",
            Self::InGeneral => "in general",
            Self::OtherPart => "another part",
        }
    }
}

/// A citation of what had been replaced.
#[derive(Debug, Clone)]
pub struct Outdated {
    /// The document that cites.
    pub citing: NodeIndex,
    /// What it cites.
    pub cited: NodeIndex,
    /// What had replaced or ended that, wholly or in part.
    pub by: NodeIndex,
    /// When.
    pub replaced: Date,
    /// How it is cited.
    pub reliance: Reliance,
    /// The citation.
    pub citation: Evidence,
    /// The statement that replaces.
    pub replacement: Evidence,
}

/// Every citation, by `of` alone or by all documents, of what an earlier document had replaced; those that rely most
/// first, then the latest. `network` has citations and `repeals`.
///
/// # Errors
/// When the store cannot be read.
pub fn citations(store: &Store, network: &Network, of: Option<NodeIndex>) -> Result<Vec<Outdated>, StorageError> {
    let graph = &network.graph;
    let mut all = Vec::new();
    for edge in graph.edge_references().filter(|e| e.weight().relation == Relation::Repeals) {
        let (by, cited) = (edge.source(), edge.target());
        let Some(replaced) = graph[by].date.filter(|_| graph[by].kind != Kind::Draft) else { continue };
        let Some(replacement) = best(store, &edge.weight().grounds)? else { continue };
        let gone = parts_replaced(store, network, by, cited, &replacement)?;
        for citing in graph.edges_directed(cited, Direction::Incoming) {
            let from = citing.source();
            let later = graph[from].date.is_some_and(|date| date > replaced);
            if citing.weight().relation != Relation::Cites
                || from == by
                || !later
                || graph[from].kind == Kind::Draft
                || of.is_some_and(|of| of != from)
            {
                continue;
            }
            // The paragraphs that cite the replacement know of it.
            let mut aware = BTreeSet::new();
            for edge in graph.edges_connecting(from, by).filter(|e| e.weight().relation == Relation::Cites) {
                for ground in &edge.weight().grounds {
                    aware.insert(evidence(store, ground)?.paragraph);
                }
            }
            // What ends or changes it further does not rely on it.
            let mut ends = BTreeSet::new();
            let changes = |relation| matches!(relation, Relation::Repeals | Relation::Amends);
            for edge in graph.edges_connecting(from, cited).filter(|e| changes(e.weight().relation)) {
                for ground in &edge.weight().grounds {
                    ends.insert(evidence(store, ground)?.paragraph);
                }
            }
            for ground in &citing.weight().grounds {
                let citation = evidence(store, ground)?;
                let cited_parts = parts(&literals(store, ground, v::RG_PINPOINT)?);
                let reliance = match () {
                    () if !gone.is_empty() && !cited_parts.is_empty() && !overlap(&gone, &cited_parts) => {
                        Reliance::OtherPart
                    }
                    () if !gone.is_empty() && cited_parts.is_empty() => Reliance::InGeneral,
                    () if aware.contains(&citation.paragraph) || ends.contains(&citation.paragraph) => Reliance::Aware,
                    () => reliance(&citation),
                };
                let replacement = replacement.clone();
                all.push(Outdated { citing: from, cited, by, replaced, reliance, citation, replacement });
            }
        }
    }
    all.sort_by_key(|o| {
        (o.reliance, std::cmp::Reverse(graph[o.citing].date), o.citing, o.cited, o.citation.iri.clone(), o.by)
    });
    // Several documents may each have ended a part: the first of them is enough to show.
    let mut shown = BTreeSet::new();
    all.retain(|o| shown.insert(o.citation.iri.clone()));
    Ok(all)
}

/// How much a citation relies on what it cites, by where it stands and its verb's treatment.
fn reliance(citation: &Evidence) -> Reliance {
    let has = |property: &str| citation.treatments.iter().any(|t| t == property);
    let acts = [v::CITO_CITES_AS_AUTHORITY, v::CITO_EXTENDS, v::CITO_UPDATES].iter().any(|p| has(p));
    match citation.is_operative() {
        true if acts => Reliance::Relies,
        false if acts => Reliance::Upholds,
        _ if has(v::CITO_CONFIRMS) => Reliance::Upholds,
        true if has(v::CITO_CITES_AS_RELATED) => Reliance::Upholds,
        _ => Reliance::Recalls,
    }
}

/// The parts of a document that another replaces: those that it cites in the paragraph that says so. None is all.
fn parts_replaced(
    store: &Store,
    network: &Network,
    by: NodeIndex,
    cited: NodeIndex,
    replacement: &Evidence,
) -> Result<BTreeSet<Place>, StorageError> {
    let mut all = Vec::new();
    for edge in network.graph.edges_connecting(by, cited).filter(|e| e.weight().relation == Relation::Cites) {
        for ground in &edge.weight().grounds {
            if evidence(store, ground)?.paragraph == replacement.paragraph {
                all.extend(literals(store, ground, v::RG_PINPOINT)?);
            }
        }
    }
    Ok(parts(&all))
}

/// A paragraph by its number, or one of its points.
type Place = (u32, Option<char>);

/// Whether two sets of parts have something in common: a whole paragraph has all of its points.
fn overlap(a: &BTreeSet<Place>, b: &BTreeSet<Place>) -> bool {
    let same = |a: &Place, b: &Place| a.0 == b.0 && (a.1.is_none() || b.1.is_none() || a.1 == b.1);
    a.iter().any(|one| b.iter().any(|other| same(one, other)))
}

/// The paragraphs and points in pinpoints: "paragraphs 7 and 9 to 11 (a)" has 7, 9, 10 and 11 (a).
fn parts(pinpoints: &[String]) -> BTreeSet<Place> {
    let mut all = BTreeSet::new();
    for pinpoint in pinpoints.iter().filter(|p| p.starts_with("paragraph")) {
        let mut last: Option<Place> = None;
        let mut range = false;
        for word in pinpoint.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            let mut letters = word.chars();
            match (word.parse::<u32>(), letters.next().filter(|_| letters.next().is_none()), last) {
                (Ok(number), ..) => {
                    let from = last.map(|(last, _)| last).filter(|last| range && *last < number && number - last < 100);
                    all.extend((from.map_or(number, |from| from + 1)..=number).map(|number| (number, None)));
                    (last, range) = (Some((number, None)), false);
                }
                (Err(_), Some(letter), Some((number, before))) => {
                    // It is not the whole paragraph that is meant.
                    all.remove(&(number, None));
                    let from = before.filter(|before| range && *before < letter).unwrap_or(letter);
                    all.extend((from..=letter).map(|letter| (number, Some(letter))));
                    (last, range) = (Some((number, Some(letter))), false);
                }
                _ => range = word == "to",
            }
        }
    }
    all
}

/// The bodies whose mandate had run out by a day, with nothing that extends or ends it; the latest first.
///
/// # Errors
/// When the store cannot be read.
pub fn mandates(store: &Store, at: Date) -> Result<Vec<(Date, Lineage)>, StorageError> {
    let mut all = Vec::new();
    for body in lineage::bodies(store)? {
        let life = lineage::until(lineage::of_body(store, &body)?, at);
        if let End::Until(day) = life.end
            && day < at
        {
            all.push((day, life));
        }
    }
    all.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| x.body.cmp(&y.body)));
    Ok(all)
}

/// The date of the newest document of a network.
#[must_use]
pub fn newest(network: &Network) -> Option<Date> {
    network.graph.node_weights().filter(|n| n.is_document()).filter_map(|n| n.date).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_point_of_a_paragraph_is_another_part() {
        let of = |pinpoint: &str| parts(&[pinpoint.to_owned()]);
        for (a, b, expected) in [
            ("paragraph 8 (b)", "paragraph 8 (c)", false),
            ("paragraph 8 (b)", "paragraph 8", true),
            ("paragraphs 7 and 8 (c)", "paragraph 8(c)", true),
            ("paragraph 7", "paragraph 8", false),
        ] {
            assert_eq!(overlap(&of(a), &of(b)), expected, "{a} and {b}");
        }
    }

    #[test]
    fn the_numbers_of_the_paragraphs_cited_are_read() {
        for (pinpoint, expected) in [
            ("paragraph 4", "4"),
            ("paragraphs 7, 8 and 9 (a)", "7 8 9a"),
            ("paragraphs 9 to 12", "9 10 11 12"),
            ("paragraph 8(c)", "8c"),
            ("paragraphs 4 (a) to (c) and 6", "4a 4b 4c 6"),
            ("Chapter VII", ""),
        ] {
            let spelt = |(number, point): Place| number.to_string() + &point.map(String::from).unwrap_or_default();
            let found: Vec<String> = parts(&[pinpoint.to_owned()]).into_iter().map(spelt).collect();
            assert_eq!(found.join(" "), expected, "{pinpoint}");
        }
    }

    #[test]
    fn an_operative_decision_relies_and_a_recollection_does_not() {
        let check = |part: &str, verb: Option<&str>, treatment: &str, expected: Reliance| {
            let citation = Evidence {
                iri: String::new(),
                paragraph: format!("w#{part}"),
                sentence: String::new(),
                verb: verb.map(str::to_owned),
                treatments: vec![treatment.to_owned()],
            };
            assert_eq!(reliance(&citation), expected, "{part} {verb:?} {treatment}");
        };
        check("op4", Some("decide"), v::CITO_CITES_AS_AUTHORITY, Reliance::Relies);
        check("op3", Some("request"), v::CITO_CITES_AS_RELATED, Reliance::Upholds);
        check("pp3", Some("stress"), v::CITO_CITES_AS_RELATED, Reliance::Recalls);
        check("op1", Some("reaffirm"), v::CITO_CONFIRMS, Reliance::Upholds);
        check("op1", Some("recall"), v::CITO_CITES_FOR_INFORMATION, Reliance::Recalls);
        check("pp1", Some("recall"), v::CITO_CITES_FOR_INFORMATION, Reliance::Recalls);
        check("pp1", Some("reaffirm"), v::CITO_CONFIRMS, Reliance::Upholds);
        check("pp9", Some("act"), v::CITO_CITES_AS_AUTHORITY, Reliance::Upholds);
        check("p9", None, v::CITO_CITES, Reliance::Recalls);
    }
}

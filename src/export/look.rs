//! How nodes and edges look in drawings: colours by kind, and by how one document uses another.

use crate::graph::network::{Edge, Kind, Relation};
use crate::ontology::vocab as v;

/// A colour that says how one document uses another.
struct Treatment {
    name: &'static str,
    colour: &'static str,
    properties: &'static [&'static str],
}

/// Uses that look alike share a colour.
const TREATMENTS: [Treatment; 11] = [
    Treatment {
        name: "changes or replaces",
        colour: "#c2410c",
        properties: &[v::ELI_AMENDS, v::ELI_REPEALS, v::ELI_CORRECTS, v::CITO_UPDATES],
    },
    Treatment { name: "extends", colour: "#a21caf", properties: &[v::CITO_EXTENDS, v::RG_EXTENDS_MANDATE_OF] },
    Treatment {
        name: "objects or condemns",
        colour: "#b91c1c",
        properties: &[v::CITO_CRITIQUES, v::CITO_DISAGREES_WITH, v::CITO_REFUTES],
    },
    Treatment {
        name: "decides or acts on it",
        colour: "#1d4ed8",
        properties: &[v::CITO_CITES_AS_AUTHORITY, v::ELI_BASED_ON, v::CITO_USES_METHOD_IN],
    },
    Treatment { name: "reaffirms", colour: "#15803d", properties: &[v::CITO_CONFIRMS] },
    Treatment {
        name: "welcomes or supports",
        colour: "#65a30d",
        properties: &[v::CITO_AGREES_WITH, v::CITO_SUPPORTS, v::CITO_CREDITS, v::CITO_OBTAINS_SUPPORT_FROM],
    },
    Treatment { name: "is concerned", colour: "#be185d", properties: &[v::CITO_DISCUSSES] },
    Treatment { name: "takes as background", colour: "#0e7490", properties: &[v::CITO_OBTAINS_BACKGROUND_FROM] },
    Treatment {
        name: "recalls or notes",
        colour: "#b45309",
        properties: &[v::CITO_CITES_FOR_INFORMATION, v::CITO_CITES_AS_EVIDENCE, v::CITO_QUALIFIES],
    },
    Treatment { name: "asks or stresses", colour: "#7c3aed", properties: &[v::CITO_CITES_AS_RELATED] },
    Treatment { name: "cites", colour: "#6b7280", properties: &[v::ELI_CITES, v::CITO_CITES] },
];

/// Relations other than citations: the name in the legend, and the colour.
fn relation_look(relation: Relation) -> (&'static str, &'static str) {
    match relation {
        Relation::Cites => ("cites", "#6b7280"),
        Relation::Amends | Relation::Repeals | Relation::Corrects => ("changes or replaces", "#c2410c"),
        Relation::Establishes => ("establishes", "#4338ca"),
        Relation::Extends => ("extends the mandate of", "#a21caf"),
        Relation::Terminates => ("terminates", "#111827"),
        Relation::Condemns => ("condemns", "#b91c1c"),
        Relation::Addresses => ("addresses", "#0369a1"),
        Relation::PartOf => ("is part of", "#78716c"),
        Relation::Mentions => ("mentions", "#a8a29e"),
        Relation::About => ("is about", "#57534e"),
    }
}

/// Fill of a node, by kind.
pub(super) fn fill(kind: Kind) -> &'static str {
    match kind {
        Kind::Resolution => "#dbeafe",
        Kind::Statement => "#e0e7ff",
        Kind::Draft => "#f1f5f9",
        Kind::Report | Kind::Letter => "#fef3c7",
        Kind::Instrument => "#dcfce7",
        Kind::Document => "#f3f4f6",
        Kind::Article | Kind::Text => "#fae8ff",
        Kind::Body => "#cffafe",
        Kind::Group => "#fee2e2",
        Kind::State => "#fef9c3",
        Kind::Role | Kind::Person | Kind::Actor => "#ffedd5",
    }
}

/// What several nodes of a kind are called.
pub(super) fn plural(kind: Kind) -> &'static str {
    match kind {
        Kind::Resolution => "Resolutions",
        Kind::Statement => "Presidential statements",
        Kind::Draft => "Drafts",
        Kind::Report => "Reports",
        Kind::Letter => "Letters",
        Kind::Instrument => "Treaties and instruments",
        Kind::Document => "Documents",
        Kind::Article => "Articles",
        Kind::Text => "Other texts",
        Kind::Body => "Bodies",
        Kind::Group => "Armed groups",
        Kind::State => "States and territories",
        Kind::Role => "Offices",
        Kind::Person => "Persons",
        Kind::Actor => "Actors",
    }
}

/// The name in the legend and the colour of an edge.
pub(super) fn look(edge: &Edge) -> (&'static str, &'static str) {
    // The most frequent use, which the first verb belongs to.
    let main = edge.treatments.first().map_or("", String::as_str);
    let has = |t: &&Treatment| t.properties.contains(&main);
    match TREATMENTS.iter().find(has) {
        Some(treatment) if edge.relation == Relation::Cites => (treatment.name, treatment.colour),
        _ => relation_look(edge.relation),
    }
}

/// Red, green and blue of a colour such as `#dbeafe`.
pub(super) fn rgb(colour: &str) -> [u8; 3] {
    let channel = |from: usize| colour.get(from..from + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
    [1, 3, 5].map(|from| channel(from).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_numbers() {
        assert_eq!(rgb("#dbeafe"), [0xdb, 0xea, 0xfe]);
        assert!(TREATMENTS.iter().all(|treatment| rgb(treatment.colour) != [0, 0, 0]));
    }
}

//! The IRIs of the graph: what is the same thing has the same IRI, whatever file it was read from.
//!
//! Paths are relative to the base and safe in an IRI; [`absolute`] puts the base before them.

use sha2::{Digest, Sha256};

use crate::ontology::ConceptId;
use crate::read::Sha256Hex;
use crate::recognise::EntityKind;
use crate::resolve::{Identity, Node, Target};
use crate::symbol::Symbol;

/// A slug is cut here, and told apart from others with the same beginning by a digest.
const LONGEST_SLUG: usize = 160;

/// The IRI of a path below the base.
#[must_use]
pub fn absolute(base: &str, path: &str) -> String {
    format!("{base}{path}")
}

/// `source/<sha256>`, the file.
#[must_use]
pub fn source_path(sha256: &Sha256Hex) -> String {
    format!("source/{}", sha256.0)
}

/// `id/S/RES/2388`, the work of a symbol.
#[must_use]
pub fn symbol_path(symbol: &Symbol) -> String {
    format!("id/{}", escape(&symbol.path()))
}

/// `id/body/unodc`, a concept of the authorities.
#[must_use]
pub fn concept_path(concept: &ConceptId) -> String {
    format!("id/{}", escape(&concept.0))
}

/// The work that a citation points at: `id/S/RES/1373`, `id/instrument/charter`, `id/report/secretary-general/2017-11-10`.
#[must_use]
pub fn target_path(target: &Target) -> String {
    match target {
        Target::Document(symbol) => symbol_path(symbol),
        Target::Instrument(concept) => concept_path(concept),
        Target::Titled(title) => format!("id/instrument/{}", slug(title)),
        Target::Dated { kind, author, date } if author.is_empty() => format!("id/{}/{date}", slug(kind)),
        Target::Dated { kind, author, date } => format!("id/{}/{}/{date}", slug(kind), slug(author)),
    }
}

/// A body, group, State, role or person: `id/group/isil`; by the slug of its full name where no authority lists it.
#[must_use]
pub fn entity_path(kind: EntityKind, identity: &Identity) -> String {
    match identity {
        Identity::Concept(concept) => concept_path(concept),
        Identity::Unlisted(names) => {
            format!("id/{}/{}", kind_name(kind), slug(names.first().map_or("", String::as_str)))
        }
    }
}

/// Either end of a relation; `document` is the path of the document that states it.
#[must_use]
pub fn node_path(node: &Node, document: &str) -> String {
    match node {
        Node::ThisDocument => document.to_owned(),
        Node::Work(target) => target_path(target),
        Node::Entity(kind, identity) => entity_path(*kind, identity),
        Node::Actor(phrases) => format!("id/actor/{}", slug(phrases.first().map_or("", String::as_str))),
    }
}

/// The IRI of what a citation points at.
#[must_use]
pub fn target(base: &str, target: &Target) -> String {
    absolute(base, &target_path(target))
}

/// The IRI of an entity.
#[must_use]
pub fn entity(base: &str, kind: EntityKind, identity: &Identity) -> String {
    absolute(base, &entity_path(kind, identity))
}

/// The IRI of a document by its symbol.
#[must_use]
pub fn document(base: &str, symbol: &Symbol) -> String {
    absolute(base, &symbol_path(symbol))
}

/// The IRI of a file.
#[must_use]
pub fn source(base: &str, sha256: &Sha256Hex) -> String {
    absolute(base, &source_path(sha256))
}

/// The part of a path that tells the kind of an entity.
#[must_use]
pub fn kind_name(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Body => "body",
        EntityKind::Group => "group",
        EntityKind::State => "state",
        EntityKind::Role => "role",
        EntityKind::Person => "person",
    }
}

/// Lower-case letters and digits of any script, everything between them one hyphen.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !matches!(c, '\'' | '\u{2019}') && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    while out.ends_with('-') {
        out.pop();
    }
    if out.is_empty() {
        out.push('-');
    }
    if let Some((cut, _)) = out.char_indices().nth(LONGEST_SLUG) {
        let digest = Sha256::digest(out.as_bytes());
        out.truncate(cut);
        out.push('-');
        out.extend(digest.iter().take(4).map(|byte| format!("{byte:02x}")));
    }
    out
}

/// The ASCII characters that may stand in a path or fragment.
static SAFE: [bool; 128] = {
    let mut table = [false; 128];
    let mut b = 0;
    while b < 128_u8 {
        table[b as usize] = b.is_ascii_alphanumeric();
        b += 1;
    }
    let marks = b"-._~/()!*,;:@=+&";
    let mut i = 0;
    while i < marks.len() {
        table[marks[i] as usize] = true;
        i += 1;
    }
    table
};

/// `path` with every character percent-encoded that may not stand in an IRI's path or fragment.
#[must_use]
pub fn escape(path: &str) -> String {
    let safe = |c: char| match u8::try_from(c) {
        Ok(b) if b.is_ascii() => SAFE[usize::from(b)],
        _ => c.is_alphanumeric(),
    };
    if path.chars().all(safe) {
        return path.to_owned();
    }
    let mut out = String::with_capacity(path.len() + 8);
    for c in path.chars() {
        if safe(c) {
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            out.extend(c.encode_utf8(&mut buffer).bytes().map(|byte| format!("%{byte:02X}")));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(target: &Target, expected: &str) {
        assert_eq!(target_path(target), expected);
    }

    #[test]
    fn every_kind_of_target_has_a_path_of_its_own() {
        let symbol = |s: &str| Target::Document(Symbol::parse(s).expect("a symbol"));
        check(&symbol("S/RES/1373 (2001)"), "id/S/RES/1373");
        check(&symbol("A/RES/217 A (III)"), "id/A/RES/217A(III)");
        check(&Target::Instrument(ConceptId("instrument/un-charter".into())), "id/instrument/un-charter");
        check(&Target::Titled("Women's Accord, 1999".into()), "id/instrument/womens-accord-1999");
        let date = jiff::civil::date(2017, 11, 10);
        check(
            &Target::Dated { kind: "report".into(), author: "Secretary-General".into(), date },
            "id/report/secretary-general/2017-11-10",
        );
        check(&Target::Dated { kind: "prst".into(), author: String::new(), date }, "id/prst/2017-11-10");
    }

    #[test]
    fn slugs_and_escapes_are_safe_and_tell_long_names_apart() {
        assert_eq!(slug("  The  Co-ordination (Group) "), "the-co-ordination-group");
        assert_eq!(slug("Совет — Безопасности"), "совет-безопасности");
        assert_eq!(slug("!?"), "-");
        let long = "a ".repeat(200);
        assert_ne!(slug(&format!("{long} x")), slug(&format!("{long} y")));
        assert_eq!(escape("S/2017/1 <x>#"), "S/2017/1%20%3Cx%3E%23");
    }
}

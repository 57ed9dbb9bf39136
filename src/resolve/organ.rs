//! Whose resolution a number is: the organ named nearest, the one the document is of, and which
//! organ can have a resolution of that number at all.

use std::sync::LazyLock;

use regex::Regex;

use crate::parse::{Document, DocumentKind};
use crate::recognise::citations::{ListHead, Owner};
use crate::span::Span;
use crate::symbol::{Organ, Session};

/// The organ whose series a number belongs to, and how surely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    /// The organ.
    pub(super) owner: Organ,
    /// Whether the text names it.
    pub(super) said: bool,
    /// "Council" alone: which one, the form of the number says.
    pub(super) some_council: bool,
}

static IN_ITS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(Security Council|General Assembly|Human Rights Council|Economic and Social Council|Commission on Human Rights|the Council|the Assembly)\b[^.;]{0,160}?\b(?:[Ii]n|[Bb]y|[Uu]nder|[Tt]o|[Oo]f)\s+its\b[^,;.]{0,40}$")
        .expect("a literal pattern")
});

impl Standing {
    /// The standing of an item of a list, or of a number alone.
    pub(super) fn new(document: &Document, text: &str, head: Option<ListHead>, item: Span) -> Self {
        let own = own_organ(document);
        let Some(head) = head else { return Self { owner: own, said: false, some_council: false } };
        let said = |owner| Self { owner, said: true, some_council: false };
        match head.owner {
            Owner::Organ(organ) => said(organ),
            Owner::Council => Self { owner: own, said: false, some_council: true },
            Owner::Unsaid => Self { owner: own, said: false, some_council: false },
            Owner::Its => {
                let end = head.span.end.min(item.start);
                let mut from = end.saturating_sub(260);
                while !text.is_char_boundary(from) {
                    from += 1;
                }
                match IN_ITS.captures(&text[from..end]).and_then(|c| named(&c[1], own)) {
                    Some(organ) => said(organ),
                    None => Self { owner: own, said: own != Organ::Other, some_council: false },
                }
            }
        }
    }
}

fn named(name: &str, own: Organ) -> Option<Organ> {
    Some(match name {
        "Security Council" => Organ::SecurityCouncil,
        "General Assembly" | "the Assembly" => Organ::GeneralAssembly,
        "Human Rights Council" => Organ::HumanRightsCouncil,
        "Economic and Social Council" => Organ::EconomicAndSocialCouncil,
        "Commission on Human Rights" => Organ::CommissionOnHumanRights,
        "the Council" if own == Organ::SecurityCouncil => own,
        _ => return None,
    })
}

/// The organ that a document is of; texts of nobody's speak of the Council's resolutions.
fn own_organ(document: &Document) -> Organ {
    let about = document.metadata.about.as_ref().map(crate::symbol::Symbol::organ);
    match document.symbol.as_ref().map(crate::symbol::Symbol::organ).or(document.metadata.organ).or(about) {
        Some(organ) => organ,
        None if matches!(document.kind, DocumentKind::Unknown | DocumentKind::Article | DocumentKind::Resolution) => {
            Organ::SecurityCouncil
        }
        None => Organ::Other,
    }
}

/// Sessions of the Assembly up to the thirtieth are written in Roman numerals: a small number before
/// the stroke is the Human Rights Council's session.
pub(super) fn of_session(session: Session, standing: Standing) -> Organ {
    match session {
        Session::Regular(n) if n <= 30 => Organ::HumanRightsCouncil,
        Session::Regular(_) | Session::Special(_)
            if standing.some_council && standing.owner != Organ::SecurityCouncil =>
        {
            Organ::HumanRightsCouncil
        }
        Session::Regular(n) if standing.owner == Organ::HumanRightsCouncil && n < 80 => Organ::HumanRightsCouncil,
        Session::Special(_) if standing.owner == Organ::HumanRightsCouncil => Organ::HumanRightsCouncil,
        _ => Organ::GeneralAssembly,
    }
}

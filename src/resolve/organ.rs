//! Whose resolution a number is: the organ that the words name, the date beside the number, the
//! organ that the document is of, and which organ can have a number of that form at all.

use crate::ontology::Ontology;
use crate::ontology::grammar::{Owner, Series};
use crate::parse::{Document, DocumentKind};
use crate::recognise::citations::{Found, Item};
use crate::symbol::Organ;

use super::Reason;

/// What is known of whose number an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    /// As the words say it.
    pub(super) owner: Owner,
    /// What the words say it is.
    pub(super) series: Series,
    /// The organ that the document is of.
    pub(super) own: Organ,
    /// Year of the citing document.
    year: Option<u16>,
    /// Year of the date beside the number.
    adopted: Option<u16>,
    /// Whether the document speaks of the Human Rights Council's resolutions.
    rights: bool,
}

impl Standing {
    /// The standing of a number.
    pub(super) fn new(document: &Document, found: &Found<'_>, item: &Item<'_>, rights: bool) -> Self {
        let own = own_organ(document);
        let head = item.head.map(|h| found.heads[h]);
        Self {
            owner: head.map_or(item.before.unwrap_or(Owner::Unsaid), |h| h.owner),
            series: head.map_or(Series::Resolution, |h| h.series),
            own,
            year: document.metadata.date.and_then(|d| u16::try_from(d.year()).ok()),
            adopted: item.adopted,
            rights: rights || own == Organ::HumanRightsCouncil,
        }
    }

    /// The organ with sessions that a session and number belong to.
    pub(super) fn of_session(self, session: u16, number: u16) -> Result<Organ, Reason> {
        const HIGHEST: u16 = 900;
        let assembly = self.adopted.map(|year| year == 1945 + session || year == 1946 + session);
        let rights = self.adopted.map(|year| rights_council_year(session).abs_diff(year) <= 1);
        let (assembly_can, rights_can) = (session > LAST_ROMAN, number < 200 && self.rights_council_met(session));
        match self.owner {
            _ if number >= HIGHEST => Err(Reason::OtherOrgan),
            Owner::Another => Err(Reason::OtherOrgan),
            // The date beside it is a fact.
            _ if assembly == Some(true) && assembly_can => Ok(Organ::GeneralAssembly),
            _ if rights == Some(true) && rights_can => Ok(Organ::HumanRightsCouncil),
            Owner::Organ(Organ::HumanRightsCouncil) if rights_can => Ok(Organ::HumanRightsCouncil),
            Owner::Organ(Organ::GeneralAssembly) if assembly_can => Ok(Organ::GeneralAssembly),
            Owner::Organ(Organ::GeneralAssembly) => Err(Reason::OtherOrgan),
            // "its resolution 61/16 of ...": a slip in the date.
            Owner::Its if self.own == Organ::GeneralAssembly && assembly_can => Ok(Organ::GeneralAssembly),
            Owner::Its if self.own == Organ::HumanRightsCouncil && rights_can => Ok(Organ::HumanRightsCouncil),
            Owner::Unsaid if assembly_can && self.adopted.is_some_and(|y| y.abs_diff(1945 + session) <= 2) => {
                Ok(Organ::GeneralAssembly)
            }
            _ if self.adopted.is_some() => Err(Reason::OtherOrgan),
            // The Assembly's decisions are numbered from 401 on, in its early sessions from 301.
            _ if self.series == Series::Decision && number < 300 => match self.own {
                Organ::HumanRightsCouncil if rights_can => Ok(Organ::HumanRightsCouncil),
                _ => Err(Reason::OtherOrgan),
            },
            Owner::Council if rights_can && self.own != Organ::SecurityCouncil => Ok(Organ::HumanRightsCouncil),
            _ if self.own == Organ::HumanRightsCouncil && rights_can => Ok(Organ::HumanRightsCouncil),
            _ if assembly_can => Ok(Organ::GeneralAssembly),
            _ if rights_can && self.rights => Ok(Organ::HumanRightsCouncil),
            _ => Err(Reason::OtherOrgan),
        }
    }

    /// Whether the Human Rights Council had met for that session when the document was written.
    fn rights_council_met(self, session: u16) -> bool {
        self.year.is_none_or(|year| rights_council_year(session) <= year + 1)
    }

    /// The organ of a special session's number, "S-27": the Assembly and the Human Rights Council have both.
    pub(super) fn of_special_session(self, session: &str, ontology: &Ontology) -> Organ {
        let number = session.strip_prefix("S-").and_then(|n| n.parse::<u16>().ok());
        let Some(number) = number else { return Organ::GeneralAssembly };
        let assembly = self.adopted.zip(ontology.special_session(number)).map(|(year, held)| year.abs_diff(held) <= 1);
        match (self.owner, assembly) {
            (_, Some(true)) => Organ::GeneralAssembly,
            (Owner::Organ(Organ::HumanRightsCouncil), _) => Organ::HumanRightsCouncil,
            (Owner::Council, _) if self.own != Organ::SecurityCouncil => Organ::HumanRightsCouncil,
            (_, _) if self.own == Organ::HumanRightsCouncil => Organ::HumanRightsCouncil,
            (_, Some(false)) if self.rights => Organ::HumanRightsCouncil,
            _ => Organ::GeneralAssembly,
        }
    }

    /// The organ that numbers by years: the Economic and Social Council, the Commission on Human Rights.
    pub(super) fn of_year(self, number: u16) -> Result<Organ, Reason> {
        match self.owner {
            Owner::Another => Err(Reason::OtherOrgan),
            Owner::Organ(organ @ (Organ::EconomicAndSocialCouncil | Organ::CommissionOnHumanRights)) => Ok(organ),
            // The Council's decisions are numbered from 201 on; executive boards number theirs from 1.
            _ if self.series == Series::Decision && number <= 200 => Err(Reason::OtherOrgan),
            Owner::Its | Owner::Unsaid if self.own == Organ::CommissionOnHumanRights => Ok(self.own),
            _ => Ok(Organ::EconomicAndSocialCouncil),
        }
    }

    /// The organ whose sessions are written in Roman numerals.
    pub(super) fn of_roman(self, session: Option<u16>) -> Result<Organ, Reason> {
        let held =
            |session: u16| self.adopted.is_none_or(|year| year.abs_diff(1945 + session) <= 1 || year == 1946 + session);
        match self.owner {
            Owner::Another => Err(Reason::OtherOrgan),
            Owner::Organ(Organ::EconomicAndSocialCouncil) => Ok(Organ::EconomicAndSocialCouncil),
            _ if session.is_none_or(held) => Ok(Organ::GeneralAssembly),
            _ => Err(Reason::OtherOrgan),
        }
    }

    /// Whether a number alone is a Security Council resolution.
    pub(super) fn is_security_council(self) -> bool {
        let owner = match self.owner {
            Owner::Organ(organ) => organ,
            Owner::Another => Organ::Other,
            Owner::Its | Owner::Council | Owner::Unsaid => self.own,
        };
        owner == Organ::SecurityCouncil && self.series == Series::Resolution
    }
}

/// The Assembly's sessions up to this one are written in Roman numerals.
const LAST_ROMAN: u16 = 30;

/// The year of a regular session of the Human Rights Council: three a year since the fourth, in 2007.
fn rights_council_year(session: u16) -> u16 {
    if session < 4 { 2006 } else { 2007 + (session - 4) / 3 }
}

/// The series in which an organ's resolutions or decisions are numbered.
pub(super) fn series(organ: Organ, series: Series) -> Option<&'static str> {
    Some(match (organ, series) {
        (Organ::GeneralAssembly, Series::Resolution) => "A/RES",
        (Organ::GeneralAssembly, Series::Decision) => "A/DEC",
        (Organ::HumanRightsCouncil, Series::Resolution) => "A/HRC/RES",
        (Organ::HumanRightsCouncil, Series::Decision) => "A/HRC/DEC",
        (Organ::EconomicAndSocialCouncil, Series::Resolution) => "E/RES",
        (Organ::EconomicAndSocialCouncil, Series::Decision) => "E/DEC",
        (Organ::SecurityCouncil, Series::Statement) => "S/PRST",
        (Organ::CommissionOnHumanRights, Series::Resolution) => "E/CN.4/RES",
        (Organ::CommissionOnHumanRights, Series::Decision) => "E/CN.4/DEC",
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

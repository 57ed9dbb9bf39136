//! What is known about a document besides its words: from the document's own head, from Akoma
//! Ntoso mark-up, from an infobox, or from lines of JSON beside it.

use std::fmt;

use jiff::civil::Date;
use serde::Serialize;

use crate::symbol::{Organ, Symbol};

/// Facts about a document; each `None` or empty where not stated.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Metadata {
    /// Canonical symbol.
    pub symbol: Option<Symbol>,
    /// Title, without the number: "Protection of civilians".
    pub title: Option<String>,
    /// Date of adoption, or of issue where nothing is adopted.
    pub date: Option<Date>,
    /// Adopting or issuing organ.
    pub organ: Option<Organ>,
    /// Number of the meeting it was adopted at.
    pub meeting: Option<u32>,
    /// Item of the agenda, as printed.
    pub agenda_item: Option<String>,
    /// The vote, where one is recorded.
    pub vote: Option<Vote>,
    /// States that submitted the draft, as printed.
    pub sponsors: Vec<String>,
    /// Subject headings.
    pub subjects: Vec<Subject>,
    /// The draft it was adopted from.
    pub draft: Option<Symbol>,
    /// The record of the meeting.
    pub meeting_record: Option<Symbol>,
    /// Whether it was adopted under Chapter VII.
    pub chapter_vii: Option<bool>,
    /// Symbol of the document that an article or web page is *about*, where it is not itself it.
    pub about: Option<Symbol>,
}

impl Metadata {
    /// Fills what is missing here from `other`; what is known here wins.
    pub fn fill_from(&mut self, other: &Self) {
        fn fill<T: Clone>(mine: &mut Option<T>, theirs: &Option<T>) {
            if mine.is_none() {
                mine.clone_from(theirs);
            }
        }
        fill(&mut self.symbol, &other.symbol);
        fill(&mut self.title, &other.title);
        fill(&mut self.date, &other.date);
        fill(&mut self.organ, &other.organ);
        fill(&mut self.meeting, &other.meeting);
        fill(&mut self.agenda_item, &other.agenda_item);
        fill(&mut self.vote, &other.vote);
        fill(&mut self.draft, &other.draft);
        fill(&mut self.meeting_record, &other.meeting_record);
        fill(&mut self.chapter_vii, &other.chapter_vii);
        fill(&mut self.about, &other.about);
        if self.sponsors.is_empty() {
            self.sponsors.clone_from(&other.sponsors);
        }
        if self.subjects.is_empty() {
            self.subjects.clone_from(&other.subjects);
        }
    }
}

/// A subject heading with the vocabulary it is from ("UNBIS Thesaurus", "DHLAUTH").
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Subject {
    /// As printed.
    pub label: String,
    /// The vocabulary.
    pub scheme: String,
}

/// How a delegation voted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Ballot {
    /// In favour.
    Yes,
    /// Against.
    No,
    /// Abstaining.
    Abstain,
}

/// An adoption vote. Adoption without a vote has no counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Vote {
    /// Votes in favour.
    pub in_favour: Option<u32>,
    /// Votes against.
    pub against: Option<u32>,
    /// Abstentions.
    pub abstaining: Option<u32>,
    /// Each State as printed, with its ballot, in the order of the source.
    pub by_state: Vec<(Ballot, String)>,
    /// The wording of the source ("Adopted unanimously, 8455th meeting").
    pub outcome: Option<String>,
}

impl fmt::Display for Vote {
    /// `15-0-0`, or the wording of the source where there are no counts.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.in_favour, self.against, self.abstaining) {
            (Some(y), n, a) => write!(f, "{y}-{}-{}", n.unwrap_or(0), a.unwrap_or(0)),
            _ => f.write_str(self.outcome.as_deref().unwrap_or("not recorded")),
        }
    }
}

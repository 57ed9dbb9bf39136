//! What Akoma Ntoso states about a document, gathered while its elements go by.

use jiff::civil::Date;

use super::super::Language;
use super::super::build::decode_entities;
use super::super::records::{bare_title, first_number, is_draft, is_subject_scheme, meeting_of};
use crate::date::date;
use crate::metadata::{Ballot, Metadata, Subject, Vote};
use crate::symbol::{Organ, Symbol};

/// An element whose text is a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Capture {
    Symbol,
    Title,
    Meeting,
    AgendaItem,
    AgendaName,
    Voter,
}

#[derive(Debug, Default)]
pub(super) struct Facts {
    found: Metadata,
    language: Option<Language>,
    /// The first `FRBRWork` address: `/akn/un/statement/deliberation/unsc/2019-02-26/2456-2019/`.
    address: Option<String>,
    document_name: Option<String>,
    /// Dates to fall back on: of the step "adopted", and of issue.
    step_date: Option<Date>,
    issued: Option<Date>,
    agenda: (Option<String>, Option<String>),
    vote: Vote,
    ballot: Option<Ballot>,
    /// Inside a classification made by machine for the development goals: no subjects of the document.
    goals: bool,
    /// The file's own head is read; heads of attachments say nothing new.
    done: bool,
    capture: Option<(Capture, String)>,
}

type Get<'g> = &'g dyn Fn(&str) -> Option<String>;

impl Facts {
    /// An element inside `meta`.
    pub fn open(&mut self, local: &str, get: Get<'_>) {
        if self.done {
            return;
        }
        let stated = |name: &str| get(name).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty());
        let lower = local.to_ascii_lowercase();
        match lower.as_str() {
            "frbruri" | "frbrthis" if self.address.is_none() => self.address = stated("value"),
            "frbrdate" if self.found.date.is_none() && stated("name").as_deref() == Some("adoption") => {
                self.found.date = stated("date").and_then(|d| real_date(&d));
            }
            "frbrauthor" if self.found.organ.is_none() => self.found.organ = stated("href").and_then(|h| organ(&h)),
            "frbrlanguage" if self.language.is_none() => {
                self.language = stated("language").and_then(|l| Language::from_code(&l));
            }
            "classification" => self.goals = stated("source").is_some_and(|s| s.contains("/sdg")),
            "keyword" => self.keyword(&stated),
            "step" => self.step(&stated),
            "voting" => {
                let outcome = stated("outcome").map(|o| words(&o));
                if self.vote.outcome.is_none() {
                    self.vote.outcome = outcome;
                }
            }
            "count" => self.count(&stated),
            "organization" if self.ballot.is_some() => self.capture = Some((Capture::Voter, String::new())),
            _ => {}
        }
    }

    fn keyword(&mut self, stated: &dyn Fn(&str) -> Option<String>) {
        let (Some(label), Some(scheme)) = (stated("showAs").or_else(|| stated("value")), stated("dictionary")) else {
            return;
        };
        match stated("refersTo").as_deref() {
            Some("title") if self.found.title.is_none() => self.found.title = Some(bare_title(&label)),
            // "S/" gives the item as the agenda has it, "S/74" and the like an index heading.
            Some("agenda") if scheme.ends_with('/') && self.agenda.1.is_none() => {
                self.agenda.1 = Some(label.trim_end_matches('.').to_owned());
            }
            None if is_subject_scheme(&scheme) && !self.goals => {
                let subject = Subject { label, scheme };
                if !self.found.subjects.contains(&subject) {
                    self.found.subjects.push(subject);
                }
            }
            _ => {}
        }
    }

    fn step(&mut self, stated: &dyn Fn(&str) -> Option<String>) {
        let symbol = stated("as").and_then(|s| Symbol::parse(&s));
        match stated("outcome").as_deref() {
            Some("draftResolution") => {
                self.found.draft = symbol;
                self.found.sponsors.extend(stated("by").iter().flat_map(|by| sponsors(by)));
            }
            Some("draftResolutionAdditionalSponsors") => {
                self.found.sponsors.extend(stated("by").iter().flat_map(|by| sponsors(by)));
            }
            Some("recommendedForAdoption") if self.found.draft.is_none() => self.found.draft = symbol.filter(is_draft),
            Some("adopted") => {
                // Where the vote was by letter, this is the letter.
                self.found.meeting_record = symbol.filter(|s| meeting_of(Some(s)).is_some());
                self.step_date = stated("date").and_then(|d| real_date(&d));
                if let Some(by) = stated("by") {
                    self.vote.outcome = Some(by);
                }
                let chapter_vii = stated("refersTo").is_some_and(|r| r == "Chapter VII");
                if self.found.organ == Some(Organ::SecurityCouncil) {
                    self.found.chapter_vii = Some(chapter_vii);
                }
            }
            None if self.found.meeting_record.is_none() => {
                self.found.meeting_record = symbol.filter(|s| meeting_of(Some(s)).is_some());
            }
            _ => {}
        }
    }

    fn count(&mut self, stated: &dyn Fn(&str) -> Option<String>) {
        let value = stated("value").and_then(|v| v.parse().ok());
        let (slot, ballot) = match stated("refersTo").as_deref().map(|r| r.trim_start_matches('#')) {
            Some("inFavour") => (&mut self.vote.in_favour, Ballot::Yes),
            Some("against") => (&mut self.vote.against, Ballot::No),
            Some("abstaining") => (&mut self.vote.abstaining, Ballot::Abstain),
            _ => return,
        };
        *slot = value;
        self.ballot = Some(ballot);
    }

    /// An element of the document itself.
    pub fn mark(&mut self, local: &str, get: Get<'_>) {
        let capture = match local {
            "docNumber" if self.document_name.is_none() => Capture::Symbol,
            "docTitle" if self.found.title.is_none() && get("refersTo").is_some_and(|r| r == "#resolutionTitle") => {
                Capture::Title
            }
            "inline" => match get("name").as_deref() {
                Some("adoptionMeeting") if self.found.meeting.is_none() => Capture::Meeting,
                Some("agenda item") if self.agenda.0.is_none() => Capture::AgendaItem,
                Some("agenda item name") if self.agenda.1.is_none() => Capture::AgendaName,
                _ => return,
            },
            "docDate" => {
                let date = get("date").and_then(|d| real_date(&d));
                match get("refersTo").as_deref() {
                    Some("#adoptionDate") if self.found.date.is_none() => self.found.date = date,
                    Some("#dateOfIssuance") if self.issued.is_none() => self.issued = date,
                    _ => {}
                }
                return;
            }
            _ => return,
        };
        self.capture = Some((capture, String::new()));
    }

    pub fn text(&mut self, raw: &str) {
        if let Some((_, text)) = &mut self.capture {
            text.push_str(raw);
        }
    }

    pub fn close(&mut self, local: &str) {
        match local {
            "meta" => self.done = true,
            "count" => self.ballot = None,
            "docNumber" | "docTitle" | "inline" | "organization" => {
                let Some((capture, raw)) = self.capture.take() else { return };
                let text = decode_entities(&raw).split_whitespace().collect::<Vec<_>>().join(" ");
                if !text.is_empty() {
                    self.keep(capture, text);
                }
            }
            _ => {}
        }
    }

    fn keep(&mut self, capture: Capture, text: String) {
        match capture {
            Capture::Symbol if text.contains('/') => self.document_name = Some(text),
            Capture::Symbol => {}
            Capture::Title => self.found.title = Some(text),
            Capture::Meeting => self.found.meeting = first_number(&text),
            Capture::AgendaItem => self.agenda.0 = Some(text),
            Capture::AgendaName => self.agenda.1 = Some(text),
            Capture::Voter => self.vote.by_state.extend(self.ballot.map(|b| (b, text))),
        }
    }

    pub fn finish(self) -> (Metadata, Option<Language>) {
        let mut found = self.found;
        let named = self.document_name.as_deref().and_then(Symbol::parse);
        found.symbol = named.or_else(|| self.address.as_deref().and_then(symbol_of_address));
        found.date = found.date.or(self.step_date).or(self.issued);
        found.organ = found.organ.or_else(|| found.symbol.as_ref().map(Symbol::organ));
        found.meeting = found.meeting.or_else(|| meeting_of(found.meeting_record.as_ref()));
        let agenda: Vec<String> = [self.agenda.0, self.agenda.1].into_iter().flatten().collect();
        found.agenda_item = (!agenda.is_empty()).then(|| agenda.join(": "));
        let mut vote = self.vote;
        if vote.in_favour.is_some() {
            // A count that is not listed is none.
            vote.against.get_or_insert(0);
            vote.abstaining.get_or_insert(0);
        }
        found.vote = (vote != Vote::default()).then_some(vote);
        (found, self.language)
    }
}

/// A date, unless it is the year 1 that stands for none.
fn real_date(text: &str) -> Option<Date> {
    date(text).filter(|d| d.year() > 1900)
}

fn organ(author: &str) -> Option<Organ> {
    match author.trim_start_matches('#').to_ascii_lowercase().as_str() {
        "sc" => Some(Organ::SecurityCouncil),
        "ga" => Some(Organ::GeneralAssembly),
        "ecosoc" => Some(Organ::EconomicAndSocialCouncil),
        "hrc" => Some(Organ::HumanRightsCouncil),
        _ => None,
    }
}

/// The symbol that the address of a work stands for, where the document itself has none printed.
fn symbol_of_address(address: &str) -> Option<Symbol> {
    let mut parts = address.split('/').filter(|p| !p.is_empty() && !p.starts_with('!'));
    let body = parts.find(|p| p.starts_with("un") && p.len() == 4)?;
    let (first, second) = parts.nth(1)?.split_once('-')?;
    match body {
        // A statement's year comes first, a resolution's last.
        "unsc" if first.len() == 4 && first.starts_with(['1', '2']) && second.len() < 4 => {
            Symbol::parse(&format!("S/PRST/{first}/{second}"))
        }
        "unsc" => Symbol::parse(&format!("S/RES/{first} ({second})")),
        "unga" => Symbol::parse(&format!("A/RES/{first}/{second}")),
        _ => None,
    }
}

/// "adoptedWithoutVote" as words: "Adopted without vote".
fn words(name: &str) -> String {
    let mut out = String::new();
    if name.contains(' ') {
        return name.to_owned();
    }
    for (i, c) in name.chars().enumerate() {
        match c {
            _ if i == 0 => out.extend(c.to_uppercase()),
            c if c.is_uppercase() => {
                out.push(' ');
                out.extend(c.to_lowercase());
            }
            c => out.push(c),
        }
    }
    out
}

/// The States of a list, as printed: at commas outside brackets, and at the last "and" of a list,
/// except inside the name of a State that has an "and" itself.
fn sponsors(list: &str) -> Vec<String> {
    const TAILS: [&str; 8] = [
        "Barbuda",
        "Herzegovina",
        "Nevis",
        "Northern Ireland",
        "Principe",
        "Tobago",
        "the Grenadines",
        "Pr\u{ed}ncipe",
    ];
    let mut depth = 0_i32;
    let mut names: Vec<&str> = list
        .split(|c| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            depth <= 0 && (c == ',' || c == ';')
        })
        .map(str::trim)
        .filter(|n| !n.is_empty())
        .collect();
    if let Some(last) = names.pop() {
        let outside = last.find('(').unwrap_or(last.len());
        let joined = last[..outside]
            .match_indices(" and ")
            .find(|(i, and)| !TAILS.iter().any(|t| last[i + and.len()..].starts_with(t)));
        match joined {
            Some((i, and)) => names.extend([&last[..i], &last[i + and.len()..]]),
            None => names.push(last.strip_prefix("and ").unwrap_or(last)),
        }
    }
    names.into_iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_states_part_at_the_right_and() {
        assert_eq!(sponsors("France"), ["France"]);
        assert_eq!(sponsors("Chad, Peru and Trinidad and Tobago"), ["Chad", "Peru", "Trinidad and Tobago"]);
        assert_eq!(
            sponsors("United Kingdom of Great Britain and Northern Ireland"),
            ["United Kingdom of Great Britain and Northern Ireland"]
        );
        assert_eq!(
            sponsors("Bolivia (one, two and three), Chad and Peru"),
            ["Bolivia (one, two and three)", "Chad", "Peru"]
        );
        assert_eq!(sponsors("Togo (for A and B)"), ["Togo (for A and B)"]);
    }

    #[test]
    fn addresses_name_documents() {
        let check = |address, symbol| assert_eq!(symbol_of_address(address), Symbol::parse(symbol));
        check("/akn/un/statement/deliberation/unsc/2019-02-26/2456-2019/", "S/RES/2456 (2019)");
        check("/akn/un/statement/deliberation/unsc/2000-08-09/2000-27/!main/", "S/PRST/2000/27");
        check("/akn/un/statement/deliberation/unga/2019-12-18/74-134/", "A/RES/74/134");
    }

    #[test]
    fn outcomes_are_words() {
        assert_eq!(words("adoptedWithoutVote"), "Adopted without vote");
    }
}

//! The life of a mandate: what established a body, each extension, change and end, until when, and where it lapsed.
//!
//! Everything is read from statements that a text makes. A day that no text states is counted, and said to be: from the
//! day that the text says the period runs from, else from the last day of the mandate before.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use oxigraph::store::StorageError;

use super::evidence::{Evidence, evidence, iris, literal, literals, subjects};
use crate::ontology::vocab as v;
use crate::resolve::Period;
use crate::store::Store;

/// What happens to a mandate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// A body is established.
    Established,
    /// Its mandate is extended.
    Extended,
    /// A document that established or extended it is amended or corrected.
    Amended,
    /// Such a document is replaced, wholly or in part.
    Replaced,
    /// The body or its mandate is ended.
    Ended,
}

impl Change {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Established => "established",
            Self::Extended => "extended",
            Self::Amended => "amended",
            Self::Replaced => "replaced",
            Self::Ended => "ended",
        }
    }

    fn of(property: &str) -> Option<Self> {
        match property {
            v::RG_ESTABLISHES => Some(Self::Established),
            v::RG_EXTENDS_MANDATE_OF => Some(Self::Extended),
            v::RG_TERMINATES => Some(Self::Ended),
            v::ELI_AMENDS | v::ELI_CORRECTS => Some(Self::Amended),
            v::ELI_REPEALS => Some(Self::Replaced),
            _ => None,
        }
    }
}

/// Where the last day of a mandate is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The text states the day.
    Stated,
    /// The text states a period and from when it runs.
    Counted,
    /// The text states a period only: counted from the last day of the mandate before, or from the adoption.
    Reckoned,
    /// No day.
    Unknown,
}

impl Basis {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Counted => "counted",
            Self::Reckoned => "reckoned",
            Self::Unknown => "",
        }
    }
}

/// One change of a mandate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What happens.
    pub change: Change,
    /// IRI of the document that does it.
    pub document: String,
    /// Its symbol or name.
    pub label: String,
    /// Its date.
    pub date: Option<Date>,
    /// Last day of the mandate, or the day of its end.
    pub until: Option<Date>,
    /// The period, where the text states no day.
    pub period: Option<Period>,
    /// Where the last day is from.
    pub basis: Basis,
    /// What is amended or replaced: a symbol.
    pub of: Option<String>,
    /// Where it is said; `None` where only the authorities say it.
    pub evidence: Option<Evidence>,
    /// Who says so, where it is another document.
    pub said_in: Option<String>,
}

/// A time without a mandate: an extension that begins after the last day had passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The last day of the mandate before.
    pub after: Date,
    /// The date of the document that takes it up again.
    pub before: Date,
    /// Place of that one among the events.
    pub event: usize,
}

/// How a mandate stands after all events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Ended by a document, on a day if that is known.
    Ended(Option<Date>),
    /// It runs, or ran, until a day; nothing later in the graph extends or ends it.
    Until(Date),
    /// No last day is known.
    Open,
}

/// The life of one body's mandate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lineage {
    /// IRI of the body.
    pub body: String,
    /// Its name.
    pub label: String,
    /// In order of date.
    pub events: Vec<Event>,
    /// In order.
    pub gaps: Vec<Gap>,
    /// How it ends.
    pub end: End,
}

/// The life of a body's mandate; without events where no text says anything of it.
///
/// # Errors
/// When the store cannot be read.
pub fn of_body(store: &Store, body: &str) -> Result<Lineage, StorageError> {
    let mut events = Vec::new();
    let mut told: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    for statement in subjects(store, v::RDF_OBJECT, body)? {
        let Some(event) = event(store, &statement)? else { continue };
        match (event.change, &event.said_in) {
            (Change::Established | Change::Extended | Change::Ended, None) => events.push(event),
            (Change::Established, Some(_)) => told.entry(event.document.clone()).or_default().push(event),
            _ => {}
        }
    }
    if !events.iter().any(|e| e.change == Change::Established) {
        events.extend(founding(store, body, told)?);
    }
    let documents: BTreeSet<String> = events.iter().map(|e| e.document.clone()).collect();
    for document in documents {
        events.extend(changes(store, &document)?);
    }
    events.sort_by(|a, b| {
        let key = |e: &Event| (e.date, e.change, e.label.clone(), e.until);
        key(a).cmp(&key(b))
    });
    events.dedup_by(|b, a| {
        (a.change, &a.document, a.until, a.period, &a.of) == (b.change, &b.document, b.until, b.period, &b.of)
    });
    let (gaps, end) = follow(&mut events);
    let label = literal(store, body, v::RDFS_LABEL)?.unwrap_or_else(|| body.to_owned());
    Ok(Lineage { body: body.to_owned(), label, events, gaps, end })
}

/// A life as far as it was known on a day.
#[must_use]
pub fn until(mut life: Lineage, at: Date) -> Lineage {
    life.events.retain(|e| e.date.is_none_or(|date| date <= at));
    (life.gaps, life.end) = follow(&mut life.events);
    life
}

/// What amends, corrects or replaces a document.
///
/// # Errors
/// When the store cannot be read.
pub fn changes(store: &Store, document: &str) -> Result<Vec<Event>, StorageError> {
    let mut all = Vec::new();
    for statement in subjects(store, v::RDF_OBJECT, document)? {
        if let Some(event) = event(store, &statement)?
            && matches!(event.change, Change::Amended | Change::Replaced)
            && event.said_in.is_none()
        {
            all.push(event);
        }
    }
    all.sort_by(|a, b| (a.date, a.change, &a.label).cmp(&(b.date, b.change, &b.label)));
    all.dedup_by(|b, a| (a.change, &a.document) == (b.change, &b.document));
    Ok(all)
}

/// The documents that a document is connected with by amending, correcting or replacing, one after another, either way:
/// each with what was changed, in order of date.
///
/// # Errors
/// When the store cannot be read.
pub fn of_document(store: &Store, document: &str) -> Result<Vec<Event>, StorageError> {
    let mut known = BTreeSet::from([document.to_owned()]);
    let mut open = vec![document.to_owned()];
    let mut all: Vec<Event> = Vec::new();
    while let Some(next) = open.pop() {
        let mut near: Vec<(Event, String)> = Vec::new();
        for event in changes(store, &next)? {
            let other = event.document.clone();
            near.push((event, other));
        }
        for statement in subjects(store, v::RDF_SUBJECT, &next)? {
            if let Some(event) = event(store, &statement)?
                && matches!(event.change, Change::Amended | Change::Replaced)
            {
                near.extend(iris(store, &statement, v::RDF_OBJECT)?.into_iter().map(|other| (event.clone(), other)));
            }
        }
        for (event, other) in near {
            if !all.iter().any(|e| (e.change, &e.document, &e.of) == (event.change, &event.document, &event.of)) {
                all.push(event);
            }
            if known.insert(other.clone()) {
                open.push(other);
            }
        }
    }
    all.sort_by(|a, b| (a.date, a.change, &a.label, &a.of).cmp(&(b.date, b.change, &b.label, &b.of)));
    Ok(all)
}

/// The bodies that a document establishes, extends or ends, as it says itself or others say of it; in order.
///
/// # Errors
/// When the store cannot be read.
pub fn bodies_of(store: &Store, document: &str) -> Result<Vec<String>, StorageError> {
    let mut bodies = BTreeSet::new();
    for property in [v::RG_ESTABLISHES, v::RG_EXTENDS_MANDATE_OF, v::RG_TERMINATES] {
        bodies.extend(iris(store, document, property)?);
    }
    Ok(bodies.into_iter().collect())
}

/// Every body whose mandate a text extends or ends; in order.
///
/// # Errors
/// When the store cannot be read.
pub fn bodies(store: &Store) -> Result<Vec<String>, StorageError> {
    let mut bodies = BTreeSet::new();
    for property in [v::RG_EXTENDS_MANDATE_OF, v::RG_TERMINATES] {
        for statement in subjects(store, v::RDF_PREDICATE, property)? {
            bodies.extend(iris(store, &statement, v::RDF_OBJECT)?);
        }
    }
    Ok(bodies.into_iter().collect())
}

/// A statement as an event; `None` where it says something else, or a draft says it.
fn event(store: &Store, statement: &str) -> Result<Option<Event>, StorageError> {
    let predicate = iris(store, statement, v::RDF_PREDICATE)?;
    let Some(change) = predicate.first().and_then(|p| Change::of(p)) else { return Ok(None) };
    let Some(document) = iris(store, statement, v::RDF_SUBJECT)?.into_iter().next() else { return Ok(None) };
    if iris(store, &document, v::RDF_TYPE)?.iter().any(|class| class == v::RG_DRAFT) {
        return Ok(None);
    }
    let evidence = evidence(store, statement)?;
    let said_in = match evidence.paragraph.rsplit_once('#') {
        Some((work, _)) if work != document && change == Change::Established => Some(label(store, work)?),
        _ => None,
    };
    let of = match change {
        Change::Amended | Change::Replaced => match iris(store, statement, v::RDF_OBJECT)?.first() {
            Some(object) => Some(label(store, object)?),
            None => None,
        },
        _ => None,
    };
    let mut days: Vec<Date> = literals(store, statement, v::RG_UNTIL)?.iter().filter_map(|d| d.parse().ok()).collect();
    let mut period = literals(store, statement, v::RG_PERIOD)?.iter().find_map(|p| Period::parse(p));
    let date: Option<Date> = literal(store, &document, v::ELI_DATE_DOCUMENT)?.and_then(|d| d.parse().ok());
    // One file of the document states a day where another has a period: the stated day holds.
    if let (Some(counted), true) = (period.zip(date).and_then(|(p, date)| p.after(date)), days.len() > 1) {
        days.retain(|day| *day != counted);
        period = None;
    }
    let until = days.into_iter().max();
    let basis = match (until, period) {
        (Some(_), None) => Basis::Stated,
        (Some(_), Some(_)) => Basis::Counted,
        (None, _) => Basis::Unknown,
    };
    let label = label(store, &document)?;
    Ok(Some(Event { change, document, label, date, until, period, basis, of, evidence: Some(evidence), said_in }))
}

fn label(store: &Store, iri: &str) -> Result<String, StorageError> {
    Ok(literal(store, iri, v::RDFS_LABEL)?.unwrap_or_else(|| iri.to_owned()))
}

/// The establishment that no document states of itself: the one that most others speak of, else what the authorities say.
fn founding(store: &Store, body: &str, told: BTreeMap<String, Vec<Event>>) -> Result<Option<Event>, StorageError> {
    let most = told
        .into_values()
        .max_by_key(|all| (all.len(), std::cmp::Reverse(all.first().map(|e| (e.date, e.document.clone())))));
    if let Some(event) = most.and_then(|all| all.into_iter().next()) {
        return Ok(Some(event));
    }
    let Some(document) = subjects(store, v::RG_ESTABLISHES, body)?.into_iter().next() else { return Ok(None) };
    let date = literal(store, &document, v::ELI_DATE_DOCUMENT)?.and_then(|d| d.parse().ok());
    Ok(Some(Event {
        change: Change::Established,
        label: label(store, &document)?,
        document,
        date,
        until: None,
        period: None,
        basis: Basis::Unknown,
        of: None,
        evidence: None,
        said_in: None,
    }))
}

/// Follows the events: reckons the days that no text states, finds the gaps and the end.
fn follow(events: &mut [Event]) -> (Vec<Gap>, End) {
    let mut gaps = Vec::new();
    let mut end = End::Open;
    for (place, event) in events.iter_mut().enumerate() {
        let last = match end {
            End::Until(day) | End::Ended(Some(day)) => Some(day),
            _ => None,
        };
        match event.change {
            Change::Amended | Change::Replaced => continue,
            Change::Ended => {
                end = End::Ended(event.until.or(event.date));
                continue;
            }
            Change::Established | Change::Extended => {}
        }
        if let (Some(after), Some(before)) = (last, event.date)
            && before > after
        {
            gaps.push(Gap { after, before, event: place });
        }
        if let (None, Some(period)) = (event.until, event.period) {
            // A further period runs on from the one before, unless that had passed.
            let from = last.filter(|last| event.date.is_none_or(|date| *last >= date)).or(event.date);
            event.until = from.and_then(|from| period.after(from));
            event.basis = if event.until.is_some() { Basis::Reckoned } else { Basis::Unknown };
        }
        end = match (event.until, event.change) {
            // Two statements of one document: the later day holds.
            (Some(day), _) => End::Until(day),
            (None, _) => End::Open,
        };
    }
    (gaps, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(change: Change, date: &str, until: &str) -> Event {
        Event {
            change,
            document: date.to_owned(),
            label: date.to_owned(),
            date: date.parse().ok(),
            until: until.parse().ok(),
            period: Period::parse(until),
            basis: Basis::Unknown,
            of: None,
            evidence: None,
            said_in: None,
        }
    }

    /// Untils after following, gaps as `after..before`, end.
    fn check(events: &[(Change, &str, &str)], untils: &[&str], expected_gaps: &[&str], expected_end: &str) {
        let mut events: Vec<Event> = events.iter().map(|(c, date, until)| event(*c, date, until)).collect();
        let (gaps, end) = follow(&mut events);
        let found: Vec<String> = events.iter().map(|e| e.until.map_or(String::new(), |d| d.to_string())).collect();
        assert_eq!(found, untils);
        let gaps: Vec<String> = gaps.iter().map(|g| format!("{}..{}", g.after, g.before)).collect();
        assert_eq!(gaps, expected_gaps);
        let end = match end {
            End::Open => "open".to_owned(),
            End::Until(day) => format!("until {day}"),
            End::Ended(day) => format!("ended {}", day.map_or(String::new(), |d| d.to_string())),
        };
        assert_eq!(end, expected_end);
    }

    #[test]
    fn an_extension_after_the_last_day_leaves_a_gap() {
        check(
            &[
                (Change::Established, "2001-03-01", "2001-09-01"),
                (Change::Extended, "2001-08-30", "2002-03-01"),
                (Change::Extended, "2002-03-05", "2002-09-01"),
            ],
            &["2001-09-01", "2002-03-01", "2002-09-01"],
            &["2002-03-01..2002-03-05"],
            "until 2002-09-01",
        );
    }

    #[test]
    fn a_period_runs_on_from_the_one_before_or_from_the_adoption() {
        check(
            &[
                (Change::Established, "2001-03-01", "P6M"),
                (Change::Extended, "2001-08-20", "P1Y"),
                (Change::Amended, "2001-10-01", ""),
                (Change::Extended, "2002-12-01", "P1Y"),
            ],
            &["2001-09-01", "2002-09-01", "", "2003-12-01"],
            &["2002-09-01..2002-12-01"],
            "until 2003-12-01",
        );
    }

    #[test]
    fn what_is_ended_or_has_no_day_is_said_so() {
        check(&[(Change::Established, "2001-03-01", "")], &[""], &[], "open");
        check(
            &[(Change::Established, "2001-03-01", "2002-03-01"), (Change::Ended, "2002-02-01", "")],
            &["2002-03-01", ""],
            &[],
            "ended 2002-02-01",
        );
    }
}

//! Lines of JSON with what is known of documents, one object with a "symbol" a line.

use std::path::Path;

use crate::date::date;
use serde::Deserialize;

use super::{ReadError, file_bytes};
use crate::metadata::{Ballot, Metadata, Subject, Vote};
use crate::symbol::Symbol;

/// One line, as the collections of UNxml give it. Counts are strings, and "N.A." where there are none.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Record {
    symbol: Option<String>,
    title: Option<String>,
    resolution_title: Option<String>,
    adoption_meeting: Option<String>,
    adoption_date: Option<String>,
    agenda_item: Option<String>,
    agenda_item_name: Option<String>,
    adoption_type: Option<String>,
    draft_resolution: Option<String>,
    originating_document: Option<String>,
    outcome_letter: Option<String>,
    pv: Option<String>,
    #[serde(rename = "chapter_VII")]
    chapter_vii: Option<String>,
    #[serde(rename = "MS_in_favour_count")]
    in_favour_count: Option<String>,
    #[serde(rename = "MS_against_count")]
    against_count: Option<String>,
    #[serde(rename = "MS_abstaining_count")]
    abstaining_count: Option<String>,
    #[serde(rename = "MS_in_favour")]
    in_favour: Vec<String>,
    #[serde(rename = "MS_against")]
    against: Vec<String>,
    #[serde(rename = "MS_abstaining")]
    abstaining: Vec<String>,
    sponsors: Vec<String>,
    additional_sponsors: Vec<String>,
    subjects: Vec<(String, String)>,
}

/// Reads a file of metadata lines, each about the document that its "symbol" names.
///
/// # Errors
/// When the file cannot be read, or a line is no JSON object with a valid "symbol".
pub fn read_records(path: &Path, label: &str) -> Result<Vec<Metadata>, ReadError> {
    let bytes = file_bytes(path, label)?;
    let text = String::from_utf8(bytes).map_err(|e| ReadError::Record {
        path: label.into(),
        line: e.as_bytes()[..e.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1,
        why: "not UTF-8".into(),
    })?;
    parse_records(&text, label)
}

fn parse_records(text: &str, label: &str) -> Result<Vec<Metadata>, ReadError> {
    let mut records = Vec::new();
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let wrong = |why: String| ReadError::Record { path: label.into(), line: index + 1, why };
        let record: Record = match serde_json::from_str(line) {
            Ok(record) => record,
            Err(_) if records.is_empty() => {
                return Err(ReadError::NotADocument {
                    path: label.into(),
                    what: "it is JSON without one object with a \"symbol\" a line",
                });
            }
            Err(e) => return Err(wrong(format!("column {}: {e}", e.column()))),
        };
        let Some(symbol) = &record.symbol else {
            if records.is_empty() {
                return Err(ReadError::NotADocument {
                    path: label.into(),
                    what: "it is JSON without one object with a \"symbol\" a line",
                });
            }
            return Err(wrong("no \"symbol\"".into()));
        };
        let symbol = Symbol::parse(symbol).ok_or_else(|| wrong(format!("\"{symbol}\" is no document symbol")))?;
        records.push(metadata(symbol, record));
    }
    if records.is_empty() {
        return Err(ReadError::Empty { path: label.into() });
    }
    Ok(records)
}

fn metadata(symbol: Symbol, record: Record) -> Metadata {
    let stated = |text: Option<String>| text.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty() && t != "N.A.");
    let document = |text: Option<String>| text.and_then(|t| Symbol::parse(&t));
    // Where the vote was by letter, "outcome_letter" is one; else it is the record of the meeting.
    let record_symbol =
        document(record.outcome_letter).or_else(|| document(record.pv)).filter(|s| meeting_of(Some(s)).is_some());
    let agenda = [stated(record.agenda_item), stated(record.agenda_item_name)];
    let agenda: Vec<String> = agenda.into_iter().flatten().collect();
    let date = stated(record.adoption_date).and_then(|d| date(&d));
    let title = stated(record.title).or_else(|| stated(record.resolution_title).map(|t| bare_title(&t)));
    let mut sponsors = record.sponsors;
    sponsors.extend(record.additional_sponsors);
    let mut vote = Vote {
        in_favour: count(record.in_favour_count.as_deref()),
        against: count(record.against_count.as_deref()),
        abstaining: count(record.abstaining_count.as_deref()),
        by_state: Vec::new(),
        outcome: stated(record.adoption_type),
    };
    for (ballot, states) in
        [(Ballot::Yes, record.in_favour), (Ballot::No, record.against), (Ballot::Abstain, record.abstaining)]
    {
        vote.by_state.extend(states.into_iter().map(|s| (ballot, s)));
    }
    // Only the Council's records have the column on Chapter VII.
    let chapter_vii = record.chapter_vii.map(|c| !c.trim().is_empty());
    Metadata {
        organ: Some(symbol.organ()),
        title,
        date,
        meeting: record
            .adoption_meeting
            .as_deref()
            .and_then(first_number)
            .or_else(|| meeting_of(record_symbol.as_ref())),
        agenda_item: (!agenda.is_empty()).then(|| agenda.join(": ")),
        vote: (vote != Vote::default()).then_some(vote),
        sponsors,
        subjects: subjects(record.subjects),
        // The Assembly's "originating document" is a committee's report as often as a draft.
        draft: document(record.draft_resolution).or_else(|| document(record.originating_document).filter(is_draft)),
        meeting_record: record_symbol,
        chapter_vii,
        about: None,
        symbol: Some(symbol),
    }
}

fn count(text: Option<&str>) -> Option<u32> {
    text?.trim().parse().ok()
}

/// Subject headings of the two vocabularies that are about the text, each once.
fn subjects(found: Vec<(String, String)>) -> Vec<Subject> {
    let mut subjects: Vec<Subject> = Vec::new();
    for (label, scheme) in found {
        let subject = Subject { label, scheme };
        if is_subject_scheme(&subject.scheme) && !subjects.contains(&subject) {
            subjects.push(subject);
        }
    }
    subjects
}

/// Whether a vocabulary is one of subject headings (others number agenda items or repeat titles).
pub(super) fn is_subject_scheme(scheme: &str) -> bool {
    matches!(scheme, "UNBIS Thesaurus" | "DHLAUTH")
}

/// Whether a symbol is of a limited (draft) series: `A/74/L.4`, `A/C.3/74/L.23`.
pub(super) fn is_draft(symbol: &Symbol) -> bool {
    matches!(symbol, Symbol::Other(s) if s.contains("/L."))
}

/// The meeting that a verbatim record is of: 8469 for `S/PV.8469`.
pub(super) fn meeting_of(record: Option<&Symbol>) -> Option<u32> {
    match record {
        Some(Symbol::Other(s)) => first_number(s.split_once("PV.")?.1),
        _ => None,
    }
}

/// The first number in a text.
pub(super) fn first_number(text: &str) -> Option<u32> {
    let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    digits[..digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len())].parse().ok()
}

/// A title as libraries give it, without the number and the brackets around what is supplied:
/// "Security Council resolution 9 (1946) [on rules]" is "on rules".
pub(super) fn bare_title(title: &str) -> String {
    let entitled = ["item entitled \"", "item entitled \u{201c}"].iter().find_map(|e| title.split_once(e));
    if let Some((_, item)) = entitled {
        return item.trim_end_matches([']', '"', '\u{201d}', '.', ' ']).to_owned();
    }
    match (title.find('['), title.rfind(']')) {
        (Some(from), Some(to)) if from < to && title[..from].chars().any(|c| c.is_ascii_digit()) => {
            title[from + 1..to].trim().to_owned()
        }
        _ => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_becomes_metadata() {
        let line = r#"{"symbol": "S/RES/9999 (2001)", "adoption_meeting": "4321st meeting", "adoption_date": "2 May 2001",
            "resolution_title": "Security Council resolution 9999 (2001) [on the rules of the house]",
            "adoption_type": "Adopted by vote", "chapter_VII": "", "outcome_letter": "S/PV.4321", "draft_resolution": "S/2001/1",
            "MS_in_favour_count": "2", "MS_against_count": "0", "MS_abstaining_count": "N.A.", "MS_in_favour": ["FRANCE", "PERU"],
            "subjects": [["RULES", "UNBIS Thesaurus"], ["RULES", "UNBIS Thesaurus"], ["The item", "S/"]]}"#.replace('\n', " ");
        let records = parse_records(&line, "x.json").expect("records");
        let m = &records[0];
        assert_eq!(m.symbol, Symbol::parse("S/RES/9999 (2001)"));
        assert_eq!((m.meeting, m.date.map(|d| d.to_string()).as_deref()), (Some(4321), Some("2001-05-02")));
        assert_eq!(m.title.as_deref(), Some("on the rules of the house"));
        assert_eq!((m.chapter_vii, m.subjects.len()), (Some(false), 1));
        let vote = m.vote.as_ref().expect("a vote");
        assert_eq!((vote.in_favour, vote.against, vote.abstaining, vote.by_state.len()), (Some(2), Some(0), None, 2));
    }

    #[test]
    fn what_is_no_record_file_says_so() {
        assert!(matches!(parse_records("{\"a\": 1}", "x"), Err(ReadError::NotADocument { .. })));
        assert!(matches!(parse_records("[\n1]", "x"), Err(ReadError::NotADocument { .. })));
        let second = "{\"symbol\": \"S/1999/1\"}\n{\"symbol\": 3}";
        assert!(matches!(parse_records(second, "x"), Err(ReadError::Record { line: 2, .. })));
    }
}

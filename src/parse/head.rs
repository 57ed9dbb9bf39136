//! The head of a document: symbol, title, date, organ, meeting, vote.

use jiff::civil::Date;
use regex::Regex;

use super::DocumentKind;
use super::paragraphs::Draft;
use super::structure::is_enacting_formula;
use crate::date::date;
use crate::metadata::{Metadata, Vote};
use crate::ontology::Ontology;
use crate::patterns::patterns;
use crate::read::{BlockKind, Language, MediaType, Source};
use crate::symbol::{Organ, Symbol};

/// What the head says.
pub(super) struct Head {
    pub(super) kind: DocumentKind,
    pub(super) metadata: Metadata,
    /// Number of drafts that belong to the head.
    pub(super) end: usize,
}

patterns! {
    SYMBOL_LINE = r"(?m)(?:^|\s)((?:S/RES/\d{1,4} ?\(\d{4}\)|S/PRST/\d{4}/\d{1,3}|A/RES/(?:E?S-)?\d{1,3}/\d{1,4}(?: ?[A-Z]\b)?|A/RES/\d{1,4}(?: ?[A-Z])? ?\([A-Z-]+\)|E/RES/\d{4}/\d{1,3}|A/HRC/RES/(?:S-)?\d{1,3}/\d{1,3}))";
    OLD_TITLE = r"(?m)^(\d{1,3}) \((19\d\d)\)\.\s+Resolution\b";
    DATED_TITLE = r"(?im)^(?:(?:resolution\s+)?(\d{1,4})\b.{0,12}?(?:\s+resolution)?\s+of\s+\d{1,2}\s+[a-z]+\s+(\d{4}))";
    FILE_NAME = r"(?i)S[-_ ]RES[-_ ]?0*(\d{1,4})(?:\D|$)";
    ANY_SYMBOL_LINE = r"(?m)(?:^|\s)([AES](?:/[A-Z0-9][A-Za-z0-9.-]*)+/[A-Za-z0-9./-]*\d)\s*$";
    RESOLUTION_TITLE = r"(?i)\bresolution\s+(\d{1,4})\s*\((\d{4})\)";
    COUNCIL_TITLE = r"(?i)^(?:United Nations )?Security Council Resolution\s+(\d{1,4})\b";
    ASSEMBLY_NUMBER = r"(?m)^((?:E?S-)?\d{1,3}/\d{1,4}(?: [A-Z])?)\.?\s";
    ADOPTED = r"(?i)adopted by the (?:Security Council|General Assembly|Economic and Social Council|Human Rights Council) at its\s+([\d ,]+)(?:st|nd|rd|th)\s+(?:\w+\s+)?meeting(?:[^,]{0,30})?,\s*(?:held )?on\s*(\d{1,2}\s+[A-Z][a-z]+\s+\d{4})";
    ADOPTED_ON = r"(?i)resolution adopted by the (?:General Assembly|Human Rights Council|Economic and Social Council) on\s+(\d{1,2}\s+[A-Z][a-z]+\s+\d{4})";
    HELD = r"At the\s+([\d ,]+)(?:st|nd|rd|th) meeting of the Security Council,\s+held on\s+(\d{1,2}\s+[A-Z][a-z]+\s+\d{4})(?:.{0,200}?item entitled\s+[“\x22]([^”\x22]{3,300})[”\x22])?";
    OF_DATE = r"(?m)^\s*of\s+(\d{1,2}\s+[A-Z][a-z]+\s+\d{4})";
    ANY_DATE = r"\b(\d{1,2}\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{4})\b";
    ADOPTED_AT = r"(?i)adopted (?:(unanimously) )?at the\s+([\d ,]+)(?:st|nd|rd|th)(?: \(\w+\))?\s+meeting";
    VOTES = r"(?i)by (\d{1,3}) votes? (?:in favour )?to (none|\d{1,3})(?:(?: against)?,? with (\d{1,3}) abstentions?)?";
    PLENARY = r"(\d{1,3})(?:st|nd|rd|th)(?: \(resumed\))? plenary meeting";
    ASSEMBLY_TITLE = r"(?m)^(?:E?S-)?\d{1,3}/\d{1,4}(?: [A-Z])?\.?\s+(\S.{3,300})$";
    DRAFT = r"(?i)\bdraft (?:resolution|decision|presidential statement)\b";
    CHAPTER_SEVEN = r"(?i)acting under\s+(?:article \d+ of )?chapter VII\b";
}

/// Drafts looked at for a head at most.
const HEAD_DRAFTS: usize = 60;
/// Council members: eleven until 1965, fifteen since.
const ENLARGED_IN: i16 = 1966;

/// Reads the head from the drafts before the enacting formula, and the closing lines.
pub(super) fn read(source: &Source, drafts: &[Draft], ontology: &Ontology) -> Head {
    let end = head_end(drafts, ontology);
    let has_formula = drafts.iter().any(|d| is_enacting_formula(&d.text));
    let own: Vec<&Draft> = drafts.iter().filter(|d| d.kind != BlockKind::Furniture).collect();
    let text: String =
        drafts[..end].iter().filter(|d| d.kind != BlockKind::Furniture).map(|d| format!("{}\n", d.text)).collect();
    let mut metadata = Metadata { symbol: symbol(&text, source, ontology), ..Metadata::default() };
    adoption(&text, &own, &mut metadata);
    if metadata.symbol.is_none() && source.metadata.symbol.is_none() && has_formula {
        metadata.symbol = symbol_of_file(source, metadata.date, ontology);
    }
    let draft_document = end > 0
        && DRAFT.is_match(&text)
        && !ADOPTED.is_match(&text)
        && !matches!(&metadata.symbol, Some(s) if s.is_resolution());
    if let Some(title) = ASSEMBLY_TITLE.captures(&text).and_then(|c| c.get(1)) {
        metadata.title = Some(title.as_str().trim().to_owned());
    }
    if metadata.symbol.is_some() && own.iter().any(|d| acts_under_chapter_seven(&d.text)) {
        metadata.chapter_vii = Some(true);
    }
    let symbol = source.metadata.symbol.clone().or_else(|| metadata.symbol.clone());
    let kind = match &symbol {
        Some(Symbol::PresidentialStatement { .. }) => DocumentKind::PresidentialStatement,
        Some(s) if s.is_resolution() => DocumentKind::Resolution,
        Some(_) if draft_document || has_formula => DocumentKind::Draft,
        Some(_) => DocumentKind::Other,
        None if has_formula => DocumentKind::Resolution,
        None => DocumentKind::Unknown,
    };
    Head { kind, metadata, end: if symbol.is_some() || has_formula { end } else { 0 } }
}

fn acts_under_chapter_seven(text: &str) -> bool {
    (text.contains("VII") || text.contains("vii")) && CHAPTER_SEVEN.is_match(text)
}

/// The head ends with the enacting formula, or where the first paragraph of the text begins.
fn head_end(drafts: &[Draft], ontology: &Ontology) -> usize {
    let window = &drafts[..drafts.len().min(HEAD_DRAFTS)];
    if let Some(at) = window.iter().position(|d| is_enacting_formula(&d.text)) {
        return at + 1;
    }
    let openers = ontology.openers();
    let begins = |d: &Draft| {
        openers.begins(&d.text) && d.text.len() > 30
            || d.text.starts_with("1. ")
            || d.text.trim_start_matches(['“', '"', '‘']).starts_with("The Security Council ")
            // A statement is a quotation, paragraph by paragraph; a quoted title is short.
            || d.text.starts_with(['“', '"', '«']) && d.text.len() > 160
            || matches!(d.kind, BlockKind::Preambular | BlockKind::Operative)
    };
    window.iter().position(begins).unwrap_or_else(|| {
        window.iter().take(12).rposition(|d| d.text.len() < 80 && Symbol::parse(&d.text).is_some()).map_or(0, |i| i + 1)
    })
}

fn symbol(head: &str, source: &Source, ontology: &Ontology) -> Option<Symbol> {
    let council = |number: &str, year: Option<&str>| {
        let symbol = ontology.complete(Symbol::CouncilResolution { number: number.parse().ok()?, year: None });
        // A title whose number and year disagree names nothing for certain.
        (year.is_none() || symbol.year().map(|y| y.to_string()).as_deref() == year).then_some(symbol)
    };
    let year = |c: &regex::Captures<'_>| c.get(2).map(|m| m.as_str().to_owned());
    let of_title = |pattern: &Regex| pattern.captures(head).and_then(|c| council(&c[1], year(&c).as_deref()));
    // The oldest titles first: they stand at the beginning of a line; what a head quotes does not.
    let title = of_title(&OLD_TITLE).or_else(|| of_title(&DATED_TITLE)).or_else(|| of_title(&RESOLUTION_TITLE));
    // A Council resolution's own title is plainer than a symbol that the head quotes once.
    if let Some(c) = SYMBOL_LINE.captures(head) {
        let found = Symbol::parse(&c[1]).map(|s| ontology.complete(s));
        let repeated = head.matches(&c[1]).count() > 1;
        return match found {
            Some(Symbol::CouncilResolution { .. }) if !repeated => title.or(found),
            None => title,
            found => found,
        };
    }
    if title.is_some() {
        return title;
    }
    if source.media_type != MediaType::Article {
        let line = head.lines().find_map(|l| COUNCIL_TITLE.captures(l));
        if let Some(found) = line.and_then(|c| council(&c[1], None)) {
            return Some(found);
        }
    }
    let organ_of_head = |name: &str| head.contains(name);
    if organ_of_head("General Assembly")
        && let Some(c) = ASSEMBLY_NUMBER.captures(head)
    {
        return Symbol::parse(&format!("A/RES/{}", &c[1]));
    }
    ANY_SYMBOL_LINE.captures(head).and_then(|c| Symbol::parse(&c[1]))
}

/// A resolution without its title is named by its file, if the number fits the date of adoption.
fn symbol_of_file(source: &Source, date: Option<Date>, ontology: &Ontology) -> Option<Symbol> {
    let stem = source.path.rsplit('/').next()?;
    let number = FILE_NAME.captures(stem)?[1].parse().ok()?;
    let year = ontology.council_years().year(number)?;
    (date.map(|d| i32::from(d.year())) == Some(i32::from(year)))
        .then_some(Symbol::CouncilResolution { number, year: Some(year) })
}

fn adoption(head: &str, own: &[&Draft], metadata: &mut Metadata) {
    let number = |s: &str| s.replace([' ', ','], "").parse::<u32>().ok();
    // Web pages and old volumes put the line of adoption last.
    let tail: String =
        own.iter().rev().take(25).filter(|d| d.text.len() < 400).map(|d| format!("{}\n", d.text)).collect();
    let speaks_of_a_meeting = |text: &&str| ["eeting", "EETING"].iter().any(|w| text.contains(w));
    for text in [head, &tail].into_iter().filter(speaks_of_a_meeting) {
        if let Some(c) = ADOPTED.captures(text) {
            metadata.meeting = metadata.meeting.or(number(&c[1]));
            metadata.date = metadata.date.or(date(&c[2]));
        }
    }
    if let Some(c) = HELD.captures(head) {
        metadata.meeting = metadata.meeting.or(number(&c[1]));
        metadata.date = metadata.date.or(date(&c[2]));
        metadata.agenda_item = c.get(3).map(|m| m.as_str().to_owned());
    }
    for pattern in [&*ADOPTED_ON, &*OF_DATE, &*ANY_DATE] {
        metadata.date = metadata.date.or_else(|| pattern.captures(head).and_then(|c| date(&c[1])));
    }
    if speaks_of_a_meeting(&tail.as_str())
        && let Some(c) = ADOPTED_AT.captures(&tail)
    {
        metadata.meeting = metadata.meeting.or(number(&c[2]));
        let mut vote = Vote { outcome: Some(c[0].split_whitespace().collect::<Vec<_>>().join(" ")), ..Vote::default() };
        let all = if metadata.date.is_some_and(|d| d.year() < ENLARGED_IN) { 11 } else { 15 };
        if c.get(1).is_some() {
            (vote.in_favour, vote.against, vote.abstaining) = (Some(all), Some(0), Some(0));
        } else if let Some(v) = VOTES.captures(&tail) {
            vote.in_favour = number(&v[1]);
            vote.against = if v[2].eq_ignore_ascii_case("none") { Some(0) } else { number(&v[2]) };
            vote.abstaining = v.get(3).map_or(Some(0), |m| number(m.as_str()));
        }
        metadata.vote = Some(vote);
    }
    if metadata.symbol.as_ref().is_some_and(|s| s.organ() == Organ::GeneralAssembly) {
        metadata.meeting = metadata.meeting.or(PLENARY.captures(&tail).and_then(|c| number(&c[1])));
    }
}

/// How many bytes of a text are looked at to tell its language.
const LANGUAGE_SAMPLE: usize = 4000;

/// The language of a text that does not state it: by script, and by the commonest small words.
#[must_use]
pub(super) fn guess_language(text: &str) -> Language {
    let mut end = text.len().min(LANGUAGE_SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[..end];
    script(sample).unwrap_or_else(|| commonest_words(sample))
}

/// The language of a script that one language of ours alone is written in.
fn script(sample: &str) -> Option<Language> {
    let latin = sample.bytes().filter(u8::is_ascii_alphabetic).count();
    let foreign = sample.bytes().filter(|b| !b.is_ascii()).count();
    // A letter of another script has at least two bytes.
    if foreign / 2 * 3 <= latin {
        return None;
    }
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count().max(1);
    [
        ('\u{0600}'..='\u{06ff}', Language::Ar),
        ('\u{0400}'..='\u{04ff}', Language::Ru),
        ('\u{4e00}'..='\u{9fff}', Language::Zh),
    ]
    .into_iter()
    .find(|(range, _)| sample.chars().filter(|c| range.contains(c)).count() * 3 > letters)
    .map(|(_, language)| language)
}

fn commonest_words(sample: &str) -> Language {
    let (mut english, mut french, mut spanish) = (0, 0, 0);
    for word in sample.as_bytes().split(u8::is_ascii_whitespace).filter(|w| (1..=4).contains(&w.len())) {
        let mut folded = [0; 4];
        folded[..word.len()].copy_from_slice(word);
        folded.make_ascii_lowercase();
        match &folded[..word.len()] {
            b"the" | b"and" | b"to" | b"its" | b"in" | b"that" | b"with" => english += 1,
            b"les" | b"des" | b"et" | b"du" | b"la" | b"dans" | b"aux" => french += 1,
            b"los" | b"las" | b"y" | b"del" | b"el" | b"en" | b"para" => spanish += 1,
            _ => {}
        }
    }
    match english.max(french).max(spanish) {
        most if most == english => Language::En,
        most if most == french => Language::Fr,
        _ => Language::Es,
    }
}

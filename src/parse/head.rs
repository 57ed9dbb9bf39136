//! The head of a document: symbol, title, date, organ, meeting, vote.

use std::sync::LazyLock;

use jiff::civil::Date;
use memchr::memmem::Finder;

use super::DocumentKind;
use super::paragraphs::Draft;
use super::scan::{Scan, find_words, is_digit};
use super::structure::is_enacting_formula;
use super::titles;
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
    FILE_NAME = r"(?i)S[-_ ]RES[-_ ]?0*(\d{1,4})(?:\D|$)";
    ANY_SYMBOL_LINE = r"(?m)(?:^|\s)([AES](?:/[A-Z0-9][A-Za-z0-9.-]*)+/[A-Za-z0-9./-]*\d)\s*$";
    HELD = r"At the\s+([\d ,]+)(?:st|nd|rd|th) meeting of the Security Council,\s+held on\s+(\d{1,2}\s+[A-Z][a-z]+\s+\d{4})(?:.{0,200}?item entitled\s+[“\x22]([^”\x22]{3,300})[”\x22])?";
    PLENARY = r"(\d{1,3})(?:st|nd|rd|th)(?: \(resumed\))? plenary meeting";
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
    let mut text = String::new();
    for draft in drafts[..end].iter().filter(|d| d.kind != BlockKind::Furniture) {
        text.push_str(&draft.text);
        text.push('\n');
    }
    let mut metadata = Metadata { symbol: symbol(&text, source, ontology), ..Metadata::default() };
    adoption(&text, &own, &mut metadata);
    if metadata.symbol.is_none() && source.metadata.symbol.is_none() && has_formula {
        metadata.symbol = symbol_of_file(source, metadata.date, ontology);
    }
    let draft_document = end > 0
        && !matches!(&metadata.symbol, Some(s) if s.is_resolution())
        && titles::speaks_of_a_draft(&text)
        && titles::adopted(&text).is_none();
    if let Some(title) = titles::assembly_title(&text) {
        metadata.title = Some(title.trim().to_owned());
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

/// "Acting under Chapter VII", "under Article 39 of Chapter VII"
fn acts_under_chapter_seven(text: &str) -> bool {
    static SEVEN: LazyLock<[Finder<'_>; 2]> = LazyLock::new(|| ["VII", "vii"].map(Finder::new));
    let acts = |at: usize| {
        let mut s = Scan { rest: &text[at..] };
        s.words("acting under")?;
        s.spaces()?;
        let chapter = s;
        let article = |s: &mut Scan<'_>| {
            s.words("article ")?;
            let number = !s.run(is_digit).is_empty();
            s.words(" of ").filter(|()| number)
        };
        if article(&mut s).is_none() {
            s = chapter;
        }
        s.words("chapter VII")?;
        s.ends_word().then_some(())
    };
    SEVEN.iter().any(|seven| seven.find(text.as_bytes()).is_some())
        && find_words(text, "acting under", 5).any(|at| acts(at).is_some())
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
    let of_title = |found: Option<(&str, &str)>| found.and_then(|(number, year)| council(number, Some(year)));
    // The oldest titles first: they stand at the beginning of a line; what a head quotes does not.
    let title = of_title(titles::old_title(head))
        .or_else(|| of_title(titles::dated_title(head)))
        .or_else(|| of_title(titles::resolution_title(head)));
    // A Council resolution's own title is plainer than a symbol that the head quotes once.
    if let Some(written) = titles::symbol_line(head) {
        let found = Symbol::parse(written).map(|s| ontology.complete(s));
        let repeated = || head.matches(written).count() > 1;
        return match found {
            Some(Symbol::CouncilResolution { .. }) if title.is_some() && !repeated() => title,
            None => title,
            found => found,
        };
    }
    if title.is_some() {
        return title;
    }
    if source.media_type != MediaType::Article
        && let Some(found) = head.lines().find_map(titles::council_title).and_then(|number| council(number, None))
    {
        return Some(found);
    }
    if head.contains("General Assembly")
        && let Some(number) = titles::assembly_number(head)
    {
        return Symbol::parse(&format!("A/RES/{number}"));
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
    let mut tail = String::new();
    for draft in own.iter().rev().take(25).filter(|d| d.text.len() < 400) {
        tail.push_str(&draft.text);
        tail.push('\n');
    }
    let speaks_of_a_meeting = |text: &str| find_words(text, "eeting", 5).next().is_some();
    for text in [head, &tail].into_iter().filter(|text| speaks_of_a_meeting(text)) {
        if let Some((meeting, day)) = titles::adopted(text) {
            metadata.meeting = metadata.meeting.or(number(meeting));
            metadata.date = metadata.date.or(date(day));
        }
    }
    if head.contains("meeting of the Security Council")
        && let Some(c) = HELD.captures(head)
    {
        metadata.meeting = metadata.meeting.or(number(&c[1]));
        metadata.date = metadata.date.or(date(&c[2]));
        metadata.agenda_item = c.get(3).map(|m| m.as_str().to_owned());
    }
    for day in [titles::adopted_on, titles::of_date, titles::any_date] {
        metadata.date = metadata.date.or_else(|| day(head).and_then(date));
    }
    if let Some((unanimously, meeting, words)) = titles::adopted_at(&tail) {
        metadata.meeting = metadata.meeting.or(number(meeting));
        let mut vote =
            Vote { outcome: Some(words.split_whitespace().collect::<Vec<_>>().join(" ")), ..Vote::default() };
        let all = if metadata.date.is_some_and(|d| d.year() < ENLARGED_IN) { 11 } else { 15 };
        if unanimously {
            (vote.in_favour, vote.against, vote.abstaining) = (Some(all), Some(0), Some(0));
        } else if let Some((in_favour, against, abstaining)) = titles::votes(&tail) {
            vote.in_favour = number(in_favour);
            vote.against = if against.eq_ignore_ascii_case("none") { Some(0) } else { number(against) };
            vote.abstaining = abstaining.map_or(Some(0), number);
        }
        metadata.vote = Some(vote);
    }
    if metadata.symbol.as_ref().is_some_and(|s| s.organ() == Organ::GeneralAssembly) && tail.contains("plenary meeting")
    {
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
    if sample.is_ascii() {
        return None;
    }
    let latin: usize = sample.bytes().map(|b| usize::from(b.is_ascii_alphabetic())).sum();
    let foreign: usize = sample.bytes().map(|b| usize::from(!b.is_ascii())).sum();
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

/// A short word as a number: its bytes, in small letters.
const fn short(word: &[u8]) -> u64 {
    let mut packed = 0;
    let mut i = 0;
    while i < word.len() {
        packed = (packed << 8) | word[i] as u64;
        i += 1;
    }
    packed
}

/// Whether a short word is one of several.
macro_rules! is_one_of {
    ($word:expr, $($one:literal)*) => {{
        let word = $word;
        $(word == const { short($one) })||*
    }};
}

fn commonest_words(sample: &str) -> Language {
    let (mut english, mut french, mut spanish) = (0, 0, 0);
    let mut count = |word: u64| {
        english += usize::from(is_one_of!(word, b"the" b"and" b"to" b"its" b"in" b"that" b"with"));
        french += usize::from(is_one_of!(word, b"les" b"des" b"et" b"du" b"la" b"dans" b"aux"));
        spanish += usize::from(is_one_of!(word, b"los" b"las" b"y" b"del" b"el" b"en" b"para"));
    };
    let mut word: u64 = 0;
    for byte in sample.bytes() {
        if byte > b' ' || !byte.is_ascii_whitespace() {
            // Of a long word the first letters stay in the upper half, and it is none of these.
            word = ((word << 8) | (word & (u64::MAX << 32))) | u64::from(byte.to_ascii_lowercase());
            continue;
        }
        if word != 0 && word <= u64::from(u32::MAX) {
            count(word);
        }
        word = 0;
    }
    count(word);
    match english.max(french).max(spanish) {
        most if most == english => Language::En,
        most if most == french => Language::Fr,
        _ => Language::Es,
    }
}

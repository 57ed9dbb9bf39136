//! Documents that are known by their author and date only: presidential statements of the years
//! before they had symbols, and statements, appeals, decisions, letters and reports named without one.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::citations::Scene;
use super::text::{first_bytes, is_of_a_word, last_bytes, without_last_words};
use super::{Citation, Form, Target};
use crate::date::date;
use crate::ontology::ConceptClass;
use crate::patterns::patterns;
use crate::recognise::citations::Series;
use crate::recognise::lexicon::uses;
use crate::recognise::words::Line;
use crate::recognise::{EntityKind, NameMention, Sense};
use crate::span::Span;
use crate::symbol::Organ;

patterns! {
    STATEMENT = r"(?i)\bstatements?\s+(?:made\s+|issued\s+)?(?:by|of)\s+(?:its\s+President|the\s+President(?:\s+of\s+the\s+(?:Security\s+)?Council)?)(?:\s+on\s+(?:its\s+)?behalf(?:\s+of\s+the\s+Council)?)?";
    NEXT_DATE = r"^(?:[\s,]|\band\b|\bof\b|\bon\b|\bdated\b|\bmade\b|\bissued\b|\bthe\b|\bon its behalf\b|\bas well as\b|\bat the \w+ meeting\b)*(\d{1,2}\s+(?:January|February|March|April|May|June|July|August|September|October|November|December))(?:\s+(\d{4}))?";
    BRACKET_SYMBOL = r"^\s*\(\s*(?:[AS]/|see )";
    KIND = r"\b(?i:(?:(?:joint|press) )*(statement|communiqu[ée]|appeal|decision|letter|note verbale|report)s?)\b";
    DATE_STEP = r"^,?\s*(?:(?:issued|made|adopted|released|delivered|published|dated|of|on|and|or)\s+){0,3}(?:its\s+)?(\d{1,2}\s+(?:January|February|March|April|May|June|July|August|September|October|November|December))\b(?:,?\s+(\d{4})\b)?";
    BRACKET = r"^\s\([^()]{1,40}(?:\([^()]{1,20}\))?[^()]{0,20}\)";
    AUTHOR_STEP = r"^,?\s*(?:and\s+)?(?:(?:issued|made|adopted|released|delivered|sent|taken|launched|read out)\s+)?(?:by|of|from)\s+(?:the\s+)?(?:members\s+of\s+the\s+)?";
    FILLER = r"^,?\s*(?:on\s+(?:its|their|his|her)\s+behalf|(?:addressed\s+)?to\s+(?:the\s+)?(?:parties|press|media|[A-Z][\w’'-]*(?:\s+(?:of\s+the\s+|of\s+|on\s+)?[A-Z][\w’'-]*)*))";
    NEXT_AUTHOR = r"^(?:\s+\d{1,3}\b)?,?\s*(?:and\s+)?(?:by\s+|of\s+)?(?:the\s+)?";
    DATED_BRACKET = r"(?:of|on|dated)\s+(\d{1,2}\s+[A-Z][a-z]+\s+\d{4})\s*,?\s*\(\s*(?:see\s+)?(?:document\s+)?$";
    TO_ACT = r"^\s+to\s+[a-z]+\b";
}

/// Documents of a kind and date whose symbol the document has given before.
#[derive(Debug, Default)]
pub(super) struct Dated {
    known: BTreeMap<(String, Date), Target>,
}

/// A document as the words around its kind describe it.
struct Undertaking {
    span: Span,
    author: String,
    dates: Vec<Date>,
}

impl Dated {
    /// The dated documents of a paragraph that has no symbol for them; `here` are the symbols.
    pub(super) fn in_paragraph(
        &mut self,
        scene: &Scene<'_>,
        mentions: &[NameMention],
        here: &[Citation],
    ) -> Vec<Citation> {
        let text = scene.paragraph.text.as_str();
        let mut out = Vec::new();
        if !scene.uses.dated_document() {
            return out;
        }
        self.remember(scene, here);
        // Start and end of what is read already.
        let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
        if text.contains("tatement") {
            for m in STATEMENT.find_iter(text) {
                taken.insert(m.start(), m.end());
                if text[m.end()..].trim_start().starts_with("to the press") {
                    self.press(scene, here, Span::new(m.start(), m.end()), &mut out);
                } else {
                    list_of_dates(scene, m.end(), &mut out);
                }
            }
            let presidential = |end: usize| {
                let words = last_bytes(&text[..end], "presidential statements".len()).to_ascii_lowercase();
                words.ends_with("presidential statement") || words.ends_with("presidential statements")
            };
            for head in scene.found.heads.iter().filter(|h| h.series == Series::Statement && presidential(h.span.end)) {
                taken.insert(head.span.start, head.span.end);
                list_of_dates(scene, head.span.end, &mut out);
            }
        }
        for (span, kind, plain) in kinds(scene.line()) {
            if taken.range(..span.end).next_back().is_some_and(|(_, end)| *end > span.start) {
                continue;
            }
            let around = Around { scene, mentions, here, kind, word: span, plain };
            for undertaking in around.read() {
                taken.insert(undertaking.span.start, undertaking.span.end);
                for date in undertaking.dates {
                    self.push(scene, undertaking.span, kind, &undertaking.author, date, &mut out);
                }
            }
        }
        out
    }

    /// "statement of 8 March 2000 (SYMBOL)": what is of that kind and date is that document.
    fn remember(&mut self, scene: &Scene<'_>, here: &[Citation]) {
        let text = scene.paragraph.text.as_str();
        for citation in here {
            let near = last_bytes(&text[..citation.span.start], 60);
            let Ok(target) = &citation.target else { continue };
            let Some(c) = opens_bracket_after_date(near).then(|| DATED_BRACKET.captures(near)).flatten() else {
                continue;
            };
            let clause = last_bytes(&text[..citation.span.start], 300);
            let clause = clause.rsplit(';').next().unwrap_or(clause);
            let word = KIND.captures_iter(clause).last().and_then(|k| k.get(1));
            // "note verbale" is one word for this.
            let kind = word.and_then(|k| kind_of(k.as_str().split(' ').next()?)).map(|k| k.0);
            if let (Some(kind), Some(date)) = (kind, date(&c[1])) {
                self.known.entry((kind.to_owned(), date)).or_insert_with(|| target.clone());
            }
        }
    }

    /// "statement of its President to the press of 4 May 2001"
    fn press(&self, scene: &Scene<'_>, here: &[Citation], at: Span, out: &mut Vec<Citation>) {
        let text = scene.paragraph.text.as_str();
        let from = at.end + first_bytes(&text[at.end..], 40).find("press").map_or(0, |i| i + "press".len());
        if let Some((_, found)) = dates(scene, here, from)
            && !symbol_follows(&text[from..])
        {
            for date in found {
                self.push(scene, at, "statement", "Security Council", date, out);
            }
        }
    }

    /// Adds a document, by its symbol where one was given before.
    fn push(&self, scene: &Scene<'_>, span: Span, kind: &str, author: &str, date: Date, out: &mut Vec<Citation>) {
        let known = self.known.get(&(kind.to_owned(), date)).cloned();
        if author.is_empty() && known.is_none() {
            return;
        }
        let described = Target::Dated { kind: kind.to_owned(), author: author.to_owned(), date };
        out.push(scene.citation(span, known.unwrap_or(described), Form::Full, "dated"));
    }
}

/// Whether a text ends with a date and an open bracket, as far as the signs tell.
fn opens_bracket_after_date(text: &str) -> bool {
    let text = text.trim_end();
    let text = text.strip_suffix("document").unwrap_or(text).trim_end();
    let text = text.strip_suffix("see").unwrap_or(text).trim_end();
    let date = text.strip_suffix('(').map(|t| t.trim_end_matches(|c: char| c == ',' || c.is_whitespace()));
    date.is_some_and(|d| d.ends_with(|c: char| c.is_ascii_digit()))
}

/// The words for kinds of documents, with "press" and "joint" before them; which kind, and whether the word stands
/// alone and for one.
fn kinds(line: Line<'_>) -> impl Iterator<Item = (Span, &'static str, bool)> {
    let candidates = line.words.iter().enumerate().filter(|(_, w)| uses(**w).dated_document());
    candidates.filter_map(move |(at, _)| {
        let word = line.word(at);
        let (kind, several) = kind_of(word)?;
        let mut end = at + 1;
        if kind == "note" {
            if several || line.gap(at) != " " || !line.word(end).eq_ignore_ascii_case("verbale") {
                return None;
            }
            end += 1;
        }
        let of_press = |w: &str| ["press", "joint"].iter().any(|p| p.eq_ignore_ascii_case(w));
        let mut first = at;
        while first > 0 && line.gap(first - 1) == " " && of_press(line.word(first - 1)) {
            first -= 1;
        }
        Some((line.span(first, end), kind, first == at && !several))
    })
}

/// What stands around the word for a kind of document.
struct Around<'a> {
    scene: &'a Scene<'a>,
    mentions: &'a [NameMention],
    /// The symbols of the paragraph.
    here: &'a [Citation],
    kind: &'static str,
    word: Span,
    /// Whether the word stands without "press" or "joint".
    plain: bool,
}

impl<'a> Around<'a> {
    fn text(&self) -> &'a str {
        &self.scene.paragraph.text
    }

    /// The documents meant: one, or one for each author of "appeals by X on ..., Y on ... and Z on ...".
    fn read(&self) -> Vec<Undertaking> {
        let text = self.text();
        let (mut author, mut dates_found, mut at): (Option<(Span, String)>, Vec<Date>, usize) =
            (None, Vec::new(), self.word.end);
        for _ in 0..4 {
            if dates_found.is_empty()
                && let Some((end, found)) = dates(self.scene, self.here, at)
            {
                (at, dates_found) = (end, found);
            } else if author.is_none()
                && begins_step(&text[at..], &AUTHOR_WORDS)
                && let Some(found) = self.author_after(at, AUTHOR_STEP.find(&text[at..]).map(|m| m.end()))
            {
                at = found.0.end;
                author = Some(found);
            } else if begins_step(&text[at..], &FILLER_WORDS)
                && let Some(m) = FILLER.find(&text[at..])
            {
                at += m.end();
            } else {
                break;
            }
        }
        if dates_found.is_empty() || symbol_follows(&text[at..]) {
            return Vec::new();
        }
        // "the decision by the Government on 7 August to deploy": the act of deciding, no document.
        let acts = self.kind == "decision" && TO_ACT.is_match(&text[at..]);
        // "the report on X of ..., on 3 May": a report or decision bears its date, it is not made "on" it.
        if acts {
            return Vec::new();
        }
        let after = author.is_some();
        let left = if after { None } else { self.author_before() };
        let (from, name) = match (author.as_ref(), left) {
            (Some((_, name)), _) => (self.word.start, name.clone()),
            (None, Some((from, name))) => (from, name),
            (None, None) => (self.word.start, String::new()),
        };
        let mut out = vec![Undertaking { span: Span::new(from, at), author: name, dates: dates_found }];
        // Each of several authors has a date of its own.
        if let Some((first, _)) = author.filter(|_| text[self.word.start..self.word.end].ends_with('s')) {
            while let Some(next) = self.author_after(at, NEXT_AUTHOR.find(&text[at..]).map(|m| m.end())) {
                let Some((end, found)) = dates(self.scene, self.here, next.0.end) else { break };
                at = end;
                if out.len() == 1 {
                    out[0].span = Span::new(first.start, out[0].span.end);
                }
                out.push(Undertaking { span: Span::new(next.0.start, end), author: next.1, dates: found });
            }
        }
        out
    }

    /// The author that is named behind a connective of some length.
    fn author_after(&self, at: usize, connective: Option<usize>) -> Option<(Span, String)> {
        let start = at + connective?;
        let mention = self.mentions.get(self.mentions.partition_point(|m| m.span.start < start))?;
        if mention.span.start != start {
            return None;
        }
        Some((mention.span, self.name(mention)?))
    }

    /// The author that is named before: "European Council *statement*", "the Quartet in its *statement*".
    fn author_before(&self) -> Option<(usize, String)> {
        let text = self.text();
        let before_word = last_bytes(&text[..self.word.start], 120);
        let touching = |end: usize| {
            let gap = &text[end..self.word.start];
            matches!(gap.trim(), "" | "'s" | "’s" | "'" | "’") && gap.len() < 8
        };
        let before_it = self.mentions.partition_point(|m| m.span.end <= self.word.start);
        let near = self.mentions[..before_it].iter().rev();
        if let Some(mention) = near.clone().next().filter(|m| touching(m.span.end)) {
            return Some((mention.span.start, self.name(mention)?));
        }
        if let Some(start) = in_its(before_word) {
            let its = self.word.start - before_word.len() + start;
            let owner = near
                .clone()
                .find(|m| m.span.end <= its)
                .filter(|m| text[m.span.end..its].trim_matches([' ', ',']).is_empty());
            if let Some(owner) = owner {
                return Some((self.word.start, self.name(owner)?));
            }
        }
        // The Council's own statements to the press.
        let press = self.kind == "statement" && !self.plain;
        let councils = self.scene.document.metadata.organ == Some(Organ::SecurityCouncil);
        let own = || of_council(before_word) || self.mentions.is_empty() || near.clone().next().is_none();
        (press && (councils || own())).then(|| (self.word.start, "Security Council".to_owned()))
    }

    /// The name of an author: as written, a State by its name, its envoys and ministers as the State in letters.
    fn name(&self, mention: &NameMention) -> Option<String> {
        let ontology = self.scene.ontology;
        let written = mention.span.of(self.text());
        let written = written.strip_suffix("’s").or(written.strip_suffix("'s")).unwrap_or(written);
        match &mention.sense {
            Sense::Known(id) => {
                let concept = ontology.concept(id)?;
                match concept.class {
                    ConceptClass::Instrument => None,
                    ConceptClass::State | ConceptClass::Territory => Some(concept.preferred().to_owned()),
                    ConceptClass::Role => {
                        // "SecretaryGeneral" lost its hyphen with the end of its line.
                        let letters = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
                        let same = |name: &&str| letters(name) == letters(written);
                        Some(self.of_role(concept.names().into_iter().find(same).unwrap_or(written)))
                    }
                    _ if written.contains(char::is_lowercase) => Some(collapsed(written)),
                    _ => Some(concept.preferred().to_owned()),
                }
            }
            Sense::Instrument(..) | Sense::Title => None,
            Sense::Unlisted { kind: EntityKind::Role, .. } => Some(self.of_role(written)),
            _ => Some(collapsed(written)),
        }
    }

    /// An office, or in letters the State whose it is.
    fn of_role(&self, written: &str) -> String {
        let state = self.kind == "letter" || self.kind == "note";
        let of = written.trim_end_matches(" to the United Nations").rsplit(" of ").next();
        let of = of.map(|s| s.trim_start_matches("the "));
        match of.filter(|_| state).and_then(|name| self.scene.ontology.state_named(name)) {
            Some(state) => state.preferred().to_owned(),
            None => collapsed(written),
        }
    }
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The kind of document that a word names, and whether of several.
fn kind_of(word: &str) -> Option<(&'static str, bool)> {
    const KINDS: [(&str, &str); 8] = [
        ("statement", "statement"),
        ("appeal", "appeal"),
        ("decision", "decision"),
        ("letter", "letter"),
        ("note", "note"),
        ("report", "report"),
        ("communique", "communique"),
        ("communiqué", "communique"),
    ];
    let folded;
    let word = if word.is_ascii() {
        word
    } else {
        folded = word.to_lowercase();
        &folded
    };
    KINDS.iter().find_map(|(name, kind)| {
        let start = word.get(..name.len()).filter(|start| start.eq_ignore_ascii_case(name))?;
        let several = &word[start.len()..];
        (several.is_empty() || several.eq_ignore_ascii_case("s")).then_some((*kind, !several.is_empty()))
    })
}

/// Whether a citation stands in a bracket; both are short.
fn cited_within(here: &[Citation], bracket: Span) -> bool {
    let first = here.partition_point(|c| c.span.start < bracket.start);
    here[first..].iter().take_while(|c| c.span.start < bracket.end).any(|c| bracket.contains(c.span))
}

/// How far behind a date its bracket may close.
const LONGEST_BRACKET: usize = 200;

/// The words that a step from a document to its author, to its date, and over what is neither may begin with.
const AUTHOR_WORDS: [&str; 13] = [
    "by",
    "of",
    "from",
    "and",
    "issued",
    "made",
    "adopted",
    "released",
    "delivered",
    "sent",
    "taken",
    "launched",
    "read",
];
const DATE_WORDS: [&str; 12] =
    ["of", "on", "and", "or", "its", "issued", "made", "adopted", "released", "delivered", "published", "dated"];
const FILLER_WORDS: [&str; 3] = ["on", "to", "addressed"];

/// Whether a text begins with one of some words, behind a comma or none.
fn begins_step(text: &str, words: &[&str]) -> bool {
    let text = text.strip_prefix(',').unwrap_or(text).trim_start();
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    words.contains(&&text[..end])
}

/// A date with the words before it, at the start of a text.
fn date_step(text: &str) -> Option<regex::Captures<'_>> {
    let behind = text.strip_prefix(',').unwrap_or(text).trim_start();
    let may_be = behind.starts_with(|c: char| c.is_ascii_digit()) || begins_step(text, &DATE_WORDS);
    may_be.then(|| DATE_STEP.captures(text)).flatten()
}

/// Where "in its", "through their" begins behind which a text has no more than two words.
fn in_its(text: &str) -> Option<usize> {
    without_last_words(text).rev().find_map(|before| {
        let its = ["its", "their", "his", "her"].iter().find_map(|w| before.strip_suffix(w))?;
        let behind = its.trim_end();
        let start = ["in", "with", "through", "of", "by"].iter().find_map(|w| behind.strip_suffix(w))?;
        let alone = !start.ends_with(is_of_a_word);
        (behind.len() < its.len() && alone).then_some(start.len())
    })
}

/// Whether a text ends with "its" or "Security Council's" and no more than two words.
fn of_council(text: &str) -> bool {
    without_last_words(text).any(|before| {
        let council = ["’s", "'s"].iter().find_map(|s| before.strip_suffix(s)).unwrap_or(before);
        let its = before.strip_suffix("ts").and_then(|b| b.strip_suffix(['i', 'I']));
        let security = council.strip_suffix("ecurity Council").and_then(|b| b.strip_suffix(['s', 'S']));
        its.or(security).is_some_and(|b| !b.ends_with(is_of_a_word))
    })
}

/// The dates that a place begins with, and where they end: "of 3 May and 4 June 2011" has one year.
fn dates(scene: &Scene<'_>, here: &[Citation], from: usize) -> Option<(usize, Vec<Date>)> {
    let text = scene.paragraph.text.as_str();
    let mut found: Vec<(&str, Option<&str>, bool)> = Vec::new();
    let mut at = from;
    while let Some(c) = date_step(&text[at..]) {
        let (Some(whole), Some(day)) = (c.get(0), c.get(1)) else { break };
        at += whole.end();
        let opens = text[at..].trim_start().starts_with('(');
        let bracket =
            opens.then(|| BRACKET.find(&text[at..])).flatten().map(|b| Span::new(at + b.start(), at + b.end()));
        // "of 3 March (SYMBOL) and 4 April": the symbol names the first, the list goes on behind the bracket.
        let named = bracket.is_some_and(|b| cited_within(here, b));
        found.push((day.as_str(), c.get(2).map(|y| y.as_str()), named));
        match bracket {
            Some(bracket) if DATE_STEP.is_match(&text[bracket.end..]) => at = bracket.end,
            _ if named => break,
            _ => {}
        }
    }
    let mut year = None;
    let mut out: Vec<Date> = Vec::new();
    for (day, own, named) in found.iter().rev() {
        year = own.or(year);
        out.extend(complete(scene, day, year).filter(|_| !named));
    }
    out.reverse();
    (!out.is_empty()).then_some((at, out))
}

/// A symbol in brackets, at the end of the clause at the latest, is the document's name.
fn symbol_follows(text: &str) -> bool {
    let clause = first_bytes(text, 120).split(';').next().unwrap_or_default();
    clause.contains("(S/")
        || clause.contains("(A/")
        || clause.contains("(SC/")
        // A footnote that was joined to the text: "of 3 May 2011,S/2011/285."
        || clause.trim_start_matches([',', '.', ' ']).starts_with("S/") || clause.trim_start_matches([',', '.', ' ']).starts_with("A/")
}

fn list_of_dates(scene: &Scene<'_>, from: usize, out: &mut Vec<Citation>) {
    let text = scene.paragraph.text.as_str();
    let mut at = from;
    while let Some(c) = NEXT_DATE.captures(&text[at..]) {
        let (Some(whole), Some(day)) = (c.get(0), c.get(1)) else { break };
        let span = Span::new(at + day.start(), at + whole.end());
        at += whole.end();
        let rest = &text[at..];
        if let Some(bracket) = rest.starts_with(" (").then(|| first_bytes(rest, LONGEST_BRACKET).find(')')).flatten() {
            let named = BRACKET_SYMBOL.is_match(rest);
            at += bracket + 1;
            if named {
                continue;
            }
        }
        if let Some(date) = complete(scene, day.as_str(), c.get(2).map(|m| m.as_str())) {
            let target = Target::Dated { kind: "prst".to_owned(), author: String::new(), date };
            out.push(scene.citation(span, target, Form::Full, "dated"));
        }
    }
}

/// A date whose year may be left out: then it is the document's own.
fn complete(scene: &Scene<'_>, day: &str, year: Option<&str>) -> Option<Date> {
    let year = match year {
        Some(year) => year.to_owned(),
        None => scene.document.metadata.date?.year().to_string(),
    };
    date(&format!("{day} {year}"))
}

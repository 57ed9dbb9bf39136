//! Documents that are known by their author and date only: presidential statements of the years
//! before they had symbols, and statements, appeals, decisions, letters and reports named without one.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::citations::Scene;
use super::{Citation, Form, Target};
use crate::date::date;
use crate::ontology::{ConceptClass, Ontology};
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
    IN_ITS = r"\b(?:in|with|through|of|by)\s+(?:its|their|his|her)\s+(?:\w+\s+){0,2}$";
    OF_COUNCIL = r"\b(?:[Ii]ts|[Ss]ecurity Council(?:['’]s)?)\s+(?:\w+\s+){0,2}$";
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
                let words = before(text, end, "presidential statements".len()).to_ascii_lowercase();
                words.ends_with("presidential statement") || words.ends_with("presidential statements")
            };
            for head in scene.found.heads.iter().filter(|h| h.series == Series::Statement && presidential(h.span.end)) {
                taken.insert(head.span.start, head.span.end);
                list_of_dates(scene, head.span.end, &mut out);
            }
        }
        for (span, c) in kinds(scene.line()) {
            let Some(word) = c.get(1) else { continue };
            if taken.range(..span.end).next_back().is_some_and(|(_, end)| *end > span.start) {
                continue;
            }
            let kind = kind_of(word.as_str());
            let around = Around { scene, mentions, here, kind, word: span, plain: &c[0] == word.as_str() };
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
            let (Ok(target), Some(c)) =
                (&citation.target, DATED_BRACKET.captures(before(text, citation.span.start, 60)))
            else {
                continue;
            };
            let clause = before(text, citation.span.start, 300);
            let clause = clause.rsplit(';').next().unwrap_or(clause);
            let kind = KIND.captures_iter(clause).last().and_then(|k| k.get(1)).map(|k| kind_of(k.as_str()));
            if let (Some(kind), Some(date)) = (kind, date(&c[1])) {
                self.known.entry((kind.to_owned(), date)).or_insert_with(|| target.clone());
            }
        }
    }

    /// "statement of its President to the press of 4 May 2001"
    fn press(&self, scene: &Scene<'_>, here: &[Citation], at: Span, out: &mut Vec<Citation>) {
        let text = scene.paragraph.text.as_str();
        let from = at.end + near(&text[at.end..], 40).find("press").map_or(0, |i| i + "press".len());
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

/// The words for kinds of documents, with "press" and "joint" before them.
fn kinds(line: Line<'_>) -> impl Iterator<Item = (Span, regex::Captures<'_>)> {
    let candidates = line.words.iter().enumerate().filter(|(_, w)| uses(**w).dated_document());
    candidates.filter_map(move |(at, _)| {
        let of_press = |w: &str| ["press", "joint"].iter().any(|p| p.eq_ignore_ascii_case(w));
        let mut first = at;
        while first > 0 && line.gap(first - 1) == " " && of_press(line.word(first - 1)) {
            first -= 1;
        }
        let end = if line.word(at + 1).eq_ignore_ascii_case("verbale") { at + 2 } else { at + 1 };
        let phrase = line.span(first, end);
        let c = KIND.captures(phrase.of(line.text))?;
        let whole = c.get(0)?;
        Some((Span::new(phrase.start + whole.start(), phrase.start + whole.end()), c))
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
                && let Some(found) = self.author_after(at, AUTHOR_STEP.find(&text[at..]).map(|m| m.end()))
            {
                at = found.0.end;
                author = Some(found);
            } else if let Some(m) = FILLER.find(&text[at..]) {
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
        let before_word = before(text, self.word.start, 120);
        let touching = |end: usize| {
            let gap = &text[end..self.word.start];
            matches!(gap.trim(), "" | "'s" | "’s" | "'" | "’") && gap.len() < 8
        };
        let before_it = self.mentions.partition_point(|m| m.span.end <= self.word.start);
        let near = self.mentions[..before_it].iter().rev();
        if let Some(mention) = near.clone().next().filter(|m| touching(m.span.end)) {
            return Some((mention.span.start, self.name(mention)?));
        }
        if let Some(m) = IN_ITS.find(before_word) {
            let its = self.word.start - before_word.len() + m.start();
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
        let own = OF_COUNCIL.is_match(before_word) || self.mentions.is_empty() || near.clone().next().is_none();
        (press && (councils || own)).then(|| (self.word.start, "Security Council".to_owned()))
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
        match of.filter(|_| state).and_then(|name| state_named(self.scene.ontology, name)) {
            Some(state) => state,
            None => collapsed(written),
        }
    }
}

fn state_named(ontology: &Ontology, name: &str) -> Option<String> {
    let is_state = |c: &&crate::ontology::Concept| {
        matches!(c.class, ConceptClass::State | ConceptClass::Territory) && c.names().contains(&name)
    };
    ontology.concepts().iter().find(is_state).map(|c| c.preferred().to_owned())
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The prefix of a kind.
fn kind_of(word: &str) -> &'static str {
    match word.to_lowercase().as_str() {
        "statement" => "statement",
        "appeal" => "appeal",
        "decision" => "decision",
        "letter" => "letter",
        "note verbale" => "note",
        "report" => "report",
        _ => "communique",
    }
}

fn before(text: &str, at: usize, most: usize) -> &str {
    let mut from = at.saturating_sub(most);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..at]
}

/// Whether a citation stands in a bracket; both are short.
fn cited_within(here: &[Citation], bracket: Span) -> bool {
    let first = here.partition_point(|c| c.span.start < bracket.start);
    here[first..].iter().take_while(|c| c.span.start < bracket.end).any(|c| bracket.contains(c.span))
}

/// At most so many bytes of a text.
fn near(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// How far behind a date its bracket may close.
const LONGEST_BRACKET: usize = 200;

/// The dates that a place begins with, and where they end: "of 3 May and 4 June 2011" has one year.
fn dates(scene: &Scene<'_>, here: &[Citation], from: usize) -> Option<(usize, Vec<Date>)> {
    let text = scene.paragraph.text.as_str();
    let mut found: Vec<(&str, Option<&str>, bool)> = Vec::new();
    let mut at = from;
    while let Some(c) = DATE_STEP.captures(&text[at..]) {
        let (Some(whole), Some(day)) = (c.get(0), c.get(1)) else { break };
        at += whole.end();
        let bracket = BRACKET.find(&text[at..]).map(|b| Span::new(at + b.start(), at + b.end()));
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
    let clause = near(text, 120).split(';').next().unwrap_or_default();
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
        if let Some(bracket) = rest.starts_with(" (").then(|| near(rest, LONGEST_BRACKET).find(')')).flatten() {
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

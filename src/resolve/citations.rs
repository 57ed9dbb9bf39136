//! Which document a number, a title or an anaphor means.

use std::collections::{BTreeMap, BTreeSet};

use super::organ::{self, Standing};
use super::pinpoint;
use super::{Citation, Form, Reason, Target, dated, short};
use crate::ontology::rules::Fields;
use crate::ontology::{ConceptId, LabelKind, Ontology};
use crate::parse::{Document, DocumentKind, Paragraph, ParagraphId, Part};
use crate::recognise::citations::{Found, Item, Owner, Series, find};
use crate::recognise::lexicon::Uses;
use crate::recognise::verbs::{Governing, governing};
use crate::recognise::words::{Line, Lines, Word};
use crate::recognise::{NameMention, Sense};
use crate::span::Span;
use crate::symbol::{Organ, Session, Symbol, roman_value};

/// What the citations of one paragraph are made from.
pub(super) struct Scene<'a> {
    pub(super) document: &'a Document,
    pub(super) ontology: &'a Ontology,
    pub(super) index: usize,
    pub(super) paragraph: &'a Paragraph,
    pub(super) words: &'a [Word],
    /// What any of its words may be: most rules need a word that most paragraphs do not have.
    pub(super) uses: Uses,
    pub(super) found: Found<'a>,
    pub(super) verbs: Vec<Governing<'a>>,
    /// The verb of the chapeau that a sub-paragraph without a verb of its own stands under.
    pub(super) inherited: Option<&'a str>,
}

impl Scene<'_> {
    /// Lemma of the verb that governs a place.
    pub(super) fn verb_at(&self, at: usize) -> Option<String> {
        if matches!(self.paragraph.part, Part::Head | Part::Footnote | Part::Annex)
            || self.document.kind == DocumentKind::Article
        {
            return None;
        }
        let after = self.verbs.partition_point(|v| v.span.start <= at);
        let own = after.checked_sub(1).map(|last| self.verbs[last].verb.lemma.clone());
        own.or_else(|| self.inherited.map(str::to_owned))
    }

    /// The paragraph with its words.
    pub(super) fn line(&self) -> Line<'_> {
        Line { text: &self.paragraph.text, words: self.words }
    }

    pub(super) fn citation(&self, span: Span, target: Target, form: Form, rule: &str) -> Citation {
        Citation {
            paragraph: self.index,
            span,
            target: Ok(target),
            candidates: Vec::new(),
            form,
            verb: self.verb_at(span.start),
            pinpoint: None,
            rule: rule.to_owned(),
        }
    }
}

/// The verbs of each paragraph, sub-paragraphs with the verb of their chapeau.
pub(super) fn scenes<'a>(document: &'a Document, lines: &'a Lines, ontology: &'a Ontology) -> Vec<Scene<'a>> {
    let mut out = Vec::with_capacity(document.paragraphs.len());
    let mut chapeau: Option<(u32, &'a str)> = None;
    let mut open = None;
    for (index, paragraph) in document.paragraphs.iter().enumerate() {
        if paragraph.part == Part::Furniture {
            continue;
        }
        let line = Line { text: &paragraph.text, words: &lines[index] };
        let verbs = governing(line, paragraph.part, document.language, ontology);
        let number = match &paragraph.id {
            ParagraphId::Operative(n, _) => Some(*n),
            _ => None,
        };
        let inherited = match (number, chapeau) {
            (Some(n), Some((m, verb))) if n == m => Some(verb),
            _ => None,
        };
        if let (Some(n), Some(first)) = (number, verbs.first()) {
            let head_of_number = matches!(&paragraph.id, ParagraphId::Operative(_, path) if path.is_empty());
            if head_of_number || inherited.is_none() {
                chapeau = Some((n, verbs.last().unwrap_or(first).verb.lemma.as_str()));
            }
        }
        let found = find(line, document.language, ontology, open);
        if paragraph.part != Part::Footnote {
            open = found.open;
        }
        let uses = line.words.iter().fold(Uses::default(), |all, w| all.or(w.uses));
        out.push(Scene { document, ontology, index, paragraph, words: line.words, uses, found, verbs, inherited });
    }
    out
}

/// The citations of a document, in order of paragraph and start.
pub(super) fn citations(scenes: &[Scene<'_>], mentions: &[NameMention]) -> Vec<Citation> {
    let Some(first) = scenes.first() else { return Vec::new() };
    let printed: BTreeSet<&Symbol> =
        scenes.iter().flat_map(|s| &s.found.items).filter_map(|i| i.symbol.as_ref()).collect();
    let mut shorts = short::ShortForms::new(first.ontology, mentions, printed.clone());
    let mut dated = dated::Dated::default();
    let mut out: Vec<Citation> = Vec::new();
    let rights = speaks_of_rights_council(scenes);
    for scene in scenes {
        let mut here: Vec<Citation> = Vec::new();
        for item in scene.found.items.iter().filter(|i| in_running_text(scene, i.span)) {
            here.extend(citation(scene, item, rights));
        }
        if scene.paragraph.part == Part::Head {
            out.extend(here);
            continue;
        }
        let from = mentions.partition_point(|m| m.paragraph < scene.index);
        let to = mentions.partition_point(|m| m.paragraph <= scene.index);
        here.extend(dated.in_paragraph(scene, &mentions[from..to], &here));
        instruments(scene, &mentions[from..to], &printed, &out, &mut here);
        here.sort_by_key(|c| c.span);
        here.extend(shorts.in_paragraph(scene, &here, &out));
        here.sort_by(|a, b| (a.span, &a.target).cmp(&(b.span, &b.target)));
        here.dedup_by(|b, a| a.span == b.span && a.target == b.target);
        pinpoint::attach(scene, &mut here);
        said_once(&mut here);
        for citation in &mut here {
            if scene.paragraph.slips.iter().any(|slip| slip.overlaps(citation.span)) {
                citation.rule.push_str(", spelling corrected");
            }
        }
        out.extend(here);
    }
    out
}

/// Whether a document speaks of the Human Rights Council's resolutions.
pub(super) fn speaks_of_rights_council(scenes: &[Scene<'_>]) -> bool {
    let rights_council = Owner::Organ(Organ::HumanRightsCouncil);
    scenes.iter().flat_map(|s| &s.found.heads).any(|h| h.owner == rights_council)
}

/// The citation that a number or symbol is; `None` where it is none.
pub(super) fn citation(scene: &Scene<'_>, item: &Item<'_>, rights: bool) -> Option<Citation> {
    let resolved = meaning(scene, item, rights)?;
    let own = scene.document.symbol.as_ref();
    if let Ok(symbol) = &resolved
        && (own.is_some_and(|o| o.path() == symbol.path()) || is_about(scene, symbol))
    {
        return None;
    }
    let corrected = matches!((&resolved, &item.fields.year), (Ok(symbol @ Symbol::CouncilResolution { .. }), Some(year)) if symbol.year() != year.parse().ok());
    let series = item.head.map_or(Series::Resolution, |h| scene.found.heads[h].series);
    let unmarked = without_note_mark(item, series).is_some();
    let (target, candidates) = match resolved {
        Ok(symbol) => match later(scene, &symbol) {
            true => (Err(Reason::NotYetAdopted), vec![Target::Document(symbol)]),
            false => (Ok(Target::Document(symbol)), Vec::new()),
        },
        Err((reason, candidates)) => (Err(reason), candidates.into_iter().map(Target::Document).collect()),
    };
    Some(Citation {
        paragraph: scene.index,
        span: item.span,
        target,
        candidates,
        form: Form::Full,
        verb: scene.verb_at(item.span.start),
        pinpoint: None,
        rule: match (corrected, unmarked) {
            (true, _) => format!("{}, year corrected", item.rule.name),
            (_, true) => format!("{}, footnote mark dropped", item.rule.name),
            _ => item.rule.name.clone(),
        },
    })
}

/// The head names the report a text was adopted from and, in quotation marks, the item it was taken
/// up under; it cites only what it says in words ("the procedure set out in S/2020/372"). A statement
/// answers the letter that its item names.
pub(super) fn in_running_text(scene: &Scene<'_>, span: Span) -> bool {
    if scene.paragraph.part != Part::Head {
        return true;
    }
    if scene.document.kind == DocumentKind::PresidentialStatement {
        return scene.paragraph.text[..span.start].contains('“');
    }
    let before = &scene.paragraph.text[..span.start];
    let said = ["set out in", "contained in", "pursuant to", "in accordance with"];
    said.iter().any(|w| before.trim_end().ends_with(w)) && !is_quoted(before)
}

/// Whether a quotation that begins in a text does not end there; a head quotes no more than an item's title.
fn is_quoted(before: &str) -> bool {
    const LONGEST_TITLE: usize = 2000;
    let mut from = before.len().saturating_sub(LONGEST_TITLE);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let near = &before[from..];
    near.matches(['“', '«']).count() > near.matches(['”', '»']).count()
}

type Meaning = Result<Symbol, (Reason, Vec<Symbol>)>;

/// The symbol that an item stands for, or why it stands for none; `None` where it is no citation.
fn meaning(scene: &Scene<'_>, item: &Item<'_>, rights: bool) -> Option<Meaning> {
    if let Some(symbol) = &item.symbol {
        return Some(match symbol {
            Symbol::CouncilResolution { number, year } => council_number_and_year(scene, *number, *year, true)?,
            other => Ok(scene.ontology.complete(other.clone())),
        });
    }
    let standing = Standing::new(scene.document, &scene.found, item, rights);
    let unmarked = without_note_mark(item, standing.series);
    let fields = unmarked.as_ref().unwrap_or(&item.fields);
    let number: u16 = fields.number.as_deref()?.parse().ok()?;
    let year: Option<u16> = fields.year.as_deref().and_then(|y| y.parse().ok());
    if item.rule.target.starts_with("S/RES/") {
        return match year {
            Some(_) => {
                let named = item.head.is_some() && standing.series == Series::Resolution;
                council_number_and_year(scene, number, year, named)
            }
            None => standing.is_security_council().then(|| council_number(scene, number)),
        };
    }
    let organ = match (fields.session.as_deref(), year) {
        (None, Some(_)) if standing.series == Series::Statement => Ok(Organ::SecurityCouncil),
        (None, Some(_)) => standing.of_year(number),
        (Some(session), _) if item.rule.target.contains("({session})") => standing.of_roman(roman_value(session)),
        (Some(session), _) => match session.parse() {
            Ok(session) => standing.of_session(session, number),
            Err(_) => Ok(standing.of_special_session(session, scene.ontology)),
        },
        (None, None) => return None,
    };
    // What the date or nothing but its form says to be a resolution is one.
    let series = match item.head {
        None if number > 400 && !item.rule.target.contains('(') => Series::Decision,
        _ => standing.series,
    };
    Some(match organ {
        Ok(organ) => {
            let prefix = organ::series(organ, series)?;
            Ok(item.rule.symbol(fields, prefix)?)
        }
        Err(reason) => Err((reason, Vec::new())),
    })
}

/// A number as high as no organ's resolutions go in a session or year, without the footnote's mark that is
/// stuck to it: "resolution 73/402" is 73/40 with note 2, "1998/7211" is 1998/72 with note 11.
fn without_note_mark(item: &Item<'_>, series: Series) -> Option<Fields> {
    const HIGHEST: u16 = 400;
    let number = item.fields.number.as_deref()?;
    let numbered_in_a_session = item.fields.session.is_some() || item.rule.target.contains("/{year}/");
    let high = |n: &str| n.parse::<u16>().is_ok_and(|n| n > HIGHEST);
    if !numbered_in_a_session
        || item.rule.target.contains('(')
        || series != Series::Resolution
        || item.head.is_none()
        || !high(number)
    {
        return None;
    }
    let shorter = (1..number.len()).map(|n| &number[..number.len() - n]).find(|n| !high(n))?;
    Some(Fields { number: Some(shorter.to_owned()), ..item.fields.clone() })
}

/// A Council resolution by its number alone: the table knows the year.
fn council_number(scene: &Scene<'_>, number: u16) -> Meaning {
    let own = match &scene.document.symbol {
        Some(Symbol::CouncilResolution { number, .. }) => *number,
        _ => 0,
    };
    match scene.ontology.council_years().year(number) {
        // Newer than the table, but older than the document that cites it: the number is enough.
        None if number >= own => Err((Reason::UnknownNumber, Vec::new())),
        year => Ok(Symbol::CouncilResolution { number, year }),
    }
}

/// A number and a year that must agree. In a list of resolutions a year that is one off is a slip of
/// the pen: the number stands, and the citation's rule says that the year was corrected.
fn council_number_and_year(scene: &Scene<'_>, number: u16, year: Option<u16>, named: bool) -> Option<Meaning> {
    let years = scene.ontology.council_years();
    let listed = years.year(number);
    let said = year.or(listed);
    let Some(year) = said.filter(|y| !years.agree(number, *y)) else {
        return Some(Ok(Symbol::CouncilResolution { number, year: said }));
    };
    // Without the word "resolution" it is a volume, a price, a footnote.
    let near = listed.map(|y| Symbol::CouncilResolution { number, year: Some(y) });
    named.then(|| match near {
        Some(near) if listed.is_some_and(|y| y.abs_diff(year) == 1) => Ok(near),
        near => Err((Reason::NumberContradictsYear, near.into_iter().collect())),
    })
}

/// Whether an article's own subject is meant.
fn is_about(scene: &Scene<'_>, symbol: &Symbol) -> bool {
    scene.document.metadata.about.as_ref().is_some_and(|a| a.path() == symbol.path())
}

/// Whether a document did not exist yet on the day of the one that cites it: a Council resolution numbered
/// above the citing one, or from the first of the following year on; an Assembly resolution of a session
/// not yet open; a statement of a later year.
fn later(scene: &Scene<'_>, symbol: &Symbol) -> bool {
    let document = scene.document;
    // An article is as old as nobody says.
    if document.kind == DocumentKind::Article {
        return false;
    }
    if let (Symbol::CouncilResolution { number, .. }, Some(Symbol::CouncilResolution { number: own, .. })) =
        (symbol, &document.symbol)
    {
        return number > own;
    }
    let date = document.metadata.date;
    let of_date = date.and_then(|d| u16::try_from(d.year()).ok());
    let Some(year) = of_date.or_else(|| document.symbol.as_ref().and_then(Symbol::year)) else { return false };
    match symbol {
        Symbol::CouncilResolution { number, year: said } => match scene.ontology.council_years().first(year + 1) {
            Some(next) => *number >= next,
            None => said.is_some_and(|said| said > year),
        },
        Symbol::AssemblyResolution { session: Session::Regular(session), .. } => {
            // All but the first open in September.
            let before = *session > 1 && date.is_some_and(|d| d.month() < 9);
            1945 + session + u16::from(before) > year
        }
        Symbol::PresidentialStatement { year: said, .. } | Symbol::EcosocResolution { year: said, .. } => *said > year,
        _ => false,
    }
}

/// A back-reference to what the same paragraph cites in full, and to no other part of it, says nothing new.
fn said_once(citations: &mut Vec<Citation>) {
    if citations.iter().all(|c| c.form != Form::Anaphor) {
        return;
    }
    let mut seen: BTreeSet<(Target, Option<String>)> = BTreeSet::new();
    citations.retain(|c| {
        let Ok(target) = &c.target else { return true };
        let fresh = seen.insert((target.clone(), c.pinpoint.clone()));
        fresh || c.form != Form::Anaphor
    });
}

/// Instruments by name: treaties, declarations, plans; `before` is what the paragraphs before cite.
fn instruments(
    scene: &Scene<'_>,
    mentions: &[NameMention],
    printed: &BTreeSet<&Symbol>,
    before: &[Citation],
    out: &mut Vec<Citation>,
) {
    for mention in mentions {
        let text = mention.span.of(&scene.paragraph.text);
        match &mention.sense {
            Sense::Instrument(id, kind) if *kind != LabelKind::Short => {
                let target = instrument(scene.ontology, id, printed);
                if is_named_by_symbol(scene, mention.span, Some(&target), out) {
                    continue;
                }
                // A plan that is the annex of a document: once that is cited by its symbol, its title is short for it.
                let earlier = match &target {
                    Target::Document(symbol) => before.iter().rev().find(|c| is_document(&c.target, symbol)),
                    _ => None,
                };
                let form = if earlier.is_none() && text.contains(' ') { Form::Full } else { Form::Short };
                let mut citation = scene.citation(mention.span, target, form, "instrument");
                citation.pinpoint = earlier.and_then(|c| c.pinpoint.clone());
                out.push(citation);
            }
            Sense::Title
                if is_title(text, &scene.paragraph.text[..mention.span.start])
                    && !is_named_by_symbol(scene, mention.span, None, out) =>
            {
                out.push(scene.citation(
                    mention.span,
                    Target::Titled(text.split_whitespace().collect::<Vec<_>>().join(" ")),
                    Form::Full,
                    mention.rule,
                ));
            }
            _ => {}
        }
    }
}

fn is_document(target: &Result<Target, Reason>, symbol: &Symbol) -> bool {
    matches!(target, Ok(Target::Document(s)) if s.path() == symbol.path())
}

/// Whether the symbol in brackets behind a title, or the one that the authorities know and the clause gives, names the
/// document already: "the Declaration on Wells (A/52/231)". Treaties are known by their names.
fn is_named_by_symbol(scene: &Scene<'_>, span: Span, known: Option<&Target>, out: &[Citation]) -> bool {
    let text = scene.paragraph.text.as_str();
    let treaty = ["Convention", "Covenant", "Treaty", "Protocol", "Charter", "Statute"]
        .iter()
        .any(|kind| span.of(text).contains(kind));
    let in_bracket = |c: &&Citation| {
        let between = text.get(span.end..c.span.start).unwrap_or("-").trim_start();
        matches!(&c.target, Ok(Target::Document(s)) if !s.is_resolution())
            && matches!(between, "(" | "(see " | "(document " | "(contained in ")
    };
    let known = match known {
        Some(Target::Document(symbol)) => out.iter().any(|c| c.span.start > span.end && is_document(&c.target, symbol)),
        _ => false,
    };
    known || (!treaty && out.iter().any(|c| in_bracket(&c)))
}

/// A title says what kind of instrument and of what: not "Convention and to the Protocol", not "Optional
/// Protocols". National plans and laws are nobody's instruments but their own State's.
fn is_title(text: &str, before: &str) -> bool {
    const KINDS: &[&str] = &[
        "Convention",
        "Conventions",
        "Protocol",
        "Covenant",
        "Treaty",
        "Agreement",
        "Agreements",
        "Accord",
        "Accords",
        "Declaration",
        "Pact",
        "Statute",
        "Programme of Action",
        "Plan of Action",
        "Code of Conduct",
    ];
    const SAY_NOTHING: &[&str] =
        &["Optional", "Additional", "Supplementary", "Protocols", "The", "National", "State", "States", "Parties"];
    let kind = KINDS.iter().find(|k| text.split(&[' ', ','][..]).collect::<Vec<_>>().join(" ").contains(**k));
    let content = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.starts_with(char::is_uppercase) && !KINDS.contains(w) && !SAY_NOTHING.contains(w))
        .count();
    let national = text.starts_with("National ") || before.ends_with("Government of ");
    kind.is_some() && content >= 2 && !national && !text.contains(" the High ")
}

/// What an instrument of the authorities is cited as: a plan that is only an annex of a document is a
/// short name of that document where the text gives its symbol too.
pub(super) fn instrument(ontology: &Ontology, id: &ConceptId, printed: &BTreeSet<&Symbol>) -> Target {
    match ontology.concept(id).and_then(|c| c.symbol.clone()) {
        Some(symbol) if !symbol.is_resolution() && printed.contains(&symbol) => Target::Document(symbol),
        _ => Target::Instrument(id.clone()),
    }
}

/// The instruments that a document names in full, with how often.
pub(super) fn named_instruments(mentions: &[NameMention]) -> BTreeMap<&ConceptId, usize> {
    let mut out = BTreeMap::new();
    for mention in mentions {
        if let Sense::Instrument(id, kind) = &mention.sense
            && *kind != LabelKind::Short
        {
            *out.entry(id).or_insert(0) += 1;
        }
    }
    out
}

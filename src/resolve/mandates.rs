//! What a document makes, extends and ends: bodies and their mandates.

use std::collections::BTreeSet;

use super::relations::{Clause, FARTHEST, View, node};
use super::terms::{Term, day, ends_on, number, term};
use super::{Citation, Entity, Identity, Node, Predicate, Relation, Target};
use crate::ontology::{Concept, ConceptId, Ontology};
use crate::patterns::patterns;
use crate::read::Language;
use crate::recognise::EntityKind;
use crate::recognise::lexicon::{Uses, small_words};
use crate::span::Span;

patterns! {
    // "extend the deployment of the Mission": what a mission does until a day, in place of its mandate.
    EXTEND_STAY = r"^(?:\s(?:once\smore|further|again))?,?\s[^.;]{0,80}?(?:deployment|presence|stationing|operations?|term|authorization)(?:\s+in\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,3})?\s+of\s+(?:the\s+)?$";
    AFTER_STAY = r"^\s*(?:[,;(.]|(?:until|for|in|as|through|at)\b)";
    // "shall continue to operate", "shall be deployed", "shall have the following mandate"
    GOES_ON = r"\b(?:shall|will|should|to)\s+(?:(?:therefore|also)\s+)?(?:continue\s+(?:monitoring\b|to\s+(?:monitor|operate|function|work|assist|support|perform|exercise|carry|discharge|fulfil|serve|exist|be\s+(?:deployed|stationed))|its\s+(?:mandate|work|operations?|activities|deployment)|in\s+(?:operation|being|force)|for|until|through)|be\s+deployed|remain\s+(?:deployed|in\s+(?:place|operation))|have\s+the\s+following\s+mandate)\b";
    AGAIN = r"\bre-?(?:establish|constitute|convene|appoint)\b";
    AFTER_BODY = r"^\s*(?:\([^)]*\))?\s*(?:,[^;]{1,160},|,)?\s*$";
    THE_KIND = r"\bthe\s+([A-Z][a-z]+(?:\s[A-Z][a-z]+)?)\s*$";
    SHALL_CLOSE = r"\b(?:shall|will)\s+(?:close|be\s+closed|cease\s+(?:operations|to\s+(?:exist|operate|function))|complete\s+its\s+(?:mandate|withdrawal))\s+(?:by|on|no\s+later\s+than|as\s+(?:of|from))\s+";
    SHALL_BE = r"\b(?:be|is|are)\s+(?:\w+\s+)?$";
    NOT_DONE = r"\b(?:subject\s+to|without\s+prejudice\s+to|in\s+the\s+event|should\s+the|if\s+the|concerning|prior\s+to|before|consider(?:s|ing)?|review(?:s|ing)?|examin(?:e|es|ing)|whether|need\s+to|any|next)\b[^,;]*$";
    // "not to extend", "shall not be terminated"
    NEGATED = r"\b(?:not(?:\s+to)?(?:\s+be)?|no\s+longer)\s+$";
    // "a focal point of the Committee": what is made is something else.
    OF_ANOTHER = r"\b(?:of|for|from|within|in|to|by|which|with)\s+(?:the\s+)?$";
    FURTHER = r"\bfor\s+(?:a|an)\s+(?:further|additional)\s";
    // "create, within thirty days and for a period of six months, a group of experts of four members (the"
    MADE_AS = r"^(?:,?\s(?:within|for|as\sof|in\sconsultation|in\saccordance|and\sfor)\s[^,;.]{1,80},?){0,3}\s+an?\s+(?:[a-z][^;.()]{3,90}\s\(?(?:hereinafter\s)?(?:referred\sto\sas\s)?(?:the\s)?[“‘]?(?:the\s)?)?$";
    FOUNDED = r"^[,\s]*(?:\([^)]*\),?\s*)?(?:as\s+|which\s+was\s+)?(?:(?:originally|initially|previously|first)\s+)?(?:appointed|established|created|constituted|set\s+up|mandated|referred\s+to|re-?established|re-?appointed|extended|renewed)\s[^;.]*$";
    SHALL_BE_MADE = r"\b(?:shall|to)\s+be\s+(?:established|created|constituted|set\s+up)\b";
    FOUNDING = r"(?i)\b(?:endors|approv|authoriz)(?:es|ing)\s+the\s+(?:establishment|creation|setting\s+up)(?:,[^;.]{1,120},)?\s+of\s+(?:an?\s+|the\s+)?";
    OF_THE = r"\b(?:of|for)(?:\s+(?:the|a|its|present|current|existing|then|ad\s+hoc|[\w]+-[\w]+(?:-[\w]+)?|New\s+York-based))*\s*$|\bof\s+the\s+[A-Z][^,;.]{5,90},\s*$";
    WHOSE = r"^\s*(?:,[^,;]{1,80},\s*)?of\s+the\s+([A-Z][a-z]+(?:\s[A-Z][a-z]+)?)\b";
    PRESENT = r"\b(?:present|current|existing)\s+$";
    ITS = r"\b(?:its|their)\s+(?:\w+\s+)?$";
    SHALL_END = r"\b(?:shall|will|is|are|be)\s+(?:be\s+)?(?:terminate|terminated|end|expire|cease|dissolved|discontinued|disbanded)\b";
}

/// How far, in bytes, a mandate may stand from the word that extends it.
const MANDATE_NEAR: usize = 260;

impl<'a> View<'a> {
    /// What a clause of decision does to bodies.
    pub(super) fn mandates(&self, clause: &Clause<'_>, out: &mut Vec<Relation>) {
        let whole = Span::new(clause.at.start, clause.body.end);
        let deciding = matches!(
            clause.verb,
            "decide"
                | "extend"
                | "renew"
                | "approve"
                | "authorize"
                | "establish"
                | "request"
                | "terminate"
                | "create"
                | "agree"
                | "endorse"
        );
        if !deciding {
            return;
        }
        // The Secretary-General is asked to extend or to make, never to end.
        let uses = self.scene.uses;
        let extended = (uses.extends() || own_word(clause, &OWN_EXTENDS)) && self.extended(clause, whole, out);
        if !extended && self.scene.document.language == Language::En {
            self.continued(clause, whole, out);
        }
        if clause.verb != "request" && (uses.ends() || uses.mandate()) {
            self.ended(clause, whole, extended, out);
        }
        let made = uses.makes() && self.made(whole, out);
        if !made && self.scene.document.language == Language::En && clause.verb != "request" {
            self.founded(whole, out);
        }
    }

    /// "to establish the Mission", "set up a Panel". Says whether anything is made.
    fn made(&self, whole: Span, out: &mut Vec<Relation>) -> bool {
        let text = self.text();
        let Some(made) = self.making(whole) else { return false };
        let Some(body) = self.body_from(made.end).filter(|e| e.span.end <= whole.end) else { return false };
        let between = &text[made.end..body.span.start];
        let another = OF_ANOTHER.is_match(between);
        if between.len() >= 200 || between.contains([';', '.']) || another || !is_being_made(between) {
            return false;
        }
        let span = Span::new(made.start, body.span.end);
        // "to establish for a further period" the force that is there is to extend it.
        let further = FURTHER.is_match(&text[made.start..whole.end]) && !matches!(body.identity, Identity::Unlisted(_));
        let (predicate, object) = match further {
            true => (Predicate::Extends, node(body)),
            false => (Predicate::Establishes, self.created_here(body)),
        };
        let mut relation = self.relation(span, Node::ThisDocument, predicate, object);
        self.lasts(Span::new(made.start, whole.end), &mut relation);
        out.push(relation);
        true
    }

    /// "the Force shall be established", "endorses the establishment, for a period of 12 months, of a Mission".
    fn founded(&self, whole: Span, out: &mut Vec<Relation>) {
        let text = self.text();
        let found = if let Some(m) = SHALL_BE_MADE.find(whole.of(text)) {
            let at = Span::new(whole.start + m.start(), whole.start + m.end());
            self.subject(at.start, whole).map(|body| (at, body))
        } else if let Some(m) = FOUNDING.find(whole.of(text)) {
            let at = Span::new(whole.start + m.start(), whole.start + m.end());
            self.body_from(at.end).filter(|e| e.span.start - at.end < 2 && e.span.end <= whole.end).map(|b| (at, b))
        } else {
            None
        };
        let Some((at, body)) = found else { return };
        let span = around(at, body.span);
        let mut relation = self.relation(span, Node::ThisDocument, Predicate::Establishes, self.created_here(body));
        self.lasts(Span::new(span.start, whole.end), &mut relation);
        out.push(relation);
    }

    /// Notes in a relation how long it says that the mandate lasts.
    fn lasts(&self, stretch: Span, relation: &mut Relation) {
        let Term { until, period } = term(stretch.of(self.text()), self.scene.document);
        (relation.until, relation.period) = (until, period);
    }

    /// "to establish", "set up"
    fn making(&self, whole: Span) -> Option<Span> {
        let line = self.scene.line();
        let (at, end) = small_words(line, whole, Uses::makes).find_map(|at| {
            if line.text[..line.words[at].start as usize].ends_with("re-") {
                return None;
            }
            let set_up = line.word(at) == "set";
            let up = || line.gap(at) == " " && small_words(line, line.span(at + 1, at + 2), |_| true).next().is_some();
            match set_up {
                false => Some((at, at)),
                true => (line.word(at + 1) == "up" && line.span(at + 1, at + 2).end <= whole.end && up())
                    .then_some((at, at + 1)),
            }
        })?;
        let to = at.checked_sub(1).filter(|&to| {
            line.word(to) == "to"
                && line.words[to].start as usize >= whole.start
                && line.gap(to).chars().all(char::is_whitespace)
                && !line.text[..line.words[to].start as usize].ends_with('_')
        });
        Some(line.span(to.unwrap_or(at), end + 1))
    }

    /// The places of a clause where a word stands that may be used in a way.
    fn places(&self, whole: Span, used: impl Fn(Uses) -> bool) -> impl Iterator<Item = Span> {
        let line = self.scene.line();
        small_words(line, whole, used).map(move |at| line.words[at].span())
    }

    /// "terminate the mandate of", "the mandate of the Mission shall end".
    fn ended(&self, clause: &Clause<'_>, whole: Span, extended: bool, out: &mut Vec<Relation>) {
        let text = self.text();
        let own = own_word(clause, &OWN_ENDS).then_some(clause.at);
        let done = |at: &Span| {
            let before = &text[whole.start..at.start];
            !NEGATED.is_match(before) && !NOT_DONE.is_match(before)
        };
        if let Some(end) = own.into_iter().chain(self.places(whole, Uses::ends)).find(done) {
            let after = end.end;
            let near = self.body_from(after).filter(|e| e.span.start - after < 120 && e.span.end <= whole.end);
            if let Some(body) = near
                && !text[after..body.span.start].contains([';', '.'])
                && !text[after..body.span.start].contains(" by ")
                && ends_a_body(&text[after..body.span.start])
            {
                let span = Span::new(end.start, body.span.end);
                let mut relation = self.relation(span, Node::ThisDocument, Predicate::Terminates, self.meant(body));
                relation.until = ends_on(&text[end.start..whole.end], self.scene.document);
                out.push(relation);
                return;
            }
        }
        // "extend until 31 December, after which the Mission will cease all work" has one end.
        if self.closed(whole, out) || extended {
            return;
        }
        let Some(mandate) = self.places(whole, Uses::mandate).next() else { return };
        if self.places(whole, Uses::runs_out).next().is_none() {
            return;
        }
        let Some(end) = SHALL_END.find(whole.of(text)) else { return };
        let (at, end) = (mandate.end, Span::new(whole.start + end.start(), whole.start + end.end()));
        let body = self.body_from(at).filter(|e| e.span.end <= end.start);
        if let Some(body) = body
            && follows_mandate(&text[at..body.span.start])
            && !text[body.span.end..end.start].contains([',', ';'])
        {
            let span = Span::new(mandate.start, end.end);
            let mut relation = self.relation(span, Node::ThisDocument, Predicate::Terminates, self.meant(body));
            relation.until = ends_on(&text[end.start..whole.end], self.scene.document);
            out.push(relation);
        }
    }

    /// "the Mission shall close by 15 October 2017"
    fn closed(&self, whole: Span, out: &mut Vec<Relation>) -> bool {
        let text = self.text();
        let Some(closes) = SHALL_CLOSE.find(whole.of(text)) else { return false };
        let at = Span::new(whole.start + closes.start(), whole.start + closes.end());
        let Some((place, body)) = self.acting(at.start, whole) else { return false };
        let Some(day) = day(&text[at.end..], self.scene.document.metadata.date) else { return false };
        let mut relation = self.relation(around(at, place), Node::ThisDocument, Predicate::Terminates, body);
        relation.until = Some(day);
        out.push(relation);
        true
    }

    /// A body that this document makes: the one that the authorities say it made, where one of that kind is known.
    pub(super) fn created_here(&self, body: &Entity) -> Node {
        let Identity::Unlisted(names) = &body.identity else { return node(body) };
        let Some(own) = &self.scene.document.symbol else { return node(body) };
        let words = |w: &String| names.iter().any(|n| n.to_lowercase().contains(&w.to_lowercase()));
        let mut known = self.scene.ontology.created_by(own).filter(|c| c.kind_words.iter().any(words));
        match (known.next(), known.next()) {
            (Some(concept), None) => Node::Entity(EntityKind::Body, Identity::Concept(concept.id.clone())),
            _ => node(body),
        }
    }

    /// "Decides to extend until 31 August 2007 the mandate of UNIFIL"; several missions share one date. Says whether
    /// the clause extends anything.
    fn extended(&self, clause: &Clause<'_>, whole: Span, out: &mut Vec<Relation>) -> bool {
        let text = self.text();
        let mut found = None;
        let own = own_word(clause, &OWN_EXTENDS).then_some(clause.at);
        let places = own.into_iter().chain(self.places(whole, Uses::extends));
        for extend in places.filter(|at| governs(clause, text, *at)) {
            let mut mandates = self.places(whole, Uses::mandate);
            let mandate =
                mandates.find(|m| m.start.abs_diff(extend.start) < MANDATE_NEAR && is_extended(text, extend, *m));
            let meant = match mandate {
                // The Secretary-General is asked for many things that touch a mandate.
                Some(at) if clause.verb != "request" || at.end.saturating_sub(extend.end) < 60 => self
                    .whose_mandate(at, whole)
                    .map(|(place, body)| (Span::new(at.start.min(place.start), at.end.max(place.end)), body)),
                _ => None,
            };
            found = meant.or_else(|| self.extended_itself(extend, whole)).map(|(place, body)| (extend, place, body));
            if found.is_some() {
                break;
            }
        }
        let Some((extend, place, body)) = found else { return false };
        let span = Span::new(extend.start.min(place.start), extend.end.max(place.end));
        let mut relation = self.relation(span, Node::ThisDocument, Predicate::Extends, body);
        self.lasts(Span::new(extend.start, whole.end), &mut relation);
        if relation.until.is_none() && relation.period.is_none() {
            self.lasts(whole, &mut relation);
        }
        out.push(relation);
        true
    }

    /// "extend the Panel for a further year", "extend the deployment of the Mission until 4 May 2030".
    fn extended_itself(&self, extend: Span, whole: Span) -> Option<(Span, Node)> {
        let text = self.text();
        let body = self.body_from(extend.end).filter(|e| e.span.end <= whole.end)?;
        let between = &text[extend.end..body.span.start];
        let rest = &text[body.span.end..];
        // Without the word "mandate" it is an extension of time only where a time is stated: not "extends its thanks to".
        let lasts = || term(&text[extend.start..whole.end], self.scene.document).is_stated();
        let stays = || EXTEND_STAY.is_match(between) && AFTER_STAY.is_match(rest);
        let given = ["to", "to the"].iter().any(|to| between.trim_end().ends_with(to));
        let active = !extend.of(text).ends_with("sion") && !given && !between.contains([';', '.']);
        let itself = (active && between.split(|c: char| !c.is_alphanumeric()).all(may_stand_before_mandate)) || stays();
        (itself && lasts() && !rest.starts_with(['’', '\''])).then(|| (body.span, self.meant(body)))
    }

    /// A mandate that goes on in other words: the body "shall continue to operate until", the experts are
    /// "re-established for a period expiring on".
    fn continued(&self, clause: &Clause<'_>, whole: Span, out: &mut Vec<Relation>) {
        let text = self.text();
        let again = AGAIN.find(whole.of(text)).map(|m| Span::new(whole.start + m.start(), whole.start + m.end()));
        let found = again.and_then(|again| {
            let body = self.body_from(again.end).filter(|e| e.span.end <= whole.end)?;
            (!text[again.end..body.span.start].contains([';', '.'])).then(|| (again, body.span, self.meant(body)))
        });
        let found = found.or_else(|| {
            let goes_on = GOES_ON.find(whole.of(text)).filter(|_| clause.verb != "request")?;
            let at = Span::new(whole.start + goes_on.start(), whole.start + goes_on.end());
            self.acting(at.start, whole).map(|(place, body)| (at, place, body))
        });
        let Some((at, place, body)) = found else { return };
        let mut relation = self.relation(around(at, place), Node::ThisDocument, Predicate::Extends, body);
        self.lasts(Span::new(at.start, whole.end), &mut relation);
        if relation.until.is_some() || relation.period.is_some() {
            out.push(relation);
        }
    }

    /// The body that is named right before the verb at a place, but for brackets and an aside.
    fn subject(&self, verb: usize, whole: Span) -> Option<&'a Entity> {
        let text = self.text();
        let before = self.bodies().filter(|e| e.span.start >= whole.start && e.span.end <= verb);
        before.filter(|e| AFTER_BODY.is_match(&text[e.span.end..verb])).last()
    }

    /// The body that is the subject of the verb at a place: "the Mission *shall continue*".
    fn acting(&self, verb: usize, whole: Span) -> Option<(Span, Node)> {
        let text = self.text();
        if let Some(body) = self.subject(verb, whole) {
            return Some((body.span, self.meant(body)));
        }
        let kind = THE_KIND.captures(&text[whole.start..verb])?.get(1)?;
        let span = Span::new(whole.start + kind.start(), whole.start + kind.end());
        self.antecedent(kind.as_str(), span.start).map(|body| (span, body))
    }

    /// Which body of the authorities a name means that says only what kind it is: "the Panel of Experts, originally
    /// appointed pursuant to resolution 1591 (2005)"; else the one of its kind under a committee that the document
    /// names; else the one that a resolution which it cites created. Several that fit are none.
    fn meant(&self, body: &Entity) -> Node {
        // "the United Nations Angola Verification Mission (UNAVEM II)": the short form says which.
        let short = self.body_from(body.span.end).filter(|e| &self.text()[body.span.end..e.span.start] == " (");
        let body = short.filter(|e| matches!(e.identity, Identity::Concept(_))).unwrap_or(body);
        let Identity::Unlisted(names) = &body.identity else { return node(body) };
        let lower: Vec<String> = names.iter().map(|n| n.to_lowercase()).collect();
        let of_kind = |c: &Concept| {
            let words = c.kind_words.iter().map(|k| k.to_lowercase());
            words.into_iter().any(|k| lower.iter().any(|n| n.contains(&k) || k.starts_with(n)))
        };
        if !names.iter().any(|n| says_only_its_kind(n)) {
            return node(body);
        }
        let ontology = self.scene.ontology;
        let only = |all: BTreeSet<&ConceptId>| match (all.first(), all.len()) {
            (Some(id), 1) => Some(Node::Entity(EntityKind::Body, Identity::Concept((*id).clone()))),
            _ => None,
        };
        let created = |citation: &Citation| -> BTreeSet<&ConceptId> {
            let Ok(Target::Document(symbol)) = &citation.target else { return BTreeSet::new() };
            ontology.created_by(symbol).filter(|c| of_kind(c)).map(|c| &c.id).collect()
        };
        let text = self.text();
        let founding = self.citations().find(|c| c.span.start >= body.span.end).filter(|c| {
            let between = &text[body.span.end..c.span.start];
            between.len() < FARTHEST && FOUNDED.is_match(between)
        });
        if let Some(meant) = founding.and_then(|c| only(created(c))) {
            return meant;
        }
        let committees = self.entities.iter().chain(self.before).filter_map(|e| match &e.identity {
            Identity::Concept(id) if e.kind == EntityKind::Body => Some(id),
            _ => None,
        });
        let committees: BTreeSet<&ConceptId> = committees.collect();
        let under = |parent: &ConceptId| committees.contains(parent) && is_committee(parent, ontology);
        let below = ontology.concepts().iter().filter(|c| c.parent.as_ref().is_some_and(under) && of_kind(c));
        let found = only(below.map(|c| &c.id).collect());
        found.or_else(|| only(self.cited.iter().flat_map(created).collect())).unwrap_or_else(|| node(body))
    }

    /// The body whose mandate is spoken of: "the mandate of the Mission", "the Mission's mandate", "its mandate".
    fn whose_mandate(&self, mandate: Span, clause: Span) -> Option<(Span, Node)> {
        let text = self.text();
        let before = &text[..mandate.start];
        let own = self.bodies().find(|e| {
            e.span.start >= mandate.end && e.span.end <= clause.end && follows_mandate(&text[mandate.end..e.span.start])
        });
        if let Some(body) = own {
            return Some((body.span, self.meant(body)));
        }
        if let Some(kind) = WHOSE.captures(&text[mandate.end..clause.end]).and_then(|c| c.get(1)) {
            let span = Span::new(mandate.end + kind.start(), mandate.end + kind.end());
            let word = kind.as_str().split(' ').next().unwrap_or_default();
            let meant = self.antecedent(kind.as_str(), mandate.start).or_else(|| self.antecedent(word, mandate.start));
            return meant.map(|body| (span, body));
        }
        let last = self.body_to(mandate.start);
        // "extend UNIFIL's mandate"
        let possessive = last.filter(|e| {
            text[e.span.end..mandate.start].trim_matches(|c| matches!(c, '\'' | '’' | 's' | ' ')).is_empty()
        });
        if let Some(body) = possessive {
            return Some((body.span, node(body)));
        }
        if ITS.is_match(before) {
            return last.map(|body| (mandate, node(body)));
        }
        let ontology = self.scene.ontology;
        let meant = self.named_before().filter(|e| e.kind == EntityKind::Body).find(|e| is_mission(e, ontology));
        let meant = meant.filter(|_| PRESENT.is_match(before))?;
        Some((mandate, node(meant)))
    }
}

const OWN_EXTENDS: [&str; 2] = ["extend", "renew"];
const OWN_ENDS: [&str; 1] = ["terminate"];

/// Whether the clause's own verb is one of these: "*Extends* the mandate of".
fn own_word(clause: &Clause<'_>, lemmas: &[&str]) -> bool {
    lemmas.contains(&clause.verb)
}

/// The stretch that holds two.
fn around(a: Span, b: Span) -> Span {
    Span::new(a.start.min(b.start), a.end.max(b.end))
}

/// "Panel of Experts", "Group of Experts", "Monitoring Group": no more than what many bodies are called.
fn says_only_its_kind(name: &str) -> bool {
    let plain =
        ["Panel", "Group", "Team", "Experts", "experts", "Monitoring", "Monitors", "Sanctions", "of", "the", "UN"];
    name.split(' ').all(|word| plain.contains(&word))
}

/// Whether a body is a committee that others report to.
fn is_committee(id: &ConceptId, ontology: &Ontology) -> bool {
    ontology.concept(id).is_some_and(|c| c.kind_words.iter().any(|k| k == "Committee"))
}

/// Whether a body is a mission, so that it has a mandate that ends.
fn is_mission(entity: &Entity, ontology: &Ontology) -> bool {
    let Identity::Concept(id) = &entity.identity else { return false };
    let kinds = ["Mission", "Force", "Operation", "Observer", "Verification"];
    ontology.concept(id).is_some_and(|c| kinds.iter().any(|kind| c.preferred().contains(kind)))
}

/// "the mandate *of the* Mission", "mandate, as set out in ..., of the Panel".
fn follows_mandate(between: &str) -> bool {
    between.len() < 160 && !between.contains([';', '.']) && OF_THE.is_match(between)
}

/// Whether a word that extends is the clause's own doing: "Decides to *extend*", "shall be *extended*", "approves the
/// *extension*"; not "subject to a decision to extend" or "without prejudice to the renewal".
fn governs(clause: &Clause<'_>, text: &str, at: Span) -> bool {
    if clause.at == at {
        return true;
    }
    let before = &text[clause.at.start..at.start];
    if NOT_DONE.is_match(before) || NEGATED.is_match(before) {
        return false;
    }
    match at.of(text) {
        "extension" => matches!(clause.verb, "approve" | "authorize" | "agree" | "decide") && before.len() < 60,
        "extended" | "renewed" | "prolonged" => SHALL_BE.is_match(before),
        _ => true,
    }
}

/// Whether the mandate is what is extended, and does not stand in another part of the clause.
fn is_extended(text: &str, extend: Span, mandate: Span) -> bool {
    if mandate.end <= extend.start {
        let before = &text[..extend.start];
        return (SHALL_BE.is_match(before) || before.ends_with("shall ") || before.ends_with("will "))
            && !text[mandate.end..extend.start].contains([';']);
    }
    let between = &text[extend.end.min(mandate.start)..mandate.start];
    // Of asides ("in this context,") the last is looked at only: it holds the article of the mandate.
    let last = between.rsplit(',').next().unwrap_or(between);
    !between.contains([';', '.']) && last.split(|c: char| !c.is_alphanumeric()).all(may_stand_before_mandate)
}

/// Whether a word may stand between "extend" and "mandate": how long, when, whose; no other object.
fn may_stand_before_mandate(word: &str) -> bool {
    let small = [
        "a",
        "additional",
        "adoption",
        "an",
        "and",
        "as",
        "effect",
        "last",
        "time",
        "with",
        "another",
        "both",
        "current",
        "date",
        "day",
        "days",
        "ending",
        "existing",
        "expiring",
        "final",
        "for",
        "from",
        "further",
        "her",
        "his",
        "initial",
        "interim",
        "its",
        "month",
        "months",
        "more",
        "of",
        "on",
        "once",
        "period",
        "present",
        "respective",
        "resolution",
        "s",
        "term",
        "the",
        "their",
        "this",
        "through",
        "to",
        "until",
        "week",
        "weeks",
        "year",
        "years",
        "again",
    ];
    word.is_empty()
        || small.contains(&word)
        || word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        || number(word).is_some()
}

/// Between "terminate" and what is ended: its mandate, or the body itself.
fn ends_a_body(between: &str) -> bool {
    let allowed = [
        "the",
        "mandate",
        "mandates",
        "of",
        "and",
        "functions",
        "activities",
        "work",
        "with",
        "immediate",
        "effect",
        "a",
        "on",
        "its",
        "existing",
    ];
    between
        .split(|c: char| !c.is_alphabetic())
        .filter(|w| !w.is_empty())
        .all(|w| allowed.contains(&w) || w.starts_with(char::is_uppercase))
}

/// Between "establish" and what is made: an article, its legal basis, its duration; no other body's work.
fn is_being_made(between: &str) -> bool {
    if MADE_AS.is_match(between) {
        return true;
    }
    let first = between.split(|c: char| !c.is_alphabetic()).find(|w| !w.is_empty()).unwrap_or("a");
    let plain = [
        "a",
        "an",
        "the",
        "in",
        "under",
        "for",
        "immediately",
        "forthwith",
        "pursuant",
        "within",
        "on",
        "at",
        "as",
        "with",
        "by",
        "based",
    ];
    plain.contains(&first)
        && !between.contains(" to ")
        && !between.contains(" with the ")
        && !between.contains(" for the ")
        && !between.contains(" and ")
}

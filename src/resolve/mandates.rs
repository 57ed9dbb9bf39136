//! What a document makes, extends and ends: bodies and their mandates.

use super::relations::{Clause, View, node};
use super::{Entity, Identity, Node, Predicate, Relation};
use crate::date::date;
use crate::ontology::Ontology;
use crate::patterns::patterns;
use crate::recognise::EntityKind;
use crate::recognise::lexicon::{Uses, small_words};
use crate::span::Span;

patterns! {
    UNTIL = r"\b(?:until|to|ending(?:\son)?|expiring(?:\son)?|through|till|up\sto)\s+(?:the\send\sof\s)?(\d{1,2}\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{4})";
    // "extend until 4 May 2030 the United Nations Team": the body itself, without the word "mandate".
    EXTEND_BODY = r"^(?:extend|renew|prolong)\s+(?:(?:until\s+\d{1,2}\s+\w+\s+\d{4}|for\s+(?:\w+\s+){1,6}(?:days|weeks|months?|years?|period)),?\s+)?(?:the\s+)?$";
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
        let text = self.text();
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
        );
        if !deciding {
            return;
        }
        // The Secretary-General is asked to extend or to make, never to end.
        let uses = self.scene.uses;
        if uses.extends() {
            self.extended(clause, whole, out);
        }
        if clause.verb != "request" && (uses.ends() || uses.mandate()) {
            self.ended(whole, out);
        }
        if let Some(made) = self.making(whole).filter(|_| uses.makes()) {
            let after = made.end;
            let body = self.body_from(after).filter(|e| e.span.end <= whole.end);
            if let Some(body) = body {
                let between = &text[after..body.span.start];
                if between.len() < 160 && !between.contains([';', '.']) && is_being_made(between) {
                    out.push(self.relation(
                        Span::new(made.start, body.span.end),
                        Node::ThisDocument,
                        Predicate::Establishes,
                        self.created_here(body),
                    ));
                }
            }
        }
    }

    /// "to establish", "set up"
    fn making(&self, whole: Span) -> Option<Span> {
        let line = self.scene.line();
        let (at, end) = small_words(line, whole, Uses::makes).find_map(|at| {
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
    fn ended(&self, whole: Span, out: &mut Vec<Relation>) {
        let text = self.text();
        if let Some(end) = self.places(whole, Uses::ends).next() {
            let after = end.end;
            let near = self.body_from(after).filter(|e| e.span.start - after < 120 && e.span.end <= whole.end);
            if let Some(body) = near
                && !text[after..body.span.start].contains([';', '.'])
                && !text[after..body.span.start].contains(" by ")
                && ends_a_body(&text[after..body.span.start])
            {
                let span = Span::new(end.start, body.span.end);
                out.push(self.relation(span, Node::ThisDocument, Predicate::Terminates, node(body)));
                return;
            }
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
            out.push(self.relation(span, Node::ThisDocument, Predicate::Terminates, node(body)));
        }
    }

    /// A body that this document makes: the one that the authorities say it made, where one of that kind is known.
    pub(super) fn created_here(&self, body: &Entity) -> Node {
        let Identity::Unlisted(names) = &body.identity else { return node(body) };
        let Some(own) = &self.scene.document.symbol else { return node(body) };
        let words = |w: &String| names.iter().any(|n| n.contains(w.as_str()));
        let mut known = self.scene.ontology.created_by(own).filter(|c| c.kind_words.iter().any(words));
        match (known.next(), known.next()) {
            (Some(concept), None) => Node::Entity(EntityKind::Body, Identity::Concept(concept.id.clone())),
            _ => node(body),
        }
    }

    /// "Decides to extend until 31 August 2007 the mandate of UNIFIL"; several missions share one date.
    fn extended(&self, clause: &Clause<'_>, whole: Span, out: &mut Vec<Relation>) {
        let text = self.text();
        let Some(extend) = self.places(whole, Uses::extends).next() else { return };
        let mut mandates = self.places(whole, Uses::mandate);
        let mandate = mandates.find(|m| m.start.abs_diff(extend.start) < MANDATE_NEAR);
        let found = match mandate {
            // The Secretary-General is asked for many things that touch a mandate.
            Some(at) if clause.verb != "request" || at.end.saturating_sub(extend.end) < 60 => self
                .whose_mandate(at, whole)
                .map(|(place, body)| (Span::new(at.start.min(place.start), at.end.max(place.end)), body)),
            _ => None,
        };
        let found = found.or_else(|| {
            let body = self.body_from(extend.end).filter(|e| e.span.end <= whole.end)?;
            let itself = EXTEND_BODY.is_match(&text[extend.start..body.span.start]);
            (itself && !text[body.span.end..].starts_with(['’', '\''])).then(|| (body.span, node(body)))
        });
        let Some((place, body)) = found else { return };
        let span = Span::new(extend.start.min(place.start), extend.end.max(place.end));
        let mut relation = self.relation(span, Node::ThisDocument, Predicate::Extends, body);
        relation.until = UNTIL.captures_iter(whole.of(text)).find_map(|c| date(&c[1]));
        out.push(relation);
    }

    /// The body whose mandate is spoken of: "the mandate of the Mission", "the Mission's mandate", "its mandate".
    fn whose_mandate(&self, mandate: Span, clause: Span) -> Option<(Span, Node)> {
        let text = self.text();
        let before = &text[..mandate.start];
        let own = self.bodies().find(|e| {
            e.span.start >= mandate.end && e.span.end <= clause.end && follows_mandate(&text[mandate.end..e.span.start])
        });
        if let Some(body) = own {
            return Some((body.span, node(body)));
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

/// Whether a body is a mission, so that it has a mandate that ends.
fn is_mission(entity: &Entity, ontology: &Ontology) -> bool {
    let Identity::Concept(id) = &entity.identity else { return false };
    let kinds = ["Mission", "Force", "Operation", "Observer", "Verification"];
    ontology.concept(id).is_some_and(|c| kinds.iter().any(|kind| c.preferred().contains(kind)))
}

/// "the mandate *of the* Mission", "mandate, as set out in ..., of the Panel".
fn follows_mandate(between: &str) -> bool {
    let between = between.trim_start();
    !between.contains([';', '.'])
        && (between.starts_with("of") || between.starts_with("for") || between.contains(" of "))
        && between.len() < 160
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

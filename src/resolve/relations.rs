//! What a text says of bodies, groups and instruments: who created, extended, ended, condemned or
//! asked whom. Each relation is read inside one clause: from a verb of the organ to the next.

use super::actors::actors;
use super::citations::Scene;
use super::{Citation, Entity, Identity, Node, Predicate, Relation};
use crate::date::date;
use crate::parse::{DocumentKind, Part};
use crate::patterns::patterns;
use crate::recognise::EntityKind;
use crate::recognise::lists::only_list_words;
use crate::span::Span;

patterns! {
    ESTABLISHED_BY = r"\b(?:established|created|set up|constituted|mandated)\s+(?:pursuant\s+to|by|under|in\s+accordance\s+with|in|through)\s+";
    ESTABLISHING = r"^\s*(?:\([^)]{0,40}\))?,?\s*(?:of \d{1,2} [A-Z][a-z]+ \d{4},?\s*)?(?:(?:that|which|by which (?:it|the \w+)|in which it)\s+)?(?:establish(?:ing|ed|es)|creat(?:ing|ed|es)|set(?:ting)? up)\s+(?:the\s|a\s|an\s)?$";
    SETTING_UP = r"^\s*(?:\([^)]{0,40}\))?,?\s*(?:of \d{1,2} [A-Z][a-z]+ \d{4}\s*,?\s*)?(?:establishing|creating|setting up)\s+[‘'“\x22]?$";
    TO_ESTABLISH = r"\b(?:to\s+)?(?:establish(?:es)?|create|set up)\b";
    EXTEND = r"\b(?:extend|extends|extending|extended|renew|renews|renewing|renewed|prolong|prolongs|extension)\b";
    MANDATE = r"\bmandates?\b";
    UNTIL = r"\b(?:until|to|ending(?:\son)?|expiring(?:\son)?|through|till|up\sto)\s+(?:the\send\sof\s)?(\d{1,2}\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{4})";
    END = r"\b(?:terminate|terminates|terminated|terminating|termination|dissolve|dissolves|dissolved|disband|disbands|discontinue|discontinues|close|abolish|abolishes|withdraw|liquidate)\b";
    CHANGE = r"\b(amend|amends|amended|modify|modifies|modified|supersede|supersedes|superseded|replace|replaces|correct|corrects)\b";
    CONDEMNATION = r"\bcondemnation\b";
    BELOW = r"^\s*(?:\([^)]{1,30}\))?\s*(?:(,?\s(?:within|under the (?:policy )?(?:guidance|authority|direction) of|subsidiary (?:organ|body) of|reporting to|,? established by))\s(?:the\s)?|of the\s|of\s)$";
    REPORT_TO = r"\breport(?:s|ing)?\s+(?:\w+\s+){0,2}to\s+(?:the\s+)?";
    GUIDED = r"^[^.;]{0,90}\bunder the (?:policy )?(?:guidance|authority|direction) of (?:the )?$";
}

/// The relations of a document, in order of paragraph and start.
pub(super) fn relations(scenes: &[Scene<'_>], citations: &[Citation], entities: &[Entity]) -> Vec<Relation> {
    let mut out: Vec<Relation> = Vec::new();
    for scene in scenes {
        if matches!(scene.paragraph.part, Part::Head | Part::Annex | Part::Footnote) {
            continue;
        }
        let entities = slice(entities, |e| e.paragraph, scene.index);
        let view = View {
            scene,
            citations: slice(citations, |c| c.paragraph, scene.index),
            entities,
            bodies: entities.iter().filter(|e| e.kind == EntityKind::Body).collect(),
        };
        let mut here = Vec::new();
        view.established(&mut here);
        view.subordinate(&mut here);
        if scene.document.kind != DocumentKind::Article {
            for clause in view.clauses() {
                view.mandates(&clause, &mut here);
                view.changes(&clause, &mut here);
                view.condemned(&clause, &mut here);
                view.addressed(&clause, &mut here);
            }
        }
        here.sort_by(|a, b| {
            (a.span, a.predicate, &a.subject, &a.object).cmp(&(b.span, b.predicate, &b.subject, &b.object))
        });
        out.extend(here);
    }
    out.dedup_by(|b, a| a == b);
    same_actors(&mut out);
    out
}

/// "all Member States" and "Member States acting nationally" are one actor of a document.
fn same_actors(relations: &mut [Relation]) {
    let mut known: Vec<Vec<String>> = Vec::new();
    for relation in relations.iter() {
        if let Node::Actor(names) = &relation.object {
            match known.iter_mut().find(|k| k.iter().any(|n| names.contains(n))) {
                Some(group) => group.extend(names.iter().filter(|n| !group.contains(n)).cloned().collect::<Vec<_>>()),
                None => known.push(names.clone()),
            }
        }
    }
    for group in &mut known {
        group.sort_by_key(|n| (n.len(), n.clone()));
    }
    for relation in relations.iter_mut() {
        if let Node::Actor(names) = &mut relation.object
            && let Some(group) = known.iter().find(|k| k.iter().any(|n| names.contains(n)))
        {
            names.clone_from(group);
        }
    }
}

fn slice<T>(all: &[T], paragraph: impl Fn(&T) -> usize, index: usize) -> &[T] {
    let from = all.partition_point(|t| paragraph(t) < index);
    let to = all.partition_point(|t| paragraph(t) <= index);
    &all[from..to]
}

/// A clause of the organ: its verb, and its words up to the next verb.
pub(super) struct Clause<'a> {
    /// Lemma.
    pub(super) verb: &'a str,
    pub(super) directive: bool,
    condemning: bool,
    /// The verb's own words.
    pub(super) at: Span,
    /// From behind the verb to the next one.
    pub(super) body: Span,
}

/// One paragraph with what was found in it.
pub(super) struct View<'a> {
    pub(super) scene: &'a Scene<'a>,
    citations: &'a [Citation],
    /// In order, none overlapping.
    pub(super) entities: &'a [Entity],
    /// Those of them that are bodies.
    bodies: Vec<&'a Entity>,
}

impl<'a> View<'a> {
    pub(super) fn text(&self) -> &'a str {
        &self.scene.paragraph.text
    }

    fn clauses(&self) -> Vec<Clause<'a>> {
        let verbs = &self.scene.verbs;
        verbs
            .iter()
            .enumerate()
            .map(|(i, v)| Clause {
                verb: &v.verb.lemma,
                directive: v.verb.directive,
                condemning: v.verb.condemning,
                at: v.span,
                body: Span::new(
                    v.span.end,
                    verbs.get(i + 1).map_or(self.text().len(), |n| n.span.start.max(v.span.end)),
                ),
            })
            .collect()
    }

    fn relation(&self, span: Span, subject: Node, predicate: Predicate, object: Node) -> Relation {
        Relation { paragraph: self.scene.index, span, subject, predicate, object, verb: None, until: None }
    }

    /// The first body that starts at or after a byte.
    fn body_from(&self, at: usize) -> Option<&'a Entity> {
        self.bodies.get(self.bodies.partition_point(|e| e.span.start < at)).copied()
    }

    /// The last body that ends at or before a byte.
    fn body_to(&self, at: usize) -> Option<&'a Entity> {
        let after = self.bodies.partition_point(|e| e.span.end <= at);
        after.checked_sub(1).map(|last| self.bodies[last])
    }

    /// The first body that "established by" at a byte may speak of: the one that it is part of the name of, or one
    /// shortly before.
    fn established_body(&self, at: usize) -> Option<&'a Entity> {
        let text = self.text();
        let first = self.bodies.partition_point(|e| e.span.end + CLOSE <= at);
        self.bodies[first..].iter().copied().take_while(|e| e.span.start <= at).find(|e| {
            (e.span.start <= at && at < e.span.end) || (e.span.end <= at && close_before(&text[e.span.end..at]))
        })
    }

    /// "the Committee established pursuant to resolutions ...", "resolution ..., establishing the Mechanism",
    /// "decides to establish ...".
    fn established(&self, out: &mut Vec<Relation>) {
        let text = self.text();
        if self.bodies.is_empty() || self.citations.is_empty() {
            return;
        }
        for m in ESTABLISHED_BY.find_iter(text) {
            let Some(body) = self.established_body(m.start()) else { continue };
            for citation in self.list_from(m.end()) {
                if let Ok(target) = &citation.target {
                    out.push(self.relation(
                        Span::new(body.span.start.min(m.start()), citation.span.end.max(body.span.end)),
                        Node::Work(target.clone()),
                        Predicate::Establishes,
                        node(body),
                    ));
                }
            }
        }
        for citation in self.citations {
            let Ok(target) = &citation.target else { continue };
            if let Some(body) = self.body_from(citation.span.end + 1) {
                let between = &text[citation.span.end..body.span.start];
                if between.len() > FARTHEST {
                    continue;
                }
                if ESTABLISHING.is_match(between) || SETTING_UP.is_match(between) {
                    out.push(self.relation(
                        Span::new(citation.span.start, body.span.end),
                        Node::Work(target.clone()),
                        Predicate::Establishes,
                        node(body),
                    ));
                }
            }
        }
    }

    /// The citations of the list that starts at a byte: "paragraph 6 of resolutions 1 (1946) and 2 (1946)".
    fn list_from(&self, at: usize) -> Vec<&'a Citation> {
        let text = self.text();
        let mut out: Vec<&Citation> = Vec::new();
        let mut end = at;
        let first = self.citations.partition_point(|c| c.span.start < at);
        for citation in &self.citations[first..] {
            let between = &text[end.min(citation.span.start)..citation.span.start];
            let near = if out.is_empty() {
                between.len() < 90 && !between.contains(['.', ';', ':'])
            } else {
                only_list_words(between, self.scene.document.language, self.scene.ontology.grammar())
            };
            // "established by resolution 1 (1946) and renewed by resolution 2 (1946)": another verb, another list.
            if !near || between.contains(" by ") {
                break;
            }
            end = citation.span.end;
            out.push(citation);
        }
        out
    }

    /// "the Task Team within the Cluster", "the Working Group of the Committee".
    fn subordinate(&self, out: &mut Vec<Relation>) {
        let text = self.text();
        for pair in self.bodies.windows(2) {
            let (part, whole) = (pair[0], pair[1]);
            if part.span.end > whole.span.start || part.identity == whole.identity {
                continue;
            }
            let between = &text[part.span.end..whole.span.start];
            if between.len() > FARTHEST {
                continue;
            }
            if BELOW.is_match(between) || GUIDED.is_match(between) {
                out.push(self.relation(
                    Span::new(part.span.start, whole.span.end),
                    node(part),
                    Predicate::Subordinate,
                    node(whole),
                ));
            }
        }
    }

    fn mandates(&self, clause: &Clause<'_>, out: &mut Vec<Relation>) {
        let text = self.text();
        let whole = Span::new(clause.at.start, clause.body.end);
        let words = whole.of(text);
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
        if !deciding || self.body_from(whole.start).is_none_or(|e| e.span.end > whole.end) {
            return;
        }
        if clause.verb != "request" && EXTEND.is_match(words) && MANDATE.is_match(words) {
            self.extended(whole, out);
        }
        if clause.verb != "request"
            && let Some(m) = END.find(words)
        {
            let after = whole.start + m.end();
            let near = self.body_from(after).filter(|e| e.span.start - after < 120 && e.span.end <= whole.end);
            if let Some(body) = near
                && !text[after..body.span.start].contains([';', '.'])
                && !text[after..body.span.start].contains(" by ")
                && ends_a_body(&text[after..body.span.start])
            {
                out.push(self.relation(
                    Span::new(whole.start + m.start(), body.span.end),
                    Node::ThisDocument,
                    Predicate::Terminates,
                    node(body),
                ));
            }
        }
        if let Some(m) = TO_ESTABLISH.find(words) {
            let after = whole.start + m.end();
            let body = self.body_from(after).filter(|e| e.span.end <= whole.end);
            if let Some(body) = body {
                let between = &text[after..body.span.start];
                if between.len() < 160 && !between.contains([';', '.']) && is_being_made(between) {
                    out.push(self.relation(
                        Span::new(whole.start + m.start(), body.span.end),
                        Node::ThisDocument,
                        Predicate::Establishes,
                        self.created_here(body),
                    ));
                }
            }
        }
    }

    /// A body that this document makes: the one that the authorities say it made, where one of that kind is known.
    fn created_here(&self, body: &Entity) -> Node {
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
    fn extended(&self, clause: Span, out: &mut Vec<Relation>) {
        let text = self.text();
        let Some(extend) = EXTEND.find(clause.of(text)) else { return };
        let Some(mandate) = MANDATE.find_iter(clause.of(text)).find(|m| m.start().abs_diff(extend.start()) < 260)
        else {
            return;
        };
        let until = UNTIL.captures_iter(clause.of(text)).find_map(|c| date(&c[1]));
        let at = clause.start + mandate.end();
        let first = self.bodies.partition_point(|e| e.span.start < at);
        let own = self.bodies[first..]
            .iter()
            .copied()
            .take_while(|e| e.span.start - at < FARTHEST && e.span.end <= clause.end)
            .find(|e| follows_mandate(&text[at..e.span.start]));
        // "extend UNIFIL's mandate"
        let before = self.body_to(clause.start + mandate.start()).filter(|e| e.span.start >= clause.start);
        let possessive = before.filter(|e| {
            text[e.span.end..clause.start + mandate.start()]
                .trim_matches(|c| matches!(c, '\'' | '’' | 's' | ' '))
                .is_empty()
        });
        let Some(body) = own.or(possessive) else { return };
        let (extend, mandate) = (clause.start + extend.start(), clause.start + mandate.start());
        let first = extend.min(mandate).min(body.span.start);
        let last = (extend + "extend".len()).max(at).max(body.span.end);
        let mut relation = self.relation(Span::new(first, last), Node::ThisDocument, Predicate::Extends, node(body));
        relation.until = until;
        out.push(relation);
    }

    /// "Decides to amend paragraph 5 of resolution ..."
    fn changes(&self, clause: &Clause<'_>, out: &mut Vec<Relation>) {
        if !matches!(clause.verb, "decide" | "amend" | "modify" | "supersede" | "replace" | "correct") {
            return;
        }
        let text = self.text();
        let whole = Span::new(clause.at.start, clause.body.end);
        let first = self.citations.partition_point(|c| c.span.start < whole.start);
        if self.citations.get(first).is_none_or(|c| c.span.end > whole.end) {
            return;
        }
        let Some(c) = CHANGE.captures(whole.of(text)) else { return };
        let Some(word) = c.get(1) else { return };
        let predicate = match word.as_str() {
            w if w.starts_with("amend") || w.starts_with("modif") => Predicate::Amends,
            w if w.starts_with("correct") => Predicate::Corrects,
            _ => Predicate::Supersedes,
        };
        // "as amended by resolution ..." is another document's doing.
        let after = whole.start + word.end();
        if word.as_str().ends_with("ed") && !text[..whole.start + word.start()].ends_with("be ") {
            return;
        }
        for citation in self.list_from(after).into_iter().take(1) {
            if citation.span.end <= whole.end
                && let Ok(target) = &citation.target
            {
                out.push(self.relation(
                    Span::new(whole.start + word.start(), citation.span.end),
                    Node::ThisDocument,
                    predicate,
                    Node::Work(target.clone()),
                ));
            }
        }
    }

    /// Groups named between a condemning verb (or "its condemnation") and the next verb.
    fn condemned(&self, clause: &Clause<'_>, out: &mut Vec<Relation>) {
        let first = self.entities.partition_point(|e| e.span.start < clause.at.start);
        let own = self.entities[first..].iter().take_while(|e| e.span.start < clause.body.end);
        let mut groups = own.filter(|e| e.kind == EntityKind::Group && e.span.end <= clause.body.end).peekable();
        if groups.peek().is_none() {
            return;
        }
        let from = if clause.condemning {
            clause.at.start
        } else {
            match CONDEMNATION.find(clause.body.of(self.text())) {
                Some(m) => clause.body.start + m.start(),
                None => return,
            }
        };
        for group in groups.filter(|e| e.span.start >= from) {
            out.push(self.relation(
                Span::new(from, group.span.end),
                Node::ThisDocument,
                Predicate::Condemns,
                node(group),
            ));
        }
    }

    fn addressed(&self, clause: &Clause<'_>, out: &mut Vec<Relation>) {
        for (span, object, verb) in actors(self, clause) {
            self.reporting(clause, span, &object, out);
            let mut relation = self.relation(
                Span::new(clause.at.start.min(span.start), span.end),
                Node::ThisDocument,
                Predicate::Addresses,
                object,
            );
            relation.verb = Some(verb);
            out.push(relation);
        }
    }
}

impl View<'_> {
    /// "Requests the Conference to report to the General Assembly": a body reports to another.
    fn reporting(&self, clause: &Clause<'_>, at: Span, actor: &Node, out: &mut Vec<Relation>) {
        if !matches!(actor, Node::Entity(EntityKind::Body, _)) {
            return;
        }
        let text = self.text();
        let Some(m) = REPORT_TO.find(&text[at.end..clause.body.end]) else { return };
        let to = at.end + m.end();
        if let Some(body) = self.body_from(to).filter(|e| e.span.start == to)
            && node(body) != *actor
        {
            out.push(self.relation(
                Span::new(at.start, body.span.end),
                actor.clone(),
                Predicate::Subordinate,
                node(body),
            ));
        }
    }
}

/// Farthest that two things of a relation stand apart, in bytes, and farthest that a body stands before "established by".
const FARTHEST: usize = 250;
const CLOSE: usize = 60;

/// What an entity is as subject or object.
pub(super) fn node(entity: &Entity) -> Node {
    Node::Entity(entity.kind, entity.identity.clone())
}

/// Whether "established by" still speaks of the body before it: "the Team, which was established by".
fn close_before(between: &str) -> bool {
    between.len() < CLOSE
        && !between.contains([';', '.'])
        && between.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).all(|w| {
            matches!(
                w,
                "which"
                    | "was"
                    | "were"
                    | "is"
                    | "that"
                    | "and"
                    | "as"
                    | "been"
                    | "has"
                    | "have"
                    | "originally"
                    | "the"
                    | "newly"
                    | "recently"
                    | "its"
                    | "it"
            ) || w.chars().all(char::is_uppercase)
        })
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

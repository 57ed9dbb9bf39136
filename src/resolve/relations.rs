//! What a text says of bodies, groups and instruments: who created, extended, ended, condemned or
//! asked whom. Each relation is read inside one clause: from a verb of the organ to the next.

use super::actors::{actors, bare, of_item};
use super::citations::Scene;
use super::{Citation, Entity, Identity, Node, Predicate, Relation};
use crate::date::date;
use crate::ontology::Ontology;
use crate::parse::{DocumentKind, ParagraphId, Part};
use crate::patterns::patterns;
use crate::read::Language;
use crate::recognise::EntityKind;
use crate::recognise::citations::between_items;
use crate::recognise::words::{Line, words};
use crate::span::Span;
use crate::symbol::Symbol;

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
    BELOW = r"^\s*(?:\([^)]{1,30}\))?\s*(?:,?\s*(?:within|under the (?:policy )?(?:guidance|authority|direction) of|(?:a )?subsidiary (?:organ|body) of|reporting to|(?:which was |as )?(?:established|created|set up|convened) by)\s(?:the\s)?|of the\s|of\s)$";
    REPORT_TO = r"\b(?:report(?:s|ing)?\s+(?:\w+\s+){0,5}|(?:present|submit|provide|make)\s+(?:\w+\s+){0,4}(?:reports?|recommendations|suggestions)\s+(?:\w+\s+){0,4})to\s+(?:the\s+)?";
    // What these do, and not what they are, says who is meant.
    SAYS_LITTLE = r"(?i)^(?:all |the |those )?(?:parties|those|actors|authorities|members|entities|groups)$";
    NESTED = r"^(?:[A-Z][\w-]* )*(?:Committee|Sub-?[Cc]ommittee|Working Group|Working Party|Bureau|Task Force|Panel|Sub-?[Cc]ommission) of the ([A-Z].*)$";
    ITS_OWN = r"\bits\s+(?:own\s+)?$";
    KIND_OF_BODY = r"^(?:[A-Z][\w-]* )*(?:Committee|Commission|Council|Panel|Group|Team|Mission|Force|Mechanism|Conference|Board|Tribunal|Court|Authority|Assembly|Unit|Office|Secretariat|Forum|Union|Agency|Programme|Fund)$";
    GUIDED = r"^[^.;]{0,90}\bunder the (?:policy )?(?:guidance|authority|direction) of (?:the )?$";
}

/// The relations of a document, in order of paragraph and start.
pub(super) fn relations(scenes: &[Scene<'_>], citations: &[Citation], entities: &[Entity]) -> Vec<Relation> {
    let mut out: Vec<Relation> = Vec::new();
    // The directive verb of a chapeau that names no actor, and the number of its paragraph: "5. Calls upon:".
    let mut open: Option<(u32, &str)> = None;
    for scene in scenes {
        if matches!(scene.paragraph.part, Part::Head | Part::Annex | Part::Footnote) {
            continue;
        }
        let view = View {
            scene,
            citations: slice(citations, |c| c.paragraph, scene.index),
            entities: slice(entities, |e| e.paragraph, scene.index),
            before: &entities[..entities.partition_point(|e| e.paragraph < scene.index)],
        };
        let mut here = Vec::new();
        view.established(&mut here);
        view.subordinate(&mut here);
        if scene.document.kind != DocumentKind::Article {
            let (number, item) = match &scene.paragraph.id {
                ParagraphId::Operative(number, path) => (Some(*number), !path.is_empty()),
                _ => (None, false),
            };
            match open {
                Some((of, verb)) if item && number == Some(of) => {
                    for (span, object, verb) in of_item(&view, verb) {
                        let mut relation = view.relation(span, Node::ThisDocument, Predicate::Addresses, object);
                        relation.verb = Some(verb);
                        here.push(relation);
                    }
                }
                _ => open = number.zip(view.open_verb()),
            }
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

/// "all Member States" and "Member States acting nationally" are one actor of a document; "the parties to the conflict"
/// and "the parties concerned" are two, unless "the parties" stands alone beside them.
fn same_actors(relations: &mut [Relation]) {
    let mut known: Vec<Vec<String>> = Vec::new();
    for relation in relations.iter() {
        if let Node::Actor(names) = &relation.object {
            match known.iter_mut().find(|k| is_same_actor(k, names)) {
                Some(group) => group.extend(names.iter().filter(|n| !group.contains(n)).cloned().collect::<Vec<_>>()),
                None => known.push(names.clone()),
            }
        }
    }
    let mut plainest = known.clone();
    for group in &mut plainest {
        group.sort_by_key(|n| (n.len(), n.clone()));
    }
    for relation in relations.iter_mut() {
        if let Node::Actor(names) = &mut relation.object
            && let Some(at) = known.iter().position(|k| is_same_actor(k, names))
        {
            names.clone_from(&plainest[at]);
        }
    }
}

fn is_same_actor(one: &[String], other: &[String]) -> bool {
    let (Some(first), Some(second)) = (one.first().map(|n| bare(n)), other.first().map(|n| bare(n))) else {
        return false;
    };
    let core = |names: &[String]| names.iter().min_by_key(|n| n.len()).cloned().unwrap_or_default();
    let (mine, theirs) = (core(one), core(other));
    first == second
        || (mine == theirs && (!SAYS_LITTLE.is_match(&mine) || first == mine || second == theirs))
        || (!SAYS_LITTLE.is_match(&mine) && one.iter().any(|n| other.contains(n)))
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
    pub(super) entities: &'a [Entity],
    /// The entities of the paragraphs before.
    before: &'a [Entity],
}

/// How many of the names before a short one are looked at, so that no text takes long.
const MOST_ANTECEDENTS: usize = 300;

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

    /// The directive verb that ends a chapeau without an actor: "Calls upon:".
    fn open_verb(&self) -> Option<&'a str> {
        let clause = self.clauses().pop()?;
        let rest = clause.body.of(self.text());
        let bare = rest.ends_with(':') && rest.trim_matches([' ', ':']).is_empty();
        (clause.directive && bare).then_some(clause.verb)
    }

    /// The body that "the Committee" or "the Working Group" means: the last one of the kind that was named before.
    pub(super) fn antecedent(&self, kind: &str, at: usize) -> Option<Node> {
        if !KIND_OF_BODY.is_match(kind) {
            return None;
        }
        let ontology = self.scene.ontology;
        if let Some(organ) = self.own_organ()
            && organ_name(self.scene).is_some_and(|name| name.ends_with(kind))
        {
            return Some(organ);
        }
        let is_kind = |e: &&Entity| {
            let holds = |name: &str| {
                name.match_indices(kind).any(|(at, _)| {
                    let after = &name[at + kind.len()..];
                    !after.starts_with(char::is_alphanumeric)
                        && !name[..at].contains(" of ")
                        && !name[..at].contains(" for ")
                })
            };
            e.kind == EntityKind::Body
                && match &e.identity {
                    Identity::Concept(id) => ontology.concept(id).is_some_and(|c| c.names().into_iter().any(holds)),
                    Identity::Unlisted(names) => names.iter().any(|n| holds(n)),
                }
        };
        let all = self.before.iter().chain(self.entities.iter().filter(|e| e.span.end <= at));
        all.rev().take(MOST_ANTECEDENTS).find(is_kind).map(node)
    }

    /// The organ whose document this is.
    fn own_organ(&self) -> Option<Node> {
        named_body(self.scene.ontology, organ_name(self.scene)?)
    }

    /// The body that a place begins with, by its name or by its kind alone.
    fn body_at(&self, at: usize) -> Option<(usize, Node)> {
        if let Some(body) = self.bodies().find(|e| e.span.start == at) {
            return Some((body.span.end, node(body)));
        }
        let text = &self.text()[at..];
        let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
        Some((at + end, self.antecedent(&text[..end], at)?))
    }

    fn relation(&self, span: Span, subject: Node, predicate: Predicate, object: Node) -> Relation {
        Relation { paragraph: self.scene.index, span, subject, predicate, object, verb: None, until: None }
    }

    fn bodies(&self) -> impl Iterator<Item = &'a Entity> {
        self.entities.iter().filter(|e| e.kind == EntityKind::Body)
    }

    /// "the Committee established pursuant to resolutions ...", "resolution ..., establishing the Mechanism",
    /// "decides to establish ...".
    fn established(&self, out: &mut Vec<Relation>) {
        let text = self.text();
        for m in ESTABLISHED_BY.find_iter(text) {
            let body = self.bodies().find(|e| {
                e.span.contains(Span::new(m.start(), m.start())) && e.span.end > m.start()
                    || (e.span.end <= m.start() && close_before(&text[e.span.end..m.start()]))
            });
            let Some(body) = body else { continue };
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
            let next = self.bodies().find(|e| e.span.start > citation.span.end);
            if let Some(body) = next {
                let between = &text[citation.span.end..body.span.start];
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
        for citation in self.citations.iter().filter(|c| c.span.start >= at) {
            let between = &text[end.min(citation.span.start)..citation.span.start];
            let near = if out.is_empty() {
                between.len() < 90 && !between.contains(['.', ';', ':'])
            } else {
                between_items(between)
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
        let bodies: Vec<&Entity> = self.bodies().collect();
        for part in &bodies {
            let whole = if let Some(c) = NESTED.captures(part.span.of(text)) {
                named_body(self.scene.ontology, &c[1]).or_else(|| self.antecedent(&c[1], part.span.start))
            } else {
                // "its Working Group", of the organ that speaks.
                let head = &text[..part.span.start];
                let others = bodies.iter().any(|b| b.span.end <= part.span.start && Some(node(b)) != self.own_organ());
                let own = ITS_OWN.is_match(head) && !others && is_kind_of_part(part.span.of(text));
                self.own_organ().filter(|_| own)
            };
            if let Some(whole) = whole.filter(|w| *w != node(part) && !is_the_organization(w, self.scene.ontology)) {
                out.push(self.relation(part.span, self.created_here(part), Predicate::Subordinate, whole));
            }
        }
        for pair in bodies.windows(2) {
            let (part, whole) = (pair[0], pair[1]);
            if part.span.end > whole.span.start
                || part.identity == whole.identity
                || is_the_organization(&node(whole), self.scene.ontology)
            {
                continue;
            }
            let between = &text[part.span.end..whole.span.start];
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
        if !deciding {
            return;
        }
        if clause.verb != "request" && EXTEND.is_match(words) && MANDATE.is_match(words) {
            self.extended(whole, out);
        }
        if clause.verb != "request"
            && let Some(m) = END.find(words)
        {
            let after = whole.start + m.end();
            let near =
                self.bodies().find(|e| e.span.start >= after && e.span.start - after < 120 && e.span.end <= whole.end);
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
            let body = self.bodies().find(|e| e.span.start >= after && e.span.end <= whole.end);
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
        let Some(mandate) = MANDATE
            .find_iter(clause.of(text))
            .find(|m| clause.of(text)[..m.start()].len().abs_diff(extend.start()) < 260)
        else {
            return;
        };
        let until = UNTIL.captures_iter(clause.of(text)).find_map(|c| date(&c[1]));
        let at = clause.start + mandate.end();
        let own = self
            .bodies()
            .find(|e| e.span.start >= at && e.span.end <= clause.end && follows_mandate(&text[at..e.span.start]));
        // "extend UNIFIL's mandate"
        let before = self
            .bodies()
            .filter(|e| e.span.start >= clause.start && e.span.end <= clause.start + mandate.start())
            .last();
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
        let text = self.text();
        let from = if clause.condemning {
            clause.at.start
        } else {
            match CONDEMNATION.find(clause.body.of(text)) {
                Some(m) => clause.body.start + m.start(),
                None => return,
            }
        };
        for group in self
            .entities
            .iter()
            .filter(|e| e.kind == EntityKind::Group && e.span.start >= from && e.span.end <= clause.body.end)
        {
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
        let Some(part) = self.reporter(actor) else { return };
        let text = self.text();
        let Some(m) = REPORT_TO.find(text.get(at.end..clause.body.end).unwrap_or_default()) else { return };
        let to = at.end + m.end();
        if let Some((end, body)) = self.body_at(to)
            && body != part
        {
            out.push(self.relation(Span::new(at.start, end), part, Predicate::Subordinate, body));
        }
    }

    /// The body that reports: the actor, or the body whose head it is.
    fn reporter(&self, actor: &Node) -> Option<Node> {
        match actor {
            Node::Entity(EntityKind::Body, _) => Some(actor.clone()),
            Node::Entity(EntityKind::Role, Identity::Concept(id)) => {
                let ontology = self.scene.ontology;
                let body = ontology.concept(ontology.concept(id)?.held_in.as_ref()?)?;
                // The Secretary-General's and the rapporteurs' reports say nothing of the place of principal organs.
                let part = body
                    .parent
                    .as_ref()
                    .and_then(|p| ontology.concept(p))
                    .is_some_and(|p| p.preferred() != "United Nations");
                part.then(|| Node::Entity(EntityKind::Body, Identity::Concept(body.id.clone())))
            }
            _ => None,
        }
    }
}

/// What an entity is as subject or object.
pub(super) fn node(entity: &Entity) -> Node {
    Node::Entity(entity.kind, entity.identity.clone())
}

/// Whether "established by" still speaks of the body before it: "the Team, which was established by".
fn close_before(between: &str) -> bool {
    between.len() < 60
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

/// "Security Council of the United Nations" says nothing of the Council's place.
fn is_the_organization(node: &Node, ontology: &Ontology) -> bool {
    matches!(node, Node::Entity(_, Identity::Concept(id)) if ontology.concept(id).is_some_and(|c| c.preferred() == "United Nations"))
}

/// Whether a body is named as part of another: "Working Group on ...", "Committee on ...".
fn is_kind_of_part(name: &str) -> bool {
    ["Working Group", "Committee", "Subcommittee", "Sub-Committee", "Panel", "Task Force", "Expert Group"]
        .iter()
        .any(|kind| name.starts_with(kind))
}

/// The name of the organ that speaks in a document.
fn organ_name(scene: &Scene<'_>) -> Option<&'static str> {
    let organ = scene.document.symbol.as_ref().map(Symbol::organ).or(scene.document.metadata.organ)?;
    organ.name()
}

/// The body of the authorities that a name is the name of.
fn named_body(ontology: &Ontology, name: &str) -> Option<Node> {
    let words = words(name);
    let found = ontology.names(Language::En).find(Line { text: name, words: &words });
    let whole = found.iter().find(|f| f.from == 0 && f.to == words.len())?;
    let concept = &ontology.concepts()[whole.meaning.concept as usize];
    let kind = concept.class.entity_kind().filter(|k| *k == EntityKind::Body)?;
    Some(Node::Entity(kind, Identity::Concept(concept.id.clone())))
}

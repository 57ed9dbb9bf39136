//! What a text says of bodies, groups and instruments: who created, extended, ended, condemned or
//! asked whom. Each relation is read inside one clause: from a verb of the organ to the next.

use std::collections::BTreeSet;

use super::actors::{actors, of_item};
use super::citations::Scene;
use super::nouns::bare;
use super::{Citation, Entity, Node, Predicate, Relation, Target};
use crate::parse::{DocumentKind, ParagraphId, Part};
use crate::patterns::patterns;
use crate::recognise::EntityKind;
use crate::recognise::lexicon::{Uses, small_words};
use crate::recognise::lists::only_list_words;
use crate::span::Span;

patterns! {
    ESTABLISHED_BY = r"\b(?:established|created|set up|constituted|mandated)\s+(?:pursuant\s+to|by|under|in\s+accordance\s+with|in|through)\s+";
    ESTABLISHING = r"^\s*(?:\([^)]{0,40}\))?,?\s*(?:of \d{1,2} [A-Z][a-z]+ \d{4},?\s*)?(?:(?:that|which|by which (?:it|the \w+)|in which it)\s+)?(?:establish(?:ing|ed|es)|creat(?:ing|ed|es)|set(?:ting)? up)\s+(?:the\s|a\s|an\s)?$";
    SETTING_UP = r"^\s*(?:\([^)]{0,40}\))?,?\s*(?:of \d{1,2} [A-Z][a-z]+ \d{4}\s*,?\s*)?(?:establishing|creating|setting up)\s+[‘'“\x22]?$";
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
        let own = slice(entities, |e| e.paragraph, scene.index);
        let view = View {
            scene,
            citations: slice(citations, |c| c.paragraph, scene.index),
            entities: own,
            bodies: own.iter().filter(|e| e.kind == EntityKind::Body).collect(),
            before: &entities[..entities.partition_point(|e| e.paragraph < scene.index)],
            cited: citations,
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
                _ => open = number.and_then(|n| Some((n, view.open_verb()?))),
            }
            if let Some(clause) = view.inherited_clause() {
                view.mandates(&clause, &mut here);
                view.ends_measures(&clause, &mut here);
            }
            for clause in view.clauses() {
                view.mandates(&clause, &mut here);
                view.changes(&clause, &mut here);
                view.ends_measures(&clause, &mut here);
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
    let all: Vec<Option<Called<'_>>> = relations.iter().map(|r| Called::new(&r.object)).collect();
    let mut known: Vec<Called<'_>> = Vec::new();
    for actor in all.iter().flatten() {
        match known.iter_mut().find(|k| k.is_same(actor)) {
            Some(group) => group.add(actor),
            None => known.push(actor.clone()),
        }
    }
    let alone: BTreeSet<&str> = all.iter().flatten().map(|a| a.names[0]).collect();
    let plainest = known.iter().map(|group| {
        let mut names = group.names.clone();
        // "the parties" alone would be any.
        if !names.iter().any(|n| says_little(n) && alone.contains(n)) {
            names.retain(|n| !says_little(n));
        }
        names.sort_by_key(|n| (n.len(), *n));
        names.into_iter().map(str::to_owned).collect()
    });
    let plainest: Vec<Vec<String>> = plainest.collect();
    let meant = |a: &Option<Called<'_>>| known.iter().position(|k| a.as_ref().is_some_and(|a| k.is_same(a)));
    let meant: Vec<Option<usize>> = all.iter().map(meant).collect();
    for (relation, meant) in relations.iter_mut().zip(meant) {
        if let (Node::Actor(names), Some(at)) = (&mut relation.object, meant) {
            names.clone_from(&plainest[at]);
        }
    }
}

/// What an actor is called.
#[derive(Clone)]
struct Called<'a> {
    names: Vec<&'a str>,
    /// The first name without "all", "the", "relevant".
    first: &'a str,
    /// The shortest name, and whether it says little.
    core: &'a str,
    little: bool,
}

impl<'a> Called<'a> {
    fn new(node: &'a Node) -> Option<Self> {
        let Node::Actor(names) = node else { return None };
        let first = bare(names.first()?);
        let core = names.iter().min_by_key(|n| n.len())?.as_str();
        Some(Self { names: names.iter().map(String::as_str).collect(), first, core, little: says_little(core) })
    }

    fn is_same(&self, other: &Self) -> bool {
        self.first == other.first
            || (self.core == other.core && (!self.little || self.first == self.core || other.first == other.core))
            || (!self.little && self.names.iter().any(|n| other.names.contains(n)))
    }

    fn add(&mut self, other: &Self) {
        let own = self.names.len();
        for name in &other.names {
            if !self.names[..own].contains(name) {
                self.names.push(name);
            }
        }
        if other.core.len() < self.core.len() {
            (self.core, self.little) = (other.core, other.little);
        }
    }
}

/// Whether what these do, and not what they are, says who is meant: "the parties".
fn says_little(name: &str) -> bool {
    let strip =
        |article: &str| name.get(article.len()..).filter(|_| name[..article.len()].eq_ignore_ascii_case(article));
    let noun = ["all ", "the ", "those "].iter().find_map(|a| strip(a)).unwrap_or(name);
    ["parties", "those", "actors", "authorities", "members", "entities", "groups"]
        .iter()
        .any(|n| n.eq_ignore_ascii_case(noun))
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
    /// The entities of the paragraphs before.
    pub(super) before: &'a [Entity],
    /// All citations of the document.
    pub(super) cited: &'a [Citation],
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

    /// What a sub-paragraph says under the verb of its chapeau: "Decides: (a) To extend ...".
    fn inherited_clause(&self) -> Option<Clause<'a>> {
        let text = self.text();
        let verb = self.scene.inherited?;
        let start = text.find(['t', 'T']).filter(|at| *at < 8)?;
        let opens = ["to ", "To ", "that ", "That "].iter().any(|word| text[start..].starts_with(word));
        let end = self.scene.verbs.first().map_or(text.len(), |v| v.span.start);
        let body = Span::new(start, end.max(start));
        (opens && end > start).then(|| Clause {
            verb,
            directive: false,
            condemning: false,
            at: Span::new(start, start),
            body,
        })
    }

    /// The directive verb that ends a chapeau without an actor: "Calls upon:".
    fn open_verb(&self) -> Option<&'a str> {
        let clause = self.clauses().pop()?;
        let rest = clause.body.of(self.text());
        let bare = rest.ends_with(':') && rest.trim_matches([' ', ':']).is_empty();
        (clause.directive && bare).then_some(clause.verb)
    }

    pub(super) fn relation(&self, span: Span, subject: Node, predicate: Predicate, object: Node) -> Relation {
        Relation {
            paragraph: self.scene.index,
            span,
            subject,
            predicate,
            object,
            verb: None,
            until: None,
            period: None,
        }
    }

    pub(super) fn citations(&self) -> impl Iterator<Item = &'a Citation> {
        self.citations.iter()
    }

    pub(super) fn bodies(&self) -> impl Iterator<Item = &'a Entity> {
        self.bodies.iter().copied()
    }

    /// The name that a byte stands inside of, behind its first one.
    pub(super) fn around(&self, at: usize) -> Option<&'a Entity> {
        let before = self.entities.partition_point(|e| e.span.start < at).checked_sub(1)?;
        Some(&self.entities[before]).filter(|e| at < e.span.end)
    }

    /// The first name that starts at or after a byte.
    pub(super) fn entity_from(&self, at: usize) -> Option<&'a Entity> {
        self.entities.get(self.entities.partition_point(|e| e.span.start < at))
    }

    /// The first body that starts at or after a byte.
    pub(super) fn body_from(&self, at: usize) -> Option<&'a Entity> {
        self.bodies.get(self.bodies.partition_point(|e| e.span.start < at)).copied()
    }

    /// The last body that ends at or before a byte.
    pub(super) fn body_to(&self, at: usize) -> Option<&'a Entity> {
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
        if self.bodies.is_empty() || self.citations.is_empty() || !self.scene.uses.made() {
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
                // "establishing the", "set up a": the word stands near the body.
                let line = self.scene.line();
                let (from, to) = (line.word_from(citation.span.end), line.word_from(body.span.start));
                let last = &line.words[from.max(to.saturating_sub(MOST_BEFORE_BODY))..to];
                if between.len() > FARTHEST || !last.iter().any(|w| w.uses.made()) {
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
        let line = self.scene.line();
        let Some(place) = small_words(line, whole, Uses::changes).next().map(|at| line.words[at].span()) else {
            return;
        };
        let word = place.of(text);
        let predicate = match word {
            w if w.starts_with("amend") || w.starts_with("modif") => Predicate::Amends,
            w if w.starts_with("correct") => Predicate::Corrects,
            _ => Predicate::Supersedes,
        };
        // "as amended by resolution ..." is another document's doing.
        if word.ends_with("ed") && !text[..place.start].ends_with("be ") {
            return;
        }
        for citation in self.list_from(place.end).into_iter().take(1) {
            // "replaces the Commission established pursuant to resolution ...": a body, and no document.
            let of_body = self.bodies().any(|b| b.span.start >= place.end && b.span.end <= citation.span.start)
                || ESTABLISHED_BY.is_match(&text[place.end..citation.span.start]);
            if citation.span.end <= whole.end
                && !of_body
                && let Ok(target) = &citation.target
            {
                out.push(self.relation(
                    Span::new(place.start, citation.span.end),
                    Node::ThisDocument,
                    predicate,
                    Node::Work(target.clone()),
                ));
            }
        }
    }

    /// Whether a target is this document.
    pub(super) fn is_own(&self, target: &Target) -> bool {
        matches!(target, Target::Document(symbol) if self.scene.document.symbol.as_ref() == Some(symbol))
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
            let line = self.scene.line();
            match small_words(line, clause.body, Uses::condemnation).next() {
                Some(at) => line.words[at].start as usize,
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

/// Farthest that two things of a relation stand apart, in bytes, and farthest that a body stands before "established by".
pub(super) const FARTHEST: usize = 250;
const CLOSE: usize = 60;

/// How many words from "set" in "set up the" on may stand before a body.
const MOST_BEFORE_BODY: usize = 3;

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

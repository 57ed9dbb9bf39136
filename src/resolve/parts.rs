//! Which body is part of another, or reports to it; and which body "the Committee" is.

use super::citations::Scene;
use super::relations::{Clause, FARTHEST, View, node};
use super::{Entity, Identity, Node, Predicate, Relation};
use crate::ontology::Ontology;
use crate::patterns::patterns;
use crate::read::Language;
use crate::recognise::EntityKind;
use crate::recognise::lexicon::{Uses, small_words};
use crate::recognise::words::{Line, words};
use crate::span::Span;
use crate::symbol::Symbol;

patterns! {
    BELOW = r"^\s*(?:\([^)]{1,30}\))?\s*(?:,?\s*(?:within|under the (?:policy )?(?:guidance|authority|direction) of|(?:a )?subsidiary (?:organ|body) of|reporting to|(?:which was |as )?(?:established|created|set up|convened) by)\s(?:the\s)?|of the\s|of\s)$";
    GUIDED = r"^[^.;]{0,90}\bunder the (?:policy )?(?:guidance|authority|direction) of (?:the )?$";
    NESTED = r"^(?:[A-Z][\w-]* )*(?:Committee|Sub-?[Cc]ommittee|Working Group|Working Party|Bureau|Task Force|Panel|Sub-?[Cc]ommission) of the ([A-Z].*)$";
    ITS_OWN = r"\bits\s+(?:own\s+)?$";
    KIND_OF_BODY = r"^(?:[A-Z][\w-]* )*(?:Committee|Commission|Council|Panel|Group|Team|Mission|Force|Mechanism|Conference|Board|Tribunal|Court|Authority|Assembly|Unit|Office|Secretariat|Forum|Union|Agency|Programme|Fund)$";
}

/// What stands right before the superior body.
const SUPERIOR_FOLLOWS: [&str; 5] = [" the ", " of ", " within ", " to ", " by "];

/// How many of the names before a short one are looked at, so that no text takes long.
const MOST_ANTECEDENTS: usize = 300;

impl<'a> View<'a> {
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
        let here = self.entities.iter().rev().filter(|e| e.span.end <= at);
        here.chain(self.named_before()).take(MOST_ANTECEDENTS).find(is_kind).map(node)
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

    /// The entities of the paragraphs before, the last first.
    pub(super) fn named_before(&self) -> impl Iterator<Item = &'a Entity> {
        self.before.iter().rev().take(MOST_ANTECEDENTS)
    }

    /// "the Task Team within the Cluster", "the Working Group of the Committee".
    pub(super) fn subordinate(&self, out: &mut Vec<Relation>) {
        let text = self.text();
        let bodies: Vec<&Entity> = self.bodies().collect();
        for part in &bodies {
            let name = part.span.of(text);
            let nested = name.contains(" of the ").then(|| NESTED.captures(name)).flatten();
            let whole = if let Some(c) = nested {
                named_body(self.scene.ontology, &c[1]).or_else(|| self.antecedent(&c[1], part.span.start))
            } else {
                // "its Working Group", of the organ that speaks.
                let head = text[..part.span.start].trim_end();
                let its = head.len() < part.span.start
                    && (head.ends_with("its") || head.ends_with("own"))
                    && ITS_OWN.is_match(&text[..part.span.start])
                    && is_kind_of_part(part.span.of(text));
                let organ = if its { self.own_organ() } else { None };
                let other = |b: &&Entity| b.span.end <= part.span.start && Some(node(b)) != organ;
                organ.clone().filter(|_| !bodies.iter().copied().any(|b| other(&b)))
            };
            if let Some(whole) = whole.filter(|w| *w != node(part) && !is_the_organization(w, self.scene.ontology)) {
                out.push(self.relation(part.span, self.created_here(part), Predicate::Subordinate, whole));
            }
        }
        for pair in bodies.windows(2) {
            let (part, whole) = (pair[0], pair[1]);
            if part.span.end > whole.span.start || part.identity == whole.identity {
                continue;
            }
            let between = &text[part.span.end..whole.span.start];
            let leads = between.len() <= FARTHEST && SUPERIOR_FOLLOWS.iter().any(|w| between.ends_with(w));
            if leads
                && (BELOW.is_match(between) || GUIDED.is_match(between))
                && !is_the_organization(&node(whole), self.scene.ontology)
            {
                out.push(self.relation(
                    Span::new(part.span.start, whole.span.end),
                    node(part),
                    Predicate::Subordinate,
                    node(whole),
                ));
            }
        }
    }

    /// "Requests the Conference to report to the General Assembly": a body reports to another.
    pub(super) fn reporting(&self, clause: &Clause<'_>, at: Span, actor: &Node, out: &mut Vec<Relation>) {
        let Some(part) = self.reporter(actor) else { return };
        if !self.scene.uses.reports() || at.end > clause.body.end {
            return;
        }
        let line = self.scene.line();
        let place = Span::new(at.end, clause.body.end);
        let to = small_words(line, place, Uses::reports).find_map(|word| reported_to(line, word, place.end));
        let Some(to) = to else { return };
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

/// Where the words begin for whom a report is made, "report ... *to the*", that starts with a word; before some end.
fn reported_to(line: Line<'_>, at: usize, end: usize) -> Option<usize> {
    const MOST_WORDS: usize = 4;
    let text = &line.text[..end];
    let start = line.words[at].start as usize;
    // The words from there on, each with white space and nothing else behind it.
    let mut words: Vec<(&str, usize)> = Vec::new();
    let mut from = start;
    while words.len() < 2 * MOST_WORDS + 4 {
        let len = text[from..].find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len() - from);
        let behind = text[from + len..].trim_start();
        if len == 0 || behind.len() == text.len() - from - len {
            break;
        }
        words.push((&text[from..from + len], text.len() - behind.len()));
        from = text.len() - behind.len();
    }
    // The last "to" within reach is meant.
    let to = |first: usize, most: usize| {
        let reach = words.len().min(first + most + 1);
        let to = (first..reach).rev().find(|i| words[*i].0 == "to")?;
        Some(words.get(to + 1).filter(|(word, _)| *word == "the").unwrap_or(&words[to]).1)
    };
    if words.first()?.0.starts_with("report") {
        return to(1, MOST_WORDS + 1);
    }
    let paper = |i: &usize| matches!(words[*i].0, "report" | "reports" | "recommendations" | "suggestions");
    (1..words.len().min(MOST_WORDS + 2)).rev().filter(paper).find_map(|paper| to(paper + 1, MOST_WORDS))
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

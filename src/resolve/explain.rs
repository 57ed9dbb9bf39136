//! How each number and symbol of a document was read, taken or not: for whoever asks why.

use super::citations::{self, Scene};
use super::{Reason, Target};
use crate::ontology::Ontology;
use crate::ontology::grammar::{Owner, Series};
use crate::parse::Document;
use crate::recognise::names_in;
use crate::span::Span;

/// How one number or symbol was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Index of the paragraph in the document.
    pub paragraph: usize,
    /// Where, in the paragraph's text.
    pub span: Span,
    /// Name of the rule of `ontology/symbols.ttl`.
    pub rule: String,
    /// The words that head its list; empty where the list goes on from the paragraph before.
    pub list: Option<Span>,
    /// What the list is of, and whose.
    pub company: Option<(Series, Owner)>,
    /// Year of the date beside it.
    pub adopted: Option<u16>,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a number or symbol.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It cites.
    Cites(Target),
    /// It cites something that cannot be said.
    Unresolved(Reason, Vec<Target>),
    /// It cites nothing, and why.
    Nothing(&'static str),
}

/// How the numbers and symbols of a document were read, in order of paragraph and start.
#[must_use]
pub fn explain(document: &Document, ontology: &Ontology) -> Vec<Reading> {
    let (lines, _) = names_in(document, ontology);
    let scenes = citations::scenes(document, &lines, ontology);
    let rights = citations::speaks_of_rights_council(&scenes);
    let mut out = Vec::new();
    for scene in &scenes {
        for item in &scene.found.items {
            let head = item.head.map(|h| scene.found.heads[h]);
            let outcome = match citations::citation(scene, item, rights) {
                Some(_) if !citations::in_running_text(scene, item.span) => {
                    Outcome::Nothing("the head of a document names what it was adopted from, and cites nothing")
                }
                Some(citation) => match citation.target {
                    Ok(target) => Outcome::Cites(target),
                    Err(reason) => Outcome::Unresolved(reason, citation.candidates),
                },
                None => Outcome::Nothing(why_not(scene, item.span)),
            };
            out.push(Reading {
                paragraph: scene.index,
                span: item.span,
                rule: item.rule.name.clone(),
                list: head.map(|h| h.span),
                company: head.map(|h| (h.series, h.owner)),
                adopted: item.adopted,
                outcome,
            });
        }
    }
    out
}

/// Why something that a rule found is no citation.
fn why_not(scene: &Scene<'_>, span: Span) -> &'static str {
    let text = span.of(&scene.paragraph.text);
    let digits = |s: &str| s.chars().filter(char::is_ascii_digit).collect::<String>();
    let own = scene.document.symbol.as_ref().or(scene.document.metadata.about.as_ref());
    if own.is_some_and(|symbol| {
        digits(&symbol.path()).starts_with(&digits(text.split(['(', '（']).next().unwrap_or(text)))
    }) {
        "it is the document itself"
    } else if text.contains(['(', '（']) {
        "the number and the year contradict each other, and nothing says that it is a resolution"
    } else {
        "nothing says whose number it is"
    }
}

//! What a document ends or replaces of another: measures terminated, provisions that cease to have effect, paragraphs
//! replaced. A part is enough: ELI's `repeals` says "totally or partially".

use super::relations::{Clause, View};
use super::{Citation, Node, Predicate, Relation, Target};
use crate::patterns::patterns;
use crate::recognise::lists::only_list_words;
use crate::span::Span;

patterns! {
    ACTIVE = r"\b(?:terminates?|lifts?|rescinds?|repeals?|revokes?|supersedes?)\b";
    PASSIVE = r"\b(?:(?:shall|will|are|is)\s+(?:also\s+|hereby\s+)?(?:be\s+)?(?:terminated|lifted|superseded|rescinded|repealed|replaced)|shall\s+(?:terminate|expire)|(?:shall|will)\s+cease\s+to\s+(?:have\s+effect|apply|be\s+in\s+force)|shall\s+no\s+longer\s+(?:apply|be\s+in\s+force|have\s+effect))\b";
    MEASURE = r"\b(?:measures?|provisions?|prohibitions?|obligations?|restrictions?|sanctions|embargo(?:es)?|arrangements?|authorizations?|exceptions?|exemptions?|requirements?|resolutions?|asset\s+freezes?|travel\s+bans?|paragraphs?)\b";
    // A measure that is not ended but touched: "terminate the suspension of the measures".
    NOT_THE_MEASURE = r"\b(?:suspension|such|mandates?|functions|lists?|committee|panel|mission)\b[^,;]*$";
    CONDITIONAL = r"^[^;.]*\b(?:if|unless|when|upon|until|subject\s+to|for\s+a\s+period|as\s+soon\s+as|once|in\s+the\s+event|provided\s+that|with\s+respect\s+to)\b";
    // "not to lift", "review whether to lift", "may lift"
    NOT_DONE = r"\b(?:not(?:\s+to)?|may|whether\s+to|consider(?:s|ing)?(?:\s+\w+)?|prior\s+to\s+\w*)\s*$";
    FOR_SOME = r"^\s+to\s";
    FOLLOWING = r"^\s+(?:by|with)\s+the\s+(?:following|text|provision)|^\s+as\s+follows";
    ONE_PARAGRAPH = r"^\s*(?:that\s+)?(?:(?:sub-?)?paragraphs?|articles?|annex)\s";
}

/// How far, in bytes, the document that imposed a measure may stand from it.
const FARTHEST: usize = 240;

impl<'a> View<'a> {
    /// "Decides to terminate the measures imposed by paragraph 8 of resolution ...", "that the provisions of resolution
    /// ... shall cease to have effect", "that paragraph 4 of resolution ... shall be replaced by the following".
    pub(super) fn ends_measures(&self, clause: &Clause<'_>, out: &mut Vec<Relation>) {
        if !matches!(clause.verb, "decide" | "terminate" | "lift" | "agree" | "declare") {
            return;
        }
        let text = self.text();
        let whole = Span::new(clause.at.start, clause.body.end);
        if let Some(m) = ACTIVE.find(whole.of(text)) {
            if NOT_DONE.is_match(&text[whole.start..whole.start + m.start()]) {
                return;
            }
            let from = whole.start + m.end();
            let measure = MEASURE.find(&text[from..whole.end]).filter(|measure| {
                let before = &text[from..from + measure.start()];
                before.len() < 120 && !before.contains([';', '.']) && !NOT_THE_MEASURE.is_match(before)
            });
            if let Some(measure) = measure {
                let all = self.listed_after(from + measure.end(), whole.end);
                self.repeals(whole.start + m.start(), whole.end, &all, Predicate::Supersedes, out);
            }
            return;
        }
        let Some(m) = PASSIVE.find(whole.of(text)) else { return };
        let (start, end) = (whole.start + m.start(), whole.start + m.end());
        let rest = &text[end..whole.end];
        let Some(measure) = MEASURE.find(&text[clause.at.end..start]) else { return };
        if m.as_str().ends_with("apply") && FOR_SOME.is_match(rest) {
            return;
        }
        if NOT_THE_MEASURE.is_match(&text[clause.at.end..clause.at.end + measure.start()]) {
            return;
        }
        let one = ONE_PARAGRAPH.is_match(&text[clause.at.end..]) && FOLLOWING.is_match(rest);
        let kind = if one { Predicate::Amends } else { Predicate::Supersedes };
        let from = clause.at.end + measure.start();
        let all: Vec<&Citation> = self.listed_after(from, start);
        self.repeals(from, whole.end, &all, kind, out);
    }

    /// The documents that are named between two places, one list after another: "imposed by paragraph 2 of resolution
    /// A, modified by paragraph 1 of resolution B".
    fn listed_after(&self, from: usize, to: usize) -> Vec<&'a Citation> {
        let text = self.text();
        let grammar = self.scene.ontology.grammar();
        let mut out: Vec<&Citation> = Vec::new();
        let mut end = from;
        for citation in self.citations().filter(|c| c.span.start >= from && c.span.end <= to) {
            let between = &text[end.min(citation.span.start)..citation.span.start];
            let near = if out.is_empty() {
                between.len() < FARTHEST && !between.contains([';', '.'])
            } else {
                only_list_words(between, self.scene.document.language, grammar) || between.len() < 90
            };
            if !near || between.contains("in accordance") || between.contains("pursuant") {
                break;
            }
            end = citation.span.end;
            out.push(citation);
        }
        out
    }

    fn repeals(&self, from: usize, to: usize, all: &[&Citation], predicate: Predicate, out: &mut Vec<Relation>) {
        let text = self.text();
        let Some(last) = all.last() else { return };
        // "shall be terminated immediately if the Council determines": nothing is ended yet.
        if CONDITIONAL.is_match(&text[last.span.end..to]) {
            return;
        }
        for citation in all {
            // A treaty on whose chapter the measures rest is not ended with them.
            let Ok(target @ Target::Document(_)) = &citation.target else { continue };
            if self.is_own(target) {
                continue;
            }
            let span = Span::new(from.min(citation.span.start), citation.span.end);
            out.push(self.relation(span, Node::ThisDocument, predicate, Node::Work(target.clone())));
        }
    }
}

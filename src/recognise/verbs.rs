//! The verbs that govern the clauses of a paragraph: "Recalling ...", "and further requests ...".
//!
//! Resolutions are one sentence whose subject is the organ. Its verbs stand at the beginning of a
//! paragraph or are joined to the ones before by a comma or an "and"; verbs of relative clauses and
//! of infinitives are not the organ's.

use super::words::{Case, Line, Word, key};
use crate::ontology::names::{KeyMap, KeySet};
use crate::ontology::{Ontology, Openers, Verb};
use crate::parse::Part;
use crate::read::Language;
use crate::span::Span;

/// A verb of the organ.
#[derive(Debug, Clone, Copy)]
pub struct Governing<'a> {
    /// Where it stands.
    pub span: Span,
    /// Which.
    pub verb: &'a Verb,
}

/// The forms of the verbs of one language, by their first word.
#[derive(Debug, Default)]
pub struct VerbForms {
    by_first: KeyMap<u64, Vec<Form>>,
    /// Most words begin no form: those are told at once.
    firsts: KeySet,
}

#[derive(Debug)]
struct Form {
    words: Vec<u64>,
    verb: usize,
    shape: Shape,
}

/// The grammar of a form's head word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// "recalling", "mindful", "concerned"
    Participle,
    /// "recalls"
    Finite,
    /// "recall", "recalled", and everything in other languages.
    Other,
}

impl VerbForms {
    /// The forms of a language.
    #[must_use]
    pub fn new(verbs: &[Verb], language: Language) -> Self {
        let mut forms = Self::default();
        for (index, verb) in verbs.iter().enumerate() {
            for (text, of) in &verb.forms {
                if of.unwrap_or(Language::En) != language {
                    continue;
                }
                let words: Vec<u64> = text.split_whitespace().map(key).collect();
                let first = text.split_whitespace().next().unwrap_or("");
                let shape = if language != Language::En {
                    Shape::Other
                } else if first.ends_with("ing")
                    || ["ful", "ous", "aware", "cognizant"].iter().any(|e| first.ends_with(e))
                {
                    Shape::Participle
                } else if first.ends_with('s') && !first.ends_with("ss") {
                    Shape::Finite
                } else {
                    Shape::Other
                };
                if let Some(&first) = words.first() {
                    forms.firsts.insert(first);
                    forms.by_first.entry(first).or_default().push(Form { words, verb: index, shape });
                }
            }
        }
        for list in forms.by_first.values_mut() {
            list.sort_by_key(|f| (std::cmp::Reverse(f.words.len()), f.verb));
        }
        forms
    }

    fn at(&self, words: &[Word], at: usize) -> Option<&Form> {
        if !self.firsts.may_contain(words[at].key) {
            return None;
        }
        self.by_first
            .get(&words[at].key)?
            .iter()
            .find(|f| f.words.len() <= words.len() - at && f.words.iter().zip(&words[at..]).all(|(k, w)| *k == w.key))
    }
}

/// The organ's verbs in a paragraph, in order.
#[must_use]
pub fn governing<'a>(line: Line<'_>, part: Part, language: Language, ontology: &'a Ontology) -> Vec<Governing<'a>> {
    let forms = ontology.verb_forms(language);
    let mut out: Vec<Governing<'a>> = Vec::new();
    let start = opening(line, language);
    let mut at = start;
    while at < line.words.len() {
        let Some(form) = forms.at(line.words, at) else {
            at += 1;
            continue;
        };
        let end = at + form.words.len();
        let counts = match language {
            Language::En => is_organs(line, at, start, form.shape, part, ontology.openers()),
            _ => at <= start + 2 || line.words[at].case == Case::Capital,
        };
        if counts {
            let span = Span::new(line.words[at].start as usize, line.words[end - 1].end as usize);
            out.push(Governing { span, verb: &ontology.verbs()[form.verb] });
            at = end;
        } else {
            at += 1;
        }
    }
    out
}

/// Index of the first word that may be a verb: after a number, a letter, "The Security Council".
fn opening(line: Line<'_>, language: Language) -> usize {
    let mut at = 0;
    let numbered = line.words.first().is_some_and(|w| w.case == Case::Digits);
    if numbered {
        at += 1;
    }
    if line.text.starts_with('(') && line.words.get(at).is_some_and(|w| w.span().len() <= 4) {
        at += 1;
    }
    if language == Language::En && line.words.get(at).is_some_and(|w| w.span().of(line.text) == "The") {
        let organ = (at + 1..line.words.len().min(at + 5))
            .find(|&i| matches!(line.word(i), "Council" | "Assembly" | "Commission"));
        at = organ.map_or(at, |i| i + 1);
    }
    at
}

/// Whether an English verb form is the organ's own.
fn is_organs(line: Line<'_>, at: usize, start: usize, shape: Shape, part: Part, openers: &Openers) -> bool {
    let mut before = at;
    while before > start
        && openers.is_adverb(&line.word(before - 1).to_lowercase())
        && !ends_clause(line.gap(before - 1))
    {
        before -= 1;
    }
    if before == start {
        return shape != Shape::Other || line.words[at].case == Case::Capital;
    }
    let capital_start = line.words[before].is_capital() && ends_sentence(line.gap(before - 1));
    match shape {
        Shape::Other => false,
        Shape::Participle if part == Part::Operative || part == Part::Body => {
            (line.word(at) == "acting" && joins(line, before)) || (before..at).any(|i| line.word(i) == "while")
        }
        Shape::Participle => capital_start || joins(line, before),
        Shape::Finite if part == Part::Preamble => false,
        Shape::Finite => capital_start || (joins(line, before) && !is_relative(line, before)) || subject(line, before),
    }
}

/// Whether what stands before a word joins clauses: punctuation, "and", "in this regard".
fn joins(line: Line<'_>, at: usize) -> bool {
    let previous = line.word(at - 1);
    ends_clause(line.gap(at - 1))
        || matches!(previous, "and" | "or" | "regard" | "respect" | "context" | "end" | "also" | "but")
}

/// "The Council requests", "It notes".
fn subject(line: Line<'_>, at: usize) -> bool {
    let previous = line.word(at - 1);
    (matches!(previous, "Council" | "Assembly" | "Commission")
        && at >= 2
        && matches!(line.word(at - 2), "Security" | "The" | "the" | "General" | "Rights"))
        || (matches!(previous, "It" | "it") && (at < 2 || ends_clause(line.gap(at - 2)) || line.word(at - 2) == "and"))
}

/// "..., which ... , and requests": the clause is another subject's when its "which" or "who" is nearer than any organ's verb.
fn is_relative(line: Line<'_>, at: usize) -> bool {
    (at.saturating_sub(3)..at).any(|i| matches!(line.word(i), "which" | "who" | "that"))
}

fn ends_clause(gap: &str) -> bool {
    gap.contains([',', ';', ':', '.', '(', '—', '–'])
}

fn ends_sentence(gap: &str) -> bool {
    gap.contains(['.', ';', ':', ',', '“', '"'])
}

//! The verbs that govern the clauses of a paragraph: "Recalling ...", "and further requests ...".
//!
//! Resolutions are one sentence whose subject is the organ. Its verbs stand at the beginning of a
//! paragraph or are joined to the ones before by a comma or an "and"; verbs of relative clauses and
//! of infinitives are not the organ's.

use super::words::{Case, Line, Word, words};
use crate::ontology::grammar::{Cue, Prelude};
use crate::ontology::names::{Found as Phrase, KeyMap, KeySet, NameTree};
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
    /// What may stand before a verb, in languages other than English.
    preludes: NameTree<Prelude>,
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
    /// "recall", "recalled", and everything in languages that do not tell.
    Other,
}

impl VerbForms {
    /// The forms of a language.
    #[must_use]
    pub fn new(verbs: &[Verb], preludes: &[(String, Language, Prelude)], language: Language) -> Self {
        let mut forms = Self::default();
        for (text, _, prelude) in preludes.iter().filter(|(_, of, _)| *of == language) {
            forms.preludes.insert(text, *prelude);
        }
        for (index, verb) in verbs.iter().enumerate() {
            for (text, of) in &verb.forms {
                if of.unwrap_or(Language::En) != language {
                    continue;
                }
                let words: Vec<u64> = words(text).iter().map(|w| w.key).collect();
                let first = text.split_whitespace().next().unwrap_or("");
                let shape = if language != Language::En {
                    shape_in(text, language)
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

    /// The longest form that stands at a word, adverbs between its words passed over, and where it ends.
    fn longest<'p>(
        &self,
        line: Line<'_>,
        at: usize,
        prelude_at: &impl Fn(usize) -> Option<&'p Phrase<Prelude>>,
    ) -> Option<(&Form, usize)> {
        let words = line.words;
        if !self.firsts.may_contain(words[at].key) {
            return None;
        }
        let end_of = |form: &Form| {
            let mut to = at + 1;
            for key in &form.words[1..] {
                if words.get(to).is_some_and(|w| w.key != *key)
                    && let Some(adverb) = prelude_at(to).filter(|p| p.meaning == Prelude::Adverb)
                {
                    to = adverb.to;
                }
                if words.get(to)?.key != *key || closes(line.gap(to - 1)) {
                    return None;
                }
                to += 1;
            }
            Some(to)
        };
        self.by_first.get(&words[at].key)?.iter().find_map(|form| Some((form, end_of(form)?)))
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
    if language != Language::En {
        return openings(line, part, language, forms, ontology);
    }
    let mut out: Vec<Governing<'a>> = Vec::new();
    let start = opening(line);
    let mut at = start;
    while at < line.words.len() {
        let Some(form) = forms.at(line.words, at) else {
            at += 1;
            continue;
        };
        let end = at + form.words.len();
        if is_organs(line, at, start, form.shape, part, ontology.openers()) {
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
fn opening(line: Line<'_>) -> usize {
    let mut at = 0;
    let numbered = line.words.first().is_some_and(|w| w.case == Case::Digits);
    if numbered {
        at += 1;
    }
    if line.text.starts_with('(') && line.words.get(at).is_some_and(|w| w.span().len() <= 4) {
        at += 1;
    }
    if line.words.get(at).is_some_and(|w| w.span().of(line.text) == "The") {
        let organ = (at + 1..line.words.len().min(at + 5))
            .find(|&i| matches!(line.word(i), "Council" | "Assembly" | "Commission"));
        at = organ.map_or(at, |i| i + 1);
    }
    at
}

/// The grammar of a form in a language other than English, told by the endings of its words.
fn shape_in(form: &str, language: Language) -> Shape {
    let any = |endings: &[&str]| form.split_whitespace().any(|w| endings.iter().any(|e| w.ends_with(e)));
    match language {
        Language::Fr if any(&["ant"]) => Shape::Participle,
        Language::Es if any(&["ando", "endo", "ándose", "éndose"]) => Shape::Participle,
        Language::Ru if any(&["я", "ясь", "ав", "вшись", "будучи"]) && !any(&["тся"]) => {
            Shape::Participle
        }
        // "whereas it recalls"
        Language::Ar if any(&["إذ", "وإذ"]) => Shape::Participle,
        Language::Ar | Language::Zh | Language::En => Shape::Other,
        Language::Fr | Language::Es | Language::Ru => match form.split_whitespace().next() {
            Some(first) if is_adjective(first, language) => Shape::Other,
            _ => Shape::Finite,
        },
    }
}

/// "Préoccupée", "Consciente", "Convencido": neither participle nor finite, at home in the preamble.
fn is_adjective(word: &str, language: Language) -> bool {
    let endings: &[&str] = match language {
        Language::Fr => &["é", "ée", "ent", "ente", "aincu", "aincue", "olu", "olue"],
        Language::Es => &["ado", "ada", "ido", "ida", "ente"],
        _ => &[],
    };
    endings.iter().any(|e| word.ends_with(e))
}

/// The organ's verbs in a paragraph of a language other than English: those that open a clause, behind punctuation or a
/// conjunction; participles in the preamble, finite verbs in the operative part.
fn openings<'a>(
    line: Line<'_>,
    part: Part,
    language: Language,
    forms: &VerbForms,
    ontology: &'a Ontology,
) -> Vec<Governing<'a>> {
    let mut out: Vec<Governing<'a>> = Vec::new();
    let preludes = forms.preludes.find(line);
    let prelude_at = |at: usize| {
        let from = preludes.partition_point(|p| p.from < at);
        preludes[from..].iter().take_while(|p| p.from == at).max_by_key(|p| p.to)
    };
    let start = behind_organ(line, opening(line), language, ontology);
    let (mut at, mut opens) = (start, true);
    while at < line.words.len() {
        let first = at == start || (opens && out.is_empty() && at <= start + 4 && !closes(line.gap(at - 1)));
        let found = forms.longest(line, at, &prelude_at).filter(|(form, _)| match form.shape {
            _ if first => true,
            // "Whereas" is said of nobody else.
            Shape::Participle if language == Language::Ar => true,
            Shape::Participle => opens && part == Part::Preamble,
            Shape::Finite => opens && part != Part::Preamble,
            Shape::Other if language == Language::Ar => opens || line.word(at).starts_with('و'),
            Shape::Other => opens,
        });
        if let Some((form, end)) = found {
            out.push(Governing { span: line.span(at, end), verb: &ontology.verbs()[form.verb] });
            opens = closes(line.gap(end - 1));
            at = end;
            continue;
        }
        match prelude_at(at) {
            Some(p) if p.meaning == Prelude::Conjunction => (at, opens) = (p.to, true),
            Some(p) => (at, opens) = (p.to, opens || closes(line.gap(p.to - 1))),
            None => {
                opens = closes(line.gap(at));
                at += 1;
            }
        }
    }
    out
}

/// Index of the word behind the organ that a paragraph begins with: "Le Conseil de sécurité souligne".
fn behind_organ(line: Line<'_>, start: usize, language: Language, ontology: &Ontology) -> usize {
    let words = &line.words[start.min(line.words.len())..line.words.len().min(start + 6)];
    let found = ontology.grammar().cues(language).find(Line { text: line.text, words });
    let organ = found.iter().filter(|f| matches!(f.meaning, Cue::Organ(_)) && f.from <= 1).map(|f| f.to).max();
    start + organ.unwrap_or(0)
}

/// Whether a clause ends at the punctuation between two words, in any script.
fn closes(gap: &str) -> bool {
    gap.contains([',', ';', ':', '.', '—', '–', '،', '؛', '，', '；', '：', '。'])
}

/// Whether an English verb form is the organ's own.
fn is_organs(line: Line<'_>, at: usize, start: usize, shape: Shape, part: Part, openers: &Openers) -> bool {
    let mut before = at;
    while before > start && openers.is_adverb_in(line, before - 1) && !ends_clause(line.gap(before - 1)) {
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

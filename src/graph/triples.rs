//! The graph as triples: terms spelt as in N-Triples, numbered, and sorted.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

use crate::ontology::vocab;

/// A term while the graph is being built. Numbers are given in order of first use, so that they
/// mean nothing outside: [`Triples::finish`] renumbers by spelling.
pub(super) type TermId = u32;

/// Triples while they are collected.
#[derive(Debug, Default)]
pub(super) struct Triples {
    ids: HashMap<Arc<str>, TermId>,
    terms: Vec<Arc<str>>,
    triples: Vec<[TermId; 3]>,
    /// Kept so that spelling a term allocates only when it is new.
    buffer: String,
}

impl Triples {
    fn intern(&mut self) -> TermId {
        if let Some(&id) = self.ids.get(self.buffer.as_str()) {
            return id;
        }
        let id = TermId::try_from(self.terms.len()).expect("fewer than 2^32 terms");
        let term: Arc<str> = self.buffer.as_str().into();
        self.terms.push(term.clone());
        self.ids.insert(term, id);
        id
    }

    /// An IRI. Every caller has made it of parts that are safe in one.
    pub(super) fn iri(&mut self, iri: &str) -> TermId {
        self.buffer.clear();
        self.buffer.push('<');
        self.buffer.push_str(iri);
        self.buffer.push('>');
        self.intern()
    }

    /// An IRI in two parts.
    pub(super) fn iri_of(&mut self, base: &str, path: &str) -> TermId {
        self.buffer.clear();
        for part in ["<", base, path, ">"] {
            self.buffer.push_str(part);
        }
        self.intern()
    }

    /// A plain string.
    pub(super) fn string(&mut self, text: &str) -> TermId {
        self.buffer.clear();
        quote(text, &mut self.buffer);
        self.intern()
    }

    /// A string in a language.
    pub(super) fn text(&mut self, text: &str, language: &str) -> TermId {
        self.buffer.clear();
        quote(text, &mut self.buffer);
        self.buffer.push('@');
        self.buffer.push_str(language);
        self.intern()
    }

    /// A literal of a datatype; `text` in its canonical form.
    pub(super) fn typed(&mut self, text: &str, datatype: &str) -> TermId {
        self.buffer.clear();
        quote(text, &mut self.buffer);
        self.buffer.push_str("^^<");
        self.buffer.push_str(datatype);
        self.buffer.push('>');
        self.intern()
    }

    /// An integer.
    pub(super) fn integer(&mut self, value: impl TryInto<u64>) -> TermId {
        let value = value.try_into().unwrap_or(u64::MAX);
        self.typed(&value.to_string(), vocab::XSD_INTEGER)
    }

    /// States a triple; stating it again changes nothing.
    pub(super) fn add(&mut self, subject: TermId, predicate: &str, object: TermId) {
        let predicate = self.iri(predicate);
        self.triples.push([subject, predicate, object]);
    }

    /// States what something is.
    pub(super) fn a(&mut self, subject: TermId, class: &str) {
        let class = self.iri(class);
        self.add(subject, vocab::RDF_TYPE, class);
    }

    /// How many instances each class has, in order of class.
    pub(super) fn classes(&mut self) -> Vec<(String, usize)> {
        let rdf_type = self.iri(vocab::RDF_TYPE);
        let mut typed: Vec<_> = self.triples.iter().filter(|t| t[1] == rdf_type).map(|t| (t[2], t[0])).collect();
        typed.sort_unstable();
        typed.dedup();
        let mut counts: Vec<(String, usize)> = typed
            .chunk_by(|a, b| a.0 == b.0)
            .map(|run| (self.terms[run[0].0 as usize].trim_matches(['<', '>']).to_owned(), run.len()))
            .collect();
        counts.sort();
        counts
    }

    /// How many triples there are without repetitions.
    pub(super) fn count(&mut self) -> usize {
        self.triples.sort_unstable();
        self.triples.dedup();
        self.triples.len()
    }

    /// Renumbers the terms that are used in order of spelling, and sorts the triples.
    pub(super) fn finish(self) -> Graph {
        let Self { ids, mut terms, mut triples, .. } = self;
        drop(ids);
        let mut used = vec![false; terms.len()];
        for id in triples.iter().flatten() {
            used[*id as usize] = true;
        }
        let mut order: Vec<TermId> = (0..).zip(&used).filter(|(_, used)| **used).map(|(id, _)| id).collect();
        order.sort_unstable_by(|a, b| terms[*a as usize].cmp(&terms[*b as usize]));
        let mut rank = vec![0; terms.len()];
        for (new, old) in (0..).zip(&order) {
            rank[*old as usize] = new;
        }
        for id in triples.iter_mut().flatten() {
            *id = rank[*id as usize];
        }
        triples.sort_unstable();
        triples.dedup();
        let terms = order.iter().map(|old| std::mem::take(&mut terms[*old as usize])).collect();
        Graph { terms, triples }
    }
}

/// A graph: every term once, in order of spelling; every triple once, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Graph {
    /// Terms as N-Triples spells them, sorted bytewise.
    pub(crate) terms: Vec<Arc<str>>,
    /// Subject, predicate, object as places in `terms`; sorted.
    pub(crate) triples: Vec<[u32; 3]>,
}

impl Graph {
    /// A graph of the given triples, each of three terms spelt as in N-Triples.
    #[must_use]
    pub fn from_spelt<'a>(triples: impl IntoIterator<Item = [&'a str; 3]>) -> Self {
        let mut all = Triples::default();
        for triple in triples {
            let ids = triple.map(|term| {
                all.buffer.clear();
                all.buffer.push_str(term);
                all.intern()
            });
            all.triples.push(ids);
        }
        all.finish()
    }

    /// How many triples.
    #[must_use]
    pub fn len(&self) -> usize {
        self.triples.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.triples.is_empty()
    }

    /// Every triple as the three spellings, in order.
    pub fn spelt(&self) -> impl Iterator<Item = [&str; 3]> {
        self.triples.iter().map(|t| t.map(|id| &*self.terms[id as usize]))
    }

    /// The graph as N-Triples, a sorted line each: the same graph gives the same bytes.
    ///
    /// # Errors
    /// When `out` does.
    pub fn write_ntriples(&self, mut out: impl Write) -> io::Result<()> {
        for [subject, predicate, object] in self.spelt() {
            for part in [subject, " ", predicate, " ", object, " .\n"] {
                out.write_all(part.as_bytes())?;
            }
        }
        out.flush()
    }
}

/// A string as N-Triples quotes it, in the canonical form that Oxigraph, too, writes; control characters
/// but tabs and line feeds become spaces.
pub(super) fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            // What XML cannot hold would not survive RDF/XML; in the text of a page it is noise.
            '\0'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}' => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_quoted_as_oxigraph_does() {
        for (text, kept) in
            [("plain", "plain"), ("a \"b\" \\ c\n\t", "a \"b\" \\ c\n\t"), ("ünï\r中\u{0}文\u{c}", "ünï 中 文 ")]
        {
            let mut mine = String::new();
            quote(text, &mut mine);
            assert_eq!(mine, oxigraph::model::Literal::new_simple_literal(kept).to_string());
        }
    }

    #[test]
    fn the_order_of_stating_does_not_show() {
        let a = Graph::from_spelt([["<b>", "<p>", "\"x\""], ["<a>", "<p>", "<b>"]]);
        let b = Graph::from_spelt([["<a>", "<p>", "<b>"], ["<b>", "<p>", "\"x\""], ["<a>", "<p>", "<b>"]]);
        assert_eq!(a, b);
        let mut text = Vec::new();
        a.write_ntriples(&mut text).expect("memory");
        assert_eq!(String::from_utf8(text).expect("UTF-8"), "<a> <p> <b> .\n<b> <p> \"x\" .\n");
    }
}

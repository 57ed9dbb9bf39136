//! The graph as triples: terms spelt as in N-Triples, numbered, and sorted.

use std::hash::{Hash, Hasher};
use std::io::{self, Write};
use std::sync::Arc;

use hashbrown::HashTable;

use crate::ontology::vocab;

/// A term while the graph is being built. Numbers are given in order of first use, so that they
/// mean nothing outside: [`Triples::finish`] renumbers by spelling.
pub(super) type TermId = u32;

/// Terms, each once, one behind another in one piece of memory.
#[derive(Debug, Clone, Default)]
pub(crate) struct Terms {
    /// Hash and number of each.
    ids: HashTable<(u64, TermId)>,
    text: String,
    /// Where each begins, and the last one ends.
    ends: Vec<usize>,
}

impl Terms {
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn spelling(&self, id: TermId) -> &str {
        let id = id as usize;
        let start = id.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[id]]
    }

    pub(crate) fn intern(&mut self, spelling: &str) -> TermId {
        let hash = hash(spelling);
        if let Some(id) = self.find_hashed(spelling, hash) {
            return id;
        }
        let id = self.add_unseen(spelling);
        self.ids.insert_unique(hash, (hash, id), |(hash, _)| *hash);
        id
    }

    /// The number of a term, if it has one.
    pub(crate) fn find(&self, spelling: &str) -> Option<TermId> {
        self.find_hashed(spelling, hash(spelling))
    }

    fn find_hashed(&self, spelling: &str, hash: u64) -> Option<TermId> {
        let same = |&(other, id): &(u64, TermId)| other == hash && self.spelling(id) == spelling;
        self.ids.find(hash, same).map(|&(_, id)| id)
    }

    /// Adds a term that is known to be new, and is not looked for by its spelling again.
    fn add_unseen(&mut self, spelling: &str) -> TermId {
        let id = TermId::try_from(self.ends.len()).expect("fewer than 2^32 terms");
        self.text.push_str(spelling);
        self.ends.push(self.text.len());
        id
    }

    /// Forgets every term and keeps the memory.
    pub(super) fn clear(&mut self) {
        self.ids.clear();
        self.text.clear();
        self.ends.clear();
    }
}

fn hash(spelling: &str) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    spelling.hash(&mut hasher);
    hasher.finish()
}

/// Triples while they are collected.
#[derive(Debug, Default)]
pub(super) struct Triples {
    pub(super) terms: Terms,
    pub(super) triples: Vec<[TermId; 3]>,
    /// Kept so that spelling a term allocates only when it is new.
    buffer: String,
    /// The terms of small integers.
    integers: Vec<Option<TermId>>,
    /// The terms of the vocabulary, by where their names stand, which are never freed.
    vocabulary: rustc_hash::FxHashMap<(usize, usize), TermId>,
}

/// Integers below are not spelt again and again.
const SMALL: u64 = 1 << 17;

impl Triples {
    fn intern(&mut self) -> TermId {
        self.terms.intern(&self.buffer)
    }

    /// Forgets everything and keeps the memory.
    pub(super) fn clear(&mut self) {
        self.terms.clear();
        self.triples.clear();
        self.integers.clear();
        self.vocabulary.clear();
    }

    /// A term of the vocabulary.
    fn name(&mut self, iri: &'static str) -> TermId {
        let place = (iri.as_ptr().addr(), iri.len());
        if let Some(id) = self.vocabulary.get(&place) {
            return *id;
        }
        let id = self.iri(iri);
        self.vocabulary.insert(place, id);
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

    /// An IRI in two parts that was not met before, and will not be asked for again.
    pub(super) fn unseen_iri_of(&mut self, base: &str, path: &str) -> TermId {
        self.buffer.clear();
        for part in ["<", base, path, ">"] {
            self.buffer.push_str(part);
        }
        self.terms.add_unseen(&self.buffer)
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
        if value >= SMALL {
            return self.typed(&value.to_string(), vocab::XSD_INTEGER);
        }
        let place = value as usize;
        if self.integers.len() <= place {
            self.integers.resize(place + 1, None);
        }
        if let Some(id) = self.integers[place] {
            return id;
        }
        let id = self.typed(&value.to_string(), vocab::XSD_INTEGER);
        self.integers[place] = Some(id);
        id
    }

    /// States a triple; stating it again changes nothing.
    pub(super) fn add(&mut self, subject: TermId, predicate: &'static str, object: TermId) {
        let predicate = self.name(predicate);
        self.triples.push([subject, predicate, object]);
    }

    /// States a triple with a property that is a term already.
    pub(super) fn state(&mut self, subject: TermId, predicate: TermId, object: TermId) {
        self.triples.push([subject, predicate, object]);
    }

    /// States what something is.
    pub(super) fn a(&mut self, subject: TermId, class: &'static str) {
        let class = self.name(class);
        self.add(subject, vocab::RDF_TYPE, class);
    }

    /// Calls `each` with the class that a triple says its subject to be of, for all of `triples`.
    pub(super) fn each_class(&mut self, triples: &[[TermId; 3]], mut each: impl FnMut(&str)) {
        let rdf_type = self.iri(vocab::RDF_TYPE);
        for triple in triples.iter().filter(|t| t[1] == rdf_type) {
            each(self.terms.spelling(triple[2]).trim_matches(['<', '>']));
        }
    }

    /// Renumbers the terms that are used in order of spelling, and sorts the triples.
    pub(super) fn finish(self) -> Graph {
        let Self { terms, mut triples, .. } = self;
        let mut used = vec![false; terms.len()];
        for id in triples.iter().flatten() {
            used[*id as usize] = true;
        }
        let mut order: Vec<TermId> = (0..).zip(&used).filter(|(_, used)| **used).map(|(id, _)| id).collect();
        order.sort_unstable_by(|a, b| terms.spelling(*a).cmp(terms.spelling(*b)));
        let mut rank = vec![0; terms.len()];
        for (new, old) in (0..).zip(&order) {
            rank[*old as usize] = new;
        }
        for id in triples.iter_mut().flatten() {
            *id = rank[*id as usize];
        }
        triples.sort_unstable();
        triples.dedup();
        let terms = order.iter().map(|old| terms.spelling(*old).into()).collect();
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
            let ids = triple.map(|term| all.terms.intern(term));
            all.triples.push(ids);
        }
        all.finish()
    }

    /// The same of triples that are made one by one, and that making may fail.
    ///
    /// # Errors
    /// As making them.
    pub fn from_triples<E>(triples: impl IntoIterator<Item = Result<[String; 3], E>>) -> Result<Self, E> {
        let mut all = Triples::default();
        for triple in triples {
            let ids = triple?.map(|term| all.terms.intern(&term));
            all.triples.push(ids);
        }
        Ok(all.finish())
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
    // Nearly every text is plain: it is copied in as long pieces as there are.
    let special = |byte: &u8| matches!(byte, 0..=0x1f | b'"' | b'\\' | 0x7f | 0xef);
    let mut rest = text;
    while let Some(at) = rest.as_bytes().iter().position(special) {
        out.push_str(&rest[..at]);
        // A special byte begins a character, which is whole in a string.
        let c = rest[at..].chars().next().unwrap_or_default();
        match c {
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            // What XML cannot hold would not survive RDF/XML; in the text of a page it is noise.
            '\0'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}' => out.push(' '),
            c => out.push(c),
        }
        rest = &rest[at + c.len_utf8()..];
    }
    out.push_str(rest);
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

//! The names of all documents and things, in memory, so that they are found while somebody types.
//!
//! All names stand behind one another in one text without case, accents and punctuation. A table of the places
//! where their words begin, in order of what follows there, finds every word that begins in some way by halving;
//! only what is within words is looked for from end to end.

use std::collections::{BTreeSet, HashMap};

use memchr::memmem;
use oxigraph::model::{NamedNodeRef, Term};
use oxigraph::store::StorageError;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use crate::graph::network::{self, Kind};
use crate::ontology::vocab as v;
use crate::store::{Store, survey};

/// Between two names; comes before every character of them.
const END: char = '\n';

/// A document or a thing.
#[derive(Debug)]
pub(super) struct Thing {
    pub iri: Box<str>,
    pub label: Box<str>,
    pub kind: Kind,
    pub title: Option<Box<str>>,
    /// How many documents cite or mention it.
    pub cited: u32,
}

/// One of the names of a thing.
#[derive(Debug)]
struct Name {
    thing: u32,
    /// Where it begins in the text of all names.
    start: u32,
    /// Where the number of a symbol ends there, its year left aside; the start of what is no symbol.
    number: u32,
    /// As it is written.
    written: Box<str>,
}

/// A word of a name: where it begins, and the name's number.
type Word = (u32, u32);

/// The names of all things.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    /// In order of IRI.
    pub things: Vec<Thing>,
    names: Vec<Name>,
    /// The names, folded, each with an [`END`].
    text: String,
    /// In order of what follows.
    words: Vec<Word>,
}

/// How well a name fits, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// All of it, the year of a symbol left aside.
    Whole,
    /// The number of a symbol.
    Number,
    /// The first digits of the number of a symbol.
    Digits,
    /// It goes on from there.
    Beginning,
    /// It goes on from the beginning of a word.
    Word,
    /// Each word that is looked for begins one of its words.
    Words,
    /// Within a word.
    Inside,
}

/// A thing that was found, by one of its names.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    fit: Fit,
    /// The most cited first.
    cited: std::cmp::Reverse<u32>,
    /// The shortest name first: less of it is not what was looked for.
    length: usize,
    thing: u32,
    name: u32,
}

/// The best of what was found, each thing once.
struct Best {
    found: Vec<Candidate>,
    limit: usize,
}

impl Best {
    fn offer(&mut self, candidate: Candidate) {
        if self.is_full() && self.found.last().is_some_and(|last| candidate >= *last) {
            return;
        }
        if let Some(same) = self.found.iter().position(|found| found.thing == candidate.thing) {
            if self.found[same] <= candidate {
                return;
            }
            self.found.remove(same);
        }
        let at = self.found.partition_point(|found| *found < candidate);
        self.found.insert(at, candidate);
        self.found.truncate(self.limit);
    }

    fn is_full(&self) -> bool {
        self.found.len() >= self.limit
    }
}

impl Catalogue {
    /// The names of all documents and things of a graph.
    ///
    /// # Errors
    /// When the graph cannot be read.
    pub(super) fn of(store: &Store) -> Result<Self, StorageError> {
        let mut catalogue = Self::default();
        let mut places: HashMap<String, u32> = HashMap::new();
        let mut cited = store.objects_of(v::ELI_CITES)?;
        for (iri, count) in store.objects_of(v::SCHEMA_MENTIONS)? {
            *cited.entry(iri).or_default() += count;
        }
        for (iri, kind) in network::kinds(store)? {
            places.insert(iri.clone(), to_u32(catalogue.things.len()));
            let cited = cited.get(&iri).copied().unwrap_or(0);
            catalogue.things.push(Thing { iri: iri.into(), label: "".into(), kind, title: None, cited });
        }
        for property in [v::ELI_ID_LOCAL, v::RDFS_LABEL, v::SKOS_PREF_LABEL, v::ELI_TITLE, v::SKOS_ALT_LABEL] {
            catalogue.take(store, property, &places)?;
        }
        for thing in catalogue.things.iter_mut().filter(|thing| thing.label.is_empty()) {
            thing.label = thing.iri.clone();
        }
        catalogue.sort_words();
        Ok(catalogue)
    }

    /// Takes in the names that a property gives.
    fn take(&mut self, store: &Store, property: &str, places: &HashMap<String, u32>) -> Result<(), StorageError> {
        // What is in English, or in no language, comes first.
        let mut later = Vec::new();
        for triple in store.triples(None, Some(NamedNodeRef::new_unchecked(property)), None) {
            let triple = triple?;
            let Some(&place) = survey::subject(&triple).and_then(|iri| places.get(iri)) else { continue };
            let Term::Literal(literal) = triple.object else { continue };
            let english = literal.language().is_none_or(|language| language == "en");
            let value = literal.destruct().0;
            if english { self.name(property, place, value) } else { later.push((place, value)) }
        }
        later.into_iter().for_each(|(place, value)| self.name(property, place, value));
        Ok(())
    }

    fn name(&mut self, property: &str, place: u32, value: String) {
        let thing = &mut self.things[place as usize];
        match property {
            v::RDFS_LABEL if thing.label.is_empty() => thing.label = value.as_str().into(),
            v::ELI_TITLE if thing.title.is_none() => thing.title = Some(value.as_str().into()),
            _ => {}
        }
        self.push(place, value, property == v::ELI_ID_LOCAL);
    }

    fn push(&mut self, thing: u32, written: String, is_symbol: bool) {
        let start = self.text.len();
        fold(&written, &mut self.text);
        let mut number = start;
        if is_symbol {
            let mut before = String::new();
            fold(written.split('(').next().unwrap_or_default(), &mut before);
            number += before.len();
        }
        // Labels repeat symbols; the last one that was taken in is often the same.
        if self.text.len() == start || u32::try_from(self.text.len()).is_err() {
            self.text.truncate(start);
            return;
        }
        self.text.push(END);
        let [start, number] = [start, number].map(to_u32);
        self.names.push(Name { thing, start, number, written: written.into() });
    }

    fn sort_words(&mut self) {
        for (number, name) in (0..).zip(&self.names) {
            let mut before = ' ';
            for (offset, c) in self.text[name.start as usize..].char_indices() {
                if c == END {
                    break;
                }
                if before == ' ' {
                    self.words.push((name.start + to_u32(offset), number));
                }
                before = c;
            }
        }
        let rest = |at: u32| {
            let rest = &self.text.as_bytes()[at as usize..];
            &rest[..memchr::memchr(END as u8, rest).unwrap_or(rest.len())]
        };
        self.words.sort_unstable_by(|a, b| rest(a.0).cmp(rest(b.0)).then(a.cmp(b)));
        self.words.shrink_to_fit();
        self.text.shrink_to_fit();
        self.names.shrink_to_fit();
    }

    /// Bytes in memory, as far as they are its own.
    pub(super) fn bytes(&self) -> usize {
        let things = self.things.iter().map(|t| t.iri.len() + t.label.len() + t.title.as_ref().map_or(0, |t| t.len()));
        let names: usize = self.names.iter().map(|name| name.written.len()).sum();
        let tables = size_of_val(&*self.things) + size_of_val(&*self.names) + size_of_val(&*self.words);
        things.sum::<usize>() + names + tables + self.text.len()
    }

    /// How many names.
    pub(super) fn names(&self) -> usize {
        self.names.len()
    }

    /// The things of which a name fits what is `wanted`, the best first, each with the name that fits.
    pub(super) fn find(&self, wanted: &str, limit: usize) -> Vec<(&Thing, &str)> {
        let mut folded = String::new();
        fold(wanted, &mut folded);
        if folded.is_empty() || limit == 0 {
            return Vec::new();
        }
        let mut best = Best { found: Vec::with_capacity(limit + 1), limit };
        for &(at, name) in self.beginning_with(&folded) {
            best.offer(self.candidate(self.fit(at, name, &folded), name));
        }
        if !best.is_full() {
            self.find_words(&folded, &mut best);
        }
        if !best.is_full() {
            self.find_inside(&folded, &mut best);
        }
        let found = best.found.into_iter();
        found.map(|c| (&self.things[c.thing as usize], &*self.names[c.name as usize].written)).collect()
    }

    /// The words of names that go on with `wanted`.
    fn beginning_with(&self, wanted: &str) -> &[Word] {
        let (text, wanted) = (self.text.as_bytes(), wanted.as_bytes());
        let head = |at: u32| &text[at as usize..text.len().min(at as usize + wanted.len())];
        let start = self.words.partition_point(|word| head(word.0) < wanted);
        let length = self.words[start..].partition_point(|word| head(word.0) == wanted);
        &self.words[start..start + length]
    }

    fn folded(&self, name: u32) -> &str {
        let end = self.names.get(name as usize + 1).map_or(self.text.len(), |next| next.start as usize);
        &self.text[self.names[name as usize].start as usize..end - END.len_utf8()]
    }

    fn candidate(&self, fit: Fit, name: u32) -> Candidate {
        let thing = self.names[name as usize].thing;
        let cited = std::cmp::Reverse(self.things[thing as usize].cited);
        Candidate { fit, cited, length: self.folded(name).len(), thing, name }
    }

    fn fit(&self, at: u32, name: u32, wanted: &str) -> Fit {
        let Name { start, number, .. } = self.names[name as usize];
        let end = at + to_u32(wanted.len());
        match () {
            () if at == start && (end == number || wanted.len() == self.folded(name).len()) => Fit::Whole,
            () if at < number && wanted.starts_with(|c: char| c.is_ascii_digit()) => {
                if end == number {
                    Fit::Number
                } else {
                    Fit::Digits
                }
            }
            () if at == start => Fit::Beginning,
            () => Fit::Word,
        }
    }

    /// Names in which each of some words begins one.
    fn find_words(&self, wanted: &str, best: &mut Best) {
        let words: BTreeSet<&str> = wanted.split(' ').collect();
        if words.len() < 2 {
            return;
        }
        let rarest = words.iter().map(|word| self.beginning_with(word)).min_by_key(|places| places.len());
        for &(_, name) in rarest.unwrap_or_default() {
            let folded = self.folded(name);
            let begins = |word: &&str| folded.split(' ').any(|own| own.starts_with(*word));
            if words.iter().all(begins) {
                best.offer(self.candidate(Fit::Words, name));
            }
        }
    }

    fn find_inside(&self, wanted: &str, best: &mut Best) {
        let finder = memmem::Finder::new(wanted);
        let mut from = 0;
        while let Some(at) = self.text.as_bytes().get(from..).and_then(|rest| finder.find(rest)) {
            let name = self.names.partition_point(|name| name.start as usize <= from + at) - 1;
            best.offer(self.candidate(Fit::Inside, to_u32(name)));
            from = self.names.get(name + 1).map_or(self.text.len(), |next| next.start as usize);
        }
    }
}

/// Places are numbers of four bytes; names beyond them are not taken in.
fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Appends a name as it is looked for: without case, accents and apostrophes, one space for all that is
/// neither letter nor digit.
fn fold(text: &str, out: &mut String) {
    let start = out.len();
    for c in text.chars() {
        if matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{2bb}' | '\u{2b9}' | '`' | '\u{b4}' | '\u{640}')
        {
            continue;
        }
        decompose_compatible(c, |part| {
            if part.is_alphanumeric() {
                out.extend(part.to_lowercase().filter(|c| !is_combining_mark(*c)));
            } else if !is_combining_mark(part) && out.len() > start && !out.ends_with(' ') {
                out.push(' ');
            }
        });
    }
    out.truncate(start + out[start..].trim_end().len());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Catalogue {
        let mut catalogue = Catalogue::default();
        let things = [
            ("S/RES/2388 (2017)", 40, true, &[][..]),
            ("S/RES/23 (1947)", 2, true, &[]),
            ("A/RES/71/238", 1, true, &[]),
            ("S/2017/2388", 3, true, &[]),
            ("Islamic State in Iraq and the Levant", 90, false, &["ISIL", "Da\u{2019}esh"]),
            ("Council of Europe", 10, false, &[]),
            (
                "Security Council",
                500,
                false,
                &["Conseil de s\u{e9}curit\u{e9}", "\u{5b89}\u{5168}\u{7406}\u{4e8b}\u{4f1a}"],
            ),
        ];
        for (number, (label, cited, is_symbol, others)) in (0..).zip(things) {
            let (iri, kind) = (format!("https://example.org/id/{number}"), Kind::Document);
            catalogue.things.push(Thing { iri: iri.into(), label: label.into(), kind, title: None, cited });
            catalogue.push(number, label.into(), is_symbol);
            catalogue.push(number, label.into(), false);
            others.iter().for_each(|other| catalogue.push(number, (*other).into(), false));
        }
        catalogue.sort_words();
        catalogue
    }

    #[test]
    fn what_is_typed_finds_things_in_order() {
        let catalogue = sample();
        let check = |wanted: &str, expected: &[&str]| {
            let found: Vec<&str> = catalogue.find(wanted, 10).iter().map(|(thing, _)| &*thing.label).collect();
            assert_eq!(found, expected, "{wanted}");
        };
        check("2388", &["S/RES/2388 (2017)", "S/2017/2388"]);
        check("23", &["S/RES/23 (1947)", "S/RES/2388 (2017)", "S/2017/2388", "A/RES/71/238"]);
        check("s/res/23", &["S/RES/23 (1947)", "S/RES/2388 (2017)"]);
        check("s/res/2388 (2017)", &["S/RES/2388 (2017)"]);
        check("da'esh", &["Islamic State in Iraq and the Levant"]);
        check("DA\u{2019}ESH", &["Islamic State in Iraq and the Levant"]);
        check("counc", &["Council of Europe", "Security Council"]);
        check("council of", &["Council of Europe"]);
        check("council sec", &["Security Council"]);
        check("securite", &["Security Council"]);
        check("\u{7406}\u{4e8b}", &["Security Council"]);
        check("uncil", &["Security Council", "Council of Europe"]);
        check("xyzzy", &[]);
        check(" -'", &[]);
        assert_eq!(catalogue.find("c", 1).len(), 1);
        assert_eq!(catalogue.find("isil", 3)[0].1, "ISIL");
    }
}

//! Names as a tree of words, and what each may mean.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::concept::{Concept, ConceptClass, Label, LabelKind};
use crate::read::Language;
use crate::recognise::words::{Case, Line, Word, gap_key, key, stemmed, words};

/// Keys are hashes already: one multiplication spreads them.
#[derive(Debug, Default, Clone)]
pub struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let (chunks, rest) = bytes.as_chunks();
        chunks.iter().for_each(|chunk| self.write_u64(u64::from_be_bytes(*chunk)));
        if !rest.is_empty() {
            self.write_u64(rest.iter().fold(0, |n, b| (n << 8) | u64::from(*b)));
        }
    }

    fn write_u32(&mut self, n: u32) {
        self.write_u64(u64::from(n));
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(26) ^ n).wrapping_mul(0xf135_7aea_2e62_a9c5);
    }
}

/// A map by the keys of words.
pub type KeyMap<K, V> = HashMap<K, V, BuildHasherDefault<KeyHasher>>;

/// Says of most keys at once that they are not in a set: one bit for each of the keys' first digits.
#[derive(Debug, Clone)]
pub struct KeySet(Box<[u64; Self::BITS / 64]>);

impl KeySet {
    const BITS: usize = 1 << 14;

    fn place(key: u64) -> (usize, u64) {
        let bit = usize::try_from(key >> 50).unwrap_or(0) % Self::BITS;
        (bit / 64, 1 << (bit % 64))
    }

    /// Adds a key.
    pub fn insert(&mut self, key: u64) {
        let (place, bit) = Self::place(key);
        self.0[place] |= bit;
    }

    /// Whether the key may have been added; `false` is certain.
    #[must_use]
    pub fn may_contain(&self, key: u64) -> bool {
        let (place, bit) = Self::place(key);
        self.0[place] & bit != 0
    }
}

impl Default for KeySet {
    fn default() -> Self {
        Self(Box::new([0; Self::BITS / 64]))
    }
}

/// A name in the tree.
#[derive(Debug)]
struct Name<T> {
    meaning: T,
    /// How each word is written: where in the tree's list of cases.
    cases: Range<u32>,
    /// The next name that ends at the same node.
    next: u32,
}

/// The end of a way through the tree.
#[derive(Debug, Clone, Copy)]
struct Node {
    /// The first name that ends here.
    first: u32,
    /// Whether a longer name goes on from here.
    goes_on: bool,
}

/// No name.
const NONE: u32 = u32::MAX;

/// Endings that are spelt in two ways.
const SPELLINGS: [(&str, &str); 6] = [
    ("ization", "isation"),
    ("isation", "ization"),
    ("Defence", "Defense"),
    ("Defense", "Defence"),
    ("Labour", "Labor"),
    ("Centre", "Center"),
];

/// A tree of names, word by word.
#[derive(Debug)]
pub struct NameTree<T> {
    edges: KeyMap<u64, u32>,
    nodes: Vec<Node>,
    names: Vec<Name<T>>,
    cases: Vec<Case>,
    /// The first words of names, and those of names that begin with a small letter: all others are passed over.
    firsts: KeySet,
    small: KeySet,
    /// Whether words are compared without their endings.
    stems: bool,
}

/// A name found: which words of the line, and what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found<T> {
    /// Index of its first word.
    pub from: usize,
    /// Index one past its last word.
    pub to: usize,
    /// Bytes of the first word that are a prefix and not part of the name (Arabic "and", "in", "to").
    pub prefix: usize,
    /// What it means.
    pub meaning: T,
}

impl<T> Default for NameTree<T> {
    fn default() -> Self {
        Self {
            edges: KeyMap::default(),
            nodes: vec![Node { first: NONE, goes_on: false }],
            names: Vec::new(),
            cases: Vec::new(),
            firsts: KeySet::default(),
            small: KeySet::default(),
            stems: false,
        }
    }
}

impl<T: Copy + PartialEq> NameTree<T> {
    /// Whether there is no name in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Adds a name, in its other spelling too ("organization", "organisation"). A text without words is no name.
    pub fn insert(&mut self, name: &str, meaning: T) {
        static FINDERS: LazyLock<[Finder<'_>; 6]> = LazyLock::new(|| SPELLINGS.map(|(one, _)| Finder::new(one)));
        self.insert_spelling(name, meaning);
        for (finder, (one, other)) in FINDERS.iter().zip(SPELLINGS) {
            if finder.find(name.as_bytes()).is_some() {
                self.insert_spelling(&name.replace(one, other), meaning);
            }
        }
    }

    fn insert_spelling(&mut self, name: &str, meaning: T) {
        let mut words = words(name);
        if self.stems {
            words = stemmed(name, &words);
        }
        let line = Line { text: name, words: &words };
        let mut node = 0;
        let Some(first) = words.first() else { return };
        self.firsts.insert(first.key);
        if first.case == Case::Lower {
            self.small.insert(first.key);
        }
        for (i, word) in words.iter().enumerate() {
            let edge = if i == 0 { word.key } else { step(word.key, gap_key(line.gap(i - 1))) };
            node = match self.edges.get(&way(node, edge)) {
                Some(&next) => next,
                None => self.grow(node, edge),
            };
        }
        self.end(node, &words, meaning);
    }

    /// Makes a name end at a node, unless the same ends there.
    #[expect(clippy::cast_possible_truncation, reason = "there are thousands of names, not billions")]
    fn end(&mut self, node: u32, words: &[Word], meaning: T) {
        let mut last = NONE;
        let mut at = self.nodes[node as usize].first;
        while at != NONE {
            let name = &self.names[at as usize];
            let same = self.written(name).iter().copied().eq(words.iter().map(|w| w.case));
            if same && name.meaning == meaning {
                return;
            }
            (last, at) = (at, name.next);
        }
        let new = self.names.len() as u32;
        let start = self.cases.len() as u32;
        self.cases.extend(words.iter().map(|w| w.case));
        self.names.push(Name { meaning, cases: start..self.cases.len() as u32, next: NONE });
        match self.names.get_mut(last as usize) {
            Some(name) => name.next = new,
            None => self.nodes[node as usize].first = new,
        }
    }

    /// How each word of a name is written.
    fn written(&self, name: &Name<T>) -> &[Case] {
        &self.cases[name.cases.start as usize..name.cases.end as usize]
    }

    #[expect(clippy::cast_possible_truncation, reason = "there are thousands of nodes, not billions")]
    fn grow(&mut self, node: u32, edge: u64) -> u32 {
        let next = self.nodes.len() as u32;
        self.nodes.push(Node { first: NONE, goes_on: false });
        self.nodes[node as usize].goes_on = true;
        self.edges.insert(way(node, edge), next);
        next
    }

    /// Every name that stands in the line, overlapping ones too, in order of start and length.
    #[must_use]
    pub fn find(&self, line: Line<'_>) -> Vec<Found<T>> {
        let mut found = Vec::new();
        if self.is_empty() {
            return found;
        }
        let stems;
        let line = if self.stems {
            stems = stemmed(line.text, line.words);
            Line { text: line.text, words: &stems }
        } else {
            line
        };
        for from in 0..line.words.len() {
            let word = line.words[from];
            let firsts = if word.case == Case::Lower { &self.small } else { &self.firsts };
            if firsts.may_contain(word.key)
                && let Some(&node) = self.edges.get(&word.key)
            {
                self.follow(line, from, 0, node, &mut found);
            }
            if word.case == Case::None {
                for (prefix, stripped) in arabic_prefixes(line.word(from)) {
                    if let Some(&node) = self.edges.get(&key(&stripped)) {
                        self.follow(line, from, prefix, node, &mut found);
                    }
                }
            }
        }
        found
    }

    fn follow(&self, line: Line<'_>, from: usize, prefix: usize, mut node: u32, found: &mut Vec<Found<T>>) {
        let mut to = from + 1;
        loop {
            let Node { first, goes_on } = self.nodes[node as usize];
            let mut end = first;
            while let Some(name) = self.names.get(end as usize) {
                if prefix > 0 || written_as(line, from, self.written(name)) {
                    found.push(Found { from, to, prefix, meaning: name.meaning });
                }
                end = name.next;
            }
            let Some(word) = line.words.get(to).filter(|_| goes_on) else { return };
            let edge = step(word.key, gap_key(line.gap(to - 1)));
            let Some(&next) = self.edges.get(&way(node, edge)) else { return };
            node = next;
            to += 1;
        }
    }
}

/// The key of a step from a node; from the root it is the step's own.
fn way(node: u32, edge: u64) -> u64 {
    edge ^ u64::from(node).wrapping_mul(0xd6e8_feb8_6659_fd93)
}

fn step(word: u64, gap: u64) -> u64 {
    word ^ gap.wrapping_mul(0x2545_f491_4f6c_dd1d)
}

/// Whether the words are written as the name demands: a capitalised word capitalised, an acronym in capitals.
fn written_as(line: Line<'_>, from: usize, cases: &[Case]) -> bool {
    let fits = |(i, case): (usize, &Case)| {
        let word = line.words[from + i];
        match case {
            Case::Capital => word.is_capital() || word.case == Case::Digits,
            Case::Upper => word.case == Case::Upper,
            Case::Lower | Case::Digits | Case::None => true,
        }
    };
    if !cases.iter().enumerate().all(fits) {
        return false;
    }
    let single = cases.len() == 1;
    // "A/XYZ/25/1" is a symbol, not the body that issued it.
    if single && in_symbol(line, from) {
        return false;
    }
    let shouted = |at: Option<usize>| at.and_then(|i| line.words.get(i)).is_some_and(|w| w.case == Case::Upper);
    let neighbours = [from.checked_sub(1), Some(from + 1)];
    // A common name in capitals among small letters is an acronym of something else.
    if single && cases[0] == Case::Capital && line.words[from].case == Case::Upper && line.words.len() > 1 {
        return neighbours.into_iter().any(shouted);
    }
    // A short acronym that is also a word ("WHO", "ECO") is not told from it in a heading all in capitals.
    let short_acronym = matches!(cases, [Case::Upper]) && line.words[from].span().len() <= 4;
    !(short_acronym && neighbours.into_iter().all(shouted))
}

/// Whether a word stands in a chain of words and numbers joined by slashes.
fn in_symbol(line: Line<'_>, at: usize) -> bool {
    let joint = |i: usize| matches!(line.gap(i), "/" | ".");
    let number = |i: usize| line.words.get(i).is_some_and(|w| w.case == Case::Digits);
    let before = (1..4).take_while(|n| at >= *n && joint(at - n)).any(|n| number(at - n));
    let after = (0..4).take_while(|n| joint(at + n)).any(|n| number(at + n + 1));
    before || after
}

/// An Arabic word without the particles written together with it, and how many bytes they take.
fn arabic_prefixes(word: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    let mut rest = word;
    for _ in 0..2 {
        let Some(first) = rest.chars().next() else { break };
        if !matches!(first, 'و' | 'ف' | 'ب' | 'ل' | 'ك') {
            break;
        }
        rest = &rest[first.len_utf8()..];
        if rest.chars().count() < 2 {
            break;
        }
        out.push((word.len() - rest.len(), rest.to_owned()));
        // "to the": the article loses its first letter.
        if first == 'ل' && rest.starts_with('ل') {
            out.push((word.len() - rest.len(), format!("ا{rest}")));
        }
    }
    out
}

/// The words of a name without "United Nations" and articles.
#[must_use]
pub fn content_words(name: &str) -> Vec<u64> {
    static EMPTY: LazyLock<[u64; 3]> = LazyLock::new(|| ["united", "nations", "the"].map(key));
    words(name).iter().map(|w| w.key).filter(|k| !EMPTY.contains(k)).collect()
}

/// What a name of the authorities means: which concept, by which kind of label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// Index of the concept in the ontology.
    pub concept: u32,
    /// How the label may be used.
    pub kind: LabelKind,
}

/// The tree of every name that may stand in a text of a language.
#[must_use]
pub fn names_of(concepts: &[Concept], language: Language) -> NameTree<Meaning> {
    let mut tree = NameTree { stems: language == Language::Ru, ..NameTree::default() };
    for (index, concept) in concepts.iter().enumerate() {
        #[expect(clippy::cast_possible_truncation, reason = "there are thousands of concepts, not billions")]
        let concept_index = index as u32;
        for label in concept.labels.iter().filter(|l| belongs(l, concept.class, language)) {
            let meaning = Meaning { concept: concept_index, kind: label.kind };
            tree.insert(&label.text, meaning);
            if label.language == Some(Language::En)
                && let Some(rest) = label.text.strip_prefix("United Nations ")
            {
                tree.insert(&format!("UN {rest}"), meaning);
            }
        }
    }
    tree
}

/// Whether a label may stand in a text of a language: its own, and in any other the English acronyms and the names of
/// groups and persons, which are not translated.
fn belongs(label: &Label, class: ConceptClass, language: Language) -> bool {
    match label.language {
        None => true,
        Some(own) if own == language => true,
        Some(Language::En) => {
            let acronym = label.text.len() > 3 && label.text.chars().all(|c| c.is_ascii_uppercase() || c == '-');
            let proper = matches!(class, ConceptClass::ArmedGroup | ConceptClass::Person)
                && matches!(language, Language::Fr | Language::Es);
            let certain = matches!(label.kind, LabelKind::Preferred | LabelKind::Alternative);
            certain && (acronym || proper)
        }
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(names: &[&str], text: &str, expected: &[&str]) {
        check_in(NameTree::default(), names, text, expected);
    }

    fn check_in(mut tree: NameTree<usize>, names: &[&str], text: &str, expected: &[&str]) {
        for (i, name) in names.iter().enumerate() {
            tree.insert(name, i);
        }
        let words = words(text);
        let line = Line { text, words: &words };
        let found: Vec<&str> = tree.find(line).iter().map(|f| line.phrase(f.from, f.to)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn all_overlapping_names_are_found_at_word_boundaries() {
        let names = ["United Nations", "United Nations Mission in S"];
        check(&names, "the United Nations Mission in Sudan", &["United Nations"]);
        check(&names, "the United Nations Mission in S.", &["United Nations", "United Nations Mission in S"]);
    }

    #[test]
    fn words_must_be_capitalised_where_the_name_is() {
        check(
            &["Group of Friends"],
            "group of friends, Group of Friends, GROUP OF FRIENDS",
            &["Group of Friends", "GROUP OF FRIENDS"],
        );
        check(&["ECO"], "Eco eco ECO", &["ECO"]);
        check(&["ECO"], "THE ECO DAY", &[]);
    }

    #[test]
    fn hyphens_quotes_and_spelling_do_not_matter_but_commas_do() {
        check(
            &["Counter-Piracy Centre"],
            "Counter Piracy Centre and Counter\u{2011}Piracy Centre's",
            &["Counter Piracy Centre", "Counter\u{2011}Piracy Centre"],
        );
        check(&["Da'wa Organization"], "Da\u{2019}wa Organisation", &["Da\u{2019}wa Organisation"]);
        check(&["Peace Security Board"], "Peace, Security Board", &[]);
    }

    #[test]
    fn russian_names_are_found_in_every_case() {
        let check = |names: &[&str], text: &str, expected: &[&str]| {
            check_in(NameTree { stems: true, ..NameTree::default() }, names, text, expected);
        };
        check(
            &["Генеральный секретарь"],
            "просит Генерального секретаря и Генеральным секретарем",
            &["Генерального секретаря", "Генеральным секретарем"],
        );
        check(&["Нигер"], "в Нигере, Нигерии и Нигера", &["Нигере", "Нигера"]);
        check(&["Руританская Республика"], "правительство Руританской Республики", &["Руританской Республики"]);
    }

    #[test]
    fn arabic_particles_and_chinese_characters_are_no_obstacle() {
        check(&["مجلس الأمن"], "ومجلس الأمن", &["ومجلس الأمن"]);
        check(&["الجمعية العامة"], "للجمعية العامة", &["للجمعية العامة"]);
        check(&["安全理事会"], "联合国安全理事会决定", &["安全理事会"]);
    }
}

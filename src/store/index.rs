//! A graph as one block of bytes that is queried where it lies: read in one go, opened in no time.
//!
//! Terms stand in order of spelling, front-coded in blocks of sixteen; triples are numbers of
//! terms, sorted in three orders, so that every pattern is one range. An Oxigraph store in memory
//! answers the same queries but takes a minute and gigabytes to fill with a large graph.
//!
//! Layout, numbers little-endian: magic, terms, triples, bytes of the dictionary, checksum (8 bytes
//! each); offset of each block (4 bytes each, one more than blocks); dictionary; the three orders
//! (3 x 4 bytes a triple).

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Write};
use std::ops::Range;

use oxigraph::model::{BlankNode, Literal, NamedNode, Term};

use crate::graph::Graph;

const MAGIC: [u8; 8] = *b"RESOGR\x00\x01";
const HEAD: usize = 40;
/// Terms in a block of the dictionary.
const BLOCK: usize = 16;
/// Bytes of a triple.
const TRIPLE: usize = 12;

/// A fault in the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// Other bytes.
    #[error("it is not a graph of this version of resograph")]
    NotAGraph,
    /// Fewer or more bytes than it says.
    #[error("it is cut off or longer than it says")]
    WrongLength,
    /// The bytes are not those written.
    #[error("its checksum is wrong")]
    WrongChecksum,
    /// More than the format holds.
    #[error("the graph is too large for one file: more than 4 GiB of names")]
    TooLarge,
}

/// The orders that triples are sorted in, each with the places of its parts in subject, predicate, object.
const ORDERS: [[usize; 3]; 3] = [[0, 1, 2], [1, 2, 0], [2, 0, 1]];

/// A graph that is queried where it lies.
#[derive(Debug)]
pub struct Index {
    data: Vec<u8>,
    terms: usize,
    triples: usize,
    dictionary: usize,
    orders: [usize; 3],
    /// Numbers of the IRIs: literals come before, blank nodes after.
    iris: Range<usize>,
}

/// The triples that match a pattern, as numbers of terms.
#[derive(Debug, Clone)]
pub struct Matches {
    order: usize,
    range: Range<usize>,
}

impl Matches {
    /// The next one.
    pub fn next(&mut self, index: &Index) -> Option<[u32; 3]> {
        let at = self.range.next()?;
        let parts = index.record(self.order, at);
        let mut triple = [0; 3];
        for (part, place) in parts.into_iter().zip(ORDERS[self.order]) {
            triple[place] = part;
        }
        Some(triple)
    }

    /// How many are left.
    #[must_use]
    pub fn len(&self) -> usize {
        self.range.len()
    }

    /// Whether none is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.range.is_empty()
    }
}

/// The bytes of a graph.
///
/// # Errors
/// When the names alone take more than 4 GiB.
pub fn encode(graph: &Graph) -> Result<Vec<u8>, Damage> {
    let (blocks, dictionary) = dictionary(graph)?;
    let mut data =
        Vec::with_capacity(HEAD + blocks.len() * 4 + dictionary.len() + 4 + graph.triples.len() * TRIPLE * 3);
    data.extend(MAGIC);
    for number in [graph.terms.len(), graph.triples.len(), dictionary.len(), 0] {
        data.extend((number as u64).to_le_bytes());
    }
    data.extend(blocks.iter().flat_map(|b| b.to_le_bytes()));
    data.extend(dictionary);
    for order in ORDERS {
        let mut triples: Vec<[u32; 3]> = graph.triples.iter().map(|t| order.map(|place| t[place])).collect();
        triples.sort_unstable();
        data.extend(triples.iter().flatten().flat_map(|id| id.to_le_bytes()));
    }
    let sum = checksum(&data[HEAD..]);
    data[HEAD - 8..HEAD].copy_from_slice(&sum.to_le_bytes());
    Ok(data)
}

/// Offsets of the blocks, with the end; and the blocks.
fn dictionary(graph: &Graph) -> Result<(Vec<u32>, Vec<u8>), Damage> {
    let (mut blocks, mut bytes) = (Vec::new(), Vec::new());
    for block in graph.terms.chunks(BLOCK) {
        blocks.push(u32::try_from(bytes.len()).map_err(|_| Damage::TooLarge)?);
        let mut before: &[u8] = &[];
        for term in block {
            let term = term.as_bytes();
            let shared = before.iter().zip(term).take_while(|(a, b)| a == b).count();
            number(&mut bytes, shared);
            number(&mut bytes, term.len() - shared);
            bytes.extend(&term[shared..]);
            before = term;
        }
    }
    blocks.push(u32::try_from(bytes.len()).map_err(|_| Damage::TooLarge)?);
    Ok((blocks, bytes))
}

/// Appends a number, seven bits a byte, the least first.
fn number(out: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn read_number(bytes: &[u8], at: &mut usize) -> usize {
    let (mut value, mut shift) = (0, 0);
    loop {
        let Some(&byte) = bytes.get(*at) else { return value };
        *at += 1;
        value |= usize::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 == 0 || shift >= usize::BITS {
            return value;
        }
    }
}

/// Tells damaged bytes from whole ones at the speed of memory. It guards against accidents, not attacks.
fn checksum(data: &[u8]) -> u64 {
    const PRIME: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut lanes = [1_u64, 2, 3, 4];
    let mut chunks = data.chunks_exact(32);
    for chunk in &mut chunks {
        for (lane, word) in lanes.iter_mut().zip(chunk.chunks_exact(8)) {
            let word = u64::from_le_bytes(word.try_into().expect("eight bytes"));
            *lane = (*lane ^ word).wrapping_mul(PRIME).rotate_left(29);
        }
    }
    let rest = chunks.remainder().iter().fold(data.len() as u64, |sum, b| (sum ^ u64::from(*b)).wrapping_mul(PRIME));
    lanes.iter().fold(rest, |sum, lane| (sum.rotate_left(17) ^ lane).wrapping_mul(PRIME))
}

impl Index {
    /// Takes the bytes of a graph.
    ///
    /// # Errors
    /// When they are not those that [`encode`] gave.
    pub fn new(data: Vec<u8>) -> Result<Self, Damage> {
        if data.len() < HEAD || data[..8] != MAGIC {
            return Err(Damage::NotAGraph);
        }
        let field = |n: usize| u64::from_le_bytes(data[8 * n..8 * n + 8].try_into().expect("eight bytes"));
        let size = |n: usize| usize::try_from(field(n)).map_err(|_| Damage::WrongLength);
        let (terms, triples, words) = (size(1)?, size(2)?, size(3)?);
        let dictionary = (terms.div_ceil(BLOCK) + 1).checked_mul(4).and_then(|b| b.checked_add(HEAD));
        let first = dictionary.and_then(|d| d.checked_add(words));
        let order = triples.checked_mul(TRIPLE);
        let (Some(dictionary), Some(first), Some(order)) = (dictionary, first, order) else {
            return Err(Damage::WrongLength);
        };
        if order.checked_mul(3).and_then(|o| o.checked_add(first)) != Some(data.len()) {
            return Err(Damage::WrongLength);
        }
        if checksum(&data[HEAD..]) != field(4) {
            return Err(Damage::WrongChecksum);
        }
        let orders = [first, first + order, first + 2 * order];
        let mut index = Self { terms, triples, dictionary, orders, data, iris: 0..0 };
        index.iris = index.lower_bound(b"<")..index.lower_bound(b"_");
        Ok(index)
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.data
    }

    /// How many triples.
    #[must_use]
    pub fn len(&self) -> usize {
        self.triples
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.triples == 0
    }

    /// How many terms.
    #[must_use]
    pub fn terms(&self) -> usize {
        self.terms
    }

    fn u32_at(&self, at: usize) -> u32 {
        u32::from_le_bytes(self.data[at..at + 4].try_into().expect("four bytes"))
    }

    fn record(&self, order: usize, at: usize) -> [u32; 3] {
        let at = self.orders[order] + at * TRIPLE;
        [self.u32_at(at), self.u32_at(at + 4), self.u32_at(at + 8)]
    }

    /// The bytes of a block of the dictionary.
    fn block(&self, block: usize) -> &[u8] {
        let offset = |n: usize| self.dictionary + self.u32_at(HEAD + 4 * n) as usize;
        &self.data[offset(block)..offset(block + 1)]
    }

    fn blocks(&self) -> usize {
        self.terms.div_ceil(BLOCK)
    }

    /// The first term of a block, which shares nothing with another.
    fn head(&self, block: usize) -> &[u8] {
        let bytes = self.block(block);
        let mut at = 0;
        read_number(bytes, &mut at);
        let rest = read_number(bytes, &mut at);
        &bytes[at..at + rest]
    }

    /// Calls `each` with the terms of a block until it returns false.
    fn scan(&self, block: usize, mut each: impl FnMut(&[u8]) -> bool) {
        let bytes = self.block(block);
        let (mut at, mut term) = (0, Vec::new());
        while at < bytes.len() {
            let shared = read_number(bytes, &mut at);
            let rest = read_number(bytes, &mut at);
            term.truncate(shared);
            term.extend_from_slice(&bytes[at..at + rest]);
            at += rest;
            if !each(&term) {
                return;
            }
        }
    }

    /// A term as N-Triples spells it.
    #[must_use]
    pub fn spelling(&self, id: u32) -> String {
        let (block, mut skip) = (id as usize / BLOCK, id as usize % BLOCK);
        let mut found = String::new();
        self.scan(block, |term| {
            if skip > 0 {
                skip -= 1;
                return true;
            }
            found = String::from_utf8_lossy(term).into_owned();
            false
        });
        found
    }

    /// A term.
    #[must_use]
    pub fn term(&self, id: u32) -> Term {
        parse(&self.spelling(id))
    }

    /// The first number whose term is not before `spelling`.
    fn lower_bound(&self, spelling: &[u8]) -> usize {
        let (mut low, mut high) = (0, self.blocks());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.head(middle) <= spelling { low = middle + 1 } else { high = middle }
        }
        let Some(block) = low.checked_sub(1) else { return 0 };
        let mut id = block * BLOCK;
        self.scan(block, |term| {
            let before = term < spelling;
            id += usize::from(before);
            before
        });
        id
    }

    /// What sort of term a number stands for: `Literal`, `IRI` or `BlankNode`. The first character of a
    /// spelling tells, and the terms are in its order.
    #[must_use]
    pub fn kind(&self, id: u32) -> &'static str {
        match id as usize {
            id if id < self.iris.start => "Literal",
            id if id < self.iris.end => "IRI",
            _ => "BlankNode",
        }
    }

    /// Writes the triples as N-Triples, in order.
    ///
    /// # Errors
    /// When `out` does.
    pub fn write_ntriples(&self, mut out: impl Write) -> io::Result<()> {
        let mut predicates = HashMap::new();
        let (mut last, mut subject) = (None, String::new());
        for at in 0..self.triples {
            let [s, p, o] = self.record(0, at);
            if last != Some(s) {
                (last, subject) = (Some(s), self.spelling(s));
            }
            let predicate: &String = predicates.entry(p).or_insert_with(|| self.spelling(p));
            let object = self.spelling(o);
            for part in [&subject, " ", predicate, " ", &object, " .\n"] {
                out.write_all(part.as_bytes())?;
            }
        }
        Ok(())
    }

    /// The number of a term.
    #[must_use]
    pub fn id(&self, spelling: &str) -> Option<u32> {
        let id = u32::try_from(self.lower_bound(spelling.as_bytes())).ok()?;
        ((id as usize) < self.terms && self.spelling(id) == spelling).then_some(id)
    }

    /// The numbers of all terms whose spelling begins with `prefix`.
    #[must_use]
    pub fn beginning_with(&self, prefix: &str) -> Range<u32> {
        let start = self.lower_bound(prefix.as_bytes());
        // No UTF-8 text holds the byte 0xFF.
        let end = self.lower_bound(&[prefix.as_bytes(), &[0xff]].concat());
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        number(start)..number(end)
    }

    /// The triples that match a pattern.
    #[must_use]
    pub fn find(&self, subject: Option<u32>, predicate: Option<u32>, object: Option<u32>) -> Matches {
        let pattern = [subject, predicate, object];
        // The order in which the given parts stand first.
        let order = match pattern.map(|p| p.is_some()) {
            [true, true, _] | [true, false, false] | [false, false, false] => 0,
            [false, true, _] => 1,
            [_, false, true] => 2,
        };
        let given: Vec<u32> = ORDERS[order].iter().map_while(|place| pattern[*place]).collect();
        let key = |at: usize| -> std::cmp::Ordering { self.record(order, at)[..given.len()].cmp(&given) };
        let start = partition(0, self.triples, |at| key(at).is_lt());
        let end = partition(start, self.triples, |at| key(at).is_le());
        Matches { order, range: start..end }
    }
}

/// The first number from `low` to `high` for which `before` no longer holds.
fn partition(mut low: usize, mut high: usize, before: impl Fn(usize) -> bool) -> usize {
    while low < high {
        let middle = usize::midpoint(low, high);
        if before(middle) { low = middle + 1 } else { high = middle }
    }
    low
}

/// A term from its spelling in N-Triples.
#[must_use]
pub fn parse(spelling: &str) -> Term {
    if let Some(iri) = spelling.strip_prefix('<') {
        return NamedNode::new_unchecked(iri.trim_end_matches('>')).into();
    }
    if let Some(name) = spelling.strip_prefix("_:") {
        return BlankNode::new_unchecked(name).into();
    }
    let inner = spelling.strip_prefix('"').unwrap_or(spelling);
    if let Some(value) = inner.strip_suffix('"') {
        return Literal::new_simple_literal(unquote(value)).into();
    }
    if let Some((value, datatype)) = inner.strip_suffix('>').and_then(|i| i.rsplit_once("\"^^<")) {
        return Literal::new_typed_literal(unquote(value), NamedNode::new_unchecked(datatype)).into();
    }
    let (value, language) = inner.rsplit_once("\"@").unwrap_or((inner, "und"));
    Literal::new_language_tagged_literal_unchecked(unquote(value), language).into()
}

fn unquote(value: &str) -> Cow<'_, str> {
    if !value.contains('\\') {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        out.push(match chars.next() {
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('u') => code_point(&mut chars, 4),
            Some('U') => code_point(&mut chars, 8),
            Some(c) => c,
            None => '\\',
        });
    }
    Cow::Owned(out)
}

fn code_point(chars: &mut std::str::Chars<'_>, digits: usize) -> char {
    let hex: String = chars.by_ref().take(digits).collect();
    u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Graph {
        let names: Vec<String> = (0..100).map(|n| format!("<https://example.org/{}/{n}>", n % 7)).collect();
        let texts: Vec<String> = (0..50).map(|n| format!("\"text {n}\"@en")).collect();
        Graph::from_spelt((0..600).map(|n| {
            [names[n % 90].as_str(), &names[90 + n % 5], if n % 2 == 0 { &texts[n % 50] } else { &names[n % 100] }]
        }))
    }

    #[test]
    fn every_term_is_found_by_number_and_by_spelling() {
        let graph = sample();
        let index = Index::new(encode(&graph).expect("small")).expect("whole");
        for (id, term) in (0..).zip(&graph.terms) {
            assert_eq!(index.spelling(id), **term);
            assert_eq!(index.id(term), Some(id));
        }
        assert_eq!(index.id("<https://example.org/none>"), None);
        assert_eq!(index.id(""), None);
        assert_eq!(index.id("~"), None);
        let named = index.beginning_with("<https://example.org/3/");
        assert!(named.clone().all(|id| index.spelling(id).starts_with("<https://example.org/3/")));
        assert_eq!(named.len(), graph.terms.iter().filter(|t| t.starts_with("<https://example.org/3/")).count());
    }

    #[test]
    fn every_pattern_gives_what_a_scan_gives() {
        let graph = sample();
        let index = Index::new(encode(&graph).expect("small")).expect("whole");
        let probe = graph.triples[graph.triples.len() / 3];
        for mask in 0..8 {
            let part = |place: usize| (mask >> place & 1 == 1).then_some(probe[place]);
            let pattern = [part(0), part(1), part(2)];
            let fits = |t: &&[u32; 3]| pattern.iter().zip(*t).all(|(p, v)| p.is_none_or(|p| p == *v));
            let expected: Vec<_> = graph.triples.iter().filter(fits).copied().collect();
            let mut matches = index.find(pattern[0], pattern[1], pattern[2]);
            assert_eq!(matches.len(), expected.len());
            let mut found: Vec<_> = std::iter::from_fn(|| matches.next(&index)).collect();
            found.sort_unstable();
            assert_eq!(found, expected, "{pattern:?}");
        }
    }

    #[test]
    fn damaged_bytes_are_refused() {
        let whole = encode(&sample()).expect("small");
        let check = |data: Vec<u8>, expected: Damage| assert_eq!(Index::new(data).err(), Some(expected));
        check(Vec::new(), Damage::NotAGraph);
        check(b"<a> <b> <c> .\n<a> <b> <c> .\n<a> <b> <c> .\n".to_vec(), Damage::NotAGraph);
        check(whole[..whole.len() - 1].to_vec(), Damage::WrongLength);
        let mut turned = whole.clone();
        *turned.last_mut().expect("not empty") ^= 1;
        check(turned, Damage::WrongChecksum);
        let mut huge = whole;
        huge[8..16].copy_from_slice(&u64::MAX.to_le_bytes());
        check(huge, Damage::WrongLength);
    }

    #[test]
    fn terms_survive_their_spelling() {
        let named = NamedNode::new_unchecked("https://example.org/a");
        let terms: [Term; 6] = [
            named.clone().into(),
            BlankNode::new_unchecked("b0").into(),
            Literal::new_simple_literal("a \"b\"@c \\ \n\u{1}").into(),
            Literal::new_typed_literal("1", named).into(),
            Literal::new_language_tagged_literal_unchecked("un \"@\" mot", "fr").into(),
            Literal::new_simple_literal("\"^^<x>").into(),
        ];
        for term in terms {
            assert_eq!(parse(&term.to_string()), term);
        }
    }
}

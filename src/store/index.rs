//! A graph file that is queried where it lies: terms by number and by spelling, triples by pattern.
//!
//! What the file holds tells [`super::format`]. Every read is bounds-checked and of a page that was
//! held against its checksum, so that a damaged file gives a [`Damage`] and never a wrong answer.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Write};
use std::ops::Range;

use oxigraph::model::Term;

use super::bytes::Bytes;
use super::format::{BLOCK, Section};
pub use super::format::{Damage, Property};
pub use super::term::parse;
use crate::front_coding;

/// A graph that is queried where it lies.
#[derive(Debug)]
pub struct Index {
    bytes: Bytes,
    terms: usize,
    literals: usize,
    named: usize,
    triples: usize,
    /// In order of their terms.
    properties: Vec<Property>,
}

/// The columns that the triples of a pattern stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// Of the subject given by [`Matches::lead`]: property and object.
    Subject,
    /// Of the object given by `lead`: property and subject.
    Object,
    /// Of the property whose term is `lead`: object and subject.
    Property,
    /// Of all subjects from `lead` on.
    All,
}

/// The triples that match a pattern, as numbers of terms.
#[derive(Debug, Clone)]
pub struct Matches {
    order: Order,
    lead: u32,
    range: Range<usize>,
    /// What the other end must be besides.
    other: Option<u32>,
    /// `All`: where the triples of the subject end.
    end: usize,
}

impl Matches {
    fn of(order: Order, lead: u32, range: Range<usize>) -> Self {
        Self { order, lead, range, other: None, end: 0 }
    }

    /// The matches of a pattern that nothing matches.
    #[must_use]
    pub fn none() -> Self {
        Self::of(Order::Subject, 0, 0..0)
    }

    /// The next one.
    #[inline]
    pub fn next(&mut self, index: &Index) -> Option<Result<[u32; 3], Damage>> {
        loop {
            let at = self.range.next()?;
            match self.triple(index, at) {
                Ok(triple) => {
                    let end = if self.order == Order::Object { triple[0] } else { triple[2] };
                    if self.other.is_none_or(|other| other == end) {
                        return Some(Ok(triple));
                    }
                }
                Err(damage) => {
                    self.range = 0..0;
                    return Some(Err(damage));
                }
            }
        }
    }

    #[inline]
    fn triple(&mut self, index: &Index, at: usize) -> Result<[u32; 3], Damage> {
        let lead = self.lead;
        Ok(match self.order {
            Order::Subject => {
                [lead, index.property_at(Section::SubjectProperty, at)?, index.bytes.u32(Section::SubjectObject, at)?]
            }
            Order::Object => {
                [index.bytes.u32(Section::ObjectSubject, at)?, index.property_at(Section::ObjectProperty, at)?, lead]
            }
            Order::Property => {
                [index.bytes.u32(Section::PropertySubject, at)?, lead, index.bytes.u32(Section::PropertyObject, at)?]
            }
            Order::All => {
                while at >= self.end {
                    // Every triple has a subject: they end where the triples do.
                    self.lead = self.lead.checked_add(1).ok_or(Damage::Contradiction)?;
                    self.end = index.subject_range(self.lead)?.end;
                }
                let property = index.property_at(Section::SubjectProperty, at)?;
                [self.lead, property, index.bytes.u32(Section::SubjectObject, at)?]
            }
        })
    }

    /// At most how many are left; exactly as many, unless subject and object alone are given.
    #[must_use]
    pub fn most(&self) -> usize {
        self.range.len()
    }

    /// How many are left.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn count(&self, index: &Index) -> Result<usize, Damage> {
        if self.other.is_none() {
            return Ok(self.range.len());
        }
        let mut rest = self.clone();
        let mut count = 0;
        while let Some(triple) = rest.next(index) {
            triple?;
            count += 1;
        }
        Ok(count)
    }
}

impl Index {
    /// Opens a file: maps it, and reads a few pages.
    ///
    /// # Errors
    /// When it cannot be mapped; when it is not a graph file, or not whole as far as these pages tell.
    pub fn open(file: &File) -> io::Result<Result<Self, Damage>> {
        Ok(Bytes::open(file)?.and_then(Self::new))
    }

    /// Takes the bytes of a file.
    ///
    /// # Errors
    /// When they are not those of a graph file.
    pub fn of(data: Vec<u8>) -> Result<Self, Damage> {
        Self::new(Bytes::of(data)?)
    }

    fn new(bytes: Bytes) -> Result<Self, Damage> {
        // The header was checked: these are places of terms and triples in a file that is there.
        let header = bytes.header;
        let [terms, literals, named, triples] =
            [header.terms, header.literals, header.named, header.triples].map(|n| n as usize);
        let (_, length) = bytes.place(Section::Properties);
        let table = bytes.slice(Section::Properties, 0..length)?;
        let properties: Vec<_> = table.as_chunks::<{ Property::SIZE }>().0.iter().map(Property::from_bytes).collect();
        let mut end = 0;
        for property in &properties {
            if property.start != end || property.term as usize >= terms {
                return Err(Damage::Contradiction);
            }
            end = end.checked_add(property.count).ok_or(Damage::Contradiction)?;
        }
        if end as usize != triples || !properties.is_sorted_by_key(|p| p.term) {
            return Err(Damage::Contradiction);
        }
        Ok(Self { bytes, terms, literals, named, triples, properties })
    }

    /// Holds the whole file against its checksums.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn verify(&self) -> Result<(), Damage> {
        for section in Section::ALL {
            let (_, length) = self.bytes.place(section);
            self.bytes.slice(section, 0..length)?;
        }
        Ok(())
    }

    /// The bytes of the file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.bytes.raw()
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

    /// The properties, in order of their terms.
    #[must_use]
    pub fn properties(&self) -> &[Property] {
        &self.properties
    }

    /// A property by its term; `None` where no triple has it.
    #[must_use]
    pub fn property(&self, term: u32) -> Option<&Property> {
        self.properties.get(self.property_number(term)?)
    }

    fn property_number(&self, term: u32) -> Option<usize> {
        self.properties.binary_search_by_key(&term, |p| p.term).ok()
    }

    #[inline]
    fn property_at(&self, section: Section, at: usize) -> Result<u32, Damage> {
        let number = self.bytes.u16(section, at)?;
        self.properties.get(usize::from(number)).map(|p| p.term).ok_or(Damage::Contradiction)
    }

    /// Numbers of the IRIs and blank nodes: these alone are subjects.
    #[must_use]
    pub fn nodes(&self) -> Range<u32> {
        self.literals as u32..self.terms as u32
    }

    /// What sort of term a number stands for: `Literal`, `IRI` or `BlankNode`.
    #[must_use]
    pub fn kind(&self, id: u32) -> &'static str {
        match id as usize {
            id if id < self.literals => "Literal",
            id if id < self.named => "IRI",
            _ => "BlankNode",
        }
    }

    fn blocks(&self) -> usize {
        self.terms.div_ceil(BLOCK)
    }

    /// The bytes of a block of the dictionary.
    fn block(&self, block: usize) -> Result<&[u8], Damage> {
        let offset = |n: usize| self.bytes.u64(Section::Blocks, n);
        self.bytes.slice(Section::Dictionary, offset(block)?..offset(block + 1)?)
    }

    /// The first term of a block, which shares nothing with another.
    fn head(&self, block: usize) -> Result<&[u8], Damage> {
        let mut bytes = self.block(block)?;
        let shared = front_coding::take_number(&mut bytes).filter(|shared| *shared == 0);
        let length = shared.and_then(|_| front_coding::take_number(&mut bytes));
        length.and_then(|length| bytes.get(..length)).ok_or(Damage::Contradiction)
    }

    /// Calls `each` with the terms of a block until it returns false.
    fn scan(&self, block: usize, mut each: impl FnMut(&[u8]) -> bool) -> Result<(), Damage> {
        let (mut bytes, mut term) = (self.block(block)?, Vec::new());
        while !bytes.is_empty() {
            front_coding::next(&mut bytes, &mut term, 0).ok_or(Damage::Contradiction)?;
            if !each(&term) {
                break;
            }
        }
        Ok(())
    }

    /// A term as N-Triples spells it.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn spelling(&self, id: u32) -> Result<String, Damage> {
        let (block, place) = (id as usize / BLOCK, id as usize % BLOCK);
        let (mut bytes, mut term) = (self.block(block)?, Vec::with_capacity(96));
        for _ in 0..=place {
            front_coding::next(&mut bytes, &mut term, 0).ok_or(Damage::Contradiction)?;
        }
        String::from_utf8(term).map_err(|_| Damage::Contradiction)
    }

    /// Calls `each` with the spellings of the given numbers, which ascend, so that neighbours are read in
    /// one go.
    ///
    /// # Errors
    /// When the file is damaged.
    pub(super) fn spell(&self, ids: &[u32], mut each: impl FnMut(&str)) -> Result<(), Damage> {
        let mut ids = ids.iter().map(|id| *id as usize).peekable();
        while let Some(first) = ids.peek() {
            let block = first / BLOCK;
            let (mut id, mut damage) = (block * BLOCK, None);
            self.scan(block, |term| {
                if ids.next_if_eq(&id).is_some() {
                    match std::str::from_utf8(term) {
                        Ok(spelling) => each(spelling),
                        Err(_) => damage = Some(Damage::Contradiction),
                    }
                }
                id += 1;
                ids.peek().is_some_and(|next| next / BLOCK == block)
            })?;
            if damage.is_some() || ids.peek().is_some_and(|next| next / BLOCK == block) {
                return Err(Damage::Contradiction);
            }
        }
        Ok(())
    }

    /// A term.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn term(&self, id: u32) -> Result<Term, Damage> {
        Ok(parse(&self.spelling(id)?))
    }

    /// The first number whose term is not before `spelling`, and whether it is the same.
    fn lower_bound(&self, spelling: &[u8]) -> Result<(usize, bool), Damage> {
        let after = partition(0..self.blocks(), |block| Ok(self.head(block)? <= spelling))?;
        let Some(block) = after.checked_sub(1) else { return Ok((0, false)) };
        let (mut id, mut same) = (block * BLOCK, false);
        self.scan(block, |term| {
            let before = term < spelling;
            id += usize::from(before);
            same = term == spelling;
            before
        })?;
        Ok((id, same))
    }

    /// The number of a term.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn id(&self, spelling: &str) -> Result<Option<u32>, Damage> {
        let (id, same) = self.lower_bound(spelling.as_bytes())?;
        Ok(u32::try_from(id).ok().filter(|_| same))
    }

    /// The numbers of all terms whose spelling begins with `prefix`.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn beginning_with(&self, prefix: &str) -> Result<Range<u32>, Damage> {
        let (start, _) = self.lower_bound(prefix.as_bytes())?;
        // No UTF-8 text holds the byte 0xFF.
        let (end, _) = self.lower_bound(&[prefix.as_bytes(), &[0xff]].concat())?;
        Ok(start as u32..end as u32)
    }

    /// Where the triples of a subject stand.
    fn subject_range(&self, subject: u32) -> Result<Range<usize>, Damage> {
        match (subject as usize).checked_sub(self.literals) {
            Some(place) => self.range_at(Section::SubjectAt, place),
            None => Ok(0..0),
        }
    }

    fn range_at(&self, section: Section, place: usize) -> Result<Range<usize>, Damage> {
        let range = self.bytes.u32(section, place)? as usize..self.bytes.u32(section, place + 1)? as usize;
        if range.start > range.end || range.end > self.triples { Err(Damage::Contradiction) } else { Ok(range) }
    }

    /// The part of a range of triples of one subject or object that has a property.
    fn narrow(&self, section: Section, range: Range<usize>, property: usize) -> Result<Range<usize>, Damage> {
        let start = partition(range.clone(), |at| Ok(usize::from(self.bytes.u16(section, at)?) < property))?;
        let end = partition(start..range.end, |at| Ok(usize::from(self.bytes.u16(section, at)?) <= property))?;
        Ok(start..end)
    }

    /// Whether there is a triple.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn contains(&self, [subject, predicate, object]: [u32; 3]) -> Result<bool, Damage> {
        let found = self.find(Some(subject), Some(predicate), Some(object))?.next(self);
        Ok(found.transpose()?.is_some())
    }

    /// The triples that match a pattern: of one subject in order of property and object, else of one
    /// object in order of property and subject, else of one property in order of object and subject.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn find(&self, subject: Option<u32>, predicate: Option<u32>, object: Option<u32>) -> Result<Matches, Damage> {
        let property = match predicate.map(|term| self.property_number(term)) {
            Some(None) => return Ok(Matches::none()),
            Some(number) => number,
            None => None,
        };
        if [subject, object].into_iter().flatten().any(|id| id as usize >= self.terms) {
            return Ok(Matches::none());
        }
        match (subject, property, object) {
            (None, None, None) => {
                let mut all = Matches::of(Order::All, self.literals as u32, 0..self.triples);
                if self.terms > self.literals {
                    all.end = self.subject_range(self.literals as u32)?.end;
                }
                Ok(all)
            }
            (None, Some(number), None) => {
                let Property { term, start, count, .. } = self.properties[number];
                Ok(Matches::of(Order::Property, term, start as usize..start as usize + count as usize))
            }
            (Some(subject), property, None) => {
                let mut range = self.subject_range(subject)?;
                if let Some(property) = property {
                    range = self.narrow(Section::SubjectProperty, range, property)?;
                }
                Ok(Matches::of(Order::Subject, subject, range))
            }
            (None, property, Some(object)) => {
                let mut range = self.range_at(Section::ObjectAt, object as usize)?;
                if let Some(property) = property {
                    range = self.narrow(Section::ObjectProperty, range, property)?;
                }
                Ok(Matches::of(Order::Object, object, range))
            }
            (Some(subject), property, Some(object)) => {
                let (from, to) = (self.subject_range(subject)?, self.range_at(Section::ObjectAt, object as usize)?);
                let Some(property) = property else {
                    // The shorter way round; the other end is looked at one by one.
                    let (lead, order, range, other) = if from.len() <= to.len() {
                        (subject, Order::Subject, from, object)
                    } else {
                        (object, Order::Object, to, subject)
                    };
                    return Ok(Matches { other: Some(other), ..Matches::of(order, lead, range) });
                };
                let range = self.narrow(Section::SubjectProperty, from, property)?;
                let at = partition(range.clone(), |at| Ok(self.bytes.u32(Section::SubjectObject, at)? < object))?;
                let there = at < range.end && self.bytes.u32(Section::SubjectObject, at)? == object;
                Ok(Matches::of(Order::Subject, subject, at..at + usize::from(there)))
            }
        }
    }

    /// How many terms are subjects, and how many are objects.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn ends(&self) -> Result<(usize, usize), Damage> {
        let places = |count: usize, section| -> Result<usize, Damage> {
            let table = self.bytes.slice(section, 0..4 * (count + 1))?;
            Ok(table.as_chunks::<4>().0.windows(2).filter(|pair| pair[0] != pair[1]).count())
        };
        Ok((places(self.terms - self.literals, Section::SubjectAt)?, places(self.terms, Section::ObjectAt)?))
    }

    /// The objects of a property in order, each with how many triples it is the object of.
    ///
    /// # Errors
    /// When the file is damaged; what `each` returns is passed on.
    pub fn objects(&self, property: &Property, mut each: impl FnMut(u32, usize)) -> Result<(), Damage> {
        let end = property.start as usize + property.count as usize;
        let column = self.bytes.slice(Section::PropertyObject, 4 * property.start as usize..4 * end)?;
        for run in column.as_chunks::<4>().0.chunk_by(|a, b| a == b) {
            each(u32::from_le_bytes(run[0]), run.len());
        }
        Ok(())
    }

    /// Writes the triples as N-Triples, in order.
    ///
    /// # Errors
    /// When `out` does, or the file is damaged.
    pub fn write_ntriples(&self, mut out: impl Write) -> io::Result<()> {
        let damaged = |damage: Damage| io::Error::new(io::ErrorKind::InvalidData, damage);
        let mut predicates = HashMap::new();
        let (mut last, mut subject) = (None, String::new());
        let mut all = self.find(None, None, None).map_err(damaged)?;
        while let Some(triple) = all.next(self) {
            let [s, p, o] = triple.map_err(damaged)?;
            if last != Some(s) {
                (last, subject) = (Some(s), self.spelling(s).map_err(damaged)?);
            }
            if let std::collections::hash_map::Entry::Vacant(entry) = predicates.entry(p) {
                entry.insert(self.spelling(p).map_err(damaged)?);
            }
            let object = self.spelling(o).map_err(damaged)?;
            for part in [&subject, " ", &predicates[&p], " ", &object, " .\n"] {
                out.write_all(part.as_bytes())?;
            }
        }
        Ok(())
    }
}

/// The first number of a range for which `before` no longer holds.
fn partition(range: Range<usize>, before: impl Fn(usize) -> Result<bool, Damage>) -> Result<usize, Damage> {
    let Range { start: mut low, end: mut high } = range;
    while low < high {
        let middle = usize::midpoint(low, high);
        if before(middle)? { low = middle + 1 } else { high = middle }
    }
    Ok(low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Graph;
    use crate::store::write::encode;

    /// Large enough to fill several pages of every column.
    fn sample(triples: usize) -> Graph {
        let names: Vec<String> = (0..400).map(|n| format!("<https://example.org/{}/{n}>", n % 7)).collect();
        let texts: Vec<String> = (0..3000).map(|n| format!("\"text {n} {}\"@en", "word ".repeat(n % 9))).collect();
        Graph::from_spelt((0..triples).map(|n| {
            let object = if n % 2 == 0 { &texts[n * 7 % 3000] } else { &names[n * 13 % 400] };
            [names[n % 390].as_str(), &names[390 + n % 5], object]
        }))
    }

    fn index(graph: &Graph) -> Index {
        Index::of(encode(graph).expect("small")).expect("whole")
    }

    #[test]
    fn every_term_is_found_by_number_and_by_spelling() {
        let graph = sample(600);
        let index = index(&graph);
        for (id, term) in (0..).zip(&graph.terms) {
            assert_eq!(index.spelling(id).as_deref(), Ok(&**term));
            assert_eq!(index.id(term), Ok(Some(id)));
        }
        for unknown in ["<https://example.org/none>", "", "~"] {
            assert_eq!(index.id(unknown), Ok(None));
        }
        let named = index.beginning_with("<https://example.org/3/").expect("whole");
        assert!(named.clone().all(|id| index.spelling(id).expect("whole").starts_with("<https://example.org/3/")));
        assert_eq!(named.len(), graph.terms.iter().filter(|t| t.starts_with("<https://example.org/3/")).count());
    }

    fn found(index: &Index, pattern: [Option<u32>; 3]) -> Result<Vec<[u32; 3]>, Damage> {
        let mut matches = index.find(pattern[0], pattern[1], pattern[2])?;
        let count = matches.count(index)?;
        let mut found: Vec<_> = std::iter::from_fn(|| matches.next(index)).collect::<Result<_, _>>()?;
        assert_eq!(found.len(), count, "{pattern:?}");
        found.sort_unstable();
        Ok(found)
    }

    #[test]
    fn every_pattern_gives_what_a_scan_gives() {
        let graph = sample(2000);
        let index = index(&graph);
        for probe in graph.triples.iter().step_by(97) {
            for mask in 0..8 {
                let part = |place: usize| (mask >> place & 1 == 1).then_some(probe[place]);
                let pattern = [part(0), part(1), part(2)];
                let fits = |t: &&[u32; 3]| pattern.iter().zip(*t).all(|(p, v)| p.is_none_or(|p| p == *v));
                let expected: Vec<_> = graph.triples.iter().filter(fits).copied().collect();
                assert_eq!(found(&index, pattern), Ok(expected), "{pattern:?}");
            }
        }
        assert_eq!(found(&index, [Some(u32::MAX), None, None]), Ok(Vec::new()));
        assert_eq!(found(&index, [None, Some(0), None]), Ok(Vec::new()));
    }

    #[test]
    fn properties_know_how_many_triples_subjects_and_objects_they_have() {
        let graph = sample(2000);
        let index = index(&graph);
        for property in index.properties() {
            let of: Vec<_> = graph.triples.iter().filter(|t| t[1] == property.term).collect();
            let different = |place: usize| of.iter().map(|t| t[place]).collect::<std::collections::BTreeSet<_>>().len();
            assert_eq!(property.count as usize, of.len());
            assert_eq!((property.subjects as usize, property.objects as usize), (different(0), different(2)));
            let mut runs = 0;
            index.objects(property, |_, count| runs += count).expect("whole");
            assert_eq!(runs, of.len());
        }
    }

    #[test]
    fn an_empty_graph_is_a_graph() {
        let index = index(&Graph::default());
        assert_eq!((index.len(), index.terms(), index.id("<a>")), (0, 0, Ok(None)));
        assert_eq!(found(&index, [None; 3]), Ok(Vec::new()));
        assert_eq!(index.verify(), Ok(()));
    }

    #[test]
    fn foreign_and_cut_files_are_refused() {
        let whole = encode(&sample(600)).expect("small");
        let check = |data: Vec<u8>, expected: Damage| assert_eq!(Index::of(data).err(), Some(expected));
        check(Vec::new(), Damage::NotAGraph);
        check(b"<a> <b> <c> .\n<a> <b> <c> .\n<a> <b> <c> .\n".repeat(1000), Damage::NotAGraph);
        check(whole[..whole.len() - 1].to_vec(), Damage::WrongLength);
        check([&whole[..], b"\0"].concat(), Damage::WrongLength);
        let mut older = whole;
        older[7] = 1;
        check(older, Damage::NotAGraph);
    }

    /// Numbers that look random and are the same each time (SplitMix64).
    struct Random(u64);

    impl Random {
        fn below(&mut self, limit: usize) -> usize {
            self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            (z ^ (z >> 31)) as usize % limit
        }
    }

    /// Everything that can be asked of an index.
    fn read_all(index: &Index, graph: &Graph) -> Result<(), Damage> {
        assert_eq!(found(index, [None; 3])?, graph.triples);
        for (id, term) in (0..).zip(&graph.terms) {
            assert_eq!(index.spelling(id)?, **term);
            assert_eq!(index.id(term)?, Some(id));
        }
        // Each triple is looked for from each of its ends, and must be among as many as there are.
        let mut ends = [0, 0, 0];
        for place in 0..3 {
            let ids: std::collections::BTreeSet<u32> = graph.triples.iter().map(|t| t[place]).collect();
            for id in ids {
                let mut pattern = [None; 3];
                pattern[place] = Some(id);
                let triples = found(index, pattern)?;
                assert!(triples.iter().all(|t| t[place] == id && graph.triples.binary_search(t).is_ok()));
                ends[place] += triples.len();
            }
        }
        assert_eq!(ends, [graph.triples.len(); 3]);
        Ok(())
    }

    #[test]
    fn of_a_thousand_damaged_files_none_answers_wrongly() {
        let graph = sample(300);
        let whole = encode(&graph).expect("small");
        assert_eq!(read_all(&Index::of(whole.clone()).expect("whole"), &graph), Ok(()));
        let mut random = Random(1);
        let mut number = |limit: usize| random.below(limit);
        let (mut changed, mut refused) = (0, 0);
        for round in 0..1000 {
            let mut data = whole.clone();
            let at = number(data.len());
            match round % 5 {
                0 => data[at] ^= 1 << number(8),
                1 => data.truncate(at),
                2 => {
                    let end = (at + 1 + number(5000)).min(data.len());
                    data[at..end].fill(number(256) as u8);
                }
                3 => {
                    let other = number(data.len());
                    data.swap(at, other);
                }
                _ => drop(data.splice(at..at, std::iter::repeat_n(0, 1 + number(9)))),
            }
            changed += usize::from(data != whole);
            // What is answered is right, or the test fails in there.
            refused += usize::from(Index::of(data).and_then(|index| read_all(&index, &graph)).is_err());
        }
        assert_eq!(refused, changed);
        assert!(changed > 800, "{changed}");
    }

    #[test]
    fn a_file_that_contradicts_itself_is_no_way_out_of_its_bytes() {
        // Damaged as before, but with every checksum made right again, as somebody hostile would.
        let graph = sample(300);
        let whole = encode(&graph).expect("small");
        let mut random = Random(2);
        for _ in 0..1000 {
            let mut data = whole.clone();
            for _ in 0..=random.below(4) {
                let at = random.below(data.len());
                data[at] = random.below(256) as u8;
            }
            crate::store::write::seal(&mut data);
            let Ok(index) = Index::of(data) else { continue };
            for id in (0..index.terms() as u32 + 2).step_by(29) {
                let _ = index.spelling(id).map(|spelling| index.id(&spelling));
                for pattern in [[Some(id), None, None], [None, None, Some(id)], [None, Some(id), None], [None; 3]] {
                    let Ok(mut matches) = index.find(pattern[0], pattern[1], pattern[2]) else { continue };
                    let mut left = 500;
                    while let Some(Ok(_)) = matches.next(&index) {
                        left -= 1;
                        if left == 0 {
                            break;
                        }
                    }
                }
            }
        }
    }
}

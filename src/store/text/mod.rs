//! Full-text search over titles, paragraphs and names, by an index that lies beside the graph's.
//!
//! What is indexed is the literal and not the triple: a paragraph that a hundred documents share is
//! there once, by its number in the graph, and the graph tells whose it is. The texts themselves stand in
//! the graph alone. [`words`] says what a word is, [`wanted`] what can be looked for.

#[cfg(feature = "text")]
mod engine;
#[cfg(not(feature = "text"))]
#[path = "without.rs"]
mod engine;
pub mod wanted;
pub mod words;

use std::cmp::Reverse;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use oxigraph::model::{Literal, NamedNode, Term};

use super::changes::{InGraph, Overlay};
use super::index::{Damage, Index};
use crate::ontology::vocab;

/// The properties whose texts are searched.
pub const PROPERTIES: [&str; 5] =
    [vocab::ELI_TITLE, vocab::RG_TEXT, vocab::RDFS_LABEL, vocab::SKOS_PREF_LABEL, vocab::SKOS_ALT_LABEL];

/// Hits that are given unless more or fewer are asked for.
pub const USUAL: usize = 100;
/// Hits that are given at most.
pub const MOST: usize = 10_000;

/// Why there is no answer.
#[derive(Debug, Clone, thiserror::Error)]
pub enum TextError {
    /// The graph has no index of its texts.
    #[error("the graph has no index of its texts; build it again with \"resograph build --text\"")]
    Absent,
    /// This program cannot search.
    #[error("this program was compiled without full-text search; compile it with the feature \"text\"")]
    Without,
    /// It is not clear what is looked for.
    #[error("the search for texts is not understood: {0}")]
    Wanted(String),
    /// The index cannot be read or written.
    #[error("the index of texts cannot be used: {0}; build the graph again")]
    Broken(String),
    /// The graph cannot be read.
    #[error("the graph cannot be used: {0}; build it again")]
    Graph(#[from] Damage),
}

/// A text that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Whose it is.
    pub node: NamedNode,
    /// What of it.
    pub property: NamedNode,
    /// The text.
    pub value: Literal,
    /// How well it fits, in thousandths: finer differences would depend on the order of adding up.
    pub score: u32,
}

/// The texts of a graph; their index is opened when it is first asked.
pub(super) struct Texts {
    folder: PathBuf,
    opened: OnceLock<Result<engine::Searcher, TextError>>,
}

impl Texts {
    /// Those of the graph in `folder`, if they were indexed.
    pub(super) fn of(folder: PathBuf) -> Self {
        Self { folder, opened: OnceLock::new() }
    }

    fn searcher(&self) -> Result<&engine::Searcher, TextError> {
        self.opened.get_or_init(|| engine::Searcher::open(&self.folder)).as_ref().map_err(Clone::clone)
    }

    /// Opens the index now: a later build may remove it with its graph.
    pub(super) fn open(&self) -> Result<(), TextError> {
        self.searcher().map(|_| ())
    }

    /// The texts of `graph` in which `wanted` is found, the best first, then in order of IRI.
    pub(super) fn search(
        &self,
        graph: &Overlay,
        wanted: &str,
        property: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Hit>, TextError> {
        let wanted = wanted::parse(wanted)?;
        let searcher = self.searcher()?;
        let number = property.map(|iri| PROPERTIES.iter().position(|p| *p == iri));
        // A property that is not indexed has no texts.
        let (Some(number), limit @ 1..) = (number.map_or(Some(None), |n| n.map(Some)), limit.min(MOST)) else {
            return Ok(Vec::new());
        };
        let mut terms = Vec::new();
        for iri in PROPERTIES.iter().filter(|p| property.is_none_or(|wanted| wanted == **p)) {
            terms.extend(graph.id(&format!("<{iri}>"))?);
        }
        let found = searcher.search(&wanted, number, limit)?;
        let mut hits = Vec::new();
        for equal in found.chunk_by(|a, b| a.0 == b.0) {
            let mut rows = Vec::new();
            for &(_, text) in equal {
                for &property in &terms {
                    // A text that was removed since is found no more; one that was added is not indexed.
                    let matches = graph.find([None, Some(property), Some(text)], InGraph::Default)?;
                    for triple in matches.take(limit - hits.len()) {
                        rows.push(triple?.0);
                    }
                }
            }
            // Numbers are in order of spelling.
            rows.sort_unstable();
            for row in rows.into_iter().take(limit - hits.len()) {
                hits.push(hit(graph, row, equal[0].0)?);
            }
            if hits.len() == limit {
                break;
            }
        }
        Ok(hits)
    }
}

fn hit(graph: &Overlay, row: [u32; 3], score: u32) -> Result<Hit, TextError> {
    let [node, property, value] = row.map(|id| graph.term(id));
    match (node?, property?, value?) {
        (Term::NamedNode(node), Term::NamedNode(property), Term::Literal(value)) => {
            Ok(Hit { node, property, value, score })
        }
        _ => Err(Damage::Contradiction.into()),
    }
}

/// Indexes the texts of `graph` in a new folder.
pub(super) fn build(graph: &Index, folder: &Path) -> Result<(), TextError> {
    let mut texts: Vec<(u32, u8)> = Vec::new();
    for (number, iri) in (0..).zip(PROPERTIES) {
        if let Some(property) = graph.id(&format!("<{iri}>"))?.and_then(|term| graph.property(term)) {
            graph.objects(property, |text, _| texts.push((text, number)))?;
        }
    }
    texts.sort_unstable();
    texts.dedup();
    let mut writer = engine::Writer::create(folder)?;
    for same in texts.chunk_by(|a, b| a.0 == b.0) {
        if let Term::Literal(text) = graph.term(same[0].0)? {
            writer.add(same[0].0, text.value(), same.iter().map(|(_, property)| *property))?;
        }
    }
    writer.finish()
}

/// The parts of a text that are looked for, as ranges of bytes, in order and without overlap.
#[must_use]
pub fn marks(text: &str, wanted: &str) -> Vec<std::ops::Range<usize>> {
    let Ok(wanted) = wanted::parse(wanted) else { return Vec::new() };
    let (mut at, mut word, mut found) = (0, String::new(), Vec::new());
    while let Some(place) = words::next(text, &mut at, &mut word) {
        found.push((word.clone(), place));
    }
    let mut ranges: Vec<std::ops::Range<usize>> = Vec::new();
    for phrase in &wanted.with {
        let last = phrase.words.len() - 1;
        for window in found.windows(phrase.words.len()) {
            let fits = window.iter().zip(&phrase.words).enumerate().all(|(n, ((word, _), wanted))| {
                word == wanted || phrase.open && n == last && word.starts_with(wanted.as_str())
            });
            if fits {
                ranges.push(window[0].1.start..window[last].1.end);
            }
        }
    }
    ranges.sort_unstable_by_key(|range| (range.start, Reverse(range.end)));
    let mut kept: Vec<std::ops::Range<usize>> = Vec::new();
    for range in ranges {
        match kept.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => kept.push(range),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: &str, expected: &[&str]) {
        let found: Vec<_> = marks(text, wanted).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected, "{wanted} in {text}");
    }

    #[test]
    fn what_was_looked_for_is_marked() {
        check("Peace and security, peace", "peace", &["Peace", "peace"]);
        check("Violence sexuelle; sexuelle Gewalt", "\"violence sexuel*\"", &["Violence sexuelle"]);
        check("a b c", "\"a b\" \"b c\"", &["a b c"]);
        check("安全理事会", "理事", &["理事"]);
        check("nothing", "-peace x", &[]);
    }
}

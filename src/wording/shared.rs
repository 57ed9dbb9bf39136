//! Links of paragraphs -> how much wording each two documents share.

use std::collections::{BTreeMap, BTreeSet};

use super::paragraphs::Paragraphs;
use super::reuse::{Extent, Link};

/// Documents that have words from one paragraph; what more have is a formula, which says little of any two of them.
const MOST: usize = 40;

/// What two documents share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shared {
    /// Both, by number in [`Paragraphs::works`]; the first is the less.
    pub works: (u32, u32),
    /// Paragraphs of one that have most of their words from the other, or both from a third.
    pub paragraphs: u32,
    /// Words of these.
    pub words: u32,
}

/// What each two documents share, in order of their numbers; those that share nothing are left out.
///
/// Paragraphs that go back to the same first one count as shared between each two of their documents, where these are
/// at most 40; otherwise between a document and the one that it has the words from. A paragraph that is there in
/// several languages counts once, in the one that has most words.
#[must_use]
pub fn shared(paragraphs: &Paragraphs, links: &[Link]) -> Vec<Shared> {
    let mut groups: BTreeMap<usize, Vec<&Link>> = BTreeMap::new();
    for link in links.iter().filter(|link| link.extent != Extent::Stretch) {
        groups.entry(link.first).or_default().push(link);
    }
    // By works, then by paragraph of the later work: the words shared.
    let mut pairs: BTreeMap<(u32, u32), BTreeMap<&str, u32>> = BTreeMap::new();
    let mut tell = |a: u32, b: u32, paragraph: usize, words: u32| {
        if a != b {
            let of = pairs.entry((a.min(b), a.max(b))).or_default().entry(&paragraphs.all[paragraph].iri).or_default();
            *of = words.max(*of);
        }
    };
    let work = |place: usize| paragraphs.all[place].work;
    for (first, links) in groups {
        let works: BTreeSet<u32> = links.iter().map(|link| work(link.paragraph)).chain([work(first)]).collect();
        if works.len() > MOST {
            for link in links {
                tell(work(link.from), work(link.paragraph), link.paragraph, link.words);
            }
            continue;
        }
        // Of each work the paragraph that kept most.
        let mut members: BTreeMap<u32, (u32, usize)> = BTreeMap::from([(work(first), (u32::MAX, first))]);
        for link in links {
            let words = (f64::from(link.words) / link.kept * link.first_kept).round() as u32;
            let member = members.entry(work(link.paragraph)).or_insert((words, link.paragraph));
            *member = (words, link.paragraph).max(*member);
        }
        let members: Vec<_> = members.into_iter().collect();
        for (n, &(one, (words, _))) in members.iter().enumerate() {
            for &(other, (more, paragraph)) in &members[n + 1..] {
                tell(one, other, paragraph, words.min(more));
            }
        }
    }
    let sum = |(works, of): ((u32, u32), BTreeMap<&str, u32>)| Shared {
        works,
        paragraphs: u32::try_from(of.len()).unwrap_or(u32::MAX),
        words: of.values().sum(),
    };
    pairs.into_iter().map(sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::paragraphs::tests::corpus;
    use crate::wording::reuse::{Options, reuse};

    #[test]
    fn two_documents_that_both_have_words_of_a_third_share_them() {
        let (boats, nets) = ("urges all villages to lend their boats soon", "asks the fishers to mend their torn nets");
        let paragraphs =
            corpus(&[("A", "2001", &[boats, nets]), ("B", "2002", &[nets, boats]), ("C", "2003", &["ninety", boats])]);
        let links = reuse(&paragraphs, &Options::default());
        let expected = [((0, 1), 2, 16), ((0, 2), 1, 8), ((1, 2), 1, 8)];
        let found: Vec<_> = shared(&paragraphs, &links).iter().map(|s| (s.works, s.paragraphs, s.words)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_formula_ties_a_document_to_the_one_before_it_only() {
        let works: Vec<(String, String)> = (0..60).map(|n| (format!("W{n:02}"), (1900 + n).to_string())).collect();
        let text: &[&str] = &["decides to remain seized of this matter until spring"];
        let given: Vec<(&str, &str, &[&str])> = works.iter().map(|(name, year)| (&**name, &**year, text)).collect();
        let paragraphs = corpus(&given);
        let found = shared(&paragraphs, &reuse(&paragraphs, &Options::default()));
        assert_eq!(found.len(), 59);
        assert!(found.iter().all(|s| s.works.1 == s.works.0 + 1 && s.words == 9), "{found:?}");
    }
}

//! Who took over the words of a document's paragraphs, at whatever remove.

use std::collections::BTreeMap;

use super::align::{Table, align, kept};
use super::paragraphs::Paragraphs;
use super::reuse::Link;
use super::words::{measure, words};

/// A later paragraph with words of an earlier one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Later {
    /// Whose words.
    pub of: usize,
    /// Who has them.
    pub paragraph: usize,
    /// The share of the first's words that the second has, of 1.
    pub taken: f64,
    /// How often they were taken over between the two; 1 if directly.
    pub steps: u32,
}

/// Those that took over at least `least` of the words of each of some paragraphs, directly or through others; in order
/// of the paragraphs given, then of time.
#[must_use]
pub fn later(paragraphs: &Paragraphs, links: &[Link], of: impl IntoIterator<Item = usize>, least: f64) -> Vec<Later> {
    let mut takers: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for link in links {
        takers.entry(link.from).or_default().push(link.paragraph);
    }
    let mut table = Table::default();
    let mut all = Vec::new();
    for of in of {
        let own = words(&paragraphs.all[of].text);
        let measure = measure(paragraphs.all[of].language);
        let mut found = Vec::new();
        let mut open = vec![(of, 0)];
        while let Some((place, steps)) = open.pop() {
            for &paragraph in takers.get(&place).into_iter().flatten() {
                let runs = align(&own, &words(&paragraphs.all[paragraph].text), measure, &mut table);
                let taken = kept(&runs) as f64 / own.len().max(1) as f64;
                // Where they have gone, nobody takes them over.
                if taken >= least {
                    found.push(Later { of, paragraph, taken, steps: steps + 1 });
                    open.push((paragraph, steps + 1));
                }
            }
        }
        found.sort_by_key(|later| (paragraphs.when(later.paragraph).last(), later.paragraph));
        all.extend(found);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::paragraphs::tests::drifting;
    use crate::wording::reuse::{Options, reuse};

    #[test]
    fn words_are_followed_until_they_are_gone() {
        let paragraphs = drifting();
        let links = reuse(&paragraphs, &Options::default());
        let found: Vec<_> =
            later(&paragraphs, &links, [0], 0.5).iter().map(|l| (l.paragraph, l.taken, l.steps)).collect();
        assert_eq!(found, [(1, 0.75, 1), (2, 0.5, 2)]);
        assert_eq!(later(&paragraphs, &links, [3], 0.5), []);
    }
}

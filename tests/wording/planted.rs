//! Copies of paragraphs with some of their words changed, to see whether their originals are found.

use jiff::civil::Date;
use resograph::read::Language;
use resograph::wording::align::{Table, align, kept};
use resograph::wording::{Link, Paragraph, Paragraphs, Work, reuse::is_compared, words};

/// Numbers as if by chance, the same each time: SplitMix64.
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut hash = self.0;
        hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((hash ^ (hash >> 31)) % bound as u64) as usize
    }
}

/// Copies of paragraphs, in a document of its own behind all others.
pub struct Planted {
    pub paragraphs: Paragraphs,
    /// The copy and its original, by place.
    pub pairs: Vec<(usize, usize)>,
}

/// The words of a text as they are written; of Chinese, its characters.
fn written(paragraph: &Paragraph) -> Vec<&str> {
    let found = words::placed(&paragraph.text);
    found.into_iter().map(|(place, _)| &paragraph.text[place]).collect()
}

/// Copies `count` paragraphs of at least ten words (twenty Chinese characters), and replaces, removes or inserts words,
/// each as often, until `share` of them are changed.
pub fn plant(paragraphs: &Paragraphs, count: usize, share: f64, seed: u64) -> Planted {
    let mut chance = Chance(seed);
    let mut all = paragraphs.clone();
    let work = u32::try_from(all.works.len()).expect("fewer works");
    let date = Some(Date::constant(2200, 1, 1));
    all.works.push(Work { iri: "urn:planted".into(), label: "planted".into(), date, year: Some(2200) });
    let least = |p: &Paragraph| if p.language == Some(Language::Zh) { 20 } else { 10 };
    let long: Vec<usize> = (0..paragraphs.all.len())
        .filter(|&place| {
            let paragraph = &paragraphs.all[place];
            let dated = !paragraphs.work(paragraph).dated().is_empty();
            dated && is_compared(paragraph) && words::words(&paragraph.text).len() >= least(paragraph)
        })
        .collect();
    let mut pairs = Vec::new();
    for number in 0..count.min(long.len()) {
        let original = long[chance.below(long.len())];
        let paragraph = &paragraphs.all[original];
        let mut text: Vec<&str> = written(paragraph);
        let changes = ((text.len() as f64 * share).round() as usize).max(1);
        for _ in 0..changes {
            // Words of others, of the same language.
            let other = loop {
                let other = &paragraphs.all[long[chance.below(long.len())]];
                if other.language == paragraph.language {
                    break written(other);
                }
            };
            let (word, at) = (other[chance.below(other.len())], chance.below(text.len()));
            match chance.below(3) {
                0 => text[at] = word,
                1 => drop(text.remove(at)),
                _ => text.insert(at, word),
            }
        }
        let between = if paragraph.language == Some(Language::Zh) { "" } else { " " };
        pairs.push((all.all.len(), original));
        all.all.push(Paragraph {
            iri: format!("urn:planted#p{number}"),
            work,
            position: u32::try_from(number).expect("fewer paragraphs"),
            text: text.join(between),
            ..paragraph.clone()
        });
    }
    Planted { paragraphs: all, pairs }
}

/// The share of the copies that are linked to their original, or to a paragraph that has as many of their words.
pub fn found(planted: &Planted, links: &[Link]) -> f64 {
    let mut table = Table::default();
    let mut shared = |a: usize, b: usize| {
        let [a, b] = [a, b].map(|place| words::words(&planted.paragraphs.all[place].text));
        kept(&align(&a, &b, words::measure(None), &mut table))
    };
    let is_found = |&&(copy, original): &&(usize, usize)| {
        let link = links.iter().find(|link| link.paragraph == copy);
        link.is_some_and(|link| link.from == original || shared(link.from, copy) >= shared(original, copy))
    };
    planted.pairs.iter().filter(is_found).count() as f64 / planted.pairs.len() as f64
}

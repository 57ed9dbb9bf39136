//! Paragraphs in each language, with the work that each belongs to and its date.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::parse::Part;
use crate::read::Language;

/// A document that has paragraphs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// Its IRI.
    pub iri: String,
    /// Its symbol, or what else it is called.
    pub label: String,
    /// Its date, where the whole of it is known.
    pub date: Option<Date>,
    /// The year of its date.
    pub year: Option<i16>,
}

/// The days between which a document was made, both included; in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    first: i32,
    last: i32,
}

impl When {
    /// Nobody knows.
    pub const UNKNOWN: Self = Self { first: i32::MIN, last: i32::MAX };

    /// Whether every day it can have been is before every day of the other. What has the same date, or no date, is
    /// not before anything.
    #[must_use]
    pub fn before(self, other: Self) -> bool {
        self.last < other.first
    }

    /// A number that is less for what is before.
    pub(crate) fn last(self) -> i32 {
        self.last
    }

    /// The first day.
    pub(crate) fn first(self) -> i32 {
        self.first
    }
}

impl Work {
    /// When it was made, as closely as is known.
    #[must_use]
    pub fn when(&self) -> When {
        // Days of a calendar in which every month has 31: only their order counts.
        let day = |year: i16, month: i32, day: i32| i32::from(year) * 372 + month * 31 + day;
        match (self.date, self.year) {
            (Some(date), _) => {
                let exact = day(date.year(), i32::from(date.month()) - 1, i32::from(date.day()) - 1);
                When { first: exact, last: exact }
            }
            (None, Some(year)) => When { first: day(year, 0, 0), last: day(year, 11, 30) },
            (None, None) => When::UNKNOWN,
        }
    }

    /// The date, or else the year; empty where neither is known.
    #[must_use]
    pub fn dated(&self) -> String {
        let year = || self.year.map(|year| year.to_string());
        self.date.map(|date| date.to_string()).or_else(year).unwrap_or_default()
    }
}

/// A paragraph in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Its IRI; the same in all languages.
    pub iri: String,
    /// Number of its work in [`Paragraphs::works`].
    pub work: u32,
    /// What the text is written in, as far as the graph says.
    pub language: Option<Language>,
    /// Which part of the document it stands in.
    pub part: Part,
    /// Its place among the paragraphs of the document.
    pub position: u32,
    /// What it says.
    pub text: String,
}

impl Paragraph {
    /// Its name within the document: `op12`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.iri.split_once('#').map_or("", |(_, name)| name)
    }
}

/// Paragraphs, by work, then position, IRI and language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paragraphs {
    /// The documents, in order of IRI.
    pub works: Vec<Work>,
    /// Their paragraphs.
    pub all: Vec<Paragraph>,
}

impl Paragraphs {
    /// The work that a paragraph belongs to.
    ///
    /// # Panics
    /// When the paragraph is none of these.
    #[must_use]
    pub fn work(&self, paragraph: &Paragraph) -> &Work {
        &self.works[paragraph.work as usize]
    }

    /// When a paragraph was written.
    #[must_use]
    pub(crate) fn when(&self, paragraph: usize) -> When {
        self.work(&self.all[paragraph]).when()
    }

    /// The number of the work with an IRI.
    #[must_use]
    pub fn find(&self, iri: &str) -> Option<u32> {
        let place = self.works.binary_search_by(|work| work.iri.as_str().cmp(iri)).ok()?;
        u32::try_from(place).ok()
    }

    /// The paragraphs of a work, as a range of [`Paragraphs::all`].
    #[must_use]
    pub fn of(&self, work: u32) -> std::ops::Range<usize> {
        let start = self.all.partition_point(|p| p.work < work);
        start..start + self.all[start..].partition_point(|p| p.work == work)
    }

    /// The languages that a work is there in, the one with most paragraphs first; among equals in order of code.
    #[must_use]
    pub fn languages(&self, work: u32) -> Vec<Option<Language>> {
        let mut counts: BTreeMap<Option<Language>, usize> = BTreeMap::new();
        for paragraph in &self.all[self.of(work)] {
            *counts.entry(paragraph.language).or_default() += 1;
        }
        let mut languages: Vec<_> = counts.into_iter().collect();
        languages.sort_by_key(|&(language, count)| (std::cmp::Reverse(count), language));
        languages.into_iter().map(|(language, _)| language).collect()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Paragraphs of works that are given by symbol, date or year, and texts.
    pub(crate) fn corpus(works: &[(&str, &str, &[&str])]) -> Paragraphs {
        in_language(Language::En, works)
    }

    /// The same in another language.
    pub(crate) fn in_language(language: Language, works: &[(&str, &str, &[&str])]) -> Paragraphs {
        let mut made = Paragraphs::default();
        for (number, (symbol, dated, texts)) in (0..).zip(works) {
            let iri = format!("https://example.org/id/{symbol}");
            let date: Option<Date> = dated.parse().ok();
            let year = dated.get(..4).and_then(|year| year.parse().ok());
            made.works.push(Work { iri: iri.clone(), label: (*symbol).to_owned(), date, year });
            for (position, text) in (1..).zip(*texts) {
                made.all.push(Paragraph {
                    iri: format!("{iri}#op{position}"),
                    work: number,
                    language: Some(language),
                    part: Part::Operative,
                    position,
                    text: (*text).to_owned(),
                });
            }
        }
        made
    }

    /// Four texts of twenty words, each of which has three quarters of them from the one before.
    pub(crate) fn drifting() -> Paragraphs {
        let text = |parts: &[(char, std::ops::RangeInclusive<u32>)]| {
            let words = parts.iter().flat_map(|(letter, numbers)| numbers.clone().map(move |n| format!("{letter}{n}")));
            words.collect::<Vec<_>>().join(" ")
        };
        let texts = [
            text(&[('p', 1..=20)]),
            text(&[('p', 1..=15), ('q', 1..=5)]),
            text(&[('r', 1..=5), ('p', 6..=15), ('q', 1..=5)]),
            text(&[('r', 1..=5), ('s', 1..=5), ('p', 11..=15), ('q', 1..=5)]),
        ];
        let [a, b, c, d] = texts.each_ref().map(|text| [text.as_str()]);
        corpus(&[("A", "2001", &a), ("B", "2002", &b), ("C", "2003", &c), ("D", "2004", &d)])
    }

    #[test]
    fn what_has_no_date_or_the_same_is_not_before() {
        let work = |date: Option<&str>, year| Work {
            iri: String::new(),
            label: String::new(),
            date: date.and_then(|date| date.parse().ok()),
            year,
        };
        let before = |a: &Work, b: &Work| a.when().before(b.when());
        let (january, december) = (work(Some("2005-01-31"), Some(2005)), work(Some("2005-12-31"), Some(2005)));
        let (year, next) = (work(None, Some(2005)), work(None, Some(2006)));
        assert!(before(&january, &december) && !before(&december, &january));
        assert!(!before(&january, &january));
        assert!(!before(&year, &december) && !before(&january, &year) && before(&year, &next));
        assert!(before(&december, &next));
        let unknown = work(None, None);
        assert!(!before(&unknown, &next) && !before(&january, &unknown));
        assert_eq!([january.dated(), year.dated(), unknown.dated()], ["2005-01-31", "2005", ""]);
    }
}

//! The citation grammar: which words of a paragraph are the number or symbol of a document.
//!
//! The rules of `ontology/symbols.ttl` say how each kind of document is written down. A number that
//! means something only after "resolution" is looked up in the list that it stands in
//! ([`lists`](super::lists)): the word, the organ before or behind it, and the items between. Which
//! organ's resolution it is, is settled in **resolve**.

use super::lists::{ListHead, OpenList, lists};
use super::numbers::{bare_number, numbers};
use super::symbols::symbols;
use super::words::Line;
use crate::ontology::Ontology;
pub use crate::ontology::grammar::{Owner, Series};
use crate::ontology::rules::{CitationRule, Company, Fields, Place};
use crate::read::Language;
use crate::span::Span;
use crate::symbol::Symbol;

/// A number or symbol that may be a citation.
#[derive(Debug, Clone)]
pub struct Item<'a> {
    /// Where it stands in the paragraph.
    pub span: Span,
    /// The rule that found it.
    pub rule: &'a CitationRule,
    /// The list that it stands in, an index of [`Found::heads`].
    pub head: Option<usize>,
    /// The list last begun before it, open or not.
    pub within: Option<usize>,
    /// Its symbol where the words are the symbol.
    pub symbol: Option<Symbol>,
    /// What the rule caught.
    pub fields: Fields,
    /// Year of the date beside it.
    pub adopted: Option<u16>,
    /// Whose it is, as the words right before say that stand behind no head (Chinese).
    pub before: Option<Owner>,
    /// Whether it is the number of something else: "vol. 75 (1950)".
    pub numbered: bool,
}

impl<'a> Item<'a> {
    /// A document by its symbol.
    pub(super) fn symbol(span: Span, rule: &'a CitationRule, symbol: Symbol) -> Self {
        Self { symbol: Some(symbol), ..Self::number(span, rule, Fields::default()) }
    }

    /// A number whose series the words around say.
    pub(super) fn number(span: Span, rule: &'a CitationRule, fields: Fields) -> Self {
        Self {
            span,
            rule,
            head: None,
            within: None,
            symbol: None,
            fields,
            adopted: None,
            before: None,
            numbered: false,
        }
    }
}

/// Everything found in a paragraph.
#[derive(Debug, Default)]
pub struct Found<'a> {
    /// In order.
    pub heads: Vec<ListHead>,
    /// In order, not overlapping.
    pub items: Vec<Item<'a>>,
    /// The list that the paragraph leaves open.
    pub open: Option<OpenList>,
}

/// Finds every number and symbol in a paragraph; `carried` is the list that the paragraph before left open.
#[must_use]
pub fn find<'a>(line: Line<'_>, language: Language, ontology: &'a Ontology, carried: Option<OpenList>) -> Found<'a> {
    let text = line.text;
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return Found::default();
    }
    let mut items = symbols(text, ontology);
    let free = |item: &Item<'_>| {
        let next = items.partition_point(|i| i.span.end <= item.span.start);
        items.get(next).is_none_or(|i| !i.span.overlaps(item.span))
    };
    let numbers: Vec<_> = numbers(text, ontology).into_iter().filter(free).collect();
    items.extend(numbers);
    items.sort_by_key(|i| i.span);
    let (heads, open) =
        lists(line, language, ontology.grammar(), &mut items, |span| bare_number(text, span, ontology), carried);
    items.retain(|item| counts(item, &heads));
    let mut last_end = 0;
    items.retain(|item| {
        // A range of symbols is several documents in one place.
        let fresh = item.span.start >= last_end || item.rule.at == Place::Letters;
        if fresh {
            last_end = item.span.end;
        }
        fresh
    });
    Found { heads, items, open }
}

/// Whether an item stands in the company that its rule asks for.
fn counts(item: &Item<'_>, heads: &[ListHead]) -> bool {
    let series = item.head.map(|h| heads[h].series);
    match item.rule.after {
        Company::Anywhere => !item.numbered,
        Company::List => match series {
            Some(Series::Resolution | Series::Decision) => true,
            Some(Series::Statement) => item.fields.year.is_some(),
            // Behind a description or a footnote that closed the list, the date of adoption is as good as the word.
            None => item.adopted.is_some() && !item.numbered,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::words::words;

    fn check(text: &str, expected: &[&str]) {
        let ontology = Ontology::bundled().expect("bundled files load");
        let words = words(text);
        let found = find(Line { text, words: &words }, Language::En, &ontology, None);
        let got: Vec<String> = found.items.iter().map(|i| i.span.of(text).to_owned()).collect();
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn lists_hold_their_items() {
        check(
            "Recalling resolutions 55/33 B of 20 November 2000, 56/24 H of 29 November 2001 and 57/84 of 22 November 2002,",
            &["55/33 B", "56/24 H", "57/84"],
        );
        check("in accordance with resolution 1540 (2004) and half of 1/2 of the sum", &["1540 (2004)"]);
        check("Economic and Social Council resolutions 1996/31 of 25 July 1996 and 2017/18", &["1996/31", "2017/18"]);
        check("see A/72/65 and Add.1 and 2 and S/2017/939", &["A/72/65", "Add.1", "2", "S/2017/939"]);
        check("resolutions 425, 426 (1978) and 508 (1982)", &["425", "426 (1978)", "508 (1982)"]);
    }

    #[test]
    fn prices_volumes_and_comments_are_no_documents() {
        check("Treaty Series, vol. 75 (1950), at a price of $12/24 and general comment No. 14 (2000)", &[]);
        check("a ratio of 1/2 and 24/7 service", &[]);
    }
}

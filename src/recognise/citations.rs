//! The citation grammar: which words of a paragraph are the number or symbol of a document.
//!
//! The rules of `ontology/symbols.ttl` say how each kind of document is written down. A number that
//! means something only after "resolution" is looked up in the list that it stands in
//! ([`lists`](super::lists)): the word, the organ before or behind it, and the items between. Which
//! organ's resolution it is, is settled in **resolve**.

use super::lists::{ListHead, OpenList, lists};
use super::numbers::{bare_number, next_digit, numbers};
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
    if next_digit(text.as_bytes(), 0).is_none() {
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
    // Days and paragraph numbers alone are no documents.
    if items.iter().all(|i| i.symbol.is_some()) && !ontology.grammar().has_series(line.words, language) {
        return Found { items, ..Found::default() };
    }
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
    use crate::symbol::Organ;

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

    fn check_in(language: Language, text: &str, expected: &[(&str, Owner)]) {
        let ontology = Ontology::bundled().expect("bundled files load");
        let words = words(text);
        let found = find(Line { text, words: &words }, language, &ontology, None);
        let owner = |i: &Item<'_>| i.head.map_or(Owner::Unsaid, |h| found.heads[h].owner);
        let got: Vec<(&str, Owner)> = found.items.iter().map(|i| (i.span.of(text), owner(i))).collect();
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn six_languages_write_lists_in_their_own_ways() {
        let assembly = Owner::Organ(Organ::GeneralAssembly);
        let rights = Owner::Organ(Organ::HumanRightsCouncil);
        check_in(
            Language::Fr,
            "Rappelant ses résolutions 61/12 du 4 décembre 2006 et 62/30 B du 5 décembre 2007, et la résolution 17/5 du Conseil des droits de l’homme,",
            &[("61/12", Owner::Its), ("62/30 B", Owner::Its), ("17/5", rights)],
        );
        check_in(
            Language::Es,
            "Recordando la resolución 61/12 de la Asamblea General, de 4 de diciembre de 2006, y su decisión 62/530,",
            &[("61/12", assembly), ("62/530", Owner::Its)],
        );
        check_in(
            Language::Ru,
            "ссылаясь на резолюции Генеральной Ассамблеи 61/12 от 4 декабря 2006 года и 62/30 В от 5 декабря 2007 года",
            &[("61/12", assembly), ("62/30 В", assembly)],
        );
        check_in(
            Language::Ru,
            "созданной резолюцией S-9/1 Совета по правам человека, и доклад А/66/371",
            &[("S-9/1", rights), ("А/66/371", Owner::Unsaid)],
        );
        check_in(
            Language::Ar,
            "وإذ تشير إلى قراراتها 61/12 المؤرخ 4 كانون الأول/ديسمبر 2006 و 62/30 باء وإلى قرار الجمعية العامة 3201 (د-6)",
            &[("61/12", Owner::Its), ("62/30 باء", Owner::Its), ("3201 (د-6)", assembly)],
        );
        check_in(
            Language::Zh,
            "回顾其2006年12月4日第61/12号决议以及2007年12月5日第62/530号和2008年12月5日第63/519号决定，",
            &[("61/12", Owner::Its), ("62/530", Owner::Unsaid), ("63/519", Owner::Unsaid)],
        );
        check_in(
            Language::Zh,
            "回顾大会2006年12月4日第61/12号和2007年12月5日第62/30 B号决议，又回顾第1234(1999)号决议第5段和第6段，",
            &[("61/12", assembly), ("62/30 B", assembly), ("1234(1999)", Owner::Unsaid)],
        );
    }

    #[test]
    fn the_organ_holds_across_its_list_and_not_beyond() {
        let organ = Owner::Organ;
        check_in(
            Language::En,
            "Guided by Human Rights Council resolutions 7/3 and 10/4 and General Assembly resolution 61/12, and by resolutions of the Economic and Social Council 2005/7 and 2006/8,",
            &[
                ("7/3", organ(Organ::HumanRightsCouncil)),
                ("10/4", organ(Organ::HumanRightsCouncil)),
                ("61/12", organ(Organ::GeneralAssembly)),
                ("2005/7", organ(Organ::EconomicAndSocialCouncil)),
                ("2006/8", organ(Organ::EconomicAndSocialCouncil)),
            ],
        );
        check_in(Language::En, "as the Council, in its resolution 61/12, decided", &[("61/12", Owner::Council)]);
        check_in(Language::En, "Recalling Statistical Commission decision 44/5,", &[("44/5", Owner::Another)]);
        check_in(
            Language::En,
            "the work of the Board; see resolutions 61/12, para. 3, and 62/30,",
            &[("61/12", Owner::Unsaid), ("62/30", Owner::Unsaid)],
        );
        check_in(
            Language::En,
            "Supplement No. 53 (A/64/53), chap. III, resolution 42/1,",
            &[("A/64/53", Owner::Unsaid), ("42/1", organ(Organ::HumanRightsCouncil))],
        );
        check_in(
            Language::En,
            "Supplement No. 7 (E/2015/99), chap. I, sect. C, resolution 59/1,",
            &[("E/2015/99", Owner::Unsaid), ("59/1", Owner::Another)],
        );
    }

    #[test]
    fn a_footnote_between_two_numbers_parts_no_list() {
        let ontology = Ontology::bundled().expect("bundled files load");
        let first = "Recalling Human Rights Council resolutions 7/3 of 27 March 2008 and";
        let second = "10/4 of 25 March 2009,2S-9/1 of 12 January 2009 and 35/2,";
        let one = words(first);
        let open = find(Line { text: first, words: &one }, Language::En, &ontology, None).open;
        let two = words(second);
        let found = find(Line { text: second, words: &two }, Language::En, &ontology, open);
        let got: Vec<_> =
            found.items.iter().map(|i| (i.span.of(second), i.head.map(|h| found.heads[h].owner))).collect();
        let rights = Some(Owner::Organ(Organ::HumanRightsCouncil));
        assert_eq!(got, [("10/4", rights), ("S-9/1", rights), ("35/2", rights)]);
    }

    #[test]
    fn prices_volumes_and_comments_are_no_documents() {
        check("Treaty Series, vol. 75 (1950), at a price of $12/24 and general comment No. 14 (2000)", &[]);
        check("a ratio of 1/2 and 24/7 service", &[]);
        check("1) the measures in paragraph 2 of this resolution, 2) the lamps (see resolution 1325)", &["1325"]);
        check("of resolution 699 (1991), 92 expressed its concern; the two resolutions 31 adopted", &["699 (1991)"]);
    }
}

//! Which words of a paragraph are a mention: the graph knows a place in a file and the words at it, the paragraph's text
//! has its line breaks, quotation marks and spaces tidied.

use std::cmp::Reverse;

use crate::export::occurrences::Place;
use crate::export::xml;

/// Bytes of a text.
pub(super) type Range = std::ops::Range<usize>;

/// An element around words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    pub(super) element: &'static str,
    pub(super) attribute: &'static str,
    pub(super) value: String,
}

/// A text without what tidying changes, and of each of its letters the bytes of the original.
struct Folded {
    letters: Vec<char>,
    at: Vec<Range>,
}

fn fold(text: &str) -> Folded {
    let mut folded = Folded { letters: Vec::new(), at: Vec::new() };
    for (at, c) in text.char_indices() {
        let letter = match c {
            '\u{ad}' => continue,
            c if c.is_whitespace() => continue,
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' => '"',
            '\u{2018}' | '\u{2019}' | '\u{b4}' | '`' => '\'',
            '\u{2010}'..='\u{2014}' => '-',
            c => c,
        };
        folded.letters.push(letter);
        folded.at.push(at..at + c.len_utf8());
    }
    folded
}

/// The ranges that a text shows of places, each with its mark; none crosses another, and the outer ones come first.
///
/// Places of one file are taken in their order, so that the third "ISIL" of the file is the third of the text. The same
/// words that several files show are marked once; of what crosses, what begins first stays.
pub(super) fn locate(text: &str, mut places: Vec<(Place, Mark)>) -> Vec<(Range, Mark)> {
    let folded = fold(text);
    places.sort_by(|(a, m), (b, n)| {
        let key = |place: &Place| (place.source.clone(), place.start, Reverse(place.end));
        key(a).cmp(&key(b)).then_with(|| m.cmp(n))
    });
    let mut found: Vec<(Range, Mark)> = Vec::new();
    let (mut source, mut from) = (None, 0);
    // Where the place before was found: what stands at the same place, or within it, does so in the text.
    let mut last: Option<(Option<i64>, Option<i64>, usize)> = None;
    for (place, mark) in places {
        if source != place.source {
            (source, from, last) = (place.source.clone(), 0, None);
        }
        let words = fold(&place.words).letters;
        if words.is_empty() {
            continue;
        }
        let search_from = match last {
            Some((_, end, at)) if place.start < end => at,
            _ => from,
        };
        let Some(begin) = next_whole(&folded, text, &words, search_from) else { continue };
        let range = folded.at[begin].start..folded.at[begin + words.len() - 1].end;
        if last.is_none_or(|(_, end, _)| place.start >= end) {
            last = Some((place.start, place.end, begin));
            from = begin + words.len();
        }
        found.push((range, mark));
    }
    found.sort_by(|(a, m), (b, n)| (a.start, Reverse(a.end)).cmp(&(b.start, Reverse(b.end))).then_with(|| m.cmp(n)));
    found.dedup();
    // A citation and a name of the same words: the name stays outside, and the same element is not put around itself.
    let mut kept: Vec<(Range, Mark)> = Vec::new();
    for (range, mark) in found {
        let crosses = |(other, of): &(Range, Mark)| {
            let overlaps = range.start < other.end && other.start < range.end;
            let inside = range.start >= other.start && range.end <= other.end;
            overlaps && (!inside || of.element == mark.element)
        };
        if !kept.iter().any(crosses) {
            kept.push((range, mark));
        }
    }
    kept
}

/// Where words occur next, not within a longer word if that can be helped.
fn next_whole(folded: &Folded, text: &str, words: &[char], from: usize) -> Option<usize> {
    let last = folded.letters.len().checked_sub(words.len())?;
    let mut first = None;
    for at in from..=last {
        if folded.letters[at..at + words.len()] != *words {
            continue;
        }
        let before = text[..folded.at[at].start].chars().next_back();
        let after = text[folded.at[at + words.len() - 1].end..].chars().next();
        if ![before, after].into_iter().flatten().any(char::is_alphanumeric) {
            return Some(at);
        }
        first = first.or(Some(at));
    }
    first
}

/// The text from `from` on as XML, its marks as elements.
pub(super) fn draw(out: &mut String, text: &str, from: usize, marks: &[(Range, Mark)]) {
    let mut open: Vec<(usize, &str)> = Vec::new();
    let mut done = from;
    let close = |out: &mut String, done: &mut usize, (end, element): (usize, &str)| {
        out.push_str(&xml(&text[*done..end]));
        out.push_str("</");
        out.push_str(element);
        out.push('>');
        *done = end;
    };
    for (range, mark) in marks.iter().filter(|(range, _)| range.start >= from) {
        while let Some(top) = open.last().copied().filter(|(end, _)| *end <= range.start) {
            close(out, &mut done, top);
            open.pop();
        }
        out.push_str(&xml(&text[done..range.start]));
        out.push_str(&format!("<{} {}=\"{}\">", mark.element, mark.attribute, xml(&mark.value)));
        done = range.start;
        open.push((range.end, mark.element));
    }
    while let Some(top) = open.pop() {
        close(out, &mut done, top);
    }
    out.push_str(&xml(&text[done..]));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each mention: where it starts in the file, its words, its element.
    #[track_caller]
    fn check(text: &str, mentions: &[(i64, &str, &'static str)], expected: &str) {
        let places = mentions.iter().map(|(start, words, element)| {
            let end = start + i64::try_from(words.len()).expect("a short text");
            let place = Place { start: Some(*start), end: Some(end), words: (*words).to_owned(), ..Place::default() };
            (place, Mark { element, attribute: "to", value: format!("{start}") })
        });
        let marks = locate(text, places.collect());
        let mut out = String::new();
        draw(&mut out, text, 0, &marks);
        assert_eq!(out, expected);
    }

    #[test]
    fn mentions_are_found_in_the_order_of_the_file() {
        check(
            "ISIL and ISIL & co",
            &[(90, "ISIL", "a"), (20, "ISIL", "b")],
            "<b to=\"20\">ISIL</b> and <a to=\"90\">ISIL</a> &amp; co",
        );
        check("the UNISIL, ISIL", &[(5, "ISIL", "a")], "the UNISIL, <a to=\"5\">ISIL</a>");
        check(
            "Da\u{2019}esh of 1267 (1999)",
            &[(1, "Da'esh", "a"), (9, "1267\n(1999)", "b")],
            "<a to=\"1\">Da\u{2019}esh</a> of <b to=\"9\">1267 (1999)</b>",
        );
        check("nothing here", &[(1, "elsewhere", "a"), (2, "", "a")], "nothing here");
    }

    #[test]
    fn marks_enclose_one_another_and_never_cross() {
        check(
            "Committee of 1267 (1999), then 1267 (1999)",
            &[(0, "Committee of 1267 (1999)", "o"), (13, "1267 (1999)", "r"), (31, "1267 (1999)", "r")],
            "<o to=\"0\">Committee of <r to=\"13\">1267 (1999)</r></o>, then <r to=\"31\">1267 (1999)</r>",
        );
        check("a b c", &[(0, "a b", "x"), (2, "b c", "y")], "<x to=\"0\">a b</x> c");
        check("a b", &[(0, "a b", "x"), (0, "a b", "y")], "<x to=\"0\"><y to=\"0\">a b</y></x>");
    }
}

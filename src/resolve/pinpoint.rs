//! The part of a document that is cited: "paragraph 5 of resolution ...", "Chapter VII of the Charter".

use super::Citation;
use super::citations::Scene;
use super::text::{is_of_a_word, last_bytes};
use super::translated;
use crate::patterns::patterns;
use crate::read::Language;

patterns! {
    // "paragraph 12 of his report of 3 May 2010 (": the symbol follows. Tried at each word for a part.
    REPORTED = r"^(?i:(paragraphs?|paras?\.|chapters?|sections?|annex(?:es)?|part|appendix|enclosure))(?:\s+((?:\d+|[IVXLC]+|[A-Z])\b(?:\s?\([a-z\d]{1,5}\))*(?:(?:,\s(?:and\s)?|\sand\s|\sto\s|\s?[-–]\s?)(?:\d+|[IVXLC]+|\([a-z]+\)|[A-Z])\b(?:\s?\([a-z]+\))*)*))?\s(?:of|to|in)\s(?:the\s|his\s|her\s|its\s|that\s)(?:[^;.:()]{0,70}\s)?(?i:report|letter|note|statement|memorandum|plan|agreement)s?\b[^;:()]{0,90}\((?:see\s|document\s)?$";
    RIGHT = r"^\)?,\s(annex(?:es)?(?:\s[IVX]+(?:(?:,|\sand|\sto)\s[IVX]+)*)?|appendix|chap(?:ter|\.)\s[IVXLC]+|para(?:graph)?s?\.?\s\d+(?:\s?\([a-z]\))?(?:(?:,\s|\sand\s|[-–])\d+)*|sect(?:ion|\.)\s[A-Z]+|articles?\s\d+)\b";
    RIGHT_PART = r"^\)?,?\s*(?:and\s)?(?:in particular|notably|including|especially|specifically),?\s+(?:its\s|in\s|under\s|the\s)*((?:Articles?|Chapters?|[Pp]aragraphs?|[Ss]ections?|[Aa]nnex|[Pp]art)\s(?:\d+|[IVX]+)\b(?:\s?\([a-z]\))?(?:(?:,\s|\sand\s|\sto\s|[-–])(?:\d+|[IVX]+)\b(?:\s?\([a-z]\))?)*)(?:[,;.)]|\s(?:and|of|on|concerning)\b|\s*$)";
    OTHERS = r"^\s(?:of|to|above|below|in)\b";
}

/// Gives each citation of a paragraph the part it names.
pub(super) fn attach(scene: &Scene<'_>, citations: &mut [Citation]) {
    let text = scene.paragraph.text.as_str();
    for citation in citations.iter_mut().filter(|c| c.pinpoint.is_none()) {
        if scene.document.language != Language::En {
            citation.pinpoint = translated::part_of(scene, citation);
        }
        if citation.pinpoint.is_some() {
            continue;
        }
        // Only the first of a list stands right after "of resolution(s)".
        let before = scene.found.heads.partition_point(|h| h.span.end <= citation.span.start);
        let start = match before.checked_sub(1).map(|last| &scene.found.heads[last]) {
            Some(h) if text[h.span.end..citation.span.start].trim().is_empty() => h.span.start,
            _ => citation.span.start,
        };
        citation.pinpoint =
            left(&text[..start]).or_else(|| right(&text[citation.span.end..])).or_else(|| reported(&text[..start]));
    }
}

/// Small words that may stand between "paragraph 5 of" and what it is a paragraph of.
const BETWEEN: [&str; 20] = [
    "the",
    "its",
    "his",
    "her",
    "their",
    "that",
    "this",
    "annex",
    "said",
    "same",
    "above",
    "mentioned",
    "abovementioned",
    "aforementioned",
    "Security",
    "Secretary",
    "General",
    "Council",
    "s",
    "previous",
];

/// Whether a text ends as the name of a part does: "... of the".
fn names_a_part(text: &str) -> bool {
    let mut rest = text;
    loop {
        let words = rest.trim_end_matches(|c: char| !c.is_ascii_alphabetic());
        rest = words.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        match &words[rest.len()..] {
            "of" | "to" | "in" | "from" | "under" => return ends_with_part(rest),
            word if BETWEEN.contains(&word) => {}
            _ => return false,
        }
    }
}

/// Whether a text ends as a part or its number do, as far as its last word tells: "9 (a)", "annex", "9 contained".
fn ends_with_part(text: &str) -> bool {
    const LAST: [&str; 8] = ["bis", "ter", "quater", "annex", "appendix", "preamble", "contained", "out"];
    let text = text.trim_end_matches(|c: char| c == ',' || c.is_whitespace());
    let word = &text[text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len()..];
    word.len() <= 1
        || word.bytes().all(|b| b.is_ascii_uppercase())
        || LAST.iter().any(|last| last.eq_ignore_ascii_case(word))
}

/// "paragraphs 7, 8 and 9 (a) of the", right before what they are parts of.
fn left(text: &str) -> Option<String> {
    let text = last_bytes(text, 160);
    if !names_a_part(text) {
        return None;
    }
    let begins_number = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase() || c == '(';
    let numbered = words_for(text, KINDS, begins_number).find_map(|(word, end)| {
        let numbers = numbers(&text[end..])?;
        Some(format!("{} {}", kind(word), in_one_line(numbers)))
    });
    numbered.or_else(|| {
        let mut alone = words_for(text, ALONE, |c| matches!(c, 'o' | 't'));
        let (word, _) = alone.find(|(_, end)| leads_to_the_end(text[*end..].trim_start(), &OF, &ARTICLES))?;
        Some(word.to_lowercase())
    })
}

/// The words for parts that numbers follow, by their first letters.
const KINDS: &[&str] = &[
    "paragraph",
    "paragraphs",
    "para.",
    "paras.",
    "article",
    "articles",
    "art.",
    "arts.",
    "chapter",
    "chapters",
    "section",
    "sections",
    "annex",
    "annexes",
    "part",
    "rule",
    "rules",
    "regulation",
    "regulations",
    "appendix",
    "principle",
    "principles",
];

/// The words for parts that there is one of.
const ALONE: &[&str] = &["annex", "appendix", "preamble"];

/// What joins a part of such a kind and its whole, and what may stand before the whole.
const OF: [&str; 2] = ["of", "to"];
const ARTICLES: [&str; 3] = ["the", "its", "that"];

/// What joins numbered parts and their whole.
const JOINS: [&str; 7] = ["of", "to", "in", "from", "under", "contained in", "set out in"];

/// What may stand before the whole that numbered parts are of.
const BEFORE_WHOLE: [&str; 20] = [
    "the",
    "its",
    "his",
    "her",
    "their",
    "that",
    "this",
    "annex to",
    "annex",
    "said",
    "same",
    "above-mentioned",
    "abovementioned",
    "aforementioned",
    "Security",
    "General",
    "Council's",
    "Secretary-General's",
    "Secretary-General’s",
    "previous",
];

/// The words of a text that are among some, in any case, each with white space behind it, and where they end; only those
/// behind which a character of some sort stands.
fn words_for<'t>(
    text: &'t str,
    kinds: &'static [&str],
    before: impl Fn(char) -> bool,
) -> impl Iterator<Item = (&'t str, usize)> {
    let mut start = 0;
    text.char_indices().filter(|(_, c)| c.is_whitespace()).filter_map(move |(end, c)| {
        let word = &text[start..end];
        start = end + c.len_utf8();
        text[start..].chars().next().filter(|next| next.is_whitespace() || before(*next))?;
        let last = word.as_bytes().last()?.to_ascii_lowercase();
        let kind = kinds.iter().find(|k| k.as_bytes().last() == Some(&last) && ends_with_word(word, k))?;
        Some((&word[word.len() - kind.len()..], end))
    })
}

/// Whether a text without spaces ends with a word, in any case: "(paragraph", "sub-paragraph", "subparagraph".
fn ends_with_word(text: &str, word: &str) -> bool {
    let Some(from) = text.len().checked_sub(word.len()) else { return false };
    if !text.as_bytes()[from..].eq_ignore_ascii_case(word.as_bytes()) {
        return false;
    }
    let before = &text[..from];
    let whole = before.strip_suffix(|c: char| c.eq_ignore_ascii_case(&'b')).and_then(|b| {
        let two = b.len().checked_sub(2)?;
        b.get(two..).filter(|su| su.eq_ignore_ascii_case("su")).map(|_| &b[..two])
    });
    !before.ends_with(is_of_a_word) || whole.is_some_and(|b| !b.ends_with(is_of_a_word))
}

/// The numbers, letters or Roman numerals that a text begins with behind spaces, where only "of the" is left behind them.
fn numbers(text: &str) -> Option<&str> {
    let start = text.len() - text.trim_start().len();
    let mut at = start + number(&text[start..], true)?;
    // The longest list behind which the rest fits.
    let mut fits = None;
    loop {
        let rest = text[at..].trim_start();
        let rest = rest.strip_prefix(',').and_then(|r| r.strip_prefix(char::is_whitespace)).unwrap_or(rest);
        if leads_to_the_end(rest, &JOINS, &BEFORE_WHOLE) {
            fits = Some(&text[start..at]);
        }
        let Some(next) =
            joint(&text[at..]).into_iter().flatten().find_map(|to| Some(to + number(&text[at + to..], false)?))
        else {
            return fits;
        };
        at += next;
    }
}

/// Length of one number of a list with the letters behind it: "9 (a) bis"; letters in brackets may stand alone.
fn number(text: &str, first: bool) -> Option<usize> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let numeral = text.len() - text.trim_start_matches(['I', 'V', 'X', 'L', 'C']).len();
    let mut at = match text.as_bytes().first()? {
        b'0'..=b'9' => digits,
        b'(' => bracket(text, if first { 4 } else { usize::MAX }, first)?,
        b'A'..=b'Z' => numeral.max(1),
        _ => return None,
    };
    if !first && !text.starts_with('(') && text[at..].starts_with(is_of_a_word) {
        return None;
    }
    loop {
        let gap = text[at..].chars().next().filter(|c| c.is_whitespace()).map_or(0, char::len_utf8);
        let Some(letters) = range_in_bracket(&text[at + gap..]) else { break };
        at += gap + letters;
    }
    if let Some(rest) = text[at..].strip_prefix(char::is_whitespace) {
        let gap = text[at..].len() - rest.len();
        let word = rest.len() - rest.trim_start_matches(is_of_a_word).len();
        let alone = first && word == 1 && rest.starts_with(|c: char| c.is_ascii_lowercase());
        if matches!(&rest[..word], "bis" | "ter" | "quater") || alone {
            at += gap + word;
        }
    }
    Some(at)
}

/// Length of small letters in brackets, at most so many, or of letters and digits: "(a)", "(ii)", "(b2)".
fn bracket(text: &str, most: usize, digits: bool) -> Option<usize> {
    let inner = text.strip_prefix('(')?;
    let len = inner.bytes().take_while(|b| b.is_ascii_lowercase() || (digits && b.is_ascii_digit())).count();
    ((1..=most).contains(&len) && inner[len..].starts_with(')')).then_some(len + 2)
}

/// Length of "(a)", "(a-c)".
fn range_in_bracket(text: &str) -> Option<usize> {
    let letters = |t: &str| {
        let len = t.bytes().take_while(|b| b.is_ascii_lowercase() || b.is_ascii_digit()).count();
        (1..=5).contains(&len).then_some(len)
    };
    let inner = text.strip_prefix('(')?;
    let mut at = letters(inner)?;
    if let Some(rest) = inner[at..].strip_prefix(['-', '–']) {
        at = inner.len() - rest.len() + letters(rest)?;
    }
    inner[at..].starts_with(')').then_some(at + 2)
}

/// Lengths of what may join two numbers of a list at the start of a text, in the order in which they are tried.
fn joint(text: &str) -> Option<[usize; 2]> {
    let space = |t: &str| t.chars().next().filter(|c| c.is_whitespace()).map(char::len_utf8);
    if let Some(rest) = text.strip_prefix(',') {
        let gap = 1 + space(rest)?;
        let further = ["and", "or", "as well as"].iter().find_map(|w| phrase(&text[gap..], w)).unwrap_or(0);
        return Some([gap + further, gap]);
    }
    let gap = space(text).unwrap_or(0);
    if gap > 0
        && let Some(joined) = ["and", "to", "or", "as well as"].iter().find_map(|w| phrase(&text[gap..], w))
    {
        return Some([gap + joined; 2]);
    }
    let dash = text[gap..].strip_prefix(['-', '–'])?;
    let end = text.len() - dash.len();
    Some([end + space(dash).unwrap_or(0); 2])
}

/// Length of a phrase at the start of a text with white space behind each word, itself included.
fn phrase(text: &str, phrase: &str) -> Option<usize> {
    let mut rest = text;
    for word in phrase.split(' ') {
        rest = rest.strip_prefix(word)?.strip_prefix(char::is_whitespace)?;
    }
    Some(text.len() - rest.len())
}

/// Whether a text is no more than a word that joins a part and its whole, and small words before the whole.
fn leads_to_the_end(text: &str, joins: &[&str], small: &[&str]) -> bool {
    let said = |text: &str, words: &[&str]| words.iter().find_map(|w| phrase(text, w));
    let Some(joined) = said(text, joins) else { return false };
    let mut rest = text[joined..].trim_start();
    while let Some(word) = said(rest, small) {
        rest = &rest[word..];
    }
    rest.is_empty()
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn right(text: &str) -> Option<String> {
    let rest = text.trim_start_matches([',', ')']).trim_start();
    let said = rest.strip_prefix("and").map_or(rest, str::trim_start);
    let begins = |text: &str, words: &[&str]| words.iter().any(|w| text.starts_with(w));
    let c = if begins(said, &["in particular", "notably", "including", "especially", "specifically"]) {
        RIGHT_PART.captures(text)
    } else if text.starts_with([',', ')']) && begins(rest, &["annex", "appendix", "chap", "para", "sect", "article"]) {
        RIGHT.captures(text)
    } else {
        None
    }?;
    let part = c.get(1)?;
    // "including paragraph 5 of resolution ...": the part of another.
    if OTHERS.is_match(&text[part.end()..]) {
        return None;
    }
    let part = part.as_str();
    let (word, rest) = part.split_once(' ').unwrap_or((part, ""));
    Some(format!("{} {rest}", kind(word)).trim_end().to_owned())
}

/// The part of the report whose symbol stands in brackets behind the words for it.
fn reported(text: &str) -> Option<String> {
    if !text.trim_end_matches("see ").trim_end_matches("document ").ends_with('(') {
        return None;
    }
    let near = last_bytes(text, 260);
    let c = words_for(near, REPORTED_KINDS, |_| true)
        .filter(|(word, end)| starts_a_word(near, end - word.len()))
        .find_map(|(word, end)| REPORTED.captures(&near[end - word.len()..]))?;
    // A part without a number is one of its kind: "the annex to his letter".
    if c.get(2).is_none() && !["annex", "appendix", "enclosure"].contains(&c[1].to_lowercase().as_str()) {
        return None;
    }
    let number = c.get(2).map(|n| n.as_str().split_whitespace().collect::<Vec<_>>().join(" ")).unwrap_or_default();
    Some(format!("{} {number}", kind(&c[1])).trim_end().to_owned())
}

/// The words for parts of reports.
const REPORTED_KINDS: &[&str] = &[
    "paragraph",
    "paragraphs",
    "para.",
    "paras.",
    "chapter",
    "chapters",
    "section",
    "sections",
    "annex",
    "annexes",
    "part",
    "appendix",
    "enclosure",
];

fn starts_a_word(text: &str, at: usize) -> bool {
    !text[..at].ends_with(is_of_a_word)
}

/// The kind of part, written out: "paras." is "paragraphs".
fn kind(word: &str) -> String {
    let lower = word.to_lowercase();
    let full = match lower.trim_end_matches('.') {
        "para" => "paragraph",
        "paras" => "paragraphs",
        "art" => "Article",
        "arts" => "Articles",
        "chap" => "chapter",
        "sect" => "section",
        _ => return word.to_owned(),
    };
    full.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(left(text).as_deref(), expected, "{text}");
    }

    #[test]
    fn numbers_of_parts_are_read_up_to_what_they_are_parts_of() {
        check("Recalling paragraphs 7, 8 and 9 (a) of the ", Some("paragraphs 7, 8 and 9 (a)"));
        check("operative paragraph 3 bis of its ", Some("paragraph 3 bis"));
        check("(subparagraph 4 (b) (ii) of ", Some("paragraph 4 (b) (ii)"));
        check("Articles 41-42 of the ", Some("Articles 41-42"));
        check("paras. 3 and 4, as well as 6 of the said ", Some("paragraphs 3 and 4, as well as 6"));
        check("paragraph 5 contained in the Secretary-General's ", Some("paragraph 5"));
        check("section C of annex to ", Some("section C"));
        check("the measures in its Annex to the ", Some("annex"));
    }

    #[test]
    fn what_stands_between_or_has_no_number_is_no_pinpoint() {
        check("paragraph 5 and the ", None);
        check("in paragraph 5 of the lamps in the ", None);
        check("the parts of the ", None);
        check("apart 5 of the ", None);
        check("paragraph 5, ", None);
    }
}

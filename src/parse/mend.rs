//! Slips of scanners and text layers that have one certain correction.
//!
//! A correction is made only where the table of the Council's years, or the calendar, leaves one reading:
//! "I11 (1956)" is 111 (1956), "69 0 (1991)" is 690 (1991), "662 é 1990)" is 662 (1990), "3 Apri] 1991" is
//! 3 April 1991. Each is remembered, so that a citation made from it can say so. The scan looks at brackets,
//! strokes and years only: most paragraphs have nothing to mend and cost one pass.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use memchr::{memchr_iter, memchr3_iter};

use super::paragraphs::Draft;
use crate::date;
use crate::ontology::rules::CouncilYears;
use crate::span::{MappedText, Span};

/// What is looked for in every paragraph.
struct Signs {
    of: Finder<'static>,
    lution: Finder<'static>,
    centuries: [Finder<'static>; 2],
}

static SIGNS: LazyLock<Signs> = LazyLock::new(|| Signs {
    of: Finder::new(" of "),
    lution: Finder::new("lution"),
    centuries: [" 19", " 20"].map(Finder::new),
});

/// A stretch of text and what stands there in truth.
struct Edit {
    span: Span,
    with: String,
}

impl Edit {
    fn new(start: usize, end: usize, with: impl Into<String>) -> Self {
        Self { span: Span::new(start, end), with: with.into() }
    }
}

/// Mends a paragraph's text; [`Draft::slips`] are the corrected stretches.
pub(super) fn mend(draft: &mut Draft, years: &CouncilYears) {
    let text = draft.text.as_str();
    let mut edits = Vec::new();
    brackets(text, years, &mut edits);
    lost_brackets(text, years, &mut edits);
    roman_sessions(text, &mut edits);
    words(text, &mut edits);
    strokes(text, &mut edits);
    months(text, &mut edits);
    footnote_mark(text, &mut edits);
    if edits.is_empty() {
        return;
    }
    edits.sort_by_key(|e| (e.span.start, e.span.end));
    let mut out = MappedText::default();
    let mut slips = Vec::new();
    let mut at = 0;
    for edit in edits {
        if edit.span.start < at {
            continue;
        }
        out.copy(&text[at..edit.span.start], at);
        let start = out.text.len();
        out.replace(&edit.with, edit.span);
        if !edit.with.trim().is_empty() {
            slips.push(Span::new(start, out.text.len()));
        }
        at = edit.span.end;
    }
    out.copy(&text[at..], at);
    draft.map = out.map.through(&draft.map);
    draft.text = out.text;
    draft.slips = slips;
}

/// The number that a run of digits and letters like digits stands for, if at least one digit is among them.
fn as_number(token: &str) -> Option<u16> {
    read_as_digits(token).filter(|_| token.bytes().any(|b| b.is_ascii_digit()))
}

/// The number that a run of digits and characters like digits stands for.
fn read_as_digits(token: &str) -> Option<u16> {
    if !(1..=4).contains(&token.len()) {
        return None;
    }
    let digits: Option<String> = token
        .chars()
        .map(|c| match c {
            '0'..='9' => Some(c),
            'l' | 'I' | 'L' | '|' | ']' | '}' => Some('1'),
            'O' | 'o' => Some('0'),
            'S' | '$' => Some('5'),
            'B' => Some('8'),
            _ => None,
        })
        .collect();
    digits?.parse().ok()
}

fn all_digits(token: &str) -> bool {
    !token.is_empty() && token.bytes().all(|b| b.is_ascii_digit())
}

/// The run of letters, digits and strokes like them that ends at `end`.
fn token_before(text: &str, end: usize) -> &str {
    let of_word = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'|' | b'/' | b'$' | b'}');
    let len = text[..end].bytes().rev().take_while(of_word).count();
    &text[end - len..end]
}

/// Numbers with their year in brackets.
fn brackets(text: &str, years: &CouncilYears, edits: &mut Vec<Edit>) {
    let bytes = text.as_bytes();
    for open in memchr3_iter(b'(', b'[', b'{', bytes) {
        let Some(year) = text.get(open + 1..open + 5) else { continue };
        let Some(&close) = bytes.get(open + 5) else { continue };
        let Some(y) = as_number(year).filter(|y| *y > 1900) else { continue };
        let end = text[..open].trim_end().len();
        let token = token_before(text, end);
        let sound = bytes[open] == b'(' && close == b')' && all_digits(year) && all_digits(token);
        let start = end - token.len();
        // Without a digit ("SO} (1982)") it is a number only where one is due.
        let number = as_number(token).filter(|_| !token.starts_with('$'));
        let due = || number_due(&text[..start]).then(|| read_as_digits(token)).flatten();
        let Some(n) = number.or_else(due).filter(|_| matches!(close, b')' | b']' | b'}')) else { continue };
        if years.agree(n, y) {
            if !sound && (bytes[open] == b'(' || close == b')') {
                edits.push(Edit::new(start, open + 6, format!("{n} ({y})")));
            } else if text[..start].ends_with(" ,") || text[..start].ends_with("),") {
                edits.push(Edit::new(start, start, " "));
            }
        } else if sound
            && let Some(left) = text[..start].strip_suffix(' ')
            && let first = token_before(left, left.len())
            && all_digits(first)
            && let Ok(joined) = format!("{first}{token}").parse()
            && years.agree(joined, y)
        {
            edits.push(Edit::new(left.len() - first.len(), open + 6, format!("{joined} ({y})")));
        }
    }
    // "662 é 1990)": the bracket before the year was read as something else.
    for close in memchr_iter(b')', bytes) {
        let Some(year) = close.checked_sub(4).and_then(|at| text.get(at..close)) else { continue };
        let left = &text[..close - 4];
        let Some(y) = Some(year).filter(|y| all_digits(y)).and_then(as_number) else { continue };
        if left.ends_with(['(', '/', '-', '–']) {
            continue;
        }
        let junk = left.trim_end_matches(|c: char| !c.is_ascii_alphanumeric() && c != ')');
        let token = token_before(junk, junk.len());
        let narrow = left.len() - junk.len() <= 5 && left[junk.len()..].chars().count() <= 3;
        if narrow && all_digits(token) && as_number(token).is_some_and(|n| years.agree(n, y)) {
            edits.push(Edit::new(junk.len() - token.len(), close + 1, format!("{token} ({y})")));
        }
    }
}

/// "resolution 868 1993 of 29 September 1993": the brackets of the year were lost.
fn lost_brackets(text: &str, years: &CouncilYears, edits: &mut Vec<Edit>) {
    for at in SIGNS.of.find_iter(text.as_bytes()) {
        if !text[..at].ends_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let year = token_before(text, at);
        if year.len() != 4 || !all_digits(year) {
            continue;
        }
        let Some(left) = text[..at - 4].strip_suffix(' ') else { continue };
        let token = token_before(left, left.len());
        let start = left.len() - token.len();
        let pair = as_number(token).zip(as_number(year)).filter(|_| all_digits(token) && number_due(&text[..start]));
        if let Some((n, y)) = pair.filter(|(n, y)| years.agree(*n, *y)) {
            edits.push(Edit::new(start, at, format!("{n} ({y})")));
        }
    }
}

/// Sessions of the Assembly: "42 (1) of 14 December 1946" is 42 (I), "1761 (XVID of" is 1761 (XVII).
fn roman_sessions(text: &str, edits: &mut Vec<Edit>) {
    for open in memchr_iter(b'(', text.as_bytes()) {
        let token = token_before(text, text[..open].trim_end().len());
        if !all_digits(token) || !text[..open].ends_with(' ') {
            continue;
        }
        let inside = &text[open + 1..];
        let start = text[..open].trim_end().len() - token.len();
        if let Some(rest) = inside.strip_prefix(['1', 'l']).and_then(|r| r.strip_prefix(") of ")) {
            let first_session = rest.get(..20).is_some_and(|date| date.contains(" 1946"));
            if first_session && number_due(&text[..start]) {
                edits.push(Edit::new(start, open + 3, format!("{token} (I)")));
            }
            continue;
        }
        let roman = inside.bytes().take_while(|b| matches!(b, b'I' | b'V' | b'X')).count();
        if roman > 0
            && let Some(rest) = inside[roman..].strip_prefix('D')
            && (rest.starts_with(')') || rest.starts_with(" of "))
        {
            let end = open + 1 + roman + 1 + usize::from(rest.starts_with(')'));
            edits.push(Edit::new(start, end, format!("{token} ({}I)", &inside[..roman])));
        }
    }
}

/// Whether the words before a place lead to the number of a resolution: "resolution", or another in the list.
fn number_due(left: &str) -> bool {
    let left = left.trim_end();
    let item = left.strip_suffix("and").map_or(left, str::trim_end);
    let item = item.strip_suffix(',').unwrap_or(item);
    // "767 (1992) of 27 July 1992, 775 ...": the date of the item before ends the same way.
    let dated = item.len() < left.len()
        && all_digits(token_before(item, item.len()))
        && token_before(item, item.len()).len() == 4;
    item.ends_with("esolution") || item.ends_with("esolutions") || ends_in_year(item) || dated
}

/// "... 767 (1992)"
fn ends_in_year(text: &str) -> bool {
    matches!(text.as_bytes(), [.., b'(', a, b, c, d, b')'] if [a, b, c, d].iter().all(|y| y.is_ascii_digit()))
}

/// "reso lution", "resolutions660 (1990)", "resolution 1S44".
fn words(text: &str, edits: &mut Vec<Edit>) {
    for at in SIGNS.lution.find_iter(text.as_bytes()) {
        let end = at + "lution".len();
        let left = &text[..at];
        for split in ["reso ", "Reso ", "res o", "Res o", "re so", "Re so"] {
            if left.ends_with(split) {
                edits.push(Edit::new(at - split.len(), end, format!("{}lution", split.replace(' ', ""))));
            }
        }
        if !left.ends_with("eso") {
            continue;
        }
        let plural = usize::from(text[end..].starts_with('s'));
        let rest = &text[end + plural..];
        if rest.starts_with(|c: char| c.is_ascii_digit()) {
            edits.push(Edit::new(end + plural, end + plural, " "));
        } else if let Some(rest) = rest.strip_prefix(' ') {
            let len = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
            let token = &rest[..len];
            // A letter at the end is that of a part ("48 B").
            let slip = !all_digits(token) && token.ends_with(|c: char| c.is_ascii_digit()) && len >= 3;
            let alone = !rest[len..].starts_with(['/', '-', '(']) && !rest[len..].starts_with(" (");
            if let Some(n) = as_number(token).filter(|_| slip && alone) {
                let start = end + plural + 1;
                edits.push(Edit::new(start, start + len, n.to_string()));
            }
        }
    }
}

/// Symbols of the Council's own documents: "S/ 1366", "$/5621", "document 8/663".
fn strokes(text: &str, edits: &mut Vec<Edit>) {
    for at in memchr_iter(b'/', text.as_bytes()) {
        let Some(letter) = text[..at].chars().next_back().filter(|c| matches!(c, 'S' | '$' | '5' | '8' | 's')) else {
            continue;
        };
        // "S$/": the one letter was read twice.
        let left = text[..at - 1].strip_suffix('S').filter(|_| letter == '$').unwrap_or(&text[..at - 1]);
        if left.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-')) {
            continue;
        }
        let spaces = text[at + 1..].len() - text[at + 1..].trim_start_matches(' ').len();
        let number = &text[at + 1 + spaces..];
        let digits = number.bytes().take_while(u8::is_ascii_digit).count();
        let document = left.ends_with("document ") || left.ends_with("documents ");
        let known = matches!(letter, 'S' | '$') || document || left.ends_with('(');
        if known && (letter != 'S' || spaces > 0) && digits >= if document { 2 } else { 4 } && spaces <= 1 {
            edits.push(Edit::new(left.len(), at + 1 + spaces, "S/"));
        }
    }
}

/// "3 Apri] 1991": a word between a day and a year that is a month but for one letter.
fn months(text: &str, edits: &mut Vec<Edit>) {
    for century in &SIGNS.centuries {
        for at in century.find_iter(text.as_bytes()) {
            let year = text.as_bytes().get(at + 1..at + 5).is_some_and(|y| y.iter().all(u8::is_ascii_digit));
            let Some((left, word)) = text[..at].rsplit_once(' ').filter(|_| year) else { continue };
            let day = left.bytes().rev().take_while(u8::is_ascii_digit).count();
            if !matches!(day, 1 | 2) || date::is_month(word) {
                continue;
            }
            if let Some(month) = date::month_but_for_one_letter(word) {
                edits.push(Edit::new(at - word.len(), at, month));
            }
        }
    }
}

/// "resolution 435 (1978), 68": a footnote's mark after the comma that ends a paragraph.
fn footnote_mark(text: &str, edits: &mut Vec<Edit>) {
    let digits = text.bytes().rev().take_while(u8::is_ascii_digit).count();
    let left = &text[..text.len() - digits];
    let Some(sentence) = left.trim_end().strip_suffix([',', ';']).filter(|_| (1..=3).contains(&digits)) else { return };
    let year = sentence.len() - sentence.trim_end_matches(|c: char| c.is_ascii_digit()).len() == 4;
    let part = sentence.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    let part = part.ends_with("Add.") || part.ends_with("Corr.");
    if year || part || sentence.ends_with(|c: char| c.is_ascii_lowercase() || matches!(c, ')' | '”' | '"')) {
        edits.push(Edit::new(left.trim_end().len(), text.len(), ""));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::Ontology;
    use crate::read::BlockKind;
    use crate::span::OffsetMap;

    fn check(text: &str, expected: &str, slips: &[&str]) {
        let ontology = Ontology::bundled().expect("bundled files load");
        let map = OffsetMap::identity(text.len());
        let mut draft =
            Draft { text: text.to_owned(), map, kind: BlockKind::Line, page: None, at: 0, slips: Vec::new() };
        mend(&mut draft, ontology.council_years());
        assert_eq!(draft.text, expected);
        let found: Vec<&str> = draft.slips.iter().map(|s| s.of(&draft.text)).collect();
        assert_eq!(found, slips, "{text}");
    }

    #[test]
    fn numbers_with_one_reading_are_mended() {
        check("Recalling its resolution l267 (1999),", "Recalling its resolution 1267 (1999),", &["1267 (1999)"]);
        check(
            "resolutions 70S (1991) and SO8 (1982)",
            "resolutions 705 (1991) and 508 (1982)",
            &["705 (1991)", "508 (1982)"],
        );
        check(
            "as extended by 658 (1990) and 69 0 (1991),",
            "as extended by 658 (1990) and 690 (1991),",
            &["690 (1991)"],
        );
        check(
            "resolutions 662 é 1990) and 387 1976)",
            "resolutions 662 (1990) and 387 (1976)",
            &["662 (1990)", "387 (1976)"],
        );
        check(
            "545 (1983) and $46 (1984), resolution SO} (1982)",
            "545 (1983) and 546 (1984), resolution 501 (1982)",
            &["546 (1984)", "501 (1982)"],
        );
        check(
            "resolution 42 (1) of 14 December 1946 and 1761 (XVID of 6 November 1962",
            "resolution 42 (I) of 14 December 1946 and 1761 (XVII) of 6 November 1962",
            &["42 (I)", "1761 (XVII)"],
        );
        check(
            "its resolution 868 1993 of 29 May and resolutions 660 (1990) ,661 (1990)",
            "its resolution 868 (1993) of 29 May and resolutions 660 (1990) , 661 (1990)",
            &["868 (1993)"],
        );
        check("resolutions660 (1990) of the reso lution", "resolutions 660 (1990) of the resolution", &["resolution"]);
        check("pursuant to resolution 1S44 on the lamps", "pursuant to resolution 1544 on the lamps", &["1544"]);
        check(
            "in resolution 690 (1991] of 29 Apri] 1991",
            "in resolution 690 (1991) of 29 April 1991",
            &["690 (1991)", "April"],
        );
    }

    #[test]
    fn symbols_and_footnote_marks_are_mended() {
        check("report contained in document 8/663.", "report contained in document S/663.", &["S/"]);
        check("letters ($/5621 and S/ 13660)", "letters (S/5621 and S/13660)", &["S/", "S/"]);
        check("reports (8/25307) and S$/25444", "reports (S/25307) and S/25444", &["S/", "S/"]);
        check("documents S/7930/Add.64 and Add.65, 22", "documents S/7930/Add.64 and Add.65,", &[]);
        check("by its resolution 435 (1978), 68", "by its resolution 435 (1978),", &[]);
        check("of the report of 4 May 1978, 12", "of the report of 4 May 1978,", &[]);
    }

    #[test]
    fn what_has_several_readings_or_none_stays() {
        for text in [
            "resolution 48/75 B and 5/8 of the 12 members (2004)",
            "Security Council resolutions 425, 426",
            "vol. 75 (1950), pp. 31 and 287",
            "the session of 2 and 3 January 1991 (see 1990/12)",
            "A/RES/48 (1993) and resolution 71B",
            "a price of $46 (1984) at the SOS (1982) station",
            "paragraph 3 (1) of the annex and part (ID)",
            "in paragraphs 6 and 90 (a) of 1 late 1991",
        ] {
            check(text, text, &[]);
        }
    }
}

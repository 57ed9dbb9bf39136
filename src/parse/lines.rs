//! How lines look: numbers that open paragraphs, running heads, page and job numbers, what web pages add.

use std::ops::Range;

use super::scan::{Scan, begins_with, is_arabic, is_digit, strip_words};

/// Whether a line is nothing but the number of a paragraph: "12.", "(a)", "74/10".
pub(super) fn is_number_only(text: &str) -> bool {
    if text.len() > "123/1234.".len() {
        return false;
    }
    let mut s = Scan::new(text);
    if s.digits(1, 3).is_some() {
        let dash = || {
            let mut s = s;
            s.one(char::is_whitespace).is_some() && matches!(s.rest, "-" | "–")
        };
        let session = || {
            let mut s = s;
            s.exact("/").and_then(|()| s.digits(1, 4)).is_some() && matches!(s.rest, "" | ".")
        };
        return matches!(s.rest, "." | "．") || dash() || session();
    }
    let Some(inside) = text.strip_suffix(')') else { return false };
    let letters = inside.strip_prefix('(');
    let latin = letters.unwrap_or(inside);
    is_short(latin, 4, |c| c.is_ascii_lowercase()) || letters.is_some_and(|l| is_short(l, 3, is_arabic))
}

/// One to `most` characters, all of which fit.
fn is_short(text: &str, most: usize, fits: impl Fn(char) -> bool) -> bool {
    !text.is_empty() && text.chars().take(most + 1).count() <= most && text.chars().all(fits)
}

/// "1. ", "(a) ", "a) ", a bullet.
pub(super) fn begins_with_number(text: &str) -> bool {
    let mut s = Scan::new(text);
    let spaced = |mut s: Scan<'_>| s.ends() || s.spaces().is_some();
    let Some(first) = text.chars().next() else { return false };
    if is_digit(first) {
        let Some(number) = s.digits(1, 3) else { return false };
        if let Some(c) = s.one(|c| matches!(c, '.' | '．')) {
            let capital = || s.rest.strip_prefix(' ').unwrap_or(s.rest).starts_with(|c: char| c.is_ascii_uppercase());
            return spaced(s) || (c == '.' && number.chars().count() <= 2 && capital());
        }
        s.one(char::is_whitespace);
        let dash = s.one(|c| matches!(c, '-' | '–')).is_some();
        return dash && (s.ends() || (s.one(char::is_whitespace).is_some() && s.rest.starts_with(is_arabic)));
    }
    match first {
        '(' => {
            s.exact("(");
            let before = s;
            let latin = s.run(|c| c.is_ascii_lowercase());
            if latin.is_empty() {
                s = before;
                let arabic = s.run(is_arabic).chars().take(4).count();
                return (1..=3).contains(&arabic) && s.exact(")").is_some() && spaced(s);
            }
            latin.len() <= 4 && s.exact(")").is_some() && spaced(s)
        }
        'a'..='z' => text[1..].strip_prefix(')').is_some_and(|rest| rest.starts_with(char::is_whitespace)),
        '•' | '·' | '▪' | '◦' | '–' | '—' | '-' => text[first.len_utf8()..].starts_with(char::is_whitespace),
        _ => false,
    }
}

/// "1373/2001 of 28 S": an item of a list of resolutions.
pub(super) fn is_item_of_list(text: &str) -> bool {
    let item = || {
        let mut s = Scan::new(text);
        s.digits(1, 4)?;
        s.exact("/")?;
        s.digits(1, 4)?;
        s.exact(" of ")?;
        s.digits(1, 2)?;
        s.exact(" ")?;
        s.one(|c| c.is_ascii_uppercase())
    };
    text.starts_with(|c: char| c.is_ascii_digit()) && item().is_some()
}

/// The capitalised word that may open a paragraph after a mark, where it stands: ", Recalling", "; 2. Decides", "; and Requests".
pub(super) fn opening_word(text: &str) -> Option<Range<usize>> {
    let mut s = Scan { rest: text.get(1..)? };
    // Most often a small letter follows.
    if matches!(s.rest.as_bytes(), [b' ', b'b'..=b'z', ..]) {
        return None;
    }
    if matches!(text.as_bytes()[0], b';' | b',') {
        let mut with_and = s;
        if with_and.exact(" and").is_some() && with_and.spaces().is_some() {
            s.exact(" and");
        }
    }
    s.spaces()?;
    s.one(|c| matches!(c, '“' | '"'));
    if s.rest.starts_with(|c: char| c.is_ascii_digit()) {
        let number = s.run(|c| c.is_ascii_digit());
        s.exact(".").filter(|()| number.len() <= 3)?;
        s.spaces()?;
    }
    let start = text.len() - s.rest.len();
    s.one(|c| c.is_ascii_uppercase())?;
    let small = s.run(|c| c.is_ascii_lowercase());
    (!small.is_empty()).then(|| start..start + 1 + small.len())
}

/// "Adopted by", "Distr.", "Original:": the beginnings of lines that stand in heads.
pub(super) fn is_head_line(text: &str) -> bool {
    match text.as_bytes().first() {
        Some(b'A') => {
            begins_with(text, &["agenda item", "adopted by", "adopted unanimously", "adopted at", "adopted without"])
        }
        Some(b'a') => strip_words(text, "agenda item").is_some(),
        Some(b'D' | b'd') => strip_words(text, "distr.").is_some(),
        Some(b'G' | b'g') => text.eq_ignore_ascii_case("general assembly"),
        Some(b'O' | b'o') => strip_words(text, "original:").is_some(),
        // With a small letter it is the next line of a sentence.
        Some(b'R') => strip_words(text, "resolution ").is_some_and(|rest| rest.starts_with(is_digit)),
        Some(b'S' | b's') => {
            text.eq_ignore_ascii_case("security council") || strip_words(text, "statement by the president").is_some()
        }
        Some(b'U' | b'u') => text.eq_ignore_ascii_case("united nations"),
        _ => false,
    }
}

/// "The Council notes ..."
pub(super) fn is_statement(text: &str) -> bool {
    let statement = || {
        let mut s = Scan { rest: text.trim_start_matches(['“', '”', '‟', '"', '‘', '\'']) };
        s.exact("The ")?;
        s.exact("Security ");
        s.exact("Council")?;
        s.spaces()?;
        s.one(|c| c.is_ascii_lowercase())
    };
    statement().is_some()
}

/// The symbol at the head of each page: "S/RES/2100 (2013)", "Resolution 2100 (2013)".
pub(super) fn is_running_symbol(text: &str) -> bool {
    let year = |text: &'_ str| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    let dated = text.strip_suffix(')').and_then(|t| t.rsplit_once('(')).filter(|(_, inside)| year(inside));
    if let Some(rest) = text.strip_prefix("Resolution ") {
        let number = dated.and_then(|(before, _)| before.strip_prefix("Resolution ")?.strip_suffix(' '));
        return !rest.is_empty() && number.is_some_and(|n| !n.is_empty() && n.chars().all(is_digit));
    }
    let symbol = |text: &str| {
        matches!(text.as_bytes(), [b'A' | b'E' | b'S', b'/', b'A'..=b'Z' | b'0'..=b'9', inside @ .., b'0'..=b'9']
            if inside.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'/' | b'-')))
    };
    match dated {
        Some((before, _)) => symbol(before.strip_suffix(' ').unwrap_or(before)),
        None => symbol(text),
    }
}

/// The number of the printing order: "13-31235 (E)", "*1331235*".
pub(super) fn is_job_number(text: &str) -> bool {
    let mut run = 0;
    if !text.bytes().any(|b| {
        run = if b.is_ascii_digit() { run + 1 } else { 0 };
        run == 5
    }) {
        return false;
    }
    if let Some(starred) = text.strip_suffix('*') {
        let before = starred.trim_end_matches(is_digit);
        let digits = starred[before.len()..].chars().count();
        if let Some(before) = before.strip_suffix('*')
            && ((digits >= 5 && before.is_empty())
                || (digits >= 6 && before.chars().all(|c| is_digit(c) || matches!(c, '*' | ' '))))
        {
            return true;
        }
    }
    let mut s = Scan::new(text);
    for _ in 0..3 {
        s.one(|c| c.is_ascii_uppercase());
    }
    s.exact("-");
    let number = |s: &mut Scan<'_>| {
        s.digits(2, 2)?;
        s.exact("-")?;
        s.digits(5, 6).map(|_| ())
    };
    if number(&mut s).is_none() {
        return false;
    }
    for _ in 0..3 {
        s.exact("*");
    }
    let mut language = s;
    language.skip_spaces();
    let printed_in = |s: &mut Scan<'_>| {
        s.exact("(")?;
        s.one(|c| c.is_ascii_uppercase())?;
        s.exact(")")
    };
    if printed_in(&mut language).is_some() {
        s = language;
    }
    // A date, the number of the page and a sign that the text goes on may follow, in this order.
    let is_rest = |mut s: Scan<'_>| {
        s.ends()
            || (s.spaces().is_some()
                && !s.ends()
                && s.rest.chars().all(|c| is_digit(c) || matches!(c, '*' | '/' | ' ' | '.' | '…')))
    };
    let dated = after_date(s);
    let paged = [Some(s), dated].into_iter().flatten().filter_map(after_page);
    is_rest(s) || dated.is_some_and(is_rest) || paged.into_iter().any(is_rest)
}

fn after_date(mut s: Scan<'_>) -> Option<Scan<'_>> {
    s.spaces()?;
    s.digits(6, 6)?;
    Some(s)
}

fn after_page(mut s: Scan<'_>) -> Option<Scan<'_>> {
    s.spaces()?;
    s.digits(1, 3)?;
    s.exact("/")?;
    s.digits(1, 3)?;
    Some(s)
}

/// "2/5", "Page 3 of 12", "- 3 -".
pub(super) fn is_page_number(text: &str) -> bool {
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'P' | 'p' | '-')) {
        return false;
    }
    let mut s = Scan::new(text);
    if let Some(rest) = text.strip_prefix("Page ").or_else(|| text.strip_prefix("page ")) {
        s.rest = rest;
        let number = !s.run(is_digit).is_empty();
        return number && (s.ends() || (s.exact(" of ").is_some() && !s.run(is_digit).is_empty() && s.ends()));
    }
    if s.exact("-").is_some() {
        s.one(char::is_whitespace);
        let number = !s.run(|c| c.is_ascii_digit()).is_empty();
        s.one(char::is_whitespace);
        return number && s.rest == "-";
    }
    if s.digits(1, 3).is_none() {
        return false;
    }
    if s.ends() {
        return true;
    }
    if s.exact("/").and_then(|()| s.digits(1, 3)).is_none() {
        return false;
    }
    if s.ends() {
        return true;
    }
    let job = |s: &mut Scan<'_>| {
        s.spaces()?;
        s.digits(2, 2)?;
        s.exact("-")?;
        s.digits(5, 5).map(|_| ())
    };
    if job(&mut s).is_none() {
        return false;
    }
    if s.ends() {
        return true;
    }
    s.skip_spaces();
    matches!(s.rest.as_bytes(), [b'(', b'A'..=b'Z', b')'])
}

/// What web pages and printers add: "Please recycle", "See also".
pub(super) fn is_of_a_page(text: &str) -> bool {
    const LINKS: [&str; 10] = [
        "see also",
        "read also",
        "related",
        "more posts",
        "share this",
        "leave a reply",
        "previous post",
        "next post",
        "categories",
        "tags",
    ];
    if LINKS.iter().filter_map(|words| strip_words(text, words)).any(|rest| Scan { rest }.ends_word()) {
        return true;
    }
    let of_sign = |c: char| !(c.is_alphanumeric() || c == '_');
    strip_words(text, "please recycle").is_some_and(|rest| !rest.contains('\n'))
        || text.trim_matches(of_sign).eq_ignore_ascii_case("recycle")
}

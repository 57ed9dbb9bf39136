//! What the lines of a head say: symbols, numbers and years of resolutions, adoption, dates, votes.
//!
//! Each function reads one form of words, named by its example, and gives the parts of it that count.

use memchr::memchr_iter;

use super::scan::{Scan, find_words, is_digit, line_starts, of_word};

/// The first line, or place behind a line's start, that a form of words begins at.
fn at_lines<'a, T>(head: &'a str, form: impl Fn(Scan<'a>) -> Option<T>) -> Option<T> {
    line_starts(head).find_map(|at| form(Scan { rest: &head[at..] }))
}

/// "S/RES/2100 (2013)", "A/RES/74/10 B", after white space: the first symbol of a resolution or statement.
pub(super) fn symbol_line(head: &str) -> Option<&str> {
    let bytes = head.as_bytes();
    memchr_iter(b'/', bytes).find_map(|slash| {
        let rest = &head[slash..];
        let length = match () {
            () if rest.starts_with("/PRST/") => 1,
            () if !rest.starts_with("/RES/") => return None,
            () if head[..slash].ends_with("A/HRC") => 5,
            () => 1,
        };
        let start = slash.checked_sub(length)?;
        let alone = start == 0 || head.get(..start)?.ends_with(char::is_whitespace);
        let end = symbol_end(Scan { rest: head.get(start..).filter(|_| alone)? })?;
        Some(&head[start..head.len() - end.rest.len()])
    })
}

fn symbol_end(mut s: Scan<'_>) -> Option<Scan<'_>> {
    if s.exact("S/RES/").is_some() {
        s.digits(1, 4)?;
        s.exact(" ");
        s.exact("(")?;
        s.digits(4, 4)?;
        s.exact(")")?;
        return Some(s);
    }
    if s.exact("S/PRST/").is_some() || s.exact("E/RES/").is_some() {
        s.digits(4, 4)?;
        s.exact("/")?;
        s.digits(1, 3)?;
        return Some(s);
    }
    if s.exact("A/HRC/RES/").is_some() {
        s.exact("S-");
        s.digits(1, 3)?;
        s.exact("/")?;
        s.digits(1, 3)?;
        return Some(s);
    }
    s.exact("A/RES/")?;
    of_session(s).or_else(|| of_roman_session(s))
}

/// "74/10", "ES-10/13 A"
fn of_session(mut s: Scan<'_>) -> Option<Scan<'_>> {
    if s.exact("ES-").is_none() {
        s.exact("S-");
    }
    s.digits(1, 3)?;
    s.exact("/")?;
    s.digits(1, 4)?;
    let mut part = s;
    part.exact(" ");
    let lettered = part.one(|c| c.is_ascii_uppercase()).is_some() && part.ends_word();
    Some(if lettered { part } else { s })
}

/// "217 A (III)"
fn of_roman_session(mut s: Scan<'_>) -> Option<Scan<'_>> {
    s.digits(1, 4)?;
    let mut part = s;
    part.exact(" ");
    if part.one(|c| c.is_ascii_uppercase()).is_some() {
        s = part;
    }
    s.exact(" ");
    s.exact("(")?;
    let session = s.run(|c| c.is_ascii_uppercase() || c == '-');
    s.exact(")").filter(|()| !session.is_empty())?;
    Some(s)
}

/// "480 (1980). Resolution": number and year.
pub(super) fn old_title(head: &str) -> Option<(&str, &str)> {
    at_lines(head, |mut s| {
        let number = s.digits(1, 3)?;
        s.exact(" (")?;
        let year = s.digits(4, 4).filter(|year| year.starts_with("19"))?;
        s.exact(").")?;
        s.spaces()?;
        s.exact("Resolution")?;
        s.ends_word().then_some((number, year))
    })
}

/// "Resolution 480 of 12 November 1980", "480 (Islands) resolution of 12 November 1980": number and year.
pub(super) fn dated_title(head: &str) -> Option<(&str, &str)> {
    at_lines(head, |mut s| {
        if s.words("resolution").is_some() {
            s.spaces()?;
        }
        let number = s.digits(1, 4)?;
        if !s.ends_word() {
            return None;
        }
        for _ in 0..=12 {
            if let Some(year) = of_day(s) {
                return Some((number, year));
            }
            s.one(|c| c != '\n')?;
        }
        None
    })
}

/// " resolution of 12 November 1980": the year.
fn of_day(mut s: Scan<'_>) -> Option<&str> {
    s.spaces()?;
    if s.words("resolution").is_some() {
        s.spaces()?;
    }
    s.words("of")?;
    s.spaces()?;
    s.digits(1, 2)?;
    s.spaces()?;
    let month = s.run(|c| c.is_ascii_alphabetic());
    s.spaces().filter(|()| !month.is_empty())?;
    s.digits(4, 4)
}

/// "resolution 480 (1980)": number and year.
pub(super) fn resolution_title(head: &str) -> Option<(&str, &str)> {
    find_words(head, "resolution", 5).filter(|at| !head[..*at].ends_with(of_word)).find_map(|at| {
        let mut s = Scan { rest: &head[at + "resolution".len()..] };
        s.spaces()?;
        let number = s.digits(1, 4)?;
        s.skip_spaces();
        s.exact("(")?;
        let year = s.digits(4, 4)?;
        s.exact(")").map(|()| (number, year))
    })
}

/// "Security Council Resolution 480": the number.
pub(super) fn council_title(line: &str) -> Option<&str> {
    let mut s = Scan::new(line);
    s.words("United Nations ");
    s.words("Security Council Resolution")?;
    s.spaces()?;
    let number = s.digits(1, 4)?;
    s.ends_word().then_some(number)
}

/// "74/10. ", "ES-10/13 A ": the number.
pub(super) fn assembly_number(head: &str) -> Option<&str> {
    at_lines(head, |s| {
        let [lettered, plain] = numbers(s);
        let ends = |after: &Scan<'_>| {
            let mut end = *after;
            end.exact(".");
            end.one(char::is_whitespace).is_some()
        };
        lettered.filter(ends).or_else(|| plain.filter(ends)).map(|after| after.taken(s.rest))
    })
}

/// "74/10. Lamps of the northern coast": the title.
pub(super) fn assembly_title(head: &str) -> Option<&str> {
    at_lines(head, |s| {
        let title = |mut s: Scan<'_>| {
            s.exact(".");
            s.spaces()?;
            let line = s.rest.split('\n').next()?;
            (4..=301).contains(&line.chars().count()).then_some(line.len()).map(|len| (s.rest.len(), len))
        };
        let [lettered, plain] = numbers(s);
        let (left, len) = lettered.and_then(title).or_else(|| plain.and_then(title))?;
        let start = s.rest.len() - left;
        Some(&s.rest[start..start + len])
    })
}

/// A number of the Assembly at the start of a line, with the letter of a part and without.
fn numbers(mut s: Scan<'_>) -> [Option<Scan<'_>>; 2] {
    if s.exact("ES-").is_none() {
        s.exact("S-");
    }
    let session = s.digits(1, 3).and_then(|_| s.exact("/")).and_then(|()| s.digits(1, 4));
    let mut part = s;
    let lettered = part.exact(" ").and_then(|()| part.one(|c| c.is_ascii_uppercase()));
    [lettered.filter(|_| session.is_some()).map(|_| part), session.map(|_| s)]
}

const ADOPTERS: [&str; 4] =
    ["Security Council", "General Assembly", "Economic and Social Council", "Human Rights Council"];

/// "Adopted by the Security Council at its 6952nd meeting, on 25 April 2013": meeting and date.
pub(super) fn adopted(text: &str) -> Option<(&str, &str)> {
    find_words(text, "adopted by the ", 3).find_map(|at| {
        let mut s = Scan { rest: &text[at + "adopted by the ".len()..] };
        s.any_of(&ADOPTERS)?;
        s.words(" at its")?;
        s.spaces()?;
        let meeting = meeting_number(&mut s)?;
        s.ordinal()?;
        s.spaces()?;
        // "2100th plenary meeting"
        let mut named = s;
        let word = named.run(of_word);
        if !word.is_empty() && named.spaces().is_some() && named.words("meeting").is_some() {
            s = named;
        } else {
            s.words("meeting")?;
        }
        let place = s.run(|c| c != ',');
        s.exact(",").filter(|()| place.chars().count() <= 30)?;
        s.skip_spaces();
        s.words("held ");
        s.words("on")?;
        s.skip_spaces();
        Some((meeting, s.date()?))
    })
}

/// The number of a meeting, with the commas and spaces in it.
fn meeting_number<'a>(s: &mut Scan<'a>) -> Option<&'a str> {
    let number = s.run(|c| is_digit(c) || matches!(c, ' ' | ','));
    (!number.is_empty()).then_some(number)
}

/// "Resolution adopted by the General Assembly on 18 December 2019": the date.
pub(super) fn adopted_on(head: &str) -> Option<&str> {
    find_words(head, "resolution adopted by the ", 14).find_map(|at| {
        let mut s = Scan { rest: &head[at + "resolution adopted by the ".len()..] };
        s.any_of(&ADOPTERS[1..])?;
        s.words(" on")?;
        s.spaces()?;
        s.date()
    })
}

/// "of 12 November 1980" at the start of a line: the date.
pub(super) fn of_date(head: &str) -> Option<&str> {
    at_lines(head, |mut s| {
        s.skip_spaces();
        s.exact("of")?;
        s.spaces()?;
        let before = s;
        let date = s.date()?;
        let mut month = before;
        month.run(|c| !c.is_ascii_alphabetic());
        let small =
            month.rest.as_bytes()[1..].iter().take_while(|b| b.is_ascii_alphabetic()).all(u8::is_ascii_lowercase);
        (month.rest.starts_with(|c: char| c.is_ascii_uppercase()) && small).then_some(date)
    })
}

/// "12 November 1980" anywhere: the date.
pub(super) fn any_date(head: &str) -> Option<&str> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let mut at = 0;
    while let Some(step) = head[at..].find(is_digit) {
        let start = at + step;
        let mut s = Scan { rest: &head[start..] };
        let run = s.run(is_digit);
        at = start + run.len();
        let dated = |mut s: Scan<'_>| {
            s.spaces()?;
            MONTHS.iter().find_map(|month| s.exact(month))?;
            s.spaces()?;
            s.digits(4, 4)?;
            s.ends_word().then_some(s.rest.len())
        };
        if run.chars().count() <= 2
            && !head[..start].ends_with(of_word)
            && let Some(left) = dated(s)
        {
            return Some(&head[start..head.len() - left]);
        }
    }
    None
}

/// "Adopted unanimously at the 2255th meeting": whether so, the meeting, and the words.
pub(super) fn adopted_at(tail: &str) -> Option<(bool, &str, &str)> {
    find_words(tail, "adopted ", 3).find_map(|at| {
        let mut s = Scan { rest: &tail[at + "adopted ".len()..] };
        let unanimously = s.words("unanimously ").is_some();
        s.words("at the")?;
        s.spaces()?;
        let meeting = meeting_number(&mut s)?;
        s.ordinal()?;
        let mut bracket = s;
        let resumed = |s: &mut Scan<'_>| {
            s.exact(" (")?;
            let word = !s.run(of_word).is_empty();
            s.exact(")").filter(|()| word)
        };
        if resumed(&mut bracket).is_some() {
            s = bracket;
        }
        s.spaces()?;
        s.words("meeting")?;
        Some((unanimously, meeting, s.taken(&tail[at..])))
    })
}

/// "by 12 votes to none, with 3 abstentions": in favour, against, abstaining.
pub(super) fn votes(tail: &str) -> Option<(&str, &str, Option<&str>)> {
    find_words(tail, "by ", 1).find_map(|at| {
        let mut s = Scan { rest: &tail[at + "by ".len()..] };
        let in_favour = s.digits(1, 3)?;
        s.words(" vote")?;
        s.words("s");
        s.words(" ")?;
        s.words("in favour ");
        s.words("to ")?;
        let before = s.rest;
        let against = match s.words("none") {
            Some(()) => s.taken(before),
            None => s.digits(1, 3)?,
        };
        let abstaining = |mut s: Scan<'_>| {
            s.words(" against");
            s.exact(",");
            s.words(" with ")?;
            let number = tail.len() - s.rest.len();
            let digits = s.digits(1, 3)?.len();
            s.words(" abstention")?;
            Some((number, digits))
        };
        Some((in_favour, against, abstaining(s).map(|(start, len)| &tail[start..start + len])))
    })
}

/// "draft resolution", "draft presidential statement"
pub(super) fn speaks_of_a_draft(text: &str) -> bool {
    find_words(text, "draft ", 3).any(|at| {
        let mut s = Scan { rest: &text[at + "draft ".len()..] };
        !text[..at].ends_with(of_word)
            && s.any_of(&["resolution", "decision", "presidential statement"]).is_some()
            && s.ends_word()
    })
}

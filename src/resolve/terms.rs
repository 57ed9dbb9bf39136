//! How long a mandate lasts: until a day, or for a period, and from when it runs.

use std::fmt;

use jiff::civil::Date;

use crate::date::date;
use crate::parse::{Document, ParagraphId};
use crate::patterns::patterns;

patterns! {
    UNTIL = r"\b(?:until|to|(?:ending|expiring|terminating)(?:\son)?|through|till|up\sto|(?:expires?|ends?)\son)\s+(?:and\sincluding\s+)?(?:midnight\s+on\s+)?(?:the\s+)?(end\sof\s+)?(?:the\s+)?";
    A_DAY = r"^(\d{1,2})(?:st|nd|rd|th)?\s*(?:of\s+)?(January|February|March|April|May|June|July|August|September|October|November|December)\b(?:,?\s+(\d{4}))?";
    DAY_LAST = r"^(January|February|March|April|May|June|July|August|September|October|November|December)\s+(\d{1,2})(?:st|nd|rd|th)?,\s+(\d{4})";
    A_MONTH = r"^(January|February|March|April|May|June|July|August|September|October|November|December)\s+(\d{4})";
    LASTS = r"\bfor\s+(?:(?:an?|the|another)\s+)?(?:(?:further|additional|final|initial|interim|last|next|new|limited|maximum|and|more)\s+){0,3}(?:(?:term|period)(?:\s+of|,)?\s+)?(?:up\s+to\s+)?(\d{1,3}|[a-z]+(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?)(?:\s\(\d+\))?(?:\s(?:further|additional|more))?[\s-](day|week|month|year)s?\b";
    FROM = r"^,?\s*(?:as\s+)?(?:from|of|starting|beginning|commencing|effective|after|following|beyond)\s+(?:(?:on|from|as\sof)\s+)?(?:the\s+)?(?:date\s+of\s+)?(?:the\s+)?";
    AS_OF = r"\b(?:as\s+(?:of|from)|beginning|commencing|starting|with\s+effect\s+from)\s+(?:on\s+)?";
    AT_ONCE = r"\bwith\s+immediate\s+effect\b|\bimmediately\b|\bforthwith\b";
    ELSEWHERE = r"\b(?:for|until|to)\s+the\s+(?:same\s+)?(?:period|date|time)\s+(?:specified|set\s+(?:out|forth)|mentioned|referred\s+to|stated|indicated|established)\s+in\s+paragraph\s+(\d+)\b";
    ENDS_ON = r"\b(?:expir|end|terminat)";
    OF_A_PERIOD = r"(?:\b(?:period|term)|\b(?:day|week|month|year)s?(?:\speriod)?),?\s*$";
    // "which expires on", "due to expire on": the day of the mandate before.
    OF_BEFORE = r"\b(?:which|that|due\s+to|current\s[^,;.]{1,80}|present\s[^,;.]{1,80}),?\s*(?:is\s+to\s+|will\s+)?$";
    AND_MORE = r"^\s+and\s+(?:an?\s+|\w+\s+)(?:days?|weeks?|months?|half)\b";
    ON_THE_DAY = r"\b(?:on|by|as\s+(?:of|from)|with\s+effect\s+from|effective(?:\s+(?:on|as\s+of|from))?|no\s+later\s+than|until)\s+(?:and\s+including\s+)?";
    INTENDED = r",?\s(?:with\s+(?:a\s+view|the\s+(?:intention|possibility))|subject\s+to)\b";
}

/// What a period is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Days.
    Days,
    /// Weeks.
    Weeks,
    /// Months.
    Months,
    /// Years.
    Years,
}

/// A length of time as a text states it, printed in the canonical form of XML Schema: `P1Y6M`, and not `P18M`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// How many.
    pub count: u16,
    /// Of what.
    pub unit: Unit,
}

impl Period {
    /// The day that lies a period after another; `None` beyond the calendar.
    #[must_use]
    pub fn after(self, from: Date) -> Option<Date> {
        let (count, span) = (i64::from(self.count), jiff::Span::new());
        let span = match self.unit {
            Unit::Days => span.days(count),
            Unit::Weeks => span.weeks(count),
            Unit::Months => span.months(count),
            Unit::Years => span.years(count),
        };
        from.checked_add(span).ok()
    }

    /// From `P1Y6M`, `P6M`, `P90D`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix('P')?;
        if let Some((years, months)) = rest.split_once('Y').filter(|(_, months)| !months.is_empty()) {
            let (years, months): (u16, u16) = (years.parse().ok()?, months.strip_suffix('M')?.parse().ok()?);
            return Some(Self { count: years.checked_mul(12)?.checked_add(months)?, unit: Unit::Months });
        }
        let (count, unit) = rest.split_at_checked(rest.len().checked_sub(1)?)?;
        let unit = match unit {
            "D" => Unit::Days,
            "M" => Unit::Months,
            "Y" => Unit::Years,
            _ => return None,
        };
        Some(Self { count: count.parse().ok()?, unit })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // XML Schema has no weeks.
        match self.unit {
            Unit::Days => write!(f, "P{}D", self.count),
            Unit::Weeks => write!(f, "P{}D", u32::from(self.count) * 7),
            Unit::Months => match (self.count / 12, self.count % 12) {
                (0, months) => write!(f, "P{months}M"),
                (years, 0) => write!(f, "P{years}Y"),
                (years, months) => write!(f, "P{years}Y{months}M"),
            },
            Unit::Years => write!(f, "P{}Y", self.count),
        }
    }
}

/// How long a mandate lasts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Term {
    /// The last day: stated, or the period counted from the day that the text states.
    pub(super) until: Option<Date>,
    /// The period, where no last day is stated.
    pub(super) period: Option<Period>,
}

impl Term {
    pub(super) fn is_stated(self) -> bool {
        self.until.is_some() || self.period.is_some()
    }
}

/// What a stretch of a document says of how long something lasts. What is only intended or made subject to something
/// ("with a view to a further period until ...") counts where nothing else is said.
pub(super) fn term(text: &str, document: &Document) -> Term {
    let adopted = document.metadata.date;
    let said = INTENDED.find(text).map_or(text, |m| &text[..m.start()]);
    let first = stated(said, adopted);
    if first.is_stated() {
        return first;
    }
    if let Some(found) = elsewhere(said, document) {
        return found;
    }
    stated(text, adopted)
}

fn stated(text: &str, adopted: Option<Date>) -> Term {
    // Of "the mandate, which expires on one day, until another" the other is meant; so an end that is no period's comes last.
    let (mut until, mut ending) = (None, None);
    for c in UNTIL.captures_iter(text) {
        let Some(at) = c.get(0) else { continue };
        let rest = &text[at.end()..];
        let found = if c.get(1).is_some() { end_of_month(rest) } else { None }.or_else(|| day(rest, adopted));
        let before = &text[..at.start()];
        if !ENDS_ON.is_match(at.as_str()) || OF_A_PERIOD.is_match(before) {
            until = until.or(found);
        } else if !OF_BEFORE.is_match(before) {
            ending = ending.or(found);
        }
    }
    if until.is_some() {
        return Term { until, period: None };
    }
    for c in LASTS.captures_iter(text) {
        let (Some(whole), Some(count)) = (c.get(0), number(&c[1])) else { continue };
        // "one year and six months" is neither.
        if AND_MORE.is_match(&text[whole.end()..]) {
            continue;
        }
        let unit = match &c[2] {
            "day" => Unit::Days,
            "week" => Unit::Weeks,
            "month" => Unit::Months,
            _ => Unit::Years,
        };
        let period = Period { count, unit };
        let from = begins(text, whole.end(), adopted);
        return Term { until: from.and_then(|from| period.after(from)), period: Some(period) };
    }
    Term { until: ending, period: None }
}

/// The day on which something ends: "as of 31 December 2030", "on 31 December 2030"; not one before the adoption, on which
/// something else happened.
pub(super) fn ends_on(text: &str, document: &Document) -> Option<Date> {
    let adopted = document.metadata.date;
    let days = ON_THE_DAY.find_iter(text).filter_map(|m| day(&text[m.end()..], adopted));
    days.into_iter().find(|day| adopted.is_none_or(|adopted| *day >= adopted))
}

/// From when a period runs, if the text says so: right behind it, or as the day on which the thing is made.
fn begins(text: &str, end: usize, adopted: Option<Date>) -> Option<Date> {
    let rest = &text[end..];
    if let Some(from) = FROM.find(rest) {
        let rest = &rest[from.end()..];
        let now = ["adoption", "this resolution", "the present resolution", "today"];
        if now.iter().any(|now| rest.starts_with(now)) {
            return adopted;
        }
        return day(rest, adopted);
    }
    let before = &text[..end];
    let dated = AS_OF.find_iter(before).find_map(|m| day(&before[m.end()..], adopted));
    dated.or_else(|| adopted.filter(|_| AT_ONCE.is_match(before)))
}

/// The term of the paragraph that a text refers to: "for the period specified in paragraph 1 above".
fn elsewhere(text: &str, document: &Document) -> Option<Term> {
    let c = ELSEWHERE.captures(text)?;
    let rest = text[c.get(0)?.end()..].trim_start();
    if rest.starts_with("of ") && !rest.starts_with("of this") && !rest.starts_with("of the present") {
        return None;
    }
    let number: u32 = c[1].parse().ok()?;
    let meant = document.paragraphs.iter().find(|p| p.id == ParagraphId::Operative(number, Vec::new()))?;
    Some(stated(&meant.text, document.metadata.date)).filter(|term| term.is_stated())
}

/// The day that a text begins with; one without a year is the first after the adoption.
pub(super) fn day(text: &str, adopted: Option<Date>) -> Option<Date> {
    if let Some(c) = A_DAY.captures(text) {
        if let Some(year) = c.get(3) {
            return date(&format!("{} {} {}", &c[1], &c[2], year.as_str()));
        }
        let adopted = adopted?;
        let of = |year: i16| date(&format!("{} {} {year}", &c[1], &c[2]));
        return of(adopted.year()).filter(|day| *day > adopted).or_else(|| of(adopted.year() + 1));
    }
    DAY_LAST.find(text).and_then(|m| date(m.as_str()))
}

/// "(the end of) June 2007"
fn end_of_month(text: &str) -> Option<Date> {
    let c = A_MONTH.captures(text)?;
    date(&format!("1 {} {}", &c[1], &c[2])).map(Date::last_of_month)
}

/// A number below a hundred in words or below a thousand in digits; an article is one.
pub(super) fn number(text: &str) -> Option<u16> {
    const ONES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    if matches!(text, "a" | "an" | "another") {
        return Some(1);
    }
    let mut words = text.split([' ', '-', '\u{a0}']);
    let (first, second) = (words.next()?, words.next());
    let place = |list: &[&str], word: &str| list.iter().position(|w| *w == word).and_then(|n| u16::try_from(n).ok());
    match (place(&TENS, first), second) {
        (Some(tens), None) => Some((tens + 2) * 10),
        (Some(tens), Some(second)) => Some((tens + 2) * 10 + place(&ONES, second)?),
        (None, None) => place(&ONES, first),
        (None, Some(_)) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let adopted = date("8 February 2018");
        let term = stated(text, adopted);
        let parts = [term.until.map(|d| d.to_string()), term.period.map(|p| p.to_string())];
        assert_eq!(parts.into_iter().flatten().collect::<Vec<_>>().join(" "), expected, "{text}");
    }

    #[test]
    fn days_in_every_spelling_end_a_term() {
        check("until 4 May 2019", "2019-05-04");
        check("until the 1st of October 2019", "2019-10-01");
        check("through May 4, 2019", "2019-05-04");
        check("for a further period of six months, that is, until 4 August 2018", "2018-08-04");
        check("for a period expiring on 30 November 2018", "2018-11-30");
        check("until the end of June 2018", "2018-06-30");
        // Without a year: the first such day after the adoption.
        check("until 30 June", "2018-06-30");
        check("until 15 January", "2019-01-15");
        check("until 31January 2019", "2019-01-31");
        // What is said of the mandate before is not its new end.
        check("the mandate, which expires on 15 March 2018, until 15 November 2018", "2018-11-15");
        check("the mandate, due to expire on 30 April 2018, for a further period of 12 months", "P1Y");
        check("the current mandate of the Mission expiring on 15 March 2018 until 30 April 2018", "2018-04-30");
        check("the mandate, ending on 30 June 2018", "2018-06-30");
        check("for one year and six months", "");
        check("for the next 12 months", "P1Y");
    }

    #[test]
    fn a_period_is_counted_from_the_day_that_the_text_states() {
        check("for a period of 12 months from the date of adoption of this resolution", "2019-02-08 P1Y");
        check("for a period of six months from 30 April 2018", "2018-10-30 P6M");
        check("for an initial period of twenty-four months as from 1 March 2018", "2020-03-01 P2Y");
        check("as of 9 July 2018 the Mission for an initial period of one year", "2019-07-09 P1Y");
        check("with immediate effect for thirty days", "2018-03-10 P30D");
    }

    #[test]
    fn a_period_without_a_beginning_gives_no_day() {
        check("for a further period of 18 months", "P1Y6M");
        check("for another six-month period", "P6M");
        check("for thirty months from the date of expiration of its current mandate in June 2018", "P2Y6M");
        check("for the deployment, within six months, of troops", "");
        check("for many months", "");
    }

    #[test]
    fn periods_are_spelt_and_read_back() {
        for (count, unit, text) in
            [(18, Unit::Months, "P1Y6M"), (6, Unit::Months, "P6M"), (1, Unit::Years, "P1Y"), (90, Unit::Days, "P90D")]
        {
            assert_eq!(Period { count, unit }.to_string(), text);
            assert_eq!(Period::parse(text), Some(Period { count, unit }));
        }
        // A year is written as a year, however it was counted.
        assert_eq!(Period { count: 12, unit: Unit::Months }.to_string(), "P1Y");
        for text in ["", "P", "18M", "P18", "PxM", "P1Y6", "PY6M"] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }
}

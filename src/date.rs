//! Dates as documents write them.

use jiff::civil::Date;

/// English months.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Whether a word is an English month, in any case.
pub(crate) fn is_month(word: &str) -> bool {
    MONTHS.iter().any(|m| m.eq_ignore_ascii_case(word))
}

/// The English month that a word is but for one letter: the scanner's "Apri]", "Octoher".
pub(crate) fn month_but_for_one_letter(word: &str) -> Option<String> {
    let one_off = |month: &str| {
        let differing: Vec<char> =
            word.chars().zip(month.chars()).filter(|(a, b)| !a.eq_ignore_ascii_case(b)).map(|(a, _)| a).collect();
        // Of a short word another letter makes another word: "June", "Jute".
        word.chars().count() == month.len()
            && differing.len() == 1
            && (month.len() > 4 || !differing[0].is_alphabetic())
    };
    let month = MONTHS.iter().find(|m| one_off(m))?;
    Some(format!("{}{}", month[..1].to_ascii_uppercase(), &month[1..]))
}

/// A date as `2019-10-10`, with or without a time, or as `30 January 2019`.
pub(crate) fn date(text: &str) -> Option<Date> {
    if let Some(date) = text.get(..10).and_then(|d| d.parse::<Date>().ok()) {
        return Some(date);
    }
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let month = words.iter().find_map(|w| MONTHS.iter().position(|m| m.eq_ignore_ascii_case(w)))?;
    let number =
        |of: std::ops::RangeInclusive<i16>| words.iter().filter_map(|w| w.parse::<i16>().ok()).find(|n| of.contains(n));
    Date::new(number(1900..=2200)?, i8::try_from(month + 1).ok()?, i8::try_from(number(1..=31)?).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_both_spellings() {
        for (text, expected) in
            [("2019-10-10 00:00:00", "2019-10-10"), ("on 30 January 2019", "2019-01-30"), ("May 5, 1999", "1999-05-05")]
        {
            assert_eq!(date(text).map(|d| d.to_string()).as_deref(), Some(expected));
        }
        assert_eq!(date("next week"), None);
    }
}

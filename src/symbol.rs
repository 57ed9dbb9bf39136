//! Document symbols: the identity of a United Nations document.
//!
//! A symbol is parsed once into a typed [`Symbol`]; its canonical spelling, its IRI path and its
//! issuing organ are derived from there. `S/RES/2388 (2017)`, `A/RES/217 A (III)`,
//! `A/RES/S-27/2`, `E/RES/2017/18`, `A/HRC/RES/20/1`, `S/PRST/2015/25`; every other symbol is
//! kept as printed, without spaces.

use std::fmt;

use serde::{Serialize, Serializer};

/// An organ that adopts or issues documents under its own series of symbols.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Organ {
    /// S/
    SecurityCouncil,
    /// A/
    GeneralAssembly,
    /// E/
    EconomicAndSocialCouncil,
    /// A/HRC/
    HumanRightsCouncil,
    /// E/CN.4/
    CommissionOnHumanRights,
    /// T/
    TrusteeshipCouncil,
    /// ST/
    Secretariat,
    /// Any other series.
    Other,
}

impl Organ {
    /// All organs.
    pub const ALL: [Self; 8] = [
        Self::SecurityCouncil,
        Self::GeneralAssembly,
        Self::EconomicAndSocialCouncil,
        Self::HumanRightsCouncil,
        Self::CommissionOnHumanRights,
        Self::TrusteeshipCouncil,
        Self::Secretariat,
        Self::Other,
    ];

    /// The organ's English name; `None` for [`Organ::Other`].
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::SecurityCouncil => "Security Council",
            Self::GeneralAssembly => "General Assembly",
            Self::EconomicAndSocialCouncil => "Economic and Social Council",
            Self::HumanRightsCouncil => "Human Rights Council",
            Self::CommissionOnHumanRights => "Commission on Human Rights",
            Self::TrusteeshipCouncil => "Trusteeship Council",
            Self::Secretariat => "Secretariat",
            Self::Other => return None,
        })
    }
}

/// The session that an Assembly or Human Rights Council resolution belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Session {
    /// A regular session.
    Regular(u16),
    /// A special session (`S-27`).
    Special(u16),
    /// An emergency special session (`ES-11`).
    Emergency(u16),
}

/// Regular sessions up to the thirtieth number their resolutions through ("217 A (III)").
const LAST_ROMAN_SESSION: u16 = 30;

/// A document symbol.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Symbol {
    /// `S/RES/2388 (2017)`; the year is absent only where neither text nor table gives it.
    CouncilResolution {
        /// Running number since 1946.
        number: u16,
        /// Year of adoption.
        year: Option<u16>,
    },
    /// `S/PRST/2015/25`
    PresidentialStatement {
        /// Year of issue.
        year: u16,
        /// Number in the year.
        number: u16,
    },
    /// `A/RES/71/1`, `A/RES/217 A (III)`, `A/RES/S-27/2`, `A/RES/ES-11/1`
    AssemblyResolution {
        /// The session.
        session: Session,
        /// Number in the session, or the running number up to the thirtieth.
        number: u16,
        /// Lettered part, empty for none ("A", "B", "A and B").
        part: String,
    },
    /// `E/RES/2017/18`
    EcosocResolution {
        /// Year of adoption.
        year: u16,
        /// Number in the year.
        number: u16,
        /// Lettered part, empty for none.
        part: String,
    },
    /// `A/HRC/RES/20/1`, `A/HRC/RES/S-17/1`
    RightsCouncilResolution {
        /// The session.
        session: Session,
        /// Number in the session.
        number: u16,
    },
    /// Any other symbol, as printed with spaces removed: `S/2017/939`, `A/79/552-S/2024/767`.
    Other(String),
}

impl Symbol {
    /// Reads a symbol in any spacing: `S/RES/2388(2017)`, `A/RES/217 A (III)`.
    /// `None` where the text is not a symbol.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let s = normal(text);
        let known = match s.split_once("RES/") {
            Some(("S/", rest)) => council_resolution(rest),
            Some(("A/", rest)) => match roman_session(rest) {
                // What has the form and is no number is no symbol at all.
                Some((number, part, mark, roman)) => {
                    let session = session(mark, roman_value(roman)?);
                    return Some(Self::AssemblyResolution { session, number, part });
                }
                None => assembly_resolution(rest),
            },
            Some(("E/", rest)) => ecosoc_resolution(rest),
            Some(("A/HRC/", rest)) => rights_council_resolution(rest),
            _ => s.strip_prefix("S/PRST/").and_then(presidential_statement),
        };
        known.or_else(|| is_any(&s).then_some(Self::Other(s)))
    }

    /// The organ whose series the symbol belongs to.
    #[must_use]
    pub fn organ(&self) -> Organ {
        match self {
            Self::CouncilResolution { .. } | Self::PresidentialStatement { .. } => Organ::SecurityCouncil,
            Self::AssemblyResolution { .. } => Organ::GeneralAssembly,
            Self::EcosocResolution { .. } => Organ::EconomicAndSocialCouncil,
            Self::RightsCouncilResolution { .. } => Organ::HumanRightsCouncil,
            Self::Other(s) => match s.split('/').next() {
                Some("S") => Organ::SecurityCouncil,
                Some("A") if s.starts_with("A/HRC/") => Organ::HumanRightsCouncil,
                Some("A") => Organ::GeneralAssembly,
                Some("E") if s.starts_with("E/CN.4/") => Organ::CommissionOnHumanRights,
                Some("E") => Organ::EconomicAndSocialCouncil,
                Some("T") => Organ::TrusteeshipCouncil,
                Some("ST") => Organ::Secretariat,
                _ => Organ::Other,
            },
        }
    }

    /// The path of the work's IRI below `id/`, without spaces: `S/RES/2388`, `A/RES/217A(III)`.
    /// Two spellings of one symbol have one path; a Council resolution's year is left out.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::CouncilResolution { number, .. } => format!("S/RES/{number}"),
            other => other.to_string().replace(' ', ""),
        }
    }

    /// The year that the symbol itself states, if any.
    #[must_use]
    pub fn year(&self) -> Option<u16> {
        match self {
            Self::CouncilResolution { year, .. } => *year,
            Self::PresidentialStatement { year, .. } | Self::EcosocResolution { year, .. } => Some(*year),
            Self::Other(s) => s.split('/').find_map(|p| p.parse().ok().filter(|y| (1946..2100).contains(y))),
            _ => None,
        }
    }

    /// Whether this is a resolution of any organ.
    #[must_use]
    pub fn is_resolution(&self) -> bool {
        !matches!(self, Self::PresidentialStatement { .. } | Self::Other(_))
    }
}

/// The number that a text of `least` to `most` digits is.
fn digits(text: &str, least: usize, most: usize) -> Option<u16> {
    let all = (least..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if all { text.parse().ok() } else { None }
}

/// A text cut behind the digits that it begins with.
fn behind_digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

/// "2388(2017)"
fn council_resolution(text: &str) -> Option<Symbol> {
    let (number, year) = behind_digits(text);
    let number = digits(number, 1, 4)?;
    if year.is_empty() {
        return Some(Symbol::CouncilResolution { number, year: None });
    }
    let year = digits(year.strip_prefix('(')?.strip_suffix(')')?, 4, 4)?;
    Some(Symbol::CouncilResolution { number, year: Some(year) })
}

/// "2015/25"
fn presidential_statement(text: &str) -> Option<Symbol> {
    let (year, number) = text.split_once('/')?;
    Some(Symbol::PresidentialStatement { year: digits(year, 4, 4)?, number: digits(number, 1, 3)? })
}

/// "A", "A-B", "AANDB", or nothing.
fn part(text: &str) -> Option<String> {
    let joint = |inside: &[u8]| matches!(inside, b"" | [b'-', b'A'..=b'Z'] | [b'A', b'N', b'D', b'A'..=b'Z']);
    match text.as_bytes() {
        [] => Some(String::new()),
        [b'A'..=b'Z', rest @ ..] if joint(rest) => Some(text.replace("AND", " and ")),
        _ => None,
    }
}

/// A text without the mark of a special or emergency special session before it.
fn marked(text: &str) -> (Option<&'static str>, &str) {
    let mark = ["ES-", "S-"].into_iter().find(|mark| text.starts_with(mark));
    (mark, &text[mark.map_or(0, str::len)..])
}

/// "71/1", "S-27/2", "48/75J"
fn assembly_resolution(text: &str) -> Option<Symbol> {
    let (mark, text) = marked(text);
    let (of, number) = text.split_once('/')?;
    let (number, letters) = behind_digits(number);
    let session = session(mark, digits(of, 1, 3)?);
    Some(Symbol::AssemblyResolution { session, number: digits(number, 1, 4)?, part: part(letters)? })
}

/// "217A(III)": number, part, mark of a special session, session.
fn roman_session(text: &str) -> Option<(u16, String, Option<&str>, &str)> {
    let (before, of) = text.strip_suffix(')')?.split_once('(')?;
    let (number, letters) = behind_digits(before);
    let (mark, roman) = marked(of);
    let is_roman = !roman.is_empty() && roman.bytes().all(|b| b"IVXLC".contains(&b));
    Some((digits(number, 1, 4)?, part(letters)?, mark, roman)).filter(|_| is_roman)
}

/// "2017/18"
fn ecosoc_resolution(text: &str) -> Option<Symbol> {
    let (year, number) = text.split_once('/')?;
    let (number, letter) = behind_digits(number);
    let part = part(letter).filter(|part| part.len() <= 1)?;
    Some(Symbol::EcosocResolution { year: digits(year, 4, 4)?, number: digits(number, 1, 4)?, part })
}

/// "20/1", "S-17/1"
fn rights_council_resolution(text: &str) -> Option<Symbol> {
    let (of, number) = text.strip_prefix("S-").unwrap_or(text).split_once('/')?;
    let session = session(text.starts_with("S-").then_some("S-"), digits(of, 1, 3)?);
    Some(Symbol::RightsCouncilResolution { session, number: digits(number, 1, 4)? })
}

/// Capitals, then letters and digits with signs between them, a stroke and a digit among them.
fn is_any(text: &str) -> bool {
    let bytes = text.as_bytes();
    let head = bytes.iter().take_while(|b| b.is_ascii_uppercase() || b.is_ascii_digit()).count();
    let of_word = |b: &u8| b.is_ascii_alphanumeric() || *b == b'*';
    let sign = |b: &u8| matches!(b, b'.' | b'/' | b'(' | b')' | b'_' | b'-');
    let rest = &bytes[head..];
    bytes.first().is_some_and(u8::is_ascii_uppercase)
        && rest.first().is_some_and(sign)
        && rest.iter().all(|b| of_word(b) || sign(b))
        && rest.strip_suffix(b")").unwrap_or(rest).last().is_some_and(of_word)
        && rest.contains(&b'/')
        && bytes.iter().any(u8::is_ascii_digit)
}

/// The characters of one spelling: no spaces or marks of direction, one kind of dash and bracket,
/// "(part I et II)" as "(PartIandII)".
fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut opened = false;
    for c in
        text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'))
    {
        let c = match c {
            '–' | '—' | '‑' | '−' => '-',
            '（' => '(',
            '）' => ')',
            '／' => '/',
            'и' | '和' | 'و' => '&',
            c => c,
        };
        if opened {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
        opened = c == '(';
    }
    if out.contains('(') {
        for and in ["et", "y", "&"] {
            out = between_numerals(&out, and);
        }
    }
    out
}

/// "IetII" as "IandII".
fn between_numerals(text: &str, and: &str) -> String {
    match text.split_once(and) {
        Some((left, right)) if left.ends_with(['I', 'V', 'X']) && right.starts_with(['I', 'V', 'X']) => {
            format!("{left}and{right}")
        }
        _ => text.to_owned(),
    }
}

fn session(prefix: Option<&str>, number: u16) -> Session {
    match prefix {
        Some("ES-") => Session::Emergency(number),
        Some("S-") => Session::Special(number),
        _ => Session::Regular(number),
    }
}

impl fmt::Display for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Regular(n) => write!(f, "{n}"),
            Self::Special(n) => write!(f, "S-{n}"),
            Self::Emergency(n) => write!(f, "ES-{n}"),
        }
    }
}

impl fmt::Display for Symbol {
    /// The canonical spelling.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CouncilResolution { number, year: Some(year) } => write!(f, "S/RES/{number} ({year})"),
            Self::CouncilResolution { number, year: None } => write!(f, "S/RES/{number}"),
            Self::PresidentialStatement { year, number } => write!(f, "S/PRST/{year}/{number}"),
            Self::AssemblyResolution { session, number, part } => {
                let gap = if part.is_empty() { "" } else { " " };
                match session {
                    Session::Regular(n) if *n <= LAST_ROMAN_SESSION => {
                        write!(f, "A/RES/{number}{gap}{part} ({})", roman(*n))
                    }
                    // The early special sessions, too, were numbered through: 2252 (ES-V).
                    Session::Emergency(n) if *number > 900 => write!(f, "A/RES/{number}{gap}{part} (ES-{})", roman(*n)),
                    Session::Special(n) if *number > 900 => write!(f, "A/RES/{number}{gap}{part} (S-{})", roman(*n)),
                    _ => write!(f, "A/RES/{session}/{number}{gap}{part}"),
                }
            }
            Self::EcosocResolution { year, number, part } => {
                write!(f, "E/RES/{year}/{number}{}{part}", if part.is_empty() { "" } else { " " })
            }
            Self::RightsCouncilResolution { session, number } => write!(f, "A/HRC/RES/{session}/{number}"),
            Self::Other(s) => f.write_str(s),
        }
    }
}

impl Serialize for Symbol {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The value of a Roman numeral up to 399, `None` for anything that is not written as one.
#[must_use]
pub fn roman_value(text: &str) -> Option<u16> {
    let digit = |c| {
        Some(match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            'C' => 100,
            _ => return None,
        })
    };
    let digits: Vec<u16> = text.chars().map(digit).collect::<Option<_>>()?;
    let mut sum = 0;
    for (i, &d) in digits.iter().enumerate() {
        sum = if digits.get(i + 1).is_some_and(|&next| next > d) { sum - i32::from(d) } else { sum + i32::from(d) };
    }
    let value = u16::try_from(sum).ok()?;
    (roman(value) == text).then_some(value)
}

/// A number as a Roman numeral (the sessions of the Assembly up to the thirtieth).
#[must_use]
pub fn roman(mut n: u16) -> String {
    const DIGITS: [(u16, &str); 9] =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut out = String::new();
    for (value, digit) in DIGITS {
        while n >= value {
            out.push_str(digit);
            n -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, canonical: &str, path: &str) {
        let symbol = Symbol::parse(text).unwrap_or_else(|| panic!("{text} is a symbol"));
        assert_eq!(symbol.to_string(), canonical);
        assert_eq!(symbol.path(), path);
        assert_eq!(Symbol::parse(canonical).map(|s| s.to_string()).as_deref(), Some(canonical));
    }

    #[test]
    fn every_series_has_one_canonical_spelling() {
        check("S/RES/2388(2017)", "S/RES/2388 (2017)", "S/RES/2388");
        check("S/RES/2388", "S/RES/2388", "S/RES/2388");
        check("S/PRST/2015/25", "S/PRST/2015/25", "S/PRST/2015/25");
        check("A/RES/71/1", "A/RES/71/1", "A/RES/71/1");
        check("A/RES/48/75 J", "A/RES/48/75 J", "A/RES/48/75J");
        check("A/RES/217A(III)", "A/RES/217 A (III)", "A/RES/217A(III)");
        check("A/RES/2625 (XXV)", "A/RES/2625 (XXV)", "A/RES/2625(XXV)");
        check("A/RES/2252 (ES-V)", "A/RES/2252 (ES-V)", "A/RES/2252(ES-V)");
        check("A/RES/S-27/2", "A/RES/S-27/2", "A/RES/S-27/2");
        check("A/RES/ES-11/1", "A/RES/ES-11/1", "A/RES/ES-11/1");
        check("E/RES/2017/18", "E/RES/2017/18", "E/RES/2017/18");
        check("A/HRC/RES/20/1", "A/HRC/RES/20/1", "A/HRC/RES/20/1");
        check("A/79/552-S/2024/767", "A/79/552-S/2024/767", "A/79/552-S/2024/767");
        check("S/2017/939", "S/2017/939", "S/2017/939");
        check("S/PV.8111", "S/PV.8111", "S/PV.8111");
        check("A/79/552 – S/2024/767", "A/79/552-S/2024/767", "A/79/552-S/2024/767");
        check("A/80/12（part II）", "A/80/12(PartII)", "A/80/12(PartII)");
        check("NPT/CONF.2026/8 (Parts I et II)", "NPT/CONF.2026/8(PartsIandII)", "NPT/CONF.2026/8(PartsIandII)");
    }

    #[test]
    fn words_are_not_symbols() {
        for text in ["and/or", "A", "", "S/RES", "resolution 5", "1/2"] {
            assert_eq!(Symbol::parse(text), None, "{text}");
        }
    }
}

//! Citation rules and the facts that numbers are checked against, from `ontology/symbols.ttl` and
//! `ontology/council.ttl`.

use regex::{Captures, Regex};

use crate::symbol::{Symbol, roman};

/// In what company a rule's pattern counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Company {
    /// The words identify the document alone.
    Anywhere,
    /// As an item of "resolution(s) ...", "decision(s) ..." or "presidential statement(s) ...".
    List,
}

/// Where in a text a rule is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Wherever its pattern matches.
    Anywhere,
    /// Where a run of digits, or the prefix of a special session, begins: the pattern is anchored there.
    Digits,
    /// Where the letters of a symbol begin, beside a stroke: the pattern is anchored there.
    Letters,
    /// At a run of digits that nothing belongs to, where its list lets it count.
    Alone,
}

/// How a kind of document is written down.
#[derive(Debug)]
pub struct CitationRule {
    /// Its name, shown with every citation that it finds.
    pub name: String,
    /// Rules of lower priority take what those of higher leave.
    pub priority: i64,
    /// Literals, one of which every match contains.
    pub triggers: Vec<String>,
    /// What is looked for.
    pub pattern: Regex,
    /// Where it is looked for.
    pub at: Place,
    /// What a match may not begin with.
    pub except: Vec<String>,
    /// The canonical symbol, with `{group}` and `{?group}` to fill in.
    pub target: String,
    /// In what company it counts.
    pub after: Company,
    /// `text => target`, its tests.
    pub examples: Vec<String>,
    /// Texts in which it finds nothing.
    pub counter_examples: Vec<String>,
}

/// What the groups of a rule's pattern caught.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    /// The whole match, dashes as hyphens.
    pub whole: String,
    /// Session, as symbols write it: "71", "S-27", "XXV".
    pub session: Option<String>,
    /// Number, in its session, year or series.
    pub number: Option<String>,
    /// Year.
    pub year: Option<String>,
    /// Lettered part, in Latin letters; empty for none.
    pub part: String,
}

impl Fields {
    /// From a match of a rule's pattern.
    #[must_use]
    pub fn new(pattern: &Regex, captures: &Captures<'_>) -> Self {
        let mut fields = Self::default();
        let (mut ordinal, mut special, mut emergency) = (None, None, None);
        // Arabic texts count the sessions up to the thirtieth in figures: "(د-30)"; before a stroke, special sessions only.
        let mut figures = false;
        let whole = captures.get(0);
        let start = whole.map_or(0, |whole| whole.start());
        fields.whole = whole.map_or(String::new(), |whole| level(whole.as_str()));
        for (name, group) in pattern.capture_names().zip(captures.iter()) {
            let Some(group) = group else { continue };
            let text = group.as_str();
            match name {
                Some("session") => fields.session = Some(latin(text)),
                Some("number") => {
                    figures = group.start() > start;
                    fields.number = Some(text.to_owned());
                }
                Some("year") => fields.year = Some(text.to_owned()),
                Some("part") => text.clone_into(&mut fields.part),
                Some("ordinal") => ordinal = Some(text),
                Some("special") => special = Some(text),
                Some("emergency") => emergency = Some(text),
                _ => {}
            }
        }
        let roman_of = |text: &str| text.parse().ok().map(roman);
        let prefixed = |text: &str, prefix: &str| {
            let number = if figures { Some(text.to_owned()) } else { roman_of(text) };
            number.map(|n| format!("{prefix}{n}"))
        };
        if fields.session.is_none() {
            let in_words = ordinal.and_then(roman_of);
            let in_special = || special.and_then(|s| prefixed(s, "S-"));
            fields.session = in_words.or_else(in_special).or_else(|| emergency.and_then(|s| prefixed(s, "ES-")));
        }
        fields
    }
}

/// A match with hyphens for dashes.
fn level(text: &str) -> String {
    if text.is_ascii() { text.to_owned() } else { text.replace(['–', '—'], "-") }
}

/// A session with Latin letters for those of the same look.
fn latin(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    text.replace('Х', "X").replace('І', "I").replace('\u{2011}', "-")
}

impl CitationRule {
    /// The symbol that a match stands for; `series` is the series of `{organ}`: `A/RES`, `A/HRC/DEC`.
    #[must_use]
    pub fn symbol(&self, fields: &Fields, series: &str) -> Option<Symbol> {
        let mut text = String::new();
        let mut rest = self.target.as_str();
        while let Some(open) = rest.find('{') {
            text.push_str(&rest[..open]);
            let close = open + rest[open..].find('}')?;
            match &rest[open + 1..close] {
                "0" => text.push_str(&fields.whole),
                "organ" => text.push_str(series),
                "?(year)" => {
                    if let Some(year) = &fields.year {
                        text.push_str(&format!("({year})"));
                    }
                }
                "?part" => text.push_str(&fields.part),
                "number" => text.push_str(fields.number.as_deref()?),
                "session" => text.push_str(fields.session.as_deref()?),
                "year" => text.push_str(fields.year.as_deref()?),
                _ => return None,
            }
            rest = &rest[close + 1..];
        }
        text.push_str(rest);
        Symbol::parse(&text)
    }
}

/// The first resolution of the Council in each year.
#[derive(Debug, Default)]
pub struct CouncilYears {
    /// Years and first numbers, both rising.
    first: Vec<(u16, u16)>,
}

impl CouncilYears {
    /// Adds a year and the number of its first resolution.
    pub fn add(&mut self, year: u16, first: u16) {
        match self.first.binary_search_by_key(&year, |(y, _)| *y) {
            Ok(at) => self.first[at].1 = first,
            Err(at) => self.first.insert(at, (year, first)),
        }
    }

    /// Whether a resolution of that number can have been adopted in that year.
    #[must_use]
    pub fn agree(&self, number: u16, year: u16) -> bool {
        let Some(&(last_listed, first_of_last)) = self.first.last() else { return true };
        if number >= first_of_last { year >= last_listed } else { self.year(number) == Some(year) }
    }

    /// The first number of a year, where it is listed.
    #[must_use]
    pub fn first(&self, year: u16) -> Option<u16> {
        let at = self.first.binary_search_by_key(&year, |(y, _)| *y).ok()?;
        Some(self.first[at].1)
    }

    /// The year of a resolution, where the number alone says it.
    #[must_use]
    pub fn year(&self, number: u16) -> Option<u16> {
        let &(last_listed, first_of_last) = self.first.last()?;
        if number == 0 || number > first_of_last {
            return None;
        }
        if number == first_of_last {
            return Some(last_listed);
        }
        let after = self.first.partition_point(|(_, first)| *first <= number);
        Some(self.first[after.checked_sub(1)?].0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Fields, Place};
    use crate::ontology::Ontology;

    #[test]
    fn numbers_are_held_against_years() {
        let ontology = Ontology::bundled().expect("bundled files load");
        let years = ontology.council_years();
        for (number, year, agrees) in [
            (1373, 2001, true),
            (75, 1950, false),
            (2388, 2017, true),
            (1, 1946, true),
            (219, 1965, true),
            (220, 1965, false),
            (3100, 2031, true),
            (2900, 2019, false),
        ] {
            assert_eq!(years.agree(number, year), agrees, "{number} ({year})");
        }
        assert_eq!(years.year(242), Some(1967));
        assert_eq!(years.year(9000), None);
    }

    #[test]
    fn every_rule_finds_its_examples() {
        let ontology = Ontology::bundled().expect("bundled files load");
        assert!(ontology.rules().len() > 10);
        for rule in ontology.rules() {
            assert!(!rule.examples.is_empty(), "{} has no example", rule.name);
            for example in &rule.examples {
                let (text, target) = example.split_once(" => ").unwrap_or_else(|| panic!("{}: {example}", rule.name));
                assert!(
                    rule.triggers.iter().any(|t| text.contains(t.as_str())),
                    "{}: no trigger in {text:?}",
                    rule.name
                );
                let series =
                    ["E/RES", "S/PRST", "A/HRC/RES", "A/RES"].into_iter().find(|s| target.starts_with(s)).unwrap_or("");
                let starts = text.char_indices().map(|(at, _)| at).filter(|_| rule.at != Place::Anywhere).chain([0]);
                let captures = starts
                    .filter_map(|at| rule.pattern.captures(&text[at..]))
                    .next()
                    .unwrap_or_else(|| panic!("{}: nothing in {text:?}", rule.name));
                let symbol = rule
                    .symbol(&Fields::new(&rule.pattern, &captures), series)
                    .map(|s| ontology.complete(s).to_string());
                assert_eq!(symbol.as_deref(), Some(target), "{}: {text:?}", rule.name);
            }
        }
    }
}

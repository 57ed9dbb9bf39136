//! Citation rules and the facts that numbers are checked against, from `ontology/symbols.ttl` and
//! `ontology/council.ttl`.

use std::collections::BTreeMap;

use regex::{Captures, Regex};

use crate::symbol::{Organ, Symbol};

/// In what company a rule's pattern counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Company {
    /// The words identify the document alone.
    Anywhere,
    /// As an item of "resolution(s) ..." or "decision(s) ...".
    Resolution,
    /// As an item of "presidential statement(s) ...".
    Statement,
}

/// Where in a text a rule is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Wherever its pattern matches.
    Anywhere,
    /// Where the letters of a symbol begin, beside a stroke: the pattern is anchored there.
    Letters,
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

impl CitationRule {
    /// The symbol that a match stands for; `organ` gives the series of `{organ}`.
    #[must_use]
    pub fn symbol(&self, captures: &Captures<'_>, organ: Organ) -> Option<Symbol> {
        self.symbol_of_part(captures, organ, captures.name("part").map_or("", |m| m.as_str()))
    }

    /// The symbol with another lettered part than the match's own.
    #[must_use]
    pub fn symbol_of_part(&self, captures: &Captures<'_>, organ: Organ, part: &str) -> Option<Symbol> {
        let mut text = String::new();
        let mut rest = self.target.as_str();
        while let Some(open) = rest.find('{') {
            text.push_str(&rest[..open]);
            let close = open + rest[open..].find('}')?;
            let name = &rest[open + 1..close];
            match name {
                "0" => text.push_str(captures.get(0)?.as_str()),
                "organ" => text.push_str(if organ == Organ::HumanRightsCouncil { "A/HRC/RES" } else { "A/RES" }),
                "?(year)" => {
                    if let Some(year) = captures.name("year") {
                        text.push_str(&format!("({})", year.as_str()));
                    }
                }
                "?part" => text.push_str(part),
                _ => match name.strip_prefix('?') {
                    Some(optional) => text.push_str(captures.name(optional).map_or("", |m| m.as_str())),
                    None => text.push_str(captures.name(name)?.as_str()),
                },
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
    first: BTreeMap<u16, u16>,
}

impl CouncilYears {
    /// Adds a year and the number of its first resolution.
    pub fn add(&mut self, year: u16, first: u16) {
        self.first.insert(year, first);
    }

    /// Whether a resolution of that number can have been adopted in that year.
    #[must_use]
    pub fn agree(&self, number: u16, year: u16) -> bool {
        let Some((&last_listed, &first_of_last)) = self.first.last_key_value() else { return true };
        if number >= first_of_last { year >= last_listed } else { self.year(number) == Some(year) }
    }

    /// The year of a resolution, where the number alone says it.
    #[must_use]
    pub fn year(&self, number: u16) -> Option<u16> {
        let (&last_listed, &first_of_last) = self.first.last_key_value()?;
        if number == 0 || number > first_of_last {
            return None;
        }
        if number == first_of_last {
            return Some(last_listed);
        }
        self.first.iter().take_while(|(_, first)| **first <= number).last().map(|(year, _)| *year)
    }
}

#[cfg(test)]
mod tests {
    use super::Place;
    use crate::ontology::Ontology;
    use crate::symbol::Organ;

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
                let organ = if text.contains("Human Rights Council") {
                    Organ::HumanRightsCouncil
                } else {
                    Organ::GeneralAssembly
                };
                let starts = text.char_indices().map(|(at, _)| at).filter(|_| rule.at == Place::Letters).chain([0]);
                let captures = starts
                    .filter_map(|at| rule.pattern.captures(&text[at..]))
                    .next()
                    .unwrap_or_else(|| panic!("{}: nothing in {text:?}", rule.name));
                let symbol = rule.symbol(&captures, organ).map(|s| ontology.complete(s).to_string());
                assert_eq!(symbol.as_deref(), Some(target), "{}: {text:?}", rule.name);
            }
        }
    }
}

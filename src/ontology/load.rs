//! Turtle -> concepts and verbs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use oxigraph::io::{RdfFormat, RdfParser};

use super::concept::{Concept, ConceptClass, Label, LabelKind, Verb};
use super::grammar::{Cue, Grammar, Owner, Prelude, Series};
use super::parts::PartKind;
use super::rules::{CitationRule, Company, CouncilYears, Place};
use super::turtle::{self, Fact, Subjects, Value};
use super::vocab::{self, COUNCIL_YEAR, GRAMMAR, ID, RG, RULE, SPECIAL_SESSION};
use super::{ConceptId, OntologyError};
use crate::read::Language;
use crate::symbol::{Organ, Symbol};

macro_rules! bundled {
    ($($path:literal),* $(,)?) => {
        [$(($path, include_str!(concat!("../../ontology/", $path)))),*]
    };
}

/// The files that are compiled in, by their path below `ontology/`; a test holds the list complete.
const BUNDLED: &[(&str, &str)] = &bundled![
    "authorities/groups.ttl",
    "authorities/instruments.ttl",
    "authorities/missions.ttl",
    "authorities/organizations.ttl",
    "authorities/persons.ttl",
    "authorities/roles.ttl",
    "authorities/sanctions.ttl",
    "authorities/states.ttl",
    "authorities/un-bodies.ttl",
    "council.ttl",
    "grammar.ttl",
    "sessions.ttl",
    "symbols.ttl",
    "verbs.ttl",
];

/// Everything read so far.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub(super) concepts: BTreeMap<ConceptId, Concept>,
    pub(super) verbs: BTreeMap<String, Verb>,
    pub(super) adverbs: BTreeSet<String>,
    /// What may stand before a verb in other languages.
    pub(super) preludes: BTreeSet<(String, Language, Prelude)>,
    pub(super) rules: BTreeMap<String, CitationRule>,
    pub(super) years: CouncilYears,
    pub(super) special_sessions: BTreeMap<u16, u16>,
    pub(super) grammar: Grammar,
}

/// Reads the files that are compiled in.
pub(super) fn bundled() -> Result<Loaded, OntologyError> {
    let mut loaded = Loaded::default();
    for (name, text) in BUNDLED {
        match turtle::plain(text) {
            Some(subjects) => loaded.add_subjects(name, text, subjects)?,
            // Their IRIs need no checking again: a test has read them strictly.
            None => loaded.add(name, text, RdfParser::from_format(RdfFormat::Turtle).lenient())?,
        }
    }
    Ok(loaded)
}

/// Adds every Turtle file directly in `dir`, in order of name.
pub(super) fn add_directory(loaded: &mut Loaded, dir: &Path) -> Result<(), OntologyError> {
    let io = |path: &Path| {
        let path = path.display().to_string();
        move |source| OntologyError::Io { path, source }
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(io(dir))? {
        let path = entry.map_err(io(dir))?.path();
        if path.extension().is_some_and(|e| e == "ttl") {
            files.push(path);
        }
    }
    files.sort();
    for path in files {
        let text = std::fs::read_to_string(&path).map_err(io(&path))?;
        loaded.add(&path.display().to_string(), &text, RdfParser::from_format(RdfFormat::Turtle))?;
    }
    Ok(())
}

impl Loaded {
    /// Adds what one file says. Its concepts may add to concepts read before.
    fn add(&mut self, file: &str, text: &str, parser: RdfParser) -> Result<(), OntologyError> {
        let subjects = turtle::parsed(text, parser).map_err(|e| OntologyError::Syntax {
            path: file.to_owned(),
            line: e.location().map_or(0, |l| l.start.line + 1),
            message: e.to_string(),
        })?;
        self.add_subjects(file, text, subjects)
    }

    fn add_subjects(&mut self, file: &str, text: &str, subjects: Subjects<'_>) -> Result<(), OntologyError> {
        for (subject, facts) in subjects {
            let result = match subject.strip_prefix(ID) {
                Some(local) => self.add_concept(local, &facts),
                None => match subject.strip_prefix(RULE) {
                    Some(name) => self.add_rule(name, &facts),
                    None if subject.starts_with(COUNCIL_YEAR) => self.add_year(&facts),
                    None if subject.starts_with(SPECIAL_SESSION) => self.add_session(&facts),
                    None if subject.starts_with(GRAMMAR) => self.add_cue(&facts),
                    None => self.add_verb(&facts),
                },
            };
            result.map_err(|message| OntologyError::Content {
                path: file.to_owned(),
                line: line_of(text, &subject),
                subject: subject.to_string(),
                message,
            })?;
        }
        Ok(())
    }

    fn add_concept(&mut self, local: &str, facts: &[Fact<'_>]) -> Result<(), String> {
        let id = ConceptId(local.into());
        let class = class_of(facts)?;
        let concept = match (self.concepts.remove(&id), class) {
            (Some(known), None) => known,
            (Some(known), Some(class)) if known.class == class => known,
            (Some(known), Some(class)) => {
                return Err(format!("is a {class:?} here and a {:?} elsewhere: keep one class", known.class));
            }
            (None, Some(class)) => Concept::new(id.clone(), class),
            (None, None) => return Err("has no class: add `a rg:UNBody` or another class of the vocabulary".to_owned()),
        };
        let concept = self.concepts.entry(id).or_insert(concept);
        facts.iter().try_for_each(|fact| add_fact(concept, fact))?;
        concept.labels.sort_by_key(|l| (l.kind, l.language));
        if concept.labels.iter().all(|l| l.kind != LabelKind::Preferred) {
            return Err("has no skos:prefLabel: add its full official name".to_owned());
        }
        Ok(())
    }

    fn add_rule(&mut self, name: &str, facts: &[Fact<'_>]) -> Result<(), String> {
        let mut rule = CitationRule {
            name: name.to_owned(),
            priority: 0,
            triggers: Vec::new(),
            pattern: regex::Regex::new("$^").map_err(|e| e.to_string())?,
            target: String::new(),
            after: Company::Anywhere,
            at: Place::Anywhere,
            except: Vec::new(),
            examples: Vec::new(),
            counter_examples: Vec::new(),
        };
        for fact in facts {
            let Some(property) = fact.predicate.strip_prefix(RG) else { continue };
            match property {
                "at" => {
                    rule.at = match named(&fact.object).and_then(|iri| iri.strip_prefix(RG)) {
                        Some("Digits") => Place::Digits,
                        Some("Alone") => Place::Alone,
                        Some("Letters") => Place::Letters,
                        _ => return Err(format!("{} is no place: use rg:Digits, rg:Letters or rg:Alone", fact.object)),
                    };
                }
                "except" => rule.except.push(value(&fact.object)?),
                "priority" => rule.priority = number(&fact.object)?,
                "trigger" => rule.triggers.push(value(&fact.object)?),
                "target" => rule.target = value(&fact.object)?,
                "example" => rule.examples.push(value(&fact.object)?),
                "counterExample" => rule.counter_examples.push(value(&fact.object)?),
                "pattern" => {
                    rule.pattern = regex::Regex::new(&value(&fact.object)?)
                        .map_err(|e| format!("has a pattern that is not valid: {e}"))?;
                }
                "after" => {
                    rule.after = match named(&fact.object).and_then(|iri| iri.strip_prefix(RG)) {
                        Some("Anywhere") => Company::Anywhere,
                        Some("List") => Company::List,
                        _ => {
                            return Err(format!("{} is no company: use rg:Anywhere or rg:List", fact.object));
                        }
                    };
                }
                _ => {}
            }
        }
        if rule.target.is_empty() || rule.triggers.is_empty() {
            return Err("needs an rg:pattern, an rg:target and an rg:trigger".to_owned());
        }
        if rule.at != Place::Anywhere {
            let anchored = format!("^(?:{})", rule.pattern.as_str());
            rule.pattern = regex::Regex::new(&anchored).map_err(|e| format!("has a pattern that is not valid: {e}"))?;
        }
        self.rules.insert(name.to_owned(), rule);
        Ok(())
    }

    /// A word of the grammar, by its class.
    fn add_cue(&mut self, facts: &[Fact<'_>]) -> Result<(), String> {
        let fact = |property: &str| facts.iter().find(|f| f.predicate.strip_prefix(RG) == Some(property));
        let needed = |property: &str| fact(property).ok_or_else(|| format!("has no rg:{property}"));
        let forms = facts.iter().filter(|f| f.predicate.strip_prefix(RG) == Some("form"));
        if subject_is(facts, "PartLetter") {
            let letter = value(&needed("letter")?.object)?;
            for form in forms {
                self.grammar.add_letter(&label(&form.object)?.0, &letter);
            }
            return Ok(());
        }
        if subject_is(facts, "ItemLetter") {
            let letter = value(&needed("letter")?.object)?;
            for form in forms {
                self.grammar.parts.letters.push((label(&form.object)?.0, letter.clone()));
            }
            return Ok(());
        }
        if subject_is(facts, "NumberWord") {
            let number = whole_number(facts, "number")?;
            for form in forms {
                let (text, language) = label(&form.object)?;
                self.grammar.parts.numbers.extend(language.map(|l| (l, text, number)));
            }
            return Ok(());
        }
        let part = subject_is(facts, "PartWord");
        if part || subject_is(facts, "PinpointWord") {
            let kind =
                PartKind { one: value(&needed("canonical")?.object)?, several: value(&needed("plural")?.object)? };
            for form in forms.clone() {
                let (text, language) = label(&form.object)?;
                self.grammar.parts.words.extend(language.map(|l| (l, text, kind.clone())));
            }
            if !part {
                return Ok(());
            }
        }
        if subject_is(facts, "WholeWord") {
            for form in forms {
                let (text, language) = label(&form.object)?;
                self.grammar.parts.links.extend(language.map(|l| (l, text)));
            }
            return Ok(());
        }
        const PLAIN: [(&str, Cue); 7] = [
            ("AndWord", Cue::And),
            ("Possessive", Cue::Its),
            ("OfWord", Cue::Of),
            ("InWord", Cue::In),
            ("ListWord", Cue::Link),
            ("PartWord", Cue::Part),
            ("NumberedThing", Cue::Numbered),
        ];
        let cue = if subject_is(facts, "SeriesWord") {
            let series = match named(&needed("series")?.object).and_then(|iri| iri.strip_prefix(RG)) {
                Some("Resolution") => Series::Resolution,
                Some("Decision") => Series::Decision,
                Some("Statement") => Series::Statement,
                _ => return Err("has an rg:series that is none of rg:Resolution, rg:Decision, rg:Statement".to_owned()),
            };
            let owned = fact("owned").map(|f| value(&f.object)).transpose()?.as_deref() == Some("true");
            Cue::Series { series, owned }
        } else if subject_is(facts, "OrganName") {
            Cue::Organ(owner(&value(&needed("organ")?.object)?)?)
        } else if subject_is(facts, "MonthName") {
            let month = number(&needed("month")?.object)?;
            Cue::Month(
                u8::try_from(month)
                    .ok()
                    .filter(|m| (1..=12).contains(m))
                    .ok_or("has an rg:month that is not 1 to 12")?,
            )
        } else {
            let known = PLAIN.iter().find(|(class, _)| subject_is(facts, class));
            known.ok_or("is of no class of the grammar: see ontology/grammar.ttl for those that are")?.1
        };
        for form in forms {
            let (text, language) = label(&form.object)?;
            self.grammar.add(text, language, cue);
        }
        Ok(())
    }

    fn add_year(&mut self, facts: &[Fact<'_>]) -> Result<(), String> {
        self.years.add(whole_number(facts, "year")?, whole_number(facts, "firstResolution")?);
        Ok(())
    }

    fn add_session(&mut self, facts: &[Fact<'_>]) -> Result<(), String> {
        self.special_sessions.insert(whole_number(facts, "session")?, whole_number(facts, "year")?);
        Ok(())
    }

    fn add_verb(&mut self, facts: &[Fact<'_>]) -> Result<(), String> {
        if !facts.iter().any(|f| *f.predicate == *vocab::RDF_TYPE && named(&f.object) == Some(&format!("{RG}Verb"))) {
            let prelude = if subject_is(facts, "AdverbList") { Prelude::Adverb } else { Prelude::Conjunction };
            if prelude == Prelude::Adverb || subject_is(facts, "ConjunctionList") {
                for fact in facts.iter().filter(|f| f.predicate.strip_prefix(RG) == Some("form")) {
                    match label(&fact.object)? {
                        (text, Some(language)) if language != Language::En => {
                            self.preludes.insert((text, language, prelude));
                        }
                        (text, _) => {
                            self.adverbs.insert(text);
                        }
                    }
                }
            }
            return Ok(());
        }
        let mut verb = Verb {
            lemma: String::new(),
            forms: Vec::new(),
            treatment: String::new(),
            strength: 0,
            directive: false,
            condemning: false,
        };
        for fact in facts {
            match &*fact.predicate {
                vocab::SKOS_PREF_LABEL => {
                    let (text, language) = label(&fact.object)?;
                    if matches!(language, None | Some(Language::En)) {
                        verb.lemma.clone_from(&text);
                    }
                }
                vocab::SKOS_ALT_LABEL | vocab::SKOS_HIDDEN_LABEL => verb.forms.push(label(&fact.object)?),
                other => match other.strip_prefix(RG) {
                    Some("form") => verb.forms.push(label(&fact.object)?),
                    Some("treatment") => verb.treatment = named(&fact.object).unwrap_or_default().to_owned(),
                    Some("strength") => {
                        let value = value(&fact.object)?;
                        verb.strength =
                            value.parse().map_err(|_| format!("strength {value:?} is not a number from 0 to 255"))?;
                    }
                    Some("directive") => verb.directive = value(&fact.object)? == "true",
                    Some("condemning") => verb.condemning = value(&fact.object)? == "true",
                    _ => {}
                },
            }
        }
        if verb.lemma.is_empty() {
            return Err("has no English skos:prefLabel: add the verb's dictionary form".to_owned());
        }
        self.verbs.insert(verb.lemma.clone(), verb);
        Ok(())
    }
}

/// The organ that a word of the grammar names.
fn owner(name: &str) -> Result<Owner, String> {
    Ok(match name {
        "Council" => Owner::Council,
        "other" => Owner::Another,
        _ => Owner::Organ(
            [
                Organ::SecurityCouncil,
                Organ::GeneralAssembly,
                Organ::HumanRightsCouncil,
                Organ::EconomicAndSocialCouncil,
                Organ::CommissionOnHumanRights,
            ]
            .into_iter()
            .find(|o| o.name() == Some(name))
            .ok_or_else(|| {
                format!("rg:organ {name:?} is not known: use the English name of a principal organ, or \"other\"")
            })?,
        ),
    })
}

fn subject_is(facts: &[Fact<'_>], class: &str) -> bool {
    let is = |f: &Fact<'_>| named(&f.object).and_then(|iri| iri.strip_prefix(RG)) == Some(class);
    facts.iter().any(|f| *f.predicate == *vocab::RDF_TYPE && is(f))
}

fn class_of(facts: &[Fact<'_>]) -> Result<Option<ConceptClass>, String> {
    for fact in facts.iter().filter(|f| *f.predicate == *vocab::RDF_TYPE) {
        let Some(name) = named(&fact.object).and_then(|iri| iri.strip_prefix(RG)) else { continue };
        let class = ConceptClass::NAMES.iter().find(|(_, n)| *n == name).map(|(class, _)| *class);
        return class.map(Some).ok_or_else(|| format!("rg:{name} is not a class of concepts"));
    }
    Ok(None)
}

fn add_fact(concept: &mut Concept, fact: &Fact<'_>) -> Result<(), String> {
    let object = &fact.object;
    let kind = match &*fact.predicate {
        vocab::RDF_TYPE => return Ok(()),
        vocab::SKOS_PREF_LABEL => LabelKind::Preferred,
        vocab::SKOS_ALT_LABEL => LabelKind::Alternative,
        vocab::SKOS_HIDDEN_LABEL => LabelKind::Hidden,
        vocab::SKOS_EXAMPLE => return value(object).map(|v| concept.examples.push(v)),
        vocab::ORG_SUB_ORGANIZATION_OF => return concept_id(object).map(|id| concept.parent = Some(id)),
        vocab::OWL_SAME_AS => {
            concept.same_as.extend(named(object).map(str::to_owned));
            return Ok(());
        }
        other => match other.strip_prefix(RG) {
            Some("shortLabel") => LabelKind::Short,
            Some("adjective") => LabelKind::Adjective,
            Some("notLabel") => LabelKind::Not,
            Some(own) => return add_own_fact(concept, own, object),
            // Another vocabulary's property is for other readers of the file.
            None => return Ok(()),
        },
    };
    let (text, language) = label(object)?;
    concept.labels.push(Label { kind, language, text });
    Ok(())
}

fn add_own_fact(concept: &mut Concept, property: &str, object: &Value<'_>) -> Result<(), String> {
    match property {
        "establishedBy" => concept.established_by.push(symbol(&value(object)?)?),
        "symbol" => concept.symbol = Some(symbol(&value(object)?)?),
        "kindWord" => concept.kind_words.push(value(object)?),
        "headedBy" => concept.headed_by = Some(concept_id(object)?),
        "presumed" => concept.presumed = value(object)? == "true",
        "parent" => concept.parent = Some(concept_id(object)?),
        "heldIn" => concept.held_in = Some(concept_id(object)?),
        "startDate" => concept.start = Some(value(object)?),
        "endDate" => concept.end = Some(value(object)?),
        "listNumber" => concept.list_number = Some(value(object)?),
        "isoCode" => concept.iso_code = Some(value(object)?),
        "adopted" => {
            let text = value(object)?;
            // A year or a month alone does not make a date.
            concept.adopted = match text.parse() {
                Ok(date) => Some(date),
                Err(_) if text.len() < 10 => None,
                Err(e) => return Err(format!("rg:adopted {text:?} is not a date: {e}")),
            };
        }
        other => {
            return Err(format!(
                "rg:{other} is not a property of concepts: see ontology/resograph.ttl for those that are"
            ));
        }
    }
    Ok(())
}

fn symbol(text: &str) -> Result<Symbol, String> {
    Symbol::parse(text).ok_or_else(|| format!("{text:?} is not a document symbol: write it as \"S/RES/1267 (1999)\""))
}

fn concept_id(term: &Value<'_>) -> Result<ConceptId, String> {
    named(term)
        .and_then(|iri| iri.strip_prefix(ID))
        .map(|local| ConceptId(local.into()))
        .ok_or_else(|| format!("{term} is not a concept: use an IRI below <{ID}>"))
}

fn named<'a>(term: &'a Value<'_>) -> Option<&'a str> {
    match term {
        Value::Iri(iri) => Some(iri),
        _ => None,
    }
}

fn number(term: &Value<'_>) -> Result<i64, String> {
    value(term)?.parse().map_err(|_| format!("{term} stands where a number belongs"))
}

/// The number that a property of a subject gives.
fn whole_number(facts: &[Fact<'_>], property: &str) -> Result<u16, String> {
    let found = facts.iter().find(|f| f.predicate.strip_prefix(RG) == Some(property));
    let n = number(&found.ok_or_else(|| format!("has no rg:{property}"))?.object)?;
    u16::try_from(n).map_err(|_| format!("{n} is out of range"))
}

fn value(term: &Value<'_>) -> Result<String, String> {
    match term {
        Value::Literal { text, .. } => Ok(text.clone().into_owned()),
        _ => Err(format!("{term} stands where a literal belongs")),
    }
}

fn label(term: &Value<'_>) -> Result<(String, Option<Language>), String> {
    let Value::Literal { text, language } = term else { return Err(format!("{term} stands where a label belongs")) };
    let language = match language {
        None => None,
        Some(tag) => match Language::from_code(tag.split('-').next().unwrap_or(tag)) {
            Some(language) => Some(language),
            None => return Err(format!("{term}: {tag} is not a language of the United Nations")),
        },
    };
    Ok((text.clone().into_owned(), language))
}

/// The line on which a file begins to speak of a subject: where its local name opens a line.
fn line_of(text: &str, subject: &str) -> usize {
    let local = subject.rsplit(['/', '#']).next().unwrap_or(subject);
    let names =
        |word: &str| word.trim_end_matches('>').strip_suffix(local).is_some_and(|head| head.ends_with([':', '/', '#']));
    let opens = |line: &str| line.split_whitespace().next().is_some_and(names);
    text.lines().position(opens).map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turtle() -> RdfParser {
        RdfParser::from_format(RdfFormat::Turtle)
    }

    #[test]
    fn every_file_of_the_directory_is_compiled_in() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("ontology");
        let mut there: Vec<String> = std::fs::read_dir(root.join("authorities"))
            .expect("the authorities are there")
            .map(|e| format!("authorities/{}", e.expect("an entry").file_name().to_string_lossy()))
            .collect();
        there.extend(["council.ttl", "grammar.ttl", "sessions.ttl", "symbols.ttl", "verbs.ttl"].map(str::to_owned));
        there.sort();
        let compiled: Vec<&str> = BUNDLED.iter().map(|(name, _)| *name).collect();
        assert_eq!(compiled, there);
    }

    #[test]
    fn bundled_files_load() {
        let mut strict = Loaded::default();
        for (name, text) in BUNDLED {
            strict.add(name, text, turtle()).unwrap_or_else(|e| panic!("{e}"));
        }
        assert!(strict.concepts.len() > 500);
        assert_eq!(strict.concepts, bundled().expect("is valid").concepts);
    }

    #[test]
    fn bundled_files_are_read_as_the_full_parser_reads_them() {
        let mut plain = 0;
        for (name, text) in BUNDLED {
            let Some(found) = turtle::plain(text) else { continue };
            assert!(found == turtle::parsed(text, turtle()).expect("is Turtle"), "{name}");
            plain += 1;
        }
        assert!(plain + 1 >= BUNDLED.len(), "most files are plain");
    }

    fn check_error(text: &str, expected: &str) {
        let prefixes = "@prefix rg: <https://w3id.org/resograph/ontology#> .\n\
                        @prefix body: <https://w3id.org/resograph/id/body/> .\n\
                        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n";
        let error = Loaded::default()
            .add("mine.ttl", &format!("{prefixes}{text}"), turtle())
            .expect_err("is refused")
            .to_string();
        assert!(error.contains(expected), "{error}");
    }

    #[test]
    fn errors_name_file_and_line() {
        check_error("body:x a rg:UNBody", "mine.ttl:4");
        check_error("\nbody:x a rg:Thing .", "mine.ttl:5");
        check_error("body:x skos:prefLabel \"X\"@en .", "has no class");
        check_error("body:x a rg:UNBody ; skos:altLabel \"X\"@en .", "no skos:prefLabel");
        check_error("body:x a rg:UNBody ; rg:colour \"blue\" .", "rg:colour is not a property");
        check_error("body:x a rg:UNBody ; rg:establishedBy \"resolution five\" .", "is not a document symbol");
        check_error("body:x a rg:UNBody ; skos:prefLabel \"X\"@xx .", "xx is not a language");
    }

    #[test]
    fn a_later_file_adds_to_a_concept() {
        let mut loaded = Loaded::default();
        let prefixes = "@prefix rg: <https://w3id.org/resograph/ontology#> . @prefix body: <https://w3id.org/resograph/id/body/> . \
                        @prefix skos: <http://www.w3.org/2004/02/skos/core#> . ";
        loaded
            .add("a.ttl", &format!("{prefixes} body:x a rg:UNBody ; skos:prefLabel \"Exchange\"@en ."), turtle())
            .expect("is valid");
        loaded
            .add("b.ttl", &format!("{prefixes} body:x skos:altLabel \"X\"@en , \"Х\"@ru ."), turtle())
            .expect("is valid");
        let concept = &loaded.concepts[&ConceptId("body/x".into())];
        assert_eq!(concept.names(), ["Exchange", "X"]);
    }
}

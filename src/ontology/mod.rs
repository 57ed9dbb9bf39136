//! The ontology as data that runs: vocabulary, authorities, verbs and citation rules, loaded from
//! the Turtle files in `ontology/` (compiled in) and from a user's own (`--ontology DIR`).

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasherDefault;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use serde::{Serialize, Serializer};

pub mod concept;
pub mod grammar;
pub mod parts;
mod load;
mod turtle;
pub mod names;
pub mod openers;
pub mod rules;
pub mod vocab;

pub use concept::{Concept, ConceptClass, Label, LabelKind, Verb};

use crate::read::Language;
use crate::recognise::verbs::VerbForms;
use crate::symbol::Symbol;
use grammar::{Grammar, Prelude};
use names::{KeyHasher, Meaning, NameTree, content_words};
pub use openers::Openers;
use rules::{CitationRule, CouncilYears, Place};

/// The identity of a concept in the authorities: the path below `id/`, such as `body/unodc`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConceptId(pub Arc<str>);

impl Serialize for ConceptId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// Everything the extractor knows.
#[derive(Debug)]
pub struct Ontology {
    concepts: Vec<Concept>,
    by_id: HashMap<ConceptId, usize, BuildHasherDefault<KeyHasher>>,
    /// The words of each concept's names, made when they are first asked for.
    name_words: Vec<OnceLock<Vec<Vec<u64>>>>,
    /// States and territories by their names, made when one is first looked for.
    states: OnceLock<HashMap<String, usize>>,
    /// Which concepts a document created, by the path of its symbol.
    by_founder: HashMap<String, Vec<usize>>,
    verbs: Vec<Verb>,
    openers: Openers,
    /// The forms of the verbs of each language, made when the first text of the language comes.
    verb_forms: [OnceLock<VerbForms>; 6],
    preludes: Vec<(String, Language, Prelude)>,
    rules: Vec<CitationRule>,
    years: CouncilYears,
    special_sessions: BTreeMap<u16, u16>,
    grammar: Grammar,
    /// The names of each language, made when the first text of the language comes.
    names: [OnceLock<NameTree<Meaning>>; 6],
}

/// Why an ontology cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum OntologyError {
    /// A file cannot be read.
    #[error("{path}: cannot be read: {source}")]
    Io {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// A file is not Turtle.
    #[error("{path}:{line}: is not valid Turtle: {message}")]
    Syntax {
        /// The file.
        path: String,
        /// 1-based line.
        line: u64,
        /// What the parser says.
        message: String,
    },
    /// A file says something that is not understood.
    #[error("{path}:{line}: <{subject}> {message}")]
    Content {
        /// The file.
        path: String,
        /// 1-based line where the file begins to speak of the subject.
        line: usize,
        /// IRI of what the file speaks of.
        subject: String,
        /// What is wrong, and the remedy.
        message: String,
    },
}

impl Ontology {
    /// The ontology that is compiled in.
    ///
    /// # Errors
    /// When a bundled file is not valid, which a test rules out.
    pub fn bundled() -> Result<Self, OntologyError> {
        load::bundled().map(Self::from_loaded)
    }

    /// The bundled ontology with every `*.ttl` file in `dir` added.
    ///
    /// # Errors
    /// When a file cannot be read or says something that the loader does not understand.
    pub fn with_directory(dir: &Path) -> Result<Self, OntologyError> {
        let mut loaded = load::bundled()?;
        load::add_directory(&mut loaded, dir)?;
        Ok(Self::from_loaded(loaded))
    }

    fn from_loaded(loaded: load::Loaded) -> Self {
        let concepts: Vec<Concept> = loaded.concepts.into_values().collect();
        let mut by_founder: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, concept) in concepts.iter().enumerate() {
            for symbol in &concept.established_by {
                by_founder.entry(symbol.path()).or_default().push(index);
            }
        }
        let verbs: Vec<Verb> = loaded.verbs.into_values().collect();
        let mut rules: Vec<CitationRule> = loaded.rules.into_values().collect();
        rules.sort_by(|a, b| (a.at, a.priority, &a.name).cmp(&(b.at, b.priority, &b.name)));
        Self {
            openers: Openers::new(&verbs, &loaded.adverbs),
            verb_forms: Default::default(),
            preludes: loaded.preludes.into_iter().collect(),
            rules,
            states: OnceLock::new(),
            years: loaded.years,
            special_sessions: loaded.special_sessions,
            grammar: loaded.grammar,
            by_founder,
            name_words: concepts.iter().map(|_| OnceLock::new()).collect(),
            by_id: concepts.iter().enumerate().map(|(index, concept)| (concept.id.clone(), index)).collect(),
            concepts,
            verbs,
            names: Default::default(),
        }
    }

    /// Every concept, in order of identity.
    #[must_use]
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// The concept of an identity.
    #[must_use]
    pub fn concept(&self, id: &ConceptId) -> Option<&Concept> {
        self.by_id.get(id).map(|at| &self.concepts[*at])
    }

    /// Index of the concept of an identity among [`Ontology::concepts`].
    #[must_use]
    pub fn place(&self, id: &ConceptId) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The State or territory of a name.
    #[must_use]
    pub fn state_named(&self, name: &str) -> Option<&Concept> {
        let states = self.states.get_or_init(|| {
            let mut states = HashMap::new();
            for (index, concept) in self.concepts.iter().enumerate() {
                if matches!(concept.class, ConceptClass::State | ConceptClass::Territory) {
                    for name in concept.names() {
                        states.entry(name.to_owned()).or_insert(index);
                    }
                }
            }
            states
        });
        states.get(name).map(|at| &self.concepts[*at])
    }

    /// The words of a concept's names, without those that say nothing; of names of two such words and more.
    #[must_use]
    pub fn name_words(&self, id: &ConceptId) -> &[Vec<u64>] {
        let Some(at) = self.by_id.get(id) else { return &[] };
        let words = || self.concepts[*at].names().into_iter().map(content_words).filter(|w| w.len() >= 2).collect();
        self.name_words[*at].get_or_init(words)
    }

    /// The concepts that a document created or whose terms it set, in order of identity.
    pub fn created_by(&self, symbol: &Symbol) -> impl Iterator<Item = &Concept> {
        self.by_founder.get(&symbol.path()).into_iter().flatten().map(|index| &self.concepts[*index])
    }

    /// Every name that may stand in a text of a language.
    #[must_use]
    pub fn names(&self, language: Language) -> &NameTree<Meaning> {
        self.names[language as usize].get_or_init(|| names::names_of(&self.concepts, language))
    }

    /// Every verb, in order of lemma.
    #[must_use]
    pub fn verbs(&self) -> &[Verb] {
        &self.verbs
    }

    /// The verb of a lemma.
    #[must_use]
    pub fn verb(&self, lemma: &str) -> Option<&Verb> {
        self.verbs.binary_search_by(|v| v.lemma.as_str().cmp(lemma)).ok().map(|at| &self.verbs[at])
    }

    /// The words that paragraphs open with.
    #[must_use]
    pub fn openers(&self) -> &Openers {
        &self.openers
    }

    /// The forms of the verbs in a language.
    #[must_use]
    pub fn verb_forms(&self, language: Language) -> &VerbForms {
        self.verb_forms[language as usize].get_or_init(|| VerbForms::new(&self.verbs, &self.preludes, language))
    }

    /// The citation rules, by place, most urgent first.
    #[must_use]
    pub fn rules(&self) -> &[CitationRule] {
        &self.rules
    }

    /// The year in which a special session of the Assembly met.
    #[must_use]
    pub fn special_session(&self, number: u16) -> Option<u16> {
        self.special_sessions.get(&number).copied()
    }

    /// The words that citations stand among.
    #[must_use]
    pub fn grammar(&self) -> &Grammar {
        &self.grammar
    }

    /// The citation rules that are tried at such places, most urgent first.
    #[must_use]
    pub fn rules_at(&self, place: Place) -> &[CitationRule] {
        let from = self.rules.partition_point(|r| r.at < place);
        let to = self.rules.partition_point(|r| r.at <= place);
        &self.rules[from..to]
    }

    /// Which numbers the Council's resolutions had in which year.
    #[must_use]
    pub fn council_years(&self) -> &CouncilYears {
        &self.years
    }

    /// A symbol with what the tables add: the year of a Council resolution.
    #[must_use]
    pub fn complete(&self, symbol: Symbol) -> Symbol {
        match symbol {
            Symbol::CouncilResolution { number, year } => {
                Symbol::CouncilResolution { number, year: self.years.year(number).or(year) }
            }
            other => other,
        }
    }
}

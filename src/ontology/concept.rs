//! What the authorities hold: concepts with their names, and verbs.

use jiff::civil::Date;

use super::ConceptId;
use crate::read::Language;
use crate::recognise::EntityKind;
use crate::symbol::Symbol;

/// What a concept is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConceptClass {
    /// A body of the United Nations system.
    UnBody,
    /// Any other organisation: regional, national, a court, a programme that acts.
    Organization,
    /// An armed, terrorist or criminal group, or a party to a conflict that is no State.
    ArmedGroup,
    /// A State, present or former.
    State,
    /// A listed territory.
    Territory,
    /// An office held by a person.
    Role,
    /// A person.
    Person,
    /// A treaty, declaration or other document with a name.
    Instrument,
}

impl ConceptClass {
    /// Every class, with its name in the vocabulary.
    pub const NAMES: [(Self, &'static str); 8] = [
        (Self::UnBody, "UNBody"),
        (Self::Organization, "Organization"),
        (Self::ArmedGroup, "ArmedGroup"),
        (Self::State, "State"),
        (Self::Territory, "Territory"),
        (Self::Role, "Role"),
        (Self::Person, "Person"),
        (Self::Instrument, "Instrument"),
    ];

    /// The kind of entity that a mention is; `None` for an instrument, which is cited.
    #[must_use]
    pub fn entity_kind(self) -> Option<EntityKind> {
        Some(match self {
            Self::UnBody | Self::Organization => EntityKind::Body,
            Self::ArmedGroup => EntityKind::Group,
            Self::State | Self::Territory => EntityKind::State,
            Self::Role => EntityKind::Role,
            Self::Person => EntityKind::Person,
            Self::Instrument => return None,
        })
    }
}

/// How a label may be used. In order of how a concept's names are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LabelKind {
    /// The full official name, one a language.
    Preferred,
    /// A name that means this anywhere.
    Alternative,
    /// A spelling that is found but never shown.
    Hidden,
    /// Means this only where the document names it otherwise too.
    Short,
    /// Means this only before Government, authorities, forces and the like ("Iraqi").
    Adjective,
    /// A phrase in which another name of the concept does *not* mean it ("Congo Basin").
    Not,
}

/// A name of a concept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// How it may be used.
    pub kind: LabelKind,
    /// Its language; `None` where it is the same in every language.
    pub language: Option<Language>,
    /// The words.
    pub text: String,
}

/// A body, group, State, role, person or instrument that is known by name.
#[derive(Debug, Clone, PartialEq)]
pub struct Concept {
    /// Its identity.
    pub id: ConceptId,
    /// What it is.
    pub class: ConceptClass,
    /// Every name, in order of kind, language (none first) and file.
    pub labels: Vec<Label>,
    /// The instruments that created it or renewed its terms.
    pub established_by: Vec<Symbol>,
    /// The nouns that it is called by beside the number of its resolution ("Committee").
    pub kind_words: Vec<String>,
    /// What it is part of.
    pub parent: Option<ConceptId>,
    /// The office of its head.
    pub headed_by: Option<ConceptId>,
    /// The body in which an office is held.
    pub held_in: Option<ConceptId>,
    /// When it began, as `1999-10-15`, `1999-10` or `1999`.
    pub start: Option<String>,
    /// When it ended, likewise.
    pub end: Option<String>,
    /// Its number on the sanctions list (`QDe.115`).
    pub list_number: Option<String>,
    /// ISO 3166-1 alpha-3 code of a State.
    pub iso_code: Option<String>,
    /// Whether a short form means it even where the document does not name it in full ("the Charter").
    pub presumed: bool,
    /// The symbol of an instrument that has one.
    pub symbol: Option<Symbol>,
    /// When an instrument was adopted.
    pub adopted: Option<Date>,
    /// The same thing in other data sets, IRIs.
    pub same_as: Vec<String>,
    /// Sentences that name it.
    pub examples: Vec<String>,
}

impl Concept {
    /// A concept of which nothing is known yet but what it is.
    #[must_use]
    pub fn new(id: ConceptId, class: ConceptClass) -> Self {
        Self {
            id,
            class,
            labels: Vec::new(),
            established_by: Vec::new(),
            kind_words: Vec::new(),
            parent: None,
            headed_by: None,
            held_in: None,
            start: None,
            end: None,
            list_number: None,
            iso_code: None,
            presumed: false,
            symbol: None,
            adopted: None,
            same_as: Vec::new(),
            examples: Vec::new(),
        }
    }

    /// The full official name in English; in any language where English is missing.
    #[must_use]
    pub fn preferred(&self) -> &str {
        self.preferred_in(Language::En)
    }

    /// The full official name in a language, or else in English, or else in any.
    #[must_use]
    pub fn preferred_in(&self, language: Language) -> &str {
        let preferred = || self.labels.iter().filter(|l| l.kind == LabelKind::Preferred);
        let in_language = |wanted| preferred().find(|l| l.language == Some(wanted));
        in_language(language)
            .or_else(|| in_language(Language::En))
            .or_else(|| preferred().next())
            .map_or(&*self.id.0, |l| &*l.text)
    }

    /// The English names that always mean it: the official one first, then the others in the order of the file.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let mut names = vec![self.preferred()];
        for label in &self.labels {
            let english = matches!(label.language, None | Some(Language::En));
            let sure = matches!(label.kind, LabelKind::Preferred | LabelKind::Alternative);
            if english && sure && !names.contains(&&*label.text) {
                names.push(&label.text);
            }
        }
        names
    }
}

/// A verb of resolutions, and what it makes of the document that it governs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verb {
    /// Dictionary form in English: `take note`, `call upon`.
    pub lemma: String,
    /// The forms it takes in texts, with their language.
    pub forms: Vec<(String, Option<Language>)>,
    /// IRI of the citation property that it stands for; empty where it has none of its own.
    pub treatment: String,
    /// How strongly it binds, from 0; by the file.
    pub strength: u8,
    /// Whether it is directed at an actor (request, urge, demand).
    pub directive: bool,
    /// Whether it condemns (condemn, deplore).
    pub condemning: bool,
}

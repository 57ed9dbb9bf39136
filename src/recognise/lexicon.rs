//! The common words of names in English: head nouns of bodies and groups, titles of offices, words that end a name.
//!
//! These are words of the language and of how documents are drafted, not names: names are in `ontology/authorities`.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::words::{Word, key};
use crate::ontology::names::KeyHasher;

/// What a word may be in a name; a word may be several.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Uses {
    /// Head noun of a body: "Commission".
    pub body_head: bool,
    /// Head noun of an armed group: "Front".
    pub group_head: bool,
    /// Marks a group whose head noun is a body's: "Islamic Fighting Group".
    pub group_mark: bool,
    /// Says too little to name a body by itself: "Joint", "Advisory".
    pub generic: bool,
    /// A function word; capitalised only at the start of a sentence or in a heading.
    pub function: bool,
    /// May stand after a name that is an actor, and does not make an attribute of it: "United Nations *and* ...".
    pub after_actor: bool,
    /// Ends a name that runs on in small letters: "Working Group on arms control *established* ...".
    pub ends_name: bool,
    /// Stands before a title: "Deputy".
    pub title_prefix: bool,
    /// Before or after a State's name makes it mean the State's organs: "Government", "forces".
    pub state_organ: bool,
    /// May stand between a nationality and such an organ: "armed", "Federal".
    pub state_organ_modifier: bool,
    /// Head noun of a treaty: "Convention".
    pub treaty_head: bool,
    /// Kind of document that has a title: "report".
    pub document_kind: bool,
    /// Particle of a person's name: "bin".
    pub name_particle: bool,
    /// Capitalised, but no part of a person's name: "Report".
    pub no_surname: bool,
    /// A title in quotes follows: "entitled".
    pub introduces_title: bool,
    /// Head noun of a body that can open its name: "Commission on ...", but not "Force of ...".
    pub opens_name: bool,
    /// Head noun of a body that lies somewhere: "Mission in ...".
    pub located: bool,
    /// Stands before a person's name: "Ms".
    pub honorific: bool,
    /// Title before a person's name of two words or more: "Judge".
    pub title: bool,
    /// Title before a person's name of one word or more: "President".
    pub surname_title: bool,
}

macro_rules! lexicon {
    ($($field:ident: $words:literal;)*) => {
        static LEXICON: LazyLock<HashMap<u64, Uses, BuildHasherDefault<KeyHasher>>> = LazyLock::new(|| {
            let mut lexicon: HashMap<u64, Uses, BuildHasherDefault<KeyHasher>> = HashMap::default();
            $(for word in $words.split_ascii_whitespace() {
                lexicon.entry(key(word)).or_default().$field = true;
            })*
            lexicon
        });
    };
}

lexicon! {
    body_head: "Academy Agency Alliance Assembly Association Authority Bank Board Bureau Cell Center Centre Chamber Chambers
        Coalition Commission Committee Community Conference Consortium Corps Council Court Department Directorate Federation
        Force Forum Foundation Fund Group Inspectorate Institute Institution Knesset League Mechanism Ministry Mission
        Network Office Operation Organization Panel Parliament Partnership Police Quartet Registry
        Secretariat Service Subcommission Subcommittee Team Tribunal Troika Union Unit University";
    group_head: "Army Brigade Brigades Cartel Faction Front Gang Guerrillas Jihad Mahdi Militia Militias Movement Mujahideen
        Rally Resistance Rebels";
    group_mark: "Armed Fighting Insurgent Islamic Jihadi Jihadist Liberation Militant Mujahideen Rebel Resistance
        Revolutionary Salafist Terrorist";
    generic: "Ad Administering Advisory Air Annual Appeals Central Consultative Coordinating Coordination Country Drafting Eighth Electoral
        Executive Expert Federal Fifth Fact-Finding First Fourth General Governing High Hoc Host Human Independent Inter
        Interim Intergovernmental International Joint Legal Level Local Main Member Military Ministerial National New Open
        Ended Peace Permanent Police Political Preparatory Principal Provincial Regional Review Sanctions Second Security
        Senior Seventh Sixth Special Standing State Steering Sub Supreme Technical Third Trial Trust Working World Civil Civilian";
    function: "The A An This That These Those Its His Her Their Our All Any Each Every No Both Such Other Some Another Same
        In On At By For From With Without When Where While As To Upon Under Once And Or But If Of Into Within Between Among
        During Before After Since Until Against Through Also Further Again Finally Moreover However Therefore Having Being
        Not Nor Only Whether Which Who Whom Whose It He She They We
        January February March April May June July August September October November December";
    after_actor: "and or but nor in on at by for from with without when where while as to upon under once of into within
        between among during before after since until against through also further again is are was were be been being has
        have had having shall should will would may might can could must does do did not which who whom whose that if than
        including or namely through throughout together only cannot it its his their this these those both itself alone
        rather regarding concerning pursuant towards toward via jointly fully not inter";
    ends_name: "which who whom whose that within with at by from as is are was were be been has have had having shall should
        will would may might can could must does do did not to established created convened appointed mandated constituted
        pursuant under submitted contained during when where while or including also its his her their this these those
        held adopted entitled dated presented prepared issued transmitted before after since until through throughout if than but nor between it they for he she
        regarding concerning both whose in accordance and";
    title_prefix: "Acting Alternate Assistant Associate Co Deputy Interim Joint Principal Senior Under Vice";
    state_organ: "Government Governments Authorities Army Forces Force Troops Military State Administration";
    state_organ_modifier: "and armed air authorities caretaker central civil civilian coalition current de defence defense
        facto federal ground interim joint land legitimate local military national naval new occupation occupying police
        provisional regular ruling security transitional unity";
    treaty_head: "Accord Accords Act Agenda Agreement Agreements Charter Code Compact Consensus Document Framework Guidelines Plan
        Principles Programme Roadmap Strategy Convention Conventions Covenant Covenants Pact Protocol
        Protocols Statute Treaty Treaties Communique Declaration";
    document_kind: "report reports document documents declaration resolution statement note letter publication study paper
        plan strategy guide handbook manual book chapter annex addendum section outcome review communication programme
        press article";
    introduces_title: "entitled titled";
    opens_name: "Agency Alliance Assembly Association Authority Board Bureau Center Centre Chamber Chambers Coalition Commission
        Committee Community Conference Consortium Council Court Department Directorate Forum Foundation Group
        Inspectorate Institute League Mechanism Ministry Network Office Organization Panel Registry Secretariat Subcommission
        Subcommittee Team Tribunal Union Army Brigade Brigades Front Movement Rally";
    located: "Administration Chambers Force Group Mission Office Operation Presence";
    honorific: "Mr Mrs Ms Miss Messrs Dr Sir Madam Mme Monsignor Sheikh Professor Prof";
    title: "Ambassador President Minister General Colonel Representative Envoy Coordinator Adviser Advisor Judge Justice Admiral
        Commander Marshal Brigadier Captain Major Chairman Chairperson Chair Secretary Prince King Excellency Commissioner
        Facilitator Mediator Prosecutor Archbishop Governor Director";
    surname_title: "President Ambassador";
    name_particle: "abu al ag bin binti da dal de del della den der di do dos du el ibn la le ould san st ter und van vel von y zu";
    no_surname: "Report Reports Resolution Resolutions Bulletin Statement Note Letter Office Council Assembly Committee
        Commission Nations United Security General Member States State Mission Group Team Panel Board Force Fund
        Representative Envoy Adviser Advisor Coordinator Rapporteur Special Deputy Director Minister President Prime
        Secretary Chair Chairman Chairperson Commander Head Governor Ambassador Agreement Decree Order Affairs
        Army Court Development Forces Human Law Peace Plans Police Policy Programme Rights Rule Security Strategy";
}

/// What a word may be in a name.
#[must_use]
pub fn uses(word: Word) -> Uses {
    uses_of_key(word.key)
}

/// What the word of a key may be in a name.
#[must_use]
pub fn uses_of_key(key: u64) -> Uses {
    LEXICON.get(&key).copied().unwrap_or_default()
}

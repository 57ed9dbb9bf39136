//! The common words of names in English: head nouns of bodies and groups, titles of offices, words that end a name.
//!
//! These are words of the language and of how documents are drafted, not names: names are in `ontology/authorities`.

use std::sync::LazyLock;

use super::words::{Case, Line, Word, key};
use crate::span::Span;

/// What a word may be in a name; a word may be several.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Uses(u32);

/// Places of the table: four times as many as there are words.
const PLACES: usize = 4096;

/// Words by their keys; a word stands at the place of its key or at the next free one.
struct Lexicon(Vec<(u64, Uses)>);

impl Lexicon {
    fn place(key: u64) -> usize {
        usize::try_from(key >> 52).unwrap_or(0) % PLACES
    }

    fn add(&mut self, word: &str, uses: u32) {
        let key = key(word);
        let mut place = Self::place(key);
        while self.0[place].0 != key && self.0[place].0 != 0 {
            place = (place + 1) % PLACES;
        }
        self.0[place].0 = key;
        self.0[place].1.0 |= uses;
    }

    fn get(&self, key: u64) -> Uses {
        let mut place = Self::place(key);
        loop {
            match self.0[place] {
                (found, uses) if found == key => return uses,
                (0, _) => return Uses::default(),
                _ => place = (place + 1) % PLACES,
            }
        }
    }
}

macro_rules! lexicon {
    ($($(#[doc = $doc:literal])* $name:ident($bit:literal): $words:literal;)*) => {
        impl Uses {
            /// What either may be.
            #[must_use]
            pub fn or(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }

            $(
                $(#[doc = $doc])*
                #[must_use]
                pub fn $name(self) -> bool {
                    self.0 & (1 << $bit) != 0
                }
            )*
        }

        static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
            let mut lexicon = Lexicon(vec![(0, Uses::default()); PLACES]);
            $($words.split_ascii_whitespace().for_each(|word| lexicon.add(word, 1 << $bit));)*
            lexicon
        });
    };
}

lexicon! {
    /// Head noun of a body: "Commission".
    body_head(0): "Academy Agency Alliance Assembly Association Authority Bank Board Bureau Cell Center Centre Chamber Chambers
        Coalition Commission Committee Community Conference Consortium Corps Council Court Department Directorate Federation
        Force Forum Foundation Fund Group Inspectorate Institute Institution Knesset League Mechanism Ministry Mission
        Network Office Operation Organization Panel Parliament Partnership Police Quartet Registry
        Secretariat Service Subcommission Subcommittee Team Tribunal Troika Union Unit University";
    /// Head noun of an armed group: "Front".
    group_head(1): "Army Brigade Brigades Cartel Faction Front Gang Guerrillas Jihad Mahdi Militia Militias Movement Mujahideen
        Rally Resistance Rebels";
    /// Marks a group whose head noun is a body's: "Islamic Fighting Group".
    group_mark(2): "Armed Fighting Insurgent Islamic Jihadi Jihadist Liberation Militant Mujahideen Rebel Resistance
        Revolutionary Salafist Terrorist";
    /// Says too little to name a body by itself: "Joint", "Advisory".
    generic(3): "Ad Administering Advisory Air Annual Appeals Central Consultative Coordinating Coordination Country Drafting Eighth Electoral
        Executive Expert Federal Fifth Fact-Finding First Fourth General Governing High Hoc Host Human Independent Inter
        Interim Intergovernmental International Joint Legal Level Local Main Member Military Ministerial National New Open
        Ended Peace Permanent Police Political Preparatory Principal Provincial Regional Review Sanctions Second Security
        Senior Seventh Sixth Special Standing State Steering Sub Supreme Technical Third Trial Trust Working World Civil Civilian";
    /// A function word; capitalised only at the start of a sentence or in a heading.
    function(4): "The A An This That These Those Its His Her Their Our All Any Each Every No Both Such Other Some Another Same
        In On At By For From With Without When Where While As To Upon Under Once And Or But If Of Into Within Between Among
        During Before After Since Until Against Through Also Further Again Finally Moreover However Therefore Having Being
        Not Nor Only Whether Which Who Whom Whose It He She They We
        January February March April May June July August September October November December";
    /// May stand after a name that is an actor, and does not make an attribute of it: "United Nations *and* ...".
    after_actor(5): "and or but nor in on at by for from with without when where while as to upon under once of into within
        between among during before after since until against through also further again is are was were be been being has
        have had having shall should will would may might can could must does do did not which who whom whose that if than
        including or namely through throughout together only cannot it its his their this these those both itself alone
        rather regarding concerning pursuant towards toward via jointly fully not inter actively directly acts adopted agreed
        carries conducts continued continues decided deploys established issued maintains made makes needs offers played plays
        provided provides remained remains requested seeks stands submitted takes took undertakes undertook works";
    /// Ends a name that runs on in small letters: "Working Group on arms control *established* ...".
    ends_name(6): "which who whom whose that within with at by from as is are was were be been has have had having shall should
        will would may might can could must does do did not to established created convened appointed mandated constituted
        pursuant under submitted contained during when where while or including also its his her their this these those
        held adopted entitled dated presented prepared issued transmitted before after since until through throughout if than but nor between it they for he she
        regarding concerning both whose in accordance and";
    /// Stands before a title: "Deputy".
    title_prefix(7): "Acting Alternate Assistant Associate Co Deputy Interim Joint Principal Senior Under Vice";
    /// Before or after a State's name makes it mean the State's organs: "Government", "forces".
    state_organ(8): "Government Governments Authorities Cabinet Army Forces Force Troops Military State Administration";
    /// May stand between a nationality and such an organ: "armed", "Federal".
    state_organ_modifier(9): "and armed air authorities caretaker central civil civilian coalition current de defence defense
        facto federal ground interim joint land legitimate local military national naval new occupation occupying police
        provisional regular ruling security transitional unity";
    /// Head noun of a treaty: "Convention".
    treaty_head(10): "Accord Accords Act Agenda Agreement Agreements Charter Code Compact Consensus Document Framework Guidelines Plan
        Principles Programme Roadmap Strategy Convention Conventions Covenant Covenants Pact Protocol
        Protocols Statute Treaty Treaties Communique Declaration";
    /// Kind of document that has a title: "report".
    document_kind(11): "report reports document documents declaration resolution statement note letter publication study paper
        plan strategy guide handbook manual book chapter annex addendum section outcome review communication programme
        press article";
    /// A title in quotes follows: "entitled".
    introduces_title(12): "entitled titled";
    /// Head noun of a body that can open its name: "Commission on ...", but not "Force of ...".
    opens_name(13): "Agency Alliance Assembly Association Authority Board Bureau Center Centre Chamber Chambers Coalition Commission
        Committee Community Conference Consortium Council Court Department Directorate Forum Foundation Group
        Inspectorate Institute League Mechanism Ministry Network Office Organization Panel Registry Secretariat Subcommission
        Subcommittee Team Tribunal Union Army Brigade Brigades Front Movement Rally";
    /// Head noun of a body that lies somewhere: "Mission in ...".
    located(14): "Administration Chambers Force Group Mission Office Operation Presence";
    /// Stands before a person's name: "Ms".
    honorific(15): "Mr Mrs Ms Miss Messrs Dr Sir Madam Mme Monsignor Sheikh Professor Prof";
    /// Title before a person's name of two words or more: "Judge".
    title(16): "Ambassador President Minister General Colonel Representative Envoy Coordinator Adviser Advisor Judge Justice Admiral
        Commander Marshal Brigadier Captain Major Chairman Chairperson Chair Secretary Prince King Excellency Commissioner
        Facilitator Mediator Prosecutor Archbishop Governor Director";
    /// Title before a person's name of one word or more: "President".
    surname_title(17): "President Ambassador";
    /// Particle of a person's name: "bin".
    name_particle(18): "abu al ag bin binti da dal de del della den der di do dos du el ibn la le ould san st ter und van vel von y zu";
    /// Capitalised, but no part of a person's name: "Report".
    no_surname(19): "Report Reports Resolution Resolutions Bulletin Statement Note Letter Office Council Assembly Committee
        Commission Nations United Security General Member States State Mission Group Team Panel Board Force Fund
        Representative Envoy Adviser Advisor Coordinator Rapporteur Special Deputy Director Minister President Prime
        Secretary Chair Chairman Chairperson Commander Head Governor Ambassador Agreement Decree Order Affairs
        Army Court Development Forces Human Law Peace Plans Police Policy Programme Rights Rule Security Strategy";
    /// Kind of document that is named by its date or by what was said before: "that resolution", "report of 1 May 1999".
    dated_document(20): "appeal appeals communique communiques communiqué communiqués decision decisions letter letters note
        notes paper papers report reports resolution resolutions statement statements studies study";
    /// Gives a body more time: "extend".
    extends(21): "extend extends extending extended renew renews renewing renewed prolong prolongs extension";
    /// Ends a body: "terminate".
    ends(22): "terminate terminates terminated terminating termination dissolve dissolves dissolved disband disbands discontinue
        discontinues close abolish abolishes withdraw liquidate";
    /// Makes a body, "set" only with "up": "establish".
    makes(23): "appoint constitute create establish establishes set";
    /// "mandate"
    mandate(24): "mandate mandates";
    /// Changes a document: "amend".
    changes(25): "amend amends amended modify modifies modified supersede supersedes superseded replace replaces correct corrects";
    /// "condemnation"
    condemnation(26): "condemnation";
    /// Says in a clause of its own that a body was made: "established", "creating".
    made(27): "established created constituted mandated set establishing establishes creating creates setting";
    /// Says that a mandate runs out, behind "shall": "end".
    runs_out(28): "terminate terminated end expire cease dissolved discontinued disbanded";
    /// Begins to say that a body reports to another: "report to", "submit recommendations to".
    reports(30): "report reports reporting present submit provide make";
    /// Says what somebody is that acts: "States", "organizations".
    actor(31): "States Government Governments parties party organisation organization organisations organizations agency agencies
        entity entities actor actors group groups community authority authorities member members institution institutions
        stakeholder stakeholders countries country contributor contributors those partners donors leaders bodies missions
        mechanism mechanisms forces movement movements faction factions committees individuals sector programmes funds
        signatories operations envoys mediators participants panel panels experts representatives manufacturers companies
        media society";
    /// Points to the document named last: "thereof".
    points_back(29): "thereof thereto";
}

/// What a word may be in a name.
#[must_use]
pub fn uses(word: Word) -> Uses {
    word.uses
}

/// What a word may be that stands in no line.
pub(crate) fn uses_of_word(word: &str) -> Uses {
    uses_of(key(word))
}

/// What the word of a key may be in a name.
pub(super) fn uses_of(key: u64) -> Uses {
    LEXICON.get(key)
}

/// The words of a stretch of a line that stand alone in small letters without marks, and may be used in a way.
pub(crate) fn small_words(line: Line<'_>, stretch: Span, used: impl Fn(Uses) -> bool) -> impl Iterator<Item = usize> {
    let from = line.word_from(stretch.start);
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let alone = move |word: &Word| {
        let span = word.span();
        word.case == Case::Lower
            && span.of(line.text).is_ascii()
            && !line.text[..span.start].ends_with(is_part)
            && !line.text[span.end..].starts_with(is_part)
    };
    let within = line.words[from..].iter().take_while(move |w| w.end as usize <= stretch.end);
    within.enumerate().filter(move |(_, w)| used(w.uses) && alone(w)).map(move |(at, _)| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::words::words;

    #[test]
    fn small_words_stand_alone_and_in_small_letters() {
        let text = "to extend, Extend and extend_it; extending1 extended";
        let words = words(text);
        let line = Line { text, words: &words };
        let check = |stretch, expected: &[&str]| {
            let got: Vec<&str> = small_words(line, stretch, Uses::extends).map(|at| line.word(at)).collect();
            assert_eq!(got, expected);
        };
        check(Span::new(0, text.len()), &["extend", "extended"]);
        check(Span::new(4, text.len() - 1), &[]);
    }

    #[test]
    fn a_word_may_have_several_uses_and_most_have_none() {
        let check = |word: &str| uses(words(word)[0]);
        assert!(check("Committee").body_head() && check("COMMITTEE").opens_name());
        assert!(check("President").title() && check("President").no_surname());
        assert_eq!(check("Graustark"), Uses::default());
    }
}

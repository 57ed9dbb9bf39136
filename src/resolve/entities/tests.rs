use std::sync::LazyLock;

use super::entities;
use crate::metadata::Metadata;
use crate::ontology::Ontology;
use crate::parse::{Document, DocumentKind, Paragraph, ParagraphId, Part};
use crate::read::Language;
use crate::resolve::Identity;
use crate::span::OffsetMap;
use crate::symbol::Symbol;

static ONTOLOGY: LazyLock<Ontology> = LazyLock::new(|| Ontology::bundled().unwrap_or_else(|e| panic!("{e}")));

fn document(symbol: Option<&str>, language: Language, paragraphs: &[&str]) -> Document {
    let paragraph = |text: &&str| Paragraph {
        id: ParagraphId::Body(1),
        part: Part::Body,
        text: (*text).to_owned(),
        map: OffsetMap::identity(text.len()),
        page: None,
        slips: Vec::new(),
    };
    Document {
        kind: DocumentKind::Unknown,
        symbol: symbol.and_then(Symbol::parse),
        metadata: Metadata::default(),
        language,
        rendition: crate::parse::Rendition::Document,
        paragraphs: paragraphs.iter().map(paragraph).collect(),
        diagnostics: Vec::new(),
    }
}

/// Each mention as `kind text = name`; the name is the official one, or the words of the document.
fn found(document: &Document) -> Vec<String> {
    let show = |e: crate::resolve::Entity| {
        let text = e.span.of(&document.paragraphs[e.paragraph].text);
        let name = match &e.identity {
            Identity::Concept(id) => ONTOLOGY.concept(id).expect("is known").preferred().to_owned(),
            Identity::Unlisted(names) => names.join(" | "),
        };
        let kind = format!("{:?}", e.kind).to_lowercase();
        if name == text { format!("{kind} {text}") } else { format!("{kind} {text} = {name}") }
    };
    let (lines, mentions) = crate::recognise::names_in(document, &ONTOLOGY);
    entities(document, &ONTOLOGY, &lines, &mentions).into_iter().map(show).collect()
}

fn check(paragraphs: &[&str], expected: &[&str]) {
    assert_eq!(found(&document(None, Language::En, paragraphs)), expected, "{paragraphs:?}");
}

#[test]
fn a_bracket_that_names_a_body_again_belongs_to_the_mention() {
    check(
        &["Thanks the United Nations Office on Drugs and Crime (UNODC) for the tea that UNODC served;"],
        &[
            "body United Nations Office on Drugs and Crime (UNODC) = United Nations Office on Drugs and Crime",
            "body UNODC = United Nations Office on Drugs and Crime",
        ],
    );
}

#[test]
fn the_longest_name_wins() {
    check(
        &["tea with the Counter-Terrorism Committee Executive Directorate and the Counter Terrorism Committee"],
        &[
            "body Counter-Terrorism Committee Executive Directorate",
            "body Counter Terrorism Committee = Counter-Terrorism Committee",
        ],
    );
    check(&["guests of the United Nations Mission in Liberia"], &["body United Nations Mission in Liberia"]);
}

#[test]
fn a_states_organs_are_the_state_and_its_people_are_not() {
    check(
        &["Asks the Government of Iraq, the Iraqi authorities and the Israeli armed forces to dine with Iraqi women;"],
        &["state Government of Iraq = Iraq", "state Iraqi authorities = Iraq", "state Israeli armed forces = Israel"],
    );
    check(&["Chad's cooks and the cooks of Mali met beside South Sudanese tents"], &["state Chad", "state Mali"]);
}

#[test]
fn a_committee_is_found_by_the_resolution_that_created_it() {
    check(
        &["dinner for the Committee established pursuant to resolution 1267 (1999) and the 1540 Committee"],
        &[
            "body Committee established pursuant to resolution 1267 (1999) = Security Council Committee pursuant to resolutions 1267 (1999), 1989 (2011) and 2253 (2015) concerning Islamic State in Iraq and the Levant (Da'esh), Al-Qaida and associated individuals, groups, undertakings and entities",
            "body 1540 Committee = Security Council Committee established pursuant to resolution 1540 (2004)",
        ],
    );
}

#[test]
fn a_body_created_here_is_known_by_this_documents_symbol() {
    let d = document(
        Some("S/RES/1267 (1999)"),
        Language::En,
        &["as the Committee established by paragraph 6 above may taste"],
    );
    assert!(found(&d)[0].contains("1989 (2011)"), "{:?}", found(&d));
}

#[test]
fn unlisted_bodies_keep_their_words_and_their_short_form() {
    check(
        &[
            "Hears the Panel of Tasters established pursuant to resolution 9871 (2044), and sends the Panel of Experts home;",
        ],
        &[
            "body Panel of Tasters established pursuant to resolution 9871 (2044) = Panel of Tasters established pursuant to resolution 9871 (2044) | Panel of Tasters",
            "body Panel of Experts",
        ],
    );
    check(
        &["The Soup Monitoring Team established by resolution 9871 (2044) eats.", "The Soup Monitoring Team slept."],
        &[
            "body Soup Monitoring Team established by resolution 9871 (2044) = Soup Monitoring Team established by resolution 9871 (2044) | Soup Monitoring Team",
            "body Soup Monitoring Team = Soup Monitoring Team established by resolution 9871 (2044) | Soup Monitoring Team",
        ],
    );
}

#[test]
fn bodies_are_known_by_their_shape() {
    check(
        &["the United Nations Tasting Mission in Ruritania cooks"],
        &["body United Nations Tasting Mission in Ruritania"],
    );
    check(
        &["a Working Group on Soup and Salt Supply (WGSS) of cooks"],
        &["body Working Group on Soup and Salt Supply (WGSS) = Working Group on Soup and Salt Supply | WGSS"],
    );
    check(&["the Task Team on soup in winter within the kitchen"], &["body Task Team on soup in winter"]);
    check(&["the Broth, Bread and Butter Commission dines"], &["body Broth, Bread and Butter Commission"]);
    check(&["fighters of the Ruritanian Liberation Front fled"], &["group Ruritanian Liberation Front"]);
    check(&["The Council asks the Committee, the Force and a Main Committee to dine"], &[]);
}

#[test]
fn a_short_name_means_the_longer_one_before_it() {
    check(
        &["The Ruritanian Soup Tasting Board dines.", "The Tasting Board sleeps, and the Advisory Board wakes."],
        &["body Ruritanian Soup Tasting Board", "body Tasting Board = Ruritanian Soup Tasting Board"],
    );
    check(
        &["The Special Envoy of the Secretary-General for Soup dines.", "The Special Envoy sleeps."],
        &[
            "role Special Envoy of the Secretary-General for Soup",
            "role Special Envoy = Special Envoy of the Secretary-General for Soup",
        ],
    );
}

#[test]
fn a_defined_short_form_counts_from_its_definition_on() {
    check(
        &[
            "The Mission waits. The United Nations Tasting Mission in Ruritania (hereinafter \u{201c}the Mission\u{201d}) cooks.",
            "The Mission dines.",
        ],
        &[
            "body United Nations Tasting Mission in Ruritania (hereinafter \u{201c}the Mission\u{201d}) = United Nations Tasting Mission in Ruritania | Mission",
            "body Mission = United Nations Tasting Mission in Ruritania | Mission",
        ],
    );
}

#[test]
fn offices_take_what_they_are_held_for() {
    check(
        &["met the Executive Director of UNODC, the Lebanese Prime Minister and the Deputy Minister for Soup of Chad"],
        &[
            "role Executive Director of UNODC = Executive Director of the United Nations Office on Drugs and Crime",
            "role Lebanese Prime Minister = Prime Minister of Lebanon | Lebanese Prime Minister",
            "role Deputy Minister for Soup of Chad",
        ],
    );
    check(&["all Special Representatives of the Secretary-General dine"], &[]);
    check(
        &["a team headed by a Special Taster, and by a Special Adviser", "as the Special Adviser may say"],
        &["role Special Adviser", "role Special Adviser"],
    );
}

#[test]
fn persons_are_known_by_their_titles() {
    check(&["soup by Ms. Jane van der Doe and Mr. J. Roe-Smith"], &["person Jane van der Doe", "person J. Roe-Smith"]);
    check(
        &["served to President Jane Doe and Secretary-General Jane Roe"],
        &["person Jane Doe", "role Secretary-General", "person Jane Roe"],
    );
    check(&["the President of Chad Jane Doe ate"], &["role President of Chad", "person Jane Doe"]);
}

#[test]
fn the_united_nations_counts_where_it_acts() {
    check(
        &["the United Nations and its cooks dine where the United Nations plays"],
        &["body United Nations", "body United Nations"],
    );
    check(&["United Nations cooks of the United Nations system and UN kitchens"], &[]);
    check(&["United Nations"], &[]);
    check(&["Security Council"], &[]);
    check(&["The Security Council,"], &["body Security Council"]);
}

#[test]
fn names_inside_titles_are_none() {
    check(&["the Soup Agreement between Iraq and the Republic of Mali was read"], &[]);
    check(&["a report entitled \u{201c}Soups of Iraq and Mali\u{201d} on Chad"], &["state Chad"]);
    check(&["the Organization of African Unity Convention for soup was read"], &[]);
    check(&["see UNEP/EA.4/RES/99 and Official Records of the General Assembly"], &[]);
}

#[test]
fn other_languages_know_the_names_of_the_authorities() {
    let french = document(None, Language::Fr, &["Prie le Conseil de sécurité de dîner en Iraq avec l\u{2019}ONUDC"]);
    assert_eq!(found(&french).len(), 3, "{:?}", found(&french));
    let arabic = document(None, Language::Ar, &["ومجلس الأمن"]);
    assert_eq!(found(&arabic), ["body مجلس الأمن = Security Council"]);
    let chinese = document(None, Language::Zh, &["请安全理事会吃饭"]);
    assert_eq!(found(&chinese), ["body 安全理事会 = Security Council"]);
}

//! Documents in the manner of the United Nations, in the project's own words.

use super::*;
use crate::read::read_bytes;

fn parsed(name: &str, text: &str) -> Document {
    let ontology = Ontology::bundled().expect("bundled files load");
    let source = read_bytes(name, text.as_bytes().to_vec()).expect("text is read");
    parse(&source, &ontology)
}

/// Paragraphs as `id: first words`, furniture left out.
fn outline(document: &Document) -> Vec<String> {
    let own = document.paragraphs.iter().filter(|p| p.part != Part::Furniture);
    own.map(|p| format!("{}: {}", p.id, p.text.chars().take(28).collect::<String>())).collect()
}

fn check(text: &str, symbol: Option<&str>, rendition: Rendition, expected: &[&str]) {
    let document = parsed("test.txt", text);
    assert_eq!(document.symbol.as_ref().map(ToString::to_string).as_deref(), symbol);
    assert_eq!(document.rendition, rendition);
    assert_eq!(outline(&document), expected);
}

const WRAPPED: &str = "S/RES/2100 (2013)
Security Council
Resolution 2100 (2013)
Adopted by the Security Council at its 6952nd meeting, on
25 April 2013
The Security Council,
Recalling that lighthouses on the northern coast have long been
tended by volunteers, and that self-
government of the islands is well under way,
Noting with concern the state of the eastern light-
house and of the road that leads to it from the harbour,
1.
Requests the Secretary-General to report on the lamps, in
particular on:
(a) the oil that they burn;
(b) the glass that they need;
13-31235
2/2
S/RES/2100 (2013)
2. Decides to remain seized of the matter.
";

#[test]
fn wrapped_lines_become_paragraphs_and_furniture_cites_nothing() {
    check(
        WRAPPED,
        Some("S/RES/2100 (2013)"),
        Rendition::Document,
        &[
            "head: S/RES/2100 (2013)",
            "head: Security Council",
            "head: Resolution 2100 (2013)",
            "head: Adopted by the Security Coun",
            "head: The Security Council,",
            "pp1: Recalling that lighthouses o",
            "pp2: Noting with concern the stat",
            "op1: 1. Requests the Secretary-Ge",
            "op1-a: (a) the oil that they burn;",
            "op1-b: (b) the glass that they need",
            "op2: 2. Decides to remain seized ",
        ],
    );
    let document = parsed("test.txt", WRAPPED);
    let text = |id: &str| document.paragraphs.iter().find(|p| p.id.to_string() == id).map(|p| p.text.clone());
    assert!(text("pp1").is_some_and(|t| t.contains("self-government of")), "a prefix keeps its hyphen");
    assert!(text("pp2").is_some_and(|t| t.contains("lighthouse and")), "a word cut at the line's end is mended");
}

#[test]
fn the_head_says_who_adopted_it_when_and_where() {
    let m = parsed("test.txt", WRAPPED).metadata;
    assert_eq!((m.meeting, m.date.map(|d| d.to_string()).as_deref()), (Some(6952), Some("2013-04-25")));
    let old = "Resolution 480 (1980)\nof 12 November 1980\n\nThe Security Council,\n\nNoting the vacancy,\n\nDecides to fill it.\n\nAdopted at the 2255th meeting by 12 votes to none, with 3 abstentions (A, B, C).\n";
    let m = parsed("test.txt", old).metadata;
    assert_eq!((m.meeting, m.vote.map(|v| v.to_string()).as_deref()), (Some(2255), Some("12-0-3")));
}

#[test]
fn a_page_on_one_line_is_cut_into_paragraphs() {
    check(
        "S/RES/2100 (2013) United Nations Security Council Distr.: General Resolution 2100 (2013) Adopted by the Security Council at its 6952nd meeting, on 25 April 2013 The Security Council, Recalling resolution 1373 (2001), Taking note of the report S/2013/189, Recognizing that lamps go out and that persons who tend them",
        Some("S/RES/2100 (2013)"),
        Rendition::Document,
        &[
            "head: S/RES/2100 (2013) United Nat",
            "head: The Security Council,",
            "pp1: Recalling resolution 1373 (2",
            "pp2: Taking note of the report S/",
            "pp3: Recognizing that lamps go ou",
        ],
    );
}

#[test]
fn a_page_torn_out_does_not_number_its_preamble() {
    check(
        "S/RES/2100 (2013)\nNoting the state of the lamps on the northern coast\nand of those who tend them,\n7.\nRequests the Secretary-General to report;\n8.\nDecides to remain seized.\n",
        Some("S/RES/2100 (2013)"),
        Rendition::Fragment,
        &[
            "head: S/RES/2100 (2013)",
            "x1: Noting the state of the lamp",
            "op7: 7. Requests the Secretary-Ge",
            "op8: 8. Decides to remain seized.",
        ],
    );
}

#[test]
fn what_follows_a_document_on_a_web_page_is_not_the_document() {
    check(
        "Home » Law » Resolution\n\nResolution 2100 (2013)\n\nThe Security Council,\n\nRecalling resolution 1373 (2001),\n\nSee also  Security Council Resolution 672 – Islands\n\nNoting the lamps,\n\nAdopted by the Security Council at its 6952nd meeting, on 25 April 2013.\n\nMore Posts\n\nResolution 1628 (2005) is about something else\n",
        Some("S/RES/2100 (2013)"),
        Rendition::WebPage,
        &[
            "head: Home » Law » Resolution",
            "head: Resolution 2100 (2013)",
            "head: The Security Council,",
            "pp1: Recalling resolution 1373 (2",
            "pp2: Noting the lamps,",
            "head: Adopted by the Security Coun",
        ],
    );
}

#[test]
fn an_unnumbered_resolution_has_operative_paragraphs_too() {
    check(
        "Resolution 300 (1971)\nof 12 October 1971\n\nThe Security Council,\n\nHaving heard the statement of the keeper,\n\nRequests the parties to keep the light burning.\n",
        Some("S/RES/300 (1971)"),
        Rendition::Document,
        &[
            "head: Resolution 300 (1971) of 12 ",
            "head: The Security Council,",
            "pp1: Having heard the statement o",
            "op1: Requests the parties to keep",
        ],
    );
}

#[test]
fn a_sentence_that_goes_on_with_adopted_is_no_closing_line() {
    check(
        "Resolution 300 (1971)\n\nThe Security Council,\n\nRecalling the Programme for Lighthouses\n\nadopted at the second Conference on Lighthouses, endorsed in resolution 290 (1970),\n\n1. Decides to keep the light burning.\n\nAdopted at the 1592nd meeting.\n",
        Some("S/RES/300 (1971)"),
        Rendition::Document,
        &[
            "head: Resolution 300 (1971)",
            "head: The Security Council,",
            "pp1: Recalling the Programme for ",
            "op1: 1. Decides to keep the light",
            "head: Adopted at the 1592nd meetin",
        ],
    );
}

#[test]
fn a_statement_has_a_body() {
    check(
        "S/PRST/2013/4\nSecurity Council\nStatement by the President of the Security Council\nAt the 6952nd meeting of the Security Council, held on 25 April 2013, the President made the following statement:\n“The Security Council recalls its resolution 1373 (2001).\n“The Security Council stresses that lamps matter.”\n",
        Some("S/PRST/2013/4"),
        Rendition::Document,
        &[
            "head: S/PRST/2013/4",
            "head: Security Council",
            "head: Statement by the President o",
            "head: At the 6952nd meeting of the",
            "p1: “The Security Council recall",
            "p2: “The Security Council stress",
        ],
    );
}

#[test]
fn a_number_and_a_year_that_disagree_name_nothing_but_the_date_may() {
    let slip = "Resolution 434 (1973)\nof 18 September 1978\n\nThe Security Council,\n\nNoting the lamps,\n";
    assert_eq!(parsed("test.txt", slip).symbol.map(|s| s.to_string()).as_deref(), Some("S/RES/434 (1978)"));
    let nameless = "Adopted by the Security Council at its 2981st meeting, on 3 April 1991\n\nThe Security Council,\n\nNoting the lamps,\n";
    assert_eq!(
        parsed("S-RES-687(1991).txt", nameless).symbol.map(|s| s.to_string()).as_deref(),
        Some("S/RES/687 (1991)")
    );
    assert_eq!(parsed("S-RES-1373(2001).txt", nameless).symbol, None);
}

#[test]
fn a_finite_verb_with_a_comma_before_numbers_is_preambular_and_a_heading_is_no_paragraph() {
    check(
        "Resolution 2100 (2013)\nThe Security Council,\nNoting the lamps of the northern coast and those who tend them, in all weathers and without any help from the harbour, the village, the lifeboat or the coast guard,\nRecalls that the lamps were lit in 1953,\nRecalling that they are many,\nKeeping of lamps and payment of those who tend them on the coast\n1.\nDecides to keep the lamps;\nSecurity\n2. Requests the keepers to report; and\n3.\nDecides to remain seized of it.\n",
        Some("S/RES/2100 (2013)"),
        Rendition::Document,
        &[
            "head: Resolution 2100 (2013)",
            "head: The Security Council,",
            "pp1: Noting the lamps of the nort",
            "pp2: Recalls that the lamps were ",
            "pp3: Recalling that they are many",
            "pp3: Keeping of lamps and payment",
            "op1: 1. Decides to keep the lamps",
            "op1: Security",
            "op2: 2. Requests the keepers to r",
            "op3: 3. Decides to remain seized ",
        ],
    );
}

#[test]
fn a_number_at_the_end_of_a_line_begins_the_next_paragraph() {
    check(
        "Resolution 2100 (2013)\nThe Security Council:\nActing under Chapter VI of the Charter of the United Nations: 1.\nDecides to keep the lamps burning, in pursuance of the present resolution\n2.   Decides to remain seized of it.\n",
        Some("S/RES/2100 (2013)"),
        Rendition::Document,
        &[
            "head: Resolution 2100 (2013)",
            "head: The Security Council:",
            "pp1: Acting under Chapter VI of t",
            "op1: 1. Decides to keep the lamps",
            "op2: 2. Decides to remain seized ",
        ],
    );
}

#[test]
fn a_list_of_numbers_goes_on_in_the_next_line() {
    let text = "Resolution 2100 (2013)\n\nThe Security Council,\n\nRecalling its resolutions 381 (1975) of 3 May, 384\n(1975) of 9 May and 386\n(1976) of 11 June\n1976, and General Assembly resolution 1514\n(XV) of 14 December 1960, and the report in S/\n11353 of the keeper of the lamps, who has tended them for many years in all weathers and without any help from the harbour, the village or the coast guard,\n\n1. Decides to keep the lamps burning.\n";
    let document = parsed("test.txt", text);
    let pp1 = document.paragraphs.iter().find(|p| p.id.to_string() == "pp1").expect("a preamble");
    assert!(pp1.text.contains("384 (1975) of 9 May and 386 (1976) of 11 June 1976, and"), "{}", pp1.text);
    assert!(pp1.text.contains("resolution 1514 (XV) of") && pp1.text.contains("in S/11353 of"), "{}", pp1.text);
}

#[test]
fn the_decisions_of_the_next_meeting_are_not_the_resolution() {
    check(
        "Resolution 300 (1971)\nof 12 October 1971\n\nThe Security Council,\n\nNoting the lamps,\n\n1. Decides to keep them.\n\nAdopted unanimously at the 1592nd meeting.\n\nDecisions\n\nAt its 1593rd meeting, the Council discussed the item on the lamps (S/10352).\n\n27 Ibid., document S/10353.\n",
        Some("S/RES/300 (1971)"),
        Rendition::Document,
        &[
            "head: Resolution 300 (1971) of 12 ",
            "head: The Security Council,",
            "pp1: Noting the lamps,",
            "op1: 1. Decides to keep them.",
            "head: Adopted unanimously at the 1",
            "fn1: 27 Ibid., document S/10353.",
        ],
    );
}

#[test]
fn an_operative_paragraph_without_a_number_is_the_first_in_mark_up_as_in_plain_text() {
    let expected = [
        "head: S/RES/2101 (2013)",
        "pp1: Noting the resignation of a ",
        "op1: Decides that the vacancy sha",
        "op2: Requests the President to in",
    ];
    let marked = parsed(
        "test.xml",
        "<akomaNtoso xmlns=\"x\"><statement name=\"resolution\"><coverPage><p><docNumber>S/RES/2101 (2013)</docNumber></p></coverPage>\
         <preamble><container><p>Noting the resignation of a judge of the Court of Lamps,</p></container></preamble>\
         <mainBody><paragraph><content><p>Decides that the vacancy shall be filled in May;</p></content></paragraph>\
         <paragraph><content><p>Requests the President to inform the Court.</p></content></paragraph></mainBody></statement></akomaNtoso>",
    );
    assert_eq!(outline(&marked), expected);
    let plain = parsed(
        "test.txt",
        "S/RES/2101 (2013)\n\nThe Security Council,\n\nNoting the resignation of a judge of the Court of Lamps,\n\n\
         Decides that the vacancy shall be filled in May;\n\nRequests the President to inform the Court.\n",
    );
    assert_eq!(outline(&plain)[2..], expected[1..]);
}

//! What is found in a document, through all stages; sentences in the manner of the United Nations.

use super::*;
use crate::read::read_bytes;

fn extracted(body: &str) -> (Document, Extraction) {
    let ontology = Ontology::bundled().expect("bundled files load");
    let text = format!(
        "S/RES/2400 (2018)\nResolution 2400 (2018)\nAdopted by the Security Council at its 8177th meeting, on 8 February 2018\nThe Security Council,\n{body}\n"
    );
    let source = read_bytes("test.txt", text.into_bytes()).expect("text is read");
    let processed = crate::extract(source, &ontology);
    (processed.document, processed.extraction)
}

fn target(target: &Result<Target, Reason>) -> String {
    match target {
        Ok(Target::Document(symbol)) => symbol.to_string(),
        Ok(Target::Instrument(id)) => id.0.to_string(),
        Ok(Target::Titled(title)) => format!("\"{title}\""),
        Ok(Target::Dated { kind, author, date }) => format!("{kind}:{author}/{date}"),
        Err(reason) => format!("{reason:?}"),
    }
}

/// Citations as `target verb pinpoint`.
fn check(body: &str, expected: &[&str]) {
    let (_, extraction) = extracted(body);
    let got: Vec<String> = extraction
        .citations
        .iter()
        .map(|c| {
            let parts = [Some(target(&c.target)), c.verb.as_ref().map(|v| format!("<{v}>")), c.pinpoint.clone()];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
        })
        .collect();
    assert_eq!(got, expected, "{body}");
}

fn name(node: &Node) -> String {
    match node {
        Node::ThisDocument => "this".to_owned(),
        Node::Work(t) => target(&Ok(t.clone())),
        Node::Entity(_, Identity::Concept(id)) => id.0.to_string(),
        Node::Entity(_, Identity::Unlisted(names)) | Node::Actor(names) => format!("\"{}\"", names[0]),
    }
}

/// Relations as `subject predicate object verb until`.
fn check_relations(body: &str, expected: &[&str]) {
    let (_, extraction) = extracted(body);
    let mut got: Vec<String> = extraction
        .relations
        .iter()
        .map(|r| {
            let until = r.until.map(|d| d.to_string());
            let period = r.period.map(|p| p.to_string());
            let said = format!("{:?}", r.predicate).to_lowercase();
            let parts = [Some(name(&r.subject)), Some(said), Some(name(&r.object)), r.verb.clone(), until, period];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
        })
        .collect();
    got.sort();
    got.dedup();
    assert_eq!(got, expected, "{body}");
}

#[test]
fn dates_words_and_forms_say_whose_number_it_is() {
    check("Recalling resolution 36/8 of 27 September 2017,", &["A/HRC/RES/36/8 <recall>"]);
    check("Recalling resolution 36/8 of 28 October 1981,", &["A/RES/36/8 <recall>"]);
    check("Recalling Human Rights Council resolution 41/5,", &["A/HRC/RES/41/5 <recall>"]);
    check("Recalling General Assembly decision 60/512 of 8 December 2005,", &["A/DEC/60/512 <recall>"]);
    check("Recalling resolution S-9/1 of 12 January 2009 of the Human Rights Council,", &["A/HRC/RES/S-9/1 <recall>"]);
    check("Recalling Economic and Social Council decision 2009/207,", &["E/DEC/2009/207 <recall>"]);
    check("Recalling General Assembly resolution 63/402 on lamps,", &["A/RES/63/40 <recall>"]);
    check("Recalling decision 14/34 of the Conference of the Parties,", &["OtherOrgan <recall>"]);
}

#[test]
fn each_item_of_a_list_is_a_citation_with_the_clauses_verb() {
    check(
        "Recalling its resolutions 1325 (2000), 2242 (2015) and resolution 46/182 of the General Assembly, and further noting the report S/2017/939,",
        &["S/RES/1325 (2000) <recall>", "S/RES/2242 (2015) <recall>", "A/RES/46/182 <recall>", "S/2017/939 <note>"],
    );
}

#[test]
fn the_organ_decides_whose_resolution_a_number_is() {
    check(
        "Recalling Human Rights Council resolutions 19/25 of 23 March 2012 and 40/25 of 22 March 2019, General Assembly resolution 71/1 and Economic and Social Council resolution 2017/18,",
        &["A/HRC/RES/19/25 <recall>", "A/HRC/RES/40/25 <recall>", "A/RES/71/1 <recall>", "E/RES/2017/18 <recall>"],
    );
    check(
        "Recalling the review of the Council's work in resolutions 60/251 of 15 March 2006, by which a body was made, and 65/281 of 17 June 2011,",
        &["A/RES/60/251 <recall>", "A/RES/65/281 <recall>"],
    );
}

#[test]
fn numbers_that_contradict_their_year_make_no_document() {
    check(
        "Recalling resolution 1373 (1975), United Nations, Treaty Series, vol. 75 (1950), and resolution 2450 (2018),",
        &["NumberContradictsYear <recall>", "NotYetAdopted <recall>"],
    );
    // One year off is a slip of the pen.
    check("Recalling its resolution 2242 (2016),", &["S/RES/2242 (2015) <recall>"]);
    let (_, extraction) = extracted("Recalling its resolutions 2242 (2016) and 1325 (2000),");
    let rules: Vec<&str> = extraction.citations.iter().map(|c| c.rule.as_str()).collect();
    assert_eq!(rules, ["number-and-year, year corrected", "number-and-year"]);
}

#[test]
fn parts_of_documents_are_pinpoints() {
    check(
        "1. Decides, in accordance with paragraphs 7, 8 and 9 (a) of resolution 1970 (2011), to act;",
        &["S/RES/1970 (2011) <decide> paragraphs 7, 8 and 9 (a)"],
    );
    check(
        "Acting under Chapter VII of the Charter of the United Nations,",
        &["instrument/un-charter <act> Chapter VII"],
    );
    check(
        "1. Endorses the proposals in paragraphs 12 and 13 of his report of 3 May 2016 (S/2016/431) and the annex to the letter of the Secretary-General (S/2016/400);",
        &["S/2016/431 <endorse> paragraphs 12 and 13", "S/2016/400 <endorse> annex"],
    );
    check(
        "1. Recalls resolution 1640 (2005), in particular paragraphs 1 and 5, and Article 1 (1-4) of the Charter;",
        &["S/RES/1640 (2005) <recall> paragraphs 1 and 5", "instrument/un-charter <recall> Article 1 (1-4)"],
    );
    check(
        "1. Calls upon States to act in line with art. 15 of the UN Convention against Transnational Organized Crime;",
        &["instrument/untoc <call upon> Article 15"],
    );
}

#[test]
fn short_forms_and_anaphora_mean_what_was_named_before() {
    // A bracket behind a title may be short for the last name in it.
    check(
        "Recalling the Charter of the Organization of African Unity (OAU) and the Agreement on Wells and Bridges (AWB),\nStressing the role of the OAU under the AWB,",
        &[
            "instrument/oau-charter <recall>",
            "\"Agreement on Wells and Bridges\" <recall>",
            "\"Agreement on Wells and Bridges\" <stress>",
        ],
    );
    // The same paragraph says it again: nothing new, unless it is another part.
    check(
        "Recalling its resolution 1540 (2004) and the obligations under that resolution and under the Charter,",
        &["S/RES/1540 (2004) <recall>", "instrument/un-charter <recall>"],
    );
    check(
        "Recalling its resolution 1540 (2004),\nStressing the duties under paragraph 3 of that resolution,",
        &["S/RES/1540 (2004) <recall>", "S/RES/1540 (2004) <stress> paragraph 3"],
    );
    check(
        "Recalling the United Nations Convention against Transnational Organized Crime and the Protocol against the Smuggling of Migrants by Land, Sea and Air, supplementing the United Nations Convention against Transnational Organized Crime,\nStressing the tasks under the United Nations Convention against Transnational Organized Crime and its Protocols,",
        &[
            "instrument/untoc <recall>",
            "instrument/migrant-smuggling-protocol <recall>",
            "instrument/untoc <stress>",
            "instrument/migrant-smuggling-protocol <stress>",
        ],
    );
}

#[test]
fn a_report_whose_symbol_was_given_is_meant_again() {
    check(
        "Taking note of the report of the Commission on Wells (S/2017/939),\n1. Commends the Commission on Wells, takes note of its annual report, including section III thereof, and requests the report of the Commission to be sent to all;",
        &["S/2017/939 <take note>", "S/2017/939 <take note>", "S/2017/939 <take note> section III"],
    );
    // A report yet to come.
    check(
        "Taking note of the report of the Secretary-General (S/2017/939),\n1. Requests the Secretary-General to submit his report in six months;",
        &["S/2017/939 <take note>"],
    );
}

#[test]
fn undertakings_are_known_by_kind_author_and_date() {
    check(
        "Recalling the European Council statement of 4 May 2016 and the decision of the African Union Peace and Security Council of 5 June 2016,",
        &[
            "statement:European Council/2016-05-04 <recall>",
            "decision:African Union Peace and Security Council/2016-06-05 <recall>",
        ],
    );
    check(
        "Taking note of the letters dated 3 May and 4 June 2016 from the Permanent Representative of France to the United Nations,",
        &["letter:France/2016-05-03 <take note>", "letter:France/2016-06-04 <take note>"],
    );
    check(
        "Noting the appeals made by the Secretary-General on 6 May 2016 and the League of Arab States on 7 May 2016,",
        &["appeal:Secretary-General/2016-05-06 <note>", "appeal:League of Arab States/2016-05-07 <note>"],
    );
    check(
        "Recalling the goals set by the European Council in its statement of 8 May 2016,",
        &["statement:European Council/2016-05-08 <recall>"],
    );
    // Its symbol was given before.
    check(
        "Noting the report of the Secretary-General of 9 May 2016 (S/2016/431),\nStressing the findings of the report of 9 May 2016,",
        &["S/2016/431 <note>", "S/2016/431 <stress>"],
    );
    // Of a list, what has a symbol is known by it.
    check(
        "Noting the letters of 3 May 2016 (S/2016/431) and 4 June 2016 from the Secretary-General,",
        &["letter:Secretary-General/2016-06-04 <note>", "S/2016/431 <note>"],
    );
    // An act of deciding is no document.
    check("Welcoming the decision by the Government of France on 7 May 2016 to send a team,", &[]);
}

#[test]
fn statements_without_a_symbol_are_known_by_their_date() {
    check(
        "Recalling the statements by its President of 4 May 1994 and 18 December 2014 (S/PRST/2014/28),",
        &["prst:/1994-05-04 <recall>", "S/PRST/2014/28 <recall>"],
    );
}

#[test]
fn a_sub_paragraph_keeps_the_verb_of_its_chapeau() {
    check(
        "1. Requests the Secretary-General:\n(a) To report under resolution 1373 (2001);",
        &["S/RES/1373 (2001) <request>"],
    );
    check(
        "1. Requests the Secretary-General to report, and, while drawing attention to resolution 1373 (2001), calls for help;",
        &["S/RES/1373 (2001) <draw attention>"],
    );
}

#[test]
fn bodies_are_established_extended_and_ended() {
    check_relations(
        "1. Decides to extend until 31 August 2019 the mandate of UNIFIL;",
        &["this extends body/unifil 2019-08-31"],
    );
    check_relations(
        "1. Decides that the mandate of UNMISS shall be extended until 15 March 2019;",
        &["this extends body/unmiss 2019-03-15"],
    );
    check_relations("1. Decides to terminate the mandate of UNMIL;", &["this terminates body/unmil"]);
    check_relations(
        "Recalling resolution 1612 (2005), establishing the Monitoring and Reporting Mechanism on children and armed conflict,",
        &["S/RES/1612 (2005) establishes body/mrm"],
    );
}

#[test]
fn what_a_document_makes_is_the_body_that_the_authorities_know_it_made() {
    let ontology = Ontology::bundled().expect("bundled files load");
    let text = "S/RES/1572 (2004)\nResolution 1572 (2004)\nThe Security Council,\n14. Decides to establish a Committee of the Security Council, consisting of all its members;\n";
    let source = read_bytes("test.txt", text.as_bytes().to_vec()).expect("text is read");
    let relations = crate::extract(source, &ontology).extraction.relations;
    let made = relations.iter().filter(|r| r.predicate == Predicate::Establishes);
    let made: Vec<String> = made.map(|r| name(&r.object)).collect();
    assert_eq!(made, ["body/committee-1572"]);
}

#[test]
fn groups_are_condemned_within_the_clause() {
    check_relations(
        "Condemning the attacks by Boko Haram, and noting the talks with Al-Shabaab,",
        &["this condemns group/boko-haram"],
    );
}

#[test]
fn directive_verbs_have_addressees() {
    check_relations(
        "1. Requests the Secretary-General, in close consultation with others, to report;",
        &["this addresses role/secretary-general request"],
    );
    check_relations(
        "1. Urges all Member States and regional organizations to cooperate, and calls upon CTED to assist;",
        &[
            "this addresses \"Member States\" urge",
            "this addresses \"regional organizations\" urge",
            "this addresses body/cted call upon",
        ],
    );
    check_relations("1. Demands that the Taliban stop;", &["this addresses group/taliban demand"]);
    // The chapeau has the verb, the sub-paragraphs their actors.
    check_relations(
        "1. Calls upon:\n(a) All Member States to report;\n(b) Those States that have sent teams to withdraw them;",
        &["this addresses \"Member States\" call upon", "this addresses \"States\" call upon"],
    );
    // Two kinds of parties; a qualification with a list; an aside between two actors.
    check_relations(
        "1. Urges the parties to the dispute to stop;\n2. Urges the parties concerned to talk;",
        &["this addresses \"parties concerned\" urge", "this addresses \"parties to the dispute\" urge"],
    );
    check_relations(
        "1. Encourages all those involved in the planning of wells, roads and bridges to meet;",
        &["this addresses \"those involved in the planning of wells, roads and bridges\" encourage"],
    );
    check_relations(
        "1. Requests the United Nations Development Programme, established under resolution 2029 (XX), and other United Nations bodies to help;",
        &[
            "A/RES/2029 (XX) establishes body/undp",
            "this addresses \"United Nations bodies\" request",
            "this addresses body/undp request",
        ],
    );
    check_relations(
        "1. Requests the Secretary-General to send the text to all the competent bodies of the Organization, and urges them to act, and invites him to report;",
        &[
            "this addresses \"competent bodies\" urge",
            "this addresses role/secretary-general invite",
            "this addresses role/secretary-general request",
        ],
    );
}

#[test]
fn a_kind_of_body_means_the_last_one_named() {
    check_relations(
        "Noting the work of the Panel of Experts on Wells,\n1. Decides to extend the mandate of the Panel until 4 May 2019;\n2. Requests the Panel to report to the Council;",
        &[
            "\"Panel of Experts on Wells\" subordinate body/security-council",
            "this addresses \"Panel of Experts on Wells\" request",
            "this extends \"Panel of Experts on Wells\" 2019-05-04",
        ],
    );
    check_relations(
        "1. Welcomes the report on UNIFIL and decides to extend its mandate until 5 May 2019;",
        &["this extends body/unifil 2019-05-05"],
    );
    check_relations(
        "1. Decides that the mandate of UNMIL shall end on 5 May 2018;",
        &["this terminates body/unmil 2018-05-05"],
    );
    // A measure extended is no body extended.
    check_relations("1. Decides to extend until 5 May 2019 the authorization that it gave to States;", &[]);
}

#[test]
fn mandates_are_extended_in_many_words() {
    for (body, expected) in [
        (
            "1. Decides to extend UNIFIL for a further period of six months from the date of adoption of this resolution;",
            "this extends body/unifil 2018-08-08 P6M",
        ),
        (
            "1. Decides that the mandate of UNMISS shall be extended for a period of six months from 30 March 2018;",
            "this extends body/unmiss 2018-09-30 P6M",
        ),
        (
            "1. Decides to extend the deployment of UNMISS until 4 May 2018 and authorizes it to act;",
            "this extends body/unmiss 2018-05-04",
        ),
        (
            "1. Decides to extend once more the stationing in Cyprus of UNFICYP, for a further period ending on 4 May 2018;",
            "this extends body/unficyp 2018-05-04",
        ),
        (
            "1. Decides that CTED will continue to operate as a special political mission under the guidance of the Council for the period ending 4 May 2019;",
            "this extends body/cted 2019-05-04",
        ),
        ("1. Decides that UNMISS shall be deployed until 4 May 2019;", "this extends body/unmiss 2019-05-04"),
        (
            "1. Decides that UNMISS shall have the following mandate from the date of adoption of this resolution until 4 May 2019:",
            "this extends body/unmiss 2019-05-04",
        ),
        (
            "1. Decides to extend, in this context, UNMISS’s mandate, as set out in resolution 2327 (2016), for a final period of six months;",
            "this extends body/unmiss P6M",
        ),
        (
            "1. Decides to extend the mandate of UNMISS for six months, with a view to a further period until 4 May 2019;",
            "this extends body/unmiss P6M",
        ),
        ("1. Decides:\n(a) To extend the mandate of UNMISS until 4 May 2019;", "this extends body/unmiss 2019-05-04"),
        (
            "1. Decides to extend for the final time the mandate of UNMISS until 4 May 2019;",
            "this extends body/unmiss 2019-05-04",
        ),
        ("1. Decides that the mandate of UNMISS will extend until 4 May 2019;", "this extends body/unmiss 2019-05-04"),
        ("1. Authorizes UNMOP to continue monitoring the zone until 4 May 2019;", "this extends body/unmop 2019-05-04"),
        (
            "1. Decides to renew, with effect from the date of adoption of this resolution, until 4 May 2019, UNMISS and to review it;",
            "this extends body/unmiss 2019-05-04",
        ),
        (
            "1. Decides that the mandate of the United Nations mission in the South, UNMISS, shall be extended until 4 May 2019;",
            "this extends body/unmiss 2019-05-04",
        ),
        (
            "1. Decides to extend until 1 July the measures on arms;\n2. Decides to extend, for the period specified in paragraph 1 above, the mandate of UNMISS;",
            "this extends body/unmiss 2018-07-01",
        ),
    ] {
        let (_, extraction) = extracted(body);
        let found = extraction.relations.iter().any(|r| {
            let lasts = [r.until.map(|d| d.to_string()), r.period.map(|p| p.to_string())];
            let parts = [Some(format!("this extends {}", name(&r.object)))].into_iter().chain(lasts);
            r.predicate == Predicate::Extends && parts.flatten().collect::<Vec<_>>().join(" ") == expected
        });
        assert!(found, "{body}\n{expected}\n{:?}", extraction.relations);
    }
}

#[test]
fn what_only_touches_a_mandate_extends_none() {
    for body in [
        "1. Authorizes UNMISS to extend the necessary support to the Force, without prejudice to its mandate;",
        "1. Decides to apportion the amount until 4 May 2019, subject to a decision of the Security Council to extend the mandate of UNMISS;",
        "1. Decides that the deployment shall be subject to the extension of UNMISS’s mandate;",
        "1. Decides to send one company from UNMIL to UNMISS until 4 May 2018, without prejudice to a decision concerning the renewal of the mandate of UNMIL;",
        "1. Decides to extend to UNMISS its thanks for its work until 4 May 2018;",
        "1. Decides that UNMISS shall continue to report to the Council until 4 May 2018;",
        "1. Decides to extend the deployment of two battalions to UNMISS until 4 May 2018;",
        "1. Decides that, until 30 April 2018, the mandate of UNMISS shall be the following:",
    ] {
        let (_, extraction) = extracted(body);
        let found: Vec<_> = extraction.relations.iter().filter(|r| r.predicate == Predicate::Extends).collect();
        assert!(found.is_empty(), "{body}\n{found:?}");
    }
}

#[test]
fn experts_are_those_of_the_resolution_or_the_committee_that_is_named() {
    check_relations(
        "1. Decides to extend until 12 March 2019 the mandate of the Panel of Experts, originally appointed pursuant to resolution 1591 (2005) and extended by resolution 1651 (2005);",
        &["this extends body/panel-sudan 2019-03-12"],
    );
    check_relations(
        "Noting the work of the Committee established pursuant to resolution 1533 (2004),\n1. Requests the Secretary-General to re-establish, for a period expiring on 4 May 2018, the Group of Experts;",
        &[
            "S/RES/1533 (2004) establishes body/committee-1533",
            "this addresses role/secretary-general request",
            "this extends body/group-drc 2018-05-04",
        ],
    );
}

#[test]
fn a_body_is_established_for_a_time() {
    for (body, expected) in [
        (
            "1. Decides to establish, as of 9 July 2018, UNMISS for an initial period of one year;",
            "body/unmiss 2019-07-09 P1Y",
        ),
        (
            "1. Decides that the Committee will be assisted by the Counter-Terrorism Committee Executive Directorate (hereinafter “CTED”), to be established as a special political mission for an initial period ending 4 May 2018;",
            "body/cted 2018-05-04",
        ),
        ("1. Decides that UNIFIL shall be established for an initial period of six months;", "body/unifil P6M"),
        (
            "1. Endorses the establishment, for an initial period of 12 months from the date of adoption of this resolution, of a United Nations Assistance Mission in Afghanistan (UNAMA);",
            "body/unama 2019-02-08 P1Y",
        ),
        (
            "1. Decides that this staff shall constitute the United Nations Organization Mission in the Democratic Republic of the Congo (MONUC) until 1 March 2018;",
            "body/monuc 2018-03-01",
        ),
    ] {
        let (_, extraction) = extracted(body);
        let made: Vec<String> = extraction
            .relations
            .iter()
            .filter(|r| r.predicate == Predicate::Establishes)
            .map(|r| {
                let parts = [Some(name(&r.object)), r.until.map(|d| d.to_string()), r.period.map(|p| p.to_string())];
                parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
            })
            .collect();
        assert_eq!(made, [expected], "{body}");
    }
    check_relations(
        "1. Decides to extend the mandate of UNMIL and that the Mission shall close by 30 March 2018;",
        &["this extends body/unmil", "this terminates body/unmil 2018-03-30"],
    );
}

#[test]
fn what_is_not_done_or_only_looked_at_changes_no_mandate() {
    for nothing in [
        "1. Decides not to renew the mandate of UNMIL;",
        "1. Decides not to extend the mandate of UNMIL until 14 July 2019;",
        "1. Decides not to terminate the mandate of UNMIL;",
        "1. Decides to consider the possible extension of the mandate of UNMIL until 17 March 2019;",
        "1. Decides to review the need to extend the mandate of UNMIL;",
        "1. Decides not to lift the measures imposed by paragraph 5 of resolution 841 (1993);",
        "1. Decides to establish a mechanism within UNIFIL;",
    ] {
        check_relations(nothing, &[]);
    }
}

#[test]
fn a_mandate_ends_on_the_day_that_is_stated() {
    for (text, expected) in [
        (
            "1. Decides to terminate the mandate of UNMIL as of 31 December 2018;",
            "this terminates body/unmil 2018-12-31",
        ),
        ("1. Terminates the mandate of UNMIL with effect from 30 June 2018;", "this terminates body/unmil 2018-06-30"),
        (
            "1. Decides to extend the mandate of UNMIL for a final period until 31 March 2018, after which UNMIL will cease all work;",
            "this extends body/unmil 2018-03-31",
        ),
        ("1. Extends the mandate of UNMIL until 31 March 2018;", "this extends body/unmil 2018-03-31"),
        (
            "1. Decides to extend the mandate of UNMIL, which expires on 15 March 2018, until 15 November 2018;",
            "this extends body/unmil 2018-11-15",
        ),
    ] {
        check_relations(text, &[expected]);
    }
}

#[test]
fn measures_that_are_ended_or_replaced_are_repealed() {
    check_relations(
        "1. Decides to terminate, with immediate effect, the measures on wells imposed by paragraph 6 of resolution 1521 (2003) and modified by paragraph 1 of resolution 1731 (2006);",
        &["this supersedes S/RES/1521 (2003)", "this supersedes S/RES/1731 (2006)"],
    );
    check_relations(
        "1. Decides that the provisions of paragraphs 4 and 5 of resolution 1973 (2011) shall cease to have effect;",
        &["this supersedes S/RES/1973 (2011)"],
    );
    check_relations(
        "1. Decides that paragraph 26 of resolution 2321 (2016) shall be replaced by the following: “States shall dig.”;",
        &["this amends S/RES/2321 (2016)"],
    );
    for nothing in [
        "1. Decides to terminate the suspension of the measures imposed by paragraph 5 of resolution 841 (1993);",
        "1. Decides that the measures imposed by resolution 1306 (2000) shall be terminated immediately if the Council so determines;",
        "1. Decides that the measures imposed by resolution 1807 (2008) shall no longer apply to pumps;",
        "1. Decides to establish a Commission on Wells which replaces the Special Commission established pursuant to resolution 687 (1991);",
    ] {
        let (_, extraction) = extracted(nothing);
        let ended =
            extraction.relations.iter().filter(|r| matches!(r.predicate, Predicate::Supersedes | Predicate::Amends));
        assert_eq!(ended.count(), 0, "{nothing}");
    }
}

#[test]
fn parts_of_bodies_are_subordinate_to_them() {
    check_relations(
        "1. Welcomes the work of its Working Group on Children and Armed Conflict;",
        &["body/wg-caac subordinate body/security-council"],
    );
    check_relations(
        "1. Notes the advice of the Working Group on Wells, established by the General Assembly;",
        &["\"Working Group on Wells\" subordinate body/general-assembly"],
    );
}

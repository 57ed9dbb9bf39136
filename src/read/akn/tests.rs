use super::*;
use crate::symbol::{Organ, Symbol};

const HEAD: &str = r##"<akomaNtoso xmlns="x" xmlns:akn4un="y"><statement name="resolution"><meta><identification>
<FRBRWork><FRBRuri value="/akn/un/statement/deliberation/unsc/2001-05-02/9999-2001/"/><FRBRdate date="2001-05-02" name="adoption"/>
<FRBRauthor href="sc" as="author"/></FRBRWork><FRBRExpression><FRBRlanguage language="fra"/></FRBRExpression></identification>
<classification source="DHLAUTH"><keyword value="v" showAs="RULES &amp; TERMS" dictionary="UNBIS Thesaurus"/>
<keyword refersTo="agenda" value="X" showAs="The item." dictionary="S/"/></classification>
<workflow><step date="2001-05-01" outcome="draftResolution" as="S/2001/1" by="Chad and Peru"/>
<step outcome="adopted" as="S/PV.4321" by="Adopted unanimously" refersTo="Chapter VII"/></workflow>
<analysis><voting><count value="002" refersTo="inFavour"><akn4un:voters><organization>CHAD</organization><organization>PERU</organization></akn4un:voters></count></voting></analysis>
</meta>"##;

#[track_caller]
fn check(body: &str, expected: &[(BlockKind, &str)]) -> Body {
    let text = format!("{HEAD}{body}");
    let read = read(&text);
    let found: Vec<_> = read.blocks.iter().map(|b| (b.kind, b.span.of(&read.text))).collect();
    assert_eq!(found, expected);
    for (at, word) in read.text.match_indices(char::is_alphabetic).chain(read.text.match_indices("9")) {
        assert_eq!(read.map.span(Span::new(at, at + word.len())).of(&text), word);
    }
    read
}

#[test]
fn parts_are_known_by_their_elements() {
    let read = check(
        r##"<coverPage><p><docNumber>S/RES/9999 (2001)</docNumber></p></coverPage>
<preamble><container><p xml:space="preserve">	<span>Recalling</span> its
 earlier words,</p></container></preamble>
<mainBody><paragraph><subheading>Terms</subheading></paragraph>
<paragraph><num>1.</num><list><intro><p>Asks:</p></intro><point><num>(a)</num><content><p>one;</p></content></point></list></paragraph>
<paragraph><num>2.</num><content><p>Asks <a href="x">again</a><sup>6</sup>.</p></content></paragraph></mainBody>
<attachments><attachment><doc><meta><FRBRdate date="1999-01-01" name="adoption"/></meta><mainBody><paragraph><heading>Annex I</heading></paragraph>
<paragraph><num>1.</num><content><p>Listed</p></content></paragraph></mainBody></doc></attachment></attachments></statement></akomaNtoso>"##,
        &[
            (BlockKind::Cover, "S/RES/9999 (2001)"),
            (BlockKind::Preambular, "Recalling its earlier words,"),
            (BlockKind::Heading, "Terms"),
            (BlockKind::Operative, "1. Asks:"),
            (BlockKind::Operative, "(a) one;"),
            (BlockKind::Operative, "2. Asks again."),
            (BlockKind::Annex, "Annex I"),
            (BlockKind::Annex, "1. Listed"),
        ],
    );
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
    let m = &read.metadata;
    assert_eq!((m.symbol.clone(), m.draft.clone()), (Symbol::parse("S/RES/9999 (2001)"), Symbol::parse("S/2001/1")));
    assert_eq!((m.organ, m.meeting, m.chapter_vii), (Some(Organ::SecurityCouncil), Some(4321), Some(true)));
    assert_eq!(m.date.map(|d| d.to_string()).as_deref(), Some("2001-05-02"));
    assert_eq!((m.agenda_item.as_deref(), m.sponsors.len(), m.subjects.len()), (Some("The item"), 2, 1));
    assert_eq!(m.subjects[0].label, "RULES & TERMS");
    let vote = m.vote.as_ref().expect("a vote");
    assert_eq!((vote.to_string().as_str(), vote.by_state.len()), ("2-0-0", 2));
    assert_eq!(read.language, Some(super::super::Language::Fr));
}

#[test]
fn notes_follow_their_paragraph() {
    check(
        r##"<mainBody><paragraph><num>1.</num><content><p>Recalls the Plan,<authorialNote marker="3"><p>	See <span>there</span>.</p></authorialNote> and more;</p></content></paragraph></mainBody></statement></akomaNtoso>"##,
        &[(BlockKind::Operative, "1. Recalls the Plan, and more;"), (BlockKind::Footnote, "3 See there.")],
    );
}

#[test]
fn what_is_not_well_formed_is_read_as_far_as_it_goes() {
    let stray = check(
        "<mainBody><paragraph><span>Statement</span></docTitle></p><alinea><content><p>Words.</p></content></alinea></mainBody></statement></akomaNtoso>",
        &[(BlockKind::Operative, "Statement"), (BlockKind::Operative, "Words.")],
    );
    assert!(stray.diagnostics[0].message.contains("docTitle"), "{:?}", stray.diagnostics);
    let soup = check(
        "<mainBody><paragraph><num>1.</num><content><p>Before</p></content></paragraph><paragraph><num>2.</num><p>a <b c=<i>after</i></p></paragraph>",
        &[(BlockKind::Operative, "1. Before"), (BlockKind::Operative, "2. a after")],
    );
    assert_eq!(soup.diagnostics.len(), 1);
    let cut = check("<mainBody><paragraph><content><p>The last wor", &[(BlockKind::Operative, "The last wor")]);
    assert!(cut.diagnostics[0].message.contains("cut off"), "{:?}", cut.diagnostics);
}

#[test]
fn depth_costs_no_stack() {
    let deep = format!("<akomaNtoso>{}x", "<mainBody>".repeat(100_000));
    assert_eq!(read(&deep).text, "x");
    let unmatched = format!("<akomaNtoso><mainBody>{}{}x", "<p>".repeat(50_000), "</q>".repeat(50_000));
    assert_eq!(read(&unmatched).text, "x");
}

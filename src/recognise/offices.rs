//! Offices that no authority lists, and persons, by their titles.

use std::sync::LazyLock;

use super::BARE;
use super::EntityKind;
use super::lexicon::{Uses, uses};
use super::names::{Candidate, Reading, Scene, is_certain, is_state};
use super::words::{Case, Line};
use crate::ontology::ConceptClass;
use crate::ontology::names::{Found, NameTree};

/// How a title is made a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Title {
    /// "of" a body or State: "Chairman of ...".
    Of,
    /// "of", "for", "on", "to", "in": "Special Representative of the Secretary-General for ...".
    Mandate,
    /// "on" a question, in small letters too: "Special Rapporteur on the situation of ...".
    Expert,
    /// A minister: "Minister for Foreign Affairs of ...".
    Minister,
    /// Several holders: names nobody, and hides the names inside.
    Plural,
}

const TITLES: &[(Title, &str)] = &[
    (
        Title::Of,
        "Administrator;Chair;Chairman;Chairperson;Chairwoman;Chief Executive;Chief of Staff;Chief Prosecutor;Co-Chair;Commander;\
         Commander-in-Chief;Controller;Director;Director-General;Emir;Executive Chairman;Executive Director;Executive Head;\
         Executive Secretary;Force Commander;Foreign Minister;Foreign Secretary;Governor;Governor-General;Head;Head of Mission;Head of State;\
         King;Managing Director;Ombudsman;Ombudsperson;Permanent Observer;Permanent Representative;\
         Chargé d'affaires;Police Commissioner;Presiding Officer;President;Prime Minister;Prince;Prosecutor;Prosecutor-General;Queen;Registrar;\
         Secretary;Secretary-General;Secretary of State;Speaker;Sultan;Vice-Chair;Vice-Chairman;Vice-President;Vice-Prime Minister;Rapporteur",
    ),
    (
        Title::Mandate,
        "Adviser;Advisor;Advocate;Assistant Secretary-General;Commissioner;Coordinator;Emergency Relief Coordinator;Envoy;Facilitator;High Commissioner;\
         High Representative;Humanitarian Coordinator;Mediator;Personal Envoy;Personal Representative;\
         Resident Coordinator;Resident Representative;Senior Adviser;Special Adviser;Special Advisor;Special Advocate;\
         Special Coordinator;Special Envoy;Special Representative;Under-Secretary-General;United Nations Coordinator;\
         High-level Facilitator;High-level Mediator;Focal Point",
    ),
    (Title::Expert, "Independent Expert;Special Rapporteur"),
    (Title::Minister, "Minister;Minister of State;Secretary;Foreign Minister;Attorney General"),
    (
        Title::Plural,
        "Special Representatives;Special Envoys;Special Advisers;Special Coordinators;Special Rapporteurs;Personal Envoys;\
         Under-Secretaries-General;Deputy Special Representatives;Executive Heads;Chairs;Chairmen;Chairpersons;Presidents;Foreign Ministers",
    ),
];

static TITLE_TREE: LazyLock<NameTree<Title>> = LazyLock::new(|| {
    let mut tree = NameTree::default();
    for (title, names) in TITLES {
        names.split(';').for_each(|name| tree.insert(name, *title));
    }
    tree
});

/// Most steps of a mandate: "of the Secretary-General / for X / in Y / to Z".
const MOST_STEPS: usize = 4;

/// Most words of one step, so that no text takes long.
const LONGEST_OBJECT: usize = 20;

/// Adds every office.
pub fn offices(scene: Scene<'_>, out: &mut Vec<Candidate>) {
    for found in TITLE_TREE.find(scene.line) {
        office(scene, found, out);
    }
}

fn office(scene: Scene<'_>, found: Found<Title>, out: &mut Vec<Candidate>) {
    let line = scene.line;
    let title_from = title_start(scene, found.from);
    let to = match found.meaning {
        Title::Plural => {
            let to = steps(scene, found.to, &["of", "for", "on", "to", "in"]);
            if let Some(role) = (found.to..to).find(|i| scene.office_at(*i)) {
                let end = scene.longest_at(role).map_or(to, |f| f.to.max(to));
                out.push(Candidate { from: title_from, to: end, reading: Reading::Masked, rule: "office-plural" });
            }
            return;
        }
        Title::Of => steps(scene, found.to, &["of"]),
        Title::Mandate => steps(scene, found.to, &["of", "for", "on", "to", "in"]),
        Title::Expert => steps(scene, found.to, &["of", "on"]),
        Title::Minister => steps(scene, found.to, &["of", "for"]),
    };
    let to = if line.word(found.to - 1) == "Representative" { representative(scene, to) } else { to };
    if to > found.to {
        let covered = scene.starting(title_from).any(|f| f.to == to && is_certain(f.meaning.kind));
        if !covered {
            out.push(Candidate::unlisted(
                title_from,
                to,
                EntityKind::Role,
                names_of(scene, title_from, found.to, to),
                "office",
            ));
        }
    }
    // "President of X Jane Doe"
    if to > found.to && line.joined(to - 1) {
        let end = person_end(scene, to);
        if is_personal_name(scene, to, end) {
            out.push(Candidate::unlisted(
                to,
                end,
                EntityKind::Person,
                vec![line.phrase(to, end).to_owned()],
                "person-office",
            ));
        }
    }
    // "Xian Prime Minister"
    if let Some(nationality) = title_from
        .checked_sub(1)
        .and_then(|before| scene.around(before).find(|f| f.to == title_from && scene.adjective_at(f.from) == Some(f)))
        && !matches!(found.meaning, Title::Mandate)
        && line.joined(title_from - 1)
        && title_names_state_office(line, title_from, found.to)
    {
        let state = scene.concept(nationality.meaning).preferred();
        let end = found.to.max(to);
        let names =
            vec![format!("{} of {state}", line.phrase(title_from, end)), line.phrase(nationality.from, end).to_owned()];
        out.push(Candidate::unlisted(nationality.from, end, EntityKind::Role, names, "office-nationality"));
    }
    // "headed by a Special Adviser": the office is made here, and this is its name.
    if to == found.to && found.to - title_from >= 2 && is_introduced(line, title_from) {
        let names = vec![line.phrase(title_from, found.to).to_owned()];
        out.push(Candidate::unlisted(title_from, found.to, EntityKind::Role, names, "office-introduced"));
    } else if to == found.to && found.to - title_from >= 2 {
        // "the Special Envoy": whose, the document may have said before.
        let names = vec![line.phrase(title_from, found.to).to_owned()];
        out.push(Candidate::unlisted(title_from, found.to, EntityKind::Role, names, BARE));
    }
}

fn title_names_state_office(line: Line<'_>, from: usize, to: usize) -> bool {
    matches!(
        line.phrase(from, to).trim_start_matches("Deputy ").trim_start_matches("Vice-"),
        "Prime Minister"
            | "President"
            | "Foreign Minister"
            | "Minister"
            | "Minister of State"
            | "Head of State"
            | "Foreign Secretary"
            | "King"
            | "Attorney General"
            | "Permanent Representative"
    )
}

fn is_introduced(line: Line<'_>, from: usize) -> bool {
    let article = from.checked_sub(1).is_some_and(|i| matches!(line.word(i), "a" | "an"));
    let clause = from.saturating_sub(6)..from;
    let verbs =
        ["headed", "led", "appoint", "designate", "appointment", "designation", "establish", "nominate", "appointing"];
    article && clause.into_iter().any(|i| verbs.contains(&line.word(i)))
}

/// Where a title begins with what qualifies it: "*Deputy* Special Representative".
fn title_start(scene: Scene<'_>, at: usize) -> usize {
    let line = scene.line;
    let mut from = at;
    while from > 0
        && at - from < 4
        && line.joined(from - 1)
        && line.capital(from - 1)
        && uses(line.words[from - 1]).title_prefix()
    {
        from -= 1;
    }
    // "United Nations High Commissioner for ..."
    if from > 1
        && line.joined(from - 1)
        && matches!(line.phrase(from - 2, from), "United Nations" | "African Union" | "European Union")
    {
        from -= 2;
    }
    from
}

/// Where the chain of "of ...", "for ..." after a title ends; `after` itself where there is none.
fn steps(scene: Scene<'_>, after: usize, prepositions: &[&str]) -> usize {
    let line = scene.line;
    let mut end = after;
    for step in 0..MOST_STEPS {
        let joined = end < line.words.len() && line.joined(end - 1);
        if !joined || !prepositions.contains(&line.word(end)) || !line.joined(end) {
            break;
        }
        let preposition = line.word(end);
        let mut object = end + 1;
        let article = line.word(object) == "the";
        if article {
            object += 1;
        }
        // "on the situation of human rights in X": the mandate in small letters.
        // "appointment by the Secretary-General of Mr. X": a person, no body.
        if uses(line.words.get(object).copied().unwrap_or(line.words[end])).honorific() {
            break;
        }
        let expert = matches!(line.word(after - 1), "Rapporteur" | "Expert");
        let next = match object_end(scene, object, step == 0 && preposition == "of") {
            Some(next) => next,
            None if expert && preposition == "on" => small_words(scene, object),
            None => break,
        };
        // "the Special Envoy of X in New York" and "to Geneva" say where, unless it is a State.
        let state = scene.state_at(object).is_some();
        if (preposition == "in" && !(state && step <= 1))
            || (preposition == "to" && !(step == 0 && scene.longest_at(object).is_some()))
        {
            break;
        }
        // "of" of a State after "for": "Minister for Foreign Affairs of X" goes on, "for X of" does not matter.
        end = next;
    }
    end
}

/// Where the object of a step ends.
fn object_end(scene: Scene<'_>, at: usize, of_title: bool) -> Option<usize> {
    let line = scene.line;
    let listed = scene.longest_at(at).map(|f| f.to);
    let mut run = at;
    while run < line.words.len().min(at + LONGEST_OBJECT)
        && (run == at || line.joined(run - 1) || scene.inner_apostrophe(run - 1))
    {
        let word = line.words[run];
        if word.is_capital() && !uses(word).function() && line.word(run) != "Ambassador" {
            run += 1;
            continue;
        }
        // "Children and Armed Conflict", "Violence against Children", "Minister of Justice and Peace"
        if run > at && joins_object(scene, at, run) {
            run = if line.word(run + 1) == "the" { run + 3 } else { run + 2 };
            continue;
        }
        if run > at && scene.inner_apostrophe(run - 1) {
            run += 1;
            continue;
        }
        break;
    }
    // "Head of the Xian Mission Jane Doe": the person's name is not part of the body's.
    let named_after = listed.is_some_and(|l| is_personal_name(scene, l, run));
    let end = if named_after { listed? } else { listed.max((run > at).then_some(run))? };
    // An office is not held in an office, but for another: "of the Secretary-General".
    let office = TITLE_TREE
        .find(Line { text: line.text, words: &line.words[at..line.words.len().min(at + 3)] })
        .iter()
        .any(|f| f.from == 0);
    if office && !scene.office_at(at) {
        return None;
    }
    // "President of the Council": of which Council, the words do not say.
    let bare = end == at + 1
        && (uses(line.words[at]).body_head()
            || matches!(line.word(at), "State" | "Government" | "Delegation" | "Conference" | "Organization"));
    let certain = listed == Some(end);
    (!(bare && of_title) || certain).then_some(end)
}

/// Whether words can be a person's first name and surname: capitalised, and nothing else.
fn is_personal_name(scene: Scene<'_>, from: usize, to: usize) -> bool {
    to >= from + 2
        && (from..to).all(|i| {
            let word = scene.line.words[i];
            word.case == Case::Capital
                && uses(word) == Uses::default()
                && scene.around(i).all(|f| f.from < from || scene.is_person(f))
        })
}

/// Whether the small word at `joint` goes on with the object that began at `at`: "Children *and* Armed Conflict",
/// "Violence *against* Children", "West Africa *and* the Sahel".
fn joins_object(scene: Scene<'_>, at: usize, joint: usize) -> bool {
    let line = scene.line;
    if !matches!(line.word(joint), "and" | "against" | "in") || !line.joined(joint) {
        return false;
    }
    let next = if line.word(joint) == "and" && line.word(joint + 1) == "the" { joint + 2 } else { joint + 1 };
    let Some(word) = line.words.get(next) else { return false };
    if !line.capital(next)
        || !line.joined(next - 1)
        || uses(*word).function()
        || uses(*word).state_organ()
        || scene.actor_at(next)
    {
        return false;
    }
    let office = TITLE_TREE
        .find(Line { text: line.text, words: &line.words[next..line.words.len().min(next + 3)] })
        .iter()
        .any(|f| f.from == 0);
    let states = scene.state_at(next).is_some() == scene.state_at(at).is_some();
    !office && states && !uses(*word).title() && !scene.office_at(next) && scene.adjective_at(next).is_none()
}

/// A mandate in small letters goes on to the end of the phrase.
fn small_words(scene: Scene<'_>, at: usize) -> usize {
    let line = scene.line;
    let mut end = at;
    while end < line.words.len() && end < at + 16 && (end == at || line.joined(end - 1)) {
        if let Some(listed) = scene.longest_at(end) {
            end = listed.to;
            continue;
        }
        let to_right = line.word(end) == "to" && matches!(line.word(end - 1), "right" | "rights" | "access");
        if uses(line.words[end]).ends_name() && !matches!(line.word(end), "in" | "and") && !to_right {
            break;
        }
        end += 1;
    }
    while end > at
        && (uses(line.words[end - 1]).ends_name() || matches!(line.word(end - 1), "the" | "of" | "in" | "for"))
    {
        end -= 1;
    }
    end
}

/// "Permanent Representative of X *to the United Nations*"
fn representative(scene: Scene<'_>, end: usize) -> usize {
    let line = scene.line;
    if line.word(end) != "to" || !line.joined(end) || end == 0 || !line.joined(end - 1) {
        return end;
    }
    let object = if line.word(end + 1) == "the" { end + 2 } else { end + 1 };
    let body =
        |f: &&Found<_>| matches!(scene.concept(f.meaning).class, ConceptClass::UnBody | ConceptClass::Organization);
    scene.longest_at(object).filter(body).map_or(end, |f| f.to)
}

/// The office's name as written, and with the names in it written out.
fn names_of(scene: Scene<'_>, from: usize, title_to: usize, to: usize) -> Vec<String> {
    let line = scene.line;
    let written = line.phrase(from, to).to_owned();
    let mut full = String::new();
    let mut at = from;
    while at < to {
        let listed = if at >= title_to { scene.longest_at(at).filter(|f| f.to <= to) } else { None };
        let next = listed.map_or(at + 1, |f| f.to);
        match listed.map(|f| scene.concept(f.meaning)) {
            Some(concept) if is_state(concept.class) => full.push_str(line.phrase(at, next)),
            Some(concept) => {
                let bare = line.word(at - 1) != "the" && concept.preferred() != line.phrase(at, next);
                full.push_str(if bare { "the " } else { "" });
                full.push_str(concept.preferred());
            }
            None => full.push_str(line.phrase(at, next)),
        }
        if next < to {
            full.push_str(line.gap(next - 1));
        }
        at = next;
    }
    if full == written { vec![written] } else { vec![full, written] }
}

/// Most words of a name.
const LONGEST_NAME: usize = 6;

/// Adds every person named after a title.
pub fn persons(scene: Scene<'_>, out: &mut Vec<Candidate>) {
    let line = scene.line;
    for at in 0..line.words.len() {
        if !line.capital(at) {
            continue;
        }
        let word = uses(line.words[at]);
        let honorific = word.honorific();
        if !honorific && !word.title() {
            continue;
        }
        let from = at + 1;
        let dot = honorific && line.gap(at).trim() == ".";
        if from >= line.words.len() || !(line.joined(at) || dot) {
            continue;
        }
        // "General Assembly", "President of ...": the title is part of another name.
        if scene.around(at).any(|f| at + 1 < f.to && is_certain(f.meaning.kind)) {
            continue;
        }
        let to = person_end(scene, from);
        let enough = if honorific || word.surname_title() { 1 } else { 2 };
        if to >= from + enough && line.phrase(from, to).chars().count() > 2 {
            out.push(Candidate::unlisted(
                from,
                to,
                EntityKind::Person,
                vec![line.phrase(from, to).to_owned()],
                "person-title",
            ));
        }
    }
}

/// Where a person's name ends: capitalised words, initials and particles.
fn person_end(scene: Scene<'_>, from: usize) -> usize {
    let line = scene.line;
    let mut end = from;
    while end < line.words.len() && end < from + LONGEST_NAME {
        let word = line.words[end];
        let gap = if end == from { "" } else { line.gap(end - 1) };
        // An initial has a point; Arabic and Irish names have hyphens and apostrophes.
        let initial = end > from && gap.trim() == "." && line.words[end - 1].span().len() == 1;
        let inner = matches!(gap, "'" | "\u{2019}") && line.word(end) != "s";
        // "Ki-moon"
        let hyphenated = gap == "-" && word.case == Case::Lower;
        if end > from && !line.joined(end - 1) && !initial && !inner {
            break;
        }
        let particle = uses(word).name_particle()
            && line.joined(end)
            && (line.capital(end + 1) || uses(line.words[end + 1]).name_particle());
        let capital =
            word.is_capital() && !uses(word).no_surname() && !uses(word).function() && !uses(word).honorific();
        if word.case == Case::Digits || !(capital || particle || hyphenated) {
            break;
        }
        if scene.longest_at(end).is_some_and(|f| f.to > end + 1 || end == from)
            && !scene.longest_at(end).is_some_and(|f| scene.is_person(f))
        {
            break;
        }
        end += 1;
    }
    end
}

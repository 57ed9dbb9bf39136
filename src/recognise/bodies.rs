//! Bodies and groups that no authority lists, told by the shape of their names: "Panel of Experts on ...",
//! "United Nations ... Mission in ...", "Committee established pursuant to resolution ...".

use super::BARE;
use super::lexicon::{Uses, uses};
use super::names::{Candidate, Reading, Scene, is_certain, is_state};
use super::titles::is_opening_verb;
use super::words::Case;
use super::{EntityKind, Sense};
use crate::ontology::ConceptClass;
use crate::symbol::Symbol;

/// Longest run of small words that ends a name ("Working Group on arms control in outer space").
const LONGEST_TAIL: usize = 14;

/// Most capitalised words in a row that are looked at, so that no text takes long.
const MOST_WORDS: usize = 20;

/// Adds every stretch of words that is shaped like the name of a body or group.
pub fn bodies(scene: Scene<'_>, out: &mut Vec<Candidate>) {
    for head in 0..scene.line.words.len() {
        if !scene.line.capital(head) {
            continue;
        }
        let word = uses(scene.line.words[head]);
        if word.body_head() || word.group_head() {
            body(scene, head, word, out);
        } else if is_mission_acronym(scene, head) {
            let names = vec![scene.line.word(head).to_owned()];
            out.push(Candidate::unlisted(head, head + 1, EntityKind::Body, names, "shape-acronym"));
        }
    }
}

/// "MINUSTAH", "UNAMIR": the acronyms of United Nations missions and offices begin so.
fn is_mission_acronym(scene: Scene<'_>, at: usize) -> bool {
    let word = scene.line.word(at);
    scene.line.words[at].case == Case::Upper
        && word.len() >= 5
        && (word.starts_with("UN") || word.starts_with("MINU") || word.starts_with("ONU"))
        && !matches!(word, "UNITED" | "UNDER" | "UNTIL" | "UNION" | "UNITY" | "UNANIMOUSLY" | "UNIVERSAL" | "UNSCR")
}

fn body(scene: Scene<'_>, head: usize, word: Uses, out: &mut Vec<Candidate>) {
    let line = scene.line;
    // Most often the name is known and nothing goes on from it.
    if !goes_on(scene, head) && extends_known(scene, head, head + 1) {
        return;
    }
    let from = modifiers(scene, head);
    // "Panel of Experts", "Group of Friends", "Commission of Inquiry": the kind is three words.
    let kind_end = if line.word(head + 1) == "of" && line.joined(head) && is_kind_complement(line.word(head + 2)) {
        head + 3
    } else {
        head + 1
    };
    let to = continuation(scene, from, kind_end);
    for end in [kind_end, to] {
        // A name that the authorities know needs no founding resolution.
        if scene.starting(from).any(|f| f.to == end && is_certain(f.meaning.kind)) {
            break;
        }
        if let Some(tail) = creation(scene, end).filter(|_| line.word(head) != "Fund") {
            let phrase = line.phrase(from, end).to_owned();
            let reading = Reading::Name(Sense::Established { phrase, by: tail.by });
            out.push(Candidate { from, to: tail.to, reading, rule: "shape-established" });
            break;
        }
    }
    let numbered = matches!(
        line.word(kind_end - 1),
        "Committee" | "Panel" | "Group" | "Team" | "Mechanism" | "Experts" | "Ombudsperson"
    );
    if let Some((from, by)) = numbers_before(scene, from).filter(|_| numbered) {
        let phrase = line.phrase(from, kind_end).to_owned();
        out.push(Candidate {
            from,
            to: kind_end,
            reading: Reading::Name(Sense::Established { phrase, by }),
            rule: "shape-numbered",
        });
    }
    if !is_body_at_all(scene, from, head, to) || extends_known(scene, head, to) {
        return;
    }
    let bare = !names_something(scene, from, head, kind_end, to);
    let definite = from > 0 && line.joined(from - 1) && matches!(line.word(from - 1), "the" | "The" | "its");
    if bare && (to != kind_end || kind_end - from < 2 || !definite) {
        return;
    }
    let marked =
        (from..head).any(|i| uses(line.words[i]).group_mark() && !uses(line.words[i]).generic()) && !word.group_head();
    let islamic_body =
        matches!(line.word(head), "Group" | "Alliance" | "Coalition" | "Council") && marked && to == kind_end;
    let kind = if word.group_head() || islamic_body { EntityKind::Group } else { EntityKind::Body };
    let rule = match kind {
        _ if bare => BARE,
        EntityKind::Group => "shape-group",
        _ => "shape-body",
    };
    out.push(Candidate::unlisted(from, to, kind, vec![line.phrase(from, to).to_owned()], rule));
}

/// Whether a small word follows that could make a longer name: "Committee *on* ...", "Panel *established* by ...".
fn goes_on(scene: Scene<'_>, head: usize) -> bool {
    let small = scene.line.words.get(head + 1).is_some_and(|w| w.case == Case::Lower);
    small
        && scene.line.joined(head)
        && !matches!(
            scene.line.word(head + 1),
            "and" | "resolution" | "resolutions" | "to" | "shall" | "will" | "is" | "has"
        )
}

/// Head nouns that name a body only in some company.
fn is_body_at_all(scene: Scene<'_>, from: usize, head: usize, to: usize) -> bool {
    let line = scene.line;
    if from == head && !uses(line.words[head]).opens_name() {
        return false;
    }
    match line.word(head) {
        // Events are no bodies: of conferences only those of parties count.
        "Conference" => from == head && line.phrase(head, to).contains("Parties"),
        // Accounts are no bodies either, but the organisation's own funds act.
        "Fund" => line.word(from) == "United" || defines_acronym(&line.text[line.span(from, to).end..]),
        "Police" => from < head && line.word(head - 1) == "National",
        "Bank" => !matches!(line.phrase(from, head), "West" | "Left" | "East" | "Right"),
        _ => true,
    }
}

fn is_kind_complement(word: &str) -> bool {
    matches!(
        word,
        "Experts"
            | "Inquiry"
            | "Enquiry"
            | "Friends"
            | "Investigation"
            | "Jurists"
            | "Eminent"
            | "Trustees"
            | "Governors"
            | "Auditors"
    )
}

/// Where the capitalised words before a head noun begin.
fn modifiers(scene: Scene<'_>, head: usize) -> usize {
    let line = scene.line;
    let mut from = head;
    while from > 0 && line.joined(from - 1) && head - from < MOST_WORDS {
        let before = from - 1;
        // A name of several words is taken whole, with the commas in it.
        if let Some(whole) =
            scene.around(before).find(|f| f.to == from && f.to > f.from + 2 && is_certain(f.meaning.kind))
        {
            from = whole.from;
            continue;
        }
        if line.capital(before) && !uses(line.words[before]).function() && !uses(line.words[before]).state_organ() {
            if scene.begins_sentence(before) && is_opening_verb(line.word(before)) {
                break;
            }
            from = before;
            continue;
        }
        // "Truth and Reconciliation Commission", but not "the Council and Human Rights Commission".
        let joins = line.word(before) == "and"
            && before > 0
            && line.joined(before - 1)
            && line.capital(before - 1)
            && from < head + 1;
        let left = before.checked_sub(1).map(|l| uses(line.words[l])).unwrap_or_default();
        let listed = joins && scene.around(before - 1).any(|f| f.to == before && is_certain(f.meaning.kind));
        if joins
            && from < head
            && !left.body_head()
            && !left.function()
            && !left.state_organ()
            && !listed
            && !scene.begins_sentence(before - 1)
        {
            from = before - 1;
            // "Truth, Justice, Reparations and Reconciliation Commission"
            while from > 0
                && head - from < MOST_WORDS
                && line.gap(from - 1).trim() == ","
                && line.capital(from - 1)
                && !scene.begins_sentence(from - 1)
                && is_plain(scene, from - 1)
            {
                from -= 1;
            }
            continue;
        }
        break;
    }
    from
}

/// Whether a capitalised word is nothing but part of a name: no head noun, no function word, no name of its own.
fn is_plain(scene: Scene<'_>, at: usize) -> bool {
    uses(scene.line.words[at]) == Uses::default() && scene.around(at).next().is_none()
}

/// Where a name that has its kind at `kind_end` ends: "Panel of Experts *on the Sudan*".
fn continuation(scene: Scene<'_>, from: usize, kind_end: usize) -> usize {
    let line = scene.line;
    let mut end = kind_end;
    while line.joined(end - 1) && end < line.words.len() && end - from < 3 * MOST_WORDS {
        let preposition = line.word(end);
        let first = end == kind_end;
        let allowed = match preposition {
            "of" | "for" => true,
            // "prepared by the Secretariat on X": that is what the paper is on.
            "on" | "against" | "in" | "concerning" => {
                let kind = line.word(kind_end - 1);
                kind != "Secretariat"
                    && (kind_end - from > 1 || !matches!(kind, "Council" | "Assembly" | "Court" | "Board" | "Agency"))
            }
            "to" => matches!(
                line.word(end - 1),
                "Parties" | "Assistance" | "Mission" | "Support" | "Envoy" | "Access" | "Right"
            ),
            _ => false,
        };
        if !allowed || !line.joined(end) {
            break;
        }
        let object = if line.word(end + 1) == "the" && line.joined(end + 1) { end + 2 } else { end + 1 };
        let Some(mut unit) = unit_end(scene, object) else {
            if preposition == "on" && kind_end - from >= 2 && (first || line.word(kind_end) == "of") {
                return small_tail(scene, end);
            }
            break;
        };
        // "the Panel of Experts on X in New York": a place, except of a State or right after the kind.
        let located = uses(line.words[kind_end - 1]).located();
        if preposition == "in" && !(if first { located } else { scene.state_at(object).is_some() && located }) {
            break;
        }
        unit = coordinated(scene, object, unit);
        end = unit;
    }
    end
}

/// Where one item of a continuation ends: a name of the authorities or a run of capitalised words.
fn unit_end(scene: Scene<'_>, at: usize) -> Option<usize> {
    let line = scene.line;
    let listed = scene.longest_at(at).map(|f| f.to);
    let mut run = at;
    while run < line.words.len().min(at + MOST_WORDS)
        && line.capital(run)
        && !uses(line.words[run]).function()
        && (run == at || line.joined(run - 1))
    {
        run += if scene.inner_apostrophe(run) && line.word(run + 1) == "s" { 3 } else { 1 };
    }
    let run = (run > at).then_some(run);
    listed.max(run)
}

/// Where a list of items ends: "on Children *and Armed Conflict*", "of Economic*, Social and Cultural* Affairs".
fn coordinated(scene: Scene<'_>, object: usize, end: usize) -> usize {
    let line = scene.line;
    let mut reach = end;
    let mut at = end;
    // Commas count only where a final "and" closes the list.
    while at > 0
        && at < end + MOST_WORDS
        && line.gap(at - 1).trim() == ","
        && line.capital(at)
        && scene.longest_at(at).is_none_or(|f| is_state(scene.concept(f.meaning).class))
    {
        match unit_end(scene, at) {
            Some(next) if next < at + 4 => at = next,
            _ => return reach,
        }
    }
    let and =
        at > 0 && line.word(at) == "and" && (line.joined(at - 1) || line.gap(at - 1).trim() == ",") && line.joined(at);
    if and && line.capital(at + 1) && !uses(line.words[at + 1]).function() && !scene.actor_at(at + 1) {
        let states = scene.state_at(at + 1).is_some();
        // "the Group on Ruritania and Graustark" joins States to States only.
        if states == scene.state_at(object).is_some()
            && let Some(next) = unit_end(scene, at + 1)
        {
            reach = next;
        }
    }
    reach
}

/// Where a name that runs on in small letters ends: "Task Team *on learning in emergencies*".
fn small_tail(scene: Scene<'_>, preposition: usize) -> usize {
    let line = scene.line;
    let first = line.word(preposition + 1);
    let second = line.word(preposition + 2);
    let starts = match first {
        "the" => matches!(
            second,
            "issue"
                | "question"
                | "situation"
                | "use"
                | "elimination"
                | "elaboration"
                | "prevention"
                | "rights"
                | "role"
                | "effects"
                | "exercise"
                | "promotion"
                | "protection"
                | "impact"
                | "right"
                | "peaceful"
        ),
        "behalf" | "progress" | "matters" | "all" | "any" | "how" | "a" | "an" => false,
        _ => line.words.get(preposition + 1).is_some_and(|w| w.case == Case::Lower && !uses(*w).ends_name()),
    };
    if !starts {
        return preposition;
    }
    let mut end = preposition + 2;
    while end < line.words.len() && end < preposition + LONGEST_TAIL && line.joined(end - 1) {
        let joins = line.word(end) == "and"
            && line.joined(end)
            && line.words[end + 1].case == Case::Lower
            && !is_finite(line.word(end + 1));
        if uses(line.words[end]).ends_name() && !joins && line.word(end) != "in" {
            break;
        }
        end += 1;
    }
    while end > preposition + 1
        && (uses(line.words[end - 1]).ends_name() || matches!(line.word(end - 1), "the" | "of" | "in" | "for" | "on"))
    {
        end -= 1;
    }
    end
}

/// Whether a small word after "and" is the verb of a new clause: "*requests* it to".
fn is_finite(word: &str) -> bool {
    matches!(
        word,
        "requests"
            | "urges"
            | "welcomes"
            | "encourages"
            | "expresses"
            | "stresses"
            | "emphasizes"
            | "invites"
            | "calls"
            | "notes"
            | "decides"
            | "takes"
            | "the"
            | "its"
            | "to"
            | "other"
            | "their"
            | "all"
            | "in"
            | "by"
            | "further"
            | "also"
            | "looks"
    )
}

/// Whether the words say more than a kind of body.
fn names_something(scene: Scene<'_>, from: usize, head: usize, kind_end: usize, to: usize) -> bool {
    let line = scene.line;
    let article = from.checked_sub(1).filter(|b| line.joined(*b)).map_or("", |b| line.word(b));
    let acronym_follows = defines_acronym(&line.text[line.span(from, to).end..]);
    let united_nations = line.word(from) == "United" && line.word(from + 1) == "Nations";
    if matches!(article, "a" | "an" | "any" | "each" | "no" | "such" | "every")
        && !acronym_follows
        && !united_nations
        && !is_created_here(scene, from)
    {
        return false;
    }
    if acronym_follows && to - from >= 2 {
        return true;
    }
    let adjective = (from..head).any(|i| scene.adjective_at(i).is_some() || scene.longest_at(i).is_some());
    let specific = (from..head).any(|i| !uses(line.words[i]).generic() && line.word(i) != "and");
    if to > kind_end {
        // "Chamber of Deputies", "Council of the Committee": a kind of a kind, unless it has modifiers of its own.
        let object = (kind_end..to).filter(|i| line.capital(*i)).collect::<Vec<_>>();
        let generic_object = object.len() == 1 && uses(line.words[object[0]]).body_head();
        return !generic_object || to - from > 4 || from < head;
    }
    if kind_end > head + 1 {
        return true;
    }
    if from == head || !(specific || adjective) {
        return false;
    }
    // "Xian Government Commission" would be a name; "UNX Commission" too; one known name alone before "Force" is not.
    let whole = scene.longest_at(from).filter(|f| f.to == head).map(|f| scene.concept(f.meaning).class);
    !matches!(whole, Some(ConceptClass::UnBody | ConceptClass::Organization))
        || uses(line.words[head]).group_head()
        || line.word(head) != "Force"
}

/// Whether a bracket with an acronym follows: " (UNX)".
fn defines_acronym(rest: &str) -> bool {
    let Some(inside) = rest.trim_start().strip_prefix('(') else { return false };
    let acronym: &str = inside.split([')', ',']).next().unwrap_or_default();
    (2..=14).contains(&acronym.len())
        && acronym.chars().filter(char::is_ascii_uppercase).count() >= 2
        && acronym.chars().all(|c| c.is_ascii_alphabetic() || c == '-')
}

/// Whether a verb of creation stands shortly before: "decides to *establish* a Panel of Experts".
fn is_created_here(scene: Scene<'_>, from: usize) -> bool {
    let line = scene.line;
    let clause = (from.saturating_sub(16)..from).rev();
    clause.take_while(|i| !line.gap(*i).contains([';', ':', '.'])).any(|i| {
        matches!(
            line.word(i),
            "establish"
                | "create"
                | "establishing"
                | "creating"
                | "constitute"
                | "set"
                | "establishes"
                | "creation"
                | "establishment"
                | "form"
        )
    })
}

/// Whether a certain name of the authorities already covers the head noun, so that the shape would only add to it.
fn extends_known(scene: Scene<'_>, head: usize, to: usize) -> bool {
    scene.around(head).any(|f| {
        let alone = f.from == head && f.to == head + 1;
        is_certain(f.meaning.kind) && scene.concept(f.meaning).class != ConceptClass::Instrument && f.to <= to && !alone
    })
}

/// What follows a body that is named by its creation.
struct Creation {
    to: usize,
    by: Vec<Symbol>,
}

/// Reads "established pursuant to [paragraph 4 of] resolution 1267 (1999) [concerning X]" or "established by paragraph 6 above".
fn creation(scene: Scene<'_>, at: usize) -> Option<Creation> {
    let line = scene.line;
    if at == 0 || !line.joined(at - 1) {
        return None;
    }
    let participle = matches!(
        line.word(at),
        "established" | "created" | "set" | "constituted" | "appointed" | "mandated" | "convened"
    );
    let mut i = if participle { at + 1 } else { at };
    if line.word(i) == "up" {
        i += 1;
    }
    i = match (line.word(i), line.word(i + 1)) {
        ("pursuant", "to") if participle || line.word(at - 1) == "Committee" => i + 2,
        ("in", "accordance" | "pursuance") if participle => i + 3,
        ("by" | "under" | "in" | "through", _) if participle => i + 1,
        _ => return None,
    };
    let mut this_document = false;
    if matches!(line.word(i), "paragraph" | "paragraphs") {
        i += 1;
        while i < at + 2 * MOST_WORDS && is_paragraph_number(scene, i) {
            i += 1;
        }
        match line.word(i) {
            "above" | "below" => return Some(Creation { to: i + 1, by: Vec::new() }),
            "of" => i += 1,
            _ => return None,
        }
    }
    let mut assembly = false;
    loop {
        match line.word(i) {
            "this" | "present" => this_document = true,
            "Assembly" => assembly = true,
            "the" | "Security" | "General" | "Council" | "its" => {}
            _ => break,
        }
        i += 1;
    }
    if !line.word(i).eq_ignore_ascii_case("resolution") && !line.word(i).eq_ignore_ascii_case("resolutions") {
        return None;
    }
    if this_document {
        return Some(Creation { to: i + 1, by: Vec::new() });
    }
    let (to, by) = resolutions(scene, i + 1, assembly)?;
    Some(Creation { to: concerning(scene, to), by })
}

fn is_paragraph_number(scene: Scene<'_>, at: usize) -> bool {
    let line = scene.line;
    let Some(word) = line.words.get(at) else { return false };
    word.case == Case::Digits
        || line.word(at) == "and"
        || line.word(at) == "to"
        || (line.word(at).len() <= 3 && line.gap(at - 1).contains('('))
}

/// A list of resolutions: "1267 (1999), 1989 (2011) and 2253 (2015)", "60/251".
fn resolutions(scene: Scene<'_>, at: usize, assembly: bool) -> Option<(usize, Vec<Symbol>)> {
    let line = scene.line;
    let digits = |i: usize| line.words.get(i).is_some_and(|w| w.case == Case::Digits);
    let (mut i, mut by) = (at, Vec::new());
    while by.len() < MOST_WORDS {
        if !digits(i) {
            break;
        }
        let mut end = i + 1;
        let symbol = if line.gap(i).trim() == "/" && digits(i + 1) {
            end = i + 2;
            Symbol::parse(&format!("A/RES/{}/{}", line.word(i), line.word(i + 1)))
        } else if line.gap(i).trim() == "(" && line.gap(i + 1).trim_start().starts_with(')') {
            end = i + 2;
            let organ = if assembly || !digits(i + 1) { "A" } else { "S" };
            Symbol::parse(&format!("{organ}/RES/{} ({})", line.word(i), line.word(i + 1)))
        } else {
            Symbol::parse(&format!("S/RES/{}", line.word(i)))
        };
        by.extend(symbol);
        i = end;
        let list = line.gap(i - 1).trim_start_matches([')', ' ']);
        let next = if matches!(line.word(i), "and" | "or") && line.joined_loosely(i - 1) { i + 1 } else { i };
        if next == i && !list.starts_with(',') {
            break;
        }
        if !digits(next) {
            break;
        }
        i = next;
    }
    (!by.is_empty()).then_some((i, by))
}

/// Where "concerning X, Y and associated individuals, groups, undertakings and entities" ends.
fn concerning(scene: Scene<'_>, at: usize) -> usize {
    let line = scene.line;
    if !matches!(line.word(at), "concerning" | "regarding" | "on") || !line.joined_loosely(at - 1) {
        return at;
    }
    let mut end = at;
    let mut i = at + 1;
    while i < at + 3 * MOST_WORDS {
        if matches!(line.word(i), "and" | "the") {
            i += 1;
            continue;
        }
        if line.word(i) == "associated" && line.word(i + 1) == "individuals" {
            // The Council's standing phrase.
            return (i..line.words.len().min(i + 8)).find(|j| line.word(*j) == "entities").map_or(end, |j| j + 1);
        }
        let Some(unit) = unit_end(scene, i) else { return end };
        end = unit;
        i = unit;
        let gap = line.gap(unit - 1).trim();
        let more = matches!(gap, "" | "," | ")" | "(" | ")," | "' (");
        if !more || (gap.is_empty() && line.word(i) != "and") {
            break;
        }
    }
    end
}

/// The numbers of resolutions that stand before a committee's name: "*1267/1989/2253* Sanctions Committee".
fn numbers_before(scene: Scene<'_>, from: usize) -> Option<(usize, Vec<Symbol>)> {
    let line = scene.line;
    let number = |i: usize| line.words[i].case == Case::Digits && (3..=4).contains(&line.word(i).len());
    let mut first = from;
    while first > 0
        && from - first < MOST_WORDS
        && number(first - 1)
        && (if first == from { line.gap(first - 1) == " " } else { line.gap(first - 1).trim() == "/" })
    {
        first -= 1;
    }
    let by: Vec<Symbol> = (first..from).filter_map(|i| Symbol::parse(&format!("S/RES/{}", line.word(i)))).collect();
    // A year is no resolution: "the 2019 Review Committee".
    let year = from - first == 1 && line.word(first).parse::<u16>().is_ok_and(|n| (1945..=2100).contains(&n));
    (!by.is_empty() && !year).then_some((first, by))
}

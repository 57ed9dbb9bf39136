//! A State's Government, authorities and armed forces are the State: "Government of X", "X Government", "Xian army".

use super::Sense;
use super::lexicon::uses;
use super::names::{Candidate, Reading, Scene, is_state};
use crate::ontology::LabelKind;

/// Words that may stand between a nationality and the organ it qualifies.
const MOST_MODIFIERS: usize = 6;

/// Adds the States that are named through their organs.
pub fn states(scene: Scene<'_>, out: &mut Vec<Candidate>) {
    for found in scene.known {
        let concept = scene.concept(found.meaning);
        if !is_state(concept.class) {
            continue;
        }
        let known = || Reading::Name(Sense::Known(concept.id.clone()));
        match found.meaning.kind {
            LabelKind::Adjective => {
                if let Some(to) = organ_after(scene, found.to) {
                    out.push(Candidate { from: found.from, to, reading: known(), rule: "state-organ" });
                }
            }
            LabelKind::Preferred | LabelKind::Alternative | LabelKind::Hidden => {
                if let Some(from) = organ_before(scene, found.from) {
                    out.push(Candidate { from, to: found.to, reading: known(), rule: "state-organ" });
                } else if let Some(to) = organ_after(scene, found.to).filter(|to| *to <= found.to + 3) {
                    out.push(Candidate { from: found.from, to, reading: known(), rule: "state-organ" });
                }
            }
            LabelKind::Short | LabelKind::Not => {}
        }
    }
}

/// Where the organ that follows a nationality ends: "Xian *Transitional Federal Government*".
fn organ_after(scene: Scene<'_>, after: usize) -> Option<usize> {
    let line = scene.line;
    let mut end = None;
    let mut at = after;
    while at < line.words.len() && at < after + MOST_MODIFIERS && line.joined(at - 1) {
        let word = uses(line.words[at]);
        let organ = word.state_organ() && organ_is_written_so(line.word(at));
        if organ {
            end = Some(at + 1);
        } else if end.is_some() || !(word.state_organ_modifier() || scene.adjective_at(at).is_some()) {
            break;
        }
        at += 1;
    }
    // Alone, "military" and "force" qualify something else: "Xian military observers".
    let last = line.word(end? - 1);
    let qualified = end? - 1 > after;
    let observed = end.is_some_and(|e| line.joined(e - 1) && is_counted(line.word(e)));
    match last.to_ascii_lowercase().as_str() {
        "military" | "force" if !qualified || observed => None,
        "administration" | "government" | "state" if observed => None,
        _ => end,
    }
}

/// "The Xian State" is the State; "Xian state" may be one of a federation's.
fn organ_is_written_so(word: &str) -> bool {
    word != "state" && word != "administration"
}

/// Nouns that an organ's name may qualify, so that not the organ is meant.
fn is_counted(word: &str) -> bool {
    matches!(
        word,
        "observers"
            | "personnel"
            | "officers"
            | "contingent"
            | "contingents"
            | "observer"
            | "soldiers"
            | "operations"
            | "institutions"
    )
}

/// Where the organ that precedes a State's name begins: "*Government of* X", "*armed forces of the* X".
fn organ_before(scene: Scene<'_>, state: usize) -> Option<usize> {
    let line = scene.line;
    let mut at = state;
    if at > 0 && line.joined(at - 1) && line.word(at - 1) == "the" {
        at -= 1;
    }
    if at < 2 || !line.joined(at - 1) || !line.joined(at - 2) || line.word(at - 1) != "of" {
        return None;
    }
    let organ = at - 2;
    if !uses(line.words[organ]).state_organ() || !organ_is_written_so(line.word(organ)) {
        return None;
    }
    let mut from = organ;
    while from > 0 && line.joined(from - 1) {
        let word = uses(line.words[from - 1]);
        if !word.state_organ_modifier() || line.word(from - 1) == "and" {
            break;
        }
        from -= 1;
    }
    Some(from)
}

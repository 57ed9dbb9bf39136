//! Titles of instruments and documents: the names inside them are not mentions.

use memchr::memchr2_iter;

use super::lexicon::uses;
use super::names::{Candidate, Reading, Scene};

/// Longest title that is looked at, in words.
const LONGEST_TITLE: usize = 40;

/// Adds what may be a title.
pub fn titles(scene: Scene<'_>, out: &mut Vec<Candidate>) {
    let line = scene.line;
    let quoted = has_quotation(line.text);
    for at in 0..line.words.len() {
        if !line.capital(at) {
            if !quoted {
                continue;
            }
            if uses(line.words[at]).introduces_title()
                && let Some(to) = quoted_title(scene, at)
            {
                out.push(masked(at, to, "title-quoted"));
            }
            continue;
        }
        if uses(line.words[at]).treaty_head() {
            let from = modifiers(scene, at);
            // "Plan of Action", "Code of Conduct": the kind is three words.
            let kind_end = if line.word(at + 1) == "of"
                && matches!(line.word(at + 2), "Action" | "Conduct" | "Principles" | "Rights")
            {
                at + 3
            } else {
                at + 1
            };
            let to = title_end(scene, kind_end);
            if to > kind_end || from < at {
                out.push(masked(from, to, "title-treaty"));
            }
        }
        // "Official Records of the General Assembly"
        if line.word(at) == "Official" && line.word(at + 1) == "Records" && line.word(at + 2) == "of" {
            let name = if line.word(at + 3) == "the" { at + 4 } else { at + 3 };
            out.push(masked(at, scene.longest_at(name).map_or(at + 2, |f| f.to), "title-records"));
        }
    }
}

/// Whether a quotation may open in a text, with one of \u{201c}, ", \u{2018}.
fn has_quotation(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr2_iter(b'"', 0xe2, bytes).any(|at| matches!(bytes[at..], [b'"', ..] | [0xe2, 0x80, 0x9c | 0x98, ..]))
}

fn masked(from: usize, to: usize, rule: &'static str) -> Candidate {
    Candidate { from, to, reading: Reading::Masked, rule }
}

/// Where the capitalised words before a treaty's head noun begin: "*International Sugar* Agreement".
fn modifiers(scene: Scene<'_>, head: usize) -> usize {
    let line = scene.line;
    let mut from = head;
    // "Ruritanian Union of Cooks Convention": a name before it is taken whole.
    if let Some(whole) =
        head.checked_sub(1).and_then(|before| scene.around(before).find(|f| f.to == head && f.to > f.from + 2))
        && line.joined(head - 1)
    {
        from = whole.from;
    }
    while from > 0
        && head - from < LONGEST_TITLE
        && line.joined(from - 1)
        && line.capital(from - 1)
        && !uses(line.words[from - 1]).function()
    {
        // The verb that opens a paragraph is capitalised too.
        if scene.begins_sentence(from - 1) && is_opening_verb(line.word(from - 1)) {
            break;
        }
        from -= 1;
    }
    from
}

/// Whether a capitalised word that opens a sentence looks like a verb or adverb of a resolution: "Recalling", "Urges".
#[must_use]
pub fn is_opening_verb(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let looks = ["ing", "s", "ly", "ed"].iter().any(|ending| word.ends_with(ending));
    (looks
        && !matches!(
            &*word,
            "united" | "nations" | "armed" | "allied" | "states" | "hamas" | "arms" | "forces" | "women's"
        ))
        || matches!(
            &*word,
            "mindful" | "aware" | "conscious" | "alarmed" | "determined" | "convinced" | "further" | "also" | "welcome"
        )
}

/// Where a title that starts with a treaty's head noun ends: "Convention *on the Law of the Sea*".
fn title_end(scene: Scene<'_>, after: usize) -> usize {
    let line = scene.line;
    let mut end = after;
    // "Agreement between X and the Y": the second party belongs to the title.
    let between = line.word(after) == "between";
    while end < after + LONGEST_TITLE {
        // Small words join what is capitalised behind them; at most "relating to the", "on the", "for the".
        let mut next = end;
        while next < line.words.len()
            && next < end + 3
            && (next == 0 || line.joined(next - 1))
            && is_connector(line.word(next))
        {
            next += 1;
        }
        if next == 0 || next >= line.words.len() || !line.joined(next - 1) || (next == end && !line.capital(next)) {
            return end;
        }
        // "the Convention and the African Union": a second actor, no title.
        let coordinated = line.word(end) == "and" && !between;
        if coordinated && (line.word(end + 1) == "the" || scene.actor_at(next)) {
            return end;
        }
        match scene.longest_at(next) {
            Some(found) if next > end => end = found.to,
            _ if line.capital(next) => end = next + 1,
            _ => return end,
        }
    }
    end
}

fn is_connector(word: &str) -> bool {
    matches!(
        word,
        "of" | "on"
            | "for"
            | "the"
            | "to"
            | "and"
            | "against"
            | "in"
            | "between"
            | "concerning"
            | "relating"
            | "relative"
            | "by"
            | "with"
    )
}

/// Where the quotation after "entitled" ends, where what is entitled is a document: a report's title, not an agenda item's.
fn quoted_title(scene: Scene<'_>, entitled: usize) -> Option<usize> {
    let line = scene.line;
    let gap = line.gap(entitled);
    if !gap.contains(['\u{201c}', '"', '\u{2018}']) {
        return None;
    }
    let before = &line.words[entitled.saturating_sub(12)..entitled];
    let kind = before.iter().rev().find(|w| {
        let word = w.span().of(line.text);
        uses(**w).document_kind() || word.eq_ignore_ascii_case("item")
    })?;
    if kind.span().of(line.text).eq_ignore_ascii_case("item") {
        return None;
    }
    let closes =
        |at: &usize| line.gap(*at).contains(['\u{201d}', '"', '\u{2019}']) && !line.gap(*at).starts_with('\u{2019}');
    let last = (entitled + 1..line.words.len().min(entitled + LONGEST_TITLE)).find(closes)?;
    Some(last + 1)
}

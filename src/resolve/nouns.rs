//! Which noun of a phrase says that somebody is meant who can act: "all *States* that have ...".

use super::text::{first_run, is_of_a_word, runs};
use crate::recognise::lexicon::uses_of_word;

/// The nouns of a text that say what somebody is who acts: "States", "organizations".
pub(super) fn generic(text: &str) -> impl Iterator<Item = (usize, usize)> {
    runs(text).filter(|(from, to)| uses_of_word(&text[*from..*to]).actor())
}

/// Whether a phrase begins as no actor does: "through ...".
pub(super) fn begins_no_actor(phrase: &str) -> bool {
    const NOT_AN_ACTOR: [&str; 17] = [
        "through",
        "in",
        "by",
        "with",
        "within",
        "under",
        "of",
        "on",
        "at",
        "for",
        "to",
        "from",
        "that",
        "including",
        "as",
        "it",
        "its",
    ];
    let first = first_run(phrase);
    NOT_AN_ACTOR.iter().any(|w| w.eq_ignore_ascii_case(first))
}

/// A text without the adverb that it ends with.
pub(super) fn without_adverb(text: &str) -> &str {
    let before = text.trim_end_matches(is_of_a_word);
    let adverb = text.ends_with("ly") && text.len() - before.len() > "ly".len();
    if adverb && before.ends_with(char::is_whitespace) { before.trim_end() } else { text }
}

/// The words of an actor up to the noun that says what it is, without what is said of it: "States", of "States that have acted".
pub(super) fn head(words: &str) -> Option<&str> {
    const PREPOSITIONS: [&str; 10] = ["of", "at", "in", "on", "between", "for", "with", "by", "to", "from"];
    let (start, end) = generic(words).find(|(_, to)| may_follow(&words[*to..]))?;
    // "effective work at all levels of the parties": the parties are not the ones asked.
    let mut before = words[..start].split(char::is_whitespace).skip(1).peekable();
    while let Some(word) = before.next() {
        if PREPOSITIONS.contains(&word) && before.peek().is_some() {
            return None;
        }
    }
    Some(&words[..end])
}

/// Whether this may stand behind the noun for an actor: "States *that* ...", "States *concerned*", "parties *to* ...".
fn may_follow(rest: &str) -> bool {
    const BEHIND: [&str; 17] = [
        "that",
        "who",
        "which",
        "whose",
        "with",
        "in",
        "of",
        "for",
        "from",
        "on",
        "at",
        "under",
        "to",
        "able",
        "responsible",
        "where",
        "as",
    ];
    let behind = rest.trim_start();
    if behind.is_empty() || rest.starts_with(',') {
        return true;
    }
    let word = first_run(behind);
    let participle = (word.len() >= "aaaing".len() && word.ends_with("ing"))
        || (word.len() >= "aaaed".len() && word.ends_with("ed"));
    behind.len() < rest.len()
        && (BEHIND.contains(&word) || (participle && word.bytes().all(|b| b.is_ascii_lowercase())))
}

/// An actor without "all", "the", "relevant".
pub(super) fn bare(name: &str) -> &str {
    let mut bare = name;
    while let Some(rest) = without_determiner(bare) {
        bare = rest;
    }
    bare
}

/// "all" off "all States"; but "other States" are not "States", and "those who act" are nobody without "those".
pub(super) fn without_determiner(name: &str) -> Option<&str> {
    const UNQUALIFIED: [&str; 4] = ["other States", "other Member States", "other parties", "other Governments"];
    let rest = name[leading(name)?..].trim_start();
    if UNQUALIFIED.iter().any(|o| o.eq_ignore_ascii_case(name)) {
        return None;
    }
    head(rest).map(|_| rest)
}

/// Length of the "all", "the", "relevant" that a name begins with and that a space follows.
fn leading(name: &str) -> Option<usize> {
    const LEADING: [&str; 19] = [
        "all",
        "other",
        "relevant",
        "the",
        "those",
        "such",
        "both",
        "these",
        "any",
        "each",
        "every",
        "its",
        "also",
        "again",
        "again,",
        "interested",
        "concerned",
        "appropriate",
        "especially",
    ];
    let end = name.find(char::is_whitespace)?;
    let word = &name[..end];
    if LEADING.iter().chain(&["particularly"]).any(|w| w.eq_ignore_ascii_case(word)) {
        return Some(end);
    }
    const PHRASE: &str = "in particular";
    let phrase = name.get(..PHRASE.len()).is_some_and(|p| p.eq_ignore_ascii_case(PHRASE));
    (phrase && name[PHRASE.len()..].starts_with(char::is_whitespace)).then_some(PHRASE.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_noun_that_acts_is_found_and_determiners_are_not_part_of_it() {
        for (words, expected) in [
            ("States that have acted", Some("States")),
            ("regional organizations concerned", Some("regional organizations")),
            ("effective work at all levels of the parties", None),
            ("the lamps", None),
        ] {
            assert_eq!(head(words), expected, "{words}");
        }
        for (name, expected) in [
            ("all relevant States", "States"),
            ("other States", "other States"),
            ("in particular the parties", "parties"),
            ("those who act", "those who act"),
        ] {
            assert_eq!(bare(name), expected, "{name}");
        }
        assert_eq!(without_adverb("States immediately"), "States");
        assert!(begins_no_actor("Through the States") && !begins_no_actor("States"));
    }
}

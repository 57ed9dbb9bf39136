//! At whom a verb is directed: "Requests the Secretary-General to ...", "Urges all States and
//! regional organizations, in particular ..., to ...".

use super::Node;
use super::nouns::{begins_no_actor, generic, head, without_adverb, without_determiner};
use super::relations::{Clause, View, node};
use super::text::{first_bytes, first_run, runs};
use crate::patterns::patterns;
use crate::recognise::EntityKind;
use crate::span::Span;

patterns! {
    // "decides to authorize", "expresses its intention to invite": the directive is the infinitive.
    INFINITIVE = r"\bto\s+(authori[sz]e|request|invite|call upon|urge|encourage|direct|instruct)\b";
    ASIDE = r"^(?:established|created|which|as|including|in cooperation|in consultation|within)\b[^,;:]{3,140}(, and )(?:the|all|other|relevant|international|regional|[A-Z])";
    COORDINATED = r"^(?:[a-z-]+, ){0,4}(?:[a-z-]+,? )?and [a-z-]+(?: to |,)";
    PRONOUN = r"^\s+(?:also\s+|further\s+)?(him|her|it|them)\b";
    ITEM = r"^(?:\s*\([a-z]{1,4}\))?\s*";
    BEFORE_ACTORS = r"\b(?:to|by|of|with|for|from)\s+";
    RELATIVE = r"^ that (?:have|has|had|are|were|is|may|can|could|do|did|will|would|receive|provide|contribute|host|possess)\b";
    ADVERBIAL = r"^(?:(?:\s*,[^,;]{2,120},\s*)|(?:\s+(?:also|again|further|once again|immediately|therefore|strongly|accordingly|urgently|upon|on|and\s+(?:allows|requests|urges|invites|encourages|directs|instructs|authorizes|asks))\b))";
    NOUN = r"\b(?:requests?|calls?|appeals?|demands?|invitations?|recommendations?|encouragement)$";
    TO_WHOM = r"^ (?:to|upon|on) (?:the |all |both )?";
    AND_FOR = r",? and for (?:the )?";
    BY = r"\bby\s+(?:the\s+)?";
}

/// Longest list of actors, and longest name of one, in bytes; most "and for" of a clause that are looked at: so that no
/// text takes long.
const LONGEST_PHRASE: usize = 2000;
const LONGEST_ACTOR: usize = 220;
const MOST_FOR: usize = 10;

/// How far behind a verb the infinitive may stand that directs, and how long it may be, in bytes.
const FARTHEST_INFINITIVE: usize = 200;
const LONGEST_INFINITIVE: usize = 40;

/// Where an actor phrase ends: an infinitive, a that-clause, a parenthesis, the end of the sentence.
fn phrase_end(view: &View<'_>, start: usize, end: usize, verb: &str) -> usize {
    let mut end = end.min(start + LONGEST_PHRASE);
    while !view.text().is_char_boundary(end) {
        end -= 1;
    }
    let text = &view.text()[start..end];
    let mut at = 0;
    while let Some(step) = text[at..].find([' ', ',', ';', '.', ':', '(']) {
        let here = at + step;
        // What stands inside a name ends nothing: "Commission for Palestine", "Directorate (CTED)".
        if let Some(name) = view.around(start + here) {
            at = (name.span.end - start).min(text.len());
            continue;
        }
        let rest = &text[here..];
        if rest.starts_with([';', '.', ':', '(']) {
            return here;
        }
        if let Some(after) = rest.strip_prefix(", ") {
            // "those involved in planning, training and support to ...": the list of a qualification.
            if runs(&text[..here]).any(|(from, to)| matches!(&text[from..to], "in" | "for" | "that" | "who" | "of"))
                && let Some(m) = COORDINATED.find(after)
            {
                at = here + 2 + m.end() - if m.as_str().ends_with(',') { 1 } else { " to ".len() };
                continue;
            }
            // "the Commission, established by ..., and other bodies": what is said of the first goes over.
            if let Some(over) = aside(after) {
                at = here + 2 + over;
                continue;
            }
            // A comma goes on only as part of a list of actors.
            let item = after.strip_prefix("and ").unwrap_or(after);
            let list = item.starts_with(|c: char| c.is_uppercase())
                || [
                    "the ",
                    "all ",
                    "regional ",
                    "international ",
                    "relevant ",
                    "civil ",
                    "other ",
                    "subregional ",
                    "organizations",
                ]
                .iter()
                .any(|w| item.starts_with(w));
            let aside = [
                "including",
                "in ",
                "as ",
                "where",
                "taking",
                "upon",
                "within",
                "acting",
                "through",
                "by ",
                "with ",
                "on ",
                "at ",
                "while",
                "when",
                "pursuant",
                "consistent",
                "notably",
                "especially",
                "particularly",
                "inter alia",
                "to ",
            ]
            .iter()
            .any(|w| after.starts_with(w));
            if !list || aside {
                return here;
            }
            at = here + 2;
            continue;
        }
        if let Some(next) = rest.strip_prefix(" to ") {
            let noun =
                ["the ", "this ", "that ", "these ", "armed ", "conflict", "any "].iter().any(|w| next.starts_with(w));
            if !noun {
                return here;
            }
        }
        if (rest.starts_with(" that ") && !RELATIVE.is_match(rest))
            || rest.starts_with(" not to ")
            || (verb == "call for" && rest.starts_with(" for "))
            || rest.starts_with(" as ")
            || rest.starts_with(" in accordance")
        {
            return here;
        }
        at = here + rest.chars().next().map_or(1, char::len_utf8);
    }
    text.len()
}

/// What may stand between a directive verb and its actor.
fn adverbial(text: &str) -> Option<regex::Match<'_>> {
    const BEGIN: [&str; 12] = [
        "also",
        "again",
        "further",
        "once",
        "immediately",
        "therefore",
        "strongly",
        "accordingly",
        "urgently",
        "upon",
        "on",
        "and",
    ];
    if !text.trim_start().starts_with(',') && !BEGIN.contains(&first_run(text)) {
        return None;
    }
    ADVERBIAL.find(text)
}

/// Length of an aside between two actors of a list, up to the comma behind it.
fn aside(text: &str) -> Option<usize> {
    const BEGIN: [&str; 7] = ["established", "created", "which", "as", "including", "in co", "within"];
    if !BEGIN.iter().any(|w| text.starts_with(w)) {
        return None;
    }
    ASIDE.captures(text)?.get(1).map(|and| and.start())
}

/// The actors of a clause, with the words that name each and the lemma of the verb.
pub(super) fn actors(view: &View<'_>, clause: &Clause<'_>) -> Vec<(Span, Node, String)> {
    let text = view.text();
    let body = clause.body;
    if clause.directive {
        let mut from = body.start;
        // "Demands that the Taliban turn over ..."
        if matches!(clause.verb, "demand" | "insist" | "recommend") && text[from..body.end].starts_with(" that ") {
            from += " that".len();
        }
        // "Reiterates its request *to* the Secretary-General to ..."
        if [" to ", " upon ", " on "].iter().any(|w| text[from..body.end].starts_with(w))
            && let Some(to) = TO_WHOM.find(&text[from..body.end])
            && NOUN.is_match(clause.at.of(text))
        {
            from += to.end();
        }
        while let Some(m) = adverbial(&text[from..body.end]) {
            from += m.end();
            if m.as_str().starts_with(',') || m.as_str().trim_start().starts_with(',') {
                break;
            }
        }
        const PRONOUNS: [&str; 6] = ["also", "further", "him", "her", "it", "them"];
        if PRONOUNS.contains(&first_run(&text[body.start..body.end]))
            && let Some(c) = PRONOUN.captures(&text[body.start..body.end])
            && let Some(word) = c.get(1)
        {
            let at = Span::new(body.start + word.start(), body.start + word.end());
            return pronoun(view, clause, at).into_iter().collect();
        }
        let mut found = phrase(view, Span::new(from, body.end), clause.verb);
        if found.is_empty()
            && clause.verb == "call for"
            && let Some(by) = BY.find(body.of(text))
            && by.start() < 70
            && !body.of(text)[..by.start()].contains(',')
        {
            found = phrase(view, Span::new(body.start + by.end(), body.end), clause.verb);
        }
        // "calls for Member States to ratify, and for States Parties to implement, the Convention"
        for m in AND_FOR.find_iter(body.of(text)).take(MOST_FOR) {
            let more = phrase(view, Span::new(body.start + m.end(), body.end), clause.verb);
            // "his Representatives for X and for Y" has no such actors.
            found.extend(more.into_iter().filter(|(_, n, _)| clause.verb == "call for" || matches!(n, Node::Actor(_))));
        }
        return found;
    }
    if matches!(clause.verb, "decide" | "agree") {
        let near = first_bytes(&text[body.start..body.end], FARTHEST_INFINITIVE + LONGEST_INFINITIVE);
        if let Some(c) = INFINITIVE.captures(near)
            && let (Some(whole), Some(word)) = (c.get(0), c.get(1))
            && whole.start() < FARTHEST_INFINITIVE
        {
            let lemma = if word.as_str().starts_with("authori") { "authorize" } else { word.as_str() };
            let mut from = body.start + whole.end();
            // "to authorize, for a period of one year ..., Member States": the actor stands behind the last aside.
            let direct = phrase(view, Span::new(from, body.end), lemma);
            if !direct.is_empty() {
                return direct;
            }
            let rest = &text[from..body.end];
            for (comma, _) in rest.match_indices(", ").take(4) {
                let at = from + comma + 2;
                if text[at..].starts_with(char::is_uppercase) {
                    let found = phrase(view, Span::new(at, body.end), lemma);
                    if !found.is_empty() {
                        return found;
                    }
                }
            }
            if let Some(m) = rest.find("Member States") {
                from += m;
                if m < 160 {
                    return phrase(view, Span::new(from, body.end), lemma);
                }
            }
        }
    }
    Vec::new()
}

/// Whom "him", "it" or "them" means: the last that the paragraph named before the verb.
fn pronoun(view: &View<'_>, clause: &Clause<'_>, at: Span) -> Option<(Span, Node, String)> {
    let text = view.text();
    let named = view.entities.partition_point(|e| e.span.end <= clause.at.start);
    let before = view.entities[..named].iter().rev();
    let found = match at.of(text) {
        "them" => {
            // "to all the competent bodies of the Organization, and urges *them*"
            let clause_before = text[..clause.at.start].trim_end();
            let clause_before = ["also", "further", "in this regard", "and", ","]
                .iter()
                .fold(clause_before, |t, w| t.trim_end_matches(w).trim_end());
            let sentence = clause_before.rfind([';', '.', ':']).map_or(0, |i| i + 1);
            let start = clause_before[sentence..].rfind(", ").map_or(sentence, |i| sentence + i + 2);
            let starts: Vec<usize> =
                BEFORE_ACTORS.find_iter(&clause_before[start..]).map(|m| start + m.end()).collect();
            let generic = |from: &usize| match actor(view, Span::new(*from, clause_before.len())) {
                // "the Organization" is no "them".
                Some((_, Node::Actor(names))) if names.iter().all(|n| head(n).is_some_and(is_plural)) => {
                    Some(Node::Actor(names))
                }
                _ => None,
            };
            starts.iter().rev().take(6).find_map(generic)?
        }
        "it" => node(before.clone().find(|e| matches!(e.kind, EntityKind::Body | EntityKind::State))?),
        _ => node(before.clone().find(|e| matches!(e.kind, EntityKind::Role | EntityKind::Person))?),
    };
    Some((at, found, clause.verb.to_owned()))
}

/// The actors of "calls upon: (a) All States to ...; (b) ...": each sub-paragraph begins with its own.
pub(super) fn of_item(view: &View<'_>, verb: &str) -> Vec<(Span, Node, String)> {
    let text = view.text();
    let from = ITEM.find(text).map_or(0, |m| m.end());
    if text[from..].starts_with("To ") {
        return Vec::new();
    }
    phrase(view, Span::new(from, text.len()), verb)
}

/// The actors that a phrase begins with.
fn phrase(view: &View<'_>, at: Span, verb: &str) -> Vec<(Span, Node, String)> {
    let text = view.text();
    let start = at.start + (at.of(text).len() - at.of(text).trim_start_matches([' ', ',']).len());
    let end = start + phrase_end(view, start, at.end, verb);
    if start >= end {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut from = start;
    while from < end {
        let piece_end = next_piece(view, from, end);
        if let Some(found) = actor(view, Span::new(from, piece_end)) {
            out.push((found.0, found.1, verb.to_owned()));
        } else if out.is_empty() {
            return out;
        }
        let mut piece_end = piece_end;
        if let Some(over) = text[piece_end..end].strip_prefix(", ").and_then(aside) {
            piece_end += 2 + over;
        }
        let rest = &text[piece_end..end];
        let skip = rest.len() - rest.trim_start_matches([',', ' ']).len();
        let rest = &rest[skip..];
        let and = ["and ", "or ", "as well as "].iter().find(|w| rest.starts_with(**w)).map_or(0, |w| w.len());
        from = piece_end + skip + and;
        if skip + and == 0 {
            break;
        }
    }
    out
}

/// Where a list of actors goes on to the next.
fn first_joint(text: &str) -> Option<usize> {
    let mut marks = text.match_indices([',', ' ']).map(|(at, _)| at);
    marks.find(|at| [", ", " and ", " or ", " as well as "].iter().any(|w| text[*at..].starts_with(w)))
}

/// End of the first item of a list of actors; an "and" inside a name is none.
fn next_piece(view: &View<'_>, from: usize, end: usize) -> usize {
    let text = view.text();
    let mut at = from;
    loop {
        let rest = &text[at..end];
        let Some(cut) = first_joint(rest).map(|c| at + c) else { return end };
        let inside = view.around(cut);
        match inside {
            Some(entity) => at = entity.span.end.min(end),
            // "United Nations agencies and entities" are one.
            None if ["entities", "bodies"]
                .contains(&text[cut..end].trim_start_matches([',', ' ']).trim_start_matches("and ").trim()) =>
            {
                return end;
            }
            // "in planning, training and support": no actor follows.
            None if !text[cut..end].contains(char::is_uppercase) && generic(&text[cut..end]).next().is_none() => {
                return end;
            }
            // "State and non-state actors": what comes before the "and" is no actor by itself.
            None if actor(view, Span::new(from, cut)).is_none() => at = cut + 1,
            None => return cut,
        }
        if at >= end {
            return end;
        }
    }
}

/// The actor that a noun phrase names: an entity at its head, or a generic one.
fn actor(view: &View<'_>, span: Span) -> Option<(Span, Node)> {
    let text = view.text();
    let words = span.of(text).trim();
    if words.is_empty() {
        return None;
    }
    let article = words.len() - words.trim_start_matches("the ").len();
    let begins = span.start + (span.of(text).len() - span.of(text).trim_start().len()) + article;
    let entity = view.entity_from(span.start).filter(|e| e.span.start <= begins + 1 && e.span.end <= span.end + 1);
    if let Some(entity) = entity {
        let rest = text[entity.span.end..span.end.max(entity.span.end)].trim_start_matches(['\'', '’']);
        let attribute = rest.len() < 60
            && entity.kind != EntityKind::Role
            && !rest.starts_with(" of")
            && generic(rest).next().is_some();
        if !attribute {
            return Some((entity.span, node(entity)));
        }
    }
    // An adverb at the end does not count.
    if words.len() > LONGEST_ACTOR + 40 {
        return None;
    }
    // "Members States" is a frequent slip.
    let words = without_adverb(words);
    let mended;
    let words = if words.contains("Members States") {
        mended = words.replace("Members States", "Member States");
        &mended
    } else {
        words
    };
    if words.len() > LONGEST_ACTOR || begins_no_actor(words) {
        return None;
    }
    // "the Committee": the one named last.
    if article > 0
        && let Some(body) = view.antecedent(words.trim_start_matches("the "), span.start)
    {
        return Some((Span::new(span.start, span.end), body));
    }
    let head = head(words)?;
    let mut names: Vec<String> = Vec::new();
    let mut add = |name: &str| {
        let name = name.trim().trim_end_matches(',');
        if !name.is_empty() && !names.iter().any(|n| n == name) {
            names.push(name.to_owned());
        }
    };
    add(words);
    for form in [words, head] {
        add(form);
        let mut plain = form;
        while let Some(rest) = without_determiner(plain) {
            plain = rest;
            add(plain);
        }
    }
    Some((Span::new(span.start, span.end), Node::Actor(names)))
}

fn is_plural(noun: &str) -> bool {
    noun.ends_with('s') || noun.ends_with("those") || noun.ends_with("media")
}

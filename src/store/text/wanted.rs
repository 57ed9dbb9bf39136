//! What is looked for, as people write it: words that must all occur, `"a phrase"`, `-word` that must
//! not occur, `begin*` for words that begin so.

use super::{TextError, words};

/// Words in all that may be looked for at once.
const MOST: usize = 64;
/// Letters that a beginning must have: with one, half of all words begin.
const SHORTEST: usize = 2;

/// Words that follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// As [`words`] folds them.
    pub words: Vec<String>,
    /// Whether the last one is the beginning of a word.
    pub open: bool,
}

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// What must occur.
    pub with: Vec<Phrase>,
    /// What must not.
    pub without: Vec<Phrase>,
}

/// Reads what is looked for.
///
/// # Errors
/// When a quotation mark is not closed, `*` stands elsewhere than at the end of a word, nothing is
/// left that must occur, or it is too much.
pub fn parse(text: &str) -> Result<Wanted, TextError> {
    let refuse = |message: String| Err(TextError::Wanted(message));
    let mut wanted = Wanted::default();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let excluded = first == '-';
        let piece = if excluded { &rest[1..] } else { rest };
        let (piece, after) = match piece.strip_prefix(is_quote) {
            Some(quoted) => {
                let Some(end) = quoted.find(is_quote) else {
                    return refuse("a quotation mark is not closed".into());
                };
                let after = &quoted[end..];
                (&quoted[..end], &after[after.chars().next().map_or(0, char::len_utf8)..])
            }
            None => piece.split_at(piece.find(|c: char| c.is_whitespace() || is_quote(c)).unwrap_or(piece.len())),
        };
        rest = after.trim_start();
        let (piece, open) = piece.strip_suffix('*').map_or((piece, false), |piece| (piece, true));
        if piece.contains('*') {
            return refuse(format!("in {piece:?} \"*\" stands within a word; it can only end one, as in \"condemn*\""));
        }
        let words = words::all(piece);
        let Some(last) = words.last() else { continue };
        let alone = last.chars().all(words::stands_alone);
        if open && !alone && last.chars().count() < SHORTEST {
            return refuse(format!("\"{last}*\" is too short; give at least {SHORTEST} letters before \"*\""));
        }
        let phrase = Phrase { open: open && !alone, words };
        if excluded { wanted.without.push(phrase) } else { wanted.with.push(phrase) }
    }
    let count: usize = wanted.with.iter().chain(&wanted.without).map(|phrase| phrase.words.len()).sum();
    if count > MOST {
        return refuse(format!("it has {count} words; at most {MOST} are looked for at once"));
    }
    if wanted.with.is_empty() {
        return refuse("give at least one word that must occur".into());
    }
    Ok(wanted)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `Ok("+a b|+c*|-d")`: phrases with their sign, or a part of the refusal.
    fn check(text: &str, expected: Result<&str, &str>) {
        let shown = parse(text).map(|wanted| {
            let sign = |sign: &str, phrase: &Phrase| {
                format!("{sign}{}{}", phrase.words.join(" "), if phrase.open { "*" } else { "" })
            };
            let with = wanted.with.iter().map(|p| sign("+", p));
            with.chain(wanted.without.iter().map(|p| sign("-", p))).collect::<Vec<_>>().join("|")
        });
        match (shown, expected) {
            (Ok(shown), Ok(expected)) => assert_eq!(shown, expected, "{text}"),
            (Err(error), Err(part)) => assert!(error.to_string().contains(part), "{text}: {error}"),
            (shown, _) => panic!("{text}: {shown:?}"),
        }
    }

    #[test]
    fn what_is_looked_for_is_read() {
        check("sexual violence", Ok("+sexual|+violence"));
        check("\"Sexual Violence\" -Children", Ok("+sexual violence|-children"));
        check("a “b c” d", Ok("+a|+b c|+d"));
        check("-\"in conflict\" peace*", Ok("+peace*|-in conflict"));
        check("\"sexual viol*\"", Ok("+sexual viol*"));
        check("counter-terrorism S/RES/2388", Ok("+counter terrorism|+s res 2388"));
        check("peace & security -", Ok("+peace|+security"));
        check("安理会* 决议", Ok("+安 理 会|+决 议"));
        check("a\"b\"c", Ok("+a|+b|+c"));
    }

    #[test]
    fn what_cannot_be_looked_for_is_refused() {
        check("", Err("at least one word"));
        check("  -- * \"\" ", Err("at least one word"));
        check("-children", Err("at least one word"));
        check("\"open", Err("not closed"));
        check("con*demn", Err("within a word"));
        check("**x", Err("within a word"));
        check("a*", Err("too short"));
        check(&"w ".repeat(65), Err("65 words"));
        check(&"\u{0}\u{202E}".repeat(1000), Err("at least one word"));
    }
}

//! Looks at the words of a text without a list of them: its first and last bytes, runs of letters and digits.

/// At most so many bytes of the beginning of a text.
pub(super) fn first_bytes(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// At most so many bytes of the end of a text.
pub(super) fn last_bytes(text: &str, most: usize) -> &str {
    let mut from = text.len().saturating_sub(most);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

/// Whether a character is a letter, a digit or the sign that counts as one.
pub(super) fn is_of_a_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The runs of letters and digits of a text: where each begins and ends.
pub(super) fn runs(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_of_a_word)?;
        at = start + text[start..].find(|c| !is_of_a_word(c)).unwrap_or(text.len() - start);
        Some((start, at))
    })
}

/// The run that a text begins with behind spaces; empty where it begins with a sign.
pub(super) fn first_run(text: &str) -> &str {
    let text = text.trim_start();
    &text[..text.find(|c| !is_of_a_word(c)).unwrap_or(text.len())]
}

/// A text that ends with white space, without its last words: none of them, one, two.
pub(super) fn without_last_words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    let mut out = [None; 3];
    let mut rest = text;
    for place in &mut out {
        let end = rest.trim_end();
        if end.len() == rest.len() {
            break;
        }
        *place = Some(end);
        rest = end.trim_end_matches(is_of_a_word);
        if rest.len() == end.len() {
            break;
        }
    }
    out.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_without_a_list_of_them() {
        let words: Vec<&str> = runs("(a) \u{e9}tats_2, x").map(|(from, to)| &"(a) \u{e9}tats_2, x"[from..to]).collect();
        assert_eq!(words, ["a", "\u{e9}tats_2", "x"]);
        assert_eq!((first_run("  its own"), first_run(", its")), ("its", ""));
        let fewer: Vec<&str> = without_last_words("so in its annual ").collect();
        assert_eq!(fewer, ["so in its annual", "so in its", "so in"]);
        assert_eq!((first_bytes("a\u{e9}", 2), last_bytes("\u{e9}a", 2)), ("a", "a"));
    }
}

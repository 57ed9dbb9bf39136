//! Named patterns, compiled when they are first used.

use regex::Regex;

/// Regular expressions as statics: `NAME = r"pattern";` each a literal, so that each is valid or a test fails.
macro_rules! patterns {
    ($($(#[$note:meta])* $name:ident = $pattern:literal;)*) => {$(
        $(#[$note])*
        static $name: std::sync::LazyLock<regex::Regex> =
            std::sync::LazyLock::new(|| $crate::patterns::compile($pattern).expect("a literal pattern"));
    )*};
}

pub(crate) use patterns;

/// Compiles a pattern whose digits and word boundaries are those of ASCII: with Unicode's, the automata are large, and a
/// text with a single curly quote is searched ten times slower.
pub(crate) fn compile(pattern: &str) -> Result<Regex, regex::Error> {
    Regex::new(&pattern.replace(r"\d", "[0-9]").replace(r"\b", r"(?-u:\b)"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_and_boundaries_are_those_of_ascii() {
        let pattern = compile(r"\bpage [\d ,]+\b").expect("a pattern");
        let found = pattern.find("the \u{201c}page 1, 2\u{201d}").map(|m| m.as_str());
        assert_eq!(found, Some("page 1, 2"));
        assert!(!pattern.is_match("homepage 1") && !pattern.is_match("page \u{661}"));
    }
}

//! Named patterns, compiled when they are first used.

/// Regular expressions as statics: `NAME = r"pattern";` each a literal, so that each is valid or a test fails.
macro_rules! patterns {
    ($($(#[$note:meta])* $name:ident = $pattern:literal;)*) => {$(
        $(#[$note])*
        static $name: std::sync::LazyLock<regex::Regex> =
            std::sync::LazyLock::new(|| regex::Regex::new($pattern).expect("a literal pattern"));
    )*};
}

pub(crate) use patterns;

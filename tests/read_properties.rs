//! Whatever the bytes are, reading them neither panics nor breaks what later stages build on.

use proptest::prelude::*;
use resograph::read::{ReadError, Source, read_bytes};

fn check(name: &str, bytes: Vec<u8>) -> Result<(), TestCaseError> {
    let size = bytes.len();
    let source = match read_bytes(name, bytes) {
        Ok(source) => source,
        Err(e) => {
            let message = e.to_string();
            prop_assert!(message.starts_with(name) && !message.contains('\n'), "{}", message);
            let from_disk = matches!(e, ReadError::Io { .. } | ReadError::Denied { .. });
            prop_assert!(!from_disk);
            return Ok(());
        }
    };
    blocks_are_sound(&source, size)
}

fn blocks_are_sound(source: &Source, size: usize) -> Result<(), TestCaseError> {
    let end_of_input = if source.media_type.offsets_are_of_the_file() { size } else { source.text.len() };
    let mut end = 0;
    prop_assert!(!source.blocks.is_empty());
    for block in &source.blocks {
        prop_assert!(block.span.start >= end, "in order");
        prop_assert!(source.text.get(block.span.start..block.span.end).is_some(), "on character boundaries");
        prop_assert!(!block.span.of(&source.text).trim().is_empty(), "not blank");
        let place = source.map.span(block.span);
        prop_assert!(place.start <= place.end && place.end <= end_of_input, "inside the file");
        end = block.span.end;
    }
    Ok(())
}

/// Pieces that the readers treat specially, for inputs that get further than noise does.
const PIECES: &[&str] = &[
    "<akomaNtoso>",
    "<statement name=\"resolution\">",
    "<meta>",
    "</meta>",
    "<mainBody>",
    "</mainBody>",
    "<paragraph>",
    "<num>1.</num>",
    "<p>",
    "</p>",
    "<authorialNote marker=\"1\">",
    "</authorialNote>",
    "<sup>2</sup>",
    "<count value=\"2\" refersTo=\"inFavour\">",
    "<![CDATA[x]]>",
    "<!-- ",
    " -->",
    "&amp;",
    "&#xe9;",
    "&",
    "<html lang=en>",
    "<body>",
    "<div class=nav>",
    "</div>",
    "<ol start=3>",
    "<li>",
    "</ol>",
    "<table><tr><td>",
    "<pre>",
    "</pre>",
    "<br>",
    "<script>",
    "</script>",
    "<h2>See also</h2>",
    "<a href=x>",
    "</a>",
    "**bold**",
    "*word*",
    "[1 \\(2\\)](#)",
    "# ",
    "\n\n",
    "1. ",
    "(a) ",
    "    ",
    "> ",
    "| a | b |\n|---|---|\n",
    "[^1]",
    "[^1]: note",
    "```\n",
    "= Title =\n",
    "Infobox\n",
    "- Number: 9\n",
    "- Year: 1999\n",
    "== Part ==\n",
    "word",
    "\u{e9}",
    "\u{a0}",
    "\u{feff}",
    "\u{c}",
    "\r\n",
    "\u{0}",
    "{\"symbol\": 1}",
    "%PDF-1.4\n",
    "1 0 obj\n",
    "stream\n",
    "endstream\n",
    "PK\u{3}\u{4}",
];

proptest! {
    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..600), start in proptest::sample::select(vec!["", "%PDF-1.5\n", "PK\u{3}\u{4}word/document.xml", "<html>", "<akomaNtoso>"])) {
        let bytes = [start.as_bytes(), &bytes].concat();
        check("any", bytes)?;
    }

    #[test]
    fn any_text(text in "\\PC{0,200}", name in proptest::sample::select(vec!["a.txt", "a.md", "a.html", "a.xml", "a.pdf", "a.docx"])) {
        check(name, text.into_bytes())?;
    }

    #[test]
    fn any_pieces(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 1..60), cut in 0_usize..8) {
        let mut bytes = pieces.concat().into_bytes();
        bytes.truncate(bytes.len().saturating_sub(cut));
        check("pieces.md", bytes)?;
    }
}

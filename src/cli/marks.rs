//! Texts on a terminal, in lines, with the words that were removed and added marked: by colour where there is one,
//! otherwise as `[-removed-]` and `{+added+}`.

use std::io::{self, IsTerminal, Write};

use resograph::store::text::words::stands_alone;
use resograph::wording::Piece;

/// Columns that texts are wrapped to.
const WIDTH: usize = 100;

/// Whether a character tells the terminal something and is no part of a text: control characters, and those that turn
/// the direction of all that follows, so that it reads as something else. They must not reach a terminal.
pub fn is_command(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// A text on one line, as a terminal may have it.
pub fn line(text: &str) -> String {
    text.chars().map(|c| if is_command(c) { ' ' } else { c }).collect()
}

/// Whether marks are colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    Colour,
    Signs,
}

/// How a stretch looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Plain,
    Removed,
    Added,
    /// What is beside the matter.
    Faint,
    Head,
}

impl Marks {
    /// Colours on a terminal, unless NO_COLOR is set.
    pub fn usual() -> Self {
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
        if wanted && io::stdout().is_terminal() { Self::Colour } else { Self::Signs }
    }

    /// A stretch as it looks.
    pub fn paint(self, text: &str, look: Look) -> String {
        let text = line(text);
        let code = match look {
            Look::Plain => return text,
            Look::Removed => "31;9",
            Look::Added => "32",
            Look::Faint => "2",
            Look::Head => "1",
        };
        match self {
            Self::Colour => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            Self::Signs => text,
        }
    }

    /// Prints pieces in lines, each after `indent` columns.
    pub fn pieces(self, out: &mut impl Write, indent: usize, pieces: &[Piece<'_>]) -> io::Result<()> {
        let mut lines = Lines { marks: self, indent, line: String::new(), width: 0, space: false };
        for piece in pieces {
            let (look, signs) = match piece {
                Piece::Kept(_) => (Look::Plain, ("", "")),
                Piece::Removed(_) => (Look::Removed, ("[-", "-]")),
                Piece::Added(_) => (Look::Added, ("{+", "+}")),
            };
            let (before, behind) = if self == Self::Signs { signs } else { ("", "") };
            lines.piece(out, piece.text(), look, before, behind)?;
        }
        lines.end(out)
    }

    /// Prints a text in lines.
    pub fn text(self, out: &mut impl Write, indent: usize, text: &str, look: Look) -> io::Result<()> {
        let mut lines = Lines { marks: self, indent, line: String::new(), width: 0, space: false };
        let (before, behind) = match (self, look) {
            (Self::Signs, Look::Removed) => ("[-", "-]"),
            (Self::Signs, Look::Added) => ("{+", "+}"),
            _ => ("", ""),
        };
        lines.piece(out, text, look, before, behind)?;
        lines.end(out)
    }
}

/// Words on their way into lines.
struct Lines {
    marks: Marks,
    indent: usize,
    line: String,
    width: usize,
    /// Whether a space stands before the next word.
    space: bool,
}

impl Lines {
    fn piece(&mut self, out: &mut impl Write, text: &str, look: Look, before: &str, behind: &str) -> io::Result<()> {
        self.space |= text.starts_with(|c: char| c.is_whitespace());
        let words: Vec<&str> = text.split_whitespace().flat_map(parts).collect();
        for (n, word) in words.iter().enumerate() {
            let mut shown: String = word.chars().filter(|&c| !is_command(c)).collect();
            if n == 0 {
                shown.insert_str(0, before);
            }
            if n + 1 == words.len() {
                shown += behind;
            }
            self.word(out, &shown, look)?;
            let end = word.as_ptr() as usize - text.as_ptr() as usize + word.len();
            self.space = text[end..].starts_with(|c: char| c.is_whitespace());
        }
        Ok(())
    }

    fn word(&mut self, out: &mut impl Write, word: &str, look: Look) -> io::Result<()> {
        let columns: usize = word.chars().map(|c| if stands_alone(c) { 2 } else { 1 }).sum();
        let may_break = self.space || word.starts_with(stands_alone);
        if may_break && self.width > 0 && self.indent + self.width + 1 + columns > WIDTH {
            self.end(out)?;
        }
        if self.space && self.width > 0 {
            self.line.push(' ');
            self.width += 1;
        }
        self.line += &self.marks.paint(word, look);
        self.width += columns;
        self.space = false;
        Ok(())
    }

    fn end(&mut self, out: &mut impl Write) -> io::Result<()> {
        if self.width > 0 {
            writeln!(out, "{:indent$}{}", "", self.line, indent = self.indent)?;
        }
        self.line.clear();
        (self.width, self.space) = (0, false);
        Ok(())
    }
}

/// A stretch without spaces, divided before every character that is a word.
fn parts(word: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in word.char_indices().filter(|&(at, c)| at > 0 && stands_alone(c)) {
        parts.push(&word[start..at]);
        start = at;
    }
    parts.push(&word[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(marks: Marks, pieces: &[Piece<'_>], expected: &str) {
        let mut out = Vec::new();
        marks.pieces(&mut out, 2, pieces).expect("in memory");
        assert_eq!(String::from_utf8(out).expect("UTF-8"), expected);
    }

    #[test]
    fn marks_are_signs_or_colours() {
        let pieces = [Piece::Kept("lend "), Piece::Removed("old boats "), Piece::Added("nets"), Piece::Kept("; now")];
        check(Marks::Signs, &pieces, "  lend [-old boats-] {+nets+}; now\n");
        let coloured = "  lend \u{1b}[31;9mold\u{1b}[0m \u{1b}[31;9mboats\u{1b}[0m \u{1b}[32mnets\u{1b}[0m; now\n";
        check(Marks::Colour, &pieces, coloured);
    }

    #[test]
    fn lines_break_between_words_and_within_chinese() {
        let text = "word ".repeat(30);
        let found = |text: &str| {
            let mut out = Vec::new();
            Marks::Signs.text(&mut out, 4, text, Look::Plain).expect("in memory");
            String::from_utf8(out).expect("UTF-8").lines().map(|line| line.chars().count()).collect::<Vec<_>>()
        };
        assert_eq!(found(&text), [98, 58]);
        assert_eq!(found(&"决".repeat(60)), [51, 17]);
        assert_eq!(found("a\u{1b}[31mb"), [10]);
        assert_eq!(found("a\u{202e}b\u{2069}\u{9b}c"), [7]);
        assert_eq!(found(""), [0_usize; 0]);
    }

    #[test]
    fn what_commands_a_terminal_is_no_part_of_a_line() {
        assert_eq!(line("a\nb\u{202e}c\u{2066}d\u{9b}e"), "a b c d e");
        assert_eq!(Marks::Signs.paint("S/RES/1\u{1b}[2J", Look::Head), "S/RES/1 [2J");
        assert_eq!(line("مجلس\u{200f} الأمن"), "مجلس\u{200f} الأمن");
    }
}

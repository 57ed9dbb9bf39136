//! Two documents beside each other as a page of HTML, without anything from elsewhere: what was removed as `del`, what
//! was added as `ins`.

use std::io::{self, Write};

use super::xml;
use crate::read::Language;
use crate::wording::compare::{Fate, Row};
use crate::wording::{Paragraph, Piece, Work, pieces};

const STYLE: &str = include_str!("comparison.css");

/// Two documents and what became of their paragraphs.
#[derive(Debug, Clone, Copy)]
pub struct Comparison<'p> {
    /// Both.
    pub works: [&'p Work; 2],
    /// Their paragraphs, to which the rows refer.
    pub paragraphs: [&'p [&'p Paragraph]; 2],
    /// What they are compared in.
    pub language: Option<Language>,
    /// From [`crate::wording::compare::compare`].
    pub rows: &'p [Row],
}

impl<'p> Comparison<'p> {
    /// The paragraphs of a row.
    #[must_use]
    pub fn of(&self, row: &Row) -> [Option<&'p Paragraph>; 2] {
        [row.a.map(|place| self.paragraphs[0][place]), row.b.map(|place| self.paragraphs[1][place])]
    }

    /// How many paragraphs had which fate: "3 same, 2 changed".
    #[must_use]
    pub fn summary(&self) -> String {
        let names = ["same", "changed", "moved", "moved and changed", "added", "removed"];
        let count = |name: &str| self.rows.iter().filter(|row| row.fate.name() == name).count();
        let told = names.iter().map(|name| (count(name), name)).filter(|(count, _)| *count > 0);
        told.map(|(count, name)| format!("{count} {name}")).collect::<Vec<_>>().join(", ")
    }

    /// The pieces of a row's text.
    #[must_use]
    pub fn pieces(&self, row: &Row) -> Vec<Piece<'p>> {
        match (self.of(row), row.fate) {
            ([Some(a), Some(b)], Fate::Changed(_) | Fate::MovedAndChanged(_)) => pieces(&a.text, &b.text),
            ([_, Some(b)], Fate::Same | Fate::Moved) => vec![Piece::Kept(&b.text)],
            ([_, Some(b)], _) => vec![Piece::Added(&b.text)],
            ([Some(a), None], _) => vec![Piece::Removed(&a.text)],
            ([None, None], _) => Vec::new(),
        }
    }

    /// Writes the page.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let [a, b] = self.works;
        let [label_a, label_b] = [a, b].map(|work| xml(&work.label));
        write!(
            out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{label_a} and {label_b}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n\
             <h1>From {label_a} to {label_b}</h1>\n<p>{} to {}. Paragraphs: {}.</p>\n\
             <p><del>removed</del> <ins>added</ins></p>\n\
             <label><input type=\"checkbox\" id=\"hide\"> Leave out what is the same</label>\n</header>\n<main>\n<ol>\n",
            dated(a),
            dated(b),
            self.summary()
        )?;
        for row in self.rows {
            self.row(row, out)?;
        }
        write!(
            out,
            "</ol>\n</main>\n<footer class=\"about\"><p>Words are compared without case, accents and signs between them, \
             paragraphs without their numbers. {} · {}</p></footer>\n</body>\n</html>\n",
            xml(&a.iri),
            xml(&b.iri)
        )
    }

    fn row(&self, row: &Row, out: &mut impl Write) -> io::Result<()> {
        let class = match row.fate {
            Fate::Same => "same",
            Fate::Changed(_) => "changed",
            Fate::Moved | Fate::MovedAndChanged(_) => "moved",
            Fate::Added => "added",
            Fate::Removed => "removed",
        };
        let name = match self.of(row) {
            [Some(a), Some(b)] if a.name() == b.name() => xml(a.name()),
            [Some(a), Some(b)] => format!("{} → {}", xml(a.name()), xml(b.name())),
            [a, b] => xml(a.or(b).map_or("", |paragraph| paragraph.name())),
        };
        let code = self.language.map_or(String::new(), |language| format!(" lang=\"{}\"", language.code()));
        // An Arabic paragraph may begin with a symbol in other letters.
        let direction = if self.language == Some(Language::Ar) { "rtl" } else { "auto" };
        write!(
            out,
            "<li class=\"{class}\"><div class=\"about\"><span class=\"name\">{name}</span> \
             <span class=\"fate\">{}</span></div><p{code} dir=\"{direction}\">",
            row.fate.name()
        )?;
        for piece in self.pieces(row) {
            let text = xml(piece.text());
            match piece {
                Piece::Kept(_) => write!(out, "{text}")?,
                Piece::Removed(_) => write!(out, "<del>{}</del>{}", text.trim_end(), space(&text))?,
                Piece::Added(_) => write!(out, "<ins>{text}</ins>")?,
            }
        }
        writeln!(out, "</p></li>")
    }
}

/// The space behind what was removed, which is not struck out.
fn space(text: &str) -> &str {
    &text[text.trim_end().len()..]
}

fn dated(work: &Work) -> String {
    let dated = work.dated();
    if dated.is_empty() { "no date".to_owned() } else { dated }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::compare::compare;
    use crate::wording::paragraphs::tests::corpus;

    #[test]
    fn changes_are_marked_and_texts_escaped() {
        let (before, after) =
            ("1. Asks all old & grey fishers to sing by the <b>lake", "1. Asks all fishers to sing by the <b>lake");
        let paragraphs = corpus(&[("A", "2001-02-03", &[before]), ("B&C", "", &[after, "2. Ends the long evening;"])]);
        let [first, second] = [0, 1].map(|work| paragraphs.all[paragraphs.of(work)].iter().collect::<Vec<_>>());
        let rows = compare(&first, &second);
        let works = [&paragraphs.works[0], &paragraphs.works[1]];
        let language = Some(Language::Ar);
        let comparison = Comparison { works, paragraphs: [&first, &second], language, rows: &rows };
        let mut out = Vec::new();
        comparison.write(&mut out).expect("in memory");
        let page = String::from_utf8(out).expect("UTF-8");
        for expected in [
            "<h1>From A to B&amp;C</h1>",
            "2001-02-03 to no date. Paragraphs: 1 changed, 1 added.",
            "lang=\"ar\" dir=\"rtl\">1. Asks all <del>old &amp; grey</del> fishers to sing by the &lt;b&gt;lake</p>",
            "<ins>2. Ends the long evening;</ins>",
        ] {
            assert!(page.contains(expected), "{expected} in {page}");
        }
        assert!(!page.contains("<b>"), "{page}");
        let mut out = Vec::new();
        Comparison { language: None, ..comparison }.write(&mut out).expect("in memory");
        let page = String::from_utf8(out).expect("UTF-8");
        assert!(page.contains("<p dir=\"auto\">1. Asks") && !page.contains("<p lang"), "{page}");
    }
}

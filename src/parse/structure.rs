//! Which part of the document each paragraph belongs to, and its name there.

use super::head::Head;
use super::paragraphs::Draft;
use super::scan::{Scan, begins_with, is_arabic, is_digit, strip_words};
use super::{DocumentKind, Paragraph, ParagraphId, Part, Rendition};
use crate::ontology::Openers;
use crate::read::BlockKind;

/// Whether a line is the formula before the preamble: "The Security Council,".
pub(super) fn is_enacting_formula(text: &str) -> bool {
    const ENGLISH: [&str; 9] = [
        "Security Council",
        "General Assembly",
        "Economic and Social Council",
        "Human Rights Council",
        "Commission on Human Rights",
        "Trusteeship Council",
        "Conference of the Parties",
        "SECURITY COUNCIL",
        "GENERAL ASSEMBLY",
    ];
    const OTHERS: [&str; 7] = [
        "Le Conseil de sécurité",
        "L’Assemblée générale",
        "L'Assemblée générale",
        "El Consejo de Seguridad",
        "La Asamblea General",
        "إن مجلس الأمن",
        "إن الجمعية العامة",
    ];
    /// Mastheads have these as the formula has them, without the comma.
    const WITH_COMMA: [&str; 4] = ["Совет Безопасности", "Генеральная Ассамблея", "安全理事会", "大会"];
    if text.len() >= 60 {
        return false;
    }
    let text = text.trim_matches(|c: char| c == '*' || c == '_' || c.is_whitespace());
    let unstopped = text.strip_suffix([',', '.', ':', '，', '،']).unwrap_or(text);
    let name = unstopped.strip_suffix(char::is_whitespace).unwrap_or(unstopped);
    if let Some(english) = name.strip_prefix("The ").or_else(|| name.strip_prefix("THE ")) {
        return ENGLISH.contains(&english);
    }
    OTHERS.contains(&name) || (text.ends_with([',', '，', '،']) && WITH_COMMA.contains(&name))
}

/// Whether a line is the heading of an annex.
pub(super) fn annex_heading(text: &str) -> bool {
    const WORDS: [&str; 6] = ["Annex", "ANNEX", "Appendix", "APPENDIX", "Attachment", "Enclosure"];
    if text.len() >= 140 || !text.starts_with(['A', 'E']) {
        return false;
    }
    let Some(rest) = WORDS.iter().find_map(|word| text.strip_prefix(word)) else { return false };
    let titled = |rest: &str| {
        let title = rest.trim_start();
        title.is_empty()
            || title
                .strip_prefix([':', '.', '–', '-'])
                .is_some_and(|title| !title.contains('\n') && title.chars().count() <= 120)
    };
    let numbered = || {
        let mut s = Scan::new(rest);
        s.spaces()?;
        let before = s;
        if s.run(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C')).is_empty() && s.digits(1, 2).is_none() {
            s.one(|c| c.is_ascii_uppercase())?;
        } else if !titled(s.rest) {
            s = before;
            s.one(|c| c.is_ascii_uppercase())?;
        }
        Some(s.rest)
    };
    numbered().is_some_and(titled) || titled(rest)
}

/// The number of a paragraph: "12. ", in Arabic "12 - ", in Chinese "12．".
fn paragraph_number(text: &str) -> Option<&str> {
    let mut s = Scan::new(text);
    let number = s.digits(1, 3)?;
    if s.one(|c| matches!(c, '.' | '．')).is_some() {
        return Some(number);
    }
    s.one(char::is_whitespace);
    s.one(|c| matches!(c, '-' | '–'))?;
    s.one(char::is_whitespace);
    s.rest.starts_with(is_arabic).then_some(number)
}

/// The letter that follows the number of a paragraph directly: "3. (a) Decides".
fn letter_of_number(text: &str) -> Option<&str> {
    let mut s = Scan::new(text);
    s.digits(1, 3)?;
    s.exact(".");
    s.skip_spaces();
    s.exact("(")?;
    let letter = s.rest;
    s.one(|c| c.is_ascii_lowercase())?;
    let letter = s.taken(letter);
    s.exact(")")?;
    s.skip_spaces();
    let opens = s.rest.strip_prefix(['“', '"']).unwrap_or(s.rest).starts_with(|c: char| c.is_ascii_uppercase());
    (opens || s.rest.starts_with('(')).then_some(letter)
}

/// The letters of a sub-paragraph: "(a) ", "b) ".
fn letters(text: &str) -> Option<&str> {
    let (letters, rest) = text.strip_prefix('(').unwrap_or(text).split_once(')')?;
    let latin = (1..=4).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_lowercase());
    (latin && rest.starts_with(char::is_whitespace)).then_some(letters)
}

/// Whether a line is a footnote: a mark and what footnotes begin with.
fn is_footnote(text: &str) -> bool {
    const BEGINNINGS: [&str; 10] =
        ["See", "Ibid", "Official Records", "United Nations", "Resolution", "Adopted", "Document", "A/", "E/", "S/"];
    let mut s = Scan::new(text);
    let marked = match text.as_bytes().first() {
        Some(b'*') => s.run(|c| c == '*').len() <= 3,
        Some(b'0'..=b'9') => s.digits(1, 3).is_some(),
        _ => false,
    };
    marked && s.spaces().is_some() && BEGINNINGS.iter().any(|b| s.rest.starts_with(b))
}

/// Whether a line says how the document was adopted: "Adopted unanimously", "25th plenary meeting", "In favour:".
/// A line that begins small goes on with a sentence: "adopted at the Conference held in ...".
fn is_closing(text: &str) -> bool {
    match text.as_bytes().first() {
        Some(b'A') => {
            begins_with(
                text,
                &[
                    "against:",
                    "abstaining:",
                    "adopted unanimously",
                    "adopted at the",
                    "adopted by the security council",
                ],
            ) || strip_words(text, "adopted by ").is_some_and(|rest| rest.starts_with(is_digit))
        }
        Some(b'a') => begins_with(text, &["against:", "abstaining:"]),
        Some(b'i' | b'I') => strip_words(text, "in favour:").is_some(),
        Some(b'0'..=b'9') => {
            let mut s = Scan::new(text);
            s.run(is_digit);
            s.ordinal().is_some() && s.words(" plenary meeting").is_some()
        }
        _ => false,
    }
}

/// What came of the drafts.
pub(super) struct Structured {
    pub(super) paragraphs: Vec<Paragraph>,
    pub(super) rendition: Rendition,
}

/// The state of a walk from head to annex.
struct Walk {
    part: Part,
    preambular: u32,
    operative: u32,
    /// Whether an operative paragraph with a number is still to come or has come.
    numbered: bool,
    unnumbered: bool,
    /// Whether the line of adoption has come after the text.
    closed: bool,
    path: Vec<String>,
    annex: u32,
    annex_paragraph: u32,
    footnote: u32,
    body: u32,
}

/// Gives every draft its part and its name.
pub(super) fn structure(drafts: Vec<Draft>, head: &Head, openers: &Openers) -> Structured {
    let resolution = matches!(head.kind, DocumentKind::Resolution | DocumentKind::Draft);
    let has_formula = drafts.iter().any(|d| is_enacting_formula(&d.text));
    let marked = drafts.iter().any(|d| matches!(d.kind, BlockKind::Preambular | BlockKind::Operative));
    let begins_inside = resolution && !has_formula && !marked;
    let foreign = foreign_text(&drafts, head, openers);
    let rendition = if foreign.before || foreign.after < drafts.len() && resolution && foreign.strange {
        Rendition::WebPage
    } else if begins_inside {
        Rendition::Fragment
    } else {
        Rendition::Document
    };
    let mut walk = Walk {
        part: Part::Head,
        preambular: 0,
        operative: 0,
        numbered: drafts.iter().take_while(|d| !annex_heading(&d.text)).any(|d| paragraph_number(&d.text).is_some()),
        unnumbered: false,
        closed: false,
        path: Vec::new(),
        annex: 0,
        annex_paragraph: 0,
        footnote: 0,
        body: 0,
    };
    let mut paragraphs = Vec::with_capacity(drafts.len());
    for (index, draft) in drafts.into_iter().enumerate() {
        let furniture = draft.kind == BlockKind::Furniture || (index >= foreign.after && foreign.strange);
        let (id, part) = if furniture {
            (unplaced(index), Part::Furniture)
        } else {
            walk.place(&draft, index, head, resolution, openers)
        };
        let id = match (rendition, id) {
            (Rendition::Fragment, ParagraphId::Preambular(n)) => ParagraphId::Unplaced(n),
            (_, id) => id,
        };
        paragraphs.push(Paragraph { id, part, text: draft.text, map: draft.map, page: draft.page, slips: draft.slips });
    }
    Structured { paragraphs, rendition }
}

fn unplaced(index: usize) -> ParagraphId {
    ParagraphId::Unplaced(u32::try_from(index).unwrap_or(u32::MAX))
}

impl Walk {
    fn place(
        &mut self,
        draft: &Draft,
        index: usize,
        head: &Head,
        resolution: bool,
        openers: &Openers,
    ) -> (ParagraphId, Part) {
        let text = draft.text.as_str();
        match draft.kind {
            BlockKind::Cover => return (ParagraphId::Head, Part::Head),
            BlockKind::Footnote => return self.footnote(),
            BlockKind::Preambular => self.part = Part::Preamble,
            BlockKind::Operative => self.part = Part::Operative,
            BlockKind::Annex => {
                if self.part != Part::Annex {
                    self.annex += 1;
                    self.annex_paragraph = 0;
                }
                self.part = Part::Annex;
                return self.annexed();
            }
            _ => {}
        }
        if index < head.end {
            return (ParagraphId::Head, Part::Head);
        }
        if !resolution {
            return self.body();
        }
        if is_enacting_formula(text) {
            self.part = Part::Preamble;
            return (ParagraphId::Head, Part::Head);
        }
        if annex_heading(text) && self.operative > 0 {
            self.annex += 1;
            self.annex_paragraph = 0;
            self.part = Part::Annex;
            return self.annexed();
        }
        if self.part == Part::Annex {
            return self.annexed();
        }
        if draft.kind == BlockKind::Line && is_footnote(text) && paragraph_number(text).is_none() {
            return self.footnote();
        }
        // The yearly volumes print the decisions of the next meetings below: not the resolution's words.
        if self.closed && matches!(text, "Decision" | "Decisions") {
            self.part = Part::Furniture;
        }
        if self.part == Part::Furniture {
            return (unplaced(index), Part::Furniture);
        }
        self.of_resolution(text, draft.kind, openers)
    }

    fn of_resolution(&mut self, text: &str, kind: BlockKind, openers: &Openers) -> (ParagraphId, Part) {
        if let Some(number) = operative_number(text, self.operative) {
            self.part = Part::Operative;
            self.operative = number;
            self.path.clear();
            self.path.extend(letter_of_number(text).map(str::to_owned));
            return self.operative();
        }
        if is_closing(text) {
            self.closed = true;
            return (ParagraphId::Head, Part::Head);
        }
        if self.part == Part::Operative {
            if let Some(letter) = letters(text) {
                self.sub_paragraph(letter);
            } else if !self.numbered && self.operative == 0 {
                // Mark-up says that it is operative, and nothing has a number: it is the first, as it is in plain text.
                self.unnumbered = true;
                self.operative = 1;
            } else if self.unnumbered && openers.begins_operative(text) {
                self.operative += 1;
                self.path.clear();
            }
            return self.operative();
        }
        // "Recalls that ...," among participles, before numbered paragraphs, is preambular for all its verb.
        let slip = self.numbered && text.ends_with(',');
        if openers.begins_operative(text)
            && (self.preambular > 0 || self.part == Part::Preamble)
            && kind != BlockKind::Preambular
            && !slip
        {
            // A short resolution does not number its operative paragraphs.
            self.part = Part::Operative;
            self.unnumbered = true;
            self.operative += 1;
            self.path.clear();
            return self.operative();
        }
        self.part = Part::Preamble;
        // A heading ends with no mark; it belongs to the paragraph before it. "Lifting of measures" is one too.
        let closed = text.ends_with([',', ';', '.', ':', '”', '،', '؛', '，', '；', '：', '。']);
        let noun =
            !closed && text.split_once(' ').is_some_and(|(w, rest)| w.ends_with("ing") && rest.starts_with("of "));
        let opens = openers.begins(text) && !noun;
        if opens || self.preambular == 0 || (text.len() > 60 && closed) {
            self.preambular += 1;
        }
        (ParagraphId::Preambular(self.preambular), Part::Preamble)
    }

    /// `(a)` below a number; `(i)` below a letter, unless it follows `(h)`.
    fn sub_paragraph(&mut self, mark: &str) {
        let roman = mark.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
        let after_h = mark == "i" && self.path.first().is_some_and(|p| p == "h");
        let after_u = mark == "v" && self.path.first().is_some_and(|p| p == "u");
        if roman && !self.path.is_empty() && !after_h && !after_u {
            self.path.truncate(1);
            self.path.push(mark.to_owned());
        } else {
            self.path = vec![mark.to_owned()];
        }
    }

    fn operative(&self) -> (ParagraphId, Part) {
        (ParagraphId::Operative(self.operative, self.path.clone()), Part::Operative)
    }

    fn annexed(&mut self) -> (ParagraphId, Part) {
        self.annex_paragraph += 1;
        (ParagraphId::Annex(self.annex.max(1), self.annex_paragraph), Part::Annex)
    }

    fn footnote(&mut self) -> (ParagraphId, Part) {
        self.footnote += 1;
        (ParagraphId::Footnote(self.footnote), Part::Footnote)
    }

    fn body(&mut self) -> (ParagraphId, Part) {
        self.body += 1;
        (ParagraphId::Body(self.body), Part::Body)
    }
}

/// The number that a paragraph begins with, where it can follow `last`: numbers only grow.
fn operative_number(text: &str, last: u32) -> Option<u32> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let number: u32 = paragraph_number(text)?.parse().ok()?;
    let follows = number > last || (number == 1 && last == 0);
    follows.then_some(number)
}

/// What on a page around a document is not the document.
struct Foreign {
    /// Something foreign stands before the head.
    before: bool,
    /// Index of the first draft after the document's own end.
    after: usize,
    /// Whether what follows is somebody else's (and not a footnote, a vote, an annex).
    strange: bool,
}

/// A web page goes on after the document's end with comments, other posts and navigation. The
/// document's own last paragraph is known by its form: an operative paragraph, a preambular one,
/// the line of adoption.
fn foreign_text(drafts: &[Draft], head: &Head, openers: &Openers) -> Foreign {
    let none = Foreign { before: false, after: drafts.len(), strange: false };
    if !matches!(head.kind, DocumentKind::Resolution) {
        return none;
    }
    if drafts.iter().any(|d| matches!(d.kind, BlockKind::Preambular | BlockKind::Operative | BlockKind::Annex)) {
        return none;
    }
    let own = |d: &Draft| {
        d.kind != BlockKind::Furniture
            && (paragraph_number(&d.text).is_some()
                || letters(&d.text).is_some()
                || openers.begins(&d.text)
                || is_closing(&d.text))
    };
    let Some(last) = drafts.iter().rposition(own) else { return none };
    let rest = &drafts[last + 1..];
    if rest.iter().any(|d| annex_heading(&d.text)) {
        return none;
    }
    let see_also = |d: &Draft| d.text.strip_prefix("See also").is_some_and(|t| t.starts_with(char::is_whitespace));
    let is_page = rest.iter().any(|d| begins_with(&d.text, &WEB)) || drafts.iter().any(see_also);
    let before =
        drafts[..head.end.min(drafts.len())].iter().any(|d| begins_with(&d.text, &WEB) || d.text.contains('»'));
    Foreign { before: before || is_page, after: last + 1, strange: is_page }
}

/// What lines of web pages begin with.
const WEB: [&str; 15] = [
    "more posts",
    "leave a reply",
    "facebook",
    "twitter",
    "linkedin",
    "your email address",
    "related posts",
    "share this",
    "home »",
    "post a comment",
    "comments",
    "subscribe",
    "copyright",
    "©",
    "cookie",
];

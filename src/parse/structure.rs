//! Which part of the document each paragraph belongs to, and its name there.

use super::head::Head;
use super::paragraphs::Draft;
use super::{DocumentKind, Paragraph, ParagraphId, Part, Rendition};
use crate::ontology::Openers;
use crate::patterns::patterns;
use crate::read::BlockKind;

patterns! {
    /// Russian and Chinese mastheads have the organ's name as the formula has it, without the comma.
    FORMULA = r"^(?:(?:The|THE) (?:Security Council|General Assembly|Economic and Social Council|Human Rights Council|Commission on Human Rights|Trusteeship Council|Conference of the Parties|SECURITY COUNCIL|GENERAL ASSEMBLY)|Le Conseil de sécurité|L[’']Assemblée générale|El Consejo de Seguridad|La Asamblea General|إن مجلس الأمن|إن الجمعية العامة)\s?[,.:，،]?$|^(?:Совет Безопасности|Генеральная Ассамблея|安全理事会|大会)\s?[,，،]$";
    ANNEX = r"^(?:Annex|ANNEX|Appendix|APPENDIX|Attachment|Enclosure)(?:\s+(?:[IVXLC]+|\d{1,2}|[A-Z]))?\s*(?:[:.–-].{0,120})?$";
    OPERATIVE = r"^(\d{1,3})\.?\s*(?:\(([a-z])\))?\s*(?:[“\x22]?[A-Z]|\()";
    /// Arabic texts write a dash, Chinese ones a wide stop.
    OPERATIVE_DOT = r"^(\d{1,3})(?:[.．]\s*|\s?[-–]\s?\p{Arabic})";
    LETTER = r"^\(?([a-z]{1,4})\)\s";
    FOOTNOTE = r"^(?:\*{1,3}|\d{1,3})\s+(?:See|Ibid|Official Records|United Nations|Resolution|Adopted|Document|[AES]/)";
    /// A line that begins small goes on with a sentence: "adopted at the Conference held in ...".
    CLOSING = r"^(?:A(?i:dopted (?:unanimously|at the|by the security council|by \d))|(?i:\d+(?:st|nd|rd|th) plenary meeting|in favour:|against:|abstaining:))";
}

/// Whether a line is the formula before the preamble: "The Security Council,".
pub(super) fn is_enacting_formula(text: &str) -> bool {
    text.len() < 60 && FORMULA.is_match(text.trim_matches(|c: char| c == '*' || c == '_' || c.is_whitespace()))
}

/// Whether a line is the heading of an annex.
pub(super) fn annex_heading(text: &str) -> bool {
    text.len() < 140 && text.starts_with(['A', 'E']) && ANNEX.is_match(text)
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
        numbered: drafts.iter().take_while(|d| !annex_heading(&d.text)).any(|d| OPERATIVE_DOT.is_match(&d.text)),
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
        if text.starts_with(begins_a_note)
            && FOOTNOTE.is_match(text)
            && draft.kind == BlockKind::Line
            && !OPERATIVE_DOT.is_match(text)
        {
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
            if let Some(letter) = OPERATIVE.captures(text).and_then(|c| c.get(2)) {
                self.path = vec![letter.as_str().to_owned()];
            }
            return self.operative();
        }
        if is_closing(text) {
            self.closed = true;
            return (ParagraphId::Head, Part::Head);
        }
        if self.part == Part::Operative {
            if let Some(letter) = LETTER.captures(text).and_then(|c| c.get(1)) {
                self.sub_paragraph(letter.as_str());
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

fn begins_a_note(c: char) -> bool {
    c == '*' || c.is_ascii_digit()
}

/// Whether a line says how the document was adopted: it begins with a number, "adopted", or a side of the vote.
fn is_closing(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'a' | 'A' | 'i' | 'I')) && CLOSING.is_match(text)
}

/// The number that a paragraph begins with, where it can follow `last`: numbers only grow.
fn operative_number(text: &str, last: u32) -> Option<u32> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let dotted = OPERATIVE_DOT.captures(text);
    let number: u32 = dotted.as_ref().and_then(|c| c.get(1)).and_then(|m| m.as_str().parse().ok())?;
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
            && (OPERATIVE_DOT.is_match(&d.text)
                || LETTER.is_match(&d.text)
                || openers.begins(&d.text)
                || is_closing(&d.text))
    };
    let Some(last) = drafts.iter().rposition(own) else { return none };
    let rest = &drafts[last + 1..];
    if rest.iter().any(|d| annex_heading(&d.text)) {
        return none;
    }
    let is_page = rest.iter().any(|d| WEB.is_match(&d.text)) || drafts.iter().any(|d| SEE_ALSO_PAGE.is_match(&d.text));
    let before = drafts[..head.end.min(drafts.len())].iter().any(|d| WEB.is_match(&d.text) || d.text.contains('»'));
    Foreign { before: before || is_page, after: last + 1, strange: is_page }
}

patterns! {
    WEB = r"(?i)^(?:more posts|leave a reply|facebook|twitter|linkedin|your email address|related posts|share this|home »|post a comment|comments|subscribe|copyright|©|cookie)";
    SEE_ALSO_PAGE = r"^See also\s";
}

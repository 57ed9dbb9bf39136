//! **parse**: [`Source`] -> [`Document`]. Finds the head (symbol, title, date, organ, meeting),
//! joins lines into paragraphs, drops furniture, and tells preamble from operative part.

mod scan;
mod lines;
mod titles;
mod head;
mod mend;
mod paragraphs;
mod structure;

use std::fmt;

use jiff::civil::Date;

use crate::metadata::Metadata;
use crate::ontology::Ontology;
use crate::read::{BlockKind, Diagnostic, Language, MediaType, Source};
use crate::span::{OffsetMap, Span};
use crate::symbol::Symbol;

/// What kind of text a source holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentKind {
    /// A resolution of any organ.
    Resolution,
    /// A statement by the President of the Security Council.
    PresidentialStatement,
    /// A draft resolution.
    Draft,
    /// A report, letter, note or other document with a symbol.
    Other,
    /// A text about a document, written by somebody else: an encyclopaedia article, a news page.
    Article,
    /// No sign of being a United Nations document.
    Unknown,
}

/// How a file carries a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rendition {
    /// From its head on.
    Document,
    /// A page torn out, without the head: its first paragraphs are not the work's first.
    Fragment,
    /// The document's words on somebody else's page, between navigation and comments.
    WebPage,
}

/// The part of a document that a paragraph belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Symbol, title, "Adopted by ... at its ...".
    Head,
    /// A preambular paragraph.
    Preamble,
    /// A numbered operative paragraph, or a sub-paragraph or continuation of one.
    Operative,
    /// Text of a document that has no preamble and no operative part (a statement, a report).
    Body,
    /// An annex or appendix.
    Annex,
    /// A footnote.
    Footnote,
    /// Page headers and footers, job numbers, navigation: cites nothing.
    Furniture,
}

/// The name of a paragraph inside its document, the fragment of its IRI.
///
/// The same paragraph of the same work has the same name whatever file it is read from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParagraphId {
    /// The head: `head`.
    Head,
    /// n-th preambular paragraph: `pp3`.
    Preambular(u32),
    /// Operative paragraph by its printed number, with its sub-paragraph path: `op12`, `op12-a`, `op12-a-ii`.
    Operative(u32, Vec<String>),
    /// n-th paragraph of a body without numbers: `p7`.
    Body(u32),
    /// n-th paragraph of an annex: `annex1-p4`.
    Annex(u32, u32),
    /// Footnote by number: `fn2`.
    Footnote(u32),
    /// A paragraph whose place in the work is unknown (a page torn out): `x1`. Not part of any IRI of the work.
    Unplaced(u32),
}

impl fmt::Display for ParagraphId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Head => f.write_str("head"),
            Self::Preambular(n) => write!(f, "pp{n}"),
            Self::Operative(n, path) => {
                write!(f, "op{n}")?;
                path.iter().try_for_each(|p| write!(f, "-{p}"))
            }
            Self::Body(n) => write!(f, "p{n}"),
            Self::Annex(a, n) => write!(f, "annex{a}-p{n}"),
            Self::Footnote(n) => write!(f, "fn{n}"),
            Self::Unplaced(n) => write!(f, "x{n}"),
        }
    }
}

/// A paragraph: running text in one piece, with the way back to the file.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// Its name in the document.
    pub id: ParagraphId,
    /// The part it belongs to.
    pub part: Part,
    /// One line: wraps joined, hyphens at line ends mended, emphasis and link mark-up taken out.
    pub text: String,
    /// From [`Paragraph::text`] to the bytes that [`Document::at`] speaks of: the file's.
    pub map: OffsetMap,
    /// 1-based page, where there are pages.
    pub page: Option<u32>,
    /// Stretches of [`Paragraph::text`] that correct a certain slip of a scanner, in order.
    pub slips: Vec<Span>,
}

impl Paragraph {
    /// A range of the paragraph's text as a range of bytes of the file (PDF, DOCX: of the extracted text).
    #[must_use]
    pub fn in_file(&self, span: Span) -> Span {
        self.map.span(span)
    }
}

/// A parsed document.
#[derive(Debug, Clone)]
pub struct Document {
    /// What it is.
    pub kind: DocumentKind,
    /// Its symbol; `None` for an article, for web pages about other things, and where none was found.
    pub symbol: Option<Symbol>,
    /// Everything known about it.
    pub metadata: Metadata,
    /// Its language (English where nothing speaks against it).
    pub language: Language,
    /// How much of the work the file holds, and in what dress.
    pub rendition: Rendition,
    /// Paragraphs in the order of the text.
    pub paragraphs: Vec<Paragraph>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses a source. Cannot fail: what is no United Nations document is [`DocumentKind::Unknown`].
#[must_use]
pub fn parse(source: &Source, ontology: &Ontology) -> Document {
    let language = source.language.unwrap_or_else(|| head::guess_language(&source.text));
    let mut drafts = paragraphs::paragraphs(source, ontology.openers());
    for draft in drafts.iter_mut().filter(|d| d.kind != BlockKind::Furniture) {
        mend::mend(draft, ontology.council_years());
    }
    let head = head::read(source, &drafts, ontology);
    let structured = structure::structure(drafts, &head, ontology.openers());
    let mut metadata = source.metadata.clone();
    metadata.fill_from(&head.metadata);
    if let Some(symbol) = metadata.symbol.take() {
        metadata.organ = metadata.organ.or(Some(symbol.organ()));
        metadata.symbol = Some(ontology.complete(symbol));
    }
    // A scanned "1872" in the date of a resolution of 1982: the number knows the year.
    if let (Some(Symbol::CouncilResolution { year: Some(year), .. }), Some(date)) = (&metadata.symbol, metadata.date)
        && i32::from(date.year()) != i32::from(*year)
    {
        metadata.date = i16::try_from(*year).ok().and_then(|y| Date::new(y, date.month(), date.day()).ok());
    }
    let article = source.media_type == MediaType::Article;
    if article {
        metadata.about = metadata.about.take().or(metadata.symbol.take());
    }
    Document {
        kind: if article { DocumentKind::Article } else { head.kind },
        symbol: if article { None } else { metadata.symbol.clone() },
        metadata,
        language,
        rendition: structured.rendition,
        paragraphs: structured.paragraphs,
        diagnostics: Vec::new(),
    }
}

#[cfg(test)]
mod tests;

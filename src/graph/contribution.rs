//! What one file contributes to the graph: [`Processed`] -> [`Contribution`].
//!
//! A contribution knows nothing of other files, so that files can be read side by side and in any
//! order, and what a file contributed can be kept for the next build.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::iri;
use super::sentence::Sentences;
use crate::Processed;
use crate::metadata::{Ballot, Metadata, Vote};
use crate::ontology::ConceptId;
use crate::parse::{Document, DocumentKind, Paragraph, ParagraphId, Part, Rendition};
use crate::read::{MediaType, Source};
use crate::resolve::{Identity, Node, Period, Predicate, Reason, Target};
use crate::span::Span;
use crate::symbol::{Organ, Symbol};

/// What a work is. In order of how much the class says: where sources differ, the first wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum WorkKind {
    /// A resolution of any organ.
    Resolution,
    /// A statement by the President of the Security Council.
    Statement,
    /// A draft resolution.
    Draft,
    /// A report.
    Report,
    /// A letter.
    Letter,
    /// A treaty, declaration or other document with a name.
    Instrument,
    /// A text about a document.
    Article,
    /// Any other document.
    Document,
    /// A file that is no United Nations document.
    Unidentified,
}

/// How much what a source says of a work counts against what others say: least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Trust {
    /// The mark-up of the official file.
    Markup,
    /// The mark-up of the official file in another language than English.
    TranslatedMarkup,
    /// A line of metadata beside the documents.
    Record,
    /// The document's own words.
    Text,
    /// The document's own words in another language than English.
    TranslatedText,
    /// Its words on a page torn out, or on somebody else's page.
    Excerpt,
    /// What somebody else writes about it.
    Hearsay,
    /// What a citation says of it.
    Citation,
    /// What a citation says of it that leaves out the year.
    IncompleteCitation,
}

/// A file's share of the graph.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contribution {
    /// Path of the file as given.
    pub path: String,
    /// Its SHA-256.
    pub sha256: String,
    /// Its length in bytes.
    pub bytes: usize,
    /// IANA media type.
    pub media_type: String,
    /// What was found in it: `akoma-ntoso`, `web-page`, `article`.
    pub source_kind: String,
    /// ISO 639-1 code.
    pub language: String,
    /// What the words are attributed to: the work, or the file itself.
    pub subject: Work,
    /// The work that an article is about.
    pub about: Option<Work>,
    /// What is stated about the subject; about the other work where there is one.
    pub facts: Facts,
    /// How much that counts.
    pub trust: Trust,
    /// Every paragraph but furniture.
    pub paragraphs: Vec<ParagraphShare>,
    /// Everything found.
    pub findings: Vec<Finding>,
}

/// A work as far as a mention of it says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Work {
    /// Its path below the base.
    pub path: String,
    /// What it is.
    pub kind: WorkKind,
    /// What people call it: the symbol, the title.
    pub label: String,
    /// Its symbol, where it has one.
    pub symbol: Option<String>,
    /// Year, where the symbol states it.
    pub year: Option<u16>,
    /// Date, where the mention states it.
    pub date: Option<String>,
    /// Author, where the mention states it.
    pub author: Option<String>,
    /// The concept of the authorities.
    pub concept: Option<String>,
}

/// What is known about a work.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Title in the language of the file.
    pub title: Option<String>,
    /// ISO 8601.
    pub date: Option<String>,
    /// English name of the organ.
    pub organ: Option<String>,
    /// Number of the meeting.
    pub meeting: Option<u32>,
    /// Item of the agenda.
    pub agenda_item: Option<String>,
    /// The vote.
    pub vote: Option<VoteFacts>,
    /// States, as printed.
    pub sponsors: Vec<String>,
    /// Label and scheme.
    pub subjects: Vec<(String, String)>,
    /// The draft it was adopted from.
    pub draft: Option<Work>,
    /// The record of the meeting.
    pub meeting_record: Option<Work>,
    /// Whether adopted under Chapter VII.
    pub chapter_vii: Option<bool>,
}

/// A vote.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct VoteFacts {
    /// For, against, abstaining.
    pub counts: [Option<u32>; 3],
    /// The same, by State as printed.
    pub states: [Vec<String>; 3],
    /// In the words of the source.
    pub outcome: Option<String>,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParagraphShare {
    /// `op12-a`
    pub name: String,
    /// Whether its place in the work is known; otherwise it is a paragraph of the file.
    pub placed: bool,
    /// What part of a document it is.
    pub part: PartKind,
    /// Place among the paragraphs of the file.
    pub position: u32,
    /// Its words.
    pub text: String,
}

/// The parts of a document that have a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PartKind {
    /// Symbol and title.
    Head,
    /// Preambular paragraph.
    Preamble,
    /// Operative paragraph.
    Operative,
    /// Paragraph of a body without numbers.
    Body,
    /// Paragraph of an annex.
    Annex,
    /// Footnote.
    Footnote,
}

/// Something found at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Place in [`Contribution::paragraphs`].
    pub paragraph: usize,
    /// Byte range in the file (for PDF and DOCX: in the extracted text).
    pub file: (usize, usize),
    /// Byte range in the paragraph's text.
    pub text: (usize, usize),
    /// Byte range of the sentence in the paragraph's text.
    pub sentence: (usize, usize),
    /// Page, where there are pages.
    pub page: Option<u32>,
    /// Name of the rule that found it; relations are read from what rules found.
    pub rule: Option<String>,
    /// What.
    pub body: Body,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Body {
    /// A citation.
    Citation {
        /// What is cited.
        work: Work,
        /// Lemma of the governing verb.
        verb: Option<String>,
        /// The part cited.
        pinpoint: Option<String>,
    },
    /// A citation without a target.
    Unresolved {
        /// `other-organ`
        reason: String,
        /// What it could have meant, in canonical spelling.
        candidates: Vec<String>,
        /// Lemma of the governing verb.
        verb: Option<String>,
    },
    /// A named thing.
    Mention(Thing),
    /// A relation.
    Relation {
        /// From.
        subject: End,
        /// Says.
        predicate: RelationKind,
        /// Of.
        object: End,
        /// Lemma of the directive verb.
        verb: Option<String>,
        /// Until when.
        until: Option<String>,
        /// How long, as `P1Y6M`.
        period: Option<String>,
    },
}

/// A body, group, State, role, person, or a generic actor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Thing {
    /// Its path below the base.
    pub path: String,
    /// `body`, `group`, `state`, `role`, `person`, `actor`.
    pub kind: String,
    /// Full name first; empty for a concept, whose names the authorities give.
    pub names: Vec<String>,
    /// The concept of the authorities.
    pub concept: Option<String>,
}

/// Subject or object of a relation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum End {
    /// The document that states it.
    ThisDocument,
    /// A work.
    Work(Work),
    /// A thing.
    Thing(Thing),
}

/// The relations that a text states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names are those of `resolve::Predicate`, where they are explained")]
pub enum RelationKind {
    Establishes,
    Extends,
    Terminates,
    Amends,
    Supersedes,
    Corrects,
    Condemns,
    Addresses,
    Subordinate,
}

/// What a file contributes.
#[must_use]
pub fn contribution(processed: &Processed) -> Contribution {
    let Processed { source, document, .. } = processed;
    let trust = trust(source, document);
    let facts = facts(&document.metadata);
    let about = document.metadata.about.as_ref().filter(|_| document.symbol.is_none());
    let mut paragraphs = Vec::new();
    // From places in the document to places among the paragraphs that count.
    let mut places = Vec::with_capacity(document.paragraphs.len());
    for paragraph in &document.paragraphs {
        places.push(part_kind(paragraph.part).map(|part| {
            paragraphs.push(share(paragraph, part, paragraphs.len()));
            paragraphs.len() - 1
        }));
    }
    Contribution {
        path: source.path.clone(),
        sha256: source.sha256.0.clone(),
        bytes: source.bytes,
        media_type: source.media_type.iana().into(),
        source_kind: source_kind(source, document).into(),
        language: document.language.code().into(),
        subject: subject(source, document),
        about: about.map(|symbol| work(&Target::Document(symbol.clone()))),
        facts,
        trust,
        findings: findings(processed, &places),
        paragraphs,
    }
}

fn findings(processed: &Processed, places: &[Option<usize>]) -> Vec<Finding> {
    let Processed { document, extraction, .. } = processed;
    let mut all = Vec::new();
    // A paragraph with many findings is cut into sentences once.
    let mut sentences: Vec<Option<Sentences<'_>>> = document.paragraphs.iter().map(|_| None).collect();
    let mut found = |at: usize, span: Span, rule: Option<&String>, body: Body| {
        let (Some(Some(place)), Some(paragraph)) = (places.get(at), document.paragraphs.get(at)) else { return };
        let sentences = sentences[at].get_or_insert_with(|| Sentences::of(&paragraph.text));
        let (file, sentence) = (paragraph.in_file(span), sentences.around(span));
        all.push(Finding {
            paragraph: *place,
            file: (file.start, file.end),
            text: (span.start, span.end),
            sentence: (sentence.start, sentence.end),
            page: paragraph.page,
            rule: rule.cloned(),
            body,
        });
    };
    for citation in &extraction.citations {
        let verb = citation.verb.clone();
        let body = match &citation.target {
            Ok(target) => Body::Citation { work: work(target), verb, pinpoint: citation.pinpoint.clone() },
            Err(reason) => Body::Unresolved {
                reason: reason_name(reason).into(),
                candidates: citation.candidates.iter().map(|t| work(t).label).collect(),
                verb,
            },
        };
        found(citation.paragraph, citation.span, Some(&citation.rule), body);
    }
    for entity in &extraction.entities {
        let body = Body::Mention(thing(&Node::Entity(entity.kind, entity.identity.clone())));
        found(entity.paragraph, entity.span, Some(&entity.rule), body);
    }
    for relation in &extraction.relations {
        let body = Body::Relation {
            subject: end(&relation.subject),
            predicate: relation_kind(relation.predicate),
            object: end(&relation.object),
            verb: relation.verb.clone(),
            until: relation.until.as_ref().map(Date::to_string),
            period: relation.period.as_ref().map(Period::to_string),
        };
        found(relation.paragraph, relation.span, None, body);
    }
    all
}

fn share(paragraph: &Paragraph, part: PartKind, position: usize) -> ParagraphShare {
    ParagraphShare {
        name: iri::escape(&paragraph.id.to_string()),
        placed: !matches!(paragraph.id, ParagraphId::Unplaced(_)),
        part,
        position: u32::try_from(position).unwrap_or(u32::MAX),
        text: paragraph.text.clone(),
    }
}

fn part_kind(part: Part) -> Option<PartKind> {
    Some(match part {
        Part::Head => PartKind::Head,
        Part::Preamble => PartKind::Preamble,
        Part::Operative => PartKind::Operative,
        Part::Body => PartKind::Body,
        Part::Annex => PartKind::Annex,
        Part::Footnote => PartKind::Footnote,
        Part::Furniture => return None,
    })
}

fn trust(source: &Source, document: &Document) -> Trust {
    let english = document.language == crate::read::Language::En;
    match (source.media_type, document.kind) {
        (MediaType::Article, _) | (_, DocumentKind::Article) => Trust::Hearsay,
        _ if document.rendition != Rendition::Document => Trust::Excerpt,
        (MediaType::AkomaNtoso, _) if english => Trust::Markup,
        (MediaType::AkomaNtoso, _) => Trust::TranslatedMarkup,
        _ if english => Trust::Text,
        _ => Trust::TranslatedText,
    }
}

fn source_kind(source: &Source, document: &Document) -> &'static str {
    if document.kind == DocumentKind::Article {
        return "article";
    }
    match document.rendition {
        Rendition::WebPage => return "web-page",
        Rendition::Fragment => return "fragment",
        Rendition::Document => {}
    }
    match source.media_type {
        MediaType::PlainText => "plain-text",
        MediaType::Markdown => "markdown",
        MediaType::Html => "html",
        MediaType::Pdf => "pdf",
        MediaType::Docx => "docx",
        MediaType::AkomaNtoso => "akoma-ntoso",
        MediaType::Article => "article",
    }
}

/// What the words of a file are attributed to.
fn subject(source: &Source, document: &Document) -> Work {
    let own = |kind| Work {
        path: iri::source_path(&source.sha256),
        kind,
        // The title of an article's infobox is that of the document it is about.
        label: match (&document.metadata.about, &document.metadata.title) {
            (Some(about), _) => format!("Article on {about}"),
            (None, Some(title)) => title.clone(),
            (None, None) => file_name(&source.path),
        },
        symbol: None,
        year: None,
        date: None,
        author: None,
        concept: None,
    };
    match (&document.symbol, document.kind) {
        (_, DocumentKind::Article) => own(WorkKind::Article),
        (Some(symbol), kind) => {
            let mut work = work(&Target::Document(symbol.clone()));
            if kind == DocumentKind::Draft {
                work.kind = WorkKind::Draft;
            }
            work
        }
        (None, _) => own(WorkKind::Unidentified),
    }
}

fn file_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}

/// A work as far as a target says.
#[must_use]
pub fn work(target: &Target) -> Work {
    let mut work = Work {
        path: iri::target_path(target),
        kind: WorkKind::Instrument,
        label: String::new(),
        symbol: None,
        year: None,
        date: None,
        author: None,
        concept: None,
    };
    match target {
        Target::Document(symbol) => {
            work.kind = match symbol {
                Symbol::PresidentialStatement { .. } => WorkKind::Statement,
                Symbol::Other(_) => WorkKind::Document,
                _ => WorkKind::Resolution,
            };
            work.label = symbol.to_string();
            work.symbol = Some(work.label.clone());
            work.year = symbol.year();
        }
        Target::Instrument(ConceptId(id)) => {
            work.label = id.to_string();
            work.concept = Some(id.to_string());
        }
        Target::Titled(title) => work.label.clone_from(title),
        Target::Dated { kind, author, date } => {
            work.kind = match kind.as_str() {
                "report" => WorkKind::Report,
                "letter" => WorkKind::Letter,
                "prst" => WorkKind::Statement,
                _ => WorkKind::Document,
            };
            let name = if kind == "prst" { "statement by the President of the Security Council" } else { kind };
            let by = if author.is_empty() { String::new() } else { format!(" of {author}") };
            work.label = format!("{name}{by}, {date}");
            work.year = u16::try_from(date.year()).ok();
            work.date = Some(date.to_string());
            work.author = Some(author.clone()).filter(|a| !a.is_empty());
        }
    }
    work
}

fn thing(node: &Node) -> Thing {
    let path = iri::node_path(node, "");
    match node {
        Node::Entity(kind, identity) => {
            let (names, concept) = match identity {
                Identity::Concept(ConceptId(id)) => (Vec::new(), Some(id.to_string())),
                Identity::Unlisted(names) => (names.clone(), None),
            };
            Thing { path, kind: iri::kind_name(*kind).into(), names, concept }
        }
        Node::Actor(phrases) => {
            // The plainest phrase is the name; the longer ones are only how one document put it.
            Thing { path, kind: "actor".into(), names: phrases.first().into_iter().cloned().collect(), concept: None }
        }
        Node::ThisDocument | Node::Work(_) => unreachable!("works are not things"),
    }
}

fn end(node: &Node) -> End {
    match node {
        Node::ThisDocument => End::ThisDocument,
        Node::Work(target) => End::Work(work(target)),
        Node::Entity(..) | Node::Actor(_) => End::Thing(thing(node)),
    }
}

fn relation_kind(predicate: Predicate) -> RelationKind {
    match predicate {
        Predicate::Establishes => RelationKind::Establishes,
        Predicate::Extends => RelationKind::Extends,
        Predicate::Terminates => RelationKind::Terminates,
        Predicate::Amends => RelationKind::Amends,
        Predicate::Supersedes => RelationKind::Supersedes,
        Predicate::Corrects => RelationKind::Corrects,
        Predicate::Condemns => RelationKind::Condemns,
        Predicate::Addresses => RelationKind::Addresses,
        Predicate::Subordinate => RelationKind::Subordinate,
    }
}

/// The name of a reason, as `extract` prints it.
#[must_use]
pub fn reason_name(reason: &Reason) -> &'static str {
    match reason {
        Reason::NumberContradictsYear => "number-contradicts-year",
        Reason::NotYetAdopted => "not-yet-adopted",
        Reason::NoAntecedent => "no-antecedent",
        Reason::OtherOrgan => "other-organ",
        Reason::UnknownNumber => "unknown-number",
    }
}

/// What a line of metadata, or the head of a document, states.
pub(super) fn facts(metadata: &Metadata) -> Facts {
    let symbol = |symbol: &Option<Symbol>| symbol.clone().map(|s| work(&Target::Document(s)));
    let mut draft = symbol(&metadata.draft);
    if let Some(draft) = &mut draft {
        draft.kind = WorkKind::Draft;
    }
    Facts {
        title: metadata.title.clone(),
        date: metadata.date.as_ref().map(Date::to_string),
        organ: metadata.organ.and_then(Organ::name).map(Into::into),
        meeting: metadata.meeting,
        agenda_item: metadata.agenda_item.clone(),
        vote: metadata.vote.as_ref().map(vote),
        sponsors: metadata.sponsors.clone(),
        subjects: metadata.subjects.iter().map(|s| (s.label.clone(), s.scheme.clone())).collect(),
        draft,
        meeting_record: symbol(&metadata.meeting_record),
        chapter_vii: metadata.chapter_vii,
    }
}

fn vote(vote: &Vote) -> VoteFacts {
    let states = |ballot: Ballot| {
        let mut names: Vec<_> = vote.by_state.iter().filter(|(b, _)| *b == ballot).map(|(_, s)| s.clone()).collect();
        names.sort();
        names
    };
    VoteFacts {
        counts: [vote.in_favour, vote.against, vote.abstaining],
        states: [states(Ballot::Yes), states(Ballot::No), states(Ballot::Abstain)],
        outcome: vote.outcome.clone(),
    }
}

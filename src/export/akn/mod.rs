//! Akoma Ntoso in the profile of the United Nations (AKN4UN): a document of the graph with its references marked up.
//!
//! It is written as the official files are, so that what reads those reads it: preambular paragraphs are containers,
//! operative ones paragraphs with points. What the graph knows more is there as well: each paragraph has the name that it
//! has in the graph as its `wId`, each citation is a `ref`, and each body, group, office, person and State that is named is
//! marked and refers to an entry of `references` with its IRI. The words are those of the graph: of several languages
//! the English ones unless another has clearly more paragraphs, without the lines of a title page and without the
//! enacting formula.

use std::collections::{BTreeMap, HashMap};
use std::io::Write;

use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};
use oxigraph::store::StorageError;

mod marks;
mod text;
mod meta;

use super::occurrences::{self, Annotation, Sort};
use super::{ExportError, xml};
use crate::graph::iri;
use crate::graph::network::around::{iris, literals, node};
use crate::graph::network::{Kind, Node, base};
use crate::ontology::vocab as v;
use crate::store::Store;
use crate::symbol::Symbol;
use marks::{Mark, Range};

/// A paragraph of the graph.
#[derive(Debug)]
struct Paragraph {
    /// `op12-a`
    name: String,
    part: Part,
    text: String,
    /// Marked ranges, the outer ones first.
    marks: Vec<(Range, Mark)>,
}

/// Where a paragraph belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Head,
    Preamble,
    Main,
    Annex,
    Footnote,
}

/// A document about to be written.
struct Work<'s> {
    store: &'s Store,
    node: Node,
    language: &'static str,
    paragraphs: Vec<Paragraph>,
    /// What the text cites, in order of IRI.
    cited: BTreeMap<String, Node>,
    /// What the text names, in order of IRI, with the name of its entry.
    named: BTreeMap<String, (String, Node)>,
}

/// Writes a document; says how many paragraphs it has, `None` where the graph has no such document.
///
/// A document whose text the graph does not have is one without paragraphs.
///
/// # Errors
/// When the store cannot be read, or `out` cannot be written to.
pub fn write(store: &Store, iri: &str, mut out: impl Write) -> Result<Option<usize>, ExportError> {
    let Some(work) = Work::read(store, iri)? else { return Ok(None) };
    // As a string first: a document is small, and nothing can then fail in the middle of it but the output.
    let mut text = String::new();
    work.draw(&mut text)?;
    out.write_all(text.as_bytes())?;
    Ok(Some(work.paragraphs.len()))
}

/// The IRI of a document by its IRI, its symbol in any spelling, or its path; `None` where the graph has none such.
///
/// # Errors
/// When the store cannot be read.
pub fn find(store: &Store, name: &str) -> Result<Option<String>, StorageError> {
    let base = base(store)?;
    let symbol = Symbol::parse(name).map(|symbol| iri::document(&base, &symbol));
    let path = format!("{base}id/{name}");
    for candidate in [Some(name.to_owned()), symbol, Some(path)].into_iter().flatten() {
        if NamedNode::new(candidate.as_str()).is_ok() && node(store, &candidate, &base)?.is_some() {
            return Ok(Some(candidate));
        }
    }
    Ok(None)
}

impl<'s> Work<'s> {
    fn read(store: &'s Store, iri: &str) -> Result<Option<Self>, StorageError> {
        let base = base(store)?;
        let Some(node) = node(store, iri, &base)?.filter(Node::is_text) else { return Ok(None) };
        let (language, paragraphs) = paragraphs(store, iri)?;
        let mut work = Self { store, node, language, paragraphs, cited: BTreeMap::new(), named: BTreeMap::new() };
        work.mark(&base)?;
        Ok(Some(work))
    }

    /// Finds in each paragraph what it cites and names.
    fn mark(&mut self, base: &str) -> Result<(), StorageError> {
        let mut of_paragraph: HashMap<String, Vec<Annotation>> = HashMap::new();
        for annotation in occurrences::annotations(self.store, &self.node.iri)? {
            of_paragraph.entry(annotation.paragraph.clone()).or_default().push(annotation);
        }
        for at in 0..self.paragraphs.len() {
            let mut places = Vec::new();
            for annotation in of_paragraph.remove(&self.paragraphs[at].name).unwrap_or_default() {
                if let Some(mark) = self.meaning(&annotation, base)? {
                    places.extend(annotation.places.into_iter().map(|place| (place, mark.clone())));
                }
            }
            self.paragraphs[at].marks = marks::locate(&self.paragraphs[at].text, places);
        }
        Ok(())
    }

    /// What the mark of an annotation is; notes what it refers to.
    fn meaning(&mut self, annotation: &Annotation, base: &str) -> Result<Option<Mark>, StorageError> {
        let Some(target) = &annotation.target else { return Ok(None) };
        if !matches!(annotation.sort, Sort::Citation | Sort::Name) {
            return Ok(None);
        }
        if annotation.sort == Sort::Citation {
            if !self.cited.contains_key(target)
                && let Some(node) = node(self.store, target, base)?
            {
                self.cited.insert(target.clone(), node);
            }
            return Ok(Some(Mark { element: "ref", attribute: "href", value: target.clone() }));
        }
        if !self.named.contains_key(target) {
            let Some(node) = node(self.store, target, base)? else { return Ok(None) };
            let name = identifier(target.strip_prefix(base).unwrap_or(target).trim_start_matches("id/"));
            self.named.insert(target.clone(), (name, node));
        }
        let Some((name, node)) = self.named.get(target) else { return Ok(None) };
        let element = match node.kind {
            Kind::Body | Kind::Group => "organization",
            Kind::State => "location",
            Kind::Role => "role",
            Kind::Person => "person",
            _ => return Ok(None),
        };
        Ok(Some(Mark { element, attribute: "refersTo", value: format!("#{name}") }))
    }

    fn draw(&self, out: &mut String) -> Result<(), StorageError> {
        let (element, name) = match self.node.kind {
            Kind::Resolution | Kind::Draft => ("statement", "resolution"),
            Kind::Statement => ("statement", "statement"),
            kind => ("doc", kind.name()),
        };
        out.push_str(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\" \
             xmlns:akn4un=\"http://un.org/akn4un\">\n",
        );
        out.push_str(&format!("  <{element} name=\"{name}\">\n"));
        self.meta(out)?;
        text::draw(out, &self.node, &self.paragraphs);
        text::attachments(out, self);
        out.push_str(&format!("  </{element}>\n</akomaNtoso>\n"));
        Ok(())
    }

    /// The literals of a property, what is in English first.
    fn literals(&self, iri: &str, property: &str) -> Result<Vec<String>, StorageError> {
        let mut all = literals(self.store, iri, property)?;
        all.sort_by_key(|(_, english)| !english);
        Ok(all.into_iter().map(|(text, _)| text).collect())
    }

    /// The names of what a property leads to.
    fn names(&self, iri: &str, property: &str) -> Result<Vec<String>, StorageError> {
        let mut names = Vec::new();
        for object in iris(self.store, iri, property)? {
            names.extend(self.literals(&object, v::RDFS_LABEL)?.into_iter().next());
        }
        Ok(names)
    }
}

/// The languages of the United Nations, English first.
const CODES: [(&str, &str); 6] =
    [("en", "eng"), ("fr", "fra"), ("es", "spa"), ("ru", "rus"), ("ar", "ara"), ("zh", "zho")];

/// The language to write, by how many paragraphs each has: English with at least nine tenths of what the best has, for
/// a file often lacks a line that another has; otherwise the one with most, of equals the first of [`CODES`].
fn language(count: impl Fn(&str) -> usize) -> (&'static str, &'static str) {
    let most = CODES.into_iter().rev().max_by_key(|(code, _)| count(code)).unwrap_or(CODES[0]);
    if count("en") * 10 >= count(most.0) * 9 { CODES[0] } else { most }
}

/// The paragraphs of a document in the order of the text, in one language, and that language's code of three letters.
fn paragraphs(store: &Store, iri: &str) -> Result<(&'static str, Vec<Paragraph>), StorageError> {
    /// What is gathered of a paragraph: its part, its place, its texts by language.
    #[derive(Default)]
    struct Gathered(Option<Part>, i64, BTreeMap<String, String>);
    let mut gathered: BTreeMap<String, Gathered> = BTreeMap::new();
    let within = format!("{iri}#");
    for triple in store.about(iri) {
        let triple = triple?;
        let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { continue };
        let Some(name) = subject.as_str().strip_prefix(&within).filter(|name| !name.contains('/')) else { continue };
        match (triple.predicate.as_str(), &triple.object) {
            (v::ELI_TYPE_SUBDIVISION, Term::NamedNode(part)) => {
                gathered.entry(name.to_owned()).or_default().0 = Some(match part.as_str() {
                    v::RG_HEAD => Part::Head,
                    v::RG_PREAMBULAR_PARAGRAPH => Part::Preamble,
                    v::RG_ANNEX_PARAGRAPH => Part::Annex,
                    v::RG_FOOTNOTE => Part::Footnote,
                    _ => Part::Main,
                });
            }
            (v::RG_POSITION, Term::Literal(n)) => {
                gathered.entry(name.to_owned()).or_default().1 = n.value().parse().unwrap_or(i64::MAX);
            }
            (v::RG_TEXT, Term::Literal(text)) => {
                let language = text.language().unwrap_or("en").to_owned();
                gathered.entry(name.to_owned()).or_default().2.insert(language, text.value().to_owned());
            }
            _ => {}
        }
    }
    let (code, long) = language(|code| gathered.values().filter(|paragraph| paragraph.2.contains_key(code)).count());
    let mut all: Vec<(i64, Paragraph)> = Vec::new();
    for (name, Gathered(part, position, mut texts)) in gathered {
        if let (Some(part), Some(text)) = (part, texts.remove(code)) {
            all.push((position, Paragraph { name, part, text, marks: Vec::new() }));
        }
    }
    all.sort_by_cached_key(|(position, paragraph)| (*position, super::variables::place(&paragraph.name)));
    Ok((long, all.into_iter().map(|(_, paragraph)| paragraph).collect()))
}

/// What may be an identifier of XML and stand in a reference: `body_unodc`.
fn identifier(path: &str) -> String {
    let tame = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
    path.chars().map(tame).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(counts: &[(&str, usize)], expected: &str) {
        let count = |code: &str| counts.iter().find(|(of, _)| *of == code).map_or(0, |(_, count)| *count);
        assert_eq!(language(count).1, expected);
    }

    #[test]
    fn english_is_written_unless_another_language_has_clearly_more() {
        check(&[], "eng");
        check(&[("en", 9), ("fr", 10)], "eng");
        check(&[("en", 8), ("fr", 10)], "fra");
        check(&[("zh", 3), ("es", 3)], "spa");
    }
}

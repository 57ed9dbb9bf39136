//! The forms that a description can take, by the header `Accept` or by a suffix.

use axum::http::{HeaderMap, HeaderValue, header};
use oxigraph::io::{JsonLdProfileSet, RdfFormat};
use oxigraph::model::Triple;

use crate::serve::evaluate;
use crate::serve::negotiate::{self, Offer};

/// A form that a description can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Page,
    Rdf(RdfFormat),
    Drawing,
    Table,
    Bibliography,
    Items,
    Marked,
}

impl Offer for Form {
    fn media_type(self) -> &'static str {
        match self {
            Self::Page => "text/html",
            Self::Rdf(format) => format.media_type(),
            Self::Drawing => "text/vnd.graphviz",
            Self::Table => "text/csv",
            Self::Bibliography => "application/x-bibtex",
            Self::Items => "application/vnd.citationstyles.csl+json",
            Self::Marked => "application/akn+xml",
        }
    }
}

impl Form {
    /// As the header says it.
    pub(super) fn content_type(self) -> &'static str {
        match self {
            Self::Page => "text/html; charset=utf-8",
            // Not a word of parameters where the registration of the type knows none.
            Self::Rdf(format) => format.media_type(),
            Self::Drawing => "text/vnd.graphviz; charset=utf-8",
            Self::Table => "text/csv; charset=utf-8; header=present",
            Self::Bibliography => "application/x-bibtex; charset=utf-8",
            Self::Items => "application/vnd.citationstyles.csl+json",
            Self::Marked => "application/akn+xml; charset=utf-8",
        }
    }
}

pub(super) const TURTLE: Form = Form::Rdf(RdfFormat::Turtle);
pub(super) const JSON_LD: Form = Form::Rdf(RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() });
const RDF_XML: Form = Form::Rdf(RdfFormat::RdfXml);
const N_TRIPLES: Form = Form::Rdf(RdfFormat::NTriples);

/// What things and documents are described as, the preferred first.
pub(super) const THINGS: [Form; 5] = [Form::Page, TURTLE, JSON_LD, RDF_XML, N_TRIPLES];

/// What documents can be had as besides, by whoever asks for nothing else; other things cannot.
pub(super) const DOCUMENTS: [Form; 3] = [Form::Marked, Form::Items, Form::Bibliography];

/// What the vocabulary and the data set are described as: programs ask for them more than people do.
pub(super) const VOCABULARY: [Form; 5] = [TURTLE, Form::Page, JSON_LD, RDF_XML, N_TRIPLES];

/// The forms that a suffix asks for.
const SUFFIXES: [(&str, Form); 10] = [
    (".html", Form::Page),
    (".ttl", TURTLE),
    (".jsonld", JSON_LD),
    (".rdf", RDF_XML),
    (".nt", N_TRIPLES),
    (".dot", Form::Drawing),
    (".csv", Form::Table),
    (".bib", Form::Bibliography),
    (".csl.json", Form::Items),
    (".akn", Form::Marked),
];

/// The name before a suffix, and the form that the suffix asks for.
pub(super) fn suffixed(path: &str) -> Option<(&str, Form)> {
    SUFFIXES.iter().find_map(|(suffix, form)| Some((path.strip_suffix(suffix)?, *form)))
}

/// Whether a client asks for a page by name, as browsers do.
pub(super) fn names_page(headers: &HeaderMap) -> bool {
    let mut accepted = headers.get_all(header::ACCEPT).iter().filter_map(|v| v.to_str().ok());
    accepted.any(|accept| accept.contains("text/html"))
}

/// The form that a client prefers; `None` where it accepts none of them.
pub(super) fn preferred(headers: &HeaderMap, offers: &[Form]) -> Option<Form> {
    let all: Vec<&str> = headers.get_all(header::ACCEPT).iter().filter_map(|v| v.to_str().ok()).collect();
    negotiate::choose(Some(&all.join(",")), offers)
}

/// `Link`: the other forms of what is at `address`, and besides whatever `more` says.
pub(super) fn links(address: &str, forms: &[Form], more: &[(&str, &str)]) -> Option<HeaderValue> {
    let suffix = |form: &Form| SUFFIXES.iter().find(|(_, f)| f == form).map_or("", |(suffix, _)| suffix);
    let mut all: Vec<String> = Vec::new();
    for form in forms {
        let (suffix, media_type) = (suffix(form), form.media_type());
        all.push(format!("<{}{suffix}>; rel=\"alternate\"; type=\"{media_type}\"", ascii(address)));
    }
    all.extend(more.iter().map(|(target, relation)| format!("<{}>; rel=\"{relation}\"", ascii(target))));
    HeaderValue::from_str(&all.join(", ")).ok()
}

/// An IRI as a URI: headers hold no other letters.
pub(in crate::serve) fn ascii(iri: &str) -> String {
    let mut out = String::with_capacity(iri.len());
    for byte in iri.bytes() {
        match byte {
            b'<' | b'>' | b'"' | b' ' | 0..0x20 | 0x7f.. => out.push_str(&format!("%{byte:02X}")),
            _ => out.push(char::from(byte)),
        }
    }
    out
}

/// Triples in a format.
pub(super) fn serialise<'t>(
    triples: impl IntoIterator<Item = &'t Triple>,
    format: RdfFormat,
) -> std::io::Result<Vec<u8>> {
    let mut writer = evaluate::graph_writer(format).for_writer(Vec::new());
    for triple in triples {
        writer.serialize_triple(triple)?;
    }
    writer.finish()
}

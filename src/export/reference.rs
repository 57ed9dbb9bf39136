//! What a paper says of a document that it cites: the facts of an entry of a bibliography.

use std::collections::HashSet;

use oxigraph::store::StorageError;

use crate::graph::network::around::{iris, literals};
use crate::graph::network::{Kind, Node};
use crate::ontology::vocab as v;
use crate::store::Store;
use crate::symbol::Organ;

/// A document as it is cited.
#[derive(Debug, Clone)]
pub struct Reference {
    /// What it is.
    pub kind: Kind,
    /// Its title, or what it is called.
    pub title: String,
    /// Its symbol.
    pub symbol: Option<String>,
    /// The organ that adopted it.
    pub organ: Option<String>,
    /// `2017-11-21`, or what is known of it.
    pub date: Option<String>,
    /// Its year.
    pub year: Option<String>,
    /// Its IRI.
    pub iri: String,
    /// Letters and digits, hyphens between them: what every program takes for a key.
    pub key: String,
}

impl Reference {
    /// Of a document; `None` for what is none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn of(store: &Store, node: &Node) -> Result<Option<Self>, StorageError> {
        if !node.is_text() {
            return Ok(None);
        }
        let first =
            |property| Ok::<_, StorageError>(literals(store, &node.iri, property)?.into_iter().next().map(|l| l.0));
        let organ = match iris(store, &node.iri, v::ELI_PASSED_BY)?.first() {
            Some(organ) => literals(store, organ, v::RDFS_LABEL)?.into_iter().next().map(|(label, _)| label),
            None => None,
        };
        // What is only known from citations has its symbol, and with that its organ. Other kinds are submitted to it.
        let is_adopted = matches!(node.kind, Kind::Resolution | Kind::Statement);
        let adopting = || node.organ.filter(|_| is_adopted).and_then(Organ::name).map(str::to_owned);
        let organ = organ.or_else(adopting);
        let date = first(v::ELI_DATE_DOCUMENT)?;
        let year = date.as_ref().and_then(|date| date.get(..4)).map(str::to_owned);
        Ok(Some(Self {
            kind: node.kind,
            title: node.title.clone().unwrap_or_else(|| node.label.clone()),
            symbol: first(v::ELI_ID_LOCAL)?,
            organ,
            year: year.or_else(|| node.year.map(|year| year.to_string())),
            date,
            iri: node.iri.clone(),
            key: key(&node.label),
        }))
    }

    /// What documents of its kind are called; empty for a text that is none of the United Nations.
    #[must_use]
    pub fn genre(&self) -> &'static str {
        match self.kind {
            Kind::Resolution => "Resolution",
            Kind::Statement => "Statement by the President",
            Kind::Draft => "Draft resolution",
            Kind::Report => "Report",
            Kind::Letter => "Letter",
            Kind::Instrument => "Instrument",
            Kind::Document => "Document",
            _ => "",
        }
    }

    /// Gives it a key that none before it has: `S-RES-1-1946`, `S-RES-1-1946-2`.
    pub fn claim_key(&mut self, taken: &mut HashSet<String>) {
        let plain = self.key.clone();
        let mut number = 1_usize;
        while !taken.insert(self.key.clone()) {
            number += 1;
            self.key = format!("{plain}-{number}");
        }
    }
}

fn key(label: &str) -> String {
    let parts: Vec<_> = label.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "document".into() } else { parts.join("-") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_plain() {
        assert_eq!(key("S/RES/2388 (2017)"), "S-RES-2388-2017");
        assert_eq!(key("\u{5b89}"), "document");
    }

    #[test]
    fn no_two_have_the_same_key() {
        let mut taken = HashSet::new();
        let keys: Vec<String> = ["Charter", "Charter.", "Charter-2"]
            .map(|label| {
                let mut reference = Reference {
                    kind: Kind::Instrument,
                    title: label.into(),
                    symbol: None,
                    organ: None,
                    date: None,
                    year: None,
                    iri: label.into(),
                    key: key(label),
                };
                reference.claim_key(&mut taken);
                reference.key
            })
            .into();
        assert_eq!(keys, ["Charter", "Charter-2", "Charter-2-2"]);
    }
}

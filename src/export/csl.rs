//! CSL-JSON: how a document is cited, for Zotero, pandoc and everything that formats by the Citation Style Language.

use serde_json::{Map, Value, json};

use super::reference::Reference;
use crate::graph::network::Kind;

/// The item of a document.
#[must_use]
pub fn item(reference: &Reference) -> Value {
    let class = match reference.kind {
        // Styles print number, genre and publisher of reports; those of laws expect codes and reporters.
        Kind::Resolution | Kind::Statement | Kind::Draft | Kind::Report => "report",
        Kind::Letter => "personal_communication",
        Kind::Instrument => "treaty",
        Kind::Article => "webpage",
        _ => "document",
    };
    let mut item = Map::new();
    item.insert("id".into(), reference.key.as_str().into());
    item.insert("type".into(), class.into());
    item.insert("title".into(), reference.title.as_str().into());
    let of_nations = !reference.genre().is_empty();
    if of_nations {
        item.insert("genre".into(), reference.genre().into());
    }
    if of_nations && reference.kind != Kind::Instrument {
        item.insert("publisher".into(), "United Nations".into());
    }
    if let Some(organ) = &reference.organ {
        // A name that is not to be cut into given and family name.
        item.insert("author".into(), json!([{ "literal": organ }]));
        item.insert("authority".into(), organ.as_str().into());
    }
    if let Some(symbol) = &reference.symbol {
        item.insert("number".into(), symbol.as_str().into());
    }
    let date = reference.date.as_deref().or(reference.year.as_deref());
    let parts: Vec<u16> =
        date.into_iter().flat_map(|date| date.split('-')).map_while(|part| part.parse().ok()).collect();
    if !parts.is_empty() {
        item.insert("issued".into(), json!({ "date-parts": [parts] }));
    }
    item.insert("URL".into(), reference.iri.as_str().into());
    Value::Object(item)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_says_what_styles_print() {
        let mut reference = Reference {
            kind: Kind::Resolution,
            title: "Peace & \"security\"".into(),
            symbol: Some("S/RES/1 (1946)".into()),
            organ: Some("Security Council".into()),
            date: Some("1946-01-25".into()),
            year: Some("1946".into()),
            iri: "https://example.org/id/S/RES/1".into(),
            key: "S-RES-1-1946".into(),
        };
        assert_eq!(
            item(&reference),
            json!({
                "id": "S-RES-1-1946", "type": "report", "title": "Peace & \"security\"", "genre": "Resolution",
                "publisher": "United Nations", "author": [{ "literal": "Security Council" }],
                "authority": "Security Council", "number": "S/RES/1 (1946)",
                "issued": { "date-parts": [[1946, 1, 25]] }, "URL": "https://example.org/id/S/RES/1",
            })
        );
        reference.date = None;
        assert_eq!(item(&reference)["issued"], json!({ "date-parts": [[1946]] }));
        (reference.kind, reference.year) = (Kind::Article, None);
        assert_eq!((item(&reference).get("issued"), item(&reference).get("publisher")), (None, None));
    }
}

//! The queries that pages and terminals show a document, a thing or a file with: files in
//! `describe/`, in which `$this` stands for its IRI and `$text` for words to look for.

use oxigraph::model::{Literal, NamedNode};

macro_rules! queries {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("describe/", $name, ".rq")))),*]
    };
}

/// Name and text of every query, in order of name.
pub const QUERIES: &[(&str, &str)] = queries!(
    "authorities"
    "cited-by"
    "cites"
    "facts"
    "mentions"
    "most-cited"
    "named-in"
    "names"
    "paragraphs"
    "relations"
    "search"
    "sources"
    "start"
    "unresolved"
    "vote"
);

fn query(name: &str) -> &'static str {
    QUERIES.iter().find(|(n, _)| *n == name).map_or("", |(_, query)| query)
}

/// The query of a name, asked of `this`. Empty for a name that there is not.
#[must_use]
pub fn about(name: &str, this: &NamedNode) -> String {
    query(name).replace("$this", &this.to_string())
}

/// The query for documents and things that have `text` in a symbol, title or name.
#[must_use]
pub fn search(text: &Literal) -> String {
    query("search").replace("$text", &text.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::vocab;
    use oxigraph::sparql::SparqlEvaluator;

    #[test]
    fn every_query_is_valid_sparql() {
        assert!(QUERIES.is_sorted_by_key(|(name, _)| name));
        for (name, query) in QUERIES {
            let evaluator = vocab::PREFIXES.iter().fold(SparqlEvaluator::new(), |e, (prefix, iri)| {
                e.with_prefix(*prefix, *iri).expect("a namespace is an IRI")
            });
            let parsed = evaluator.parse_query(query);
            assert!(parsed.is_ok(), "{name}: {:?}", parsed.err());
        }
    }
}

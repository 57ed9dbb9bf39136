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
    "relations"
    "search"
    "sources"
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

    fn assert_valid(name: &str, query: &str) {
        let evaluator = vocab::PREFIXES.iter().fold(SparqlEvaluator::new(), |e, (prefix, iri)| {
            e.with_prefix(*prefix, *iri).expect("a namespace is an IRI")
        });
        let parsed = evaluator.parse_query(query);
        assert!(parsed.is_ok(), "{name}: {:?}", parsed.err());
    }

    #[test]
    fn every_query_is_valid_sparql() {
        assert!(QUERIES.is_sorted_by_key(|(name, _)| name));
        for (name, query) in QUERIES {
            assert_valid(name, query);
        }
    }

    /// What a page puts in for `$limit` and the like is no variable where it stands; the rest reads as one.
    #[test]
    fn every_query_of_the_explorer_is_valid_sparql() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/serve/web/src/queries");
        let mut seen = 0;
        for file in std::fs::read_dir(folder).expect("the explorer has queries") {
            let path = file.expect("the folder can be read").path();
            let query = std::fs::read_to_string(&path).expect("a query is text");
            assert!(query.starts_with("# "), "{} does not say what it answers", path.display());
            let query = ["$limit", "$offset", "$ballot"].iter().fold(query, |q, name| q.replace(name, "1"));
            assert_valid(&path.display().to_string(), &query);
            seen += 1;
        }
        assert!(seen > 0);
    }
}

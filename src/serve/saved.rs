//! Queries with a name. Each is a file in `ontology/queries/`, whose first line says what it answers.

use serde::Serialize;

/// A query with a name.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct SavedQuery {
    /// `most-cited`
    pub name: &'static str,
    /// SPARQL, with a first line `# what it answers`.
    pub query: &'static str,
}

impl SavedQuery {
    /// What it answers.
    #[must_use]
    pub fn about(&self) -> &'static str {
        self.query.lines().next().unwrap_or_default().trim_start_matches(['#', ' '])
    }
}

macro_rules! saved {
    ($($name:literal)*) => {
        &[$(SavedQuery { name: $name, query: include_str!(concat!("../../ontology/queries/", $name, ".rq")) }),*]
    };
}

/// Every saved query, in order of name.
pub const QUERIES: &[SavedQuery] = saved!(
    "addressed"
    "agreed-language"
    "asked-of-cted"
    "bodies"
    "brokers"
    "changed-wording"
    "chapter-vii-without-treaty"
    "citations"
    "cited-by"
    "communities"
    "condemned"
    "council-and-assembly"
    "drafts"
    "established"
    "first-mention"
    "groups"
    "in-texts"
    "influential"
    "instruments"
    "kinds"
    "last-mandates"
    "longest-remembered"
    "mandates"
    "most-cited"
    "never-cited"
    "paragraphs-cited"
    "sanctions-committees"
    "sources"
    "sponsors"
    "states"
    "subjects-by-decade"
    "treatments"
    "unresolved"
    "votes"
    "votes-against"
    "votes-of-those-that-cite"
    "wording-origins"
);

/// The saved query of a name.
#[must_use]
pub fn find(name: &str) -> Option<SavedQuery> {
    QUERIES.iter().copied().find(|q| q.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_query_is_valid_and_on_the_list() {
        let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/ontology/queries");
        let mut files: Vec<_> = std::fs::read_dir(dir)
            .expect("the folder")
            .flatten()
            .map(|entry| entry.path().with_extension(""))
            .collect();
        files.sort();
        let names: Vec<_> = QUERIES.iter().map(|query| std::path::Path::new(dir).join(query.name)).collect();
        assert_eq!(files, names);
        for query in QUERIES {
            let parsed = oxigraph::sparql::SparqlEvaluator::new().parse_query(query.query);
            assert!(parsed.is_ok(), "{}: {:?}", query.name, parsed.err());
        }
    }

    #[test]
    fn every_query_says_what_it_answers_and_stands_in_order() {
        assert!(QUERIES.is_sorted_by_key(|q| q.name));
        for query in QUERIES {
            assert!(query.query.starts_with("# "), "{}", query.name);
            assert!(!query.about().is_empty(), "{}", query.name);
        }
    }
}

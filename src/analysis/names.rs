//! What a community is called.

use std::collections::BTreeMap;

use oxigraph::store::StorageError;

use super::communities::Community;
use crate::graph::network::around::literals;
use crate::ontology::vocab as v;
use crate::store::Store;

/// The subjects of a community by their names, or whom its members name where these have no subjects; empty where they
/// have neither.
///
/// # Errors
/// When the store cannot be read.
pub fn of(store: &Store, community: &Community) -> Result<String, StorageError> {
    if community.subjects.is_empty() {
        return Ok(community.named.join(", "));
    }
    let names: Result<Vec<String>, _> = community.subjects.iter().map(|subject| subject_name(store, subject)).collect();
    Ok(names?.join(", "))
}

/// The name of a subject; the end of its IRI where it has none.
fn subject_name(store: &Store, subject: &str) -> Result<String, StorageError> {
    for property in [v::SKOS_PREF_LABEL, v::RDFS_LABEL] {
        let names: BTreeMap<bool, String> =
            literals(store, subject, property)?.into_iter().map(|(name, english)| (!english, name)).collect();
        if let Some(name) = names.into_values().next() {
            return Ok(sentence_case(&name));
        }
    }
    Ok(subject.rsplit('/').next().unwrap_or(subject).replace('-', " "))
}

/// A name in capitals, as the thesaurus of the United Nations prints them, with small letters.
fn sentence_case(name: &str) -> String {
    let small = name.to_lowercase();
    let words: Vec<String> = small
        .split(' ')
        .enumerate()
        .map(|(place, word)| match (place, word.trim_end_matches('.')) {
            (_, "un") => "UN".to_owned(),
            (0, _) => {
                let mut letters = word.chars();
                letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
            }
            _ => word.to_owned(),
        })
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_capitals_are_made_readable() {
        let table = [
            ("ARMS EMBARGO", "Arms embargo"),
            ("UN. PANEL OF EXPERTS", "UN panel of experts"),
            ("CÔTE D'IVOIRE", "Côte d'ivoire"),
        ];
        for (name, expected) in table {
            assert_eq!(sentence_case(name), expected);
        }
    }
}

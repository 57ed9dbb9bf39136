//! All analyses of a graph at once, to be written back into it.

use std::collections::BTreeMap;

use oxigraph::store::StorageError;
use rayon::prelude::*;

use super::communities::{self, Division};
use super::similar::{Shared, Similarity};
use super::{Filter, Part, names, rank};
use crate::graph::Network;
use crate::graph::findings::{Change, Findings, Wording};
use crate::graph::network::Relation;
use crate::read::Language;
use crate::store::{Store, StoreError};
use crate::wording::{self, Extent, Paragraphs};

/// Documents that are told to be like one, at most.
const MOST_ALIKE: usize = 10;
/// How like they must be.
const LEAST_ALIKE: f64 = 0.05;

/// What all analyses find in a graph, as the change that writes it down.
///
/// # Errors
/// When the store cannot be read.
pub fn everything(store: &Store) -> Result<Change, StoreError> {
    let network = Network::load(store, &[Relation::Cites, Relation::Mentions])?;
    let part = Part::of(&network, &Filter::default());
    let division = communities::communities(&network, &part, 1.0);
    let names = names_of(store, &division)?;
    let documents = Part::of_documents(&network);
    let paragraphs = Paragraphs::load(store)?;
    let links = wording::reuse(&paragraphs, &wording::Options::default());
    let shared = shared(&network, &documents, &paragraphs, &links);
    let similarity = Similarity::new(&documents);
    let iri = |node: u32| network.graph[documents.nodes[node as usize]].iri.as_str();
    let none = Shared::new();
    let likest: Vec<(&str, Vec<&str>)> = (0..documents.nodes.len() as u32)
        .into_par_iter()
        .map(|node| {
            let found = similarity.of(node, Some(shared.get(&node).unwrap_or(&none)), MOST_ALIKE);
            let like = found.into_iter().filter(|(_, likeness)| likeness.score >= LEAST_ALIKE);
            (iri(node), like.map(|(other, _)| iri(other)).collect())
        })
        .collect();
    let text = |place: usize| paragraphs.all[place].iri.as_str();
    // A paragraph may have other sources in each of its languages: one language of a work stands for all, and with it
    // the share is that of the texts that it is said of. A stretch within a paragraph is not the paragraph's wording.
    let chosen: Vec<Option<Language>> = (0..paragraphs.works.len() as u32).map(|w| language(&paragraphs, w)).collect();
    let counts = |link: &&wording::Link| {
        let paragraph = &paragraphs.all[link.paragraph];
        link.extent != Extent::Stretch && paragraph.language == chosen[paragraph.work as usize]
    };
    let mut wordings: BTreeMap<&str, Wording<'_>> = BTreeMap::new();
    for link in links.iter().filter(counts) {
        let wording = Wording {
            paragraph: text(link.paragraph),
            from: text(link.from),
            first: text(link.first),
            kept: link.kept,
        };
        let known = wordings.entry(wording.paragraph).or_insert(wording);
        if wording.kept > known.kept {
            *known = wording;
        }
    }
    let ranks = rank::rank(&network, &part, rank::sources_for(&part.graph));
    let wording = wordings.into_values().collect();
    let findings = Findings { network: &network, part: &part, ranks, division, names, likest, wording };
    Ok(findings.triples(store.len()?))
}

/// English where a work is there in it, otherwise that of most of its paragraphs.
fn language(paragraphs: &Paragraphs, work: u32) -> Option<Language> {
    let there = paragraphs.languages(work);
    if there.contains(&Some(Language::En)) { Some(Language::En) } else { there.first().copied().flatten() }
}

fn names_of(store: &Store, division: &Division) -> Result<Vec<String>, StorageError> {
    division.communities.iter().map(|community| names::of(store, community)).collect()
}

/// With which documents each shares wording, and how much: words, against those of the shorter of the two.
#[must_use]
pub fn shared(
    network: &Network,
    documents: &Part,
    paragraphs: &Paragraphs,
    links: &[wording::Link],
) -> BTreeMap<u32, Shared> {
    let number = |work: u32| {
        let iri = &paragraphs.works[work as usize].iri;
        network.place(iri).and_then(|node| documents.number(node))
    };
    let lengths = lengths(paragraphs);
    let mut all: BTreeMap<u32, Shared> = BTreeMap::new();
    for pair in wording::shared(paragraphs, links) {
        let (Some(a), Some(b)) = (number(pair.works.0), number(pair.works.1)) else { continue };
        let shorter = lengths[pair.works.0 as usize].min(lengths[pair.works.1 as usize]);
        let share = (f64::from(pair.words) / f64::from(shorter.max(1))).min(1.0);
        all.entry(a).or_default().insert(b, share);
        all.entry(b).or_default().insert(a, share);
    }
    all
}

/// How many words each work has that are compared, in the language in which it has most.
fn lengths(paragraphs: &Paragraphs) -> Vec<u32> {
    let count = |paragraph: &wording::Paragraph| {
        let counts = wording::reuse::is_compared(paragraph);
        if counts { u32::try_from(wording::words::words(&paragraph.text).len()).unwrap_or(u32::MAX) } else { 0 }
    };
    let counts: Vec<u32> = paragraphs.all.par_iter().map(count).collect();
    let mut sums: BTreeMap<(u32, Option<Language>), u32> = BTreeMap::new();
    for (paragraph, words) in paragraphs.all.iter().zip(counts) {
        *sums.entry((paragraph.work, paragraph.language)).or_default() += words;
    }
    let mut most = vec![0; paragraphs.works.len()];
    for ((work, _), words) in sums {
        most[work as usize] = words.max(most[work as usize]);
    }
    most
}

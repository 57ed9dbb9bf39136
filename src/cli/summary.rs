//! What a build came to, in a few lines.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use resograph::Processed;
use resograph::graph::iri;
use resograph::resolve::Identity;
use resograph::symbol::Symbol;
use serde::{Deserialize, Serialize};

/// The figures of a build.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Files read.
    pub read: usize,
    /// Files and folders that could not be read.
    pub failed: usize,
    /// Works that the files are sources of.
    pub documents: usize,
    /// Citations with a target, in all files.
    pub resolved: usize,
    /// Citations without.
    pub unresolved: usize,
    /// Different entities named, by kind.
    pub entities: BTreeMap<String, usize>,
    /// Relations stated, in all files.
    pub relations: usize,
    /// Triples of the graph.
    pub triples: usize,
    /// Seconds it took.
    pub seconds: f64,
}

/// What is counted of one file.
#[derive(Debug, Default)]
pub struct Counts {
    work: Option<String>,
    entities: BTreeSet<(&'static str, Identity)>,
    resolved: usize,
    unresolved: usize,
    relations: usize,
}

impl Counts {
    pub fn of(processed: &Processed) -> Self {
        let found = &processed.extraction;
        let resolved = found.citations.iter().filter(|c| c.target.is_ok()).count();
        Self {
            work: processed.document.symbol.as_ref().map(Symbol::path),
            entities: found.entities.iter().map(|e| (iri::kind_name(e.kind), e.identity.clone())).collect(),
            resolved,
            unresolved: found.citations.len() - resolved,
            relations: found.relations.len(),
        }
    }
}

/// Counts while files go by.
#[derive(Debug, Default)]
pub struct Counter {
    works: BTreeSet<String>,
    entities: BTreeSet<(&'static str, Identity)>,
    summary: Summary,
}

impl Counter {
    pub fn add(&mut self, counts: Counts) {
        self.works.extend(counts.work);
        self.entities.extend(counts.entities);
        self.summary.resolved += counts.resolved;
        self.summary.unresolved += counts.unresolved;
        self.summary.relations += counts.relations;
    }

    pub fn finish(self) -> Summary {
        let mut entities = BTreeMap::new();
        for (kind, _) in self.entities {
            *entities.entry(kind.to_owned()).or_default() += 1;
        }
        Summary { documents: self.works.len(), entities, ..self.summary }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = [
            ("body", "body", "bodies"),
            ("group", "group", "groups"),
            ("state", "State", "States"),
            ("role", "role", "roles"),
            ("person", "person", "persons"),
        ];
        let entities: Vec<_> = kinds
            .iter()
            .map(|(kind, one, many)| match self.entities.get(*kind).copied().unwrap_or(0) {
                1 => format!("1 {one}"),
                count => format!("{count} {many}"),
            })
            .collect();
        writeln!(f, "files      {} read, {} failed", self.read, self.failed)?;
        writeln!(f, "documents  {}", self.documents)?;
        writeln!(f, "citations  {} resolved, {} unresolved", self.resolved, self.unresolved)?;
        writeln!(f, "entities   {}", entities.join(", "))?;
        writeln!(f, "relations  {}", self.relations)?;
        writeln!(f, "triples    {}", self.triples)?;
        write!(f, "seconds    {:.1}", self.seconds)
    }
}

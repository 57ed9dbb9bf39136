//! What a build came to, in a few lines.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use resograph::graph::Contribution;
use resograph::graph::contribution::Body;
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

/// Counts while files go by.
#[derive(Debug, Default)]
pub struct Counter {
    works: BTreeSet<String>,
    /// Paths, by kind.
    entities: BTreeMap<String, BTreeSet<String>>,
    summary: Summary,
}

impl Counter {
    /// Counts what one file contributes.
    pub fn add(&mut self, share: &Contribution) {
        self.summary.read += 1;
        if share.subject.symbol.is_some() && !self.works.contains(&share.subject.path) {
            self.works.insert(share.subject.path.clone());
        }
        for finding in &share.findings {
            match &finding.body {
                Body::Citation { .. } => self.summary.resolved += 1,
                Body::Unresolved { .. } => self.summary.unresolved += 1,
                Body::Relation { .. } => self.summary.relations += 1,
                Body::Mention(thing) => {
                    if !self.entities.get(&thing.kind).is_some_and(|known| known.contains(&thing.path)) {
                        self.entities.entry(thing.kind.clone()).or_default().insert(thing.path.clone());
                    }
                }
            }
        }
    }

    /// Adds what was counted elsewhere.
    pub fn merge(&mut self, other: Self) {
        self.works.extend(other.works);
        for (kind, paths) in other.entities {
            self.entities.entry(kind).or_default().extend(paths);
        }
        self.summary.read += other.summary.read;
        self.summary.resolved += other.summary.resolved;
        self.summary.unresolved += other.summary.unresolved;
        self.summary.relations += other.summary.relations;
    }

    pub fn finish(self) -> Summary {
        let entities = self.entities.into_iter().map(|(kind, paths)| (kind, paths.len())).collect();
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

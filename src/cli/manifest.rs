//! What a graph was built from, kept beside it, so that nothing is read twice for nothing.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use rayon::prelude::*;
use resograph::graph::kept::KeptAt;
use resograph::read::InputFile;
use resograph::store;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::summary::Summary;

/// Everything that a graph depends on, and what came of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// Which program it was, with the ontology that is compiled in: version, size, time of its making.
    program: String,
    /// Base of the IRIs.
    base: String,
    /// Digest of each Turtle file of the user's own ontology, by path.
    ontology: BTreeMap<String, String>,
    /// Whether the texts are indexed.
    #[serde(default)]
    texts: bool,
    /// Whether what analyses find is written down.
    #[serde(default)]
    analyses: bool,
    /// Each input file, by path.
    pub inputs: BTreeMap<String, Input>,
    /// What the build reported.
    pub summary: Summary,
}

/// An input file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Input {
    /// SHA-256 of its bytes; empty where they cannot be read.
    pub sha256: String,
    /// What it contributed, where it is a document that could be read.
    pub share: Option<Share>,
}

/// Where what a file contributed is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Share {
    /// Path of the work that it is attributed to.
    pub subject: String,
    /// Where it is kept.
    pub kept: KeptAt,
}

impl Manifest {
    /// What a build depends on besides its inputs.
    pub fn new(ontology: Option<&Path>, base: &str, besides: Besides) -> io::Result<Self> {
        let mut own = BTreeMap::new();
        // A folder that cannot be read fails when the ontology is loaded, with a reason.
        for entry in ontology.map(fs::read_dir).into_iter().flatten().flatten() {
            let path = entry?.path();
            if path.extension().is_some_and(|e| e == "ttl") {
                own.insert(path.display().to_string(), digest(&path).unwrap_or_default());
            }
        }
        let program = program(&fs::metadata(std::env::current_exe()?)?);
        let inputs = BTreeMap::new();
        let Besides { texts, analyses } = besides;
        Ok(Self { program, base: base.into(), ontology: own, texts, analyses, inputs, summary: Summary::default() })
    }

    /// The manifest saved with a graph; `None` where there is none that can be read.
    pub fn of_graph(graph: &Path) -> Option<Self> {
        serde_json::from_slice(&store::manifest(graph)?).ok()
    }

    /// Whether what two builds make of a file is the same.
    pub fn same_settings(&self, other: &Self) -> bool {
        self.program == other.program && self.base == other.base && self.ontology == other.ontology
    }

    /// Whether both make the same besides the graph itself.
    pub fn same_besides(&self, other: &Self) -> bool {
        (self.texts, self.analyses) == (other.texts, other.analyses)
    }
}

/// What is made besides the graph of what the files say.
#[derive(Debug, Clone, Copy)]
pub struct Besides {
    /// An index of the texts.
    pub texts: bool,
    /// What analyses find.
    pub analyses: bool,
}

/// Tells one build of the program from another. Its digest would tell it for certain, but takes longer
/// than all the rest of a build that finds nothing to do.
fn program(file: &fs::Metadata) -> String {
    let made = file.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    format!("{} {} {}", env!("CARGO_PKG_VERSION"), file.len(), made.map_or(0, |since| since.as_nanos()))
}

/// The digest of each file, by path; empty where it cannot be read.
pub fn digests<'a>(files: impl Iterator<Item = &'a InputFile>) -> BTreeMap<String, String> {
    let files: Vec<_> = files.collect();
    files.par_iter().map(|f| (f.label.clone(), digest(&f.path).unwrap_or_default())).collect()
}

pub fn digest(path: &Path) -> io::Result<String> {
    let mut hash = Sha256::new();
    io::copy(&mut File::open(path)?, &mut hash)?;
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

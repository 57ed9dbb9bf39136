//! What a graph was built from, kept beside it, so that nothing is read twice for nothing.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use rayon::prelude::*;
use resograph::read::InputFile;
use resograph::store;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::summary::Summary;

/// Everything that a graph depends on, and what came of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// Digest of the program itself, with the ontology that is compiled in.
    program: String,
    /// Base of the IRIs.
    base: String,
    /// Digest of each Turtle file of the user's own ontology, by path.
    ontology: BTreeMap<String, String>,
    /// Digest of each input file, by path; empty where it cannot be read.
    inputs: BTreeMap<String, String>,
    /// What the build reported.
    pub summary: Summary,
}

impl Manifest {
    /// What a build with these inputs depends on.
    pub fn of<'a>(files: impl Iterator<Item = &'a InputFile>, ontology: Option<&Path>, base: &str) -> io::Result<Self> {
        let files: Vec<_> = files.collect();
        let inputs = files.par_iter().map(|f| (f.label.clone(), digest(&f.path).unwrap_or_default())).collect();
        let mut own = BTreeMap::new();
        // A folder that cannot be read fails when the ontology is loaded, with a reason.
        for entry in ontology.map(fs::read_dir).into_iter().flatten().flatten() {
            let path = entry?.path();
            if path.extension().is_some_and(|e| e == "ttl") {
                own.insert(path.display().to_string(), digest(&path).unwrap_or_default());
            }
        }
        let program = digest(&std::env::current_exe()?)?;
        Ok(Self { program, base: base.into(), ontology: own, inputs, summary: Summary::default() })
    }

    /// The manifest saved with a graph; `None` where there is none that can be read.
    pub fn of_graph(graph: &Path) -> Option<Self> {
        serde_json::from_slice(&store::manifest(graph)?).ok()
    }

    /// Whether two builds depend on the same.
    pub fn same_inputs(&self, other: &Self) -> bool {
        self.program == other.program
            && self.base == other.base
            && self.ontology == other.ontology
            && self.inputs == other.inputs
    }
}

fn digest(path: &Path) -> io::Result<String> {
    let mut hash = Sha256::new();
    io::copy(&mut File::open(path)?, &mut hash)?;
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

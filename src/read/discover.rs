//! From the paths that a user names to the files behind them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::ReadError;

/// What a file is taken for by its name; its content decides when it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InputKind {
    /// For [`super::read_file`].
    Document,
    /// Lines of JSON with metadata, for [`super::read_records`].
    Records,
}

/// A file to be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct InputFile {
    /// Its name in every output: the path as given, with `/` between its parts.
    pub label: String,
    /// Where it is.
    pub path: PathBuf,
    /// What it is taken for.
    pub kind: InputKind,
}

/// Everything found below some paths.
#[derive(Debug, Default)]
pub struct Discovery {
    /// The files, in order of their labels, each once.
    pub files: Vec<InputFile>,
    /// What could not be looked into, in the order of the walk.
    pub problems: Vec<ReadError>,
}

/// Finds every file in `paths` and, for folders, below them. Hidden files (`.name`) are left out
/// unless named; a link to a folder is followed once.
#[must_use]
pub fn discover(paths: &[PathBuf]) -> Discovery {
    let mut found = Discovery::default();
    let mut seen = BTreeSet::new();
    for path in paths {
        walk(path, &mut found, &mut seen);
    }
    found.files.sort();
    found.files.dedup_by(|a, b| a.label == b.label);
    found
}

fn walk(root: &Path, found: &mut Discovery, seen: &mut BTreeSet<PathBuf>) {
    let mut todo = vec![root.to_owned()];
    while let Some(path) = todo.pop() {
        let label = label(&path);
        match fs::metadata(&path) {
            Err(e) => found.problems.push(ReadError::io(&label, e)),
            Ok(m) if m.is_file() => {
                let kind = kind(&path);
                found.files.push(InputFile { label, path, kind });
            }
            Ok(m) if m.is_dir() => match folder(&path, seen) {
                Ok(inside) => todo.extend(inside),
                Err(e) => found.problems.push(ReadError::io(&label, e)),
            },
            Ok(_) => found.problems.push(ReadError::NotAFile { path: label }),
        }
    }
}

/// What is in a folder, last name first; nothing where the folder was walked before.
fn folder(path: &Path, seen: &mut BTreeSet<PathBuf>) -> std::io::Result<Vec<PathBuf>> {
    if !seen.insert(path.canonicalize()?) {
        return Ok(Vec::new());
    }
    let mut inside = Vec::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with('.') {
            inside.push(entry.path());
        }
    }
    inside.sort_by(|a, b| b.cmp(a));
    Ok(inside)
}

fn label(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").unwrap_or(&text).to_owned()
}

fn kind(path: &Path) -> InputKind {
    let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    match extension.as_deref() {
        Some("json" | "jsonl" | "ndjson") => InputKind::Records,
        _ => InputKind::Document,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_walked_in_order_and_problems_cost_only_themselves() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let at = |name: &str| dir.path().join(name);
        fs::create_dir_all(at("b/deep")).expect("folder");
        for name in ["z.txt", "b/deep/one.md", "b/facts.json", "a.txt", ".hidden"] {
            fs::write(at(name), "x").expect("file");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(dir.path(), at("b/loop")).expect("link");
            std::os::unix::fs::symlink(at("gone"), at("broken")).expect("link");
        }
        let found = discover(&[dir.path().to_owned(), at("missing"), at("z.txt")]);
        let names: Vec<_> = found.files.iter().map(|f| f.path.strip_prefix(dir.path()).expect("inside")).collect();
        assert_eq!(names, ["a.txt", "b/deep/one.md", "b/facts.json", "z.txt"].map(Path::new));
        assert_eq!(found.files[2].kind, InputKind::Records);
        assert_eq!(found.problems.len(), if cfg!(unix) { 2 } else { 1 });
        assert!(found.problems.iter().all(|p| matches!(p, ReadError::NotFound { .. })));
    }
}

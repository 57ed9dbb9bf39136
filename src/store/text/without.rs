//! In place of the engine, where the program is compiled without it.

use std::path::Path;

use super::TextError;
use super::wanted::Wanted;

pub(super) struct Writer;

impl Writer {
    pub(super) fn create(_: &Path) -> Result<Self, TextError> {
        Err(TextError::Without)
    }

    pub(super) fn add(&mut self, _: u32, _: &str, _: impl Iterator<Item = u8>) -> Result<(), TextError> {
        Err(TextError::Without)
    }

    pub(super) fn finish(self) -> Result<(), TextError> {
        Err(TextError::Without)
    }
}

pub(super) struct Searcher;

impl Searcher {
    pub(super) fn open(_: &Path) -> Result<Self, TextError> {
        Err(TextError::Without)
    }

    pub(super) fn search(&self, _: &Wanted, _: Option<usize>, _: usize) -> Result<Vec<(u32, u32)>, TextError> {
        Err(TextError::Without)
    }
}

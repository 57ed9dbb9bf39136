//! x
#[derive(Debug, clap::Args)]
pub struct Export {}
pub fn run(_c: &Export, _g: &super::Global, _v: &super::voice::Voice) -> anyhow::Result<super::Outcome> { Ok(super::Outcome::Done) }

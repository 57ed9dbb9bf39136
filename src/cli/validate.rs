//! x
#[derive(Debug, clap::Args)]
pub struct Validate {}
pub fn run(_c: &Validate, _v: &super::voice::Voice) -> anyhow::Result<super::Outcome> { Ok(super::Outcome::Done) }

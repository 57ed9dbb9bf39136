//! x
#[derive(Debug, clap::Args)]
pub struct Show {}
pub fn run(_c: &Show, _v: &super::voice::Voice) -> anyhow::Result<super::Outcome> { Ok(super::Outcome::Done) }

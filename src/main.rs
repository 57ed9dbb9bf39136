//! The `resograph` program.

fn main() {}

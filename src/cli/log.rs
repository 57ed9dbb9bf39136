//! The log of the server, on stderr.

use clap::ValueEnum;

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Log {
    /// An object of JSON a line
    Json,
    /// Lines to read
    Text,
    /// Nothing
    Off,
}

/// Starts the log; what is said afterwards by `tracing` is written. Where no form is asked for, what is at least
/// of the `usual` level.
pub fn start(log: Option<Log>, usual: tracing::Level) {
    // A closed stderr is nobody's loss.
    let lines = || {
        let builder = tracing_subscriber::fmt().with_writer(std::io::stderr).with_max_level(tracing::Level::DEBUG);
        builder.with_ansi(false).log_internal_errors(false)
    };
    match log {
        Some(Log::Off) => {}
        Some(Log::Json) => lines().json().flatten_event(true).init(),
        Some(Log::Text) => lines().init(),
        None => lines().with_max_level(usual).init(),
    }
}

//! What is said on stderr: notes, warnings, errors, progress.

use std::io::{IsTerminal, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Global;
use super::marks::line;

/// How much to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Volume {
    Quiet,
    Usual,
    Verbose,
}

/// Speaks on stderr.
pub struct Voice {
    volume: Volume,
    colour: bool,
    terminal: bool,
}

impl Voice {
    pub fn new(global: &Global) -> Self {
        let volume = match (global.quiet, global.verbose) {
            (true, _) => Volume::Quiet,
            (_, true) => Volume::Verbose,
            _ => Volume::Usual,
        };
        let terminal = std::io::stderr().is_terminal();
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
        Self { volume, colour: terminal && wanted, terminal }
    }

    fn say(&self, colour: &str, word: &str, message: &str) {
        let (on, off) = if self.colour { (colour, "\u{1b}[0m") } else { ("", "") };
        // One line, whatever a file's name or content has in it; a closed stderr is nobody's loss.
        let line = line(message);
        let _ = writeln!(std::io::stderr(), "{on}{word}{off}{line}");
    }

    /// How much of the log is written where nobody asks for it.
    pub fn log_level(&self) -> tracing::Level {
        if self.volume == Volume::Quiet { tracing::Level::ERROR } else { tracing::Level::INFO }
    }

    pub fn error(&self, error: &anyhow::Error) {
        // Many messages name their cause already.
        let mut message = String::new();
        for cause in error.chain().map(ToString::to_string) {
            if message.is_empty() {
                message = cause;
            } else if !message.contains(&cause) {
                message = format!("{message}: {cause}");
            }
        }
        self.say("\u{1b}[1;31m", "error: ", &message);
    }

    pub fn warning(&self, message: &str) {
        if self.volume > Volume::Quiet {
            self.say("\u{1b}[1;33m", "warning: ", message);
        }
    }

    pub fn note(&self, message: &str) {
        if self.volume > Volume::Quiet {
            self.say("", "", message);
        }
    }

    pub fn lines(&self, message: &str) {
        message.lines().for_each(|line| self.note(line));
    }

    pub fn detail(&self, message: &str) {
        if self.volume == Volume::Verbose {
            self.say("\u{1b}[2m", "note: ", message);
        }
    }

    /// A bar for `length` steps; hidden where nobody watches.
    pub fn bar(&self, length: usize, what: &'static str) -> ProgressBar {
        if self.volume == Volume::Quiet || !self.terminal {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::with_draw_target(Some(length as u64), ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{prefix} {wide_bar} {pos}/{len} {eta}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_prefix(what);
        bar
    }
}

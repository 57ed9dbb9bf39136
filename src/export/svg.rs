//! SVG, drawn by an installed Graphviz within a time.

use std::io::{ErrorKind, Read, Write};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::layout::Layout;
use super::{ExportError, Selection};

/// Time for one drawing, unless somebody says otherwise.
pub const TIME: Duration = Duration::from_secs(60);

/// Draws; says nothing of which engine, which the drawing itself names.
///
/// # Errors
/// When Graphviz is not installed, fails, or takes longer than `time`: then it is stopped.
pub fn render(drawing: &str, layout: Layout, selection: &Selection, time: Duration) -> Result<Vec<u8>, ExportError> {
    let started =
        Command::new("dot").arg("-Tsvg").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut running = match started {
        Ok(child) => Running(child),
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(ExportError::NoGraphviz),
        Err(error) => return Err(error.into()),
    };
    // Each pipe has a thread of its own, so that none fills up while another is waited for.
    let child = &mut running.0;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        scope.spawn(move || {
            // Graphviz that stops reading says why on stderr.
            let _ = stdin.map(|mut pipe| pipe.write_all(drawing.as_bytes()));
        });
        let picture = scope.spawn(move || read(stdout));
        let message = scope.spawn(move || read(stderr));
        let finished = wait(running, time);
        let picture = picture.join().unwrap_or_default();
        let message = String::from_utf8_lossy(&message.join().unwrap_or_default()).trim().to_owned();
        match finished? {
            None => Err(ExportError::TooSlow {
                engine: layout.engine(),
                nodes: selection.nodes.len(),
                edges: selection.edges.len(),
                seconds: time.as_secs(),
            }),
            Some(true) => Ok(picture),
            Some(false) => Err(ExportError::Graphviz(message)),
        }
    })
}

fn read(pipe: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    // A pipe that breaks gives what there was; the exit status says the rest.
    let _ = pipe.map(|mut pipe| pipe.read_to_end(&mut bytes));
    bytes
}

/// A program that does not outlive who waits for it: the ends of its pipes are read until it is gone.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended is not killed; one that cannot be killed is nothing to wait for.
        if self.0.kill().is_ok() {
            let _ = self.0.wait();
        }
    }
}

/// Whether it succeeded; `None` where its time was over.
fn wait(mut running: Running, time: Duration) -> Result<Option<bool>, ExportError> {
    let start = Instant::now();
    loop {
        if let Some(status) = running.0.try_wait()? {
            return Ok(Some(status.success()));
        }
        if start.elapsed() > time {
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(10));
    }
}

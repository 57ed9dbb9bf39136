//! What the system asks of the server: to stop, or to look for a newer graph.

use std::io;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tokio::runtime;

use super::Site;

/// What a program that was stopped from outside ends with.
const STOPPED: i32 = 130;

/// Waits until the process is asked to stop (SIGTERM, Ctrl-C); until then SIGHUP makes it look for a newer
/// graph. Requests may then finish, for as long as a query may take; a second signal ends the process at once.
///
/// # Errors
/// When the system does not let signals be caught.
pub(super) async fn stop(site: &Arc<Site>) -> io::Result<()> {
    asked(|| site.watch.look_now()).await?;
    // A little more than a query may take, so that one that runs out of time can still say so.
    let grace = site.settings.timeout.min(LONGEST) + Duration::from_secs(1);
    tracing::info!(grace_seconds = grace.as_secs(), "stopping: running requests are finished");
    thread::Builder::new().name("stop".into()).spawn(move || {
        // Where signals cannot be waited for again, time still ends the process.
        let ended = runtime::Builder::new_current_thread().enable_all().build().and_then(|runtime| {
            runtime.block_on(async {
                tokio::select! {
                    again = asked(|| ()) => again.map(|()| STOPPED),
                    () = tokio::time::sleep(grace) => Ok(0),
                }
            })
        });
        let code = ended.unwrap_or_else(|_| {
            thread::sleep(grace);
            0
        });
        if code == 0 {
            tracing::warn!("some requests did not end in time and were cut off");
        }
        std::process::exit(code);
    })?;
    Ok(())
}

/// However long a query may take, a service manager does not wait for ever.
const LONGEST: Duration = Duration::from_secs(60);

#[cfg(unix)]
async fn asked(hang_up: impl Fn()) -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut hung_up = signal(SignalKind::hangup())?;
    loop {
        tokio::select! {
            _ = terminate.recv() => return Ok(()),
            _ = interrupt.recv() => return Ok(()),
            _ = hung_up.recv() => hang_up(),
        }
    }
}

#[cfg(not(unix))]
async fn asked(_: impl Fn()) -> io::Result<()> {
    tokio::signal::ctrl_c().await
}

//! Threads that read requests, each with connections of its own: a request is answered where its
//! connection is, without a word to another thread. There are a few more of them than processors, since a
//! reader may wait for the disk; with many more, each waits its turn for longer than its query takes
//! (64 clients on two processors: the slowest of a hundred waits 12 ms with four readers, 22 with sixteen).

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio_io_timeout::TimeoutStream;
use tower::Service;

use super::requests::Peer;
use super::shares::{Share, Shares};
use super::{Site, signals};

/// Stack of a reader: modest queries are parsed and answered on it.
const STACK: usize = 16 << 20;
const A_PROCESSOR: usize = 2;
/// Connections at once; others wait to be accepted.
const CONNECTIONS: usize = 8192;
/// Connections of one client, unless a proxy stands between.
const OF_ONE: usize = 1024;
/// Files that the server needs besides connections.
const FILES: usize = 256;
/// Threads of each reader for what takes longer.
const BESIDE: usize = 8;
/// Time in which the head of the next request must be there; a connection that is idle for longer is closed.
const HEAD: Duration = Duration::from_secs(30);
/// Time in which a client must have taken something of what is sent.
const STALLED: Duration = Duration::from_secs(30);
/// Bytes of a request's head, the address among them.
const LARGEST_HEAD: usize = 128 << 10;
/// Time that running requests have at most when the server is asked to stop; [`signals`] ends it sooner.
const GRACE: Duration = Duration::from_secs(120);

/// A connection on its way from where it was accepted to its reader.
type Accepted = (std::net::TcpStream, SocketAddr, Held);

/// What a connection holds for as long as it lasts.
type Held = (OwnedSemaphorePermit, Option<Share>);

/// Serves until the process is asked to stop.
///
/// # Errors
/// When the system gives no threads, or the listener cannot be used.
pub(super) fn serve(listener: std::net::TcpListener, router: &Router, site: &Arc<Site>) -> io::Result<()> {
    let (stop, stopped) = watch::channel(false);
    let processors = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let (mut readers, mut threads) = (Vec::new(), Vec::new());
    for _ in 0..processors * A_PROCESSOR {
        let (reader, connections) = unbounded_channel();
        let (router, stopped) = (router.clone(), stopped.clone());
        let read = move || read(connections, &router, stopped);
        threads.push(thread::Builder::new().name("reader".into()).stack_size(STACK).spawn(read)?);
        readers.push(reader);
    }
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    let result = runtime.block_on(async {
        listener.set_nonblocking(true)?;
        let listener = TcpListener::from_std(listener)?;
        tokio::select! {
            () = accept(&listener, &readers, site.settings.behind_proxy) => Ok(()),
            asked = signals::stop(site) => asked,
        }
    });
    stop.send(true).unwrap_or_default();
    for thread in threads {
        thread.join().map_err(|_| io::Error::other("a reader panicked"))??;
    }
    result
}

/// Gives connections to the readers in turn, without end.
async fn accept(listener: &TcpListener, readers: &[UnboundedSender<Accepted>], behind_proxy: bool) {
    let room = Arc::new(Semaphore::new(connections()));
    let shares = Shares::default();
    let mut turns = readers.iter().cycle();
    loop {
        let Ok(permit) = room.clone().acquire_owned().await else { return };
        match listener.accept().await {
            Ok((stream, from)) => {
                // One who has too many is not told so: that would take a connection.
                let share = if behind_proxy { Ok(None) } else { shares.take(from.ip(), OF_ONE).map(Some) };
                if let (Ok(share), Ok(stream), Some(reader)) = (share, stream.into_std(), turns.next()) {
                    let _ = reader.send((stream, from, (permit, share)));
                }
            }
            // What is wrong with one connection is not wrong with the next.
            Err(error) if is_of_one_connection(&error) => {}
            // Out of file handles, most likely: some come free.
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
}

/// How many connections there is room for, with as many files open as the system allows.
fn connections() -> usize {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
        let _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
        let files = getrlimit(Resource::Nofile).current.and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX);
        CONNECTIONS.min(files.saturating_sub(FILES)).max(1)
    }
    #[cfg(not(target_os = "linux"))]
    CONNECTIONS
}

fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

fn read(mut given: UnboundedReceiver<Accepted>, router: &Router, mut stopped: watch::Receiver<bool>) -> io::Result<()> {
    // What reads for longer, such as descriptions, does so beside; no more of it at once than this.
    let runtime = runtime::Builder::new_current_thread().enable_all().max_blocking_threads(BESIDE).build()?;
    runtime.block_on(async {
        let mut connections = JoinSet::new();
        let ending = stopped.clone();
        loop {
            tokio::select! {
                Some((stream, from, held)) = given.recv() => {
                    // A connection that is gone already is nobody's.
                    if let Ok(stream) = TcpStream::from_std(stream) {
                        connections.spawn(converse(stream, from, held, router.clone(), ending.clone()));
                    }
                }
                Some(_) = connections.join_next() => {}
                // An error is the end of the thread that would say so.
                _ = stopped.wait_for(|stopped| *stopped) => break,
            }
        }
        let _ = tokio::time::timeout(GRACE, connections.join_all()).await;
    });
    // A query that is still running has nobody left to answer to.
    runtime.shutdown_background();
    Ok(())
}

/// One connection, request after request, until the client or the server has enough.
async fn converse(
    stream: TcpStream,
    from: SocketAddr,
    _held: Held,
    router: Router,
    mut stopped: watch::Receiver<bool>,
) {
    // Answers are written whole; waiting for more to send with them only delays them.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(STALLED));
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(Peer(from.ip()));
        let mut router = router.clone();
        async move {
            let response: Result<Response<Body>, Infallible> = router.call(request.map(Body::new)).await;
            response
        }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(LARGEST_HEAD);
    let mut connection = pin!(http.serve_connection(TokioIo::new(Box::pin(stream)), service));
    // What goes wrong with a connection, its client knows.
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = stopped.wait_for(|stopped| *stopped) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}

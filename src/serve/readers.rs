//! Threads that read requests, each with connections of its own: a request is answered where its
//! connection is, without a word to another thread. There are more of them than processors, since a
//! reader may be busy with a short query for a millisecond.

use std::io;
use std::net::SocketAddr;
use std::thread;

use axum::Router;
use axum::serve::Listener;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::watch;

/// Stack of a reader: modest queries are parsed and answered on it.
const STACK: usize = 16 << 20;
const A_PROCESSOR: usize = 8;

/// A connection on its way from where it was accepted to its reader.
type Accepted = (std::net::TcpStream, SocketAddr);

/// What a reader listens on: the connections that are given to it.
struct Given {
    connections: UnboundedReceiver<Accepted>,
    address: SocketAddr,
}

impl Listener for Given {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (TcpStream, SocketAddr) {
        loop {
            match self.connections.recv().await {
                Some((stream, from)) => {
                    // A connection that is gone already is nobody's.
                    if let Ok(stream) = TcpStream::from_std(stream) {
                        return (stream, from);
                    }
                }
                // Nobody accepts any more; the reader is about to be stopped.
                None => std::future::pending().await,
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

/// Serves until the process is asked to stop.
///
/// # Errors
/// When the system gives no threads, or the listener cannot be used.
pub(super) fn serve(listener: std::net::TcpListener, router: &Router) -> io::Result<()> {
    let address = listener.local_addr()?;
    let (stop, stopped) = watch::channel(false);
    let processors = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let (mut readers, mut threads) = (Vec::new(), Vec::new());
    for _ in 0..processors * A_PROCESSOR {
        let (reader, connections) = unbounded_channel();
        let (router, stopped, given) = (router.clone(), stopped.clone(), Given { connections, address });
        let read = move || read(given, router, stopped);
        threads.push(thread::Builder::new().name("reader".into()).stack_size(STACK).spawn(read)?);
        readers.push(reader);
    }
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    let result = runtime.block_on(async {
        listener.set_nonblocking(true)?;
        let listener = TcpListener::from_std(listener)?;
        tokio::select! {
            () = accept(&listener, &readers) => Ok(()),
            signal = tokio::signal::ctrl_c() => signal,
        }
    });
    stop.send(true).unwrap_or_default();
    for thread in threads {
        thread.join().map_err(|_| io::Error::other("a reader panicked"))??;
    }
    result
}

/// Gives connections to the readers in turn, without end.
async fn accept(listener: &TcpListener, readers: &[UnboundedSender<Accepted>]) {
    let mut turns = readers.iter().cycle();
    loop {
        match listener.accept().await {
            Ok((stream, from)) => {
                if let (Ok(stream), Some(reader)) = (stream.into_std(), turns.next()) {
                    let _ = reader.send((stream, from));
                }
            }
            // What is wrong with one connection is not wrong with the next.
            Err(error) if is_of_one_connection(&error) => {}
            // Out of file handles, most likely: some come free.
            Err(_) => tokio::time::sleep(std::time::Duration::from_millis(100)).await,
        }
    }
}

fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

fn read(given: Given, router: Router, mut stopped: watch::Receiver<bool>) -> io::Result<()> {
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    let stop = async move {
        // An error is the end of the thread that would say so.
        let _ = stopped.wait_for(|stopped| *stopped).await;
    };
    let result = runtime.block_on(async { axum::serve(given, router).with_graceful_shutdown(stop).await });
    // A query that is still running has nobody left to answer to.
    runtime.shutdown_background();
    result
}

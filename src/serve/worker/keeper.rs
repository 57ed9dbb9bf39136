//! Keeps workers: starts them, gives them tasks, kills them.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::net::IpAddr;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout};

use super::message::{self, Message, Order, Refusal, Task};
use crate::serve::pool::{Full, Pool};
use crate::serve::shares::{Share, Shares};
use crate::store::{Place, Store};

/// Pieces of an answer that wait for its client.
const AHEAD: usize = 8;
/// Tasks after which a worker is replaced, so that no memory is lost to fragments.
const MOST_TASKS: u32 = 2000;

/// How workers are run.
#[derive(Debug, Clone)]
pub struct Rules {
    /// How many there are.
    pub workers: usize,
    /// Tasks that may wait for one.
    pub waiting: usize,
    /// Tasks of one client that may run or wait.
    pub per_client: usize,
    /// Bytes of memory for a task.
    pub memory: u64,
    /// Endpoints that a task may ask.
    pub services: Vec<String>,
    /// Time for a task, and before that for its turn to come.
    pub time: Duration,
}

/// Why a task has no answer.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// The worker refused.
    #[error("{1}")]
    Refused(Refusal, String),
    /// It ran out of its time.
    #[error("the query took longer than {0} s and was stopped; ask for less, for example with LIMIT")]
    TooSlow(u64),
    /// It ran out of its memory.
    #[error(
        "the query needed more than {0} MiB of memory and was stopped; ask for less, or sort and group less at once"
    )]
    Memory(u64),
    /// Others were running all the time.
    #[error("the server is busy; try again in a moment")]
    Busy,
    /// The client has too much running.
    #[error("{0} queries of yours run or wait already; wait for one of them to end")]
    PerClient(usize),
    /// The graph is not on disk.
    #[error("this graph is in memory only, so that no worker can open it")]
    NoPlace,
    /// The worker ended, for no reason of its own that is known.
    #[error("the query could not be run: {0}")]
    Lost(String),
}

/// The workers, and the tasks that wait for them.
pub struct Workers {
    pool: Pool<Worker>,
    rules: Rules,
    clients: Shares,
    /// Workers that were started so far.
    started: Arc<AtomicU64>,
}

impl Workers {
    /// Workers that are started when they are needed.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn new(rules: Rules) -> io::Result<Self> {
        let started = Arc::new(AtomicU64::new(0));
        let (own, count) = (Arc::new(rules.clone()), started.clone());
        let make = move || Worker { process: None, rules: own.clone(), started: count.clone() };
        Ok(Self { pool: Pool::new(rules.workers, rules.waiting, make)?, rules, clients: Shares::default(), started })
    }

    /// How many processes were started so far.
    pub fn started(&self) -> u64 {
        self.started.load(Ordering::Relaxed)
    }

    /// Has a task done on a graph as it is now, as soon as a worker is free.
    ///
    /// # Errors
    /// When none is free in time, or the client has too many tasks already.
    pub async fn ask(&self, client: Option<IpAddr>, store: &Store, task: Task) -> Result<Running, Stopped> {
        let Some(place) = store.place().cloned() else { return Err(Stopped::NoPlace) };
        let order = Order { upto: store.position(), task };
        let share = client.map(|client| self.clients.take(client, self.rules.per_client));
        // A task that waits is its client's, although that has gone meanwhile.
        let share = Arc::new(share.transpose().map_err(Stopped::PerClient)?);
        let (send, messages) = mpsc::channel(AHEAD);
        let (begin, begun) = oneshot::channel();
        let control = Arc::new(Control::default());
        let running = Running {
            messages,
            control: control.clone(),
            time: self.rules.time,
            left: self.rules.time,
            wait: None,
            _share: share.clone(),
        };
        let job = move |worker: &mut Worker| {
            let _share = share;
            // Nobody waits any more for a task whose turn has come too late.
            if begin.send(()).is_ok() {
                worker.work(&place, &order, &control, &send);
            }
        };
        match self.pool.run(job) {
            Ok(()) => {}
            Err(Full) => return Err(Stopped::Busy),
        }
        match timeout(self.rules.time, begun).await {
            Ok(Ok(())) => Ok(running),
            _ => Err(Stopped::Busy),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The hand that stops a task: it kills the worker while that works on the task, and at no other time.
#[derive(Default)]
struct Control(Mutex<Stage>);

#[derive(Default)]
enum Stage {
    #[default]
    Waiting,
    Running(Arc<Mutex<Child>>),
    Over,
}

impl Control {
    /// Whether somebody still waits for the task.
    fn begin(&self, child: Arc<Mutex<Child>>) -> bool {
        let mut stage = lock(&self.0);
        let waiting = matches!(*stage, Stage::Waiting);
        if waiting {
            *stage = Stage::Running(child);
        }
        waiting
    }

    /// The worker is done with the task; `false` where it was stopped before that was known, and dies.
    fn end(&self) -> bool {
        matches!(std::mem::replace(&mut *lock(&self.0), Stage::Over), Stage::Running(_))
    }

    fn stop(&self) {
        if let Stage::Running(child) = std::mem::replace(&mut *lock(&self.0), Stage::Over) {
            let _ = lock(&child).kill();
        }
    }
}

/// A task at work: what the worker says of it. Dropped before its end, it kills the worker.
pub struct Running {
    messages: mpsc::Receiver<Result<Message, Stopped>>,
    control: Arc<Control>,
    /// Time for the task, and what is left of it. A client that reads slowly does not use it up.
    time: Duration,
    left: Duration,
    /// Since when the worker is waited for, and until when.
    wait: Option<(Instant, std::pin::Pin<Box<tokio::time::Sleep>>)>,
    _share: Arc<Option<Share>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.control.stop();
    }
}

impl Running {
    /// The next thing that the worker says.
    ///
    /// # Errors
    /// When it was refused, or stopped.
    pub async fn next(&mut self) -> Result<Message, Stopped> {
        std::future::poll_fn(|context| self.poll_next(context)).await
    }

    /// The same, as a step of a body.
    pub fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Result<Message, Stopped>> {
        let said = self.messages.poll_recv(context);
        let Poll::Ready(said) = said else {
            let left = self.left;
            let (_, sleep) = self.wait.get_or_insert_with(|| (Instant::now(), Box::pin(tokio::time::sleep(left))));
            if sleep.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            self.control.stop();
            return Poll::Ready(Err(Stopped::TooSlow(self.time.as_secs())));
        };
        if let Some((since, _)) = self.wait.take() {
            self.left = self.left.saturating_sub(since.elapsed());
        }
        Poll::Ready(match said {
            Some(Ok(Message::Refused(refusal, detail))) => Err(Stopped::Refused(refusal, detail)),
            Some(said) => said,
            None => Err(Stopped::Lost("its worker is gone".into())),
        })
    }
}

/// What a thread of the pool keeps: a worker, when there is one.
struct Worker {
    process: Option<Process>,
    rules: Arc<Rules>,
    started: Arc<AtomicU64>,
}

/// How long a worker has waited for a client to take what it was told, and how much it was told.
#[derive(Default)]
struct Patience {
    waited: Duration,
    told: u64,
}

impl Patience {
    /// What a client may take its time for in any case.
    const START: Duration = Duration::from_secs(30);
    /// Bytes a second that it must take on the whole.
    const RATE: u64 = 64 << 10;
    const STEP: Duration = Duration::from_millis(2);

    /// Tells a message; `false` where nobody listens, or so slowly that others wait for the worker.
    fn tell(&mut self, said: &Said, message: Message) -> bool {
        if let Message::Body(piece) = &message {
            self.told += piece.len() as u64;
        }
        let mut next = Ok(message);
        loop {
            next = match said.try_send(next) {
                Ok(()) => return true,
                Err(TrySendError::Closed(_)) => return false,
                Err(TrySendError::Full(again)) => again,
            };
            if self.waited > Self::START + Duration::from_secs(self.told / Self::RATE) {
                return false;
            }
            std::thread::sleep(Self::STEP);
            self.waited += Self::STEP;
        }
    }
}

struct Process {
    leash: Leash,
    tasks: ChildStdin,
    answers: ChildStdout,
    /// The last of what it wrote to stderr, gathered by a thread until it ends.
    complaints: JoinHandle<Vec<u8>>,
    /// The graph that it has open.
    place: Arc<Place>,
    done: u32,
}

type Said = mpsc::Sender<Result<Message, Stopped>>;

impl Worker {
    /// Does a task, with another worker where the one that was idle has died meanwhile.
    fn work(&mut self, place: &Arc<Place>, order: &Order, control: &Control, said: &Said) {
        let started = self.ready(place, order, control);
        match started {
            Ok(true) => {}
            Ok(false) => return,
            Err(stopped) => {
                self.process = None;
                let _ = said.blocking_send(Err(stopped));
                return;
            }
        }
        let mut patience = Patience::default();
        loop {
            let Some(process) = &mut self.process else { return };
            match message::read(&mut process.answers) {
                Ok(Some(message)) => {
                    let last = matches!(message, Message::End(_) | Message::Refused(..));
                    if last {
                        process.done += 1;
                        if !control.end() {
                            self.process = None;
                        }
                        patience.tell(said, message);
                        return;
                    }
                    if !patience.tell(said, message) {
                        // Nobody listens, or too slowly; what the worker still has to say would fill the pipe.
                        self.process = None;
                        return;
                    }
                }
                Ok(None) | Err(_) => {
                    let _ = control.end();
                    let why = self.process.take().map(|process| process.why(self.rules.memory));
                    let _ = said.blocking_send(Err(why.unwrap_or(Stopped::Busy)));
                    return;
                }
            }
        }
    }

    /// Sees to it that a worker has the task; `false` where nobody waits for it any more.
    fn ready(&mut self, place: &Arc<Place>, order: &Order, control: &Control) -> Result<bool, Stopped> {
        let fits = |process: &Process| Arc::ptr_eq(&process.place, place) && process.done < MOST_TASKS;
        if !self.process.as_ref().is_some_and(fits) {
            self.process = None;
        }
        let lost = |error: io::Error| Stopped::Lost(error.to_string());
        let idle = self.process.take();
        if let Some(mut process) = idle
            && message::write(order, &mut process.tasks).is_ok()
        {
            let waited = control.begin(process.leash.0.clone());
            // A worker that has a task which nobody waits for is of no use.
            self.process = waited.then_some(process);
            return Ok(waited);
        }
        let mut process = Process::start(place, &self.rules).map_err(lost)?;
        self.started.fetch_add(1, Ordering::Relaxed);
        if !control.begin(process.leash.0.clone()) {
            return Ok(false);
        }
        match message::read(&mut process.answers) {
            Ok(Some(Message::Ready)) => {}
            Ok(Some(Message::Refused(refusal, detail))) => return Err(Stopped::Refused(refusal, detail)),
            _ => return Err(process.why(self.rules.memory)),
        }
        message::write(order, &mut process.tasks).map_err(lost)?;
        self.process = Some(process);
        Ok(true)
    }
}

impl Process {
    fn start(place: &Arc<Place>, rules: &Rules) -> io::Result<Self> {
        let mut child = Command::new(program()?)
            .arg("worker")
            .arg("--graph")
            .arg(place.dir())
            .args(["--version-folder", place.version()])
            .arg("--file")
            .arg(place.file())
            .args(["--memory", &rules.memory.to_string()])
            .args(rules.services.iter().flat_map(|service| ["--service", service]))
            // Memory is to count when it is used, not when the allocator sets room aside for it.
            .env("MIMALLOC_ARENA_EAGER_COMMIT", "0")
            .env_remove("RESOGRAPH_TOKEN")
            // Its last words say why it ended; a trace would push them out.
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (tasks, answers, complaints) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(tasks), Some(answers), Some(complaints)) = (tasks, answers, complaints) else {
            return Err(io::Error::other("the worker has no pipes"));
        };
        let complaints = std::thread::Builder::new().name("complaints".into()).spawn(move || last_of(complaints))?;
        Ok(Self {
            leash: Leash(Arc::new(Mutex::new(child))),
            tasks,
            answers,
            complaints,
            place: place.clone(),
            done: 0,
        })
    }

    /// Why a worker that has fallen silent is dead.
    fn why(self, memory: u64) -> Stopped {
        drop(self.leash);
        let complaints = self.complaints.join().unwrap_or_default();
        let complaint = String::from_utf8_lossy(&complaints);
        // What Rust says before it gives up on an allocation.
        if complaint.contains("memory allocation of") {
            return Stopped::Memory(memory >> 20);
        }
        Stopped::Lost(complaint.lines().last().unwrap_or("its worker was killed").to_owned())
    }
}

/// Kills the process when it is dropped, so that none is left behind.
struct Leash(Arc<Mutex<Child>>);

impl Drop for Leash {
    fn drop(&mut self) {
        let mut child = lock(&self.0);
        let _ = child.kill();
        let _ = child.wait();
    }
}

/// The last of what is read.
fn last_of(mut from: ChildStderr) -> Vec<u8> {
    const KEPT: usize = 4096;
    let mut kept = VecDeque::new();
    let mut buffer = [0; KEPT];
    while let Ok(n @ 1..) = from.read(&mut buffer) {
        kept.extend(&buffer[..n]);
        kept.drain(..kept.len().saturating_sub(KEPT));
    }
    kept.into()
}

/// This program, also where its file has been replaced since.
fn program() -> io::Result<std::path::PathBuf> {
    if cfg!(target_os = "linux") { Ok("/proc/self/exe".into()) } else { std::env::current_exe() }
}

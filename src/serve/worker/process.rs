//! The worker: reads tasks from one pipe, writes answers to the other, until the first is closed.

use std::any::Any;
use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use oxigraph::sparql::{CancellationToken, QueryResults};

use super::message::{self, Message, Order, Refusal, Task};
use crate::serve::elsewhere::Elsewhere;
use crate::serve::evaluate::{self, Format, QueryError, Question};
use crate::serve::html;
use crate::serve::negotiate::{self, Offer};
use crate::serve::writing::work::{self, ChangeError};
use crate::store::{Store, StoreError};

/// Address space, not memory: the pages that a query does not reach are never touched.
const STACK: usize = 512 << 20;
/// Bytes of a piece of an answer.
const PIECE: usize = 64 << 10;

/// What a worker may use.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of memory, beyond what it starts with; the graph, which is mapped, does not count. Held by
    /// the system, on Linux only.
    pub memory: u64,
    /// Other endpoints.
    pub elsewhere: Elsewhere,
}

/// Opens a graph and answers from it, until `tasks` ends.
///
/// # Errors
/// When the pipes break, or the system gives no thread.
pub fn run(
    open: impl FnOnce() -> Result<Store, StoreError> + Send,
    limits: Limits,
    tasks: impl Read + Send,
    answers: impl Write + Send,
) -> io::Result<()> {
    thread::scope(|scope| {
        let work = move || serve(open, &limits, tasks, answers);
        let thread = thread::Builder::new().name("worker".into()).stack_size(STACK).spawn_scoped(scope, work)?;
        thread.join().map_err(|_| io::Error::other("the worker panicked"))?
    })
}

fn serve(
    open: impl FnOnce() -> Result<Store, StoreError>,
    limits: &Limits,
    mut tasks: impl Read,
    mut answers: impl Write,
) -> io::Result<()> {
    let store = match open() {
        Ok(store) => store,
        Err(error) => return message::write(&Message::Refused(Refusal::Fault, error.to_string()), answers),
    };
    confine(limits.memory)?;
    message::write(&Message::Ready, &mut answers)?;
    while let Some(order) = message::read(&mut tasks)? {
        let done = catch_unwind(AssertUnwindSafe(|| carry_out(&store, &limits.elsewhere, order, &mut answers)));
        let last = match done {
            Ok(Ok(rows)) => Message::End(rows),
            Ok(Err(failure)) => Message::Refused(failure.refusal(), failure.to_string()),
            Err(panic) => panicked(&*panic),
        };
        message::write(&last, &mut answers)?;
    }
    Ok(())
}

/// What to say where the evaluator panicked.
fn panicked(panic: &(dyn Any + Send)) -> Message {
    let said = panic.downcast_ref::<String>().map(String::as_str);
    let said = said.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or_default();
    // The evaluator compares some values of different kinds in a circle, which the sort of the standard library
    // sees in some orders of rows.
    if said.contains("total order") {
        let detail = "the values that this query sorts by have no common order; sort by values of one kind, for \
                      example with ORDER BY STR(?x)";
        return Message::Refused(Refusal::Query, detail.into());
    }
    Message::Refused(Refusal::Fault, format!("the query made the evaluator panic: {said}"))
}

/// Why a task comes to nothing.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Query(#[from] QueryError),
    #[error(transparent)]
    Change(#[from] ChangeError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the answer cannot be written: {0}")]
    Write(#[from] io::Error),
}

impl Failure {
    fn refusal(&self) -> Refusal {
        match self {
            Self::Query(QueryError::NotAcceptable(_)) => Refusal::Format,
            Self::Query(QueryError::TooManyRows(_)) => Refusal::TooMuch,
            Self::Query(QueryError::Write(_) | QueryError::Cancelled) | Self::Store(_) | Self::Write(_) => {
                Refusal::Fault
            }
            Self::Query(_) => Refusal::Query,
            Self::Change(error) => error.refusal(),
        }
    }
}

fn carry_out(store: &Store, elsewhere: &Elsewhere, order: Order, answers: &mut impl Write) -> Result<usize, Failure> {
    if order.upto.is_some() {
        store.catch_up(order.upto)?;
    }
    match order.task {
        Task::Query { question, format, accept, rows } => {
            Ok(answer(store, elsewhere, &question, (format.as_deref(), accept.as_deref()), rows, answers)?)
        }
        Task::Change(change) => {
            let edit = work::edit(store, &change)?;
            let bytes = edit.to_bytes("").map_err(ChangeError::from)?;
            let mut out = Pieces { media_type: Some("application/octet-stream"), bytes: Vec::new(), answers };
            out.write_all(&bytes)?;
            out.send()?;
            Ok(0)
        }
    }
}

/// A form of an answer.
#[derive(Debug, Clone, Copy)]
enum Form {
    Data(Format),
    /// For a browser.
    Page,
}

impl Offer for Form {
    fn media_type(self) -> &'static str {
        match self {
            Self::Data(format) => format.media_type(),
            Self::Page => "text/html",
        }
    }
}

fn answer(
    store: &Store,
    elsewhere: &Elsewhere,
    question: &Question,
    (format, accept): (Option<&str>, Option<&str>),
    rows: usize,
    answers: &mut impl Write,
) -> Result<usize, QueryError> {
    let results = evaluate::start(store, elsewhere, question, CancellationToken::new())?;
    let form = choose(&results, format, accept)?;
    let mut out = Pieces { media_type: Some(form.media_type()), bytes: Vec::with_capacity(PIECE), answers };
    let count = match form {
        Form::Data(format) => evaluate::write(results, format, rows, &mut out)?,
        Form::Page => html::write(results, question, rows, &mut out)?,
    };
    out.send()?;
    Ok(count)
}

fn choose(results: &QueryResults<'_>, format: Option<&str>, accept: Option<&str>) -> Result<Form, QueryError> {
    let data = evaluate::offers(results);
    let chosen = match format {
        Some("html") => Some(Form::Page),
        Some(name) => evaluate::named(name, data).map(Form::Data),
        None => {
            let forms: Vec<_> = data.iter().copied().map(Form::Data).chain([Form::Page]).collect();
            negotiate::choose(accept, &forms)
        }
    };
    chosen.ok_or_else(|| {
        let names: Vec<_> = data.iter().map(|f| f.media_type()).chain(["text/html"]).collect();
        QueryError::NotAcceptable(names.join(", "))
    })
}

/// Sends what is written in pieces; before the first one, its media type.
struct Pieces<'a, W> {
    media_type: Option<&'static str>,
    bytes: Vec<u8>,
    answers: &'a mut W,
}

impl<W: Write> Pieces<'_, W> {
    fn send(&mut self) -> io::Result<()> {
        if let Some(media_type) = self.media_type.take() {
            message::write(&Message::Head(media_type.to_owned()), &mut *self.answers)?;
        }
        if !self.bytes.is_empty() {
            let piece = std::mem::replace(&mut self.bytes, Vec::with_capacity(PIECE));
            message::write(&Message::Body(piece), &mut *self.answers)?;
        }
        Ok(())
    }
}

impl<W: Write> Write for Pieces<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A literal may be as large as memory; a frame may not.
        let room = &bytes[..bytes.len().min(PIECE)];
        self.bytes.extend_from_slice(room);
        if self.bytes.len() >= PIECE {
            self.send()?;
        }
        Ok(room.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Takes from this process what a query must not have.
#[cfg(target_os = "linux")]
fn confine(memory: u64) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, Signal, set_parent_process_death_signal, setpriority_process, setrlimit};
    // A server that is killed takes its workers with it.
    set_parent_process_death_signal(Some(Signal::KILL))?;
    // What runs for long steps back behind what is answered at once.
    const NICE: i32 = 10;
    let _ = setpriority_process(None, NICE);
    // Where memory runs out in spite of all, a worker goes first.
    let _ = std::fs::write("/proc/self/oom_score_adj", "1000");
    let most = data_now()? + memory;
    setrlimit(Resource::Data, Rlimit { current: Some(most), maximum: Some(most) })?;
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    Ok(())
}

/// Bytes of memory that count against the limit now, the stack among them.
#[cfg(target_os = "linux")]
fn data_now() -> io::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmData:"));
    let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kib.map(|kib| kib << 10).ok_or_else(|| io::Error::other("/proc/self/status does not say VmData"))
}

#[cfg(not(target_os = "linux"))]
fn confine(_: u64) -> io::Result<()> {
    Ok(())
}

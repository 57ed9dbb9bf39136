//! Threads with a queue before them, each of which keeps something for its jobs.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

type Job<T> = Box<dyn FnOnce(&mut T) + Send>;

/// Some threads and a queue before them; each thread has a `T`.
pub(super) struct Pool<T> {
    jobs: SyncSender<Job<T>>,
}

/// The queue is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Full;

impl<T: 'static> Pool<T> {
    /// A pool of `threads`, before which `waiting` jobs may wait; each makes its `T` when it starts.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub(super) fn new(
        threads: usize,
        waiting: usize,
        make: impl Fn() -> T + Clone + Send + 'static,
    ) -> io::Result<Self> {
        let (jobs, queue) = sync_channel(waiting);
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..threads {
            let (queue, make) = (queue.clone(), make.clone());
            // The threads end when the pool is gone and its queue is empty.
            thread::Builder::new().name("pool".into()).spawn(move || work(&queue, make()))?;
        }
        Ok(Self { jobs })
    }

    /// Has a job run as soon as a thread is free.
    ///
    /// # Errors
    /// When too many wait already.
    pub(super) fn run(&self, job: impl FnOnce(&mut T) + Send + 'static) -> Result<(), Full> {
        self.jobs.try_send(Box::new(job)).map_err(|_| Full)
    }
}

fn work<T>(queue: &Mutex<Receiver<Job<T>>>, mut kept: T) {
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = next else { return };
        // A job that panics has dropped what it would have answered with; the thread lives on.
        let _ = catch_unwind(AssertUnwindSafe(|| job(&mut kept)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    #[test]
    fn one_slow_job_blocks_no_other_and_a_full_queue_refuses() {
        let pool = Pool::new(2, 1, || ()).expect("threads");
        let (hold, held) = channel::<()>();
        let (done, seen) = channel();
        pool.run(move |()| held.recv().unwrap_or_default()).expect("room");
        let quick = done.clone();
        // The first thread may not have taken its job from the queue yet.
        while pool.run({
            let quick = quick.clone();
            move |()| quick.send(1).unwrap_or_default()
        }) == Err(Full)
        {
            thread::yield_now();
        }
        assert_eq!(seen.recv_timeout(Duration::from_secs(10)), Ok(1));
        let (hold_too, held_too) = channel::<()>();
        pool.run(move |()| held_too.recv().unwrap_or_default()).expect("room");
        while pool.run(|()| {}) == Ok(()) {}
        assert_eq!(pool.run(|()| {}), Err(Full));
        drop((hold, hold_too));
    }

    #[test]
    fn a_job_that_panics_takes_no_thread_with_it() {
        let pool = Pool::new(1, 4, || ()).expect("threads");
        let (done, seen) = channel();
        pool.run(|()| panic!("on purpose")).expect("room");
        pool.run(move |()| done.send(2).unwrap_or_default()).expect("room");
        assert_eq!(seen.recv_timeout(Duration::from_secs(10)), Ok(2));
    }
}

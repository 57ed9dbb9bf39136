//! `/metrics`: what the server does, counted, in the text format of Prometheus.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::Site;

/// How a query ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Answered whole.
    Answered,
    /// No query, or one that is not answered: the client's own fault.
    Refused,
    /// Ran out of its time.
    TooSlow,
    /// The answer was larger than one may be, or took more memory than it may.
    TooLarge,
    /// Others were running all the time.
    Busy,
    /// The client went away.
    Abandoned,
    /// Our fault.
    Failed,
}

impl Outcome {
    const ALL: [(Self, &'static str); 7] = [
        (Self::Answered, "answered"),
        (Self::Refused, "refused"),
        (Self::TooSlow, "too_slow"),
        (Self::TooLarge, "too_large"),
        (Self::Busy, "busy"),
        (Self::Abandoned, "abandoned"),
        (Self::Failed, "failed"),
    ];

    /// As the metric has it.
    pub(crate) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(outcome, _)| *outcome == self).map_or("", |(_, name)| name)
    }
}

/// Upper ends of the buckets, in seconds.
const BUCKETS: [f64; 12] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.25, 1.0, 2.5, 10.0, 30.0];

/// How long things took.
#[derive(Default)]
struct Histogram {
    buckets: [AtomicU64; BUCKETS.len()],
    count: AtomicU64,
    micros: AtomicU64,
}

impl Histogram {
    fn add(&self, took: Duration) {
        let seconds = took.as_secs_f64();
        if let Some(bucket) = BUCKETS.iter().position(|end| seconds <= *end) {
            self.buckets[bucket].fetch_add(1, Relaxed);
        }
        self.count.fetch_add(1, Relaxed);
        self.micros.fetch_add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Relaxed);
    }

    fn write(&self, out: &mut String, name: &str, labels: &str) {
        let mut below = 0;
        let comma = if labels.is_empty() { "" } else { "," };
        for (bucket, end) in self.buckets.iter().zip(BUCKETS) {
            below += bucket.load(Relaxed);
            let _ = writeln!(out, "{name}_bucket{{{labels}{comma}le=\"{end}\"}} {below}");
        }
        // What is counted while this is written must not make the whole less than a part.
        let count = self.count.load(Relaxed).max(below);
        let _ = writeln!(out, "{name}_bucket{{{labels}{comma}le=\"+Inf\"}} {count}");
        let braces = if labels.is_empty() { String::new() } else { format!("{{{labels}}}") };
        let _ = writeln!(out, "{name}_sum{braces} {}", self.micros.load(Relaxed) as f64 / 1e6);
        let _ = writeln!(out, "{name}_count{braces} {count}");
    }
}

/// The requests of one route.
#[derive(Default)]
struct Route {
    took: Histogram,
    /// By the first digit of the status.
    statuses: [AtomicU64; 6],
}

/// What is counted; shared by all that count.
pub(crate) struct Metrics {
    routes: RwLock<BTreeMap<String, Arc<Route>>>,
    queries: [AtomicU64; Outcome::ALL.len()],
    query_time: Histogram,
    in_flight: AtomicI64,
    running: AtomicI64,
    waiting: AtomicI64,
    reloads: AtomicU64,
    started: SystemTime,
}

impl Default for Metrics {
    fn default() -> Self {
        Self {
            routes: RwLock::default(),
            queries: Default::default(),
            query_time: Histogram::default(),
            in_flight: AtomicI64::new(0),
            running: AtomicI64::new(0),
            waiting: AtomicI64::new(0),
            reloads: AtomicU64::new(0),
            started: SystemTime::now(),
        }
    }
}

/// Counts while it lives.
pub(crate) struct Gauge<'a>(&'a AtomicI64);

impl<'a> Gauge<'a> {
    fn of(number: &'a AtomicI64) -> Self {
        number.fetch_add(1, Relaxed);
        Self(number)
    }
}

impl Drop for Gauge<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Relaxed);
    }
}

impl Metrics {
    /// A query ended.
    pub(crate) fn outcome(&self, outcome: Outcome, took: Duration) {
        self.queries[outcome as usize].fetch_add(1, Relaxed);
        self.query_time.add(took);
    }

    /// A query runs while the result lives.
    pub(crate) fn running(&self) -> Gauge<'_> {
        Gauge::of(&self.running)
    }

    /// A query waits while the result lives.
    pub(crate) fn waiting(&self) -> Gauge<'_> {
        Gauge::of(&self.waiting)
    }

    /// A newer graph is served.
    pub(super) fn reloaded(&self) {
        self.reloads.fetch_add(1, Relaxed);
    }

    /// A request is worked on while the result lives.
    pub(super) fn in_flight(&self) -> Gauge<'_> {
        Gauge::of(&self.in_flight)
    }

    /// A request of a route was answered with a status.
    pub(super) fn request(&self, route: &str, status: u16, took: Duration) {
        let known = self.routes.read().unwrap_or_else(PoisonError::into_inner).get(route).cloned();
        let of = known.unwrap_or_else(|| {
            let mut routes = self.routes.write().unwrap_or_else(PoisonError::into_inner);
            routes.entry(route.to_owned()).or_default().clone()
        });
        of.took.add(took);
        if let Some(count) = of.statuses.get(usize::from(status / 100)) {
            count.fetch_add(1, Relaxed);
        }
    }

    fn write_requests(&self, out: &mut String) {
        let routes = self.routes.read().unwrap_or_else(PoisonError::into_inner);
        head(out, "resograph_http_requests_total", "counter", "Requests by route and class of status.");
        for (name, route) in routes.iter() {
            for (class, count) in route.statuses.iter().enumerate() {
                let count = count.load(Relaxed);
                if count > 0 {
                    let labels = format!("route=\"{name}\",status=\"{class}xx\"");
                    let _ = writeln!(out, "resograph_http_requests_total{{{labels}}} {count}");
                }
            }
        }
        let name = "resograph_http_request_duration_seconds";
        head(out, name, "histogram", "Time until the head of the answer, by route.");
        for (route, of) in routes.iter() {
            of.took.write(out, name, &format!("route=\"{route}\""));
        }
    }

    fn write_queries(&self, out: &mut String) {
        head(out, "resograph_queries_total", "counter", "SPARQL queries by how they ended.");
        for ((_, name), count) in Outcome::ALL.iter().zip(&self.queries) {
            let _ = writeln!(out, "resograph_queries_total{{outcome=\"{name}\"}} {}", count.load(Relaxed));
        }
        head(out, "resograph_query_duration_seconds", "histogram", "Time of SPARQL queries.");
        self.query_time.write(out, "resograph_query_duration_seconds", "");
    }
}

fn head(out: &mut String, name: &str, kind: &str, help: &str) {
    let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

fn one(out: &mut String, name: &str, kind: &str, help: &str, value: impl std::fmt::Display) {
    head(out, name, kind, help);
    let _ = writeln!(out, "{name} {value}");
}

fn seconds(time: SystemTime) -> f64 {
    time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64()
}

/// Resident memory in bytes, where the system tells.
fn resident() -> Option<u64> {
    const KIBI: u64 = 1024;
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()? * KIBI)
}

/// `/metrics`
pub(super) async fn metrics(State(site): State<Arc<Site>>) -> Response {
    let (metrics, served) = (&site.metrics, site.served());
    let mut out = String::new();
    head(&mut out, "resograph_build_info", "gauge", "Which program this is.");
    let _ = writeln!(out, "resograph_build_info{{version=\"{}\"}} 1", env!("CARGO_PKG_VERSION"));
    metrics.write_requests(&mut out);
    metrics.write_queries(&mut out);
    let gauge = |out: &mut String, name, help, number: &AtomicI64| one(out, name, "gauge", help, number.load(Relaxed));
    gauge(&mut out, "resograph_http_requests_in_flight", "Requests being answered.", &metrics.in_flight);
    gauge(&mut out, "resograph_queries_running", "Queries that run.", &metrics.running);
    gauge(&mut out, "resograph_queries_waiting", "Queries that wait for their turn.", &metrics.waiting);
    let count =
        |out: &mut String, name, help, number: &AtomicU64| one(out, name, "counter", help, number.load(Relaxed));
    let (name, help) =
        ("resograph_worker_starts_total", "Worker processes started, the first ones and their successors.");
    one(&mut out, name, "counter", help, site.workers.started());
    count(&mut out, "resograph_graph_reloads_total", "Newer graphs taken into service.", &metrics.reloads);
    if let Ok(triples) = served.store.len() {
        one(&mut out, "resograph_graph_triples", "gauge", "Triples of the graph that is served.", triples);
    }
    head(&mut out, "resograph_graph_info", "gauge", "Which state of the graph is served.");
    let _ = writeln!(out, "resograph_graph_info{{version=\"{}\"}} 1", served.state().replace(['"', '\\', '\n'], ""));
    one(&mut out, "resograph_graph_generation", "gauge", "Graphs served before this one.", served.generation);
    let since = seconds(served.since);
    one(&mut out, "resograph_graph_served_since_timestamp_seconds", "gauge", "Since when it is served.", since);
    if let Some(built) = served.built {
        one(&mut out, "resograph_graph_built_timestamp_seconds", "gauge", "When it was built.", seconds(built));
    }
    let troubles = site.watch.troubles().len();
    one(&mut out, "resograph_graph_troubles", "gauge", "What /health says is wrong beside the graph.", troubles);
    if let Some(resident) = resident() {
        one(&mut out, "process_resident_memory_bytes", "gauge", "Resident memory.", resident);
    }
    one(&mut out, "process_start_time_seconds", "gauge", "When the program started.", seconds(metrics.started));
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], out).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_stand_in_their_own_order_and_buckets_grow() {
        for (number, (outcome, _)) in Outcome::ALL.iter().enumerate() {
            assert_eq!(*outcome as usize, number);
        }
        let metrics = Metrics::default();
        for (route, status, took) in [("/a", 200, 1), ("/a", 404, 30), ("/a", 200, 60_000)] {
            metrics.request(route, status, Duration::from_millis(took));
        }
        let mut out = String::new();
        metrics.write_requests(&mut out);
        for line in [
            "resograph_http_requests_total{route=\"/a\",status=\"2xx\"} 2",
            "resograph_http_requests_total{route=\"/a\",status=\"4xx\"} 1",
            "resograph_http_request_duration_seconds_bucket{route=\"/a\",le=\"0.001\"} 1",
            "resograph_http_request_duration_seconds_bucket{route=\"/a\",le=\"30\"} 2",
            "resograph_http_request_duration_seconds_bucket{route=\"/a\",le=\"+Inf\"} 3",
        ] {
            assert!(out.lines().any(|l| l == line), "{line}\n{out}");
        }
    }
}

//! `serve`: a built graph over HTTP.

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, bail};
use clap::Args;
use resograph::graph::network;
use resograph::serve::writing::Writable;
use resograph::serve::{self, Settings};
use resograph::store::{self, Store};

use super::log::{self, Log};
use super::{GraphDir, Outcome, base_iri, voice::Voice};

/// Where the server listens unless told otherwise: this machine only.
pub const ADDRESS: &str = "127.0.0.1:7878";

/// Serve the graph over HTTP: explorer, SPARQL endpoint, linked data
#[derive(Debug, Args)]
#[command(
    after_help = "Read-only without --writable. The explorer is at /, the SPARQL endpoint at /sparql, the description of a document at \
    /doc/S/RES/2388 (HTML, or add .ttl, .jsonld, .rdf, .nt, .dot, .csv, .bib, .csl.json, .akn). A graph that is \
    built anew in the same folder is served as soon as it is there; /health and /metrics tell how the server does. \
    Ctrl-C or SIGTERM stops the server when running requests are done, at once the second time.\n\n\
    Examples:\n  \
    resograph serve\n  \
    resograph serve --graph output/demo --bind 127.0.0.1:8080\n  \
    curl -H 'Accept: text/csv' --data-urlencode 'query=SELECT * { ?a eli:cites ?b }' http://127.0.0.1:7878/sparql"
)]
pub struct Serve {
    #[command(flatten)]
    graph: GraphDir,
    /// Address and port to listen on
    #[arg(long, value_name = "ADDR:PORT", default_value = ADDRESS)]
    bind: SocketAddr,
    /// Seconds that a query may take
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    timeout: u64,
    /// Mebibytes of memory that a query may take, besides the graph (held on Linux only)
    #[arg(long, value_name = "MIB", default_value_t = 1024)]
    memory: u64,
    /// Rows that an answer may have
    #[arg(long, value_name = "N", default_value_t = 10_000_000)]
    rows: usize,
    /// Queries that run at once, each in a process of its own; what is only looked up does not count
    /// [default: two for each processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    workers: Option<u16>,
    /// Queries of one client that may run or wait
    #[arg(long, value_name = "N", default_value_t = 256)]
    per_client: usize,
    /// Take the client from X-Forwarded-For: only behind a proxy that sets it
    #[arg(long)]
    behind_proxy: bool,
    /// Endpoint that queries may ask with SERVICE; may be given several times. An address that is not public
    /// is never asked
    #[arg(long, value_name = "IRI", value_parser = endpoint)]
    service: Vec<String>,
    /// Take changes, by SPARQL Update at /update and the Graph Store Protocol at /store, from whoever has the token in
    /// RESOGRAPH_TOKEN or --token-file; a graph that is not there begins empty
    #[arg(long)]
    writable: bool,
    /// File with the token that clients must send to write, as "Authorization: Bearer TOKEN"
    #[arg(long, value_name = "FILE", requires = "writable")]
    token_file: Option<PathBuf>,
    /// Mebibytes that a request which writes may carry
    #[arg(long, value_name = "MIB", default_value_t = 64, value_parser = clap::value_parser!(u16).range(1..=200))]
    largest_body: u16,
    /// What the IRIs begin with that are served here [default: what the graph was built with]
    #[arg(long, value_name = "IRI", value_parser = base_iri)]
    base: Option<String>,
    /// Where the world reaches this server, if not at --bind: scheme and host [default: the host asked]
    #[arg(long, value_name = "URL", value_parser = serve::origin::public)]
    public_url: Option<String>,
    /// Write a log to stderr, with a line for each request; without this option what happens to the graph and
    /// the queries that were slow are said there
    #[arg(long, value_name = "FORM")]
    log: Option<Log>,
    /// Seconds from which on a query is slow, and its text is logged
    #[arg(long, value_name = "SECONDS", default_value_t = 5.0)]
    slow: f64,
}

pub fn run(command: &Serve, voice: &Voice) -> anyhow::Result<Outcome> {
    let (store, writable) = open(command, voice)?;
    let base = match &command.base {
        Some(base) => base.clone(),
        None => network::base(&store)?,
    };
    log::start(command.log, voice.log_level());
    let listener = TcpListener::bind(command.bind)
        .with_context(|| format!("{} cannot be listened on; choose another with --bind", command.bind))?;
    voice.note(&format!(
        "serving {} at http://{}/  (Ctrl-C stops)",
        command.graph.graph.display(),
        listener.local_addr()?
    ));
    let usual = Settings::new(&base);
    let settings = Settings {
        timeout: Duration::from_secs(command.timeout),
        memory: command.memory << 20,
        rows: command.rows,
        at_once: command.workers.map_or(usual.at_once, usize::from),
        per_client: command.per_client,
        services: command.service.clone(),
        behind_proxy: command.behind_proxy,
        graph: Some(command.graph.graph.clone()),
        public_url: command.public_url.clone(),
        slow: Duration::try_from_secs_f64(command.slow).unwrap_or(Duration::MAX),
        log_requests: matches!(command.log, Some(Log::Json | Log::Text)),
        ..usual
    };
    serve::run(listener, store, settings, writable)?;
    Ok(Outcome::Done)
}

fn endpoint(text: &str) -> Result<String, String> {
    match oxigraph::model::NamedNode::new(text) {
        Ok(iri) if text.starts_with("https://") || text.starts_with("http://") => Ok(iri.into_string()),
        _ => Err("this is not the address of an endpoint, such as https://example.org/sparql".into()),
    }
}

/// The graph, and how it takes changes where it does.
fn open(command: &Serve, voice: &Voice) -> anyhow::Result<(Store, Option<Writable>)> {
    if !command.writable {
        return Ok((store::open(&command.graph.graph)?, None));
    }
    let token = token(command)?;
    let (store, writer) = store::open_writable(&command.graph.graph)?;
    if writer.cut_off() > 0 {
        voice.warning(&format!(
            "{}: the last change cannot be read, most likely because its server ended while it was written; it was cut off \
             and stands in changes.cut ({} bytes)",
            command.graph.graph.display(),
            writer.cut_off()
        ));
    }
    let largest = usize::from(command.largest_body) << 20;
    Ok((store, Some(Writable { writer, token, largest })))
}

fn token(command: &Serve) -> anyhow::Result<String> {
    let token = match &command.token_file {
        Some(path) => std::fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?,
        None => std::env::var("RESOGRAPH_TOKEN").unwrap_or_default(),
    };
    let token = token.trim();
    if token.is_empty() {
        bail!("--writable needs a token that clients must send: set RESOGRAPH_TOKEN, or name a file with --token-file");
    }
    Ok(token.to_owned())
}

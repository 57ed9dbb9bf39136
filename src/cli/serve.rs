//! `serve`: a built graph over HTTP.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use resograph::graph::network;
use resograph::serve::{self, Settings};
use resograph::store;

use super::{GraphDir, Outcome, base_iri, voice::Voice};

/// Where the server listens unless told otherwise: this machine only.
pub const ADDRESS: &str = "127.0.0.1:7878";

/// Serve the graph over HTTP: explorer, SPARQL endpoint, linked data
#[derive(Debug, Args)]
#[command(
    after_help = "Read-only. The explorer is at /, the SPARQL endpoint at /sparql, the description of a document at \
    /doc/S/RES/2388 (HTML, or add .ttl, .jsonld, .rdf, .nt). Ctrl-C stops the server.\n\n\
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
    /// What the IRIs begin with that are served here [default: what the graph was built with]
    #[arg(long, value_name = "IRI", value_parser = base_iri)]
    base: Option<String>,
}

pub fn run(command: &Serve, voice: &Voice) -> anyhow::Result<Outcome> {
    let store = store::open(&command.graph.graph)?;
    let base = match &command.base {
        Some(base) => base.clone(),
        None => network::base(&store)?,
    };
    let listener = TcpListener::bind(command.bind)
        .with_context(|| format!("{} cannot be listened on; choose another with --bind", command.bind))?;
    voice.note(&format!(
        "serving {} at http://{}/  (Ctrl-C stops)",
        command.graph.graph.display(),
        listener.local_addr()?
    ));
    let settings = Settings { timeout: Duration::from_secs(command.timeout), ..Settings::new(&base) };
    serve::run(listener, store, settings)?;
    Ok(Outcome::Done)
}

//! `demo`: the bundled samples, built, told about and served.

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use resograph::serve::{self, Settings};
use resograph::store;

use super::manifest::Besides;
use super::{BASE, Global, Outcome, build, query, voice::Voice};

/// Build ten bundled sample documents, say what was found, and serve them
#[derive(Debug, Args)]
#[command(after_help = "The samples are short texts in our own words, not the official documents.\n\n\
    Examples:\n  \
    resograph demo\n  \
    resograph demo --no-serve && resograph query --graph output/demo --saved most-cited")]
pub struct Demo {
    /// Folder for the samples and their graph
    #[arg(short, long, value_name = "DIR", default_value = "output/demo")]
    output: PathBuf,
    /// Port to serve on; the next free one where it is taken
    #[arg(long, value_name = "PORT", default_value_t = 7878)]
    port: u16,
    /// Stop after building
    #[arg(long)]
    no_serve: bool,
}

macro_rules! samples {
    ($($name:literal)*) => {
        [$(($name, include_bytes!(concat!("../../tests/samples/", $name)).as_slice())),*]
    };
}

/// The samples, compiled in so that an installed program has them too.
const SAMPLES: [(&str, &[u8]); 10] = samples!(
    "A_RES_64_293.html"
    "Resolution_2379_article.txt"
    "S_PRST_2015_25.html"
    "S_RES_1267.txt"
    "S_RES_1528.txt"
    "S_RES_2253.pdf"
    "S_RES_2331.txt"
    "S_RES_2379.xml"
    "S_RES_2388.md"
    "S_RES_2490.docx"
);

/// Saved queries whose answers show what is in a graph.
const FINDINGS: [&str; 3] = ["most-cited", "established", "condemned"];

pub fn run(command: &Demo, global: &Global, voice: &Voice) -> anyhow::Result<Outcome> {
    let samples = command.output.join("samples");
    write_samples(&samples).with_context(|| format!("{}: the samples cannot be written there", samples.display()))?;
    let graph = &command.output;
    let options =
        build::Options { base: BASE, force: false, besides: Besides { texts: cfg!(feature = "text"), analyses: true } };
    let summary = build::build(&[samples], graph, options, global, voice)?;
    voice.lines(&summary.to_string());
    let store = store::open(graph)?;
    for name in FINDINGS {
        query::print_saved(&store, name, 8)?;
    }
    if command.no_serve {
        return Ok(Outcome::Done);
    }
    let listener = listen(command.port)?;
    voice.note(&format!("explore it at http://{}/  (Ctrl-C stops)", listener.local_addr()?));
    serve::run(listener, store, Settings::new(BASE), None)?;
    Ok(Outcome::Done)
}

fn write_samples(dir: &Path) -> io::Result<()> {
    std::fs::create_dir_all(dir)?;
    for (name, bytes) in SAMPLES {
        std::fs::write(dir.join(name), bytes)?;
    }
    Ok(())
}

/// Listens on `port` or the first free one after it.
fn listen(port: u16) -> anyhow::Result<TcpListener> {
    let last = port.saturating_add(100);
    let found = (port..=last).find_map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok());
    found.with_context(|| format!("no port from {port} to {last} is free; choose another with --port"))
}

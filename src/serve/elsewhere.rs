//! `SERVICE <https://elsewhere.example/sparql> { ... }` in a query: other endpoints, as far as the operator
//! lists them.
//!
//! A listed endpoint is reached by the address that its name leads to at that moment, and only if that is
//! a public one; it redirects to nowhere. So no query, and nobody who has a name in the DNS, can use this
//! server to talk to what stands beside it.

use std::collections::BTreeSet;
use std::io::Read;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use oxigraph::model::{NamedNode, Term, Variable};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsParser, ReaderQueryResultsParserOutput};
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use spargebra::term::GroundTerm;
use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

/// Bytes that an endpoint may answer with.
const LARGEST: u64 = 64 << 20;
/// Solutions that it may answer with: they stand in the query as a table of values.
const ROWS: usize = 100_000;
/// Time that it has. What asks has no more than the query's own, and is killed after that.
const PATIENCE: Duration = Duration::from_secs(60);

/// Why an endpoint gives nothing.
#[derive(Debug, thiserror::Error)]
pub enum ElsewhereError {
    /// Nobody said that it may be asked.
    #[error("SERVICE <{0}> is not listed: this server asks only the endpoints that its operator lists with --service")]
    Unlisted(String),
    /// It cannot be reached, or does not answer.
    #[error("SERVICE <{0}> does not answer: {1}")]
    Unreachable(String, String),
    /// It answers something else.
    #[error("SERVICE <{0}> answers what is no table of solutions: {1}")]
    Unreadable(String, String),
    /// It answers too much.
    #[error("SERVICE <{0}> answers more than {ROWS} solutions; ask it for less")]
    TooMuch(String),
}

/// The endpoints that may be asked.
#[derive(Debug, Clone)]
pub struct Elsewhere {
    listed: BTreeSet<String>,
    may: fn(IpAddr) -> bool,
}

impl Default for Elsewhere {
    fn default() -> Self {
        Self::listing([])
    }
}

impl Elsewhere {
    /// Those of these addresses and no others.
    #[must_use]
    pub fn listing(endpoints: impl IntoIterator<Item = String>) -> Self {
        Self::reaching(endpoints, is_public)
    }

    fn reaching(endpoints: impl IntoIterator<Item = String>, may: fn(IpAddr) -> bool) -> Self {
        Self { listed: endpoints.into_iter().collect(), may }
    }

    fn agent(&self) -> Agent {
        let config = Config::builder()
            .max_redirects(0)
            .proxy(None)
            .timeout_global(Some(PATIENCE))
            .user_agent(concat!("resograph/", env!("CARGO_PKG_VERSION")))
            .build();
        let resolver = Guarded { inner: DefaultResolver::default(), may: self.may };
        Agent::with_parts(config, DefaultConnector::default(), resolver)
    }

    /// What the endpoint finds for `pattern`, as a table of values.
    ///
    /// # Errors
    /// When it is not listed, not to be reached, or does not answer with solutions.
    pub fn ask(&self, endpoint: &NamedNode, pattern: &GraphPattern) -> Result<GraphPattern, ElsewhereError> {
        let name = endpoint.as_str();
        if !self.listed.contains(name) {
            return Err(ElsewhereError::Unlisted(name.to_owned()));
        }
        let unreachable = |error: ureq::Error| ElsewhereError::Unreachable(name.to_owned(), error.to_string());
        let query = Query::Select { dataset: None, pattern: pattern.clone(), base_iri: None }.to_string();
        let request = self.agent().post(name).content_type("application/sparql-query");
        let request = request.header("Accept", QueryResultsFormat::Json.media_type());
        let mut response = request.send(query.as_bytes()).map_err(unreachable)?;
        if !response.status().is_success() {
            return Err(ElsewhereError::Unreachable(name.to_owned(), format!("it says {}", response.status())));
        }
        table(name, response.body_mut().as_reader().take(LARGEST))
    }
}

fn table(name: &str, answer: impl Read) -> Result<GraphPattern, ElsewhereError> {
    let unreadable = |error: &dyn ToString| ElsewhereError::Unreadable(name.to_owned(), error.to_string());
    let parser = QueryResultsParser::from_format(QueryResultsFormat::Json);
    let solutions = match parser.for_reader(answer).map_err(|e| unreadable(&e))? {
        ReaderQueryResultsParserOutput::Solutions(solutions) => solutions,
        ReaderQueryResultsParserOutput::Boolean(_) => return Err(unreadable(&"it is a yes or no")),
    };
    let variables: Vec<Variable> = solutions.variables().to_vec();
    let mut bindings = Vec::new();
    for solution in solutions {
        if bindings.len() == ROWS {
            return Err(ElsewhereError::TooMuch(name.to_owned()));
        }
        let solution = solution.map_err(|e| unreadable(&e))?;
        bindings.push(variables.iter().map(|variable| solution.get(variable).map(|term| ground(name, term))).collect());
    }
    Ok(GraphPattern::Values { variables, bindings })
}

/// A term as a table can hold it. A blank node is nobody's outside its answer: within the query it has a name.
fn ground(endpoint: &str, term: &Term) -> GroundTerm {
    match term {
        Term::NamedNode(node) => node.clone().into(),
        Term::Literal(literal) => literal.clone().into(),
        other => {
            NamedNode::new_unchecked(format!("{endpoint}/.well-known/genid/{}", other.to_string().replace("_:", "")))
                .into()
        }
    }
}

/// Finds the addresses of names, and keeps those that may be reached.
#[derive(Debug)]
struct Guarded {
    inner: DefaultResolver,
    may: fn(IpAddr) -> bool,
}

impl Resolver for Guarded {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        // One address of the neighbourhood is enough to make the name suspect.
        if found.iter().all(|address: &SocketAddr| (self.may)(address.ip())) {
            return Ok(found);
        }
        Err(ureq::Error::Io(std::io::Error::other("its name leads to an address that is not public")))
    }
}

/// Whether an address is of the public internet: of the world, and not of this machine, its neighbourhood, or
/// one of the ranges set apart (IANA's registries of special-purpose addresses).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let apart = a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19));
    !(apart
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation())
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    // An older address in the clothes of a newer one: mapped, translated (64:ff9b::/96) or tunnelled (2002::/16).
    let [a, b, c, d, e, f, g, h] = address.segments();
    let v4 = |high: u16, low: u16| {
        let ([w, x], [y, z]) = (high.to_be_bytes(), low.to_be_bytes());
        Ipv4Addr::new(w, x, y, z)
    };
    match [a, b, c, d, e, f] {
        [0, 0, 0, 0, 0, 0xFFFF] | [0x64, 0xFF9B, 0, 0, 0, 0] => return is_public_v4(v4(g, h)),
        [0x2002, ..] => return is_public_v4(v4(b, c)),
        _ => {}
    }
    // All that is given out to the world stands in 2000::/3.
    (a & 0xE000) == 0x2000 && !(a == 0x2001 && (b < 0x200 || b == 0xDB8)) && !(a == 0x3FFF && b < 0x1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::net::TcpListener;

    #[test]
    fn only_addresses_of_the_world_are_public() {
        for address in ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"] {
            assert!(is_public(address.parse().expect("an address")), "{address}");
        }
        for address in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.8.8.8",
            "169.254.169.254",
            "172.16.0.1",
            "192.0.0.8",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
        ] {
            assert!(!is_public(address.parse().expect("an address")), "{address}");
        }
    }

    /// An endpoint on this machine that answers one request with `answer`.
    fn endpoint(answer: &'static str) -> NamedNode {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        std::thread::spawn(move || {
            let Ok((mut stream, _)) = listener.accept() else { return };
            let mut request = [0; 4096];
            let _ = stream.read(&mut request);
            let _ = stream.write_all(answer.as_bytes());
        });
        NamedNode::new(format!("http://{address}/sparql")).expect("an IRI")
    }

    fn nothing() -> GraphPattern {
        GraphPattern::Bgp { patterns: Vec::new() }
    }

    #[test]
    fn a_listed_endpoint_is_asked_and_its_solutions_become_values() {
        let endpoint = endpoint(
            "HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\nConnection: close\r\n\r\n\
             {\"head\":{\"vars\":[\"x\",\"y\"]},\"results\":{\"bindings\":[{\"x\":{\"type\":\"literal\",\"value\":\"1\"}}]}}",
        );
        let elsewhere = Elsewhere::reaching([endpoint.as_str().to_owned()], |_| true);
        let table = elsewhere.ask(&endpoint, &nothing()).expect("an answer");
        let GraphPattern::Values { variables, bindings } = table else { panic!("{table}") };
        assert_eq!((variables.len(), bindings.len()), (2, 1));
        assert!(bindings[0][0].is_some() && bindings[0][1].is_none());
    }

    #[test]
    fn what_is_unlisted_or_stands_beside_this_machine_is_not_asked() {
        let silent = endpoint("");
        assert!(matches!(Elsewhere::default().ask(&silent, &nothing()), Err(ElsewhereError::Unlisted(_))));
        let listed = Elsewhere::listing([silent.as_str().to_owned()]);
        let refused = listed.ask(&silent, &nothing()).expect_err("an address of this machine").to_string();
        assert!(refused.contains("not public"), "{refused}");
        let named = NamedNode::new(silent.as_str().replace("127.0.0.1", "localhost")).expect("an IRI");
        let listed = Elsewhere::listing([named.as_str().to_owned()]);
        let refused = listed.ask(&named, &nothing()).expect_err("a name of this machine").to_string();
        assert!(refused.contains("not public"), "{refused}");
    }

    #[test]
    fn an_endpoint_redirects_to_nowhere() {
        let endpoint = endpoint("HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
        let elsewhere = Elsewhere::reaching([endpoint.as_str().to_owned()], |_| true);
        assert!(matches!(elsewhere.ask(&endpoint, &nothing()), Err(ElsewhereError::Unreachable(..))));
    }
}

//! An [`Index`] as Oxigraph's SPARQL evaluator sees it.

use std::sync::Arc;

use oxigraph::model::Term;
use spareval::{ExpressionTerm, InternalQuad, QueryableDataset};

use super::index::{Damage, Index, Matches, parse};

/// A term in a query: one of the graph by its number, or one that the graph does not know.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum QueryTerm {
    Known(u32),
    /// As N-Triples spells it.
    Other(Arc<str>),
}

/// A graph under query.
#[derive(Debug, Clone)]
pub(super) struct Dataset(pub(super) Arc<Index>);

/// The matches of a pattern, with the graph that they are of.
struct Found {
    index: Arc<Index>,
    matches: Result<Matches, Damage>,
}

impl Iterator for Found {
    type Item = Result<InternalQuad<QueryTerm>, Damage>;

    fn next(&mut self) -> Option<Self::Item> {
        let triple = match &mut self.matches {
            Ok(matches) => matches.next(&self.index)?,
            Err(damage) => {
                let damage = *damage;
                self.matches = Ok(Matches::none());
                Err(damage)
            }
        };
        Some(triple.map(|triple| {
            let [subject, predicate, object] = triple.map(QueryTerm::Known);
            InternalQuad { subject, predicate, object, graph_name: None }
        }))
    }
}

impl QueryableDataset<'static> for Dataset {
    type InternalTerm = QueryTerm;
    type Error = Damage;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&QueryTerm>,
        predicate: Option<&QueryTerm>,
        object: Option<&QueryTerm>,
        graph_name: Option<Option<&QueryTerm>>,
    ) -> impl Iterator<Item = Result<InternalQuad<QueryTerm>, Damage>> + use<> {
        let mut known = true;
        let mut part = |term: Option<&QueryTerm>| match term {
            Some(QueryTerm::Known(id)) => Some(*id),
            Some(QueryTerm::Other(_)) => {
                known = false;
                None
            }
            None => None,
        };
        let pattern = [part(subject), part(predicate), part(object)];
        // There is the default graph and no other.
        let known = known && graph_name == Some(None);
        let matches = if known { self.0.find(pattern[0], pattern[1], pattern[2]) } else { Ok(Matches::none()) };
        Found { index: self.0.clone(), matches }
    }

    fn internalize_term(&self, term: Term) -> Result<QueryTerm, Damage> {
        // A graph has one spelling for each number and date; a query may write `07` or `1.0`.
        let spelling = Term::from(ExpressionTerm::from(term)).to_string();
        Ok(self.0.id(&spelling)?.map_or_else(|| QueryTerm::Other(spelling.into()), QueryTerm::Known))
    }

    fn externalize_term(&self, term: QueryTerm) -> Result<Term, Damage> {
        Ok(match term {
            QueryTerm::Known(id) => self.0.term(id)?,
            QueryTerm::Other(spelling) => parse(&spelling),
        })
    }
}

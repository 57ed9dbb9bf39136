//! The variables of nodes.

use std::collections::HashMap;

use oxigraph::model::Term;
use oxigraph::store::StorageError;
use petgraph::graph::NodeIndex;

use super::roads::{End, Reached, Step, is_foreign};
use super::{Column, Type, Value};
use crate::export::Selection;
use crate::graph::Network;
use crate::graph::network::Node;
use crate::ontology::vocab as v;
use crate::store::Store;

/// A variable that the graph has as properties: the road to it.
struct Variable(&'static str, Type, &'static [Step], End);

use End::{Iri, Label, LastPart, Literal};
use Step::{From, To};
use Type::{Day, List, Number, Text, Truth, Whole};

/// Columns that every graph has, whatever stands in it.
const STEADY: [Variable; 30] = [
    Variable("symbol", Text, &[], Literal(v::ELI_ID_LOCAL)),
    Variable("names", List, &[], Literal(v::SKOS_ALT_LABEL)),
    Variable("classes", List, &[To(v::RDF_TYPE)], End::Term),
    Variable("passedBy", List, &[To(v::ELI_PASSED_BY)], Label),
    Variable("author", List, &[], Literal(v::RG_AUTHOR)),
    Variable("sponsors", List, &[To(v::RG_SPONSOR)], Label),
    Variable("draft", List, &[From(v::RG_DRAFT_OF)], Label),
    Variable("draftOf", List, &[To(v::RG_DRAFT_OF)], Label),
    Variable("agendaItem", Text, &[], Literal(v::RG_AGENDA_ITEM)),
    Variable("meeting", Text, &[To(v::RG_ADOPTED_AT)], Label),
    Variable("meetingNumber", Whole, &[To(v::RG_ADOPTED_AT)], Literal(v::RG_MEETING_NUMBER)),
    Variable("meetingRecord", Text, &[To(v::RG_ADOPTED_AT), To(v::RG_MEETING_RECORD)], Label),
    Variable("chapterVII", Truth, &[], Literal(v::RG_CHAPTER_VII)),
    Variable("vote", Text, &[To(v::OPENGOV_VOTE_EVENT_OF)], Literal(v::OPENGOV_RESULT)),
    Variable("inFavour", Whole, &[To(v::OPENGOV_VOTE_EVENT_OF)], Literal(v::RG_IN_FAVOUR)),
    Variable("against", Whole, &[To(v::OPENGOV_VOTE_EVENT_OF)], Literal(v::RG_AGAINST)),
    Variable("abstaining", Whole, &[To(v::OPENGOV_VOTE_EVENT_OF)], Literal(v::RG_ABSTAINING)),
    Variable("votedInFavour", List, &[To(v::OPENGOV_VOTE_EVENT_OF), To(v::RG_VOTED_IN_FAVOUR)], Label),
    Variable("votedAgainst", List, &[To(v::OPENGOV_VOTE_EVENT_OF), To(v::RG_VOTED_AGAINST)], Label),
    Variable("abstained", List, &[To(v::OPENGOV_VOTE_EVENT_OF), To(v::RG_ABSTAINED)], Label),
    Variable("languages", List, &[To(v::ELI_IS_REALIZED_BY), To(v::ELI_LANGUAGE)], LastPart),
    Variable("adopted", Day, &[], Literal(v::RG_ADOPTED)),
    Variable("startDate", Text, &[], Literal(v::RG_START_DATE)),
    Variable("endDate", Text, &[], Literal(v::RG_END_DATE)),
    Variable("isoCode", Text, &[], Literal(v::RG_ISO_CODE)),
    Variable("listNumber", List, &[], Literal(v::RG_LIST_NUMBER)),
    Variable("establishedBy", List, &[To(v::RG_ESTABLISHED_BY)], Label),
    Variable("partOf", List, &[To(v::ORG_SUB_ORGANIZATION_OF)], Label),
    Variable("headedBy", List, &[To(v::RG_HEADED_BY)], Label),
    Variable("sameAs", List, &[To(v::OWL_SAME_AS)], Iri),
];

/// Columns that a graph has once somebody has computed them.
const COMPUTED: [Variable; 7] = [
    Variable("timesCited", Whole, &[], Literal(v::RG_TIMES_CITED)),
    Variable("citedForAge", Number, &[], Literal(v::RG_CITED_FOR_AGE)),
    Variable("pageRank", Number, &[], Literal(v::RG_PAGE_RANK)),
    Variable("hub", Number, &[], Literal(v::RG_HUB)),
    Variable("authority", Number, &[], Literal(v::RG_AUTHORITY)),
    Variable("betweenness", Number, &[], Literal(v::RG_BETWEENNESS)),
    Variable("community", Text, &[To(v::RG_COMMUNITY)], Label),
];

/// Columns of the network itself, and of the texts.
const OWN: [(&str, Type); 16] = [
    ("label", Text),
    ("title", Text),
    ("kind", Text),
    ("year", Whole),
    ("iri", Text),
    ("date", Day),
    ("organ", Text),
    ("inDegree", Whole),
    ("outDegree", Whole),
    ("inWeight", Whole),
    ("outWeight", Whole),
    ("paragraphs", Whole),
    ("preambular", Whole),
    ("operative", Whole),
    ("words", Whole),
    ("files", Whole),
];

/// The nodes of a selection, with all that is known of each.
#[derive(Debug)]
pub struct Nodes {
    columns: Vec<Column>,
    /// Of each column, the values of the rows that have one.
    values: Vec<HashMap<u32, Value>>,
}

impl Nodes {
    /// Reads each property once for all nodes.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn read(store: &Store, network: &Network, selection: &Selection) -> Result<Self, StorageError> {
        let mut nodes = Self { columns: Vec::new(), values: Vec::new() };
        nodes.own(store, network, selection)?;
        let reached = Reached::of(selection.nodes.iter().map(|place| network.graph[*place].iri.as_str()));
        nodes.subjects(store, network, selection)?;
        for variable in &STEADY {
            nodes.push(variable.0, variable.1, follow(store, &reached, variable)?);
        }
        for variable in &COMPUTED {
            let values = follow(store, &reached, variable)?;
            if !values.is_empty() {
                nodes.push(variable.0, variable.1, values);
            }
        }
        Ok(nodes)
    }

    /// The columns.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The values of a node, one a column; `row` is its place in the selection.
    #[must_use]
    pub fn row(&self, row: usize) -> Vec<&Value> {
        (0..self.columns.len()).map(|column| self.value(row, column)).collect()
    }

    /// One value of a node.
    #[must_use]
    pub fn value(&self, row: usize, column: usize) -> &Value {
        let row = u32::try_from(row).ok();
        row.and_then(|row| self.values.get(column)?.get(&row)).unwrap_or(&Value::Nothing)
    }

    fn push(&mut self, name: &'static str, kind: Type, values: HashMap<u32, Value>) {
        self.columns.push(Column { name, kind });
        self.values.push(values);
    }

    /// What the network itself knows, and what is counted.
    fn own(&mut self, store: &Store, network: &Network, selection: &Selection) -> Result<(), StorageError> {
        let texts = texts(store, network, selection)?;
        let degrees = degrees(network, selection);
        let mut columns: Vec<HashMap<u32, Value>> = OWN.iter().map(|_| HashMap::new()).collect();
        for (row, place) in (0_u32..).zip(&selection.nodes) {
            let of_network = known(&network.graph[*place]);
            let counted = degrees.get(place).copied().unwrap_or_default().into_iter().map(Value::Whole);
            let of_texts = texts.get(&row).copied().unwrap_or_default();
            // Where paragraphs are known, it is known that none of them is preambular or operative.
            let [paragraphs, ..] = of_texts;
            let is_known = |at: usize, n: i64| n != 0 || (paragraphs != 0 && PARTS.contains(&at));
            let of_texts = of_texts.into_iter().enumerate();
            let of_texts = of_texts.map(|(at, n)| if is_known(at, n) { Value::Whole(n) } else { Value::Nothing });
            for (column, value) in columns.iter_mut().zip(of_network.into_iter().chain(counted).chain(of_texts)) {
                if value.is_something() {
                    column.insert(row, value);
                }
            }
        }
        for ((name, kind), values) in OWN.into_iter().zip(columns) {
            self.push(name, kind, values);
        }
        Ok(())
    }

    /// What it is about, by name.
    fn subjects(&mut self, store: &Store, network: &Network, selection: &Selection) -> Result<(), StorageError> {
        let mut reached = Reached::default();
        for (row, place) in (0_u32..).zip(&selection.nodes) {
            network.graph[*place].subjects.iter().for_each(|subject| reached.add(subject, &[row]));
        }
        let found = reached.texts(store, Label)?;
        self.push("subjects", List, found.into_iter().map(|(row, texts)| (row, Value::list(texts))).collect());
        Ok(())
    }
}

/// The first columns of [`OWN`].
fn known(node: &Node) -> [Value; 7] {
    [
        Value::text(&node.label),
        node.title.as_deref().map_or(Value::Nothing, Value::text),
        Value::text(node.kind.name()),
        node.year.map_or(Value::Nothing, |year| Value::Whole(i64::from(year))),
        Value::text(&node.iri),
        node.date.map_or(Value::Nothing, Value::Day),
        node.organ.and_then(crate::symbol::Organ::name).map_or(Value::Nothing, Value::text),
    ]
}

fn follow(store: &Store, rows: &Reached, variable: &Variable) -> Result<HashMap<u32, Value>, StorageError> {
    let Variable(_, kind, steps, end) = variable;
    let mut reached = None;
    for step in *steps {
        reached = Some(reached.as_ref().unwrap_or(rows).step(store, *step)?);
    }
    let texts = reached.as_ref().unwrap_or(rows).texts(store, *end)?;
    let value = |texts: Vec<String>| match kind {
        List => Value::list(texts),
        _ => texts.iter().map(|text| Value::read(text, *kind)).find(Value::is_something).unwrap_or(Value::Nothing),
    };
    let values = texts.into_iter().map(|(row, texts)| (row, value(texts)));
    Ok(values.filter(|(_, value)| value.is_something()).collect())
}

/// Edges that end at and begin at each node within the selection, and how often they are stated.
fn degrees(network: &Network, selection: &Selection) -> HashMap<NodeIndex, [i64; 4]> {
    let mut degrees: HashMap<NodeIndex, [i64; 4]> = HashMap::new();
    for edge in &selection.edges {
        let Some((from, to)) = network.graph.edge_endpoints(*edge) else { continue };
        let count = i64::from(network.graph[*edge].count.max(1));
        let [into, _, weight, _] = degrees.entry(to).or_default();
        (*into, *weight) = (*into + 1, *weight + count);
        let [_, out, _, weight] = degrees.entry(from).or_default();
        (*out, *weight) = (*out + 1, *weight + count);
    }
    degrees
}

/// Those of the preamble and the operative ones among the counts of [`texts`].
const PARTS: [usize; 2] = [1, 2];

/// Paragraphs of the work, those of its preamble, its operative ones, and their words; files that it was read from.
///
/// Words are what white space parts, of each paragraph in one language.
fn texts(store: &Store, network: &Network, selection: &Selection) -> Result<HashMap<u32, [i64; 5]>, StorageError> {
    let mut counts: HashMap<u32, [i64; 5]> = HashMap::new();
    let rows = Reached::of(selection.nodes.iter().map(|place| network.graph[*place].iri.as_str()));
    let paragraphs = rows.step(store, From(v::ELI_IS_PART_OF))?;
    paragraphs.objects(store, v::ELI_TYPE_SUBDIVISION, |_, rows, part| {
        let Term::NamedNode(part) = part else { return };
        for row in rows {
            let [all, preambular, operative, ..] = counts.entry(*row).or_default();
            *all += 1;
            *preambular += i64::from(part.as_str() == v::RG_PREAMBULAR_PARAGRAPH);
            *operative += i64::from(part.as_str() == v::RG_OPERATIVE_PARAGRAPH);
        }
    })?;
    // Of a paragraph in several languages the English one counts, otherwise the longest.
    let mut words: HashMap<String, (bool, i64, Vec<u32>)> = HashMap::new();
    paragraphs.objects(store, v::RG_TEXT, |paragraph, rows, text| {
        let Term::Literal(text) = text else { return };
        let count = i64::try_from(text.value().split_whitespace().count()).unwrap_or(i64::MAX);
        let english = !is_foreign(text.language());
        match words.get_mut(paragraph) {
            Some(best) if (english, count) > (best.0, best.1) => (best.0, best.1) = (english, count),
            Some(_) => {}
            None => {
                words.insert(paragraph.to_owned(), (english, count, rows.to_vec()));
            }
        }
    })?;
    for (_, count, rows) in words.into_values() {
        rows.iter().for_each(|row| counts.entry(*row).or_default()[3] += count);
    }
    rows.objects(store, v::PROV_WAS_DERIVED_FROM, |_, rows, _| {
        rows.iter().for_each(|row| counts.entry(*row).or_default()[4] += 1);
    })?;
    Ok(counts)
}

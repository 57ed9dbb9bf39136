//! A graph file with more triples: both are in order, and are merged as they are read.

use std::collections::BTreeMap;
use std::io;

use super::format::Damage;
use super::index::Index;
use super::write::{Target, TermWriter, WriteError};
use crate::graph::Graph;

fn damaged(damage: Damage) -> WriteError {
    WriteError::Io(io::Error::other(damage))
}

/// Writes a graph and more triples as one graph; gives how many triples that are. It takes four bytes of memory for each
/// term of the graph.
///
/// # Errors
/// When the graph is damaged or the file cannot be written, or both together are larger than the format holds.
pub(super) fn write(index: &Index, more: &Graph, target: Target) -> Result<(Target, usize), WriteError> {
    let mut terms = TermWriter::new(target);
    let (old, new) = number(index, more, &mut terms)?;
    let known = |term: &str| index.id(term).map_err(damaged);
    let mut added: Vec<[u32; 3]> = Vec::with_capacity(more.triples.len());
    for (triple, spelt) in more.triples.iter().zip(more.spelt()) {
        let is_there = match spelt.map(known) {
            [Ok(Some(subject)), Ok(Some(property)), Ok(Some(object))] => {
                index.contains([subject, property, object]).map_err(damaged)?
            }
            [subject, property, object] => {
                (subject?, property?, object?);
                false
            }
        };
        if !is_there {
            added.push(triple.map(|id| new[id as usize]));
        }
    }
    let mut counts: BTreeMap<u32, usize> =
        index.properties().iter().map(|p| (old[p.term as usize], p.count as usize)).collect();
    for [_, property, _] in &added {
        *counts.entry(*property).or_default() += 1;
    }
    let properties: Vec<(u32, usize)> = counts.into_iter().collect();
    let place = |term: u32| properties.partition_point(|(property, _)| *property < term) as u16;
    let mut by_subject: Vec<(u32, u16, u32)> = added.iter().map(|&[s, p, o]| (s, place(p), o)).collect();
    let mut by_object: Vec<(u32, u16, u32)> = added.iter().map(|&[s, p, o]| (o, place(p), s)).collect();
    by_subject.sort_unstable();
    by_object.sort_unstable();
    // Property terms of the index -> their places in the new file.
    let places: BTreeMap<u32, u16> = index.properties().iter().map(|p| (p.term, place(old[p.term as usize]))).collect();
    let mut writer = terms.triples(&properties)?;
    writer.write::<WriteError>(
        |out| {
            let mut added = by_subject.iter().peekable();
            let mut all = index.find(None, None, None).map_err(damaged)?;
            while let Some(triple) = all.next(index) {
                let [subject, property, object] = triple.map_err(damaged)?;
                let next = (old[subject as usize], places[&property], old[object as usize]);
                while let Some(&&(subject, property, object)) = added.peek().filter(|added| ***added < next) {
                    out.push(subject, property, object)?;
                    added.next();
                }
                out.push(next.0, next.1, next.2)?;
            }
            added.try_for_each(|&(subject, property, object)| out.push(subject, property, object))?;
            Ok(())
        },
        |out| {
            let mut added = by_object.iter().peekable();
            for term in 0..index.terms() as u32 {
                let mut all = index.find(None, None, Some(term)).map_err(damaged)?;
                while let Some(triple) = all.next(index) {
                    let [subject, property, object] = triple.map_err(damaged)?;
                    let next = (old[object as usize], places[&property], old[subject as usize]);
                    while let Some(&&(object, property, subject)) = added.peek().filter(|added| ***added < next) {
                        out.push(object, property, subject)?;
                        added.next();
                    }
                    out.push(next.0, next.1, next.2)?;
                }
            }
            added.try_for_each(|&(object, property, subject)| out.push(object, property, subject))?;
            Ok(())
        },
    )?;
    let triples = properties.iter().map(|(_, count)| count).sum();
    Ok((writer.finish()?, triples))
}

/// Writes the terms of both in order, each once; gives the numbers that those of each have now.
fn number(index: &Index, more: &Graph, out: &mut TermWriter) -> Result<(Vec<u32>, Vec<u32>), WriteError> {
    let mut old = Vec::with_capacity(index.terms());
    let mut new = Vec::with_capacity(more.terms.len());
    let mut others = more.terms.iter().peekable();
    let mut failed = None;
    let mut push = |spelling: &[u8], old: &mut Vec<u32>| -> Result<(), WriteError> {
        while let Some(other) = others.peek().filter(|other| other.as_bytes() < spelling) {
            new.push(out.push(other.as_bytes())?);
            others.next();
        }
        let id = out.push(spelling)?;
        if others.peek().is_some_and(|other| other.as_bytes() == spelling) {
            new.push(id);
            others.next();
        }
        old.push(id);
        Ok(())
    };
    let all: Vec<u32> = (0..index.terms() as u32).collect();
    let read = index.spell(&all, |spelling| {
        if failed.is_none() {
            failed = push(spelling.as_bytes(), &mut old).err();
        }
    });
    read.map_err(damaged)?;
    if let Some(error) = failed {
        return Err(error);
    }
    for other in others {
        new.push(out.push(other.as_bytes())?);
    }
    Ok((old, new))
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::store::write::encode;

    #[test]
    fn a_graph_with_more_triples_is_the_graph_of_all_of_them() {
        let lines = |range: std::ops::Range<u32>| -> Vec<[String; 3]> {
            let triple = |n: u32| {
                let object = if n.is_multiple_of(3) { format!("\"{}\"", n % 7) } else { format!("<o{}>", n % 5) };
                [format!("<s{}>", n % 11), format!("<p{}>", n % 4), object]
            };
            range.map(triple).collect()
        };
        let graph =
            |triples: &[[String; 3]]| Graph::from_spelt(triples.iter().map(|t| t.each_ref().map(String::as_str)));
        for (first, more) in [(0..40, 30..90), (0..40, 0..40), (0..40, 200..200), (0..0, 5..30), (50..90, 0..60)] {
            let (first, more) = (lines(first), lines(more));
            let index = Index::of(encode(&graph(&first)).expect("small")).expect("sound");
            let (target, triples) = write(&index, &graph(&more), Target::Memory(Mutex::default())).expect("in memory");
            let Target::Memory(bytes) = target else { panic!("memory stays memory") };
            let whole = graph(&[first, more].concat());
            assert_eq!(triples, whole.len());
            assert!(bytes.into_inner().expect("one thread") == encode(&whole).expect("small"), "byte for byte");
        }
    }
}

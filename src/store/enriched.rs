//! A graph file with some triples more and some less: all are in order, and are merged as they are read.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::format::Damage;
use super::index::Index;
use super::write::{Target, TermWriter, WriteError};
use crate::graph::Graph;
use crate::graph::findings::Change;

fn damaged(damage: Damage) -> WriteError {
    WriteError::Io(io::Error::other(damage))
}

/// Writes a graph as a change makes it; gives how many triples it then has. It takes eight bytes of memory for each
/// term of the graph.
///
/// # Errors
/// When the graph is damaged or the file cannot be written, or both together are larger than the format holds.
pub(super) fn write(index: &Index, change: &Change, target: Target) -> Result<(Target, usize), WriteError> {
    let Change { more, less } = change;
    let mut dropped = BTreeSet::new();
    for spelt in less.spelt() {
        dropped.extend(find(index, spelt).map_err(damaged)?);
    }
    let mut terms = TermWriter::new(target);
    let (old, new) = number(index, more, &unused(index, &dropped).map_err(damaged)?, &mut terms)?;
    let mut added: Vec<[u32; 3]> = Vec::with_capacity(more.triples.len());
    for (triple, spelt) in more.triples.iter().zip(more.spelt()) {
        if find(index, spelt).map_err(damaged)?.is_none_or(|there| dropped.contains(&there)) {
            added.push(triple.map(|id| new[id as usize]));
        }
    }
    let mut counts: BTreeMap<u32, usize> =
        index.properties().iter().map(|p| (old[p.term as usize], p.count as usize)).collect();
    for [_, property, _] in &dropped {
        counts.entry(old[*property as usize]).and_modify(|count| *count -= 1);
    }
    for [_, property, _] in &added {
        *counts.entry(*property).or_default() += 1;
    }
    let properties: Vec<(u32, usize)> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
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
                let triple = triple.map_err(damaged)?;
                if dropped.contains(&triple) {
                    continue;
                }
                let [subject, property, object] = triple;
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
                    let triple = triple.map_err(damaged)?;
                    if dropped.contains(&triple) {
                        continue;
                    }
                    let [subject, property, object] = triple;
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

/// A triple of the graph, by its numbers.
fn find(index: &Index, spelt: [&str; 3]) -> Result<Option<[u32; 3]>, Damage> {
    let [subject, property, object] = spelt.map(|term| index.id(term));
    let (Some(subject), Some(property), Some(object)) = (subject?, property?, object?) else { return Ok(None) };
    let triple = [subject, property, object];
    Ok(index.contains(triple)?.then_some(triple))
}

/// The literals that only triples which are left out have.
fn unused(index: &Index, dropped: &BTreeSet<[u32; 3]>) -> Result<BTreeSet<u32>, Damage> {
    let mut times: BTreeMap<u32, usize> = BTreeMap::new();
    for [_, _, object] in dropped.iter().filter(|[_, _, object]| !index.nodes().contains(object)) {
        *times.entry(*object).or_default() += 1;
    }
    let mut unused = BTreeSet::new();
    for (object, times) in times {
        if index.find(None, None, Some(object))?.count(index)? == times {
            unused.insert(object);
        }
    }
    Ok(unused)
}

/// Writes the terms of both in order, each once, but for those that are unused; gives the numbers that those of each have
/// now.
fn number(
    index: &Index,
    more: &Graph,
    unused: &BTreeSet<u32>,
    out: &mut TermWriter,
) -> Result<(Vec<u32>, Vec<u32>), WriteError> {
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
        if unused.contains(&(old.len() as u32)) {
            old.push(u32::MAX);
        } else if failed.is_none() {
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
    fn a_changed_graph_is_the_graph_of_what_is_left_and_added() {
        let lines = |range: std::ops::Range<u32>| -> Vec<[String; 3]> {
            let triple = |n: u32| {
                let object = if n.is_multiple_of(3) { format!("\"{}\"", n % 7) } else { format!("<o{}>", n % 5) };
                [format!("<s{}>", n % 11), format!("<p{}>", n % 4), object]
            };
            range.map(triple).collect()
        };
        let graph =
            |triples: &[[String; 3]]| Graph::from_spelt(triples.iter().map(|t| t.each_ref().map(String::as_str)));
        let table = [
            (0..40, 30..90, 0..0),
            (0..40, 0..40, 10..12),
            (0..40, 200..200, 0..3),
            (0..0, 5..30, 0..0),
            (50..90, 0..60, 55..56),
            (0..40, 39..45, 500..600),
        ];
        for (first, more, less) in table {
            let (first, more, less) = (lines(first), lines(more), lines(less));
            let index = Index::of(encode(&graph(&first)).expect("small")).expect("sound");
            let change = Change { more: graph(&more), less: graph(&less) };
            let (target, triples) = write(&index, &change, Target::Memory(Mutex::default())).expect("in memory");
            let Target::Memory(bytes) = target else { panic!("memory stays memory") };
            let left: Vec<_> = first.into_iter().filter(|triple| !less.contains(triple)).collect();
            let whole = graph(&[left, more].concat());
            assert_eq!(triples, whole.len());
            assert!(bytes.into_inner().expect("one thread") == encode(&whole).expect("small"), "byte for byte");
        }
    }
}

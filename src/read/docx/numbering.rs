//! Automatic numbers: what `numbering.xml` and `styles.xml` make of a paragraph's place in a list.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::attribute;
use crate::symbol::roman;

/// Levels of a list, by the standard.
const LEVELS: usize = 9;

/// The place of a paragraph in a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Identifier of the list; "0" for none.
    pub list: Option<String>,
    pub level: Option<usize>,
}

/// What a style says of its paragraphs.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    pub number: Place,
    pub heading: bool,
    based_on: Option<String>,
}

/// The styles by identifier.
#[derive(Debug, Default)]
pub(super) struct Styles(BTreeMap<String, Style>);

impl Styles {
    pub fn read(xml: &str) -> Self {
        let mut styles = Self::default();
        let mut current: Option<(String, Style)> = None;
        for_each_tag(xml, |name, tag| {
            let value = || attribute(tag, "val");
            if name == "style" {
                styles.0.extend(current.take());
                current = attribute(tag, "styleId").map(|id| (id, Style::default()));
                return;
            }
            let Some((_, style)) = &mut current else { return };
            match name {
                "basedOn" => style.based_on = value(),
                "numId" => style.number.list = value(),
                "ilvl" => style.number.level = value().and_then(|v| v.parse().ok()),
                "outlineLvl" => style.heading = value().and_then(|v| v.parse::<u8>().ok()).is_some_and(|l| l < 9),
                _ => {}
            }
        });
        styles.0.extend(current);
        styles
    }

    /// A style with what it takes over from those that it is based on.
    pub fn resolve(&self, id: &str) -> Style {
        let mut resolved = Style::default();
        let mut next = Some(id);
        // A chain longer than this is a circle.
        for _ in 0..16 {
            let Some(style) = next.and_then(|id| self.0.get(id)) else { break };
            resolved.heading |= style.heading;
            resolved.number.list = resolved.number.list.or_else(|| style.number.list.clone());
            resolved.number.level = resolved.number.level.or(style.number.level);
            next = style.based_on.as_deref();
        }
        resolved
    }
}

#[derive(Debug, Clone, Default)]
struct Level {
    format: String,
    /// "%1." or "(%2)", the numbers by level.
    text: String,
    start: Option<i64>,
}

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    patterns: BTreeMap<String, Vec<Level>>,
    /// Each list with its pattern.
    lists: BTreeMap<String, String>,
    /// Lists that start anew at a level.
    restarts: BTreeMap<(String, usize), i64>,
}

/// How far each list has been counted.
#[derive(Debug, Default)]
pub(super) struct Counters {
    counts: BTreeMap<String, [Option<i64>; LEVELS]>,
    restarted: Vec<(String, usize)>,
}

impl Numbering {
    pub fn read(xml: &str) -> Self {
        let mut numbering = Self::default();
        let (mut pattern, mut list, mut level) = (None::<String>, None::<String>, 0_usize);
        for_each_tag(xml, |name, tag| {
            let value = || attribute(tag, "val");
            match name {
                "abstractNum" => (pattern, list) = (attribute(tag, "abstractNumId"), None),
                "num" => (pattern, list) = (None, attribute(tag, "numId")),
                "abstractNumId" => {
                    if let (Some(list), Some(pattern)) = (&list, value()) {
                        numbering.lists.insert(list.clone(), pattern);
                    }
                }
                "lvl" | "lvlOverride" => {
                    level = attribute(tag, "ilvl").and_then(|l| l.parse().ok()).unwrap_or(0).min(LEVELS - 1);
                }
                "startOverride" => {
                    if let (Some(list), Some(start)) = (&list, value().and_then(|v| v.parse().ok())) {
                        numbering.restarts.insert((list.clone(), level), start);
                    }
                }
                "start" | "numFmt" | "lvlText" => {
                    let (Some(pattern), Some(value)) = (&pattern, value()) else { return };
                    let levels =
                        numbering.patterns.entry(pattern.clone()).or_insert_with(|| vec![Level::default(); LEVELS]);
                    match name {
                        "start" => levels[level].start = value.parse().ok(),
                        "numFmt" => levels[level].format = value,
                        _ => levels[level].text = value,
                    }
                }
                _ => {}
            }
        });
        numbering
    }

    /// The number that is shown before the next paragraph at `place`.
    pub fn next(&self, place: &Place, counters: &mut Counters) -> Option<String> {
        let list = place.list.as_ref().filter(|l| *l != "0")?;
        let level = place.level.unwrap_or(0).min(LEVELS - 1);
        let pattern = self.lists.get(list)?;
        let levels = self.patterns.get(pattern)?;
        let restart = self.restarts.get(&(list.clone(), level)).filter(|_| {
            let key = (list.clone(), level);
            let first = !counters.restarted.contains(&key);
            if first {
                counters.restarted.push(key);
            }
            first
        });
        let counts = counters.counts.entry(pattern.clone()).or_default();
        counts[level] = Some(match (restart, counts[level]) {
            (Some(start), _) => *start,
            (None, Some(n)) => n.saturating_add(1),
            (None, None) => levels[level].start.unwrap_or(1),
        });
        counts[level + 1..].fill(None);
        if matches!(levels[level].format.as_str(), "bullet" | "none") {
            return None;
        }
        let mut shown = levels[level].text.clone();
        for (i, level) in levels.iter().enumerate() {
            let count = counts[i].unwrap_or_else(|| level.start.unwrap_or(1));
            shown = shown.replace(&format!("%{}", i + 1), &formatted(count, &level.format));
        }
        Some(shown.trim().to_owned()).filter(|s| !s.is_empty())
    }
}

fn formatted(n: i64, format: &str) -> String {
    let letters = |base: u8| {
        let index = u8::try_from((n - 1).rem_euclid(26)).unwrap_or(0);
        let times = usize::try_from((n - 1).div_euclid(26) + 1).unwrap_or(1).min(8);
        char::from(base + index).to_string().repeat(times)
    };
    let roman = || u16::try_from(n).ok().filter(|n| *n < 400).map(roman);
    match format {
        "lowerLetter" if n > 0 => letters(b'a'),
        "upperLetter" if n > 0 => letters(b'A'),
        "lowerRoman" => roman().map_or_else(|| n.to_string(), |r| r.to_lowercase()),
        "upperRoman" => roman().unwrap_or_else(|| n.to_string()),
        "decimalZero" => format!("{n:02}"),
        _ => n.to_string(),
    }
}

fn for_each_tag(xml: &str, mut take: impl FnMut(&str, &BytesStart<'_>)) {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => take(tag.local_name().as_ref(), &tag),
            // What cannot be read of the numbers is not shown; the text itself is in another part.
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

//! The words for parts of documents in pinpoints, and the patterns made from them.

use regex::Regex;

use super::grammar::Grammar;
use crate::read::Language;

/// What a part of a document is called in pinpoints of every language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartKind {
    /// "paragraph"
    pub one: String,
    /// "paragraphs"
    pub several: String,
}

/// The words of pinpoints, each with its language.
#[derive(Debug, Default)]
pub struct PartWords {
    /// "пункте"
    pub words: Vec<(Language, String, PartKind)>,
    /// "своей", between a part and its whole.
    pub links: Vec<(Language, String)>,
    /// "السابع", "七"
    pub numbers: Vec<(Language, String, u16)>,
    /// "أ", of subparagraphs, and the Latin letter it stands for.
    pub letters: Vec<(String, String)>,
}

/// What pinpoints look like in one language.
#[derive(Debug)]
pub struct PartPatterns {
    /// "paragraphe 5 de la résolution", before a number
    pub before: Regex,
    /// ", annexe I", "决议第5段" behind a citation
    pub behind: Regex,
}

impl PartPatterns {
    pub(super) fn new(language: Language, grammar: &Grammar) -> Option<Self> {
        compile(language, grammar)
    }
}

/// The patterns of a language, from the words of its grammar; `None` where it has none.
fn compile(language: Language, grammar: &Grammar) -> Option<PartPatterns> {
    let parts = grammar.parts();
    let words = any(parts.words.iter().filter(|(l, _, _)| *l == language).map(|(_, w, _)| w.as_str()));
    let wholes = any(parts
        .links
        .iter()
        .filter(|(l, _)| *l == language)
        .map(|(_, w)| w.as_str())
        .chain(grammar.wholes(language)));
    let counted = any(parts.numbers.iter().filter(|(l, _, _)| *l == language).map(|(_, w, _)| w.as_str()));
    if !parts.words.iter().any(|(l, _, _)| *l == language) {
        return None;
    }
    let (before, behind) = if language == Language::Zh {
        let number = format!(r"(?:\d+|[IVX]+|{counted}+)(?:\s?[(（][a-z]{{1,4}}[)）])*");
        let list = format!(r"{number}(?:\s?(?:、|和|及|以及|至|，)\s?第?\s?{number})*");
        (
            // Nothing stands before: the part follows its whole.
            r"^\z.".to_owned(),
            format!(
                r"^(?:》|”|\s)*(?:号\s?)?(?:{wholes})*\s?(?:执行部分)?(?:第\s?(?P<list>{list})\s?(?P<word>段|章|条|节|部分)|[，,(（]?\s?(?P<other>附件|附录|序言)\s?(?P<number>{number})?)"
            ),
        )
    } else {
        let letter = r"(?:\s?\(?(?:[a-zа-я]{1,4}|\p{Arabic}{1,2})\))";
        let number = format!(r"(?:\d+|[IVXLC]+\b|{counted})(?:\s(?:bis|ter))?{letter}*");
        let join = r"(?:\s?[,،]\s?(?:et\s|y\s|и\s|و\s?)?|\s(?:et|y|e|и|à|a|al|по|до|إلى)\s|\s?و\s?|\s?[-–]\s?)";
        let list = format!(r"(?:من\s)?{number}(?:{join}(?:{number}|{letter}))*");
        (
            format!(
                r"(?i:(?:^|[^\p{{L}}\d])[وفبلك]{{0,2}}(?P<word>{words})\.?)(?:\s(?P<list>{list}))?(?:[\s’']+(?i:[لب]?{wholes}))*[\s’']*$"
            ),
            format!(r"^\)?[,،]\s(?i:(?P<word>{words})\.?)(?:\s(?P<list>{list}))?(?:[,،;؛.)\s]|$)"),
        )
    };
    Some(PartPatterns { before: Regex::new(&before).ok()?, behind: Regex::new(&behind).ok()? })
}

/// Any of some words, the longest first.
fn any<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut words: Vec<String> = words.map(|w| regex::escape(w).replace(' ', r"\s")).collect();
    words.sort_by_key(|w| (std::cmp::Reverse(w.len()), w.clone()));
    words.dedup();
    // Without words there is nothing to match.
    if words.is_empty() { r"[^\s\S]".to_owned() } else { format!("(?:{})", words.join("|")) }
}

//! The words of a paragraph as the walk over its lists sees them: words of the grammar, numbers,
//! quotations, brackets and stops.

use super::citations::Item;
use super::words::{Case, Line, Word};
use crate::ontology::grammar::{Cue, Grammar};
use crate::ontology::names::Found as Phrase;
use crate::read::Language;
use crate::span::Span;

/// What stands at a place of the paragraph.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Token {
    Cue(Cue),
    /// Index of an item.
    Item(usize),
    /// Digits that are no item.
    Number(u16),
    /// Any other word; whether it is capitalised.
    Word(bool),
    Open(char),
    Close(char),
    /// ":" "!" "?" "—"
    Stop,
    /// "." before a new sentence
    Sentence,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    pub(super) token: Token,
    pub(super) span: Span,
}

/// The words of a paragraph as the walk sees them.
pub(super) fn tokens(line: Line<'_>, language: Language, grammar: &Grammar, items: &[Item<'_>]) -> Vec<Placed> {
    let phrases = grammar.cues(language).find(line);
    let mut out = Vec::with_capacity(line.words.len());
    let (mut word, mut next_phrase, mut next_item) = (0, 0, 0);
    let mut end = 0;
    let mut quotes: Vec<char> = Vec::new();
    while word < line.words.len() {
        let here = line.words[word];
        let start = here.start as usize;
        marks(line.text, end, start, &mut quotes, &mut out);
        while next_item < items.len() && items[next_item].span.end <= start {
            next_item += 1;
        }
        if let Some(item) = items.get(next_item).filter(|i| i.span.start < here.end as usize) {
            // A prefix ("S-27/2") begins before the digits; all words of the number are one.
            let mut index = next_item;
            while items
                .get(index)
                .is_some_and(|i| i.span.start < item.span.end.max(start + 1) || i.span.start == item.span.start)
            {
                out.push(Placed { token: Token::Item(index), span: items[index].span });
                index += 1;
            }
            end = items[next_item..index].iter().map(|i| i.span.end).max().unwrap_or(here.end as usize);
            next_item = index;
            while word < line.words.len() && (line.words[word].start as usize) < end {
                word += 1;
            }
            continue;
        }
        while next_phrase < phrases.len() && phrases[next_phrase].from < word {
            next_phrase += 1;
        }
        let longest = phrases[next_phrase..].iter().take_while(|p| p.from == word).max_by_key(|p| p.to);
        let (token, to) = token(line, here, word, longest);
        let span = line.span(word, to);
        out.push(Placed { token, span });
        end = span.end;
        word = to;
    }
    marks(line.text, end, line.text.len(), &mut quotes, &mut out);
    out
}

fn token(line: Line<'_>, here: Word, at: usize, phrase: Option<&Phrase<Cue>>) -> (Token, usize) {
    if let Some(phrase) = phrase {
        return (Token::Cue(phrase.meaning), phrase.to);
    }
    let word = line.word(at);
    match here.case {
        Case::Digits => {
            if let Ok(number) = word.parse() {
                return (Token::Number(number), at + 1);
            }
        }
        // Nearly all: no letter alone, no Roman number.
        Case::Lower if word.len() > 1 && !word.starts_with(['i', 'v', 'x']) && word.is_ascii() => {
            return (Token::Word(false), at + 1);
        }
        _ => {}
    }
    // The letter of a part, a small Roman number, an ordinal's ending say nothing.
    let roman = word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'i' | b'v' | b'x'));
    let single = word.chars().nth(1).is_none()
        && !matches!(word, "I")
        && word.chars().all(char::is_alphabetic)
        && !is_ideograph(word);
    if roman || single {
        return (Token::Cue(Cue::Link), at + 1);
    }
    (Token::Word(here.is_capital()), at + 1)
}

fn is_ideograph(word: &str) -> bool {
    word.chars().all(|c| matches!(c, '\u{3400}'..='\u{9fff}'))
}

/// Quotation marks, brackets and stops between two words.
fn marks(text: &str, from: usize, to: usize, quotes: &mut Vec<char>, out: &mut Vec<Placed>) {
    if to <= from {
        return;
    }
    let gap = &text[from..to];
    if gap == " " {
        return;
    }
    for (offset, c) in gap.char_indices() {
        let at = from + offset;
        let span = Span::new(at, at + c.len_utf8());
        let token = match c {
            // Arabic texts open with what others close with.
            '“' | '”' | '"' | '«' | '»' | '„' if quotes.last() == Some(&'"') => {
                quotes.pop();
                Token::Close('"')
            }
            '“' | '”' | '"' | '«' | '»' | '„' => {
                quotes.push('"');
                Token::Open('"')
            }
            '(' | '（' | '[' | '《' => {
                quotes.push('(');
                Token::Open('(')
            }
            ')' | '）' | ']' | '》' => {
                if quotes.last() != Some(&'(') {
                    continue;
                }
                quotes.pop();
                Token::Close('(')
            }
            ':' | '!' | '?' | '—' | '：' | '？' => Token::Stop,
            // "chap. III", "No. 53"
            '.' if matches!(out.last(), Some(Placed { token: Token::Cue(Cue::Part | Cue::Numbered), .. })) => continue,
            '.' | '。'
                if text[to..].starts_with(|c: char| c.is_uppercase() || is_ideograph(c.encode_utf8(&mut [0; 4])))
                    || to == text.len() =>
            {
                Token::Sentence
            }
            _ => continue,
        };
        out.push(Placed { token, span });
    }
}

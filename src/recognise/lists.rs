//! Which list a number stands in: "resolutions 55/33 of 20 November 2000, 56/24 H of ... and 57/84".
//!
//! One walk over the words of a paragraph. A word of the grammar moves the state, a number joins the
//! open list, any other word closes it. Quotations and brackets are walked with a state of their own.

use super::citations::Item;
use super::tokens::{Placed, Token, tokens};
use super::words::{Line, words};
use crate::ontology::grammar::{Cue, Grammar, Owner, Series};
use crate::read::Language;
use crate::span::Span;
use crate::symbol::{Organ, Symbol};

/// The head of a list of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListHead {
    /// The words "Security Council resolutions"; empty at the start of a paragraph for a list that goes on from the one before.
    pub span: Span,
    /// What kind of document.
    pub series: Series,
    /// Whose.
    pub owner: Owner,
}

/// A list that the end of a paragraph leaves open: a footnote set between its numbers divides it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenList {
    series: Series,
    owner: Owner,
}

/// What is known of the list that the walk is in.
#[derive(Debug, Clone, Copy, Default)]
struct State {
    /// The last head, open or not.
    head: Option<usize>,
    /// Whether only words of a list stood since the head.
    open: bool,
    /// The organ right before, and where it began.
    organ: Option<(Owner, usize)>,
    /// "its" right before, where it began, and whether "in" stands before it.
    its: Option<(usize, bool)>,
    /// Whether the word before is "in".
    after_in: bool,
    /// Whether the word before is "of".
    after_of: bool,
    /// Whether the open list has a number yet.
    filled: bool,
    /// The first item of a run that no head stands before.
    run: Option<usize>,
    /// Whether a part of a document or a numbered thing was just named: the next number is its own.
    numbered: bool,
    /// Whether the last head or item stands right before but for "and", a comma.
    adjacent: bool,
    /// Whether the open list has its organ only from the list before.
    inherited: bool,
    /// Whether a capitalised word that no rule knows stands right before.
    proper: bool,
}

/// Resolutions below this number are hardly ever cited without their year.
const LOWEST_ALONE: u16 = 100;

/// How far back, in numbers and symbols, the volume stands that a resolution is printed in.
const NEAR_ITEMS: usize = 8;

/// Gives each item its list, and finds the heads; bare numbers of the lists are added to the items.
/// `carried` is the list that the paragraph before left open.
pub(super) fn lists<'a>(
    line: Line<'_>,
    language: Language,
    grammar: &Grammar,
    items: &mut Vec<Item<'a>>,
    bare: impl Fn(Span) -> Option<Item<'a>>,
    carried: Option<OpenList>,
) -> (Vec<ListHead>, Option<OpenList>) {
    let tokens = tokens(line, language, grammar, items);
    let mut walk = Walk {
        text: line.text,
        language,
        tokens: &tokens,
        items,
        heads: Vec::new(),
        found: Vec::new(),
        named: None,
        rights_commission: false,
    };
    let open = walk.walk(bare, carried);
    let heads = walk.heads;
    let found = walk.found;
    items.extend(found);
    items.sort_by_key(|i| i.span);
    (heads, open)
}

/// The walk over the tokens of one paragraph.
struct Walk<'t, 'a> {
    text: &'t str,
    language: Language,
    tokens: &'t [Placed],
    items: &'t mut Vec<Item<'a>>,
    heads: Vec<ListHead>,
    /// Bare numbers found.
    found: Vec<Item<'a>>,
    /// The organ named last in the sentence.
    named: Option<Owner>,
    /// Whether the Commission on Human Rights has been named: "Commission resolution 1998/72" is its.
    rights_commission: bool,
}

impl<'a> Walk<'_, 'a> {
    fn walk(&mut self, bare: impl Fn(Span) -> Option<Item<'a>>, carried: Option<OpenList>) -> Option<OpenList> {
        let mut state = State::default();
        if let Some(list) = carried.filter(|_| self.begins_with_item()) {
            self.heads.push(ListHead { span: Span::new(0, 0), series: list.series, owner: list.owner });
            state = State { head: Some(0), open: true, ..State::default() };
        }
        let mut outer: Vec<State> = Vec::new();
        for at in 0..self.tokens.len() {
            let Placed { token, span } = self.tokens[at];
            match token {
                Token::Open(_) => {
                    outer.push(state);
                    state.adjacent = false;
                    state.organ = None;
                    state.its = None;
                }
                Token::Close(_) => {
                    if let Some(before) = outer.pop() {
                        // Numbers within brackets belong to the list, but close nothing outside.
                        state = before;
                        state.adjacent = false;
                    }
                }
                Token::Stop => state = State { head: state.head, ..State::default() },
                Token::Sentence => {
                    state = State {
                        head: state.head,
                        open: state.open,
                        filled: state.filled,
                        run: None,
                        ..State::default()
                    };
                    self.named = None;
                }
                Token::Item(item) => self.item(at, item, &mut state),
                Token::Number(_) => self.number(at, span, &mut state, &bare),
                Token::Cue(cue) => self.cue(at, cue, span, &mut state),
                Token::Word(capital) => {
                    let opens = at == 0 || matches!(self.tokens[at - 1].token, Token::Sentence | Token::Open(_));
                    state = State { head: state.head, proper: capital && !opens, ..State::default() };
                }
            }
        }
        // The list that the last number stands in, or one just begun: the next paragraph must begin with a number.
        let last = self.items.iter().rev().find(|i| i.symbol.is_none()).and_then(|i| i.head);
        let head = state.head.filter(|_| state.open).or(last)?;
        Some(OpenList { series: self.heads[head].series, owner: self.heads[head].owner })
    }

    /// Whether the paragraph begins with a number, or with "and" and a number.
    fn begins_with_item(&self) -> bool {
        let first = self.tokens.iter().find(|t| !matches!(t.token, Token::Cue(Cue::Link | Cue::And)));
        matches!(first, Some(Placed { token: Token::Item(_), .. }))
    }

    fn item(&mut self, at: usize, index: usize, state: &mut State) {
        // Symbols with letters need no list; they may stand within one.
        if self.items[index].symbol.is_some() {
            state.organ = None;
            state.its = None;
            return;
        }
        let item = &mut self.items[index];
        if state.numbered && item.fields.year.is_some() {
            item.numbered = true;
        }
        if state.open {
            item.head = state.head;
        } else if state.run.is_none() {
            state.run = Some(index);
        }
        item.within = state.head;
        item.adopted = adopted(self.text, self.tokens, at, self.language);
        item.before = state.organ.map(|(owner, _)| owner).or(state.its.map(|_| Owner::Its));
        state.filled = true;
        (state.organ, state.its, state.numbered, state.after_in, state.after_of) = (None, None, false, false, false);
        state.adjacent = true;
    }

    /// Digits: the next number of a list of bare ones, a day, a year, a paragraph.
    fn number(&mut self, at: usize, span: Span, state: &mut State, bare: &impl Fn(Span) -> Option<Item<'a>>) {
        let after_head = state.head.is_some_and(|h| self.heads[h].span.end + 2 >= span.start);
        let after_and = at > 0 && matches!(self.tokens[at - 1].token, Token::Cue(Cue::And));
        let after_comma = self.text[..span.start].trim_end().ends_with(',');
        let next = self.tokens.get(at + 1).map(|t| t.token).filter(|_| self.text[span.end..].starts_with(' '));
        // "of resolution 699 (1991), 92 expressed", "two resolutions 31 adopted": the mark of a footnote.
        let low = matches!(self.tokens[at].token, Token::Number(n) if n < LOWEST_ALONE);
        let mark = match next {
            Some(Token::Word(_)) => (!after_head || low) && !after_and,
            Some(Token::Cue(Cue::Link)) => after_head && low,
            _ => false,
        };
        // "of this resolution, 2) to report": the number of a point.
        let point = self.text[span.end..].starts_with(')') && (!after_head || low);
        if state.adjacent
            && (after_head || after_and || after_comma)
            && !mark
            && !point
            && !state.numbered
            && state.open
            && self.may_be_bare(at)
            && let Some(mut item) = bare(span)
        {
            item.head = state.head;
            self.found.push(item);
            return;
        }
        state.adjacent = false;
    }

    /// Whether a number may be a resolution's by itself: no day, no year, no page.
    fn may_be_bare(&self, at: usize) -> bool {
        let next = self.tokens.get(at + 1).map(|t| t.token);
        if self.language == Language::Zh {
            let span = self.tokens[at].span;
            return self.text[..span.start].ends_with('第') && self.text[span.end..].starts_with('号');
        }
        if matches!(next, Some(Token::Cue(Cue::Month(_) | Cue::Part))) {
            return false;
        }
        let rest = &self.text[self.tokens[at].span.end..];
        // "resolution 38 C/48" is another organization's.
        let another = rest.len() > 3
            && rest.starts_with(' ')
            && rest.as_bytes()[1].is_ascii_uppercase()
            && rest.as_bytes()[2] == b'/';
        // "paragraphs 15 of resolution 1 (1946) and 16 of resolution 2": the second number is a paragraph's.
        let part = matches!(next, Some(Token::Cue(Cue::Of)))
            && matches!(self.tokens.get(at + 2).map(|t| t.token), Some(Token::Cue(Cue::Series { .. } | Cue::Its)));
        let glued = rest.starts_with(char::is_alphanumeric);
        let decimal = rest.starts_with(['.', ',']) && rest[1..].starts_with(|c: char| c.is_ascii_digit());
        let sign = rest.trim_start().starts_with(['(', '/', '%', '-', '–']);
        !(another || part || glued || decimal || sign)
    }

    fn cue(&mut self, at: usize, cue: Cue, span: Span, state: &mut State) {
        let after_in = std::mem::take(&mut state.after_in);
        let after_of = std::mem::take(&mut state.after_of);
        match cue {
            Cue::Series { series, owned } => self.head(series, owned, after_in, span, state),
            Cue::Organ(owner) => self.organ(at, owner, after_of, span, state),
            Cue::Its => {
                state.its = Some((span.start, after_in));
                state.organ = None;
            }
            Cue::Of => (state.after_of, state.organ, state.numbered) = (true, None, false),
            Cue::In => {
                state.after_in = true;
                state.organ = None;
                state.its = None;
            }
            Cue::Link | Cue::And | Cue::Month(_) => {}
            // In Chinese the number of a paragraph stands before the word.
            Cue::Part | Cue::Numbered if self.language == Language::Zh => {}
            Cue::Part => state.numbered = true,
            Cue::Numbered => *state = State { head: state.head, numbered: true, ..State::default() },
        }
        if !matches!(cue, Cue::And | Cue::Series { .. }) {
            state.adjacent = false;
        }
        if !matches!(cue, Cue::Series { .. }) {
            state.proper = false;
        }
    }

    fn head(&mut self, series: Series, owned: bool, after_in: bool, span: Span, state: &mut State) {
        // "the report of the Commission; see resolutions": a comma parts the organ from the word.
        let joined = |start: usize| !self.text[start..span.start].contains([',', ';']);
        // A capital within a sentence begins a footnote: "... of the Conference Resolution 69/283."
        let note = self.text[span.start..].starts_with(char::is_uppercase);
        let organ = state.organ.filter(|(owner, start)| joined(*start) && !(note && *owner == Owner::Another));
        let its = state.its.filter(|(start, _)| joined(*start) && !note);
        let proper = state.proper
            && !note
            && self.text[..span.start].ends_with(' ')
            && !self.text[..span.start].trim_end().ends_with(',');
        // "Supplement No. 53 (A/66/53), chap. I, resolution 16/1": of the organ that the volume reports on.
        let volume = (state.numbered && !note && self.text[..span.start].trim_end().ends_with(','))
            .then(|| self.volume(span.start));
        let mut inherited = false;
        let (owner, start) = match (organ, its, owned) {
            (Some((owner, start)), _, _) => (owner, start),
            (_, Some((start, after_in)), _) => (self.its(after_in), start),
            (_, _, true) => (self.its(after_in), span.start),
            // "resolution 55/2, resolution 56/3 and resolutions": an unowned word inside a list keeps the list's organ.
            _ if volume.is_some() => (volume.unwrap_or(Owner::Another), span.start),
            // "... Commission for Western Asia resolution 5/1": an organ that no list knows.
            _ if proper => (Owner::Another, span.start),
            _ => match state.head.filter(|&h| state.open && state.filled && self.heads[h].series == series) {
                Some(head) => {
                    inherited = true;
                    (self.heads[head].owner, span.start)
                }
                None => (Owner::Unsaid, span.start),
            },
        };
        let index = self.heads.len();
        self.heads.push(ListHead { span: Span::new(start, span.end), series, owner });
        // In Chinese the numbers stand before the word.
        if let Some(first) = state.run.filter(|_| self.language == Language::Zh) {
            for item in self.items[first..].iter_mut().take_while(|i| i.span.end <= span.start) {
                if item.head.is_none() && item.symbol.is_none() {
                    item.head = Some(index);
                }
            }
            if owner == Owner::Unsaid
                && let Some(before) = self.items[first].before
            {
                self.heads[index].owner = before;
            }
        }
        // In Chinese the next numbers wait for a word of their own.
        let open = self.language != Language::Zh;
        *state = State { head: Some(index), open, adjacent: true, inherited, ..State::default() };
    }

    /// The organ whose resolutions the volume cited last prints.
    fn volume(&self, before: usize) -> Owner {
        let end = self.items.partition_point(|i| i.span.end <= before);
        let cited = self.items[..end].iter().rev().take(NEAR_ITEMS).find_map(|i| i.symbol.as_ref());
        let Some(cited) = cited else { return Owner::Unsaid };
        // The Human Rights Council's annual report is Supplement No. 53 of the Assembly.
        let rights = |symbol: &Symbol| matches!(symbol, Symbol::Other(s) if s.starts_with("A/") && s.split('/').nth(2) == Some("53"));
        if rights(cited) { Owner::Organ(Organ::HumanRightsCouncil) } else { Owner::Another }
    }

    /// Whose "its" is.
    fn its(&self, after_in: bool) -> Owner {
        match self.named {
            Some(owner) if after_in => owner,
            _ => Owner::Its,
        }
    }

    fn organ(&mut self, at: usize, owner: Owner, after_of: bool, span: Span, state: &mut State) {
        self.rights_commission |= owner == Owner::Organ(Organ::CommissionOnHumanRights);
        let single = !span.of(self.text).contains(' ');
        let owner = if owner == Owner::Another && single && self.rights_commission {
            Owner::Organ(Organ::CommissionOnHumanRights)
        } else {
            owner
        };
        self.named = Some(owner).filter(|o| *o != Owner::Another);
        let next = self.tokens.get(at + 1).map(|t| t.token);
        let before_head = matches!(next, Some(Token::Cue(Cue::Series { .. })));
        if let Some(head) = state.head.filter(|_| state.open && !before_head) {
            // "резолюцией 17/4 Совета по правам человека": the case says "of".
            let genitive =
                self.language == Language::Ru && at > 0 && matches!(self.tokens[at - 1].token, Token::Item(_));
            let unowned = state.inherited || matches!(self.heads[head].owner, Owner::Unsaid | Owner::Its);
            // "resolutions of the General Assembly 46/182", "قرار الجمعية العامة 46/182"; behind a number
            // "resolution 46/182 of the General Assembly".
            if unowned && (!state.filled || after_of || genitive) {
                self.heads[head].owner = owner;
            }
        }
        state.its = None;
        state.organ = Some((owner, span.start));
    }
}

/// The year in which an item of the list was adopted, as the date beside it says: behind it with the
/// month's name, in Chinese before it.
fn adopted(text: &str, tokens: &[Placed], at: usize, language: Language) -> Option<u16> {
    const NEAR: usize = 14;
    let mut month = false;
    let mut end = tokens[at].span.end;
    for placed in tokens.iter().skip(at + 1).take(NEAR) {
        if text[end.min(placed.span.start)..placed.span.start].contains(['.', ';', '。']) {
            break;
        }
        end = placed.span.end;
        match placed.token {
            Token::Cue(Cue::Month(_)) => month = true,
            Token::Number(year @ 1945..=2100) if month => return Some(year),
            Token::Number(1..=31) | Token::Item(_) => {}
            Token::Cue(Cue::Link | Cue::And | Cue::Of | Cue::In | Cue::Organ(_)) => {}
            _ => break,
        }
    }
    if language != Language::Zh {
        return None;
    }
    for placed in tokens[..at].iter().rev().take(NEAR) {
        match placed.token {
            Token::Number(year @ 1945..=2100) => return Some(year),
            Token::Number(1..=31) | Token::Item(_) | Token::Cue(Cue::Link | Cue::And) => {}
            _ => break,
        }
    }
    None
}

/// Whether only what may stand between two items of a list stands here: connectives, dates, parts.
pub(crate) fn only_list_words(text: &str, language: Language, grammar: &Grammar) -> bool {
    let words = words(text);
    tokens(Line { text, words: &words }, language, grammar, &[]).iter().all(|t| match t.token {
        Token::Cue(cue) => !matches!(cue, Cue::Numbered),
        Token::Number(_) => true,
        _ => false,
    })
}

//! From the blocks of a source to paragraphs in one piece.
//!
//! Formats that mark paragraphs are believed, except where a page break cuts a sentence. In
//! laid-out text a paragraph is told by how it begins (a number, an opening verb), by blank lines
//! and by how the line before it ends.

use super::lines::{
    begins_with_number, is_head_line, is_item_of_list, is_job_number, is_number_only, is_of_a_page, is_page_number,
    is_running_symbol, is_statement, opening_word,
};
use super::structure::{annex_heading, is_enacting_formula};
use crate::ontology::Openers;
use crate::patterns::patterns;
use crate::read::{BlockKind, MediaType, Source};
use crate::span::{MappedText, OffsetMap, Span};

/// A paragraph before its part in the document is known.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) text: String,
    /// From the text to the file.
    pub(super) map: OffsetMap,
    /// What the format says it is.
    pub(super) kind: BlockKind,
    pub(super) page: Option<u32>,
    /// Offset in [`Source::text`].
    pub(super) at: usize,
    /// Stretches of the text that correct a slip.
    pub(super) slips: Vec<Span>,
}

/// A line or block, trimmed.
#[derive(Debug, Clone, Copy)]
struct Piece<'a> {
    text: &'a str,
    start: usize,
    kind: BlockKind,
    page: Option<u32>,
    /// Whether a blank line stands before it.
    gap: bool,
}

patterns! {
    PAGE_FOOT = r"\s+(?:\d{1,3}/\d{1,3}\s+)?\d{2}-\d{5}\s*\([A-Z]\)(?:\s+\*\d{5,}\*)?$";
}

/// Longest gap that a wrapped line leaves at its end, in characters: beyond it, lines are paragraphs.
const WRAPPED_AT_MOST: usize = 130;
/// A block longer than this may hold several paragraphs run together.
const RUN_ON_FROM: usize = 150;

/// The paragraphs of a source, furniture among them, in order.
pub(super) fn paragraphs(source: &Source, openers: &Openers) -> Vec<Draft> {
    let mut pieces: Vec<Piece<'_>> = Vec::with_capacity(source.blocks.len());
    let mut last_end = 0;
    for block in &source.blocks {
        let text = block.span.of(&source.text);
        let mut trimmed = text.trim();
        if block.kind == BlockKind::Line
            && matches!(trimmed.as_bytes(), [.., b'(', b'A'..=b'Z', b')'] | [.., _, b'*'])
            && let Some(foot) = PAGE_FOOT.find(trimmed)
        {
            trimmed = &trimmed[..foot.start()];
        }
        if trimmed.is_empty() {
            continue;
        }
        let start = block.span.start + (text.len() - text.trim_start().len());
        let gap = source.text.as_bytes()[last_end..start].iter().filter(|b| matches!(b, b'\n' | 0x0c)).count() > 1;
        last_end = start + trimmed.len();
        let piece = Piece { text: trimmed, start, kind: block.kind, page: block.page, gap };
        let (piece, number) = number_at_end(piece);
        let trimmed = piece.text;
        if trimmed.len() > RUN_ON_FROM && matches!(block.kind, BlockKind::Line | BlockKind::Paragraph) {
            run_on(piece, openers, &mut pieces);
        } else {
            pieces.push(piece);
        }
        pieces.extend(number);
    }
    mark_furniture(source.media_type, &mut pieces);
    let wrapped = is_wrapped(&pieces);
    let mut out: Vec<Draft> = Vec::new();
    let mut group: Vec<Piece<'_>> = Vec::new();
    let mut in_body = false;
    for piece in pieces {
        if piece.kind == BlockKind::Furniture {
            out.push(draft(source, &[piece]));
            continue;
        }
        if let Some(last) = group.last()
            && !continues(last, &piece, wrapped, in_body, openers)
        {
            out.push(draft(source, &group));
            group.clear();
        }
        in_body |= is_enacting_formula(piece.text)
            || (openers.begins(piece.text) && piece.text.len() > 20)
            || is_statement(piece.text);
        group.push(piece);
    }
    if !group.is_empty() {
        out.push(draft(source, &group));
    }
    out.sort_by_key(|d| d.at);
    out
}

/// "Acting under Chapter VII of the Charter: 1.": the number is that of the paragraph on the next line.
fn number_at_end(piece: Piece<'_>) -> (Piece<'_>, Option<Piece<'_>>) {
    let digits = piece.text.strip_suffix('.').unwrap_or("").bytes().rev().take_while(u8::is_ascii_digit).count();
    if !matches!(digits, 1 | 2) || piece.kind != BlockKind::Line {
        return (piece, None);
    }
    let at = piece.text.len() - 1 - digits;
    let before = piece.text[..at].trim_end();
    if before.len() == at || !before.ends_with([':', ';', ',']) {
        return (piece, None);
    }
    let number = Piece { text: &piece.text[at..], start: piece.start + at, gap: false, ..piece };
    (Piece { text: before, ..piece }, Some(number))
}

/// Cuts a block in which several paragraphs run on: before an opening verb with a capital after a
/// comma or semicolon, before a number and an operative verb, around the enacting formula.
fn run_on<'a>(piece: Piece<'a>, openers: &Openers, out: &mut Vec<Piece<'a>>) {
    let text = piece.text;
    let bytes = text.as_bytes();
    let mut cuts = vec![0];
    let mut from = 0;
    let mut at = 0;
    while let Some(step) = bytes[at..].iter().position(|b| STOPS[usize::from(*b)]) {
        let mark = at + step;
        at = mark + 1;
        let stop = bytes[mark];
        // "The Security Council, recalling ..." inside a statement opens nothing.
        if stop == b','
            && let Some(formula) = formula_before(text, mark)
            && let Some(space) = text[at..].chars().next().filter(|c| c.is_whitespace())
            && let end = at + space.len_utf8()
            && openers.begins(&text[end..])
        {
            cuts.extend([formula, end]);
        }
        if mark < from {
            continue;
        }
        let Some(first) = opening_word(&text[mark..]) else { continue };
        let gap = &text[mark..mark + first.start];
        from = mark + first.end;
        let numbered = gap.bytes().any(|b| b.is_ascii_digit());
        // After a full stop a capital says nothing, unless a number stands before it.
        let counts = numbered || matches!(stop, b',' | b';');
        if counts && openers.begins(&text[mark + first.start..]) {
            let skip = gap.find(char::is_whitespace).map_or(0, |w| w + gap[w..].len() - gap[w..].trim_start().len());
            cuts.push(mark + skip);
        }
    }
    cuts.sort_unstable();
    cuts.dedup();
    cuts.push(text.len());
    for pair in cuts.windows(2) {
        let part = &text[pair[0]..pair[1]];
        let trimmed = part.trim();
        if !trimmed.is_empty() {
            let start = piece.start + pair[0] + (part.len() - part.trim_start().len());
            out.push(Piece { text: trimmed, start, gap: piece.gap || pair[0] > 0, ..piece });
        }
    }
}

/// The marks that a paragraph may begin behind.
static STOPS: [bool; 256] = {
    let mut table = [false; 256];
    let marks = b",;:.";
    let mut i = 0;
    while i < marks.len() {
        table[marks[i] as usize] = true;
        i += 1;
    }
    table
};

/// Where the enacting formula starts that ends before a comma.
fn formula_before(text: &str, comma: usize) -> Option<usize> {
    const FORMULAS: [&str; 4] =
        ["The Security Council", "The General Assembly", "The Economic and Social Council", "The Human Rights Council"];
    let before = &text[..comma];
    FORMULAS.iter().find_map(|formula| before.strip_suffix(formula)).map(str::len)
}

/// Running heads, page and job numbers, "See also" lines.
fn mark_furniture(media_type: MediaType, pieces: &mut [Piece<'_>]) {
    let mut seen_symbol: Option<String> = None;
    for piece in pieces {
        let text = piece.text;
        if piece.kind == BlockKind::Furniture || text.len() > 200 {
            continue;
        }
        if media_type == MediaType::Article && piece.kind == BlockKind::Cell {
            piece.kind = BlockKind::Furniture;
            continue;
        }
        let line = piece.kind == BlockKind::Line;
        let running = is_running_symbol(text) && {
            let symbol: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            let before = seen_symbol.as_ref() == Some(&symbol);
            if seen_symbol.is_none() && !symbol.starts_with('R') {
                seen_symbol = Some(symbol);
            }
            before
        };
        if (line && (running || is_page_number(text))) || is_job_number(text) || is_of_a_page(text) {
            piece.kind = BlockKind::Furniture;
        }
    }
}

/// Whether lines are as wide as a page and a paragraph runs over several.
fn is_wrapped(pieces: &[Piece<'_>]) -> bool {
    let mut lengths: Vec<usize> = pieces
        .iter()
        .filter(|p| p.kind == BlockKind::Line)
        .map(|p| p.text.chars().count())
        .filter(|n| *n > 25)
        .collect();
    if lengths.len() < 4 {
        return false;
    }
    lengths.sort_unstable();
    lengths[lengths.len() * 95 / 100] <= WRAPPED_AT_MOST
}

/// Words that no paragraph ends with.
const DANGLING: [&str; 30] = [
    "of",
    "the",
    "and",
    "to",
    "in",
    "by",
    "for",
    "on",
    "or",
    "with",
    "from",
    "its",
    "that",
    "a",
    "an",
    "at",
    "as",
    "resolution",
    "resolutions",
    "paragraph",
    "paragraphs",
    "under",
    "which",
    "their",
    "all",
    "United",
    "Security",
    "General",
    "other",
    "between",
];

/// Whether `next` goes on with the paragraph that `last` belongs to.
fn continues(last: &Piece<'_>, next: &Piece<'_>, wrapped: bool, in_body: bool, openers: &Openers) -> bool {
    let marked = |k| {
        matches!(
            k,
            BlockKind::Cover | BlockKind::Preambular | BlockKind::Operative | BlockKind::Annex | BlockKind::Footnote
        )
    };
    if marked(last.kind) || marked(next.kind) {
        return last.kind == next.kind && is_number_only(last.text);
    }
    if matches!(next.kind, BlockKind::Heading | BlockKind::Cell)
        || matches!(last.kind, BlockKind::Heading | BlockKind::Cell)
    {
        return false;
    }
    if is_number_only(last.text) {
        return true;
    }
    if last.text.ends_with(|c: char| c.is_ascii_digit()) && year_in_brackets(next.text) {
        return true;
    }
    let end = last.text.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace()).chars().last();
    let closed = matches!(end, Some('.' | ';' | ':' | '”' | '"' | '!' | '?'));
    let comma = end == Some(',');
    // "Security" alone on its line is a heading; "; and" ends the last paragraph but one.
    let dangling = last
        .text
        .rsplit_once(char::is_whitespace)
        .is_some_and(|(before, w)| DANGLING.contains(&w) && !before.ends_with(';'))
        || ends_in_hyphen(last.text);
    // After "of the present resolution" a number with an opening verb begins a paragraph all the same.
    let unnumbered = || next.text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim_start();
    if begins_with_number(next.text) && (!dangling || openers.begins_operative(unnumbered())) {
        return false;
    }
    if is_enacting_formula(next.text) || annex_heading(next.text) || is_head_line(next.text) || is_statement(next.text)
    {
        return false;
    }
    if is_enacting_formula(last.text) {
        return false;
    }
    // Russian paragraphs begin with small letters.
    let cyrillic = next.text.starts_with(|c: char| matches!(c, 'а'..='я'));
    let small = next.text.starts_with(char::is_lowercase) && (wrapped || !(cyrillic && (closed || comma)));
    let item = is_item_of_list(next.text);
    if (small || item) && last.text.len() > 15 {
        return true;
    }
    if openers.begins(next.text) && (closed || comma || !wrapped || next.gap) && !dangling {
        return false;
    }
    if dangling {
        return true;
    }
    // A line in the midst of a list of numbers, whatever the width of the other lines.
    let unended = !last.text.ends_with(['.', ';', ':', '”', '"', '!', '?']);
    if in_body && !next.gap && unended && next.text.starts_with(|c: char| c.is_ascii_digit()) && last.text.len() > 15 {
        return true;
    }
    wrapped
        && in_body
        && !next.gap
        && last.kind == BlockKind::Line
        && !(closed && short(last.text) && starts_capital(next.text))
}

/// A line that ends well before the margin ends its paragraph.
fn short(line: &str) -> bool {
    line.chars().count() < 40
}

/// "(1974) of 23 July", "(XV) of 14 December": the number stands on the line before.
fn year_in_brackets(text: &str) -> bool {
    let Some((inside, _)) = text.strip_prefix('(').and_then(|rest| rest.split_once(')')) else { return false };
    let year = inside.len() == 4 && inside.bytes().all(|b| b.is_ascii_digit());
    year || !inside.is_empty() && inside.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
}

fn starts_capital(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase)
}

fn ends_in_hyphen(text: &str) -> bool {
    let mut tail = text.chars().rev();
    tail.next() == Some('-') && tail.next().is_some_and(char::is_alphabetic)
}

/// Joins pieces into one line of text: one space between words, hyphens at line ends mended,
/// invisible characters dropped, odd spaces and hyphens made plain.
fn draft(source: &Source, pieces: &[Piece<'_>]) -> Draft {
    let mut out = MappedText::default();
    out.text.reserve_exact(pieces.iter().map(|piece| piece.text.len() + 1).sum());
    for (i, piece) in pieces.iter().enumerate() {
        if i > 0 {
            join(&mut out, piece, source);
        }
        copy_plain(&mut out, piece.text, piece.start, source);
    }
    let first = pieces.first().expect("a group is never empty");
    Draft { text: out.text, map: out.map, kind: first.kind, page: first.page, at: first.start, slips: Vec::new() }
}

/// What stands between two lines that belong together: a space, or nothing after a hyphen.
fn join(out: &mut MappedText, next: &Piece<'_>, source: &Source) {
    if ends_in_hyphen(&out.text) {
        let capital = next.text.chars().next().is_some_and(|c| !c.is_lowercase());
        if !capital && !keeps_hyphen(&out.text) {
            out.truncate(out.text.len() - 1);
        }
        return;
    }
    if ends_in_stroke(&out.text) && next.text.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit()) {
        return;
    }
    let at = source.map.input(next.start);
    out.replace(" ", Span::new(at, at));
}

/// Whether a symbol goes on in the next line: "S/", "A/HRC/".
fn ends_in_stroke(text: &str) -> bool {
    let word = &text[text.rfind([' ', '(']).map_or(0, |at| at + 1)..];
    word.ends_with('/')
        && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b'/' | b'.'))
}

/// Prefixes that are written with a hyphen wherever the line ends.
fn keeps_hyphen(text: &str) -> bool {
    const PREFIXES: [&str; 16] = [
        "non-", "self-", "post-", "pre-", "cease-", "inter-", "multi-", "anti-", "long-", "short-", "co-", "well-",
        "high-", "gender-", "so-", "counter-",
    ];
    let word = text.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or("");
    PREFIXES.iter().any(|p| word.eq_ignore_ascii_case(p))
}

fn copy_plain(out: &mut MappedText, text: &str, start: usize, source: &Source) {
    let mut copied = 0;
    let flush = |out: &mut MappedText, from: usize, to: usize| {
        if from < to {
            let mut at = from;
            // The source's own map may have seams: each stretch of one run is copied, the rest replaced.
            while at < to {
                let place = source.map.span(Span::new(start + at, start + to));
                if place.len() == to - at {
                    out.copy(&text[at..to], place.start);
                    break;
                }
                if let Some((input, len)) = source.map.linear(start + at)
                    && let Some(piece) = text.get(at..to.min(at + len))
                {
                    out.copy(piece, input);
                    at += piece.len();
                    continue;
                }
                let c = text[at..].chars().next().map_or(1, char::len_utf8);
                let one = source.map.span(Span::new(start + at, start + at + c));
                out.replace(&text[at..at + c], one);
                at += c;
            }
        }
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(step) = bytes[at..].iter().position(|b| !PLAIN[usize::from(*b)]) {
        at += step;
        if bytes[at] == b' ' && bytes.get(at + 1).is_some_and(|next| PLAIN[usize::from(*next)]) {
            at += 2;
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        let mut end = at + c.len_utf8();
        let plain = match c {
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => "",
            '\u{2010}' | '\u{2011}' => "-",
            c if c.is_whitespace() => {
                let after = text[end..].trim_start();
                let single = c == ' ' && after.len() == text.len() - end;
                end = text.len() - after.len();
                if single {
                    at = end;
                    continue;
                }
                let broken =
                    ends_in_hyphen(&text[..at]) && text[at..].trim_start_matches([' ', '\t', '\r']).starts_with('\n');
                if broken { "" } else { " " }
            }
            _ => {
                at = end;
                continue;
            }
        };
        flush(out, copied, at);
        out.replace(plain, source.map.span(Span::new(start + at, start + end)));
        copied = end;
        at = end;
    }
    flush(out, copied, text.len());
}

/// The bytes that are copied as they are; of the others what follows must be seen: white space, and the first bytes of
/// characters among which there are invisible ones.
static PLAIN: [bool; 256] = {
    let mut table = [true; 256];
    let odd = [b' ', b'\t', b'\n', 0xb, 0xc, b'\r', 0xc2, 0xe1, 0xe2, 0xe3, 0xef];
    let mut i = 0;
    while i < odd.len() {
        table[odd[i] as usize] = false;
        i += 1;
    }
    table
};

//! From the blocks of a source to paragraphs in one piece.
//!
//! Formats that mark paragraphs are believed, except where a page break cuts a sentence. In
//! laid-out text a paragraph is told by how it begins (a number, an opening verb), by blank lines
//! and by how the line before it ends.

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
    RESOLUTION_ITEM = r"^(?:\d{1,3}|\d{4})/\d{1,4} of \d{1,2} [A-Z]";
    NUMBERED = r"^(?:\d{1,3}[.．](?:\s|$)|\d{1,3}\s?[-–](?:$|\s\p{Arabic})|\(\p{Arabic}{1,3}\)(?:\s|$)|\d{1,2}\. ?[A-Z]|\([a-z]{1,4}\)(?:\s|$)|[a-z]\)\s|[•·▪◦]\s|[–—-]\s)";
    NUMBER_ONLY = r"^(?:\d{1,3}[.．]|\d{1,3}\s[-–]|\(?[a-z]{1,4}\)|\(\p{Arabic}{1,3}\)|\d{1,3}/\d{1,4}\.?)$";
    STATEMENT = r"^[“”‟\x22‘']*The (?:Security )?Council\s+[a-z]";
    HEAD_LINE = r"^A(?i:dopted (?:by|unanimously|at|without))|(?i)^(?:resolution \d|distr\.|original:|agenda item|statement by the president|united nations$|security council$|general assembly$)";
    JOB_NUMBER = r"^(?:[A-Z]{0,3}-?)?\d{2}-\d{5,6}\*{0,3}(?:\s*\([A-Z]\))?(?:\s+\d{6})?(?:\s+\d{1,3}/\d{1,3})?(?:\s+[*\d/ ]+)?$|^\*\d{5,}\*$|^[*\d ]*\*\d{6,}\*$";
    PAGE_NUMBER = r"^(?:\d{1,3}/\d{1,3}|\d{1,3}|[Pp]age \d+(?: of \d+)?|-\s?\d+\s?-|\d{1,3}/\d{1,3}\s+\d{2}-\d{5}(?:\s*\([A-Z]\))?)$";
    PAGE_FOOT = r"\s+(?:\d{1,3}/\d{1,3}\s+)?\d{2}-\d{5}\s*\([A-Z]\)(?:\s+\*\d{5,}\*)?$";
    BARCODE = r"(?i)^(?:please recycle.*|\W*recycle\W*)$";
    SEE_ALSO = r"(?i)^(?:see also|read also|related(?: posts| articles)?|more posts|share this|leave a reply|previous post|next post|categories|tags)\b";
    RUNNING_SYMBOL = r"^(?:[AES]/[A-Z0-9][A-Za-z0-9./-]*\d(?: ?\(\d{4}\))?|Resolution \d+ \(\d{4}\))$";
    RUN_ON = r"^(?:[;,.:]|[;,] and)\s+[“\x22]?(?:[0-9]{1,3}\.\s+)?([A-Z][a-z]+)";
    FORMULA_INSIDE = r"The (?:Security Council|General Assembly|Economic and Social Council|Human Rights Council),\s";
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
            && trimmed.ends_with([')', '*'])
            && let Some(foot) = PAGE_FOOT.find(trimmed)
        {
            trimmed = &trimmed[..foot.start()];
        }
        if trimmed.is_empty() {
            continue;
        }
        let start = block.span.start + (text.len() - text.trim_start().len());
        let gap = source.text[last_end..start].bytes().filter(|b| *b == b'\n' || *b == 0x0c).count() > 1;
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

/// Whether a space and then what may open a paragraph follows a mark: a capital, a number, a quotation, "and".
fn opens_a_word(text: &str) -> bool {
    let word = text.trim_start();
    let opens = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '“' | '"') || c == 'a';
    word.len() < text.len() && word.starts_with(opens)
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
    let mut cuts = vec![0];
    // "The Security Council, recalling ..." inside a statement opens nothing.
    for m in FORMULA_INSIDE.find_iter(piece.text).filter(|m| openers.begins(&piece.text[m.end()..])) {
        cuts.extend([m.start(), m.end()]);
    }
    let mut from = 0;
    for (mark, c) in piece.text.match_indices([',', ';', ':', '.']) {
        if mark < from || !opens_a_word(&piece.text[mark + c.len()..]) {
            continue;
        }
        let Some(first) = RUN_ON.captures(&piece.text[mark..]).and_then(|c| c.get(1)) else { continue };
        let gap = &piece.text[mark..mark + first.start()];
        from = mark + first.end();
        let numbered = gap.bytes().any(|b| b.is_ascii_digit());
        // After a full stop a capital says nothing, unless a number stands before it.
        let counts = numbered || matches!(c, "," | ";");
        if counts && openers.begins(&piece.text[mark + first.start()..]) {
            let skip = gap.find(char::is_whitespace).map_or(0, |w| w + gap[w..].len() - gap[w..].trim_start().len());
            cuts.push(mark + skip);
        }
    }
    cuts.sort_unstable();
    cuts.dedup();
    cuts.push(piece.text.len());
    for pair in cuts.windows(2) {
        let text = &piece.text[pair[0]..pair[1]];
        let trimmed = text.trim();
        if !trimmed.is_empty() {
            let start = piece.start + pair[0] + (text.len() - text.trim_start().len());
            out.push(Piece { text: trimmed, start, gap: piece.gap || pair[0] > 0, ..piece });
        }
    }
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
        let running = text.starts_with(['A', 'E', 'S', 'R']) && RUNNING_SYMBOL.is_match(text) && {
            let symbol: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            let before = seen_symbol.as_ref() == Some(&symbol);
            if seen_symbol.is_none() && !symbol.starts_with('R') {
                seen_symbol = Some(symbol);
            }
            before
        };
        let numbers = text.bytes().any(|b| b.is_ascii_digit());
        if (numbers && JOB_NUMBER.is_match(text))
            || (line && running)
            || (line && numbers && PAGE_NUMBER.is_match(text))
            || (is_of_a_page(text) && (BARCODE.is_match(text) || SEE_ALSO.is_match(text)))
        {
            piece.kind = BlockKind::Furniture;
        }
    }
}

/// Whether a line begins like those of web pages and of printing: "Please recycle", "See also".
fn is_of_a_page(text: &str) -> bool {
    const BEGINNINGS: [&str; 12] = ["cat", "lea", "mor", "nex", "ple", "pre", "rea", "rec", "rel", "see", "sha", "tag"];
    let word = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    word.get(..3).is_some_and(|start| BEGINNINGS.iter().any(|b| b.eq_ignore_ascii_case(start)))
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
    let item = next.text.starts_with(|c: char| c.is_ascii_digit()) && RESOLUTION_ITEM.is_match(next.text);
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

fn is_number_only(text: &str) -> bool {
    text.len() <= "123/1234.".len() && NUMBER_ONLY.is_match(text)
}

/// "1. ", "(a) ", "a) ", a bullet.
fn begins_with_number(text: &str) -> bool {
    let mark = |c: char| c.is_ascii_digit() || matches!(c, '(' | '-') || !c.is_ascii();
    (text.starts_with(mark) || text.as_bytes().get(1) == Some(&b')')) && NUMBERED.is_match(text)
}

fn is_head_line(text: &str) -> bool {
    const BEGINNINGS: [&str; 9] = ["ado", "age", "dis", "gen", "ori", "res", "sec", "sta", "uni"];
    text.get(..3).is_some_and(|start| BEGINNINGS.iter().any(|b| b.eq_ignore_ascii_case(start)))
        && HEAD_LINE.is_match(text)
}

/// "The Council notes ..."
fn is_statement(text: &str) -> bool {
    text.trim_start_matches(['“', '”', '‟', '"', '‘', '\'']).starts_with("The ") && STATEMENT.is_match(text)
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
                let c = text[at..].chars().next().map_or(1, char::len_utf8);
                let one = source.map.span(Span::new(start + at, start + at + c));
                out.replace(&text[at..at + c], one);
                at += c;
            }
        }
    };
    let mut at = 0;
    while at < text.len() {
        let byte = text.as_bytes()[at];
        let next = text.as_bytes().get(at + 1);
        if PLAIN[usize::from(byte)] || (byte == b' ' && next.is_some_and(|n| PLAIN[usize::from(*n)])) {
            at += 1;
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

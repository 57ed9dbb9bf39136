//! Byte ranges, and the maps that lead from a normalised text back to where it came from.
//!
//! Every fact that resograph states keeps the place it was read at. Each stage that rewrites
//! text (decoding, dropping markup, joining lines) records how in an [`OffsetMap`].

use serde::Serialize;

/// A half-open range of byte offsets, `start <= end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "span {start}..{end}");
        Self { start, end }
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The text it covers.
    ///
    /// # Panics
    /// When the span is not one of `text`.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }
}

/// One stretch of output that came from one stretch of input. Where both have the same length
/// the bytes correspond one to one; otherwise the whole stands for the whole (`&amp;` for `&`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    out: usize,
    out_len: usize,
    input: usize,
    input_len: usize,
}

/// Where each byte of a rewritten text stood in the text it was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OffsetMap {
    runs: Vec<Run>,
}

impl OffsetMap {
    /// The map of a text of `len` bytes that was not rewritten.
    #[must_use]
    pub fn identity(len: usize) -> Self {
        Self { runs: vec![Run { out: 0, out_len: len, input: 0, input_len: len }] }
    }

    fn push(&mut self, out: usize, out_len: usize, input: usize, input_len: usize) {
        if out_len == 0 {
            return;
        }
        if let Some(last) = self.runs.last_mut() {
            let linear = last.out_len == last.input_len && out_len == input_len;
            if linear && last.out + last.out_len == out && last.input + last.input_len == input {
                last.out_len += out_len;
                last.input_len += input_len;
                return;
            }
        }
        self.runs.push(Run { out, out_len, input, input_len });
    }

    fn run_at(&self, out: usize) -> Option<&Run> {
        let after = self.runs.partition_point(|r| r.out <= out);
        self.runs.get(after.checked_sub(1)?)
    }

    /// The input offset of the output byte `out`; past the end, the end of the input covered.
    #[must_use]
    pub fn input(&self, out: usize) -> usize {
        match self.run_at(out) {
            None => self.runs.first().map_or(0, |r| r.input),
            Some(r) if out >= r.out + r.out_len => r.input + r.input_len,
            Some(r) if r.out_len == r.input_len => r.input + (out - r.out),
            Some(r) => r.input,
        }
    }

    /// Where the output byte `out` stood, and how many bytes from there on correspond one to one; `None` where it has
    /// no byte of its own.
    #[must_use]
    pub fn linear(&self, out: usize) -> Option<(usize, usize)> {
        let run = self.run_at(out).filter(|r| r.out_len == r.input_len && out < r.out + r.out_len)?;
        let into = out - run.out;
        Some((run.input + into, run.out_len - into))
    }

    /// The input range that a range of output came from.
    #[must_use]
    pub fn span(&self, span: Span) -> Span {
        let start = self.input(span.start);
        if span.is_empty() {
            return Span::new(start, start);
        }
        let end = match self.run_at(span.end - 1) {
            Some(r) if r.out_len == r.input_len => r.input + (span.end - r.out).min(r.input_len),
            Some(r) => r.input + r.input_len,
            None => start,
        };
        Span::new(start, end.max(start))
    }

    /// The map of a text rewritten twice: `self` leads to the text in between, `before` from there
    /// to the input.
    #[must_use]
    pub fn through(&self, before: &Self) -> Self {
        if let [only] = before.runs[..]
            && only == (Run { out: 0, out_len: only.out_len, input: 0, input_len: only.out_len })
        {
            return self.clone();
        }
        let mut map = Self::default();
        for run in &self.runs {
            let linear = run.out_len == run.input_len;
            let end = run.input + run.input_len;
            if !linear || run.input_len == 0 {
                let whole = before.span(Span::new(run.input, end));
                map.push(run.out, run.out_len, whole.start, whole.len());
                continue;
            }
            let mut at = run.input;
            while at < end {
                let Some(inner) = before.run_at(at).filter(|r| at < r.out + r.out_len) else {
                    map.push(run.out + (at - run.input), end - at, before.input(at), 0);
                    break;
                };
                let piece_end = (inner.out + inner.out_len).min(end);
                let from = before.span(Span::new(at, piece_end));
                map.push(run.out + (at - run.input), piece_end - at, from.start, from.len());
                at = piece_end;
            }
        }
        map
    }
}

/// A text under construction, with the map back to what it is made from.
#[derive(Debug, Clone, Default)]
pub struct MappedText {
    /// The text so far.
    pub text: String,
    /// Where its bytes stood in the input.
    pub map: OffsetMap,
}

impl MappedText {
    /// Appends `piece`, which stands word for word at `input` in the input.
    pub fn copy(&mut self, piece: &str, input: usize) {
        self.map.push(self.text.len(), piece.len(), input, piece.len());
        self.text.push_str(piece);
    }

    /// Appends `piece`, written in place of the input range `from` (empty for an insertion).
    pub fn replace(&mut self, piece: &str, from: Span) {
        self.map.push(self.text.len(), piece.len(), from.start, from.len());
        self.text.push_str(piece);
    }

    /// Appends another text, with its way back.
    pub fn append(&mut self, other: &Self) {
        let base = self.text.len();
        for run in &other.map.runs {
            self.map.push(base + run.out, run.out_len, run.input, run.input_len);
        }
        self.text.push_str(&other.text);
    }

    /// Takes the text back to `len` bytes.
    pub fn truncate(&mut self, len: usize) {
        self.text.truncate(len);
        while let Some(last) = self.map.runs.last_mut() {
            if last.out >= len {
                self.map.runs.pop();
                continue;
            }
            let over = (last.out + last.out_len).saturating_sub(len);
            if over > 0 && last.out_len == last.input_len {
                last.input_len -= over;
            }
            last.out_len -= over;
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_lead_back_through_copies_replacements_and_gaps() {
        let input = "one &amp; two-\nthree";
        let mut t = MappedText::default();
        t.copy("one ", 0);
        t.replace("&", Span::new(4, 9));
        t.copy(" two", 9);
        t.copy("three", 15);
        assert_eq!(t.text, "one & twothree");
        assert_eq!(t.map.span(Span::new(4, 5)).of(input), "&amp;");
        assert_eq!(t.map.span(Span::new(6, 14)).of(input), "two-\nthree");
        assert_eq!(t.map.input(14), 20);
    }

    #[test]
    fn two_rewritings_lead_back_as_one() {
        let file = "caf\u{e9} &amp; tea";
        let mut decoded = MappedText::default();
        decoded.copy("caf", 0);
        decoded.replace("\u{e9}", Span::new(3, 4));
        decoded.copy(" &amp; tea", 4);
        let mut text = MappedText::default();
        text.copy("caf\u{e9} ", 0);
        text.replace("&", Span::new(6, 11));
        text.copy(" tea", 11);
        let map = text.map.through(&decoded.map);
        assert_eq!(map.span(Span::new(3, 5)), Span::new(3, 4));
        assert_eq!(map.span(Span::new(6, 7)), Span::new(5, 10));
        assert_eq!(map.span(Span::new(8, 11)), Span::new(11, 14));
        let mut whole = MappedText::default();
        whole.copy("x", 0);
        whole.append(&text);
        assert_eq!(whole.text, "xcaf\u{e9} & tea");
        assert_eq!(whole.map.span(Span::new(7, 8)), Span::new(6, 11));
        assert!(file.len() > whole.text.len());
    }

    #[test]
    fn truncating_forgets_the_tail() {
        let mut t = MappedText::default();
        t.copy("abcdef", 10);
        t.truncate(3);
        t.copy("xyz", 30);
        assert_eq!(t.map.span(Span::new(2, 4)), Span::new(12, 31));
    }
}

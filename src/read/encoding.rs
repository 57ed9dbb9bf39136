//! Bytes -> characters: UTF-8, UTF-16, else Windows-1252, with the way back to the bytes.

use super::{Diagnostic, ReadError, Severity};
use crate::span::{MappedText, OffsetMap, Span};

/// A decoded file.
#[derive(Debug)]
pub(super) struct Decoded {
    pub text: String,
    /// From `text` to the bytes.
    pub map: OffsetMap,
    pub diagnostic: Option<Diagnostic>,
}

/// How much of a file is looked at to tell text from noise.
const SAMPLE: usize = 1 << 16;

pub(super) fn decode(path: &str, bytes: Vec<u8>) -> Result<Decoded, ReadError> {
    let wide = match bytes.get(..2) {
        Some([0xff, 0xfe]) => Some((encoding_rs::UTF_16LE, 2)),
        Some([0xfe, 0xff]) => Some((encoding_rs::UTF_16BE, 2)),
        _ => wide_without_mark(&bytes).map(|e| (e, 0)),
    };
    if let Some((encoding, skip)) = wide {
        return Ok(decode_wide(encoding, &bytes, skip));
    }
    if let Some(at) = noise(&bytes) {
        return Err(ReadError::Binary { path: path.into(), at });
    }
    // Files that were joined or saved twice start with several marks.
    let mark = bytes.chunks(3).take_while(|c| *c == b"\xef\xbb\xbf").count() * 3;
    match String::from_utf8(bytes) {
        Ok(text) if mark == 0 && memchr::memchr(0, text.as_bytes()).is_none() => {
            Ok(Decoded { map: OffsetMap::identity(text.len()), text, diagnostic: None })
        }
        Ok(text) => Ok(without_nulls(&text, mark)),
        Err(e) => {
            let at = e.utf8_error().valid_up_to();
            Ok(decode_bytewise(&e.into_bytes(), mark, at))
        }
    }
}

/// UTF-16 without a byte order mark: Latin text in it has a zero in every other byte.
fn wide_without_mark(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    memchr::memchr(0, sample)?;
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), sample.len() / 2);
    if half < 4 {
        None
    } else if odd * 10 > half * 7 && even * 20 < half {
        Some(encoding_rs::UTF_16LE)
    } else if even * 10 > half * 7 && odd * 20 < half {
        Some(encoding_rs::UTF_16BE)
    } else {
        None
    }
}

fn decode_wide(encoding: &'static encoding_rs::Encoding, bytes: &[u8], skip: usize) -> Decoded {
    let mut out = MappedText::default();
    let mut broken = None;
    let little = encoding == encoding_rs::UTF_16LE;
    let units = bytes[skip..]
        .as_chunks::<2>()
        .0
        .iter()
        .map(|c| if little { u16::from_le_bytes(*c) } else { u16::from_be_bytes(*c) });
    let mut at = skip;
    for c in char::decode_utf16(units) {
        let c = c.unwrap_or_else(|_| {
            broken.get_or_insert(at);
            char::REPLACEMENT_CHARACTER
        });
        let len = c.len_utf16() * 2;
        if c != '\0' && !(c == '\u{feff}' && out.text.is_empty()) {
            out.replace(c.encode_utf8(&mut [0; 4]), Span::new(at, at + len));
        }
        at += len;
    }
    if at < bytes.len() {
        broken.get_or_insert(at);
    }
    let diagnostic = broken.map(|at| warning(at, format!("not valid {}: half a character", encoding.name())));
    Decoded { text: out.text, map: out.map, diagnostic }
}

fn warning(at: usize, message: String) -> Diagnostic {
    Diagnostic { severity: Severity::Warning, at: Some(at), message }
}

/// 1 for the bytes that no text has.
static CONTROL: [u8; 256] = {
    let mut table = [0; 256];
    let mut b = 0;
    while b < 0x80 {
        table[b] = matches!(b, 0..=8 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f) as u8;
        b += 1;
    }
    table
};

/// The first byte that no text has, where there are too many of them for a slip.
fn noise(bytes: &[u8]) -> Option<usize> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    // Most files have none at all.
    if !sample.iter().fold(false, |any, b| any | (*b < b'\t') | (b.wrapping_sub(0x0e) < 0x12) | (*b == 0x7f)) {
        return None;
    }
    let controls: usize = sample.iter().map(|b| usize::from(CONTROL[usize::from(*b)])).sum();
    (controls * 50 > sample.len()).then(|| sample.iter().position(|b| CONTROL[usize::from(*b)] > 0).unwrap_or(0))
}

fn without_nulls(text: &str, mark: usize) -> Decoded {
    let mut out = MappedText::default();
    let mut from = mark;
    for (at, _) in text.match_indices('\0').filter(|(at, _)| *at >= mark) {
        out.copy(&text[from..at], from);
        from = at + 1;
    }
    out.copy(&text[from..], from);
    Decoded { text: out.text, map: out.map, diagnostic: None }
}

/// Windows-1252 (of which Latin-1 is a part), except where the bytes are a character in UTF-8:
/// files pasted together from several sources hold both.
fn decode_bytewise(bytes: &[u8], mark: usize, first_bad: usize) -> Decoded {
    let table: Vec<String> =
        (0x80..=0xff).map(|b| encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[b]).0.into_owned()).collect();
    let mut out = MappedText::default();
    let mut mixed = false;
    let mut at = mark;
    for chunk in bytes[mark..].utf8_chunks() {
        let valid = chunk.valid();
        mixed |= !valid.is_ascii();
        let mut from = 0;
        for (null, _) in valid.match_indices('\0') {
            out.copy(&valid[from..null], at + from);
            from = null + 1;
        }
        out.copy(&valid[from..], at + from);
        at += valid.len();
        for b in chunk.invalid() {
            if let Some(c) = b.checked_sub(0x80).and_then(|i| table.get(usize::from(i))) {
                out.replace(c, Span::new(at, at + 1));
            }
            at += 1;
        }
    }
    let diagnostic = mixed.then(|| {
        warning(first_bad, "not valid UTF-8 from here on: bytes that are no UTF-8 are read as Windows-1252".into())
    });
    Decoded { text: out.text, map: out.map, diagnostic }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], text: &str, find: &str, place: (usize, usize)) {
        let decoded = decode("t", bytes.to_vec()).expect("text");
        assert_eq!(decoded.text, text);
        let at = text.find(find).expect("part of the text");
        assert_eq!(decoded.map.span(Span::new(at, at + find.len())), Span::new(place.0, place.1));
    }

    #[test]
    fn every_encoding_leads_back_to_its_bytes() {
        check("caf\u{e9} noir".as_bytes(), "caf\u{e9} noir", "noir", (6, 10));
        check(b"\xef\xbb\xbfcaf\xc3\xa9 noir", "caf\u{e9} noir", "noir", (9, 13));
        check(b"\xef\xbb\xbf\xef\xbb\xbfnoir", "noir", "noir", (6, 10));
        check(b"caf\xe9 \x93noir\x94", "caf\u{e9} \u{201c}noir\u{201d}", "noir", (6, 10));
        check(b"caf\xe9 na\xc3\xafve", "caf\u{e9} na\u{ef}ve", "ve", (9, 11));
        check(
            b"one\0 two, three, four and a good many more words to make one slip of no account",
            "one two, three, four and a good many more words to make one slip of no account",
            "two",
            (5, 8),
        );
        let wide: Vec<u8> =
            [0xff, 0xfe].into_iter().chain("caf\u{e9} noir".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        check(&wide, "caf\u{e9} noir", "noir", (12, 20));
        let unmarked: Vec<u8> = "a long word".encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&unmarked, "a long word", "long", (4, 12));
    }

    #[test]
    fn noise_is_refused_and_mixtures_are_told() {
        let noise: Vec<u8> = (0..4096_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
        assert!(matches!(decode("t", noise), Err(ReadError::Binary { .. })));
        assert!(decode("t", b"caf\xe9 noir".to_vec()).expect("text").diagnostic.is_none());
        let mixed = decode("t", b"caf\xe9 na\xc3\xafve".to_vec()).expect("text");
        assert_eq!(mixed.diagnostic.expect("told").at, Some(3));
    }
}

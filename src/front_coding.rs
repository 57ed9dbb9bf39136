//! Front coding: a list of terms in order, each as what it shares with the one before, and the rest.

/// Appends a term: two numbers, how many bytes it begins with alike and how many follow, and these.
pub(crate) fn push(out: &mut Vec<u8>, before: &[u8], term: &[u8]) {
    let shared = shared_prefix(before, term);
    push_number(out, shared);
    push_number(out, term.len() - shared);
    out.extend_from_slice(&term[shared..]);
}

/// Turns `term`, the one before, into the next, with `keep` bytes before it that are not of the list,
/// and takes it off `bytes`. `None` where these are no such list.
pub(crate) fn next(bytes: &mut &[u8], term: &mut Vec<u8>, keep: usize) -> Option<()> {
    let shared = take_number(bytes)?.checked_add(keep)?;
    let length = take_number(bytes)?;
    let (rest, after) = bytes.split_at_checked(length)?;
    if shared > term.len() {
        return None;
    }
    term.truncate(shared);
    term.extend_from_slice(rest);
    *bytes = after;
    Some(())
}

/// How many bytes two spellings begin with alike.
fn shared_prefix(a: &[u8], b: &[u8]) -> usize {
    let whole = 8 * a.as_chunks::<8>().0.iter().zip(b.as_chunks::<8>().0).take_while(|(a, b)| a == b).count();
    whole + a[whole..].iter().zip(&b[whole..]).take_while(|(a, b)| a == b).count()
}

/// Appends a number, seven bits a byte, the least first.
fn push_number(out: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Takes a number off `bytes`; `None` where they end before it, or it is no number of bytes in memory.
pub(crate) fn take_number(bytes: &mut &[u8]) -> Option<usize> {
    let (mut value, mut shift) = (0, 0);
    loop {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
        shift += 7;
        if shift > 56 {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_as_written() {
        let long = format!("abcdefghijkl{}", "m".repeat(300));
        let terms = ["", "a", "abcdefghijk", "abcdefghijkl", &long, "b"];
        let (mut bytes, mut last) = (Vec::new(), "");
        for term in terms {
            push(&mut bytes, last.as_bytes(), term.as_bytes());
            last = term;
        }
        let (mut rest, mut term) = (&bytes[..], b"head:".to_vec());
        for expected in terms {
            next(&mut rest, &mut term, 5).expect("a term");
            assert_eq!(term, [b"head:", expected.as_bytes()].concat());
        }
        assert!(rest.is_empty());
        assert_eq!(next(&mut &bytes[..1], &mut Vec::new(), 0), None);
        assert_eq!(take_number(&mut &[0xff; 20][..]), None);
    }
}

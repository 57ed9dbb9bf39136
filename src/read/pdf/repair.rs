//! A new table of objects for a PDF whose own is broken or cut off.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::LazyLock;

use regex::bytes::Regex;

macro_rules! patterns {
    ($($name:ident = $pattern:literal;)*) => {$(
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($pattern).expect("a literal pattern"));
    )*};
}

patterns! {
    OBJECT = r"(?-u)(?:^|[\r\n\t >])(\d{1,7})[ \r\n\t]{1,4}(\d{1,5})[ \r\n\t]{1,4}obj\b";
    ROOT = r"(?-u)/Root[ \r\n]+(\d{1,7})[ \r\n]+(\d{1,5})[ \r\n]+R";
    CATALOG = r"(?-u)^[ \r\n]*<<[^>]{0,400}/Type[ \r\n]*/Catalog\b";
    ENCRYPT = r"(?-u)/Encrypt[ \r\n]+\d{1,7}[ \r\n]+\d{1,5}[ \r\n]+R";
    ID = r"(?-u)/ID[ \r\n]*\[[ \r\n]*<[0-9A-Fa-f]*>[ \r\n]*<[0-9A-Fa-f]*>[ \r\n]*\]";
}

/// The file with a table of all the objects found in it at the end. `None` where no object is the root.
pub(super) fn with_new_table(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut objects: BTreeMap<u32, (usize, u32)> = BTreeMap::new();
    let mut catalog = None;
    let number = |digits: &[u8]| std::str::from_utf8(digits).ok()?.parse::<u32>().ok();
    for found in OBJECT.captures_iter(bytes) {
        let (id, generation) = (found.get(1)?, number(&found[2])?);
        let name = number(id.as_bytes())?;
        // Of two objects of one name the later replaces the earlier.
        objects.insert(name, (id.start(), generation));
        let end = found.get(0)?.end();
        if CATALOG.is_match(&bytes[end..bytes.len().min(end + 512)]) {
            catalog = Some((name, generation));
        }
    }
    let stated = ROOT.captures_iter(bytes).last().and_then(|c| Some((number(&c[1])?, number(&c[2])?)));
    let root = stated.filter(|(id, _)| objects.contains_key(id)).or(catalog)?;
    let mut out = bytes.to_vec();
    out.push(b'\n');
    let table = out.len();
    let last = objects.keys().next_back().copied().unwrap_or(0);
    write!(out, "xref\n0 1\n0000000000 65535 f \n").ok()?;
    for (name, (at, generation)) in &objects {
        write!(out, "{name} 1\n{at:010} {generation:05} n \n").ok()?;
    }
    write!(out, "trailer\n<</Root {} {} R/Size {}", root.0, root.1, last + 1).ok()?;
    for pattern in [&*ENCRYPT, &*ID] {
        if let Some(entry) = pattern.find_iter(bytes).last() {
            out.extend_from_slice(entry.as_bytes());
        }
    }
    write!(out, ">>\nstartxref\n{table}\n%%EOF\n").ok()?;
    Some(out)
}

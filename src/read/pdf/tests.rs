use std::fmt::Write;

use super::*;
use crate::read::BlockKind;

/// A PDF with one page a program, all in Helvetica.
fn pdf(pages: &[String], extra: &str) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|i| format!("{} 0 R", 10 + 2 * i)).collect();
    let mut objects = vec![
        (1, "<</Type/Catalog/Pages 2 0 R>>".to_owned()),
        (
            2,
            format!(
                "<</Type/Pages/Kids[{}]/Count {}/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>{extra}>>>>",
                kids.join(" "),
                pages.len()
            ),
        ),
        (3, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned()),
    ];
    for (i, program) in pages.iter().enumerate() {
        objects.push((10 + 2 * i, format!("<</Type/Page/Parent 2 0 R/Contents {} 0 R>>", 11 + 2 * i)));
        objects.push((11 + 2 * i, format!("<</Length {}>>stream\n{program}\nendstream", program.len())));
    }
    objects.push((5, "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 5>>stream\n/X Do\nendstream".to_owned()));
    file(&objects, "")
}

fn file(objects: &[(usize, String)], trailer: &str) -> Vec<u8> {
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (id, object) in objects {
        places.push((*id, out.len()));
        write!(out, "{id} 0 obj\n{object}\nendobj\n").expect("a string");
    }
    let table = out.len();
    out.push_str("xref\n0 1\n0000000000 65535 f \n");
    for (id, at) in places {
        write!(out, "{id} 1\n{at:010} 00000 n \n").expect("a string");
    }
    write!(out, "trailer<</Root 1 0 R/Size 99{trailer}>>\nstartxref\n{table}\n%%EOF\n").expect("a string");
    out.into_bytes()
}

/// A line of text of a size at a place, counted from the lower left corner.
fn at(x: u32, y: u32, size: u32, text: &str) -> String {
    format!("BT /F {size} Tf {x} {y} Td ({text}) Tj ET\n")
}

#[test]
fn lines_keep_their_order_and_furniture_is_told() {
    let page = |n: u32, words: &str| {
        [
            at(500, 760, 10, "A/1999/7"),
            at(80, 600, 10, &format!("{words} of resolution 12 (1999) and")),
            at(80, 588, 10, "the rest of that,"),
            at(80, 564, 10, "Ends."),
            at(80, 130, 7, "See there, too."),
            at(80, 30, 8, &format!("99-12345 {n}/3")),
        ]
        .concat()
    };
    let body = read("t", pdf(&[page(1, "Recalling all"), page(2, "Noting much"), page(3, "Asking more")], ""))
        .expect("a document");
    let found: Vec<_> =
        body.blocks.iter().filter(|b| b.page == Some(2)).map(|b| (b.kind, b.span.of(&body.text))).collect();
    assert_eq!(
        found,
        [
            (BlockKind::Furniture, "A/1999/7"),
            (BlockKind::Line, "Noting much of resolution 12 (1999) and"),
            (BlockKind::Line, "the rest of that,"),
            (BlockKind::Line, "Ends."),
            (BlockKind::Line, "See there, too."),
            (BlockKind::Furniture, "99-12345 2/3"),
        ]
    );
    assert!(body.text.contains("(1999) and\nthe rest of that,\n\nEnds."), "{}", body.text);
}

#[test]
fn notes_are_told_by_their_raised_numbers() {
    let program = [
        at(80, 700, 10, "Recalling the Plan"),
        "BT /F 6 Tf 5 Ts 172 700 Td (3) Tj ET\n".to_owned(),
        "0 Ts\n".to_owned(),
        at(178, 700, 10, "and more words, as long as they are"),
        at(80, 688, 10, "said in the body of the text here."),
        "BT /F 5 Tf 3 Ts 80 100 Td (3) Tj ET 0 Ts\n".to_owned(),
        at(84, 100, 8, "See that place."),
    ]
    .concat();
    let body = read("t", pdf(&[program], "")).expect("a document");
    let found: Vec<_> = body.blocks.iter().map(|b| (b.kind, b.span.of(&body.text))).collect();
    assert_eq!(
        found,
        [
            (BlockKind::Line, "Recalling the Plan and more words, as long as they are"),
            (BlockKind::Line, "said in the body of the text here."),
            (BlockKind::Footnote, "3 See that place."),
        ]
    );
}

#[test]
fn kerning_is_no_space_and_a_gap_is() {
    let program = "BT /F 10 Tf 80 700 Td [(con) 20 (f) -30 (lict) -400 (in) ( the) 15 ( end)] TJ ET".to_owned();
    assert_eq!(read("t", pdf(&[program], "")).expect("a document").text, "conflict in the end");
}

#[test]
fn each_broken_file_has_its_one_reason() {
    let text = at(80, 700, 10, "Words");
    let whole = pdf(std::slice::from_ref(&text), "");
    let cut = whole[..120].to_vec();
    assert!(matches!(read("t", cut), Err(ReadError::Damaged { why, .. }) if why.contains("cut off")));
    assert!(matches!(read("t", b"%PDF-1.7\nnothing".to_vec()), Err(ReadError::Damaged { .. })));
    assert!(matches!(read("t", pdf(&["".into()], "")), Err(ReadError::NoTextLayer { pages: 1, .. })));
    let lock =
        "<</Filter/Standard/V 1/R 2/O(00000000000000000000000000000000)/U(00000000000000000000000000000000)/P -4>>";
    let mut objects =
        vec![(1, "<</Type/Catalog/Pages 2 0 R>>".to_owned()), (2, "<</Type/Pages/Kids[]/Count 0>>".to_owned())];
    objects.push((7, lock.to_owned()));
    let locked = "/Encrypt 7 0 R/ID[(a)(a)]";
    let refused = read("t", file(&objects, locked));
    assert!(matches!(refused, Err(ReadError::Encrypted { .. })), "{refused:?}");
}

#[test]
fn a_file_without_its_table_is_read_by_its_objects() {
    let whole = pdf(&[at(80, 700, 10, "First words"), at(80, 700, 10, "Second words")], "");
    let table = memchr::memmem::rfind(&whole, b"xref\n0").expect("a table");
    let body = read("t", whole[..table].to_vec()).expect("a document");
    assert_eq!(body.text, "First words\nSecond words");
    assert!(body.diagnostics[0].message.contains("cut off"), "{:?}", body.diagnostics);
}

#[test]
fn circles_end() {
    let text = format!("{}/X Do\n", at(80, 700, 10, "Words"));
    let body = read("t", pdf(&[text], "/XObject<</X 5 0 R>>")).expect("a document");
    assert_eq!(body.text, "Words");
    let objects = [
        (1, "<</Type/Catalog/Pages 2 0 R>>".to_owned()),
        (2, "<</Type/Pages/Kids[4 0 R]/Count 1/Parent 2 0 R>>".to_owned()),
        (4, "<</Type/Page/Parent 2 0 R/Contents 6 0 R>>".to_owned()),
        (6, "<</Length 2>>stream\nBT\nendstream".to_owned()),
    ];
    assert!(read("t", file(&objects, "")).is_err());
}

#[test]
fn a_bomb_is_not_unpacked() {
    use std::io::Write as _;
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&vec![b' '; 1 << 20]).expect("memory");
    let packed = packed.finish().expect("memory");
    let mut bytes = format!("%PDF-1.4\n1 0 obj\n<</Filter/FlateDecode/Length {}>>stream\n", packed.len()).into_bytes();
    bytes.extend(packed);
    assert!(matches!(check_unpacked_size("t", &bytes, 1 << 19), Err(ReadError::Bomb { .. })));
    assert!(check_unpacked_size("t", &bytes, 1 << 20).is_ok());
}

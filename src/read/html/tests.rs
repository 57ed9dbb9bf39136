use super::*;

fn blocks(html: &str) -> (Body, Vec<(BlockKind, String)>) {
    let body = read(html);
    let found = body.blocks.iter().map(|b| (b.kind, b.span.of(&body.text).to_owned())).collect();
    (body, found)
}

#[track_caller]
fn check(html: &str, expected: &[(BlockKind, &str)]) {
    let (body, found) = blocks(html);
    let found: Vec<_> = found.iter().map(|(k, t)| (*k, t.as_str())).collect();
    assert_eq!(found, expected);
    for word in body.text.split_whitespace().filter(|w| w.len() > 3 && w.chars().all(char::is_alphabetic)) {
        let at = word.as_ptr() as usize - body.text.as_ptr() as usize;
        assert_eq!(body.map.span(Span::new(at, at + word.len())).of(html), word);
    }
}

use BlockKind::{Cell, Footnote, Furniture, Heading, Line, ListItem, Paragraph};

#[test]
fn elements_become_blocks() {
    check(
        "<h1>Title</h1><p>One &amp; <b>two</b><sup>3</sup>,<p>three<br>lines<br><br>four<ul><li>Point</ul>tail",
        &[
            (Heading, "Title"),
            (Paragraph, "One & two,"),
            (Paragraph, "three\nlines"),
            (Paragraph, "four"),
            (ListItem, "Point"),
            (Paragraph, "tail"),
        ],
    );
    check("<table><tr><td>Left<td><p>Right words</table>", &[(Cell, "Left"), (Paragraph, "Right words")]);
    check("<pre>First line\n  second &lt;line\n</pre>", &[(Line, "First line"), (Line, "second <line")]);
    check("<p>Words.</p><div class='footnotes'><p>Noted.</p></div>", &[(Paragraph, "Words."), (Footnote, "Noted.")]);
    check("<p>seen<span style='display: none'>hidden</span></p><script>var words;</script>", &[(Paragraph, "seen")]);
}

#[test]
fn lists_show_their_numbers() {
    check(
        "<ol start=4><li>Asks;<ol type=a><li>this;<li>that;</ol><li value=9><p>Ends.</ol><ol><li>12. Printed</ol>",
        &[
            (ListItem, "4. Asks;"),
            (ListItem, "a. this;"),
            (ListItem, "b. that;"),
            (ListItem, "9. Ends."),
            (ListItem, "12. Printed"),
        ],
    );
}

#[test]
fn chrome_is_furniture() {
    let words = "The Assembly has long words to say on this matter and says them here at length. ".repeat(4);
    let words = words.trim();
    let page = format!(
        "<html lang=en-GB><head><title>T</title></head><body><header>Site name</header><nav><a href=/>Home</a></nav>\
         <main><article class='post has-sidebar'><div class=entry-header><h1>Resolution</h1></div><div class=entry-content><p>{words}</p>\
         <div>See also <a href=x>Another resolution altogether</a></div><p>{words}</p></div>\
         <div class=share-buttons>Share</div><section><h3>Related posts</h3><p>Elsewhere it was said.</p></section></article></main>\
         <aside>Beside</aside><footer>Imprint</footer></body></html>"
    );
    check(
        &page,
        &[
            (Furniture, "Site name"),
            (Furniture, "Home"),
            (Heading, "Resolution"),
            (Paragraph, words),
            (Furniture, "See also Another resolution altogether"),
            (Paragraph, words),
            (Furniture, "Share"),
            (Furniture, "Related posts"),
            (Furniture, "Elsewhere it was said."),
            (Furniture, "Beside"),
            (Furniture, "Imprint"),
        ],
    );
    assert_eq!(read(&page).language, Some(Language::En));
}

#[test]
fn an_apparatus_ends_where_its_part_ends() {
    check(
        "<div><p>Before it stands this.</p><div><h4>See also</h4><p>Another page</p></div><p>After it stands that.</p><h2>Comments</h2><p>First!</p></div>",
        &[
            (Paragraph, "Before it stands this."),
            (Furniture, "See also"),
            (Furniture, "Another page"),
            (Paragraph, "After it stands that."),
            (Furniture, "Comments"),
            (Furniture, "First!"),
        ],
    );
}

#[test]
fn depth_costs_no_stack_and_little_time() {
    for (open, close) in [("<div>", "</div>"), ("<b>", ""), ("<p><b>", "</i>"), ("<ol><li>", "</x>")] {
        let html = format!("{}deep{}", open.repeat(100_000), close.repeat(100_000));
        let body = read(&html);
        assert!(body.text.ends_with("deep"), "{open}");
    }
}

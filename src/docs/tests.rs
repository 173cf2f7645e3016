use super::*;

fn found(text: &str) -> Vec<(Target, Form, &str, &str)> {
    let part = |range: &Range<usize>| text.get(range.clone()).unwrap_or("?");
    // The texts are borrowed, so the ranges are looked at before the links go.
    links(text)
        .into_iter()
        .map(|link| (link.target.clone(), link.form, part(&link.text), part(&link.target_range)))
        .collect()
}

fn element(path: &str) -> Target {
    Target::Element(path.to_owned())
}

#[test]
fn names_of_elements_in_brackets_are_links() {
    assert_eq!(
        found("The [stream] feeds [`ingest.hot`], then [the lake][lake.raw] and [stream][]."),
        [
            (element("stream"), Form::Shortcut, "stream", "stream"),
            (element("ingest.hot"), Form::CodeShortcut, "`ingest.hot`", "ingest.hot"),
            (element("lake.raw"), Form::Reference, "the lake", "lake.raw"),
            (element("stream"), Form::Shortcut, "stream", "stream"),
        ]
    );
}

#[test]
fn other_brackets_are_not() {
    for text in ["[a b]", "[1]", "`[code]`", "- [x] done", "> [!NOTE]\n> text", "\\[stream]", "[^note]", "    [stream]"]
    {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn definitions_win_over_elements() {
    let text = "See [stream] and [it][stream].\n\n[stream]: https://example.com/a 'Title'\n";
    let web = || Target::Web("https://example.com/a".to_owned());
    let links = links(text);
    assert_eq!(links.iter().map(|link| link.target.clone()).collect::<Vec<_>>(), [web(), web()]);
    assert!(links.iter().all(|link| link.title == "Title" && link.target_range == link.range));
}

#[test]
fn destinations_are_files_headings_or_the_web() {
    let file = |path: &str, heading: Option<&str>| Target::File {
        path: path.to_owned(),
        heading: heading.map(ToOwned::to_owned),
    };
    assert_eq!(
        found("[a](x/y.md) [b ](y.md#top \"t\") [c](#here) ![d](p.png) <https://e.org> [f](mailto:a@b.c) [](C:/x)"),
        [
            (file("x/y.md", None), Form::Inline, "a", "x/y.md"),
            (file("y.md", Some("top")), Form::Inline, "b ", "y.md#top"),
            (Target::Heading("here".to_owned()), Form::Inline, "c", "#here"),
            (file("p.png", None), Form::Inline, "d", "p.png"),
            (Target::Web("https://e.org".to_owned()), Form::Auto, "https://e.org", "https://e.org"),
            (Target::Web("mailto:a@b.c".to_owned()), Form::Inline, "f", "mailto:a@b.c"),
            (file("C:/x", None), Form::Inline, "", "C:/x"),
        ]
    );
}

#[test]
fn only_the_web_is_led_to() {
    let foreign = [
        "command:workbench.action.terminal.new",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java&#10;script:alert(1)",
        "&#9;javascript:alert(1)",
        "vscode://x/y",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.com/x",
        "\\\\\\\\host/x",
    ];
    for address in foreign {
        let target = links(&format!("[a](<{address}>)")).remove(0).target;
        assert!(matches!(target, Target::Foreign(_)), "{address}: {target:?}");
    }
    assert_eq!(found("<command:foo>")[0].0, Target::Foreign("command:foo".to_owned()));
    assert_eq!(found("<a@b.c>")[0].0, Target::Web("mailto:a@b.c".to_owned()));
    assert_eq!(found("[a](HTTPS://e.org)")[0].0, Target::Web("HTTPS://e.org".to_owned()));
}

#[test]
fn links_that_lead_elsewhere_are_the_text_that_they_show() {
    let kept = |text| keep_links(text, |target| matches!(target, Target::Web(_)));
    let cases = [
        ("a [*b*](command:c \"t\") and [d](https://e.org)", "a *b* and [d](https://e.org)"),
        ("<command:c> ![p](data:x)", "command:c p"),
        ("[![p](https://e.org)](command:c)", "![p](https://e.org)"),
        ("[![p](file:///p)](https://e.org)", "[p](https://e.org)"),
        ("[a][b] [orders] [b]\n\n[b]: command:c", "a [orders] b\n\n"),
        // What comes up when another goes.
        ("[<command:c>](command:d)", "command:c"),
        ("[[a](#b)](command:d)", "a"),
        ("`[a](command:b)` and \\[a](command:b)", "`[a](command:b)` and \\[a](command:b)"),
    ];
    for (text, expected) in cases {
        assert_eq!(kept(text), expected, "{text}");
    }
    let deep = format!("{}a{}", "[".repeat(40), "](command:b)".repeat(40));
    assert!(links(&kept(&deep)).is_empty(), "{}", kept(&deep));
}

#[test]
fn an_image_in_a_link_is_both() {
    let text = "[![alt](p.png) more](https://e.org)";
    let parts: Vec<_> = links(text).into_iter().map(|link| (link.is_image, &text[link.text])).collect();
    assert_eq!(parts, [(false, "![alt](p.png) more"), (true, "alt")]);
}

#[test]
fn headings_have_the_anchors_of_renderers() {
    let text = "# How it *works*!\n\ntext\n\nHow it\nworks\n---\n\n### `a_b` & c-d\n";
    let found: Vec<_> = headings(text).into_iter().map(|it| (it.level, it.slug, &text[it.content])).collect();
    assert_eq!(
        found,
        [
            (1, "how-it-works".to_owned(), "How it *works*!"),
            (2, "how-it-works-1".to_owned(), "How it\nworks"),
            (3, "a_b--c-d".to_owned(), "`a_b` & c-d"),
        ]
    );
}

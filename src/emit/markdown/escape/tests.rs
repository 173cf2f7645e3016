use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::*;

/// All that a reader may have switched on.
const READERS: [Options; 2] = [
    Options::ENABLE_TABLES
        .union(Options::ENABLE_FOOTNOTES)
        .union(Options::ENABLE_STRIKETHROUGH)
        .union(Options::ENABLE_TASKLISTS)
        .union(Options::ENABLE_MATH)
        .union(Options::ENABLE_GFM),
    Options::ENABLE_TABLES
        .union(Options::ENABLE_HEADING_ATTRIBUTES)
        .union(Options::ENABLE_DEFINITION_LIST)
        .union(Options::ENABLE_STRIKETHROUGH),
];

/// What a reader sees where it is nothing but text between these tags; else what is there instead.
fn seen(markdown: &str, around: &[&str], options: Options) -> Result<String, String> {
    let mut text = String::new();
    let mut tags = Vec::new();
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Text(part) => text.push_str(&part),
            Event::Start(tag) => tags.push(name(&tag)),
            Event::End(_) => {}
            other => return Err(format!("{other:?}")),
        }
    }
    if tags == around { Ok(text) } else { Err(format!("{tags:?}")) }
}

fn name(tag: &Tag<'_>) -> &'static str {
    match tag {
        Tag::Paragraph => "paragraph",
        Tag::Heading { .. } => "heading",
        Tag::List(_) => "list",
        Tag::Item => "item",
        Tag::Table(_) => "table",
        Tag::TableHead => "head",
        Tag::TableRow => "row",
        Tag::TableCell => "cell",
        Tag::Link { .. } => "link",
        _ => "something else",
    }
}

fn assert_shown(text: &str) -> Result<(), TestCaseError> {
    let escaped = escape(text);
    let expected = one_line(text);
    for options in READERS {
        let contexts: [(String, &[&str]); 5] = [
            (format!("{escaped}\n"), &["paragraph"]),
            (format!("## {escaped}\n"), &["heading"]),
            (format!("- {escaped}\n"), &["list", "item"]),
            (format!("| |\n|---|\n| {escaped} |\n"), &["table", "head", "cell", "row", "cell"]),
            (format!("[{escaped}](x)\n"), &["paragraph", "link"]),
        ];
        for (markdown, around) in contexts {
            prop_assert_eq!(seen(&markdown, around, options), Ok(expected.clone()), "{}", markdown);
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn marks_are_shown_as_they_are(text in r"x[-+*_~`<>\[\](){}#|\\&;:.!$=@^'\x22 \n0-9a-zé]{0,24}") {
        assert_shown(&text)?;
    }

    #[test]
    fn marks_at_the_start_are_shown_as_they_are(text in r"[-+*_~`<>\[\](){}#|\\&;:.!$=@^'0-9a-z]{1,3}[-+*_~`#|\\=.:) a]{0,6}") {
        assert_shown(&text)?;
    }

    #[test]
    fn any_text_is_shown_as_it_is(text in r"\PC{1,32}") {
        prop_assume!(!one_line(&text).is_empty());
        assert_shown(&text)?;
    }

    #[test]
    fn addresses_stay_addresses(address in r"[a-z]\PC{0,24}") {
        let markdown = link("x", &address);
        prop_assert_eq!(seen(&markdown, &["paragraph", "link"], READERS[0]), Ok("x".to_owned()), "{}", markdown);
    }
}

#[test]
fn plain_words_stay_plain() {
    for text in
        ["S3 Raw Zone", "web-app", "data_lake v1.2", "C#", "Kinesis/Firehose", "5,000/s (peak)", "It's 50% off!"]
    {
        assert_eq!(escape(text), text);
    }
}

#[test]
fn comments_end_where_they_should() {
    assert_eq!(comment("a--->b\n-->"), "<!-- a- - ->b - -> -->");
}

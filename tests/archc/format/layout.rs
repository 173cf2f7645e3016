//! Files without mistakes, with line breaks, blanks and comments at random wherever the language allows them.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;

use super::properties::check;
use crate::syntax::messages;

/// What may stand between two words of a line.
fn blanks() -> impl Strategy<Value = String> {
    select(vec![" ", "  ", "\t"]).prop_map(str::to_owned)
}

/// What may stand between statements.
fn gap() -> impl Strategy<Value = String> {
    let parts = vec!["\n", "\n\n", "\r\n", " // c\n", "\n// own\n", ",", ",\n", "\n\n\n  ", ", ,\n", " ,// c\n"];
    prop_oneof![4 => Just("\n".to_owned()), 1 => Just(", ".to_owned()), 4 => select(parts).prop_map(str::to_owned)]
}

/// What may stand around items.
fn inner() -> impl Strategy<Value = String> {
    prop_oneof![6 => Just(String::new()), 3 => Just(" ".to_owned()), 2 => select(vec!["\n", "\n\n", " // c\n", "\n  // own\n"]).prop_map(str::to_owned)]
}

fn name() -> impl Strategy<Value = String> {
    select(vec!["a", "b.c", "us-east-1", "service", "else", "a-name-that-takes-much-room-on-a-line", "größe"])
        .prop_map(str::to_owned)
}

fn value() -> impl Strategy<Value = String> {
    let words = vec![
        "1",
        "512 MB",
        "5_000/s",
        "30%",
        "2026-11-17",
        "\"text, // no comment\"",
        "\"\"\"\n  b\n  \"\"\"",
        "-3",
        "*",
    ];
    let leaf = prop_oneof![name(), select(words).prop_map(str::to_owned)];
    leaf.prop_recursive(3, 24, 5, |item| {
        let items = proptest::collection::vec((inner(), item.clone(), inner()), 0..6)
            .prop_map(|items| {
                items.into_iter().map(|(before, item, after)| before + &item + &after).collect::<Vec<_>>().join(",")
            })
            .boxed();
        let comma = select(vec!["", ",", " , "]);
        prop_oneof![
            (items.clone(), comma)
                .prop_map(|(items, comma)| format!("[{items}{}]", if items.is_empty() { "" } else { comma })),
            items.prop_map(|items| format!("f({items})")),
            (item.clone(), blanks(), select(vec!["+", "-", "*", "<=", "&", "->"]), item.clone())
                .prop_map(|(left, blank, sign, right)| format!("({left}{blank}{sign} {right})")),
        ]
    })
}

fn statement() -> impl Strategy<Value = String> {
    let property = (name(), select(vec!["=", " = ", "  ="]), value())
        .prop_map(|(name, sign, value)| format!("{name}{sign}{value}"));
    let arrow = select(vec!["->", " => ", "\n  ~> ", " ->  "]);
    let edge = (name(), arrow.clone(), name(), arrow, name())
        .prop_map(|(a, first, b, second, c)| format!("{a}{first}{b}, x{second}{c}"));
    let simple = select(vec![
        "service s:aws.s3  \"S\"",
        "external e",
        "/// Doc\n@allow(wiring/x, \"why\")\n  service t : k",
        "limit \"l\"  -1<= a soft",
        " wire a,\n b // c\n ,c->d never",
        "load = 5_000/s  of 1 KB",
        "property p: one_of(a,b) =a",
        "note a,b  \"n\"",
        "without a , b",
    ])
    .prop_map(str::to_owned);
    prop_oneof![4 => property, 3 => edge, 3 => simple].prop_recursive(3, 40, 6, |inside| {
        let head = select(vec![
            "group g",
            "meta",
            "a -> b via k  \"l\"",
            " kind k is a",
            "service s: k",
            "par",
            "alt \"x\" { a -> b }\n// c\nelse",
            "alt{}else",
        ]);
        (head, body(inside)).prop_map(|(head, body)| format!("{head} {{{body}}}"))
    })
}

fn body(statement: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let ends = select(vec!["", " ", "\n", "\n\n", " // c\n"]);
    let statements = proptest::collection::vec((statement, gap()), 0..6);
    (ends, statements).prop_map(|(start, statements)| {
        start.to_owned() + &statements.into_iter().map(|(statement, gap)| statement + &gap).collect::<String>()
    })
}

proptest! {
    #[test]
    fn any_layout(text in body(statement())) {
        check(&text);
    }
}

/// The property above is about files that can be read: nearly all of its files must be.
#[test]
fn most_layouts_can_be_read() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let texts = (0..100).map(|_| body(statement()).new_tree(&mut runner).unwrap().current());
    let broken: Vec<_> =
        texts.map(|text| (messages(&text), text)).filter(|(messages, _)| !messages.is_empty()).collect();
    assert!(broken.len() < 20, "{} of 100: {:#?}", broken.len(), broken.iter().take(5).collect::<Vec<_>>());
}

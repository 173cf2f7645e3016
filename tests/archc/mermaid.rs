//! Mermaid diagrams: what is written, and how it is split.
#![allow(clippy::indexing_slicing, reason = "what is not there fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use archc::emit::mermaid::{Diagram, MAX_CHARACTERS, MAX_EDGES, Style, diagrams};

use crate::inputs::{model, quoted};

/// The diagrams of the first architecture of a text.
fn drawn(source: &str, style: Style) -> Vec<Diagram> {
    let model = model(source);
    diagrams(&model, model.architectures[0].id, style)
}

#[test]
fn sources_and_their_diagrams() {
    insta::glob!("mermaid/*.arch", |path| {
        let source = std::fs::read_to_string(path).unwrap();
        let model = model(&source);
        let mut report = source;
        for architecture in &model.architectures {
            for style in [Style::Styled, Style::Plain] {
                for Diagram { name, title, text, .. } in diagrams(&model, architecture.id, style) {
                    _ = write!(report, "\n---- {name}, {style:?}: {title} ----\n{text}");
                }
            }
        }
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(report) });
    });
}

/// Sources that no single diagram can show.
fn large_sources() -> BTreeMap<&'static str, String> {
    let mut sources = BTreeMap::new();
    let mut wrap = |name, body: String| sources.insert(name, format!("architecture big \"Big\" {{\n{body}}}\n"));
    let services = |range: std::ops::Range<usize>| -> String {
        range.fold(String::new(), |source, index| source + &format!("service s{index}: aws.lambda\n"))
    };
    let chain = |count: usize| -> String {
        (1..count).fold(String::new(), |source, index| source + &format!("s{} -> s{index}\n", index - 1))
    };
    let hub = (0..600).fold(services(0..601), |source, index| source + &format!("s{index} -> s600 \"to the hub\"\n"));
    wrap("flat", services(0..3000) + &chain(3000));
    wrap("hub", hub.clone());
    wrap("hub in a group", format!("group all \"All\" {{\n{hub}}}\n"));
    wrap("without edges", services(0..4000));
    wrap("parallel edges", services(0..2) + &"s0 -> s1 \"again\"\n".repeat(501));
    wrap(
        "many groups",
        (0..2000).fold(String::new(), |source, index| {
            source + &format!("group g{index} {{ {} }}\n", services(index * 3..index * 3 + 3).replace('\n', ", "))
        }) + &chain(6000),
    );
    wrap("nested", format!("{} {} {}", "group a { ".repeat(40), services(0..700) + &chain(700), "}".repeat(40)));
    wrap(
        "long labels",
        (0..40).fold(String::new(), |source, index| {
            source + &format!("service s{index}: aws.s3 {}\n", quoted(&"#\"ﬂ 🚀".repeat(700)))
        }) + &chain(40),
    );
    wrap(
        "long names",
        (0..300).fold(String::new(), |source, index| {
            source + &format!("service s{index}_{}: aws.s3\n", "long".repeat(100))
        }),
    );
    wrap("one label", format!("service s: aws.s3 {}\n", quoted(&"long \n".repeat(20_000))));
    sources
}

#[test]
fn no_diagram_exceeds_what_hosts_draw() {
    for (name, source) in large_sources() {
        for style in [Style::Styled, Style::Plain] {
            let diagrams = drawn(&source, style);
            assert!(!diagrams.is_empty(), "{name}");
            for diagram in &diagrams {
                let length = diagram.text.encode_utf16().count();
                assert!(length <= MAX_CHARACTERS, "{name}: {} has {length} characters", diagram.name);
                let arrows = diagram.text.lines().filter(|line| line.contains("->")).count();
                assert!(arrows <= MAX_EDGES, "{name}: {} has {arrows} arrows", diagram.name);
            }
            let names: BTreeSet<&str> = diagrams.iter().map(|it| it.name.as_str()).collect();
            assert_eq!(names.len(), diagrams.len(), "{name}: names of files");
            assert_eq!((diagrams[0].name.as_str(), diagrams[0].group), ("big", None), "{name}");
        }
    }
}

#[test]
fn every_element_is_drawn_somewhere() {
    for name in ["flat", "hub", "hub in a group", "without edges", "many groups", "nested"] {
        let source = &large_sources()[name];
        let diagrams = drawn(source, Style::Plain);
        let declared =
            |line: &str| line.trim().strip_suffix("\"]")?.split_once("[\"").map(|(_, label)| label.to_owned());
        let labels: BTreeSet<String> = diagrams.iter().flat_map(|it| it.text.lines().filter_map(declared)).collect();
        let model = model(source);
        let missing = model.elements.iter().filter(|it| !labels.contains(it.label()) && it.label() != "a");
        assert_eq!(missing.map(archc::model::Element::label).collect::<Vec<_>>(), Vec::<&str>::new(), "{name}");
    }
}

#[test]
fn the_limits_are_reached_before_a_diagram_is_split() {
    let source = |edges: usize| {
        format!("architecture a {{ service s: aws.s3, service t: aws.s3\n{} }}", "s -> t \"x\"\n".repeat(edges))
    };
    let counts = [500, 501].map(|edges| drawn(&source(edges), Style::Styled)[0].text.matches("-->").count());
    assert_eq!(counts, [500, 1]);
    assert!(drawn(&source(501), Style::Styled)[0].text.contains("-->|\"501 connections\"|"));
}

#[test]
fn a_large_architecture_is_an_overview_and_its_groups() {
    let mut source = String::from("architecture shop \"Shop\" {\nexternal users \"Users\"\nusers -> s0\n");
    for group in 0..3 {
        _ = writeln!(source, "group g{group} \"Group {group}\" {{");
        for index in group * 200..(group + 1) * 200 {
            _ = writeln!(source, "service s{index}: aws.lambda\ns{index} -> s{}", (index + 1) % 600);
        }
        _ = writeln!(source, "s{} ~> g{} \"watches\"\n}}", group * 200, (group + 1) % 3);
    }
    let diagrams = drawn(&(source + "}\n"), Style::Styled);
    let names: Vec<(&str, &str)> = diagrams.iter().map(|it| (it.name.as_str(), it.title.as_str())).collect();
    assert_eq!(
        names,
        [
            ("shop", "Shop (overview)"),
            ("shop.g0", "Shop: Group 0"),
            ("shop.g1", "Shop: Group 1"),
            ("shop.g2", "Shop: Group 2"),
        ]
    );
    insta::assert_snapshot!("overview", diagrams[0].text);
    // What stands between its members is as in any diagram: its frame and its neighbours are of interest.
    let text = diagrams[1].text.lines();
    let words = ["subgraph", "users", "g1", "g2", "classDef"];
    let around: Vec<&str> = text.filter(|line| words.iter().any(|word| line.contains(word))).collect();
    insta::assert_snapshot!("around_a_group", around.join("\n"));
}

//! Views: which elements and edges they show, and what is drawn of them.

use std::fmt::Write as _;

use archc::emit::mermaid::{Diagram, MAX_CHARACTERS, MAX_EDGES, Painter, Style};
use archc::load::load;
use archc::model::Model;
use archc::quantity::Amount;
use archc::view::Canvas;

use crate::inputs::model;

/// The diagrams of all views of a model, each with the stem of its file.
pub(crate) fn drawn(model: &Model) -> Vec<(String, String)> {
    let stem = |name: &str| name.rsplit('/').next().unwrap().to_owned();
    diagrams(model).into_iter().map(|diagram| (stem(&diagram.name), diagram.text)).collect()
}

fn diagrams(model: &Model) -> Vec<Diagram> {
    let loads = load(model, Amount::ONE);
    let canvas = Canvas::new(model);
    let painter = Painter { canvas: &canvas, style: Style::Styled, loads: &loads };
    model.views.iter().map(|view| painter.view(view, None)).collect()
}

/// A diagram without what is the same in all: how it is coloured.
fn without_colours(text: &str) -> String {
    let is_colour = |line: &&str| line.trim_start().starts_with("classDef") || line.trim_start().starts_with("class ");
    text.lines().filter(|line| !is_colour(line)).fold(String::new(), |text, line| text + line + "\n")
}

#[test]
fn views_and_their_diagrams() {
    insta::glob!("view/*.arch", |path| {
        let source = std::fs::read_to_string(path).unwrap();
        let mut report = source.clone();
        for diagram in diagrams(&model(&source)) {
            _ = write!(report, "\n---- {} ----\n{}", diagram.name, without_colours(&diagram.text));
            diagram.notes.iter().for_each(|note| _ = writeln!(report, "note: {note}"));
        }
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(report) });
    });
}

#[test]
fn without_a_tie_there_is_no_landscape() {
    let is_drawn = |text: &str| {
        let model = model(text);
        Canvas::new(&model).landscape().is_some()
    };
    let apart = "architecture a { external x, external y, x -> y }\narchitecture b { external z }";
    assert!(!is_drawn(apart));
    assert!(is_drawn(&apart.replace("x -> y", "x -> y, b.z")));
}

/// Groups of services, each tied to the next.
fn large(groups: usize, in_group: usize) -> String {
    let mut text = String::from("architecture big \"Big\" {\n");
    for group in 0..groups {
        _ = writeln!(text, "group g{group} {{");
        for service in group * in_group..(group + 1) * in_group {
            let label = "with a long name ".repeat(8);
            _ = writeln!(text, "service s{service}: aws.lambda \"Service {service} {label}\"");
        }
        _ = writeln!(text, "}}");
    }
    for service in 1..groups * in_group {
        _ = writeln!(text, "s{} -> s{service} \"passes on\"", service - 1);
    }
    text + "view all \"All\"\n}"
}

#[test]
fn what_no_host_draws_is_drawn_from_further_away() {
    let cases = [
        // Short labels are enough.
        (
            large(1, 250),
            "n_g0__s249(\"Service 249 with a long name with a long name with a long name with a long name …\")",
            false,
        ),
        // Groups as nodes.
        (large(20, 100), "g_g19[\"g19<br/>(100 elements)\"]", true),
        // Nothing helps.
        (large(1200, 2), "note>\"Too large to draw: 2400 nodes, 2399 arrows\"]", true),
    ];
    for (source, expected, is_too_large) in cases {
        let model = model(&source);
        let text = &drawn(&model).remove(0).1;
        assert!(text.contains(expected), "{expected} is not in {text}");
        assert!(text.encode_utf16().count() <= MAX_CHARACTERS);
        assert!(text.matches("-->").count() <= MAX_EDGES);
        let mistakes = Canvas::new(&model).mistakes(model.views.first().unwrap(), &load(&model, Amount::ONE));
        assert_eq!(!mistakes.is_empty(), is_too_large, "{mistakes:?}");
    }
}

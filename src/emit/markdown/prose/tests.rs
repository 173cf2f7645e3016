use std::collections::BTreeMap;
use std::sync::Arc;

use super::*;
use crate::decision::Decisions;
use crate::emit::markdown::{Costs, Topic};
use crate::emit::mermaid::Style;
use crate::model::Model;
use crate::source::{Origin, SourceMap};
use crate::{model, syntax};

/// Two systems, and the file `docs/shop.arch` that a text stands in.
const SOURCE: &str = "\
architecture shop \"Shop\" {
  group edge { service api }
  service store
}
architecture lake \"Lake\" {
  service raw
}
";

fn model() -> (Model, SourceMap) {
    let mut sources = SourceMap::default();
    let file = sources.add("docs/shop.arch", SOURCE.to_owned(), Origin::Workspace);
    let tree = syntax::parse(file, SOURCE).tree;
    (model::resolve([&tree], Arc::default(), &model::Overlay::default()), sources)
}

/// A text as it stands under a heading of level 3.
fn embedded(text: &str) -> String {
    embedded_with(text, Some("../src"))
}

fn embedded_with(text: &str, link_base: Option<&str>) -> String {
    let (model, sources) = model();
    let topics = [Topic { path: "docs/notes/topic.md".to_owned(), text: String::new() }];
    let costs = Costs::default();
    let decisions = Decisions::default();
    let options = Options {
        title: "",
        style: Style::Plain,
        topics: &topics,
        link_base,
        sources: &sources,
        costs: &costs,
        levels: &BTreeMap::new(),
        findings: &[],
        decisions: &decisions,
    };
    let shop = model.find_architecture("shop").unwrap();
    let places = Places::new(&model, &sources, &decisions);
    let setting = Setting {
        places: &places,
        options: &options,
        scope: Some(scope_of(shop.id)),
        level: 3,
        prefix: "p.x".to_owned(),
    };
    setting.embed(&Doc { text: text.to_owned(), span: shop.name_span, lines: Vec::new() })
}

#[test]
fn headings_go_under_the_section() {
    assert_eq!(embedded("# A\n\n## B ##\n\n#### C"), "#### A\n\n##### B ##\n\n###### C");
    assert_eq!(embedded("##### A\n\n# B"), "###### A\n\n#### B");
    assert_eq!(embedded("#### A"), "#### A");
}

#[test]
fn underlined_headings_get_marks() {
    assert_eq!(embedded("A *b*\nc\n===\n\ntext\n\nD #\n---\n"), "#### A *b* c\n\ntext\n\n##### D \\#");
    assert_eq!(embedded("> A\n> b\n> ---\n> text"), "> #### A b\n> text");
    assert_eq!(embedded("- A  \n  b\n  ==="), "- #### A b");
    assert_eq!(embedded("#a\n==="), "#### #a");
}

#[test]
fn names_lead_to_elements() {
    assert_eq!(
        embedded("The [store] and [`edge.api`]."),
        "The [store](#element.store) and [`edge.api`](#element.edge.api)."
    );
    assert_eq!(embedded("[the *lake*][lake.raw]"), "[the *lake*](lake.md#element.raw)");
    assert_eq!(embedded("[lake][] and [`lake`]"), "[lake](lake.md) and [`lake`](lake.md)");
    assert_eq!(embedded("A\n[store] [x](y)\n==="), "#### A [store](#element.store) [x](../src/docs/y)");
}

#[test]
fn other_text_stays_to_the_letter() {
    for text in [
        "[nothing] [a b] [`code`] `[store]` \\[store]",
        "*a* __b__ ~~c~~\\\n<b>html</b> &amp; [w](https://e.org 'T') <https://e.org>\n\n1) x\n   * y\n\n\n| a |\n|---|\n| b |",
        "```arch\n# [store]\n```\n\n    # [store]\n\n- [x] done\n\n***",
    ] {
        assert_eq!(embedded(text), text);
    }
}

#[test]
fn files_are_found_from_the_pages() {
    assert_eq!(embedded("[a](../run book.md)"), "[a](../run book.md)");
    assert_eq!(embedded("[a](<../run book.md> \"T\")"), "[a](../src/run%20book.md \"T\")");
    assert_eq!(embedded("![a](x/./y.png) [b](/c.md#d)"), "![a](../src/docs/x/y.png) [b](../src/c.md#d)");
    assert_eq!(embedded("[a](notes/topic.md#b)"), "[a](topics/docs/notes/topic.md#b)");
    assert_eq!(embedded_with("[a](y) [b](/c)", Some("")), "[a](docs/y) [b](c)");
    assert_eq!(embedded_with("[a *b*](y) ![c](d)", None), "a *b* c");
}

#[test]
fn links_that_a_browser_might_run_are_the_text_that_they_show() {
    let text = "[a](command:b) <javascript:c> ![d](data:x) [e](//f) [[g](h)](vscode://i) [j][k] <l@example.com>\n\n[k]: file:///m";
    let expected = "a javascript:c d e g j <l@example.com>";
    assert_eq!(embedded_with(text, None), expected);
    assert_eq!(embedded_with("[a](<&#10;javascript:b>) [c](java&#9;script:d)", Some("")), "a c");
}

#[test]
fn labels_of_one_text_are_not_those_of_another() {
    assert_eq!(
        embedded("[a][1] [b][1], [1][] and [1].\n\n[1]: https://e.org"),
        "[a](https://e.org) [b](https://e.org), [1](https://e.org) and [1](https://e.org).\n\n[1]: https://e.org"
    );
    assert_eq!(embedded("a[^1]\n\n[^1]: b"), "a[^p.x-1]\n\n[^p.x-1]: b");
}

#[test]
fn headings_are_linked_by_anchors_of_their_own() {
    assert_eq!(embedded("# A b\n\n[x](#a-b) [y](#c)"), "#### <a id=\"p.x--a-b\"></a>A b\n\n[x](#p.x--a-b) [y](#c)");
}

#[test]
fn open_blocks_end_with_the_text() {
    assert_eq!(embedded("a\n```sh\nb"), "a\n```sh\nb\n```");
    assert_eq!(embedded("~~~~\nb\n~~~"), "~~~~\nb\n~~~\n~~~~");
    assert_eq!(embedded("a\n\n<!-- b\n\nc"), "a\n\n<!-- b\n\nc\n-->");
    assert_eq!(embedded("<script>\nb"), "<script>\nb\n</script>");
    assert_eq!(embedded("<div>\nb"), "<div>\nb");
}

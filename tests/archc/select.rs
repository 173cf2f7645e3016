//! What selectors select, and what is said of those that mean nothing.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use archc::diagnostic::Diagnostic;
use archc::model::{ElementId, Hop, Model, Scope};
use archc::select::{Graph, Selector, Sort};
use archc::source::{Origin, SourceMap};
use archc::syntax::parse_value;
use insta::assert_snapshot;
use proptest::prelude::*;

use crate::inputs::model;

const SHOP: &str = include_str!("select/shop.arch");

fn path(model: &Model, id: ElementId) -> String {
    format!("{}.{}", model.architecture(model.element(id).architecture).name, model.path(id))
}

fn selector(model: &Model, scope: Option<Scope>, text: &str) -> Result<Selector, Vec<Diagnostic>> {
    let mut sources = SourceMap::default();
    let file = sources.add("selector", text.to_owned(), Origin::Workspace);
    Selector::new(model, scope, &parse_value(file, text).unwrap())
}

fn inside(model: &Model, name: &str) -> Scope {
    Scope { architecture: model.find_architecture(name).unwrap().id, group: None }
}

/// Each selector with what it selects, or with the findings about it.
fn answers(scope_of: Option<&str>, selectors: &str) -> String {
    let model = model(SHOP);
    let graph = Graph::new(&model);
    let scope = scope_of.map(|name| inside(&model, name));
    let mut text = String::new();
    for written in selectors.lines() {
        writeln!(text, "{written}").unwrap();
        match selector(&model, scope, written) {
            Ok(selector) if selector.doubts().is_empty() => {
                let elements = selector.elements(&graph).into_iter().map(|id| path(&model, id));
                let hop =
                    |hop: Hop| format!("{} {} {}", path(&model, hop.from), hop.arrow.symbol(), path(&model, hop.to));
                let all: Vec<String> = elements.chain(selector.hops(&graph).into_iter().map(hop)).collect();
                let nothing = if all.is_empty() { "(nothing)" } else { "" };
                writeln!(text, "    {}{nothing}", all.join("\n    ")).unwrap();
            }
            found => {
                let found = found.map_or_else(|found| found, |selector| selector.doubts().to_vec());
                for Diagnostic { code, message, primary, help, .. } in found {
                    let (start, end) = (primary.span.start as usize, primary.span.end as usize);
                    let help = help.unwrap_or_default();
                    writeln!(
                        text,
                        "{}{}\n    [{code}] {message}\n    help: {help}",
                        " ".repeat(start),
                        "^".repeat(end - start)
                    )
                    .unwrap();
                }
            }
        }
    }
    text
}

#[test]
fn what_an_element_says_itself_comes_before_what_its_group_says() {
    let model = model(
        "architecture a {\n group g { owner = one, tags = [zone], status = planned\n service s: aws.s3 { owner = two, tags = \
         [hot], status = live }\n service t: aws.s3 }\n service u: aws.s3 { tags = [hot] } }",
    );
    let graph = Graph::new(&model);
    let selected = |text: &str| {
        let selector = selector(&model, Some(inside(&model, "a")), text).unwrap();
        selector.elements(&graph).into_iter().map(|id| model.path(id)).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(selected("owner(one)"), "g g.t");
    assert_eq!(selected("service - owner(one)"), "g.s u");
    assert_eq!(selected("where(owner != two) & service"), "g.t u");
    assert_eq!(selected("tag(zone)"), "g g.s g.t");
    assert_eq!(selected("where(tags != zone)"), "u");
    assert_eq!(selected("where(tags != hot)"), "g g.t");
    assert_eq!(selected("status(planned)"), "g g.t");
    assert_eq!(selected("has(status)"), "g g.s g.t");
    assert_eq!(selected("kind(group)"), "g");
}

#[test]
fn a_word_that_nothing_has_is_a_doubt_and_no_mistake() {
    let model = model("architecture a { service s: aws.s3 { owner = \"Team Data\" } }");
    let selector = selector(&model, None, "* - owner(\"Team Dta\")").unwrap();
    assert_eq!(selector.elements(&Graph::new(&model)).len(), 1);
    let [doubt] = selector.doubts() else { panic!("{:?}", selector.doubts()) };
    assert_eq!(doubt.fix.as_ref().unwrap().edits[0].replacement, "\"Team Data\"");
}

#[test]
fn what_is_stored_is_an_answer_and_what_was_asked_is_none() {
    let model = model(
        "architecture a {\n service crm: aws.s3 { data = [pii] }\n service store: aws.s3\n service reader: aws.lambda\n service \
         check: aws.lambda\n service other: aws.lambda\n external out\n crm -> store\n reader => store\n reader -> out\n crm => \
         check\n other => check }",
    );
    let carries = selector(&model, None, "carries(pii)").unwrap().elements(&Graph::new(&model));
    let carries: Vec<String> = carries.into_iter().map(|id| model.path(id)).collect();
    assert_eq!(carries, ["crm", "store", "reader", "check", "out"]);
}

#[test]
fn selects_in_an_architecture() {
    assert_snapshot!(answers(Some("shop"), include_str!("select/in_shop.txt")));
}

#[test]
fn selects_over_all_architectures() {
    assert_snapshot!(answers(None, include_str!("select/anywhere.txt")));
}

#[test]
fn says_what_is_wrong() {
    assert_snapshot!(answers(Some("shop"), include_str!("select/mistakes.txt")));
}

/// Words of the language are names like any other where somebody declares them; a path leads to those from everywhere.
#[test]
fn words_are_names_where_they_are_declared() {
    let model = model("architecture a { service external: service\nexternal partner\npartner -> external }");
    let graph = Graph::new(&model);
    let names = |scope, text: &str| -> Vec<String> {
        let selected = selector(&model, scope, text).unwrap().elements(&graph);
        selected.into_iter().map(|id| path(&model, id)).collect()
    };
    assert_eq!(names(Some(inside(&model, "a")), "external"), ["a.external"]);
    assert_eq!(names(None, "external"), ["a.partner"]);
    assert_eq!(names(None, "a.external"), ["a.external"]);
}

#[test]
fn is_about_elements_or_connections() {
    let model = model(SHOP);
    let sort = |text: &str| selector(&model, Some(inside(&model, "shop")), text).unwrap().sort();
    assert_eq!(sort("where(encrypted = true) & (* -> *)"), Sort::Hops);
    assert_eq!(sort("tag(critical)"), Sort::Elements);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Walks reach what the closure of the connections says, in any graph.
    #[test]
    fn walks_follow_data_and_calls(edges in proptest::collection::vec((0..7_usize, 0..3_usize, 0..7_usize), 0..14)) {
        let mut text = String::from("architecture a {\n");
        for at in 0..7 {
            writeln!(text, "service s{at}: service").unwrap();
        }
        for (from, arrow, to) in &edges {
            writeln!(text, "s{from} {} s{to}", ["->", "=>", "~>"][*arrow]).unwrap();
        }
        text.push('}');
        let mut reach = [[false; 7]; 7];
        for (at, row) in reach.iter_mut().enumerate() {
            row[at] = true;
        }
        for (from, arrow, to) in &edges {
            reach[*from][*to] |= *arrow < 2;
        }
        for via in 0..7 {
            for from in 0..7 {
                for to in 0..7 {
                    reach[from][to] |= reach[from][via] && reach[via][to];
                }
            }
        }
        let model = model(&text);
        let graph = Graph::new(&model);
        let select = |text: String| -> BTreeSet<usize> {
            let selected = selector(&model, Some(inside(&model, "a")), &text).unwrap().elements(&graph);
            selected.into_iter().map(|id| model.element(id).name[1..].parse().unwrap()).collect()
        };
        for (at, row) in reach.iter().enumerate() {
            prop_assert_eq!(select(format!("downstream(s{at})")), (0..7).filter(|to| row[*to]).collect());
            prop_assert_eq!(select(format!("upstream(s{at})")), (0..7).filter(|from| reach[*from][at]).collect());
        }
        prop_assert_eq!(select("between(s0, s1)".to_owned()), (0..7).filter(|via| reach[0][*via] && reach[*via][1]).collect());
    }
}

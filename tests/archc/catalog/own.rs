//! What a workspace declares of its own, beside and against what ships.

use archc::catalog::{Catalog, Wiring};
use archc::syntax::ast::Arrow;

use super::{catalog, findings, kind};

fn works(catalog: &Catalog, from: &str, arrow: Arrow, to: &str) -> bool {
    matches!(catalog.wiring(kind(catalog, from), arrow, kind(catalog, to)), Wiring::Works(_))
}

#[test]
fn a_fact_of_the_workspace_counts_before_one_that_ships() {
    let ours = catalog(
        "wire aws.s3 -> aws.lambda never { source = \"policy\" }\nwire aws.sns -> aws.mwaa { source = \"bridge\" }\n",
    );
    assert!(!works(&ours, "aws.s3", Arrow::Data, "aws.lambda"));
    assert!(works(&ours, "aws.s3", Arrow::Side, "aws.lambda"));
    assert!(works(&ours, "aws.sns", Arrow::Data, "aws.mwaa"));
    assert!(!works(&ours, "aws.sns", Arrow::Side, "aws.mwaa"));
}

#[test]
fn a_nearer_fact_counts_before_one_of_the_workspace() {
    let ours =
        catalog("wire * -> aws.sqs never { source = \"policy\" }\nwire aws.sns -> * never { source = \"policy\" }\n");
    assert!(works(&ours, "aws.s3", Arrow::Data, "aws.sqs"));
    assert!(!works(&ours, "aws.sns", Arrow::Data, "aws.rds"));
}

#[test]
fn a_complete_list_of_the_workspace_takes_back_what_ships() {
    let ours = catalog("wire aws.lambda -> aws.s3, aws.sqs only { source = \"policy\" }\n");
    assert!(works(&ours, "aws.lambda", Arrow::Data, "aws.s3"));
    for to in ["aws.dynamodb", "aws.rds", "external", "aws.sns"] {
        let (from, to) = (kind(&ours, "aws.lambda"), kind(&ours, to));
        let Wiring::Refused(archc::catalog::Refusal::NotListed { listed, .. }) = ours.wiring(from, Arrow::Data, to)
        else {
            panic!("{} is not refused", ours.kind(to).name);
        };
        let listed: Vec<_> = listed.iter().map(|kind| ours.kind(*kind).name.as_str()).collect();
        assert_eq!(listed, ["aws.s3", "aws.sqs"]);
    }
    // What reaches a log from anywhere is no matter of this list, and other starts are not touched.
    assert!(works(&ours, "aws.lambda", Arrow::Data, "aws.cloudwatch.logs"));
    assert!(works(&ours, "aws.batch", Arrow::Data, "aws.dynamodb"));
}

#[test]
fn a_fact_on_the_very_arrow_counts_before_one_that_covers_it() {
    let ours = catalog(
        "kind acme.a { category = compute }\nkind acme.b { category = compute }\n\
         wire acme.a -> acme.b { source = \"manual\" }\nwire acme.a => acme.b never { source = \"manual\" }\n",
    );
    assert!(works(&ours, "acme.a", Arrow::Data, "acme.b"));
    assert!(!works(&ours, "acme.a", Arrow::Call, "acme.b"));
}

#[test]
fn a_child_kind_narrows_what_it_inherits() {
    let codes = |body: &str| {
        let text = format!(
            "kind acme.base {{ category = store, require = [owner]\n  property size: number\n  \
             property class: one_of(a, b) = a\n}}\nkind acme.child is acme.base {{\n  {body}\n}}\n"
        );
        findings(&text).iter().map(|finding| finding.code.clone()).collect::<Vec<_>>()
    };
    assert!(codes("property class: one_of(b) = b\n  property size: count = 3 { min = 1 }").is_empty());
    assert_eq!(codes("property class: one_of(b, c)"), ["catalog/invalid-kind"]);
    assert_eq!(codes("property size: duration"), ["catalog/invalid-kind"]);
}

#[test]
fn a_kind_that_breaks_the_form_is_told_so() {
    let broken = [
        "abstract = yes",
        "category = store, category = store",
        "property a: list",
        "property a: list(list(size))",
        "property a: one_of()",
        "property a: size(3)",
        "property a: size { required = 1 }",
        "property a: size { min = 1 MB, min = 2 MB }",
        "retired { since = 2026-01-01, since = 2026-01-02 }",
    ];
    for body in broken {
        let codes: Vec<_> =
            findings(&format!("kind acme.a {{\n  {body}\n}}\n")).iter().map(|it| it.code.clone()).collect();
        assert_eq!(codes, ["catalog/invalid-kind"], "{body}");
    }
    assert!(findings("kind acme.a {\n  property a: list(one_of(x, y))\n}\n").is_empty());
}

#[test]
fn long_chains_and_circles_of_kinds_are_reported_once() {
    let chain: Vec<String> = (0..10_000).map(|i| format!("kind k{i} is k{}\n", i + 1)).collect();
    let chain = chain.concat() + "kind k10000\n";
    let messages = |text: &str| findings(text).iter().map(|it| it.message.clone()).collect::<Vec<_>>();
    assert_eq!(messages(&chain).len(), 1, "{:?}", messages(&chain));
    assert_eq!(messages("kind a is b\nkind b is c\nkind c is a\n"), ["the kind `c` inherits from itself"]);
}

#[test]
fn a_wire_of_too_many_pairs_is_refused() {
    let names: Vec<String> = (0..400).map(|i| format!("k{i}")).collect();
    let (kinds, names) = (names.join("\nkind "), names.join(", "));
    let found = findings(&format!("kind {kinds}\nwire {names} -> {names} {{ source = \"manual\" }}\n"));
    assert_eq!(found.iter().map(|it| &it.code).collect::<Vec<_>>(), ["syntax/too-large"]);
}

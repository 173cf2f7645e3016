//! Patterns that multiply, and patterns in patterns in patterns.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::model::{analysis, workspace};

fn codes(text: &str) -> Vec<Cow<'static, str>> {
    let workspace = workspace(&format!("//- a.arch\n{text}"));
    let mut codes: Vec<_> = analysis(&workspace).diagnostics.iter().map(|it| it.code.clone()).collect();
    codes.dedup();
    codes
}

/// Each of the patterns uses the one before it.
fn chain(length: usize) -> String {
    let mut text = "pattern p0(from: external) { service s: aws.s3, from -> s via aws.appflow }\n".to_owned();
    for at in 1..length {
        writeln!(text, "pattern p{at}(from: external) {{ use p{}(from) as u }}", at - 1).unwrap();
    }
    text
}

#[test]
fn patterns_nest_as_deep_as_blocks_do() {
    let use_of = |last: usize| format!("architecture a {{ external e, use p{last}(e) as u }}\n");
    assert_eq!(codes(&format!("{}{}", chain(64), use_of(63))), [""; 0]);
    assert_eq!(codes(&format!("{}{}", chain(65), use_of(64))), ["pattern/too-large"]);
    assert_eq!(codes(&format!("{}{}", chain(3_000), use_of(2_999))), ["pattern/too-large"]);
}

#[test]
fn a_circle_of_many_patterns_has_an_end() {
    let circle = |length: usize| {
        let first = format!("pattern p0(from: external) {{ use p{}(from) as u }}\n", length - 1);
        chain(length).replacen(
            "pattern p0(from: external) { service s: aws.s3, from -> s via aws.appflow }\n",
            &first,
            1,
        )
    };
    let use_of = "architecture a { external e, use p1(e) as u }\n";
    assert!(codes(&format!("{}{use_of}", circle(20))).contains(&"pattern/recursive".into()));
    assert!(codes(&format!("{}{use_of}", circle(3_000))).contains(&"pattern/too-large".into()));
}

#[test]
fn what_multiplies_is_refused_and_the_rest_stays() {
    let mut text = "pattern p0() { service s: aws.s3 }\n".to_owned();
    for at in 1..40 {
        writeln!(text, "pattern p{at}() {{ use p{} as x, use p{} as y }}", at - 1, at - 1).unwrap();
    }
    text += "architecture a { external e, use p39 as u, service t: aws.s3, e -> t via aws.appflow }\n";
    let workspace = workspace(&format!("//- a.arch\n{text}"));
    let analysis = analysis(&workspace);
    let found: Vec<_> = analysis.diagnostics.iter().map(|it| it.code.clone()).collect();
    assert_eq!(found, ["pattern/too-large"]);
    assert_eq!(analysis.model.elements.len(), 3);
}

#[test]
fn an_argument_that_doubles_is_refused() {
    let mut text = "pattern p0(what: selector) { service s: aws.s3 }\n".to_owned();
    for at in 1..60 {
        writeln!(text, "pattern p{at}(what: selector) {{ use p{}(what + what) as x }}", at - 1).unwrap();
    }
    assert_eq!(codes(&format!("{text}architecture a {{ use p59(*) as u }}\n")), ["pattern/too-large"]);
}

#[test]
fn an_argument_that_grows_is_refused() {
    let longer = format!("what{}", " + external".repeat(200));
    let mut text = "pattern p0(what: selector) { service s: aws.s3 }\n".to_owned();
    for at in 1..60 {
        writeln!(text, "pattern p{at}(what: selector) {{ use p{}({longer}) as x }}", at - 1).unwrap();
    }
    assert_eq!(codes(&format!("{text}architecture a {{ use p59(*) as u }}\n")), ["pattern/too-large"]);
}

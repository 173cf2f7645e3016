//! An instance means the same as the group that somebody would have written.

use std::borrow::Cow;
use std::fmt::Write as _;

use archc::diagnostic::Diagnostic;
use proptest::prelude::*;

use crate::model::{analysis, outline, workspace};

/// A pattern's body with the names of its parameters, `{0}` and `{1}`, and what may stand for them.
fn body(services: usize, edges: &[(usize, usize)], source: &str, keep: &str) -> String {
    let mut text = String::new();
    for index in 0..services {
        let kind = match index % 3 {
            0 => "aws.lambda",
            1 => "aws.s3 { retention = KEEP }",
            _ => "aws.kinesis.stream",
        };
        writeln!(text, "    service s{index}: {}", kind.replace("KEEP", keep)).unwrap();
    }
    write!(text, "    group g {{\n      service inner: aws.s3 {{ retention = {keep} }}\n    }}\n").unwrap();
    write!(text, "    {source} -> s0 \"in\"\n    s0 -> inner via aws.firehose\n").unwrap();
    for (from, to) in edges {
        writeln!(text, "    s{} -> s{}", from % services, to % services).unwrap();
    }
    text
}

/// The model and what is said of it, places left out.
fn meaning(text: &str) -> (String, Vec<(Cow<'static, str>, String)>) {
    let workspace = workspace(&format!("//- a.arch\n{text}"));
    let analysis = analysis(&workspace);
    let said = |finding: &Diagnostic| (finding.code.clone(), finding.message.clone());
    let mut said: Vec<_> = analysis.diagnostics.iter().map(said).collect();
    said.sort();
    (outline(&analysis.model), said)
}

proptest! {
    // Each reads the whole catalog.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn an_instance_is_the_group_that_one_would_write(
        services in 1_usize..6,
        edges in prop::collection::vec((0_usize..6, 0_usize..6), 0..6),
        days in 1_u32..400,
        is_nested in any::<bool>(),
    ) {
        let keep = format!("{days} d");
        let around = |inner: &str| format!("architecture a {{\n  external web \"Web\"\n{inner}}}\n");
        let own = body(services, &edges, "source", "keep");
        let pattern = format!("pattern p(source: external, keep: duration) {{\n{own}}}\n");
        let by_hand = body(services, &edges, "web", &keep);
        let (used, written) = if is_nested {
            let outer = "pattern outer(from: external, d: duration) {\n  use p(from, keep = d) as inner_one\n}\n";
            let used = format!("{pattern}{outer}{}", around(&format!("  use outer(web, {keep}) as o\n")));
            (used, around(&format!("  group o {{\n  group inner_one {{\n{by_hand}  }}\n  }}\n")))
        } else {
            let used = format!("{pattern}{}", around(&format!("  use p(web, keep = {keep}) as o\n")));
            (used, around(&format!("  group o {{\n{by_hand}  }}\n")))
        };
        prop_assert_eq!(meaning(&used), meaning(&written));
    }
}

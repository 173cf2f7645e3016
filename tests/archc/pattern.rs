//! Patterns: what an instance is, and what is said of mistakes in patterns and in their use.

mod equality;
mod limits;

use crate::model::{analysis, drawn, environment, outline, workspace};

#[test]
fn instances_are_what_they_say() {
    insta::with_settings!({ omit_expression => true }, {
        insta::glob!("pattern/*.arch", |path| {
            let workspace = workspace(&std::fs::read_to_string(path).unwrap());
            let analysis = analysis(&workspace);
            let (drawn, outline) = (drawn(&workspace, &analysis), outline(&analysis.model));
            insta::assert_snapshot!(format!("{drawn}\n──────\n{outline}"));
        });
    });
}

#[test]
fn an_environment_reaches_into_an_instance() {
    let input = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/archc/pattern/instances.arch");
    let workspace = workspace(&std::fs::read_to_string(input).unwrap());
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(environment(&workspace, "prod"));
    });
}

//! Scenarios: what is wrong with them, and the diagrams that come of them.
#![allow(clippy::indexing_slicing, reason = "what is not there fails the test")]

use std::fmt::Write as _;

use archc::analysis::{Analysis, Situation, analyse, analyse_in};
use archc::emit::mermaid::{Diagram, MAX_CHARACTERS, sequence_diagrams};
use archc::model::Model;
use archc::project::{Scope, Workspace, load};
use archc::scenario::sequences;
use archc::vfs::Memory;

use crate::drawing::annotated;
use crate::inputs::{model, quoted};

fn workspace(text: &str) -> Workspace {
    load(&Memory::default().with("test.arch", text), Scope::Folder(""), &[]).unwrap()
}

fn analysis(workspace: &Workspace) -> Analysis {
    analyse(workspace, "2026-01-01".parse().unwrap())
}

/// The diagrams of all scenarios.
fn drawn(model: &Model) -> Vec<Diagram> {
    sequences(model).iter().flat_map(|sequence| sequence_diagrams(model, sequence)).collect()
}

#[test]
fn scenarios_and_their_diagrams() {
    insta::with_settings!({ omit_expression => true }, {
        insta::glob!("scenario/*.arch", |path| {
            let workspace = workspace(&std::fs::read_to_string(path).unwrap());
            let analysis = analysis(&workspace);
            let mut report = annotated(&workspace.sources, workspace.files[0], &analysis.diagnostics);
            for Diagram { name, title, text, .. } in drawn(&analysis.model) {
                write!(report, "\n──── {name}: {title}\n{text}").unwrap();
            }
            insta::assert_snapshot!(report);
        });
    });
}

#[test]
fn what_an_environment_removed_is_left_out() {
    let workspace = workspace(
        "architecture shop {
           service api: aws.lambda, service store: aws.dynamodb, service topic: aws.sns
           api => store
           api -> topic
           scenario order {
             api => store \"put\"
             api <- store \"stored\"
             note topic \"only here\"
             note api, topic \"tells\"
             opt { api -> topic \"event\" }
           }
           scenario news { api -> topic }
         }
         environment small { without shop.topic }",
    );
    let there = Situation { environment: Some("small".to_owned()), ..Situation::default() };
    let there = analyse_in(&workspace, &there, "2026-01-01".parse().unwrap()).unwrap();
    let codes: Vec<&str> =
        there.diagnostics.iter().map(|it| it.code.as_ref()).filter(|code| code.contains("scenario")).collect();
    assert_eq!(codes, Vec::<&str>::new());
    let texts: Vec<String> = drawn(&there.model).into_iter().map(|it| it.text).collect();
    insta::assert_snapshot!(texts.join("\n"));
}

/// A model with one scenario of some statements, and what they may name.
fn with_steps(statements: &str) -> Model {
    model(&format!(
        "architecture a {{ service s: aws.lambda, service t: aws.lambda\ns => t\nscenario x \"X\" {{\n{statements}\n}} }}"
    ))
}

#[test]
fn a_long_scenario_is_several_diagrams() {
    let calls =
        (0..10_000).fold(String::new(), |text, index| text + &format!("s => t \"call {index}\"\ns <- t \"ok\"\n"));
    let diagrams = drawn(&with_steps(&calls));
    let names: Vec<&str> = diagrams.iter().take(3).map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["scenarios/a.x", "scenarios/a.x~2", "scenarios/a.x~3"]);
    let count = diagrams.len();
    assert!(diagrams.iter().all(|it| it.text.encode_utf16().count() <= MAX_CHARACTERS));
    let steps = diagrams.iter().flat_map(|it| it.text.lines()).filter(|line| line.contains(">>"));
    assert_eq!(steps.count(), 20_000);
    assert!(diagrams[0].text.ends_with(&format!("Note over n_s,n_t: continues in part 2 of {count}\n")));
    // A bar begins and ends in one diagram.
    for diagram in &diagrams {
        assert_eq!(diagram.text.matches(">>+").count(), diagram.text.matches("-->>-").count(), "{}", diagram.name);
    }
}

#[test]
fn a_block_that_is_too_long_leaves_a_note() {
    let calls = "s => t \"call\"\n".repeat(5_000);
    let diagrams = drawn(&with_steps(&format!("s => t\nloop {{\n{calls}}}\ns <- t")));
    assert_eq!(diagrams.len(), 1);
    insta::assert_snapshot!(diagrams[0].text);
}

#[test]
fn labels_without_end_are_cut() {
    let long = quoted(&"#:\"ﬂ 🚀\n".repeat(5_000));
    let diagrams = drawn(&with_steps(&format!("s => t {long}\nnote s, t {long}\nalt {long} {{ s => t {long} }}\n")));
    assert!(diagrams[0].text.encode_utf16().count() < MAX_CHARACTERS / 2);
}

/// As deep as the parser lets blocks nest.
#[test]
fn blocks_nest() {
    let depth = 60;
    let nested = format!("{}s => t\n{}", "loop {\n".repeat(depth), "}\n".repeat(depth));
    let text = &drawn(&with_steps(&nested))[0].text;
    assert_eq!((text.matches("loop").count(), text.matches("end\n").count()), (depth, depth));
}

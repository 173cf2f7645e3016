//! What an editor offers for the bad example of each rule, and what becomes of the example.

use std::fmt::Write as _;
use std::path::Path;

use archc::analysis::Parses;
use archc::diagnostic::{Diagnostic, Severity};
use archc::edits::{self, apply};
use archc::format::format;
use archc::ide::Snapshot;
use archc::ide::actions::{Action, Changes, Sort, Work, actions, work_out};
use archc::project::Workspace;
use archc::repair::repair;
use archc::source::FileId;
use archc::syntax;

use super::pages::{examples, level_of};
use super::{TODAY, workspace};

/// Analyses a workspace with the catalog's trees of another one, which are the same.
fn look(workspace: Workspace, known: &Parses) -> Snapshot {
    let parse = |file: &FileId| syntax::parse(*file, workspace.sources.file(*file).text()).into();
    let parses = Parses { shipped: known.shipped.clone(), written: workspace.files.iter().map(parse).collect() };
    Snapshot::of(workspace, parses, TODAY.parse().unwrap(), None)
}

/// The text after an action of a workspace of one file.
fn after(text: &str, changes: &Changes) -> String {
    assert!(changes.files.is_empty(), "{changes:?}");
    apply(text, &changes.edits).unwrap()
}

fn serious(snapshot: &Snapshot) -> Vec<String> {
    let all = snapshot.analysis.diagnostics.iter().filter(|it| it.severity > Severity::Note);
    all.map(|it| format!("{}: {}", it.code, it.message)).collect()
}

#[test]
fn of_the_rules_mend_their_bad_examples() {
    let known = Parses::of(&workspace("", &[]));
    let mut sheet = String::new();
    for rule in archc::check::rules() {
        let levels = level_of(rule);
        let bad = if rule.code == "decision/unclear-record" { Vec::new() } else { examples(rule, "bad") };
        for example in bad {
            let snapshot = look(workspace(&example, &levels), &known);
            writeln!(sheet, "\n# {}", rule.code).unwrap();
            let finding = snapshot.analysis.diagnostics.iter().find(|it| it.code == rule.code).unwrap();
            let found = actions(&snapshot, finding.primary.span, &|sort| sort == Sort::QuickFix);
            for action in found {
                let changes = match &action.work {
                    Work::Ready(changes) => changes.clone(),
                    Work::Costly(_) => work_out(&snapshot, finding.primary.span, &action.title).unwrap(),
                    Work::Impossible(why) => panic!("{why}"),
                };
                let mended = after(&example, &changes);
                write_action(&mut sheet, &action, &example, &mended);
                let now = look(workspace(&mended, &levels), &known);
                is_gone(&action, finding, &snapshot, &now);
                let (before, now) = (serious(&snapshot), serious(&now));
                let come = now.iter().filter(|it| !before.contains(it));
                come.for_each(|it| writeln!(sheet, "  come: {it}").unwrap());
                if format(&example).text == example {
                    assert_eq!(format(&mended).text, mended, "`{}` leaves the style", action.title);
                }
            }
        }
    }
    insta::assert_snapshot!(sheet);
}

fn write_action(sheet: &mut String, action: &Action, before: &str, after: &str) {
    let preferred = if action.is_preferred { " (preferred)" } else { "" };
    writeln!(sheet, "{}{preferred}", action.title).unwrap();
    for edit in edits::between(FileId::default(), before, after) {
        before[edit.span.range()].lines().for_each(|line| writeln!(sheet, "  - {line}").unwrap());
        edit.replacement.lines().for_each(|line| writeln!(sheet, "  + {line}").unwrap());
    }
}

/// Holds that what an action says that it mends is found less often afterwards.
fn is_gone(action: &Action, finding: &Diagnostic, before: &Snapshot, after: &Snapshot) {
    let count = |snapshot: &Snapshot| {
        let same = |it: &&Diagnostic| it.code == finding.code && it.message == finding.message;
        snapshot.analysis.diagnostics.iter().filter(same).count()
    };
    assert!(count(after) < count(before), "`{}` does not mend `{}`", action.title, finding.message);
}

/// What all sure fixes make of a file: no fix is made twice, and none gets in the way of another.
fn repaired(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    let before = workspace(&text, &[]);
    let parses = Parses::of(&before);
    let once = repair(before, parses, TODAY.parse().unwrap(), &|_, fix| fix.is_sure);
    let file = *once.workspace.files.first().unwrap();
    let mended = once.workspace.sources.file(file).text().to_owned();
    let mut sheet = String::new();
    once.fixed.iter().for_each(|it| writeln!(sheet, "{}: {}", it.code, it.title).unwrap());
    for edit in edits::between(file, &text, &mended) {
        text[edit.span.range()].lines().for_each(|line| writeln!(sheet, "  - {line}").unwrap());
        edit.replacement.lines().for_each(|line| writeln!(sheet, "  + {line}").unwrap());
    }
    let sure = |it: &&Diagnostic| it.fix.as_ref().is_some_and(|fix| fix.is_sure);
    once.analysis.diagnostics.iter().filter(sure).for_each(|it| writeln!(sheet, "left: {}", it.message).unwrap());
    sheet
}

#[test]
fn that_are_sure_are_made_until_none_is_left() {
    insta::glob!("cases/*.arch", |path| insta::assert_snapshot!(repaired(path)));
}

#[test]
fn that_are_sure_mend_what_cannot_be_read() {
    insta::glob!("../syntax/mistakes", "*.arch", |path| insta::assert_snapshot!(repaired(path)));
}

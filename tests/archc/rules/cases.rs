//! Files with mistakes, and all that is said of them.

use std::fs;

use archc::diagnostic::{Level, Severity};
use archc::project::{self, Scope};
use archc::vfs::Memory;

use super::sheet::sheet;
use super::{findings, workspace};

#[test]
fn says_what_is_wrong() {
    insta::glob!("cases/*.arch", |path| {
        let text = fs::read_to_string(path).unwrap();
        let workspace = workspace(&text, &[]);
        insta::assert_snapshot!(sheet(&workspace, &findings(&workspace)));
    });
}

const WRONG_WIRE: &str = "architecture a {\n  service topic: aws.sns\n  service dag: aws.mwaa\n  topic -> dag\n}\n";

#[test]
fn a_workspace_sets_the_level_of_a_rule() {
    let with = |level| findings(&workspace(WRONG_WIRE, &[("wiring/unsupported", level)]));
    assert!(with(Level::Off).is_empty());
    assert_eq!(with(Level::Note)[0].severity, Severity::Note);
    assert_eq!(with(Level::Warning)[0].severity, Severity::Warning);
    assert_eq!(with(Level::Error)[0].severity, Severity::Error);
}

#[test]
fn an_allow_of_a_rule_that_is_off_is_not_unused() {
    let text = WRONG_WIRE.replace("  topic ->", "  @allow(wiring/unsupported, \"bridged\")\n  topic ->");
    assert!(findings(&workspace(&text, &[("wiring/unsupported", Level::Off)])).is_empty());
    assert!(findings(&workspace(&text, &[])).is_empty());
}

#[test]
fn an_allow_holds_on_its_last_day() {
    let text = |until| {
        WRONG_WIRE
            .replace("  topic ->", &format!("  @allow(wiring/unsupported, \"bridged\", until = {until})\n  topic ->"))
    };
    assert!(findings(&workspace(&text("2026-11-22"), &[])).is_empty());
    let codes = |text: &str| findings(&workspace(text, &[])).iter().map(|it| it.code.clone()).collect::<Vec<_>>();
    assert_eq!(codes(&text("2026-11-21")), ["allow/expired", "wiring/unsupported"]);
}

#[test]
fn links_lead_to_files_and_their_headings() {
    let text = "/// [a](notes.md) [b](../topics/security.md#keys) [c](/topics/security.md#kees) [d](%6Eotes.md)\n\
                /// [e](nots.md) [f](../../outside.md) [g](../topics) [h](https://example.com/none)\n\
                /// [i](command:workbench.action.quit) <javascript:alert(1)> [j](//example.com) [k](mailto:a@example.com)\n\
                architecture a {\n}\n";
    let files = Memory::default()
        .with("archc.toml", "[docs]\ntopics = [\"topics/security.md\"]\n")
        .with("systems/a.arch", text)
        .with("systems/notes.md", "")
        .with("topics/security.md", "# Keys\n");
    let workspace = project::load(&files, Scope::Folder(""), &[]).unwrap();
    insta::assert_snapshot!(sheet(&workspace, &findings(&workspace)));
}

#[test]
fn links_of_topics_and_records_lead_to_what_there_is() {
    let files = Memory::default()
        .with("archc.toml", "decisions = [\"adr\"]\n[docs]\ntopics = [\"on-call.md\"]\n")
        .with("shop.arch", "architecture shop {\n  external web\n}\n")
        .with("on-call.md", "# On call\n\n[`shop.web`] [web](shop.web) [`shop.wep`] [a](adr/0002.md)\n")
        .with("adr/0001-one.md", "# 1. One\n\nStatus: accepted\n\n[`shop.web`] [`nothing`] [two](0002-two.md)\n");
    let workspace = project::load(&files, Scope::Folder(""), &[]).unwrap();
    insta::assert_snapshot!(sheet(&workspace, &findings(&workspace)));
}

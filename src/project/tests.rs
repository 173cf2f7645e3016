use crate::diagnostic::Level;

use super::{Config, DiagramStyle, Scope, Workspace, load};
use crate::vfs::Memory;

const RULES: &[&str] = &["wiring/unknown", "wiring/unsupported"];

fn with_config(text: &str) -> Memory {
    Memory::default().with("archc.toml", text).with("a.arch", "").with("topics/security.md", "# Security\n")
}

fn config(text: &str) -> Config {
    load(&with_config(text), Scope::Folder(""), RULES).unwrap().config
}

fn errors(fs: &Memory, scope: Scope<'_>) -> String {
    let errors = load(fs, scope, RULES).unwrap_err();
    let lines = errors.iter().map(|error| match error.help() {
        Some(help) => format!("{error}\n  {help}\n"),
        None => format!("{error}\n"),
    });
    lines.collect()
}

fn paths(workspace: &Workspace) -> Vec<&str> {
    workspace.files.iter().map(|file| workspace.sources.file(*file).path()).collect()
}

#[test]
fn reads_all_settings() {
    let read = config(
        "name = \"Payments platform\"\noutput = \"docs/architecture\"\n\
         [rules]\n\"wiring/unknown\" = \"off\"\n\"wiring/unsupported\" = \"warning\"\n\
         [diagram]\nstyle = \"plain\"\n[docs]\ntopics = [\"topics/security.md\"]\n",
    );
    assert_eq!(read.name.as_deref(), Some("Payments platform"));
    assert_eq!(read.output.as_deref(), Some("docs/architecture"));
    assert_eq!(read.rules["wiring/unknown"], Level::Off);
    assert_eq!(read.rules["wiring/unsupported"], Level::Warning);
    assert_eq!(read.diagram.style, DiagramStyle::Plain);
    assert_eq!(read.docs.topics, ["topics/security.md"]);
}

/// The page of the book shows each setting once, and what it shows can be read.
#[test]
fn the_book_has_all_settings() {
    let page = include_str!("../../book/src/settings.md");
    let fence = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let files = with_config(fence).with("docs/adr/0001-record.md", "# A record\n").with("prices.toml", "");
    let rules = &["wiring/unknown", "docs/missing"];
    let Config { name, output, rules, diagram, docs, decisions, prices } =
        load(&files, Scope::Folder(""), rules).unwrap().config;
    assert!(name.is_some() && output.is_some() && diagram.style == DiagramStyle::Plain);
    assert!(!(rules.is_empty() || docs.topics.is_empty() || decisions.is_empty() || prices.is_empty()));
    for key in super::config::KEYS {
        assert!(page.contains(&format!("| `{key}` |")) || page.contains(&format!("| `[{key}]")), "{key}");
    }
}

#[test]
fn what_belongs_above_the_tables_is_sent_there() {
    let text = "[rules]\ndecisions = [\"adr\"]\n[diagram]\nname = \"x\"\n";
    insta::assert_snapshot!(errors(&with_config(text), Scope::Folder("")), @r"
    archc.toml:2:1: unknown rule `decisions`
      `decisions` belongs to the file: write it above the first `[table]`
    archc.toml:4:1: unknown key `name`
      `name` belongs to the file: write it above the first `[table]`
    ");
}

#[test]
fn an_empty_file_sets_nothing() {
    assert_eq!(config(""), Config::default());
}

#[test]
fn reports_every_wrong_setting_with_its_place() {
    let text = "nmae = \"x\"\noutput = 3\ncolour = true\n\
                [rules]\n\"wiring/unkown\" = \"off\"\n\"wiring/unknown\" = \"of\"\n\"no/such\" = \"off\"\n\"syntax/foreign\" = \"off\"\n\
                [diagram]\nstyle = \"fancy\"\nstil = 1\n\
                [docs]\ntopics = [\"topics/none.md\", \"../up.md\", 7]\n[prices]\nfiles = \"a.toml\"\n";
    insta::assert_snapshot!(errors(&with_config(text), Scope::Folder("")), @r#"
    archc.toml:1:1: unknown key `nmae`
      did you mean `name`?
    archc.toml:2:10: expected a text in quotes, found a number
    archc.toml:3:1: unknown key `colour`
      it can be `name`, `output`, `decisions`, `rules`, `diagram`, `docs` or `prices`
    archc.toml:5:1: unknown rule `wiring/unkown`
      did you mean `wiring/unknown`?
    archc.toml:6:20: `of` is not a level
      it can be `off`, `note`, `warning` or `error`
    archc.toml:7:1: unknown rule `no/such`
      `archc explain` lists the rules
    archc.toml:8:1: the level of `syntax/foreign` cannot be set
      text that cannot be read has to be mended
    archc.toml:10:9: `fancy` is not a style
      it can be `styled` or `plain`
    archc.toml:11:1: unknown key `stil`
      it can only be `style`
    archc.toml:13:11: there is no file `topics/none.md`
      paths are relative to `archc.toml`
    archc.toml:13:29: `../up.md` is not a path inside the workspace
      write it relative to `archc.toml`, with `/` between names and without `..`
    archc.toml:13:41: expected a text in quotes, found a number
    archc.toml:15:9: expected a list of texts, such as `["a.md"]`, found a text
    "#);
}

#[test]
fn reports_what_is_not_toml() {
    insta::assert_snapshot!(errors(&with_config("name = Payments\n[rules\n"), Scope::Folder("")), @r"
    archc.toml:1:8: string values must be quoted, expected literal string
    archc.toml:2:7: unclosed table, expected `]`
    ");
}

#[test]
fn knows_what_was_meant_for_toml() {
    let unquoted = "[rules]\nowner/missing = \"error\"  # all\nowner/other = error\nwiring.unknown = \"off\"\n";
    insta::assert_snapshot!(errors(&with_config(unquoted), Scope::Folder("")), @r#"
    archc.toml:2:6: invalid unquoted key, expected letters, numbers, `-`, `_`
      rule codes stand in quotes: `"owner/missing" = "error"`
    archc.toml:3:6: invalid unquoted key, expected letters, numbers, `-`, `_`
      rule codes stand in quotes: `"owner/other" = "error"`
    "#);
    insta::assert_snapshot!(errors(&with_config("name: Payments\nrules:\n  - a: b\n"), Scope::Folder("")), @r#"
    archc.toml:1:7: this is not TOML
      write `name = "value"`, under the name of its table: `[rules]`; this looks like YAML
    "#);
    insta::assert_snapshot!(errors(&with_config("{\"name\": \"x\"}\n"), Scope::Folder("")), @r#"
    archc.toml:1:1: this is not TOML
      write `name = "value"`, under the name of its table: `[rules]`; this looks like JSON
    "#);
    insta::assert_snapshot!(errors(&with_config("name = \"a\"\nname = \"b\"\n"), Scope::Folder("")), @r"
    archc.toml:2:1: duplicate key
    ");
}

#[test]
fn a_family_is_no_rule() {
    let text = "[rules]\n\"wiring\" = \"off\"\n\"wiring/*\" = \"off\"\n\"syntax\" = \"off\"\n\"wirin\" = \"off\"\n";
    insta::assert_snapshot!(errors(&with_config(text), Scope::Folder("")), @r#"
    archc.toml:2:1: `wiring` is a family of rules, not a rule
      set the level of each rule: `"wiring/unknown"`, `"wiring/unsupported"`
    archc.toml:3:1: `wiring` is a family of rules, not a rule
      set the level of each rule: `"wiring/unknown"`, `"wiring/unsupported"`
    archc.toml:4:1: the level of `syntax` cannot be set
      text that cannot be read has to be mended
    archc.toml:5:1: unknown rule `wirin`
      `archc explain` lists the rules
    "#);
}

#[test]
fn topics_are_pages_of_markdown() {
    let fs =
        with_config("[docs]\ntopics = [\"a.arch\", \"topics/security.md\", \"B.Markdown\"]\n").with("B.Markdown", "");
    insta::assert_snapshot!(errors(&fs, Scope::Folder("")), @r"
    archc.toml:2:11: `a.arch` is not a Markdown file
      a topic is a page of Markdown: a file that ends with `.md` or `.markdown`
    ");
}

#[test]
fn a_section_must_be_a_table() {
    insta::assert_snapshot!(errors(&with_config("rules = \"off\"\ndocs = []\n"), Scope::Folder("")), @r"
    archc.toml:1:9: expected a table, written as `[rules]`, found a text
    archc.toml:2:8: expected a table, written as `[docs]`, found a list
    ");
}

#[test]
fn takes_the_files_of_a_folder_in_order() {
    let fs = Memory::default()
        .with("b.arch", "")
        .with("sub/c.arch", "")
        .with("sub/a.arch", "")
        .with("subway/d.arch", "")
        .with("sub/readme.md", "");
    assert_eq!(
        paths(&load(&fs, Scope::Folder(""), RULES).unwrap()),
        ["b.arch", "sub/a.arch", "sub/c.arch", "subway/d.arch"]
    );
    let sub = load(&fs, Scope::Folder("sub"), RULES).unwrap();
    assert_eq!(paths(&sub), ["sub/a.arch", "sub/c.arch"]);
    assert!(sub.known_files.unwrap().contains("sub/readme.md"));
}

#[test]
fn takes_one_file_alone() {
    let fs = Memory::default().with("a.arch", "").with("b.arch", "");
    assert_eq!(paths(&load(&fs, Scope::File("b.arch"), RULES).unwrap()), ["b.arch"]);
}

#[test]
fn names_all_files_that_are_not_text() {
    let fs = Memory::default().with("a.arch", *b"ok\nno\xff").with("b.arch", *b"\x80").with("c.arch", "");
    insta::assert_snapshot!(errors(&fs, Scope::Folder("")), @r"
    `a.arch` is not UTF-8: the first wrong byte is in line 2, at offset 5
      save the file as UTF-8
    `b.arch` is not UTF-8: the first wrong byte is in line 1, at offset 0
      save the file as UTF-8
    ");
}

#[test]
fn a_folder_needs_sources() {
    insta::assert_snapshot!(errors(&Memory::default().with("x.md", ""), Scope::Folder("")), @r"
    there are no `.arch` files in `.`
      files that a `.gitignore` names are not looked at; `archc init` writes a small workspace to begin with
    ");
}

//! The rules: a page for each family, with what `archc explain` says.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use archc::check::{self, Rule};

use super::{Page, Part, anchor, cell};

pub(super) fn part() -> Part {
    let mut families: BTreeMap<&str, Vec<&Rule>> = BTreeMap::new();
    for rule in check::rules() {
        families.entry(rule.family()).or_default().push(rule);
    }
    let below = families.iter().map(|(family, rules)| page(family, rules)).collect();
    Part { first: index(), below }
}

fn path(family: &str) -> String {
    format!("reference/rules/{family}.md")
}

fn index() -> Page {
    let mut text = "# Rules\n\n\
        What archc finds. Each finding names its rule, and `archc explain CODE` shows the page of one. The level is what a finding \
        weighs unless `[rules]` in `archc.toml` says otherwise; `off` rules have to be turned on there.\n\n\
        | rule | level | finds |\n|---|---|---|\n"
        .to_owned();
    for rule in check::rules() {
        let link = format!("rules/{}.md#{}", rule.family(), anchor(rule.code));
        writeln!(text, "| [`{}`]({link}) | {} | {} |", rule.code, rule.level, cell(rule.summary)).unwrap();
    }
    Page { title: "Rules".to_owned(), path: "reference/rules.md".to_owned(), text }
}

fn page(family: &str, rules: &[&Rule]) -> Page {
    let mut text = format!("# Rules of `{family}`\n");
    for rule in rules {
        let documentation = titled(rule.code, rule.documentation.trim());
        write!(text, "\n## `{}`\n\n*{}*: {}\n\n{documentation}\n", rule.code, rule.level, rule.summary).unwrap();
    }
    Page { title: family.to_owned(), path: path(family), text }
}

/// Documentation with words above its examples: a reader of the book does not see what a fence says of its content. A bad one
/// says what it breaks, as a rule may be off.
fn titled(code: &str, documentation: &str) -> String {
    let mut text = String::new();
    for line in documentation.lines() {
        let info = line.strip_prefix("```").and_then(|info| info.split_once(' '));
        match info {
            Some(("arch", "bad")) => writeln!(text, "Found:\n\n{line} {code}").unwrap(),
            Some(("arch", "good")) => writeln!(text, "Not found:\n\n{line}").unwrap(),
            // Nothing is compiled there.
            Some((language, "bad")) => writeln!(text, "Found:\n\n```{language}").unwrap(),
            Some((language, "good")) => writeln!(text, "Not found:\n\n```{language}").unwrap(),
            _ => writeln!(text, "{line}").unwrap(),
        }
    }
    text.trim_end().to_owned()
}

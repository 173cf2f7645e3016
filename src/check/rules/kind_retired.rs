//! Kinds that are no longer offered.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};

pub(in crate::check) const RULE: Rule = Rule {
    code: "kind/retired",
    level: Level::Warning,
    summary: "an element of a kind that its maker no longer offers",
    documentation: r#"
Products end. The catalog says which have, since when, and what took their place. A new system cannot be built on one, and
an old one has to move. The wiring of a retired kind is not checked: its successor decides what may connect.

```arch bad
architecture clicks "Clicks" {
  external apps "Apps"
  service stream: aws.kinesis.stream
  service sums: aws.kinesis.analytics
  apps -> stream -> sums
}
```

Use the successor. While the old one still runs, say until when: `@allow(kind/retired, "moves in June", until = 2027-06-30)`.

```arch good
architecture clicks "Clicks" {
  external apps "Apps"
  service stream: aws.kinesis.stream
  service sums: aws.flink
  apps -> stream -> sums
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let catalog = &context.model.catalog;
    for element in &context.model.elements {
        let Some(kind) = element.kind else { continue };
        let Some(retired) = catalog.retirement(kind) else { continue };
        let kind = catalog.kind(kind);
        let at = element.kind_span;
        let mut finding = RULE.at(at, format!("`{}` ({}) is no longer offered", kind.name, kind.product));
        if let Some(since) = retired.since {
            finding = finding.label(format!("retired since {since}"));
        }
        let mut help: Vec<String> = Vec::new();
        if let Some(instead) = &retired.instead {
            help.push(format!("use `{instead}` instead"));
            // Another product, with properties and a price of its own.
            let title = format!("Replace `{}` with `{instead}`", kind.name);
            finding = finding.fix(title, at, instead.as_str()).sure_if(false);
        }
        help.extend(retired.note.as_ref().map(ToString::to_string));
        help.extend(retired.source.as_ref().map(|source| format!("source: {source}")));
        if !help.is_empty() {
            finding = finding.help(help.join("\n"));
        }
        found.push(finding);
    }
}

//! Declarations that this version reads and does not act on.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Problem;

pub(in crate::check) const RULE: Rule = Rule {
    code: "declaration/inert",
    level: Level::Note,
    summary: "a declaration that this version reads and does not act on",
    documentation: r#"
Patterns are part of the language: they are read, and their syntax is
checked. This version does not act on them yet, so nothing of them shows in diagrams and pages.

```arch bad
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3
  crm -> raw via aws.appflow
  use stream_archive(source = crm) as clicks
}
```

Leave it for the version that does, or remove it.

```arch good
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3
  crm -> raw via aws.appflow
}
```
"#,
    check: Check::Problems(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for problem in &context.model.problems {
        let Problem::Inert { keyword, span } = problem else { continue };
        found.push(
            RULE.at(*span, format!("`{keyword}` is read, and has no effect in this version"))
                .help("diagrams and pages are made as if it were not there"),
        );
    }
}

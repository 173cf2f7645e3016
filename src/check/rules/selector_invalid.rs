//! Selectors that mean nothing.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::select;

pub(in crate::check) const RULE: Rule = Rule {
    code: select::INVALID,
    level: Level::Error,
    summary: "a selector that means nothing",
    documentation: r#"
Views and rules select elements, or connections between them. A selector is `*`, a name, one of `external`, `person`,
`service`, `group` and `carrier`, or a function such as `kind(aws.s3)`, `category(store)` or `upstream(raw)`. `+`, `-`, `&`
and lists put them together, and an arrow makes connections of them. `archc query --help` lists all forms.

```arch bad
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3
  crm -> raw via aws.appflow
  view sources "Where data comes from" { show = upsteam(raw) }
}
```

Correct it. `archc query` shows what a selector selects.

```arch good
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3
  crm -> raw via aws.appflow
  view sources "Where data comes from" { show = upstream(raw) }
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(context.selector_mistakes(RULE.code));
}

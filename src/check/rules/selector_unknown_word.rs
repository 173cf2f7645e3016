//! Words in selectors that nothing has, and that look like one that something has.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::select;

pub(in crate::check) const RULE: Rule = Rule {
    code: select::UNKNOWN_WORD,
    level: Level::Warning,
    summary: "a word in a selector that nothing has, and that is like one that something has",
    documentation: r#"
`tag(critical)` selects what has `critical` among its `tags`. Where nothing has it, that may be as it should: a rule may
forbid it. Where something has a word that is nearly the same, it is probably a slip. Classes of data are few, and a rule
about one that nothing declares looks as if it held: `carries`, `moves` and `data` are always held against those there are.

```arch bad
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3 { tags = [critical] }
  crm -> raw via aws.appflow
  view important "What must not fail" { show = tag(critcal) + external }
}
```

Write the word as it is written elsewhere.

```arch good
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3 { tags = [critical] }
  crm -> raw via aws.appflow
  view important "What must not fail" { show = tag(critical) + external }
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    // One file does not tell what another declares.
    if context.workspace.is_whole() {
        found.extend(context.selector_mistakes(RULE.code));
    }
}

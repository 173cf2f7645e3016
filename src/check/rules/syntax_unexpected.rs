//! Text that is no statement. The parser reports it.

use crate::check::rule::{Check, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "syntax/unexpected",
    level: Level::Error,
    summary: "something stands where it cannot stand",
    documentation: r#"
A line that is no statement, a value that cannot be read, or text after the end of a statement. What was understood before
and after it is still checked; the part that was not is left out. Errors of syntax cannot be allowed or lowered, since
nobody knows what was left out.

```arch bad
architecture lake "Lake" {
  external crm "CRM"
  servce raw: aws.s3
  crm -> raw via aws.appflow
}
```

A statement is a declaration (`service NAME: KIND "Label" { … }`), an edge (`a -> b "label"`) or a property (`key = value`),
each on its own line or after a comma.

```arch good
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3
  crm -> raw via aws.appflow
}
```
"#,
    check: Check::Parser,
};

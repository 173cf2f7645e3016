//! Statements that lack a part. The parser reports them.

use crate::check::rule::{Check, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "syntax/incomplete",
    level: Level::Error,
    summary: "a part of a statement is missing",
    documentation: r#"
A declaration without a name, an edge without its end, a property without its value. The rest of the file is checked as if
the statement were complete where that is possible.

```arch bad
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3
  crm ->
}
```

Add the part that the message names, on the same line.

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

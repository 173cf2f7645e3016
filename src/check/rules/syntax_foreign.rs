//! Habits from other languages. The parser reports them.

use crate::check::rule::{Check, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "syntax/foreign",
    level: Level::Error,
    summary: "written as another language has it",
    documentation: r#"
`:` for `=`, `-->` for `->`, `;` at the end of a line, `#` for a comment, a keyword of Terraform, Mermaid or PlantUML. Where
the meaning is clear the statement is read as it was meant, so the rest can be checked.

```arch bad
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3 {
    retention: 90 d
  }
  crm --> raw
}
```

Write it as the message says; the fix does it for you.

```arch good
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3 {
    retention = 90 d
  }
  crm -> raw
}
```
"#,
    check: Check::Parser,
};

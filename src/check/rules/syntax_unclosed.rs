//! Blocks and texts without an end. The parser reports them.

use crate::check::rule::{Check, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "syntax/unclosed",
    level: Level::Error,
    summary: "a block or a text has no end",
    documentation: r#"
A `{` without its `}` or a `"` without its partner. A text is taken to end with its line. A block is taken to end before the
first line that is indented no deeper than its own; in a file without indents it goes on to the end, so that what follows may be
understood as part of it.

```arch bad
architecture lake "Lake" {
  external crm "CRM
  service raw: aws.s3
  crm -> raw via aws.appflow
}
```

Close it. A text over several lines stands between `"""` and `"""`.

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

//! Limits of the compiler. The parser reports them.

use crate::check::rule::{Check, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "syntax/too-large",
    level: Level::Error,
    summary: "a limit of the compiler is reached",
    documentation: r#"
A file may have 64 MiB, blocks, lists and parentheses may nest 64 levels deep, and one statement may stand for 10,000
connections. No architecture that people read comes near; what does is usually made by a program that went wrong, and is
refused in place of using up all memory.

```arch bad
architecture lake "Lake" {
  external crm "CRM" {
    meta { nest = [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[a]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]] }
  }
  service raw: aws.s3
  crm -> raw via aws.appflow
}
```

Split the architecture into several files or architectures. A folder of files means the same as one file.

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

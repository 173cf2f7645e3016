//! Documentation and attributes that nothing follows. The parser reports them.

use crate::check::rule::{Check, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "syntax/dangling",
    level: Level::Error,
    summary: "documentation or an attribute that belongs to nothing",
    documentation: r#"
`///` and `@allow` belong to the declaration or edge that follows. At the end of a block or before a property there is none,
so the text would be lost.

```arch bad
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3
  crm -> raw via aws.appflow
  /// Everything that the sales people know.
}
```

Put it right before what it describes, or write a comment with `//`.

```arch good
architecture lake "Lake" {
  /// Everything that the sales people know.
  external crm "CRM"
  service raw: aws.s3
  crm -> raw via aws.appflow
}
```
"#,
    check: Check::Parser,
};

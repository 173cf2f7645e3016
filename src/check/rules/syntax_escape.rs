//! Escapes that texts do not know. The parser reports them.

use crate::check::rule::{Check, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "syntax/escape",
    level: Level::Error,
    summary: "a backslash in a text that stands for nothing",
    documentation: r#"
In a text, a backslash begins an escape: `\n`, `\t`, `\"`, `\\` and `\u{1F600}`. Any other is a slip, often a Windows path.

```arch bad
architecture lake "Lake" {
  external files "Files on\share"
  service raw: aws.s3
  files -> raw
}
```

A backslash itself is written `\\`.

```arch good
architecture lake "Lake" {
  external files "Files on\\share"
  service raw: aws.s3
  files -> raw
}
```
"#,
    check: Check::Parser,
};

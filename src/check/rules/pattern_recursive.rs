//! Patterns that are part of themselves.

use crate::check::rule::{Check, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "pattern/recursive",
    level: Level::Error,
    summary: "patterns that use each other in a circle",
    documentation: r#"
A pattern may use others. One that uses itself, straight or through others, would have no end: each instance would hold
another one.

```arch bad
pattern zone(source: external) {
  service raw: aws.s3
  source -> raw via aws.appflow
  use copy(source = source) as again
}
pattern copy(source: external) {
  service copied: aws.s3
  source -> copied via aws.appflow
  use zone(source = source) as inner
}

architecture lake "Lake" {
  external crm "CRM"
  use zone(source = crm) as first
}
```

Remove one of the uses, or take what both need into a third pattern.

```arch good
pattern copy(source: external) {
  service copied: aws.s3
  source -> copied via aws.appflow
}
pattern zone(source: external) {
  service raw: aws.s3
  source -> raw via aws.appflow
  use copy(source = source) as again
}

architecture lake "Lake" {
  external crm "CRM"
  use zone(source = crm) as first
}
```
"#,
    check: Check::Patterns,
};

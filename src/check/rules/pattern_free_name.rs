//! Names that a pattern does not have.

use crate::check::rule::{Check, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "pattern/free-name",
    level: Level::Error,
    summary: "a name in a pattern that the pattern does not have",
    documentation: r#"
What a pattern names is its own, or a parameter. It cannot reach out: an instance means the same wherever it stands, and a
service that happens to have the same name next to it is never meant.

```arch bad
pattern archive(keep: duration = 90 d) {
  service stream: aws.kinesis.stream
  service store: aws.s3 { retention = keep }
  web -> stream
  stream -> store via aws.firehose
}

architecture shop "Shop" {
  external web "Web"
  use archive(keep = 1 y) as clicks
  web -> clicks.stream
}
```

Declare the element in the pattern, or make it a parameter, so that every use says what is meant.

```arch good
pattern archive(source: external, keep: duration = 90 d) {
  service stream: aws.kinesis.stream
  service store: aws.s3 { retention = keep }
  source -> stream
  stream -> store via aws.firehose
}

architecture shop "Shop" {
  external web "Web"
  use archive(source = web, keep = 1 y) as clicks
}
```
"#,
    check: Check::Patterns,
};

//! Parameters of patterns that break their form.

use crate::check::rule::{Check, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "pattern/parameter",
    level: Level::Error,
    summary: "a parameter of a pattern that breaks the form of parameters",
    documentation: r#"
A parameter has a name, a type, and a default if it likes: `keep: duration = 90 d`. The types of values are those of
properties, which `archc kinds` shows. The types of elements are `element`, `service`, `external`, `person`, `group` and
the names of kinds; such a parameter has no default, since a pattern knows nothing that stands outside of it.

```arch bad
pattern archive(source: external, keep: time = 90 d) {
  service stream: aws.kinesis.stream
  service store: aws.s3 { retention = keep }
  source -> stream
  stream -> store via aws.firehose
}

architecture shop "Shop" {
  external web "Web"
  use archive(source = web) as clicks
}
```

Write one of these types, and a default that is of it. While a parameter has a mistake, nothing is said of its arguments.

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

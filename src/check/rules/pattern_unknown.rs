//! Patterns that nothing declares.

use crate::check::rule::{Check, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "pattern/unknown",
    level: Level::Error,
    summary: "a `use` of a pattern that nothing declares",
    documentation: r#"
`use NAME(…)` puts an instance of a pattern into an architecture or a group, and `architecture x follows NAME` promises
that x has what the pattern asks for. A name that no pattern has is a slip of the pen, or a pattern that is missing.

```arch bad
pattern archive(source: external) {
  service stream: aws.kinesis.stream
  source -> stream
}

architecture shop "Shop" {
  external web "Web"
  external mobile "Mobile app"
  use archive(source = web) as clicks
  use archve(source = mobile) as taps
}
```

Correct the name, or declare the pattern at the top of any file of the workspace. `archc patterns` lists the patterns that
there are, those that ship with the compiler among them.

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

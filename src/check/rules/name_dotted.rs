//! A declaration of a name with a dot.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Problem;

pub(in crate::check) const RULE: Rule = Rule {
    code: "name/dotted",
    level: Level::Error,
    summary: "a declared name has a dot in it",
    documentation: r#"
A dot leads from a group to what stands in it: `ingest.stream` is the `stream` in the group `ingest`. A declaration gives
one name, so it has no dot.

```arch bad
architecture clicks "Clicks" {
  external apps "Apps"
  service ingest.stream: aws.kinesis.stream
  apps -> ingest.stream
}
```

Declare the element inside its group, or join the words with `_` or `-`.

```arch good
architecture clicks "Clicks" {
  external apps "Apps"
  group ingest {
    service stream: aws.kinesis.stream
  }
  apps -> ingest.stream
}
```
"#,
    check: Check::Problems(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for problem in &context.model.problems {
        let Problem::DottedName { name, span } = problem else { continue };
        let joined = name.replace('.', "_");
        found.push(
            RULE.at(*span, format!("the declared name `{name}` has a dot"))
                .help(format!("declare it inside the group that the dot stands for, or name it `{joined}`")),
        );
    }
}

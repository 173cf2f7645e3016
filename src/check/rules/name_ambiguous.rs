//! Names that several elements have.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Problem;
use crate::select;

pub(in crate::check) const RULE: Rule = Rule {
    code: "name/ambiguous",
    level: Level::Error,
    summary: "a name that several elements have, where nothing says which is meant",
    documentation: r#"
A name inside a group can be used bare anywhere in its architecture, as long as it is the only one. Where two groups
declare the same name, an edge outside of both has to say which it means.

```arch bad
architecture lake "Lake" {
  person analysts "Analysts"
  group raw { service bucket: aws.s3 }
  group curated { service bucket: aws.s3 }
  raw.bucket -> curated.bucket via aws.glue.job
  bucket -> analysts via aws.athena
}
```

Write the path: the group, a dot, the name.

```arch good
architecture lake "Lake" {
  person analysts "Analysts"
  group raw { service bucket: aws.s3 }
  group curated { service bucket: aws.s3 }
  raw.bucket -> curated.bucket via aws.glue.job
  curated.bucket -> analysts via aws.athena
}
```
"#,
    check: Check::Problems(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(context.selector_mistakes(RULE.code));
    for problem in context.problems() {
        let Problem::AmbiguousName { path, span, candidates } = problem else { continue };
        found.push(select::ambiguous(context.model, RULE.code, path, *span, candidates));
    }
}

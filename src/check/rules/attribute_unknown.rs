//! Attributes that do not exist.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::{AttributeMistake, Problem};
use crate::suggest;

pub(in crate::check) const RULE: Rule = Rule {
    code: "attribute/unknown",
    level: Level::Error,
    summary: "an attribute that does not exist",
    documentation: r#"
An attribute stands before a declaration or an edge and says something to the compiler. There is one: `@allow`.

```arch bad
architecture lake "Lake" {
  external crm "CRM"
  @deprecated
  service raw: aws.s3
  crm -> raw via aws.appflow
}
```

What describes the element itself is a property of it.

```arch good
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3 { status = deprecated }
  crm -> raw via aws.appflow
}
```
"#,
    check: Check::Problems(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for problem in &context.model.problems {
        let Problem::InvalidAttribute { span, mistake: AttributeMistake::Unknown(name) } = problem else { continue };
        let finding = RULE.at(*span, format!("there is no attribute `{name}`"));
        found.push(finding.did_you_mean(name, *span, suggest::nearest(name, ["allow"]), || {
            "the one attribute is `@allow(CODE, \"reason\", until = DATE)`; what describes an element is a property of it"
                .into()
        }));
    }
}

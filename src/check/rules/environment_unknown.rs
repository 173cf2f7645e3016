//! Environments that are inherited from, and not declared.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Problem;

pub(in crate::check) const RULE: Rule = Rule {
    code: "environment/unknown",
    level: Level::Error,
    summary: "an environment that is inherited from, and is not declared",
    documentation: r#"
`environment test is staging` begins with all that `staging` says. An environment of that name is declared at the top of a
file or in an architecture, in any file of the workspace.

```arch bad
environment staging { scale = 5% }
environment test is stagging { scale = 1% }

architecture lake "Lake" {
  external crm "CRM" { emits = 20/s of 2 KB }
  service raw: aws.s3
  crm -> raw via aws.appflow
}
```

Correct the name or declare the environment.

```arch good
environment staging { scale = 5% }
environment test is staging { scale = 1% }

architecture lake "Lake" {
  external crm "CRM" { emits = 20/s of 2 KB }
  service raw: aws.s3
  crm -> raw via aws.appflow
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for problem in &context.model.problems {
        let Problem::UnknownEnvironment { name, span, near } = problem else { continue };
        let finding = RULE.at(*span, format!("there is no environment `{name}`"));
        let declare = || format!("declare it: `environment {name} {{ … }}`");
        found.push(finding.did_you_mean(name, *span, near.as_deref(), declare));
    }
}

//! Environments that inherit from each other in a circle.

use smol_str::SmolStr;

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Problem;
use crate::source::Span;

pub(in crate::check) const RULE: Rule = Rule {
    code: "environment/cycle",
    level: Level::Error,
    summary: "environments inherit from each other in a circle",
    documentation: r#"
An environment holds all that the environments hold which it inherits from. In a circle there is none to begin with, and
what one says last another says first.

```arch bad
environment test is staging { scale = 1% }
environment staging is test { region = eu-west-1 }

architecture lake "Lake" {
  external crm "CRM" { emits = 20/s of 2 KB }
  service raw: aws.s3
  crm -> raw via aws.appflow
}
```

Take one of the steps away. What the two have in common may go into a third environment.

```arch good
environment staging { region = eu-west-1 }
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

/// How many steps of a circle are told.
const MOST: usize = 12;

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for problem in &context.model.problems {
        let Problem::EnvironmentCycle { steps } = problem else { continue };
        found.extend(finding(steps));
    }
}

fn finding(steps: &[(SmolStr, Span)]) -> Option<Diagnostic> {
    let ((first, at), others) = steps.split_first()?;
    let mut names: Vec<&str> = steps.iter().take(MOST).map(|(name, _)| name.as_str()).collect();
    if steps.len() > MOST {
        names.push("…");
    }
    names.push(first);
    let message = format!("environments in a circle: `{}`", names.join(" is "));
    let mut finding =
        RULE.at(*at, message).label(format!("`{first}` inherits from here")).help("take one of the steps away");
    for (name, span) in others.iter().take(MOST) {
        finding = finding.also(*span, format!("`{name}` inherits from here"));
    }
    Some(finding)
}

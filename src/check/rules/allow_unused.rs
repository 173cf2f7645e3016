//! `@allow` that allows nothing.

use std::collections::BTreeSet;

use crate::check::rule::{Check, Rule};
use crate::check::{Context, Usage};
use crate::diagnostic::{Diagnostic, Level};
use crate::edits;
use crate::model::Problem;
use crate::source::Span;

pub(in crate::check) const RULE: Rule = Rule {
    code: "allow/unused",
    level: Level::Warning,
    summary: "an `@allow` that covers no finding",
    documentation: r#"
An `@allow` takes away the findings of one rule on what it stands before. Where there are none (any more), it only waits to
hide the next mistake.

```arch bad
architecture lake "Lake" {
  external crm "CRM"
  @allow(wiring/unsupported, "the vendor pushes it for us")
  service raw: aws.s3
  crm -> raw via aws.appflow
}
```

Remove it; or move it to the declaration that has the finding: wiring is a matter of the edge, not of the service. Where
two `@allow` cover the same finding, the inner one counts.

```arch good
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3
  crm -> raw via aws.appflow
}
```
"#,
    check: Check::Suppressions(check),
};

fn check(context: &Context<'_>, usages: &[Usage<'_>], found: &mut Vec<Diagnostic>) {
    // In an environment, what has the finding may be absent, or have another value.
    if context.model.environment.is_some() {
        return;
    }
    // In a file that was not understood in full, the finding may be missing and not the reason for it.
    let broken = context.broken_files();
    let invalid: BTreeSet<Span> = context.model.problems.iter().filter_map(invalid_attribute).collect();
    let is_invalid = |at: Span| invalid.range(at.before()..at.after()).next().is_some();
    let effective = usages.iter().filter(|usage| usage.is_effective && !usage.is_expired && usage.covered == 0);
    for usage in effective.filter(|usage| !broken.contains(&usage.suppression.span.file.written())) {
        if is_invalid(usage.suppression.span) {
            continue;
        }
        let (code, at) = (&usage.suppression.code, usage.suppression.span);
        let whole = edits::removal(context.workspace.sources.file(at.file).text(), at);
        found.push(
            RULE.at(at, format!("there is no `{code}` here to allow"))
                .help("remove it, or move it before the declaration or edge that has the finding")
                .fix("Remove the `@allow`", whole, ""),
        );
    }
}

fn invalid_attribute(problem: &Problem) -> Option<Span> {
    match problem {
        Problem::InvalidAttribute { span, .. } => Some(*span),
        _ => None,
    }
}

//! `@allow` whose last day is over.

use crate::check::rule::{Check, Rule};
use crate::check::{Context, Usage};
use crate::diagnostic::{Diagnostic, Level};
use crate::edits;

pub(in crate::check) const RULE: Rule = Rule {
    code: "allow/expired",
    level: Level::Warning,
    summary: "an `@allow` whose last day is over",
    documentation: r#"
`until` names the last day that an `@allow` holds. After it the findings come back, and this one says why.

```arch bad
architecture etl "ETL" {
  service topic: aws.sns
  service dag: aws.mwaa
  @allow(wiring/unsupported, "a vendor's bridge", until = 2026-06-30)
  topic -> dag
}
```

Mend what was allowed. If there are reasons to wait longer, set a later day, and say them.

```arch good
architecture etl "ETL" {
  service topic: aws.sns
  service dag: aws.mwaa
  topic -> dag via aws.lambda
}
```
"#,
    check: Check::Suppressions(check),
};

fn check(context: &Context<'_>, usages: &[Usage<'_>], found: &mut Vec<Diagnostic>) {
    for usage in usages.iter().filter(|usage| usage.is_effective && usage.is_expired) {
        let Some(until) = usage.suppression.until else { continue };
        let code = &usage.suppression.code;
        let mut finding = RULE
            .at(usage.suppression.span, format!("this `@allow` of `{code}` has expired"))
            .label(format!("it held until {until}"))
            .help("mend what it allowed, or set a later day and say why");
        if let Some(reason) = &usage.suppression.reason {
            finding = finding.label(format!("it held until {until}: \"{reason}\""));
        }
        let at = usage.suppression.span;
        let whole = edits::removal(context.workspace.sources.file(at.file).text(), at);
        // What it allowed is found again then.
        found.push(finding.fix("Remove the `@allow`", whole, "").sure_if(false));
    }
}

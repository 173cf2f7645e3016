//! Values outside the range of their property.

use crate::catalog;
use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Problem;

pub(in crate::check) const RULE: Rule = Rule {
    code: "property/out-of-range",
    level: Level::Error,
    summary: "a value that the service does not accept",
    documentation: r#"
The catalog knows which values a service accepts: a Lambda function runs for 15 minutes at most. A value outside is refused
here, and not when somebody deploys.

```arch bad
architecture hooks "Hooks" {
  external crm "CRM"
  service handle: aws.lambda { timeout = 1 h }
  crm => handle
}
```

Take a value within the range, or a kind that allows the value.

```arch good
architecture hooks "Hooks" {
  external crm "CRM"
  service handle: aws.lambda { timeout = 15 min }
  crm => handle
}
```
"#,
    check: Check::Problems(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let kinds = &context.model.catalog;
    for problem in &context.model.problems {
        let Problem::OutOfRange { name, kind, span } = problem else { continue };
        let Some(spec) = kinds.property(*kind, name) else { continue };
        let range = match (&spec.min, &spec.max) {
            (Some(min), Some(max)) => format!("from `{min}` to `{max}`"),
            (Some(min), None) => format!("from `{min}`"),
            (None, Some(max)) => format!("up to `{max}`"),
            (None, None) => continue,
        };
        let kind = &kinds.kind(*kind).name;
        let value = context.workspace.sources.text(*span);
        let finding = RULE
            .at(*span, format!("`{value}` is out of the range of `{name}`"))
            .help(format!("`{kind}` takes values {range}"));
        found.push(match catalog::nearest_allowed(spec, value) {
            Some(nearest) => finding.fix(format!("Write `{nearest}`"), *span, nearest.to_string()).sure_if(false),
            None => finding,
        });
    }
}

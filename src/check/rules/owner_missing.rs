//! Services that nobody answers for.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Variety;

pub(in crate::check) const RULE: Rule = Rule {
    code: "owner/missing",
    level: Level::Off,
    summary: "a service without an owner",
    documentation: r#"
An owner is who to ask. What a group or an architecture says holds for everything inside. The rule is off by default;
`"owner/missing" = "warning"` under `[rules]` in `archc.toml` turns it on.

```arch bad
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3
  crm -> raw via aws.appflow
}
```

Write `owner` on the service, on a group around it, or on the architecture.

```arch good
architecture lake "Lake" {
  owner = "team-data"
  external crm "CRM"
  service raw: aws.s3
  crm -> raw via aws.appflow
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let model = context.model;
    let services = model.elements.iter().filter(|element| element.variety == Variety::Service);
    for element in services.filter(|element| model.inherited(element, "owner").is_none()) {
        found.push(
            RULE.at(element.name_span, format!("the service `{}` has no owner", element.name))
                .help("write `owner = \"…\"` on it, on a group around it, or on the architecture"),
        );
    }
}

//! Views that expand what carries nothing.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::view::Mistake;

pub(in crate::check) const RULE: Rule = Rule {
    code: "view/not-a-carrier",
    level: Level::Warning,
    summary: "a view that expands nothing that carries an edge",
    documentation: r#"
`expand` draws what stands after `via` as nodes of their own, so it selects carriers. What it selects besides is left as it
is; where there is no carrier at all, it has no effect.

```arch bad
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3
  crm -> raw via aws.appflow
  view sources "Where data comes from" { expand = raw }
}
```

Select the carriers: by `carrier`, by their kind, or by their names.

```arch good
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3
  crm -> raw via aws.appflow
  view sources "Where data comes from" { expand = kind(aws.appflow) }
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (view, mistake) in context.view_mistakes() {
        let Mistake::NotACarrier(place) = mistake else { continue };
        found.push(
            RULE.at(*place, format!("the view `{}` expands nothing that carries an edge", view.head.name)).help(
                "select what stands after a `via`: `carrier` selects all that is declared there, a name a service",
            ),
        );
    }
}

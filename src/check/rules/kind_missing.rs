//! Services without a kind.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Problem;

pub(in crate::check) const RULE: Rule = Rule {
    code: "kind/missing",
    level: Level::Error,
    summary: "a service without a kind",
    documentation: r#"
The kind says what a service is: which properties it takes, what it may connect to, how it is drawn and what it costs.
Without one, nothing about the service can be checked.

```arch bad
architecture shop "Shop" {
  person buyers "Buyers"
  service web "Web shop"
  buyers -> web
}
```

Write the kind after a colon. `archc kinds` lists what there is; `service`, `web-app`, `api`, `job`, `database`, `queue`,
`cache` and `storage` fit what is in no cloud's catalog. What others run is an `external` and needs no kind.

```arch good
architecture shop "Shop" {
  person buyers "Buyers"
  service web: web-app "Web shop"
  buyers -> web
}
```
"#,
    check: Check::Problems(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for problem in &context.model.problems {
        let Problem::MissingKind { element } = problem else { continue };
        let element = context.model.element(*element);
        let name = &element.name;
        found.push(RULE.at(element.name_span, format!("the service `{name}` has no kind")).help(format!(
            "write `service {name}: KIND`; `archc kinds` lists the kinds, and `service` is one for anything you run"
        )));
    }
}

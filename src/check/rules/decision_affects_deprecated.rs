//! Decisions that hold of what is on its way out.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Lookup;

pub(in crate::check) const RULE: Rule = Rule {
    code: "decision/affects-deprecated",
    level: Level::Note,
    summary: "an accepted decision that affects a deprecated element",
    documentation: r#"
When an element is deprecated, the decisions about it come to their end, too. A note, so that they are not forgotten.

```arch bad
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3 { status = deprecated }
  crm -> raw via aws.appflow

  decision keep_raw "Keep what arrives as it is" {
    status = accepted
    affects = [raw]
  }
}
```

Deprecate the decision with the element, or write the one that takes its place.

```arch good
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3 { status = deprecated }
  crm -> raw via aws.appflow

  decision keep_raw "Keep what arrives as it is" {
    status = deprecated
    affects = [raw]
  }
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let accepted = context.decisions().all.iter().filter(|decision| decision.is_accepted());
    for (decision, affected) in accepted.flat_map(|it| it.affects.iter().map(move |affected| (it, affected))) {
        let Lookup::Element(id) = affected.meaning else { continue };
        let element = context.model.element(id);
        if element.settings.text("status") == Some("deprecated") {
            let message =
                format!("`{}` is accepted, and affects `{}`, which is deprecated", decision.name, affected.name.text);
            found.push(RULE.at(affected.name.span, message).also(element.name_span, "deprecated here"));
        }
    }
}

//! Views that show nothing.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::view::Mistake;

pub(in crate::check) const RULE: Rule = Rule {
    code: "view/empty",
    level: Level::Warning,
    summary: "a view that shows nothing",
    documentation: r#"
A view shows the elements that `show` selects and `hide` does not. Where nothing is left, there is no diagram.

```arch bad
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3
  crm -> raw via aws.appflow
  view queues "Where records wait" { show = category(messaging) }
}
```

Select what is there; `archc query` shows what a selector selects. Or remove the view.

```arch good
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3
  crm -> raw via aws.appflow
  view stores "Where data rests" { show = category(store) }
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (view, mistake) in context.view_mistakes() {
        let Mistake::Empty(place) = mistake else { continue };
        found.push(
            RULE.at(*place, format!("the view `{}` shows nothing", view.head.name))
                .help("`archc query` shows what a selector selects"),
        );
    }
}

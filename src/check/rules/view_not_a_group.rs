//! Views that collapse what is no group.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::check::words;
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Variety;
use crate::view::Mistake;

pub(in crate::check) const RULE: Rule = Rule {
    code: "view/not-a-group",
    level: Level::Warning,
    summary: "a view that collapses no group",
    documentation: r#"
`collapse` draws groups as one node each, so it selects groups. What it selects besides is left as it is; where there is no
group at all, it has no effect.

```arch bad
architecture lake "Lake" {
  external crm "CRM"
  group zones "Zones" { service raw: aws.s3 }
  crm -> raw via aws.appflow
  view sources "Where data comes from" { collapse = raw }
}
```

Name the group; or use `hide` to leave an element out.

```arch good
architecture lake "Lake" {
  external crm "CRM"
  group zones "Zones" { service raw: aws.s3 }
  crm -> raw via aws.appflow
  view sources "Where data comes from" { collapse = zones }
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (view, mistake) in context.view_mistakes() {
        let Mistake::NotAGroup(place) = mistake else { continue };
        let model = context.model;
        let is_near = |home| view.head.architecture.is_none_or(|architecture| architecture == home);
        let groups = model.elements.iter().filter(|it| it.variety == Variety::Group && is_near(it.architecture));
        let groups: Vec<String> = groups.map(|group| model.path(group.id)).collect();
        let help = match groups.as_slice() {
            [] => "there are no groups; `hide` leaves elements out".to_owned(),
            _ => format!("there are {}", words::listing(groups, "and")),
        };
        found.push(RULE.at(*place, format!("the view `{}` collapses no group", view.head.name)).help(help));
    }
}

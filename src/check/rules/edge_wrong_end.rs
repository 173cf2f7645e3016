//! Edges that end at something that cannot be an end.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Problem;

pub(in crate::check) const RULE: Rule = Rule {
    code: "edge/wrong-end",
    level: Level::Error,
    summary: "an edge begins or ends at a group or an architecture",
    documentation: r#"
Data moves between elements, and calls do. A group is a boundary around elements and an architecture is a whole system;
neither receives anything itself, so such an edge would have no wiring to check and no load to pass on.

```arch bad
architecture lake "Lake" {
  external crm "CRM"
  group zones "Zones" {
    service raw: aws.s3
  }
  crm -> zones via aws.appflow
}
```

Name the element inside. Only a side channel (`~>`) may lead to or from a group: "Airflow orchestrates this zone".

```arch good
architecture lake "Lake" {
  external crm "CRM"
  group zones "Zones" {
    service raw: aws.s3
  }
  crm -> zones.raw via aws.appflow
}
```
"#,
    check: Check::Problems(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for problem in &context.model.problems {
        let Problem::WrongEnd { path, span, what } = problem else { continue };
        let (why, help) = match *what {
            "group" => (
                "a group is a boundary: data and calls move between elements",
                format!("name the element inside, such as `{path}.NAME`; only a side channel (`~>`) may name a group"),
            ),
            _ => {
                ("edges lead from element to element", format!("name the element of that architecture: `{path}.NAME`"))
            }
        };
        found.push(RULE.at(*span, format!("the {what} `{path}` cannot be the end of this edge")).label(why).help(help));
    }
}

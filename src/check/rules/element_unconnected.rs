//! Elements that no edge leads to or from.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Variety;

pub(in crate::check) const RULE: Rule = Rule {
    code: "element/unconnected",
    level: Level::Warning,
    summary: "a service, an external system or people without any edge",
    documentation: r#"
What nothing leads to or from has no part in the architecture that is drawn: an edge is missing, or the element is left over.

```arch bad
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3
  service curated: aws.s3
  crm -> raw via aws.appflow
}
```

Draw the edge or remove the element. Where it stands alone for a reason, say it: `@allow(element/unconnected, "planned")`.
Nothing is reported while the workspace has files or names that could not be understood, since the edge may be there.

```arch good
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3
  service curated: aws.s3
  crm -> raw via aws.appflow
  raw -> curated via aws.glue.job
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let model = context.model;
    let mut connected = vec![false; model.elements.len()];
    for id in model.edges.iter().flat_map(|edge| edge.carriers.iter().chain([&edge.from, &edge.to])) {
        if let Some(connected) = connected.get_mut(id.index()) {
            *connected = true;
        }
    }
    let uncertain = context.uncertain_architectures();
    for (element, _) in model.elements.iter().zip(connected).filter(|(_, connected)| !connected) {
        let what = match element.variety {
            Variety::Service => "service",
            Variety::External => "external system",
            Variety::Person => "person",
            Variety::Carrier | Variety::Group => continue,
        };
        if uncertain.contains(&element.architecture) {
            continue;
        }
        let name = &element.name;
        found.push(
            RULE.at(element.name_span, format!("the {what} `{name}` has no edges"))
                .label("nothing leads to it or from it")
                .help(format!("draw an edge, such as `{name} -> …` or `… -> {name}`, or remove it")),
        );
    }
}

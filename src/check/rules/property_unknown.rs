//! Properties that nothing declares.

use std::collections::BTreeSet;

use crate::check::rule::{Check, Rule};
use crate::check::{Context, words};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Problem;

pub(in crate::check) const RULE: Rule = Rule {
    code: "property/unknown",
    level: Level::Error,
    summary: "a property that the kind does not declare",
    documentation: r#"
A kind declares its properties, with their types; and some, such as `owner` and `tags`, are understood by everything. A name
that is not among them would change nothing, silently: it is almost always a slip.

```arch bad
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3 {
    retension = 90 d
  }
  crm -> raw via aws.appflow
}
```

`archc kinds KIND` shows the properties of a kind. Facts that the compiler need not understand go into a `meta` block.

```arch good
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3 {
    retention = 90 d
    meta { ticket = "DATA-17" }
  }
  crm -> raw via aws.appflow
}
```
"#,
    check: Check::Problems(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let catalog = &context.model.catalog;
    for problem in &context.model.problems {
        if let Problem::PropertyOfAnother { name, span, carrier } = problem {
            let carrier = context.model.element(*carrier);
            found.push(
                RULE.at(*span, format!("`{name}` is a property of `{}`, not of this edge", carrier.name))
                    .also(carrier.name_span, format!("`{}` is declared here", carrier.name))
                    .help("write it there: it holds for all edges that the service carries"),
            );
        }
        if let Problem::PropertyOutside { name, span, element } = problem {
            let element = context.model.element(*element);
            found.push(
                RULE.at(*span, format!("`{name}` stands outside of `{}`, whose property it is", element.name))
                    .also(element.name_span, format!("`{}` has no block", element.name))
                    .help(format!("put it between braces, on the line of `{}`: `{{ {name} = … }}`", element.name)),
            );
        }
        let Problem::UnknownProperty { name, span, kinds, near } = problem else { continue };
        let owners = words::kinds(catalog, kinds);
        let message = match owners.as_slice() {
            [one] => format!("`{one}` has no property `{name}`"),
            several => format!("none of {} has a property `{name}`", words::listing(several, "and")),
        };
        let finding = RULE.at(*span, message);
        found.push(finding.did_you_mean(name, *span, near.as_deref(), || {
            let known = kinds.iter().flat_map(|kind| catalog.properties(*kind)).map(|property| property.name.as_str());
            let known = words::listing(known.collect::<BTreeSet<_>>(), "and");
            format!("known are {known}; free facts go into `meta {{ {name} = … }}`")
        }));
    }
}

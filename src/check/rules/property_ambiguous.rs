//! Properties of an edge that more than one of its carriers knows.

use std::collections::BTreeSet;

use crate::check::rule::{Check, Rule};
use crate::check::{Context, words};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Problem;

pub(in crate::check) const RULE: Rule = Rule {
    code: "property/ambiguous",
    level: Level::Error,
    summary: "a property that more than one carrier of the edge knows",
    documentation: r#"
The block of an edge holds the properties of its carriers, too: each goes to the one whose kind declares it. Where several
do, nothing says which is meant.

```arch bad
architecture clicks "Clicks" {
  external apps "Apps"
  service archive: aws.s3
  apps -> archive via aws.lambda, aws.sqs, aws.lambda { batch = 10 }
}
```

Give the carrier a name and write the property with it.

```arch good
architecture clicks "Clicks" {
  external apps "Apps"
  service archive: aws.s3
  apps -> archive via validate: aws.lambda, buffer: aws.sqs, store: aws.lambda { validate.batch = 10 }
}
```
"#,
    check: Check::Problems(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let catalog = &context.model.catalog;
    for problem in &context.model.problems {
        let Problem::AmbiguousProperty { name, span, kinds } = problem else { continue };
        let carriers: BTreeSet<&str> = words::kinds(catalog, kinds).into_iter().collect();
        let message = match carriers.len() {
            1 => format!("several carriers of this edge have a property `{name}`"),
            _ => format!("{} have a property `{name}`", words::listing(&carriers, "and")),
        };
        let kind = carriers.first().copied().unwrap_or("KIND");
        let help = format!("name the carrier and write the property with it: `via x: {kind}` and `x.{name} = …`");
        found.push(RULE.at(*span, message).help(help));
    }
}

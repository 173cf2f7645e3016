//! Properties of an edge that more than one of its carriers knows.

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
  service queue: aws.sqs
  apps -> queue via aws.kinesis.stream, aws.lambda { batch = 100, retention = 48 h }
  service archive: aws.s3
  queue -> archive via aws.lambda, aws.firehose
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
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let catalog = &context.model.catalog;
    for problem in &context.model.problems {
        let Problem::AmbiguousProperty { name, span, kinds } = problem else { continue };
        let mut carriers = words::kinds(catalog, kinds);
        let help = format!(
            "name the carrier and write the property with it: `via x: {}` and `x.{name} = …`",
            carriers.first().copied().unwrap_or("KIND")
        );
        carriers.dedup();
        let message = match carriers.as_slice() {
            [one] => format!("more than one `{one}` here has a property `{name}`"),
            several => format!("{} have a property `{name}`", words::listing(several, "and")),
        };
        found.push(RULE.at(*span, message).help(help));
    }
}

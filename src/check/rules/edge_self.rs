//! Edges from an element to itself.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Edge;

pub(in crate::check) const RULE: Rule = Rule {
    code: "edge/self",
    level: Level::Warning,
    summary: "an edge leads from an element to itself",
    documentation: r#"
An element that feeds itself says nothing about the architecture, and is usually a slip: the other end has a similar name.
Where it is meant, it is a loop that can feed on itself, such as a function that writes to what triggers it.

```arch bad
architecture etl "ETL" {
  service raw: aws.s3
  service curated: aws.s3
  service job: aws.glue.job
  raw -> job -> job
  job -> curated
}
```

Correct the name, or draw what stands between: a queue for retries, a second zone of the store. A loop through a carrier
(`a -> a via b`) is not reported.

```arch good
architecture etl "ETL" {
  service raw: aws.s3
  service curated: aws.s3
  service job: aws.glue.job
  raw -> job -> curated
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let leads_back = |edge: &&Edge| edge.from == edge.to && edge.carriers.is_empty() && !edge.lost_carrier;
    for edge in context.model.edges.iter().filter(leads_back) {
        let name = &context.model.element(edge.from).name;
        found.push(
            RULE.at(edge.arrow_span, format!("this edge leads from `{name}` to itself"))
                .also(edge.from_span, "it starts here")
                .also(edge.to_span, "and ends at the same element")
                .help("name the other end, or draw what stands between: `a -> a via b`"),
        );
    }
}

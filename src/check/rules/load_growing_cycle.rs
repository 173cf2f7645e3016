//! Loads that grow with each round of a circle.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::load::Cycle;
use crate::model::EdgeId;
use crate::quantity::Amount;

pub(in crate::check) const RULE: Rule = Rule {
    code: "load/growing-cycle",
    level: Level::Error,
    summary: "as much load comes back along a circle as went out",
    documentation: r#"
Load that enters a circle of edges comes around again and again. If as much comes back as went out, or more, it never
settles: a retry storm, or a trigger that sets itself off.

```arch bad
architecture orders "Orders" {
  external shop { emits = 50/s of 1 KB }
  service queue: aws.sqs
  service worker: service
  shop -> queue -> worker
  worker -> queue "retry"
}
```

Say how much comes back: a part with `keep` or `share`, or a rate of its own with `rate` and `size`. The load is then
solved exactly, all rounds included.

```arch good
architecture orders "Orders" {
  external shop { emits = 50/s of 1 KB }
  service queue: aws.sqs
  service worker: service
  shop -> queue -> worker
  worker -> queue "retry" { keep = 2% }
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for cycle in &context.loads().cycles {
        found.extend(finding(context, cycle));
    }
}

fn finding(context: &Context<'_>, cycle: &Cycle) -> Option<Diagnostic> {
    let model = context.model;
    let way = |(edge, factor): &(EdgeId, Amount)| {
        let path = model.path(model.edge(*edge).from);
        if *factor == Amount::ONE { format!("`{path}`") } else { format!("`{path}` (×{factor})") }
    };
    let (first, _) = cycle.edges.first()?;
    // The edge that closes the circle is where less could come back.
    let (last, _) = cycle.edges.last()?;
    let mut way: Vec<String> = cycle.edges.iter().map(way).collect();
    way.push(format!("`{}`", model.path(model.edge(*first).from)));
    let along = cycle.edges.iter().try_fold(Amount::ONE, |gain, (_, factor)| gain.checked_mul(*factor));
    let others = if along == Some(cycle.gain) { "" } else { " along this and other ways" };
    let message = format!("the load along {} grows with each round", way.join(" → "));
    let mut diagnostic = RULE.at(model.edge(*last).span, message).help(format!(
        "{} times as much comes back{others}; say on an edge how much does: `keep = 5%`, `share = 10%`, or `rate` and `size`",
        cycle.gain
    ));
    for (edge, _) in cycle.edges.iter().take(cycle.edges.len() - 1) {
        diagnostic = diagnostic.also(model.edge(*edge).span, "on the way around");
    }
    Some(diagnostic)
}

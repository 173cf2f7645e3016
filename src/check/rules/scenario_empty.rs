//! Scenarios in which nothing happens.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::scenario::Mistake;

pub(in crate::check) const RULE: Rule = Rule {
    code: "scenario/empty",
    level: Level::Warning,
    summary: "a scenario without a step",
    documentation: r#"
A scenario tells what happens, step by step. One without a step tells nothing, and its diagram is empty.

```arch bad
architecture clicks "Clicks" {
  external apps "Apps"
  service stream: aws.kinesis.stream
  apps -> stream
  scenario arrival "An event arrives" {
  }
}
```

Write its steps, each along an edge, or remove it.

```arch good
architecture clicks "Clicks" {
  external apps "Apps"
  service stream: aws.kinesis.stream
  apps -> stream
  scenario arrival "An event arrives" {
    apps -> stream "PUT record"
  }
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for sequence in context.sequences() {
        if sequence.mistakes.iter().any(|mistake| matches!(mistake, Mistake::Empty)) {
            let head = &sequence.scenario.head;
            let finding = RULE.at(head.name_span, format!("nothing happens in the scenario `{}`", head.name));
            found.push(finding.help("write its steps, such as `a -> b \"what happens\"`, or remove it"));
        }
    }
}

//! Peak loads above limits.

use crate::check::rule::{Check, Rule};
use crate::check::{Context, words};
use crate::diagnostic::{Diagnostic, Level};

pub(in crate::check) const RULE: Rule = Rule {
    code: "capacity/limit-exceeded",
    level: Level::Error,
    summary: "a peak load that a service cannot take",
    documentation: r#"
A service has limits that nobody can raise: a shard of a stream takes 1,000 records a second, whoever asks. The peak load
that the architecture declares is held against them. What is over is throttled or lost.

```arch bad
kind acme.gate is service "Gate" {
  limit "Requests" in.records <= 1_000/s hard { source = "the manual of the gate", read = 2026-11-22 }
}
architecture clicks "Clicks" {
  external web { emits = 500/s of 1 KB, peak = 3x }
  service gate: acme.gate
  web -> gate
}
```

Give the service more capacity, or let less reach it: another partition, a batch, a filter. `archc load` shows how close
every service is to its limits.

```arch good
kind acme.gate is service "Gate" {
  limit "Requests" in.records <= 1_000/s hard { source = "the manual of the gate", read = 2026-11-22 }
}
architecture clicks "Clicks" {
  external web { emits = 300/s of 1 KB, peak = 3x }
  service gate: acme.gate
  web -> gate
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for capacity in context.exceeded().iter().filter(|capacity| !capacity.limit.is_soft) {
        found.extend(words::exceeded(context.model, context.loads(), capacity, &RULE));
    }
}

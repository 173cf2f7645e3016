//! Peak loads above quotas.

use crate::check::rule::{Check, Rule};
use crate::check::{Context, words};
use crate::diagnostic::{Diagnostic, Level};

pub(in crate::check) const RULE: Rule = Rule {
    code: "capacity/quota-exceeded",
    level: Level::Warning,
    summary: "a peak load above a quota that can be raised",
    documentation: r#"
Providers give each account quotas that they raise on request: so many executions at the same time, so many requests a
second. The peak load that the architecture declares is held against what holds without asking.

```arch bad
kind acme.gate is service "Gate" {
  limit "Requests" in.records <= 1_000/s soft { source = "the manual of the gate", read = 2026-11-22 }
}
architecture clicks "Clicks" {
  external web { emits = 500/s of 1 KB, peak = 3x }
  service gate: acme.gate
  web -> gate
}
```

Ask for a higher quota before the load comes, and allow this finding with the reason; or let less reach the service.

```arch good
kind acme.gate is service "Gate" {
  limit "Requests" in.records <= 1_000/s soft { source = "the manual of the gate", read = 2026-11-22 }
}
architecture clicks "Clicks" {
  external web { emits = 500/s of 1 KB, peak = 3x }
  @allow(capacity/quota-exceeded, "raised to 2,000/s")
  service gate: acme.gate
  web -> gate
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for capacity in context.exceeded().iter().filter(|capacity| capacity.limit.is_soft) {
        found.extend(words::exceeded(context.model, context.loads(), capacity, &RULE));
    }
}

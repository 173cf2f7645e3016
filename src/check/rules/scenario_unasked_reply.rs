//! Replies to nobody.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::scenario::{Message, Mistake};

pub(in crate::check) const RULE: Rule = Rule {
    code: "scenario/unasked-reply",
    level: Level::Warning,
    summary: "a reply in a scenario where nobody has asked",
    documentation: r#"
In `apps <- api`, `api` answers an earlier step from `apps` to `api`, and each step has one reply. Without such a step the
reply comes from nowhere: the step is missing, stands further down, or the arrow points the wrong way.

```arch bad
architecture shop "Shop" {
  external apps "Apps"
  service api: aws.lambda
  apps => api
  scenario order "An order" {
    apps <- api "accepted"
  }
}
```

Write what is answered, before the reply.

```arch good
architecture shop "Shop" {
  external apps "Apps"
  service api: aws.lambda
  apps => api
  scenario order "An order" {
    apps => api "place order"
    apps <- api "accepted"
  }
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for mistake in context.sequences().iter().flat_map(|sequence| &sequence.mistakes) {
        if let Mistake::UnaskedReply(reply) = mistake {
            found.push(finding(context, reply));
        }
    }
}

fn finding(context: &Context<'_>, reply: &Message) -> Diagnostic {
    let text = |span| context.workspace.sources.text(span);
    let (receiver, sender) = (text(reply.to_span), text(reply.from_span));
    RULE.at(reply.arrow_span, format!("`{sender}` replies to `{receiver}`, which waits for nothing"))
        .label("no earlier step is left to be answered")
        .help(format!(
            "a reply needs a step before it, such as `{receiver} => {sender}`; \
             if `{receiver}` sends something to `{sender}` here, write `{receiver} -> {sender}`"
        ))
}

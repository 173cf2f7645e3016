//! Long chains of services that wait for each other.

use crate::check::rule::{Check, Rule};
use crate::check::{Context, words};
use crate::diagnostic::{Diagnostic, Level};
use crate::topology::{self, Chain};

/// How many services may wait for each other in a row.
const MOST: usize = 5;

pub(in crate::check) const RULE: Rule = Rule {
    code: "call/long-chain",
    level: Level::Off,
    summary: "more than five services wait for each other in a row",
    documentation: r#"
A call (`=>`) waits for its answer. Each service in a chain adds its time to that of all behind it, and the chain fails
when one of them does. The longest chain that starts in an architecture is reported if it has more than five services; what
others run counts, people do not. The rule is off by default; `"call/long-chain" = "warning"` under `[rules]` in
`archc.toml` turns it on.

```arch bad
architecture shop "Shop" {
  service web: api
  service cart: api
  service orders: api
  service payments: api
  service fraud: api
  service scores: api
  web => cart => orders => payments => fraud => scores
}
```

Send data where nobody needs to wait (`->`), keep a copy of what is asked for often, or let one service do what two do.

```arch good
architecture shop "Shop" {
  service web: api
  service cart: api
  service orders: api
  service payments: api
  service fraud: api
  service scores: api
  web => cart => orders => payments
  payments -> fraud => scores
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let model = context.model;
    for Chain { elements } in topology::longest_chains(model).into_values().filter(|it| it.elements.len() > MOST) {
        let Some(first) = elements.first() else { continue };
        let mut names: Vec<&str> = elements.iter().take(2 * MOST).map(|id| words::name(model, *id)).collect();
        if elements.len() > names.len() {
            names.push("…");
        }
        let message = format!("{} services wait for each other: `{}`", elements.len(), names.join(" => "));
        let label = format!("`{}` waits for all others", words::name(model, *first));
        found.push(
            RULE.at(model.element(*first).name_span, message)
                .label(label)
                .measured(words::name(model, *first), [Some(elements.len().into())])
                .help("send data (`->`) where nobody needs to wait, or keep a copy of what is asked for often"),
        );
    }
}

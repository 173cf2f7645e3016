//! Promises that rest on services whose availability nobody states.

use crate::check::rule::{Check, Rule};
use crate::check::{Context, words};
use crate::diagnostic::{Diagnostic, Level};
use crate::topology::{self, Promise};

pub(in crate::check) const RULE: Rule = Rule {
    code: "availability/unknown",
    level: Level::Off,
    summary: "a promise rests on services whose availability is not known",
    documentation: r#"
Whether an `slo` can be kept is known once all that the service waits for along calls (`=>`) says its `availability`, the
service itself included. The rule is off by default; `"availability/unknown" = "warning"` under `[rules]` in `archc.toml`
turns it on.

```arch bad
architecture shop "Shop" {
  service checkout: api { slo = 99.5%, availability = 99.9% }
  service payments: api
  checkout => payments
}
```

State what the provider promises or what was measured.

```arch good
architecture shop "Shop" {
  service checkout: api { slo = 99.5%, availability = 99.9% }
  service payments: api { availability = 99.9% }
  checkout => payments
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let model = context.model;
    for Promise { element, slo, outlook } in topology::promises(model) {
        let (name, slo, place) = (words::name(model, element), slo.in_percent(), model.element(element).name_span);
        match outlook {
            None => found.push(
                RULE.at(place, format!("whether `{name}` can keep {slo} is not known: too much waits for too much"))
                    .help("break the chains of calls up with data (`->`)"),
            ),
            Some(outlook) if !outlook.unknown.is_empty() => {
                let unknown: Vec<_> = outlook.unknown.iter().map(|id| words::name(model, *id)).collect();
                let unknown = words::listing(unknown, "and");
                found.push(
                    RULE.at(place, format!("`{name}` promises {slo}, and the availability of {unknown} is not known"))
                        .help("state it: `availability = …%`"),
                );
            }
            Some(_) => {}
        }
    }
}

//! Connections that worked once.

use crate::catalog::{Refusal, Verdict, WireFact, Wiring};
use crate::check::rule::{Check, Rule};
use crate::check::{Context, words};
use crate::diagnostic::{Diagnostic, Level};

pub(in crate::check) const RULE: Rule = Rule {
    code: "wiring/retired",
    level: Level::Error,
    summary: "two services are connected in a way that is no longer offered",
    documentation: r#"
Integrations end, as products do. The catalog keeps those that worked once, so that the message can say what happened.

```arch bad
kind acme.feed "Feed" { category = ingestion }
kind acme.lake "Lake" { category = store }
wire acme.feed -> acme.lake retired { source = "Acme release notes", read = 2026-10-01, note = "Feeds write to hubs now." }

architecture feeds "Feeds" {
  service feed: acme.feed
  service lake: acme.lake
  feed -> lake
}
```

Take the way that is offered today.

```arch good
kind acme.feed "Feed" { category = ingestion }
kind acme.hub "Hub" { category = messaging }
wire acme.feed -> acme.hub { source = "Acme release notes", read = 2026-10-01 }

architecture feeds "Feeds" {
  service feed: acme.feed
  service hub: acme.hub
  feed -> hub
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let model = context.model;
    for (hop, pair) in context.survey().doubtful() {
        let Wiring::Refused(Refusal::Named(fact @ WireFact { verdict: Verdict::Retired, .. })) = &pair.wiring else {
            continue;
        };
        let (from, to) = (&model.catalog.kind(pair.from).name, &model.catalog.kind(pair.to).name);
        let (start, end) = words::ends(model, hop);
        found.push(
            RULE.at(
                model.edge(hop.edge).arrow_span,
                format!("`{from}` can no longer {} `{to}`", words::verb(pair.arrow)),
            )
            .label("this worked once")
            .also(start, format!("this is `{from}`"))
            .also(end, format!("this is `{to}`"))
            .help(words::note(fact).into_iter().chain([words::source(fact)]).collect::<Vec<_>>().join("\n")),
        );
    }
}

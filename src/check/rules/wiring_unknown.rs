//! Connections of which the catalog knows nothing.

use crate::catalog::Wiring;
use crate::check::rule::{Check, Rule};
use crate::check::{Context, words};
use crate::diagnostic::{Diagnostic, Level};

pub(in crate::check) const RULE: Rule = Rule {
    code: "wiring/unknown",
    level: Level::Note,
    summary: "two products are connected, and the catalog does not know whether they can be",
    documentation: r#"
The catalog knows both products and what else they connect to, and has no fact about this pair. That is no mistake: the
catalog is not complete. It is worth a look, since what can be connected usually is documented. Generic kinds, code of your
own, external systems and people connect to anything and are never reported.

```arch bad
kind acme.feed "Feed" { category = ingestion }
kind acme.hub "Hub" { category = messaging }
kind acme.lake "Lake" { category = store }
wire acme.feed -> acme.hub { source = "Acme manual", read = 2026-10-01 }
wire acme.hub -> acme.lake { source = "Acme manual", read = 2026-10-01 }

architecture feeds "Feeds" {
  service feed: acme.feed
  service lake: acme.lake
  feed -> lake
}
```

If it works, say who says so, in any file of the workspace; the next reader will not have to look it up again.

```arch good
kind acme.feed "Feed" { category = ingestion }
kind acme.hub "Hub" { category = messaging }
kind acme.lake "Lake" { category = store }
wire acme.feed -> acme.hub, acme.lake { source = "Acme manual", read = 2026-10-01 }
wire acme.hub -> acme.lake { source = "Acme manual", read = 2026-10-01 }

architecture feeds "Feeds" {
  service feed: acme.feed
  service lake: acme.lake
  feed -> lake
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let model = context.model;
    for (hop, pair) in context.survey().doubtful().filter(|(_, pair)| matches!(pair.wiring, Wiring::Unknown)) {
        let (from, to) = (&model.catalog.kind(pair.from).name, &model.catalog.kind(pair.to).name);
        let (start, end) = words::ends(model, hop);
        let other = pair.other_arrow(&model.catalog).map(|arrow| words::other_arrow(model, hop, arrow));
        let arrow = pair.arrow.symbol();
        let help = other.unwrap_or_else(|| {
            format!("if it can, say so: `wire {from} {arrow} {to} {{ source = \"…\", read = DATE }}`")
        });
        found.push(
            RULE.at(
                model.edge(hop.edge).arrow_span,
                format!("the catalog does not know whether `{from}` can {} `{to}`", words::verb(pair.arrow)),
            )
            .also(start, format!("this is `{from}`"))
            .also(end, format!("this is `{to}`"))
            .help(help),
        );
    }
}

//! Services that the data path cannot do without.

use crate::check::rule::{Check, Rule};
use crate::check::{Context, words};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::ElementId;
use crate::topology::{SinglePoint, SinglePoints};

pub(in crate::check) const RULE: Rule = Rule {
    code: "availability/single-point",
    level: Level::Off,
    summary: "all data to or from somewhere passes one service that is not redundant",
    documentation: r#"
Data moves from its sources (external systems, people, what `emits`, what nothing leads to) along `->` and `=>` to its
sinks (external systems, people, what leads to nothing). A service is a single point of failure where nothing reaches a
sink without it, or nothing of a source gets to any sink, the ends of the way; it may still get to stores between. What others run is theirs to care for, and side channels move
no data. The rule is off by default; `"availability/single-point" = "note"` under `[rules]` in `archc.toml` turns it on.

```arch bad
architecture shop "Shop" {
  external web "Web shop"
  service orders: api
  service billing: job
  web -> orders -> billing
}
```

Draw a second way around it, or say what makes it `redundant`: several copies, a standby, several zones. Many kinds know it
by themselves: `instances = 2`, `multi_az = true`, or a managed service that spans zones.

```arch good
architecture shop "Shop" {
  external web "Web shop"
  service orders: api { instances = 2 }
  service billing: job
  web -> orders -> billing
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let model = context.model;
    let uncertain = context.uncertain_architectures();
    for SinglePoint { element: id, starved, stranded } in SinglePoints::of(model).iter() {
        let element = model.element(id);
        if uncertain.contains(&element.architecture) {
            continue;
        }
        let names =
            |ids: &[ElementId]| words::listing(ids.iter().map(|id| words::name(model, *id)).collect::<Vec<_>>(), "and");
        let mut lost = Vec::new();
        if !starved.is_empty() {
            lost.push(format!("nothing reaches {}", names(starved)));
        }
        if !stranded.is_empty() {
            lost.push(format!("nothing of {} gets to an end", names(stranded)));
        }
        let name = words::name(model, id);
        found.push(
            RULE.at(element.name_span, format!("without `{name}`, {}", lost.join(", and ")))
                .label("a single point of failure")
                .help(format!("draw a second way around `{name}`, or write `redundant = true` if it outlasts a fault")),
        );
    }
}

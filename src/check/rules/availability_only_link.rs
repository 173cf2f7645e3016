//! Services that alone connect parts of an architecture.

use crate::check::rule::{Check, Rule};
use crate::check::{Context, words};
use crate::diagnostic::{Diagnostic, Level};
use crate::topology;

pub(in crate::check) const RULE: Rule = Rule {
    code: "availability/only-link",
    level: Level::Off,
    summary: "a service that alone connects two parts of an architecture, and is not redundant",
    documentation: r#"
Where two parts of an architecture meet in one service only, its failure takes them apart: in the words of graphs, it is an
articulation point. Arrows count whichever way they lead, side channels included, so this finds more than
`availability/single-point`, which asks what data no longer reaches. It is a view for reviews, and off by default;
`"availability/only-link" = "note"` under `[rules]` in `archc.toml` turns it on.

```arch bad
architecture shop "Shop" {
  external web "Web shop"
  external stores "Stores"
  service orders: queue
  web -> orders
  stores -> orders
}
```

Connect the parts in a second way, or say what makes the service `redundant`.

```arch good
architecture shop "Shop" {
  external web "Web shop"
  external stores "Stores"
  service orders: queue { redundant = true }
  web -> orders
  stores -> orders
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let model = context.model;
    let uncertain = context.uncertain_architectures();
    let links = topology::only_links(model).into_iter().map(|id| model.element(id));
    for element in links.filter(|element| !uncertain.contains(&element.architecture)) {
        let (name, architecture) = (words::name(model, element.id), &model.architecture(element.architecture).name);
        let help = format!("connect them in a second way, or write `redundant = true` if `{name}` outlasts a fault");
        let message = format!("`{name}` alone connects parts of `{architecture}`");
        found.push(RULE.at(element.name_span, message).label("without it, they are apart").help(help));
    }
}

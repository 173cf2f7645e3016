//! Shares of one source that are more than all of it.

use std::collections::BTreeMap;

use crate::catalog::Value;
use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::{Edge, ElementId};
use crate::quantity::Amount;

pub(in crate::check) const RULE: Rule = Rule {
    code: "load/shares-exceed-whole",
    level: Level::Warning,
    summary: "the shares of a source add up to more than all of it",
    documentation: r#"
`share` splits what a source passes on: one part takes this edge, the rest takes others. Parts of more than 100 % together
count records twice.

```arch bad
architecture orders "Orders" {
  external shop { emits = 50/s of 1 KB }
  service gate: service
  service card: service
  service invoice: service
  shop -> gate
  gate -> card { share = 80% }
  gate -> invoice { share = 30% }
}
```

Let the shares add up to 100 % or less. Without `share`, each target gets a copy of everything; `keep` filters a copy.

```arch good
architecture orders "Orders" {
  external shop { emits = 50/s of 1 KB }
  service gate: service
  service card: service
  service invoice: service
  shop -> gate
  gate -> card { share = 70% }
  gate -> invoice { share = 30% }
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut splits: BTreeMap<ElementId, Vec<(&Edge, Amount)>> = BTreeMap::new();
    for edge in &context.model.edges {
        let Some(Value::Quantity(share)) = edge.settings.get("share") else { continue };
        let Some(share) = share.amount() else { continue };
        splits.entry(edge.from).or_default().push((edge, share));
    }
    for (source, edges) in splits {
        let sum = edges.iter().try_fold(Amount::ZERO, |sum, (_, share)| sum.checked_add(*share));
        let Some(sum) = sum.filter(|sum| *sum > Amount::ONE) else { continue };
        let Some((last, others)) = edges.split_last() else { continue };
        let percent = sum.checked_mul(Amount::whole(100)).map_or_else(String::new, |sum| format!("{sum} %"));
        let message = format!("the shares of `{}` add up to {percent}", context.model.path(source));
        let mut diagnostic =
            RULE.at(last.0.span, message).help("let them add up to 100 % or less; a copy needs no `share`");
        for (edge, _) in others {
            diagnostic = diagnostic.also(edge.span, "another share");
        }
        found.push(diagnostic.measured(context.model.path(source), [sum.decimal()]));
    }
}

//! Edges that are declared twice.

use crate::catalog::KindId;
use crate::check::rule::{Check, Rule};
use crate::check::{Context, words};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::{Edge, ElementId, Model};
use crate::syntax::ast::Arrow;

pub(in crate::check) const RULE: Rule = Rule {
    code: "edge/duplicate",
    level: Level::Warning,
    summary: "the same edge is declared twice",
    documentation: r#"
Two edges with the same ends, arrow, label and carriers are one edge, drawn twice; and its load would count twice.

```arch bad
architecture clicks "Clicks" {
  external apps "Apps"
  service stream: aws.kinesis.stream
  apps -> stream "events"
  apps -> stream "events"
}
```

Remove one of them. Where there really are two connections, their labels say what makes them different.

```arch good
architecture clicks "Clicks" {
  external apps "Apps"
  service stream: aws.kinesis.stream
  apps -> stream "clicks"
  apps -> stream "purchases"
}
```
"#,
    check: Check::Model(check),
};

/// What makes an edge what it is.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key<'m> {
    ends: (ElementId, ElementId),
    arrow: Arrow,
    label: Option<&'m str>,
    carriers: Vec<Carrier>,
}

/// A carrier without a name is another one for each edge, so its kind is what is compared.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Carrier {
    Named(ElementId),
    Anonymous(Option<KindId>),
}

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let model = context.model;
    let mut edges: Vec<(Key<'_>, &Edge)> = model.edges.iter().map(|edge| (key(model, edge), edge)).collect();
    edges.sort_by(|(a, one), (b, other)| a.cmp(b).then(one.id.cmp(&other.id)));
    for same in edges.chunk_by(|(a, _), (b, _)| a == b) {
        let Some(((_, first), others)) = same.split_first() else { continue };
        for (_, edge) in others {
            let (from, to) = (&model.element(edge.from).name, &model.element(edge.to).name);
            found.push(
                RULE.at(edge.arrow_span, format!("the edge from `{from}` to `{to}` is declared twice"))
                    .also(first.arrow_span, "first declared here")
                    .help("remove one of them, or give them different labels"),
            );
        }
    }
}

fn key<'m>(model: &Model, edge: &'m Edge) -> Key<'m> {
    let carrier = |id: &ElementId| {
        let element = model.element(*id);
        if words::is_anonymous(element) { Carrier::Anonymous(element.kind) } else { Carrier::Named(*id) }
    };
    Key {
        ends: (edge.from, edge.to),
        arrow: edge.arrow,
        label: edge.label.as_deref(),
        carriers: edge.carriers.iter().map(carrier).collect(),
    }
}

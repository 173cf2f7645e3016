//! Edges that are declared twice.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::catalog::KindId;
use crate::check::rule::{Check, Rule};
use crate::check::{Context, words};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::{Edge, ElementId, Model};

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

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let model = context.model;
    let ends = |edge: &Edge| (edge.from, edge.to, edge.arrow);
    // Carriers tell parallel edges apart: nothing is said where one of them is lost.
    let mut edges: Vec<&Edge> = model.edges.iter().filter(|edge| !edge.lost_carrier).collect();
    // A stable sort: edges of the same ends stay in the order of their declaration.
    edges.sort_by_key(|edge| ends(edge));
    for parallel in edges.chunk_by(|a, b| ends(a) == ends(b)).filter(|parallel| parallel.len() > 1) {
        let mut first_of: BTreeMap<Look<'_>, &Edge> = BTreeMap::new();
        for edge in parallel {
            match first_of.entry(look(model, edge)) {
                Entry::Vacant(place) => {
                    place.insert(edge);
                }
                Entry::Occupied(first) => found.push(finding(model, first.get(), edge)),
            }
        }
    }
}

fn finding(model: &Model, first: &Edge, edge: &Edge) -> Diagnostic {
    let (from, to) = (&model.element(edge.from).name, &model.element(edge.to).name);
    RULE.at(edge.arrow_span, format!("the edge from `{from}` to `{to}` is declared twice"))
        .also(first.arrow_span, "first declared here")
        .help("remove one of them, or give them different labels")
}

/// What tells edges of the same ends apart: their label and their carriers.
type Look<'m> = (Option<&'m str>, Vec<Carrier>);

/// A carrier without a name is another one for each edge, so its kind is what is compared.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Carrier {
    Named(ElementId),
    Anonymous(Option<KindId>),
}

fn look<'m>(model: &Model, edge: &'m Edge) -> Look<'m> {
    let carrier = |id: &ElementId| {
        let element = model.element(*id);
        if words::is_anonymous(element) { Carrier::Anonymous(element.kind) } else { Carrier::Named(*id) }
    };
    (edge.label.as_deref(), edge.carriers.iter().map(carrier).collect())
}

//! Properties where nothing reads them.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::{Settings, Variety};

pub(in crate::check) const RULE: Rule = Rule {
    code: "property/no-effect",
    level: Level::Warning,
    summary: "a property that changes nothing where it stands",
    documentation: r#"
Load starts at elements, and elements fail or stand: a service, an external system, people. A group or an architecture emits
nothing itself and waits for nobody, and neither does an edge. What is said there of load and availability would change no
figure, silently.

```arch bad
architecture clicks "Clicks" {
  external web
  group ingest {
    emits = 5_000/s of 600 B
    service stream: aws.kinesis.stream
  }
  web -> stream
}
```

Write it on the element that it is about: on what sends the records, on what promises to be there.

```arch good
architecture clicks "Clicks" {
  external web { emits = 5_000/s of 600 B }
  group ingest {
    service stream: aws.kinesis.stream
  }
  web -> stream
}
```
"#,
    check: Check::Model(check),
};

/// What only elements have, each with what to do on an edge instead.
const OF_ELEMENTS: [(&str, &str); 5] = [
    ("emits", "`rate` and `size` say what moves along an edge"),
    ("peak", "write it beside the `emits` of what sends"),
    ("availability", "write it on what has to be there at the ends"),
    ("slo", "write it on what makes the promise"),
    ("redundant", "write it on what goes on when a part of it fails"),
];

/// Whether anything reads a property of what is of a kind of the language.
pub fn has_effect(kind: &str, property: &str) -> bool {
    let is_around = ["architecture", "environment", "group", "edge"].contains(&kind);
    !is_around || OF_ELEMENTS.iter().all(|(name, _)| *name != property)
}

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let model = context.model;
    for architecture in &model.architectures {
        find(&architecture.settings, "an architecture", false, found);
    }
    for group in model.elements.iter().filter(|element| element.variety == Variety::Group) {
        find(&group.settings, "a group", false, found);
    }
    for edge in &model.edges {
        find(&edge.settings, "an edge", true, found);
    }
}

fn find(settings: &Settings, what: &str, is_edge: bool, found: &mut Vec<Diagnostic>) {
    for property in &settings.properties {
        let Some((name, on_edge)) = OF_ELEMENTS.iter().find(|(name, _)| property.name == *name) else { continue };
        let help = if is_edge { on_edge } else { "write it on the elements inside that it is about" };
        let finding = RULE.at(property.span, format!("`{name}` on {what} changes nothing")).help(help);
        // One statement can declare several edges.
        if found.last() != Some(&finding) {
            found.push(finding);
        }
    }
}

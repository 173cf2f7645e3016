//! Loads below zero, and records of no size.

use crate::catalog::Value;
use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Settings;

pub(in crate::check) const RULE: Rule = Rule {
    code: "load/not-positive",
    level: Level::Error,
    summary: "a load below zero, or records that have no size",
    documentation: r#"
What a record costs follows from its size, and so does what a quota allows. A record of 0 bytes would be free and
unlimited, which none is. And nothing moves backwards: an answer is an edge of its own.

```arch bad
architecture clicks "Clicks" {
  external web { emits = 5_000/s of 0 B }
  service stream: aws.kinesis.stream
  web -> stream
}
```

Give the size of one record as it moves: with its keys, headers and encoding.

```arch good
architecture clicks "Clicks" {
  external web { emits = 5_000/s of 600 B }
  service stream: aws.kinesis.stream
  web -> stream
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let elements = context.model.elements.iter().map(|element| &element.settings);
    let edges = context.model.edges.iter().map(|edge| &edge.settings);
    found.extend(elements.filter_map(|settings| finding(settings, "emits")));
    found.extend(edges.filter_map(|settings| finding(settings, "size")));
}

fn finding(settings: &Settings, name: &str) -> Option<Diagnostic> {
    let property = settings.properties.iter().find(|property| property.name == name)?;
    let (rate, size) = match &property.value {
        Value::Load(load) => (Some(load.0.value()), load.1.value()),
        Value::Quantity(size) => (None, size.value()),
        _ => return None,
    };
    if rate.is_some_and(|rate| rate.is_sign_negative() && !rate.is_zero()) {
        let diagnostic = RULE.at(property.span, "nothing moves less often than never");
        return Some(diagnostic.help("give how many records leave a second, such as `5_000/s of 600 B`"));
    }
    if size.is_zero() || size.is_sign_negative() {
        let diagnostic = RULE.at(property.span, "records without a size would cost nothing and never exceed a quota");
        return Some(diagnostic.help("give the size of one record, such as `600 B`; leave it out if it is not known"));
    }
    None
}

//! Meters that measure another thing than their price is for.

use crate::check::Context;
use crate::check::meters::MeterMistake;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};

pub(in crate::check) const RULE: Rule = Rule {
    code: "meter/wrong-unit",
    level: Level::Error,
    summary: "a meter that measures another thing than its price is for",
    documentation: r#"
A meter counts a month of what its expression gives: bytes a second become bytes, nodes become node hours. The price has to be
for that.

```arch bad
kind acme.stream is service "Stream" {
  meter "Nodes" = in.bytes @ aws.kinesis.shard_hour
}
architecture clicks "Clicks" {
  service stream: acme.stream { emits = 1/s of 1 KB }
  service reader: service
  stream -> reader
}
```

A price for hours needs a number, one for GiB-months a size, one for GiB a size per time, one for requests a rate.

```arch good
kind acme.stream is service "Stream" {
  property nodes: count = 2
  meter "Nodes" = nodes @ aws.kinesis.shard_hour
}
architecture clicks "Clicks" {
  service stream: acme.stream { emits = 1/s of 1 KB }
  service reader: service
  stream -> reader
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for mistake in context.meter_mistakes() {
        let MeterMistake::Unit { at, measured, price, unit } = mistake else { continue };
        let message = format!("this measures {measured}, and `{price}` is a price for a {unit}");
        found.push(
            RULE.at(*at, message).help("a month of what a meter measures is billed: bytes a second become bytes"),
        );
    }
}

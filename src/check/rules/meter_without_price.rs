//! Meters whose price nobody gives.

use crate::check::Context;
use crate::check::meters::MeterMistake;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};

pub(in crate::check) const RULE: Rule = Rule {
    code: "meter/without-price",
    level: Level::Warning,
    summary: "a meter whose price is in no price file",
    documentation: r#"
A meter names its price behind the `@`. Neither the prices that ship nor those of the workspace have one of this name, so that all
its lines are unpriced.

```arch bad
kind acme.stream is service "Stream" {
  meter "Hours" = 1 @ acme.stream.hour
}
architecture clicks "Clicks" {
  service stream: acme.stream { emits = 1/s of 1 KB }
  service reader: service
  stream -> reader
}
```

Write a file with the price, and name it in `archc.toml`: `[prices] files = ["prices.toml"]`. `archc prices list` shows the prices
that there are.

```arch good
kind acme.stream is service "Stream" {
  meter "Hours" = 1 @ aws.kinesis.stream_hour
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
        let MeterMistake::Price { at, price, near } = mistake else { continue };
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "add a file with the price to `archc.toml`: `[prices] files = [\"prices.toml\"]`".to_owned(),
        };
        found.push(RULE.at(*at, format!("there is no price `{price}`")).help(help));
    }
}

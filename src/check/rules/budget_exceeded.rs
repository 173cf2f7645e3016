//! Costs above a budget.

use crate::check::rule::{Check, Rule};
use crate::check::{Context, words};
use crate::diagnostic::{Diagnostic, Level};

pub(in crate::check) const RULE: Rule = Rule {
    code: "budget/exceeded",
    level: Level::Error,
    summary: "something costs more than its budget",
    documentation: r#"
A budget on an architecture, a group or an environment is held against the bill of materials. Here it is less than what is
priced of it already.

```arch bad
architecture stream "Stream" {
  region = us-east-1
  budget = 50 USD/month
  external web { emits = 500/s of 1 KB }
  service clicks: aws.kinesis.stream { shards = 10 }
  web -> clicks
}
```

`archc bom` shows where the money goes, and `archc bom --set` what something else would cost. Spend less, or raise the
budget.

```arch good
architecture stream "Stream" {
  region = us-east-1
  budget = 50 USD/month
  external web { emits = 500/s of 1 KB }
  service clicks: aws.kinesis.stream { shards = 2 }
  web -> clicks
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for spending in context.spendings().iter().filter(|spending| spending.is_exceeded()) {
        let (sum, budget) = (words::monthly(spending.spent, &spending.currency), &spending.budget);
        let uncovered = match spending.uncovered {
            0 => String::new(),
            1 => ", and 1 unpriced line comes on top".to_owned(),
            lines => format!(", and {lines} unpriced lines come on top"),
        };
        let message = format!("{} costs {sum}{uncovered}; its budget is {budget}", spending.what);
        let help = match &spending.dearest {
            Some((what, cost)) => {
                format!("`{what}` costs the most: {}; `archc bom` shows all", words::monthly(*cost, &spending.currency))
            }
            None => "`archc bom` shows where it goes".to_owned(),
        };
        let figures = [spending.spent.decimal(), Some(spending.uncovered.into())];
        found.push(RULE.at(spending.span, message).help(help).measured(&spending.what, figures));
    }
}

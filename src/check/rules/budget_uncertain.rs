//! Budgets of which nobody knows whether they hold.

use crate::check::rule::{Check, Rule};
use crate::check::{Context, words};
use crate::diagnostic::{Diagnostic, Level};

pub(in crate::check) const RULE: Rule = Rule {
    code: "budget/uncertain",
    level: Level::Warning,
    summary: "a budget that unpriced lines may exceed",
    documentation: r#"
What is priced stays within the budget, but some lines of the bill are unpriced: nobody knows whether the budget holds.

```arch bad
architecture stream "Stream" {
  region = us-east-1
  budget = 500 USD/month
  external web
  service clicks: aws.kinesis.stream { shards = 2 }
  web -> clicks
}
```

Declare what is missing; `archc bom` says what for each line. What no meter knows can be given as `cost`.

```arch good
architecture stream "Stream" {
  region = us-east-1
  budget = 500 USD/month
  external web { emits = 500/s of 1 KB }
  service clicks: aws.kinesis.stream { shards = 2 }
  web -> clicks
}
```
"#,
    check: Check::Model(check),
};

/// So many reasons are named.
const SHOWN: usize = 4;

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let uncertain = |spending: &&crate::cost::Spending| spending.uncovered > 0 && !spending.is_exceeded();
    for spending in context.spendings().iter().filter(uncertain) {
        let (sum, budget) = (words::monthly(spending.spent, &spending.currency), &spending.budget);
        let lines = match spending.uncovered {
            1 => "1 line is".to_owned(),
            lines => format!("{lines} lines are"),
        };
        let why = if spending.gaps.is_empty() { "in another currency" } else { "unpriced" };
        let message = format!("{} costs {sum} of {budget}, and {lines} {why}", spending.what);
        let more = spending.gaps.len().saturating_sub(SHOWN);
        let more = if more > 0 { format!("and {more} more; ") } else { String::new() };
        let help = match spending.gaps.get(..spending.gaps.len().min(SHOWN)).unwrap_or_default() {
            [] => "`archc bom` says why".to_owned(),
            gaps => format!("{}; {more}`archc bom` shows all", gaps.join("; ")),
        };
        // What is priced stays within the budget: only how much is not matters.
        let lines = [Some(spending.uncovered.into())];
        found.push(RULE.at(spending.span, message).help(help).measured(&spending.what, lines));
    }
}

//! Examples of team rules that do not do as they are said to.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::check::trials::{Failure, Reason};
use crate::diagnostic::{Diagnostic, Level};

pub(in crate::check) const RULE: Rule = Rule {
    code: "policy/failed-example",
    level: Level::Error,
    summary: "an example of a rule of the team's own that does not do as it is said to",
    documentation: r#"
A `rule` is tried on its examples each time: nothing in `example good { … }` breaks it, and something in
`example bad { … }` does. Each example is an architecture of its own, with nothing around it, and `@allow` does not count in
it. What the rule names and an example does not declare selects nothing there; of `lake.mask`, the example declares `mask`.
`archc check --self-test` also says how many examples hold, and which rules have none.

```arch bad
rule no_direct_store "Nothing outside writes to a store directly" {
  deny = external -> category(store)
  because = "Ingestion goes through a service that validates and meters."

  example bad "A partner calls the bucket" {
    external partner "Partner"
    service raw: aws.s3
    partner => raw
  }
}
```

Change the rule or the example, whichever is not as it was meant.

```arch good
rule no_direct_store "Nothing outside writes to a store directly" {
  deny = [external -> category(store), external => category(store)]
  because = "Ingestion goes through a service that validates and meters."

  example bad "A partner calls the bucket" {
    external partner "Partner"
    service raw: aws.s3
    partner => raw
  }
  example good "A service stands between" {
    external partner "Partner"
    service raw: aws.s3
    partner -> raw via aws.appflow
  }
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(context.trials().failures.iter().map(finding));
}

fn finding(failure: &Failure) -> Diagnostic {
    let finding = match &failure.reason {
        Reason::Kept => RULE
            .at(failure.at, "nothing in this example breaks the rule")
            .help("a bad example shows what the rule is there to find: change one of the two"),
        Reason::Broken { place, others } => {
            let finding = RULE
                .at(failure.at, "something in this example breaks the rule")
                .help("a good example shows what the rule lets pass: change one of the two");
            match (place, others) {
                (Some(place), 0) => finding.also(*place, "this breaks it"),
                (Some(place), others) => finding.also(*place, format!("this breaks it, and {others} more")),
                (None, _) => finding.label("what the rule requires is missing"),
            }
        }
        Reason::Meaningless(why) => RULE
            .at(failure.at, "the rule means nothing in this example")
            .label(why.clone())
            .help("an example stands alone: declare in it what the rule names"),
    };
    finding.also(failure.rule, "the rule")
}

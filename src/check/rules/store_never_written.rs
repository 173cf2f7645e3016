//! Stores that nothing writes to.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::topology::{self, Lack};

pub(in crate::check) const RULE: Rule = Rule {
    code: "store/never-written",
    level: Level::Off,
    summary: "a store or a database that is read, and that nothing writes to",
    documentation: r#"
What is read comes from somewhere. Data that arrives at a store is written; a call or a side channel to it counts as
writing, too, and what `emits` is filled by somebody who is not drawn. Many pictures begin with a store, so that the rule is
off by default; `"store/never-written" = "note"` under `[rules]` in `archc.toml` turns it on.

```arch bad
architecture lake "Lake" {
  service raw: aws.s3
  person analysts "Analysts"
  raw -> analysts via aws.athena
}
```

Draw who writes to it, or say what starts there.

```arch good
architecture lake "Lake" {
  service raw: aws.s3 { emits = 200/d of 50 MB }
  person analysts "Analysts"
  raw -> analysts via aws.athena
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let model = context.model;
    let uncertain = context.uncertain_architectures();
    for orphan in topology::orphans(model).into_iter().filter(|orphan| orphan.lack == Lack::Writer) {
        let element = model.element(orphan.element);
        if !uncertain.contains(&element.architecture) {
            let name = &element.name;
            found.push(
                RULE.at(element.name_span, format!("nothing writes to `{name}`"))
                    .label("data leaves, and none arrives")
                    .help(format!("draw who writes to it, such as `… -> {name}`, or write `emits` on it")),
            );
        }
    }
}

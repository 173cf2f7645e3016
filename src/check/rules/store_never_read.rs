//! Stores that nothing reads.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::topology::{self, Lack};

pub(in crate::check) const RULE: Rule = Rule {
    code: "store/never-read",
    level: Level::Off,
    summary: "a store or a database that nothing reads",
    documentation: r#"
What is kept and never read costs money for nothing, and is a risk if it is worth stealing. Data that leaves a store is
read; a call or a side channel to it counts as reading, too, such as that of a crawler. Archives and reports that people
open without any drawn edge are fine, so that the rule is off by default; `"store/never-read" = "note"` under `[rules]` in
`archc.toml` turns it on.

```arch bad
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3
  crm -> raw via aws.appflow
}
```

Draw who reads it, or take it away. Where it is kept for a reason, say it: `@allow(store/never-read, "kept ten years by law")`.

```arch good
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3
  person analysts "Analysts"
  crm -> raw via aws.appflow
  raw -> analysts via aws.athena
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let model = context.model;
    let uncertain = context.uncertain_architectures();
    for orphan in topology::orphans(model).into_iter().filter(|orphan| orphan.lack == Lack::Reader) {
        let element = model.element(orphan.element);
        if !uncertain.contains(&element.architecture) {
            let name = &element.name;
            found.push(
                RULE.at(element.name_span, format!("nothing reads `{name}`"))
                    .label("data arrives here, and none leaves")
                    .help(format!("draw who reads it, such as `{name} -> …`, or remove it")),
            );
        }
    }
}

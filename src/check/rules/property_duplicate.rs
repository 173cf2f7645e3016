//! Properties that are given twice.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::edits;
use crate::model::Problem;

pub(in crate::check) const RULE: Rule = Rule {
    code: "property/duplicate",
    level: Level::Error,
    summary: "a property is given twice",
    documentation: r#"
A property has one value. Of two, only the first would count, and a reader could believe in either.

```arch bad
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3 {
    retention = 30 d
    retention = 90 d
  }
  crm -> raw via aws.appflow
}
```

Remove one of the two. Several values of a property that takes a list stand in brackets: `tags = [pii, raw]`.

```arch good
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3 {
    retention = 90 d
  }
  crm -> raw via aws.appflow
}
```
"#,
    check: Check::Problems(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for problem in &context.model.problems {
        let Problem::DuplicateProperty { name, first, second, whole } = problem else { continue };
        let sources = &context.workspace.sources;
        let span = edits::removal_of_item(sources.file(whole.file).text(), *whole);
        found.push(
            RULE.at(*second, format!("`{name}` is given twice"))
                .label("this value does not count")
                .also(*first, "first given here")
                .help("remove one of them")
                .fix(format!("Remove this `{name}`"), span, "")
                // Which of two values is the right one, somebody has to say.
                .sure_if(sources.text(*first) == sources.text(*whole)),
        );
    }
}

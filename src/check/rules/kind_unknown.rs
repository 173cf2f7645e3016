//! Names that no kind has. The loader of the catalog reports those in `kind` and `wire` declarations.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Problem;

pub(in crate::check) const RULE: Rule = Rule {
    code: "kind/unknown",
    level: Level::Error,
    summary: "a kind that is neither in the catalog nor in the workspace",
    documentation: r#"
A kind comes from the catalog that ships with the compiler, or from a `kind` declaration in any file of the workspace.

```arch bad
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s4
  crm -> raw via aws.appflow
}
```

`archc kinds` lists the kinds, and `archc kinds WORD` searches them. A product that is not in the catalog can take a
generic kind, or one of your own: `kind acme.store is storage "Acme Store"` at the top of any file.

```arch good
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3
  crm -> raw via aws.appflow
}
```
"#,
    check: Check::Problems(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(context.selector_mistakes(RULE.code));
    for problem in &context.model.problems {
        let Problem::UnknownKind { name, span, near } = problem else { continue };
        let finding = RULE.at(*span, format!("there is no kind `{name}`"));
        found.push(finding.did_you_mean(name, *span, near.as_deref(), || {
            "`archc kinds` lists the kinds; a generic one such as `service` or `storage` fits anything, \
             and `kind NAME is PARENT` declares your own"
                .into()
        }));
    }
}

//! Properties that must be given.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Problem;

pub(in crate::check) const RULE: Rule = Rule {
    code: "property/missing",
    level: Level::Error,
    summary: "a property that the kind requires is not given",
    documentation: r#"
A kind can require properties: those without which nothing useful can be said of a service, or those that a team has agreed
on, such as an owner for every store.

```arch bad
kind acme.bucket is aws.s3 "Bucket" {
  require = [owner]
}
architecture lake "Lake" {
  external crm "CRM"
  service raw: acme.bucket
  crm -> raw via aws.appflow
}
```

Give the property a value. An owner that holds for a whole group is written on each element all the same where its kind
requires it.

```arch good
kind acme.bucket is aws.s3 "Bucket" {
  require = [owner]
}
architecture lake "Lake" {
  external crm "CRM"
  service raw: acme.bucket { owner = "team-data" }
  crm -> raw via aws.appflow
}
```
"#,
    check: Check::Problems(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let catalog = &context.model.catalog;
    for rule in &context.model.rules {
        let because = rule.head.settings.properties.iter().find(|property| property.name == "because");
        if let Some(empty) = because.filter(|it| it.value.as_str().is_some_and(|text| text.trim().is_empty())) {
            found.push(RULE.at(empty.span, "the property `because` is empty").help("say why, in a sentence or two"));
        }
    }
    for problem in &context.model.problems {
        let Problem::MissingProperty { name, kind, span, .. } = problem else { continue };
        let expected = catalog.property(*kind, name).map(|spec| format!(", {}", spec.ty.expectation()));
        let kind = &catalog.kind(*kind).name;
        found.push(
            RULE.at(*span, format!("the property `{name}` is missing")).label(format!("`{kind}` requires it")).help(
                match name.as_str() {
                    "because" => "add `because = \"…\"`, and say why in a sentence or two".to_owned(),
                    _ => format!("add `{name} = …`{}", expected.unwrap_or_default()),
                },
            ),
        );
    }
}

//! Kinds that only serve others as a parent.

use crate::check::rule::{Check, Rule};
use crate::check::{Context, words};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Problem;

pub(in crate::check) const RULE: Rule = Rule {
    code: "kind/abstract",
    level: Level::Error,
    summary: "an element of a kind that only serves other kinds as a parent",
    documentation: r#"
An abstract kind gathers what several kinds have in common: `application` is whatever runs code. Nothing is of such a kind
alone, since it says neither how it is drawn nor what it costs.

```arch bad
architecture shop "Shop" {
  person buyers "Buyers"
  service web: application
  buyers -> web
}
```

Use one of the kinds that inherit from it.

```arch good
architecture shop "Shop" {
  person buyers "Buyers"
  service web: web-app
  buyers -> web
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let catalog = &context.model.catalog;
    for problem in &context.model.problems {
        let Problem::AbstractKind { kind, span, instead } = problem else { continue };
        let name = &catalog.kind(*kind).name;
        let help = match instead.as_slice() {
            [] => format!("declare a kind of your own: `kind NAME is {name}`"),
            some => format!("use a kind that inherits from it: {}", words::listing(words::kinds(catalog, some), "or")),
        };
        found.push(RULE.at(*span, format!("nothing can be just `{name}`")).label("an abstract kind").help(help));
    }
}

//! Kinds that only serve others as a parent.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, KindId};
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
    check: Check::Problems(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let catalog = &context.model.catalog;
    let mut help_for: BTreeMap<KindId, String> = BTreeMap::new();
    for problem in &context.model.problems {
        let Problem::AbstractKind { kind, span } = problem else { continue };
        let name = &catalog.kind(*kind).name;
        // The same kind is often named again, and each look goes through all kinds.
        let help = help_for.entry(*kind).or_insert_with(|| help(catalog, *kind)).clone();
        found.push(RULE.at(*span, format!("nothing can be just `{name}`")).label("an abstract kind").help(help));
    }
}

fn help(catalog: &Catalog, kind: KindId) -> String {
    let heirs = catalog.kinds().filter(|heir| !heir.is_abstract && catalog.is_a(heir.id, kind));
    let heirs: Vec<&str> = heirs.map(|heir| heir.name.as_str()).collect();
    if heirs.is_empty() {
        return format!("declare a kind of your own: `kind NAME is {}`", catalog.kind(kind).name);
    }
    format!("use a kind that inherits from it: {}", words::listing(heirs, "or"))
}

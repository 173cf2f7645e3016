//! Kinds that break their form. The loader of the catalog reports them.

use crate::check::rule::{Check, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "catalog/invalid-kind",
    level: Level::Error,
    summary: "a declaration of a kind breaks the form of kinds",
    documentation: r#"
A kind says what a service is: its category, its shape, its properties with their types, defaults and ranges. A setting that
kinds do not have, a type that does not exist or a default of another type would be lost silently, so it is refused.

```arch bad
kind acme.store "Store" {
  category = stores
  property retention: time = 30 d
}
architecture lake "Lake" {
  external crm "CRM"
  service raw: acme.store
  crm -> raw
}
```

Write it as the message says. `archc kinds KIND` shows how the kinds that ship are declared.

```arch good
kind acme.store "Store" {
  category = store
  property retention: duration = 30 d
}
architecture lake "Lake" {
  external crm "CRM"
  service raw: acme.store
  crm -> raw
}
```
"#,
    check: Check::Catalog,
};

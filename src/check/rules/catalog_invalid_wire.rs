//! Wiring facts that break their form. The loader of the catalog reports them.

use crate::check::rule::{Check, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "catalog/invalid-wire",
    level: Level::Error,
    summary: "a wiring fact breaks the form of facts",
    documentation: r#"
A wiring fact is only worth something if one can look it up: it names its source, and the day on which that was read.

```arch bad
kind acme.feed "Feed"
kind acme.store "Store"
wire acme.feed -> acme.store
architecture lake "Lake" {
  service feed: acme.feed
  service raw: acme.store
  feed -> raw
}
```

Add `source = "…"` and `read = DATE` in a block. "Tried it ourselves" is a source, too.

```arch good
kind acme.feed "Feed"
kind acme.store "Store"
wire acme.feed -> acme.store { source = "Acme manual, chapter 3", read = 2026-11-20 }
architecture lake "Lake" {
  service feed: acme.feed
  service raw: acme.store
  feed -> raw
}
```
"#,
    check: Check::Catalog,
};

//! Settings that mean nothing. Who reads `archc.toml` reports them.

use crate::check::rule::{Check, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "settings/invalid",
    level: Level::Error,
    summary: "a setting of `archc.toml` that archc does not know, or whose value it cannot use",
    documentation: r#"
A setting that is misspelled would otherwise do nothing, and nobody would see it. On the command line it ends a run with exit code
2, before anything is checked; editors show it in `archc.toml`.

```toml bad
outputt = "docs"
```

The message names the setting, what is expected, and where one is near, what was probably meant.

```toml good
output = "docs"
```
"#,
    check: Check::Elsewhere,
};

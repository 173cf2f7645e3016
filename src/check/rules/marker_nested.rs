//! Blocks inside of others. `archc inject` reports them.

use crate::check::rule::{Check, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "marker/nested",
    level: Level::Error,
    summary: "a block of a document that begins inside of another one",
    documentation: r"
What stands between two markers is written anew by `archc inject`, and a block in it would be gone. Mostly an end is missing.

```markdown bad
<!-- archc:begin services shop -->
<!-- archc:begin diagram shop -->
<!-- archc:end -->
```

End the first block before the next one begins.

```markdown good
<!-- archc:begin services shop -->
<!-- archc:end -->

<!-- archc:begin diagram shop -->
<!-- archc:end -->
```
",
    check: Check::Elsewhere,
};

//! Blocks without an end. `archc inject` reports them.

use crate::check::rule::{Check, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "marker/unclosed",
    level: Level::Error,
    summary: "a block of a document that does not end",
    documentation: r"
`archc inject` writes between two markers. Without the second one it cannot know what is yours, and leaves all as it is.

```markdown bad
<!-- archc:begin services shop -->

What comes next.
```

Write `<!-- archc:end -->` where the block is to end, on a line of its own and in the same list or quotation.

```markdown good
<!-- archc:begin services shop -->
<!-- archc:end -->

What comes next.
```
",
    check: Check::Elsewhere,
};

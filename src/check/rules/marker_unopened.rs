//! Ends without a block. `archc inject` reports them.

use crate::check::rule::{Check, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "marker/unopened",
    level: Level::Error,
    summary: "an end of a block of a document where none began",
    documentation: r"
`<!-- archc:end -->` ends the block that began last, and here is none: its beginning was removed, or stands in code, where it is
text.

```markdown bad
The services of the shop:

<!-- archc:end -->
```

Write `<!-- archc:begin … -->` before it, or take it out.

```markdown good
The services of the shop:

<!-- archc:begin services shop -->
<!-- archc:end -->
```
",
    check: Check::Elsewhere,
};

//! Markers that cannot stand where they do. `archc inject` reports them.

use crate::check::rule::{Check, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "marker/misplaced",
    level: Level::Error,
    summary: "a marker of a document that does not stand on a line of its own",
    documentation: r"
`archc inject` replaces whole lines, those between `<!-- archc:begin … -->` and `<!-- archc:end -->`. A marker with text beside it, or
over several lines, would take that text along, and one that another run would read as part of the text around it could
never be found again. Nothing is written to any document while there is such a marker.

```markdown bad
The services: <!-- archc:begin services shop --> <!-- archc:end -->
```

Put both markers on lines of their own, between paragraphs, at the same level of indentation.

```markdown good
The services of the shop:

<!-- archc:begin services shop -->
<!-- archc:end -->
```
",
    check: Check::Elsewhere,
};

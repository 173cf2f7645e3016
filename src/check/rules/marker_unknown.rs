//! Markers that ask for what there is not. `archc inject` reports them.

use crate::check::rule::{Check, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "marker/unknown",
    level: Level::Error,
    summary: "a marker of a document that asks for something that there is not",
    documentation: r"
A marker names what is to stand there, of which architecture, and how: `diagram`, `services` and others, a name, options such as
`view=NAME`. One of these words is not known, or names nothing in the workspace; often an architecture or a view was renamed.

```markdown bad
<!-- archc:begin services shopp -->
<!-- archc:end -->
```

The help of the finding names what is near, or what there is. `archc inject --help` lists what may be asked for.

```markdown good
The services of the shop:

<!-- archc:begin services shop -->
<!-- archc:end -->
```
",
    check: Check::Elsewhere,
};

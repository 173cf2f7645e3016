//! Quantities in a unit that is not known, or of another dimension than the property's.

use crate::catalog::{self, Mistyped};
use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Problem;

pub(in crate::check) const RULE: Rule = Rule {
    code: "property/wrong-unit",
    level: Level::Error,
    summary: "a quantity in an unknown unit, or in one that measures something else",
    documentation: r#"
Quantities carry their units, so that nobody has to guess what `512` means. A unit that archc does not know, or one that
measures something else, is refused: a retention in bytes is a mistake.

```arch bad
architecture hooks "Hooks" {
  external crm "CRM"
  service handle: aws.lambda {
    memory = 512 s
    duration = 120 msec
  }
  crm => handle
}
```

Sizes are `KB`, `MB`, `GB` (powers of 1000) and `KiB`, `MiB`, `GiB` (powers of 1024); times are `ms`, `s`, `min`, `h`,
`d`, `month` and `year`; rates are `/s`, `/h`, `/d`. Bits are not known: write bytes.

```arch good
architecture hooks "Hooks" {
  external crm "CRM"
  service handle: aws.lambda {
    memory = 512 MB
    duration = 120 ms
  }
  crm => handle
}
```
"#,
    check: Check::Problems(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for problem in &context.model.problems {
        let Problem::MistypedProperty { name, kind, mistake } = problem else { continue };
        let Some(spec) = context.model.catalog.property(*kind, name) else { continue };
        let finding = match mistake {
            Mistyped::Unit { found: quantity, span } => {
                let finding = RULE.at(*span, format!("`{name}` takes {}", spec.ty.expectation()));
                finding.label(format!("this is {}", quantity.dimension()))
            }
            Mistyped::Quantity { error, span } => RULE.at(*span, error.to_string()).help(error.help()),
            _ => continue,
        };
        let fix = catalog::meant(mistake, &spec.ty, |span| context.workspace.sources.text(span));
        found.push(Diagnostic { fix, ..finding });
    }
}

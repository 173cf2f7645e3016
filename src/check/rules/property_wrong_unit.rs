//! Quantities in a unit that is not known, or of another dimension than the property's.

use crate::catalog::{Mistyped, PropertyType};
use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Problem;
use crate::quantity::{self, DimensionKind, QuantityError};
use crate::source::Span;
use crate::suggest::is_slip;

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
        match mistake {
            Mistyped::Unit { found: quantity, span } => {
                let finding = RULE
                    .at(*span, format!("`{name}` takes {}", spec.ty.expectation()))
                    .label(format!("this is {}", quantity.dimension()));
                let is_bare = quantity.dimension().kind() == DimensionKind::Number;
                // A bare number can be meant as a multiple in one way only.
                found.push(if is_bare && spec.ty == PropertyType::Multiple {
                    let written = context.workspace.sources.text(*span);
                    finding.fix(format!("Write `{written}x`"), span.after(), "x")
                } else {
                    finding
                });
            }
            Mistyped::Quantity { error, span } => found.push(unreadable(error, *span)),
            _ => {}
        }
    }
}

fn unreadable(error: &QuantityError, at: Span) -> Diagnostic {
    let finding = RULE.at(at, error.to_string()).help(error.help());
    match error {
        QuantityError::UnknownUnit { unit, nearest: Some(nearest), .. } => {
            let is_sure = quantity::is_habit(unit, nearest) || is_slip(unit, nearest);
            finding.fix(format!("Replace `{unit}` with `{nearest}`"), at, *nearest).sure_if(is_sure)
        }
        _ => finding,
    }
}

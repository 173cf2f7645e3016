//! Values of another type than the property's.

use crate::catalog::{self, Mistyped, PropertyType};
use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Problem;
use crate::source::{FileId, Span};
use crate::suggest;
use crate::syntax;

pub(in crate::check) const RULE: Rule = Rule {
    code: "property/mistyped",
    level: Level::Error,
    summary: "a value of another type than the property's",
    documentation: r#"
Each property has a type: a size, a duration, a count, one of some names. A value of another type cannot be computed with,
so it is not taken.

```arch bad
architecture hooks "Hooks" {
  external crm "CRM"
  service handle: aws.lambda {
    memory = "a lot"
    architecture = arm
  }
  crm => handle
}
```

Write a value of the type that the message names. `archc kinds KIND` shows the type of each property.

```arch good
architecture hooks "Hooks" {
  external crm "CRM"
  service handle: aws.lambda {
    memory = 512 MB
    architecture = arm64
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
        let Some(finding) = finding(name, &spec.ty, mistake) else { continue };
        let fix = catalog::meant(mistake, &spec.ty, |span| context.workspace.sources.text(span));
        found.push(unquoted(context, Diagnostic { fix, ..finding }, &spec.ty, mistake));
    }
}

fn finding(name: &str, ty: &PropertyType, mistake: &Mistyped) -> Option<Diagnostic> {
    let expected = ty.expectation();
    Some(match mistake {
        Mistyped::Type { found, span } => {
            RULE.at(*span, format!("`{name}` takes {expected}")).label(format!("this is {found}"))
        }
        Mistyped::Choice { found, span } => {
            let near = catalog::choices(ty).and_then(|names| suggest::nearest(found, names.iter().map(AsRef::as_ref)));
            let finding = RULE.at(*span, format!("`{name}` takes {expected}"));
            Diagnostic { help: near.map(|near| format!("did you mean `{near}`?")), ..finding }
        }
        Mistyped::Date { span } => {
            RULE.at(*span, "this day is not in the calendar").help("a date is year, month and day: `2026-11-17`")
        }
        Mistyped::Count { span } => RULE
            .at(*span, format!("`{name}` takes {expected}"))
            .label("this is negative or not whole")
            .help("a count is a whole number from 0"),
        Mistyped::Unit { .. } | Mistyped::Quantity { .. } => return None,
    })
}

/// Takes the quotes of a text away, or writes a truth value as one, where nothing else can be meant.
fn unquoted(context: &Context<'_>, finding: Diagnostic, ty: &PropertyType, mistake: &Mistyped) -> Diagnostic {
    let Mistyped::Type { span, found } = mistake else { return finding };
    let written = context.workspace.sources.text(*span);
    if *found == catalog::AN_EXPRESSION {
        return quoted(finding, ty, *span, written);
    }
    let meant = match written.trim_matches('"') {
        "yes" | "on" | "True" | "TRUE" if *ty == PropertyType::Bool => "true",
        "no" | "off" | "False" | "FALSE" if *ty == PropertyType::Bool => "false",
        inner if inner.len() + 2 == written.len() && is_value(inner, ty) => inner,
        _ => return finding,
    };
    finding.fix(format!("Write `{meant}`"), *span, meant)
}

/// Says what to do about an expression: a name such as `0001-search` is read as a difference, where it has no quotes.
fn quoted(finding: Diagnostic, ty: &PropertyType, span: Span, written: &str) -> Diagnostic {
    let mut ty = ty;
    while let PropertyType::List(inner) = ty {
        ty = inner;
    }
    let is_word = !written.is_empty() && written.chars().all(|it| it.is_alphanumeric() || "-_./".contains(it));
    if is_word && matches!(ty, PropertyType::Symbol | PropertyType::Text) {
        let finding = finding.fix(format!("Write `\"{written}\"`"), span, format!("\"{written}\""));
        return finding.help("a name that begins with a digit stands in quotes");
    }
    finding.help("only a `kind` computes with properties; write the value itself, or pass it as a parameter")
}

/// Whether a text is a value of a type.
fn is_value(text: &str, ty: &PropertyType) -> bool {
    // Of names, any word is one.
    let is_computed = !matches!(ty, PropertyType::Element | PropertyType::Selector);
    let value = syntax::parse_property(FileId::default(), &format!("value = {text}")).ok().and_then(|it| it.value);
    is_computed && value.is_some_and(|value| catalog::type_value(&value, ty).is_ok())
}

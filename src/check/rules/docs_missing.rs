//! Declarations without documentation.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Variety;
use crate::source::Span;

pub(in crate::check) const RULE: Rule = Rule {
    code: "docs/missing",
    level: Level::Off,
    summary: "an architecture, a service or an external system without documentation",
    documentation: r#"
The lines with `///` before a declaration become its text on the page that the compiler makes. A team that publishes these
pages can ask for a text on everything. The rule is off by default; `"docs/missing" = "warning"` under `[rules]` in
`archc.toml` turns it on.

```arch bad
/// One place for what all systems know.
architecture lake "Lake" {
  /// Accounts and opportunities.
  external crm "CRM"
  service raw: aws.s3
  crm -> raw via aws.appflow
}
```

Say in a sentence or two what it is there for. Carriers, groups and people need no text.

```arch good
/// One place for what all systems know.
architecture lake "Lake" {
  /// Accounts and opportunities.
  external crm "CRM"
  /// Objects as they came in, unchanged.
  service raw: aws.s3
  crm -> raw via aws.appflow
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let architectures = context.model.architectures.iter();
    let undocumented = architectures.filter(|it| it.doc.is_none());
    found.extend(undocumented.map(|it| finding("architecture", &it.name, it.name_span)));
    for element in context.model.elements.iter().filter(|element| element.doc.is_none()) {
        match element.variety {
            Variety::Service => found.push(finding("service", &element.name, element.name_span)),
            Variety::External => found.push(finding("external system", &element.name, element.name_span)),
            Variety::Carrier | Variety::Person | Variety::Group => {}
        }
    }
}

fn finding(what: &str, name: &str, at: Span) -> Diagnostic {
    RULE.at(at, format!("the {what} `{name}` has no documentation"))
        .help("write a line with `///` before it: what it is there for")
}

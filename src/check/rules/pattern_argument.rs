//! Arguments that do not fit the parameters of a pattern.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::{Element, Problem, Variety};

pub(in crate::check) const RULE: Rule = Rule {
    code: "pattern/argument",
    level: Level::Error,
    summary: "an argument that does not fit the parameters of the pattern",
    documentation: r#"
A `use` gives each parameter of the pattern that has no default one value of its type, or the name of an element of its
sort: by name, or in the order of the parameters. Arguments that are missing, given twice, superfluous or of another type
would leave holes in the instance.

```arch bad
pattern archive(source: external, keep: duration = 90 d) {
  service stream: aws.kinesis.stream
  service store: aws.s3 { retention = keep }
  source -> stream
  stream -> store via aws.firehose
}

architecture shop "Shop" {
  external web "Web"
  person staff "Staff"
  service back: web-app "Back office"
  staff => back
  use archive(source = web, keep = 20 GB) as clicks
  use archive(source = back) as changes
}
```

The messages name the parameter and what it takes; `archc patterns NAME` shows all of them.

```arch good
pattern archive(source: external, keep: duration = 90 d) {
  service stream: aws.kinesis.stream
  service store: aws.s3 { retention = keep }
  source -> stream
  stream -> store via aws.firehose
}

architecture shop "Shop" {
  external web "Web"
  use archive(source = web, keep = 1 y) as clicks
}
```
"#,
    check: Check::Problems(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let model = context.model;
    for problem in &model.problems {
        let Problem::WrongArgument { path, parameter, sort, element } = problem else { continue };
        let element = model.element(*element);
        let expected = sort.expectation(&model.catalog);
        let kind = model.kind_of(element).filter(|_| element.variety == Variety::Service);
        let is = kind.map_or_else(
            || sort_of(element).to_owned(),
            |kind| format!("{} of the kind `{}`", sort_of(element), kind.name),
        );
        found.push(
            RULE.at(path.span, format!("`{}` takes {expected}", parameter.text))
                .label(format!("this is {is}"))
                .also(element.name_span, "declared here")
                .also(parameter.span, "the parameter")
                .help(format!("name {expected} here, or give the parameter another type")),
        );
    }
}

/// What an element is, as it was declared.
fn sort_of(element: &Element) -> &'static str {
    match element.variety {
        Variety::Service | Variety::Carrier => "a service",
        Variety::External => "an external system",
        Variety::Person => "a person",
        Variety::Group => "a group",
    }
}

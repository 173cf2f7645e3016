//! Two declarations of one name.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Problem;

pub(in crate::check) const RULE: Rule = Rule {
    code: "name/duplicate",
    level: Level::Error,
    summary: "a name is declared twice in the same place",
    documentation: r#"
A name means one thing within the architecture or group that declares it. Edges, views and other files refer to elements
by name, so a second declaration of the same name could never be reached: edges lead to the first.

```arch bad
architecture shop "Shop" {
  person buyers "Buyers"
  service web: web-app "Shop"
  service web: aws.lambda "Checkout"
  buyers -> web
}
```

Give one of the two another name. Two groups may each declare the same name; then edges say which they mean by its path,
such as `checkout.web`.

```arch good
architecture shop "Shop" {
  person buyers "Buyers"
  service web: web-app "Shop"
  service checkout: aws.lambda "Checkout"
  buyers -> web
  web => checkout
}
```
"#,
    check: Check::Problems(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for problem in &context.model.problems {
        let Problem::DuplicateName { name, what, first, second } = problem else { continue };
        let help = match *what {
            "architecture" => {
                "give one of them another name; `extend NAME { … }` adds to an architecture from elsewhere"
            }
            "environment" => {
                "put both into one: of all files, one has it at the top, and each architecture may have its own part of it"
            }
            "rule" => "give one of them another name: it is the code of its findings, in all architectures",
            _ => "give one of them another name; two groups may each have an element of the same name",
        };
        found.push(
            RULE.at(*second, format!("the name `{name}` is already taken"))
                .label(format!("this {what} cannot be reached by its name"))
                .also(*first, "first declared here")
                .help(help),
        );
    }
}

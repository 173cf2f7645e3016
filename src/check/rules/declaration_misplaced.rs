//! Statements that cannot stand where they stand.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Problem;

pub(in crate::check) const RULE: Rule = Rule {
    code: "declaration/misplaced",
    level: Level::Error,
    summary: "a statement stands where it has no meaning",
    documentation: r#"
Each statement has its place: elements and edges stand in an architecture or a group, kinds, wires and architectures at the
top of a file, properties in the block of what they describe. Elsewhere a statement has no meaning, and is left out.

```arch bad
service raw: aws.s3

architecture lake "Lake" {
  external crm "CRM"
  service curated: aws.s3
  crm -> curated via aws.appflow
}
```

Move it where it belongs.

```arch good
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3
  service curated: aws.s3
  crm -> raw via aws.appflow
  raw -> curated via aws.glue.job
}
```
"#,
    check: Check::Problems(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for problem in &context.model.problems {
        let Problem::Misplaced { what, place, belongs, span } = problem else { continue };
        let is_vowel = what.starts_with(['a', 'e', 'i', 'o', 'u']) && *what != "use";
        let article = if is_vowel { "an" } else { "a" };
        let what = if what.starts_with('`') { (*what).to_owned() } else { format!("{article} {what}") };
        let place = match *place {
            "a file" => "at the top of a file".to_owned(),
            place => format!("in {place}"),
        };
        let belongs = match *belongs {
            "the top of a file" => "at the top of a file".to_owned(),
            belongs => format!("in {belongs}"),
        };
        found.push(RULE.at(*span, format!("{what} cannot stand {place}")).help(format!("it belongs {belongs}")));
    }
}

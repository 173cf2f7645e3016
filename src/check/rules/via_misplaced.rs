//! Carriers that cannot carry their edge.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::{Problem, ViaMistake};

pub(in crate::check) const RULE: Rule = Rule {
    code: "via/misplaced",
    level: Level::Error,
    summary: "`via` names something that cannot carry the edge",
    documentation: r#"
`via` names the service that carries an edge: it stands between the two ends, passes the load on and has its price. An end
of the edge cannot be its own carrier, no service carries an edge twice, and what others run is an end and no carrier.

```arch bad
architecture lake "Lake" {
  service raw: aws.s3
  service curated: aws.s3
  service etl: aws.glue.job
  raw -> etl via etl
  etl -> curated
}
```

Name the service in between, or leave the `via` out.

```arch good
architecture lake "Lake" {
  service raw: aws.s3
  service curated: aws.s3
  service etl: aws.glue.job
  raw -> curated via etl
}
```
"#,
    check: Check::Problems(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for problem in &context.model.problems {
        let Problem::MisplacedVia { path, span, reason } = problem else { continue };
        let (why, help) = match reason {
            ViaMistake::NotAService => (
                "only a service can be a carrier",
                format!("draw two edges, one to `{path}` and one from it, or name the service in between"),
            ),
            ViaMistake::OwnEnd => {
                ("it is an end of this edge", "name the service in between, or remove the `via`".into())
            }
            ViaMistake::Twice => ("it already carries this edge", "remove one of the two".into()),
        };
        found.push(RULE.at(*span, format!("`{path}` cannot carry this edge")).label(why).help(help));
    }
}

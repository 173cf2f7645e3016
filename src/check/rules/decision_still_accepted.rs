//! Decisions that hold though another one holds in their place.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};

pub(in crate::check) const RULE: Rule = Rule {
    code: "decision/still-accepted",
    level: Level::Warning,
    summary: "an accepted decision that another accepted one supersedes",
    documentation: r#"
Once an accepted decision takes the place of another, that one no longer holds, and its status says so. Whoever reads only
the old one would follow it.

```arch bad
architecture lake "Lake" {
  decision use_emr "Transform with EMR" { status = accepted }
  decision use_glue "Transform with Glue" {
    status = accepted
    supersedes = [use_emr]
  }
}
```

Set its status to `superseded`.

```arch good
architecture lake "Lake" {
  decision use_emr "Transform with EMR" { status = superseded }
  decision use_glue "Transform with Glue" {
    status = accepted
    supersedes = [use_emr]
  }
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let decisions = context.decisions();
    for (old, successors) in decisions.successors() {
        let Some(old) = decisions.all.get(old).filter(|old| old.is_accepted()) else { continue };
        let mut successors = successors.iter().filter_map(|at| decisions.all.get(*at));
        let Some(new) = successors.find(|it| it.is_accepted() && it.name_span != old.name_span) else { continue };
        found.push(
            RULE.at(old.status_span, format!("`{}` is accepted, and `{}` supersedes it", old.name, new.name))
                .also(new.name_span, "this one holds in its place")
                .help("set its status to `superseded`"),
        );
    }
}

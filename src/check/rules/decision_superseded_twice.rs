//! Two decisions that both take the place of one.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};

pub(in crate::check) const RULE: Rule = Rule {
    code: "decision/superseded-twice",
    level: Level::Warning,
    summary: "a decision that two accepted decisions take the place of",
    documentation: r#"
Of two accepted decisions that supersede the same one, nobody can tell which holds in its place.

```arch bad
architecture lake "Lake" {
  decision use_emr "Transform with EMR" { status = superseded }
  decision use_glue "Transform with Glue" {
    status = accepted
    supersedes = [use_emr]
  }
  decision use_batch "Transform with Batch" {
    status = accepted
    supersedes = [use_emr]
  }
}
```

Let the later one supersede the earlier one.

```arch good
architecture lake "Lake" {
  decision use_emr "Transform with EMR" { status = superseded }
  decision use_glue "Transform with Glue" {
    status = superseded
    supersedes = [use_emr]
  }
  decision use_batch "Transform with Batch" {
    status = accepted
    supersedes = [use_glue]
  }
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let decisions = context.decisions();
    for (old, mut successors) in decisions.successors() {
        // What takes its own place is a cycle, and has that finding.
        successors.retain(|at| *at != old);
        let mut accepted = successors.iter().filter_map(|at| decisions.all.get(*at)).filter(|it| it.is_accepted());
        let (Some(old), Some(first)) = (decisions.all.get(old), accepted.next()) else { continue };
        found.extend(accepted.map(|next| {
            let message = format!("`{}` is superseded by `{}` and by `{}`", old.name, first.name, next.name);
            RULE.at(next.name_span, message)
                .also(first.name_span, "this one supersedes it, too")
                .help("let the later one supersede the earlier one, which then has the status `superseded`")
        }));
    }
}

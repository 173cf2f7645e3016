//! Decisions that supersede what is not there.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::suggest;

pub(in crate::check) const RULE: Rule = Rule {
    code: "decision/unknown-decision",
    level: Level::Error,
    summary: "a decision that supersedes, or is superseded by, one that is not there",
    documentation: r#"
What a decision supersedes is another decision: a declared one by its name, a record by the name of its file or its number,
such as `adr-5`. Where there is none, readers cannot follow what became of it.

```arch bad
architecture lake "Lake" {
  decision use_glue "Transform with Glue" {
    status = accepted
    supersedes = [use_erm]
  }
  decision use_emr "Transform with EMR" { status = superseded }
}
```

Correct the name. Decisions are kept when they no longer hold, so that others can name them.

```arch good
architecture lake "Lake" {
  decision use_glue "Transform with Glue" {
    status = accepted
    supersedes = [use_emr]
  }
  decision use_emr "Transform with EMR" { status = superseded }
}
```
"#,
    check: Check::Model(check),
};

/// For how many names a near one is looked for: each look compares with all decisions.
const MAX_SUGGESTIONS: usize = 100;

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    // Of a single file, nobody has looked for the records.
    if context.workspace.known_files.is_none() && !context.workspace.config.decisions.is_empty() {
        return;
    }
    let all = &context.decisions().all;
    let references = all.iter().flat_map(|decision| decision.supersedes.iter().chain(&decision.superseded_by));
    for (index, reference) in references.filter(|reference| reference.target.is_none()).enumerate() {
        let (name, at) = (&reference.name.text, reference.name.span);
        let names = all.iter().filter(|_| index < MAX_SUGGESTIONS).map(|decision| decision.name.as_str());
        let near = suggest::nearest(name, names);
        let finding = RULE.at(at, format!("there is no decision `{name}`"));
        let otherwise = "name a decision, the file of a record, or its number, such as `adr-5`";
        found.push(match near {
            // In a record, the place may be that of a whole link.
            Some(near) if context.workspace.sources.text(at) != name.as_str() => {
                finding.help(format!("did you mean `{near}`?"))
            }
            near => finding.did_you_mean(name, at, near, || otherwise.into()),
        });
    }
}

//! Decisions about what is not there.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::decision::{Affected, Decision, Status};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Lookup;
use crate::select;

pub(in crate::check) const RULE: Rule = Rule {
    code: "decision/unknown-element",
    level: Level::Error,
    summary: "a decision that affects something that is not there",
    documentation: r#"
What a decision affects is an element, a group or an architecture. Where an accepted or a proposed decision names something
that nothing in the workspace has, it is misspelt, or was renamed or removed since: then the decision no longer says what is
built. In a decision that has been superseded, deprecated or rejected the past may stand.

```arch bad
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3
  crm -> raw via aws.appflow

  decision keep_raw "Keep what arrives as it is" {
    status = accepted
    affects = [rwa]
  }
}
```

Correct the name. If the thing is gone for good, write the decision that removed it, and let it supersede this one.

```arch good
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3
  crm -> raw via aws.appflow

  decision keep_raw "Keep what arrives as it is" {
    status = accepted
    affects = [raw]
  }
}
```
"#,
    check: Check::Model(check),
};

/// For how many names a near one is looked for: each look compares with all names of an architecture.
const MAX_SUGGESTIONS: usize = 100;

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let all = &context.decisions().all;
    let holds = all.iter().filter(|it| matches!(it.status, None | Some(Status::Accepted | Status::Proposed)));
    let named = holds.flat_map(|decision| decision.affects.iter().map(move |affected| (decision, affected)));
    let wrong = named.filter_map(|(decision, affected)| match &affected.meaning {
        Lookup::Nothing => Some((decision, affected, None)),
        Lookup::Ambiguous(ids) => Some((decision, affected, Some(ids))),
        Lookup::Element(_) | Lookup::Architecture(_) | Lookup::Absent => None,
    });
    for (index, (decision, affected, several)) in wrong.enumerate() {
        found.push(match several {
            None => unknown(context, decision, affected, index < MAX_SUGGESTIONS),
            Some(ids) => {
                let name = &affected.name;
                select::ambiguous(context.model, RULE.code, &name.text, name.span, ids)
            }
        });
    }
}

fn unknown(context: &Context<'_>, decision: &Decision, affected: &Affected, suggests: bool) -> Diagnostic {
    let (name, at) = (&affected.name.text, affected.name.span);
    let finding = RULE.at(at, format!("there is no element `{name}`"));
    let near = suggests.then(|| context.model.near_name(decision.scope(), &affected.name, [])).flatten();
    finding.did_you_mean(name, at, near.as_deref(), || {
        if decision.is_accepted() {
            return format!("removed or renamed? The decision `{}` is accepted, and affects it", decision.name);
        }
        "name an element, a group or an architecture; from outside of an architecture as `architecture.element`".into()
    })
}

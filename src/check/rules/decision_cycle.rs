//! Decisions that take each other's place.

use std::collections::BTreeMap;

use crate::check::rule::{Check, Rule};
use crate::check::{Context, words};
use crate::diagnostic::{Diagnostic, Level};

pub(in crate::check) const RULE: Rule = Rule {
    code: "decision/cycle",
    level: Level::Error,
    summary: "decisions that supersede each other",
    documentation: r#"
A decision takes the place of earlier ones. Where following `supersedes` leads back to where it began, none of them can be
the one that holds.

```arch bad
architecture lake "Lake" {
  decision use_emr "Transform with EMR" {
    status = superseded
    supersedes = [use_glue]
  }
  decision use_glue "Transform with Glue" {
    status = accepted
    supersedes = [use_emr]
  }
}
```

Remove `supersedes` from the earlier one.

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
    for cycle in cycles(&decisions.successors()) {
        let members: Vec<_> = cycle.iter().filter_map(|at| decisions.all.get(*at)).collect();
        let Some((first, others)) = members.split_first() else { continue };
        let message = match others {
            [] => format!("`{}` supersedes itself", first.name),
            _ => format!("{} supersede each other", words::listing(members.iter().map(|it| &it.name), "and")),
        };
        let finding = RULE.at(first.name_span, message).help("remove `supersedes` from the earliest of them");
        let others = others.iter().take(words::MOST);
        found.push(others.fold(finding, |finding, other| finding.also(other.name_span, "and this one")));
    }
}

/// The cycles, each from its first decision on. One that shares a decision with another is found when that is mended.
fn cycles(next: &BTreeMap<usize, Vec<usize>>) -> Vec<Vec<usize>> {
    let mut done: BTreeMap<usize, bool> = BTreeMap::new();
    let mut found = Vec::new();
    for start in next.keys() {
        if done.contains_key(start) {
            continue;
        }
        // The way from the start, each with what is still to be looked at behind it.
        let mut way: Vec<(usize, usize)> = vec![(*start, 0)];
        done.insert(*start, false);
        while let Some((at, position)) = way.last_mut() {
            let (here, step) = (*at, *position);
            *position += 1;
            let Some(target) = next.get(&here).and_then(|all| all.get(step)).copied() else {
                done.insert(here, true);
                way.pop();
                continue;
            };
            match done.get(&target) {
                None => {
                    done.insert(target, false);
                    way.push((target, 0));
                }
                Some(false) => found.push(way.iter().map(|(at, _)| *at).skip_while(|at| *at != target).collect()),
                Some(true) => {}
            }
        }
    }
    found
}

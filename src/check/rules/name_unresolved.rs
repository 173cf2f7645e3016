//! Names that nothing has.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::rule::{Check, Rule};
use crate::check::{Context, words};
use crate::diagnostic::{Diagnostic, Edit, Level};
use crate::model::Problem;
use crate::pattern;
use crate::source::Span;

pub(in crate::check) const RULE: Rule = Rule {
    code: "name/unresolved",
    level: Level::Error,
    summary: "a name that nothing in the workspace has",
    documentation: r#"
An edge ends at an element that is declared somewhere in the workspace: in any file, before or after its use. A name that
nothing has is a slip of the pen, or a declaration that is missing. The edge is left out until it is mended.

```arch bad
architecture clicks "Clicks" {
  external apps "Apps"
  service stream: aws.kinesis.stream
  apps -> strem
}
```

Correct the name or declare the element. A name inside a group can be used bare while it is unique in the architecture; an
element of another architecture is `architecture.element`.

```arch good
architecture clicks "Clicks" {
  external apps "Apps"
  service stream: aws.kinesis.stream
  apps -> stream
}
```
"#,
    check: Check::Problems(check),
};

/// A name that means nothing in one file, and what is known of it.
struct Missing<'m> {
    first: Span,
    again: Vec<Span>,
    near: Option<&'m str>,
    is_kind: bool,
}

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(context.selector_mistakes(RULE.code));
    let sources = &context.workspace.sources;
    // What a pattern names and does not have has been found in its text, whether anybody uses it or not.
    let free = context.earlier.iter().filter(|finding| finding.code == pattern::FREE_NAME);
    let free: BTreeSet<_> = free.map(|it| (it.primary.span.file, sources.text(it.primary.span))).collect();
    let is_free = |path: &str, at: Span| {
        let first = path.split('.').next().unwrap_or_default();
        at.file.instance() > 0 && free.contains(&(at.file.written(), first))
    };
    // One missing declaration is one finding, however often its name is used.
    let mut missing: BTreeMap<_, Missing<'_>> = BTreeMap::new();
    for problem in context.problems() {
        let Problem::UnresolvedName { path, span, near, is_kind } = problem else { continue };
        if is_free(path, *span) {
            continue;
        }
        let near = near.as_deref();
        missing.entry((span.file, path)).and_modify(|it| it.again.push(*span)).or_insert_with(|| Missing {
            first: *span,
            again: Vec::new(),
            near,
            is_kind: *is_kind,
        });
    }
    found.extend(missing.into_iter().map(|((_, path), it)| finding(path, &it)));
}

fn finding(path: &str, missing: &Missing<'_>) -> Diagnostic {
    if missing.is_kind {
        let name = path.rsplit('.').next().unwrap_or(path);
        let finding = RULE
            .at(missing.first, format!("`{path}` is a kind, not an element"))
            .help(format!("declare an element of this kind and name that: `service {name}: {path}`"));
        return again(finding, missing);
    }
    let at = missing.first;
    let finding = RULE.at(at, format!("there is no element `{path}`"));
    let mut finding = finding.did_you_mean(path, at, missing.near, || {
        if path.contains('.') {
            return "a path leads from an architecture or a group through groups to an element".into();
        }
        format!("declare it, such as `service {path}: KIND`, `external {path}` or `person {path}`")
    });
    finding = again(finding, missing);
    if let Some((fix, near)) = finding.fix.as_mut().zip(missing.near) {
        fix.edits.extend(missing.again.iter().map(|span| Edit { span: *span, replacement: near.to_owned() }));
    }
    finding
}

/// Points at the further places of the name.
fn again(finding: Diagnostic, missing: &Missing<'_>) -> Diagnostic {
    missing.again.iter().take(words::MOST).fold(finding, |finding, again| finding.also(*again, "and here"))
}

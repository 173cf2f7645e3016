//! Names that several elements have.

use crate::check::rule::{Check, Rule};
use crate::check::{Context, words};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::{ElementId, Problem};

pub(in crate::check) const RULE: Rule = Rule {
    code: "name/ambiguous",
    level: Level::Error,
    summary: "a name that several elements have, where nothing says which is meant",
    documentation: r#"
A name inside a group can be used bare anywhere in its architecture, as long as it is the only one. Where two groups
declare the same name, an edge outside of both has to say which it means.

```arch bad
architecture lake "Lake" {
  person analysts "Analysts"
  group raw { service bucket: aws.s3 }
  group curated { service bucket: aws.s3 }
  raw.bucket -> curated.bucket via aws.glue.job
  bucket -> analysts via aws.athena
}
```

Write the path: the group, a dot, the name.

```arch good
architecture lake "Lake" {
  person analysts "Analysts"
  group raw { service bucket: aws.s3 }
  group curated { service bucket: aws.s3 }
  raw.bucket -> curated.bucket via aws.glue.job
  curated.bucket -> analysts via aws.athena
}
```
"#,
    check: Check::Problems(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(context.selector_mistakes(RULE.code));
    let model = context.model;
    for problem in context.problems() {
        let Problem::AmbiguousName { path, span, candidates } = problem else { continue };
        let owner = |id: &ElementId| model.element(*id).architecture;
        let is_spread = candidates.windows(2).any(|pair| pair.first().map(owner) != pair.last().map(owner));
        let path_of = |id: &ElementId| {
            let architecture = is_spread.then(|| format!("{}.", model.architecture(owner(id)).name));
            architecture.unwrap_or_default() + &model.path(*id)
        };
        let paths = words::listing(candidates.iter().map(path_of), "or");
        let mut finding = RULE
            .at(*span, format!("`{path}` can mean {paths}"))
            .help(format!("write the path of the one that is meant: {paths}"));
        for id in candidates.iter().take(words::MOST) {
            finding = finding.also(model.element(*id).name_span, "one is declared here");
        }
        found.push(finding);
    }
}

//! Parts of an architecture that nothing connects with the rest.

use crate::check::rule::{Check, Rule};
use crate::check::{Context, words};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::{ElementId, Model};
use crate::topology::{self, Island};

pub(in crate::check) const RULE: Rule = Rule {
    code: "architecture/island",
    level: Level::Off,
    summary: "a part of an architecture that no edge connects with the rest",
    documentation: r#"
One architecture is one system. Where some of its elements are connected with each other and with nothing else, an edge is
missing, or they are a system of their own. The rule is off by default; `"architecture/island" = "note"` under `[rules]` in
`archc.toml` turns it on.

```arch bad
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3
  service curated: aws.s3
  external shop "Shop"
  service orders: aws.sqs
  crm -> raw via aws.appflow
  raw -> curated via aws.glue.job
  shop -> orders
}
```

Draw the edge, which may be a side channel, or give the part an architecture of its own. The largest part is what the
others are apart from; a way through another architecture connects, too. Nothing is reported while the workspace has files
or names that could not be understood, since the edge may be there.

```arch good
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3
  service curated: aws.s3
  external shop "Shop"
  service orders: aws.sqs
  crm -> raw via aws.appflow
  raw -> curated via aws.glue.job
  shop -> orders -> raw via aws.lambda
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let uncertain = context.uncertain_architectures();
    let islands = topology::islands(context.model).into_iter();
    let islands = islands.filter(|island| !uncertain.contains(&island.architecture));
    found.extend(islands.filter_map(|island| finding(context.model, &island)));
}

fn finding(model: &Model, island: &Island) -> Option<Diagnostic> {
    let first = model.element(*island.elements.first()?);
    let is_named = |id: &&ElementId| !words::is_anonymous(model.element(**id));
    let names: Vec<&str> = island.elements.iter().filter(is_named).map(|id| words::name(model, *id)).collect();
    let verb = if names.len() == 1 { "is" } else { "are" };
    let architecture = &model.architecture(island.architecture).name;
    let message = format!("{} {verb} connected with nothing else in `{architecture}`", words::listing(names, "and"));
    let rest = match island.others {
        1 => "apart from the other element".to_owned(),
        others => format!("apart from the other {others} elements"),
    };
    let help = "draw the edge that is missing, or make it an architecture of its own";
    Some(RULE.at(first.name_span, message).label(rest).help(help))
}

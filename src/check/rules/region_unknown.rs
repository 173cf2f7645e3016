//! Regions that the cloud does not have.

use std::collections::BTreeSet;

use crate::catalog::Value;
use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Settings;
use crate::prices::aws_regions;
use crate::suggest::nearest;

pub(in crate::check) const RULE: Rule = Rule {
    code: "region/unknown",
    level: Level::Warning,
    summary: "a region that the cloud does not have",
    documentation: r#"
Prices and quotas depend on the region. What runs on AWS has to be in one of its regions; in a misspelt one everything is
unpriced.

```arch bad
architecture lake "Lake" {
  region = eu-wset-1
  external web { emits = 5/s of 1 KB }
  service raw: aws.s3 { retention = 30 d }
  web -> raw
}
```

Write the code of the region. Regions of your own, for prices of your own, are those that the workspace's price files name.

```arch good
architecture lake "Lake" {
  region = eu-west-1
  external web { emits = 5/s of 1 KB }
  service raw: aws.s3 { retention = 30 d }
  web -> raw
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let model = context.model;
    // A region matters where something of the cloud runs.
    let uses_cloud = model.elements.iter().filter_map(|it| model.kind_of(it)).any(|kind| kind.name.starts_with("aws."));
    if !uses_cloud {
        return;
    }
    let own = context.workspace.own_prices.iter().map(|price| &*price.region);
    let mut known: BTreeSet<&str> = aws_regions().collect();
    known.extend(own);
    let architectures = model.architectures.iter().map(|architecture| &architecture.settings);
    for settings in architectures.chain(model.elements.iter().map(|element| &element.settings)) {
        found.extend(finding(context, settings, &known));
    }
}

fn finding(context: &Context<'_>, settings: &Settings, known: &BTreeSet<&str>) -> Option<Diagnostic> {
    let property = settings.properties.iter().find(|property| property.name == "region")?;
    let region = Value::as_str(&property.value).filter(|region| !known.contains(region))?;
    let near = nearest(region, known.iter().copied());
    let at = context.workspace.sources.text(property.span).rfind(region)?;
    let at = property.span.slice(at, at + region.len());
    let finding = RULE.at(at, format!("AWS has no region `{region}`"));
    Some(finding.did_you_mean(region, at, near, || "write the code of a region, such as `eu-west-1`".to_owned()))
}

//! Promises that the services behind them cannot keep.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::check::rule::{Check, Rule};
use crate::check::{Context, words};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::{ElementId, Model};
use crate::quantity::Amount;
use crate::topology::{self, Outlook, Promise};

pub(in crate::check) const RULE: Rule = Rule {
    code: "availability/below-slo",
    level: Level::Warning,
    summary: "a service promises more than what it waits for allows",
    documentation: r#"
A call (`=>`) waits for its answer, so that a service is there only while all that it waits for, near or far, is there,
too. Its `slo` is held against the product of the `availability` of them all, its own included, each counted once, as if
failures had nothing to do with each other. Here two services of 99.9% come to 99.8001% together.

```arch bad
architecture shop "Shop" {
  service checkout: api { slo = 99.9%, availability = 99.9% }
  service payments: api { availability = 99.9% }
  checkout => payments
}
```

Promise less, make the weakest of them better, or do not wait for it: as data (`->`), what is not there now is handled
later. Where an answer from a cache or a default will do, state it: `@allow(availability/below-slo, "cached for a day")`.

```arch good
architecture shop "Shop" {
  service checkout: api { slo = 99.9%, availability = 99.95% }
  service payments: api { availability = 99.9% }
  checkout -> payments
}
```

An availability that nobody states counts as 100%: the promise is broken even then. `availability/unknown` names those.
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let model = context.model;
    let broken = topology::promises(model).into_iter().filter(Promise::is_broken);
    found.extend(broken.filter_map(|promise| finding(model, &promise)));
}

fn finding(model: &Model, promise: &Promise) -> Option<Diagnostic> {
    let outlook = promise.outlook.as_ref()?;
    let element = model.element(promise.element);
    let settings = &element.settings.properties;
    let place = settings.iter().find(|property| property.name == "slo").map_or(element.name_span, |slo| slo.span);
    let message =
        format!("`{}` promises {}{}", words::name(model, promise.element), promise.slo.in_percent(), comes_to(outlook));
    let lacking = promise.slo.checked_sub(outlook.at_most).and_then(Amount::decimal);
    let mut finding = RULE.at(place, message).label("what is promised").help(help(model, outlook));
    finding = finding.measured(words::name(model, promise.element), [lacking]);
    let others = known(model, outlook).into_iter().filter(|(id, _)| *id != promise.element);
    if let Some((id, availability)) = others.min_by_key(|(_, availability)| *availability) {
        let words = format!("`{}` is there {} of the time", words::name(model, id), availability.in_percent());
        finding = finding.also(model.element(id).name_span, words);
    }
    Some(finding)
}

/// What is left of a promise, as it follows what is promised.
fn comes_to(outlook: &Outlook) -> String {
    let at_most = outlook.at_most.in_percent();
    let limit = if outlook.unknown.is_empty() { "" } else { " at most" };
    match outlook.chain.len().saturating_sub(1) {
        0 => format!(", and is there {at_most} of the time"),
        1 => format!("; with the service that it waits for, it comes to {at_most}{limit}"),
        others => format!("; with the {others} services that it waits for, it comes to {at_most}{limit}"),
    }
}

/// The members of a chain whose availability is known.
fn known(model: &Model, outlook: &Outlook) -> Vec<(ElementId, Amount)> {
    outlook.chain.iter().filter_map(|id| Some((*id, topology::availability(model, *id)?))).collect()
}

/// The arithmetic, and what to do.
fn help(model: &Model, outlook: &Outlook) -> String {
    let known = known(model, outlook);
    let factor = |(id, availability): &(ElementId, Amount)| {
        format!("{} (`{}`)", availability.in_percent(), words::name(model, *id))
    };
    let mut factors: Vec<String> = known.iter().take(words::MOST).map(factor).collect();
    if known.len() > words::MOST {
        factors.push(format!("{} more", known.len() - words::MOST));
    }
    let mut help = String::new();
    if known.len() > 1 {
        let _ = write!(help, "{} = {}; ", factors.join(" × "), outlook.at_most.in_percent());
    }
    if !outlook.unknown.is_empty() {
        let mut unknown: Vec<_> = outlook.unknown.iter().map(|id| words::name(model, *id)).collect();
        // Carriers without a name go by their kind.
        let mut seen = BTreeSet::new();
        unknown.retain(|name| seen.insert(*name));
        let _ = write!(help, "it is less with {}, whose availability is not known; ", words::listing(unknown, "and"));
    }
    help + "promise less, make the weakest better, or send data (`->`) where nobody needs to wait"
}

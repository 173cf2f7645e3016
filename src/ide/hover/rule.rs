//! Rules: those of the compiler by their pages, those of the team by their declarations.

use super::{Links, blocks, fence, property, prose, quoted};
use crate::check;
use crate::ide::Snapshot;
use crate::model::Rule;
use crate::policy;
use crate::select::Selector;

/// What there is to say of a code such as `wiring/unknown` or `rule/NAME`.
pub(super) fn of_code(snapshot: &Snapshot, code: &str, links: Links<'_>) -> Option<String> {
    if let Some(name) = code.strip_prefix(policy::PREFIX) {
        let rule = snapshot.model().rules.iter().find(|rule| rule.head.name == name)?;
        return Some(own(snapshot, rule, links));
    }
    let rule = check::rules().iter().find(|rule| rule.code == code)?;
    let levels = &snapshot.workspace.config.rules;
    let level = rule.level_in(levels);
    let here = (level != rule.level).then(|| format!("In this workspace its level is **{level}**."));
    let documentation = rule.documentation.trim();
    Some(blocks([
        Some(format!("**{}** · {}", rule.code, rule.level)),
        Some(format!("Finds {}.", rule.summary)),
        here,
        (!documentation.is_empty()).then(|| documentation.to_owned()),
    ]))
}

/// What a rule of the team's own says, and how often it is broken.
pub(super) fn own(snapshot: &Snapshot, rule: &Rule, links: Links<'_>) -> String {
    let (model, head) = (snapshot.model(), &rule.head);
    let title = head.title.as_ref().map(|title| format!(" {}", quoted(title))).unwrap_or_default();
    let code = policy::code(rule);
    let level = policy::level(rule, &snapshot.workspace.config.rules);
    let found = snapshot.analysis.diagnostics.iter().filter(|finding| finding.code == code).count();
    let found = match found {
        0 => "nothing breaks it".to_owned(),
        1 => "broken in 1 place".to_owned(),
        places => format!("broken in {places} places"),
    };
    let clauses = ["deny", "require", "limit", "except"].into_iter().filter_map(|name| {
        let value = head.settings.get(name)?;
        Some(format!("- {name} `{value}`"))
    });
    let clauses: Vec<String> = clauses.collect();
    let selected = head.settings.get("deny").and_then(|value| match value.items().first()? {
        crate::catalog::Value::Selector(written) => Selector::new(model, head.scope(), written).ok(),
        _ => None,
    });
    let selected = selected.map(|selector| property::selected(model, "`deny` selects", &selector));
    blocks([
        Some(fence(&format!("rule {}{title}", head.name))),
        Some(format!("`{code}` · {level} · {found}")),
        prose::doc(model, head.scope(), head.doc.as_ref(), links),
        head.settings.text("because").map(|because| format!("Why: {because}")),
        Some(clauses.join("\n")),
        selected,
    ])
}

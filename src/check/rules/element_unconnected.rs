//! Elements that no edge leads to or from.

use std::collections::BTreeSet;

use crate::check::rule::{Check, Rule};
use crate::check::{Context, rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::{ArchitectureId, Problem, Variety};
use crate::source::FileId;

pub(in crate::check) const RULE: Rule = Rule {
    code: "element/unconnected",
    level: Level::Warning,
    summary: "a service, an external system or people without any edge",
    documentation: r#"
What nothing leads to or from has no part in the architecture that is drawn: an edge is missing, or the element is left over.

```arch bad
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3
  service curated: aws.s3
  crm -> raw via aws.appflow
}
```

Draw the edge or remove the element. Where it stands alone for a reason, say it: `@allow(element/unconnected, "planned")`.
Nothing is reported while the workspace has files or names that could not be understood, since the edge may be there.

```arch good
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3
  service curated: aws.s3
  crm -> raw via aws.appflow
  raw -> curated via aws.glue.job
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let model = context.model;
    let mut connected = vec![false; model.elements.len()];
    for id in model.edges.iter().flat_map(|edge| edge.carriers.iter().chain([&edge.from, &edge.to])) {
        if let Some(connected) = connected.get_mut(id.index()) {
            *connected = true;
        }
    }
    let uncertain = uncertain(context);
    for (element, _) in model.elements.iter().zip(connected).filter(|(_, connected)| !connected) {
        let what = match element.variety {
            Variety::Service => "service",
            Variety::External => "external system",
            Variety::Person => "person",
            Variety::Carrier | Variety::Group => continue,
        };
        if uncertain.contains(&element.architecture) {
            continue;
        }
        let name = &element.name;
        found.push(
            RULE.at(element.name_span, format!("the {what} `{name}` has no edges"))
                .label("nothing leads to it or from it")
                .help(format!("draw an edge, such as `{name} -> …` or `… -> {name}`, or remove it")),
        );
    }
}

/// The architectures that may have edges which were not understood: those with anything in a file that has such a place.
fn uncertain(context: &Context<'_>) -> BTreeSet<ArchitectureId> {
    let mut files = context.broken_files();
    files.extend(context.model.problems.iter().filter_map(lost_edge));
    let expansion = context.earlier.iter().filter(|finding| rule::family(finding.code) == rule::PATTERN);
    files.extend(expansion.map(|finding| finding.primary.span.file));
    if files.is_empty() {
        return BTreeSet::new();
    }
    let model = context.model;
    let architectures = model.architectures.iter().map(|it| (it.name_span.file, it.id));
    let elements = model.elements.iter().map(|it| (it.span.file, it.architecture));
    let edges = model.edges.iter().map(|it| (it.span.file, it.architecture));
    let places = architectures.chain(elements).chain(edges);
    places
        .filter(|(file, _)| files.contains(file) || files.contains(&file.written()))
        .map(|(_, architecture)| architecture)
        .collect()
}

/// The file of a problem that may have kept an edge out of the model.
fn lost_edge(problem: &Problem) -> Option<FileId> {
    match problem {
        Problem::UnresolvedName { span, .. }
        | Problem::AmbiguousName { span, .. }
        | Problem::WrongEnd { span, .. }
        | Problem::MisplacedVia { span, .. }
        | Problem::UnknownKind { span, .. }
        | Problem::Misplaced { span, .. }
        | Problem::DuplicateName { second: span, .. }
        | Problem::DottedName { span, .. } => Some(span.file),
        Problem::WrongArgument { path, .. } => Some(path.span.file),
        _ => None,
    }
}

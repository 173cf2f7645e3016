//! Connections that cannot work.

use crate::catalog::{Catalog, KindId, Refusal, Verdict, WireFact, Wiring};
use crate::check::rule::{Check, Rule};
use crate::check::wiring::Pair;
use crate::check::{Context, words};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::{Edge, Hop, Model};

pub(in crate::check) const RULE: Rule = Rule {
    code: "wiring/unsupported",
    level: Level::Error,
    summary: "two services are connected that cannot be",
    documentation: r#"
An arrow is quickly drawn, and some arrows cannot be built: a topic notifies subscribers of a few kinds, a delivery stream
has a fixed list of destinations. The catalog holds these facts, each with its source and date. A connection is refused
where a fact names the pair as impossible, or where the list of what a service reaches is complete and the other is not in
it. What no fact covers passes.

```arch bad
architecture etl "Batch ETL" {
  service validator: aws.lambda "Validator"
  service topic: aws.sns "Topic"
  service dag: aws.mwaa "Airflow DAG"
  validator -> topic -> dag
}
```

Put a service between the two that can talk to both: the help names the shortest way that the catalog knows. `via` keeps
the picture, with the service as the label of the edge. If the facts are wrong or old, declare a `wire` of your own, with
its source; if something outside the model makes it work, say so: `@allow(wiring/unsupported, "the vendor pushes it")`.

```arch good
architecture etl "Batch ETL" {
  service validator: aws.lambda "Validator"
  service topic: aws.sns "Topic"
  service dag: aws.mwaa "Airflow DAG"
  validator -> topic
  topic -> dag via aws.lambda
}
```
"#,
    check: Check::Model(check),
};

/// How many ways around are shown.
const MOST_WAYS: usize = 3;

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (hop, pair) in context.survey().doubtful() {
        match &pair.wiring {
            Wiring::Refused(Refusal::Named(WireFact { verdict: Verdict::Retired, .. })) | Wiring::Works(_) => {}
            Wiring::Refused(refusal) => found.push(finding(context.model, hop, pair, refusal)),
            Wiring::Unknown => {}
        }
    }
}

fn finding(model: &Model, hop: Hop, pair: &Pair<'_>, refusal: &Refusal<'_>) -> Diagnostic {
    let catalog = &model.catalog;
    let edge = model.edge(hop.edge);
    let (from, to) = (&catalog.kind(pair.from).name, &catalog.kind(pair.to).name);
    let mut finding = RULE
        .at(edge.arrow_span, format!("`{from}` cannot {} `{to}`", words::verb(pair.arrow)))
        .label(reason(catalog, refusal, to));
    let (start, end) = words::ends(model, hop);
    finding = finding.also(start, format!("this is {from}")).also(end, format!("this is {to}"));
    let ways: Vec<String> = pair.ways(catalog).iter().map(|way| words::kinds(catalog, way).join(", ")).collect();
    let mut help = Vec::new();
    if let Some(way) = ways.first() {
        help.push(way_around(model, edge, hop, &ways));
        if stands_alone(model, edge) {
            finding = finding.fix(format!("Put `{way}` between them"), edge.to_span.after(), format!(" via {way}"));
        }
    }
    help.extend(facts(catalog, pair.from, refusal));
    finding.help(help.join("\n"))
}

/// Why, in a few words at the arrow.
fn reason(catalog: &Catalog, refusal: &Refusal<'_>, to: &str) -> String {
    match refusal {
        Refusal::Named(WireFact { verdict: Verdict::Through(kinds), .. }) => {
            format!("{} has to stand between them", words::listing(words::kinds(catalog, kinds), "or"))
        }
        Refusal::Named(_) => "there is no such connection".to_owned(),
        Refusal::NotListed { .. } => format!("`{to}` is not among its targets"),
    }
}

/// What to put between the two, written as it would stand in the file.
fn way_around(model: &Model, edge: &Edge, hop: Hop, ways: &[String]) -> String {
    let name = |id| model.element(id).name.as_str();
    let shown: Vec<&String> = ways.iter().take(MOST_WAYS).collect();
    let ways = words::listing(&shown, "or");
    match shown.first() {
        Some(way) if edge.carriers.is_empty() => {
            let (from, arrow, to) = (name(hop.from), hop.arrow.symbol(), name(hop.to));
            format!("put {ways} between them: `{from} {arrow} {to} via {way}`")
        }
        _ => format!("put {ways} between them"),
    }
}

/// What the catalog says, and who says so.
fn facts(catalog: &Catalog, from: KindId, refusal: &Refusal<'_>) -> Vec<String> {
    let mut facts = Vec::new();
    let fact = match refusal {
        Refusal::Named(fact) => fact,
        Refusal::NotListed { closed_by, listed } => {
            let mut names = words::kinds(catalog, listed);
            names.sort_unstable();
            facts.push(format!("`{}` reaches {} only", catalog.kind(from).name, words::listing(names, "and")));
            closed_by
        }
    };
    facts.extend(words::fact(fact));
    facts
}

/// Whether a `via` after the edge's end says what is meant: the statement declares this edge alone, without a carrier.
fn stands_alone(model: &Model, edge: &Edge) -> bool {
    let index = edge.id.index();
    let neighbours = [index.checked_sub(1), index.checked_add(1)];
    let mut neighbours = neighbours.into_iter().flatten().filter_map(|index| model.edges.get(index));
    edge.carriers.is_empty() && !neighbours.any(|other| other.span == edge.span)
}

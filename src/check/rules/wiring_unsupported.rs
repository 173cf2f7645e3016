//! Connections that cannot work.

use crate::catalog::{Catalog, KindId, Refusal, Verdict, WireFact, Wiring};
use crate::check::between::Connection;
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
  validator -> topic
  topic -> dag
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
        let Wiring::Refused(refusal) = &pair.wiring else { continue };
        if !matches!(refusal, Refusal::Named(WireFact { verdict: Verdict::Retired, .. })) {
            found.push(finding(context, hop, pair, refusal));
        }
    }
}

fn finding(context: &Context<'_>, hop: Hop, pair: &Pair<'_>, refusal: &Refusal<'_>) -> Diagnostic {
    let model = context.model;
    let catalog = &model.catalog;
    let edge = model.edge(hop.edge);
    let (from, to) = (&catalog.kind(pair.from).name, &catalog.kind(pair.to).name);
    let mut finding = RULE
        .at(edge.arrow_span, format!("`{from}` cannot {} `{to}`", words::verb(pair.arrow)))
        .label(reason(catalog, refusal, to));
    let (start, end) = words::ends(model, hop);
    finding = finding.also(start, format!("this is `{from}`")).also(end, format!("this is `{to}`"));
    let ways: Vec<String> = pair.ways(catalog).iter().map(|way| words::kinds(catalog, way).join(", ")).collect();
    let other = pair.other_arrow(catalog).map(|arrow| words::other_arrow(model, hop, arrow));
    let may_mend = other.is_none() && is_sure(catalog, pair);
    let text = context.workspace.sources.file(edge.span.file).text();
    let carried = |way: &&String| Connection::find(model, hop, text)?.carried_by(way);
    if let Some((way, edits)) = ways.first().filter(|_| may_mend).and_then(|way| Some((way, carried(&way)?))) {
        // It is one more thing to build and to pay for: nobody puts it there unasked.
        finding = finding.fix_by(format!("Put `{way}` between them"), edits).sure_if(false);
    }
    let way = other.or_else(|| (!ways.is_empty()).then(|| way_around(model, edge, hop, &ways)));
    finding.help(help(catalog, pair.from, refusal, way).join("\n"))
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
    let shown: Vec<&String> = ways.iter().take(MOST_WAYS).collect();
    let ways = words::listing(&shown, "or");
    match shown.first() {
        Some(way) if edge.carriers.is_empty() => {
            let (from, to) = (words::name(model, hop.from), words::name(model, hop.to));
            let arrow = hop.arrow.symbol();
            format!("put {ways} between them: `{from} {arrow} {to} via {way}`")
        }
        _ => format!("put {ways} between them"),
    }
}

/// What to do, what the catalog says, and who says so: a line each.
fn help(catalog: &Catalog, from: KindId, refusal: &Refusal<'_>, way: Option<String>) -> Vec<String> {
    match refusal {
        // The note on what cannot work often says what can, and knows more than a search of the catalog.
        Refusal::Named(fact @ WireFact { verdict: Verdict::Never, .. }) => {
            words::note(fact).into_iter().chain(way).chain([words::source(fact)]).collect()
        }
        Refusal::Named(fact) => way.into_iter().chain(words::note(fact)).chain([words::source(fact)]).collect(),
        Refusal::NotListed { closed_by, listed } => {
            let mut names = words::kinds(catalog, listed);
            names.sort_unstable();
            let listed = format!("`{}` reaches only {}", catalog.kind(from).name, words::listing(names, "and"));
            way.into_iter().chain([listed, words::source(closed_by)]).collect()
        }
    }
}

/// Whether nobody has to think about the first way: a fact names it, or it is the only one and no fact on it has a note,
/// which would say under which conditions it holds.
fn is_sure(catalog: &Catalog, pair: &Pair<'_>) -> bool {
    match (&pair.wiring, pair.ways(catalog)) {
        (Wiring::Refused(Refusal::Named(WireFact { verdict: Verdict::Through(_), .. })), _) => true,
        (_, [way]) => {
            let starts = std::iter::once(&pair.from).chain(way);
            let hops = starts.zip(way.iter().chain([&pair.to]));
            let has_no_note = |(from, to): (&KindId, &KindId)| match catalog.wiring(*from, pair.arrow, *to) {
                Wiring::Works(fact) => fact.note.is_none(),
                _ => false,
            };
            hops.into_iter().all(has_no_note)
        }
        _ => false,
    }
}

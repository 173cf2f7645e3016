//! Steps of scenarios that no edge declares.

use crate::check::rule::{Check, Rule};
use crate::check::{Context, words};
use crate::diagnostic::{Diagnostic, Edit, Level};
use crate::model::{Hop, Model};
use crate::scenario::{Message, Mistake, Nearest, Participant, nearest};
use crate::syntax::ast::Arrow;

pub(in crate::check) const RULE: Rule = Rule {
    code: "scenario/undeclared-edge",
    level: Level::Error,
    summary: "a step of a scenario follows no declared edge",
    documentation: r#"
A scenario tells what happens along the edges of an architecture. A step that follows none is either a detour that the
diagram does not know of, or a way that the scenario does not know of: the two pictures contradict each other.

```arch bad
architecture clicks "Clicks" {
  external apps "Apps"
  service stream: aws.kinesis.stream
  service flink: aws.flink
  service dashboard: aws.opensearch
  apps -> stream -> flink -> dashboard
  scenario arrival "An event becomes searchable" {
    apps -> stream "PUT record"
    stream -> dashboard "index"
  }
}
```

Follow the edges that there are, or declare the one that is missing. A step `->` follows `->` or `=>`, since a call carries
data, too; `=>` follows `=>`, and `~>` follows `~>`. Along `a -> b via c` lead the steps `a -> b`, `a -> c` and `c -> b`. A
step may begin or end at a group or an architecture if an edge begins or ends anywhere inside. A reply `a <- b` needs no
edge of its own: it goes back along the edge of the step that it answers.

```arch good
architecture clicks "Clicks" {
  external apps "Apps"
  service stream: aws.kinesis.stream
  service flink: aws.flink
  service dashboard: aws.opensearch
  apps -> stream -> flink -> dashboard
  scenario arrival "An event becomes searchable" {
    apps -> stream "PUT record"
    stream -> flink -> dashboard "index"
  }
}
```
"#,
    check: Check::Model(check),
};

/// For how many steps the nearest edge is looked for: each look is one at all edges.
const MAX_SUGGESTIONS: usize = 100;

/// How many edges are named where none is nearer than another.
const MOST: usize = 3;

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mistakes = context.sequences().iter().flat_map(|sequence| &sequence.mistakes);
    let steps = mistakes.filter_map(|mistake| match mistake {
        Mistake::UndeclaredEdge { step, may_answer } => Some((step, *may_answer)),
        _ => None,
    });
    for (index, (step, may_answer)) in steps.enumerate() {
        let near = if index < MAX_SUGGESTIONS { nearest(context.model, step) } else { Nearest::Nothing };
        found.push(finding(context, step, may_answer, &near));
    }
}

fn finding(context: &Context<'_>, step: &Message, may_answer: bool, near: &Nearest) -> Diagnostic {
    let model = context.model;
    let text = |span| context.workspace.sources.text(span);
    let (from, to, arrow) = (text(step.from_span), text(step.to_span), step.arrow.symbol());
    let mut finding = RULE.at(step.span(), format!("no edge `{from} {arrow} {to}` is declared"));
    for participant in if step.from == step.to { vec![step.from] } else { vec![step.from, step.to] } {
        let (name, span) = match participant {
            Participant::Element(id) => (words::name(model, id), model.element(id).name_span),
            Participant::Architecture(id) => (model.architecture(id).name.as_str(), model.architecture(id).name_span),
        };
        finding = finding.also(span, format!("`{name}` is declared here"));
    }
    for hop in shown(near) {
        finding = finding.also(model.edge(hop.edge).arrow_span, format!("`{}` is declared here", edge(model, hop)));
    }
    let declare = format!("declare `{from} {arrow} {to}`");
    match near {
        Nearest::OtherArrow(hop) => other_arrow(finding, step, hop.arrow)
            .help(format!("the edge between the two is `{}`: follow that, or {declare}", hop.arrow.symbol())),
        Nearest::Reversed(_) if may_answer => reply(finding, step, from, to)
            .help(format!("a reply to an earlier step is `{to} <- {from}`; otherwise {declare}")),
        Nearest::Reversed(hop) => {
            finding.help(format!("the edge leads the other way: `{}`; follow that, or {declare}", edge(model, hop)))
        }
        Nearest::Through(first, second) => {
            let x = words::name(model, first.to);
            let (first, second) = (first.arrow.symbol(), second.arrow.symbol());
            finding.help(format!("the declared way is `{from} {first} {x} {second} {to}`: follow that, or {declare}"))
        }
        Nearest::From(hops) | Nearest::To(hops) => {
            finding.help(format!("follow {}, or {declare}", words::listing(edges(model, hops), "or")))
        }
        Nearest::Nothing => finding.help(format!("{declare} in the architecture, or follow edges that are declared")),
    }
}

/// The edges that a finding points at.
fn shown(near: &Nearest) -> Vec<&Hop> {
    match near {
        Nearest::OtherArrow(hop) | Nearest::Reversed(hop) => vec![hop],
        Nearest::Through(first, second) => vec![first, second],
        Nearest::From(hops) | Nearest::To(hops) => hops.iter().take(1).collect(),
        Nearest::Nothing => Vec::new(),
    }
}

fn edge(model: &Model, hop: &Hop) -> String {
    format!("{} {} {}", words::name(model, hop.from), hop.arrow.symbol(), words::name(model, hop.to))
}

fn edges(model: &Model, hops: &[Hop]) -> Vec<String> {
    let mut edges: Vec<String> = hops.iter().take(MOST).map(|hop| edge(model, hop)).collect();
    edges.dedup();
    edges
}

/// The same step along the arrow that is declared. One arrow may belong to several steps.
fn other_arrow(finding: Diagnostic, step: &Message, arrow: Arrow) -> Diagnostic {
    if !step.stands_alone {
        return finding;
    }
    let (written, right) = (step.arrow.symbol(), arrow.symbol());
    // Which of the two arrows is right, the picture's or the story's, somebody has to say.
    finding.fix(format!("Replace `{written}` with `{right}`"), step.arrow_span, right).sure_if(false)
}

/// The step as a reply, with its ends where a reply has them.
fn reply(finding: Diagnostic, step: &Message, from: &str, to: &str) -> Diagnostic {
    if step.stands_alone {
        let edits = [(step.from_span, to), (step.arrow_span, Arrow::Reply.symbol()), (step.to_span, from)];
        let edits = edits.map(|(span, text)| Edit { span, replacement: text.to_owned() });
        return finding.fix_by(format!("Write the reply `{to} <- {from}`"), edits.into()).sure_if(false);
    }
    finding
}

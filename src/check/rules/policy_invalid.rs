//! Rules of the team's own that mean nothing, and settings of rules that there are not.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Problem;
use crate::policy::{self, Mistake};
use crate::source::Span;
use crate::suggest;

pub(in crate::check) const RULE: Rule = Rule {
    code: "policy/invalid",
    level: Level::Error,
    summary: "a rule of the team's own that means nothing, or a setting of one that there is not",
    documentation: r#"
A `rule` has one or more of `deny`, `require` and `limit`. `deny` selects elements or connections that must not be.
`require = A -> B` asks that each element of A has such a connection, and `require` without an arrow that there is at least
one. A `limit` compares a measure with a whole number: `count(A)`, `fan_in(A)`, `fan_out(A)`, `depth(A)` or
`path_length(A, B)`. An example is `good` or `bad`. In `archc.toml`, `[rules]` sets the levels of rules that are declared.

```arch bad
rule few_consumers "A stream has at most three consumers" {
  limit = fan_out(category(ingestion))
  because = "Each consumer takes its share of what the stream can read."
}
```

Say what the rule demands.

```arch good
rule few_consumers "A stream has at most three consumers" {
  limit = fan_out(category(ingestion)) <= 3
  because = "Each consumer takes its share of what the stream can read."
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(context.policies().mistakes.iter().filter_map(|mistake| finding(context, mistake)));
    if context.model.environment.is_none() && context.workspace.is_whole() {
        found.extend(context.workspace.team_levels.iter().filter_map(|(code, at)| unknown(context, code, *at)));
    }
}

fn finding(context: &Context<'_>, mistake: &Mistake) -> Option<Diagnostic> {
    Some(match mistake {
        Mistake::Selector(_) => return None,
        Mistake::Empty { rule, .. } if is_misread(context, *rule) => return None,
        Mistake::Empty { name, at, .. } => RULE
            .at(*at, format!("the rule `{name}` demands nothing"))
            .help("say what must not be (`deny`), what must be (`require`), or how much may be (`limit`)"),
        Mistake::Limit { at } => RULE
            .at(*at, "a limit is a comparison of a measure with a number")
            .help("write it as `fan_in(kind(aws.sns)) <= 3`"),
        Mistake::UnknownMeasure { name, near } => {
            let finding = RULE.at(name.span, format!("there is no measure `{}`", name.text));
            finding.did_you_mean(&name.text, name.span, *near, || {
                "the measures are `count`, `fan_in`, `fan_out`, `depth` and `path_length`".into()
            })
        }
        Mistake::Arguments { at, form } => {
            RULE.at(*at, "this measure takes other arguments").help(format!("write it as `{form}`"))
        }
        Mistake::Pointless { at, is_kept: true } => {
            RULE.at(*at, "everything keeps this limit").help("what is counted is never less than 0")
        }
        Mistake::Pointless { at, is_kept: false } => {
            RULE.at(*at, "nothing keeps this limit").help("what is counted is never less than 0: `== 0` allows none")
        }
        Mistake::Same { at, earlier, why } => {
            RULE.at(*at, *why).also(*earlier, "the same selector").help("one of the two is to select something else")
        }
        Mistake::Bound { at } => {
            RULE.at(*at, "a measure is compared with a whole number").help("elements and steps are counted: `<= 3`")
        }
        Mistake::Example { name } => {
            RULE.at(name.span, format!("an example is `good` or `bad`, and not `{}`", name.text)).help(
                "what the example is about goes into its title: `example bad \"A partner writes to the lake\" { … }`",
            )
        }
    })
}

/// Whether something in a rule was not understood, so that it may demand something after all.
fn is_misread(context: &Context<'_>, rule: Span) -> bool {
    let is_in = |span: &Span| span.file == rule.file && rule.start <= span.start && span.end <= rule.end;
    let unknown = context.model.problems.iter().filter_map(|problem| match problem {
        Problem::UnknownProperty { span, .. } => Some(*span),
        _ => None,
    });
    unknown.chain(context.earlier.iter().map(|finding| finding.primary.span)).any(|span| is_in(&span))
}

fn unknown(context: &Context<'_>, code: &str, at: Span) -> Option<Diagnostic> {
    let codes: Vec<String> = context.model.rules.iter().map(policy::code).collect();
    if codes.iter().any(|known| known == code) {
        return None;
    }
    let near = suggest::nearest(code, codes.iter().map(String::as_str));
    let help = near.map_or_else(
        || "the rules of the workspace are declared as `rule NAME { … }` in its `.arch` files".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    Some(RULE.at(at, format!("there is no rule `{code}`")).help(help))
}

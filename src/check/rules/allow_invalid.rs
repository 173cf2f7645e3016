//! `@allow` that does not say what it should.

use crate::check::rule::{Check, Rule};
use crate::check::{Context, Usage, rule, rules, words};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::{AttributeMistake, Problem, Suppression};
use crate::policy;
use crate::source::Span;
use crate::suggest;

pub(in crate::check) const RULE: Rule = Rule {
    code: "allow/invalid",
    level: Level::Warning,
    summary: "an `@allow` without a rule, without a reason, or with wrong arguments",
    documentation: r#"
An `@allow` names one rule and says why the rule may be broken here: `@allow(CODE, "reason")`. The reason is for whoever
finds it in a year. A last day may follow: `until = 2027-06-01`.

```arch bad
architecture etl "ETL" {
  service topic: aws.sns
  service dag: aws.mwaa
  @allow(wiring/unsupported)
  topic -> dag
}
```

`archc explain` lists the codes. A whole family such as `wiring` cannot be allowed at once, so that the next mistake still
shows. Syntax cannot be allowed, and what is wrong with an `@allow` is mended there.

```arch good
architecture etl "ETL" {
  service topic: aws.sns
  service dag: aws.mwaa
  @allow(wiring/unsupported, "a vendor's bridge listens to the topic", until = 2027-06-01)
  topic -> dag
}
```
"#,
    check: Check::Suppressions(check),
};

fn check(context: &Context<'_>, _: &[Usage<'_>], found: &mut Vec<Diagnostic>) {
    for problem in &context.model.problems {
        let Problem::InvalidAttribute { span, mistake } = problem else { continue };
        let (message, help) = match mistake {
            AttributeMistake::Unknown(_) => continue,
            AttributeMistake::NoCode => {
                ("this `@allow` names no rule", "write `@allow(CODE, \"reason\")`; `archc explain` lists the codes")
            }
            AttributeMistake::NoDate => {
                ("`until` is a date", "write the last day that it holds, such as `until = 2027-06-01`")
            }
            AttributeMistake::Argument => {
                ("`@allow` does not take this", "it takes a code, a reason in quotes, and `until = DATE`")
            }
        };
        found.push(RULE.at(*span, message).help(help));
    }
    found.extend(context.model.suppressions.iter().filter_map(|it| invalid(context, it)));
}

fn invalid(context: &Context<'_>, suppression: &Suppression) -> Option<Diagnostic> {
    let code = suppression.code.as_str();
    let at = suppression.code_span;
    match rule(code) {
        None if !is_of_team(context, code) => Some(unknown(context, code, at)),
        Some(rule) if !rule.is_adjustable() => {
            let help = match rule.check {
                Check::Elsewhere => "what it is about stands in another file, and has to be mended there",
                _ => "text that cannot be read has to be mended",
            };
            Some(RULE.at(at, format!("`{code}` cannot be allowed")).help(help))
        }
        Some(rule) if !rule.can_be_allowed() => Some(
            RULE.at(at, format!("`{code}` cannot be allowed"))
                .help(format!("mend the `@allow` that it is about, or set the level of `{code}` in `archc.toml`")),
        ),
        _ if suppression.reason.is_none() => Some(
            RULE.at(suppression.span, format!("this `@allow` of `{code}` gives no reason"))
                .help(format!("say why: `@allow({code}, \"…\")`")),
        ),
        _ => None,
    }
}

/// Whether a code is that of a rule of the team's own, be it one that means something or not. Patterns on their own have no
/// rules around them.
fn is_of_team(context: &Context<'_>, code: &str) -> bool {
    let is_declared = |name: &str| context.model.rules.iter().any(|rule| rule.head.name == name);
    code.strip_prefix(policy::PREFIX).is_some_and(|name| context.is_of_patterns || is_declared(name))
}

fn unknown(context: &Context<'_>, code: &str, at: Span) -> Diagnostic {
    let finding = RULE.at(at, format!("there is no rule `{code}`"));
    let own: Vec<String> = context.model.rules.iter().map(policy::code).collect();
    let all = || rules().iter().map(|rule| rule.code).chain(own.iter().map(String::as_str));
    let family: Vec<&str> = all().filter(|known| rule::family(known) == code).collect();
    if !family.is_empty() {
        return finding
            .label("a family of rules")
            .help(format!("name the one that is meant: {}", words::listing(family, "or")));
    }
    let near = suggest::nearest(code, all());
    finding.did_you_mean(code, at, near, || "`archc explain` lists the rules".into())
}

//! Blocks of steps that go on with the wrong word.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::scenario::{Form, Mistake};
use crate::syntax::ast::Path;

pub(in crate::check) const RULE: Rule = Rule {
    code: "scenario/wrong-branch",
    level: Level::Error,
    summary: "a block of steps goes on with a word that does not belong to it",
    documentation: r#"
Of the branches of `alt … else` one happens; those of `par … and` happen beside each other. `opt`, which happens or not, and
`loop`, which happens again and again, have one branch each. Any other pair has no meaning, and the branch is left out.

```arch bad
architecture clicks "Clicks" {
  external apps "Apps"
  service stream: aws.kinesis.stream
  service errors: aws.sqs
  apps -> stream
  apps -> errors
  scenario arrival "An event arrives" {
    opt "valid" { apps -> stream }
    else { apps -> errors }
  }
}
```

Begin the block with the word that has such branches.

```arch good
architecture clicks "Clicks" {
  external apps "Apps"
  service stream: aws.kinesis.stream
  service errors: aws.sqs
  apps -> stream
  apps -> errors
  scenario arrival "An event arrives" {
    alt "valid" { apps -> stream }
    else { apps -> errors }
  }
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for mistake in context.sequences().iter().flat_map(|sequence| &sequence.mistakes) {
        if let Mistake::WrongBranch { form, word } = mistake {
            found.push(finding(*form, word));
        }
    }
}

fn finding(form: Form, word: &Path) -> Diagnostic {
    let (block, branch) = (form.word(), &word.text);
    let finding = RULE.at(word.span, format!("`{block}` does not go on with `{branch}`"));
    if let Some(right) = form.branch_word() {
        let finding = finding.help(format!("the branches of `{block}` go on with `{right}`"));
        return finding.fix(format!("Replace `{branch}` with `{right}`"), word.span, right);
    }
    let opening = if branch == "and" { "par" } else { "alt" };
    finding.help(format!("`{branch}` goes on with a block that begins with `{opening}`; `{block}` has one branch"))
}

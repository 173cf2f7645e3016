//! Records of decisions that cannot be read.

use std::collections::BTreeMap;

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::decision::{Decision, Mistake, Status};
use crate::diagnostic::{Diagnostic, Level};

pub(in crate::check) const RULE: Rule = Rule {
    code: "decision/unclear-record",
    level: Level::Warning,
    summary: "a decision record with a part that cannot be read for certain",
    documentation: r"
The folders that `decisions` in `archc.toml` names hold decision records in Markdown: in the form of MADR, with `status` and
`date` in the front matter, or in that of Nygard and adr-tools, with a line `Date:` and a section `Status`. The title is the
first heading. What a record affects stands in the front matter (`affects: [lake.raw]`), or in back-ticks in a line
`Affects:`, wherever it stands, or a section of that name. What cannot be read is left out of the pages, and so is said here; and so are two
records of one number, of which nobody knows which `ADR-7` means.

```markdown bad
---
status: done
date: 2026-02-01
---

Keep what arrives as it is
==========================
```

A status begins with `proposed`, `accepted`, `rejected`, `deprecated` or `superseded`; a date is written as 2026-02-01. Files
called `README.md`, `index.md` and templates are not read.

```markdown good
---
status: accepted
date: 2026-02-01
---

Keep what arrives as it is
==========================
```
",
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut numbers: BTreeMap<u64, &Decision> = BTreeMap::new();
    for decision in &context.decisions().all {
        found.extend(decision.mistakes.iter().map(|mistake| finding(context, mistake)));
        let Some(number) = decision.number else { continue };
        let first = numbers.entry(number).or_insert(decision);
        if first.path != decision.path {
            found.push(
                RULE.at(decision.name_span, format!("two records have the number {number}"))
                    .also(first.name_span, "the other one")
                    .help("rename the later file, and what refers to it"),
            );
        }
    }
}

/// What is written like a date: `2026-02-30`.
fn written_day(text: &str) -> Option<&str> {
    let is_day = |word: &&str| {
        word.len() == "2026-02-30".len()
            && word.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() })
    };
    text.split_whitespace().map(|word| word.trim_matches(['"', '\''])).find(is_day)
}

fn finding(context: &Context<'_>, mistake: &Mistake) -> Diagnostic {
    let text = |span| context.workspace.sources.text(span).trim();
    let statuses = || {
        let names: Vec<String> = Status::NAMES.iter().map(|(name, _)| format!("`{name}`")).collect();
        format!("a status begins with one of {}", names.join(", "))
    };
    match *mistake {
        Mistake::NoTitle(span) => {
            RULE.at(span, "this record has no title").help("begin with a heading of the first level: `# Title`")
        }
        Mistake::UnclosedFrontMatter(span) => {
            RULE.at(span, "this front matter has no end").help("close it with a line `---`")
        }
        Mistake::NoStatus(span) => RULE
            .at(span, "this record does not say its status")
            .help("write `status: accepted` in the front matter, or a section `## Status`"),
        Mistake::UnknownStatus(span) => RULE.at(span, format!("`{}` is not a status", text(span))).help(statuses()),
        Mistake::NoDate(span) => match written_day(text(span)) {
            Some(day) => RULE
                .at(span, format!("the day `{day}` is not in the calendar"))
                .help("write a day that there is, as year, month and day"),
            None => RULE
                .at(span, format!("`{}` is not a date", text(span)))
                .help("write it as year, month and day: 2026-02-01"),
        },
        Mistake::NoNames(span) => {
            RULE.at(span, "this line names nothing that is affected").help("write the names in back-ticks: `lake.raw`")
        }
        Mistake::UnknownKey(span, near) => {
            RULE.at(span, format!("unknown key `{}`", text(span))).help(format!("did you mean `{near}`?"))
        }
    }
}

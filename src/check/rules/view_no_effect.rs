//! Settings of views that change nothing.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::edits;
use crate::source::Span;
use crate::view::Mistake;

pub(in crate::check) const RULE: Rule = Rule {
    code: "view/no-effect",
    level: Level::Note,
    summary: "a setting of a view that changes nothing of what is drawn",
    documentation: r#"
Not every sort of diagram has every setting: `c4` has no direction, `architecture` no labels on its arrows, and the bands of
`sankey` have neither, and no frames. Bands need bytes: where nobody knows how many move, a flowchart is drawn. And
`group_by` draws frames only around what has such an owner, tag or region.

```arch bad
architecture lake "Lake" {
  external crm "CRM"
  service raw: aws.s3
  crm -> raw via aws.appflow
  view bands "What moves" { as = sankey }
}
```

Say what the diagram needs, or leave out the setting.

```arch good
architecture lake "Lake" {
  external crm "CRM" { emits = 100/s of 2 KB }
  service raw: aws.s3
  crm -> raw via aws.appflow
  view bands "What moves" { as = sankey }
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (view, mistake) in context.view_mistakes() {
        let name = &view.head.name;
        let sources = &context.workspace.sources;
        let whole = |place: Span| edits::removal_of_item(sources.file(place.file).text(), place);
        found.extend(match mistake {
            Mistake::NoEffect(setting, place) => Some(
                RULE.at(*place, format!("`{setting}` has no effect on a diagram of this sort"))
                    .help("leave it out, or choose another sort of diagram with `as`")
                    .fix(format!("Remove `{setting}`"), whole(*place), "")
                    .sure_if(false),
            ),
            Mistake::NothingShared(place) => Some(
                RULE.at(*place, format!("nothing that the view `{name}` shows has what it is grouped by"))
                    .help("give that to elements, or leave out `group_by`")
                    .fix("Remove `group_by`", whole(*place), "")
                    .sure_if(false),
            ),
            Mistake::NothingMoves(place) => Some(
                RULE.at(
                    *place,
                    format!("the view `{name}` is drawn as a flowchart: nobody knows how many bytes move in it"),
                )
                .help("`archc load` says what to declare"),
            ),
            Mistake::Empty(_) | Mistake::NotAGroup(_) | Mistake::NotACarrier(_) | Mistake::TooLarge { .. } => None,
        });
    }
}

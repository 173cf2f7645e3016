//! Views that no host draws.

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::view::{MAX_ARROWS, MAX_NODES, Mistake};

pub(in crate::check) const RULE: Rule = Rule {
    code: "view/too-large",
    level: Level::Warning,
    summary: "a view with more than hosts draw",
    documentation: r#"
Mermaid draws at most 500 arrows, and no more nodes than fit into 50,000 characters, which is about 1,000. A view with more
is drawn with all groups collapsed. Where that is too large still, its diagram is a note that says so.

```arch bad
architecture mesh "Mesh" {
  external hub "Hub"
  group partners "Partners" {
    external p1, external p2, external p3, external p4, external p5, external p6, external p7, external p8
    external p9, external p10, external p11, external p12, external p13, external p14, external p15, external p16
    external p17, external p18, external p19, external p20, external p21, external p22, external p23
  }
  group readers "Readers" {
    external q1, external q2, external q3, external q4, external q5, external q6, external q7, external q8
    external q9, external q10, external q11, external q12, external q13, external q14, external q15, external q16
    external q17, external q18, external q19, external q20, external q21, external q22, external q23
  }
  hub -> p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23 -> q1, q2, q3, q4, q5, q6, q7, q8, q9, q10, q11, q12, q13, q14, q15, q16, q17, q18, q19, q20, q21, q22, q23
  view all "All" { direction = down }
}
```

Select less, or collapse groups: a view is there to show one thing well.

```arch good
architecture mesh "Mesh" {
  external hub "Hub"
  group partners "Partners" {
    external p1, external p2, external p3, external p4, external p5, external p6, external p7, external p8
    external p9, external p10, external p11, external p12, external p13, external p14, external p15, external p16
    external p17, external p18, external p19, external p20, external p21, external p22, external p23
  }
  group readers "Readers" {
    external q1, external q2, external q3, external q4, external q5, external q6, external q7, external q8
    external q9, external q10, external q11, external q12, external q13, external q14, external q15, external q16
    external q17, external q18, external q19, external q20, external q21, external q22, external q23
  }
  hub -> p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21, p22, p23 -> q1, q2, q3, q4, q5, q6, q7, q8, q9, q10, q11, q12, q13, q14, q15, q16, q17, q18, q19, q20, q21, q22, q23
  view all "All" { collapse = partners }
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (view, mistake) in context.view_mistakes() {
        let Mistake::TooLarge { at, nodes, arrows } = mistake else { continue };
        let name = &view.head.name;
        let message = format!(
            "the view `{name}` has {nodes} nodes and {arrows} arrows, and hosts draw {MAX_NODES} and {MAX_ARROWS} at most"
        );
        let finding = RULE.at(*at, message).help("select less with `show`, or `collapse` groups");
        found.push(finding.measured(name.as_str(), [Some((*nodes).into()), Some((*arrows).into())]));
    }
}

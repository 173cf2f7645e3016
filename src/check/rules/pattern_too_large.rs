//! Limits of the expansion of patterns.

use crate::check::rule::{Check, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "pattern/too-large",
    level: Level::Error,
    summary: "instances of patterns beyond a limit of the compiler",
    documentation: r#"
Patterns may use each other 64 levels deep, and all instances of a workspace may have 500,000 statements and values of
arguments together. No architecture that people read comes near; but patterns that use each other several times multiply, and
are refused in place of using up all memory.

```arch bad
pattern cell {
  service a: service
  service b: service
  service c: service
  a -> b -> c -> a
}
pattern block_a {
  use cell as u00, use cell as u01, use cell as u02, use cell as u03, use cell as u04
  use cell as u10, use cell as u11, use cell as u12, use cell as u13, use cell as u14
}
pattern block_b {
  use block_a as u00, use block_a as u01, use block_a as u02, use block_a as u03, use block_a as u04
  use block_a as u10, use block_a as u11, use block_a as u12, use block_a as u13, use block_a as u14
}
pattern block_c {
  use block_b as u00, use block_b as u01, use block_b as u02, use block_b as u03, use block_b as u04
  use block_b as u10, use block_b as u11, use block_b as u12, use block_b as u13, use block_b as u14
}
pattern block_d {
  use block_c as u00, use block_c as u01, use block_c as u02, use block_c as u03, use block_c as u04
  use block_c as u10, use block_c as u11, use block_c as u12, use block_c as u13, use block_c as u14
}
pattern block_e {
  use block_d as u00, use block_d as u01, use block_d as u02, use block_d as u03, use block_d as u04
  use block_d as u10, use block_d as u11, use block_d as u12, use block_d as u13, use block_d as u14
}

architecture large "Large" {
  use block_e as all
}
```

Use the patterns fewer times. A number of equal machines is a property of one service, such as `nodes = 10`.

```arch good
pattern cell(source: external) {
  service stream: aws.kinesis.stream { shards = 100_000 }
  source -> stream
}

architecture large "Large" {
  external apps "Apps"
  use cell(source = apps) as all
}
```
"#,
    check: Check::Patterns,
};

//! Files that cannot be read. Who reads the workspace reports them.

use crate::check::rule::{Check, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "file/unreadable",
    level: Level::Error,
    summary: "a file of the workspace that cannot be read",
    documentation: r"
The file may not be read by you, is not encoded in UTF-8, is larger than 64 MiB, or is gone although something names it. What stands
in it is not known, and so archc says nothing about a workspace without it: on the command line it ends a run with exit code 2;
editors show it at the file.

Save the file as UTF-8, let it be read, or leave it out: what a `.gitignore` file names is no part of a workspace.
",
    check: Check::Elsewhere,
};

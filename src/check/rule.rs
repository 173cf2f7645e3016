//! What a rule is.

use std::collections::BTreeMap;

use super::{Context, Usage};
use crate::diagnostic::{Diagnostic, Level};
use crate::source::Span;

/// The family of the parser's findings.
pub(super) const SYNTAX: &str = "syntax";

/// The family of findings about `@allow`.
const ALLOW: &str = "allow";

/// The family of findings about patterns.
pub(super) const PATTERN: &str = "pattern";

/// A rule: what its findings are called, how much they weigh, what there is to know about them, and who makes them.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The code of its findings, such as `wiring/unsupported`. It names the bad thing.
    pub code: &'static str,
    /// What a finding weighs unless the workspace says otherwise.
    pub level: Level,
    /// One line, without a full stop.
    pub summary: &'static str,
    /// Its page in Markdown, without a title: what, why, what to do. Code blocks marked `arch bad` have a finding of this
    /// rule, those marked `arch good` have none.
    pub documentation: &'static str,
    /// Who makes its findings.
    pub check: Check,
}

impl Rule {
    /// Its page in Markdown, as `archc explain` shows it.
    pub fn page(&self) -> String {
        let head = format!("# {}\n\n{} (level: {})\n", self.code, self.summary, self.level);
        match self.documentation.trim() {
            "" => head,
            documentation => format!("{head}\n{documentation}\n"),
        }
    }
}

/// Who makes the findings of a rule.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// The parser.
    Parser,
    /// The loader of the catalog.
    Catalog,
    /// The expansion of patterns.
    Patterns,
    /// Those who read what is no source: settings, and documents with markers.
    Elsewhere,
    /// A look at what the resolver could not make sense of. It is taken for the examples of rules, too.
    Problems(fn(&Context<'_>, &mut Vec<Diagnostic>)),
    /// A look at the model.
    Model(fn(&Context<'_>, &mut Vec<Diagnostic>)),
    /// A look at what each `@allow` covers, after all other findings are made.
    Suppressions(fn(&Context<'_>, &[Usage<'_>], &mut Vec<Diagnostic>)),
}

impl Rule {
    /// What stands before the slash of its code.
    pub fn family(&self) -> &'static str {
        family(self.code)
    }

    /// Whether settings and `@allow` have a say. Text that cannot be read is an error whatever they say: nobody knows
    /// what was left out. Neither have they where no source is at fault.
    pub fn is_adjustable(&self) -> bool {
        !matches!(self.check, Check::Parser | Check::Elsewhere)
    }

    /// Whether `@allow` may name it. What is wrong with an `@allow` is mended there, or set in `archc.toml`.
    pub fn can_be_allowed(&self) -> bool {
        self.is_adjustable() && self.family() != ALLOW
    }

    /// What its findings weigh under some settings.
    pub fn level_in(&self, levels: &BTreeMap<String, Level>) -> Level {
        levels.get(self.code).copied().filter(|_| self.is_adjustable()).unwrap_or(self.level)
    }

    /// A finding of this rule.
    pub(super) fn at(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(self.code, span, message)
    }
}

/// What stands before the slash of a code.
pub(super) fn family(code: &str) -> &str {
    code.split('/').next().unwrap_or_default()
}

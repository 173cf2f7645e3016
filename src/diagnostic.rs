//! The one type for every finding: plain data, which terminal, JSON and editors render each in their way.

use std::borrow::Cow;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::source::Span;
use crate::suggest::is_slip;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; never fails a run.
    Note,
    /// Probably wrong.
    Warning,
    /// Wrong.
    Error,
}

impl std::fmt::Display for Severity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        })
    }
}

/// How much the findings of a rule weigh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// They are not shown.
    Off,
    /// [`Severity::Note`]
    Note,
    /// [`Severity::Warning`]
    Warning,
    /// [`Severity::Error`]
    Error,
}

impl Level {
    pub(crate) const NAMES: [(&'static str, Level); 4] =
        [("off", Level::Off), ("note", Level::Note), ("warning", Level::Warning), ("error", Level::Error)];

    /// The severity of the rule's findings; `None` if they are not shown.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Level::Off => None,
            Level::Note => Some(Severity::Note),
            Level::Warning => Some(Severity::Warning),
            Level::Error => Some(Severity::Error),
        }
    }
}

impl std::fmt::Display for Level {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(Level::NAMES.iter().find(|(_, level)| level == self).map_or("", |(name, _)| name))
    }
}

/// A place and what to say about it there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// A few words; may be empty where the message says it all.
    pub text: String,
}

/// A replacement of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; an empty span inserts.
    pub span: Span,
    /// What stands there afterwards.
    pub replacement: String,
}

/// A change that mends a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an imperative: "Replace `:` with `=`".
    pub title: String,
    /// The edits, which do not overlap.
    pub edits: Vec<Edit>,
    /// Whether it needs no further thought: `archc fix` makes it unasked. What is not sure is offered.
    pub is_sure: bool,
}

/// How bad a finding is, where that can be measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// What is measured, without figures: findings of one rule about the same are one finding that got better or worse.
    pub of: String,
    /// The figures. Each is the worse the greater it is.
    pub figures: Vec<Decimal>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that found it, such as `wiring/unsupported`. Those of a workspace's own rules are not known beforehand.
    pub code: Cow<'static, str>,
    /// Its weight, after the workspace's settings.
    pub severity: Severity,
    /// What is wrong: one sentence, without a full stop.
    pub message: String,
    /// Where.
    pub primary: Label,
    /// Other places that matter, in any file.
    pub secondary: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
    /// A change that does it.
    pub fix: Option<Fix>,
    /// How bad it is; none if it is there or not.
    pub measure: Option<Measure>,
}

impl Diagnostic {
    /// An error with a message and its place; the rest is added with the methods below.
    pub fn new(code: impl Into<Cow<'static, str>>, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code: code.into(),
            severity: Severity::Error,
            message: message.into(),
            primary: Label { span, text: String::new() },
            secondary: Vec::new(),
            help: None,
            fix: None,
            measure: None,
        }
    }

    /// Words at the primary place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Diagnostic {
        self.primary.text = text.into();
        self
    }

    /// A second place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    /// How bad it is: what is measured, and the figures, each the worse the greater. Nothing, where one has too many digits.
    #[must_use]
    pub fn measured(mut self, of: impl Into<String>, figures: impl IntoIterator<Item = Option<Decimal>>) -> Diagnostic {
        let figures: Option<Vec<Decimal>> = figures.into_iter().collect();
        self.measure = figures.map(|figures| Measure { of: of.into(), figures });
        self
    }

    /// What to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// A sure fix that replaces one place.
    #[must_use]
    pub fn fix(self, title: impl Into<String>, span: Span, replacement: impl Into<String>) -> Diagnostic {
        self.fix_by(title, vec![Edit { span, replacement: replacement.into() }])
    }

    /// A sure fix of several edits, which do not overlap.
    #[must_use]
    pub fn fix_by(mut self, title: impl Into<String>, edits: Vec<Edit>) -> Diagnostic {
        self.fix = Some(Fix { title: title.into(), edits, is_sure: true });
        self
    }

    /// Says whether the fix is sure, if there is one.
    #[must_use]
    pub fn sure_if(mut self, is_sure: bool) -> Diagnostic {
        if let Some(fix) = &mut self.fix {
            fix.is_sure = is_sure;
        }
        self
    }

    /// The name that was probably meant, with a fix that writes it, which is sure if it mends a mere slip; or else what to do
    /// where none is near.
    #[must_use]
    pub fn did_you_mean(
        self,
        written: &str,
        at: Span,
        near: Option<&str>,
        otherwise: impl FnOnce() -> String,
    ) -> Diagnostic {
        match near {
            Some(near) => {
                let finding = self.help(format!("did you mean `{near}`?"));
                finding.fix(format!("Replace `{written}` with `{near}`"), at, near).sure_if(is_slip(written, near))
            }
            None => self.help(otherwise()),
        }
    }

    /// What to do about it in words: the help, or else what the fix does.
    pub fn advice(&self) -> Option<&str> {
        self.help.as_deref().or(self.fix.as_ref().map(|fix| fix.title.as_str()))
    }
}

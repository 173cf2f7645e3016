//! Why a command cannot do its work: one line for each reason, and a second one where there is something to do about it.

use std::fmt::Write as _;
use std::io;

use crate::project::LoadError;
use crate::report::pretty::Style;
use crate::report::shown_path;
use crate::suggest::nearest;

/// The reasons, at least one.
#[derive(Debug)]
pub(super) struct Failure {
    reasons: Vec<Reason>,
}

#[derive(Debug)]
struct Reason {
    message: String,
    help: Option<String>,
}

impl Failure {
    pub(super) fn new(message: impl Into<String>) -> Failure {
        Failure { reasons: vec![Reason { message: message.into(), help: None }] }
    }

    /// Several reasons, at least one, each with what to do about it.
    pub(super) fn of(reasons: impl IntoIterator<Item = (String, Option<String>)>) -> Failure {
        let reason = |(message, help)| Reason { message, help };
        Failure { reasons: reasons.into_iter().map(reason).collect() }
    }

    /// A file or folder, and what the operating system says about it: `cannot write `out`: permission denied`.
    pub(super) fn io(verb: &str, path: impl std::fmt::Display, reason: &io::Error) -> Failure {
        let reason = match reason.kind() {
            io::ErrorKind::NotFound if verb == "read" => "it does not exist".to_owned(),
            io::ErrorKind::NotFound => "there is no such place".to_owned(),
            io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
            io::ErrorKind::NotADirectory => "it lies below a file, which is no folder".to_owned(),
            io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
            _ => reason.to_string(),
        };
        Failure::new(format!("cannot {verb} `{path}`: {reason}"))
    }

    /// A name that nothing has, with the names that there are, sorted.
    pub(super) fn unknown(what: &str, wanted: &str, known: &[&str]) -> Failure {
        let failure = Failure::new(format!("there is no {what} `{wanted}`"));
        match nearest(wanted, known.iter().copied()) {
            Some(near) => failure.help(format!("did you mean `{near}`?")),
            None if known.is_empty() => failure,
            None => failure.help(format!("there are: {}", listing(known))),
        }
    }

    /// What to do about the last reason.
    pub(super) fn help(mut self, help: impl Into<String>) -> Failure {
        if let Some(last) = self.reasons.last_mut() {
            last.help = Some(help.into());
        }
        self
    }

    /// The same, said of one of several workspaces.
    pub(super) fn within(mut self, name: &str) -> Failure {
        for reason in &mut self.reasons {
            reason.message = format!("in `{name}`, {}", reason.message);
        }
        self
    }

    /// Failures of reading a workspace; `prefix` leads from the current folder to it.
    pub(super) fn loading(errors: Vec<LoadError>, prefix: &str) -> Failure {
        let reason = |error: LoadError| {
            let path = shown_path(&error.path, prefix);
            let path = path.strip_suffix('/').unwrap_or(&path).to_owned();
            let error = LoadError { path, ..error };
            Reason { help: error.help().map(str::to_owned), message: error.to_string() }
        };
        Failure { reasons: errors.into_iter().map(reason).collect() }
    }

    /// What is wrong, on one line where it can be.
    pub(super) fn message(&self) -> String {
        self.reasons.iter().map(|reason| reason.message.as_str()).collect::<Vec<_>>().join("; ")
    }

    pub(super) fn render(&self, style: Style) -> String {
        let (start, end) = if style.color { ("\u{1b}[1;31m", "\u{1b}[0m") } else { ("", "") };
        let mut text = String::new();
        for Reason { message, help } in &self.reasons {
            let _ = writeln!(text, "{start}error{end}: {message}");
            if let Some(help) = help {
                let _ = writeln!(text, "  help: {help}");
            }
        }
        text
    }
}

/// Names in back-ticks, with commas between.
pub(super) fn listing(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

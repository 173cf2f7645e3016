//! What the two outputs are: terminals with colours and a width, or files and pipes, which are the same everywhere.

use std::env;
use std::io::{self, IsTerminal};

use clap::ColorChoice;

use super::progress::Verbosity;
use crate::report::pretty::Style;

/// Narrower terminals are written to as if they were as wide, wider ones are not used to the full: both are hard to read.
const WIDTHS: (usize, usize) = (40, 120);

/// How to write to standard output and standard error.
#[derive(Debug)]
pub(super) struct Terminal {
    color: ColorChoice,
    verbosity: Verbosity,
}

impl Terminal {
    pub(super) fn new(color: ColorChoice, verbosity: Verbosity) -> Terminal {
        Terminal { color, verbosity }
    }

    /// Whether to say only what was asked for, and what fails the run.
    pub(super) fn is_quiet(&self) -> bool {
        self.verbosity == Verbosity::Quiet
    }

    /// What a run says of itself; nothing where that is not wanted.
    pub(super) fn remark(&self, text: impl Into<String>) -> String {
        if self.is_quiet() { String::new() } else { text.into() }
    }

    /// Whether standard output is a terminal that can be cleared.
    pub(super) fn can_be_cleared(&self) -> bool {
        let dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
        io::stdout().is_terminal() && !dumb && self.color != ColorChoice::Never
    }

    /// The style of standard output.
    pub(super) fn stdout(&self) -> Style {
        let width = terminal_size::terminal_size_of(io::stdout());
        self.style(io::stdout().is_terminal(), width, supports_unicode::Stream::Stdout)
    }

    /// The style of standard error.
    pub(super) fn stderr(&self) -> Style {
        let width = terminal_size::terminal_size_of(io::stderr());
        self.style(io::stderr().is_terminal(), width, supports_unicode::Stream::Stderr)
    }

    fn style(
        &self,
        is_terminal: bool,
        size: Option<(terminal_size::Width, terminal_size::Height)>,
        stream: supports_unicode::Stream,
    ) -> Style {
        let color = match self.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => is_terminal && terminal_takes_colors(),
        };
        if !is_terminal {
            return Style { color, ..Style::PLAIN };
        }
        let width = size.map_or(Style::PLAIN.width, |(width, _)| usize::from(width.0).clamp(WIDTHS.0, WIDTHS.1));
        Style { color, unicode: supports_unicode::on(stream), width }
    }
}

fn terminal_takes_colors() -> bool {
    let no_color = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
    !no_color && !dumb
}

//! Blocks of `arch` code in a chapter: whole files, which are checked.

use std::ops::Range;

use jiff::civil::Date;

use super::chapter::Mistake;
use super::lay::{Edit, Layout, join, lay, line_around, line_of};
use crate::analysis::{Analysis, analyse};
use crate::check;
use crate::diagnostic::{Level, Severity};
use crate::emit::excerpt::Excerpts;
use crate::project::{self, Scope, Workspace};
use crate::suggest::nearest;
use crate::vfs::Memory;
use crate::view::Labels;

/// The language of the code.
const LANGUAGE: &str = "arch";

/// What may follow it.
const OPTIONS: [&str; 5] = ["good", "bad", "ignore", "diagram", "hidden"];

/// A block of code.
pub(super) struct Example {
    /// What follows the name of the language.
    options: Vec<String>,
    /// The block, its fences included.
    range: Range<usize>,
    /// What stands in it.
    pub(super) code: String,
}

impl Example {
    /// The block of a line of information, such as `arch,diagram`; `None` if it is in another language.
    pub(super) fn new(info: &str, range: Range<usize>) -> Option<Example> {
        let mut words = info.split(|c: char| c == ',' || c.is_whitespace()).filter(|word| !word.is_empty());
        let is_ours = words.next() == Some(LANGUAGE);
        is_ours.then(|| Example { options: words.map(str::to_owned).collect(), range, code: String::new() })
    }

    /// What becomes of the block.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn edits(&self, text: &str, today: Date) -> Result<Vec<Edit>, Vec<Mistake>> {
        let line = line_of(text, self.range.start);
        let one = |mistake: Mistake| vec![mistake];
        self.known_options(line).map_err(one)?;
        if self.has("ignore") {
            return Ok(self.plain_info(text).into_iter().collect());
        }
        let (workspace, analysis) = self.compile(today, line)?;
        self.judge(&workspace, &analysis, line)?;
        let mut edits: Vec<Edit> = self.plain_info(text).into_iter().collect();
        if self.has("diagram") || self.has("hidden") {
            let diagrams = diagrams(&workspace, &analysis);
            if diagrams.is_empty() {
                return Err(one(mistake(
                    line,
                    "there is no architecture to draw in this block",
                    "take `diagram` out, or declare one",
                )));
            }
            if !self.is_closed(text) {
                return Err(one(mistake(line, "this block never ends", "close it with the marks that open it")));
            }
            self.draw(text, &diagrams, &mut edits);
        }
        Ok(edits)
    }

    fn has(&self, option: &str) -> bool {
        self.options.iter().any(|it| it == option)
    }

    /// The code of the rule that is to find something in the block: `bad=CODE`.
    fn expected(&self) -> Option<&str> {
        self.options.iter().find_map(|option| option.strip_prefix("bad="))
    }

    fn known_options(&self, line: usize) -> Result<(), Mistake> {
        if let Some(code) = self.expected().filter(|code| check::rule(code).is_none()) {
            let near = nearest(code, check::rules().iter().map(|rule| rule.code));
            let help = near.map(|near| format!("did you mean `{near}`?"));
            return Err(Mistake { line, message: format!("there is no rule `{code}`"), help });
        }
        let is_known = |option: &str| OPTIONS.contains(&option) || option.starts_with("bad=");
        let Some(unknown) = self.options.iter().find(|option| !is_known(option)) else { return Ok(()) };
        let help = match nearest(unknown, OPTIONS) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are: `{}`", OPTIONS.join("`, `")),
        };
        Err(Mistake { line, message: format!("an `arch` block has no option `{unknown}`"), help: Some(help) })
    }

    fn compile(&self, today: Date, line: usize) -> Result<(Workspace, Analysis), Vec<Mistake>> {
        let scope = Scope::Text { name: "block", bytes: self.code.as_bytes() };
        let mut workspace = project::load(&Memory::default(), scope, &[]).map_err(|errors| {
            let mistake = |error: project::LoadError| Mistake { line, message: error.to_string(), help: None };
            errors.into_iter().map(mistake).collect::<Vec<_>>()
        })?;
        if let Some(code) = self.expected() {
            // The rule may be off unless a workspace says otherwise.
            workspace.config.rules.insert(code.to_owned(), Level::Error);
        }
        let analysis = analyse(&workspace, today);
        Ok((workspace, analysis))
    }

    /// Holds the findings against what the block is meant to be.
    fn judge(&self, workspace: &Workspace, analysis: &Analysis, line: usize) -> Result<(), Vec<Mistake>> {
        let findings = &analysis.diagnostics;
        let is_bad = self.has("bad") || self.expected().is_some();
        if is_bad {
            let is_expected = |code: &str| self.expected().is_none_or(|expected| expected == code);
            if findings.iter().any(|finding| is_expected(&finding.code)) {
                return Ok(());
            }
            let message = match self.expected() {
                Some(code) => format!("`{code}` finds nothing in this block"),
                None => "nothing is wrong with this block".to_owned(),
            };
            return Err(vec![mistake(line, &message, "take `bad` out, or break it")]);
        }
        let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
        let errors = errors.map(|finding| {
            let place = line + workspace.sources.line_column(finding.primary.span).line;
            let Mistake { line, message, help } = Mistake::of(finding, place);
            Mistake { line, message: format!("{message} [{}]", finding.code), help }
        });
        let errors: Vec<Mistake> = errors.collect();
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// The name of the language without options, which others would not understand.
    fn plain_info(&self, text: &str) -> Option<Edit> {
        let line = line_around(text, self.range.start);
        let opening = text.get(self.range.start..line.end)?;
        let info = opening.trim_start_matches(['`', '~']).trim();
        let start = self.range.start + opening.find(info)?;
        (!self.options.is_empty() && !self.has("hidden"))
            .then(|| Edit { range: start..start + info.len(), new: LANGUAGE.to_owned() })
    }

    fn is_closed(&self, text: &str) -> bool {
        let block = text.get(self.range.clone()).unwrap_or_default();
        let last = block.trim_end().lines().skip(1).last().unwrap_or_default();
        last.ends_with("```") || last.ends_with("~~~")
    }

    /// Puts diagrams below the block, or in its place.
    fn draw(&self, text: &str, diagrams: &str, edits: &mut Vec<Edit>) {
        let first = line_around(text, self.range.start);
        let before = text.get(first.start..self.range.start).unwrap_or_default();
        let layout = Layout::of(before, text.get(first).unwrap_or_default());
        if self.has("hidden") {
            return edits.push(Edit { range: self.range.clone(), new: join(diagrams, &layout) });
        }
        let last = line_around(text, self.range.end.saturating_sub(1));
        let has_break = text.get(last.clone()).is_some_and(|line| line.ends_with('\n'));
        let new = if has_break { lay(diagrams, &layout) } else { format!("\n{}", lay(diagrams, &layout)) };
        edits.push(Edit { range: last.end..last.end, new });
    }
}

fn mistake(line: usize, message: &str, help: &str) -> Mistake {
    Mistake { line, message: message.to_owned(), help: Some(help.to_owned()) }
}

/// The diagrams of all architectures.
fn diagrams(workspace: &Workspace, analysis: &Analysis) -> String {
    let excerpts = Excerpts::new(workspace, analysis);
    let diagram = |architecture| excerpts.diagram(architecture, Labels::default());
    analysis.model.architectures.iter().map(diagram).collect::<Vec<_>>().join("\n\n")
}

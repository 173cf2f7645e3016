//! Blocks of `arch` code in a chapter: whole files, parts of one, or files of the chapter's folder. All are checked.

use std::ops::Range;

use super::chapter::Mistake;
use super::compiler::Compiler;
use super::folder::Folder;
use super::lay::{Edit, Layout, Text, join, lay};
use super::request::{Request, WORKSPACE};
use crate::analysis::Analysis;
use crate::check;
use crate::diagnostic::Severity;
use crate::emit::excerpt::Excerpts;
use crate::model::Architecture;
use crate::project::{LoadError, Workspace};
use crate::source::Span;
use crate::suggest::nearest;
use crate::vfs::{FileSystem, Memory};

/// The language of the code.
const LANGUAGE: &str = "arch";

/// What may follow it.
const OPTIONS: [&str; 6] = ["good", "bad", "ignore", "diagram", "hidden", "fragment"];

/// What the codes of a team's own rules begin with.
const OWN_RULES: &str = "rule/";

/// What a fragment stands in.
const AROUND: [&str; 2] = ["architecture example {\n", "}\n"];

/// A block of code.
pub(super) struct Example {
    /// What follows the name of the language, but for the others.
    options: Vec<String>,
    /// What is drawn below it: `view=NAME`, `scenario=NAME`.
    drawings: Vec<String>,
    /// What stands on the arrows: `labels=load`.
    labels: Option<String>,
    /// The codes of the rules that are to find something: `bad=CODE`, `bad CODE CODE`.
    expected: Vec<String>,
    /// The file of the chapter's folder that it is: `file=NAME`.
    pub(super) file: Option<String>,
    /// The block, its fences included.
    range: Range<usize>,
    /// What stands in it.
    pub(super) code: String,
}

impl Example {
    /// The block of a line of information, such as `arch,diagram`; `None` if it is in another language.
    pub(super) fn new(info: &str, range: Range<usize>) -> Option<Example> {
        let mut words = info.split(|c: char| c == ',' || c.is_whitespace()).filter(|word| !word.is_empty());
        if words.next() != Some(LANGUAGE) {
            return None;
        }
        let mut example = Example {
            options: Vec::new(),
            drawings: Vec::new(),
            labels: None,
            expected: Vec::new(),
            file: None,
            range,
            code: String::new(),
        };
        for word in words {
            match word.split_once('=') {
                Some(("bad", code)) => example.expected.push(code.to_owned()),
                Some(("file", name)) => example.file = Some(name.to_owned()),
                Some(("view" | "scenario", _)) => example.drawings.push(word.to_owned()),
                Some(("labels", _)) => example.labels = Some(word.to_owned()),
                None if example.has("bad") && word.contains('/') => example.expected.push(word.to_owned()),
                _ => example.options.push(word.to_owned()),
            }
        }
        Some(example)
    }

    /// The line in which the block begins.
    pub(super) fn line(&self, text: &Text<'_>) -> usize {
        text.line_of(self.range.start)
    }

    /// Whether something is to be found in it.
    pub(super) fn is_bad(&self) -> bool {
        self.has("bad") || !self.expected.is_empty()
    }

    /// What becomes of a block that stands for itself. `draws` says whether all blocks get their diagrams.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn edits(&self, text: &Text<'_>, draws: bool, compiler: &Compiler) -> Result<Vec<Edit>, Vec<Mistake>> {
        let line = self.line(text);
        self.known_options(line).map_err(|mistake| vec![mistake])?;
        if self.has("ignore") {
            return Ok(self.plain_info(text).into_iter().collect());
        }
        let (code, line) = if self.has("fragment") {
            let [before, after] = AROUND;
            (format!("{before}{}{after}", self.code), line.saturating_sub(1))
        } else {
            (self.code.clone(), line)
        };
        let files = Memory::default().with("block.arch", code.as_str());
        let (workspace, analysis) = self.compile(&files, line, compiler)?;
        self.judge(&workspace, &analysis, |_| line)?;
        self.finish(text, draws, &self.diagrams(line, &workspace, &analysis, |_| true)?)
    }

    /// What becomes of a block that is a file: nothing is judged but its options, or what is to be found with it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn join(&self, text: &Text<'_>, folder: &Folder, compiler: &Compiler) -> Result<(), Vec<Mistake>> {
        let line = self.line(text);
        self.known_options(line).map_err(|mistake| vec![mistake])?;
        if !self.is_bad() {
            return Ok(());
        }
        let (workspace, analysis) = self.compile(&folder.files, line, compiler)?;
        self.judge(&workspace, &analysis, |path| folder.line(path).unwrap_or(line))
    }

    /// What becomes of blocks that are files, once all are there which they need.
    ///
    /// # Errors
    /// What is wrong with them.
    pub(super) fn settle(
        examples: &[Example],
        text: &Text<'_>,
        folder: &Folder,
        draws: bool,
        compiler: &Compiler,
    ) -> Result<Vec<Edit>, Vec<Mistake>> {
        let Some(last) = examples.last() else { return Ok(Vec::new()) };
        let line = last.line(text);
        let (workspace, analysis) = last.compile(&folder.files, line, compiler)?;
        last.judge(&workspace, &analysis, |path| folder.line(path).unwrap_or(line))?;
        let mut edits = Vec::new();
        for example in examples {
            let is_meant = |path: &str| example.file.as_deref() == Some(path);
            let diagrams = example.diagrams(example.line(text), &workspace, &analysis, is_meant)?;
            edits.extend(example.finish(text, draws, &diagrams)?);
        }
        Ok(edits)
    }

    /// Takes the options away, and adds the diagrams if there are to be any.
    fn finish(&self, text: &Text<'_>, draws: bool, diagrams: &str) -> Result<Vec<Edit>, Vec<Mistake>> {
        let line = self.line(text);
        let mut edits: Vec<Edit> = self.plain_info(text).into_iter().collect();
        let is_asked = self.is_drawn();
        let wrong = |what: &str, help: &str| Err(vec![mistake(line, what, help)]);
        if is_asked && diagrams.is_empty() {
            return wrong("there is no architecture to draw in this block", "take `diagram` out, or declare one");
        }
        if is_asked && !self.is_closed(text) {
            return wrong("this block never ends", "close it with the marks that open it");
        }
        if is_asked || draws && !self.is_bad() && !diagrams.is_empty() && self.is_closed(text) {
            self.draw(text, diagrams, &mut edits);
        }
        Ok(edits)
    }

    /// Whether it asks for diagrams.
    fn is_drawn(&self) -> bool {
        self.has("diagram") || self.has("hidden") || self.labels.is_some() || !self.drawings.is_empty()
    }

    /// Whether it asks for diagrams of whole architectures, and not only for views and scenarios of them.
    fn is_whole(&self) -> bool {
        self.has("diagram") || self.drawings.is_empty()
    }

    /// The diagrams of the architectures of the files that are meant, and the views and scenarios that are asked for; of empty
    /// architectures only if somebody asks.
    fn diagrams(
        &self,
        line: usize,
        workspace: &Workspace,
        analysis: &Analysis,
        is_meant: impl Fn(&str) -> bool,
    ) -> Result<String, Vec<Mistake>> {
        let excerpts = Excerpts::new(workspace, analysis);
        let model = excerpts.model();
        let is_drawn = |architecture: &&Architecture| {
            let file = workspace.sources.file(architecture.name_span.file);
            (self.is_drawn() || !architecture.elements.is_empty()) && is_meant(file.path())
        };
        let names: Vec<&str> = model.architectures.iter().filter(is_drawn).map(|it| it.name.as_str()).collect();
        let labels = self.labels.as_deref().unwrap_or_default();
        let read = |name: &str, drawing: &str| {
            Request::read(model, &format!("diagram {name} {drawing} {labels}"), Span::default())
        };
        let mut requests = Vec::new();
        if self.is_whole() {
            requests.extend(names.iter().map(|name| read(name, "")));
        }
        for drawing in &self.drawings {
            // It belongs to an architecture of the block, or to all of them.
            let homes: Vec<&str> = names.iter().copied().chain([WORKSPACE]).collect();
            let found = homes.iter().map(|home| read(home, drawing)).find(Result::is_ok);
            requests.extend(found.or_else(|| homes.first().map(|home| read(home, drawing))));
        }
        let texts = requests.into_iter().map(|request| request.map(|request| request.write(&excerpts)));
        let texts: Result<Vec<String>, _> = texts.collect();
        texts.map(|texts| texts.join("\n\n")).map_err(|finding| vec![Mistake::of(&finding, line)])
    }

    fn has(&self, option: &str) -> bool {
        self.options.iter().any(|it| it == option)
    }

    fn known_options(&self, line: usize) -> Result<(), Mistake> {
        if self.has("fragment") && self.file.is_some() {
            return Err(mistake(line, "a fragment is no file", "take `fragment` or `file=` out"));
        }
        // The rules of the team are in the block itself, where one that is not there finds nothing.
        let is_unknown = |code: &&String| check::rule(code).is_none() && !code.starts_with(OWN_RULES);
        if let Some(code) = self.expected.iter().find(is_unknown) {
            let near = nearest(code, check::rules().iter().map(|rule| rule.code));
            let help = near.map(|near| format!("did you mean `{near}`?"));
            return Err(Mistake { line, message: format!("there is no rule `{code}`"), help });
        }
        let is_known = |option: &str| OPTIONS.contains(&option);
        let Some(unknown) = self.options.iter().find(|option| !is_known(option)) else { return Ok(()) };
        let help = match nearest(unknown, OPTIONS) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are: `{}`", OPTIONS.join("`, `")),
        };
        Err(Mistake { line, message: format!("an `arch` block has no option `{unknown}`"), help: Some(help) })
    }

    fn compile(
        &self,
        files: &dyn FileSystem,
        line: usize,
        compiler: &Compiler,
    ) -> Result<(Workspace, Analysis), Vec<Mistake>> {
        // A rule may be off unless a workspace says otherwise. Those of the team have their own level.
        let codes = self.expected.iter().map(String::as_str).filter(|code| !code.starts_with(OWN_RULES));
        compiler.compile(files, &codes.collect::<Vec<_>>()).map_err(|errors| {
            let mistake = |error: LoadError| Mistake { line, message: error.to_string(), help: None };
            errors.into_iter().map(mistake).collect()
        })
    }

    /// Holds the findings against what the block is meant to be. `line` is where the block of a file begins.
    fn judge(
        &self,
        workspace: &Workspace,
        analysis: &Analysis,
        line: impl Fn(&str) -> usize,
    ) -> Result<(), Vec<Mistake>> {
        let findings = &analysis.diagnostics;
        if self.is_bad() {
            let is_found = |code: &String| findings.iter().any(|finding| *code == finding.code);
            let message = match self.expected.iter().find(|code| !is_found(code)) {
                Some(code) => format!("`{code}` finds nothing in this block"),
                None if !findings.is_empty() => return Ok(()),
                None => "nothing is wrong with this block".to_owned(),
            };
            let line = line(self.file.as_deref().unwrap_or_default());
            return Err(vec![mistake(line, &message, "take `bad` out, or break it")]);
        }
        let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
        let errors = errors.map(|finding| {
            let span = finding.primary.span;
            let path = workspace.sources.file(span.file).path();
            let place = line(path) + workspace.sources.line_column(span).line;
            let Mistake { line, message, help } = Mistake::of(finding, place);
            Mistake { line, message: format!("{message} [{}]", finding.code), help }
        });
        let errors: Vec<Mistake> = errors.collect();
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// The name of the language without options, which others would not understand.
    pub(super) fn plain_info(&self, text: &Text<'_>) -> Option<Edit> {
        let line = text.line_around(self.range.start);
        let opening = text.get(self.range.start..line.end)?;
        let info = opening.trim_start_matches(['`', '~']).trim();
        let start = self.range.start + opening.find(info)?;
        (info != LANGUAGE && !self.has("hidden"))
            .then(|| Edit { range: start..start + info.len(), new: LANGUAGE.to_owned() })
    }

    fn is_closed(&self, text: &Text<'_>) -> bool {
        let block = text.get(self.range.clone()).unwrap_or_default();
        let last = block.trim_end().lines().skip(1).last().unwrap_or_default();
        last.ends_with("```") || last.ends_with("~~~")
    }

    /// Puts diagrams below the block, or in its place.
    fn draw(&self, text: &Text<'_>, diagrams: &str, edits: &mut Vec<Edit>) {
        let first = text.line_around(self.range.start);
        let before = text.get(first.start..self.range.start).unwrap_or_default();
        let layout = Layout::of(before, text.get(first).unwrap_or_default());
        if self.has("hidden") {
            return edits.push(Edit { range: self.range.clone(), new: join(diagrams, &layout) });
        }
        let last = text.line_around(self.range.end.saturating_sub(1));
        let has_break = text.get(last.clone()).is_some_and(|line| line.ends_with('\n'));
        let new = if has_break { lay(diagrams, &layout) } else { format!("\n{}", lay(diagrams, &layout)) };
        edits.push(Edit { range: last.end..last.end, new });
    }
}

fn mistake(line: usize, message: &str, help: &str) -> Mistake {
    Mistake { line, message: message.to_owned(), help: Some(help.to_owned()) }
}

//! A chapter, whose fences are tried one after the other.

use std::fs;
use std::ops::Range;
use std::path::Path;

use archc::analysis::analyse;
use archc::check::rules;
use archc::diagnostic::{Diagnostic, Level, Severity};
use archc::project::{Scope, Workspace, load};
use archc::vfs::{Disk, FileSystem, Memory};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use super::console;
use super::mark::{Arch, Mark, mark};
use crate::cli::Folder;

/// The day of all chapters; the commands have it from `SOURCE_DATE_EPOCH`.
const TODAY: &str = "2026-11-23";

/// A fence: the line in which it begins, its mark, and where its content stands.
struct Fence {
    line: usize,
    info: String,
    /// The backticks that begin and end it.
    ticks: String,
    content: Range<usize>,
}

/// A chapter, the workspace that its files make, and what has been found out about it.
pub(super) struct Chapter<'t> {
    text: &'t str,
    folder: Folder,
    /// Where a file of the workspace was written last, if nobody has looked at the workspace since.
    unchecked: Option<usize>,
    /// What commands print today, where the chapter shows something else.
    updates: Vec<(Range<usize>, String)>,
    /// What is wrong and has to be mended by hand, each with its line in front.
    pub(super) complaints: Vec<String>,
    /// What differs and can be taken over.
    pub(super) stale: Vec<String>,
}

impl<'t> Chapter<'t> {
    pub(super) fn of(text: &'t str) -> Chapter<'t> {
        let (updates, complaints, stale) = (Vec::new(), Vec::new(), Vec::new());
        Chapter { text, folder: Folder::new(), unchecked: None, updates, complaints, stale }
    }

    /// Tries all fences.
    pub(super) fn try_all(&mut self) {
        for fence in fences(self.text) {
            let content = &self.text[fence.content.clone()];
            match mark(&fence.info) {
                Ok(Mark::Arch(arch)) => self.try_arch(&fence, &arch, content),
                Ok(Mark::Console { exit }) => self.try_console(&fence, content, exit),
                Ok(Mark::File(name)) => self.folder.write(&name, content),
                Ok(Mark::Same(path)) => self.compare(&fence, content, &path),
                Ok(Mark::Text) => {}
                Err(why) => self.complain(fence.line, &why),
            }
        }
        self.settle();
    }

    /// The text as it would be with what the commands print today.
    pub(super) fn current(&self) -> String {
        let mut current = self.text.to_owned();
        for (range, text) in self.updates.iter().rev() {
            current.replace_range(range.clone(), text);
        }
        current
    }

    fn complain(&mut self, line: usize, what: &str) {
        self.complaints.push(format!("{line}: {what}"));
    }

    fn try_arch(&mut self, fence: &Fence, arch: &Arch, content: &str) {
        if let Some(name) = &arch.file {
            self.folder.write(name, content);
            self.unchecked = Some(fence.line);
            if let Some(codes) = &arch.bad {
                self.unchecked = None;
                self.look(fence.line, &Disk::new(self.folder.path()), codes);
            }
            return;
        }
        let content =
            if arch.is_fragment { format!("architecture example {{\n{content}}}\n") } else { content.to_owned() };
        let files = Memory::default().with("example.arch", &*content);
        self.look(fence.line, &files, arch.bad.as_deref().unwrap_or_default());
    }

    /// Holds that a fence shows what a file of the repository holds.
    fn compare(&mut self, fence: &Fence, content: &str, path: &str) {
        let Ok(file) = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)) else {
            return self.complain(fence.line, &format!("there is no file `{path}`"));
        };
        if file != content {
            self.stale.push(format!("{}: it is not what `{path}` holds:\n{file}", fence.line));
            self.updates.push((fence.content.clone(), file));
        }
    }

    fn try_console(&mut self, fence: &Fence, content: &str, exit: i32) {
        // Commands are there to show findings, too.
        if exit == 0 {
            self.settle();
        }
        self.unchecked = None;
        let ran = console::run(&self.folder, content, exit);
        ran.complaints.iter().for_each(|it| self.complain(fence.line, it));
        if ran.current.lines().any(|line| line.starts_with(&fence.ticks)) {
            return self
                .complain(fence.line, "what is printed holds a fence: begin and end this one with more backticks");
        }
        self.stale.extend(ran.differences.iter().map(|it| format!("{}: {it}", fence.line)));
        if !ran.differences.is_empty() {
            self.updates.push((fence.content.clone(), ran.current));
        }
    }

    /// Holds that the workspace has no finding, if it has changed.
    fn settle(&mut self) {
        if let Some(line) = self.unchecked.take() {
            self.look(line, &Disk::new(self.folder.path()), &[]);
        }
    }

    /// Holds that there are findings of just these codes. Notes that no code names do not count.
    fn look(&mut self, line: usize, files: &dyn FileSystem, codes: &[String]) {
        let known: Vec<&str> = rules().iter().map(|rule| rule.code).collect();
        let mut workspace = match load(files, Scope::Folder(""), &known) {
            Ok(workspace) => workspace,
            Err(errors) => return self.complain(line, &format!("cannot be read: {errors:?}")),
        };
        turn_on(&mut workspace, codes);
        let mut findings = analyse(&workspace, TODAY.parse().unwrap()).diagnostics;
        findings.retain(|it| it.severity > Severity::Note || codes.iter().any(|code| *code == it.code));
        findings.sort_by(|a, b| a.code.cmp(&b.code));
        if !findings.iter().map(|finding| &*finding.code).eq(codes) {
            let found: Vec<String> = findings.iter().map(words).collect();
            let found = if found.is_empty() { "nothing".to_owned() } else { found.join("; ") };
            let codes = if codes.is_empty() { "nothing".to_owned() } else { codes.join(", ") };
            self.complain(line, &format!("has {found}; it should have {codes}"));
        }
    }
}

fn words(finding: &Diagnostic) -> String {
    format!("{} ({})", finding.code, finding.message)
}

/// A rule that is off by default is turned on where a fence names it.
fn turn_on(workspace: &mut Workspace, codes: &[String]) {
    for rule in rules().iter().filter(|rule| rule.level == Level::Off && codes.iter().any(|code| code == rule.code)) {
        workspace.config.rules.insert(rule.code.to_owned(), Level::Warning);
    }
}

/// The `arch` fences of a text: where each begins, and what it holds.
pub(super) fn examples(text: &str) -> Vec<(usize, &str)> {
    let fences = fences(text).into_iter().filter(|fence| matches!(mark(&fence.info), Ok(Mark::Arch(_))));
    fences.map(|fence| (fence.line, &text[fence.content])).collect()
}

/// Whether a text has a picture below one of its fences.
pub(super) fn draws(text: &str) -> bool {
    fences(text).iter().any(|fence| matches!(mark(&fence.info), Ok(Mark::Arch(Arch { is_drawn: true, .. }))))
}

/// The fences that are files: where each begins, and the name of the file.
pub(super) fn files(text: &str) -> Vec<(usize, String)> {
    let files = fences(text).into_iter().filter_map(|fence| match mark(&fence.info) {
        Ok(Mark::Arch(Arch { file: Some(name), .. }) | Mark::File(name)) => Some((fence.line, name)),
        _ => None,
    });
    files.collect()
}

fn fences(text: &str) -> Vec<Fence> {
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter();
    let fences = events.filter_map(|(event, range)| match event {
        Event::Start(Tag::CodeBlock(kind)) => {
            let info = if let CodeBlockKind::Fenced(info) = kind { info.to_string() } else { String::new() };
            let block = text[range.clone()].trim_end();
            let first = block.find('\n').map_or(block.len(), |at| at + 1);
            let last = block.rfind('\n').map_or(first, |at| at + 1).max(first);
            let content = range.start + first..range.start + last;
            let ticks = block.chars().take_while(|c| *c == '`').collect();
            Some(Fence { line: text[..range.start].lines().count() + 1, info, ticks, content })
        }
        _ => None,
    });
    fences.collect()
}

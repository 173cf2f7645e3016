//! Chapters of a book, with `{{#arch data_lake view=ingestion}}` and blocks of `arch` code in them.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::compiler::Compiler;
use super::example::Example;
use super::folder::Folder;
use super::lay::{Edit, Layout, Text, apply, join, lay};
use super::markers::front_matter;
use super::request::Request;
use crate::diagnostic::Diagnostic;
use crate::docs;
use crate::emit::excerpt::Excerpts;

const OPEN: &str = "{{#arch";
const CLOSE: &str = "}}";

/// What is wrong with a chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// Something in a chapter that is to be replaced.
enum Place {
    /// `{{#arch …}}`
    Directive(Range<usize>),
    /// A block of code in the language.
    Example(Example),
    /// A block in another language that is a file of the chapter's folder.
    File { name: String, code: String, line: usize },
}

/// Whether a chapter asks for something of a workspace.
pub fn asks(text: &str) -> bool {
    places(&Text::new(text)).iter().any(|place| matches!(place, Place::Directive(_)))
}

/// The chapter with diagrams and tables in place of what asks for them. `excerpts` are those of the workspace, which only a
/// chapter that [`asks`] needs; with `draws`, all blocks of code get their diagrams.
///
/// # Errors
/// Everything that is wrong, by line.
pub fn chapter(
    text: &str,
    excerpts: Option<&Excerpts<'_>>,
    draws: bool,
    compiler: &Compiler,
) -> Result<String, Vec<Mistake>> {
    let text = &Text::new(text);
    let mut filling =
        Filling { text, draws, compiler, folder: Folder::default(), waiting: Vec::new(), bad: BTreeSet::new() };
    let mut edits = Vec::new();
    let mut mistakes = Vec::new();
    let mut take = |made: Result<Vec<Edit>, Vec<Mistake>>| match made {
        Ok(more) => edits.extend(more),
        Err(more) => mistakes.extend(more),
    };
    for place in places(text) {
        match place {
            Place::Directive(range) => take(answer(text, range, excerpts).map_err(|mistake| vec![mistake])),
            Place::Example(example) if example.file.is_none() => take(example.edits(text, draws, compiler)),
            Place::Example(example) => take(filling.add(example)),
            Place::File { name, code, line } => take(filling.add_other(&name, &code, line)),
        }
    }
    take(filling.settle());
    // Files are looked at when all that they need are there, and so out of turn.
    edits.sort_by_key(|edit| edit.range.start);
    mistakes.sort_by_key(|mistake| mistake.line);
    if mistakes.is_empty() { Ok(apply(text, &edits)) } else { Err(mistakes) }
}

/// A chapter whose files are put together.
struct Filling<'t> {
    text: &'t Text<'t>,
    draws: bool,
    compiler: &'t Compiler,
    folder: Folder,
    /// The blocks that nobody has looked at yet, since later ones may be part of the same workspace.
    waiting: Vec<Example>,
    /// The files in which something is to be found: while there is one, the folder is not without errors.
    bad: BTreeSet<String>,
}

impl Filling<'_> {
    /// Adds a file of the language. What there was under its name is looked at before it goes.
    fn add(&mut self, example: Example) -> Result<Vec<Edit>, Vec<Mistake>> {
        let name = example.file.clone().unwrap_or_default();
        let mut edits = self.make_way(&name)?;
        self.folder.add(&name, &example.code, example.line(self.text));
        if example.is_bad() {
            self.bad.insert(name);
        }
        example.join(self.text, &self.folder, self.compiler)?;
        if example.is_bad() {
            // What is wrong now is so because of all of them.
            let all = self.waiting.drain(..).chain([example]);
            edits.extend(all.filter_map(|example| example.plain_info(self.text)));
        } else {
            self.waiting.push(example);
        }
        Ok(edits)
    }

    fn add_other(&mut self, name: &str, code: &str, line: usize) -> Result<Vec<Edit>, Vec<Mistake>> {
        let edits = self.make_way(name)?;
        self.folder.add(name, code, line);
        Ok(edits)
    }

    fn make_way(&mut self, name: &str) -> Result<Vec<Edit>, Vec<Mistake>> {
        if !self.folder.has(name) {
            return Ok(Vec::new());
        }
        if self.bad.is_empty() {
            return self.settle();
        }
        // What is wrong is known, and so nothing can be said of what came after it.
        self.bad.remove(name);
        let is_replaced = |example: &mut Example| example.file.as_deref() == Some(name);
        let replaced: Vec<Example> = self.waiting.extract_if(.., is_replaced).collect();
        Ok(replaced.iter().filter_map(|example| example.plain_info(self.text)).collect())
    }

    fn settle(&mut self) -> Result<Vec<Edit>, Vec<Mistake>> {
        let waiting = std::mem::take(&mut self.waiting);
        Example::settle(&waiting, self.text, &self.folder, self.draws, self.compiler)
    }
}

/// What is to be replaced, in the order of the text.
fn places(text: &Text<'_>) -> Vec<Place> {
    let start = front_matter(text);
    let mut places = Vec::new();
    let mut example: Option<Example> = None;
    let mut file: Option<(String, usize)> = None;
    let mut code = String::new();
    // Up to where directives have been looked for: those in code and in comments are text.
    let mut seen = start;
    for (event, range) in docs::events(text.get(start..).unwrap_or_default()) {
        let range = start + range.start..start + range.end;
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                directives(text, seen..range.start, &mut places);
                seen = range.end;
                code.clear();
                if let CodeBlockKind::Fenced(info) = kind {
                    let name = info.split_whitespace().find_map(|word| word.strip_prefix("file="));
                    file = name.map(|name| (name.to_owned(), text.line_of(range.start)));
                    example = Example::new(&info, range);
                }
            }
            Event::Text(part) if example.is_some() || file.is_some() => code.push_str(&part),
            Event::End(TagEnd::CodeBlock) => {
                let code = std::mem::take(&mut code);
                let file = file.take();
                places.extend(match example.take() {
                    Some(mut example) => {
                        example.code = code;
                        Some(Place::Example(example))
                    }
                    None => file.map(|(name, line)| Place::File { name, code, line }),
                });
            }
            Event::Code(_) | Event::InlineHtml(_) => {
                directives(text, seen..range.start, &mut places);
                seen = seen.max(range.end);
            }
            Event::Start(Tag::HtmlBlock) if text.get(range.clone()).is_some_and(|html| html.starts_with("<!--")) => {
                directives(text, seen..range.start, &mut places);
                seen = range.end;
            }
            _ => {}
        }
    }
    directives(text, seen..text.len(), &mut places);
    places
}

/// The directives of a stretch. With a backslash before it, one is text.
fn directives(text: &Text<'_>, range: Range<usize>, places: &mut Vec<Place>) {
    let mut at = range.start;
    while let Some(start) = text.get(at..range.end).and_then(|rest| rest.find(OPEN)).map(|found| at + found) {
        at = start + OPEN.len();
        let is_escaped = text.get(..start).is_some_and(|before| before.ends_with('\\'));
        let rest = text.get(at..).unwrap_or_default();
        if !is_escaped && rest.starts_with(|c: char| c.is_whitespace() || c == '}') {
            places.push(Place::Directive(start..at));
        }
    }
}

/// What a directive becomes. The range is that of its beginning.
fn answer(text: &Text<'_>, open: Range<usize>, excerpts: Option<&Excerpts<'_>>) -> Result<Vec<Edit>, Mistake> {
    let wrong = |message: &str, help: &str| Mistake {
        line: text.line_of(open.start),
        message: message.to_owned(),
        help: Some(help.to_owned()),
    };
    let line = text.line_around(open.start);
    let rest = text.get(open.end..line.end).unwrap_or_default();
    let Some(words) = rest.find(CLOSE).and_then(|end| rest.get(..end)) else {
        return Err(wrong("`{{#arch` has no `}}` on its line", "write it on one line: `{{#arch NAME}}`"));
    };
    let range = open.start..open.end + words.len() + CLOSE.len();
    let before = text.get(line.start..range.start).unwrap_or_default();
    let after = text.get(range.end..line.end).unwrap_or_default();
    if !is_container(before) || !after.trim().is_empty() {
        return Err(wrong("`{{#arch …}}` stands on a line of its own", "put it on a line of its own"));
    }
    let Some(excerpts) = excerpts else { return Ok(Vec::new()) };
    let request = Request::read_short(excerpts.model(), words)
        .map_err(|finding| Mistake::of(&finding, text.line_of(range.start)))?;
    let layout = Layout::of(before, text.get(line.clone()).unwrap_or_default());
    let lines = request.write(excerpts);
    Ok(vec![if layout.is_prefix(before) {
        Edit { range: line, new: lay(&lines, &layout) }
    } else {
        // The mark of a list's item has its first line next to it.
        Edit { range, new: join(&lines, &layout) }
    }])
}

impl Mistake {
    /// A finding as a mistake in a line.
    pub(super) fn of(finding: &Diagnostic, line: usize) -> Mistake {
        Mistake { line, message: finding.message.clone(), help: finding.advice().map(str::to_owned) }
    }
}

/// Whether what stands before the text of a line is nothing but the marks of quotations and of one item of a list.
fn is_container(before: &str) -> bool {
    let marks = before.trim_start_matches(|c: char| c == '>' || c.is_whitespace()).trim_end();
    let number = marks.strip_suffix(['.', ')']).filter(|number| !number.is_empty());
    let is_number = number.is_some_and(|number| number.chars().all(|c| c.is_ascii_digit()));
    matches!(marks, "" | "-" | "*" | "+") || is_number
}

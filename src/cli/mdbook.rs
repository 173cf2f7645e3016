//! `archc mdbook`

use std::io::{self, IsTerminal as _};
use std::path::Path;

use clap::{Args, Subcommand};
use jiff::civil::Date;
use serde_json::Value;

use super::Outcome;
use super::failure::Failure;
use super::findings;
use super::input::{Opened, open_path, today};
use super::situation::Place;
use crate::analysis::Analysis;
use crate::diagnostic::Severity;
use crate::emit::excerpt::Excerpts;
use crate::inject::{Compiler, asks, chapter};
use crate::suggest::nearest;
use crate::vfs::disk::read_limited;

/// Draws the architectures in an mdBook: mdBook runs it as a preprocessor
///
/// In chapters, a line `{{#arch NAME}}` becomes the diagram of an architecture; `{{#arch NAME view=VIEW}}` one of its views, and `{{#arch services NAME}}` a table, as in `archc inject`. Blocks of `arch` code are compiled: what is wrong in them stops the book.
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct MdBook {
    #[command(subcommand)]
    question: Option<Question>,
}

const AFTER_HELP: &str = "\
In book.toml:
  [preprocessor.archc]
  command = \"archc mdbook\"
  before = [\"links\", \"mermaid\"]
  workspace = \"../systems\"   # a folder or a file [default: the folder of book.toml]
  env = \"production\"         # an environment [default: the base]
  diagrams = true            # below all blocks that declare something to draw

Blocks of code:
  ```arch                        a whole file without errors
  ```arch,diagram                and its diagram below it; `hidden`: the diagram alone
  ```arch,view=NAME              and one of its views; `scenario=NAME`: one of its scenarios
  ```arch,labels=load            and its diagram, or its view, with loads on the arrows
  ```arch,bad                    a file with a finding; `bad=CODE`: with one of a rule
  ```arch,fragment               statements from inside of an architecture
  ```arch,file=shop.arch         a file of the chapter's folder: all of them are one workspace
  ```arch,ignore                 anything

Exit codes: 0 the book is on standard output; 2 something in it is wrong, or it cannot be read.";

#[derive(Debug, Subcommand)]
enum Question {
    /// Says whether books for a renderer can be processed: all can
    Supports {
        /// The renderer, such as `html`
        renderer: String,
    },
}

/// What mdBook calls the settings of this preprocessor.
const NAME: &str = "archc";

impl MdBook {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        // Markdown goes in and comes out, whoever renders it.
        if let Some(Question::Supports { .. }) = &self.question {
            return Ok(Outcome::default());
        }
        let today = today(None)?;
        let (context, mut book) = read()?;
        let settings = settings(&context);
        known_keys(settings)?;
        let draws = flag(settings, "diagrams")?;
        let systems = if chapters(&mut book)?.iter().any(|it| asks(it.content)) {
            Some(Systems::open(&context, today)?)
        } else {
            None
        };
        let excerpts = systems.as_ref().map(|it| Excerpts::new(&it.opened.workspace, &it.analysis));
        let compiler = Compiler::new(today);
        let mut wrong = Vec::new();
        for Chapter { name, content } in chapters(&mut book)? {
            match chapter(content, excerpts.as_ref(), draws, &compiler) {
                Ok(new) => *content = new,
                Err(mistakes) => wrong.extend(
                    mistakes.into_iter().map(|it| (format!("{name}, line {}: {}", it.line, it.message), it.help)),
                ),
            }
        }
        if wrong.is_empty() { Ok(Outcome::text(book.to_string())) } else { Err(Failure::of(wrong)) }
    }
}

/// The workspace of a book.
struct Systems {
    opened: Opened,
    analysis: Analysis,
}

impl Systems {
    fn open(context: &Value, today: Date) -> Result<Systems, Failure> {
        let settings = settings(context);
        let root = context.get("root").and_then(Value::as_str).unwrap_or(".");
        let path = Path::new(root).join(setting(settings, "workspace")?.unwrap_or("."));
        let opened = open_path(&path)?;
        let place = Place::of(setting(settings, "env")?.map(str::to_owned));
        let analysis = place.analyse(&opened, today)?;
        let report = findings::report(&opened, &analysis);
        if report.reaches(Severity::Error) {
            let failure = Failure::new(format!("the workspace of the book has {}", report.totals()));
            return Err(failure.help(format!("`archc check {}` shows them", path.display())));
        }
        Ok(Systems { opened, analysis })
    }
}

/// What `book.toml` says of this preprocessor.
fn settings(context: &Value) -> Option<&Value> {
    context.pointer("/config/preprocessor").and_then(|all| all.get(NAME))
}

/// The keys of this preprocessor, and those that mdBook has for all.
const KEYS: [&str; 8] = ["workspace", "env", "diagrams", "command", "before", "after", "renderers", "optional"];

/// Refuses keys that nobody knows: what they were to say would not hold.
fn known_keys(settings: Option<&Value>) -> Result<(), Failure> {
    let keys = settings.and_then(Value::as_object).into_iter().flat_map(serde_json::Map::keys);
    let unknown = keys.filter(|key| !KEYS.contains(&key.as_str()));
    let wrong = unknown.map(|key| {
        let help = match nearest(key, KEYS) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`archc mdbook --help` shows the keys".to_owned(),
        };
        (format!("unknown key `{key}` in `[preprocessor.{NAME}]` of `book.toml`"), Some(help))
    });
    let wrong: Vec<_> = wrong.collect();
    if wrong.is_empty() { Ok(()) } else { Err(Failure::of(wrong)) }
}

/// Yes or no among the settings; no if nothing is said.
fn flag(settings: Option<&Value>, name: &str) -> Result<bool, Failure> {
    let Some(value) = settings.and_then(|settings| settings.get(name)) else { return Ok(false) };
    let wrong =
        || Failure::new(format!("`{name}` of `[preprocessor.{NAME}]` in `book.toml` is no `true` or `false`: {value}"));
    value.as_bool().ok_or_else(wrong)
}

/// A text among the settings.
fn setting<'v>(settings: Option<&'v Value>, name: &str) -> Result<Option<&'v str>, Failure> {
    let Some(value) = settings.and_then(|settings| settings.get(name)) else { return Ok(None) };
    let wrong = || Failure::new(format!("`{name}` of `[preprocessor.{NAME}]` in `book.toml` is no text: {value}"));
    value.as_str().map(Some).ok_or_else(wrong)
}

/// What mdBook writes: the context and the book.
fn read() -> Result<(Value, Value), Failure> {
    let help = "mdBook runs this command by itself: `archc mdbook --help` shows the lines for `book.toml`";
    if io::stdin().is_terminal() {
        return Err(Failure::new("standard input is no book").help(help));
    }
    let bytes = read_limited(io::stdin()).map_err(|reason| Failure::io("read", "<stdin>", &reason))?;
    serde_json::from_slice(&bytes)
        .map_err(|reason| Failure::new(format!("standard input is no book: {reason}")).help(help))
}

/// A chapter of a book.
struct Chapter<'b> {
    /// For people: its file, or its title if it has none.
    name: String,
    content: &'b mut String,
}

/// All chapters of a book, each before those below it. mdBook 0.4 calls its items `sections`.
fn chapters(book: &mut Value) -> Result<Vec<Chapter<'_>>, Failure> {
    let is_old = book.get("items").is_none();
    let items = book.get_mut(if is_old { "sections" } else { "items" }).and_then(Value::as_array_mut);
    let items =
        items.ok_or_else(|| Failure::new("standard input is no book: it has neither `items` nor `sections`"))?;
    let mut chapters = Vec::new();
    let mut rest: Vec<&mut Value> = items.iter_mut().rev().collect();
    while let Some(item) = rest.pop() {
        // The others are titles and lines between them.
        let Some(Value::Object(fields)) = item.get_mut("Chapter") else { continue };
        let name = name(fields);
        for (field, value) in fields {
            match (field.as_str(), value) {
                ("content", Value::String(content)) => chapters.push(Chapter { name: name.clone(), content }),
                ("sub_items", Value::Array(items)) => rest.extend(items.iter_mut().rev()),
                _ => {}
            }
        }
    }
    Ok(chapters)
}

fn name(chapter: &serde_json::Map<String, Value>) -> String {
    let text = |field: &str| chapter.get(field).and_then(Value::as_str);
    match text("source_path").or_else(|| text("path")) {
        Some(path) => format!("`{path}`"),
        None => format!("the chapter `{}`", text("name").unwrap_or_default()),
    }
}

//! What a call takes, while its arguments are written.

use super::Snapshot;
use super::completion::Context;
use super::completion::parts::{comment_before, parameter_label, simple, words_of_pattern};
use super::position::{Brackets, Inside, Position};
use crate::docs;
use crate::pattern::Pattern;
use crate::select::{self, Form, Signature};
use crate::source::FileId;

/// What a call takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    /// The call on one line.
    pub label: String,
    /// What it does, in Markdown.
    pub documentation: Option<String>,
    /// What it takes, in order.
    pub parameters: Vec<Parameter>,
    /// The position of the parameter that is being written; none if that is none of them.
    pub active: Option<usize>,
}

/// Something that a call takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Where it stands in the label of the call, in bytes.
    pub range: std::ops::Range<usize>,
    /// What it means, in Markdown.
    pub documentation: Option<String>,
}

/// The innermost call around an offset of a file.
pub fn signature(snapshot: &Snapshot, file: FileId, offset: usize) -> Option<Help> {
    let position = Position::at(snapshot.text(file), offset);
    if !matches!(position.inside, Inside::Code | Inside::Text) {
        return None;
    }
    let context = Context::new(snapshot, file, position);
    let begins = |word: &str| context.position.before.first().is_some_and(|first| context.position.is(first, word));
    let brackets = context.position.brackets();
    // Lists and parentheses are parts of the argument that they stand in.
    brackets.iter().enumerate().rev().find_map(|(at, brackets)| {
        let name = brackets.callee?;
        match at {
            0 if begins("use") => Some(of_pattern(&context, brackets, snapshot.library().find(name)?)),
            0 if begins("@") && name == "allow" => Some(of_allow(&context, brackets)),
            _ if begins("@") || begins("pattern") || begins("use") => None,
            _ => Some(of_function(&context, brackets, select::signature(name)?)),
        }
    })
}

/// Puts a label together, and notes where its parts are.
struct Builder {
    help: Help,
}

impl Builder {
    fn new(name: &str, documentation: Option<String>) -> Builder {
        let label = format!("{name}(");
        Builder { help: Help { label, documentation, parameters: Vec::new(), active: None } }
    }

    fn parameter(&mut self, label: &str, documentation: Option<String>) {
        if !self.help.parameters.is_empty() {
            self.help.label.push_str(", ");
        }
        let start = self.help.label.len();
        self.help.label.push_str(label);
        self.help.parameters.push(Parameter { range: start..self.help.label.len(), documentation });
    }

    fn finish(mut self, active: Option<usize>) -> Help {
        self.help.label.push(')');
        Help { active, ..self.help }
    }
}

/// The name that an argument is given by, if it is.
fn name_of<'p>(context: &'p Context<'_>, words: &[super::position::Lexeme]) -> Option<&'p str> {
    let [name, sign, ..] = words else { return None };
    context.position.is(sign, "=").then(|| context.position.text_of(name))
}

/// The name that is being typed where an argument begins, if `=` follows it.
fn typed_name<'p>(context: &'p Context<'_>, brackets: &Brackets<'_>) -> Option<&'p str> {
    let is_name = brackets.current.is_empty() && context.position.rest_of_line().trim_start().starts_with('=');
    is_name.then(|| context.position.slice(context.position.word.clone()))
}

fn of_pattern(context: &Context<'_>, brackets: &Brackets<'_>, pattern: &Pattern) -> Help {
    let documentation = pattern.preamble.doc.as_ref().map(|doc| docs::summary(&words_of_pattern(doc, pattern)));
    let mut builder = Builder::new(&pattern.name, documentation);
    for parameter in &pattern.parameters {
        let default = parameter.default.as_ref().and_then(|default| simple(&default.kind));
        let label = match default {
            Some(default) => format!("{parameter} = {default}"),
            None => parameter.to_string(),
        };
        builder.parameter(&label, comment_before(context.snapshot, parameter.name.span));
    }
    let position = |name: &str| pattern.parameters.iter().position(|it| it.name.text == name);
    let named = name_of(context, brackets.current).or_else(|| typed_name(context, brackets));
    let given: Vec<&str> = brackets.earlier.iter().filter_map(|words| name_of(context, words)).collect();
    let is_open = |at: &usize| {
        let parameter = pattern.parameters.get(*at);
        *at + given.len() >= brackets.earlier.len()
            && parameter.is_some_and(|it| !given.contains(&it.name.text.as_str()))
    };
    // What has no name yet is the first that is missing.
    let active = match named {
        Some(name) => position(name),
        None => (0..pattern.parameters.len()).find(is_open),
    };
    builder.finish(active)
}

fn of_function(context: &Context<'_>, brackets: &Brackets<'_>, signature: &Signature) -> Help {
    let mut builder = Builder::new(signature.name, Some(signature.summary.to_owned()));
    for parameter in signature.parameters {
        builder.parameter(&parameter_label(parameter), Some(parameter.summary.to_owned()));
    }
    let all = signature.parameters;
    let is_named = |name: &str| all.iter().position(|it| it.form == Form::Named && it.name == name);
    let named = name_of(context, brackets.current).and_then(is_named);
    let last = all.iter().rposition(|it| it.form == Form::Repeated);
    let at = brackets.earlier.len();
    let by_place = if at < all.len() { Some(at) } else { last };
    builder.finish(named.or(by_place))
}

fn of_allow(context: &Context<'_>, brackets: &Brackets<'_>) -> Help {
    let mut builder = Builder::new("@allow", Some("Allows findings of one rule here.".to_owned()));
    builder.parameter("code", Some("The rule, such as `wiring/unsupported`.".to_owned()));
    builder.parameter("reason: text", Some("Why it is right here.".to_owned()));
    builder.parameter("until = date", Some("The last day that it holds.".to_owned()));
    let active = match (name_of(context, brackets.current), brackets.earlier.len()) {
        (Some("until"), _) => 2,
        (Some("reason"), _) => 1,
        (_, at) => at.min(2),
    };
    builder.finish(Some(active))
}

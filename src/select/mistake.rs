//! What is said of selectors that mean nothing.

use std::collections::BTreeSet;

use super::function::{FUNCTIONS, WORDS};
use super::{INVALID, Sort, UNKNOWN_WORD};
use crate::diagnostic::Diagnostic;
use crate::model::{ElementId, Model};
use crate::source::Span;
use crate::suggest::{MOST, is_slip, listing};
use crate::syntax::ast::{Argument, Path, Value, ValueKind};

/// Says which name was probably meant, with a fix, or else what to do.
fn did_you_mean(finding: Diagnostic, at: &Path, near: Option<&str>, otherwise: String) -> Diagnostic {
    finding.did_you_mean(&at.text, at.span, near, || otherwise)
}

pub(super) fn unresolved(path: &Path, near: Option<&str>) -> Diagnostic {
    let words = WORDS.map(|(word, _)| format!("`{word}`")).join(", ");
    let finding = Diagnostic::new("name/unresolved", path.span, format!("there is no element `{}`", path.text));
    did_you_mean(finding, path, near, format!("a selector names elements, groups, architectures, or one of {words}"))
}

pub(super) fn is_kind(path: &Path) -> Diagnostic {
    let call = format!("kind({})", path.text);
    Diagnostic::new("name/unresolved", path.span, format!("`{}` is a kind, not an element", path.text))
        .help(format!("`{call}` selects all elements of the kind"))
        .fix(format!("Write `{call}`"), path.span, call)
}

/// A name that several elements have, with the paths that tell them apart.
pub(crate) fn ambiguous(
    model: &Model,
    code: &'static str,
    name: &str,
    at: Span,
    candidates: &[ElementId],
) -> Diagnostic {
    let paths = listing(model.telling_paths(candidates), "or");
    let mut finding = Diagnostic::new(code, at, format!("`{name}` can mean {paths}"))
        .help(format!("write the path of the one that is meant: {paths}"));
    for id in candidates.iter().take(MOST) {
        let declared = model.element(*id).name_span;
        // What instances of a pattern have in common is declared in one place, and comes from several.
        finding = match std::iter::successors(model.used_at(declared), |at| model.used_at(*at)).last() {
            Some(used) => finding.also(used, format!("`{}` comes from here", model.path(*id))),
            None => finding.also(declared, "one is declared here"),
        };
    }
    finding
}

pub(super) fn unknown_kind(path: &Path, near: Option<&str>) -> Diagnostic {
    let finding = Diagnostic::new("kind/unknown", path.span, format!("there is no kind `{}`", path.text));
    did_you_mean(finding, path, near, "`archc kinds` lists the kinds".to_owned())
}

pub(super) fn unknown_category(path: &Path, near: Option<&str>, all: &[&str]) -> Diagnostic {
    let finding = Diagnostic::new(INVALID, path.span, format!("there is no category `{}`", path.text));
    did_you_mean(finding, path, near, format!("the categories are {}", all.join(", ")))
}

pub(super) fn unknown_function(path: &Path, near: Option<&str>) -> Diagnostic {
    let finding = Diagnostic::new(INVALID, path.span, format!("selectors have no function `{}`", path.text));
    let all = FUNCTIONS.map(|(name, ..)| format!("`{name}`")).join(", ");
    did_you_mean(finding, path, near, format!("the functions are {all}"))
}

pub(super) fn unknown_property(path: &Path, near: Option<&str>, sort: Sort) -> Diagnostic {
    let whose = match sort {
        Sort::Elements => "no kind",
        Sort::Hops => "no edge",
    };
    let message = format!("{whose} has a property `{}`", path.text);
    let help = "`archc kinds NAME` lists the properties of a kind; those of edges are under `edge`";
    did_you_mean(Diagnostic::new(INVALID, path.span, message), path, near, help.to_owned())
}

pub(super) fn wrong_value(at: Span, property: &str, expectation: &str) -> Diagnostic {
    Diagnostic::new(INVALID, at, format!("`{property}` is not compared with such a value"))
        .help(format!("compare it with {expectation}"))
}

pub(super) fn unknown_word(path: &Path, property: &str, near: &str) -> Diagnostic {
    let message = format!("nothing has `{}` among its `{property}`", path.text);
    // In quotes, any word can stand there: with blanks, too, as names of teams have them.
    let written = Value { kind: ValueKind::Text(near.into()), span: path.span }.to_string();
    Diagnostic::new(UNKNOWN_WORD, path.span, message)
        .help(format!("did you mean `{near}`?"))
        .fix(format!("Replace `{}` with `{near}`", path.text), path.span, written)
        .sure_if(is_slip(&path.text, near))
}

pub(super) fn unknown_class(path: &Path, near: Option<&str>, known: &BTreeSet<&str>) -> Diagnostic {
    let message = format!("nothing declares data of the class `{}`", path.text);
    let names: Vec<String> = known.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    let otherwise = match known.len() {
        0 => format!("say it of what holds such data: `data = [{}]`", path.text),
        _ => format!("declared are {}", names.join(", ")),
    };
    did_you_mean(Diagnostic::new(UNKNOWN_WORD, path.span, message), path, near, otherwise)
}

pub(super) fn arguments(at: Span, name: &str, form: &str) -> Diagnostic {
    Diagnostic::new(INVALID, at, format!("`{name}` cannot be called in this way")).help(format!("write it as `{form}`"))
}

/// One argument that cannot be what it is.
pub(super) fn argument(argument: &Argument, name: &str, help: &str) -> Diagnostic {
    let (at, what) = match &argument.name {
        Some(given) => (given.span, format!(" `{}`", given.text)),
        None => (argument.value.span, format!(" `{}`", argument.value)),
    };
    Diagnostic::new(INVALID, at, format!("`{name}` takes no argument{what}")).help(help.to_owned())
}

pub(super) fn measure(path: &Path) -> Diagnostic {
    let message = format!("`{}` measures, and selects nothing", path.text);
    Diagnostic::new(INVALID, path.span, message)
        .help(format!("measures are for `limit` in a rule: `limit = {}(…) <= 3`", path.text))
}

pub(super) fn is_declaration(path: &Path) -> Diagnostic {
    let message = format!("no element is of the kind `{}`", path.text);
    Diagnostic::new(INVALID, path.span, message).help("selectors are about elements and the connections between them")
}

pub(super) fn not_a_selector(at: Span, what: &str) -> Diagnostic {
    Diagnostic::new(INVALID, at, format!("{what} selects nothing")).help(
        "a selector is `*`, a name, a function such as `kind(aws.s3)`, or some of them with `+`, `-`, `&` and arrows",
    )
}

pub(super) fn sort(at: Span, expected: Sort) -> Diagnostic {
    match expected {
        Sort::Elements => Diagnostic::new(INVALID, at, "this selects connections, and elements are expected")
            .help("leave the arrow out, or use `upstream`, `downstream` or `neighbors`"),
        Sort::Hops => Diagnostic::new(INVALID, at, "this selects elements, and connections are expected")
            .help("write the ends of the connections with an arrow between them: `external -> category(store)`"),
    }
}

//! An architecture that uses a pattern, to begin with.

use std::fmt::Write as _;

use crate::pattern::{Parameter, Pattern, Sort, Takes};
use crate::source::SourceMap;

/// The text of a file with an architecture that uses a pattern: an element for each parameter that asks for one, and the
/// other parameters with their defaults as comments.
pub(super) fn architecture(pattern: &Pattern, sources: &SourceMap) -> String {
    let name = &pattern.name;
    let title = pattern.title.as_ref().map_or(name.as_str(), |title| title.value.as_str());
    let mut text = format!(
        "//! An architecture made of the pattern `{name}`. `archc patterns {name}` shows all that the pattern takes,\n\
         //! and `archc build` draws and documents it.\n\n\
         architecture platform \"{title}\" {{\n  owner = \"team-data\"\n  region = us-east-1\n  direction = right\n\n\
         \x20 // What the pattern knows by its parameters. Say here what these are with you, and how much they send:\n\
         \x20 // `{{ emits = 100/s of 1 KB }}`.\n"
    );
    for parameter in pattern.parameters.iter().filter(|parameter| parameter.is_element()) {
        let _ = writeln!(text, "  {}", element(parameter));
    }
    let _ = write!(text, "\n  use {name}(\n");
    for parameter in &pattern.parameters {
        let name = &parameter.name.text;
        let _ = match &parameter.default {
            None => writeln!(text, "    {name} = {name},"),
            Some(default) => writeln!(text, "    // {name} = {},", sources.text(default.span)),
        };
    }
    let _ = write!(text, "  ) as {}\n}}\n", short(name));
    text
}

/// The last word of a name: `lake` of `data_lake`.
fn short(name: &str) -> &str {
    name.rsplit('_').next().unwrap_or(name)
}

/// The declaration of an element that a parameter stands for.
fn element(parameter: &Parameter) -> String {
    let name = &parameter.name.text;
    let keyword = match parameter.takes {
        Some(Takes::Element(Sort::Person)) => "person",
        Some(Takes::Element(Sort::Kind(_))) => return format!("service {name}: {}", parameter.written.name.text),
        Some(Takes::Element(Sort::Service)) => return format!("service {name}: service"),
        Some(Takes::Element(Sort::Group)) => return format!("group {name} {{\n  }}"),
        _ => "external",
    };
    format!("{keyword} {name} \"{}\"", label(name))
}

/// `Web apps` of `web_apps`.
fn label(name: &str) -> String {
    let words = name.replace(['_', '-'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

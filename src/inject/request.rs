//! What a marker asks for: `diagram data_lake view=ingestion`.

use super::codes;
use crate::check::words::listing;
use crate::diagnostic::Diagnostic;
use crate::emit::excerpt::Excerpts;
use crate::emit::markdown::Part;
use crate::model::{Architecture, ArchitectureId, Head, Model, Scenario, View};
use crate::source::Span;
use crate::suggest::nearest;
use crate::view::Labels;

/// What is to be shown.
#[derive(Clone, Copy)]
pub(super) enum Request<'m> {
    Diagram(&'m Architecture, Labels),
    View(&'m View, Option<Labels>),
    Scenario(&'m Scenario),
    Part(&'m Architecture, Part),
    Bill(&'m Architecture),
    TotalBill,
    AllDecisions,
}

/// What can be asked for, by its name.
#[derive(Clone, Copy)]
enum Thing {
    Diagram,
    Part(Part),
    Bill,
}

const THINGS: [(&str, Thing); 9] = [
    ("diagram", Thing::Diagram),
    ("roles", Thing::Part(Part::Roles)),
    ("services", Thing::Part(Part::Services)),
    ("groups", Thing::Part(Part::Groups)),
    ("outside", Thing::Part(Part::Outside)),
    ("connections", Thing::Part(Part::Connections)),
    ("load", Thing::Part(Part::Load)),
    ("decisions", Thing::Part(Part::Decisions)),
    ("bill", Thing::Bill),
];

/// What stands for all architectures, unless one is called so.
pub(super) const WORKSPACE: &str = "workspace";

const OPTIONS: [&str; 3] = ["view", "scenario", "labels"];
const LABELS: [(&str, Labels); 2] = [("names", Labels::Names), ("load", Labels::Load)];

/// What is wrong with a request.
type Wrong = Box<Diagnostic>;

/// A word of a request, and where it stands.
#[derive(Clone, Copy)]
struct Word<'t> {
    text: &'t str,
    span: Span,
}

impl<'m> Request<'m> {
    /// Reads a request that stands at a span.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub(super) fn read(model: &'m Model, text: &str, span: Span) -> Result<Request<'m>, Wrong> {
        let mut words = words(text, span).into_iter();
        let Some(thing) = words.next() else {
            let message = "a block says what belongs into it";
            return Err(wrong(span.before(), message, "such as `diagram NAME`, with the name of an architecture"));
        };
        let thing = known(thing, "no table or diagram", &THINGS)?;
        let Some(name) = words.next().filter(|word| !word.text.contains('=')) else {
            let names = listing(model.architectures.iter().map(|it| &it.name), "and");
            return Err(wrong(span.after(), "the name of an architecture is missing", format!("there are: {names}")));
        };
        let options = Options::read(words, thing)?;
        if name.text == WORKSPACE && model.find_architecture(WORKSPACE).is_none() {
            return Request::of_workspace(model, thing, name, &options);
        }
        let architecture = find(model, name)?;
        match thing {
            Thing::Diagram => match options.drawing(model, Some(architecture.id))? {
                Some(drawing) => Ok(drawing),
                None => Ok(Request::Diagram(architecture, options.labels.unwrap_or_default())),
            },
            Thing::Part(part) => Ok(Request::Part(architecture, part)),
            Thing::Bill => Ok(Request::Bill(architecture)),
        }
    }

    /// Reads a request as it stands in `{{#arch …}}`, where a name alone is that of a diagram.
    ///
    /// # Errors
    /// The first thing that is wrong. Its place is none.
    pub(super) fn read_short(model: &'m Model, text: &str) -> Result<Request<'m>, Wrong> {
        let is_long = text.split_whitespace().nth(1).is_some_and(|second| !second.contains('='));
        let text = if is_long { text.to_owned() } else { format!("diagram {text}") };
        Request::read(model, &text, Span::default())
    }

    fn of_workspace(
        model: &'m Model,
        thing: Thing,
        name: Word<'_>,
        options: &Options<'_>,
    ) -> Result<Request<'m>, Wrong> {
        match thing {
            Thing::Bill => Ok(Request::TotalBill),
            Thing::Part(Part::Decisions) => Ok(Request::AllDecisions),
            Thing::Part(_) => {
                Err(wrong(name.span, "this is shown of one architecture at a time", "name an architecture"))
            }
            Thing::Diagram => options.drawing(model, None)?.ok_or_else(|| {
                let message = "a diagram of the whole workspace is a view or a scenario";
                wrong(name.span, message, "add `view=NAME` or `scenario=NAME`, or name an architecture")
            }),
        }
    }

    /// The Markdown that answers it.
    pub(super) fn write(self, excerpts: &Excerpts<'_>) -> String {
        let (text, absent) = match self {
            Request::Diagram(architecture, labels) => (Some(excerpts.diagram(architecture, labels)), ""),
            Request::View(view, labels) => (Some(excerpts.view(view, labels)), ""),
            Request::Scenario(scenario) => (excerpts.scenario(scenario), "Nothing happens."),
            Request::Part(architecture, part) => (excerpts.part(architecture, part), absent(part)),
            Request::Bill(architecture) => (excerpts.bill(architecture), NOTHING_BILLED),
            Request::TotalBill => (excerpts.total_bill(), NOTHING_BILLED),
            Request::AllDecisions => (excerpts.decisions(), NOTHING_DECIDED),
        };
        text.unwrap_or_else(|| format!("*{absent}*"))
    }
}

const NOTHING_DECIDED: &str = "There are no decisions.";
const NOTHING_BILLED: &str = "There is nothing to bill.";

/// What to say where there is nothing of a part.
fn absent(part: Part) -> &'static str {
    match part {
        Part::Roles | Part::Services => "There are no services.",
        Part::Groups => "There are no groups.",
        Part::Outside => "There are no outside systems and people.",
        Part::Connections => "There are no connections.",
        Part::Load => "No load is known.",
        Part::Decisions => NOTHING_DECIDED,
    }
}

/// What follows the name.
#[derive(Default)]
struct Options<'t> {
    view: Option<Word<'t>>,
    scenario: Option<Word<'t>>,
    labels: Option<Labels>,
}

impl<'t> Options<'t> {
    fn read(words: impl Iterator<Item = Word<'t>>, thing: Thing) -> Result<Options<'t>, Wrong> {
        let mut options = Options::default();
        for word in words {
            let Some((name, value)) = word.split() else {
                return Err(wrong(
                    word.span,
                    "what follows the name is written as `option=value`",
                    format!("the options are {}", listing(OPTIONS, "and")),
                ));
            };
            if !matches!(thing, Thing::Diagram) {
                return Err(wrong(word.span, "only a diagram has options", "leave it out"));
            }
            let is_twice = match known(name, "no option", &OPTIONS.map(|option| (option, option)))? {
                "view" => options.view.replace(value).is_some(),
                "scenario" => options.scenario.replace(value).is_some(),
                _ => options.labels.replace(known(value, "no sort of labels", &LABELS)?).is_some(),
            };
            if is_twice {
                return Err(wrong(word.span, format!("`{}` is given twice", name.text), "leave one out"));
            }
        }
        Ok(options)
    }

    /// What is to be drawn in place of an architecture, of what has this home; `None` if nothing is named.
    fn drawing<'m>(&self, model: &'m Model, home: Option<ArchitectureId>) -> Result<Option<Request<'m>>, Wrong> {
        match (self.view, self.scenario) {
            (Some(_), Some(scenario)) => {
                Err(wrong(scenario.span, "a diagram shows a view or a scenario", "leave one of them out"))
            }
            (None, Some(scenario)) if self.labels.is_some() => {
                Err(wrong(scenario.span, "the arrows of a scenario have labels of their own", "leave `labels` out"))
            }
            (Some(view), None) => {
                let view = find_drawing(model, home, view, ("view", &model.views), |it| &it.head)?;
                Ok(Some(Request::View(view, self.labels)))
            }
            (None, Some(scenario)) => {
                let all = ("scenario", model.scenarios.as_slice());
                Ok(Some(Request::Scenario(find_drawing(model, home, scenario, all, |it| &it.head)?)))
            }
            (None, None) => Ok(None),
        }
    }
}

impl<'t> Word<'t> {
    /// The two sides of the `=`.
    fn split(self) -> Option<(Word<'t>, Word<'t>)> {
        let (name, value) = self.text.split_once('=')?;
        let after = name.len() + 1;
        Some((
            Word { text: name, span: self.span.slice(0, name.len()) },
            Word { text: value, span: self.span.slice(after, after + value.len()) },
        ))
    }
}

fn words(text: &str, span: Span) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut end = 0;
    for word in text.split_whitespace() {
        let start = end + text.get(end..).and_then(|rest| rest.find(word)).unwrap_or_default();
        end = start + word.len();
        words.push(Word { text: word, span: span.slice(start, end) });
    }
    words
}

/// What a word stands for in a list.
fn known<T: Copy>(word: Word<'_>, what: &str, list: &[(&str, T)]) -> Result<T, Wrong> {
    if let Some((_, found)) = list.iter().find(|(name, _)| *name == word.text) {
        return Ok(*found);
    }
    let all: Vec<&str> = list.iter().map(|(name, _)| *name).collect();
    let finding = Diagnostic::new(codes::UNKNOWN, word.span, format!("there is {what} `{}`", word.text));
    // These are few, so that all are named.
    let otherwise = || format!("there are: `{}`", all.join("`, `"));
    Err(Box::new(finding.did_you_mean(word.text, word.span, nearest(word.text, all.iter().copied()), otherwise)))
}

fn find<'m>(model: &'m Model, name: Word<'_>) -> Result<&'m Architecture, Wrong> {
    model.find_architecture(name.text).ok_or_else(|| {
        let all: Vec<&str> = model.architectures.iter().map(|it| it.name.as_str()).collect();
        unknown(name, &format!("there is no architecture `{}`", name.text), &all)
    })
}

/// The view or scenario of a name, of an architecture or of the whole workspace.
fn find_drawing<'m, T>(
    model: &'m Model,
    home: Option<ArchitectureId>,
    name: Word<'_>,
    (what, all): (&str, &'m [T]),
    head: fn(&T) -> &Head,
) -> Result<&'m T, Wrong> {
    let own = || all.iter().filter(|it| head(it).architecture == home);
    own().find(|it| head(it).name == name.text).ok_or_else(|| {
        let place =
            home.map_or_else(|| "the workspace".to_owned(), |home| format!("`{}`", model.architecture(home).name));
        let names: Vec<&str> = own().map(|it| head(it).name.as_str()).collect();
        unknown(name, &format!("there is no {what} `{}` of {place}", name.text), &names)
    })
}

fn unknown(word: Word<'_>, message: &str, all: &[&str]) -> Wrong {
    let finding = Diagnostic::new(codes::UNKNOWN, word.span, message);
    let near = nearest(word.text, all.iter().copied());
    let otherwise =
        || if all.is_empty() { "there is none".to_owned() } else { format!("there are: {}", listing(all, "and")) };
    Box::new(finding.did_you_mean(word.text, word.span, near, otherwise))
}

fn wrong(span: Span, message: impl Into<String>, help: impl Into<String>) -> Wrong {
    Box::new(Diagnostic::new(codes::UNKNOWN, span, message).help(help))
}

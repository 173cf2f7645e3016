//! Words that begin a statement, as snippets.

use super::Item;
use super::Sort;
use super::context::{Context, Place};
use super::items::Items;

/// A word of the language.
pub(super) struct Keyword {
    /// The word.
    pub(super) word: &'static str,
    /// The statement that it begins; `@today` stands for the day.
    snippet: &'static str,
    /// What it is for, in a sentence.
    pub(super) summary: &'static str,
}

const fn keyword(word: &'static str, snippet: &'static str, summary: &'static str) -> Keyword {
    Keyword { word, snippet, summary }
}

/// All of them, and the other words that an item can be about.
pub(super) const KEYWORDS: [Keyword; 40] = [
    keyword(
        "architecture",
        "architecture ${1:name} \"${2:Title}\" {\n  $0\n}",
        "One system: one page of documentation, and the namespace of its elements.",
    ),
    keyword("extend", "extend ${1:name} {\n  $0\n}", "More of an architecture or a group that is declared elsewhere."),
    keyword(
        "pattern",
        "pattern ${1:name}(${2:source}: ${3:external}) {\n  $0\n}",
        "A reusable piece of architecture with parameters.",
    ),
    keyword(
        "kind",
        "kind ${1:team.name} is ${2:element} \"${3:Product}\" {\n  category = ${4:compute}\n  $0\n}",
        "A kind of service of your own.",
    ),
    keyword(
        "wire",
        "wire ${1:application} -> ${2:application} { source = \"${3:who says so}\", read = ${4:@today} }",
        "A fact about what can connect to what, with its source.",
    ),
    keyword(
        "environment",
        "environment ${1:name} {\n  $0\n}",
        "What differs somewhere: in production, in a test, in another region.",
    ),
    keyword(
        "view",
        "view ${1:name} \"${2:Title}\" {\n  show = ${3:*}\n  $0\n}",
        "A diagram of a selection. At the top of a file, it is about all architectures.",
    ),
    keyword(
        "scenario",
        "scenario ${1:name} \"${2:Title}\" {\n  $0\n}",
        "Steps along declared edges: a sequence diagram.",
    ),
    keyword(
        "rule",
        "rule ${1:name} \"${2:Title}\" {\n  deny = ${3:external -> category(store)}\n  because = \"$4\"\n}",
        "A policy of the team's own. At the top of a file, it holds for all architectures.",
    ),
    keyword(
        "decision",
        "decision ${1:name} \"${2:Title}\" {\n  status = ${3|proposed,accepted,rejected,deprecated,superseded|}\n  \
         date = ${4:@today}\n  affects = [$5]\n}",
        "An architecture decision, tied to what it affects.",
    ),
    keyword("service", "service ${1:name}: ${2:kind}", "Something that we run, of a kind from the catalog."),
    keyword("external", "external ${1:name} \"${2:Label}\"", "A system that others run."),
    keyword("person", "person ${1:name} \"${2:Label}\"", "People who use or operate the system."),
    keyword(
        "group",
        "group ${1:name} \"${2:Label}\" {\n  $0\n}",
        "A boundary: a zone, a network, a team, a stage. It holds elements and edges.",
    ),
    keyword("use", "use ${1:pattern}($2) as ${3:name}", "An instance of a pattern, drawn as a group."),
    keyword("meta", "meta {\n  $0\n}", "Free facts, which nothing checks."),
    keyword("alt", "alt \"${1:condition}\" {\n  $2\n} else {\n  $0\n}", "Steps of which one branch happens."),
    keyword("opt", "opt \"${1:condition}\" {\n  $0\n}", "Steps that happen or not."),
    keyword("loop", "loop \"${1:how often}\" {\n  $0\n}", "Steps that happen again and again."),
    keyword("par", "par {\n  $1\n} and {\n  $0\n}", "Steps that happen beside each other."),
    keyword("else", "else {\n  $0\n}", "The branch that happens otherwise."),
    keyword("and", "and {\n  $0\n}", "What happens beside the branch before it."),
    keyword("note", "note ${1:element} \"${2:text}\"", "A text over those who take part."),
    keyword("without", "without ${1:element}", "Elements that are not there in the environment."),
    keyword("example", "example ${1|bad,good|} {\n  $0\n}", "A small architecture that the rule is tried on."),
    keyword("property", "property ${1:name}: ${2:text}", "A property that elements of the kind understand."),
    keyword("meter", "meter \"${1:What is billed}\" = ${2:in.records} @ ${3:price}", "What the kind is billed on."),
    keyword("limit", "limit \"${1:Quota}\" ${2:in.records} <= ${3:100/s}", "A quota that the load is held against."),
    keyword("retired", "retired {\n  since = ${1:@today}\n  $0\n}", "That the kind is no longer offered, and why."),
    keyword("via", "", "The service that carries the edge: a kind, `name: kind`, or a service that is declared."),
    keyword("is", "", "What it inherits from."),
    keyword("follows", "", "The patterns that the architecture is held against."),
    keyword("as", "", "The name of the instance."),
    keyword("->", "", "Data moves."),
    keyword("=>", "", "A call that waits for its answer."),
    keyword("~>", "", "A side channel: it orchestrates, triggers, logs, alarms or describes."),
    keyword("<-", "", "A reply to an earlier step."),
    keyword("@allow", "", "Allows findings of one rule here, with a reason, and for as long as it says."),
    keyword("soft", "", "The quota can be raised."),
    keyword("hard", "", "The quota cannot be raised."),
];

/// The words that begin a statement in a place, those used most first.
fn words(context: &Context<'_>) -> Vec<&'static str> {
    match context.place {
        Place::Top => vec![
            "architecture",
            "extend",
            "view",
            "rule",
            "decision",
            "environment",
            "scenario",
            "pattern",
            "kind",
            "wire",
        ],
        Place::Architecture => vec![
            "service",
            "external",
            "person",
            "group",
            "use",
            "view",
            "scenario",
            "environment",
            "rule",
            "decision",
            "meta",
        ],
        Place::Group => vec!["service", "external", "person", "group", "use", "meta"],
        Place::Example => vec!["service", "external", "person", "group", "use"],
        Place::Scenario => [branch(context), vec!["alt", "opt", "loop", "par", "note", "meta"]].concat(),
        Place::Steps => [branch(context), vec!["alt", "opt", "loop", "par", "note"]].concat(),
        Place::Environment => vec!["without", "meta"],
        Place::Rule => vec!["example", "meta"],
        Place::Kind => vec!["property", "meter", "limit", "retired"],
        Place::Element | Place::Edge | Place::Use | Place::View | Place::Decision => vec!["meta"],
        Place::PropertyDeclaration | Place::Metering | Place::Wire | Place::Retired | Place::Free => Vec::new(),
    }
}

/// The word of a further branch, after a block that can have one.
fn branch(context: &Context<'_>) -> Vec<&'static str> {
    let last = context.position.blocks.last().and_then(|block| block.last.clone());
    match last.map(|last| context.position.slice(last)) {
        Some("alt" | "else") => vec!["else"],
        Some("par" | "and") => vec!["and"],
        _ => Vec::new(),
    }
}

/// Offers the words that begin a statement where the cursor stands.
pub(super) fn keywords(context: &Context<'_>, items: &mut Items) {
    let is_set = |word: &str| ["meta", "retired"].contains(&word) && context.position.keys.contains(&word);
    add(context, items, words(context).into_iter().filter(|word| !is_set(word)).collect());
}

/// Offers the word of a further branch, after a block that can have one.
pub(super) fn branches(context: &Context<'_>, items: &mut Items) {
    if matches!(context.place, Place::Scenario | Place::Steps) {
        add(context, items, branch(context));
    }
}

fn add(context: &Context<'_>, items: &mut Items, words: Vec<&'static str>) {
    let rest = context.position.rest_of_line().trim_start();
    let is_alone = rest.is_empty() || rest.starts_with(['}', ',']);
    for word in words {
        let Some(keyword) = KEYWORDS.iter().find(|keyword| keyword.word == word) else { continue };
        let tier = if word == "meta" { 6 } else { 1 };
        let item = Item::new(Sort::Keyword, word).detail(keyword.summary).about_word(word).tier(tier);
        let snippet = keyword.snippet.replace("@today", &context.snapshot.today.to_string());
        items.add(if is_alone { item.snippet(snippet) } else { item });
    }
}

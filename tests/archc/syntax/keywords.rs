//! No word is reserved: each can be a name, wherever names stand.

use archc::syntax::ast::{Keyword, Statement};

use super::parse;

/// Words that mean something to the grammar besides the keywords of declarations, or look as if they did.
const WORDS: [&str; 62] = [
    "via",
    "as",
    "is",
    "follows",
    "property",
    "meter",
    "limit",
    "wire",
    "only",
    "never",
    "retired",
    "through",
    "soft",
    "hard",
    "alt",
    "opt",
    "loop",
    "par",
    "else",
    "and",
    "note",
    "without",
    "meta",
    "of",
    "end",
    "true",
    "false",
    "in",
    "out",
    "deny",
    "because",
    "show",
    "collapse",
    "all",
    "default",
    "from",
    "to",
    "import",
    "self",
    "none",
    "null",
    "type",
    "category",
    "shape",
    "abstract",
    "require",
    "direction",
    "region",
    "text",
    "number",
    "count",
    "size",
    "date",
    "list",
    "one_of",
    "element",
    "edge",
    "flowchart",
    "subgraph",
    "graph",
    "class",
    "style",
];

fn words() -> impl Iterator<Item = &'static str> {
    Keyword::ALL.into_iter().map(Keyword::word).chain(WORDS)
}

/// A file that uses a word for everything that has a name.
fn every_place(word: &str) -> String {
    format!(
        r#"architecture {word} "Title" {{
  {word} = {word}
  other = [{word}, {word}], {word} = {word}({word}, {word} = {word}) + {word}
  {word}.{word} = {word}.{word}
  service {word}: {word} "Label" {{ {word} = {word} }}
  service {word}: {word}
  external {word}
  person {word} "Label"
  group {word} {{ {word} -> {word} }}
  group {word} "Group" {{
  }}
  {word} -> {word}
  {word} -> {word} "label"
  {word} => {word}, {word} ~> {word} -> {word}
  a.{word}, {word} -> {word}.b
  {word} -> {word} via {word}
  {word} -> {word} via {word}: {word} "label" {{ {word} = 1 }}
  {word} -> {word} via {word}, {word}
}}
architecture {word} follows {word}, {word}
kind {word} is {word} "Kind" {{
  property {word}: {word} = {word}
  property {word}: {word}({word}) {{ {word} = {word} }}
  meter "m" = {word} * {word}({word}) @ {word}
  limit "l" {word} <= {word}
  limit "l" {word} <= {word} soft
}}
wire {word} -> {word}
wire {word}, {word} ~> {word}, {word} only
wire {word} => {word} through {word}, {word} {{ {word} = 1 }}
view {word} {{ show = {word} -> {word} & {word} }}
rule {word} "Rule" {{ example {word} {{ {word} = 1 }} }}
decision {word} {{ }}
environment {word} is {word} {{ without {word}, {word} }}
pattern {word}({word}: {word} = {word}, {word}: {word}) {{ {word} -> {word} }}
use {word}({word}, {word} = {word}) as {word}
use {word} as {word} "Title"
extend {word} {{ {word} = 1 }}
scenario {word} "S" {{
  {word} <- {word}
  note {word}, {word} "text"
  alt {{ {word} -> {word} }} else {{ {word} -> {word} }}
}}
@{word}({word}/{word}, {word}, {word} = {word})
service {word}: {word}
"#
    )
}

#[test]
fn every_word_is_a_name_in_every_place() {
    let reference = outline(&every_place("ordinary"));
    for word in words() {
        let text = every_place(word);
        let (_, _, parse) = parse(&text);
        let first = parse.diagnostics.first();
        assert!(first.is_none(), "`{word}`: {first:?} in {:?}", first.map(|it| &text[it.primary.span.range()]));
        assert_eq!(outline(&text), reference.replace("ordinary", word), "`{word}` is taken for something else");
    }
}

fn outline(text: &str) -> String {
    super::outline::file(&parse(text).2.tree, text)
}

/// Sections have no keyword, so that one named like a declaration's keyword would be a declaration without its name.
/// The sections there are (`meta`, `retired`) and all other words can name one.
#[test]
fn sections_are_named_by_any_word_that_declares_nothing() {
    for word in WORDS.into_iter().filter(|word| !["alt", "opt", "loop", "par"].contains(word)) {
        let (_, _, parse) = parse(&format!("a {{\n  {word} {{ key = 1 }}\n}}\n"));
        assert!(parse.diagnostics.is_empty(), "`{word}`: {:?}", parse.diagnostics);
    }
}

#[test]
fn a_keyword_alone_on_its_line_before_an_arrow_is_an_end() {
    for word in words() {
        let (_, _, parse) = parse(&format!("{word}\n  -> {word}\n"));
        assert!(parse.diagnostics.is_empty(), "`{word}`: {:?}", parse.diagnostics);
        assert!(matches!(parse.tree.statements.as_slice(), [Statement::Edge(_)]), "`{word}` begins no edge");
    }
}

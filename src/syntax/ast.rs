//! The tree of one file: what was written, with the place of each part. Names are not resolved here.

use smol_str::SmolStr;

use crate::source::{FileId, Span};

/// A file, as far as it was understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct File {
    /// Documentation of the file (`//!`).
    pub doc: Option<Doc>,
    /// The statements at the top of the file.
    pub statements: Vec<Statement>,
    /// Comments and blank lines, in the order of the text.
    pub trivia: Vec<Trivia>,
    /// Names that a broken declaration may have meant to declare: what refers to them is not a second mistake.
    pub poisoned: Vec<Path>,
}

/// A comment or a blank line: no part of the meaning, kept for the formatter and the editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trivia {
    /// Which of the two.
    pub kind: TriviaKind,
    /// Of a comment, from its `//` to the end of the line; of a blank line, from the break before it.
    pub span: Span,
}

/// Kinds of [`Trivia`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriviaKind {
    /// `// …`
    Comment,
    /// A line without text.
    BlankLine,
}

/// A name or a dotted path, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The whole text, such as `aws.kinesis.stream`.
    pub text: SmolStr,
    /// Where.
    pub span: Span,
}

impl Path {
    /// The names between the dots, each with its place.
    pub fn segments(&self) -> impl Iterator<Item = (&str, Span)> {
        let mut start = 0;
        self.text.split('.').map(move |segment| {
            let span = self.span.slice(start, start + segment.len());
            start += segment.len() + 1;
            (segment, span)
        })
    }
}

/// A string with its escapes resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The content.
    pub value: SmolStr,
    /// Where, quotes included.
    pub span: Span,
}

/// Documentation: Markdown without the comment marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doc {
    /// The Markdown.
    pub text: String,
    /// Where, marks included.
    pub span: Span,
    /// Of each line of `text`: the place of its first byte in the file.
    pub lines: Vec<Span>,
}

impl Doc {
    /// A text of Markdown in a file of its own, from `start` to the end of the file; none if that is blank.
    pub fn of_file(file: FileId, text: &str, start: usize) -> Option<Doc> {
        let body = text.get(start..).filter(|body| !body.trim().is_empty())?;
        let mut at = start;
        let lines = body.split('\n').map(|line| {
            let span = Span::of(file, at..at + line.len());
            at += line.len() + 1;
            span
        });
        Some(Doc { lines: lines.collect(), span: Span::of(file, start..text.len()), text: body.to_owned() })
    }

    /// The place in the file of a byte range of [`Doc::text`]. A range over several lines is cut at the first line's end.
    pub fn span_of(&self, range: std::ops::Range<usize>) -> Span {
        if self.span.range().len() == self.text.len() {
            // Without marks, as in a file of its own, there is nothing to count.
            let end = self.text.get(range.clone()).and_then(|text| text.find('\n'));
            return self.span.slice(range.start, end.map_or(range.end, |length| range.start + length));
        }
        let mut line_start = 0;
        for (line, span) in self.text.split('\n').zip(&self.lines) {
            if range.start <= line_start + line.len() {
                return span.slice(range.start.saturating_sub(line_start), range.end.saturating_sub(line_start));
            }
            line_start += line.len() + 1;
        }
        self.span
    }
}

/// `@name(arguments)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// The name after the `@`.
    pub name: Path,
    /// What stands in the parentheses.
    pub arguments: Vec<Argument>,
    /// Where.
    pub span: Span,
}

/// An argument of a call or of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// `name =`, if it is named.
    pub name: Option<Path>,
    /// The value.
    pub value: Value,
}

/// What stands before a statement and belongs to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preamble {
    /// `///` documentation.
    pub doc: Option<Doc>,
    /// `@…` attributes.
    pub attributes: Vec<Attribute>,
}

/// `{ … }`.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// What stands in it.
    pub statements: Vec<Statement>,
    /// Where, braces included.
    pub span: Span,
    /// Whether the closing brace is there.
    pub closed: bool,
}

/// One statement of a file or a block.
#[derive(Clone, Debug, PartialEq)]
pub enum Statement {
    /// `service …`, `architecture …`, `view …` and all others that begin with a keyword and a name.
    Declaration(Box<Declaration>),
    /// `a -> b`.
    Edge(Box<Edge>),
    /// `key = value`.
    Property(Property),
    /// `meta { … }`.
    Section(Section),
    /// `property name: type`, in a kind.
    PropertyDeclaration(Box<PropertyDeclaration>),
    /// `meter "…" = …`, in a kind.
    Meter(Box<Meter>),
    /// `limit "…" …`, in a kind.
    Limit(Box<Limit>),
    /// `wire a -> b`.
    Wire(Box<Wire>),
    /// `alt { … } else { … }`, `loop { … }` and the like, in a scenario.
    Steps(Steps),
    /// `note a "…"`, in a scenario.
    Note(Note),
    /// `without x`, in an environment.
    Without(Without),
}

impl Statement {
    /// Where the statement stands, its documentation and attributes not included.
    pub fn span(&self) -> Span {
        match self {
            Statement::Declaration(it) => it.span,
            Statement::Edge(it) => it.span,
            Statement::Property(it) => it.span,
            Statement::Section(it) => it.span,
            Statement::PropertyDeclaration(it) => it.span,
            Statement::Meter(it) => it.span,
            Statement::Limit(it) => it.span,
            Statement::Wire(it) => it.span,
            Statement::Steps(it) => it.span,
            Statement::Note(it) => it.span,
            Statement::Without(it) => it.span,
        }
    }
}

impl Statement {
    /// Its documentation and attributes; `None` for statements that take neither.
    pub fn preamble(&self) -> Option<&Preamble> {
        match self {
            Statement::Declaration(it) => Some(&it.preamble),
            Statement::Edge(it) => Some(&it.preamble),
            Statement::PropertyDeclaration(it) => Some(&it.preamble),
            Statement::Meter(it) => Some(&it.preamble),
            Statement::Limit(it) => Some(&it.preamble),
            Statement::Wire(it) => Some(&it.preamble),
            Statement::Property(_)
            | Statement::Section(_)
            | Statement::Steps(_)
            | Statement::Note(_)
            | Statement::Without(_) => None,
        }
    }

    /// Its blocks, in the order of the text: several for the branches of [`Steps`], else one or none.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        let (one, branches) = match self {
            Statement::Declaration(it) => (it.block.as_ref(), None),
            Statement::Edge(it) => (it.block.as_ref(), None),
            Statement::Section(it) => (Some(&it.block), None),
            Statement::PropertyDeclaration(it) => (it.block.as_ref(), None),
            Statement::Meter(it) => (it.block.as_ref(), None),
            Statement::Limit(it) => (it.block.as_ref(), None),
            Statement::Wire(it) => (it.block.as_ref(), None),
            Statement::Steps(it) => (None, Some(&it.branches)),
            Statement::Property(_) | Statement::Note(_) | Statement::Without(_) => (None, None),
        };
        one.into_iter().chain(branches.into_iter().flatten().map(|branch| &branch.block))
    }

    pub(super) fn blocks_mut(&mut self) -> impl Iterator<Item = &mut Block> {
        let (one, branches) = match self {
            Statement::Declaration(it) => (it.block.as_mut(), None),
            Statement::Edge(it) => (it.block.as_mut(), None),
            Statement::Section(it) => (Some(&mut it.block), None),
            Statement::PropertyDeclaration(it) => (it.block.as_mut(), None),
            Statement::Meter(it) => (it.block.as_mut(), None),
            Statement::Limit(it) => (it.block.as_mut(), None),
            Statement::Wire(it) => (it.block.as_mut(), None),
            Statement::Steps(it) => (None, Some(&mut it.branches)),
            Statement::Property(_) | Statement::Note(_) | Statement::Without(_) => (None, None),
        };
        one.into_iter().chain(branches.into_iter().flatten().map(|branch| &mut branch.block))
    }
}

/// The word a [`Declaration`] begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Keyword {
    /// One system.
    Architecture,
    /// Something we run.
    Service,
    /// A system we do not run.
    External,
    /// People.
    Person,
    /// A boundary.
    Group,
    /// A diagram of a selection.
    View,
    /// A sequence of steps.
    Scenario,
    /// A set of overrides.
    Environment,
    /// A reusable piece.
    Pattern,
    /// An instance of a pattern.
    Use,
    /// A policy.
    Rule,
    /// A test of a policy.
    Example,
    /// A decision record.
    Decision,
    /// A kind of service.
    Kind,
    /// More content for an architecture or a group that is declared elsewhere.
    Extend,
}

impl Keyword {
    /// All keywords of declarations.
    pub const ALL: [Keyword; 15] = [
        Keyword::Architecture,
        Keyword::Service,
        Keyword::External,
        Keyword::Person,
        Keyword::Group,
        Keyword::View,
        Keyword::Scenario,
        Keyword::Environment,
        Keyword::Pattern,
        Keyword::Use,
        Keyword::Rule,
        Keyword::Example,
        Keyword::Decision,
        Keyword::Kind,
        Keyword::Extend,
    ];

    /// The word as it is written.
    pub fn word(self) -> &'static str {
        match self {
            Keyword::Architecture => "architecture",
            Keyword::Service => "service",
            Keyword::External => "external",
            Keyword::Person => "person",
            Keyword::Group => "group",
            Keyword::View => "view",
            Keyword::Scenario => "scenario",
            Keyword::Environment => "environment",
            Keyword::Pattern => "pattern",
            Keyword::Use => "use",
            Keyword::Rule => "rule",
            Keyword::Example => "example",
            Keyword::Decision => "decision",
            Keyword::Kind => "kind",
            Keyword::Extend => "extend",
        }
    }

    /// The keyword of a word.
    pub fn of(word: &str) -> Option<Keyword> {
        Keyword::ALL.into_iter().find(|keyword| keyword.word() == word)
    }
}

/// A named declaration. Which parts a keyword takes is the grammar's matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Declaration {
    /// Documentation and attributes.
    pub preamble: Preamble,
    /// The keyword.
    pub keyword: Keyword,
    /// The declared name; of `use` and `extend`, the name of what is used or extended.
    pub name: Option<Path>,
    /// `: KIND`.
    pub kind: Option<Path>,
    /// `is a, b`.
    pub is: Vec<Path>,
    /// `follows a, b`.
    pub follows: Vec<Path>,
    /// `(name: type = default, …)` of a pattern.
    pub parameters: Vec<Parameter>,
    /// `(…)` of a `use`.
    pub arguments: Vec<Argument>,
    /// `as NAME` of a `use`.
    pub alias: Option<Path>,
    /// The title or label.
    pub title: Option<Text>,
    /// The block.
    pub block: Option<Block>,
    /// Of a group that stands for the `use` of a pattern: where it comes from. The parser makes none.
    pub instance: Option<Box<Instance>>,
    /// From the keyword to the end of the block.
    pub span: Span,
}

/// What a group owes to the pattern that it is an instance of.
#[derive(Clone, Debug, PartialEq)]
pub struct Instance {
    /// Its number, which the places of the statements in its block have.
    pub number: u32,
    /// The name of the pattern, as the `use` gives it.
    pub pattern: Path,
    /// Documentation and attributes of the pattern.
    pub preamble: Preamble,
    /// Where the pattern stands, in this instance.
    pub span: Span,
    /// What the block of the `use` says of the group.
    pub settings: Vec<Statement>,
    /// The names of the parameters that stand for elements.
    pub bindings: Vec<Binding>,
}

/// A name inside an instance that stands for an element outside of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Binding {
    /// The parameter.
    pub name: Path,
    /// The sort of element that is asked for, as the pattern names it.
    pub sort: Path,
    /// The name as it is known where the `use` stands; none if it is missing, which has its own finding.
    pub to: Option<Path>,
}

impl Declaration {
    /// A declaration without a name and without anything in it.
    pub fn new(keyword: Keyword, span: Span) -> Declaration {
        Declaration {
            preamble: Preamble::default(),
            keyword,
            name: None,
            kind: None,
            is: Vec::new(),
            follows: Vec::new(),
            parameters: Vec::new(),
            arguments: Vec::new(),
            alias: None,
            title: None,
            block: None,
            instance: None,
            span,
        }
    }

    /// The statements of the block; none without a block.
    pub fn statements(&self) -> &[Statement] {
        self.block.as_ref().map_or(&[], |block| &block.statements)
    }

    /// The place to point at when the declaration as a whole is meant: its name, or all of it.
    pub fn name_span(&self) -> Span {
        self.name.as_ref().map_or(self.span, |name| name.span)
    }
}

/// `name: type = default`, of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: Path,
    /// Its type.
    pub ty: Type,
    /// Its default.
    pub default: Option<Value>,
}

/// The type of a property or a parameter: `size`, `one_of(a, b)`, `list(text)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Type {
    /// The name of the type.
    pub name: Path,
    /// What stands in the parentheses.
    pub arguments: Vec<Argument>,
    /// Where.
    pub span: Span,
}

/// `a -> b, c -> d via x "label" { … }`: one or more edges.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// Documentation and attributes.
    pub preamble: Preamble,
    /// The ends the chain begins with.
    pub first: Vec<Path>,
    /// The steps of the chain, at least one.
    pub steps: Vec<EdgeStep>,
    /// The services that carry it, in order.
    pub carriers: Vec<Carrier>,
    /// The label.
    pub label: Option<Text>,
    /// The block.
    pub block: Option<Block>,
    /// Where.
    pub span: Span,
}

impl Edge {
    /// The statements of the block; none without a block.
    pub fn statements(&self) -> &[Statement] {
        self.block.as_ref().map_or(&[], |block| &block.statements)
    }
}

/// An arrow and the ends it leads to.
#[derive(Clone, Debug, PartialEq)]
pub struct EdgeStep {
    /// The arrow.
    pub arrow: Arrow,
    /// Where the arrow stands.
    pub arrow_span: Span,
    /// The ends; none if they are missing.
    pub to: Vec<Path>,
}

/// What moves along an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Arrow {
    /// `->`: data moves.
    Data,
    /// `=>`: a call that waits for its answer.
    Call,
    /// `~>`: a side channel.
    Side,
    /// `<-`: a reply, in a scenario.
    Reply,
}

impl Arrow {
    /// The arrow as it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Arrow::Data => "->",
            Arrow::Call => "=>",
            Arrow::Side => "~>",
            Arrow::Reply => "<-",
        }
    }
}

/// A service that carries an edge: `via name: kind`, `via kind`, or `via name`.
#[derive(Clone, Debug, PartialEq)]
pub struct Carrier {
    /// The name before the colon.
    pub name: Option<Path>,
    /// A kind, or the name of a service declared elsewhere.
    pub target: Path,
    /// Where.
    pub span: Span,
}

/// `key = value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Property {
    /// The key, dotted where it reaches into another element.
    pub key: Path,
    /// The value; none if it could not be read, which has its own finding.
    pub value: Option<Value>,
    /// Where.
    pub span: Span,
}

/// `name { … }`.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// The name.
    pub name: Path,
    /// The block.
    pub block: Block,
    /// Where.
    pub span: Span,
}

/// `property name: type = default { … }`.
#[derive(Clone, Debug, PartialEq)]
pub struct PropertyDeclaration {
    /// Documentation and attributes.
    pub preamble: Preamble,
    /// The name.
    pub name: Path,
    /// The type.
    pub ty: Type,
    /// The default.
    pub default: Option<Value>,
    /// Range and source.
    pub block: Option<Block>,
    /// Where.
    pub span: Span,
}

/// `meter "name" = quantity @ price`.
#[derive(Clone, Debug, PartialEq)]
pub struct Meter {
    /// Documentation and attributes.
    pub preamble: Preamble,
    /// The name.
    pub name: Text,
    /// The quantity.
    pub quantity: Value,
    /// The price row.
    pub price: Path,
    /// Source and notes.
    pub block: Option<Block>,
    /// Where.
    pub span: Span,
}

/// `limit "name" condition soft|hard`.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// Documentation and attributes.
    pub preamble: Preamble,
    /// The name.
    pub name: Text,
    /// What must hold.
    pub condition: Value,
    /// Whether it can be raised: `soft` can, `hard` cannot.
    pub soft: Option<bool>,
    /// Source and notes.
    pub block: Option<Block>,
    /// Where.
    pub span: Span,
}

/// `wire a, b -> c, d modality { … }`.
#[derive(Clone, Debug, PartialEq)]
pub struct Wire {
    /// Documentation and attributes.
    pub preamble: Preamble,
    /// The kinds it starts from; `*` is any.
    pub from: Vec<Path>,
    /// Along which arrows.
    pub arrow: Arrow,
    /// The kinds it leads to; `*` is any.
    pub to: Vec<Path>,
    /// What it says of the pairs.
    pub modality: Modality,
    /// Source, date and note.
    pub block: Option<Block>,
    /// Where.
    pub span: Span,
}

/// What a wiring fact says of its pairs.
#[derive(Clone, Debug, PartialEq)]
pub enum Modality {
    /// They work.
    Works,
    /// They work, and nothing else does.
    Only,
    /// They cannot work.
    Never,
    /// They worked once.
    Retired,
    /// They need one of these between them.
    Through(Vec<Path>),
}

/// A block of steps in a scenario, with its branches.
#[derive(Clone, Debug, PartialEq)]
pub struct Steps {
    /// `alt`, `opt`, `loop`, `par`, then `else` or `and`; each with its title and block.
    pub branches: Vec<Branch>,
    /// Where.
    pub span: Span,
}

/// One branch of [`Steps`].
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// The word it begins with.
    pub word: Path,
    /// Its title.
    pub title: Option<Text>,
    /// Its steps.
    pub block: Block,
}

/// `note a, b "text"`.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// The elements it stands over.
    pub over: Vec<Path>,
    /// The text.
    pub text: Text,
    /// Where.
    pub span: Span,
}

/// `without a, b`.
#[derive(Clone, Debug, PartialEq)]
pub struct Without {
    /// The elements that are absent.
    pub names: Vec<Path>,
    /// Where.
    pub span: Span,
}

/// A value or an expression, with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// What it is.
    pub kind: ValueKind,
    /// Where.
    pub span: Span,
}

impl Value {
    /// The number of values that it is made of, itself included.
    pub fn size(&self) -> usize {
        1 + self.parts().into_iter().map(Value::size).sum::<usize>()
    }

    /// How many values stand in each other at the deepest place.
    pub fn depth(&self) -> usize {
        1 + self.parts().into_iter().map(Value::depth).max().unwrap_or_default()
    }

    /// The values that it is made of, in the order of the text.
    pub fn parts(&self) -> Vec<&Value> {
        match &self.kind {
            ValueKind::Load(load) => vec![&load.0, &load.1],
            ValueKind::List(items) => items.iter().collect(),
            ValueKind::Call(_, arguments) => arguments.iter().map(|argument| &argument.value).collect(),
            ValueKind::Negative(inner) => vec![&**inner],
            ValueKind::Binary(binary) => vec![&binary.left, &binary.right],
            ValueKind::Text(_)
            | ValueKind::Path(_)
            | ValueKind::Number(_)
            | ValueKind::Date(_)
            | ValueKind::RuleCode(_)
            | ValueKind::Star => Vec::new(),
        }
    }
}

/// Forms of [`Value`].
#[derive(Clone, Debug, PartialEq)]
pub enum ValueKind {
    /// `"text"`.
    Text(SmolStr),
    /// `name` or `a.b`.
    Path(SmolStr),
    /// `512 MB`, as written: units are the matter of `quantity`.
    Number(SmolStr),
    /// `5_000/s of 1 KB`: a rate, and the size of one.
    Load(Box<(Value, Value)>),
    /// `2026-11-17`, as written.
    Date(SmolStr),
    /// `wiring/unsupported`, in an attribute.
    RuleCode(SmolStr),
    /// `[a, b]`.
    List(Vec<Value>),
    /// `f(a, b = c)`.
    Call(Path, Vec<Argument>),
    /// `*`.
    Star,
    /// `-a`.
    Negative(Box<Value>),
    /// `a + b`.
    Binary(Box<Binary>),
}

/// An operator between two values.
#[derive(Clone, Debug, PartialEq)]
pub struct Binary {
    /// On the left.
    pub left: Value,
    /// The operator.
    pub operator: Operator,
    /// On the right.
    pub right: Value,
}

/// Operators of expressions and selectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `->`, `=>`, `~>`.
    Flows(Arrow),
    /// `==`.
    Equal,
    /// `!=`.
    NotEqual,
    /// `<=`.
    AtMost,
    /// `>=`.
    AtLeast,
    /// `<`.
    Less,
    /// `>`.
    Greater,
    /// `+`.
    Add,
    /// `-`.
    Subtract,
    /// `*`.
    Multiply,
    /// `/`.
    Divide,
    /// `&`.
    Intersect,
}

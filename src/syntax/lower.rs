//! From pest's pairs to the tree: files, blocks, and the statements in them.

use pest::error::InputLocation;

use super::ast::{
    Argument, Attribute, Block, Branch, Doc, File, Note, Path, Preamble, Section, Statement, Steps, Trivia, TriviaKind,
    Value, Without,
};
use super::grammar::{self, Pair, Rule};
use super::{MAX_NESTING, Parse, characters, foreign, mistake, statement, text};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, MAX_FILE_SIZE, Span};

pub(super) fn parse(file: FileId, text: &str) -> Parse {
    if text.len() > MAX_FILE_SIZE {
        let start = Span { file, start: 0, end: 0 };
        return failed(mistake::file_too_large(start));
    }
    match grammar::parse(text) {
        Ok(pairs) => {
            let mut lowering = Lowering::new(file, text);
            let tree = lowering.file(pairs);
            lowering.diagnostics.extend(characters::invisible(file, text));
            Parse { tree, diagnostics: lowering.diagnostics, ..Parse::default() }
        }
        Err(error) => {
            let (InputLocation::Pos(at) | InputLocation::Span((at, _))) = error.location;
            let whole = Span { file, start: 0, end: u32::try_from(text.len()).unwrap_or(u32::MAX) };
            failed(mistake::nested_too_deep(whole.slice(at, at + 1)))
        }
    }
}

/// Statements that stand next to each other, with what was found in them; places count from the start of the text.
pub(super) struct Part {
    pub(super) statements: Vec<Statement>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) trivia: Vec<Trivia>,
    pub(super) poisoned: Vec<Path>,
}

/// Parses statements that stand next to each other, so many levels deep. None if the text is no such thing, or begins with
/// what only the start of a file can have.
pub(super) fn parse_part(file: FileId, text: &str, depth: usize) -> Option<Part> {
    let pairs = grammar::parse_part(text, depth == 0).ok()?;
    let mut lowering = Lowering { depth, ..Lowering::new(file, text) };
    let mut statements = Statements::default();
    for pair in pairs.flat_map(Pair::into_inner) {
        lowering.statement(pair, &mut statements);
    }
    lowering.reject_pending(&mut statements.pending);
    lowering.trivia.sort_by_key(|trivia| trivia.span.start);
    let Lowering { diagnostics, trivia, poisoned, .. } = lowering;
    statements.file_doc.is_none().then_some(Part { statements: statements.done, diagnostics, trivia, poisoned })
}

pub(super) fn parse_value(file: FileId, text: &str) -> Result<Value, Box<Diagnostic>> {
    let whole = Span { file, start: 0, end: u32::try_from(text.len()).unwrap_or(u32::MAX) };
    let unread = |at: usize| Box::new(mistake::not_a_value(whole.slice(at, text.len())));
    let pairs = grammar::parse_value(text).map_err(|error| {
        let (InputLocation::Pos(at) | InputLocation::Span((at, _))) = error.location;
        unread(at)
    })?;
    let mut lowering = Lowering::new(file, text);
    let mut parts = pairs.flat_map(Pair::into_inner).filter(|pair| pair.as_rule() != Rule::comment);
    let value = lowering.value(&mut parts);
    match lowering.diagnostics.into_iter().next() {
        Some(first) => Err(Box::new(first)),
        None => value.ok_or_else(|| unread(0)),
    }
}

fn failed(diagnostic: Diagnostic) -> Parse {
    Parse { diagnostics: vec![diagnostic], ..Parse::default() }
}

/// The state of one file's lowering.
pub(super) struct Lowering<'t> {
    file: FileId,
    pub(super) text: &'t str,
    pub(super) diagnostics: Vec<Diagnostic>,
    trivia: Vec<Trivia>,
    pub(super) poisoned: Vec<Path>,
    depth: usize,
}

/// The statements of a block or a file in the making.
#[derive(Default)]
struct Statements {
    done: Vec<Statement>,
    file_doc: Option<Doc>,
    pending: Preamble,
    /// Whether the last statement had a mistake: what trails it is part of the same one.
    broken: bool,
}

impl<'t> Lowering<'t> {
    fn new(file: FileId, text: &'t str) -> Lowering<'t> {
        Lowering { file, text, diagnostics: Vec::new(), trivia: Vec::new(), poisoned: Vec::new(), depth: 0 }
    }

    fn file(&mut self, pairs: impl Iterator<Item = Pair<'t>>) -> File {
        let mut statements = Statements::default();
        for pair in pairs.flat_map(Pair::into_inner) {
            self.statement(pair, &mut statements);
        }
        self.reject_pending(&mut statements.pending);
        self.trivia.sort_by_key(|trivia| trivia.span.start);
        File {
            doc: statements.file_doc,
            statements: statements.done,
            trivia: std::mem::take(&mut self.trivia),
            poisoned: std::mem::take(&mut self.poisoned),
        }
    }

    /// Lowers a block. Blocks are where nesting is counted, since only they and values nest.
    pub(super) fn block(&mut self, pair: Pair<'t>) -> Block {
        let mut span = self.span(&pair);
        let mut statements = Statements::default();
        let mut closed = true;
        let inside = self.nested(span, |lowering| {
            for pair in pair.into_inner() {
                match pair.as_rule() {
                    Rule::close => {}
                    Rule::late_open => {
                        let late = lowering.span(&pair);
                        span.start = late.end;
                        lowering.report(foreign::brace_on_its_own_line(late, span));
                    }
                    Rule::missing_close => closed = false,
                    _ => lowering.statement(pair, &mut statements),
                }
            }
        });
        if inside.is_some() {
            self.reject_pending(&mut statements.pending);
        }
        if !closed {
            self.report(mistake::unclosed_block(self.text, span));
        }
        Block { statements: statements.done, span, closed }
    }

    /// Runs `lower` one level deeper, or reports that the text is nested too deep and gives nothing.
    pub(super) fn nested<T>(&mut self, span: Span, lower: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth >= MAX_NESTING {
            self.report(mistake::nested_too_deep(span.slice(0, 1)));
            return None;
        }
        self.depth += 1;
        let result = lower(self);
        self.depth -= 1;
        Some(result)
    }

    fn statement(&mut self, pair: Pair<'t>, into: &mut Statements) {
        match pair.as_rule() {
            Rule::comment => self.trivia(&pair, TriviaKind::Comment),
            Rule::blank_line => self.trivia(&pair, TriviaKind::BlankLine),
            Rule::doc | Rule::file_doc | Rule::attribute => self.preamble(pair, into),
            Rule::separator => {
                let span = self.span(&pair);
                let last = into.done.last().filter(|it| matches!(it, Statement::Property(_)));
                let between = last.and_then(|it| self.text.get(it.span().end as usize..span.start as usize));
                let is_listed = between.is_some_and(|between| !between.contains('\n'));
                self.report(foreign::separator(self.text, is_listed, span));
            }
            Rule::foreign_comment => self.report(foreign::comment(pair.as_str(), self.span(&pair))),
            Rule::stray_close => self.report(mistake::stray_close(self.span(&pair))),
            Rule::trailing => self.trailing(&pair, into),
            Rule::EOI => {}
            _ => {
                let before = self.diagnostics.len();
                let preamble = std::mem::take(&mut into.pending);
                into.done.extend(self.proper_statement(pair, preamble));
                into.broken = self.diagnostics.len() > before;
            }
        }
    }

    fn proper_statement(&mut self, pair: Pair<'t>, mut preamble: Preamble) -> Option<Statement> {
        let statement = match pair.as_rule() {
            Rule::element | Rule::container | Rule::unknown_declaration => return self.declaration(pair, preamble),
            Rule::pattern => Statement::Declaration(Box::new(self.pattern(pair, preamble))),
            Rule::r#use => Statement::Declaration(Box::new(self.use_of_pattern(pair, preamble))),
            Rule::example => Statement::Declaration(Box::new(self.example(pair, preamble))),
            Rule::edge => Statement::Edge(Box::new(self.edge(pair, preamble))),
            Rule::property_declaration => {
                Statement::PropertyDeclaration(Box::new(self.property_declaration(pair, preamble)?))
            }
            Rule::meter => Statement::Meter(Box::new(self.meter(pair, preamble)?)),
            Rule::limit => Statement::Limit(Box::new(self.limit(pair, preamble)?)),
            Rule::wire => Statement::Wire(Box::new(self.wire(pair, preamble))),
            Rule::junk | Rule::lone_names => {
                self.not_a_statement(&pair);
                return None;
            }
            _ => {
                self.reject_pending(&mut preamble);
                return self.bare_statement(pair);
            }
        };
        Some(statement)
    }

    /// Statements that take neither documentation nor attributes.
    fn bare_statement(&mut self, pair: Pair<'t>) -> Option<Statement> {
        let span = self.span(&pair);
        Some(match pair.as_rule() {
            Rule::property => self.property(pair)?,
            Rule::section => {
                let mut inner = pair.into_inner();
                let name = self.path(&inner.next()?);
                Statement::Section(Section { name, block: self.block(inner.next()?), span })
            }
            Rule::steps => {
                let mut branches = Vec::new();
                self.branches(pair, &mut branches);
                Statement::Steps(Steps { branches, span })
            }
            Rule::note => {
                let mut over: Vec<_> = pair.into_inner().collect();
                let text = self.text(&over.pop()?);
                Statement::Note(Note { over: over.iter().map(|path| self.path(path)).collect(), text, span })
            }
            Rule::without => {
                let names = pair.into_inner().map(|path| self.path(&path)).collect();
                Statement::Without(Without { names, span })
            }
            _ => return None,
        })
    }

    fn not_a_statement(&mut self, pair: &Pair<'t>) {
        let span = self.span(pair);
        if pair.as_rule() == Rule::lone_names {
            self.report(mistake::names_without_arrow(span, pair.as_str()));
        } else {
            self.poisoned.extend(mistake::name_in_junk(self.text, span));
            self.report(statement::not_a_statement(self.text, span));
        }
    }

    fn branches(&mut self, pair: Pair<'t>, into: &mut Vec<Branch>) {
        let (mut word, mut title) = (None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::steps_word | Rule::branch_word => word = Some(self.path(&part)),
                Rule::branch => self.branches(part, into),
                Rule::block => {
                    let Some(word) = word.take() else { continue };
                    into.push(Branch { word, title: title.take(), block: self.block(part) });
                }
                Rule::comment => self.trivia(&part, TriviaKind::Comment),
                _ => title = Some(self.text(&part)),
            }
        }
    }

    /// Text after a complete statement. After a statement with a mistake it is part of the same mistake.
    fn trailing(&mut self, pair: &Pair<'t>, into: &mut Statements) {
        if !into.broken {
            let last = into.done.last();
            self.report(statement::trailing(self.text, self.span(pair), last));
        }
        into.broken = true;
    }

    fn preamble(&mut self, pair: Pair<'t>, into: &mut Statements) {
        let span = self.span(&pair);
        match pair.as_rule() {
            Rule::doc => {
                let doc = text::doc(pair.as_str(), span);
                match &mut into.pending.doc {
                    // A comment or an attribute between its lines does not part documentation.
                    Some(earlier) => text::append_doc(earlier, doc),
                    none => *none = Some(doc),
                }
            }
            Rule::file_doc if into.file_doc.is_none() && into.done.is_empty() && self.depth == 0 => {
                into.file_doc = Some(text::doc(pair.as_str(), span));
            }
            Rule::file_doc => self.report(mistake::late_file_doc(span)),
            _ => into.pending.attributes.extend(self.attribute(pair, span)),
        }
    }

    fn attribute(&mut self, pair: Pair<'t>, span: Span) -> Option<Attribute> {
        let mut inner = pair.into_inner();
        let name = self.path(&inner.next()?);
        if let Some(list) = inner.peek().filter(|part| part.as_rule() == Rule::bad_list) {
            self.report(mistake::bad_arguments(&name, self.span(&list)));
            return None;
        }
        let arguments: Vec<Argument> = self.arguments(inner);
        Some(Attribute { name, arguments, span })
    }

    fn reject_pending(&mut self, pending: &mut Preamble) {
        let pending = std::mem::take(pending);
        if let Some(doc) = pending.doc {
            self.report(mistake::dangling("documentation", doc.span));
        }
        for attribute in pending.attributes {
            self.report(mistake::dangling("attribute", attribute.span));
        }
    }

    pub(super) fn trivia(&mut self, pair: &Pair<'t>, kind: TriviaKind) {
        let span = self.span(pair);
        self.trivia.push(Trivia { kind, span });
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn span(&self, pair: &Pair<'t>) -> Span {
        let span = pair.as_span();
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span { file: self.file, start: offset(span.start()), end: offset(span.end()) }
    }

    pub(super) fn path(&self, pair: &Pair<'t>) -> Path {
        Path { text: characters::without_invisible(pair.as_str()), span: self.span(pair) }
    }
}

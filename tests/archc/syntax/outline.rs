//! The tree in a compact form, one statement a line. Unlike the source it shows what each token was taken for.

use std::fmt::Write as _;

use archc::syntax::ast::{
    Argument, Attribute, Block, Carrier, Declaration, Doc, Edge, File, Modality, Parameter, Path, Preamble, Section,
    Statement, Steps, Text, TriviaKind, Type, Value, ValueKind, Wire,
};

/// The outline of a file; trivia and poisoned names at its end.
pub(crate) fn file(file: &File, text: &str) -> String {
    let mut outline = Outline::default();
    if let Some(doc) = &file.doc {
        outline.line(&format!("file doc {:?}", doc.text));
    }
    outline.statements(&file.statements);
    for trivia in &file.trivia {
        if trivia.kind == TriviaKind::Comment {
            outline.line(&format!("comment {:?}", &text[trivia.span.range()]));
        }
    }
    let blank_lines = file.trivia.iter().filter(|it| it.kind == TriviaKind::BlankLine).count();
    if blank_lines > 0 {
        outline.line(&format!("{blank_lines} blank lines"));
    }
    if !file.poisoned.is_empty() {
        outline.line(&format!("poisoned {}", paths(&file.poisoned)));
    }
    outline.text
}

#[derive(Default)]
struct Outline {
    text: String,
    depth: usize,
}

impl Outline {
    fn line(&mut self, line: &str) {
        let _ = writeln!(self.text, "{}{}", "  ".repeat(self.depth), line.trim_end());
    }

    fn statements(&mut self, statements: &[Statement]) {
        for statement in statements {
            self.statement(statement);
        }
    }

    fn statement(&mut self, statement: &Statement) {
        match statement {
            Statement::Declaration(it) => {
                self.preamble(&it.preamble);
                self.with_block(&declaration(it), it.block.as_ref());
            }
            Statement::Edge(it) => {
                self.preamble(&it.preamble);
                self.with_block(&edge(it), it.block.as_ref());
            }
            Statement::Property(it) => {
                let value = it.value.as_ref().map_or("NOTHING".into(), value);
                self.line(&format!("{} = {value}", it.key.text));
            }
            Statement::Section(Section { name, block, .. }) => {
                self.with_block(&format!("section {}", name.text), Some(block));
            }
            Statement::Wire(it) => {
                self.preamble(&it.preamble);
                self.with_block(&wire(it), it.block.as_ref());
            }
            Statement::Steps(it) => self.steps(it),
            Statement::Note(it) => self.line(&format!("note over {} {:?}", paths(&it.over), it.text.value)),
            Statement::Without(it) => self.line(&format!("without {}", paths(&it.names))),
            _ => self.catalog_statement(statement),
        }
    }

    fn catalog_statement(&mut self, statement: &Statement) {
        match statement {
            Statement::PropertyDeclaration(it) => {
                self.preamble(&it.preamble);
                let default = it.default.as_ref().map_or(String::new(), |it| format!(" default {}", value(it)));
                let head = format!("property {}: {}{default}", it.name.text, type_of(&it.ty));
                self.with_block(&head, it.block.as_ref());
            }
            Statement::Meter(it) => {
                self.preamble(&it.preamble);
                let head = format!("meter {:?} = {} at {}", it.name.value, value(&it.quantity), it.price.text);
                self.with_block(&head, it.block.as_ref());
            }
            Statement::Limit(it) => {
                self.preamble(&it.preamble);
                let force = match it.soft {
                    None => "",
                    Some(true) => " soft",
                    Some(false) => " hard",
                };
                let head = format!("limit {:?} {}{force}", it.name.value, value(&it.condition));
                self.with_block(&head, it.block.as_ref());
            }
            _ => unreachable!("every other statement has its own arm"),
        }
    }

    fn steps(&mut self, steps: &Steps) {
        for branch in &steps.branches {
            self.with_block(&format!("{}{}", branch.word.text, title(branch.title.as_ref())), Some(&branch.block));
        }
    }

    fn preamble(&mut self, preamble: &Preamble) {
        if let Some(Doc { text, .. }) = &preamble.doc {
            self.line(&format!("doc {text:?}"));
        }
        for Attribute { name, arguments: list, .. } in &preamble.attributes {
            self.line(&format!("attribute {}{}", name.text, arguments(list)));
        }
    }

    fn with_block(&mut self, head: &str, block: Option<&Block>) {
        let Some(block) = block else { return self.line(head) };
        let mark = if block.closed { "" } else { " (unclosed)" };
        self.line(&format!("{head}:{mark}"));
        self.depth += 1;
        self.statements(&block.statements);
        self.depth -= 1;
    }
}

fn declaration(it: &Declaration) -> String {
    let mut head = it.keyword.word().to_owned();
    head += &it.name.as_ref().map_or(" NAMELESS".into(), |name| format!(" {}", name.text));
    if let Some(kind) = &it.kind {
        let _ = write!(head, " of kind {}", if kind.text.is_empty() { "NOTHING" } else { &kind.text });
    }
    for (word, names) in [("is", &it.is), ("follows", &it.follows)] {
        if !names.is_empty() {
            let _ = write!(head, " {word} {}", paths(names));
        }
    }
    if !it.parameters.is_empty() {
        let list: Vec<_> = it.parameters.iter().map(parameter).collect();
        let _ = write!(head, " parameters ({})", list.join(", "));
    }
    if !it.arguments.is_empty() {
        head += &arguments(&it.arguments);
    }
    if let Some(alias) = &it.alias {
        let _ = write!(head, " as {}", alias.text);
    }
    head + &title(it.title.as_ref())
}

fn parameter(it: &Parameter) -> String {
    let default = it.default.as_ref().map_or(String::new(), |it| format!(" default {}", value(it)));
    format!("{}: {}{default}", it.name.text, type_of(&it.ty))
}

fn type_of(it: &Type) -> String {
    let list = if it.arguments.is_empty() { String::new() } else { arguments(&it.arguments) };
    format!("{}{list}", it.name.text)
}

fn edge(it: &Edge) -> String {
    let mut head = format!("edge {}", paths(&it.first));
    for step in &it.steps {
        let _ = write!(head, " {:?} {}", step.arrow, paths(&step.to));
    }
    for Carrier { name, target, .. } in &it.carriers {
        let name = name.as_ref().map_or(String::new(), |name| format!("{} of kind ", name.text));
        let _ = write!(head, " via {name}{}", target.text);
    }
    head + &title(it.label.as_ref())
}

fn wire(it: &Wire) -> String {
    let modality = match &it.modality {
        Modality::Works => String::new(),
        Modality::Through(kinds) => format!(" through {}", paths(kinds)),
        other => format!(" {}", format!("{other:?}").to_lowercase()),
    };
    format!("wire {} {:?} {}{modality}", paths(&it.from), it.arrow, paths(&it.to))
}

fn title(it: Option<&Text>) -> String {
    it.map_or(String::new(), |text| format!(" {:?}", text.value))
}

fn paths(list: &[Path]) -> String {
    let names: Vec<_> = list.iter().map(|path| path.text.as_str()).collect();
    format!("({})", names.join(", "))
}

fn arguments(list: &[Argument]) -> String {
    let one = |it: &Argument| {
        let name = it.name.as_ref().map_or(String::new(), |name| format!("{} = ", name.text));
        format!("{name}{}", value(&it.value))
    };
    format!("({})", list.iter().map(one).collect::<Vec<_>>().join(", "))
}

fn value(it: &Value) -> String {
    match &it.kind {
        ValueKind::Text(text) => format!("{text:?}"),
        ValueKind::Path(path) => path.to_string(),
        ValueKind::Number(number) => format!("#{number}#"),
        ValueKind::Load(load) => format!("load({}, {})", value(&load.0), value(&load.1)),
        ValueKind::Date(date) => format!("date({date})"),
        ValueKind::RuleCode(code) => format!("code({code})"),
        ValueKind::List(items) => format!("[{}]", items.iter().map(value).collect::<Vec<_>>().join(", ")),
        ValueKind::Call(name, list) => format!("{}{}", name.text, arguments(list)),
        ValueKind::Star => "*".into(),
        ValueKind::Negative(inner) => format!("-({})", value(inner)),
        ValueKind::Binary(it) => format!("({} {} {})", value(&it.left), it.operator.symbol(), value(&it.right)),
    }
}

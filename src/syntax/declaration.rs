//! Lowering of declarations, and of what only catalogs hold.

use super::ast::{
    Declaration, Keyword, Limit, Meter, Modality, Parameter, Path, Preamble, PropertyDeclaration, Statement, Type, Wire,
};
use super::grammar::{Pair, Rule};
use super::lower::Lowering;
use super::{foreign, mistake};
use crate::source::Span;

impl<'t> Lowering<'t> {
    /// Lowers `element`, `container` and `unknown_declaration`, which share their parts. Nothing comes of a declaration
    /// whose keyword nobody can guess.
    pub(super) fn declaration(&mut self, pair: Pair<'t>, preamble: Preamble) -> Option<Statement> {
        let unknown = pair.as_rule() == Rule::unknown_declaration;
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let word = self.path(&parts.next()?);
        let keyword = if unknown { self.guess_keyword(&word, span) } else { Keyword::of(&word.text) };
        let Some(keyword) = keyword else {
            let names: Vec<_> = parts.filter(|it| it.as_rule() == Rule::path).map(|it| self.path(&it)).collect();
            self.poisoned.extend(names);
            return None;
        };
        let mut declaration = Declaration { preamble, ..Declaration::new(keyword, span) };
        for part in parts {
            self.declaration_part(part, &word, &mut declaration);
        }
        Some(Statement::Declaration(Box::new(declaration)))
    }

    /// Reports the unknown keyword, and says which one was probably meant if the rest can be read with it.
    fn guess_keyword(&mut self, word: &Path, span: Span) -> Option<Keyword> {
        let (diagnostic, keyword) = mistake::unknown_keyword(self.text, word, span);
        self.report(diagnostic);
        keyword
    }

    fn declaration_part(&mut self, part: Pair<'t>, word: &Path, into: &mut Declaration) {
        match part.as_rule() {
            Rule::path if into.name.is_none() => into.name = Some(self.path(&part)),
            Rule::path if into.kind.is_none() => into.kind = Some(self.path(&part)),
            Rule::kind_path => into.kind = Some(self.path(&part)),
            Rule::missing_name => self.report(mistake::missing_name(word)),
            Rule::missing_kind => {
                let at = self.span(&part);
                self.report(mistake::missing_kind(at));
                // An empty path is a kind that is missing and has been reported.
                into.kind = Some(self.path(&part));
            }
            Rule::wide_colon => self.report(foreign::character(part.as_str(), ":", self.span(&part))),
            Rule::clause => self.clause(part, into),
            Rule::block => into.block = Some(self.block(part)),
            Rule::text | Rule::foreign_text | Rule::open_title | Rule::open_block_text => {
                let title = self.text(&part);
                if let Some(earlier) = &into.title {
                    self.report(mistake::second_title(earlier.span, title.span));
                } else {
                    into.title = Some(title);
                }
            }
            _ => {}
        }
    }

    fn clause(&mut self, pair: Pair<'t>, into: &mut Declaration) {
        let mut parts = pair.into_inner();
        let Some(word) = parts.next() else { return };
        let allowed = match word.as_str() {
            "is" => matches!(into.keyword, Keyword::Kind | Keyword::Environment),
            _ => into.keyword == Keyword::Architecture,
        };
        if !allowed {
            self.report(mistake::clause_not_allowed(&self.path(&word), into.keyword));
            return;
        }
        let paths = parts.map(|path| self.path(&path));
        match word.as_str() {
            "is" => into.is.extend(paths),
            _ => into.follows.extend(paths),
        }
    }

    pub(super) fn pattern(&mut self, pair: Pair<'t>, preamble: Preamble) -> Declaration {
        let mut declaration = Declaration { preamble, ..Declaration::new(Keyword::Pattern, self.span(&pair)) };
        let word = declaration_word(Keyword::Pattern, declaration.span);
        for part in pair.into_inner() {
            if part.as_rule() == Rule::parameters {
                let parameters = part.into_inner().filter_map(|parameter| self.parameter(parameter));
                declaration.parameters = parameters.collect();
            } else {
                self.declaration_part(part, &word, &mut declaration);
            }
        }
        declaration
    }

    fn parameter(&mut self, pair: Pair<'t>) -> Option<Parameter> {
        if pair.as_rule() != Rule::parameter {
            self.trivia(&pair, super::ast::TriviaKind::Comment);
            return None;
        }
        let mut parts = pair.into_inner();
        let name = self.path(&parts.next()?);
        let ty = self.type_of(parts.next()?)?;
        Some(Parameter { name, ty, default: self.value(&mut parts) })
    }

    pub(super) fn use_of_pattern(&mut self, pair: Pair<'t>, preamble: Preamble) -> Declaration {
        let mut declaration = Declaration { preamble, ..Declaration::new(Keyword::Use, self.span(&pair)) };
        let word = declaration_word(Keyword::Use, declaration.span);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::arguments => declaration.arguments = self.arguments(part.into_inner()),
                Rule::alias => declaration.alias = Some(self.path(&part)),
                _ => self.declaration_part(part, &word, &mut declaration),
            }
        }
        declaration
    }

    pub(super) fn example(&mut self, pair: Pair<'t>, preamble: Preamble) -> Declaration {
        let mut declaration = Declaration { preamble, ..Declaration::new(Keyword::Example, self.span(&pair)) };
        let word = declaration_word(Keyword::Example, declaration.span);
        for part in pair.into_inner() {
            self.declaration_part(part, &word, &mut declaration);
        }
        declaration
    }

    pub(super) fn property_declaration(&mut self, pair: Pair<'t>, preamble: Preamble) -> Option<PropertyDeclaration> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner().peekable();
        let name = self.path(&parts.next()?);
        let ty = self.type_of(parts.next()?)?;
        let has_default = parts.peek().is_some_and(|part| part.as_rule() != Rule::block);
        let default = if has_default { self.value(&mut parts) } else { None };
        let block = parts.next().map(|block| self.block(block));
        Some(PropertyDeclaration { preamble, name, ty, default, block, span })
    }

    fn type_of(&mut self, pair: Pair<'t>) -> Option<Type> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let name = self.path(&parts.next()?);
        let arguments = parts.next().map(|list| self.arguments(list.into_inner())).unwrap_or_default();
        Some(Type { name, arguments, span })
    }

    pub(super) fn meter(&mut self, pair: Pair<'t>, preamble: Preamble) -> Option<Meter> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let name = self.text(&parts.next()?);
        let quantity = self.value(&mut parts)?;
        let price = self.path(&parts.next()?);
        let block = parts.next().map(|block| self.block(block));
        Some(Meter { preamble, name, quantity, price, block, span })
    }

    pub(super) fn limit(&mut self, pair: Pair<'t>, preamble: Preamble) -> Option<Limit> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let name = self.text(&parts.next()?);
        let condition = self.value(&mut parts)?;
        let (mut soft, mut block) = (None, None);
        for part in parts {
            match part.as_rule() {
                Rule::limit_force => soft = Some(part.as_str() == "soft"),
                _ => block = Some(self.block(part)),
            }
        }
        Some(Limit { preamble, name, condition, soft, block, span })
    }

    pub(super) fn wire(&mut self, pair: Pair<'t>, preamble: Preamble) -> Wire {
        let span = self.span(&pair);
        let mut ends = Vec::new();
        let mut wire = Wire {
            preamble,
            from: Vec::new(),
            arrow: super::ast::Arrow::Data,
            to: Vec::new(),
            modality: Modality::Works,
            block: None,
            span,
        };
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::wire_ends => ends.push(self.wire_ends(part)),
                Rule::arrow => wire.arrow = self.arrow(&part),
                Rule::modality => wire.modality = self.modality(part),
                _ => wire.block = Some(self.block(part)),
            }
        }
        let mut ends = ends.into_iter();
        wire.from = ends.next().unwrap_or_default();
        wire.to = ends.next().unwrap_or_default();
        if self.are_too_many(wire.from.len() * wire.to.len(), span) {
            wire.to.clear();
        }
        wire
    }

    fn wire_ends(&mut self, pair: Pair<'t>) -> Vec<Path> {
        let mut ends = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::comment => self.trivia(&part, super::ast::TriviaKind::Comment),
                _ => ends.push(self.path(&part)),
            }
        }
        ends
    }

    fn modality(&mut self, pair: Pair<'t>) -> Modality {
        let mut parts = pair.into_inner();
        let word = parts.next();
        let kinds: Vec<_> = parts.map(|path| self.path(&path)).collect();
        match word.as_ref().map(Pair::as_str) {
            Some("only") => Modality::Only,
            Some("never") => Modality::Never,
            Some("retired") => Modality::Retired,
            _ => {
                if let (Some(word), true) = (word, kinds.is_empty()) {
                    self.report(mistake::missing_through(self.span(&word)));
                }
                Modality::Through(kinds)
            }
        }
    }
}

fn declaration_word(keyword: Keyword, span: Span) -> Path {
    Path { text: keyword.word().into(), span: span.slice(0, keyword.word().len()) }
}

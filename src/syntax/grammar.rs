//! The parser that pest makes from `grammar/arch.pest`.

use pest::Parser;
use pest::iterators::Pairs;

/// Wraps what the derive generates, which has no documentation of its own.
#[allow(missing_docs, unreachable_pub, clippy::pedantic)]
mod generated {
    #[derive(pest_derive::Parser)]
    #[grammar = "grammar/arch.pest"]
    pub(crate) struct ArchParser;
}

pub(super) use generated::Rule;
pub(super) type Pair<'t> = pest::iterators::Pair<'t, Rule>;

/// The nodes of a text that is one value.
pub(super) fn parse_value(text: &str) -> Result<Pairs<'_, Rule>, Box<pest::error::Error<Rule>>> {
    generated::ArchParser::parse(Rule::lone_value, text).map_err(Box::new)
}

/// The nodes of a text. The grammar accepts every text, so that only its guard against deep nesting can fail.
pub(super) fn parse(text: &str) -> Result<Pairs<'_, Rule>, Box<pest::error::Error<Rule>>> {
    generated::ArchParser::parse(Rule::file, text).map_err(Box::new)
}

/// The nodes of statements that stand next to each other, at the top of a file or in a block. Unlike a file, they may be
/// none: where a block would end, say.
pub(super) fn parse_part(text: &str, is_top: bool) -> Result<Pairs<'_, Rule>, Box<pest::error::Error<Rule>>> {
    let rule = if is_top { Rule::top_part } else { Rule::part };
    generated::ArchParser::parse(rule, text).map_err(Box::new)
}
